"""The pictures of a print: JPEGs out of the photo cache, for AVIF cannot be embedded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, NamedTuple

from guongsang.paper.errors import PaperError
from guongsang.photos.cache import cached_file
from guongsang.photos.crop import rounded
from guongsang.photos.plan import Derivative, PhotoPlan, largest
from guongsang.photos.render import PhotoJob, render_photos
from guongsang.problems.problem import problem_with

# As sharp as an office printer shows it, over the width of a page, and not three times as heavy.
BULLETIN_WIDTH: Final = 1800
POSTER_WIDTH: Final = 2560


class Taken(NamedTuple):
    """A picture of a story: its file's name, the job that makes it, pixels of the JPEG."""

    slug: str
    src: str
    job: PhotoJob
    width: int


@dataclass(slots=True)
class Pictures:
    """Pictures of stories by the address that their view names. `most` pixels wide."""

    photo_dir: Path
    most: int
    _known: dict[tuple[str, str], PhotoJob] = field(default_factory=dict)
    taken: dict[str, Taken] = field(default_factory=dict)

    def add(self, slug: str, jobs: Iterable[PhotoJob]) -> None:
        """Say which pictures a story may show."""
        self._known |= {(slug, largest(job.plan).uri): job for job in jobs}

    def take(self, slug: str, uri: str) -> tuple[str, int, int]:
        """Return name, width and height of the JPEG of a picture that is shown."""
        job = self._known[slug, uri]
        plan = _plan_print(job.plan, self.most)
        (made,) = plan.derivatives
        name = f"anh-{plan.digest[:16]}-{made.width}.jpg"
        src = job.abs_source.name
        self.taken.setdefault(name, Taken(slug, src, PhotoJob(job.abs_source, plan), made.width))
        return name, made.width, made.height

    def write_all(self, folder: Path, *, workers: int) -> None:
        """Put the files of all pictures taken into a folder. Raises as `make_all` does."""
        for name, content in self.make_all(workers=workers):
            (folder / name).write_bytes(content)

    def make_all(self, *, workers: int) -> Iterator[tuple[str, bytes]]:
        """Yield the files of all pictures taken, each with its name.

        Raises OSError, and PaperError ("picture") for one that cannot be decoded.
        """
        jobs = [each.job for each in self.taken.values()]
        report = render_photos(jobs, self.photo_dir, workers=workers)
        for abs_source, fault in report.faults:
            path = f"{abs_source.parent.name}/{abs_source.name}"
            told = problem_with(fault.rule, path, fault.args)
            raise PaperError("picture", path=path, vi=told.message("vi"), en=told.message("en"))
        for name, each in self.taken.items():
            plan = each.job.plan
            yield name, cached_file(self.photo_dir, plan, plan.derivatives[0]).read_bytes()


def _plan_print(plan: PhotoPlan, most: int) -> PhotoPlan:
    """Return the plan of one JPEG; the same file as the site's where that has this width."""
    width = min(plan.width, most)
    height = max(1, rounded(plan.height * width, plan.width))
    stem = largest(plan).uri.rpartition("-")[0]
    made = Derivative(f"{stem}-{width}.jpg", width, height, "jpg")
    return replace(plan, derivatives=(made,), crops=(), card=None)
