"""sitemap.xml with the true day of the last change, and robots.txt that names it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from urllib.parse import quote
from xml.etree import ElementTree as ET

from guongsang.addresses import NOT_FOUND
from guongsang.pages.content import Content
from guongsang.pages.outputs import Page
from guongsang.stories.model import Story
from guongsang.text.dates import VIETNAM, in_vietnam, iso_moment

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def render_sitemap(content: Content, pages: Iterable[Page | str]) -> bytes:
    """List every page that search engines may show; `pages` are ours, or addresses.

    Only stories carry `lastmod`: for other pages no true date is known, and a false one is worse.
    """
    changed = {story.url: last_change(story) for story in content.stories}
    urls = [page if isinstance(page, str) else page.url for page in pages if _is_listed(page)]
    root = ET.Element("urlset", xmlns=_NAMESPACE)
    for url in sorted(urls):
        entry = ET.SubElement(root, "url")
        ET.SubElement(entry, "loc").text = content.site_url + quote(url)
        if url in changed:
            ET.SubElement(entry, "lastmod").text = changed[url]
    ET.indent(root)
    body: bytes = ET.tostring(root, "utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body + b"\n"


def render_robots(site_url: str) -> bytes:
    return f"User-agent: *\nAllow: /\n\nSitemap: {site_url}sitemap.xml\n".encode()


def last_change(story: Story) -> str:
    """Return the moment of the story's last stated change, in ISO form with Vietnam's offset."""
    return iso_moment(last_changed(story))


def last_changed(story: Story) -> dt.datetime:
    """Return the moment of the story's last stated change: an update or a correction, if any."""
    dates = [story.instant, story.front.date]
    if story.front.updated:
        dates.append(story.front.updated)
    for item in story.front.corrections:
        dates.append(dt.datetime.combine(item.date, dt.time(), VIETNAM))
    return in_vietnam(max(dates))


def _is_listed(page: Page | str) -> bool:
    if isinstance(page, str):
        return not page.startswith("huong-dan/")
    return not page.noindex and page.url != NOT_FOUND
