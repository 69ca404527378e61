"""The desk page of a small newsroom whose preview has been built."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus

import pytest

from guongsang.deskpage.asked import Asked, Reply
from guongsang.deskpage.routes import DeskPage
from guongsang.plugin.run import read_folders
from guongsang.preview.serve import build_preview
from guongsang.preview.state import Stage

NOW = "1782864000"  # as in the tests' conftest: before the scheduled story is due
HOST = "127.0.0.1:8000"


@dataclass
class Desk:
    """A desk page, and how a browser asks it."""

    page: DeskPage
    newsroom: object
    build: object

    def ask(self, method: str, path: str, body: object = None, /, headers=None, **query) -> Reply:
        content = body if isinstance(body, bytes) else json.dumps(body or {}).encode()
        told = self._headers(method, len(content), headers)
        asked = Asked(method, path, query, told, content if method == "POST" else b"")
        return self.page.refuse(asked) or self.page.answer(asked)

    def ask_head(self, method: str, path: str, headers) -> Reply | None:
        """Return what is said before anything but the headers is read."""
        return self.page.refuse(Asked(method, path, {}, self._headers(method, 0, headers)))

    def _headers(self, method: str, length: int, headers) -> dict[str, str]:
        told = {"host": HOST, "sec-fetch-site": "same-origin"}
        if method == "POST":
            told |= {"origin": f"http://{HOST}", "x-guong-sang": self.page.token}
            told |= {"content-length": str(length)}
        told |= headers or {}
        return {name: value for name, value in told.items() if value is not None}

    def get(self, path: str, /, **query) -> object:
        reply = self.ask("GET", path, **query)
        assert reply.status == HTTPStatus.OK, reply.content.decode()
        return json.loads(reply.content)

    def post(self, path: str, body: object, /, **query) -> object:
        reply = self.ask("POST", path, body, **query)
        assert reply.status == HTTPStatus.OK, reply.content.decode()
        return json.loads(reply.content)

    def rows(self) -> dict[str, dict[str, object]]:
        told = self.get("stories.json")
        rows = [dict(zip(told["fields"], row, strict=True)) for row in told["rows"]]
        return {row["address"]: row for row in rows}


@pytest.fixture
def newsroom(previewed):
    return previewed


@pytest.fixture
def desk(newsroom, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    folder, stage = newsroom.cache / "guongsang/preview", Stage()
    page = DeskPage(
        newsroom.root,
        folder,
        lambda: (stage.version, stage.showing.problems),
        lang="vi",
        find_folders=partial(read_folders, newsroom.root / "mkdocs.yml", lambda *_: None),
    )

    def build():
        return build_preview(newsroom.root / "mkdocs.yml", folder, stage, lang="vi")

    build()
    return Desk(page, newsroom, build)
