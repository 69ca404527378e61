"""The form of consent for the people of a story, with the next number of the newsroom's papers.

It is made outside the repository's files and is deleted with everything else that the cache holds
of people whenever somebody is erased. What is signed stays in a drawer.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from itertools import chain
from pathlib import Path
from typing import Final

from guongsang.checks.subjects import AGE_OF_OWN_CONSENT, Subject, find_ages, read_subject
from guongsang.desk.refuse import RefusedError, refuse_unreadable
from guongsang.desk.write import write_text
from guongsang.registers.model import Registers
from guongsang.registers.paths import find_honorees
from guongsang.render.consent_form import ConsentForm, render_consent_forms
from guongsang.site.sources.project import CACHE
from guongsang.stories.model import FrontMatter, StoryHonoree
from guongsang.stories.read import read_story
from guongsang.stories.scan import StoryFolder, scan_stories
from guongsang.stories.schema import UNKNOWN
from guongsang.text.fold import nfc

FORMS: Final = f"{CACHE}/phieu"
_PREFIX: Final = "PĐY"
_RECORD: Final = re.compile(r"\brecord:[ \t]*[\"']?([^\"'\n,}#]+)")
_NUMBERED: Final = re.compile(r"(?P<prefix>.+)-(?P<year>[0-9]{4})-(?P<number>[0-9]{1,6})")
# In a form that was made before: its number, and who is to sign.
_MADE: Final = re.compile(r'data-record="([^"]*)" data-name="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Paper:
    """Forms of one story: `path` below the root where `write_paper` puts `html`."""

    path: str
    html: str
    forms: tuple[ConsentForm, ...]


def plan_paper(root: Path, src_uri: str, registers: Registers, today: dt.date) -> Paper:
    """Plan a form for each living person of a story; nothing is written.

    Who has a number, in the story, the register or a form made before, keeps it. Raises
    RefusedError where nobody can sign, and where the story cannot be read.
    """
    reading = read_story(root, StoryFolder(src_uri, {}))
    story = reading.story or reading.rest
    if story is None:
        raise refuse_unreadable(reading.problems[0])
    path = f"{FORMS}/{story.slug}.html"
    made = _read_made(root / path)
    people = list(_list_people(story.front.honorees, registers))
    if not people:
        raise RefusedError("nobody", path=src_uri)
    numbers = _next_numbers(_find_records(root), today.year)
    forms = []
    for subject in people:
        kept = next((each.record for each in subject.consents if each.record), None)
        before = made.get(subject.who)
        record = kept or (before.pop(0) if before else next(numbers))
        forms.append(_make_form(subject, record, story.front, registers, today))
    html = render_consent_forms(forms, registers.newsroom)
    return Paper(path, html, tuple(forms))


def write_paper(root: Path, paper: Paper) -> Path:
    """Write forms to be opened and printed; return the file. Raises OSError."""
    target = root / paper.path
    target.parent.mkdir(parents=True, exist_ok=True)
    write_text(target, paper.html)
    return target


def read_papers(root: Path, slug: str) -> dict[str, list[str]]:
    """Return the numbers of the forms that were made for a story, by who is to sign.

    Two may be called alike: their numbers stand in the order of the story.
    """
    return _read_made(root / f"{FORMS}/{slug}.html")


def _list_people(entries: Iterable[StoryHonoree], registers: Registers) -> Iterator[Subject]:
    for entry in entries:
        subject = read_subject(entry, registers)
        if subject is not None and subject.is_living_person:
            yield subject


def _make_form(
    subject: Subject, record: str, front: FrontMatter, registers: Registers, today: dt.date
) -> ConsentForm:
    is_child = subject.is_living_minor(today)
    oldest = find_ages(subject.born, today)[1]
    born = subject.born if subject.born not in (None, UNKNOWN) else ""
    if born and len(born) > 4:
        born = f"{dt.date.fromisoformat(born):%d/%m/%Y}"
    newsroom = registers.newsroom
    column = registers.columns.get(front.column)
    return ConsentForm(
        record=record,
        # Who is only called something signs with the name that nobody may print.
        name=subject.names[0] if subject.is_named and subject.names else "",
        born=born or "",
        title=front.title if front.title.strip("–… ") else "",
        place=", ".join(
            filter(None, (column.name if column else "", newsroom.name, newsroom.agency))
        ),
        year=today.year,
        is_child=is_child,
        child_signs=is_child and (oldest is None or oldest >= AGE_OF_OWN_CONSENT),
        age_unknown=is_child and oldest is None,
        who=subject.who,
    )


def _find_records(root: Path) -> list[str]:
    """Return the numbers of papers that stories, registers and forms made before name."""
    files = [root / folder.src_uri for folder in scan_stories(root).folders]
    files += [root / path for path, _ in find_honorees(root)]
    found = []
    for file in files:
        try:
            text = file.read_bytes().decode()
        except (OSError, UnicodeDecodeError):  # said by who checks it
            continue
        found += [match.strip() for match in _RECORD.findall(text)]
    for form in (root / FORMS).glob("*.html"):
        found += chain.from_iterable(_read_made(form).values())
    return found


def _next_numbers(records: Iterable[str], year: int) -> Iterator[str]:
    """Yield numbers that no paper has, in the newsroom's way to write them."""
    known = [match for each in records if (match := _NUMBERED.fullmatch(nfc(each)))]
    prefixes = Counter(match["prefix"] for match in known)
    prefix = prefixes.most_common(1)[0][0] if prefixes else _PREFIX
    same = [m["number"] for m in known if m["prefix"] == prefix and int(m["year"]) == year]
    width = max((len(each) for each in same), default=3)
    number = max(map(int, same), default=0)
    while True:
        number += 1
        yield f"{prefix}-{year}-{number:0{width}}"


def _read_made(path: Path) -> dict[str, list[str]]:
    """Return the numbers of a file of forms, by who is to sign: two may be called alike."""
    found: dict[str, list[str]] = {}
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return found
    for record, who in _MADE.findall(text):
        found.setdefault(unescape(who), []).append(unescape(record))
    return found
