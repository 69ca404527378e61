"""An independent reading of the result: every element, attribute and address against a list."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

_TAGS = (
    "a abbr address b bdi bdo blockquote br caption cite code col colgroup dd del dfn div dl dt em "
    "figcaption figure gs-film gs-photo h2 h3 h4 hr i ins kbd li mark ol p pre q rp rt ruby s samp "
    "small span strong sub sup table tbody td tfoot th thead time tr u ul var wbr"
)
TAGS = set(_TAGS.split())
VALUES = {
    "href": r"(?:https?:|mailto:|tel:|[/\\]{2}|#fn).*",
    "gs-link": r"\d+",
    "n": r"\d+",
    "rel": "noopener",
    "data-noi": "YouTube|Facebook|TikTok|Vimeo",
    "id": r"[a-z0-9]+(?:-[a-z0-9]+)*|fn(?:ref\d*)?:\d+",
    "class": r"(?:tho|ghi-chu|trich|phim|gach|sao|cong|bang|footnote(?:-(?:back)?ref)?"
    r"|align-(?:left|center|right)| )+",
    "dir": "ltr|rtl|auto",
    "role": "doc-endnotes|doc-noteref|doc-backlink|group",
    "tabindex": "0",
    "scope": "row|col|rowgroup|colgroup",
}
FREE = {
    *("lang", "title", "aria-label", "datetime", "start", "reversed", "value"),
    *("colspan", "rowspan", "span", "abbr"),
}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in FREE:
                continue
            pattern = VALUES.get(name)
            if pattern is None or not re.fullmatch(pattern, value or "", re.IGNORECASE | re.DOTALL):
                self.faults.append(f"<{tag} {name}={value!r}>")

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"<!--{data}")

    def handle_decl(self, decl: str) -> None:
        self.faults.append(f"<!{decl}")

    def unknown_decl(self, data: str) -> None:
        self.faults.append(f"<![{data}")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"<?{data}")


@pytest.fixture(scope="session")
def faults() -> Callable[[str], list[str]]:
    """Return a function that lists what `Prose.html` must not contain."""

    def _faults(html: str) -> list[str]:
        reader = _Reader()
        reader.feed(html)
        reader.close()
        repeated = {f"id {i} twice" for i in reader.ids if reader.ids.count(i) > 1}
        return reader.faults + sorted(repeated)

    return _faults
