"""Ready settings for web servers: headers of safety and caching, and where to report a weakness.

`_headers` is for Netlify and Cloudflare Pages, the other files are for an editor of a server's
settings to include. A site below a path shares its server with a newspaper: no setting may reach
beyond that path. No file sets Strict-Transport-Security: a newsroom that cannot keep its promise
of HTTPS for a year would lock its readers out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from urllib.parse import unquote, urlsplit

from guongsang.addresses import NOT_FOUND
from guongsang.pages.absolute import absolute_url
from guongsang.pages.policy import header_policy
from guongsang.pages.redirects import nginx_text
from guongsang.registers.model import Security
from guongsang.stories.model import AUDIO_TYPES
from guongsang.text.dates import VIETNAM

NETLIFY: Final = "_headers"
NGINX: Final = "may-chu/nginx-headers.conf"
APACHE: Final = "may-chu/apache-headers.txt"
SECURITY_TXT: Final = ".well-known/security.txt"

# Everything in these folders has its content's hash in its name.
_LASTING: Final = ("anh", "the", "tai-nguyen", "assets/stylesheets", "assets/javascripts")
_OPEN_DATA: Final = "du-lieu"
# Servers know the kinds of files that pages are made of, but not all of these.
_TYPES: Final = {**AUDIO_TYPES, "csv": "text/csv"}
_TEXTS: Final = ("css", "csv", "js", "md", "svg", "txt", "vtt", "xml")
_TEXT_TYPES: Final = (
    "application/atom+xml",
    "application/javascript",
    "application/rss+xml",
    "application/xml",
    "image/svg+xml",
    "text/css",
    "text/csv",
    "text/javascript",
    "text/markdown",
    "text/plain",
    "text/vtt",
    "text/xml",
)
_JSON: Final = ("application/json", "application/feed+json")  # always in UTF-8, by its standard
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
_NGINX_TEXTS: Final = (
    "charset utf-8;",
    f"charset_types {' '.join(_TEXT_TYPES)};",
    "gzip on;",
    "gzip_vary on;",
    "gzip_proxied any;",
    f"gzip_types {' '.join((*_TEXT_TYPES, *_JSON))};",
)
_HSTS_NOTE: Final = (
    "HSTS không có ở đây: chỉ bật khi chắc chắn luôn có HTTPS, ví dụ",
    'Strict-Transport-Security "max-age=31536000"',
)


def render_headers(
    site_url: str, scripts: Iterable[str], locations: Iterable[str] = ()
) -> dict[str, bytes]:
    """Return the files for servers, by address; `scripts` are the sources of inline scripts.

    `locations` are those of `nginx_locations`: below a path they belong to its own block.
    """
    base = urlsplit(site_url).path or "/"
    headers = _safety_headers(scripts)
    return {
        NETLIFY: _join(_netlify_lines(base, headers)),
        NGINX: _join(_nginx_lines(unquote(base), headers, locations)),
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


def _nginx_lines(base: str, headers: dict[str, str], locations: Iterable[str]) -> Iterator[str]:
    """Yield settings that reach no further than the site.

    Below a path they stand in one location. Else the block around them is the newsroom's, which may
    say `gzip` or `charset` itself, and only once: then ours stand in each location.
    """
    yield "# include trong khối server { } của nginx"
    yield from (f"# {line}" for line in _HSTS_NOTE)
    if base == "/":
        yield from _nginx_settings(base, headers, _NGINX_TEXTS)
        yield from _block(f'location ~ "{_ending((*_TEXTS, "json"))}"', _NGINX_TEXTS)
    else:
        settings = _nginx_settings(base, headers, ())
        lines = (*_NGINX_TEXTS, *settings, *locations)
        yield from _block(f"location ^~ {nginx_text(base)}", lines)


def _nginx_settings(base: str, headers: dict[str, str], texts: Sequence[str]) -> Iterator[str]:
    """Yield settings; headers of a location would replace those around it, so it repeats them.

    `expires` does not; -1 stands for "no-cache". `texts` is what each location says of texts.
    """
    safety = [f'add_header {name} "{value}" always;' for name, value in headers.items()]
    yield from safety
    yield f"error_page 404 {nginx_text(base + NOT_FOUND)};"
    for folder in _LASTING:
        place = nginx_text(f"{base}{folder}/")
        yield from _block(f"location ^~ {place}", [f"expires {_YEAR}s;", *texts])
    shared = [*safety, 'add_header Access-Control-Allow-Origin "*" always;']
    types = "types { text/csv csv; application/json json; }"
    place = nginx_text(f"{base}{_OPEN_DATA}/")
    yield from _block(f"location ^~ {place}", [*shared, types, *texts])
    yield from _block(f'location ~ "{_ending(["html"])}"', ["expires -1;", *texts])
    kinds = " ".join(f"{mime} {suffix};" for suffix, mime in _TYPES.items())
    yield from _block(f'location ~ "{_ending(_TYPES)}"', [f"types {{ {kinds} }}", *texts])


def _block(head: str, lines: Iterable[str]) -> Iterator[str]:
    yield f"{head} {{"
    yield from (f"  {line}" for line in lines)
    yield "}"


def _ending(suffixes: Iterable[str]) -> str:
    return rf"\.(?:{'|'.join(suffixes)})$"


def _apache_lines(base: str, headers: dict[str, str]) -> Iterator[str]:
    """Yield settings, good in .htaccess too (Apache 2.4)."""
    yield "# chép vào .htaccess hoặc cấu hình máy chủ Apache (mod_headers, mod_mime, mod_deflate)"
    yield from (f"# {line}" for line in _HSTS_NOTE)
    settings = _apache_settings(base, headers)
    if base == "/":
        yield from settings
        return
    yield f'<If "%{{REQUEST_URI}} =~ m#^{_pattern(base)}#">'
    yield from (f"  {line}" for line in settings)
    yield "</If>"


def _apache_settings(base: str, headers: dict[str, str]) -> Iterator[str]:
    lasting, data = _pattern(base, _LASTING), _pattern(base, [_OPEN_DATA])
    yield f'ErrorDocument 404 "{base}{NOT_FOUND}"'
    yield "AddDefaultCharset utf-8"
    yield "<IfModule mod_headers.c>"
    yield from (f'  Header always set {name} "{value}"' for name, value in headers.items())
    yield f'  Header set Cache-Control "{_ASK_AGAIN}" "expr=%{{CONTENT_TYPE}} =~ m#^text/html#"'
    yield f'  Header set Cache-Control "{_FOR_A_YEAR}" "expr=%{{REQUEST_URI}} =~ m#^{lasting}#"'
    yield f'  Header set Access-Control-Allow-Origin "*" "expr=%{{REQUEST_URI}} =~ m#^{data}#"'
    yield "</IfModule>"
    yield "<IfModule mod_mime.c>"
    yield from (f"  AddType {mime} .{suffix}" for suffix, mime in _TYPES.items())
    yield f"  AddCharset utf-8 {' '.join(f'.{suffix}' for suffix in _TEXTS)}"
    yield "</IfModule>"
    yield "<IfModule mod_deflate.c>"
    kinds = " ".join(("text/html", *_TEXT_TYPES, *_JSON))
    yield "  <IfModule mod_filter.c>"
    yield f"    AddOutputFilterByType DEFLATE {kinds}"
    yield "  </IfModule>"
    yield "</IfModule>"


def _pattern(base: str, folders: Sequence[str] = ()) -> str:
    """Return a pattern for the decoded path of the site, or of these of its folders."""
    pattern = re.escape(unquote(base)).replace('"', '\\"')
    return f"{pattern}({'|'.join(folders)})/" if folders else pattern


def _join(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
