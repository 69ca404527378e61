"""A story as lines for an announcer: who speaks, verse, items, rows; no pictures, no links.

Who asks and who answers is told by the text: stars and dashes of an interview (the guide's “Cách
gõ”), names in bold with a colon, or the usual “PV:”, “Hỏi:”.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, Literal

from guongsang.views.tree import BLOCKS, Node

Kind = Literal["text", "heading", "verse", "quote", "item"]

ASKING: Final = "Phóng viên"
# What is only seen: pictures, films, notes, signs of notes.
_SEEN: Final = frozenset(("photo", "inline-photo", "photos", "film", "notes", "hr"))
_NOTE_SIGN: Final = "footnote-ref"
_LISTS: Final = {"ul", "ol"}
_STAR: Final = "sao"
_DASH: Final = "gach"
_VERSE: Final = "tho"
_ASKED: Final = re.compile(
    r"(?P<who>PV|P\.V\.?|Phóng viên|Nhà báo|Hỏi|Đáp|BTV|MC|Người dẫn)\s?:\s+(?=\S)", re.IGNORECASE
)
_NAMES: Final = {"pv": ASKING, "p.v": ASKING, "p.v.": ASKING, "hỏi": ASKING, "btv": "Biên tập viên"}
_LONGEST_NAME: Final = 40
_SPACES: Final = re.compile(r"[^\S\n]+")


@dataclass(frozen=True, slots=True)
class Typed:
    """A line as it is typed; `mark` stands before an item, `speaker` says it, "" for the announcer.

    Lines of verse are kept apart by line ends.
    """

    kind: Kind
    text: str
    mark: str = ""
    speaker: str = ""


def list_lines(nodes: Sequence[Node], answering: str) -> Iterator[Typed]:
    """Yield what is read of a story; `answering` is who answers in an interview."""
    reader = _Reader(answering, _find_speakers(nodes), is_interview=_is_interview(nodes))
    return reader.read(nodes, "text")


@dataclass(frozen=True, slots=True)
class _Reader:
    answering: str
    speakers: frozenset[str]
    is_interview: bool

    def read(self, nodes: Sequence[Node], kind: Kind) -> Iterator[Typed]:
        loose: list[Node] = []
        for node in nodes:
            if isinstance(node, str) or node["tag"] not in BLOCKS | _SEEN:
                loose.append(node)
                continue
            yield from self._read_paragraph(loose, kind)
            loose = []
            yield from self._read_block(node, kind)
        yield from self._read_paragraph(loose, kind)

    def _read_block(self, node: Mapping[str, Any], kind: Kind) -> Iterator[Typed]:
        tag, children = node["tag"], node["children"]
        if tag in _SEEN or tag == "figure":
            return
        if tag == "table":
            yield from _read_rows(node)
        elif tag in _LISTS:
            yield from self._read_list(node)
        elif _VERSE in node.get("class", "").split():
            text = _find_words(children)
            yield from [Typed("verse", text)] if text else []
        elif tag in ("h2", "h3", "h4"):
            yield from self.read(children, "heading")
        elif tag == "blockquote":
            yield from self.read(children, "quote")
        else:
            yield from self.read(children, kind)

    def _read_paragraph(self, nodes: Sequence[Node], kind: Kind) -> Iterator[Typed]:
        speaker, nodes = self._split_speaker(nodes)
        for text in _find_words(nodes).split("\n"):
            asked = _ASKED.match(text) if not speaker else None
            if asked:
                speaker, text = _name_speaker(asked["who"]), text[asked.end() :]  # noqa: PLW2901
            if text.strip():
                yield Typed(kind, text.strip(), speaker=speaker)

    def _split_speaker(self, nodes: Sequence[Node]) -> tuple[str, Sequence[Node]]:
        name = _find_name(nodes)
        if name not in self.speakers:
            return "", nodes
        rest = list(nodes[1:])
        if rest and isinstance(rest[0], str):
            rest[0] = rest[0].lstrip().removeprefix(":")
        return _name_speaker(name), rest

    def _read_list(self, node: Mapping[str, Any]) -> Iterator[Typed]:
        number = node.get("start", 1)
        names = {_STAR: ASKING, _DASH: self.answering} if self.is_interview else {}
        speaker = names.get(node.get("class", ""), "")
        for item in node["children"]:
            if isinstance(item, str):
                continue
            number = item.get("value", number)
            mark = "" if speaker else f"{number}." if node["tag"] == "ol" else "–"
            for n, line in enumerate(self.read(item["children"], "text" if speaker else "item")):
                told = line.speaker or (speaker if line.kind == "text" else "")
                yield Typed(line.kind, line.text, line.mark or (mark if n == 0 else ""), told)
            number += 1


def _read_rows(table: Mapping[str, Any]) -> Iterator[Typed]:
    """Yield a line a row, each cell behind the head of its column."""
    caption = _find_words(table["caption"]).replace("\n", " ")
    if caption:
        yield Typed("text", caption)
    heads = {cell["x"]: _find_words(cell["children"]) for row in table["head"] for cell in row}
    for row in table["rows"]:
        cells = ((cell["x"], _find_words(cell["children"]).replace("\n", " ")) for cell in row)
        told = [f"{heads[x]}: {text}" if heads.get(x) else text for x, text in cells if text]
        if told:
            yield Typed("item", "; ".join(told), "–")


def _find_words(node: Node | Sequence[Node]) -> str:
    """Return the words that are heard, with line ends."""
    return "\n".join(line.strip() for line in _SPACES.sub(" ", _collect(node)).strip().split("\n"))


def _collect(node: Node | Sequence[Node]) -> str:
    if isinstance(node, str):
        return node.replace("\n", " ")
    if not isinstance(node, Mapping):
        return "".join(map(_collect, node))
    if node["tag"] == "br":
        return "\n"
    if node["tag"] in _SEEN or _NOTE_SIGN in node.get("class", "").split():
        return ""
    text = _collect(node["children"])
    return f" {text} " if node["tag"] in BLOCKS else text


def _is_interview(nodes: Sequence[Node]) -> bool:
    """Say whether lists with stars ask and those with dashes behind them answer."""
    blocks = [each for each in nodes if isinstance(each, Mapping)]
    signs = [each.get("class", "") if each["tag"] == "ul" else "" for each in blocks]
    asked = [each for each, sign in zip(blocks, signs, strict=True) if sign == _STAR]
    items = [item for each in asked for item in each["children"] if not isinstance(item, str)]
    questions = sum(_find_words(item).endswith(("?", "?”", '?"')) for item in items)
    is_answered = (_STAR, _DASH) in pairwise(signs)
    return is_answered and questions * 2 > len(items)


def _find_speakers(nodes: Sequence[Node]) -> frozenset[str]:
    """Return the names in bold with a colon that more than one paragraph begins with."""
    names = Counter(
        _find_name(each["children"])
        for each in nodes
        if isinstance(each, Mapping) and each["tag"] == "p"
    )
    return frozenset(name for name, count in names.items() if name and count > 1)


def _find_name(nodes: Sequence[Node]) -> str:
    """Return the name that a paragraph begins with in bold; "" without one."""
    if not nodes or isinstance(nodes[0], str) or nodes[0]["tag"] not in ("strong", "b"):
        return ""
    text = _find_words(nodes[0])
    behind = nodes[1] if len(nodes) > 1 and isinstance(nodes[1], str) else ""
    is_marked = text.endswith(":") or behind.lstrip().startswith(":")
    return text.rstrip(" :") if is_marked and len(text) <= _LONGEST_NAME else ""


def _name_speaker(typed: str) -> str:
    return _NAMES.get(typed.lower(), typed)
