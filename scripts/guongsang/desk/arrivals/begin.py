"""Begin a story: a draft with what is known, and a row of dots where only people know.

Photos are shrunk, upright and without metadata before anything is written.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from guongsang.desk.arrivals.take_in import name_story
from guongsang.desk.find import Match
from guongsang.intake.draft import BLANK, COVER, PHOTO
from guongsang.photos.facts import PhotoFault
from guongsang.photos.take import Taken, take_photo
from guongsang.registers.model import Registers
from guongsang.stories.scan import INDEX, STORIES
from guongsang.yamlfile.dump import dump_blocks


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a story before it is written. Keys are those of the registers.

    `people` and `names` are honorees and authors who are in no register, as typed; `photos` are
    names and contents of files.
    """

    title: str
    column: str = ""
    fields: Sequence[str] = ()
    deeds: Sequence[str] = ()
    places: Sequence[Match] = ()
    honorees: Sequence[str] = ()
    people: Sequence[str] = ()
    authors: Sequence[str] = ()
    names: Sequence[str] = ()
    photos: Sequence[tuple[str, bytes]] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Beginning:
    """A story that is to be written: its folder below the root, and its files by their names.

    `unusable` are photos that cannot be taken, with why.
    """

    path: str
    files: Mapping[str, bytes]
    unusable: tuple[tuple[str, PhotoFault], ...]


def plan_beginning(known: Known, registers: Registers, today: dt.date) -> Beginning:
    """Plan a new draft; nothing is written. What the registers leave no choice about is filled."""
    taken = _take(known.photos)
    names: list[str] = []
    files: dict[str, bytes] = {}
    unusable = []
    for (name, _), photo in zip(known.photos, taken, strict=True):
        if isinstance(photo, PhotoFault):
            unusable.append((name, photo))
            continue
        made = f"{PHOTO}-{len(names)}{photo.suffix}" if names else f"{COVER}{photo.suffix}"
        names.append(made)
        files[made] = photo.content
    front = _front(known, registers, today, names)
    text = f"---\n{dump_blocks(front)}---\n\n{BLANK}\n"
    path = f"{STORIES}/{today.year}/{name_story(known.title)}"
    return Beginning(path, {INDEX: text.encode(), **files}, tuple(unusable))


def _take(photos: Sequence[tuple[str, bytes]]) -> list[Taken | PhotoFault]:
    if not photos:
        return []
    with ThreadPoolExecutor(min(len(photos), os.cpu_count() or 1)) as pool:
        return list(pool.map(lambda photo: take_photo(photo[1], photo[0]), photos))


def _front(
    known: Known, registers: Registers, today: dt.date, names: Sequence[str]
) -> dict[str, Any]:
    columns = [key for key, each in registers.columns.items() if each.active]
    authors = [*registers.authors] if len(registers.authors) == 1 and not known.names else []
    photos = [{"src": name, "alt": BLANK} for name in names]
    front: dict[str, Any] = {
        "title": known.title,
        "date": today.isoformat(),
        "column": known.column or (columns[0] if len(columns) == 1 else BLANK),
        "fields": list(known.fields),
        "deeds": list(known.deeds),
        "honorees": [
            *({"id": key} for key in known.honorees),
            *({"kind": "person", "name": name} for name in known.people),
        ]
        or [{"kind": "person", "name": BLANK}],
        "places": [{"unit": each.key, "as_printed": each.printed} for each in known.places]
        or [{"unit": BLANK, "as_printed": BLANK}],
        "authors": [
            *({"id": key, "did": "text"} for key in known.authors or authors),
            *({"name": name, "did": "text"} for name in known.names),
        ]
        or [{"name": BLANK, "did": "text"}],
        "cover": photos[0] if photos else None,
        "photos": photos[1:],
        "summary": BLANK,
        "status": "draft",
    }
    return {key: value for key, value in front.items() if value or key == "fields"}
