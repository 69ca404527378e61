"""The kinds of pages of a site, for whoever looks at one page of each."""

from __future__ import annotations

import re
from pathlib import Path


def kinds_of_pages(site: Path) -> dict[str, list[str]]:
    """Return addresses by kind: the section, how deep below it, and the layout."""
    kinds: dict[str, list[str]] = {}
    for path in sorted(site.rglob("*.html")):
        uri = path.relative_to(site).as_posix().removesuffix("index.html")
        text = path.read_text("utf-8")
        if 'http-equiv="refresh"' in text:
            continue  # an old address, gone before anybody reads it
        parts = uri.strip("/").split("/")
        section = "story" if parts[0].isdigit() else parts[0] or "home"
        layout = re.search(r'class="gs ([^"]*)"', text)
        kind = f"{section} {len(parts)} {layout[1] if layout else 'by hand'}"
        kinds.setdefault(kind, []).append(uri)
    return kinds


def chosen_pages(site: Path) -> list[str]:
    """Return all stories and one page of every other kind: the one with the most on it."""

    def weight(uri: str) -> int:
        return (site / (uri if uri.endswith(".html") else f"{uri}index.html")).stat().st_size

    chosen = []
    for kind, uris in kinds_of_pages(site).items():
        chosen += uris if kind.startswith("story") else [max(uris, key=weight)]
    return chosen
