"""What is sent and laid out: a story in Word for official mail, the form of nomination."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus

from guongsang.desk.papers.nominate_form import FORM, find_page, write_form
from guongsang.desk.papers.office import show_for_office
from guongsang.desk.papers.story_docx import make_story_files
from guongsang.deskpage.asked import Asked, RefusedError, Reply, read_json
from guongsang.deskpage.exchange.made import Making, refuse_making
from guongsang.deskpage.listing import Listing
from guongsang.deskpage.places import find_place
from guongsang.deskpage.sheet import send_sheet


class Letters:
    """Does what `guongsang docx` and `guongsang nominate form` do, by the same functions."""

    def __init__(self, listing: Listing, making: Making) -> None:
        self.root = listing.root
        self._listing, self._making = listing, making

    def docx(self, asked: Asked) -> Reply:
        """Make the Word file of a saved story; send its name."""
        match read_json(asked):
            case {"story": str(story)}:
                address = find_place(self.root, story).address
            case _:
                raise RefusedError(HTTPStatus.BAD_REQUEST, "refused-body")
        paths = self._making.make(show_for_office, partial(make_story_files, wanted=[address]))
        return Reply.of({"files": self._making.add(paths)})

    def make_form(self, _: Asked) -> Reply:
        """Make the form of nomination; send whether it has a code that leads to the site's page."""
        newsroom = self._listing.need_registers().newsroom
        address = find_page(newsroom, self._making.find_site_url())
        with refuse_making(self._making.lang):
            write_form(self.root, newsroom, address)
        return Reply.of({"files": [FORM], "hasCode": address is not None})

    def send_form(self, _: Asked) -> Reply:
        return send_sheet(self.root / FORM)
