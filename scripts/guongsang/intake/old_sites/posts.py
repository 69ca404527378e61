"""Posts of an old system: what all of them know, whichever it is."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from guongsang.intake.article import Article, find_article
from guongsang.intake.letters import mend_letters
from guongsang.intake.manuscript import (
    Block,
    Loss,
    Manuscript,
    Paragraph,
    Picture,
    Run,
    walk,
)
from guongsang.intake.markdown import clean_text
from guongsang.intake.markup import read_html
from guongsang.intake.phrases import Did, split_names
from guongsang.text.dates import VIETNAM
from guongsang.text.misread import decode_misread, find_misread

_UPLOADS: Final = re.compile(r"(?:^|/)(?:uploads|wp-content/uploads)/(.+)$", re.IGNORECASE)
_OURS: Final = re.compile(r"[?#].*$")
# WordPress makes smaller copies of each picture: the first one is meant.
_COPY: Final = re.compile(r"-\d{2,4}x\d{2,4}(?=\.\w+$)")


@dataclass(frozen=True, slots=True)
class Category:
    """`key` is its name in addresses."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Post:
    """A published post as its system tells it; `image` is its lead picture's address or path.

    `addresses` are the paths at which it was to be read, the usual one first.
    """

    identity: str
    title: str
    key: str
    moment: dt.datetime
    categories: tuple[Category, ...]
    lede: str
    body: str
    image: str = ""
    caption: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()
    addresses: tuple[str, ...] = ()


@dataclass(slots=True)
class Counted:
    """How many posts were found, by their state; those published are taken."""

    states: Counter[str] = field(default_factory=Counter)


def to_moment(seconds: str | None) -> dt.datetime | None:
    """Return a moment of a database: seconds since 1970."""
    try:
        number = int(seconds or 0)
        return dt.datetime.fromtimestamp(number, VIETNAM) if number > 0 else None
    except (ValueError, OverflowError, OSError):
        return None


def mend_encoding(text: str | None) -> str:
    """Return text that went through a connection with the wrong encoding as it was."""
    text = text or ""
    return decode_misread(text) if text and find_misread(text) else text


class Uploads:
    """The pictures of an old site, in its folder on this machine."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder.resolve() if folder else None
        self._known: dict[str, Picture] = {}

    def forget(self) -> None:
        """Let go of the pictures of the last post."""
        self._known.clear()

    def find(self, address: str) -> Picture | None:
        """Return a picture by its address or its path in the folder, the same one every time."""
        name = unquote(_OURS.sub("", address.strip()))
        path = self._locate(name)
        if path is None:
            return None
        key = str(path)
        if key not in self._known:
            try:
                self._known[key] = Picture(path.name, path.read_bytes())
            except OSError:
                return None
        return self._known[key]

    def _locate(self, name: str) -> Path | None:
        if self._folder is None or not name or "\0" in name:
            return None
        within = _UPLOADS.search(urlsplit(name).path if "://" in name else name)
        if "://" in name and not within:
            return None
        tail = within[1] if within else name.lstrip("/")
        bases = (self._folder, self._folder / "uploads", self._folder / "wp-content/uploads")
        for relative in dict.fromkeys((_COPY.sub("", tail), tail)):
            for base in bases:
                path = Path(f"{base}/{relative}")
                try:
                    real = path.resolve()
                except (OSError, RuntimeError):
                    continue
                # Neither a path nor a link may lead out of the folder.
                if real.is_relative_to(self._folder) and real.is_file():
                    return real
        return None


def make_article(post: Post, uploads: Uploads, columns: Sequence[str] = ()) -> Article:
    """Return a post as a newspaper's article."""
    body = mend_letters(read_html(post.body, uploads.find))
    lede = mend_letters(read_html(post.lede))
    blocks: list[Block] = [Paragraph((Run(post.title),), kind="title")]
    losses = [*body.losses, *lede.losses]
    lead = uploads.find(post.image) if post.image else None
    if lead is not None:
        blocks.append(Paragraph((replace(lead, caption=post.caption),)))
        # The page showed it above the text; where it stands in it as well, it is the same one.
        body = _without(body, lead)
    elif post.image:
        losses.append(Loss("picture-gone", post.image))
    blocks += _unless_repeated(lede, body)
    blocks += body.blocks
    article = find_article(Manuscript(tuple(blocks), {}, tuple(losses)), columns)
    named: list[tuple[str, Did]] = [
        (name, "text") for each in post.authors for name in split_names(each) or [each.strip()]
    ]
    known = {name for name, _ in article.authors}
    authors = [*article.authors, *(pair for pair in named if pair[0] and pair[0] not in known)]
    said = {title for title, _ in post.sources}
    sources = tuple(each for each in article.sources if each not in said)
    return replace(article, authors=tuple(dict.fromkeys(authors)), sources=sources)


def _without(body: Manuscript, lead: Picture) -> Manuscript:
    blocks: list[Block] = []
    for block in body.blocks:
        if isinstance(block, Paragraph) and any(_is_same(each, lead) for each in block.pictures):
            rest = replace(block, inlines=tuple(e for e in block.inlines if not _is_same(e, lead)))
            if rest.has_words or rest.pictures:
                blocks.append(rest)
        else:
            blocks.append(block)
    return Manuscript(tuple(blocks), body.notes, body.losses)


def _is_same(each: object, lead: Picture) -> bool:
    return isinstance(each, Picture) and each.content is lead.content


def _unless_repeated(lede: Manuscript, body: Manuscript) -> list[Block]:
    """Return the lede, unless the text begins with it."""
    wanted = " ".join(clean_text(each.text) for each in walk(lede.blocks)).strip()
    first = next((e for e in walk(body.blocks) if e.has_words), None)
    is_there = first is not None and bool(wanted) and _key(first.text).startswith(_key(wanted))
    return [] if is_there or not wanted else list(lede.blocks)


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()
