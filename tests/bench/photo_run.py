"""Render photos with our own engine, in a process of its own: what the bench measures.

python -m tests.bench.photo_run FORMAT QUALITY OUT WIDTHS SOURCES…
"""

from __future__ import annotations

import os
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

from guongsang.photos.cache import cached_file
from guongsang.photos.facts import PhotoFacts, read_facts
from guongsang.photos.plan import Recipe, by_format, plan_photo
from guongsang.photos.render import PhotoJob, render_photos


def main(suffix: str, quality: str, out: str, widths: str, *sources: str) -> int:
    recipe = Recipe(
        widths=tuple(map(int, widths.split(","))),
        jpeg_quality=int(quality),
        avif_quality=int(quality),
    )
    folder = Path(out)
    workers = os.cpu_count() or 1
    with ThreadPoolExecutor(workers) as pool:
        jobs = list(pool.map(partial(_make_job, suffix, recipe), map(Path, sources)))
    report = render_photos(jobs, folder / "cache", workers=workers)
    if report.faults:
        raise SystemExit(str(report.faults))
    for job in jobs:
        for made in job.plan.derivatives:
            target = folder / f"{job.abs_source.stem}-{made.width}.{suffix}"
            cached_file(folder / "cache", job.plan, made).rename(target)
    shutil.rmtree(folder / "cache")
    return 0


def _make_job(suffix: str, recipe: Recipe, source: Path) -> PhotoJob:
    facts = read_facts(source)
    assert isinstance(facts, PhotoFacts)
    plan = plan_photo(facts, folder="do", name=source.name, recipe=recipe)
    asked = tuple(made for made in by_format(plan, suffix) if made.width in recipe.widths)
    return PhotoJob(source, replace(plan, derivatives=asked))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
