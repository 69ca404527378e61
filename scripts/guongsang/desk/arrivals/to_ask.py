"""Whom to ask before a draft may be published: people named, and photos of them.

Read from the draft as it stands: what editors have filled in meanwhile is no longer missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from guongsang.intake.draft import BLANK
from guongsang.intake.people import find_people
from guongsang.problems.problem import Problem
from guongsang.stories.source import split_story
from guongsang.text.fold import nfc
from guongsang.yamlfile.parse import parse_yaml


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody, or a photo, to ask about; `missing` are names of what is."""

    name: str
    path: str
    title: str
    missing: tuple[str, ...]


def list_asked(text: str, path: str) -> Iterator[Asked]:
    """Yield what is missing in the text of a draft whose folder is `path`; nothing of others."""
    split = split_story(text, path)
    if isinstance(split, Problem):
        return
    front = parse_yaml(split.front, path).data
    if not isinstance(front, dict) or front.get("status") != "draft":
        return
    title = str(front.get("title") or BLANK)
    photos = [each for each in _photos(front) if isinstance(each, dict)]
    captions = (str(each.get("caption") or "") for each in photos)
    told = "\n".join((title, split.body, *captions))
    known = {
        nfc(str(each.get("name"))): each
        for each in _dicts(front.get("honorees"))
        if each.get("consent")
    }
    for person in find_people(told):
        if nfc(person.name) not in known:
            missing = ("consent", "guardian") if person.is_child else ("consent",)
            yield Asked(person.name, path, title, missing)
    for photo in photos:
        lacks = [] if photo.get("consent") else ["photo-consent"]
        lacks += ["alt"] if photo.get("alt") in (None, BLANK) else []
        if lacks:
            yield Asked(str(photo.get("src")), path, title, tuple(lacks))


def _photos(front: dict[Any, Any]) -> Iterable[object]:
    return [front.get("cover"), *_dicts(front.get("photos"))]


def _dicts(value: object) -> list[dict[Any, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
