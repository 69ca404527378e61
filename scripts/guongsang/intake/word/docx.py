"""Word documents to a manuscript.

Read as the page shows it: changes accepted, comments and hidden text left out, both told. Nothing
outside of the file is opened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final
from xml.etree import ElementTree as ET

from guongsang.intake.manuscript import (
    Block,
    Cell,
    Inline,
    Losses,
    Manuscript,
    NoteMark,
    Paragraph,
    Run,
    Table,
    UnreadableError,
    join_runs,
    walk,
)
from guongsang.intake.word.fields import Fields, find_target
from guongsang.intake.word.ooxml import choose, is_on, shorten, to_int, value_of
from guongsang.intake.word.package import Package, Relation
from guongsang.intake.word.pictures import Drawings
from guongsang.intake.word.styles import Frame, Lists, Look, Styles
from guongsang.intake.word.symbols import PRIVATE, symbol

_MAIN: Final = "officeDocument"
# What only wraps others.
_WRAPPERS: Final = frozenset(
    (
        *("w:sdt", "w:sdtContent", "w:customXml", "w:smartTag", "w:dir", "w:bdo"),
        *("w:ruby", "w:rubyBase", "w:rt"),
    )
)
_INSERTED: Final = ("w:ins", "w:moveTo")
_DELETED: Final = ("w:del", "w:moveFrom")
_SIGNS: Final = {
    "w:tab": "\t",
    "w:ptab": "\t",
    "w:br": "\n",
    "w:cr": "\n",
    "w:noBreakHyphen": "-",
    # In old letters "ư"; in others it is taken out later.
    "w:softHyphen": "\u00ad",
}
_MOST_EMBEDDED: Final = 3

ReadChunk = Callable[[bytes, str], Manuscript | None]


def read_docx(content: bytes, read_chunk: ReadChunk | None = None, depth: int = 0) -> Manuscript:
    """Return what a Word document holds. Raises UnreadableError.

    `read_chunk` reads documents of other kinds that it embeds, by their content and name.
    """
    return _Reader(Package(content), read_chunk, depth).read()


@dataclass(slots=True)
class _Part:
    """What is read now: a part of the package with its relationships."""

    relations: dict[str, Relation]
    fields: Fields = field(default_factory=Fields)


class _Reader:
    def __init__(self, package: Package, read_chunk: ReadChunk | None, depth: int) -> None:
        self._package, self._read_chunk, self._depth = package, read_chunk, depth
        self._losses = Losses()
        roots = package.relations("")
        main = next((each for each in roots.values() if each.kind == _MAIN), None)
        self._name = main.target if main else "word/document.xml"
        self._part = _Part(package.relations(self._name))
        self._styles = Styles(self._tree_of("styles"))
        self._lists = Lists(self._tree_of("numbering"))
        self._drawings = Drawings(package, self._losses)
        self._notes: dict[int, tuple[Block, ...]] = {}
        self._known: dict[tuple[str, str], int] = {}
        self._sources: dict[str, dict[str, ET.Element]] = {}
        self._asides: list[Block] = []
        self._near = ""

    def read(self) -> Manuscript:
        tree = self._package.read_xml(self._name)
        bodies = [] if tree is None else shorten(tree).findall("w:body")
        if not bodies:
            raise UnreadableError("no-word")
        blocks = [block for body in bodies for block in self._blocks(body)]
        self._tell_rest()
        return Manuscript(tuple(blocks), self._notes, self._losses.all())

    def _tree_of(self, kind: str) -> ET.Element | None:
        """Return the part of a kind that belongs to the document."""
        relation = next((each for each in self._part.relations.values() if each.kind == kind), None)
        if relation is None or relation.is_external:
            return None
        tree = self._package.read_xml(relation.target)
        return None if tree is None else shorten(tree)

    # Blocks

    def _blocks(self, parent: ET.Element) -> list[Block]:
        """Return paragraphs and tables; one whose end was deleted goes on in the next."""
        blocks: list[Block] = []
        open_end: Paragraph | None = None
        for element in self._unwrap(parent):
            if element.tag == "w:p":
                paragraph, is_open = self._paragraph(element)
                if open_end is not None:
                    inlines = join_runs([*open_end.inlines, *paragraph.inlines])
                    paragraph = replace(paragraph, inlines=inlines)
                open_end = paragraph if is_open else None
                if open_end is None:
                    blocks += [paragraph, *self._take_asides()]
            elif element.tag == "w:tbl":
                blocks += [self._table(element), *self._take_asides()]
            elif element.tag == "w:altChunk":
                blocks += self._chunk(element)
        return [*blocks, open_end, *self._take_asides()] if open_end is not None else blocks

    def _unwrap(self, parent: ET.Element) -> Iterator[ET.Element]:
        for element in parent:
            if element.tag in _WRAPPERS:
                yield from self._unwrap(element)
            elif element.tag in _INSERTED:
                self._tell_change()
                yield from self._unwrap(element)
            elif element.tag in _DELETED:
                self._tell_change()
            elif element.tag == "mc:AlternateContent":
                chosen = choose(element)
                if chosen is not None:
                    yield from self._unwrap(chosen)
            elif element.tag == "m:oMathPara":
                yield _in_paragraph(element)
            else:
                yield element

    def _take_asides(self) -> list[Block]:
        """Return what stood in boxes beside the last paragraph."""
        asides, self._asides = self._asides, []
        return asides

    def _paragraph(self, element: ET.Element) -> tuple[Paragraph, bool]:
        """Return a paragraph, and whether its end was deleted or is hidden."""
        properties = element.find("w:pPr")
        frame = self._styles.frame(value_of(properties, "w:pStyle")).under(properties)
        mark = None if properties is None else properties.find("w:rPr")
        is_open = mark is not None and (
            any(mark.find(tag) is not None for tag in _DELETED) or bool(is_on(mark, "w:specVanish"))
        )
        self._near = "".join(each.text or "" for each in element.iter("w:t"))[:60] or self._near
        inlines = list(self._inlines(element, frame.look, ""))
        if is_open and any(mark.find(tag) is not None for tag in _DELETED):  # type: ignore[union-attr]
            self._tell_change()
        item, sign = 0, ""
        if frame.numbering and (inlines or frame.level):
            inlines, item, sign = self._number(frame, inlines)
        is_rule = not inlines and _has_border(properties)
        paragraph = Paragraph(
            join_runs(inlines),
            align=frame.align,
            level=0 if frame.kind else frame.level,
            item=item,
            sign=sign,
            kind="rule" if is_rule else frame.kind,
        )
        return paragraph, is_open

    def _number(self, frame: Frame, inlines: list[Inline]) -> tuple[list[Inline], int, str]:
        assert frame.numbering is not None
        number, depth = frame.numbering
        found = self._lists.next_sign(number, depth)
        if found is None:
            return inlines, 0, ""
        sign, label = found
        if frame.level and sign:  # "1." before a heading is a part of its words
            sign, label = "", "" if sign == "-" else f"{sign} "
        if label:
            first = next((each for each in inlines if isinstance(each, Run)), Run(""))
            return [replace(first, text=label, link=""), *inlines], 0, ""
        return inlines, depth + 1 if sign else 0, sign

    def _table(self, element: ET.Element) -> Table:
        rows = []
        for row in self._unwrap(element):
            if row.tag != "w:tr":
                continue
            properties = row.find("w:trPr")
            if properties is not None and properties.find("w:del") is not None:
                self._tell_change()
                continue
            cells = [self._cell(each) for each in self._unwrap(row) if each.tag == "w:tc"]
            rows.append(tuple(cells))
        return Table(tuple(rows))

    def _cell(self, element: ET.Element) -> Cell:
        properties = element.find("w:tcPr")
        across = to_int(value_of(properties, "w:gridSpan") or "1", 1)
        return Cell(tuple(self._blocks(element)), min(max(across, 1), 63))

    def _chunk(self, element: ET.Element) -> list[Block]:
        """Return what a document holds that is embedded whole."""
        relation = self._part.relations.get(element.get("r:id", ""))
        name = relation.target if relation else ""
        content = None if not relation or relation.is_external else self._package.read(name)
        if content is not None and self._depth < _MOST_EMBEDDED:
            if content.startswith(b"PK"):
                inner: Manuscript | None = read_docx(content, self._read_chunk, self._depth + 1)
            else:
                inner = self._read_chunk(content, name) if self._read_chunk else None
            if inner is not None:
                for loss in inner.losses:
                    self._losses.add(loss.kind, loss.where, loss.count)
                return [*inner.blocks, *(each for note in inner.notes.values() for each in note)]
        self._losses.add("object", f"{name}, {self._near}")
        return []

    # Within a paragraph

    def _inlines(self, parent: ET.Element, look: Look, link: str) -> Iterator[Inline]:
        for element in parent:
            tag = element.tag
            if tag == "w:r":
                yield from self._run(element, look, link)
            elif tag == "w:hyperlink":
                yield from self._inlines(element, look, self._link_of(element) or link)
            elif tag == "w:fldSimple":
                target = find_target(element.get("w:instr", ""))
                yield from self._inlines(element, look, target or link)
            elif tag in _INSERTED:
                self._tell_change()
                yield from self._inlines(element, look, link)
            elif tag in _DELETED:
                self._tell_change()
            elif tag in _WRAPPERS:
                yield from self._inlines(element, look, link)
            elif tag == "mc:AlternateContent":
                chosen = choose(element)
                if chosen is not None:
                    yield from self._inlines(chosen, look, link)
            elif tag in ("m:oMath", "m:oMathPara"):
                yield from self._equation(element, look)

    def _link_of(self, element: ET.Element) -> str:
        relation = self._part.relations.get(element.get("r:id", ""))
        return relation.target if relation and relation.is_external else ""

    def _equation(self, element: ET.Element, look: Look) -> Iterator[Inline]:
        """Yield the signs of an equation one after the other: how it looks is lost."""
        text = "".join(each.text or "" for each in element.iter("m:t"))
        self._losses.add("equation", text)
        if text.strip():
            yield Run(f" {text} ", look.font, look.size)

    def _run(self, element: ET.Element, base: Look, link: str) -> Iterator[Inline]:
        look = self._styles.look(base, element.find("w:rPr"))
        for child in element:
            tag = child.tag
            if tag == "w:fldChar":
                self._part.fields.mark(child.get("w:fldCharType", ""))
            elif tag == "w:instrText":
                self._part.fields.add(child.text or "")
            elif self._part.fields.is_in_code:
                continue
            elif look.hidden and (tag == "w:t" or tag in _SIGNS):
                if (child.text or "").strip():
                    self._losses.add("hidden", count=len((child.text or "").split()))
            elif tag == "w:t":
                yield self._text(child.text or "", look, link)
            elif tag in _SIGNS:
                yield self._text(_SIGNS[tag], look, link)
            elif tag == "w:sym":
                yield self._symbol(child, look, link)
            elif not look.hidden:
                yield from self._object(child, look, link)

    def _text(self, text: str, look: Look, link: str) -> Run:
        link = self._part.fields.target or link
        if PRIVATE.search(text):
            text = PRIVATE.sub(lambda c: symbol(look.font, f"{ord(c[0]):x}") or c[0], text)
        return Run(
            text, look.font, look.size, look.bold, look.italic, look.struck, look.raised, link
        )

    def _symbol(self, element: ET.Element, look: Look, link: str) -> Run:
        font, code = element.get("w:font", ""), element.get("w:char", "")
        found = symbol(font, code)
        if found is None:
            self._losses.add("symbol", f"{font} {code}, {self._near}")
        return self._text(found or "", replace(look, font=""), link)

    def _object(self, element: ET.Element, look: Look, link: str) -> Iterator[Inline]:
        tag = element.tag
        if tag in ("w:footnoteReference", "w:endnoteReference"):
            yield from self._note(tag[2:-9], element.get("w:id", ""))
        elif tag in ("w:drawing", "w:pict", "w:object"):
            yield from self._drawing(element)
        elif tag == "mc:AlternateContent":
            chosen = choose(element)
            if chosen is not None:
                for each in chosen:
                    yield from self._object(each, look, link)
        elif tag == "w:ruby":
            yield from self._inlines(element, look, link)
        elif tag in ("w:t", *_SIGNS):  # within a choice
            yield self._text(_SIGNS.get(tag, element.text or ""), look, link)

    def _drawing(self, element: ET.Element) -> Iterator[Inline]:
        near = self._near
        pictures, boxes, words = self._drawings.find(element, self._part.relations, near.strip)
        yield from pictures
        # A box in a box is beside this one.
        asides = [block for box in boxes for block in [*self._blocks(box), *self._take_asides()]]
        asides = [_in_box(block) for block in asides]
        self._asides += asides
        self._asides += (Paragraph((Run(each),)) for each in words if each.strip())
        if boxes and any(each.has_words for each in walk(asides)):
            first = next(each.text for each in walk(asides) if each.has_words)
            self._losses.add("box", first)
        self._near = near

    def _note(self, kind: str, identity: str) -> Iterator[Inline]:
        if (kind, identity) in self._known:
            yield NoteMark(self._known[kind, identity])
            return
        note = self._find_notes(kind).get(identity)
        if note is None:
            return
        number = self._known[kind, identity] = len(self._known) + 1
        outer, asides, near = self._part, self._take_asides(), self._near
        relation = next((e for e in outer.relations.values() if e.kind == f"{kind}s"), None)
        self._part = _Part(self._package.relations(relation.target if relation else ""))
        blocks = [*self._blocks(note), *self._take_asides()]
        self._part, self._asides, self._near = outer, asides, near
        self._notes[number] = tuple(blocks)
        yield NoteMark(number)

    def _find_notes(self, kind: str) -> dict[str, ET.Element]:
        if kind not in self._sources:
            tree = self._tree_of(f"{kind}s")
            found: Iterable[ET.Element] = [] if tree is None else tree.findall(f"w:{kind}")
            self._sources[kind] = {each.get("w:id", ""): each for each in found}
        return self._sources[kind]

    # What is told

    def _tell_change(self) -> None:
        self._losses.add("changes")

    def _tell_rest(self) -> None:
        """Tell what belongs to the document and is no part of the story."""
        for relation in self._part.relations.values():
            if relation.is_external:
                continue
            if relation.kind in ("header", "footer"):
                tree = self._package.read_xml(relation.target)
                texts = [] if tree is None else shorten(tree).iter("w:t")
                words = " ".join("".join(each.text or "" for each in texts).split())
                if any(char.isalpha() for char in words):
                    self._losses.add(relation.kind, words)
            elif relation.kind == "comments":
                tree = self._package.read_xml(relation.target)
                found = [] if tree is None else shorten(tree).findall("w:comment")
                if found:
                    self._losses.add("comments", count=len(found))
        if any(name.endswith("vbaproject.bin") for name in self._package.names()):
            self._losses.add("macro")


def _in_box(block: Block) -> Block:
    if isinstance(block, Paragraph) and not block.kind and block.has_words:
        return replace(block, kind="box")
    return block


def _has_border(properties: ET.Element | None) -> bool:
    borders = None if properties is None else properties.find("w:pBdr")
    return borders is not None and borders.find("w:bottom") is not None


def _in_paragraph(element: ET.Element) -> ET.Element:
    paragraph = ET.Element("w:p")
    paragraph.append(element)
    return paragraph
