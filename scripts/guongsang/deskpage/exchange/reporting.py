"""Reports from the desk page: which periods can be reported, and a report made and sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from typing import Any

from guongsang.desk.papers.office import show_for_office
from guongsang.desk.papers.refuse_office import tell_untitled
from guongsang.desk.papers.reporting import need_period, write_report
from guongsang.deskpage.asked import Asked, RefusedError, Reply, read_json
from guongsang.deskpage.exchange.made import Making, refuse_making
from guongsang.deskpage.listing import Listing
from guongsang.office.errors import need_library
from guongsang.office.heads import HEADS
from guongsang.tally.period import read_period


class Reporting:
    """Does what `guongsang report` does, by the same functions."""

    def __init__(self, listing: Listing, making: Making) -> None:
        self._listing, self._making = listing, making

    def offer(self, _: Asked) -> Reply:
        """Send the years, halves, quarters and months that have public stories, newest first."""
        with refuse_making(self._making.lang):
            need_library()
        return Reply.of({"periods": list(_list_periods(self._listing.count_months()))})

    def report(self, asked: Asked) -> Reply:
        """Make a report; send the names of its files, and what there is to say."""
        match read_json(asked):
            case {"period": str(typed), "head": head, "xlsx": bool(xlsx)} if head in HEADS:
                pass
            case _:
                raise RefusedError(HTTPStatus.BAD_REQUEST, "refused-body")
        with refuse_making(self._making.lang):
            period = need_period("".join(typed.split()))
        write = partial(write_report, period=period, kind=head, with_workbook=xlsx)
        made = self._making.make(show_for_office, write)
        notes = [tell_untitled(slug, self._making.lang) for slug in made.untitled]
        files = self._making.add(made.paths)
        return Reply.of({"files": files, "stories": made.stories, "notes": notes})


def _list_periods(counted: Counter[str]) -> Iterator[dict[str, Any]]:
    """Yield each period with stories: how it is typed, in words, and with how many."""
    years = sorted({key[:4] for key in counted}, reverse=True)
    for kind, forms in (
        ("year", ("{}",)),
        ("half", ("{}-07..{}-12", "{}-01..{}-06")),
        ("quarter", tuple(f"{{}}-Q{n}" for n in (4, 3, 2, 1))),
        ("month", tuple(f"{{}}-{n:02}" for n in range(12, 0, -1))),
    ):
        for typed in (form.format(year, year) for year in years for form in forms):
            period = read_period(typed)
            assert period is not None
            if count := sum(counted[month] for month in period.months):
                yield {"kind": kind, "name": typed, "words": period.words, "count": count}
