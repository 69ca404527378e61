"""GS709, GS710, GS712: which files may be attached, listened to and looked at."""

from __future__ import annotations

from collections.abc import Iterator

from guongsang.checks.sheet import Case
from guongsang.problems.problem import Problem
from guongsang.stories.model import AUDIO_TYPES, DOCUMENT_TYPES, FILM_TYPES


def check_file_types(case: Case) -> Iterator[Problem]:
    """Yield attachments, recordings and films of a type that readers cannot or must not open."""
    for n, attachment in enumerate(case.front.attachments):
        if _suffix(attachment.src) not in DOCUMENT_TYPES:
            known = ", ".join(DOCUMENT_TYPES)
            yield case.at("GS709", "attachments", n, "src", file=attachment.src, known=known)
    for n, audio in enumerate(case.front.audio):
        if _suffix(audio.src) not in AUDIO_TYPES:
            yield case.at("GS710", "audio", n, "src", file=audio.src, known=", ".join(AUDIO_TYPES))
    for n, film in enumerate(case.front.films):
        if _suffix(film.src) not in FILM_TYPES:
            args = {"file": film.src, "known": ", ".join(FILM_TYPES), "codec": ""}
            yield case.at("GS712", "films", n, "src", **args)


def _suffix(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""
