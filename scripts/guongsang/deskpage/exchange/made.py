"""What the desk page makes of the stories for its editor: one at a time, and only files of this run
are sent."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from typing import Final, TypeVar

from guongsang.desk.papers.printed import FOLDER
from guongsang.desk.papers.printing import NotPrintedError
from guongsang.desk.papers.refuse_office import explain_office
from guongsang.desk.papers.refuse_paper import explain_paper, tell_left_out
from guongsang.desk.refuse import RefusedError as NotWrittenError
from guongsang.deskpage.asked import RefusedError, Reply, refuse_write
from guongsang.office.errors import OfficeError
from guongsang.paper.errors import PaperError
from guongsang.plugin.run import read_site_url
from guongsang.site.showing import Show, Showing
from guongsang.site.sources.docs import CONFIG
from guongsang.site.sources.look import FindFolders
from guongsang.state.errors import StateError

T = TypeVar("T")

_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_KINDS: Final = {
    ".pdf": "application/pdf",
    ".docx": f"{_OFFICE}.wordprocessingml.document",
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    ".txt": "text/plain; charset=utf-8",
}


class Making:
    """Makes files below an-pham/, and keeps which of them may be asked for.

    `find_folders` asks MkDocs for the folders of mkdocs.yml.
    """

    def __init__(self, root: Path, find_folders: FindFolders, lang: str) -> None:
        self.root, self.lang = root, lang
        self.find_site_url = partial(read_site_url, root / CONFIG, lambda *_: None)
        self._find_folders = find_folders
        self._names: set[str] = set()
        self._lock = threading.Lock()

    def make(self, show: Show, make: Callable[[Showing], T]) -> T:
        """Return what `make` makes of the stories. Raises RefusedError."""

        def make_errorless(showing: Showing) -> T:
            _need_errorless(showing, self.lang)
            return make(showing)

        with refuse_making(self.lang), self._lock:
            return show(self.root, self._find_folders, self.find_site_url, make_errorless)

    def add(self, paths: Iterable[str]) -> list[str]:
        """Note files that were made, by their paths below the newsroom's folder."""
        names = [PurePosixPath(path).name for path in paths]
        self._names.update(names)
        return [f"{FOLDER}/{name}" for name in names]

    def find(self, path: str) -> Reply | None:
        """Return a file that this run has made; None for any other path. Raises RefusedError."""
        folder, _, name = path.partition("/")
        if folder != FOLDER or name not in self._names:
            return None
        file = self.root / FOLDER / name
        if file.is_symlink() or file.parent.is_symlink():
            raise RefusedError(HTTPStatus.FORBIDDEN, "refused-link")
        try:
            return Reply(file.read_bytes(), _KINDS[file.suffix])
        except FileNotFoundError:  # taken away meanwhile, or erased
            raise RefusedError(HTTPStatus.NOT_FOUND, "refused-missing") from None


@contextmanager
def refuse_making(lang: str) -> Iterator[None]:
    """Turn what stops the making of any file into a refusal of the request."""
    try:
        yield
    except NotWrittenError as error:
        raise refuse_write(error, lang) from None
    except StateError:
        raise RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, "refused-busy") from None
    except OSError as error:
        why = {"path": error.filename or FOLDER, "why": error.strerror or error}
        raise RefusedError(HTTPStatus.INSUFFICIENT_STORAGE, "refused-disk", **why) from None
    except OfficeError as error:
        raise _refuse(explain_office(error, lang)) from None
    except NotPrintedError as error:
        told = [tell_left_out(each, lang) for each in error.left_out]
        raise _refuse(" ".join([explain_paper(error, lang), *told])) from None
    except PaperError as error:
        raise _refuse(explain_paper(error, lang)) from None


def _refuse(text: str) -> RefusedError:
    return RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, "refused-write", text=text)


def _need_errorless(showing: Showing, lang: str) -> None:
    """Refuse with the first error: the command prints them all, the list of stories shows them."""
    if showing.archive is None:
        errors = [each for each in showing.found.problems if each.is_error]
        first = errors[0]
        told = f"{first.path}: {first.message(lang)}"
        raise RefusedError(
            HTTPStatus.UNPROCESSABLE_ENTITY, "refused-errors", count=len(errors), first=told
        )
