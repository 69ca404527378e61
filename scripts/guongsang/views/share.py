"""Addresses by which readers pass a story on. Plain links: nobody's script runs on our pages."""

from __future__ import annotations

import json
from base64 import b64encode
from urllib.parse import quote

from guongsang.views.model import Link


def share_links(address: str) -> tuple[Link, ...]:
    """Return where a story's absolute address can be sent to, the most used in Vietnam first."""
    # What Zalo's own button opens: the address as JSON in base64.
    told = b64encode(json.dumps({"url": address}).encode()).decode()
    zalo = f"https://button-share.zalo.me/share_external?d={quote(told, safe='')}"
    facebook = f"https://www.facebook.com/sharer/sharer.php?u={quote(address, safe='')}"
    return Link("Zalo", zalo), Link("Facebook", facebook)
