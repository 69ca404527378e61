"""A newsroom that is served whole, as `guongsang serve` does it, for tests of the desk page."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from guongsang.deskpage.asked import BASE
from guongsang.deskpage.desk import DeskPage
from guongsang.plugin.run import read_folders
from guongsang.preview.serve import build_preview
from guongsang.preview.server import HOST, PreviewServer
from guongsang.preview.state import Stage

SITE = "https://guong.example/"


@dataclass
class Served:
    """Where the preview is, and how a change is built as the watcher would do it."""

    root: Path
    address: str
    page: DeskPage
    build: object

    @property
    def desk(self) -> str:
        return f"{self.address}{BASE}"

    def read(self, story: str) -> str:
        return (self.root / f"stories/{story}/index.md").read_text("utf-8")


@contextlib.contextmanager
def serve_desk(root: Path, *, follow: bool = False) -> Iterator[Served]:
    """Serve a newsroom on a free port; with `follow`, every change of a story is built."""
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
    ended = threading.Event()
    builder = threading.Thread(target=_follow, args=(root, build, ended), daemon=True)
    with contextlib.closing(server):
        server.start()
        if follow:
            builder.start()
        yield Served(root, f"http://{HOST}:{port}", page, build)
        ended.set()
        if follow:
            builder.join()


def _follow(root: Path, build: object, ended: threading.Event) -> None:
    def tell() -> list[object]:
        return sorted((str(path), path.stat().st_mtime_ns) for path in root.glob("stories/**/*"))

    known = tell()
    while not ended.wait(0.1):
        with contextlib.suppress(FileNotFoundError):
            now = tell()
            if now != known:
                known = now
                build()
