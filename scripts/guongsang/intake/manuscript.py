"""What an editor was sent, whatever program wrote it: the one value that all readers make.

Everything is kept as its writer sees it. What it means in a newspaper is found out in `article`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

Align = Literal["", "left", "center", "right", "justify"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one look; "\\n" in it breaks the line. `size` in points, 0 unknown."""

    text: str
    font: str = ""
    size: float = 0.0
    bold: bool = False
    italic: bool = False
    struck: bool = False
    raised: Literal["", "sup", "sub"] = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The sign of a footnote or endnote: a key of `Manuscript.notes`."""

    number: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as the page shows it.

    `content` is the file as it is; None where there is only an address, `name`. `crop` are the
    parts cut off at left, top, right and bottom; then it is flipped, then turned by `turn` degrees
    clockwise.
    """

    name: str
    content: bytes | None = field(default=None, repr=False)
    crop: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    turn: float = 0.0
    flip_across: bool = False
    flip_down: bool = False
    alt: str = ""
    caption: str = ""

    @property
    def is_plain(self) -> bool:
        """Return whether the page shows the file as it is."""
        return not (any(self.crop) or self.turn % 360 or self.flip_across or self.flip_down)


_Look = tuple[str, float, bool, bool, bool, Literal["", "sup", "sub"], str]
Inline = Run | NoteMark | Picture


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`level` 1 to 9 is that of a heading; `item` the depth in a list from 1, with its sign: "-",
    or a number such as "3."; `kind` what its writer called it."""

    inlines: tuple[Inline, ...]
    align: Align = ""
    level: int = 0
    item: int = 0
    sign: str = ""
    kind: Literal[
        "", "title", "subtitle", "caption", "quote", "code", "rule", "box", "verse", "lede"
    ] = ""

    @property
    def text(self) -> str:
        return "".join(each.text for each in self.inlines if isinstance(each, Run))

    @property
    def pictures(self) -> tuple[Picture, ...]:
        return tuple(each for each in self.inlines if isinstance(each, Picture))

    @property
    def has_words(self) -> bool:
        return bool(self.text.strip()) or any(isinstance(each, NoteMark) for each in self.inlines)


@dataclass(frozen=True, slots=True)
class Cell:
    blocks: tuple[Block, ...]
    across: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[tuple[Cell, ...], ...]


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Loss:
    """What did not come through as it was: its kind, and what stands near it or is its name.

    `kind` is a key of the texts that tell it. `count` is how often.
    """

    kind: str
    where: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Manuscript:
    blocks: tuple[Block, ...]
    notes: Mapping[int, tuple[Block, ...]] = field(default_factory=dict)
    losses: tuple[Loss, ...] = ()


class UnreadableError(Exception):
    """The file cannot be taken in; `reason` is a key of the texts that tell it."""

    def __init__(self, reason: str, **args: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.args_told = args


def walk(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """Yield every paragraph in its order, those in tables as well."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row:
                    yield from walk(cell.blocks)


def all_text(manuscript: Manuscript) -> str:
    """Return all that is written, a paragraph a line, notes behind."""
    lines = [each.text for each in walk(manuscript.blocks)]
    for note in manuscript.notes.values():
        lines += (each.text for each in walk(note))
    return "\n".join(lines)


def join_runs(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """Return the same with neighbours of one look in one run: Word cuts words into pieces."""
    joined: list[Inline] = []
    for look, group in groupby(inlines, _look_of):
        if look is None:
            joined += group
        else:
            text = "".join(each.text for each in group if isinstance(each, Run))
            if text:
                joined.append(Run(text, *look))
    return tuple(joined)


def _look_of(each: Inline) -> _Look | None:
    return _look(each) if isinstance(each, Run) else None


def _look(run: Run) -> _Look:
    return run.font, run.size, run.bold, run.italic, run.struck, run.raised, run.link


def with_text(run: Run, text: str) -> Run:
    """Return a run of the same look."""
    return Run(text, *_look(run))


class Losses:
    """Collects what is lost; the same thing twice in one place is told once, with its number."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], int] = {}

    def add(self, kind: str, where: str = "", count: int = 1) -> None:
        key = kind, " ".join(where.split())[:80]
        self._found[key] = self._found.get(key, 0) + count

    def all(self) -> tuple[Loss, ...]:
        return tuple(Loss(kind, where, count) for (kind, where), count in self._found.items())
