"""Two editors, each with a clone of one newsroom, and a bare repository between them."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from guongsang.desk.sending import send as sending
from guongsang.desk.sending.git import Git
from guongsang.desk.sending.send import QuestionsError

ATTRIBUTES = "* text=auto\n*.md text eol=lf\n*.yml text eol=lf\n*.txt text eol=lf\n*.jpg binary\n"
STORIES = ("con-chu", "giot-mau", "ban-thao")


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", folder, *arguments], check=True, capture_output=True)
    return done.stdout.decode()


def write_story(title: str, *paragraphs: str, more: str = "") -> str:
    body = "\n\n".join(paragraphs)
    return f"---\ntitle: {title}\ndate: 2026-05-19\ntags: [x]\n{more}status: draft\n---\n\n{body}\n"


@dataclass(frozen=True)
class Editor:
    """An editor's folder."""

    root: Path
    far: Path

    def story(self, slug: str, name: str = "index.md") -> Path:
        return self.root / "stories/2026" / slug / name

    def register(self, name: str) -> Path:
        return self.root / "stories/registers" / name

    def edit(self, path: Path, old: str, new: str) -> None:
        text = path.read_text("utf-8")
        assert old in text, text
        path.write_text(text.replace(old, new), "utf-8")

    def changes(self) -> dict[str, sending.Change]:
        return {each.id: each for each in sending.look(self.root).changes}

    def send(self, *wanted: str, choice: str | None = None, **more) -> sending.Sent:
        """Send, all if nothing is named; questions are answered all alike, if at all."""
        ids = wanted or tuple(self.changes())
        choices: dict[str, str] = {}
        while True:
            try:
                return sending.send(self.root, ids, choices, git=Git(self.root, 20), **more)
            except QuestionsError as error:
                if choice is None:
                    raise
                choices |= {
                    each.clash.id: choice if choice in each.clash.choices else "mine"
                    for each in error.questions
                }

    def update(self):
        return sending.update(self.root, git=Git(self.root, 20))

    def git(self, *arguments: str) -> str:
        return git(self.root, *arguments)

    def files(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in sorted(self.root.rglob("*"))
            if path.is_file() and ".git" not in path.relative_to(self.root).parts
        }

    @contextmanager
    def offline(self) -> Iterator[None]:
        self.git("remote", "set-url", "origin", str(self.far) + "-gone")
        try:
            yield
        finally:
            self.git("remote", "set-url", "origin", str(self.far))


def make_newsroom(root: Path) -> None:
    for slug in STORIES:
        folder = root / "stories/2026" / slug
        folder.mkdir(parents=True)
        text = write_story(f"Bài {slug}", f"{slug} một.", f"{slug} hai.", f"{slug} ba.")
        (folder / "index.md").write_text(text, "utf-8")
    (root / "stories/2026/con-chu/bia.jpg").write_bytes(b"\xff\xd8anh bia")
    registers = root / "stories/registers"
    (registers / "honorees").mkdir(parents=True)
    (registers / "authors.yml").write_text("ban-bien-tap: {name: Ban Biên tập}\n", "utf-8")
    (registers / "addresses.txt").write_text("# sổ\n/2026/con-chu/\n", "utf-8")
    (root / "docs").mkdir()
    (root / "docs/gioi-thieu.md").write_text("# Giới thiệu\n\nXem.\n", "utf-8")
    (root / "mkdocs.yml").write_text("site_name: Thử\n", "utf-8")
    (root / ".gitattributes").write_text(ATTRIBUTES, "utf-8")
    (root / ".gitignore").write_text("/.cache/\n", "utf-8")


def make_editors(folder: Path, inside: str = "") -> tuple[Editor, Editor]:
    """Make two clones; `inside` is the folder of the newsroom in the repository."""
    far = folder / "chung.git"
    git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(far))
    editors = []
    for name in ("lan", "minh"):
        clone = folder / name
        git(folder, "clone", "--quiet", str(far), str(clone))
        git(clone, "config", "user.name", name.title())
        git(clone, "config", "user.email", f"{name}@guong.example")
        if name == "lan":
            git(clone, "checkout", "--quiet", "-B", "main")
            make_newsroom(clone / inside)
            git(clone, "add", "--all")
            git(clone, "commit", "--quiet", "--message", "Đầu tiên")
            git(clone, "push", "--quiet", "--set-upstream", "origin", "main")
        editors.append(Editor(clone / inside, far))
    return editors[0], editors[1]


@pytest.fixture(autouse=True)
def no_config_of_this_machine(monkeypatch, tmp_path_factory):
    """Git's settings of whoever runs the tests say nothing here."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "EMAIL",
                 "GIT_COMMITTER_EMAIL", "GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):  # fmt: skip
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def editors(tmp_path):
    return make_editors(tmp_path)
