"""Stories on paper: what can be printed, a bulletin or a poster made, and its file sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus
from typing import Any

from guongsang.desk.papers.printing import (
    LeftOut,
    Made,
    choose_bulletin,
    print_bulletin,
    print_poster,
    show_for_print,
)
from guongsang.desk.papers.refuse_paper import tell_blurred, tell_left_out
from guongsang.deskpage.asked import Asked, RefusedError, Reply, read_json
from guongsang.deskpage.exchange.made import Making, refuse_making
from guongsang.deskpage.listing import Listing
from guongsang.deskpage.places import find_place
from guongsang.paper.making import SIZES
from guongsang.paper.period import read_issue
from guongsang.paper.typesetting import need_library
from guongsang.site.showing import Showing

# What was made, of how many stories, and which ones are left out.
_Done = tuple[Made, int, tuple[LeftOut, ...]]
_Make = Callable[[Showing], _Done]


class Printing:
    """Does what `guongsang bulletin` and `guongsang poster` do, by the same functions."""

    def __init__(self, listing: Listing, making: Making) -> None:
        self.root, self.lang = listing.root, making.lang
        self._listing, self._making = listing, making

    def offer(self, _: Asked) -> Reply:
        """Send the months and quarters that have public stories, and what a bulletin is called."""
        with refuse_making(self.lang):
            need_library()
        registers = self._listing.registers
        periods = [self._tell_period(*each) for each in sorted(self._count().items(), reverse=True)]
        title = registers.newsroom.name if registers else ""
        return Reply.of({"title": title, "periods": periods})

    def print(self, asked: Asked) -> Reply:
        """Make a bulletin or a poster; send the names of its files, and what there is to say."""
        make = self._read_wish(read_json(asked))
        return self._tell(*self._making.make(show_for_print, make))

    def _count(self) -> Counter[tuple[str, bool]]:
        """Count public stories by month ("2026-06", False) and by quarter ("2026-Q2", True)."""
        found: Counter[tuple[str, bool]] = Counter()
        for key, count in self._listing.count_months().items():
            year, month = key.split("/")
            found[f"{year}-{month}", False] += count
            found[f"{year}-Q{(int(month) + 2) // 3}", True] += count
        return found

    def _tell_period(self, key: tuple[str, bool], count: int) -> dict[str, Any]:
        name, is_quarter = key
        issue = read_issue(name)
        assert issue is not None
        told = {"name": name, "year": issue.year, "number": issue.number}
        return {**told, "isQuarter": is_quarter, "count": count}

    def _read_wish(self, told: Mapping[str, Any]) -> _Make:
        """Return what makes what is wished for. Raises RefusedError."""
        if told.get("act") == "poster":
            return partial(self._make_poster, self._read_what(told.get("story")))
        match told:
            case {"act": "bulletin", "what": [_, *_] as what, "size": str(size)} if size in SIZES:
                title, booklet = " ".join(str(told.get("title") or "").split()), told.get("booklet")
                return partial(
                    self._make_bulletin,
                    [self._read_what(each) for each in what],
                    title=title,
                    size=size,
                    booklet=booklet is True,
                )
        raise RefusedError(HTTPStatus.BAD_REQUEST, "refused-body")

    def _read_what(self, told: object) -> str:
        """Return a period, or the address of a story that is there."""
        text = told if isinstance(told, str) else ""
        return text if read_issue(text) else find_place(self.root, text).address

    def _make_poster(self, address: str, showing: Showing) -> _Done:
        return print_poster(showing, address), 1, ()

    def _make_bulletin(
        self, wanted: list[str], showing: Showing, *, title: str, size: str, booklet: bool
    ) -> _Done:
        choice = choose_bulletin(showing, wanted, size)
        made = print_bulletin(showing, choice, title=title or None, size=size, booklet=booklet)
        return made, len(choice.stories), choice.left_out

    def _tell(self, made: Made, stories: int, left_out: tuple[LeftOut, ...]) -> Reply:
        notes = [tell_left_out(each, self.lang) for each in left_out]
        notes += [tell_blurred(each, self.lang) for each in made.printed.blurred]
        told = {"pages": made.printed.pages, "stories": stories, "notes": notes}
        return Reply.of({"files": self._making.add(made.paths), **told})
