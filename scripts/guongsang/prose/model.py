"""What one body of Markdown gives: safe HTML with markers, its plain text, headings and uses."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote

from guongsang.prose.allowed import scheme_of


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the body; `level` is 2 to 4, `id` is unique in the body."""

    level: int
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class LinkUse:
    """A link as written: 1-based line and column of its address, or of the label of a reference."""

    href: str
    line: int
    column: int


def file_of(src: str) -> str:
    """Return the name of a file as a folder lists it: “anh 1.jpg” of “./anh%201.jpg”.

    What leads elsewhere stays as it was written.
    """
    return src if scheme_of(src) else unquote(src.removeprefix("./"))


@dataclass(frozen=True, slots=True)
class PhotoUse:
    """A picture as written, its file as a folder lists it.

    `inline` when it stands within text, so no `<figure>` may be put there; `layout` is the class
    that was typed below it.
    Line and column are those of `src`, or of the label of a reference.
    """

    src: str
    alt: str
    title: str
    line: int
    column: int
    inline: bool = False
    layout: str = ""


@dataclass(frozen=True, slots=True)
class FilmUse:
    """A film beside the story that stands in the text: its file as a folder lists it.

    `shown` is how long it lasts, as typed, `length` as ISO 8601 says it; both may be empty.
    `poster` is the file of its picture.
    """

    src: str
    title: str
    shown: str
    length: str
    poster: str | None


@dataclass(frozen=True, slots=True)
class Remark:
    """Something typed that does not do what it does elsewhere: `rule` of the table, what to type
    `instead`, 1-based line and column."""

    rule: str
    typed: str
    instead: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Prose:
    """A rendered body. `html` needs `fill_prose` before it is published.

    `plain` has one paragraph, heading, item or table row a line. `links` holds web and internal
    links in the order of the HTML, also those whose address was refused as unsafe; mail and
    telephone links and those of footnotes are left out. `tangled` tells that the body went beyond
    the limits of `parse` and was kept as plain paragraphs only. `remarks` are in order of position.
    """

    html: str
    headings: tuple[Heading, ...]
    plain: str
    links: tuple[LinkUse, ...]
    photos: tuple[PhotoUse, ...]
    syllables: int
    tangled: bool = False
    remarks: tuple[Remark, ...] = ()
    films: tuple[FilmUse, ...] = ()
