"""The Content Security Policy: what a page may load and run, wherever its bytes came from.

https://www.w3.org/TR/CSP3/. A text that got past the cleaning of stories still runs nothing.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from typing import Final

_DIRECTIVES: Final[Mapping[str, str]] = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",  # placeholders of photos are data: addresses
    "font-src": "'self'",
    "media-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
}
# What browsers heed in the header of an answer only.
_HEADER_ONLY: Final = "frame-ancestors 'none'"


def script_hash(script: str) -> str:
    """Return the source that allows exactly this inline script: "'sha256-…'"."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def page_policy(scripts: Iterable[str] = ()) -> str:
    """Return the policy for a page's own <meta>; `scripts` are sources as `script_hash` makes."""
    directives = {**_DIRECTIVES, "script-src": " ".join([_DIRECTIVES["script-src"], *scripts])}
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())


def header_policy(scripts: Iterable[str] = ()) -> str:
    """Return the policy for servers to send with every file."""
    return f"{page_policy(scripts)}; {_HEADER_ONLY}"
