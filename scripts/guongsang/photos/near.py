"""Pictures of one story that show nearly the same, found by their placeholders."""

from __future__ import annotations

import base64
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from statistics import StatisticsError, correlation
from typing import Final

from PIL import Image

from guongsang.photos.facts import PhotoFault, fault
from guongsang.photos.render import PhotoJob

# Measured: two shots of one moment 0.97 to 1, two scenes below 0.9.
_NEAR: Final = 0.96


def find_near(
    jobs: Iterable[PhotoJob], placeholders: Mapping[str, str]
) -> Iterator[tuple[Path, PhotoFault]]:
    """Yield each picture that resembles an earlier one of its folder: GS420.

    `placeholders` are those of a RenderReport. The same content twice is another rule's matter.
    """
    folders: dict[Path, list[PhotoJob]] = defaultdict(list)
    for job in jobs:
        if job.plan.source in placeholders:
            folders[job.abs_source.parent].append(job)
    for folder in folders.values():
        spots = [read_spots(placeholders[job.plan.source]) for job in folder if len(folder) > 1]
        for at, one in enumerate(spots):
            near = next((n for n, other in enumerate(spots[:at]) if are_near(one, other)), None)
            if near is not None and folder[near].plan.source != folder[at].plan.source:
                first = folder[near].abs_source.name
                yield folder[at].abs_source, fault("GS420", folder[at].abs_source.name, first=first)


def read_spots(placeholder: str) -> bytes:
    """Return 8 × 8 spots of a picture, three colours each, from its placeholder."""
    content = base64.b64decode(placeholder.partition(",")[2])
    with Image.open(io.BytesIO(content), formats=["WEBP"]) as tiny:
        return tiny.convert("RGB").resize((8, 8), Image.Resampling.BILINEAR).tobytes()


def are_near(one: bytes, other: bytes) -> bool:
    """Say whether two pictures' spots vary alike, however bright each of them is."""
    try:
        return correlation(one, other) >= _NEAR
    except StatisticsError:  # one of them is of one colour all over
        return one == other
