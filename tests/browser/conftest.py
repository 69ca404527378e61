"""One browser for all tests of each worker, and small servers for built sites."""

from __future__ import annotations

import contextlib
import functools
import http.server
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from tests.browser.desk import NOW, Served, open_page, serve_desk
from tests.conftest import Newsroom, copy_newsroom
from tests.tools import need

# The first has no windows to draw and no pages of its own, and takes half the time.
CHROMIUM = next(
    (
        path
        for name in ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
        if (path := shutil.which(name))
    ),
    None,
)
ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",  # letters at their true widths, as on phones
]
SUBPATH = "/bao/guong/"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(item.path).parent == Path(__file__).parent:
            # Node's pipes are closed by the garbage collector, later than pytest likes.
            for warning in ("ResourceWarning", "pytest.PytestUnraisableExceptionWarning"):
                item.add_marker(pytest.mark.filterwarnings(f"ignore::{warning}"))


@pytest.fixture(scope="session", autouse=True)
def _browser_is_there() -> None:
    """Ask first, before sites are built."""
    need(CHROMIUM, "Chromium", comes_by="sudo apt install chromium-headless-shell")


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_args: object) -> None:
        pass


class Server(http.server.ThreadingHTTPServer):
    # As many as a browser opens at once; who finds no room is told nothing and asks a second later.
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of pages that were left before they had all their answers."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextlib.contextmanager
def served(root: Path, handler: type[Quiet] = Quiet) -> Iterator[str]:
    """Serve a folder on a free port; the address ends without a slash."""
    made = functools.partial(handler, directory=str(root))
    with Server(("127.0.0.1", 0), made) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


Wrap = Callable[[type[Quiet]], type[Quiet]]


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., str]]:
    """Serve folders until the tests end; `wrap` may change how they are answered for."""
    with contextlib.ExitStack() as stack:

        def start(root: Path, wrap: Wrap = lambda handler: handler) -> str:
            return stack.enter_context(served(root, wrap(Quiet)))

        yield start


@pytest.fixture(scope="module")
def make_shared(built: Newsroom, tmp_path_factory) -> Callable[[str], Newsroom]:
    """Make good newsrooms, not built yet, that the tests of a file share."""

    def make(name: str) -> Newsroom:
        return copy_newsroom(built, tmp_path_factory.mktemp(name) / "newsroom")

    return make


@pytest.fixture(scope="session")
def address(built_below, serve, tmp_path_factory) -> str:
    """The good site, served below the path that it was built for."""
    root = tmp_path_factory.mktemp("served")
    shutil.copytree(built_below.site, root / SUBPATH.strip("/"))
    return f"{serve(root)}{SUBPATH}"


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture(name="served")
def _served(previewed, monkeypatch) -> Iterator[Served]:
    """The desk page of the good newsroom, whose preview has been built."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    with serve_desk(previewed.root) as served_desk:
        yield served_desk


@pytest.fixture
def page(chromium, served):
    """The list of the desk page, opened; what is made there may be downloaded."""
    with open_page(chromium, served.desk, accept_downloads=True) as opened:
        yield opened
