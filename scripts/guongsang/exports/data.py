"""Data files for researchers and other newsrooms: all public stories, and the honours.

Never in them: consent, ethnic group, health, birth dates. A name only where it may be told.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

from guongsang.addresses import HONOUR_DATA, STORY_DATA
from guongsang.archive.archive import Archive
from guongsang.archive.naming import may_name, may_name_everywhere
from guongsang.checks.subjects import read_subject
from guongsang.pages.people import honour_groups
from guongsang.registers.model import Heading, Registers
from guongsang.stories.model import Credit, Story, StoryHonoree, StoryPlace
from guongsang.text.dates import iso_moment
from guongsang.views.absolute import absolute_url, clean_line, cover_url

_COLUMNS: Final = (
    "Hình thức khen thưởng",
    "Được khen thưởng",
    "Loại",
    "Năm",
    "Chi tiết",
    "Bài viết",
    "Địa chỉ bài viết",
)
# Excel takes a cell that begins so for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False)


def render_data(archive: Archive) -> dict[str, bytes]:
    """Return the data files by address."""
    records = (render_record(archive, story) for story in archive.content.stories)
    return {STORY_DATA: render_stories(records), HONOUR_DATA: render_honours(archive)}


def render_stories(records: Iterable[bytes]) -> bytes:
    """Return the records of all public stories, newest first, one a line."""
    return b"[\n" + b",\n".join(records) + b"\n]\n"


def render_record(archive: Archive, story: Story) -> bytes:
    """Return what the data file tells of a story, on one line."""
    return _ENCODER.encode(_story_record(archive, story)).encode("utf-8", "replace")


def render_honours(archive: Archive) -> bytes:
    """Return the register of honours as a table that Excel opens with its letters right."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(_COLUMNS)

    @cache
    def is_named(key: str) -> bool:
        return may_name_everywhere(archive, key)

    for group in honour_groups(archive):
        for row in group.rows:
            if not is_named(row.key):
                continue
            urls = (absolute_url(archive.content.site_url, s.url or "") for s in row.stories)
            cells = (
                group.name,
                row.honoree.text,
                row.kind,
                row.year or "",
                "; ".join(row.details),
                "; ".join(story.text for story in row.stories),
                " ".join(urls),
            )
            table.writerow([safe_cell(cell) for cell in cells])
    return out.getvalue().encode("utf-8-sig", "replace")


def safe_cell(cell: str) -> str:
    """Return a cell on one line that no spreadsheet takes for a formula."""
    line = clean_line(cell)
    return f"'{line}" if cell.startswith(_FORMULA) or line.startswith(_FORMULA) else line


def _story_record(archive: Archive, story: Story) -> dict[str, Any]:
    front, registers = story.front, archive.registers
    return {
        "url": absolute_url(archive.content.site_url, story.url),
        "title": front.title,
        "lang": front.lang,
        "date": iso_moment(story.instant),
        "updated": iso_moment(story.last_changed),
        "column": _named(front.column, registers.columns[front.column]),
        "fields": [_named(key, registers.fields[key]) for key in front.fields],
        "deeds": [_named(key, registers.deeds[key]) for key in front.deeds],
        "places": [_place(registers, place) for place in front.places],
        "honorees": [_honoree(registers, story, told) for told in front.honorees],
        "authors": [_author(registers, credit) for credit in front.authors],
        "summary": front.summary,
        "cover": cover_url(archive.content, story),
    }


def _named(key: str, heading: Heading) -> dict[str, str]:
    return {"key": key, "name": heading.name}


def _place(registers: Registers, place: StoryPlace) -> dict[str, str | None]:
    name = registers.places[place.unit].full_name
    return {"unit": place.unit, "name": name, "as_printed": place.as_printed}


def _honoree(registers: Registers, story: Story, told: StoryHonoree) -> dict[str, str | None]:
    subject = read_subject(told, registers)
    if subject is None or not may_name(subject, story.front.date.date()):
        return {"id": None, "name": None, "kind": subject.kind if subject else told.kind}
    return {"id": told.id, "name": subject.who, "kind": subject.kind}


def _author(registers: Registers, credit: Credit) -> dict[str, str | None]:
    name = credit.name if credit.id is None else registers.authors[credit.id].name
    return {"id": credit.id, "name": name, "did": credit.did}
