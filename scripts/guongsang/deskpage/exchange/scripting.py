"""Radio scripts from the desk page: the script of a story made and sent."""

from __future__ import annotations

import threading
from functools import partial
from http import HTTPStatus

from guongsang.desk.papers.office import show_for_office
from guongsang.desk.papers.refuse_office import explain_office, tell_doubt
from guongsang.desk.papers.scripting import Scripted, make_scripts
from guongsang.deskpage.asked import Asked, RefusedError, Reply, read_json
from guongsang.deskpage.exchange.made import MadeFiles, need_errorless, refuse_making
from guongsang.deskpage.places import find_place
from guongsang.office.errors import OfficeError
from guongsang.plugin.run import read_site_url
from guongsang.site.showing import Showing
from guongsang.site.sources.docs import CONFIG
from guongsang.site.sources.look import FindFolders


class Scripting:
    """Does what `guongsang script` does, by the same function.

    `find_folders` asks MkDocs for the folders of mkdocs.yml.
    """

    def __init__(self, files: MadeFiles, find_folders: FindFolders, lang: str) -> None:
        self.root, self.lang = files.root, lang
        self._files, self._find_folders = files, find_folders
        self._lock = threading.Lock()

    def script(self, asked: Asked) -> Reply:
        """Make a script; send the names of its files, how long it lasts, and what is unsure."""
        told = read_json(asked)
        address = find_place(self.root, str(told.get("story") or "")).address
        make = partial(self._make, address=address, words=told.get("words") is True)
        find_site_url = partial(read_site_url, self.root / CONFIG, lambda *_: None)
        try:
            with refuse_making(self.lang), self._lock:
                made = show_for_office(self.root, self._find_folders, find_site_url, make)
        except OfficeError as error:
            text = explain_office(error, self.lang)
            raise RefusedError(
                HTTPStatus.UNPROCESSABLE_ENTITY, "refused-write", text=text
            ) from None
        notes = [tell_doubt(each, self.lang) for each in made.script.doubts]
        files = self._files.add(made.paths)
        return Reply.of({"files": files, "length": made.script.length, "notes": notes})

    def _make(self, showing: Showing, address: str, words: bool) -> Scripted:
        need_errorless(showing, self.lang)
        (made,) = make_scripts(showing, [address], words=words, rate=None)
        return made
