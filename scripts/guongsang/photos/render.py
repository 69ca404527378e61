"""Make the planned pictures: in parallel, once per content, into the cache."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from guongsang.photos.cache import (
    cached_file,
    cached_name,
    list_names,
    placeholder_file,
    placeholder_name,
    shard_folder,
    write_cached,
)
from guongsang.photos.card import PHOTO_HEIGHT
from guongsang.photos.card_pixels import draw_card
from guongsang.photos.facts import PhotoFault, fault, fault_of_error
from guongsang.photos.opening import READ_FAULTS
from guongsang.photos.pixels import (
    decode_upright,
    encode,
    encode_placeholder,
    reused_memory,
    scale,
    scale_steps,
)
from guongsang.photos.plan import BASE_WIDTH, Derivative, PhotoPlan

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class PhotoJob:
    """One picture to have ready in the cache."""

    abs_source: Path
    plan: PhotoPlan


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
    on_progress: Progress | None = None,
) -> RenderReport:
    """Make every derivative that the cache lacks, on `workers` threads.

    At most `workers` pictures are in memory at once. A picture that cannot be decoded is reported,
    the others go on. `on_progress(done, total)` is called on this thread, and counts only pictures
    that had to be rendered. Raises OSError when the cache cannot be written.
    """
    distinct = _distinct_jobs(jobs)
    stale, placeholders = _find_stale(distinct, cache_dir)
    faults: list[tuple[Path, PhotoFault]] = []
    done: list[_Rendered] = []
    if stale:
        with reused_memory():
            rendered = _render_all(stale, cache_dir, workers, on_progress)
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


def _distinct_jobs(jobs: Iterable[PhotoJob]) -> list[PhotoJob]:
    """Return one job for each content and set of files: two stories may show one picture."""
    found: dict[tuple[str, tuple[str, ...]], PhotoJob] = {}
    for job in jobs:
        found.setdefault((job.plan.digest, tuple(made.mark for made in job.plan.files)), job)
    return list(found.values())


def _find_stale(
    jobs: list[PhotoJob], cache_dir: Path
) -> tuple[list[tuple[PhotoJob, tuple[Derivative, ...]]], dict[str, str]]:
    """Return the jobs that lack something, with what they lack, and the placeholders at hand.

    One listing of a folder answers for some four in a thousand pictures: cheaper than asking the
    file system for each of their seven files.
    """
    listed: dict[Path, set[str]] = {}
    stale: list[tuple[PhotoJob, tuple[Derivative, ...]]] = []
    placeholders: dict[str, str] = {}
    for job in jobs:
        plan = job.plan
        folder = shard_folder(cache_dir, plan)
        if folder not in listed:
            listed[folder] = list_names(folder)
        names = listed[folder]
        missing = tuple(made for made in plan.files if cached_name(plan, made) not in names)
        placeholder = ""
        if placeholder_name(plan) in names:
            placeholder = placeholder_file(cache_dir, plan).read_text(encoding="ascii")
        if missing or not placeholder:
            stale.append((job, missing))
        else:
            placeholders[plan.source] = placeholder
    return stale, placeholders


def _render_all(
    stale: list[tuple[PhotoJob, tuple[Derivative, ...]]],
    cache_dir: Path,
    workers: int,
    on_progress: Progress | None,
) -> list[tuple[PhotoJob, _Rendered | PhotoFault]]:
    pool = ThreadPoolExecutor(max_workers=max(1, workers), thread_name_prefix="photo")
    made: list[tuple[PhotoJob, _Rendered | PhotoFault]] = []
    try:
        waiting = {pool.submit(_render_one, job, missing, cache_dir): job for job, missing in stale}
        for finished in as_completed(waiting):
            made.append((waiting[finished], finished.result()))
            if on_progress is not None:
                on_progress(len(made), len(stale))
    finally:
        # After Ctrl+C only the pictures already begun are waited for.
        pool.shutdown(cancel_futures=True)
    return made


def _render_one(
    job: PhotoJob, missing: tuple[Derivative, ...], cache_dir: Path
) -> _Rendered | PhotoFault:
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
        encoded, placeholder = _encode_all(job.plan, missing, content)
    except READ_FAULTS as error:
        return fault_of_error(error, name)
    for derivative, made in encoded:
        write_cached(cached_file(cache_dir, job.plan, derivative), made)
    write_cached(placeholder_file(cache_dir, job.plan), placeholder.encode("ascii"))
    return _Rendered(len(content), sum(len(made) for _, made in encoded), placeholder)


def _encode_all(
    plan: PhotoPlan, missing: tuple[Derivative, ...], content: bytes
) -> tuple[list[tuple[Derivative, bytes]], str]:
    """Decode once, scale once a size, encode each format."""
    encoded: list[tuple[Derivative, bytes]] = []
    size = (plan.width, plan.height)
    base, to_srgb = decode_upright(content, size, BASE_WIDTH)
    steps = scale_steps(base, size, to_srgb)
    placeholder = encode_placeholder(steps[-1])
    for _, mark in sorted({(made.width, made.mark) for made in missing}):
        wanted = [made for made in missing if made.mark == mark]
        first = wanted[0]
        shown = (first.width, PHOTO_HEIGHT if first.card else first.height)
        if first.box is None and first.width > steps[0].width:
            if base.width < plan.width:
                base, to_srgb = decode_upright(content, size, plan.width)
            scaled = to_srgb(scale(base, shown))
        else:
            scaled = _scale_from(steps, first, shown, plan)
        if first.card:
            scaled = draw_card(scaled, first.card)
        encoded += [(made, encode(scaled, made.format, plan.recipe)) for made in wanted]
    return encoded, placeholder


def _scale_from(
    steps: list[Image.Image], made: Derivative, size: tuple[int, int], plan: PhotoPlan
) -> Image.Image:
    """Scale from the narrowest step that shows enough pixels."""
    shown = made.box.width / plan.width if made.box else 1.0
    step = next((step for step in reversed(steps) if step.width * shown >= made.width), steps[0])
    part = None
    if made.box is not None:
        part = made.box.scaled(step.width / plan.width, step.height / plan.height)
    return scale(step, size, part)
