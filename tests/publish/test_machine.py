"""What the machine decides: a port, a folder, a file. The lock: test_lock; the disk: test_harm."""

from __future__ import annotations

import re
import shutil
import socket
import sys

import pytest


def places(ran, rule):
    """Return the places at which a command reports a rule; it reports no other."""
    said = ran.out + ran.err
    assert set(re.findall("GS[0-9]{3}", said)) == {rule}, said
    assert "Traceback" not in said
    return re.findall(rf"^(\S+:[0-9]+:[0-9]+): (?:error|warning) {rule} ", said, re.M)


def test_no_story_at_all(newsroom):
    for year in newsroom.root.glob("stories/20*"):
        shutil.rmtree(year)
    newsroom.edit("docs/gioi-thieu.md", "/2026/con-chu/#phan-cuoi", "/khen-thuong/")
    ran = newsroom.run("check", "--lang", "en")
    assert places(ran, "GS808") == ["stories:1:1"]
    assert ran.code == 0
    assert newsroom.run("build", "--strict").code == 1
    assert not newsroom.site.exists()


def test_a_folder_of_somebody_else(newsroom):
    folder = newsroom.root / "tai-lieu"
    folder.mkdir()
    (folder / "thu.txt").write_text("của người khác")
    ran = newsroom.run("build", "--site-dir", str(folder), "--lang", "en")
    assert (ran.code, places(ran, "GS811")) == (1, ["mkdocs.yml:1:1"])
    assert "“tai-lieu” holds “thu.txt”" in ran.err
    assert [path.name for path in folder.iterdir()] == ["thu.txt"]


def test_a_port_in_use(newsroom):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = newsroom.run("serve", "--port", str(port), "--lang", "en")
    assert (ran.code, places(ran, "GS813")) == (1, ["mkdocs.yml:1:1"])
    assert f"guongsang serve --port {port % 65535 + 1}" in ran.err


@pytest.mark.skipif(sys.platform == "win32", reason="links of Unix")
@pytest.mark.parametrize("target", ["index.md", "khong-co.md"])
def test_a_story_that_cannot_be_opened(newsroom, target):
    """A link that leads to itself, or nowhere."""
    path = newsroom.path("nguoi-giu-lua")
    path.unlink()
    path.symlink_to(path.with_name(target))
    ran = newsroom.run("check", "--lang", "en")
    assert (ran.code, places(ran, "GS824")) == (1, ["stories/2025/nguoi-giu-lua/index.md:1:1"])
    assert newsroom.run("build").code == 1
    assert newsroom.run("fix", "--dry-run").code in (0, 1)
