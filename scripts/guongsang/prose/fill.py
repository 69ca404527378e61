"""Put the page's own pictures and addresses where the markers of a body stand."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import Final

from guongsang.prose.model import FilmUse, PhotoUse, Prose

# In `Prose.html` a "<" is always the start of a tag, and no tag of an editor has these names.
_MARKER: Final = re.compile(
    r'<gs-photo n="(\d+)"></gs-photo>|<a gs-link="(\d+)"|<gs-film n="(\d+)"></gs-film>'
)


def fill_prose(
    prose: Prose,
    *,
    photo: Callable[[PhotoUse], str],
    link: Callable[[str], str],
    film: Callable[[FilmUse], str],
) -> str:
    """Return the final HTML.

    `photo` and `film` return safe HTML and are trusted; that of a film stands between paragraphs.
    `link` gets an internal address as the editor wrote it and returns the address to publish, which
    is escaped here.
    """

    def _fill(marker: re.Match[str]) -> str:
        if marker[1] is not None:
            return photo(prose.photos[int(marker[1])])
        if marker[3] is not None:
            return film(prose.films[int(marker[3])])
        return f'<a href="{escape(link(prose.links[int(marker[2])].href))}"'

    return _MARKER.sub(_fill, prose.html)
