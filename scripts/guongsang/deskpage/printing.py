"""Stories on paper and on air: what can be printed, a bulletin, a poster or a radio script made,
and its file sent."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from http import HTTPStatus
from pathlib import PurePosixPath
from typing import Any, Final

from guongsang.desk.office import show_for_office
from guongsang.desk.printed import FOLDER
from guongsang.desk.printing import (
    LeftOut,
    Made,
    NotPrintedError,
    choose_bulletin,
    print_bulletin,
    print_poster,
    show_for_print,
)
from guongsang.desk.refuse import RefusedError as NotWrittenError
from guongsang.desk.refuse_office import explain_office, tell_doubt
from guongsang.desk.refuse_paper import explain_paper, tell_blurred, tell_left_out
from guongsang.desk.scripting import Scripted, make_scripts
from guongsang.deskpage.asked import Asked, RefusedError, Reply, read_json, refuse_write
from guongsang.deskpage.listing import Listing
from guongsang.deskpage.places import find_place
from guongsang.deskpage.state import tell_state
from guongsang.office.errors import OfficeError
from guongsang.paper.errors import PaperError
from guongsang.paper.making import SIZES
from guongsang.paper.period import read_issue
from guongsang.paper.typesetting import need_library
from guongsang.plugin.run import read_site_url
from guongsang.site.docs import CONFIG
from guongsang.site.look import FindFolders
from guongsang.site.showing import Showing
from guongsang.state.errors import StateError
from guongsang.text.dates import read_now

_KINDS: Final = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".txt": "text/plain; charset=utf-8",
}

# What was made, of how many stories, and which ones are left out.
_Done = tuple[Made, int, tuple[LeftOut, ...]]
_Make = Callable[[Showing], _Done]


class Printing:
    """Does what `guongsang bulletin`, `poster` and `script` do, by the same functions.

    `find_folders` asks MkDocs for the folders of mkdocs.yml.
    """

    def __init__(self, listing: Listing, find_folders: FindFolders, lang: str) -> None:
        self.root, self.lang = listing.root, lang
        self._listing, self._find_folders = listing, find_folders
        self._lock = threading.Lock()
        self._made: set[str] = set()  # names of the files of this run

    def offer(self, _: Asked) -> Reply:
        """Send the months and quarters that have public stories, and what a bulletin is called."""
        try:
            need_library()
        except PaperError as error:
            raise self._refuse(explain_paper(error, self.lang)) from None
        registers = self._listing.registers
        periods = [self._tell_period(*each) for each in sorted(self._count().items(), reverse=True)]
        title = registers.newsroom.name if registers else ""
        return Reply.of({"title": title, "periods": periods})

    def print(self, asked: Asked) -> Reply:
        """Make what is wished for; send the names of its files, and what there is to say."""
        told = read_json(asked)
        find_site_url = partial(read_site_url, self.root / CONFIG, lambda *_: None)
        newsroom = (self.root, self._find_folders, find_site_url)
        if told.get("act") == "script":
            wanted = find_place(self.root, str(told.get("story") or "")).address
            script = partial(self._make_script, wanted, words=told.get("words") is True)
            return self._make(lambda: self._tell_script(show_for_office(*newsroom, script)))
        make = self._read_wish(told)
        return self._make(lambda: self._tell(*show_for_print(*newsroom, make)))

    def _make(self, make: Callable[[], Reply]) -> Reply:
        """Make something, one thing at a time. Raises RefusedError."""
        try:
            with self._lock:
                return make()
        except NotPrintedError as error:
            told = [tell_left_out(each, self.lang) for each in error.left_out]
            raise self._refuse(" ".join([explain_paper(error, self.lang), *told])) from None
        except PaperError as error:
            raise self._refuse(explain_paper(error, self.lang)) from None
        except OfficeError as error:
            raise self._refuse(explain_office(error, self.lang)) from None
        except NotWrittenError as error:
            raise refuse_write(error, self.lang) from None
        except StateError:
            raise RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, "refused-busy") from None
        except OSError as error:
            why = {"path": error.filename or FOLDER, "why": error.strerror or error}
            raise RefusedError(HTTPStatus.INSUFFICIENT_STORAGE, "refused-disk", **why) from None

    def find_made(self, path: str) -> Reply | None:
        """Return a file that this run has made; None for any other path. Raises RefusedError."""
        folder, _, name = path.partition("/")
        if folder != FOLDER or name not in self._made:
            return None
        file = self.root / FOLDER / name
        if file.is_symlink() or file.parent.is_symlink():
            raise RefusedError(HTTPStatus.FORBIDDEN, "refused-link")
        try:
            return Reply(file.read_bytes(), _KINDS[file.suffix])
        except FileNotFoundError:  # taken away meanwhile, or erased
            raise RefusedError(HTTPStatus.NOT_FOUND, "refused-missing") from None

    def _count(self) -> Counter[tuple[str, bool]]:
        """Count public stories by month ("2026-06", False) and by quarter ("2026-Q2", True)."""
        self._listing.render()
        now = read_now().timestamp()
        found: Counter[tuple[str, bool]] = Counter()
        for told in self._listing.overview.stories.values():
            head = told.head
            if tell_state(head.status, head.instant, now) == "published":
                year, month = head.month.split("/")
                found[f"{year}-{month}", False] += 1
                found[f"{year}-Q{(int(month) + 2) // 3}", True] += 1
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
        self._need_errorless(showing)
        return print_poster(showing, address), 1, ()

    def _make_bulletin(
        self, wanted: list[str], showing: Showing, *, title: str, size: str, booklet: bool
    ) -> _Done:
        self._need_errorless(showing)
        choice = choose_bulletin(showing, wanted, size)
        made = print_bulletin(showing, choice, title=title or None, size=size, booklet=booklet)
        return made, len(choice.stories), choice.left_out

    def _make_script(self, address: str, showing: Showing, *, words: bool) -> Scripted:
        self._need_errorless(showing)
        (made,) = make_scripts(showing, [address], words=words, rate=None)
        return made

    def _need_errorless(self, showing: Showing) -> None:
        """Refuse with the first error: the command prints them all, the list of stories shows
        them."""
        if showing.archive is None:
            errors = [each for each in showing.found.problems if each.is_error]
            first = errors[0]
            told = f"{first.path}: {first.message(self.lang)}"
            raise RefusedError(
                HTTPStatus.UNPROCESSABLE_ENTITY, "refused-errors", count=len(errors), first=told
            )

    def _tell_script(self, made: Scripted) -> Reply:
        notes = [tell_doubt(each, self.lang) for each in made.script.doubts]
        told = {"length": made.script.length, "notes": notes}
        return Reply.of({"files": self._keep(made.paths), **told})

    def _keep(self, paths: Iterable[str]) -> list[str]:
        """Return the paths of files that may be asked for from now on."""
        names = [PurePosixPath(path).name for path in paths]
        self._made.update(names)
        return [f"{FOLDER}/{name}" for name in names]

    def _tell(self, made: Made, stories: int, left_out: tuple[LeftOut, ...]) -> Reply:
        notes = [tell_left_out(each, self.lang) for each in left_out]
        notes += [tell_blurred(each, self.lang) for each in made.printed.blurred]
        told = {"pages": made.printed.pages, "stories": stories, "notes": notes}
        return Reply.of({"files": self._keep(made.paths), **told})

    def _refuse(self, text: str) -> RefusedError:
        return RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, "refused-write", text=text)
