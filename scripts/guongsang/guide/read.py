"""The editors' guide, which comes with the program: its Markdown as HTML.

It is ours, so it is not cleaned, and it may hold HTML that a story may not.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape, unescape
from pathlib import Path
from typing import Final

from markdown import Markdown  # type: ignore[import-untyped]

from guongsang.addresses import GUIDE, GUIDE_PICTURES, doc_url, relative_url
from guongsang.guide.tables import mend_tables
from guongsang.problems.problem import Problem
from guongsang.stories.source import split_story
from guongsang.yamlfile.parse import parse_yaml

_HERE: Final = Path(__file__).parent
_EXTENSIONS: Final = ("admonition", "attr_list", "fenced_code", "md_in_html", "tables", "toc")
_HEADING: Final = re.compile(r"\A\s*<h1\b[^>]*>(.*?)</h1>\s*", re.DOTALL)
_CUT: Final = re.compile(r'<h[23] id="([^"]*)">(.*?)</h[23]>', re.DOTALL)
_BLOCK: Final = re.compile(r"</?(?:br|div|h4|li|ol|p|pre|table|td|th|tr|ul)\b[^>]*>")
_TAG: Final = re.compile(r"<[^>]*>")
_PICTURE: Final = re.compile(r'(<img\b[^>]*? src=")hinh/([a-z0-9-]+\.webp)(?=")')
_PAGE_LINK: Final = re.compile(r'(<a\b[^>]*? href=")(?![a-z]+:|/)([^"#]+\.md)(?=[#"])')


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the second level: its anchor, and its text without marks."""

    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class GuideText:
    """A page of the guide. `html` stands below its heading, `title`; links are relative to it."""

    title: str
    description: str
    html: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands below a heading, as plain text; above the first one the anchor is empty."""

    anchor: str
    heading: str
    text: str


def list_passages(name: str) -> Iterator[Passage]:
    """Yield what a page says, heading by heading, for its search."""
    page = read_guide(name)
    _, *parts = _CUT.split(f'<h2 id="">{escape(page.title)}</h2>{page.html}')
    for anchor, heading, html in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        yield Passage(anchor, _plain(heading), _plain(html))


def _plain(html: str) -> str:
    return " ".join(unescape(_TAG.sub("", _BLOCK.sub(" ", html))).split())


@cache
def read_guide(name: str) -> GuideText:
    """Return the page of that name, "index" or one of `addresses.GUIDE_PAGES`."""
    path = f"{name}.md"
    split = split_story((_HERE / path).read_text("utf-8"), path)
    assert not isinstance(split, Problem), split
    front = parse_yaml(split.front, path).data
    assert isinstance(front, dict)
    markdown = Markdown(extensions=_EXTENSIONS, output_format="html")
    html = _HEADING.sub("", markdown.convert(split.body))
    html = mend_tables(html)
    html = _PAGE_LINK.sub(lambda link: link[1] + _relate(link[2], path), html)
    here = doc_url(f"{GUIDE}{path}")
    html = _PICTURE.sub(
        lambda shot: shot[1] + relative_url(f"{GUIDE_PICTURES}{shot[2]}", here), html
    )
    sections = tuple(
        Section(str(each["id"]), unescape(str(each["name"])))
        for top in markdown.toc_tokens
        for each in top["children"]
    )
    return GuideText(str(front["title"]), str(front["description"]), html, sections)


def read_pictures() -> dict[str, bytes]:
    """Return the pictures of the guide by name."""
    return {path.name: path.read_bytes() for path in sorted(_HERE.glob("hinh/*.webp"))}


def _relate(href: str, path: str) -> str:
    """Return a link to another page of the guide as seen from the page that `path` becomes."""
    target = posixpath.normpath(posixpath.join(GUIDE, unescape(href)))
    return escape(relative_url(doc_url(target), doc_url(f"{GUIDE}{path}")))
