"""`guongsang init --upgrade`: the program's part is replaced, every byte of content stays."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from guongsang.cli.main import main
from guongsang.desk.founding.hosts import WORKFLOWS
from guongsang.desk.founding.wheel import FOLDER, pack_wheel

OLD_WHEEL = f"{FOLDER}/guongsang-0.0.9-py3-none-any.whl"


@pytest.fixture
def upgrade(capsys):
    def run(folder, *options):
        code = main(["init", str(folder), "--upgrade", *options])
        return code, "".join(capsys.readouterr())

    return run


@pytest.fixture
def grown(newsroom):
    """A newsroom of an older version, with a guide of its own and somebody else's files."""
    root = newsroom.root
    for name, text in {
        "requirements.lock": "click==8.0\n",
        OLD_WHEEL: "an old wheel",
        f"{FOLDER}/doc-truoc.txt": "của tòa soạn",
        ".github/workflows/pages.yml": "old\n",
        ".github/workflows/sao-luu.yml": "của tòa soạn\n",
        "docs/huong-dan/index.md": "# Hướng dẫn\n",
        "README.md": "của tòa soạn\n",
        ".gitignore": "/site/\n",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return newsroom


def read_files(folder):
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_only_the_programs_part_changes_and_all_of_it_is_told(grown, upgrade):
    before = read_files(grown.root)
    code, said = upgrade(grown.root)
    assert code == 0, said
    after = read_files(grown.root)
    wheel = pack_wheel()
    program = {
        "requirements.lock",
        f"{FOLDER}/{wheel.name}",
        f"{FOLDER}/requirements-cluster.lock",
        f"{FOLDER}/requirements-deploy.lock",
        f"{FOLDER}/requirements-office.lock",
        f"{FOLDER}/requirements-paper.lock",
        f"{FOLDER}/open_desk.py",
        "Mo-ban-bien-tap.cmd",
        "Mo-ban-bien-tap.command",
        *WORKFLOWS["github"],
    }
    assert {*after} - {*before} | {name for name in before if after.get(name) != before[name]} == (
        program | {OLD_WHEEL}
    )
    assert OLD_WHEEL not in after
    assert after[f"{FOLDER}/{wheel.name}"] == wheel.content
    for name in (*program, OLD_WHEEL):
        assert name in said
    assert f"0.0.9 → {wheel.version}" in said
    assert "docs/huong-dan/" in said
    assert not [name for name in after if "/.guongsang" in name or name.endswith(".guongsang")]


def test_an_old_newsroom_is_upgraded_to_one_that_builds(grown, upgrade):
    upgrade(grown.root)
    grown.build()
    shutil.rmtree(grown.root / "docs/huong-dan")
    grown.build("--strict")
    assert "docs/huong-dan/" not in upgrade(grown.root)[1]


def test_a_second_upgrade_finds_nothing(grown, upgrade):
    upgrade(grown.root)
    lock = grown.root / "requirements.lock"
    lock.write_bytes(lock.read_bytes().replace(b"\n", b"\r\n"))  # as git writes it on Windows
    before = read_files(grown.root)
    code, said = upgrade(grown.root, "--lang", "en")
    assert code == 0 and "nothing to replace" in said
    assert read_files(grown.root) == before


@pytest.mark.parametrize("host", ["gitlab", "github", "none"])
def test_a_host_may_be_added(newsroom, upgrade, host):
    assert upgrade(newsroom.root, "--host", host)[0] == 0
    there = {path for files in WORKFLOWS.values() for path in files}
    assert {path for path in there if (newsroom.root / path).is_file()} == {*WORKFLOWS[host]}
    assert (newsroom.root / "requirements.lock").is_file()


def test_neither_a_strange_folder_nor_our_source_is_upgraded(tmp_path, upgrade):
    assert upgrade(tmp_path)[0] == 2
    (tmp_path / "mkdocs.yml").touch()
    (tmp_path / "scripts/guongsang").mkdir(parents=True)
    code, said = upgrade(tmp_path)
    assert code == 2 and "git" in said
    assert sorted(read_files(tmp_path)) == ["mkdocs.yml"]


def test_what_cannot_be_written_ends_in_one_line(grown, upgrade, monkeypatch):
    def refuse(self, target):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    before = read_files(grown.root)
    code, said = upgrade(grown.root)
    assert code == 1 and "Permission denied" in said
    assert read_files(grown.root) == before
