"""How a story is fitted to its pages: balanced columns, and no page with three lines on it.

Typst does not balance columns, and nobody knows beforehand where a text ends. So it is set, looked
at, and set again a little otherwise; all stories of a bulletin at once, for each begins a page.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

# How much of a story's last page is filled: with less it looks like a mistake; with less there may
# be a way to do without that page; on the only page, with less there is room for a larger picture.
_ENOUGH: Final = 0.4
_WORTH_SAVING: Final = 0.62
_FULL: Final = 0.76
# Points: columns that differ by less are even; so little text on a last page are some lines; what
# columns need besides half of the text, at first; the least that is tried.
_EVEN: Final = 15.0
_NOTHING: Final = 0.01
_FEW_LINES: Final = 45.0
_FIRST: Final = 4.0
_LEAST_STEP: Final = 3.0
_MOST_TRIES: Final = 12


class Layout(NamedTuple):
    """Height of the cover by what the template says, and points more or less of type."""

    cover: float = 1.0
    size: float = 0.0


_NATURAL: Final = Layout()
# Each takes less room than the one before.
_TIGHTER: Final = (Layout(0.85, 0.0), Layout(0.7, -0.2), Layout(0.6, -0.4))
_TIGHTEST: Final = Layout(0.5, -0.6)
_LARGER: Final = (Layout(1.6, 0.2), Layout(1.45, 0.0), Layout(1.3, 0.0), Layout(1.15, 0.0))
_LOOSER: Final = (Layout(1.2, 0.3), Layout(1.4, 0.6), Layout(1.5, 0.9), Layout(0.8, 0.0))


class _Outcome(NamedTuple):
    pages: int
    filled: float


class Fit(NamedTuple):
    """What the template is told about a story; `extra` points more than half of its text."""

    layout: Layout
    extra: float


_Told = Mapping[str, Any]


def _choose_layout() -> Generator[Layout, _Outcome, Layout]:
    """Yield layouts to try; return the one to keep."""
    natural = yield _NATURAL
    if natural.pages == 1:
        for larger in _LARGER if natural.filled < _FULL else ():
            if (yield larger).pages == 1:
                return larger
        return _NATURAL
    if natural.filled < _WORTH_SAVING and (yield _TIGHTEST).pages < natural.pages:
        roomy, middle, tight = _TIGHTER
        is_enough = (yield middle).pages < natural.pages
        following = roomy if is_enough else tight
        if (yield following).pages < natural.pages:
            return following
        return middle if is_enough else _TIGHTEST
    seen = {_NATURAL: natural.filled}
    for looser in _LOOSER if natural.filled < _ENOUGH else ():
        seen[looser] = (yield looser).filled
        if seen[looser] >= _ENOUGH:
            break
    return max(seen, key=lambda layout: seen[layout])


def _balance(layout: Layout, told: _Told) -> Generator[Fit, _Told, tuple[float, _Outcome]]:
    """Yield heights to try for two columns; return the least that holds the text.

    `told` is how the layout has come out with the first height.
    """
    extra, too_little, enough = _FIRST, None, None
    for tries in range(_MOST_TRIES):
        left = _find_room_left(told)
        if left >= 0:
            enough, outcome = extra, _find_outcome(told)
            if left < _EVEN:
                break
        else:
            too_little = extra
        if enough is None:
            # What cannot be cut, a photo or a row, may need far more than it seems to lack.
            extra += max(_LEAST_STEP, -left / 2) * (1 + tries)
        elif too_little is None:
            extra -= max(_LEAST_STEP, left / 2 - _LEAST_STEP)
        elif enough - too_little < _LEAST_STEP:
            break
        else:
            extra = (too_little + enough) / 2
        told = yield Fit(layout, extra)
    return (extra, _find_outcome(told)) if enough is None else (enough, outcome)


def _find_room_left(told: _Told) -> float:
    """Return how many points are left below the text; fewer than none where it has no room."""
    if told["columns"] == 1:
        return 0.0
    text, block = told["text"], told["block"]
    room = told["bottom"] - told["top"]
    left: float = block["y"] - text["y"] + (block["page"] - text["page"]) * room
    # A table that has no room ends where its column does, whatever sticks out of it.
    return -_LEAST_STEP if abs(left) < _NOTHING else left


def _find_outcome(told: _Told) -> _Outcome:
    """Return how the pages of a story are filled, what its columns still lack included."""
    text, end = told["text"], told["end"]
    room = told["bottom"] - told["top"]
    pages = end["page"] - told["start"]["page"] + 1
    lacking = max(0.0, -_find_room_left(told)) / 2
    filled = (end["y"] + lacking - told["top"]) / room
    if filled > 1:
        return _Outcome(pages + 1, filled - 1)
    if pages > 1 and text["page"] == end["page"] and text["y"] - told["top"] < _FEW_LINES:
        return _Outcome(pages, min(filled, _ENOUGH / 2))
    return _Outcome(pages, filled)


def _fit() -> Generator[Fit, _Told, Fit]:
    """Yield what to try; return what to keep. Only what is kept is balanced, which takes longer."""
    layouts = _choose_layout()
    layout = next(layouts)
    seen: dict[Layout, _Told] = {}
    try:
        while True:
            seen[layout] = yield Fit(layout, _FIRST)
            layout = layouts.send(_find_outcome(seen[layout]))
    except StopIteration as done:
        chosen: Layout = done.value
    extra, outcome = yield from _balance(chosen, seen[chosen])
    if outcome.pages > _find_outcome(seen[chosen]).pages and _TIGHTEST in seen:
        chosen = _TIGHTEST
        extra, outcome = yield from _balance(chosen, seen[chosen])
    return Fit(chosen, extra)


@dataclass(slots=True)
class _Story:
    steps: Generator[Fit, _Told, Fit] | None
    fit: Fit


class Fitter:
    """To be told what a template says in <gs-fit>, until no story is unsettled."""

    def __init__(self, stories: int) -> None:
        self._stories: list[_Story] = []
        for _ in range(stories):
            steps = _fit()
            self._stories.append(_Story(steps, next(steps)))

    @property
    def fits(self) -> dict[str, dict[str, float]]:
        """What the template reads, by the number of the story."""
        return {
            str(n): {**each.fit.layout._asdict(), "extra": round(each.fit.extra, 2)}
            for n, each in enumerate(self._stories)
        }

    @property
    def unsettled(self) -> list[int]:
        return [n for n, each in enumerate(self._stories) if each.steps is not None]

    def learn(self, told: Iterable[_Told]) -> None:
        """Take in how stories came out."""
        for each in told:
            story = self._stories[each["n"]]
            if story.steps is None:
                continue
            try:
                story.fit = story.steps.send(each)
            except StopIteration as done:
                story.fit, story.steps = done.value, None
