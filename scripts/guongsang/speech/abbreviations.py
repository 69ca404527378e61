"""Abbreviations: those of the program, of the newsroom, and those that a text explains itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from guongsang.speech.rule import UPPER, Rule, Said, Voice, after, before
from guongsang.speech.tables import any_of, read_table
from guongsang.text.fold import fold
from guongsang.text.syllable import is_syllable

_FILE: Final = "abbreviations.toml"
_JOINS: Final = re.compile(r"[\s.&/–-]+")
_EXPLAINED: Final = re.compile(
    r"\s\((?:viết tắt là |gọi tắt là |gọi tắt: )?(?P<short>[A-ZĐƯÔ][\wĐ&-]{1,11})\)"
)
_JOINED: Final = {"&": " và ", "/": ", ", "-": " - ", "–": " - "}
_WORDS: Final = re.compile(r"[^\W\d_]+")
_NAME_AFTER: Final = re.compile(rf"^\.?\s?[{UPPER}][^\W\dA-Z_]")
_LARGE_BEHIND: Final = re.compile(rf"[{UPPER}]{{2,}}\s$")
_LARGE_BEFORE: Final = re.compile(rf"\s[{UPPER}]+\b")
_ORGAN_AFTER: Final = re.compile(r"^\s(?:Đảng|Tỉnh|Thành|Huyện|Đoàn|Hội|Liên|Công đoàn|Quốc)\b")


def find_reading(typed: str, own: Mapping[str, str]) -> str | None:
    """Return the one reading of an abbreviation, with whatever signs between its letters."""
    if typed in own:
        return own[typed]
    bare = _JOINS.sub("", typed)
    if bare in own:
        return own[bare]
    for part in ("titles", "places", "words"):
        found = _table()[part].get(typed) or _table()[part].get(bare)
        if isinstance(found, str):
            return found
    return None


def learn_abbreviations(text: str) -> dict[str, str]:
    """Return the abbreviations that a text explains: “hội người cao tuổi (HNCT)”."""
    return {match["short"]: full for match, full in _find_explained(text)}


def _find_explained(text: str) -> Iterator[tuple[re.Match[str], str]]:
    for match in _EXPLAINED.finditer(text):
        full = _read_back(text[: match.start()], match["short"])
        if full:
            yield match, full


def _read_back(lead: str, short: str) -> str:
    """Return the words at the end of `lead` whose first letters make `short`; "" if they do not."""
    letters = [each for each in short if each.isalpha()]
    words = list(_WORDS.finditer(lead[-160:]))[-len(letters) :]
    initials = [fold(word[0][0]).upper() for word in words]
    if initials != [fold(each).upper() for each in letters]:
        return ""
    return lead[-160:][words[0].start() :]


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    return read_table(_FILE)


def _read_explained(match: re.Match[str], voice: Voice) -> str | None:
    """Leave out what stands in brackets behind its own words."""
    lead, short = match.string[: match.start()], match["short"]
    known = find_reading(short, voice.own)
    told = bool(known) and lead.lower().endswith(str(known).lower())
    return "" if told or _read_back(lead, short) else None


def _read_titles(match: re.Match[str], _: Voice) -> str | None:
    """ "GS.TS", "PGS, TS.", "ThS.BS": titles before a name."""
    titles = _table()["titles"]
    typed = re.findall(any_of(titles), match[0])
    if len(typed) == 1 and typed[0] in _table()["several"]:
        return None  # thí sinh, dân số
    said = ", ".join(titles[each] for each in typed).replace(", chuyên khoa", " chuyên khoa")
    return said + (" " if match[0].endswith(".") else "")


def _read_place(match: re.Match[str], _: Voice) -> Said:
    """ "TP. Lai Châu", "P.Tân Phong": what kind of place follows; "H. Mẫu" may be a name."""
    kind, table = match["kind"], _table()
    said = {**table["places"], **table["pointed"], **table["perhaps"]}[kind]
    return Said(f"{said} ", "several" if kind in table["perhaps"] else "")


def _read_several(match: re.Match[str], _: Voice) -> Said | None:
    """Choose among the readings of one abbreviation by what stands beside it."""
    readings = _table()["several"][match["short"]]
    lead, rest = before(match), after(match)
    for kind, is_told in (
        ("number", re.match(r"\.?\s?(?:số\s)?\d", rest)),
        ("phone", re.match(r"\.?\s?:|\s?(?:\+84|0\d{3})", rest)),
        ("counted", re.search(r"\d\s$", lead)),
        ("organ", _ORGAN_AFTER.match(rest)),
        ("name", _NAME_AFTER.match(rest)),
    ):
        if is_told and kind in readings:
            return Said(readings[kind])
    return Said(next(iter(readings.values())), "several")


def _read_joined(match: re.Match[str], voice: Voice) -> Said | str | None:
    """ "GD&ĐT", "VH-TT&DL", "HĐND-UBND": whole, or part by part."""
    whole = find_reading(match[0], voice.own)
    if whole:
        return whole
    parts = re.split(r"\s?([-–&/.])\s?", match[0])
    names = [find_reading(each, voice.own) for each in parts[::2]]
    if not all(names):
        return None
    if "." in parts[1::2]:  # the end of a sentence
        return None
    joins = [_JOINED[sign] for sign in parts[1::2]] + [""]
    return "".join(f"{name}{join}" for name, join in zip(names, joins, strict=True))


def _read_word(match: re.Match[str], voice: Voice) -> str:
    found = find_reading(match[0], voice.own)
    assert found is not None
    return found


def _read_unknown(match: re.Match[str], _: Voice) -> Said | None:
    """Tell what no table knows; a word in capitals among others like it is only written large."""
    if match[0] in _table()["spoken"]["words"] or _has_marks(match[0]):
        return None
    beside = _LARGE_BEHIND.search(before(match)) or _LARGE_BEFORE.match(after(match))
    if beside and is_syllable(match[0]):
        return None
    return Said(match[0], "abbreviation")


def _has_marks(word: str) -> bool:
    """Say whether a word has a tone: then it is no abbreviation."""
    return any(each not in "ĐƯÔÊÂĂƠ" and ord(each) > 127 for each in word)


def _make_rules() -> Iterator[tuple[str, Any]]:
    known = _table()
    title = f"(?:{any_of(known['titles'])})"
    yield (
        rf"(?<![\w.]){title}(?:\s?(?:\.,|[.,/–-])\s?{title}(?!\w))*(?!\w)(?:\.(?=\s?[{UPPER}]))?",
        _read_titles,
    )
    part = r"[A-ZĐƯÔ][A-ZĐƯÔa-z]{0,9}"
    yield rf"(?<![\w.-]){part}(?:\s?[-–&/.]\s?{part})+(?![\w])", _read_joined
    free, pointed = any_of(known["places"]), any_of([*known["pointed"], *known["perhaps"]])
    kind = rf"(?P<kind>(?:{free})(?=[.\s])|(?:{pointed})(?=\.))"
    yield rf"(?<![\w.]){kind}(?:\.\s?|\s)(?=[{UPPER}\d])", _read_place
    yield rf"(?<![\w.])(?P<short>{any_of(known['several'])})(?!\w)", _read_several
    yield rf"(?<![\w.])(?:{any_of([*known['words'], *known['places']])})(?!\w)", _read_word
    yield r"(?<![\w.])[A-ZĐƯÔ]{2,}[a-z]?[A-ZĐƯÔ]*(?!\w)", _read_unknown


def make_own_rule(own: Mapping[str, str]) -> Rule:
    """Return the rule of the readings that a newsroom or the text itself gives."""

    def read(match: re.Match[str], _: Voice) -> str:
        return own[match[0]]

    return Rule(re.compile(rf"(?<![\w.])(?:{any_of(own)})(?!\w)"), read)


EXPLAINED: Final = Rule(_EXPLAINED, _read_explained)
RULES: Final = tuple(Rule(re.compile(pattern), read) for pattern, read in _make_rules())
