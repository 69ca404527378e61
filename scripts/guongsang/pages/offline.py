"""Reading without a network: the worker that browsers keep, and the page that it falls back to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from guongsang.addresses import OFFLINE
from guongsang.archive.archive import Archive
from guongsang.views.model import OfflineView
from guongsang.views.outputs import Output

_SCRIPTS: Final = Path(__file__).parent.parent / "assets/worker"
_SHELL: Final = (".css", ".js", ".svg", ".png", ".woff2")


def plan_offline(_: Archive) -> Output:
    """Plan the page for readers without a network."""
    title = "Không có mạng"
    description = "Máy chưa nối được với trang này."
    return Output(OFFLINE, title, description, "offline.html", OfflineView(), noindex=True)


def render_worker(assets: Sequence[str], gone: Sequence[str], *, is_on: bool) -> bytes:
    """Return the worker's script; turned off, it is one that takes the earlier one away.

    `assets` are addresses of files with their hash in their name, `gone` those of retracted
    stories. Browsers take a new worker when its bytes change.
    """
    if not is_on:
        return (_SCRIPTS / "off.js").read_bytes()
    code = (_SCRIPTS / "sw.js").read_text("utf-8")
    settings = {
        "offline": OFFLINE,
        "shell": [OFFLINE, *sorted(uri for uri in assets if uri.endswith(_SHELL))],
        "gone": sorted(gone),
    }
    told = json.dumps(settings)
    settings["version"] = hashlib.sha256(f"{told}{code}".encode()).hexdigest()[:10]
    return f"const SETTINGS = {json.dumps(settings)};\n{code}".encode()
