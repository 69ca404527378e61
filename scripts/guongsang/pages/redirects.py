"""Old addresses: a tiny page for each, and the same told to web servers.

`_redirects` is for Netlify and Cloudflare Pages, the other files are for an editor of a server's
settings to include. Servers say 301 for an old address, 410 for a story that was retracted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote, urlsplit
from xml.etree import ElementTree as ET

from guongsang.addresses import alias_url, output_uri, relative_url
from guongsang.pages.absolute import absolute_url, add, html_text
from guongsang.pages.content import Content
from guongsang.pages.policy import page_policy
from guongsang.stories.model import Story

NETLIFY: Final = "_redirects"
NGINX: Final = "may-chu/nginx-redirects.conf"
APACHE: Final = "may-chu/apache-htaccess.txt"


@dataclass(frozen=True, slots=True)
class _Move:
    """An old address and the story that it leads to, both site-relative and decoded."""

    old: str
    story: Story


def render_aliases(content: Content) -> Iterator[tuple[str, bytes]]:
    """Yield a page for each old address, with its file; two of one address are not hidden here."""
    for move in _find_moves(content):
        yield output_uri(move.old), _render_page(content, move)


def render_redirects(content: Content) -> dict[str, bytes]:
    """Return the files for servers, by address."""
    moves = sorted(_find_moves(content), key=lambda move: move.old)
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
    for move in sorted(_find_moves(content), key=lambda move: move.old):
        target = _nginx_value(absolute_url(content.site_url, move.story.url))
        for old in _forms(move.old):
            yield f"location = {nginx_text(base + old)} {{ return 301 {target}; }}"
    for url in sorted(story.url for story in content.retracted):
        page = _nginx_value(base + output_uri(url))
        for old in _forms(url):
            yield f"location = {nginx_text(base + old)} {{ error_page 410 {page}; return 410; }}"


def _find_moves(content: Content) -> Iterator[_Move]:
    for story in content.moved_stories():
        for old in dict.fromkeys(alias_url(alias) for alias in story.head.aliases):
            yield _Move(old, story)


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
        for old in _forms(move.old):
            yield f"{_encode(base, old)} {target} 301"
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
    yield "# chép vào .htaccess hoặc cấu hình máy chủ Apache (mod_alias)"
    for move in moves:
        target = unquote(absolute_url(site_url, move.story.url))  # Apache encodes it
        yield f'RedirectMatch 301 "{_apache_pattern(base, move.old)}" "{target}"'
    for url in gone:
        yield f'RedirectMatch 410 "{_apache_pattern(base, url)}"'


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
    return nginx_text(url.replace("$", "%24"))


def _apache_pattern(base: str, url: str) -> str:
    pattern = re.escape(unquote(base) + url.removesuffix("/")).replace('"', '\\"')
    return f"^{pattern}/?$" if url.endswith("/") else f"^{pattern}$"


def _join(lines: Iterator[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
