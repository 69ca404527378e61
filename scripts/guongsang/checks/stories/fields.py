"""GS2xx: fields of a story that must agree with each other and with its folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Final

from guongsang.checks.sheet import Case, Finding
from guongsang.problems.problem import Problem
from guongsang.stories.schema import UNKNOWN, is_key
from guongsang.text.dates import VIETNAM
from guongsang.text.fold import slug

_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})")
_TOP_SIGN: Final = re.compile(r"\n#[ \t]")
_TOP_HEADING: Final = re.compile(r"#[ \t]+[^\s#]")


def check_identity(case: Case) -> Iterator[Problem]:
    """Yield what is wrong with the story's address; holds for retracted stories too."""
    story, front = case.story, case.front
    if not is_key(story.slug):
        suggestion = suggest_slug(story.slug, front.title, front.date.year)
        yield case.sheet.at_file("GS233", value=story.slug, suggestion=suggestion)
    if story.folder_year != front.date.year:
        folder = story.src_uri.split("/")[-3]
        yield case.at("GS234", "date", folder=folder, year=front.date.year)
    if (front.status == "retracted") != (front.retracted is not None):
        yield case.at("GS237", "status")


def check_fields(case: Case) -> Iterator[Problem]:
    """Yield what is wrong with dates, years of life and the body's outline."""
    front = case.front
    if front.publish_at is None and case.lookup.is_ahead(front.date):
        yield case.at("GS230", "date", date=front.date.date())
    if front.updated is not None and front.updated.date() < front.date.date():
        days = {"updated": front.updated.date(), "date": front.date.date()}
        yield case.at("GS231", "updated", **days)
    if front.publish_at is not None and front.publish_at < front.date:
        args = {"publish_at": format_plain(front.publish_at), "date": format_plain(front.date)}
        yield case.at("GS245", "publish_at", **args)
    yield from _check_ahead(case)
    if not case.story.body.strip():
        yield case.in_body("GS232", 1)
    for line in _top_headings(case.story.body):
        yield case.in_body("GS238", line)
    for index, honoree in enumerate(front.honorees):
        for finding in find_wrong_life(honoree.born, honoree.died):
            yield case.sheet.report(finding, ("honorees", index))


def _check_ahead(case: Case) -> Iterator[Problem]:
    """Yield GS244 for what cannot have happened yet; a story that waits may have its day."""
    front = case.front
    if front.updated and front.updated > case.story.instant and case.lookup.is_ahead(front.updated):
        yield case.at("GS244", "updated", key="updated", date=format_plain(front.updated))
    told: list[tuple[tuple[str | int, ...], date]] = []
    if front.verified:
        told.append((("verified", "date"), front.verified.date))
    if front.approved:
        told.append((("approved", "date"), front.approved.date))
    told += [(("corrections", n, "date"), each.date) for n, each in enumerate(front.corrections)]
    for where, day in told:
        if front.publish_at is None and day <= front.date.date():
            continue  # not ahead, or with the story's date, which is told
        if case.lookup.is_ahead(datetime.combine(day, time(), VIETNAM)):
            yield case.at("GS244", *where, key=where[0], date=day)


def format_plain(moment: datetime) -> str:
    """Return a moment as it is typed: midnight means that only the day was."""
    return f"{moment:%Y-%m-%d}" if moment.time() == time() else f"{moment:%Y-%m-%d %H:%M}"


def find_wrong_life(born: str | None, died: str | None) -> Iterator[Finding]:
    """Yield GS240 for a death before the birth; years and days may be mixed."""
    if born is None or died is None or UNKNOWN in (born, died):
        return
    shorter = min(len(born), len(died))
    if died[:shorter] < born[:shorter]:
        yield "GS240", ("died",), {"born": born, "died": died}, None


def suggest_slug(folder: str, title: str, year: int) -> str:
    """Return a folder name that may be used, from the one there is or from the title."""
    candidates = (slug(folder), slug(title), slug(f"{folder} {year}"))
    return next((each for each in candidates if is_key(each)), f"bai-{year}")


def _top_headings(body: str) -> Iterator[int]:
    """Yield the lines of the body that are headings of the first level, outside code."""
    if not _TOP_SIGN.search(f"\n{body}"):
        return
    fence = ""
    for number, line in enumerate(body.split("\n"), 1):
        mark = _FENCE.match(line)
        if mark and (not fence or (line.strip().startswith(fence) and not line.strip(" `~"))):
            fence = "" if fence else mark[1]
        elif not fence and _TOP_HEADING.match(line):
            yield number
