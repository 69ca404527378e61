"""Make the planned pictures: in parallel, once per content, into the cache."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

from guongsang.photos.cache import cached_file, record_file, shard_folder, write_cached
from guongsang.photos.facts import PhotoFault, fault, fault_of_error
from guongsang.photos.plan import Derivative, PhotoPlan
from guongsang.photos.record import PhotoRecord, add_to_record, read_record

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class PhotoJob:
    """One picture to have ready in the cache."""

    abs_source: Path
    plan: PhotoPlan

    @property
    def content(self) -> object:
        """What is equal for two pictures of which the cache holds the same files."""
        parts = tuple((made.box, made.card) for made in self.plan.files if made.box is not None)
        return self.plan.digest, self.plan.recipe.widths, parts


# A picture with the files that the cache lacks.
_Stale = tuple[PhotoJob, tuple[Derivative, ...]]


@dataclass(frozen=True, slots=True)
class RenderReport:
    """What a run did. Counts are of different pictures, bytes only of those rendered now.

    `placeholders` maps the source's SHA-256 to a data URI, for rendered and reused ones alike.
    """

    rendered: int = 0
    reused: int = 0
    faults: list[tuple[Path, PhotoFault]] = field(default_factory=list)
    bytes_in: int = 0
    bytes_out: int = 0
    placeholders: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Rendered:
    bytes_in: int
    bytes_out: int
    placeholder: str


def render_photos(
    jobs: Iterable[PhotoJob],
    cache_dir: Path,
    *,
    workers: int,
    executor: Executor | None = None,
    on_progress: Progress | None = None,
) -> RenderReport:
    """Make every derivative that the cache lacks, on `workers` threads or on the executor given.

    At most `workers` pictures are in memory at once. A picture that cannot be decoded is reported,
    the others go on. `on_progress(done, total)` is called on this thread, and counts only pictures
    that had to be rendered. Raises OSError when the cache cannot be written.

    Where an executor's processes run they must see the sources and the cache under these paths.
    """
    distinct = _distinct_jobs(jobs)
    stale, placeholders = _find_stale(distinct, cache_dir, workers)
    faults: list[tuple[Path, PhotoFault]] = []
    done: list[_Rendered] = []
    if stale:
        if executor is None:
            rendered = _render_here(stale, cache_dir, workers, on_progress)
        else:
            rendered = _render_all(stale, cache_dir, executor, on_progress)
        for job, made in rendered:
            if isinstance(made, PhotoFault):
                faults.append((job.abs_source, made))
            else:
                done.append(made)
                placeholders[job.plan.source] = made.placeholder
    return RenderReport(
        rendered=len(done),
        reused=len(distinct) - len(stale),
        faults=sorted(faults, key=lambda pair: (str(pair[0]), pair[1].rule)),
        bytes_in=sum(made.bytes_in for made in done),
        bytes_out=sum(made.bytes_out for made in done),
        placeholders=placeholders,
    )


def lacks(cache_dir: Path, digest: str, names: Iterable[str]) -> bool:
    """Return whether anything of a picture has to be made: each of its files is read.

    `digest` is that of its plan, `names` are those of its files in the cache.
    """
    record, folder = read_record(record_file(cache_dir, digest)), shard_folder(cache_dir, digest)
    return not record.placeholder or not all(record.is_whole(folder / name) for name in names)


def _find_missing(cache_dir: Path, plan: PhotoPlan, record: PhotoRecord) -> tuple[Derivative, ...]:
    """Return the files of a picture that the cache lacks or has damaged."""
    files = ((made, cached_file(cache_dir, plan, made)) for made in plan.files)
    return tuple(made for made, path in files if not record.is_whole(path))


def _distinct_jobs(jobs: Iterable[PhotoJob]) -> list[PhotoJob]:
    """Return one job for each content and set of files: two stories may show one picture."""
    found: dict[object, PhotoJob] = {}
    for job in jobs:
        found.setdefault(job.content, job)
    return list(found.values())


def _find_stale(
    jobs: list[PhotoJob], cache_dir: Path, workers: int
) -> tuple[list[_Stale], dict[str, str]]:
    """Return the jobs that lack something, with what they lack, and the placeholders at hand."""

    def look(job: PhotoJob) -> tuple[tuple[Derivative, ...], str]:
        record = read_record(record_file(cache_dir, job.plan.digest))
        return _find_missing(cache_dir, job.plan, record), record.placeholder

    stale: list[_Stale] = []
    placeholders: dict[str, str] = {}
    with ThreadPoolExecutor(max_workers=max(1, workers)) as pool:
        looked = list(pool.map(look, jobs))
    for job, (missing, placeholder) in zip(jobs, looked, strict=True):
        if missing or not placeholder:
            stale.append((job, missing))
        else:
            placeholders[job.plan.source] = placeholder
    return stale, placeholders


def _render_here(
    stale: list[_Stale], cache_dir: Path, workers: int, on_progress: Progress | None
) -> list[tuple[PhotoJob, _Rendered | PhotoFault]]:
    # What works on pixels takes long to load, and few builds have a picture to make.
    from guongsang.photos.pixels import reused_memory  # noqa: PLC0415

    pool = ThreadPoolExecutor(max_workers=max(1, workers), thread_name_prefix="photo")
    with reused_memory(), pool:
        return _render_all(stale, cache_dir, pool, on_progress)


def _render_all(
    stale: list[_Stale], cache_dir: Path, executor: Executor, on_progress: Progress | None
) -> list[tuple[PhotoJob, _Rendered | PhotoFault]]:
    made: list[tuple[PhotoJob, _Rendered | PhotoFault]] = []
    waiting = {executor.submit(_render_one, job, missing, cache_dir): job for job, missing in stale}
    try:
        for finished in as_completed(waiting):
            made.append((waiting[finished], finished.result()))
            if on_progress is not None:
                on_progress(len(made), len(stale))
    finally:
        # After Ctrl+C only the pictures already begun are waited for.
        for future in waiting:
            future.cancel()
    return made


def _render_one(
    job: PhotoJob, missing: tuple[Derivative, ...], cache_dir: Path
) -> _Rendered | PhotoFault:
    from guongsang.photos.derive import UndecodableError, encode_files  # noqa: PLC0415 - as above

    name = job.abs_source.name
    try:
        content = job.abs_source.read_bytes()
    except FileNotFoundError:
        return fault("GS401", name)
    except OSError as error:
        return fault_of_error(error, name)
    if hashlib.sha256(content).hexdigest() != job.plan.source:
        return fault("GS402", name, reason="the file changed during the build")
    try:
        encoded, placeholder = encode_files(job.plan, missing, content)
    except UndecodableError as error:
        return fault_of_error(error.cause, name)
    for derivative, made in encoded:
        write_cached(cached_file(cache_dir, job.plan, derivative), made)
    files = {cached_file(cache_dir, job.plan, each).name: made for each, made in encoded}
    add_to_record(record_file(cache_dir, job.plan.digest), placeholder, files)
    return _Rendered(len(content), sum(len(made) for _, made in encoded), placeholder)
