"""Write what the converter makes of every sample on the guide's page of the dialect.

`python scripts/show_dialect.py` after a change of the converter, or of what is typed on the page.
A test holds the page against it.
"""

from __future__ import annotations

import re
from html import escape, unescape
from pathlib import Path
from typing import Any, Final

from guongsang.prose.fill import fill_prose
from guongsang.prose.model import FilmUse
from guongsang.prose.parse import parse_prose
from guongsang.render.render import environment
from guongsang.views.model import FilmView

PAGE: Final = Path(__file__).parent / "guongsang/guide/cach-go.md"
# Stands for a photo of the story.
_PHOTO: Final = '<figure class="figure"><span class="picture"></span></figure>'
_SAMPLE: Final = re.compile(
    r'<div class="sample">\n<pre><code>(?P<typed>.*?)</code></pre>\n'
    r'<div class="story__body">.*?\n</div>\n</div>(?=\n\n)',
    re.DOTALL,
)


def list_samples(page: str) -> list[str]:
    """Return what is typed in each sample of the page."""
    return [unescape(sample["typed"]) for sample in _SAMPLE.finditer(page)]


def show_samples(page: str) -> str:
    """Return the page with what readers get beside everything that is typed."""
    return _SAMPLE.sub(lambda sample: _show(unescape(sample["typed"])), page)


def _show(typed: str) -> str:
    # No program that looks for Markdown on the page must find any within a sample.
    code = escape(typed, quote=False).replace("[", "&#91;")
    html = fill_prose(parse_prose(typed), photo=lambda _: _PHOTO, link=str, film=_show_film)
    return (
        f'<div class="sample">\n<pre><code>{code}</code></pre>\n'
        f'<div class="story__body">\n{html}\n</div>\n</div>'
    )


def _show_film(use: FilmUse) -> str:
    """Return a player that has nothing to play."""
    size = (1280, 720)
    view = FilmView(use.title, use.shown, use.length, "", "", None, None, *size, "vi", None, (), "")
    macros: Any = environment().get_template("_macros.html").module
    return str(macros.film(str, view))


if __name__ == "__main__":
    PAGE.write_text(show_samples(PAGE.read_text("utf-8")), "utf-8")
