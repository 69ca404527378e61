"""Sending and taking in: what has changed here, in words; questions where others changed the same.

No answer speaks of git: the page says what happens to stories.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import PurePosixPath
from typing import Any, Final

from guongsang.desk.change import change_keys
from guongsang.desk.refuse import RefusedError as NotWrittenError
from guongsang.desk.save import open_story, replace_text
from guongsang.desk.sending import review
from guongsang.desk.sending.changes import Change, State
from guongsang.desk.sending.clash import CHOICES, FILE, HEAD, Choice
from guongsang.desk.sending.plan import STORY, Question
from guongsang.desk.sending.refuse import NotSentError
from guongsang.desk.sending.send import QuestionsError, introduce, is_introduced, look, send, update
from guongsang.desk.sending.settle import Settled
from guongsang.deskpage.asked import Asked, RefusedError, Reply, read_json, refuse_write
from guongsang.deskpage.listing import Listing
from guongsang.deskpage.places import find_place
from guongsang.deskpage.texts import load_texts
from guongsang.photos.facts import PhotoFacts, read_facts
from guongsang.picture_formats import TYPES
from guongsang.registers.model import Switches
from guongsang.registers.paths import FOLDER, HONOREES
from guongsang.stories.scan import STORIES
from guongsang.text.dates import read_now
from guongsang.yamlfile.parse import parse_yaml

_MOST_SHOWN: Final = 20_000  # letters of one side; more than that nobody compares


class Sending:
    """Answers what the page asks about sending, one at a time."""

    def __init__(self, listing: Listing, lang: str) -> None:
        self.root, self.lang = listing.root, lang
        self._listing = listing
        self._lock = threading.Lock()
        self._photos: dict[tuple[str, str], Reply] = {}  # both sides of what was asked last

    def look(self, _: Asked) -> Reply:
        """Send what can be sent, or why nothing can."""
        try:
            state = look(self.root)
            told = self._tell_state(state)
        except NotSentError as error:
            return Reply.of({"reason": error.reason, "text": error.message(self.lang)})
        return Reply.of(told)

    def send(self, asked: Asked) -> Reply:
        """Send what is ticked; where others have changed the same, send the questions instead."""
        told = read_json(asked)
        ids, choices = _read_ids(told.get("ids")), _read_choices(told.get("choices"))
        approved = told.get("approved")
        try:
            with self._lock:
                self._refuse_private(ids)
                if isinstance(approved, dict):
                    self._approve(ids, approved)
                switches = self._switches
                sent = send(self.root, ids, choices, for_review=switches.review)
        except QuestionsError as error:
            return self._ask(error)
        except NotWrittenError as error:
            raise self._explain(error) from None
        self._listing.forget()
        done = {"link": sent.link, "review": sent.review, "moved": sent.moved}
        return Reply.of({**done, "count": len(sent.changes), **_count(sent.settled)})

    def update(self, _: Asked) -> Reply:
        """Take in what others have sent."""
        try:
            with self._lock:
                settled = update(self.root)
        except QuestionsError as error:
            return self._ask(error)
        except NotWrittenError as error:
            raise self._explain(error) from None
        self._listing.forget()
        return Reply.of(_count(settled))

    def show(self, asked: Asked) -> Reply:
        """Send a photo of a question: `id` and `side` in the query, mine or theirs."""
        found = self._photos.get((asked.query.get("id", ""), asked.query.get("side", "")))
        if found is None:
            raise RefusedError(HTTPStatus.NOT_FOUND, "refused-missing")
        return found

    def introduce(self, asked: Asked) -> Reply:
        """Note who sends from this machine."""
        told = read_json(asked)
        try:
            introduce(self.root, str(told.get("name") or ""), str(told.get("mail") or ""))
        except NotWrittenError as error:
            raise self._explain(error) from None
        return Reply.of({})

    @property
    def _switches(self) -> Switches:
        registers = self._listing.registers
        return registers.newsroom.switches if registers else Switches()

    def _explain(self, error: NotWrittenError) -> RefusedError:
        return refuse_write(error, self.lang)

    def _refuse_private(self, ids: list[str]) -> None:
        """Refuse to send a photo that tells where it was taken: history would keep it for ever.

        Raises NotSentError.
        """
        for folder in (self.root / STORIES / each for each in ids):
            for path in sorted(folder.glob("*")) if folder.is_dir() else ():
                facts = read_facts(path) if path.suffix.lower() in TYPES else None
                if isinstance(facts, PhotoFacts) and facts.private:
                    raise NotSentError("private", path=path.relative_to(self.root).as_posix())

    def _approve(self, ids: list[str], approved: Mapping[str, Any]) -> None:
        """Write into stories who approved them. Raises what `replace_text` raises."""
        for address in ids:
            who = approved.get(address)
            if isinstance(who, str) and who.strip():
                place = find_place(self.root, address)
                opened = open_story(self.root, place.src_uri)
                by = {"by": who.strip(), "date": read_now().date().isoformat()}
                text = change_keys(opened.text, {"approved": by}, place.src_uri)
                replace_text(self.root, place.src_uri, opened.digest, text)

    def _tell_state(self, state: State) -> dict[str, Any]:
        waiting = review.find_waiting(state)
        switches = self._switches
        return {
            "changes": [
                {**self._tell_change(each, switches), "waiting": each.id in waiting}
                for each in state.changes
            ],
            "introduced": is_introduced(self.root),
            "review": switches.review,
        }

    def _tell_change(self, change: Change, switches: Switches) -> dict[str, Any]:
        """Return a change as the page shows it; `along` and `beside` are ids of others."""
        asks = switches.approval or switches.review
        is_ready = change.kind == "story" and change.status == "ready" and change.what != "deleted"
        return {
            "id": change.id,
            "kind": change.kind,
            "what": change.what,
            "title": self._name(change),
            "keys": [self._name_key(each) for each in change.keys] if _has_keys(change) else [],
            "photos": change.photos,
            "errors": self._count_errors(change),
            "along": sorted(change.along),
            "beside": change.beside,
            "wantsApproval": asks and is_ready and not change.is_approved,
        }

    def _count_errors(self, change: Change) -> int:
        """Return how many problems of a story stop the site from being built."""
        folder = f"{STORIES}/{change.id}/"
        return sum(
            each.is_error and each.path.startswith(folder) for each in self._listing.problems
        )

    def _name(self, change: Change) -> str:
        if change.kind == "story" or change.id.startswith(f"{HONOREES}/"):
            return change.title
        key = f"file-{PurePosixPath(change.id).stem}"
        texts = load_texts()
        is_register = change.id.startswith(f"{FOLDER}/")
        return texts[key][self.lang] if is_register and key in texts else change.id

    def _name_key(self, key: str) -> str:
        texts = load_texts()
        found = (texts[name] for name in (f"field-{key}", f"key-{key}") if name in texts)
        return next((told[self.lang] for told in found), key)

    def _ask(self, error: QuestionsError) -> Reply:
        self._photos = {
            (each.clash.id, side): Reply(content, TYPES[PurePosixPath(each.path).suffix.lower()])
            for each in error.questions
            for side, content in (("mine", each.clash.mine), ("theirs", each.clash.theirs))
            if content is not None and _is_photo(each)
        }
        told = {
            "reason": "questions",
            "text": load_texts()["send-questions"][self.lang],
            "questions": [self._tell_question(each) for each in error.questions],
        }
        return Reply.of(told, HTTPStatus.CONFLICT)

    def _tell_question(self, question: Question) -> dict[str, Any]:
        clash = question.clash
        name = PurePosixPath(question.path).name
        texts = load_texts()
        special = {STORY: texts["clash-story"], HEAD: texts["clash-head"]}
        part = special[clash.part][self.lang] if clash.part in special else ""
        part = part or (name if clash.part == FILE else self._name_key(clash.part))
        return {
            "id": clash.id,
            "about": question.about,
            "part": part,
            "isPhoto": _is_photo(question),
            "mine": _show(clash.mine, clash.part),
            "theirs": _show(clash.theirs, clash.part),
            "choices": clash.choices,
        }


def _has_keys(change: Change) -> bool:
    return change.kind == "story" and change.what in ("changed", "retracted")


def _is_photo(question: Question) -> bool:
    suffix = PurePosixPath(question.path).suffix.lower()
    return question.clash.part == FILE and suffix in TYPES


def _show(side: bytes | None, part: str) -> str | None:
    """Return a side as text, of a key its value; None where there is none, "" where it is no
    text."""
    if side is None:
        return None
    try:
        text = side.decode()[:_MOST_SHOWN].strip("\n")
    except UnicodeDecodeError:
        return ""
    value = parse_yaml(text, "").data if text.startswith(f"{part}:") else None
    plain = value.get(part) if isinstance(value, dict) else None
    return plain if isinstance(plain, str) else text


def _count(settled: Settled) -> dict[str, int]:
    """Return how many things were taken in, and how many stay as they are here."""
    return {"taken": _count_stories(settled.taken), "kept": _count_stories(settled.kept)}


def _count_stories(paths: tuple[str, ...]) -> int:
    """Count stories by their folders, and other files by themselves."""
    return len({path.rpartition("/")[0] if "/registers/" not in path else path for path in paths})


def _read_ids(told: object) -> list[str]:
    if not isinstance(told, list) or not all(isinstance(each, str) for each in told) or not told:
        raise RefusedError(HTTPStatus.BAD_REQUEST, "refused-body")
    return told


def _read_choices(told: object) -> dict[str, Choice]:
    if told is None:
        return {}
    if not isinstance(told, dict) or not all(each in CHOICES for each in told.values()):
        raise RefusedError(HTTPStatus.BAD_REQUEST, "refused-body")
    return told
