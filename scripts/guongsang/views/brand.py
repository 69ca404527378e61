"""What a newsroom's own look is made of: its colour, its logo and its icon."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from guongsang.registers.model import Newsroom
from guongsang.registers.paths import FOLDER

KEYS = ("logo", "icon")


class Emblem(NamedTuple):
    """A picture of the newsroom's own: the address that it is published at, the file it is made
    from (relative to the root), its media type, its size in pixels or units of its own."""

    uri: str
    path: str
    type: str
    width: float
    height: float

    @property
    def is_drawn(self) -> bool:
        return self.type == "image/svg+xml"


@dataclass(frozen=True, slots=True)
class Brand:
    logo: Emblem | None = None
    icon: Emblem | None = None

    @property
    def emblems(self) -> tuple[Emblem, ...]:
        return tuple(each for each in (self.logo, self.icon) if each is not None)


def tell_brand(newsroom: Newsroom, emblems: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return what `read_brand` makes a brand of; `emblems` are facts of usable files by name."""
    told: dict[str, Any] = {}
    for key in KEYS:
        facts = emblems.get(getattr(newsroom, key) or "")
        if facts is not None:
            name, digest = facts["name"], facts["sha256"]
            suffix = name.rpartition(".")[2]
            uri = f"tai-nguyen/{key}.{digest[:10]}.{suffix}"
            size = facts["width"], facts["height"]
            told[key] = [uri, f"{FOLDER}/{name}", facts["type"], *size]
    return told


def read_brand(told: Mapping[str, Any]) -> Brand:
    return Brand(**{key: Emblem(*values) for key, values in told.items()})
