"""GS711, GS523: attachments, recordings and films that are not what they say, or tell of people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from guongsang.checks.sheet import Case
from guongsang.enclosures.facts import CODEC, MOST_BYTES, FileFacts
from guongsang.enclosures.kinds import fits_name
from guongsang.enclosures.packed import Property
from guongsang.problems.problem import Problem, problem
from guongsang.stories.model import AUDIO_TYPES, DOCUMENT_TYPES, FILM_TYPES, list_enclosed
from guongsang.text.contacts import find_homes, find_identities, find_phones
from guongsang.text.fold import fold
from guongsang.text.unified import unify

# What programs write where a name belongs, when nobody has told them one.
_NOBODY: Final = re.compile(
    r"(?:microsoft |windows |local |office )*(?:user|users|admin|administrator|guest|author|owner)"
    r"|unknown(?: author)?|python-docx|openpyxl|word|microsoft(?: office| word)?|libreoffice|pc|hp"
    r"|dell|asus|lenovo|acer|hewlett-packard(?: company)?|system|home|my ?pc|computer|may tinh"
    r"|(?:desktop|laptop)(?:-\w+)?|vnn\.r9|(?:https?://|www\.)\S+|nguoi dung|khong ro|[\W\d_]*"
)


_PLAYERS: Final = frozenset((*AUDIO_TYPES, *FILM_TYPES, "mov", "mkv"))
_KNOWN: Final = {"attachments": DOCUMENT_TYPES, "audio": AUDIO_TYPES, "films": FILM_TYPES}
# Films that every browser can show: H.264, VP8, VP9, AV1.
_PLAYED: Final = re.compile(r"avc[13]|vp0[89]|av01|V_VP[89]|V_AV1")


def check_enclosures(case: Case) -> Iterator[Problem]:
    """Yield files of another type than their name says, and properties that tell of people.

    Names that readers read in the story anyway, and those of the newsroom, may stay.
    """
    for key, index, src in list_enclosed(case.front):
        facts, suffix = case.photos.get(src), src.rpartition(".")[2].lower()
        if isinstance(facts, FileFacts) and facts.fault:
            folder = case.story.src_uri.rpartition("/")[0]
            yield problem("GS824", f"{folder}/{src}", reason=facts.fault)
        if not isinstance(facts, FileFacts) or facts.fault:
            continue
        if facts.kind is None:
            most = MOST_BYTES // 1024 // 1024
            yield case.at("GS714", key, index, "src", file=src, most=most)
            continue
        if facts.kind == "lfs":
            yield case.at("GS424", key, index, "src", file=src)
            continue
        if suffix in _KNOWN[key] and not fits_name(facts.kind, suffix):
            yield case.at("GS711", key, index, "src", file=src, kind=_say_kind(facts.kind))
        elif key == "films":
            yield from _check_codec(case, index, src, facts)
        told = dict.fromkeys(each.name for each in facts.properties if _tells(case, each))
        if told:
            ways = _list_ways(facts)
            yield case.at("GS523", key, index, "src", file=src, found=", ".join(told), **ways)


def _check_codec(case: Case, index: int, src: str, facts: FileFacts) -> Iterator[Problem]:
    codecs = (each.value for each in facts.properties if each.name == CODEC)
    for codec in codecs:
        if not _PLAYED.fullmatch(codec):
            known = ", ".join(FILM_TYPES)
            yield case.at("GS712", "films", index, "src", file=src, codec=codec, known=known)
            return


def _list_ways(facts: FileFacts) -> dict[str, str]:
    """Return what the advice calls files of a kind; empty for all ways that are not its own."""
    kind = facts.kind or ""
    name = "pdf" if kind == "pdf" else "sound" if kind in _PLAYERS else "office"
    said = {"office": "Word, Excel, PowerPoint", "pdf": "PDF", "sound": kind.upper()}
    ways = {each: text if each == name else "" for each, text in said.items()}
    has_pictures = any(each.of == "picture" for each in facts.properties)
    return ways | {"pictures": "EXIF" if has_pictures else ""}


def _say_kind(kind: str) -> str:
    return {"ole": "doc/xls/ppt"}.get(kind, kind)


def _tells(case: Case, said: Property) -> bool:
    if said.of in ("place", "picture"):
        return True
    value = unify(said.value).text
    if said.of == "author" and not _is_public(case, fold(value)):
        return True
    finders = (find_phones, find_identities, find_homes)
    return any(next(find(value), None) is not None for find in finders)


def _is_public(case: Case, name: str) -> bool:
    """Return whether a folded name is that of nobody, of the newsroom, or read in the story."""
    if _NOBODY.fullmatch(name.strip()):
        return True
    newsroom = case.lookup.registers.newsroom
    if name in (fold(newsroom.name), fold(newsroom.agency)):
        return True
    return name in fold(case.typed.text) or any(name == fold(each) for each in _authors(case))


def _authors(case: Case) -> Iterator[str]:
    """Yield the names under the story; those of the register stand in it by their ids."""
    known = case.lookup.registers.authors
    for each in case.front.authors:
        if each.id is not None and each.id in known:
            yield known[each.id].name
