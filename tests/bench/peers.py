"""The same texts for other programs: Material's blog plugin and Hugo."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Final

import yaml
from tests.bench.generate import BenchStory, Desk, copy_cover, make_cover

_HERE: Final = Path(__file__).parent
_ALT: Final = "Đồi núi nhiều lớp phía sau bản trong nắng sớm"
Write = Callable[[Path, Desk, Sequence[BenchStory]], None]


@dataclass(frozen=True, slots=True)
class Peer:
    """A program to compare with. `output` is what it writes, below the folder it runs in."""

    name: str
    version: str
    write: Write
    command: tuple[str, ...]
    output: str


def find_peers() -> list[Peer]:
    """Return the peers that this machine has."""
    found = [
        Peer(
            "Material blog",
            f"mkdocs-material {metadata.version('mkdocs-material')}, "
            f"mkdocs {metadata.version('mkdocs')}",
            write_material,
            (sys.executable, "-m", "mkdocs", "build", "--quiet"),
            "site",
        )
    ]
    hugo = shutil.which("hugo")
    if hugo:
        told = subprocess.run([hugo, "version"], capture_output=True, text=True, check=True).stdout
        number = re.search(r"v([0-9.]+)", told)
        version = f"hugo {number[1] if number else told.strip()}"
        found.append(Peer("Hugo", version, write_hugo, (hugo, "--quiet"), "public"))
    return found


def write_material(root: Path, desk: Desk, stories: Sequence[BenchStory]) -> None:
    """Write the stories as posts of the blog plugin: columns and fields are its categories."""
    root.mkdir(parents=True)
    shutil.copyfile(_HERE / "material" / "mkdocs.yml", root / "mkdocs.yml")
    docs = root / "docs"
    posts = docs / "posts"
    posts.mkdir(parents=True)
    (docs / "index.md").write_text(f"# {_site_name(desk)}\n", "utf-8")
    authors = {
        key: {"name": name, "description": "Tác giả", "avatar": "https://bao.example/a.png"}
        for key, name in desk.authors.items()
    }
    (docs / ".authors.yml").write_text(
        yaml.safe_dump({"authors": authors}, allow_unicode=True), "utf-8"
    )
    cover = root / "bia.jpg"
    cover.write_bytes(make_cover())
    for story in stories:
        keys = [(story.column, "columns"), *((key, "fields") for key in story.fields)]
        front = {
            "title": story.title,
            "date": story.date,
            "slug": story.slug,
            "description": story.summary,
            "authors": list(story.authors),
            "categories": [desk.registers[name][key]["name"] for key, name in keys],
        }
        first, *rest = story.paragraphs
        cover_line = f"![{_ALT}](../anh/{story.slug}.jpg)"
        body = "\n\n".join([f"# {story.title}", first, "<!-- more -->", cover_line, *rest])
        (posts / f"{story.slug}.md").write_text(_join(front, body), "utf-8")
        copy_cover(cover, docs / "anh" / f"{story.slug}.jpg")


def write_hugo(root: Path, desk: Desk, stories: Sequence[BenchStory]) -> None:
    """Write the stories as pages of Hugo, with its taxonomies for everything that has a list."""
    shutil.copytree(_HERE / "hugo", root)
    # Hugo before 0.110 reads config.toml only.
    (root / "hugo.toml").rename(root / "config.toml")
    cover = root / "bia.jpg"
    cover.write_bytes(make_cover())
    for story in stories:
        front = {
            "title": story.title,
            "date": story.date,
            "slug": story.slug,
            "url": f"/{story.date.year}/{story.slug}/",
            "description": story.summary,
            "cover": f"/anh/{story.slug}.jpg",
            "alt": _ALT,
            "chuyen-muc": [story.column],
            "linh-vuc": list(story.fields),
            "dia-phuong": [story.place],
            "nhan-vat": list(story.honorees),
            "tac-gia": list(story.authors),
        }
        folder = root / "content" / str(story.date.year)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{story.slug}.md").write_text(_join(front, story.body), "utf-8")
        copy_cover(cover, root / "static" / "anh" / f"{story.slug}.jpg")


def _site_name(desk: Desk) -> str:
    return str(desk.registers["newsroom"]["name"])


def _join(front: dict[str, object], body: str) -> str:
    """JSON is YAML too, and is written faster."""
    lines = [f"{key}: {_value(value)}" for key, value in front.items()]
    return "\n".join(["---", *lines, "---", "", body, ""])


def _value(value: object) -> str:
    if isinstance(value, str | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
