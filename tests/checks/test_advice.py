"""A key that is none is answered from its register, by the name that was typed instead."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from guongsang.checks.advice import complete_advice
from guongsang.problems.problem import problem
from guongsang.registers.model import Registers
from guongsang.registers.places import PlaceBook

Make = Callable[..., Registers]


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("places.unit", "xã Thèn Sin", "sin-suoi-ho (xã Sin Suối Hồ)"),
        ("places.unit", "Thèn Sin, Tam Đường", "sin-suoi-ho (xã Sin Suối Hồ)"),
        ("places.unit", "Mường Mít", "muong-than (xã Mường Than)"),
        ("places.unit", "Muong_Mit", "muong-than (xã Mường Than)"),
        ("places.unit", "huyện Tam Đường", ""),
        ("places.unit", "Tam Đường", ""),
        ("column", "Gương Sáng", "guong-sang (Gương sáng)"),
        ("column", "Gương xấu", "guong-sang (Gương sáng)"),
        ("fields", "Giáo dục!", "giao-duc (Giáo dục)"),
        ("deeds", "Xoá mù chữ", "xoa-mu-chu (Xóa mù chữ)"),
        ("deeds", "Cứu người", "xoa-mu-chu (Xóa mù chữ)"),
        ("authors.id", "Ban biên tập", "ban-bien-tap (Ban Biên tập)"),
        ("honorees.id", "Ông Hồ Giáo", "ho-giao (Hồ Giáo)"),
        ("series.id", "Lên bản", "len-ban (Lên bản)"),
        ("awards.award", "Bằng khen", "bang-khen (Bằng khen)"),
        ("awards.id", "Huân chương 1986", "guong"),
    ],
)
def test_the_name_is_looked_up(make_registers: Make, key: str, value: str, told: str) -> None:
    registers = make_registers()
    found = problem("GS211", "a", key=key, value=value, suggestion="guong")
    args = dict(complete_advice(found, registers, PlaceBook(registers.places)).args)
    assert args["suggestion"] == told


@pytest.mark.parametrize(("key", "is_told"), [("awards", True), ("born_in", False)])
def test_what_belongs_to_an_honorees_record(make_registers: Make, key: str, is_told: bool) -> None:
    registers = make_registers()
    args = {"full": f"honorees.{key}", "top": "", "inside": "", "record": "", "candidates": "x"}
    found = problem("GS202", "a", key=key, **args)
    hint = complete_advice(found, registers, PlaceBook(registers.places)).hint()
    assert ("hồ sơ stories/registers/honorees/" in hint) == is_told
    assert ("muốn gõ: x" in hint) != is_told


def test_check_tells_keys_with_their_names(newsroom) -> None:  # type: ignore[no-untyped-def]
    newsroom.edit("con-chu", "column: ban-muong", "column: Bản Mường")
    newsroom.edit("mot-giot-mau", "column: viec-tot", "column: viec-tott")
    said = newsroom.run("check").out
    columns = (newsroom.root / "stories/registers/columns.yml").read_text("utf-8")
    assert "ban-muong: " in columns or "ban-muong:\n" in columns
    assert "có thể là ban-muong (" in said
    assert "Có thể bạn muốn gõ: viec-tot (" in said
