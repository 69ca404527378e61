"""Ready settings for web servers: headers of safety and caching, and where to report a weakness.

`_headers` is for Netlify and Cloudflare Pages, the other files are for an editor of a server's
settings to include. A site below a path shares its server with a newspaper: no setting may reach
beyond that path. No file sets Strict-Transport-Security: a newsroom that cannot keep its promise
of HTTPS for a year would lock its readers out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

from guongsang.addresses import LASTING, NOT_FOUND
from guongsang.exports.redirects import nginx_text
from guongsang.registers.model import Security
from guongsang.render.policy import header_policy
from guongsang.stories.model import AUDIO_TYPES
from guongsang.text.dates import VIETNAM
from guongsang.views.absolute import absolute_url

NETLIFY: Final = "_headers"
NGINX: Final = "may-chu/nginx-headers.conf"
APACHE: Final = "may-chu/apache-headers.txt"
SECURITY_TXT: Final = ".well-known/security.txt"

_OPEN_DATA: Final = "du-lieu"
_SEARCH_INDEX: Final = "tai-nguyen"
# What the search reads: bytes of no known kind, a fifth smaller when packed.
_PACKED_BYTES: Final = ("bin", "application/octet-stream")
# Servers know the kinds of files that pages are made of, but not all of these.
_TYPES: Final = {**AUDIO_TYPES, "csv": "text/csv"}
_STORED_TYPES: Final = {
    "avif": "image/avif",
    "css": "text/css",
    "gif": "image/gif",
    "html": "text/html",
    "ico": "image/x-icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript",
    "json": "application/json",
    "md": "text/markdown",
    "mp4": "video/mp4",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "vtt": "text/vtt",
    "webp": "image/webp",
    "woff2": "font/woff2",
    "xml": "application/xml",
}
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
_DATA_TYPES: Final = "types { text/csv csv; application/json json; }"
_JSON: Final = ("application/json", "application/feed+json")  # always in UTF-8, by its standard
_YEAR: Final = 31_536_000
_FOR_A_YEAR: Final = f"public, max-age={_YEAR}, immutable"
_ASK_AGAIN: Final = "no-cache"
_CACHING: Final = "Cache-Control"
# nginx says both by a word of its own, which headers in the same location leave alone.
_NGINX_CACHING: Final = {_FOR_A_YEAR: f"expires {_YEAR}s;", _ASK_AGAIN: "expires -1;"}
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


@dataclass(frozen=True, slots=True)
class HeaderRule:
    """Headers of answers below some folders, of pages only, or of all where neither is said."""

    headers: Mapping[str, str]
    folders: tuple[str, ...] = ()
    pages_only: bool = False


def list_headers(scripts: Iterable[str]) -> tuple[HeaderRule, ...]:
    """Return what every server is to say; each says it in its own language."""
    return (
        HeaderRule(_safety_headers(scripts)),
        HeaderRule({_CACHING: _FOR_A_YEAR}, folders=LASTING),
        HeaderRule({_CACHING: _ASK_AGAIN}, pages_only=True),
        HeaderRule({"Access-Control-Allow-Origin": "*"}, folders=(_OPEN_DATA,)),
    )


def render_headers(
    site_url: str, scripts: Iterable[str], locations: Iterable[str] = ()
) -> dict[str, bytes]:
    """Return the files for servers, by address; `scripts` are the sources of inline scripts.

    `locations` are those of `nginx_locations`: below a path they belong to its own block.
    """
    base = urlsplit(site_url).path or "/"
    rules = list_headers(scripts)
    return {
        NETLIFY: _join(_netlify_lines(base, rules)),
        NGINX: _join(_nginx_lines(unquote(base), rules, locations)),
        APACHE: _join(_apache_lines(base, rules)),
    }


def describe_file(path: str) -> dict[str, str]:
    """Return the headers of one file, for a store of files that has to be told them one by one."""
    suffix = path.rpartition(".")[2].lower()
    mime = _STORED_TYPES.get(suffix) or _TYPES.get(suffix, "application/octet-stream")
    if suffix in _TEXTS or suffix == "html":
        mime = f"{mime}; charset=utf-8"
    lasts = path.startswith(tuple(f"{folder}/" for folder in LASTING))
    return {"Content-Type": mime, _CACHING: _FOR_A_YEAR if lasts else _ASK_AGAIN}


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


def _netlify_lines(base: str, rules: Iterable[HeaderRule]) -> Iterator[str]:
    """Yield rules; where several match, all their headers are sent, so no name stands twice.

    That pages are asked for again is what these hosts say anyhow, and cannot be told of all pages.
    """
    yield from (f"# {line}" for line in _HSTS_NOTE)
    for rule in rules:
        for folder in rule.folders or ([] if rule.pages_only else [""]):
            yield f"{base}{folder}/*" if folder else f"{base}*"
            yield from (f"  {name}: {value}" for name, value in rule.headers.items())


def _nginx_lines(base: str, rules: Sequence[HeaderRule], locations: Iterable[str]) -> Iterator[str]:
    """Yield settings that reach no further than the site.

    Below a path they stand in one location. Else the block around them is the newsroom's, which may
    say `gzip` or `charset` itself, and only once: then ours stand in each location.
    """
    yield "# include trong khối server { } của nginx"
    yield from (f"# {line}" for line in _HSTS_NOTE)
    if base == "/":
        yield from _nginx_settings(base, rules, _NGINX_TEXTS)
        yield from _block(f'location ~ "{_ending((*_TEXTS, "json"))}"', _NGINX_TEXTS)
    else:
        settings = _nginx_settings(base, rules, ())
        lines = (*_NGINX_TEXTS, *settings, *locations)
        yield from _block(f"location ^~ {nginx_text(base)}", lines)


def _nginx_settings(base: str, rules: Sequence[HeaderRule], texts: Sequence[str]) -> Iterator[str]:
    """Yield settings; headers of a location would replace those around it, so it repeats them.

    `texts` is what each location says of texts.
    """
    safety = [line for rule in rules if _is_of_all(rule) for line in _nginx_headers(rule)]
    yield from safety
    yield f"error_page 404 {nginx_text(base + NOT_FOUND)};"
    for rule in rules:
        lines = [*_nginx_headers(rule)]
        more = [*safety, *lines] if any(line.startswith("add_header") for line in lines) else lines
        for folder in rule.folders:
            packed = _pack_bytes(texts) if folder == _SEARCH_INDEX else texts
            kinds = [_DATA_TYPES] if folder == _OPEN_DATA else []
            yield from _block(
                f"location ^~ {nginx_text(f'{base}{folder}/')}", [*more, *kinds, *packed]
            )
        if rule.pages_only:
            yield from _block(f'location ~ "{_ending(["html"])}"', [*more, *texts])
    kinds = [f"types {{ {' '.join(f'{mime} {suffix};' for suffix, mime in _TYPES.items())} }}"]
    yield from _block(f'location ~ "{_ending(_TYPES)}"', [*kinds, *texts])


def _nginx_headers(rule: HeaderRule) -> Iterator[str]:
    for name, value in rule.headers.items():
        yield _NGINX_CACHING[value] if name == _CACHING else f'add_header {name} "{value}" always;'


def _pack_bytes(texts: Sequence[str]) -> list[str]:
    """Return what is said of texts where the search's files are packed, too."""
    types = f"gzip_types {' '.join((*_TEXT_TYPES, *_JSON, _PACKED_BYTES[1]))};"
    return [*(line for line in texts if not line.startswith("gzip_types ")), types]


def _is_of_all(rule: HeaderRule) -> bool:
    return not rule.folders and not rule.pages_only


def _block(head: str, lines: Iterable[str]) -> Iterator[str]:
    yield f"{head} {{"
    yield from (f"  {line}" for line in lines)
    yield "}"


def _ending(suffixes: Iterable[str]) -> str:
    return rf"\.(?:{'|'.join(suffixes)})$"


def _apache_lines(base: str, rules: Sequence[HeaderRule]) -> Iterator[str]:
    """Yield settings, good in .htaccess too (Apache 2.4)."""
    yield "# chép vào .htaccess hoặc cấu hình máy chủ Apache (mod_headers, mod_mime, mod_deflate)"
    yield from (f"# {line}" for line in _HSTS_NOTE)
    settings = _apache_settings(base, rules)
    if base == "/":
        yield from settings
        return
    yield f'<If "%{{REQUEST_URI}} =~ m#^{_pattern(base)}#">'
    yield from (f"  {line}" for line in settings)
    yield "</If>"


def _apache_settings(base: str, rules: Sequence[HeaderRule]) -> Iterator[str]:
    yield f'ErrorDocument 404 "{base}{NOT_FOUND}"'
    yield "AddDefaultCharset utf-8"
    yield "<IfModule mod_headers.c>"
    for rule in rules:
        if rule.folders:
            which = f"%{{REQUEST_URI}} =~ m#^{_pattern(base, rule.folders)}#"
        else:
            which = "%{CONTENT_TYPE} =~ m#^text/html#"
        for name, value in rule.headers.items():
            if _is_of_all(rule):
                yield f'  Header always set {name} "{value}"'
            else:
                yield f'  Header set {name} "{value}" "expr={which}"'
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
    yield "  <IfModule mod_mime.c>"
    yield f"    AddOutputFilter DEFLATE .{_PACKED_BYTES[0]}"
    yield "  </IfModule>"
    yield "</IfModule>"


def _pattern(base: str, folders: Sequence[str] = ()) -> str:
    """Return a pattern for the decoded path of the site, or of these of its folders."""
    pattern = re.escape(unquote(base)).replace('"', '\\"')
    return f"{pattern}({'|'.join(folders)})/" if folders else pattern


def _join(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
