"""A link to a film alone in its paragraph: a card that leads to the film's page.

Nothing of the film's site is loaded: no player, no picture, no script.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final

# The sites whose pages are films, by what readers call them.
_SITES: Final = {
    "YouTube": r"(?:(?:www\.|m\.)?youtube\.com/(?:watch\?|shorts/|live/|playlist\?)|youtu\.be/)\S",
    "Facebook": r"(?:(?:www\.|m\.|web\.)?facebook\.com/(?:watch/?\?|reel/|[^?#]*/videos/)"
    r"|fb\.watch/)\S",
    "TikTok": r"(?:(?:www\.|m\.)?tiktok\.com/@[^/?#]+/video/|v[mt]\.tiktok\.com/)\S",
    "Vimeo": r"(?:www\.|player\.)?vimeo\.com/(?:video/)?[0-9]",
}
_PAGES: Final = {
    site: re.compile(rf"https?://{page}", re.IGNORECASE) for site, page in _SITES.items()
}
_LONE_LINK: Final = re.compile(
    r'<p><a (href="(?P<href>http[^"]*)"[^<>]*)>(?P<inner>(?:(?!</?(?:a|p)[ >]).)*)</a></p>',
    re.DOTALL,
)


def find_site(href: str) -> str | None:
    """Return what readers call the site of a film's page; None of any other address."""
    return next((site for site, page in _PAGES.items() if page.match(href)), None)


def mark_films(html: str) -> str:
    """Return clean HTML in which paragraphs of one link to a film say so, and on which site."""
    return _LONE_LINK.sub(_mark, html)


def _mark(link: re.Match[str]) -> str:
    site = find_site(unescape(link["href"]))
    if site is None:
        return link[0]
    return f'<p class="phim"><a {link[1]} data-noi="{site}">{link["inner"]}</a></p>'
