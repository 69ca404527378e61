"""GS711, GS523: attachments and recordings that are not what they say, or tell of people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from guongsang.checks.sheet import Case
from guongsang.enclosures.facts import FileFacts
from guongsang.enclosures.kinds import fits_name
from guongsang.enclosures.packed import Property
from guongsang.problems.problem import Problem, problem
from guongsang.stories.model import AUDIO_TYPES, DOCUMENT_TYPES
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


def check_enclosures(case: Case) -> Iterator[Problem]:
    """Yield files of another type than their name says, and properties that tell of people.

    Names that readers read in the story anyway, and those of the newsroom, may stay.
    """
    named = [("attachments", n, each.src) for n, each in enumerate(case.front.attachments)]
    named += [("audio", n, each.src) for n, each in enumerate(case.front.audio)]
    for key, index, src in named:
        facts, suffix = case.photos.get(src), src.rpartition(".")[2].lower()
        if isinstance(facts, FileFacts) and facts.fault:
            folder = case.story.src_uri.rpartition("/")[0]
            yield problem("GS824", f"{folder}/{src}", reason=facts.fault)
        if not isinstance(facts, FileFacts) or facts.kind is None:
            continue
        if facts.kind == "lfs":
            yield case.at("GS424", key, index, "src", file=src)
            continue
        known = DOCUMENT_TYPES if key == "attachments" else AUDIO_TYPES
        if suffix in known and not fits_name(facts.kind, suffix):
            yield case.at("GS711", key, index, "src", file=src, kind=_say_kind(facts.kind))
        told = dict.fromkeys(each.name for each in facts.properties if _tells(case, each))
        if told:
            ways = _list_ways(facts)
            yield case.at("GS523", key, index, "src", file=src, found=", ".join(told), **ways)


def _list_ways(facts: FileFacts) -> dict[str, str]:
    """Return what the advice calls files of a kind; empty for all ways that are not its own."""
    kind = facts.kind or ""
    name = "pdf" if kind == "pdf" else "sound" if kind in AUDIO_TYPES else "office"
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
    newsroom = case.desk.registers.newsroom
    if name in (fold(newsroom.name), fold(newsroom.agency)):
        return True
    return name in fold(case.typed.text) or any(name == fold(each) for each in _authors(case))


def _authors(case: Case) -> Iterator[str]:
    """Yield the names under the story; those of the register stand in it by their ids."""
    known = case.desk.registers.authors
    for each in case.front.authors:
        if each.id is not None and each.id in known:
            yield known[each.id].name
