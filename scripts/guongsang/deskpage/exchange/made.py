"""Files that the desk page has made for its editor: only those of this run are sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from typing import Final

from guongsang.desk.papers.printed import FOLDER
from guongsang.desk.refuse import RefusedError as NotWrittenError
from guongsang.deskpage.asked import RefusedError, Reply, refuse_write
from guongsang.site.showing import Showing
from guongsang.state.errors import StateError

_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_KINDS: Final = {
    ".pdf": "application/pdf",
    ".docx": f"{_OFFICE}.wordprocessingml.document",
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    ".txt": "text/plain; charset=utf-8",
}


class MadeFiles:
    """The files below an-pham/ that may be asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._names: set[str] = set()

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


def need_errorless(showing: Showing, lang: str) -> None:
    """Refuse with the first error: the command prints them all, the list of stories shows them."""
    if showing.archive is None:
        errors = [each for each in showing.found.problems if each.is_error]
        first = errors[0]
        told = f"{first.path}: {first.message(lang)}"
        raise RefusedError(
            HTTPStatus.UNPROCESSABLE_ENTITY, "refused-errors", count=len(errors), first=told
        )
