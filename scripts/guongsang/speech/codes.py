"""What is no word and no amount: addresses, telephones, papers, plates, roads, Roman numbers."""

from __future__ import annotations

import re
from typing import Final

from guongsang.speech.abbreviations import find_reading
from guongsang.speech.numbers import spell_digits
from guongsang.speech.rule import DASH, Rule, Said, Voice, after, before
from guongsang.speech.tables import any_of, table, words_of

_CODES: Final = table("codes")
_UNITS: Final = table("units")
_PAPERS: Final = table("papers")
_ISSUERS: Final = table("issuers")
_YEAR: Final = r"[12]\d{3}"

_ROMAN: Final = r"(?=[IVXLCDM])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_ROMAN_BEFORE: Final = re.compile(
    rf"\b(?:{words_of('roman-before')})\s*\(?(?:[IVXL]+\s*(?:,|và|hoặc|đến|{DASH})\s*)*$", re.I
)
# "nhóm V" may be a letter.
_GROUP_BEFORE: Final = re.compile(rf"\b(?:{words_of('roman-perhaps')})\s$", re.I)
# "IV, V và VI"
_BEHIND_ROMAN: Final = re.compile(r"\b[IVX]{2,}(?:, | và )$")
_BEFORE_ROMAN: Final = re.compile(r"(?:, | và )[IVX]{2,}\b")
_VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_ROAD: Final = re.compile(r"\b(?:quốc lộ|tỉnh lộ|đường tỉnh|đường|cao tốc)\s*$", re.I)
_OF_AFTER: Final = re.compile(r"^[^.;:\n]{0,45}?\bcủa\b")


def _read_address(match: re.Match[str], _: Voice) -> Said:
    """Say where it leads; nobody writes down what comes behind the host."""
    bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", match[0]).partition("/")[0]
    return Said(bare.replace("@", " a còng ").replace(".", " chấm "), "address")


def _read_phone(match: re.Match[str], voice: Voice) -> str | None:
    typed = match[0]
    digits = re.sub(r"\D", "", typed)
    if not 8 <= len(digits) <= 12:
        return None
    groups = re.findall(r"\d+", typed)
    said = voice.digits(" ".join(groups) if len(groups) > 1 else digits)
    return f"cộng {said}" if typed.startswith("+") else said


def _read_paper(match: re.Match[str], voice: Voice) -> Said | str | None:
    """Read "15/2026/NĐ-CP", "36-HD/VPTW": number, year, kind and issuer, each if it is not said."""
    kind, _, issuer = match["code"].replace("/", "-").partition("-")
    year = match["year"]
    congress = re.fullmatch(r"(QH|UBTVQH)(\d{1,2})", kind)
    if congress:
        kind, issuer = "L", match["code"]
    if kind not in _PAPERS:
        return None
    said = voice.name(match["number"])
    said += f" năm {voice.whole(year)}" if year else ""
    lead = before(match)
    named = _PAPERS[kind]
    is_named = named in lead.lower() or kind in lead
    said = said if is_named or congress else f"{said}, {named}"
    if not issuer or _OF_AFTER.match(after(match)):
        return said
    who, is_sure = _name_issuer(issuer, voice)
    return Said(f"{said} của {who}", "" if is_sure else "code")


def _name_issuer(issuer: str, voice: Voice) -> tuple[str, bool]:
    numbered = re.fullmatch(r"(QH|UBTVQH)(\d{1,2})", issuer)
    if numbered:
        return f"{_ISSUERS[numbered[1]]} khóa {voice.whole(numbered[2])}", True
    names = [_ISSUERS.get(each) or find_reading(each, voice.own) for each in issuer.split("-")]
    return ", ".join(
        name or each for name, each in zip(names, issuer.split("-"), strict=True)
    ), all(names)


def _read_plate(match: re.Match[str], voice: Voice) -> str:
    letters = " ".join(voice.whole(each) if each.isdigit() else each for each in match["letters"])
    said = voice.digits(match["rest"].replace(".", " "))
    return f"{voice.whole(match['area'])} {letters}, {said}"


def _read_post(match: re.Match[str], voice: Voice) -> str:
    """ "Km12+500": a place on a road."""
    return f"ki-lô-mét {voice.amount(match['number'])} cộng {voice.whole(match['rest'])}"


def _read_code(match: re.Match[str], voice: Voice) -> Said | str | None:
    """ "QL12", "QL.4D", "Q.1", "P5"."""
    code, number, letter = match["code"], match["number"], match["letter"]
    if (code in ("P", "Q", "Đ") and letter) or match[0] in _UNITS:
        return None
    if code == "ĐT" and len(number) > 4:
        return None
    if code == "SN" and len(number) == 4:
        return f"sinh năm {voice.whole(number)}"
    said = f"{_CODES[code]} {voice.amount(number)}"
    said += f"{' ' if voice.words else ''}{letter}" if letter else ""
    return Said(said, "code") if code in ("CT", "Đ", "TK", "SN", "t") else said


def _read_mixed(match: re.Match[str], voice: Voice) -> Said | str | None:
    """ "Covid-19", "A1", "B52", "U23": letters, then a number."""
    if match[0] in _UNITS:  # "người/km2"
        return None
    letters, number = match["letters"], match["number"]
    is_known = match["dash"] or len(letters) == 1 or letters.islower()
    tail = match["tail"]
    gap = " " if match["dash"] or voice.words or len(letters) > 1 else ""
    told = _say_short(number, voice) if len(number) <= 3 else voice.digits(number)
    said = f"{letters}{gap}{told}{tail}"
    return said if is_known else Said(said, "code")


def _say_short(number: str, voice: Voice) -> str:
    """Read the number of a code: "C00" has two zeros."""
    if not voice.words:
        return number
    return spell_digits(number) if number.startswith("0") else voice.whole(number)


def _read_roman(match: re.Match[str], voice: Voice) -> Said | str | None:
    typed, lead, rest = match["roman"], before(match), after(match)
    number = str(_value(typed))
    is_told = bool(_ROMAN_BEFORE.search(lead))
    is_doubtful = len(typed) == 1 and _GROUP_BEFORE.search(lead)
    if match["year"]:
        return f"{voice.whole(number)} năm {voice.whole(match['year'])}"
    if re.search(r"\b(?:lần |kỳ họp )?thứ\s*$", lead, re.I):
        return "nhất" if number == "1" else voice.ordinal(number)
    if is_told or is_doubtful:
        return Said(voice.whole(number), "roman" if is_doubtful else "")
    if not lead.strip() and re.match(r"[.)]\s", rest):
        return voice.whole(number)
    is_beside = _BEHIND_ROMAN.search(lead) or _BEFORE_ROMAN.match(rest)
    if set(typed) & set("CDML") or (len(typed) == 1 and not is_beside):
        return None
    return Said(voice.whole(number), "roman")


def _value(roman: str) -> int:
    values = [_VALUES[each] for each in roman]
    following = [*values[1:], 0]
    return sum(
        -value if value < next_ else value for value, next_ in zip(values, following, strict=True)
    )


def _read_roman_range(match: re.Match[str], _: Voice) -> str | None:
    return " đến " if _ROMAN_BEFORE.search(before(match)) or len(before(match)) > 1 else None


RULES: Final = tuple(
    Rule(re.compile(pattern), read)
    for pattern, read in (
        (
            r"(?<![\w@])(?:https?://[^\s<>()]*[\w/]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|"
            r"(?:[A-Za-z0-9-]+\.)+(?:vn|com|net|org|info|edu|gov)(?:/[\w./-]*\w)?)(?![\w@])",
            _read_address,
        ),
        (
            rf"(?<![\w/])(?P<number>\d{{1,6}})(?:/(?P<year>{_YEAR}))?[/-](?P<code>[A-ZĐ][A-Za-zĐđƯ]*\d{{0,2}}"
            r"(?:[-/][A-ZĐƯ][\wĐđ&]*)*)(?!\w)",
            _read_paper,
        ),
        (
            r"(?<![\w.,/+-])(?:\+\d{2}|\(0\d{1,3}\)|0\d|1[89]00)(?:[\s.-]?\d){4,10}(?![\w]|[.,/-]\d)",
            _read_phone,
        ),
        (
            r"(?<!\w)(?P<area>\d{2})(?P<letters>[A-ZĐ]\d?|[A-ZĐ]{2})[\s-]{1,3}(?P<rest>\d{3}\.?\d{1,2})(?!\w)",
            _read_plate,
        ),
        (r"(?<!\w)[Kk][Mm]\s?(?P<number>\d+)\s?\+\s?(?P<rest>\d+)(?!\w)", _read_post),
        (
            rf"(?<![\w.])(?P<code>{any_of(_CODES)})[.\s]?\s?(?P<number>\d{{1,4}})(?P<letter>[A-ZĐ]?)(?![\w])(?![.,/]\d)",
            _read_code,
        ),
        (rf"(?<=[IVXL])\s?{DASH}\s?(?={_ROMAN}(?!\w))", _read_roman_range),
        (rf"(?<![\w.])(?P<roman>{_ROMAN})(?:/(?P<year>{_YEAR}))?(?![\w])", _read_roman),
        (
            r"(?<![\w.-])(?P<letters>[^\W\d_]+)(?P<dash>-?)(?P<number>\d+)(?P<tail>[A-ZĐ]?)(?![\w]|[.,]\d)",
            _read_mixed,
        ),
    )
)
