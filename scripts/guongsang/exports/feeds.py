"""RSS 2.0, Atom 1.0 and JSON Feed 1.1: the newest stories in full, of the site and of each column.

Pure: nothing here reads a clock. An entry's id never changes, even if its address does.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any, Final
from xml.etree import ElementTree as ET

from guongsang.addresses import HOME, first_slug, section_url
from guongsang.archive.archive import Archive
from guongsang.photos.plan import Derivative, PhotoPlan, largest
from guongsang.stories.model import Credit, Story
from guongsang.text.dates import VIETNAM, in_vietnam, iso_moment
from guongsang.traces import Made
from guongsang.views.absolute import absolute_url, add, clean_line, clean_text, whole_text
from guongsang.views.brand import KEYS, Brand, Emblem
from guongsang.views.content import Content
from guongsang.views.pictures import find_cover

MOST: Final = 30
RSS: Final = "rss.xml"
ATOM: Final = "atom.xml"
JSON_FEED: Final = "feed.json"
ATOM_NAMESPACE: Final = "http://www.w3.org/2005/Atom"
_RSS_NAMESPACES: Final = {
    "xmlns:atom": ATOM_NAMESPACE,
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
}
_AUTHORITY_DAY: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")

# Bytes of a finished picture: an enclosure must say them.
Measure = Callable[[PhotoPlan, Derivative], int]


@dataclass(frozen=True, slots=True)
class _Author:
    name: str
    url: str | None


@dataclass(frozen=True, slots=True)
class _Image:
    url: str
    bytes: int


@dataclass(frozen=True, slots=True)
class _Entry:
    """One story as all three formats tell it; texts hold nothing that XML forbids."""

    id: str
    url: str
    title: str
    lang: str
    summary: str
    html: str
    published: dt.datetime
    updated: dt.datetime
    authors: tuple[_Author, ...]
    fields: tuple[tuple[str, str], ...]
    image: _Image | None


@dataclass(frozen=True, slots=True)
class _Feed:
    """`folder` is the address below which the three files stand, `id` the feed's own."""

    folder: str
    id: str
    url: str
    title: str
    description: str
    publisher: str
    site_url: str
    updated: dt.datetime
    entries: tuple[_Entry, ...]
    brand: Brand

    def find(self, emblem: Emblem | None) -> str | None:
        return emblem and absolute_url(self.site_url, emblem.uri)

    def own_url(self, name: str) -> str:
        return absolute_url(self.site_url, f"{self.folder}{name}")


def list_feeds(
    archive: Archive, measure: Measure
) -> Iterator[tuple[str, Callable[[], dict[str, bytes]]]]:
    """Yield the key of each column, "" for the whole site, and what returns its feeds by address.

    A column has its own as long as it has a page. The entry of a story is made once for all.
    """
    recorder = archive.content.recorder
    entries = Made(archive.urls, lambda slug: _make_entry(archive, measure, slug), recorder)
    yield "", partial(_render_site, archive, entries)
    for key in archive.registers.columns:
        yield key, partial(_render_column, archive, entries, key)


def _render_site(archive: Archive, entries: Made[_Entry]) -> dict[str, bytes]:
    name = archive.registers.newsroom.name
    about = f"Bài mới của {name}."
    newest = [entries[story.slug] for story in archive.content.stories[:MOST]]
    return _render_feed(archive, HOME, name, about, newest)


def _render_column(archive: Archive, entries: Made[_Entry], key: str) -> dict[str, bytes]:
    column = archive.registers.columns[key]
    stories = archive.stories_of("column", key)
    if not (column.active or stories):
        return {}
    title = f"{column.name} – {archive.registers.newsroom.name}"
    intro = column.description or f"Bài mới của chuyên mục {column.name}."
    newest = [entries[story.slug] for story in stories[:MOST]]
    return _render_feed(archive, section_url("column", key), title, intro, newest)


def _render_feed(
    archive: Archive, folder: str, title: str, description: str, entries: Sequence[_Entry]
) -> dict[str, bytes]:
    newsroom, site_url = archive.registers.newsroom, archive.content.site_url
    # No story has this: it is a reserved word, and keys hold no slash.
    name = f"{folder}feed" if folder else "feed"
    first_day = _authority_day(newsroom.feed_authority)
    feed = _Feed(
        folder=folder,
        id=_tag(newsroom.feed_authority, name),
        url=absolute_url(site_url, folder),
        title=clean_line(title),
        description=clean_line(description),
        publisher=clean_line(newsroom.name),
        site_url=site_url,
        updated=max((entry.updated for entry in entries), default=first_day),
        entries=tuple(entries),
        brand=archive.content.brand,
    )
    return {
        f"{folder}{RSS}": _render_rss(feed),
        f"{folder}{ATOM}": _render_atom(feed),
        f"{folder}{JSON_FEED}": _render_json(feed),
    }


def _make_entry(archive: Archive, measure: Measure, slug: str) -> _Entry:
    story, content, registers = archive.story(slug), archive.content, archive.registers
    front = story.front
    return _Entry(
        id=_tag(registers.newsroom.feed_authority, first_slug(story.head)),
        url=absolute_url(content.site_url, story.url),
        title=clean_line(front.title),
        lang=clean_line(front.lang),
        summary=clean_line(front.summary),
        html=whole_text(content, story, archive.urls),
        published=in_vietnam(story.instant),
        updated=story.last_changed,
        authors=tuple(dict.fromkeys(_author(content, credit) for credit in front.authors)),
        fields=tuple((key, clean_line(registers.fields[key].name)) for key in front.fields),
        image=_image(content, measure, story),
    )


def _author(content: Content, credit: Credit) -> _Author:
    if credit.id is None:
        return _Author(clean_line(credit.name or ""), None)
    url = absolute_url(content.site_url, section_url("author", credit.id))
    return _Author(clean_line(content.registers.authors[credit.id].name), url)


def _image(content: Content, measure: Measure, story: Story) -> _Image | None:
    found = find_cover(content, story)
    if found is None:
        return None
    plan = found[1].plan
    made = largest(plan)
    return _Image(absolute_url(content.site_url, made.uri), measure(plan, made))


def _render_rss(feed: _Feed) -> bytes:
    # It takes longer to load than the feeds of a column to be made: most builds make none.
    from email.utils import format_datetime  # noqa: PLC0415

    root = ET.Element("rss", {"version": "2.0", **_RSS_NAMESPACES})
    channel = add(root, "channel")
    add(channel, "title", feed.title)
    add(channel, "link", feed.url)
    add(channel, "description", feed.description)
    add(channel, "language", "vi")
    add(channel, "lastBuildDate", format_datetime(feed.updated))
    # Of a few hundred pixels, never a drawing: https://www.rssboard.org/rss-specification
    icon = next((each for each in feed.brand.emblems if not each.is_drawn), None)
    if icon is not None:
        image = add(channel, "image")
        add(image, "url", feed.find(icon))
        add(image, "title", feed.title)
        add(image, "link", feed.url)
    own = feed.own_url(RSS)
    add(channel, "atom:link", href=own, rel="self", type="application/rss+xml")
    for entry in feed.entries:
        item = add(channel, "item")
        add(item, "title", entry.title)
        add(item, "link", entry.url)
        add(item, "guid", entry.id, isPermaLink="false")
        add(item, "pubDate", format_datetime(entry.published))
        for author in entry.authors:
            add(item, "dc:creator", author.name)
        for _, name in entry.fields:
            add(item, "category", name)
        # Readers take it for HTML.
        add(item, "description", escape(entry.summary, quote=False))
        add(item, "content:encoded", entry.html)
        if entry.image:
            size = str(entry.image.bytes)
            add(item, "enclosure", url=entry.image.url, length=size, type="image/jpeg")
    return _xml(root)


def _render_atom(feed: _Feed) -> bytes:
    root = ET.Element("feed", {"xmlns": ATOM_NAMESPACE, "xml:lang": "vi"})
    add(root, "id", feed.id)
    add(root, "title", feed.title)
    add(root, "subtitle", feed.description)
    add(root, "updated", iso_moment(feed.updated))
    add(root, "link", rel="self", type="application/atom+xml", href=feed.own_url(ATOM))
    add(root, "link", rel="alternate", type="text/html", href=feed.url)
    add(add(root, "author"), "name", feed.publisher)
    for name in KEYS:
        address = feed.find(getattr(feed.brand, name))
        if address is not None:
            add(root, name, address)
    for entry in feed.entries:
        item = add(root, "entry")
        if entry.lang != "vi":
            item.set("xml:lang", entry.lang)
        add(item, "id", entry.id)
        add(item, "title", entry.title, type="text")
        add(item, "link", rel="alternate", type="text/html", href=entry.url)
        add(item, "published", iso_moment(entry.published))
        add(item, "updated", iso_moment(entry.updated))
        for author in entry.authors:
            person = add(item, "author")
            add(person, "name", author.name)
            if author.url:
                add(person, "uri", author.url)
        for key, name in entry.fields:
            add(item, "category", term=key, label=name)
        add(item, "summary", entry.summary, type="text")
        add(item, "content", entry.html, type="html")
        if entry.image:
            size = str(entry.image.bytes)
            add(item, "link", rel="enclosure", type="image/jpeg", href=entry.image.url, length=size)
    return _xml(root)


def _render_json(feed: _Feed) -> bytes:
    data: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.url,
        "feed_url": feed.own_url(JSON_FEED),
        "description": feed.description,
        "language": "vi",
        "authors": [{"name": feed.publisher, "url": feed.site_url}],
        "items": [_json_item(entry) for entry in feed.entries],
    }
    icon = feed.find(feed.brand.icon)
    if icon is not None:
        data |= {"icon": icon, "favicon": icon}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _json_item(entry: _Entry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_html": entry.html,
        "summary": entry.summary,
        "date_published": iso_moment(entry.published),
        "date_modified": iso_moment(entry.updated),
        "authors": [
            {"name": author.name, "url": author.url} if author.url else {"name": author.name}
            for author in entry.authors
        ],
        "tags": [name for _, name in entry.fields],
        "language": entry.lang,
    }
    if entry.image:
        item["image"] = entry.image.url
    return item


def _tag(authority: str, name: str) -> str:
    """Return an id of RFC 4151; the authority is "example.vn,2026", of the newsroom's choice."""
    return clean_text(f"tag:{authority}:{name}")


def _authority_day(authority: str) -> dt.datetime:
    """Return the first day of a newsroom's authority: the date of a feed without a story."""
    match = _AUTHORITY_DAY.fullmatch(authority.rpartition(",")[2].strip())
    try:
        year, month, day = (int(part or 1) for part in match.groups()) if match else (1970, 1, 1)
        return dt.datetime(year, month, day, tzinfo=VIETNAM)
    except ValueError:
        return dt.datetime(1970, 1, 1, tzinfo=VIETNAM)


def _xml(root: ET.Element) -> bytes:
    ET.indent(root)
    body: bytes = ET.tostring(root, "utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body + b"\n"
