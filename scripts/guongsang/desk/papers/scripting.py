"""Radio scripts of stories: which ones may be read out, and where the files go.

A script is made before the story is out, often on the day: a story that is ready has one, whenever
it is due. Errors anywhere stop it, as they stop a build; so whoever may not be named on the site is
not named on air.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from guongsang.desk.papers.office import need_archive, write_for_office
from guongsang.desk.papers.printed import SCRIPT
from guongsang.desk.revise import find_story_file
from guongsang.office.errors import OfficeError
from guongsang.prose.parse import parse_prose
from guongsang.registers.model import Registers
from guongsang.site.showing import Showing
from guongsang.speech.lines import list_lines
from guongsang.speech.script import Script, Sheet, make_script
from guongsang.stories.model import Story
from guongsang.views.model import Body, CreditLine
from guongsang.views.tree import Node, read_tree
from guongsang.views.wording import credit_lines

_ANSWERING: Final = "Trả lời"


@dataclass(frozen=True, slots=True)
class Scripted:
    """The files of a script below the newsroom's folder, and the script."""

    paths: tuple[str, ...]
    script: Script


def make_scripts(
    showing: Showing, wanted: Sequence[str], *, words: bool, rate: int | None
) -> list[Scripted]:
    """Make the scripts of stories by name and write them; without a `rate` that of the newsroom.

    Raises RefusedError for what is not there, OfficeError ("problems", "unreadable", "not-ready",
    "language", "outside") before anything is written, and OSError.
    """
    registers = need_archive(showing).registers
    stories = {each.slug: each for each in (_find(showing, each) for each in wanted)}
    sheets = [
        (story, _make_sheet(story, registers, words=words, rate=rate)) for story in stories.values()
    ]
    return [_write(showing, story, sheet) for story, sheet in sheets]


def _find(showing: Showing, wanted: str) -> Story:
    path = find_story_file(showing.project.root, wanted)
    found = next((each for each in showing.list_stories() if each.src_uri == path), None)
    if found is None:
        raise OfficeError("unreadable", path=path)
    if found.head.status != "ready":
        raise OfficeError("not-ready", slug=found.slug)
    if found.front.lang != "vi":
        raise OfficeError("language", slug=found.slug, lang=found.front.lang)
    return found


def _make_sheet(story: Story, registers: Registers, *, words: bool, rate: int | None) -> Sheet:
    front, newsroom = story.front, registers.newsroom
    script = make_script(
        front.title,
        list_lines(_read_nodes(story), _name_answering(story, registers)),
        {key: each.read for key, each in registers.abbreviations.items()},
        words=words,
        rate=rate or newsroom.radio_rate,
    )
    return Sheet(
        script,
        column=registers.columns[front.column].name,
        credits=[_tell_credit(each) for each in credit_lines(registers, front.authors)],
        agency=newsroom.agency,
        day=story.instant.date(),
    )


def _read_nodes(story: Story) -> list[Node]:
    body = Body(parse_prose(story.body), {}, {})
    lede, rest = read_tree(body, lambda _: None, lambda _: {})
    return [*([] if lede is None else [lede]), *rest]


def _name_answering(story: Story, registers: Registers) -> str:
    """Return who answers in an interview: the one person that a story is about."""
    people = story.front.honorees
    if len(people) != 1:
        return _ANSWERING
    person = people[0]
    record = registers.honorees.get(person.id) if person.id else None
    return (record.name if record else person.name) or _ANSWERING


def _tell_credit(line: CreditLine) -> str:
    return f"{line.label}: {', '.join(name.text for name in line.names)}"


def _write(showing: Showing, story: Story, sheet: Sheet) -> Scripted:
    from guongsang.office.script import (  # noqa: PLC0415 - may not be installed
        write_script_docx,
        write_script_text,
    )

    name = f"{SCRIPT}-{story.slug}"
    files = {f"{name}.docx": write_script_docx(sheet), f"{name}.txt": write_script_text(sheet)}
    return Scripted(write_for_office(showing, SCRIPT, [story], files), sheet.script)
