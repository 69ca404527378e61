"""One story on the form: its fields as they are shown, and what is typed as a file's text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from guongsang.desk.change import REMOVED, Changes, change_story
from guongsang.desk.save import Opened
from guongsang.deskpage.asked import RefusedError
from guongsang.deskpage.places import StoryPlace
from guongsang.problems.problem import Problem
from guongsang.stories.scan import INDEX
from guongsang.stories.source import decode_text, split_story
from guongsang.yamlfile.parse import parse_yaml


@dataclass(frozen=True, slots=True)
class Typed:
    """What the form has changed: top-level keys, and the body, with line ends as LF."""

    changes: Changes
    body: str | None


def read_typed(told: Mapping[str, Any], opened: Opened) -> Typed:
    """Return what a form has sent: `changes` by key, null for one that goes, and `body`, null where
    that is as it was.

    Blank lines around the body stay as they are in the file. Raises RefusedError.
    """
    changes, body = told.get("changes"), told.get("body")
    if not isinstance(changes, dict) or not isinstance(body, str | None):
        raise RefusedError(HTTPStatus.BAD_REQUEST, "refused-body")
    keys = {key: REMOVED if value is None else value for key, value in changes.items()}
    text = None if body is None else body.replace("\r\n", "\n").strip("\n")
    if text is None or text == show_body(opened):
        return Typed(keys, None)
    before = opened.body[: len(opened.body) - len(opened.body.lstrip("\n"))] or "\n"
    return Typed(keys, f"{before}{text}\n")


def is_readable(opened: Opened) -> bool:
    """Return whether the whole front matter can be read: then a form shows all that it says."""
    normal = decode_text(opened.text.encode(), opened.path)
    split = normal if isinstance(normal, Problem) else split_story(normal, opened.path)
    return not isinstance(split, Problem) and not parse_yaml(split.front, opened.path).problems


def show_body(opened: Opened) -> str:
    """Return the body as the form shows it: without blank lines around it."""
    return opened.body.strip("\n")


def apply(opened: Opened, typed: Typed) -> str:
    """Return the text of the file with what is typed. Raises NotWrittenError."""
    return change_story(opened.text, typed.changes, typed.body, opened.path)


def list_files(place: StoryPlace) -> list[str]:
    """Return the names of the files beside a story."""
    return sorted(
        path.name
        for path in place.folder.iterdir()
        if path.name != INDEX and not path.name.startswith(".") and path.is_file()
    )
