"""The addresses of the site: one table for links, pages and checks.

An address is a site-relative URL without a leading slash: "" is the home page, "2026/x/" a story.
Published addresses never change, so neither may what stands here.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final
from unicodedata import normalize
from urllib.parse import quote, unquote

if TYPE_CHECKING:
    from guongsang.registers.model import Registers, Switches
    from guongsang.stories.model import Head, Story

Shelf = tuple[str, str]

HOME = ""
HONOURS = "khen-thuong/"
CORRECTIONS = "cai-chinh/"
ABOUT = "gioi-thieu/"
PRIVACY = "quyen-rieng-tu/"
GUIDE = "huong-dan/"
GUIDE_PICTURES: Final = f"{GUIDE}hinh/"
FIELD_REFERENCE = "huong-dan/truong/"
RULE_REFERENCE = "huong-dan/loi/"
REFERENCES = (FIELD_REFERENCE, RULE_REFERENCE)
# The pages of the guide below its first one, in the order in which they are read.
GUIDE_PAGES = (
    "bai-dau-tien",
    "viet-bai",
    "cach-go",
    "nhap-bai",
    "anh",
    "dong-y",
    "dia-danh",
    "so-bo",
    "dang-bai",
    "dua-len-mang",
    "in-giay",
    "bao-cao",
    "phat-thanh",
    "thu-gioi-thieu",
    "lap-toa-soan",
    "toc-do",
)
SEARCH = "tim-kiem/"
NOMINATE = "gioi-thieu-guong/"
YEARS = "nam/"
NOT_FOUND = "404.html"
OFFLINE = "khong-co-mang/"
NOTICE = "NOTICE.txt"

# At the root: a worker governs only what lies below it.
WORKER: Final = "sw.js"
FEEDS: Final = ("rss.xml", "atom.xml", "feed.json")
STORY_DATA: Final = "du-lieu/stories.json"
HONOUR_DATA: Final = "du-lieu/honours.csv"

# Files with an address of their own that a text may link to.
FILES: Final = frozenset([*FEEDS, STORY_DATA, HONOUR_DATA, NOTICE])

# All that stand alone, those below FOLDERS left out; a test compares them with a site.
LONE_FILES: Final = FILES | {
    NOT_FOUND,
    ".guongsang",
    ".well-known/security.txt",
    "_headers",
    "_redirects",
    "may-chu/apache-headers.txt",
    "may-chu/apache-htaccess.txt",
    "may-chu/nginx-headers.conf",
    "may-chu/nginx-redirects.conf",
    "robots.txt",
    "sitemap.xml",
    "sitemap-tin-moi.xml",
    WORKER,
    "tim-kiem/muc-luc.json",
}
# Files whose names follow from stories, or from what they hold: no page stands there.
FOLDERS: Final = ("anh", "the", "tai-nguyen", "am-thanh", "phim", "tep", "assets")
# Everything in these has its content's hash in its name.
LASTING: Final = ("anh", "the", "tai-nguyen", "assets/stylesheets", "assets/javascripts")
SITEMAPS: Final = "sitemap"  # what the names of all of them begin with
_STORY: Final = re.compile(r"[0-9]{4}/([^/]+)/")
# What no name of a file may hold; decoding can bring it in.
_UNSAFE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\\?#\ud800-\udfff\ufffd]")

SECTIONS: Mapping[str, str] = {
    "column": "chuyen-muc/",
    "field": "linh-vuc/",
    "deed": "viec-lam/",
    "place": "dia-phuong/",
    "honoree": "nhan-vat/",
    "author": "tac-gia/",
    "series": "loat-bai/",
}


def story_url(src_uri: str) -> str:
    """Return where a story is, or would be if it could be read: links to it are not to blame."""
    return src_uri.removeprefix("stories/").removesuffix("index.md")


def section_url(kind: str, key: str) -> str:
    """Return the address of one column, field, deed, place, honoree, author or series."""
    return f"{SECTIONS[kind]}{key}/"


def year_url(year: int) -> str:
    return f"{YEARS}{year}/"


def month_url(year: int, month: int) -> str:
    return f"{YEARS}{year}/{month:02d}/"


def page_url(list_url: str, number: int) -> str:
    """Return the address of an older page of a list; pages are numbered from the oldest, from 1."""
    return f"{list_url}trang/{number}/"


def relative_url(target: str, page: str) -> str:
    """Return `target` as seen from the page at the address `page`, both below the site's root."""
    if target.startswith(("#", "http:", "https:", "mailto:", "tel:")):
        return target
    path, mark, rest = target.partition("#")
    base = page if page.endswith("/") or not page else posixpath.dirname(page)
    relative = posixpath.relpath(path or ".", base or ".")
    if relative == ".":
        relative = "./"
    elif path.endswith("/") or not path:
        relative += "/"
    return f"{relative}{mark}{rest}"


def root_url(page: str) -> str:
    """Return the way from a page to the site's root, which `relative_url` finds more slowly."""
    return "../" * page.count("/") or "./"


def doc_url(src_uri: str) -> str:
    """Return the address of a page written by hand; `src_uri` is relative to docs/."""
    stem = src_uri.removesuffix(".md")
    folder, _, name = stem.rpartition("/")
    if name in ("index", "README"):
        return f"{folder}/" if folder else HOME
    return f"{stem}/"


def attachment_uri(slug: str, src: str) -> str:
    """Return the file of an attachment of a story; its address is this percent-encoded."""
    return f"tep/{slug}/{src}"


def audio_uri(slug: str, src: str) -> str:
    """Return the file of a recording of a story; its address is this percent-encoded."""
    return f"am-thanh/{slug}/{src}"


def film_uri(slug: str, src: str) -> str:
    """Return the file of a film of a story; its address is this percent-encoded."""
    return f"phim/{slug}/{src}"


def alias_url(alias: str) -> str:
    """Return the site-relative address of an alias, decoded: "cu/bài/" for "/cu/b%C3%A0i".

    What ends with .html is a file, everything else a folder. Marks are composed: who types on a Mac
    types others than browsers ask for. What stands behind "?" is left out: see `alias_query`. An
    alias whose decoded form would lead out of the site, or could be no file, stays as it was typed.
    """
    alias = alias.partition("?")[0]
    path = normalize("NFC", unquote(alias))
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if ".." in parts or _UNSAFE.search(path):
        path = _UNSAFE.sub("", normalize("NFC", alias))
        parts = [part for part in path.split("/") if part not in ("", ".", "..")]
    joined = "/".join(parts)
    if joined.lower().endswith(".html") and not path.endswith("/"):
        return joined
    return f"{joined}/" if joined else ""


def alias_query(alias: str) -> str:
    """Return what stands behind "?" in an alias, as browsers send it: "nv=news&op=bai-1".

    No page can be made for such an address; only servers can lead on from it.
    """
    return quote(normalize("NFC", alias.partition("?")[2]), safe="!$&'()*+,-./:;=@_~%?")


def slug_in(url: str) -> str | None:
    """Return the slug in the address of a story, None for any other address."""
    match = _STORY.fullmatch(url)
    return match[1] if match else None


def first_slug(head: Head) -> str:
    """Return the slug that a story was first published under: an old address may tell another."""
    urls = (*map(alias_url, head.aliases), head.url)
    return next(filter(None, map(slug_in, urls)), head.url)


def output_uri(url: str) -> str:
    """Return the file of an address: "2026/x/index.html" for "2026/x/", a file's name as it is."""
    return f"{url}index.html" if url.endswith("/") or not url else url


def shelves_of(story: Story) -> Iterator[Shelf]:
    """Yield every list that a story stands in, as kind and key, each once."""
    head = story.head
    yield "column", head.column
    yield from (("field", key) for key in head.fields)
    yield from (("deed", key) for key in head.deeds)
    yield from (("place", key) for key in head.places)
    yield from (("honoree", key) for key in head.honorees)
    yield from (("author", key) for key in head.authors)
    if head.series:
        yield "series", head.series[0]
    yield "year", head.month[:4]
    yield "month", head.month


def shelf_url(kind: str, key: str) -> str:
    """Return the address of the list of a shelf."""
    return f"{YEARS}{key}/" if kind in ("year", "month") else section_url(kind, key)


def guide_url(name: str) -> str:
    """Return the address of a page of the guide, "index" or one of GUIDE_PAGES."""
    return GUIDE if name == "index" else f"{GUIDE}{name}/"


# A newsroom may tell it otherwise: a page of its own stands in the place of one of these.
GUIDE_URLS: Final = frozenset(map(guide_url, ("index", *GUIDE_PAGES)))
# The pages that a site has whatever stories there are, but for those that switches leave out.
FIXED: Final = frozenset(
    (
        *(HOME, HONOURS, CORRECTIONS, NOMINATE, YEARS, SEARCH),
        *(*SECTIONS.values(), *GUIDE_URLS, *REFERENCES),
    )
)


def is_switched_off(url: str, switches: Switches) -> bool:
    """Return whether an address of ours is left out because newsroom.yml says so."""
    return url.startswith(_list_off(switches))


def _list_off(switches: Switches) -> tuple[str, ...]:
    """Return how the addresses begin that are left out."""
    return (
        *(() if switches.guide else (GUIDE,)),
        *(() if switches.search else (SEARCH,)),
        *(() if switches.nominate else (NOMINATE,)),
        *(() if switches.people else (SECTIONS["honoree"],)),
        *(() if switches.honours else (HONOURS, HONOUR_DATA)),
        *(() if switches.data else (STORY_DATA, HONOUR_DATA)),
    )


def story_addresses(stories: Iterable[Story], registers: Registers) -> set[str]:
    """Return the addresses that stories and registers give the site, older list pages left out.

    `stories` are those that have a page. Headings have a page from their first day.
    """
    found = set(FIXED)
    for story in stories:
        found.add(story.url)
        if story.head.status == "ready":
            found.update(shelf_url(kind, key) for kind, key in shelves_of(story))
    headings = {"column": registers.columns, "field": registers.fields, "deed": registers.deeds}
    for kind, table in headings.items():
        found.update(section_url(kind, key) for key, heading in table.items() if heading.active)
    return leave_out_switched(found, registers)


def leave_out_switched(urls: Iterable[str], registers: Registers) -> set[str]:
    """Return those of some addresses that the newsroom has not switched off."""
    off = _list_off(registers.newsroom.switches)
    return {url for url in urls if not url.startswith(off)}
