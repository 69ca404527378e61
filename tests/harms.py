"""Ways to break a newsroom; each returns the rule that must tell of it, or how that starts."""

from __future__ import annotations

from tests.conftest import Newsroom


def break_reference(newsroom: Newsroom) -> str:
    newsroom.edit("con-chu", "column: ban-muong", "column: khong-co")
    return "GS301"


def break_yaml(newsroom: Newsroom) -> str:
    newsroom.edit("con-chu", "title: Con chữ", "title: Con: chữ")
    return "GS1"


def lose_photo(newsroom: Newsroom) -> str:
    (newsroom.path("con-chu").parent / "bia.jpg").unlink()
    return "GS401"


def cut_photo(newsroom: Newsroom) -> str:
    photo = newsroom.path("con-chu").parent / "bia.jpg"
    photo.write_bytes(photo.read_bytes()[:2000])
    return "GS402"
