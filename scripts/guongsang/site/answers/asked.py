"""How what rules and pages ask of the newsroom becomes dependencies of the answer being made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final, TypeVar

from guongsang.addresses import slug_in
from guongsang.engine.table import ALL as WHOLE
from guongsang.engine.table import KEYS
from guongsang.registers.paths import TABLE_NAMES
from guongsang.site.answers.links import ADDRESS, SLUG
from guongsang.site.sources.lists import SHOWN_STORY
from guongsang.site.sources.moments import CLOCK, COME
from guongsang.text.dates import VIETNAM
from guongsang.traces import ALL, Question, Recorder

if TYPE_CHECKING:
    from guongsang.engine.ask import Ask
    from guongsang.site.sources.view import View

RECORDS: Final = frozenset((*TABLE_NAMES, "honorees"))

T = TypeVar("T")
# Kind, key, and whether only existence counts.
Dependency = tuple[str, str, bool]


class Asked:
    """Turns the questions of one run into dependencies. `now` is the moment that counts as now.

    `find_uri` finds the story of a slug.
    """

    def __init__(self, now: dt.datetime, find_uri: Callable[[str], str | None], view: View) -> None:
        self.recorder = Recorder()
        self._now, self._find_uri, self._view = now, find_uri, view
        self._known: dict[Question, tuple[Dependency, ...]] = {}

    def make(self, ask: Ask, make: Callable[[], T]) -> T:
        """Return what is made, each question noted as a dependency of it."""
        made, questions = self.recorder.record(make)
        self.note(ask, questions)
        return made

    def note(self, ask: Ask, questions: Iterable[Question]) -> None:
        known = self._known
        for question in sorted(questions):
            found = known.get(question)
            if found is None:
                found = known[question] = tuple(self._translate(*question))
            for kind, key, only_existence in found:
                ask.note(kind, key, only_existence=only_existence)
            if question[0] == "anchors" and (uri := self._find_uri(question[1])):
                ask.note("story", uri)

    def note_moments(self, ask: Ask, moments: Iterable[float]) -> None:
        """Note that it matters which of these (seconds since 1970) are ahead."""
        now = self._now.timestamp()
        ask.note(CLOCK, "")
        for moment in sorted(each for each in moments if each > now):
            ask.note(COME, f"ahead {dt.datetime.fromtimestamp(moment, VIETNAM).isoformat()}")

    def _translate(self, kind: str, key: str) -> Iterator[Dependency]:
        """Yield what answers depend on that have asked a question."""
        if kind in RECORDS:
            yield kind, WHOLE if key == ALL else key, False
            if key == ALL:
                yield "order", kind, False
        elif kind in ("ahead", "passed"):
            moment = dt.datetime.fromisoformat(key)
            is_past = moment <= self._now if kind == "ahead" else moment.date() < self._now.date()
            # What has been stays so, unless the clock is put back.
            yield (CLOCK, "", False) if is_past else (COME, f"{kind} {key}", False)
        elif kind in _LINKS:
            yield from _translate_link(kind, key)
        elif kind in _RENAMED:
            yield _RENAMED[kind], key, False
        elif kind in _VIEWED:
            name, only_existence = _VIEWED[kind]
            yield self._view.kind(name), key, only_existence
        elif kind in LISTS:
            yield self._view.kind("list"), kind, False
        elif kind == "followed by":
            yield self._view.kind("list"), f"follows {key}", False
        else:
            yield kind, "" if key in (ALL, kind) else key, False


def _translate_link(kind: str, key: str) -> Iterator[Dependency]:
    if kind == "slugs":
        yield SLUG, KEYS if key == ALL else key, True
        return
    slug = key
    if kind == "addresses":
        yield ADDRESS, KEYS if key == ALL else key, True
        slug = key if key == ALL else slug_in(key) or ""
    if slug:
        yield SLUG, WHOLE if slug == ALL else slug, False


_LINKS: Final = ("slugs", "public_slugs", "addresses", "anchors")
_RENAMED: Final = {"photos": "front", "front": "front", "files": "folder", "body": "story"}
# What each view has of its own.
_VIEWED: Final = {
    "shelf": ("list", False),
    "has": ("list", True),
    "keys": ("keys", False),
    "neighbours": ("neighbours", False),
    "related": ("related", False),
    "url": (SHOWN_STORY, False),
    "card": ("card", False),
}
LISTS: Final = ("stories", "retracted", "moved", "corrected")
