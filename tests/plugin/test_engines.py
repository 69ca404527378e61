"""Our command, MkDocs' own and ProperDocs' make the same site from the same files."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec

from tests.tools import need

NOW = "1782864000"


def run_engine(module, root, *options):
    env = {**os.environ, "SOURCE_DATE_EPOCH": NOW, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", module, "build", *options]
    return subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=False)


def test_mkdocs_makes_the_same_bytes(newsroom, built):
    ran = run_engine("mkdocs", newsroom.root, "--strict")
    assert ran.returncode == 0, ran.stderr
    assert newsroom.bytes() == built.bytes()


def test_properdocs_makes_the_same_bytes(newsroom, built):
    need(find_spec("properdocs"), "ProperDocs", comes_by="pip install properdocs")
    ran = run_engine("properdocs", newsroom.root, "--strict", "-f", "mkdocs.yml")
    assert ran.returncode == 0, ran.stderr
    assert newsroom.bytes() == built.bytes()


def test_mkdocs_and_our_command_share_their_memory(published):
    assert run_engine("mkdocs", published.root).returncode == 0
    assert published.build().out.startswith("Không có gì thay đổi")


def test_mkdocs_publishes_nothing_when_a_story_is_broken(newsroom):
    newsroom.edit("con-chu", "column: ban-muong", "column: khong-co")
    ran = run_engine("mkdocs", newsroom.root)
    assert ran.returncode == 1
    assert "stories/2026/con-chu/index.md:5:9" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not newsroom.site.exists()


def test_mkdocs_publishes_nothing_when_strict_finds_a_warning(newsroom):
    newsroom.edit("con-chu", "Kết bài", "Gọi 0912 345 678, kết bài")
    ran = run_engine("mkdocs", newsroom.root, "--strict")
    assert ran.returncode == 1
    assert "GS510" in ran.stderr
    assert not newsroom.site.exists()
