"""How newsrooms write who made a story, where it is from, what a photo shows and who took it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final, Literal

from guongsang.text.contacts import find_phones
from guongsang.text.dates import suggest_day
from guongsang.text.unified import unify

Did = Literal["text", "photo", "text-photo", "video"]

_LETTER: Final = "A-ZÀ-ÝĂĐĨŨƠƯẠ-Ỹ"
# A part of a name begins with a capital; "và" joins two people.
_PART: Final = rf"(?:[{_LETTER}][\w’'.-]*|[{_LETTER}]\.)"
_NAME: Final = re.compile(rf"{_PART}(?: {_PART}){{0,5}}")
_TITLES: Final = re.compile(
    r"^(?:(?:PV|CTV|BTV|NB|nhà báo|phóng viên|cộng tác viên)[ :]+)+", re.IGNORECASE
)
# Who signs without being a person.
_DESKS: Final = re.compile(
    r"(?:PV|CTV|BTV|BBT|P\.?V|Nhóm PV|Nhóm phóng viên|Ban [Bb]iên tập|Tổng hợp|TTXVN)",
    re.IGNORECASE,
)
_BETWEEN_NAMES: Final = re.compile(r"\s*(?:[,;/&]|\s[-–—]\s|\svà\s)\s*")
_LABELS: Final[dict[str, Did]] = {
    "bài và ảnh": "text-photo",
    "bài, ảnh": "text-photo",
    "bài - ảnh": "text-photo",
    "bài – ảnh": "text-photo",
    "tin, ảnh": "text-photo",
    "tin và ảnh": "text-photo",
    "tin, bài, ảnh": "text-photo",
    "tin bài, ảnh": "text-photo",
    "thực hiện": "text",
    "người thực hiện": "text",
    "tác giả": "text",
    "tác giả bài viết": "text",
    "bài": "text",
    "bài viết": "text",
    "tin": "text",
    "tin, bài": "text",
    "ảnh": "photo",
    "ảnh chụp": "photo",
    "video": "video",
    "clip": "video",
}
_LABEL: Final = re.compile(
    rf"({'|'.join(sorted(map(re.escape, _LABELS), key=len, reverse=True))})\s*:\s*", re.IGNORECASE
)
_SOURCE: Final = re.compile(
    r"\(?\s*(?:(?:nguồn|nguồn tin)\s*:\s*|theo\s+)(?P<from>[^\n()]{2,100}?)\s*\)?\.?", re.IGNORECASE
)
_CREDIT: Final = re.compile(
    r"(?:^|(?P<before>[\s.(\[–—-]))\s*[(\[]?\s*(?:ảnh|photo)\s*:\s*(?P<name>[^\n()\[\]:]{2,60}?)\s*"
    r"[)\]]?\s*\.?$",
    re.IGNORECASE,
)
# Where a photo is from where nobody is named.
_UNNAMED: Final = re.compile(
    r"(?:tư liệu|tl|sưu tầm|st|internet|minh họa|minh hoạ|(?:\w+ ){1,5}cung cấp)", re.IGNORECASE
)
_ALONE: Final = re.compile(r"ảnh\s*:\s*(?=\w)", re.IGNORECASE)
_NUMBERED: Final = re.compile(
    r"^\(?(?:chú thích )?(?:ảnh|hình)\s*(\d{1,2})\s*[:.)–-]\s*", re.IGNORECASE
)
_ON_THE: Final = re.compile(r"^(?:[^,\n]{2,40},\s*)?(ngày\s+\d.*?)\.?$", re.IGNORECASE)
_MOST_BYLINE: Final = 120


def is_name(text: str) -> bool:
    """Return whether a text can be the name of one who writes: capitals, and no sentence."""
    bare = _TITLES.sub("", text.strip()) or text.strip()
    if _DESKS.fullmatch(bare):
        return True
    return len(bare) <= 40 and _NAME.fullmatch(bare) is not None and not bare.endswith(".")


def split_names(text: str) -> list[str]:
    """Return the names in a text; none where it holds anything else."""
    parts = [part.strip(" .") for part in _BETWEEN_NAMES.split(text.strip().strip("()"))]
    names = [_TITLES.sub("", part) or part for part in parts if part]
    # "CT." and the like are no names of people, but the place in the newsroom of the one before.
    return names if names and all(map(is_name, names)) else []


def read_labelled(text: str) -> list[tuple[str, Did]]:
    """Return names with what they did, of "Bài: A; ảnh: B"; nothing of other texts."""
    text = " ".join(text.split()).strip("()[] ")
    labels = [*_LABEL.finditer(text)]
    if not labels or labels[0].start() or len(text) > _MOST_BYLINE:
        return []
    found: list[tuple[str, Did]] = []
    ends = [*(label.start() for label in labels[1:]), len(text)]
    for label, end in zip(labels, ends, strict=True):
        names = split_names(text[label.end() : end].strip(" ;,.–-|"))
        if not names:
            return []
        found += ((name, _LABELS[" ".join(label[1].lower().split())]) for name in names)
    return found


def read_signed(text: str) -> list[tuple[str, Did]]:
    """Return names that stand alone below a story, in brackets or not."""
    text = " ".join(text.split())
    if len(text) > _MOST_BYLINE or text.endswith((",", ";", ":", "!", "?", "…", "”")):
        return []
    return [(name, "text") for name in split_names(text)]


def read_source(text: str) -> str:
    """Return where a story is from, of "Theo Báo A" alone in a line; "" of other texts."""
    found = _SOURCE.fullmatch(" ".join(text.split()))
    name = found["from"].strip() if found else ""
    # "Theo ông Páo, …" is the beginning of a sentence.
    is_name_like = bool(name) and (name[0].isupper() or name[:4].lower() == "báo ")
    return name if is_name_like and "," not in name and len(name.split()) <= 10 else ""


def read_day(text: str) -> dt.date | None:
    """Return the day of "Mường Nhé, ngày 12 tháng 5 năm 2026" alone in a line."""
    found = _ON_THE.match(" ".join(text.split()).strip("()"))
    day = suggest_day(found[1]).partition(" ")[0] if found else ""
    return dt.date.fromisoformat(day) if day else None


def has_contact(text: str) -> bool:
    """Return whether a line tells how to reach its writer."""
    return len(text) <= 200 and next(iter(_contacts(text)), None) is not None


def _contacts(text: str) -> Iterator[object]:
    yield from find_phones(unify(text).text)
    if re.search(r"[\w.+-]+@[\w-]+\.[\w.]+", text):
        yield text


def split_caption(text: str) -> tuple[int, str, str]:
    """Return number, words and credit of a caption: "Ảnh 2: Khe Nậm Lúc. Ảnh: Lò A".

    "Ảnh: …" tells who took it only where a name follows, or where it is from; else it says that a
    caption begins, which readers see.
    """
    text = " ".join(text.split())
    numbered = _NUMBERED.match(text)
    number = int(numbered[1]) if numbered else 0
    text = text[numbered.end() :] if numbered else text
    found = _CREDIT.search(text)
    credit = _read_credit(found["name"]) if found else ""
    if not found or not credit:
        label = _ALONE.match(text)
        return number, _begin(text[label.end() :]) if label else text, ""
    words = text[: found.start()] + (found["before"] or "").strip("([–—- ")
    return number, words.strip().rstrip("–—- "), credit


def _read_credit(text: str) -> str:
    return _begin(text) if _UNNAMED.fullmatch(text) else ", ".join(split_names(text))


def _begin(text: str) -> str:
    return text[:1].upper() + text[1:]
