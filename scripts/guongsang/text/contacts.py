"""Where a text tells somebody's telephone, the number of their papers, or the house they live in.

All functions take a text in one form (see `unified`) and yield offsets with the words found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from guongsang.text.usual import make_shape, shape_of

Found = tuple[int, str]

# Each with a character that most texts lack, and beginning with letters that are rare as such.
_WEB: Final = {
    "/": re.compile(r"://(?:(?<=http://)|(?<=https://))\S+"),
    "w": re.compile(r"www\.\S+"),
}
# Addresses that are a telephone number.
_CALL: Final = re.compile(r"(?:zalo\.me|wa\.me|t\.me|viber\.me)/(?=\+?[0-9]{9})", re.IGNORECASE)
# Runs of digits with what people put between them; everything else is decided within a run.
_RUN: Final = re.compile(r"[0-9+][0-9 .\-()]{7,}[0-9]")
# Where one can begin, as signs.
_RUN_SHAPE: Final = make_shape({"d": "0123456789+", "s": " .-()"})
_MAY_RUN: Final = re.compile(rb"d(?=[ds]{8})")
# What every telephone begins with: most runs are amounts.
_BEGIN: Final = re.compile(r"(?<![0-9])(?:0[ .\-()]{0,4}[1-9]|84|0084)")
_ENTITY: Final = re.compile(r"&#?\w+;\Z")
_GROUP: Final = re.compile(r"[0-9]+")
# Three digits behind it are thousands, or a part of one: "22.020 22.934", "0.012".
_IN_AMOUNT: Final = re.compile(r"[0-9][.,]\Z")
# As dialled within the country: mobile today and before 2018, landline today and before 2017.
_MOBILE: Final = re.compile(r"0[35789][0-9]{8}|01(?:2[0-9]|6[2-9]|8[68]|99)[0-9]{7}|02[0-9]{9}")
_LANDLINE: Final = re.compile(r"0[4-8][0-9]{8}")
_CALLED: Final = re.compile(r"02[0-9]{7,8}")
_MOST_GROUPS: Final = 8
_LONGEST_GAP: Final = 4
_LAST_OF_LOTTERY: Final = 55
# The words before that say what a number is.
_BEFORE: Final = 40
_SAID_PHONE: Final = re.compile(
    r"(?:điện thoại|đ/t|đt|sđt|số máy|gọi|liên hệ|liên lạc|hotline|zalo|đường dây nóng|tel|alo"
    r"|(?:theo|vào|qua|tới|đến) số)"
    r"[^0-9\n]{0,25}\Z",
    re.IGNORECASE,
)
_CODE: Final = (
    r"mã (?:số|vạch|đơn|hồ sơ|hàng|vận đơn|sản phẩm|học sinh|sinh viên|bệnh nhân|thuế|đơn vị)|MST"
    r"|ISBN|ISSN|sê-?ri|seri|serial|số hiệu|h(?:óa|oá) đơn|biên lai|vận đơn|số khung|biển số"
)
_SAID_CODE: Final = re.compile(rf"(?<!\w)(?:{_CODE})[^0-9\n]{{0,25}}\Z", re.IGNORECASE)
_SAID_ACCOUNT: Final = re.compile(
    rf"(?<!\w)(?:{_CODE}|tài khoản|STK|TK)[^0-9\n]{{0,40}}\Z", re.IGNORECASE
)
# Twelve digits begin with the code of a province (001 to 096), then the century and sex (decree
# 137/2015/ND-CP, article 13); nine digits with the old code of one (01 to 38).
_IDENTITY: Final = re.compile(
    r"(?<![0-9])(?<![0-9][.\-])"
    r"(?:0[0-9]{2}[0-3][0-9]{8}|[0-3][0-9]{8}|0[0-9]{2}[ .][0-3][0-9]{2}(?:[ .][0-9]{3}){2})"
    r"(?![.\-]?[0-9])"
)
# What makes a number an amount of something.
_AMOUNT: Final = re.compile(
    r"\s*(?:đồng|đ\b|VN[DĐ]|USD|triệu|tỷ|tỉ|kWh|/|người|lượt|hộ|cây|con|mét|m[23²³]|km|tấn|kg|ha|"
    r"lít|cổ phiếu|sản phẩm|bản)",
    re.IGNORECASE,
)
# Grouped like an amount, but said to be the number of a paper.
_NAMED_IDENTITY: Final = re.compile(
    r"(?:CMND|CMT|CCCD|căn cước|chứng minh (?:nhân dân|thư))[^0-9\n]{0,25}"
    r"((?:[0-9][ .\-]{0,4}){8}[0-9](?:(?:[ .\-]{0,4}[0-9]){3})?)(?![.\-]?[0-9])",
    re.IGNORECASE,
)
_PAPERS: Final = ("CMND", "CMT", "CCCD", "ăn cước", "hứng minh", "cccd", "cmnd", "cmt")
# The address of an office is no one's home.
_OFFICE: Final = re.compile(
    r"(?<!\w)(?:trụ sở|văn phòng|ủy ban|uỷ ban|UBND|HĐND|cơ quan|t(?:òa|oà) soạn|trường|trạm|"
    r"bệnh viện|phòng khám|trung tâm|công ty|hợp tác xã|nhà văn h(?:óa|oá)|thư viện|bảo tàng|"
    r"bưu điện|công an|đồn|chùa|nhà thờ|khách sạn|nhà khách|nhà hàng|chợ|nhà hát|rạp|"
    r"nhà xuất bản|t(?:òa|oà) nhà|tổng biên tập|chi nhánh|VPGD|liên cơ|di tích|xưởng|cửa hàng|"
    r"siêu thị|ngân hàng|đại sứ quán)(?!\w)",
    re.IGNORECASE,
)
_OFFICE_NEAR: Final = 60
_STREET: Final = r"(?:đường|phố|ngõ|ngách|hẻm|kiệt|Đường|Phố|Ngõ|Ngách|Hẻm|Kiệt)"
_NUMBER: Final = r"[0-9]+[A-Za-z]?(?:/[0-9]+[A-Za-z]?)*(?![0-9])"
_THINGS: Final = r"(?! {1,4}(?:tầng|gian|cấp|căn|ngôi|phòng|hộ|triệu|tỷ|m²|m2))"
# Each begins with the second letter, which is rare: a search skips all others.
_HOUSES: Final = tuple(
    re.compile(
        rf"{letter}(?<=[Ss]{letter})(?: {{1,4}}(?:nhà|Nhà|NHÀ):? {{1,4}}{_NUMBER}{_THINGS}"
        rf"|(?<=[Nn]hà số) {{1,4}}{_NUMBER}{_THINGS}"
        rf"| {{1,4}}{_NUMBER},? {{1,4}}{_STREET}\b)"
    )
    for letter in "ốỐ"
)
# Somebody lives there: a number, and a street that need not be called one.
_STREETED: Final = re.compile(rf"ố(?<= số) {{1,4}}{_NUMBER},? {{1,4}}(?=[^\W\d_a-zà-ỹđ])")
_LIVES: Final = re.compile(r"(?:[Tt]rú|[Nn]gụ|[Ss]ống|[Nn]hà riêng)(?: tại| ở)?:? số\Z")
# Begins with the slash, which is rare; what stands before it is looked at afterwards.
_SLASHED: Final = re.compile(
    r"/[0-9]{1,5}[A-Z]?,?\s{1,3}" + _STREET + r"(?=\s{1,3}(?:[0-9]|[^\W\d_a-zà-ỹđ]))"
)
_BEFORE_SLASH: Final = re.compile(
    r"(?<![0-9/])(?<!ngày )[0-9]{1,5}[A-Z]?(?:/[0-9]{1,5}[A-Z]?){0,3}\Z"
)
# 12/5 and 12/5/2026 are days far more often than houses.
_DAY: Final = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}\b")


def find_phones(text: str) -> Iterator[Found]:
    """Yield telephone numbers of people and households; service numbers are none."""
    text, runs = _read_runs(text)
    for begin, end in runs:
        if _BEGIN.search(text, begin, end) is None or _is_in_word(text, begin):
            continue
        groups = [group.span() for group in _GROUP.finditer(text, begin, end)]
        phones = () if _is_list(text, groups) else _find_in_groups(text, groups)
        for start, words in phones:
            if not _is_said(_SAID_CODE, text, begin):
                yield start, words


def find_identities(text: str) -> Iterator[Found]:
    """Yield what looks like the number of an identity card, old or new."""
    text, runs = _read_runs(text)
    named: set[int] = set()
    if runs and any(sign in text for sign in _PAPERS):
        for paper in _NAMED_IDENTITY.finditer(text):
            named.add(paper.start(1))
            yield paper.start(1), paper[1]
    for begin, end in runs:
        if _is_in_word(text, begin):
            continue
        for number in _IDENTITY.finditer(text, begin, end):
            is_amount = _AMOUNT.match(text, number.end()) is not None
            if number.start() in named or is_amount or _is_said(_SAID_ACCOUNT, text, begin):
                continue
            groups = [group.span() for group in _GROUP.finditer(text, begin, end)]
            if next(_find_in_groups(text, groups), None) is None:
                yield number.start(), number[0]


def find_homes(text: str) -> Iterator[Found]:
    """Yield exact addresses of houses, but for those of offices."""
    for start, end in _find_houses(text):
        if not _is_office(text, start):
            yield start, text[start:end].rstrip(" ,")


@lru_cache(maxsize=2)
def _read_runs(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a text with spaces for addresses of the web, but for those that are a telephone, and
    where its runs of digits stand: asked for phones first, for papers right afterwards."""
    for char, web in _WEB.items():
        if char in text:
            text = web.sub(_mask_address, text)
    return text, tuple(_find_runs(text))


def _find_runs(text: str) -> Iterator[tuple[int, int]]:
    signs = shape_of(text, _RUN_SHAPE)
    if signs is None:
        yield from (run.span() for run in _RUN.finditer(text))
        return
    end = 0
    for start in (hit.start() for hit in _MAY_RUN.finditer(signs)):
        run = _RUN.match(text, start) if start >= end else None
        if run is not None:
            end = run.end()
            yield run.span()


def _mask_address(web: re.Match[str]) -> str:
    call = _CALL.search(web[0])
    return " " * len(web[0]) if call is None else " " * call.end() + web[0][call.end() :]


def _is_in_word(text: str, start: int) -> bool:
    """Return whether digits belong to a word or an address: "A0912…", "a.vn/0912…"."""
    before = text[start - 1] if start else " "
    if before == "/" and text[max(0, start - 2)].isalpha():
        return _CALL.search(text, max(0, start - 12), start + 12) is None
    if before == ";":  # the rest of "&#48;900000000", which is found as readers see it
        return _ENTITY.search(text, max(0, start - 12), start) is not None
    return before.isalnum() or before == "_"


def _is_said(words: re.Pattern[str], text: str, start: int) -> bool:
    return words.search(text, max(0, start - _BEFORE), start) is not None


def _is_list(text: str, groups: Sequence[tuple[int, int]]) -> bool:
    """Return whether pairs of digits are the numbers of a lottery, or times, or scores."""
    if len(groups) < 5 or any(end - start != 2 for start, end in groups):
        return False
    numbers = [int(text[start:end]) for start, end in groups]
    rises = all(one < other for one, other in pairwise(numbers))
    return len(groups) > 5 or (rises and numbers[-1] <= _LAST_OF_LOTTERY)


def _find_in_groups(text: str, groups: Sequence[tuple[int, int]]) -> Iterator[Found]:
    at = 0
    while at < len(groups):
        stop = _end_of_phone(text, groups, at)
        if stop is None:
            at += 1
            continue
        start = groups[at][0] - (text[groups[at][0] - 1 : groups[at][0]] == "+")
        yield start, text[start : groups[stop - 1][1]]
        at = stop


def _end_of_phone(text: str, groups: Sequence[tuple[int, int]], first: int) -> int | None:
    """Return the number of the group behind a telephone that begins with one; None of no phone."""
    start = groups[first][0]
    if groups[first][1] - start == 3 and _IN_AMOUNT.match(text, max(0, start - 2), start):
        return None
    digits = ""
    for stop in range(first, min(first + _MOST_GROUPS, len(groups))):
        if stop > first and groups[stop][0] - groups[stop - 1][1] > _LONGEST_GAP:
            return None
        digits += text[slice(*groups[stop])]
        dialled = _dial_within(digits, text[start - 1 : start])
        if len(dialled) > 11:
            return None
        parts = groups[first : stop + 1]
        if _is_phone(text, dialled, parts, is_home=dialled == digits):
            return None if _is_file(text, groups[stop][1]) else stop + 1
    return None


def _is_file(text: str, end: int) -> bool:
    """Return whether what follows makes a number that of a paper: "…/QĐ-UBND"."""
    return text[end : end + 1] == "/" and text[end + 1 : end + 2].isalpha()


def _dial_within(digits: str, before: str) -> str:
    """Return a number as dialled within the country."""
    for prefix in ("0084", "84"):
        is_abroad = prefix == "0084" or before in ("+", "(") or len(digits) == 11
        if digits.startswith(prefix) and is_abroad:
            return "0" + digits.removeprefix(prefix).removeprefix("0")
    return digits


def _is_phone(text: str, dialled: str, parts: Sequence[tuple[int, int]], *, is_home: bool) -> bool:
    start = parts[0][0]
    if _MOBILE.fullmatch(dialled):
        return not is_home or _is_grouped(text, parts) or _is_said(_SAID_PHONE, text, start)
    if _LANDLINE.fullmatch(dialled):
        is_area = text[start : start + 2] in ("04", "08") and _is_grouped(text, parts)
        return not is_home or len(parts) == 1 or is_area or _is_said(_SAID_PHONE, text, start)
    return bool(_CALLED.fullmatch(dialled)) and _is_said(_SAID_PHONE, text, start)


def _is_grouped(text: str, parts: Sequence[tuple[int, int]]) -> bool:
    """Return whether digits stand as those of telephones do: "0912 345 678", "09.12.34.56.78".

    Days, years and cells of a table beside each other have as many.
    """
    lengths = [end - start for start, end in parts]
    if lengths[0] > 2:
        return len(parts) == 1 or max(lengths[1:]) < 9
    if all(length == 2 for length in lengths):
        gaps = {text[one[1] : other[0]] for one, other in pairwise(parts)}
        return len(gaps) == 1
    return lengths in ([2, 8], [2, 4, 4]) and text[slice(*parts[0])] in ("04", "08")


def _find_houses(text: str) -> Iterator[tuple[int, int]]:
    for pattern in _HOUSES:
        for house in pattern.finditer(text):
            yield house.start() - 1, house.end()
    for house in _STREETED.finditer(text):
        if _is_said(_LIVES, text, house.start() + 1):
            yield house.start() - 1, house.end()
    for house in _SLASHED.finditer(text):
        before = _BEFORE_SLASH.search(text, max(0, house.start() - _BEFORE), house.start())
        if before and not _DAY.match(text, before.start()):
            yield before.start(), house.end()


def _is_office(text: str, start: int) -> bool:
    """Return whether an office is named in the words right before an address."""
    before = text[max(0, start - _OFFICE_NEAR) : start]
    return _OFFICE.search(re.split(r"[.!?\n]", before)[-1]) is not None
