"""Days, months, times of day, and the fractions that look like days."""

from __future__ import annotations

import re
from typing import Final

from guongsang.speech.rule import ALONE, DASH, NUMBER, Rule, Said, Voice, after, before
from guongsang.speech.tables import words_of

_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH: Final = r"(?:1[0-2]|0?[1-9])"
_YEAR: Final = r"[12]\d{3}"
_END: Final = r"(?![\d/]|[-.]\d|,\d)"

_NAME_BEFORE: Final = r"\b(?:đường|phố|cầu|trường|công viên|nhà máy|hồ)"
# "ngày 18, 19/5", "ngày 18 và 19/5": the word stands before the first.
_HAS_DAY: Final = re.compile(
    r"\b(?:ngày|mùng|mồng)\s+(?:\d{1,2}(?:/\d{1,2})?\s*(?:,|và|hoặc)\s*)*$", re.I
)
# What tells that "1/5" is a day, before it: at once, or as the name of a feast.
_WEEKDAY: Final = r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật)"
_DAY_BEFORE: Final = re.compile(
    rf"(?:\b(?:{words_of('day-before')}),?\s*\(?|\b{_WEEKDAY}\W{{1,3}})$", re.I
)
_FEAST: Final = re.compile(
    r"\b(?:Ngày|ngày|Lễ|lễ|Tết|Quốc|kỷ niệm|Kỷ niệm|Cách mạng)\b[^\d.,;:!?]{1,60}$"
)
# "Ngày Quốc khánh 2/9", "đường 7/5": a name needs no other “ngày”.
_NAMED: Final = re.compile(
    rf"(?:\b(?:Ngày|ngày|Lễ|Quốc|Tết|Cách mạng)\s[^\d.;:!?,()]{{2,60}}|{_NAME_BEFORE})\s$"
)
_MAYBE_BEFORE: Final = re.compile(r"\b(?:từ|đến|tới|trước|sau|vào|tính|qua|và|là)\s*$", re.I)
_DAY_AFTER: Final = re.compile(rf"^\)?,?\s*(?:{words_of('day-after')})\b", re.I)
# "3/4 diện tích": a part of a whole.
_PART_AFTER: Final = re.compile(rf"^\s+(?:{words_of('part-after')})\b", re.I)
_PART_BEFORE: Final = re.compile(rf"\b(?:{words_of('part-before')})\s*$", re.I)
# "lớp 9/12", "thương binh 2/4", "ngõ 12/5": numbers set one upon the other.
_UPON_BEFORE: Final = re.compile(rf"\b(?:{words_of('upon-before')})\s*$", re.I)
# "30/4-1/5"
_BESIDE_DAY: Final = re.compile(rf"^\s?(?:{DASH}|và|,)\s?\d{{1,2}}/(?:[1-9]|0[1-9]|1[0-2])(?!\d)")
_BEHIND_DAY: Final = re.compile(rf"\d/(?:[1-9]|0[1-9]|1[0-2])\s?(?:{DASH}|và|,)\s?$")
# “‘Tiểu đội 5’”: the sign closes a quotation.
_QUOTED: Final = re.compile(r"(?:‘[^’]*|(?:^|[\s(])'[^']*)$")
_NOUN_AFTER: Final = re.compile(r"^\s+[^\W\dA-Z_]")
_ISSUE_BEFORE: Final = re.compile(rf"\b(?:{words_of('issue-before')})\s*$", re.I)
_MONTH_BEFORE: Final = re.compile(rf"\btháng\s+(?:\d{{1,2}}\s*(?:,|và|đến|{DASH})\s*)*$", re.I)
_WINDS: Final = {"B": "Bắc", "N": "Nam", "Đ": "Đông", "T": "Tây"}
_SCORE_BEFORE: Final = re.compile(rf"\b(?:{words_of('score-before')})\s*$", re.I)
# "thắng đội bạn 2-0"
_PLAYED_BEFORE: Final = re.compile(r"\b(?:thắng|thua|hòa|dẫn)\s[^\d.,;:!?]{1,30}$", re.I)
_RATIO_BEFORE: Final = re.compile(r"\b(?:t[ỷỉ] lệ|bản đồ)\s*(?:là\s*)?$", re.I)


def _say_day(match: re.Match[str], voice: Voice, day: str, month: str, year: str | None) -> str:
    is_told = _HAS_DAY.search(before(match)) or _NAMED.search(before(match))
    lead = "" if is_told else "ngày "
    said = f"{lead}{voice.whole(day)} tháng {voice.ordinal(month)}"
    return f"{said} năm {voice.whole(year)}" if year else said


def _read_full(match: re.Match[str], voice: Voice) -> str:
    return _say_day(match, voice, match["day"], match["month"], match["year"])


def _read_days(match: re.Match[str], voice: Voice) -> str | None:
    """ "18-19/5", "18 - 19/5/2026" are two days of a month."""
    first, day = match["first"], match["day"]
    if int(first) >= int(day):
        return None
    is_told = match["year"] or _HAS_DAY.search(before(match)) or _is_day_told(match)
    if not is_told and _NOUN_AFTER.search(after(match)):
        return None
    first_lead, lead = ("", "ngày ") if _HAS_DAY.search(before(match)) else ("ngày ", "")
    month = voice.ordinal(match["month"])
    said = f"{first_lead}{voice.whole(first)} đến {lead}{voice.whole(day)} tháng {month}"
    return f"{said} năm {voice.whole(match['year'])}" if match["year"] else said


def _is_day_told(match: re.Match[str]) -> bool:
    lead, rest = before(match), after(match)
    return bool(_DAY_BEFORE.search(lead) or _FEAST.search(lead) or _DAY_AFTER.search(rest))


def _read_slash(match: re.Match[str], voice: Voice) -> Said | None:
    """Read "19/5", "2/3", "18/19": a day, a part, or one number upon the other."""
    upper, lower = match["upper"], match["lower"]
    if not int(lower):
        return None
    kind, is_sure = _judge_slash(match, before(match), after(match))
    if kind == "day":
        said = _say_day(match, voice, upper, lower, None)
    elif kind == "part":
        said = _say_part(voice, upper, lower, after(match))
    else:
        said = _say_upon(voice, upper, lower)
    return Said(said, "" if is_sure else "date")


def _judge_slash(match: re.Match[str], lead: str, rest: str) -> tuple[str, bool]:
    """Say what two numbers are, and whether the text decides it: the first that holds."""
    day, month = int(match["upper"]), int(match["lower"])
    has_zero = match["upper"].startswith("0") or match["lower"].startswith("0")
    is_near = bool(_MAYBE_BEFORE.search(lead))
    counts = bool(_NOUN_AFTER.search(rest)) and day <= month and not is_near
    for kind, holds in (
        ("upon", _UPON_BEFORE.search(lead)),
        ("part", not (1 <= day <= 31 and month <= 12)),
        ("day", _HAS_DAY.search(lead) or _DAY_BEFORE.search(lead) or _DAY_AFTER.search(rest)),
        ("day", _BESIDE_DAY.search(rest) or _BEHIND_DAY.search(lead)),
        ("part", _PART_AFTER.search(rest) or (_PART_BEFORE.search(lead) and day < month)),
        ("day", _FEAST.search(lead) or _NAMED.search(lead)),
        ("upon", (day, month) == (24, 7)),
        ("part", counts and (month > 4 or day == month)),
        ("day", not counts and (day > month or has_zero)),
    ):
        if holds:
            return kind, True
    return "day" if not counts and (is_near or lead.endswith("(")) else "part", False


def _say_upon(voice: Voice, upper: str, lower: str) -> str:
    return f"{voice.amount(upper)} trên {voice.amount(lower)}"


def _say_part(voice: Voice, upper: str, lower: str, rest: str) -> str:
    is_small = int(lower) <= 4 or _PART_AFTER.search(rest) or not _NOUN_AFTER.search(rest)
    if is_small and int(upper) < int(lower) <= 20:
        whole = "tư" if voice.words and lower == "4" else voice.amount(lower)
        return f"{voice.amount(upper)} phần {whole}"
    return _say_upon(voice, upper, lower)


def _read_month(match: re.Match[str], voice: Voice) -> str | None:
    lead = before(match)
    month, year = match["month"], match["year"]
    if _ISSUE_BEFORE.search(lead):
        return f"{voice.whole(month)} năm {voice.whole(year)}"
    word = "" if _MONTH_BEFORE.search(lead) else "tháng "
    return f"{word}{voice.ordinal(month)} năm {voice.whole(year)}"


def _read_issue(match: re.Match[str], voice: Voice) -> str | None:
    """ "số 15/2026": the fifteenth of a year."""
    if not _ISSUE_BEFORE.search(before(match)):
        return None
    return f"{voice.amount(match['number'])} năm {voice.whole(match['year'])}"


def _read_named_month(match: re.Match[str], voice: Voice) -> str:
    number = match["number"]
    is_first = number == "1" and match["word"].lower() == "thứ"
    return f"{match['word']} {'nhất' if is_first else voice.ordinal(number)}"


def _read_time(match: re.Match[str], voice: Voice) -> str | None:
    hour, minute = match["hour"], match["minute"]
    if int(hour) > 24 or (minute and int(minute) > 59):
        return None
    said = f"{voice.whole(hour)} giờ"
    return f"{said} {voice.whole(minute)} phút" if minute and int(minute) else said


def _read_clock(match: re.Match[str], voice: Voice) -> Said | str | None:
    """ "06:30" is a time, "2:1" a score, "1:500" a scale."""
    left, right, lead = match["hour"], match["minute"], before(match)
    if _RATIO_BEFORE.search(lead):
        return _say_upon(voice, left, right)
    if _SCORE_BEFORE.search(lead):
        return _say_score(voice, left, right)
    if len(right) == 2 and int(left) <= 24 and int(right) < 60:
        said = f"{voice.whole(left)} giờ"
        said += f" {voice.whole(right)} phút" if int(right) else ""
        second = match["second"]
        return f"{said} {voice.whole(second)} giây" if second else said
    return Said(_say_score(voice, left, right), "score")


def _say_score(voice: Voice, left: str, right: str) -> str:
    if left == right:
        return f"{voice.whole(left)} đều"
    return f"{voice.whole(left)} {voice.whole(right)}"


def _read_dashed(match: re.Match[str], voice: Voice) -> Said | None:
    """ "2-9" is a day behind “Quốc khánh”, a score behind “thắng”, else "2-1" is unsure."""
    left, right, lead = match["left"], match["right"], before(match)
    is_range = int(left) < int(right)
    is_played = _PLAYED_BEFORE.search(lead) and not (is_range and _NOUN_AFTER.search(after(match)))
    if _SCORE_BEFORE.search(lead) or is_played:
        return Said(_say_score(voice, left, right))
    if " " in match[0] or re.match(r"\s+tháng\b", after(match)):
        return None
    is_sure = _is_day_dashed(match, lead, after(match))
    if is_sure is not None:
        return Said(_say_day(match, voice, left, right, None), "" if is_sure else "date")
    return None if is_range else Said(_say_score(voice, left, right), "score")


def _is_day_dashed(match: re.Match[str], lead: str, rest: str) -> bool | None:
    """Say whether it is a day for sure; None where it is none."""
    day, month = int(match["left"]), int(match["right"])
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    falls = day > month
    if re.search(r"\bthứ\s$", lead, re.I):
        return None
    if re.search(r"\bngày\s*$", lead, re.I):
        return falls or bool(_DAY_AFTER.search(rest))
    if _NAMED.search(lead) and falls:
        return True
    is_feast = _FEAST.search(lead) and (falls or not _NOUN_AFTER.search(rest))
    is_near = falls and (_DAY_BEFORE.search(lead) or _DAY_AFTER.search(rest))
    return True if is_feast or is_near else None


def _read_dotted(match: re.Match[str], voice: Voice) -> Said | str | None:
    """ "30.4" is a day behind “ngày”, else a number in foreign writing."""
    if match["day"] and match["month"] and _is_day_told(match):
        return _say_day(match, voice, match["day"], match["month"], None)
    whole, _, part = match[0].partition(".")
    if part == "0":  # “thời đại 4.0”
        return f"{voice.amount(whole)} chấm {voice.amount(part)}"
    return Said(voice.amount(f"{whole},{part}"), "number")


def _read_angle(match: re.Match[str], voice: Voice) -> str:
    """ "21°23'B": a place on the globe."""
    said = f"{voice.whole(match['degrees'])} độ {voice.whole(match['minutes'])} phút"
    said += f" {voice.amount(match['seconds'])} giây" if match["seconds"] else ""
    return f"{said} {_WINDS[match['wind']]}" if match["wind"] else said


def _read_minutes(match: re.Match[str], voice: Voice) -> str | None:
    if _QUOTED.search(before(match)):
        return None
    return f"{voice.amount(match['number'])} phút"


RULES: Final = tuple(
    Rule(re.compile(pattern, flags), read)
    for pattern, flags, read in (
        (
            rf"{ALONE}(?P<first>{_DAY})\s?{DASH}\s?(?P<day>{_DAY})(?P<by>[/.])(?P<month>{_MONTH})"
            rf"(?:(?P=by)(?P<year>{_YEAR}))?{_END}",
            0,
            _read_days,
        ),
        (
            rf"(?<!\w)(?<!\d[./])(?P<day>{_DAY})\s?(?P<by>[/.-])\s?(?P<month>{_MONTH})\s?(?P=by)\s?"
            rf"(?P<year>{_YEAR})(?!\d|[/.-]\d)",
            0,
            _read_full,
        ),
        (
            rf"(?<!\w)(?<!\d[./])(?P<month>{_MONTH})[/.-](?P<year>{_YEAR})(?!\d|[/-]\w)",
            0,
            _read_month,
        ),
        (
            rf"(?<!\w)(?<!\d[./])(?P<number>\d{{1,4}})/(?P<year>{_YEAR})(?!\d|[/-]\w)",
            0,
            _read_issue,
        ),
        (
            r"(?<![\w.,/])(?P<hour>\d{1,2})\s?(?:h|g|giờ)\s?(?P<minute>[0-5]\d)(?!\d)"
            r"(?:\s?(?:'|’|′|ph|p|phút)(?!\w))?",
            0,
            _read_time,
        ),
        (r"(?<![\w.,])(?P<hour>\d{1,2})(?P<minute>)\s?[hg](?![\w/])", 0, _read_time),
        (
            r"(?<![\w:.,])(?P<hour>\d{1,2}):(?P<minute>\d{1,3}(?:\.\d{3})*)(?::(?P<second>\d{2}))?(?![\d:])",
            0,
            _read_clock,
        ),
        (
            r"(?<![\w.,])(?P<degrees>\d{1,3})\s?[°º]\s?(?P<minutes>\d{1,2})\s?['’′]"
            r"(?:\s?(?P<seconds>\d{1,2}(?:,\d+)?)\s?(?:[\"”″]|''))?\s?(?P<wind>[BNĐT]?)(?!\w)",
            0,
            _read_angle,
        ),
        (rf"(?<![\w'‘])(?<!\d[.,])(?P<number>{NUMBER})\s?(?:'|’|′)(?![\w'])", 0, _read_minutes),
        (
            r"(?<!\w)(?<!\d[./,])(?P<upper>\d{1,3})/(?P<lower>\d{1,3})(?![\w/]|[.,]\d)",
            0,
            _read_slash,
        ),
        (
            rf"{ALONE}(?P<left>\d{{1,2}})(?:\s{DASH}\s|{DASH})(?P<right>\d{{1,2}}){_END}(?!\w)",
            0,
            _read_dashed,
        ),
        (
            rf"{ALONE}(?:(?P<day>{_DAY})\.(?P<month>{_MONTH})|\d+\.\d{{1,2}})(?!\w|[./-]\d)",
            0,
            _read_dotted,
        ),
        (
            r"(?P<word>\b(?:tháng|thứ))\s(?P<number>\d{1,2})(?![\d/.,]\d|\d)",
            re.I,
            _read_named_month,
        ),
    )
)
