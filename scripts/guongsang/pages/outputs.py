"""One page to publish: its address and exactly what its template reads."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageImage:
    """A JPEG that stands for a page elsewhere. `uri` is site-relative, sizes are pixels."""

    uri: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Output:
    """`url` is site-relative ("2026/x/", "", "404.html"); `title`, `description` are plain text.

    `template` is a name in templates/, `view` a tree of frozen dataclasses of plain data.
    """

    url: str
    title: str
    description: str
    template: str
    view: object
    noindex: bool = False
    image: PageImage | None = None
