"""What the form of a story asks and gets: open, look up, check, save, take in, begin."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from guongsang.desk.arrivals.take_in import ThereAlreadyError, name_story, write_folder
from guongsang.desk.ledger import note_status
from guongsang.desk.papers.forms import read_papers
from guongsang.desk.refuse import ChangedMeanwhileError
from guongsang.desk.refuse import RefusedError as NotWrittenError
from guongsang.desk.save import Opened, open_story, save_story
from guongsang.deskpage.asked import Asked, RefusedError, Reply, read_json, refuse_write
from guongsang.deskpage.form import kept, lost
from guongsang.deskpage.form.clean import clean_html
from guongsang.deskpage.form.editing import (
    Typed,
    apply,
    is_readable,
    list_files,
    read_typed,
    show_body,
)
from guongsang.deskpage.form.pick import Offers
from guongsang.deskpage.form.reference import tell_form
from guongsang.deskpage.form.taking import take_in
from guongsang.deskpage.form.trying import Trials
from guongsang.deskpage.listing import Listing
from guongsang.deskpage.places import StoryPlace, find_place
from guongsang.deskpage.state import read_state
from guongsang.problems.problem import Problem
from guongsang.site.unsaved import Unsaved
from guongsang.stories.scan import INDEX, STORIES
from guongsang.stories.source import decode_text
from guongsang.text.dates import read_now
from guongsang.yamlfile.dump import dump_blocks


class Writing:
    """Answers what the form asks, for as long as the preview runs."""

    def __init__(self, root: Path, listing: Listing, trials: Trials, lang: str) -> None:
        self.root, self.lang = root, lang
        self._listing, self._trials = listing, trials
        self._unsaved = Unsaved(root, listing.overview)
        self._offers: Offers | None = None

    def open(self, asked: Asked) -> Reply:
        """Send all that the form of a story needs."""
        place, opened = self._open(asked)
        told: dict[str, Any] = {
            "address": place.address,
            "path": place.src_uri,
            "digest": opened.digest,
            "version": str(self._listing.version),
            "told": lost.find(self.root, place.address),
            "today": read_now().date().isoformat(),
        }
        if not is_readable(opened):
            found = self._check(place, opened.text)
            return Reply.of(told | {"front": None, "problems": found})
        front = opened.front or {}
        form = tell_form(self._listing.need_registers(), front, self.lang)
        form["papers"] = read_papers(self.root, place.slug)
        told |= {"front": front, "body": show_body(opened), "form": form}
        return Reply.of(told | {"state": read_state(front), "kept": kept.find_kept(place)})

    def check(self, asked: Asked) -> Reply:
        """Send the problems of what is typed, each with its field."""
        place, opened = self._open(asked)
        try:
            text = apply(opened, read_typed(read_json(asked), opened))
        except NotWrittenError as error:
            return Reply.of({"problems": [{**_SEVERE, "message": error.message(self.lang)}]})
        return Reply.of({"problems": self._check(place, text)})

    def try_(self, asked: Asked) -> Reply:
        """Make the page of what is typed; send where it is. Nothing is written."""
        place, opened = self._open(asked)
        try:
            text = apply(opened, read_typed(read_json(asked), opened))
        except NotWrittenError as error:
            raise refuse_write(error, self.lang) from None
        normal = decode_text(text.encode(), place.src_uri)
        if isinstance(normal, Problem):
            raise RefusedError(
                HTTPStatus.UNPROCESSABLE_ENTITY, "refused-write", text=normal.message(self.lang)
            )
        return Reply.of({"page": self._trials.add(place, normal)})

    def save(self, asked: Asked) -> Reply:
        """Save; where the file is another one by now, send both versions."""
        place, opened = self._open(asked)
        told = read_json(asked)
        typed = read_typed(told, opened)
        try:
            digest = str(told.get("digest"))
            saved = save_story(self.root, place.src_uri, digest, typed.changes, typed.body)
        except ChangedMeanwhileError as error:
            return self._show_both(opened, typed, error)
        except NotWrittenError as error:
            raise refuse_write(error, self.lang) from None
        if told.get("tab"):
            kept.forget(place, told["tab"])
        reply: dict[str, Any] = {"digest": saved.digest, "state": read_state(saved.front)}
        if "status" in typed.changes:
            reply["notice"] = self._note_status(place, saved)
        return Reply.of(reply)

    def _note_status(self, place: StoryPlace, saved: Opened) -> str | None:
        """Let the ledger follow; return why that could not be: the story is saved all the same."""
        try:
            note_status(self.root, f"/{place.address}/", (saved.front or {}).get("status"))
        except NotWrittenError as error:
            return error.message(self.lang)
        return None

    def _show_both(self, opened: Opened, typed: Typed, error: ChangedMeanwhileError) -> Reply:
        try:
            mine = apply(opened, typed)
        except NotWrittenError as unreadable:  # by what somebody else has typed meanwhile
            raise refuse_write(unreadable, self.lang) from None
        told = {"reason": "changed", "text": error.message(self.lang), "theirs": error.text}
        return Reply.of(told | {"mine": mine, "digest": error.digest}, HTTPStatus.CONFLICT)

    def begin(self, asked: Asked) -> Reply:
        """Begin a story: a draft that has a title and a day."""
        title = read_json(asked).get("title")
        if not isinstance(title, str) or not title.strip():
            raise RefusedError(HTTPStatus.BAD_REQUEST, "refused-title")
        day = read_now().date().isoformat()
        front = dump_blocks({"title": title.strip(), "date": day, "status": "draft"})
        path = f"{STORIES}/{day[:4]}/{name_story(title)}"
        try:
            write_folder(self.root, path, {INDEX: f"---\n{front}---\n".encode()})
        except ThereAlreadyError as error:
            raise RefusedError(HTTPStatus.CONFLICT, "refused-there", path=error.path) from None
        address = path.removeprefix(f"{STORIES}/")
        lost.keep(self.root, address, [])
        return Reply.of({"address": address})

    def keep(self, asked: Asked) -> Reply:
        told = read_json(asked)
        kept.keep(self._place(asked), told.get("tab"), told)
        return Reply.of({})

    def forget(self, asked: Asked) -> Reply:
        kept.forget(self._place(asked), read_json(asked).get("tab"))
        return Reply.of({})

    def photo(self, asked: Asked) -> Reply:
        """Take in a photo, whose bytes are all that the request brings."""
        place = self._place(asked)
        return Reply.of(take_in(place, asked.query.get("name", "?"), asked.body, self.lang))

    def pick(self, asked: Asked) -> Reply:
        registers = self._listing.need_registers()
        if self._offers is None or self._offers.registers is not registers:
            self._offers = Offers(registers)
        try:
            found = self._offers.find(asked.query.get("kind", ""), asked.query.get("q", ""))
        except KeyError:
            raise RefusedError(HTTPStatus.BAD_REQUEST, "refused-body") from None
        return Reply.of({"found": found})

    def clean(self, asked: Asked) -> Reply:
        html = read_json(asked).get("html")
        if not isinstance(html, str):
            raise RefusedError(HTTPStatus.BAD_REQUEST, "refused-body")
        markdown, lost = clean_html(html)
        return Reply.of({"markdown": markdown, "lost": lost})

    def _place(self, asked: Asked) -> StoryPlace:
        return find_place(self.root, asked.query.get("story", ""))

    def _open(self, asked: Asked) -> tuple[StoryPlace, Opened]:
        place = self._place(asked)
        try:
            return place, open_story(self.root, place.src_uri)
        except NotWrittenError as error:
            raise refuse_write(error, self.lang) from None

    def _check(self, place: StoryPlace, text: str) -> list[dict[str, Any]]:
        if self._listing.overview.registers is None:
            self._listing.refresh()
        normal = decode_text(text.encode(), place.src_uri)
        if isinstance(normal, Problem):
            return [self._tell(normal)]
        found = self._unsaved.check(normal, place.src_uri, list_files(place))
        return [self._tell(each) for each in found]

    def _tell(self, found: Problem) -> dict[str, Any]:
        return {
            "rule": found.rule,
            "severity": found.severity,
            "message": found.message(self.lang),
            "hint": found.hint(self.lang),
            "line": found.line,
            "field": found.field,
        }


_SEVERE: Final[Mapping[str, Any]] = {
    "rule": "",
    "severity": "error",
    "hint": "",
    "line": 1,
    "field": "",
}
