"""Whole sites that are broken in one way each: a folder of `tests/sites/broken` a rule.

Each is the good newsroom with its own files laid over it, some texts edited and links made;
`site.toml` says which command finds what, and where. Nothing else may be found, and nothing may be
published.
"""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import pytest

from guongsang.problems.rules import rule_table

SITES = Path(__file__).parent.parent / "sites/broken"
NAMES = sorted(folder.name for folder in SITES.iterdir())
# What no file decides: a lock, a disk, a port, a folder; see test_machine, test_lock in publish.
MACHINES = {"GS808", "GS810", "GS811", "GS812", "GS813", "GS815", "GS824", "GS830"}


@pytest.fixture
def break_site(newsroom, draw_photo):
    def lay_over(name):
        site = tomllib.loads((SITES / name / "site.toml").read_text("utf-8"))
        shutil.copytree(SITES / name, newsroom.root, dirs_exist_ok=True)
        (newsroom.root / "site.toml").unlink()
        for path in newsroom.root.glob("stories/*/*/index.md"):
            if "src: bia.jpg" in path.read_text("utf-8") and not (path.parent / "bia.jpg").exists():
                draw_photo(path.parent / "bia.jpg")
        if "--release" in site["run"]:
            newsroom.run("fix", str(newsroom.root / "stories/registers/addresses.txt"))
        for name, target in site.get("link", {}).items():
            (newsroom.root / name).unlink(missing_ok=True)
            (newsroom.root / name).symlink_to(target)
        for edit in site.get("edit", ()):
            newsroom.edit(edit["file"], edit["old"], edit["new"])
        return site

    return lay_over


@pytest.mark.parametrize("name", NAMES)
def test_a_broken_site(newsroom, break_site, name):
    site = break_site(name)
    command, *options = site["run"].split()
    ran = newsroom.run(command, *options, "--lang", "en")
    said = ran.out + ran.err
    places = re.findall(rf"^(\S+:[0-9]+:[0-9]+): (?:error|warning) {name.upper()} ", said, re.M)
    rules = set(re.findall(r"GS[0-9]{3}", said))
    assert places == site["expected"], said
    assert rules == {name.upper()}, said
    assert ran.code == (0 if name in ("gs519", "gs819", "gs833") else 1)
    assert not newsroom.site.exists()


def test_every_rule_of_the_whole_site_has_one():
    site_level = {rule for rule in rule_table() if rule.startswith("GS8")}
    site_level |= {"GS235", "GS310", "GS519", "GS324", "GS327", "GS328", "GS329"}
    assert {name.upper() for name in NAMES} == site_level - MACHINES
