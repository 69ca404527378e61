"""Measure the preview: from the moment a file is saved to the new bytes in the browser's hands."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from tests.bench.measure import CommandFailedError, user_env

_OPEN_SECONDS: Final = 600.0
_SAVE_SECONDS: Final = 60.0
# Saves come this long after all is quiet, as between two thoughts of somebody who writes.
_PAUSE_SECONDS: Final = 2.0
_ASK_AGAIN_SECONDS: Final = 0.01


def measure_saves(
    program: str, root: Path, story: Path, env: Mapping[str, str], saves: int
) -> list[float]:
    """Return for each of some saves the seconds until the server sends the page with the change.

    Raises CommandFailedError if the preview does not come up or a change does not show.
    """
    with serving(program, root, env) as address:
        url = f"{address}{story.parent.parent.name}/{story.parent.name}/"
        return [_measure_save(url, story, number) for number in range(saves)]


@contextlib.contextmanager
def serving(program: str, root: Path, env: Mapping[str, str]) -> Iterator[str]:
    """Run the preview of a newsroom; give its address once its home page is there.

    Raises CommandFailedError if it does not come up.
    """
    port = _find_port()
    address = f"http://127.0.0.1:{port}/"
    with subprocess.Popen(
        [program, "serve", "--port", str(port)],
        cwd=root,
        env=user_env(env),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            _wait_for(address, "<article", _OPEN_SECONDS)
            yield address
        finally:
            server.terminate()


def _measure_save(url: str, story: Path, number: int) -> float:
    time.sleep(_PAUSE_SECONDS)
    words = f"Lưu lần thứ {number + 1} khi đang xem thử."
    with story.open("a", encoding="utf-8") as file:
        file.write(f"\n{words}\n")
    began = time.perf_counter()
    _wait_for(url, words, _SAVE_SECONDS)
    return time.perf_counter() - began


def _wait_for(url: str, words: str, seconds: float) -> None:
    """Ask for a page until it has some words. Raises CommandFailedError where that is too long."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=seconds) as answer:
                if words in answer.read().decode():
                    return
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(_ASK_AGAIN_SECONDS)
    raise CommandFailedError(f"{url}: {words!r}?")


def _find_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
