"""A sheet of paper as a page of its own: printed by the browser, it may load and run nothing."""

from __future__ import annotations

import base64
import hashlib
import re
from http import HTTPStatus
from pathlib import Path
from typing import Final

from guongsang.deskpage.asked import RefusedError, Reply

_STYLE: Final = re.compile(rb"<style>(.*?)</style>", re.DOTALL)


def send_sheet(file: Path) -> Reply:
    """Send a form with its own style and nothing else. Raises RefusedError where it is not made."""
    if not file.is_file():
        raise RefusedError(HTTPStatus.NOT_FOUND, "refused-missing")
    html = file.read_bytes()
    style = _STYLE.search(html)
    digest = hashlib.sha256(style[1] if style else b"").digest()
    allowed = base64.b64encode(digest).decode()
    policy = f"default-src 'none'; style-src 'sha256-{allowed}'; frame-ancestors 'none'"
    return Reply(html, "text/html", policy=policy)
