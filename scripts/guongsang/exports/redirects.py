"""Old addresses: a tiny page for each, and the same told to web servers.

`_redirects` is for Netlify and Cloudflare Pages, the other files are for an editor of a server's
settings to include. Servers say 301 for an old address, 410 for a story that was retracted, with
our page of it. The folder of a year ("2026/") has no page: its stories stand in "nam/2026/".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from urllib.parse import quote, unquote, urlsplit
from xml.etree import ElementTree as ET

from guongsang.addresses import YEARS, alias_query, alias_url, output_uri, relative_url
from guongsang.render.policy import page_policy
from guongsang.stories.model import Story
from guongsang.views.absolute import absolute_url, add, html_text
from guongsang.views.content import Content

NETLIFY: Final = "_redirects"
NGINX: Final = "may-chu/nginx-redirects.conf"
APACHE: Final = "may-chu/apache-htaccess.txt"
_YEAR: Final = "([0-9]{4})"


@dataclass(frozen=True, slots=True)
class _Move:
    """An old address and the story that it leads to, both site-relative and decoded.

    `query` is what stood behind its "?", still encoded: only a server can tell by it.
    """

    old: str
    story: Story
    query: str = ""

    @property
    def pattern(self) -> str:
        """The query as an expression; what others have added behind it is no matter."""
        return f"^{re.escape(self.query)}(&|$)"


def render_aliases(content: Content) -> Iterator[tuple[str, bytes]]:
    """Yield a page for each old address, with its file; two of one address are not hidden here."""
    for move in _find_moves(content):
        if not move.query:
            yield output_uri(move.old), _render_page(content, move)


def render_redirects(content: Content) -> dict[str, bytes]:
    """Return the files for servers, by address."""
    moves = _sort_moves(content)
    gone = sorted(story.url for story in content.retracted)
    base = urlsplit(content.site_url).path or "/"
    return {
        NETLIFY: _join(_netlify_lines(base, moves, gone)),
        NGINX: _join(_nginx_lines(content, base)),
        APACHE: _join(_apache_lines(content.site_url, base, moves, gone)),
    }


def nginx_locations(content: Content) -> Iterator[str]:
    """Yield what nginx says at old and retracted addresses; it compares decoded paths."""
    base = unquote(urlsplit(content.site_url).path) or "/"
    # nginx refuses two locations of one path.
    for url, moves in groupby(_sort_moves(content), key=lambda move: move.old):
        told = " ".join(_nginx_returns(content.site_url, list(moves)))
        for old in _forms(url):
            yield f"location = {nginx_text(base + old)} {{ {told} }}"
    for url in sorted(story.url for story in content.retracted):
        page = _nginx_value(base + output_uri(url))
        for old in _forms(url):
            yield f"location = {nginx_text(base + old)} {{ error_page 410 {page}; return 410; }}"
    year = f"^{re.escape(base)}{_YEAR}/?$"
    target = nginx_text(_escape_nginx(absolute_url(content.site_url, YEARS)) + "$1/")
    lead = f"if (!-f $request_filename/index.html) {{ return 301 {target}; }}"
    yield f"location ~ {nginx_text(year)} {{ {lead} }}"


def _find_moves(content: Content) -> Iterator[_Move]:
    for story in content.moved_stories():
        olds = ((alias_url(alias), alias_query(alias)) for alias in story.head.aliases)
        for old, query in dict.fromkeys(olds):
            yield _Move(old, story, query)


def _sort_moves(content: Content) -> list[_Move]:
    """Return the moves by address, those with a query first and of them the longest."""
    return sorted(_find_moves(content), key=lambda move: (move.old, -len(move.query), move.query))


def _nginx_returns(site_url: str, moves: Iterable[_Move]) -> Iterator[str]:
    for move in moves:
        told = f"return 301 {_nginx_value(absolute_url(site_url, move.story.url))};"
        yield f"if ($args ~ {nginx_text(move.pattern)}) {{ {told} }}" if move.query else told


def _render_page(content: Content, move: _Move) -> bytes:
    """Return a page without script that leads on at once, also where no server says 301."""
    title, story = move.story.front.title, move.story
    near = quote(relative_url(story.url, move.old), safe="/.")
    root = ET.Element("html", lang="vi")
    head = add(root, "head")
    add(head, "meta", charset="utf-8")
    head.append(_meta("Content-Security-Policy", page_policy()))
    add(head, "meta", name="viewport", content="width=device-width,initial-scale=1")
    add(head, "title", title)
    add(head, "meta", name="robots", content="noindex")
    add(head, "link", rel="canonical", href=absolute_url(content.site_url, story.url))
    head.append(_meta("refresh", f"0; url={near}"))
    body = add(root, "body")
    line = add(body, "p", "Bài đã chuyển đến địa chỉ mới: ")
    link = add(line, "a", title, href=near)
    if story.front.lang != "vi":
        link.set("lang", story.front.lang)
    return f"<!doctype html>\n{html_text(root)}\n".encode()


def _meta(header: str, content: str) -> ET.Element:
    return ET.Element("meta", {"http-equiv": header, "content": content})


def _netlify_lines(base: str, moves: list[_Move], gone: list[str]) -> Iterator[str]:
    """Yield the rules; "!" because there is a page at a retracted address.

    Cloudflare matches to the letter, hence both forms, and leaves out lines with 410.
    """
    for move in moves:
        target = _encode(base, move.story.url)
        pairs = [f" {pair}" for pair in move.query.split("&") if pair]
        if all("=" in pair for pair in pairs):  # no other can be told here
            for old in _forms(move.old):
                yield f"{_encode(base, old)}{''.join(pairs)} {target} 301"
    for url in gone:
        yield f"{_encode(base, url)} {_encode(base, output_uri(url))} 410!"


def _nginx_lines(content: Content, base: str) -> Iterator[str]:
    """Yield locations, but none in a sub-folder: they stand inside that of the whole site."""
    if base != "/":
        yield "# không có gì: trang nằm trong thư mục con, mọi thứ ở nginx-headers.conf"
        return
    yield "# include trong khối server { } của nginx"
    yield from nginx_locations(content)


def _apache_lines(site_url: str, base: str, moves: list[_Move], gone: list[str]) -> Iterator[str]:
    """Yield expressions for mod_alias, whose plain Redirect would match longer addresses too."""
    yield "# chép vào .htaccess hoặc cấu hình máy chủ Apache (mod_alias, mod_rewrite)"
    asked = [move for move in moves if move.query]
    if asked:
        yield "<IfModule mod_rewrite.c>"
        yield "RewriteEngine On"
        for move in asked:
            target = unquote(absolute_url(site_url, move.story.url))
            yield f'RewriteCond %{{REQUEST_URI}} "{_apache_pattern(base, move.old)}"'
            yield f'RewriteCond %{{QUERY_STRING}} "{move.pattern}"'
            yield f'RewriteRule ^ "{target}" [R=301,L,QSD]'
        yield "</IfModule>"
    for move in moves:
        if move.query:
            continue
        target = unquote(absolute_url(site_url, move.story.url))  # Apache encodes it
        yield f'RedirectMatch 301 "{_apache_pattern(base, move.old)}" "{target}"'
    for url in gone:
        pattern = _apache_pattern(base, url)
        yield f'<If "%{{REQUEST_URI}} =~ m#{pattern}#">'
        yield f'  ErrorDocument 410 "{base}{output_uri(url)}"'
        yield "</If>"
        yield f'RedirectMatch 410 "{pattern}"'
    # A folder without a page: that of a year leads on, no other shows what it holds.
    root = re.escape(unquote(base)).replace('"', '\\"')
    bare = "-d %{REQUEST_FILENAME} && ! -f '%{REQUEST_FILENAME}/index.html'"
    yield f'<If "%{{REQUEST_URI}} =~ m#^{root}# && {bare}">'
    yield f'  RedirectMatch 301 "^{root}{_YEAR}/?$" "{unquote(absolute_url(site_url, YEARS))}$1/"'
    yield '  RedirectMatch 404 "^"'
    yield "</If>"


def _forms(url: str) -> tuple[str, ...]:
    """Return an address of a folder with and without its last slash, a file's as it is."""
    return (url, url.removesuffix("/")) if url.endswith("/") else (url,)


def _encode(base: str, url: str) -> str:
    """Encode all but letters and slashes: ":" and "*" have a meaning in the rules."""
    return base + quote(url)


def nginx_text(path: str) -> str:
    """Quote a path or pattern for nginx."""
    escaped = path.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _nginx_value(url: str) -> str:
    """Quote a value in which "$" would begin a variable."""
    return nginx_text(_escape_nginx(url))


def _escape_nginx(url: str) -> str:
    return url.replace("$", "%24")


def _apache_pattern(base: str, url: str) -> str:
    pattern = re.escape(unquote(base) + url.removesuffix("/")).replace('"', '\\"')
    return f"^{pattern}/?$" if url.endswith("/") else f"^{pattern}$"


def _join(lines: Iterator[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
