"""sitemap.xml with true dates and pictures, the sitemap of the news, and robots.txt naming both.

https://www.sitemaps.org/protocol.html, and Google's extensions for pictures and news. Written as
text: ten thousand entries are made in every build, and an element tree takes ten times as long.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from html import escape
from typing import Final

from guongsang.addresses import GUIDE, NOT_FOUND
from guongsang.photos.plan import largest
from guongsang.stories.model import Story
from guongsang.text.dates import in_vietnam, iso_moment
from guongsang.views.absolute import absolute_url, clean_line
from guongsang.views.content import Content
from guongsang.views.outputs import Page

SITEMAP: Final = "sitemap.xml"
NEWS: Final = "sitemap-tin-moi.xml"
ROBOTS: Final = "robots.txt"
# What one file may hold (sitemaps.org); the head and the end of the file are within the margin.
MOST_URLS: Final = 50_000
MOST_BYTES: Final = 50 * 1024 * 1024 - 1024
MOST_NEWS: Final = 1_000

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_PROTOCOL: Final = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_IMAGE: Final = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
_NEWS: Final = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def render_sitemaps(
    content: Content, pages: Iterable[Page | str], now: dt.datetime
) -> dict[str, bytes]:
    """Return the sitemaps and robots.txt by address; `pages` are ours, or addresses of others.

    Of `now` only the day in Vietnam counts.
    """
    told = partial(tell_story, content)
    return {**render_sitemap(content, pages, told), **render_news(content, now)}


def render_sitemap(
    content: Content, pages: Iterable[Page | str], tell: Callable[[Story], tuple[str, str]]
) -> dict[str, bytes]:
    """Return the sitemap of all pages, in parts where it is too large for one file.

    `tell` returns what `tell_story` does.
    """
    return split_sitemap(content.site_url, _list_entries(content, pages, tell))


def split_sitemap(
    site_url: str,
    entries: Iterable[tuple[str, str | None]],
    most_urls: int = MOST_URLS,
    most_bytes: int = MOST_BYTES,
) -> dict[str, bytes]:
    """Return one sitemap or, where that is too large, an index and its parts, by address.

    `entries` are the elements of the addresses in order, each with its last change if known.
    """
    parts: list[list[str]] = [[]]
    changed: list[str] = [""]
    size = 0
    for text, last in entries:
        length = len(text.encode())
        if len(parts[-1]) == most_urls or (parts[-1] and size + length > most_bytes):
            parts.append([])
            changed.append("")
            size = 0
        parts[-1].append(text)
        changed[-1] = max(changed[-1], last or "")
        size += length
    files = [_urlset("".join(part), _IMAGE) for part in parts]
    if len(files) == 1:
        return {SITEMAP: files[0]}
    uris = [f"sitemap-{number}.xml" for number in range(1, len(files) + 1)]
    index = "".join(
        f"<sitemap>\n<loc>{escape(site_url + uri)}</loc>\n{_lastmod(last)}</sitemap>\n"
        for uri, last in zip(uris, changed, strict=True)
    )
    whole = f"{_HEAD}<sitemapindex {_PROTOCOL}>\n{index}</sitemapindex>\n"
    return {SITEMAP: whole.encode(), **dict(zip(uris, files, strict=True))}


def render_news(content: Content, now: dt.datetime) -> dict[str, bytes]:
    """Return the list of the stories of today and yesterday, and robots.txt, by address.

    Search engines want news of two days at most. A list of none would not keep to the protocol: it
    is neither there then nor announced.
    """
    since = in_vietnam(now).date() - dt.timedelta(days=1)
    newest = content.stories[:MOST_NEWS]
    fresh = [story for story in newest if in_vietnam(story.instant).date() >= since]
    maps = (SITEMAP, NEWS) if fresh else (SITEMAP,)
    files = {ROBOTS: _render_robots(content.site_url, maps)}
    if fresh:
        files[NEWS] = _urlset("".join(_news_entry(content, story) for story in fresh), _NEWS)
    return files


def _render_robots(site_url: str, maps: Iterable[str]) -> bytes:
    lines = "".join(f"Sitemap: {site_url}{uri}\n" for uri in maps)
    return f"User-agent: *\nAllow: /\n\n{lines}".encode()


def _list_entries(
    content: Content, pages: Iterable[Page | str], tell: Callable[[Story], tuple[str, str]]
) -> Iterator[tuple[str, str | None]]:
    """Yield the element of every page that search engines may show, in order of address.

    Only stories carry `lastmod`: for other pages no true date is known, and a false one is worse.
    """
    stories = {story.url: story for story in content.stories}
    urls = [page if isinstance(page, str) else page.url for page in pages if is_listed(page)]
    for url in sorted(urls):
        yield tell(stories[url]) if url in stories else (_tell_page(content, url), None)


def _tell_page(content: Content, url: str) -> str:
    return f"<url>\n<loc>{_loc(content, url)}</loc>\n</url>\n"


def tell_story(content: Content, story: Story) -> tuple[str, str]:
    """Return the element of a story, with its last change."""
    changed = iso_moment(story.last_changed)
    photos = story.front.pictures
    pictures = (content.pictures.get((story.slug, photo.src)) for photo in photos)
    images = "".join(
        f"<image:image>\n<image:loc>{_loc(content, largest(picture.plan).uri)}</image:loc>\n"
        "</image:image>\n"
        for picture in pictures
        if picture is not None
    )
    head = f"<loc>{_loc(content, story.url)}</loc>\n{_lastmod(changed)}"
    return f"<url>\n{head}{images}</url>\n", changed


def _news_entry(content: Content, story: Story) -> str:
    name = escape(clean_line(content.registers.newsroom.name))
    return (
        f"<url>\n<loc>{_loc(content, story.url)}</loc>\n<news:news>\n<news:publication>\n"
        f"<news:name>{name}</news:name>\n"
        f"<news:language>{escape(clean_line(story.front.lang))}</news:language>\n"
        "</news:publication>\n"
        f"<news:publication_date>{iso_moment(story.instant)}</news:publication_date>\n"
        f"<news:title>{escape(clean_line(story.front.title))}</news:title>\n"
        "</news:news>\n</url>\n"
    )


def _loc(content: Content, uri: str) -> str:
    return escape(absolute_url(content.site_url, uri))


def _lastmod(moment: str) -> str:
    return f"<lastmod>{moment}</lastmod>\n" if moment else ""


def _urlset(entries: str, extension: str) -> bytes:
    return f"{_HEAD}<urlset {_PROTOCOL} {extension}>\n{entries}</urlset>\n".encode()


def is_listed(page: Page | str) -> bool:
    """Return whether search engines may show a page; those written by hand are addresses."""
    if isinstance(page, str):
        return not page.startswith(GUIDE)
    return not page.noindex and page.url != NOT_FOUND
