"""A link to a film alone in its paragraph: a card that leads to its page, or a player of our own.

Nothing of another site is loaded: no player, no picture, no script. How long a film lasts may stand
in brackets behind its title: “(3:25)”, “(1:02:03)”, “(5 phút 20 giây)”, “(5'20")”.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from typing import Final

from guongsang.prose.allowed import scheme_of
from guongsang.prose.model import FilmUse, LinkUse, PhotoUse, file_of

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
_OWN_LINK: Final = re.compile(
    r'<p><a gs-link="(?P<link>\d+)"[^<>]*>(?P<inner>(?:(?!</?(?:a|p|br)[ >]).)*)</a></p>', re.DOTALL
)
_FILE: Final = re.compile(r"[^/?#]+\.(?:mp4|m4v|mov|webm|avi|mkv|3gp|wmv|mpe?g|ogv)", re.IGNORECASE)
_POSTER: Final = re.compile(r'<gs-photo n="(\d+)"></gs-photo>')
_TAG: Final = re.compile(r"<[^<>]*>")
_LENGTH: Final = re.compile(
    r"\s*\((?P<shown>(?:(?P<h>\d{1,2}):(?=\d\d:))?(?P<m>\d{1,3}):(?P<s>[0-5]\d)"
    r"|(?=\d)(?:(?P<gio>\d{1,2}) ?giờ *)?(?:(?P<phut>\d{1,3}) ?phút *)?(?:(?P<giay>\d{1,2}) ?giây)?"
    r"|(?P<min>\d{1,3})['’′] ?(?:(?P<sec>[0-5]?\d)(?:[\"”″]|''|’’))?)\)\Z"
)

_UNITS: Final = {"H": ("h", "gio"), "M": ("m", "phut", "min"), "S": ("s", "giay", "sec")}


def is_film_file(href: str) -> bool:
    """Return whether an address is that of a film beside the story, of whatever type."""
    return not scheme_of(href) and _FILE.fullmatch(file_of(href)) is not None


def split_length(title: str) -> tuple[str, str, str]:
    """Return a title without the length behind it, the length as typed, and as ISO 8601 says it."""
    found = _LENGTH.search(title)
    if found is None:
        return title, "", ""
    parts = (
        f"{int(number)}{unit}"
        for unit, names in _UNITS.items()
        if (number := next((found[name] for name in names if found[name]), ""))
    )
    return title[: found.start()], found["shown"], f"PT{''.join(parts)}"


def find_site(href: str) -> str | None:
    """Return what readers call the site of a film's page; None of any other address."""
    return next((site for site, page in _PAGES.items() if page.match(href)), None)


def mark_films(html: str) -> str:
    """Return clean HTML in which paragraphs of one link to a film say so, and on which site."""
    return _LONE_LINK.sub(_mark, html)


def lift_films(
    html: str, links: Sequence[LinkUse], photos: Sequence[PhotoUse]
) -> tuple[str, tuple[FilmUse, ...]]:
    """Return clean HTML with a marker for each paragraph of one link to a film beside the story,
    and those films. One picture in the link is the film's own."""
    found: list[FilmUse] = []

    def lift(link: re.Match[str]) -> str:
        use, inner = links[int(link["link"])], link["inner"]
        posters = _POSTER.findall(inner)
        if not is_film_file(use.href) or len(posters) > 1:
            return link[0]
        words = " ".join(unescape(_TAG.sub("", inner)).split())
        title, shown, length = split_length(words)
        poster = photos[int(posters[0])].src if posters else None
        found.append(FilmUse(file_of(use.href), title, shown, length, poster))
        return f'<gs-film n="{len(found) - 1}"></gs-film>'

    return _OWN_LINK.sub(lift, html), tuple(found)


def _mark(link: re.Match[str]) -> str:
    site = find_site(unescape(link["href"]))
    if site is None:
        return link[0]
    title, shown, length = split_length(link["inner"])
    if length:
        title += f' <time datetime="{length}">({shown})</time>'
    return f'<p class="phim"><a {link[1]} data-noi="{site}">{title}</a></p>'
