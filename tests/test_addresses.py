"""Addresses, and links from one to another."""

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guongsang import addresses
from guongsang.addresses import month_url, page_url, relative_url, root_url, section_url, year_url


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("column", "chuyen-muc/x/"),
        ("field", "linh-vuc/x/"),
        ("deed", "viec-lam/x/"),
        ("place", "dia-phuong/x/"),
        ("honoree", "nhan-vat/x/"),
        ("author", "tac-gia/x/"),
        ("series", "loat-bai/x/"),
    ],
)
def test_published_sections_never_change(kind, expected):
    assert section_url(kind, "x") == expected


def test_published_pages_never_change():
    fixed = [
        addresses.HOME,
        addresses.HONOURS,
        addresses.CORRECTIONS,
        addresses.NOMINATE,
        addresses.ABOUT,
        addresses.PRIVACY,
        addresses.GUIDE,
        year_url(2026),
        month_url(2026, 5),
        page_url("", 3),
        page_url("linh-vuc/x/", 2),
    ]
    assert fixed == [
        "",
        "khen-thuong/",
        "cai-chinh/",
        "gioi-thieu-guong/",
        "gioi-thieu/",
        "quyen-rieng-tu/",
        "huong-dan/",
        "nam/2026/",
        "nam/2026/05/",
        "trang/3/",
        "linh-vuc/x/trang/2/",
    ]


@pytest.mark.parametrize(
    ("target", "page", "expected"),
    [
        ("", "", "./"),
        ("", "2026/x/", "../../"),
        ("2026/x/", "", "2026/x/"),
        ("2026/x/", "2026/x/", "./"),
        ("2026/y/", "2026/x/", "../y/"),
        ("2026/", "2026/x/", "../"),
        ("nam/2026/05/", "nam/2026/", "05/"),
        ("khen-thuong/", "2026/x/", "../../khen-thuong/"),
        ("2026/x/bia.jpg", "2026/x/", "bia.jpg"),
        ("assets/a.css", "404.html", "assets/a.css"),
        ("assets/a.css", "x/404.html", "../assets/a.css"),
        ("2026/x/#anh-1", "2026/y/", "../x/#anh-1"),
        ("2026/x/#anh-1", "2026/x/", "./#anh-1"),
        ("#anh-1", "2026/x/", "#anh-1"),
        ("tim/?q=a", "2026/x/", "../../tim/?q=a"),
        ("http://a.vn/", "2026/x/", "http://a.vn/"),
        ("https://a.vn/b#c", "2026/x/", "https://a.vn/b#c"),
        ("mailto:a@b.vn", "2026/x/", "mailto:a@b.vn"),
        ("tel:+84", "2026/x/", "tel:+84"),
    ],
)
def test_relative_url(target, page, expected):
    assert relative_url(target, page) == expected


@pytest.mark.parametrize("page", ["", "404.html", "x/404.html", "2026/x/", "nam/2026/05/"])
def test_the_way_to_the_root_is_a_relative_url(page):
    assert root_url(page) == relative_url("", page)


FOLDERS = st.lists(st.sampled_from(["a", "b", "c", "2026"]), max_size=4)


@given(FOLDERS, FOLDERS)
def test_a_relative_url_leads_to_its_target(target, page):
    target_url = "".join(f"{part}/" for part in target)
    page_folder = "/" + "".join(f"{part}/" for part in page)
    link = relative_url(target_url, page_folder[1:])
    assert link.endswith("/")
    assert posixpath.normpath(page_folder + link) == posixpath.normpath("/" + target_url)
