"""How what rules and pages ask of the newsroom becomes dependencies of the answer being made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final, TypeVar

from guongsang.engine.table import ALL as WHOLE
from guongsang.engine.table import KEYS
from guongsang.registers.paths import TABLE_NAMES
from guongsang.site.moments import CLOCK, COME
from guongsang.text.dates import VIETNAM
from guongsang.traces import ALL, Question, Recorder

if TYPE_CHECKING:
    from guongsang.engine.ask import Ask
    from guongsang.site.view import View

RECORDS: Final = frozenset((*TABLE_NAMES, "honorees"))

T = TypeVar("T")


class Asked:
    """Turns the questions of one run into dependencies. `now` is the moment that counts as now.

    `find_uri` finds the story of a slug.
    """

    def __init__(self, now: dt.datetime, find_uri: Callable[[str], str | None], view: View) -> None:
        self.recorder = Recorder()
        self._now, self._find_uri, self._view = now, find_uri, view

    def make(self, ask: Ask, make: Callable[[], T]) -> T:
        """Return what is made, each question noted as a dependency of it."""
        made, questions = self.recorder.record(make)
        self.note(ask, questions)
        return made

    def note(self, ask: Ask, questions: Iterable[Question]) -> None:
        for kind, key in sorted(questions):
            self._note(ask, kind, key)

    def note_moments(self, ask: Ask, moments: Iterable[float]) -> None:
        """Note that it matters which of these (seconds since 1970) are ahead."""
        now = self._now.timestamp()
        ask.note(CLOCK, "")
        for moment in sorted(each for each in moments if each > now):
            ask.note(COME, f"ahead {dt.datetime.fromtimestamp(moment, VIETNAM).isoformat()}")

    def _note(self, ask: Ask, kind: str, key: str) -> None:
        if kind in RECORDS:
            ask.note(kind, WHOLE if key == ALL else key)
            if key == ALL:
                ask.note("order", kind)
        elif kind in ("ahead", "passed"):
            moment = dt.datetime.fromisoformat(key)
            is_past = moment <= self._now if kind == "ahead" else moment.date() < self._now.date()
            # What has been stays so, unless the clock is put back.
            ask.note(*((CLOCK, "") if is_past else (COME, f"{kind} {key}")))
        elif kind in _SETS:
            name, only_existence = _SETS[kind]
            ask.note(name, KEYS if key == ALL else key, only_existence=only_existence)
        elif kind in ("photos", "front"):
            ask.note("front", key)
        elif kind == "files":
            ask.note("folder", key)
        elif kind == "anchors":
            ask.note("slug", key)
            if uri := self._find_uri(key):
                ask.note("body", uri)
        elif kind in _VIEWED:
            name, only_existence = _VIEWED[kind]
            ask.note(self._view.kind(name), key, only_existence=only_existence)
        elif kind in LISTS:
            ask.note(self._view.kind("list"), kind)
        elif kind == "followed by":
            ask.note(self._view.kind("list"), f"follows {key}")
        else:
            ask.note(kind, "" if key in (ALL, kind) else key)


# What each view has of its own.
_VIEWED: Final = {
    "shelf": ("list", False),
    "has": ("list", True),
    "keys": ("keys", False),
    "neighbours": ("neighbours", False),
    "related": ("related", False),
    "url": ("url", False),
}
LISTS: Final = ("stories", "retracted", "moved", "corrected")
# Sets that are looked into: of which kind their keys are, and whether only existence counts.
_SETS: Final = {
    "slugs": ("slug", True),
    "public_slugs": ("slug", False),
    "addresses": ("address", True),
}
