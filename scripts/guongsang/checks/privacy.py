"""GS510 to GS512: what a text tells of a person's home, telephone and papers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from guongsang.checks.sheet import Case
from guongsang.problems.problem import Problem

_WEB: Final = re.compile(r"(?:https?://|www\.)\S+")
# Runs of digits with what people put between them; everything else is decided within a run.
_RUN: Final = re.compile(r"[0-9+][0-9 .\-()]{7,}[0-9]")
_PHONE: Final = re.compile(
    r"(?<![0-9])(?:\+84|0)[ .\-()]{0,2}(?:[35789][0-9]|2[0-9]{2})(?:[ .\-()]{0,2}[0-9]){7}(?![0-9])"
)
_IDENTITY: Final = re.compile(
    r"(?<![0-9])(?<![0-9][.\-])(?:[0-9]{12}|[0-9]{9}|0[0-9]{2}(?:[ .][0-9]{3}){3})(?![.\-]?[0-9])"
)
# What makes a number an amount of something.
_AMOUNT: Final = re.compile(
    r"\s*(?:đồng|đ\b|VN[DĐ]|USD|triệu|tỷ|tỉ|kWh|/|người|lượt|hộ|cây|con|mét|km|tấn|kg|ha|lít)",
    re.IGNORECASE,
)
# Grouped like an amount, but said to be the number of a paper.
_NAMED_IDENTITY: Final = re.compile(
    r"(?:CMND|CMT|CCCD|căn cước|chứng minh (?:nhân dân|thư))[^0-9\n]{0,25}"
    r"((?:[0-9][ .\-]?){8}[0-9](?:(?:[ .\-]?[0-9]){3})?)(?![.\-]?[0-9])",
    re.IGNORECASE,
)
_PAPERS: Final = ("CMND", "CMT", "CCCD", "ăn cước", "hứng minh")
# The address of an office is no one's home.
_OFFICE: Final = re.compile(
    r"trụ sở|văn phòng|ủy ban|UBND|HĐND|cơ quan|tòa soạn|trường|trạm|bệnh viện|phòng khám|"
    r"trung tâm|công ty|hợp tác xã|nhà văn hóa|thư viện|bảo tàng|bưu điện|công an|đồn|chùa|"
    r"nhà thờ|khách sạn|nhà khách|chợ|nhà hát|rạp",
    re.IGNORECASE,
)
_OFFICE_NEAR: Final = 60
_STREET: Final = r"(?:đường|phố|ngõ|ngách|hẻm|kiệt|Đường|Phố|Ngõ|Ngách|Hẻm|Kiệt)"
# Begins with the second letter, which is rare: a search skips all others.
_HOUSE: Final = re.compile(
    r"ố(?<=[Ss]ố)(?: nhà\s+[0-9]+[A-Za-z]?(?:/[0-9]+)*(?! (?:tầng|gian|cấp|căn|ngôi))"
    r"|\s+[0-9]+[A-Za-z]?(?:/[0-9]+[A-Za-z]?)*,?\s+" + _STREET + r"\b)"
)
_SLASH: Final = re.compile(r"/[0-9]")
# 12/5 and 12/5/2026 are days far more often than houses.
_SLASHED: Final = re.compile(
    r"(?<![0-9/])(?<!ngày )(?![0-9]{1,2}/[0-9]{1,2}/[0-9]{4}\b)"
    r"[0-9]{1,5}[A-Z]?(?:/[0-9]{1,5}[A-Z]?){1,4},?\s{1,3}"
    + _STREET
    + r"(?=\s{1,3}(?:[0-9]|[^\W\d_a-zà-ỹđ]))"
)


def check_privacy(case: Case) -> Iterator[Problem]:
    """Yield telephone numbers, identity numbers and house addresses in any text of the story."""
    text = case.whole
    if "://" in text or "www." in text:
        text = _WEB.sub(lambda web: " " * len(web[0]), text)
    for run in _RUN.finditer(text):
        yield from _check_run(case, text, run)
    if any(sign in text for sign in _PAPERS):
        for paper in _NAMED_IDENTITY.finditer(text):
            if not _IDENTITY.search(paper[0]):  # else it is found above
                yield case.at_offset("GS511", paper.start(1), text=paper[1])
    for start, end in _find_houses(text):
        if not _is_office(text, start):
            yield case.at_offset("GS512", start, text=text[start:end])


def _find_houses(text: str) -> Iterator[tuple[int, int]]:
    for house in _HOUSE.finditer(text):
        yield house.start() - 1, house.end()
    for house in _SLASHED.finditer(text) if _SLASH.search(text) else ():
        yield house.span()


def _is_office(text: str, start: int) -> bool:
    """Return whether an office is named in the words right before an address."""
    before = text[max(0, start - _OFFICE_NEAR) : start]
    return _OFFICE.search(re.split(r"[.!?\n]", before)[-1]) is not None


def _check_run(case: Case, text: str, run: re.Match[str]) -> Iterator[Problem]:
    before = text[run.start() - 1] if run.start() else " "
    if before.isalnum() or before == "_":
        return
    if before == "/" and text[max(0, run.start() - 2)].isalpha():
        return
    phones = list(_PHONE.finditer(run[0]))
    for phone in phones:
        yield case.at_offset("GS510", run.start() + phone.start(), text=phone[0])
    if phones:
        return
    for identity in _IDENTITY.finditer(run[0]):
        if not _AMOUNT.match(text, run.start() + identity.end()):
            yield case.at_offset("GS511", run.start() + identity.start(), text=identity[0])
