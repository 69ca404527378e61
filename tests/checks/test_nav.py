"""The navigation leads somewhere, or the line says where it was to lead."""

import pytest

from guongsang.checks.newsroom.nav import check_nav
from guongsang.registers.model import Switches

FILES = {"gioi-thieu.md", "tuyen-dung.md", "huong-dan/index.md", "tep/mau.pdf", "một trang.md"}
ADDRESSES = {"", "chuyen-muc/", "nhan-vat/", "nam/2026/", "gioi-thieu/", "tuyen-dung/", "rss.xml"}
TEXT = """\
site_name: A
site_url: !ENV [SITE_URL, "https://a.example/"]
nav:
  - Trang chủ: /
  - {entry}
markdown_extensions:
  - x:
      f: !!python/name:a.b
"""


def check(entry, **switches):
    text = TEXT.replace("{entry}", entry)
    return list(check_nav(text, FILES, ADDRESSES, Switches(**switches)))


def test_what_is_switched_off_may_stay_in_the_navigation():
    for entry, name in (
        ("Khen: /khen-thuong/", "honours"),
        ("Dữ liệu: /du-lieu/stories.json", "data"),
        ("Hướng dẫn: /huong-dan/anh/", "guide"),
    ):
        assert [each.rule for each in check(entry)] == ["GS806"]
        assert check(entry, **{name: False}) == []
    assert [each.rule for each in check("Khen: khen-thuong/", honours=False)] == ["GS806"]


@pytest.mark.parametrize(
    "entry",
    [
        "Tuyển dụng: tuyen-dung.md",
        "Tuyển dụng: ./tuyen-dung.md",
        "tuyen-dung.md",
        "Tuyển dụng: tuyen-dung/",
        "Mẫu: tep/mau.pdf",
        "Một: một trang.md",
        "Năm: /nam/2026/",
        "Tin: /rss.xml",
        "Về: /gioi-thieu/#lien-he",
        "Báo: https://bao.example/khong-co/",
        "Thư: mailto:a@b.example",
        "Nhóm: [tuyen-dung.md, {Khác: huong-dan/index.md}]",
        "",
    ],
)
def test_what_leads_somewhere(entry):
    assert check(entry) == []


@pytest.mark.parametrize(
    ("entry", "column", "near"),
    [
        ("Tuyển dụng: tuyendung.md", 17, "tuyen-dung.md"),
        ("tuyen-dung.mdx", 5, "tuyen-dung.md"),
        ("Mẫu: tep/maux.pdf", 10, "tep/mau.pdf"),
        ("Người: /nhan-vatt/", 12, "/nhan-vat/"),
        ("Năm: /nam/2025/", 10, "/nam/2026/"),
        ("Nhóm: [gioi-thieu.md, {Khác: huong-dan/idex.md}]", 34, "huong-dan/index.md"),
    ],
)
def test_what_leads_nowhere(entry, column, near):
    (found,) = check(entry)
    assert (found.path, found.line, found.column) == ("mkdocs.yml", 5, column)
    assert (found.rule, found.severity) == ("GS806", "error")
    assert f"Có thể bạn muốn gõ: {near}" in found.hint()


@pytest.mark.parametrize(
    "text", ["", "nav: null\n", "- nav\n", "nav: 3\n", "nav: [1, {a: null}]\n"]
)
def test_no_navigation(text):
    assert list(check_nav(text, FILES, ADDRESSES, Switches())) == []


def test_check_and_build_stop_in_the_editors_language(newsroom):
    newsroom.edit("mkdocs.yml", "gioi-thieu.md", "gioithieu.md")
    for command in ("check", "build"):
        ran = newsroom.run(command)
        said = ran.out + ran.err
        assert ran.code == 1
        assert "lỗi GS806 Mục điều hướng gioithieu.md trong mkdocs.yml không dẫn tới" in said
        assert "Có thể bạn muốn gõ: gioi-thieu.md" in said
        assert "configuration" not in said
    assert not newsroom.site.exists()


def test_a_page_outside_the_navigation_is_not_told(newsroom):
    (newsroom.root / "docs/phu-luc.md").write_text("# Phụ lục\n", "utf-8")
    ran = newsroom.build("--strict")
    assert ran.err == ""
    assert (newsroom.site / "phu-luc/index.html").is_file()


def test_what_is_inherited_is_looked_at_by_the_build(newsroom):
    settings = newsroom.root / "mkdocs.yml"
    text = settings.read_text("utf-8")
    start, end = text.index("nav:"), text.index("not_in_nav:")
    (newsroom.root / "chung.yml").write_text("nav:\n  - Liên hệ: lienhe.md\n", "utf-8")
    settings.write_text("INHERIT: chung.yml\n" + text[:start] + text[end:], "utf-8")
    ran = newsroom.run("build")
    assert ran.code == 1
    assert "lỗi GS806 Mục điều hướng lienhe.md" in ran.err
    assert "configuration" not in ran.err


def test_a_list_that_ends_takes_its_entry_along(newsroom):
    newsroom.edit("mkdocs.yml", "/nhan-vat/", "/nam/2025/")
    newsroom.build()
    newsroom.edit("nguoi-giu-lua", "status: ready", "status: draft")
    ran = newsroom.run("build")
    assert ran.code == 1
    assert "/nam/2025/" in ran.err
