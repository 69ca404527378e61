"""Manuscripts that are dropped on the list: read, asked about, written as drafts.

What was sent is kept in memory only, until it is a draft or others have come after it.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from pathlib import PurePath
from typing import Any, Final

from guongsang.desk.arrivals.lost import report_losses, tell_loss, tell_unreadable
from guongsang.desk.arrivals.take_in import (
    Draft,
    ThereAlreadyError,
    Wish,
    make_draft,
    read_article,
    write_draft,
)
from guongsang.deskpage.asked import Asked, RefusedError, Reply, read_json
from guongsang.deskpage.form import lost
from guongsang.deskpage.form.taking import read_photo
from guongsang.deskpage.listing import Listing
from guongsang.deskpage.places import find_place
from guongsang.intake.draft import BLANK, Guess
from guongsang.intake.manuscript import Manuscript, Picture, UnreadableError
from guongsang.intake.read import read_manuscript
from guongsang.intake.word.office import convert_document
from guongsang.stories.scan import STORIES
from guongsang.text.dates import read_now

_MOST: Final = 3  # manuscripts in memory: a tab has one, and few tabs are open
_MOST_PHOTOS: Final = 100
_MOST_NAME: Final = 120


@dataclass(slots=True)
class _Sent:
    name: str
    manuscript: Manuscript
    loose: list[Picture] = field(default_factory=list)


class Manuscripts:
    """Takes in manuscripts as `guongsang import` does, by the same functions."""

    def __init__(self, listing: Listing, lang: str) -> None:
        self.root, self.lang = listing.root, lang
        self._listing = listing
        self._sent: OrderedDict[str, _Sent] = OrderedDict()
        self._lock = threading.Lock()
        self._reading = threading.Lock()

    def read(self, asked: Asked) -> Reply:
        """Read a manuscript, whose bytes are all that the request brings; send what it holds."""
        registers = self._listing.need_registers()
        name = _name_of(asked)
        try:
            with self._reading:  # one after the other: some need much memory
                manuscript = read_manuscript(asked.body, name, convert_document)
        except UnreadableError as error:
            why = tell_unreadable(name, error, self.lang)
            status = HTTPStatus.UNPROCESSABLE_ENTITY
            raise RefusedError(status, "refused-write", text=why) from None
        sent = _Sent(name, manuscript)
        article, guess = read_article(manuscript, registers, self._wish(sent))
        key = secrets.token_urlsafe(16)
        with self._lock:
            self._sent[key] = sent
            while len(self._sent) > _MOST:
                self._sent.popitem(last=False)
        known = registers.honorees
        active = {key: each.name for key, each in registers.columns.items() if each.active}
        found = {
            "sent": key,
            "title": article.title,
            "columns": active,
            "column": "" if guess.column == BLANK else guess.column,
            "photos": len(article.shots),
            "places": dict(guess.places),
            "honorees": {each: known[each].name for each in guess.honorees},
            "losses": [tell_loss(each, self.lang) for each in article.losses],
        }
        return Reply.of(found)

    def add_photo(self, asked: Asked) -> Reply:
        """Take in a photo that came beside a manuscript."""
        sent, name = self._find(asked.query.get("sent")), _name_of(asked)
        taken = read_photo(name, asked.body, self.lang)
        with self._lock:
            if len(sent.loose) >= _MOST_PHOTOS:
                raise RefusedError(HTTPStatus.CONFLICT, "refused-many")
            # Clean and small, as it will be written: a hundred of them take no gigabytes.
            sent.loose.append(Picture(name, taken.content))
        return Reply.of({})

    def write(self, asked: Asked) -> Reply:
        """Write the draft; send its address. `places` and `honorees` are keys of what was found."""
        asks = read_json(asked)
        key, title, column = (asks.get(each) for each in ("sent", "title", "column"))
        registers = self._listing.need_registers()
        sent = self._find(key)
        if not isinstance(title, str) or not title.strip():
            raise RefusedError(HTTPStatus.BAD_REQUEST, "refused-title")
        if column not in ("", *registers.columns):
            raise RefusedError(HTTPStatus.BAD_REQUEST, "refused-body")
        wish = self._wish(sent, column, " ".join(title.split()))
        article, guess = read_article(sent.manuscript, registers, wish)
        draft = make_draft(article, _confirm(guess, asks), wish)
        self._write(draft)
        with self._lock:
            self._sent.pop(str(key), None)
        address = draft.path.removeprefix(f"{STORIES}/")
        lost.keep(self.root, address, report_losses(draft, self.lang))
        return Reply.of({"address": address})

    def _write(self, draft: Draft) -> None:
        try:
            write_draft(self.root, draft)
        except ThereAlreadyError as error:
            raise RefusedError(HTTPStatus.CONFLICT, "refused-there", path=error.path) from None
        except OSError as error:
            why = {"path": draft.path, "why": error.strerror or error}
            raise RefusedError(HTTPStatus.INSUFFICIENT_STORAGE, "refused-disk", **why) from None

    def dismiss(self, asked: Asked) -> Reply:
        """Forget what was told of a story: somebody has seen it."""
        lost.keep(self.root, find_place(self.root, asked.query.get("story", "")).address, [])
        return Reply.of({})

    def _wish(self, sent: _Sent, column: str = "", title: str = "") -> Wish:
        today = read_now().date()
        return Wish(today, column, loose=[*sent.loose], name=sent.name, title=title)

    def _find(self, key: object) -> _Sent:
        with self._lock:
            found = self._sent.get(key) if isinstance(key, str) else None
            if found is None:
                raise RefusedError(HTTPStatus.GONE, "refused-forgotten")
            self._sent.move_to_end(str(key))
        return found


def _confirm(guess: Guess, asks: Mapping[str, Any]) -> Guess:
    """Return a guess without what somebody has taken out. Raises RefusedError."""
    places, honorees = asks.get("places"), asks.get("honorees")
    if not isinstance(places, list) or not isinstance(honorees, list):
        raise RefusedError(HTTPStatus.BAD_REQUEST, "refused-body")
    return replace(
        guess,
        places=[each for each in guess.places if each[0] in places],
        honorees=[each for each in guess.honorees if each in honorees],
    )


def _name_of(asked: Asked) -> str:
    """Return the name of a file that was sent, without folders: words, and never a path."""
    name = PurePath(asked.query.get("name", "").replace("\\", "/")).name
    stem, dot, suffix = name.rpartition(".")
    return f"{stem[:_MOST_NAME]}{dot}{suffix[:20]}" or "?"
