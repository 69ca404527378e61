"""What is published: pages, each with exactly what its template reads, and other files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


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

    Without a description it is that of the site.

    `template` is a name in templates/, `view` a tree of frozen dataclasses of plain data.
    """

    url: str
    title: str
    description: str
    template: str
    view: object
    noindex: bool = False
    image: PageImage | None = None


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file that is published as it is. `made_from` tells its content without reading it.

    `source` is the content, a file that has it, or makes it when it must be published.
    """

    uri: str
    source: Path | bytes | Callable[[], bytes]
    made_from: str

    def make(self) -> Path | bytes:
        """Return the content, made now if it has to be, or the file that has it."""
        return self.source() if callable(self.source) else self.source


@dataclass(frozen=True, slots=True)
class Page:
    """A page that the site has. What it shows is planned only when it may have changed.

    `plan` gets the archive and `args`. Those are plain data (keys, slugs, frozen dataclasses of
    text): together with what `plan` asks the archive they decide everything about the page.
    """

    url: str
    plan: Callable[..., Output]
    args: tuple[Any, ...] = ()
    noindex: bool = False

    @property
    def key(self) -> str:
        """What decides about the page besides the answers of the archive."""
        return f"{self.plan.__module__}.{self.plan.__name__}{self.args!r}"
