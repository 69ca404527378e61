"""The register of what was printed names nobody, and finds what shows a story or an honoree."""

from __future__ import annotations

import datetime as dt

from guongsang.registers.prints import (
    HEAD,
    Print,
    add_print,
    digest_printed,
    find_prints,
    read_prints,
)

DAY = dt.date(2026, 5, 30)
STORY, OTHER = digest_printed("/2026/con-chu/"), digest_printed("nhan-vat/ho-giao")


def test_what_is_added_is_read_again():
    first = Print(DAY, "ban-tin-2026-05-a4", (STORY, OTHER))
    second = Print(DAY, "ban-tin-2026-Q2-a5", (OTHER,))
    text = add_print(add_print("", first), second)
    assert text.startswith(HEAD) and text.endswith("\n")
    assert list(read_prints(text)) == [first, second]
    assert "con-chu" not in text and "giao" not in text


def test_the_same_twice_is_told_once_and_more_stories_once_more():
    first = Print(DAY, "ban-tin-2026-05-a4", (STORY,))
    later = dt.date(2026, 6, 1)
    text = add_print("", first)
    assert add_print(text, Print(later, first.name, (STORY,))) == text
    grown = add_print(text, Print(later, first.name, (STORY, OTHER)))
    assert [each.day for each in read_prints(grown)] == [DAY, later]


def test_addresses_are_found_with_slashes_or_without():
    text = add_print("", Print(DAY, "ap-phich", (STORY,)))
    for address in ("2026/con-chu", "/2026/con-chu/", "2026/con-chu/"):
        assert [each.words for each in find_prints(text, [address])] == ["ap-phich (30/05/2026)"]
    assert find_prints(text, ["/2026/con-chuot/"]) == []


def test_lines_that_nobody_knows_are_passed_over():
    text = f"lạ\n2026-13-01 ban-tin {STORY}\n2026-05-30 ban-tin\n\ufeff\n2026-05-30 Ban {STORY}\n"
    assert list(read_prints(text)) == []
    whole = add_print(text.rstrip("\n"), Print(DAY, "ban-tin", (STORY,)))
    assert whole.endswith(f"\n2026-05-30 ban-tin {STORY}\n")
    assert len(list(read_prints(whole))) == 1
