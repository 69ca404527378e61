"""One page to publish: its address and exactly what its template reads."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Output:
    """`url` is site-relative ("2026/x/", "", "404.html"); `title`, `description` are plain text.

    `template` is a name in templates/, `view` a tree of frozen dataclasses of plain data.
    `image` is the address of the JPEG that stands for the page elsewhere.
    """

    url: str
    title: str
    description: str
    template: str
    view: object
    noindex: bool = False
    image: str | None = None
