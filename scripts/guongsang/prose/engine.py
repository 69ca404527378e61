"""Python-Markdown as this site uses it: marked links, safe footnotes, and a limit to its work."""

from __future__ import annotations

import re
from typing import Any, Final
from xml.etree.ElementTree import Element

import markdown
from markdown import inlinepatterns as inline
from markdown.extensions.footnotes import FootnoteExtension, FootnoteInlineProcessor
from markdown.extensions.tables import TableExtension
from markdown.preprocessors import HtmlBlockPreprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from guongsang.prose.allowed import USE_ATTRIBUTE
from guongsang.prose.marks import mark_index, strip_marks

# Steps of the slow scanners for one body. A long story takes some thousands; this many, a second.
MOST_STEPS: Final = 4_000_000
MOST_FOOTNOTES: Final = 200
MOST_REFERENCES: Final = 2_000

# Every inline pattern needs one of these.
_INLINE: Final = re.compile(r"[\\`*_\[<&\x02]|  \n")
# The library's own pattern reads to the end of the text at every "[^".
_FOOTNOTE: Final = r"\[\^([^\[\]]*)\]"
_BRACKET: Final = re.compile(r"[\[\]]")


class TangledError(Exception):
    """The body would take too long: brackets or quotes without end."""


class Budget:
    """Counts the work on one body, and finds the brackets that belong together."""

    def __init__(self) -> None:
        self.left = MOST_STEPS
        self._data: str | None = None
        self._closing: dict[int, int] = {}

    def reset(self) -> None:
        self.left = MOST_STEPS
        self._data = None

    def spend(self, steps: int) -> None:
        """Raise TangledError when the body has had all its steps."""
        self.left -= steps
        if self.left < 0:
            raise TangledError

    def closing(self, data: str, opened: int) -> int | None:
        """Return where the bracket at `opened` closes in `data`."""
        if data is not self._data:
            stack: list[int] = []
            self._data, self._closing = data, {}
            count = 0
            for count, bracket in enumerate(_BRACKET.finditer(data), 1):  # noqa: B007
                if bracket[0] == "[":
                    stack.append(bracket.start())
                elif stack:
                    self._closing[stack.pop()] = bracket.start()
            self.spend(count)
        return self._closing.get(opened)


class _Marked(inline.LinkInlineProcessor):
    """A link or picture whose mark becomes an attribute; it reads brackets in linear time."""

    def __init__(self, pattern: str, md: markdown.Markdown, budget: Budget) -> None:
        super().__init__(pattern, md)
        self._budget = budget
        self._mark: int | None = None

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:  # noqa: N802
        closed = self._budget.closing(data, index - 1)
        if closed is None:
            return "", len(data), False
        text = data[index:closed]
        self._mark = mark_index(data[closed + 1 : closed + 2])
        if self._mark is not None:
            return text, closed + 2, True
        self._mark = mark_index(text[:1])
        return text, closed + 1, True

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # noqa: N802
        href, title, end, handled = super().getLink(data, index)
        self._budget.spend(end - index)
        return href, title, end, handled

    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # type: ignore[override]  # noqa: N802
        node, start, end = super().handleMatch(m, data)
        if isinstance(node, Element):
            number = "" if self._mark is None else self._mark
            node.set(USE_ATTRIBUTE, f"{number} {node.get('href') or node.get('src') or ''}")
        return node, start, end


class _MarkedReference(_Marked):
    """A link or picture whose address stands elsewhere."""

    def evalId(self, data: str, index: int, text: str) -> Any:  # noqa: N802
        label, end, handled = super().evalId(data, index, text)  # type: ignore[misc]
        return strip_marks(label) if handled else label, end, handled


class _Link(_Marked, inline.LinkInlineProcessor):
    pass


class _Image(_Marked, inline.ImageInlineProcessor):
    pass


class _Reference(_MarkedReference, inline.ReferenceInlineProcessor):
    pass


class _ImageReference(_MarkedReference, inline.ImageReferenceInlineProcessor):
    pass


class _ShortReference(_MarkedReference, inline.ShortReferenceInlineProcessor):
    pass


class _ShortImageReference(_MarkedReference, inline.ShortImageReferenceInlineProcessor):
    pass


class _Autolink(inline.InlineProcessor):
    """`<https://…>` and `<name@example.vn>`, with their mark."""

    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # type: ignore[override]  # noqa: N802, ARG002
        written = self.unescape(m[1])
        index = mark_index(written[-1:])
        text = strip_marks(written)
        is_url = "://" in text or text.startswith("mailto:")
        href = text if is_url else f"mailto:{text}"
        link = Element(
            "a", {"href": href, USE_ATTRIBUTE: f"{'' if index is None else index} {href}"}
        )
        link.text = AtomicString(text)
        return link, m.start(0), m.end(0)


class _Backtick(inline.BacktickInlineProcessor):
    """Code spans; a run of backticks without its partner reads to the end of the text."""

    def __init__(self, pattern: str, budget: Budget) -> None:
        super().__init__(pattern)
        self._budget = budget

    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # type: ignore[override]  # noqa: N802
        node, start, end = super().handleMatch(m, data)
        self._budget.spend((len(data) if end is None or node is None else end) - m.start(0))
        return node, start, end


class _HtmlBlocks(HtmlBlockPreprocessor):
    """Without a "<" the parser of raw blocks would return the text as it is."""

    def run(self, lines: list[str]) -> list[str]:
        return super().run(lines) if any("<" in line for line in lines) else lines


class _PlainText(Treeprocessor):
    """Text without inline markup need not be tried against a dozen patterns."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.text and not _INLINE.search(element.text):
                element.text = AtomicString(element.text)


class _Footnotes(FootnoteExtension):
    """Footnotes with numbers for ids: labels may hold anything."""

    def reset(self) -> None:
        super().reset()
        self._numbers: dict[str, int] = {}

    def setFootnote(self, id: str, text: str) -> None:  # noqa: N802
        super().setFootnote(id, text)
        self._numbers.setdefault(id, len(self._numbers) + 1)
        if len(self._numbers) > MOST_FOOTNOTES:
            raise TangledError

    def makeFootnoteId(self, id: str) -> str:  # noqa: N802
        return f"fn:{self._numbers[id]}"

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:  # noqa: N802
        reference = f"fnref:{self._numbers[id]}"
        if not found:
            return reference
        count = self.found_refs[reference] = self.found_refs.get(reference, 0) + 1
        if count > MOST_REFERENCES:
            raise TangledError
        return reference if count == 1 else f"fnref{count}:{self._numbers[id]}"

    def findFootnotesPlaceholder(self, root: Element) -> None:  # noqa: N802
        """Footnotes always stand at the end."""


class Engine:
    """One reusable converter; not to be shared between threads, nor used after an exception."""

    def __init__(self) -> None:
        self._budget = Budget()
        footnotes = _Footnotes(BACKLINK_TITLE="Trở lại chỗ có chú thích {}")
        tables = TableExtension(use_align_attribute=True)
        md = self._md = markdown.Markdown(extensions=["attr_list", tables, footnotes])
        patterns = md.inlinePatterns
        for name, kind, pattern, priority in (
            ("reference", _Reference, inline.REFERENCE_RE, 170),
            ("link", _Link, inline.LINK_RE, 160),
            ("image_link", _Image, inline.IMAGE_LINK_RE, 150),
            ("image_reference", _ImageReference, inline.IMAGE_REFERENCE_RE, 140),
            ("short_reference", _ShortReference, inline.REFERENCE_RE, 130),
            ("short_image_ref", _ShortImageReference, inline.IMAGE_REFERENCE_RE, 125),
        ):
            patterns.register(kind(pattern, md, self._budget), name, priority)
        patterns.register(FootnoteInlineProcessor(_FOOTNOTE, footnotes), "footnote", 175)
        patterns.register(_Backtick(inline.BACKTICK_RE, self._budget), "backtick", 190)
        patterns.register(_Autolink(inline.AUTOLINK_RE, md), "autolink", 120)
        patterns.register(_Autolink(inline.AUTOMAIL_RE, md), "automail", 110)
        md.treeprocessors.register(_PlainText(md), "plain_text", 21)
        md.preprocessors.register(_HtmlBlocks(md), "html_block", 20)

    def convert(self, marked: str) -> str:
        """Return the unsafe HTML of `marked`, with the numbers of the marks as attributes."""
        self._budget.reset()
        self._md.reset()
        return strip_marks(self._md.convert(marked))
