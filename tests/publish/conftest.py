"""A newsroom kept as values, so that tests can edit it at random and it stays free of errors."""

from __future__ import annotations

import copy
import datetime as dt
import io
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image
from tests.conftest import make_film

from guongsang.cli import commands
from guongsang.plugin import quickly

VIETNAM = dt.timezone(dt.timedelta(hours=7))
START = dt.datetime(2026, 7, 1, 7, tzinfo=VIETNAM)
SUMMARY = "Một câu tóm tắt đủ dài để qua được phép kiểm tra về số chữ của tòa soạn, lần thứ {}."


@dataclass(slots=True)
class EditedStory:
    """A story as values. A `link` in the body is (words, slug of another story)."""

    year: int
    slug: str
    front: dict[str, Any]
    body: list[str | tuple[str, str]]
    photos: dict[str, int] = field(default_factory=dict)
    film: int = 0

    @property
    def url(self) -> str:
        return f"/{self.year}/{self.slug}/"

    @property
    def can_be_linked(self) -> bool:
        return self.front["status"] == "ready" and "publish_at" not in self.front


@dataclass(slots=True)
class EditedNewsroom:
    """Everything that a build reads, as values; `write` brings the folder to that state."""

    root: Path
    registers: dict[str, dict[str, Any]]
    honorees: dict[str, dict[str, Any]]
    texts: dict[str, str]
    stories: dict[str, EditedStory] = field(default_factory=dict)
    now: dt.datetime = START
    moved: list[Path] = field(default_factory=list)

    @property
    def epoch(self) -> str:
        return str(int(self.now.timestamp()))

    def write(self) -> list[Path]:
        """Write what differs and delete what should not be there; other files keep their times.

        Returns the paths of all that has changed since the last time.
        """
        wanted = self._render()
        changed, self.moved = self.moved, []
        for folder in ("stories", "docs", "overrides"):
            for path in sorted((self.root / folder).rglob("*"), reverse=True):
                if path.is_file() and path.relative_to(self.root).as_posix() not in wanted:
                    changed.append(path)
                    path.unlink()
                elif path.is_dir() and not any(path.iterdir()):
                    path.rmdir()
        for uri, content in wanted.items():
            path = self.root / uri
            if not path.is_file() or path.read_bytes() != content:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                changed.append(path)
        return changed

    def move(self, slug: str, *, year: int, new_slug: str) -> None:
        """Move a story's folder as an editor does in a file manager; its old address leads on."""
        story = self.stories.pop(slug)
        old = self.root / "stories" / str(story.year) / slug
        aliases = [alias for alias in story.front.get("aliases", []) if alias != story.url]
        was = story.url
        story.year, story.slug = year, new_slug
        self.stories[new_slug] = story
        story.front["date"] = str(year) + str(story.front["date"])[4:]
        if story.front["status"] == "ready":
            aliases.append(was)
        story.front["aliases"] = [alias for alias in aliases if alias != story.url]
        new = self.root / "stories" / str(year) / new_slug
        new.parent.mkdir(parents=True, exist_ok=True)
        if old.is_dir():
            shutil.move(old, new)
            self.moved += [old, new]
        for other in self.stories.values():
            if other.front.get("follows") == slug:
                other.front["follows"] = new_slug
            other.body = [
                (part[0], new_slug) if isinstance(part, tuple) and part[1] == slug else part
                for part in other.body
            ]

    def _render(self) -> dict[str, bytes]:
        files = {uri: text.encode() for uri, text in self.texts.items()}
        for name, records in self.registers.items():
            files[f"stories/registers/{name}.yml"] = _dump(records)
        for key, record in self.honorees.items():
            files[f"stories/registers/honorees/{key}.yml"] = _dump(record)
        for story in self.stories.values():
            files |= self._render_folder(story)
        return files

    def write_story(self, story: EditedStory) -> None:
        """Write the files of one story alone."""
        for uri, content in self._render_folder(story).items():
            path = self.root / uri
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    def _render_folder(self, story: EditedStory) -> dict[str, bytes]:
        folder = f"stories/{story.year}/{story.slug}"
        files = {f"{folder}/index.md": self._render_story(story)}
        for name, tint in story.photos.items():
            files[f"{folder}/{name}"] = draw_tiny(tint)
        for each in story.front.get("attachments", ()):
            files[f"{folder}/{each['src']}"] = f"%PDF-1.4 {each['title']}\n".encode()
        for each in story.front.get("films", ()):
            files[f"{folder}/{each['src']}"] = make_film(story.film)
        return files

    def _render_story(self, story: EditedStory) -> bytes:
        front = copy.deepcopy(story.front)
        if front.get("follows") not in self._linkable(story):
            front.pop("follows", None)
        others = sorted(story.photos.keys() - {"bia.jpg"})
        front["photos"] = [{"src": name, "alt": f"Ảnh {name}"} for name in others]
        parts = [self._render_part(story, part) for part in story.body]
        return b"---\n" + _dump(front) + b"---\n\n" + "\n\n".join(parts).encode() + b"\n"

    def _render_part(self, story: EditedStory, part: str | tuple[str, str]) -> str:
        if isinstance(part, str):
            return part
        words, slug = part
        if slug not in self._linkable(story):
            return words
        other = self.stories[slug]
        same = other.year == story.year
        return f"[{words}]({f'../{slug}/index.md' if same else other.url})"

    def _linkable(self, story: EditedStory) -> set[str]:
        others = (other for other in self.stories.values() if other is not story)
        return {other.slug for other in others if other.can_be_linked}


def _dump(value: object) -> bytes:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False).encode()


@cache
def draw_tiny(tint: int) -> bytes:
    """Return a small JPEG of a colour."""
    data = io.BytesIO()
    colour = (tint * 37 % 256, tint * 91 % 256, tint * 151 % 256)
    Image.new("RGB", (96, 64), colour).save(data, "JPEG")
    return data.getvalue()


def make_story(number: int, *, year: int, slug: str) -> EditedStory:
    """Make a story that has something of everything, different for every number."""
    month, day = number * 5 % 6 + 1, number * 11 % 27 + 1
    front: dict[str, Any] = {
        "title": f"Bài thứ {number} về việc tốt",
        "date": f"{year}-{month:02}-{day:02}",
        "column": ("ban-muong", "viec-tot")[number % 2],
        "fields": [("giao-duc", "y-te")[number // 2 % 2]],
        "honorees": [{"id": ("ho-giao", "to-hien-mau")[number % 2]}],
        "places": [{"unit": ("mu-ca", "sin-suoi-ho", "le-thuy")[number % 3]}],
        "authors": [{"id": ("lan", "ban-bien-tap")[number % 2]}],
        "cover": {"src": "bia.jpg", "alt": f"Bìa {number}"},
        "summary": SUMMARY.format(number),
        "tags": [f"thẻ {number % 4}"],
        "status": "ready",
    }
    body: list[str | tuple[str, str]] = [f"Đoạn mở bài {number}.", "## Phần sau", "Đoạn kết."]
    return EditedStory(year, slug, front, body, {"bia.jpg": number})


def _read_good(root: Path, sites: Path) -> EditedNewsroom:
    """Take registers, settings and hand-written pages of the good site, and our own stories."""
    good = sites / "good"
    registers = {
        path.stem: yaml.safe_load(path.read_text("utf-8"))
        for path in sorted((good / "stories/registers").glob("*.yml"))
    }
    registers["newsroom"]["photos"] = {"widths": [64]}
    honorees = {
        path.stem: yaml.safe_load(path.read_text("utf-8"))
        for path in sorted((good / "stories/registers/honorees").glob("*.yml"))
    }
    kept = [good / "mkdocs.yml", good / "stories/registers/addresses.txt", *good.glob("docs/*.md")]
    texts = {path.relative_to(good).as_posix(): path.read_text("utf-8") for path in sorted(kept)}
    texts["mkdocs.yml"] = texts["mkdocs.yml"].replace(
        "theme:\n", "theme:\n  custom_dir: overrides\n", 1
    )
    about = texts["docs/gioi-thieu.md"]
    texts["docs/gioi-thieu.md"] = about.replace("/2026/con-chu/#phan-cuoi", "/khen-thuong/")
    texts["overrides/partials/footer.html"] = "<footer><p>Chân trang riêng</p></footer>\n"
    return EditedNewsroom(root, registers, honorees, texts)


@pytest.fixture
def make_edited(sites: Path, tmp_path: Path) -> Iterator[Callable[[], EditedNewsroom]]:
    """Make newsrooms of eight stories over three years, each in a folder of its own."""
    count = 0

    def make() -> EditedNewsroom:
        nonlocal count
        count += 1
        made = _read_good(tmp_path / f"edited-{count}", sites)
        for number in range(1, 9):
            slug = f"bai-{number}"
            made.stories[slug] = make_story(number, year=2023 + number % 4, slug=slug)
        made.stories["bai-2"].body.append(("bài thứ nhất", "bai-1"))
        made.stories["bai-3"].front["follows"] = "bai-1"
        made.root.mkdir()
        made.write()
        return made

    yield make


@pytest.fixture(scope="session", name="make_story")
def _make_story() -> Callable[..., EditedStory]:
    return make_story


@pytest.fixture
def touched(monkeypatch):
    """Returns the publications of builds that went without MkDocs."""
    done = []

    def count(*args, **options):
        report = quickly.build_quickly(*args, **options)
        if report is not None and not report.published.is_nothing:
            done.append(report.published)
        return report

    monkeypatch.setattr(commands, "build_quickly", count)
    # Files of this moment are old enough after a hundredth of a second.
    monkeypatch.setattr("guongsang.stories.scan._SETTLED_NS", 8_000_000)
    return done
