"""GS324 to GS329: the colour, the logo and the icon of the newsroom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from guongsang.checks.sheet import Finding
from guongsang.colours import PANEL, contrast, is_readable, nearest_readable, read_colour
from guongsang.photos.emblem import EmblemFacts, check_size
from guongsang.photos.facts import PhotoFault, match_name
from guongsang.registers.model import Newsroom

# By file name.
Emblems = Mapping[str, EmblemFacts | PhotoFault]


def find_in_look(newsroom: Newsroom, emblems: Emblems) -> Iterator[Finding]:
    """Yield what is wrong with the newsroom's own look."""
    yield from _find_in_accent(newsroom.accent)
    for key, name in (("logo", newsroom.logo), ("icon", newsroom.icon)):
        if name is not None:
            yield from _find_in_emblem(key, name, emblems)


def _find_in_accent(accent: str | None) -> Iterator[Finding]:
    if accent is None:
        return
    colour = read_colour(accent)
    if colour is None:
        guess = read_colour(f"#{accent.strip().removeprefix('#')}") or ""
        yield "GS324", ("accent",), {"value": accent[:40], "candidates": guess}, None
    elif not is_readable(colour):
        args: dict[str, object] = {"value": accent, "nearest": nearest_readable(colour)}
        # Rounded down: 4.49 is not enough.
        ratio = int(contrast(colour, PANEL) * 10) / 10
        yield "GS325", ("accent",), args | {"ratio": f"{ratio:.1f}".replace(".", ",")}, None


def _find_in_emblem(key: str, name: str, emblems: Emblems) -> Iterator[Finding]:
    found = emblems.get(name)
    args: dict[str, object] = {"key": key, "file": name[:90]}
    if found is None:
        near = match_name(name, emblems) or ", ".join(sorted(emblems)[:3])
        yield "GS326", (key,), args | {"candidates": near}, None
    elif isinstance(found, PhotoFault):
        yield found.rule, (key,), dict(found.args) | args, None
    elif size := check_size(found, key):
        yield "GS328", (key,), args | {"found": size}, None
