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
_MONEY: Final = re.compile(r"\s*(?:đồng|đ\b|VN[DĐ]|USD|triệu|tỷ|tỉ|kWh|/)", re.IGNORECASE)
_STREET: Final = r"(?:đường|phố|ngõ|ngách|hẻm|kiệt|Đường|Phố|Ngõ|Ngách|Hẻm|Kiệt)"
_HOUSE: Final = re.compile(
    r"[Ss]ố nhà\s+[0-9]+[A-Za-z]?(?:/[0-9]+)*"
    r"|[Ss]ố\s+[0-9]+[A-Za-z]?(?:/[0-9]+[A-Za-z]?)*,?\s+" + _STREET + r"\b"
)
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
    if "ố " in text:
        for house in _HOUSE.finditer(text):
            yield case.at_offset("GS512", house.start(), text=house[0])
    if "/" in text:
        for house in _SLASHED.finditer(text):
            yield case.at_offset("GS512", house.start(), text=house[0])


def _check_run(case: Case, text: str, run: re.Match[str]) -> Iterator[Problem]:
    before = text[run.start() - 1] if run.start() else " "
    if before.isalnum() or before in "/_":
        return
    phones = list(_PHONE.finditer(run[0]))
    for phone in phones:
        yield case.at_offset("GS510", run.start() + phone.start(), text=phone[0])
    if phones:
        return
    for identity in _IDENTITY.finditer(run[0]):
        if not _MONEY.match(text, run.start() + identity.end()):
            yield case.at_offset("GS511", run.start() + identity.start(), text=identity[0])
