"""The addresses of the site: one table for links, pages and checks.

An address is a site-relative URL without a leading slash: "" is the home page, "2026/x/" a story.
Published addresses never change, so neither may what stands here.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

HOME = ""
HONOURS = "khen-thuong/"
CORRECTIONS = "cai-chinh/"
ABOUT = "gioi-thieu/"
PRIVACY = "quyen-rieng-tu/"
GUIDE = "huong-dan/"
YEARS = "nam/"

SECTIONS: Mapping[str, str] = {
    "column": "chuyen-muc/",
    "field": "linh-vuc/",
    "deed": "viec-lam/",
    "place": "dia-phuong/",
    "honoree": "nhan-vat/",
    "author": "tac-gia/",
    "series": "loat-bai/",
}


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
