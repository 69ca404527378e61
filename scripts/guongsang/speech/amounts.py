"""Numbers with separators, units, money, percent, ranges, and “a thing for each other thing”."""

from __future__ import annotations

import re
from typing import Final

from guongsang.speech.rule import DASH, NUMBER, Rule, Said, Voice, after, before
from guongsang.speech.tables import any_of, read_table, table, words_of

_UNITS: Final = table("units")
_ALONE: Final = read_table("tables.toml")["alone"]
_MONEY: Final = table("money")
_EACH: Final = {"h": "giờ", "s": "giây"}
# "4x6m": the sign between is no letter.
_START: Final = r"(?:(?<!\w)(?<!\d[.,/:])|(?<=\d[x×])|(?<=m[x×]))"
_SCALE: Final = r"(?:nghìn|ngàn|triệu|tỷ|tỉ)"

_DIAL_BEFORE: Final = re.compile(rf"\b(?:{words_of('dial-before')})\W{{0,3}}$", re.I)
_ACCOUNT_BEFORE: Final = re.compile(rf"\b(?:{words_of('account-before')})\W{{0,3}}$")
_EMERGENCY: Final = frozenset(("111", "112", "113", "114", "115"))
_CALL_BEFORE: Final = re.compile(
    r"\b(?:gọi|báo|bấm|quay|tổng đài|đường dây|cảnh sát|xe)\b[^\d.;:]{0,25}$", re.I
)
_CLASS_BEFORE: Final = re.compile(r"\b(?:lớp|phòng|khối|nhà|tổ|số|khoa|xe)\s$", re.I)
_NAME_BEFORE: Final = re.compile(rf"\b(?:{words_of('name-before')})\s$", re.I)
_YEAR_BEFORE: Final = re.compile(
    r"\b(?:năm|sinh|mất|khóa|niên khóa|nhiệm kỳ|xuân|tết|hè|thu|đông|mùa|vụ)\s*$", re.I
)
_ABOUT_BEFORE: Final = re.compile(r"\b(?:hơn|gần|khoảng|trên|tổng số|chừng|đủ|những)\s*$", re.I)
_COUNTED_AFTER: Final = re.compile(rf"^\s(?:{words_of('counted')})\b", re.I)
_QUANTITY_END: Final = re.compile(
    rf"(?:\d|\d\s?(?:{any_of(_UNITS)}|[hg]|giờ)|\d\s(?:{_SCALE}|phần trăm)(?:\sđồng)?)$"
)
_LAST_NUMBER: Final = re.compile(rf"({NUMBER})\D*$")
_FIRST_NUMBER: Final = re.compile(NUMBER)


def _read_money(match: re.Match[str], voice: Voice) -> str:
    scale = f" {match['scale']}" if match["scale"] else ""
    return f"{voice.amount(match['number'])}{scale} {_MONEY[match['sign']]}"


def _read_split(match: re.Match[str], voice: Voice) -> str | None:
    """ "1m70", "2kg5", "1tr5"."""
    if match["unit"] + match["rest"] in _UNITS:
        return None
    return f"{voice.amount(match['number'])} {_UNITS[match['unit']]} {voice.whole(match['rest'])}"


def _read_measure(match: re.Match[str], voice: Voice) -> Said | str | None:
    sign = match["unit"]
    is_doubtful = sign in _ALONE["doubtful"]
    if is_doubtful and (match["gap"] or _CLASS_BEFORE.search(before(match))):
        return None  # "lớp 5K"
    said = f"{voice.amount(match['number'])} {_UNITS[sign]}"
    return Said(said, "several") if is_doubtful else said


def _read_range(match: re.Match[str], _: Voice) -> str | None:
    """Read the dash of "5-7 em", "6h30 - 9h", "2020-2025"."""
    lead, rest = before(match), after(match)
    if not _QUANTITY_END.search(lead) or re.match(rf"\d+{DASH}\d", rest):
        return None
    if re.search(rf"\d\s?{DASH}\d+$", lead) or re.match(r"0\d{2}", rest):
        return None  # three numbers, or a telephone
    left, right = _LAST_NUMBER.search(lead), _FIRST_NUMBER.match(rest)
    is_loose = " " in match[0] and re.search(r"(?<![\w/.-])[\d.,]+$", lead)
    if is_loose and left and right and _value(left[1]) >= _value(right[0]):
        return None  # a dash that makes a pause
    return " đến "


def _value(typed: str) -> float:
    return float(typed.replace(".", "").replace(",", "."))


def _read_times(_: re.Match[str], __: Voice) -> str:
    return " nhân "


def _read_each(match: re.Match[str], _: Voice) -> str | None:
    """Read the stroke of "triệu đồng/người/năm", "tạ/ha", "km/h"."""
    if not re.search(r"\d", before(match, 40)) and not _is_rate(before(match)):
        return None
    each = match["each"]
    return f" một {_EACH.get(each) or _UNITS.get(each) or each}"


def _is_rate(lead: str) -> bool:
    return bool(re.search(rf"(?:đồng|(?<!\w)(?:{any_of(_UNITS)}))$", lead))


def _read_unit(match: re.Match[str], _: Voice) -> str:
    return _UNITS[match[0]]


def _read_english(match: re.Match[str], voice: Voice) -> Said:
    """ "2,500,000" has commas for points; "10,000" may have, "12,345" may have."""
    typed = match[0]
    if typed.count(",") > 1 or typed.endswith(",000"):
        said = voice.amount(typed.replace(",", ""))
        return Said(said, "" if typed.count(",") > 1 else "number")
    return Said(voice.amount(typed), "number")


def _read_number(match: re.Match[str], voice: Voice) -> Said | str:
    typed, lead, rest = match[0], before(match), after(match)
    if not typed.isdecimal():
        return voice.amount(typed)
    if _is_dictated(typed, lead):
        return voice.digits(typed)
    if _NAME_BEFORE.search(lead):
        return voice.name(typed)
    if len(typed) <= 3 or (len(typed) == 4 and _is_year(int(typed), lead, rest)):
        return voice.whole(typed)
    return Said(voice.digits(typed), "number") if len(typed) >= 9 else voice.amount(typed)


def _is_dictated(digits: str, lead: str) -> bool:
    if digits in _EMERGENCY and _CALL_BEFORE.search(lead):
        return True
    is_long = len(digits) > 2
    is_told = _DIAL_BEFORE.search(lead) or _ACCOUNT_BEFORE.search(lead)
    return is_long and (digits.startswith("0") or bool(is_told))


def _is_year(number: int, lead: str, rest: str) -> bool:
    if not 1000 <= number <= 2199:
        return False
    if _YEAR_BEFORE.search(lead):
        return True
    return not (_ABOUT_BEFORE.search(lead) or _COUNTED_AFTER.search(rest))


def _read_letter(match: re.Match[str], voice: Voice) -> str:
    """ "5A", "10A2": a class, a road."""
    if not voice.words:
        return match[0]
    last = f" {voice.whole(match['last'])}" if match["last"] else ""
    return f"{voice.whole(match['number'])} {match['letter']}{last}"


def _read_type(match: re.Match[str], voice: Voice) -> str:
    """ "H5N1": letters and numbers by turns."""
    if not voice.words:
        return match[0]
    parts = re.findall(r"[A-Z]|\d+", match[0])
    return " ".join(voice.whole(each) if each.isdecimal() else each for each in parts)


def _read_minus(_: re.Match[str], __: Voice) -> str:
    return "âm "


RULES: Final = tuple(
    Rule(re.compile(pattern), read)
    for pattern, read in (
        (
            rf"(?<!\w)(?P<sign>{any_of(_MONEY)})\s?(?P<number>{NUMBER})(?:\s(?P<scale>{_SCALE}))?(?!\w)",
            _read_money,
        ),
        (r"(?:(?<=\s)|(?<=\()|^)[-−](?=\d+(?:,\d+)?\s?(?:[°º℃]|oC|độ))", _read_minus),
        (
            rf"{_START}(?P<number>{NUMBER})(?P<unit>{any_of(_ALONE['split'])})(?P<rest>\d{{1,2}})(?![\w²³])",
            _read_split,
        ),
        (
            rf"{_START}(?P<number>{NUMBER})(?P<gap>\s?)(?P<unit>{any_of(_UNITS)})(?![\w²³])",
            _read_measure,
        ),
        (rf"(?<=[\w%°²³'₫])\s?{DASH}\s?(?=\d)", _read_range),
        (r"(?<=[\dm])\s?[x×]\s?(?=\d)", _read_times),
        (
            rf"(?<=[\w²³%°])\s?/\s?(?P<each>{words_of('each')}|{any_of(_UNITS)})(?![\w²³])",
            _read_each,
        ),
        (r"(?<=đồng)/(?P<each>[^\W\d_]+)(?!\w)", _read_each),
        (r"(?<!\w)(?:[A-Z]\d{1,2}){2,}(?!\w)", _read_type),
        (rf"(?<![\w])(?:{any_of(_ALONE['units'])})(?![\w²³])", _read_unit),
        (r"(?<!\w)(?<!\d[.,/:])\d{1,3}(?:,\d{3})+(?![\w,]|\.\d)", _read_english),
        (
            rf"{_START}(?P<number>\d{{1,3}})(?P<letter>[A-ZĐ])(?P<last>\d{{0,2}})(?!\w)",
            _read_letter,
        ),
        (rf"(?:(?<!\w)(?<!\d[.,])|(?<=\d[x×])){NUMBER}(?![^\Wx×]|[x×](?!\d))", _read_number),
    )
)
