"""Links that a story asks for, as addresses of the site: written by editors, and its tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import quote

from guongsang.addresses import SEARCH, attachment_uri, film_uri
from guongsang.prose.model import file_of
from guongsang.registers.model import Registers
from guongsang.stories.model import Story
from guongsang.views.model import Link

_STORY: Final = re.compile(
    r"(?:\.\./)+(?:[0-9]{4}/)?(?P<slug>[a-z0-9-]+)/(?:index\.md)?(?P<mark>#.*)?"
)


def resolve_links(
    written: Iterable[str], story: Story, urls: Mapping[str, str]
) -> Mapping[str, str]:
    """Return the site-relative addresses of the internal links that lead somewhere.

    `urls` are the addresses of the public stories by slug. What is not found stays as written:
    `checks` reports it.
    """
    resolved = {href: resolve_link(href, story, urls) for href in written}
    return {href: target for href, target in resolved.items() if target is not None}


def resolve_link(href: str, story: Story, urls: Mapping[str, str]) -> str | None:
    """Return the site-relative address behind one link, None when it is to stay as it is."""
    if href.startswith("/") and not href.startswith("//"):
        return href[1:]
    match = _STORY.fullmatch(href)
    if match:
        url = urls.get(match["slug"])
        return f"{url}{match['mark'] or ''}" if url else None
    file = file_of(href)
    if any(item.src == file for item in story.front.attachments):
        return quote(attachment_uri(story.slug, file))
    if any(item.src == file for item in story.front.films):
        return quote(film_uri(story.slug, file))
    return None


def search_link(registers: Registers, words: str) -> Link:
    """Return the words with a link to what the search finds for them, if there is a search."""
    found = f"{SEARCH}?q={quote(words, safe='')}" if registers.newsroom.switches.search else None
    return Link(words, found)
