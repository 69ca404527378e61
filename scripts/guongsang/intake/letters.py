"""Old letters become Unicode: what was typed in fonts of the 1990s, TCVN3 (ABC) or VNI.

Each stretch of a paragraph is read in three ways, and the one with the most good syllables wins.
The name of its font is a hint only, for it lies: programs give old fonts to new text, and the other
way round. Good Unicode reads well as it is, and stays.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Final

from guongsang.intake.manuscript import (
    Block,
    Cell,
    Inline,
    Loss,
    Manuscript,
    Paragraph,
    Run,
    Table,
    join_runs,
    walk,
    with_text,
)
from guongsang.text.fold import nfc
from guongsang.text.legacy import FRENCH, decode_pieces, reads_well
from guongsang.text.syllable import is_syllable

AS_IS: Final = ""
ENCODINGS: Final = ("TCVN3", "VNI")
# What stands in a text where its letters could not be told for sure.
UNSURE: Final = "[xem lại chữ]"

_TCVN3_FONT: Final = re.compile(r"\.?vn(?!i)[a-z0-9 -]*", re.IGNORECASE)
_CAPITALS_FONT: Final = re.compile(r"\.vn[a-z0-9 -]*h", re.IGNORECASE)
_VNI_FONT: Final = re.compile(r"(?:vni|vn-)[a-z0-9 -]*", re.IGNORECASE)
# Fonts with signs of their own bring their bytes as letters for private use.
_PRIVATE: Final = re.compile("[\uf021-\uf0ff]")
_WORD: Final = re.compile("[A-Za-z¡-ɏƠ-ưḀ-ỿ\u00ad]+")
# Letters that only Unicode has.
_MODERN: Final = re.compile("[ăĂđĐĩĨũŨơƠưƯ\u1ea0-\u1ef9]")
# One such word is enough: signs between letters, a capital behind a small letter; two vowels with
# marks that no other language sets side by side.
_STRONG: Final = {
    "TCVN3": re.compile("[A-Za-z][µ¸¶·¹¨»¾¼½©ª«¬®¡-§×÷Þß]+[a-z]|[a-z][À-ÖØ-Þ]"),
    "VNI": re.compile("[öô][øùûõïô]|ñ[öôaeiouy]|[aeouy][øûõï](?![a-z])", re.IGNORECASE),
}
_SIGN_WITHIN: Final = re.compile("[a-z][µ¸¶·¹¨»¾¼½©ª«¬®¡-§]+[a-z]", re.IGNORECASE)
# "ơ" before these has lost an "ư": "ngời", "đợc". Word kept that as a soft hyphen, which programs
# throw away.
_LOST_HORN: Final = re.compile("(?<!\u01b0)[\u01a1\u1edb\u1edd\u1edf\u1ee1\u1ee3](?:c|ng)", re.I)
# Behind a word these may be what they look like: notes, trademarks, quotes.
_TRAILING: Final = "¹ª®©·¶»«¨§"
_LEADING: Final = "«»§©®·"
_FEWEST_GOOD: Final = 0.6
_SURE: Final = 0.85


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of a paragraph's text, of one kind of font. `words` are those that could be old."""

    start: int
    end: int
    hint: str
    words: tuple[str, ...]
    beside_new: bool = False  # letters that only Unicode has stand in the same font beside it


@dataclass(frozen=True, slots=True)
class _Verdict:
    encoding: str
    good: int
    total: int
    is_open: bool = False  # as it is and decoded it reads equally well


def mend_letters(manuscript: Manuscript) -> Manuscript:
    """Return a manuscript whose letters are Unicode, with what could not be told for sure.

    The second time it changes nothing.
    """
    paragraphs = [*walk(manuscript.blocks)]
    for note in manuscript.notes.values():
        paragraphs += walk(note)
    context = _Context(paragraphs)
    mend = context.mend
    blocks = tuple(_map_paragraphs(manuscript.blocks, mend))
    notes = {key: tuple(_map_paragraphs(note, mend)) for key, note in manuscript.notes.items()}
    return Manuscript(blocks, notes, (*manuscript.losses, *context.losses()))


def mend_text(text: str, font: str = "") -> str:
    """Return one text in Unicode letters."""
    paragraph = Paragraph((Run(text, font),))
    return _Context([paragraph]).mend(paragraph).text


def _map_paragraphs(
    blocks: Iterable[Block], change: Callable[[Paragraph], Paragraph]
) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield change(block)
        else:
            rows = (
                tuple(Cell(tuple(_map_paragraphs(c.blocks, change)), c.across) for c in row)
                for row in block.rows
            )
            yield Table(tuple(rows))


class _Context:
    """What a whole manuscript tells of its letters: it decides where a paragraph alone does not."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self._votes: Counter[tuple[str, str]] = Counter()
        self._decoded: Counter[str] = Counter()
        self._unsure: list[str] = []
        self._stretches: dict[int, list[_Stretch]] = {}
        # Whether anything at all may be old: in most manuscripts nothing is.
        self._is_doubted = False
        for paragraph in paragraphs:
            text, hints = _text_of(paragraph)
            self._stretches[id(paragraph)] = [*_find_stretches(text, hints)]
            is_high = any(map(_CAPITALS_FONT.fullmatch, set(hints)))
            self._is_doubted = self._is_doubted or is_high or "\u00ad" in text
            for stretch in self._stretches[id(paragraph)]:
                verdict = _decide(stretch)
                is_clean = not verdict.encoding and verdict.good == verdict.total
                is_clean = is_clean and not _family(stretch.hint)
                self._is_doubted = self._is_doubted or not is_clean
                if not verdict.is_open and verdict.total:
                    self._votes[stretch.hint, verdict.encoding] += verdict.total

    def losses(self) -> Iterator[Loss]:
        for encoding, count in self._decoded.items():
            yield Loss("letters", encoding, count)
        for words in self._unsure:
            yield Loss("letters-unsure", words)

    def mend(self, paragraph: Paragraph) -> Paragraph:
        if not self._is_doubted:
            return paragraph
        text, hints = _text_of(paragraph)
        if text.isascii() and not any(map(_CAPITALS_FONT.fullmatch, set(hints))):
            return paragraph
        stretches = self._stretches[id(paragraph)]
        new = list(text)
        decoded: set[str] = set()
        bad: list[str] = []
        for stretch in stretches:
            encoding = self._choose(stretch)
            if encoding:
                decoded.add(encoding)
                _decode_into(new, text, stretch, encoding)
            bad += _find_bad(stretch, encoding)
        for encoding in decoded:
            self._decoded[encoding] += 1
        inlines = _distribute(paragraph, new, decoded, self._is_old)
        inlines = tuple(map(_drop_soft_hyphens, inlines)) if "\u00ad" in text else inlines
        telling = sum(len(each.words) for each in stretches)
        if bad:
            self._unsure.append(" ".join(bad))
        if len(bad) > (1 - _SURE) * max(telling, 1):
            inlines = (Run(f"{UNSURE} "), *inlines)
        return replace(paragraph, inlines=join_runs(inlines))

    def _is_old(self, hint: str) -> bool:
        """Return whether texts in a font of capitals are old ones in this manuscript."""
        votes = self._votes
        return votes[hint, "TCVN3"] >= votes[hint, AS_IS] and bool(
            votes[hint, "TCVN3"] or sum(n for (_, e), n in votes.items() if e == "TCVN3")
        )

    def _choose(self, stretch: _Stretch) -> str:
        verdict = _decide(stretch)
        if not verdict.is_open:
            return verdict.encoding
        votes = {each: self._votes[stretch.hint, each] for each in (AS_IS, *ENCODINGS)}
        family = _family(stretch.hint)
        if family and votes[family] > votes[AS_IS] and not stretch.beside_new:
            return family
        return AS_IS


def _text_of(paragraph: Paragraph) -> tuple[str, list[str]]:
    """Return a paragraph's text, and the font of each of its letters."""
    text, hints = "", []
    for each in paragraph.inlines:
        if isinstance(each, Run):
            piece = each.text
            if _family(each.font.strip()) and _PRIVATE.search(piece):
                piece = _PRIVATE.sub(lambda char: chr(ord(char[0]) - 0xF000), piece)
            text += piece
            hints += [each.font.strip()] * len(piece)
    return text, hints


@lru_cache(maxsize=500)
def _family(font: str) -> str:
    if _VNI_FONT.fullmatch(font):
        return "VNI"
    return "TCVN3" if _TCVN3_FONT.fullmatch(font) else ""


def _find_stretches(text: str, hints: Sequence[str]) -> Iterator[_Stretch]:
    """Yield runs of words that one decision is for; words with new letters end them."""
    if not text or text.isascii():
        return
    new = {hints[found.start()] for found in _MODERN.finditer(text)}
    start, words = 0, list[str]()
    for word in _WORD.finditer(text):
        is_modern = bool(_MODERN.search(word[0]))
        changes = _family(hints[word.start()]) != _family(hints[start]) and words
        if (is_modern or changes) and words:
            yield _Stretch(start, word.start(), hints[start], tuple(words), hints[start] in new)
            words = []
        if is_modern or changes or not words:
            start = word.end() if is_modern else (word.start() if not words else start)
        if not is_modern and not word[0].isascii():
            words.append(word[0])
    if words:
        hint = hints[min(start, len(hints) - 1)]
        yield _Stretch(start, len(text), hint, tuple(words), hint in new)


def _decide(stretch: _Stretch) -> _Verdict:
    words = stretch.words
    as_is = sum(map(_is_good_as_is, words))
    best = _Verdict(AS_IS, as_is, len(words))
    if as_is == len(words) and not _family(stretch.hint):
        return best  # most texts are of this kind
    for encoding in ENCODINGS:
        good = sum(map(partial(_is_good, encoding=encoding), words))
        if good == as_is == len(words) and _changes(words, encoding):
            best = replace(best, is_open=True)
        hinted = encoding == _family(stretch.hint)
        telling = {w for w in words if not _is_good_as_is(w) and _is_good(w, encoding)}
        is_strong = any(map(_STRONG[encoding].search, telling))
        is_enough = hinted or is_strong or len({word.lower() for word in telling}) > 1
        is_better = good > as_is and (good, hinted) > (best.good, False)
        if is_better and is_enough and good / len(words) >= _FEWEST_GOOD:
            best = _Verdict(encoding, good, len(words))
    return best


def _core(word: str) -> str:
    return word.strip(_LEADING).rstrip(_TRAILING)


@lru_cache(maxsize=20_000)
def _is_good_as_is(word: str) -> bool:
    core = _core(word)
    return reads_well(nfc(core)) or core.isascii() or core.lower() in FRENCH


def _decode(word: str, encoding: str) -> str:
    return nfc("".join(piece for piece, _ in decode_pieces(word, encoding)))


@lru_cache(maxsize=20_000)
def _is_good(word: str, encoding: str) -> bool:
    meant = _decode(word, encoding)
    return is_syllable(meant) or is_syllable(_decode(_core(word), encoding))


def _changes(words: Iterable[str], encoding: str) -> bool:
    return any(_decode(word, encoding) != word for word in words)


def _find_bad(stretch: _Stretch, encoding: str) -> list[str]:
    """Return the words that read badly whatever they are; foreign ones do as they are."""
    if not encoding:
        return [word for word in stretch.words if _SIGN_WITHIN.search(word)]
    return [word for word in stretch.words if _is_bad(word, encoding)]


def _is_bad(word: str, encoding: str) -> bool:
    return not _is_good(word, encoding) or bool(_LOST_HORN.search(_decode(word, encoding)))


def _decode_into(new: list[str], text: str, stretch: _Stretch, encoding: str) -> None:
    """Put decoded letters into their places; of two that became one, the second place is empty."""
    part = text[stretch.start : stretch.end]
    new[stretch.start : stretch.end] = [""] * len(part)
    for piece, at in decode_pieces(part, encoding):
        new[stretch.start + at] = piece
    high, low = (len(re.findall(each, part)) for each in ("[A-Z]", "[a-z]"))
    for word in re.finditer(r"\S+", part):
        letters = re.sub("[^A-Za-z]", "", word[0])
        # Small letters with marks among capitals: VN3 has no others.
        if (len(letters) > 1 and letters.isupper()) or high > 3 * low:
            for at in range(stretch.start + word.start(), stretch.start + word.end()):
                new[at] = new[at].upper()


def _distribute(
    paragraph: Paragraph,
    new: Sequence[str],
    decoded: set[str],
    is_old: Callable[[str], bool],
) -> tuple[Inline, ...]:
    inlines: list[Inline] = []
    at = 0
    for each in paragraph.inlines:
        if not isinstance(each, Run):
            inlines.append(each)
            continue
        text = "".join(new[at : at + len(each.text)])
        at += len(each.text)
        is_high = _CAPITALS_FONT.fullmatch(each.font.strip()) is not None
        if is_high and ("TCVN3" in decoded or is_old(each.font.strip())):
            text = text.upper()
        inlines.append(with_text(each, nfc(text)))
    return tuple(inlines)


def _drop_soft_hyphens(each: Inline) -> Inline:
    """Take out places where a word may be broken: in our pages the browser knows them."""
    return with_text(each, each.text.replace("\u00ad", "")) if isinstance(each, Run) else each
