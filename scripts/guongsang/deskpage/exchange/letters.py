"""What is sent and laid out: a story in Word for official mail, the form of nomination."""

from __future__ import annotations

import threading
from functools import partial
from http import HTTPStatus

from guongsang.desk.papers.nominate_form import FORM, find_page, write_form
from guongsang.desk.papers.office import show_for_office
from guongsang.desk.papers.printing import NotPrintedError
from guongsang.desk.papers.refuse_office import explain_office
from guongsang.desk.papers.refuse_paper import explain_paper, tell_left_out
from guongsang.desk.papers.story_docx import make_story_files
from guongsang.deskpage.asked import Asked, RefusedError, Reply, read_json
from guongsang.deskpage.exchange.made import MadeFiles, need_errorless, refuse_making
from guongsang.deskpage.listing import Listing
from guongsang.deskpage.places import find_place
from guongsang.deskpage.sheet import send_sheet
from guongsang.office.errors import OfficeError
from guongsang.paper.errors import PaperError
from guongsang.plugin.run import read_site_url
from guongsang.site.showing import Showing
from guongsang.site.sources.docs import CONFIG
from guongsang.site.sources.look import FindFolders


class Letters:
    """Does what `guongsang docx` and `guongsang nominate form` do, by the same functions.

    `find_folders` asks MkDocs for the folders of mkdocs.yml.
    """

    def __init__(
        self, listing: Listing, find_folders: FindFolders, files: MadeFiles, lang: str
    ) -> None:
        self.root, self.lang = listing.root, lang
        self._listing, self._find_folders, self._files = listing, find_folders, files
        self._find_site_url = partial(read_site_url, self.root / CONFIG, lambda *_: None)
        self._lock = threading.Lock()

    def docx(self, asked: Asked) -> Reply:
        """Make the Word file of a saved story; send its name."""
        match read_json(asked):
            case {"story": str(story)}:
                make = partial(self._make, find_place(self.root, story).address)
            case _:
                raise RefusedError(HTTPStatus.BAD_REQUEST, "refused-body")
        try:
            with refuse_making(self.lang), self._lock:
                paths = show_for_office(self.root, self._find_folders, self._find_site_url, make)
        except OfficeError as error:
            raise self._refuse(explain_office(error, self.lang)) from None
        except NotPrintedError as error:
            told = [tell_left_out(each, self.lang) for each in error.left_out]
            raise self._refuse(" ".join([explain_paper(error, self.lang), *told])) from None
        except PaperError as error:
            raise self._refuse(explain_paper(error, self.lang)) from None
        return Reply.of({"files": self._files.add(paths)})

    def make_form(self, _: Asked) -> Reply:
        """Make the form of nomination; send whether it has a code that leads to the site's page."""
        newsroom = self._listing.need_registers().newsroom
        address = find_page(newsroom, self._find_site_url())
        with refuse_making(self.lang):
            write_form(self.root, newsroom, address)
        return Reply.of({"files": [FORM], "hasCode": address is not None})

    def send_form(self, _: Asked) -> Reply:
        return send_sheet(self.root / FORM)

    def _make(self, address: str, showing: Showing) -> tuple[str, ...]:
        need_errorless(showing, self.lang)
        return make_story_files(showing, [address])

    def _refuse(self, text: str) -> RefusedError:
        return RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, "refused-write", text=text)
