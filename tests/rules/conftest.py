"""A small newsroom with one story, changed as a case of `cases/*.toml` says.

`front` sets keys of the story (empty takes one out), `body` or `text` or `hex` the rest, `before`
stands above it; `honoree` is its one honoree, `person` a register's record `a`, `committed` keys
as git knows them. `second` adds another story. `register`, `places`, `newsroom` change registers,
`files`, `sizes`, `links`, `gone`, `move`, `picture` the folder, `theme` lines of mkdocs.yml.
"""

from __future__ import annotations

import errno
import io
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from PIL import Image

from guongsang.publish import lock
from guongsang.state.errors import StateError
from guongsang.state.store import Store

STORY = "stories/2026/con-chu"
REGISTERS = "stories/registers"
FRONT = {
    "title": "Con chữ lên Mù Cả",
    "date": "2026-05-19",
    "column": "ban-muong",
    "fields": "[giao-duc]",
    "honorees": "[{id: to-hien-mau}]",
    "places": "[{unit: mu-ca}]",
    "authors": "[{id: lan}]",
    "cover": "{src: bia.jpg, alt: Lớp học}",
    "summary": "Một câu tóm tắt đủ dài để kể vắn tắt ai đã làm việc gì, ở đâu và được gì.",
    "status": "ready",
}
BODY = "Năm 1959, xã mở lớp học đầu tiên."
HOLD = """
import sys, time
from pathlib import Path
from guongsang.publish.lock import BuildLock
held = BuildLock(Path(sys.argv[1]))
held.acquire(on_wait=print)
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture(scope="session")
def make_case(sites: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Make the newsroom of a case and return its folder."""

    def make(case: dict[str, Any]) -> Path:
        root = tmp_path_factory.mktemp("case")
        shutil.copytree(sites / "good/stories/registers", root / REGISTERS)
        shutil.copytree(sites / "good/docs", root / "docs")
        (root / "mkdocs.yml").write_text(_settings(sites, case), "utf-8")
        if "committed" in case:
            _commit_story(root, {"front": case["committed"]})
        _write_story(root / STORY, case)
        _write_second(root, case)
        _change_registers(root / REGISTERS, case)
        _change_files(root, case)
        return root

    return make


def _settings(sites: Path, case: dict[str, Any]) -> str:
    text = (sites / "good/mkdocs.yml").read_text("utf-8")
    if "site_url" in case:
        text = text.replace("site_url: https://guong.example/", case["site_url"])
    if "plugins" in case:
        text = text.replace("plugins:\n  - guongsang", case["plugins"])
    if "theme" in case:
        text = text.replace("  language: vi", case["theme"])
    return text.replace("/dia-phuong/", case.get("nav", "/dia-phuong/"))


def _commit_story(root: Path, case: dict[str, Any]) -> None:
    """Commit a story as it was before, and take it away."""
    _write_story(root / STORY, case)
    author = ("-c", "user.name=a", "-c", "user.email=a@example.vn")
    for command in (("init", "-q"), ("add", "-A"), (*author, "commit", "-q", "-m", "a")):
        subprocess.run(("git", "-C", str(root), *command), check=True)
    shutil.rmtree(root / STORY)


@cache
def _cover() -> bytes:
    cover = io.BytesIO()
    Image.new("RGB", (1600, 1000)).save(cover, "JPEG", quality=85)
    return cover.getvalue()


def _write_story(folder: Path, case: dict[str, Any]) -> None:
    folder.mkdir(parents=True)
    (folder / "bia.jpg").write_bytes(_cover())
    path = folder / "index.md"
    if "hex" in case:
        path.write_bytes(bytes.fromhex(case["hex"]))
        return
    changes = dict(case.get("front", {}))
    if "honoree" in case:
        changes["honorees"] = f"[{case['honoree']}]"
    if "many_tags" in case:
        changes["tags"] = f"[{', '.join(f't{n}' for n in range(case['many_tags']))}]"
    if "long_summary" in case:
        changes["summary"] = "a" * case["long_summary"]
    body = case.get("body", BODY)
    if "long_body" in case:
        body = "chữ " * (case["long_body"] // 4 + 1)
    text = case.get("text", _story_text(changes, body))
    path.write_text(case.get("before", "") + text + "a" * case.get("huge", 0), "utf-8")


def _story_text(changes: dict[str, str], body: str) -> str:
    fields = {**FRONT, **changes}
    lines = [f"{key}: {value}".replace(": \n", ":\n") for key, value in fields.items() if value]
    return "\n".join(["---", *lines, "---", "", body, ""])


def _write_second(root: Path, case: dict[str, Any]) -> None:
    if "second" not in case:
        return
    folder = root / "stories" / case["second"]
    shutil.copytree(root / STORY, folder)
    changes = {**case.get("front", {}), **case.get("second_front", {})}
    changes["date"] = case.get("second_date", "2026-05-20")
    changes["status"] = case.get("second_status", "ready")
    if "honoree" in case:
        changes["honorees"] = f"[{case['honoree']}]"
    (folder / "index.md").write_text(_story_text(changes, "Kỳ hai."), "utf-8")


def _change_registers(folder: Path, case: dict[str, Any]) -> None:
    for name, text in case.get("register", {}).items():
        (folder / f"{name}.yml").write_text(text, "utf-8")
    if "huge_register" in case:
        (folder / "tags.yml").touch()
        (folder / "series.yml").write_text("#" * case["huge_register"], "utf-8")
    if "places" in case:
        path = folder / "places.yml"
        path.write_text(f"{path.read_text('utf-8')}{case['places']}\n", "utf-8")
    if "newsroom" in case:
        path = folder / "newsroom.yml"
        key = case["newsroom"].partition(":")[0]
        kept = [line for line in path.read_text("utf-8").splitlines() if not line.startswith(key)]
        path.write_text("\n".join([*kept, case["newsroom"], ""]), "utf-8")
    if "person" in case:
        (folder / "honorees/a.yml").write_text(case["person"], "utf-8")
    if "ledger" in case:
        (folder / "addresses.txt").write_text(case["ledger"], "utf-8")


def _change_files(root: Path, case: dict[str, Any]) -> None:
    for name, text in case.get("files", {}).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    for name, size in case.get("sizes", {}).items():
        with (root / name).open("ab") as file:
            file.truncate(size)
    for name, target in case.get("links", {}).items():
        (root / name).symlink_to(target)
    if "picture" in case:
        name = case.get("name", "bia.jpg")
        (root / STORY / "bia.jpg").unlink()
        _draw(root / STORY / name, case["picture"], tuple(case.get("size", (1600, 1000))))
        path = root / STORY / "index.md"
        if "cover" not in case.get("front", {}):
            text = path.read_text("utf-8").replace("src: bia.jpg", f"src: {name}")
            path.write_text(text, "utf-8")
    for name, kind in case.get("pictures", {}).items():
        _draw(root / STORY / name, kind, tuple(case.get("size", (1600, 1000))))
    if "gone" in case:
        gone = root / case["gone"]
        shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    if "move" in case:
        target = root / "stories" / case["move"]
        target.parent.mkdir(parents=True, exist_ok=True)
        (root / STORY).rename(target)


def _draw(path: Path, kind: str, size: tuple[int, int]) -> None:
    image = Image.new("RGB", size)
    if kind == "empty":
        path.touch()
    elif kind == "text":
        path.write_text("không phải ảnh", "utf-8")
    elif kind == "pointer":
        digest = "oid sha256:" + "4d" * 32
        path.write_text(f"version https://git-lfs.github.com/spec/v1\n{digest}\nsize 12345\n")
    elif kind == "damaged":
        path.write_bytes(b"\xff\xd8\xff\xe0" + bytes(200))
    elif kind == "wide":
        Image.new("1", (12_000, 6_000)).save(path, "PNG")
        path.rename(path.with_suffix(".png"))
        path.with_suffix(".png").rename(path)
    elif kind == "heavy":
        image.save(path, "JPEG", quality=85)
        with path.open("ab") as file:
            file.truncate(41 * 1024 * 1024)
    elif kind in ("gps", "artist"):
        exif = Image.Exif()
        if kind == "gps":
            exif.get_ifd(0x8825).update({1: "N", 2: (22.0, 30.0, 1.0)})
        else:
            exif[0x013B] = "Nguyễn Thị Mẫu"
        image.save(path, "JPEG", exif=exif, quality=85)
    elif kind.startswith("scene-"):
        scene = Image.linear_gradient("L").resize(size).convert("RGB")
        scene.paste("red", (size[0] // 4, size[1] // 4, size[0] // 2, size[1] // 2))
        scene.save(path, "JPEG", quality=int(kind.partition("-")[2]))
    elif kind.startswith("animated-"):
        other = Image.new("RGB", size, "red")
        image.save(path, kind.partition("-")[2].upper(), save_all=True, append_images=[other])
    else:
        image.save(path, {"jpeg": "JPEG"}.get(kind, kind.upper()), quality=85)


@pytest.fixture(scope="session")
def lent(
    lend_cache: Callable[[Path, Path], None], built: Any, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Path], AbstractContextManager[None]]:
    """Lend a newsroom the photos and fonts that earlier ones have made, while it is built."""
    shelf = tmp_path_factory.mktemp("lent")
    lend_cache(built.root, shelf)

    @contextmanager
    def lent(root: Path) -> Iterator[None]:
        lend_cache(shelf, root)
        yield
        lend_cache(root, shelf)

    return lent


@pytest.fixture(scope="session")
def harm() -> Callable[[str | None, Path], Any]:
    """Make the machine misbehave around a command; returns a context manager."""
    return _harm


@contextmanager
def _harm(kind: str | None, root: Path) -> Iterator[list[str]]:
    """Yield the options that the command needs to meet the harm."""
    if kind is None:
        yield []
    elif kind == "port":
        with socket.create_server(("127.0.0.1", 0)) as server:
            yield ["--port", str(server.getsockname()[1])]
    elif kind == "locked":
        command = [sys.executable, "-c", HOLD, str(root / ".cache/guongsang")]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None and process.stdout.readline() == "held\n"
            with mock.patch.dict(lock.BuildLock.acquire.__kwdefaults__, {"seconds": 0.05}):
                yield []
            process.kill()
    elif kind == "unwritable":
        with mock.patch.object(os, "replace", side_effect=OSError(errno.ENOSPC, "No space left")):
            yield []
    elif kind == "unkept":
        full = StateError("No space left")
        with mock.patch.object(Store, "write", side_effect=full):
            yield []
    else:
        assert kind == "unreadable"
        refused = PermissionError(errno.EACCES, "Permission denied")
        with mock.patch.object(Path, "read_bytes", side_effect=refused):
            yield []
