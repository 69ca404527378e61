"""Sentences of newspapers with their readings: read as written, or told to be unsure."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from guongsang.speech.reading import Reading, read_aloud

SENTENCES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("readings.yml").read_text("utf-8")
)


def test_there_are_many_sentences_of_many_kinds() -> None:
    """What the rules are measured by."""
    assert len(SENTENCES) >= 200
    assert len({each["kind"] for each in SENTENCES}) >= 30


@pytest.mark.parametrize("words", [False, True], ids=["digits", "words"])
def test_every_sentence_is_read_as_written_or_told_to_be_unsure(words: bool) -> None:
    """Whatever is read otherwise lies within a piece that an announcer is warned of."""
    wrong = []
    for each in SENTENCES:
        expected = each.get("words" if words else "read")
        reading = read_aloud(each["typed"], words=words)
        if expected and not _may_be(reading, expected):
            wrong.append((each["typed"], expected, reading.text))
    assert wrong == []


def test_nearly_every_sentence_is_read_as_written() -> None:
    """A long list of what is unsure would be no help."""
    read = [read_aloud(each["typed"]) for each in SENTENCES]
    right = sum(
        reading.text.lower() == each["read"].lower()
        for each, reading in zip(SENTENCES, read, strict=True)
    )
    assert right >= 0.95 * len(SENTENCES)


def test_what_can_be_read_in_two_ways_is_told() -> None:
    """“1/5”, “TS”, a letter that may be a number, and letters nobody knows."""
    untold = []
    for each in SENTENCES:
        told = [unsure.written for unsure in read_aloud(each["typed"]).unsure]
        untold += [
            (piece, each["typed"])
            for piece in each.get("unsure", ())
            if not any(str(piece) in written or written in str(piece) for written in told)
        ]
    assert untold == []


def _may_be(reading: Reading, expected: str) -> bool:
    """Say whether the expected text differs from what is read in unsure pieces only."""
    pattern, end = "", 0
    for unsure in reading.unsure:
        pattern += re.escape(reading.text[end : unsure.at]) + ".+?"
        end = unsure.at + len(unsure.read)
        assert reading.text[unsure.at : end] == unsure.read
    return (
        re.fullmatch(pattern + re.escape(reading.text[end:]), expected, re.IGNORECASE) is not None
    )
