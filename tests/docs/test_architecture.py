"""The page for developers tells what is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "scripts" / "guongsang"
PAGE = (ROOT / "docs/kien-truc.md").read_text("utf-8")
ASIDE = {"assets", "templates", "theme", "__pycache__"}


def part(heading):
    return PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def list_rooms():
    return re.findall(r"^\| `([a-z_]+)` \|", part("The rooms"), re.MULTILINE)


def test_the_table_has_all_rooms_in_the_order_of_the_contract():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    (layers,) = (
        each["layers"]
        for each in settings["tool"]["importlinter"]["contracts"]
        if each["type"] == "layers" and each["containers"] == ["guongsang"]
    )
    assert list_rooms() == layers


def test_every_room_is_there_and_none_is_left_out():
    there = {path.name for path in PACKAGE.iterdir() if path.is_dir()} - ASIDE
    there |= {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"}
    assert set(list_rooms()) == there


def test_no_room_has_more_modules_than_one_keeps_in_mind():
    folders = {path.parent for path in PACKAGE.rglob("*.py") if "seed" not in path.parts}
    assert [each.name for each in folders if len(list(each.glob("*.py"))) > 16] == []


def test_the_picture_shows_every_room():
    picture = part("In one picture").split("```")[1]
    drawn = set(re.findall(r"(?<!\S)[a-z_]+(?=$| {2,}| ·)", picture, re.MULTILINE))
    assert set(list_rooms()) - drawn == set()


def test_every_path_that_is_named_is_there():
    named = re.findall(r"`([a-z]+(?:/[a-z_…-]+)*(?:/|\.(?:py|toml|md|html|txt)))`", PAGE)
    assert len(named) > 30
    homes = (PACKAGE, ROOT, ROOT / "stories")
    assert [each for each in named if not any((home / each).exists() for home in homes)] == []


def test_what_is_added_touches_few_files():
    rows = re.findall(r"^\| an? ([a-z ]+) \| (.+) \|$", part("Where a new line goes"), re.MULTILINE)
    most = {"feed": 3, "field of stories": 4, "kind of page": 5, "rule": 3, "command": 4}
    touched = {name: len(re.findall(r"`[^`]*[/.][^`]*`", told)) for name, told in rows}
    assert {name: touched[name] for name in most if touched[name] > most[name]} == {}


def test_no_library_is_told_of_two_rooms():
    rows = re.findall(r"^\| `[a-z_]+` \| .* \| (.*?) ?\|$", part("The rooms"), re.MULTILINE)
    libraries = [each for row in rows for each in row.split(", ") if each]
    assert sorted(libraries) == sorted(set(libraries))
