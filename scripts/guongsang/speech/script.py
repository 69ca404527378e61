"""A script for radio: what is read, how long it lasts, and what to look at before. Pure."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from guongsang.speech.abbreviations import learn_abbreviations
from guongsang.speech.lines import Kind, Typed
from guongsang.speech.reading import Reading, count_spoken, read_aloud
from guongsang.speech.rule import Why

WHYS: Final[Mapping[Why, Mapping[str, str]]] = {
    "abbreviation": {
        "vi": "chữ viết tắt chưa có trong sổ",
        "en": "an abbreviation that no register has",
    },
    "several": {"vi": "có nhiều cách đọc", "en": "has several readings"},
    "date": {"vi": "ngày tháng hay phân số", "en": "a day or a fraction"},
    "number": {"vi": "số viết khác thường", "en": "a number in unusual writing"},
    "roman": {"vi": "số La Mã hay tên gọi", "en": "a Roman number or a name"},
    "score": {"vi": "tỷ số, hay từ số này đến số kia", "en": "a score or a range"},
    "code": {"vi": "ký hiệu chưa biết", "en": "an unknown code"},
    "address": {"vi": "địa chỉ trên mạng", "en": "an address on the net"},
    "sign": {"vi": "dấu có nhiều cách đọc", "en": "a sign with several readings"},
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """What can be read otherwise: as written, as read, why, and how often."""

    written: str
    read: str
    why: Why
    times: int

    def tell_why(self, lang: str) -> str:
        return WHYS[self.why][lang]


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is read, in pieces of which some are unsure; see `Typed`."""

    kind: Kind
    pieces: tuple[tuple[str, bool], ...]
    mark: str
    speaker: str

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.pieces)


@dataclass(frozen=True, slots=True)
class Script:
    """What an announcer gets of a story; `rate` is in syllables a minute."""

    title: str
    lines: tuple[Line, ...]
    doubts: tuple[Doubt, ...]
    syllables: int
    rate: int

    @property
    def length(self) -> str:
        """How long it lasts: “3 phút 25 giây”."""
        minutes, seconds = divmod(round(self.syllables * 60 / self.rate), 60)
        told = [f"{minutes} phút"] if minutes else []
        told += [f"{seconds} giây"] if seconds or not minutes else []
        return " ".join(told)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A script and whose it is: the column, who wrote, which newsroom, the day of the story."""

    script: Script
    column: str
    credits: Sequence[str]
    agency: str
    day: dt.date


def make_script(
    title: str, lines: Iterable[Typed], own: Mapping[str, str], *, words: bool, rate: int
) -> Script:
    """Make the script of a story; `own` are the newsroom's readings, `rate` syllables a minute."""
    typed = [Typed("text", title), *lines]
    known = {**learn_abbreviations("\n".join(each.text for each in typed)), **own}
    readings = [read_aloud(each.text, known, words=words) for each in typed]
    read = [
        Line(each.kind, tuple(_split(reading)), each.mark, each.speaker)
        for each, reading in zip(typed, readings, strict=True)
    ]
    return Script(
        title=read[0].text,
        lines=tuple(read[1:]),
        doubts=tuple(_list_doubts(readings)),
        syllables=sum(count_spoken(each.text, known) for each in typed),
        rate=rate,
    )


def _split(reading: Reading) -> Iterator[tuple[str, bool]]:
    end = 0
    for unsure in reading.unsure:
        if unsure.at > end:
            yield reading.text[end : unsure.at], False
        end = unsure.at + len(unsure.read)
        yield reading.text[unsure.at : end], True
    if end < len(reading.text):
        yield reading.text[end:], False


def _list_doubts(readings: Iterable[Reading]) -> Iterator[Doubt]:
    found = Counter(
        (unsure.written, unsure.read, unsure.why)
        for reading in readings
        for unsure in reading.unsure
    )
    for (written, read, why), times in found.items():
        yield Doubt(written, read, why, times)
