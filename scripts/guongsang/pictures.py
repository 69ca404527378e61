"""The pictures of the stories: planned when somebody asks, made where the site lacks them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from guongsang.addresses import attachment_uri, audio_uri, film_uri
from guongsang.colours import ACCENT, read_colour
from guongsang.enclosures.facts import FileFacts
from guongsang.photos.cache import cached_file, cached_name, record_file
from guongsang.photos.cards.card import CardText
from guongsang.photos.facts import PhotoFacts, PhotoFault
from guongsang.photos.plan import Derivative, PhotoPlan, Recipe, plan_photo
from guongsang.photos.record import PhotoRecord, read_record
from guongsang.photos.render import PhotoJob, render_photos
from guongsang.registers.model import Registers
from guongsang.stories.model import Story
from guongsang.traces import Made, Recorder
from guongsang.views.content import Picture

# Of how many stories the pictures stay planned: those of a story are asked for close together.
_PLANS_KEPT: Final = 256


class Library(Protocol):
    """Knows the pictures of stories."""

    def photos(self, src_uri: str) -> Mapping[str, PhotoFacts | PhotoFault | FileFacts]:
        """Return what is known of the pictures and files that a story names and has."""
        ...


class Media(NamedTuple):
    """The files of a story. Of each picture, the digest of its plan and, of each of its files, the
    address and the name in the cache; of what is published as it is, address and name."""

    src_uri: str
    pictures: list[tuple[str, list[tuple[str, str]]]]
    linked: list[tuple[str, str]]


@dataclass(slots=True)
class Pictures(Mapping[tuple[str, str], Picture]):
    """The pictures of the stories given, by slug and file name."""

    root: Path
    photo_dir: Path
    stories: Mapping[str, Story]
    library: Library
    registers: Registers
    recorder: Recorder
    jobs: Mapping[str, Mapping[str, PhotoJob]] = field(init=False)
    _placeholders: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.jobs = Made(self.stories, self._plan, self.recorder, most=_PLANS_KEPT)

    def __getitem__(self, key: tuple[str, str]) -> Picture:
        slug, src = key
        job = self.jobs[slug][src]
        return Picture(job.plan, partial(self._find_placeholder, job))

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((slug, src) for slug in self.stories for src in self.jobs[slug])

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def measure(self, plan: PhotoPlan, made: Derivative) -> int:
        """Return the size of a file in bytes; 0 if it cannot be made, which stops the build."""
        name = cached_file(self.photo_dir, plan, made).name
        if name not in self._read_record(plan).files:
            self._render(plan)
        known = self._read_record(plan).files.get(name)
        return known.bytes if known else 0

    def list_media(self, slug: str) -> Media:
        """Return what a story shows, offers and plays."""
        story = self.stories[slug]
        plans = (job.plan for job in self.jobs[slug].values())
        made = [
            (plan.digest, [(each.uri, cached_name(plan, each)) for each in plan.files])
            for plan in plans
        ]
        return Media(story.src_uri, made, list(self._find_linked(story)))

    def _plan(self, slug: str) -> dict[str, PhotoJob]:
        story = self.stories[slug]
        self.recorder.ask("photos", story.src_uri)
        return plan_story_photos(self.root, story, self.library, self.registers)

    def _find_placeholder(self, job: PhotoJob) -> str | None:
        known = self._placeholders.get(job.plan.digest)
        if known is None:
            known = self._read_placeholder(job)
            if known is not None:
                self._placeholders[job.plan.digest] = known
        return known

    def _read_placeholder(self, job: PhotoJob) -> str | None:
        if not self._read_record(job.plan).placeholder:
            render_photos([job], self.photo_dir, workers=1)
        return self._read_record(job.plan).placeholder or None

    def _read_record(self, plan: PhotoPlan) -> PhotoRecord:
        return read_record(record_file(self.photo_dir, plan.digest))

    def _render(self, plan: PhotoPlan) -> None:
        """Make a picture that is published, but that the cache has lost."""
        found = (job for slug in self.stories for job in self.jobs[slug].values())
        job = next(job for job in found if job.plan == plan)
        render_photos([job], self.photo_dir, workers=1)

    def _find_linked(self, story: Story) -> Iterator[tuple[str, str]]:
        front = story.front
        named = [(attachment_uri(story.slug, each.src), each.src) for each in front.attachments]
        named += [(audio_uri(story.slug, each.src), each.src) for each in front.audio]
        named += [(film_uri(story.slug, each.src), each.src) for each in front.films]
        known = self.library.photos(story.src_uri) if named else {}
        # What is not there is left out: a preview shows the story all the same.
        yield from ((uri, src) for uri, src in named if src in known)


def plan_story_photos(
    root: Path, story: Story, library: Library, registers: Registers
) -> dict[str, PhotoJob]:
    """Plan the pictures of one story by file name; those that cannot be read are left out."""
    settings = registers.newsroom.photos
    recipe = Recipe(tuple(settings.widths), settings.jpeg_quality, settings.avif_quality)
    folder = story.src_uri.rpartition("/")[0]
    known = library.photos(story.src_uri)
    jobs: dict[str, PhotoJob] = {}
    for photo in story.front.pictures:
        facts = known.get(photo.src)
        if isinstance(facts, PhotoFacts):
            is_shared = photo is story.front.cover and registers.newsroom.switches.cards
            plan = plan_photo(
                facts,
                folder=story.slug,
                name=photo.src,
                recipe=recipe,
                is_cover=is_shared,
                focus=photo.focus,
                card=_card_text(story, registers) if is_shared else None,
            )
            jobs[photo.src] = PhotoJob(root / f"{folder}/{photo.src}", plan)
    return jobs


def _card_text(story: Story, registers: Registers) -> CardText:
    column = registers.columns[story.front.column].name
    newsroom = registers.newsroom
    accent = read_colour(newsroom.accent or "") or ACCENT
    return CardText(story.front.title, column, newsroom.name, accent)
