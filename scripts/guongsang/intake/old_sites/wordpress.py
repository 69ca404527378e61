"""Posts of WordPress, from its own export (WXR), element by element."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET
from xml.parsers import expat

from guongsang.intake.manuscript import UnreadableError
from guongsang.intake.old_sites.dump import open_stored
from guongsang.intake.old_sites.posts import Category, Counted, Post
from guongsang.text.dates import VIETNAM

_CHUNK: Final = 1 << 16
_MOST_ITEM: Final = 64 << 20
_STATES: Final = {
    "publish": "published",
    "future": "scheduled",
    "pending": "review",
    "private": "private",
    "trash": "trash",
    "draft": "draft",
    "auto-draft": "draft",
}
_CONTENT: Final = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR: Final = "{http://purl.org/dc/elements/1.1/}creator"
_BLOCK_SIGN: Final = re.compile(r"<!--\s*/?wp:[^>]*-->")
_HAS_PARAGRAPHS: Final = re.compile(r"<(?:p|div|h[1-6]|ul|ol|table|blockquote|figure)[\s>]", re.I)
_AUTHOR: Final = "author"


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


class WordPress:
    """An export, read twice: pictures and names of authors first, then the posts."""

    def __init__(self, path: Path, now: dt.datetime) -> None:
        self._path, self._now = path, now
        self.counted = Counted()
        self._authors: dict[str, str] = {}
        self._pictures: dict[str, tuple[str, str]] = {}
        self._categories: Counter[Category] = Counter()
        is_export = False
        for element in _read_items(path):
            if element.tag == _AUTHOR:
                login, shown = _text(element, "author_login"), _text(element, "author_display_name")
                self._authors[login] = shown or login
                continue
            is_export = True
            kind = _text(element, "post_type")
            if kind == "attachment":
                told = _text(element, "attachment_url"), _excerpt(element)
                self._pictures[_text(element, "post_id")] = told
            elif kind == "post":
                state = self._state(element)
                self.counted.states[state] += 1
                if state == "published":
                    self._categories.update(_categories_of(element)[:1])
        if not is_export:
            raise UnreadableError("no-posts")

    def list_categories(self) -> Counter[Category]:
        """Return the main categories of the published posts, with how many there are of each."""
        return self._categories

    def posts(self) -> Iterator[Post]:
        """Yield the published posts in the order of the file."""
        for element in _read_items(self._path):
            is_post = element.tag == "item" and _text(element, "post_type") == "post"
            if is_post and self._state(element) == "published":
                yield self._make(element)

    def _state(self, item: ET.Element) -> str:
        status = _text(item, "status")
        if status == "publish" and _text(item, "post_password"):
            return "private"
        if status == "publish" and (self._moment(item) or self._now) > self._now:
            return "scheduled"
        return _STATES.get(status, status or "draft")

    def _moment(self, item: ET.Element) -> dt.datetime | None:
        try:
            moment = dt.datetime.strptime(_text(item, "post_date"), "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007
        except ValueError:
            return None
        return moment.replace(tzinfo=VIETNAM)

    def _make(self, item: ET.Element) -> Post:
        identity = _text(item, "post_id")
        link = item.findtext("link") or ""
        address = unquote(urlsplit(link).path)
        query = urlsplit(link).query
        address += f"?{query}" if query else ""
        meta = {
            _text(each, "meta_key"): _text(each, "meta_value")
            for each in item
            if _local(each.tag) == "postmeta"
        }
        image, caption = self._pictures.get(meta.get("_thumbnail_id", ""), ("", ""))
        creator = item.findtext(_CREATOR) or ""
        return Post(
            identity=identity,
            title=(item.findtext("title") or "").strip(),
            key=unquote(_text(item, "post_name")),
            moment=self._moment(item) or self._now,
            categories=tuple(_categories_of(item)),
            lede=_paragraphs(_excerpt(item)),
            body=_paragraphs(item.findtext(_CONTENT) or ""),
            image=image,
            caption=re.sub(r"<[^>]*>", "", caption).strip(),
            authors=tuple(filter(None, [self._authors.get(creator, creator)])),
            tags=tuple(
                dict.fromkeys(
                    each.text or ""
                    for each in item.findall("category")
                    if each.get("domain") == "post_tag"
                )
            ),
            addresses=tuple(each for each in (address, f"/?p={identity}") if len(each) > 1),
        )


def _categories_of(item: ET.Element) -> list[Category]:
    return [
        Category(unquote(each.get("nicename", "")), each.text or "")
        for each in item.findall("category")
        if each.get("domain") == "category"
    ]


def _paragraphs(text: str) -> str:
    """Return the text of an editor as its page shows it: blank lines end paragraphs."""
    text = _BLOCK_SIGN.sub("", text)
    if _HAS_PARAGRAPHS.search(text):
        parts = re.split(r"(\n\s*\n)", text)
        return "".join("<p>" if not part.strip() else part for part in parts)
    lines = (part.strip().replace("\n", "<br>") for part in re.split(r"\n\s*\n", text))
    return "".join(f"<p>{line}</p>" for line in lines if line)


def _text(parent: ET.Element, name: str) -> str:
    """Return the text of a child of WordPress' own, whatever version of its names."""
    return next((each.text or "" for each in parent if _local(each.tag) == name), "")


def _excerpt(item: ET.Element) -> str:
    return next(
        (e.text or "" for e in item if _local(e.tag) == "encoded" and e.tag != _CONTENT), ""
    )


def _read_items(path: Path) -> Iterator[ET.Element]:
    """Yield items and authors, one in memory at a time. Raises UnreadableError."""
    guard = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise UnreadableError("entities")

    guard.StartDoctypeDeclHandler = refuse
    puller: Any = ET.XMLPullParser(("start", "end"))
    opened: list[ET.Element] = []
    with open_stored(path) as file:
        try:
            while chunk := file.read(_CHUNK):
                guard.Parse(chunk, False)
                puller.feed(chunk)
                for event, element in puller.read_events():
                    if event == "start":
                        opened.append(element)
                        continue
                    opened.pop()
                    name = _local(element.tag)
                    if name == "item" or (name == _AUTHOR and len(opened) == 2):
                        element.tag = name
                        yield element
                        # What was read goes: the next one has the memory.
                        opened[-1].remove(element)
            guard.Parse(b"", True)
        except (expat.ExpatError, ET.ParseError, OSError, EOFError):
            raise UnreadableError("damaged", part=path.name) from None
