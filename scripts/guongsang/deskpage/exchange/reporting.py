"""Reports from the desk page: which periods can be reported, and a report made and sent."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from typing import Any

from guongsang.desk.papers.office import show_for_office
from guongsang.desk.papers.refuse_office import explain_office, tell_untitled
from guongsang.desk.papers.reporting import Reported, need_period, write_report
from guongsang.deskpage.asked import Asked, RefusedError, Reply, read_json
from guongsang.deskpage.exchange.made import MadeFiles, need_errorless, refuse_making
from guongsang.deskpage.listing import Listing
from guongsang.office.errors import OfficeError, need_library
from guongsang.office.heads import HEADS, HeadKind
from guongsang.plugin.run import read_site_url
from guongsang.site.showing import Showing
from guongsang.site.sources.docs import CONFIG
from guongsang.site.sources.look import FindFolders
from guongsang.tally.period import Period, read_period


class Reporting:
    """Does what `guongsang report` does, by the same functions.

    `find_folders` asks MkDocs for the folders of mkdocs.yml.
    """

    def __init__(
        self, listing: Listing, find_folders: FindFolders, files: MadeFiles, lang: str
    ) -> None:
        self.root, self.lang = listing.root, lang
        self._listing, self._find_folders, self._files = listing, find_folders, files
        self._lock = threading.Lock()

    def offer(self, _: Asked) -> Reply:
        """Send the years, halves, quarters and months that have public stories, newest first."""
        try:
            need_library()
        except OfficeError as error:
            raise self._refuse(error) from None
        return Reply.of({"periods": list(_list_periods(self._listing.count_months()))})

    def report(self, asked: Asked) -> Reply:
        """Make a report; send the names of its files, and what there is to say."""
        match read_json(asked):
            case {"period": str(typed), "head": head, "xlsx": bool(xlsx)} if head in HEADS:
                pass
            case _:
                raise RefusedError(HTTPStatus.BAD_REQUEST, "refused-body")
        find_site_url = partial(read_site_url, self.root / CONFIG, lambda *_: None)
        try:
            period = need_period("".join(typed.split()))
            make = partial(self._make, period=period, head=head, xlsx=xlsx)
            with refuse_making(self.lang), self._lock:
                made = show_for_office(self.root, self._find_folders, find_site_url, make)
        except OfficeError as error:
            raise self._refuse(error) from None
        notes = [tell_untitled(slug, self.lang) for slug in made.untitled]
        files = self._files.add(made.paths)
        return Reply.of({"files": files, "stories": made.stories, "notes": notes})

    def _make(self, showing: Showing, period: Period, head: HeadKind, xlsx: bool) -> Reported:
        need_errorless(showing, self.lang)
        return write_report(showing, period, head, with_workbook=xlsx)

    def _refuse(self, error: OfficeError) -> RefusedError:
        text = explain_office(error, self.lang)
        return RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, "refused-write", text=text)


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
