"""The ledger follows what becomes ready, and what was never sent."""

from __future__ import annotations

import subprocess

import pytest

from guongsang.desk.ledger import note_status
from guongsang.registers.paths import LEDGER

STORY = "/2026/con-chu/"


@pytest.fixture
def ledger(tmp_path):
    """A function that writes the ledger of a newsroom, and one that reads it."""
    path = tmp_path / LEDGER
    path.parent.mkdir(parents=True)

    def write(text):
        path.write_bytes(text.encode())
        return tmp_path

    return write, lambda: path.read_bytes().decode()


def git(root, *words):
    names = ("-c", "user.name=Lan", "-c", "user.email=lan@guong.example")
    subprocess.run(["git", "-C", root, *names, *words], check=True, capture_output=True)


def test_what_is_ready_is_listed_once(ledger):
    write, read = ledger
    root = write("# sổ\n/2026/a/\n")
    for _ in range(2):
        note_status(root, STORY, "ready")
        assert read() == "# sổ\n/2026/a/\n/2026/con-chu/\n"


def test_a_ledger_that_is_not_there_is_made(tmp_path):
    (tmp_path / "stories/registers").mkdir(parents=True)
    note_status(tmp_path, STORY, "ready")
    text = (tmp_path / LEDGER).read_text("utf-8")
    assert text.startswith("#") and text.endswith(f"\n{STORY}\n")


def test_without_git_a_draft_stays_listed(ledger):
    write, read = ledger
    root = write(f"{STORY}\n")
    note_status(root, STORY, "draft")
    assert read() == f"{STORY}\n"


def test_a_draft_that_was_never_sent_leaves_the_ledger(ledger):
    write, read = ledger
    root = write("# sổ\r\n/2026/a/\r\n")
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "Một")
    before = read()
    note_status(root, STORY, "ready")
    assert STORY in read()
    note_status(root, STORY, "draft")
    assert read() == before
    note_status(root, STORY, "ready")
    git(root, "commit", "-qam", "Hai")
    note_status(root, STORY, "draft")
    assert STORY in read(), "readers may have it"


@pytest.mark.parametrize("status", ["retracted", None, "x"])
def test_any_other_state_changes_nothing(ledger, status):
    write, read = ledger
    root = write("# sổ\n")
    note_status(root, STORY, status)
    assert read() == "# sổ\n"
