"""Ready settings for web servers: headers of safety and caching, and where to report a weakness.

`_headers` is for Netlify and Cloudflare Pages, the other files are for an editor of a server's
settings to include. No file sets Strict-Transport-Security: a newsroom that cannot keep its promise
of HTTPS for a year would lock its readers out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import urlsplit

from guongsang.addresses import NOT_FOUND
from guongsang.pages.absolute import absolute_url
from guongsang.pages.policy import header_policy
from guongsang.registers.model import Security
from guongsang.text.dates import VIETNAM

NETLIFY: Final = "_headers"
NGINX: Final = "may-chu/nginx-headers.conf"
APACHE: Final = "may-chu/apache-headers.txt"
SECURITY_TXT: Final = ".well-known/security.txt"

# Everything in these folders has its content's hash in its name.
_LASTING: Final = ("anh", "the", "tai-nguyen", "assets/stylesheets", "assets/javascripts")
_OPEN_DATA: Final = "du-lieu"
_YEAR: Final = 31_536_000
_FOR_A_YEAR: Final = f"public, max-age={_YEAR}, immutable"
_ASK_AGAIN: Final = "no-cache"
_UNUSED_POWERS: Final = (
    "accelerometer",
    "browsing-topics",
    "camera",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "payment",
    "usb",
)
_HSTS_NOTE: Final = (
    "HSTS không có ở đây: chỉ bật khi chắc chắn luôn có HTTPS, ví dụ",
    'Strict-Transport-Security "max-age=31536000"',
)


def render_headers(site_url: str, scripts: Iterable[str]) -> dict[str, bytes]:
    """Return the files for servers, by address; `scripts` are the sources of inline scripts."""
    base = urlsplit(site_url).path or "/"
    headers = _safety_headers(scripts)
    return {
        NETLIFY: _join(_netlify_lines(base, headers)),
        NGINX: _join(_nginx_lines(base, headers)),
        APACHE: _join(_apache_lines(base, headers)),
    }


def render_security_txt(security: Security, site_url: str) -> bytes:
    """Return security.txt (RFC 9116). It expires when the newsroom says, so builds are equal."""
    expires = dt.datetime.combine(security.expires, dt.time(23, 59, 59), VIETNAM)
    fields = {
        "Contact": f"mailto:{security.email}",
        "Expires": expires.isoformat(),
        "Preferred-Languages": "vi, en",
        "Canonical": absolute_url(site_url, SECURITY_TXT),
    }
    if security.policy:
        fields["Policy"] = security.policy
    return _join(f"{name}: {value}" for name, value in fields.items())


def _safety_headers(scripts: Iterable[str]) -> dict[str, str]:
    return {
        "Content-Security-Policy": header_policy(scripts),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": ", ".join(f"{power}=()" for power in _UNUSED_POWERS),
        "Cross-Origin-Opener-Policy": "same-origin",
    }


def _netlify_lines(base: str, headers: dict[str, str]) -> Iterator[str]:
    """Yield rules; where several match, all their headers are sent, so no name stands twice."""
    yield from (f"# {line}" for line in _HSTS_NOTE)
    yield f"{base}*"
    yield from (f"  {name}: {value}" for name, value in headers.items())
    for folder in _LASTING:
        yield f"{base}{folder}/*"
        yield f"  Cache-Control: {_FOR_A_YEAR}"
    yield f"{base}{_OPEN_DATA}/*"
    yield "  Access-Control-Allow-Origin: *"


def _nginx_lines(base: str, headers: dict[str, str]) -> Iterator[str]:
    """Yield settings; headers of a location would replace those of the server, so it repeats them.

    `expires` does not.
    """
    yield "# include trong khối server { } của nginx"
    yield from (f"# {line}" for line in _HSTS_NOTE)
    safety = [f'add_header {name} "{value}" always;' for name, value in headers.items()]
    yield from safety
    yield f"error_page 404 {base}{NOT_FOUND};"
    for folder in _LASTING:
        yield f"location ^~ {base}{folder}/ {{ expires {_YEAR}s; }}"
    yield f"location ^~ {base}{_OPEN_DATA}/ {{"
    yield from (f"  {line}" for line in safety)
    yield '  add_header Access-Control-Allow-Origin "*" always;'
    yield "}"
    yield 'location ~ \\.html$ { expires -1; }  # "no-cache": trang nào cũng được hỏi lại'


def _apache_lines(base: str, headers: dict[str, str]) -> Iterator[str]:
    """Yield settings for mod_headers, good in .htaccess too (Apache 2.4)."""
    lasting, data = _pattern(base, "|".join(_LASTING)), _pattern(base, _OPEN_DATA)
    yield "# chép vào .htaccess hoặc cấu hình máy chủ Apache (mod_headers)"
    yield from (f"# {line}" for line in _HSTS_NOTE)
    yield f"ErrorDocument 404 {base}{NOT_FOUND}"
    yield "<IfModule mod_headers.c>"
    yield from (f'  Header always set {name} "{value}"' for name, value in headers.items())
    yield f'  Header set Cache-Control "{_ASK_AGAIN}" "expr=%{{CONTENT_TYPE}} =~ m#^text/html#"'
    yield f'  Header set Cache-Control "{_FOR_A_YEAR}" "expr=%{{REQUEST_URI}} =~ m#{lasting}#"'
    yield f'  Header set Access-Control-Allow-Origin "*" "expr=%{{REQUEST_URI}} =~ m#{data}#"'
    yield "</IfModule>"


def _pattern(base: str, folders: str) -> str:
    return f"^{re.escape(base)}({folders})/"


def _join(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
