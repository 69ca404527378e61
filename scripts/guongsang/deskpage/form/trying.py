"""What is typed and not saved, as a page: shown for as long as somebody looks at it.

It is held in memory only, and found at the story's own address with a question behind it, so that
its links lead where those of the saved page lead.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from http import HTTPStatus
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs

from guongsang.deskpage.asked import RefusedError
from guongsang.deskpage.places import StoryPlace
from guongsang.site.sources.look import FindFolders, NeedsThemeError
from guongsang.site.trial import Trial, try_story
from guongsang.state.errors import DamagedError, MovedOnError, StateError

_MOST: Final = 8  # pages that are held; each tab shows one
_QUESTION: Final = "xem-thu"


class Trials:
    """The pages that were tried last. `preview` is the folder of the preview's pages."""

    def __init__(self, root: Path, preview: Path, find_folders: FindFolders) -> None:
        self._root, self._preview, self._find_folders = root, preview, find_folders
        self._lock = threading.Lock()
        self._held: OrderedDict[str, tuple[str, Trial]] = OrderedDict()

    def add(self, place: StoryPlace, text: str) -> str:
        """Make the page of a story with a text, normalised; return where it is now.

        Raises RefusedError.
        """
        try:
            trial = try_story(self._root, self._preview, place.src_uri, text, self._find_folders)
        except NeedsThemeError:
            raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, "refused-theme") from None
        except (StateError, DamagedError, MovedOnError):
            raise RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, "refused-busy") from None
        if trial is None:
            raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, "refused-pageless")
        name = secrets.token_urlsafe(16)
        with self._lock:
            self._held[name] = _url(place), trial
            while len(self._held) > _MOST:
                self._held.popitem(last=False)
        return f"/{_url(place)}?{_QUESTION}={name}"

    def forget(self, place: StoryPlace) -> None:
        """Hold nothing of a story any more."""
        with self._lock:
            for name in [name for name, (at, _) in self._held.items() if at == _url(place)]:
                del self._held[name]

    def find_page(self, url: str, question: str) -> bytes | None:
        """Return the page that is tried at an address, by what stands behind the question mark."""
        name = parse_qs(question).get(_QUESTION, [""])[0]
        with self._lock:
            at, trial = self._held.get(name, ("", None))
        return trial.html if trial is not None and at == url else None

    def find_file(self, uri: str) -> Path | None:
        """Return where a file lies that only a page that is tried shows."""
        with self._lock:
            found = (trial.files.get(uri) for _, trial in self._held.values())
            return next((path for path in found if path is not None), None)


def _url(place: StoryPlace) -> str:
    return f"{place.address}/"
