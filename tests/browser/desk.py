"""A newsroom that is served whole, as `guongsang serve` does it, for tests of the desk page."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from guongsang.deskpage.asked import BASE
from guongsang.deskpage.routes import DeskPage
from guongsang.plugin.run import read_folders
from guongsang.preview.serve import build_preview
from guongsang.preview.server import HOST, PreviewServer
from guongsang.preview.state import Stage

SITE = "https://guong.example/"
NOW = "1782864000"  # while the desk page is tried
# How a dialog is looked at: width in CSS pixels, and the light.
LOOKS = ((360, "light"), (768, "dark"), (1280, "light"), (1280, "dark"))
# Each width in each light for whole pages: two of them, and the others where there is time.
ALL_LOOKS = [
    pytest.param(((360, "light"), (1280, "dark")), id="two"),
    pytest.param(
        ((360, "dark"), (768, "light"), (768, "dark"), (1280, "light")),
        id="others",
        marks=pytest.mark.long,
    ),
]
_MOST_MS = 60_000


@dataclass
class Served:
    """Where the preview is, and how a change is built as the watcher would do it."""

    root: Path
    address: str
    page: DeskPage
    build: Callable[[], object]

    @property
    def desk(self) -> str:
        return f"{self.address}{BASE}"

    def read(self, story: str) -> str:
        return (self.root / f"stories/{story}/index.md").read_text("utf-8")


@contextlib.contextmanager
def serve_desk(root: Path) -> Iterator[Served]:
    """Serve a newsroom on a free port."""
    folder, stage = root / ".cache/guongsang/preview", Stage()
    folder.mkdir(parents=True, exist_ok=True)
    page = DeskPage(
        root,
        folder,
        lambda: (stage.version, stage.showing.problems),
        lang="vi",
        find_folders=partial(read_folders, root / "mkdocs.yml", lambda *_: None),
    )
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]

    def build() -> object:
        return build_preview(root / "mkdocs.yml", folder, stage, lang="vi")

    build()
    server = PreviewServer(folder, stage, port=port, site_url=SITE, lang="vi", desk=page)
    with contextlib.closing(server):
        server.start()
        yield Served(root, f"http://{HOST}:{port}", page, build)


@contextlib.contextmanager
def follow_changes(served: Served) -> Iterator[None]:
    """Build after every change of a story, as the watcher does."""
    ended = threading.Event()
    builder = threading.Thread(target=_follow, args=(served.root, served.build, ended), daemon=True)
    builder.start()
    yield
    ended.set()
    builder.join()


def _follow(root: Path, build: Callable[[], object], ended: threading.Event) -> None:
    def tell() -> list[object]:
        return sorted((str(path), path.stat().st_mtime_ns) for path in root.glob("stories/**/*"))

    known = tell()
    while not ended.wait(0.1):
        with contextlib.suppress(FileNotFoundError):
            now = tell()
            if now != known:
                known = now
                build()


@contextlib.contextmanager
def open_page(
    chromium: Any, address: str = "", *, with_console: bool = False, **about: object
) -> Iterator[Any]:
    """Open a page on a desk, empty or at an address of the list, which is waited for.

    A test fails for whatever goes wrong in its scripts, and for errors in the console where asked.
    """
    said: list[str] = []
    window = {"viewport": {"width": 1280, "height": 800}, **about}
    with contextlib.closing(chromium.new_context(**window)) as opened:
        page = opened.new_page()
        page.set_default_timeout(_MOST_MS)
        page.on("pageerror", lambda error: said.append(str(error)))
        if with_console:
            page.on(
                "console", lambda told: said.append(told.text) if told.type == "error" else None
            )
        if address:
            page.goto(address)
            page.locator(".rows li").first.wait_for()
        yield page
        assert said == []


def ask_axe(
    page: Any, where: object = None, *, with_targets: bool = False, **options: object
) -> list[tuple[str, list[str]]]:
    """Return what axe finds in the whole page, or in what a selector or a context names;
    `with_targets`: also what is too small for a finger."""
    page.evaluate(AXE_SCRIPT)
    place = "document" if where is None else json.dumps(where)
    told = {"rules": {"target-size": {"enabled": True}} if with_targets else {}, **options}
    found = page.evaluate(f"axe.run({place}, {json.dumps(told)})")
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in found["violations"]]


def turn(page: Any, looks: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Show a page at one width and light after another."""
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        yield width, scheme


def see(page: Any, looks: Iterable[tuple[int, str]], what: str = "dialog") -> None:
    """Let axe look at what is open at some widths and schemes, and let nothing stick out of it or
    of the window."""
    found = []
    for width, _ in turn(page, looks):
        found += [(width, *each) for each in ask_axe(page, what)]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        inside = f"[...document.querySelectorAll('{what}, {what} *')]"
        wide = f"Math.max(...{inside}.map(e => e.getBoundingClientRect().right))"
        assert page.evaluate(wide) <= width
    assert found == []


def begin(page: Any, name: str) -> Any:
    """Open what is behind a button among the other things to do, and return its dialog."""
    page.get_by_text("Việc khác", exact=True).click()
    page.get_by_role("button", name=name).click()
    return page.get_by_role("dialog")
