"""Read the stories of a newsroom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from guongsang.problems.problem import Problem, as_warning, format_field, problem
from guongsang.stories.model import STAND_INS, FrontMatter, Story
from guongsang.stories.scan import StoryFolder
from guongsang.stories.schema import validate, validate_rest
from guongsang.stories.source import (
    StoryText,
    is_draft_by_bytes,
    is_draft_by_line,
    read_story_text,
    says_draft,
    split_story,
)
from guongsang.yamlfile.parse import YamlText, locate, parse_yaml
from guongsang.yamlfile.positions import Mark, Positions


@dataclass(frozen=True, slots=True)
class StoryReading:
    """What reading one story gave: the story, or the problems that kept it from being one.

    `plain` is a story's front matter as FrontMatter validates it: dicts, lists, text, numbers and
    None. `rest` is what could be read all the same where there is no story, for other rules to look
    at and never to be published: the top-level keys `reduced` are in it in part only, those
    `replaced` not at all. The problems of a draft are warnings, however little of it can be read.
    """

    src_uri: str
    story: Story | None
    problems: tuple[Problem, ...]
    plain: dict[str, Any] | None = None
    rest: Story | None = None
    reduced: frozenset[str] = frozenset()
    replaced: frozenset[str] = frozenset()
    is_draft: bool = False

    @property
    def slug(self) -> str:
        return self.src_uri.rsplit("/", 2)[1]


def read_story(root: Path, folder: StoryFolder, typed: str | None = None) -> StoryReading:
    """Read one story's index.md; problems of the file and of its schema come back as values.

    `typed`: a text, normalised, that is taken for the file's.
    """
    text = _read_text(root, folder.src_uri, typed)
    if isinstance(text, Problem):
        abs_path = root / folder.src_uri
        is_draft = is_draft_by_bytes(abs_path) if typed is None else is_draft_by_line(typed)
        return _soften(StoryReading(folder.src_uri, None, (text,), is_draft=is_draft))
    return parse_story(text, folder.src_uri, folder.files)


def parse_story(text: StoryText, src_uri: str, files: tuple[str, ...]) -> StoryReading:
    """Make a story of a split file; pure."""
    parsed = parse_yaml(text.front, src_uri, first_line=text.front_line)
    reading = _read_parsed(text, parsed, src_uri, files)
    if parsed.problems:
        reading = replace(reading, problems=tuple(_name_fields(reading.problems, text)))
    is_draft = _is_draft(text, parsed)
    return _soften(replace(reading, is_draft=True)) if is_draft else reading


def _name_fields(problems: tuple[Problem, ...], text: StoryText) -> Iterator[Problem]:
    """Name the fields of what is wrong with the front matter as a text."""
    positions = locate(text.front, first_line=text.front_line)
    for each in problems:
        if each.field or not text.front_line <= each.line < text.body_line:
            yield each
        else:
            where = positions.find(Mark(each.line, each.column))
            yield replace(each, field=format_field(where))


def _read_parsed(
    text: StoryText, parsed: YamlText, src_uri: str, files: tuple[str, ...]
) -> StoryReading:
    found = list(parsed.problems)
    if not isinstance(parsed.data, dict):
        if not any(each.is_error for each in found):
            found.append(problem("GS110", src_uri, text.front_line, found=_kind(parsed.data)))
        return StoryReading(src_uri, None, tuple(found))
    places = partial(locate, text.front, first_line=text.front_line)
    front = validate(FrontMatter, parsed.data, src_uri, places)
    if isinstance(front, list):
        found = merge_problems(found, front, text.front, text.front_line)
    if not isinstance(front, list) and not any(each.is_error for each in found):
        story = _make_story(text, front, src_uri, files)
        return StoryReading(src_uri, story, tuple(found), parsed.data)
    mended = validate_rest(FrontMatter, parsed.data, STAND_INS)
    if mended is None:
        return StoryReading(src_uri, None, tuple(sorted(found)))
    rest = _make_story(text, mended.record, src_uri, files)
    problems = tuple(sorted(found))
    return StoryReading(src_uri, None, problems, None, rest, mended.reduced, mended.replaced)


def _is_draft(text: StoryText, parsed: YamlText) -> bool:
    said = parsed.data.get("status") if isinstance(parsed.data, dict) else None
    if said is not None and not parsed.problems:
        return says_draft(str(said))
    return is_draft_by_line(f"{text.front}\n{text.body}")


def _soften(reading: StoryReading) -> StoryReading:
    if not reading.is_draft:
        return reading
    return replace(reading, problems=tuple(map(as_warning, reading.problems)))


def _make_story(text: StoryText, front: FrontMatter, src_uri: str, files: tuple[str, ...]) -> Story:
    _, year, slug, _ = src_uri.rsplit("/", 3)
    return Story(
        slug=slug,
        folder_year=int(year) if year.isascii() and year.isdigit() else 0,
        src_uri=src_uri,
        front_digest=text.front_digest,
        front=front,
        body=text.body,
        body_line=text.body_line,
        files=files,
        body_digest=text.body_digest,
    )


def merge_problems(
    of_text: list[Problem], of_fields: list[Problem], text: str, first_line: int
) -> list[Problem]:
    """Join what the text and what the fields say, without what an unreadable line leads to."""
    unreadable = {found.line for found in of_text}
    lines = text.split("\n")
    lost = {lines[number - first_line].strip(" \t\"'-") for number in unreadable}
    return of_text + [
        found for found in of_fields if found.line not in unreadable and not _is_lost(found, lost)
    ]


def _is_lost(found: Problem, lost: set[str]) -> bool:
    key = dict(found.args)["key"] if found.rule == "GS201" else None
    return key is not None and any(line.startswith(key) for line in lost)


def locate_story(root: Path, src_uri: str, typed: str | None = None) -> Positions:
    """Return the positions in a story's front matter, read anew: only problems need them."""
    text = _read_text(root, src_uri, typed)
    if isinstance(text, Problem):
        return Positions()
    return locate(text.front, first_line=text.front_line)


def _read_text(root: Path, src_uri: str, typed: str | None) -> StoryText | Problem:
    if typed is not None:
        return split_story(typed, src_uri)
    return read_story_text(f"{root}/{src_uri}", src_uri)  # of thousands


def _kind(data: object) -> str:
    if data is None:
        return "–"
    return "- …" if isinstance(data, list) else str(data)[:40]
