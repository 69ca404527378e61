"""A process may die at any write: the next one publishes what a clean build does."""

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.engine.builder import build, expect

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "tests.engine.builder")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits and signals of Linux")


class Folder:
    def __init__(self, root):
        self.root, self.chance, self.edits = root, random.Random(3), 0
        self.texts = {f"t{n:03d}": "chữ " * (n % 7 + 300) for n in range(60)}

    def edit(self):
        """Change, add and take away some."""
        self.edits += 1
        for key in self.chance.sample(sorted(self.texts), 6):
            self.texts[key] = "lửa " * self.chance.randrange(300, 400)
        del self.texts[self.chance.choice(sorted(self.texts))]
        self.texts[f"n{self.edits}"] = "mới " * self.chance.randrange(400)
        (self.root / "texts.json").write_text(json.dumps(self.texts))

    def start(self, *arguments):
        return subprocess.Popen(
            [*COMMAND, str(self.root), *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )

    @property
    def store(self):
        return self.root / ".cache/answers.db"

    @property
    def has_hot_journal(self):
        journal = self.store.with_name("answers.db-journal")
        return journal.exists() and journal.read_bytes()[:8] == bytes.fromhex("d9d505f920a163d7")

    def assert_right(self):
        build(self.root)
        site = {path.name: path.read_text() for path in (self.root / "site").iterdir()}
        assert site == expect(self.texts)


@pytest.fixture
def folder(tmp_path):
    made = Folder(tmp_path)
    made.edit()
    return made


@pytest.mark.long
def test_death_at_a_write_of_any_place(folder):
    folder.assert_right()
    folder.edit()
    size, hot, deaths = folder.store.stat().st_size, 0, 0
    for part in range(24):
        with folder.start(str(size * part // 22)) as process:
            process.communicate(timeout=60)
        if process.returncode == -signal.SIGXFSZ:
            deaths += 1
            hot += folder.has_hot_journal
        if part % 3 == 0:
            folder.assert_right()
        folder.edit()
    folder.assert_right()
    assert deaths > 10
    assert hot > 3  # died while the file itself was half of each


def test_death_at_a_write_of_a_first_build(folder):
    for part in range(8):
        with folder.start(str(4096 * (part * part + 1))) as process:
            process.communicate(timeout=60)
        assert process.returncode in (0, -signal.SIGXFSZ)
        if part % 2:
            folder.assert_right()
            folder.store.unlink()
        folder.edit()
    folder.assert_right()


@pytest.mark.long
def test_death_at_any_moment(folder):
    began = time.monotonic()
    with folder.start() as process:
        process.communicate(timeout=60)
    lasts = time.monotonic() - began
    for _ in range(12):
        folder.edit()
        with folder.start() as process:
            assert process.stdout.readline() == "begun\n"
            time.sleep(folder.chance.random() * lasts / 2)
            process.kill()
        if folder.chance.random() < 0.5:
            folder.assert_right()
    folder.assert_right()
