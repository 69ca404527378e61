"""A reader's way through the site, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.browser.waiting import within

ASSETS = Path(__file__).parents[2] / "scripts/guongsang/assets"
SUBPATH = "/bao/guong/"


@pytest.fixture(params=[(360, "light"), (1280, "dark"), (360, "dark"), (1280, "light")], ids=str)
def reader(request, chromium, address):
    """A page of a certain width and colour; what it complains of and asks for is kept."""
    width, colour = request.param
    context = chromium.new_context(
        viewport={"width": width, "height": 740}, color_scheme=colour, reduced_motion="reduce"
    )
    page = context.new_page()
    page.complaints, page.hosts = [], set()
    page.on("console", lambda line: line.type == "error" and page.complaints.append(line.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("response", lambda got: got.status >= 400 and page.complaints.append(got.url))
    page.on("request", lambda asked: page.hosts.add(urlsplit(asked.url).netloc))
    page.goto(address)
    yield page
    context.close()


def look(page, path, address):
    """Check what holds on every page."""
    page.wait_for_url(re.compile(f"^{re.escape(address + path)}(#.*)?$"))
    assert page.locator("h1").count() == 1, path
    assert page.get_by_role("main").count() == 1, path
    assert page.locator("h1").is_visible()
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{path} is {wide} px too wide"
    lost = page.evaluate(
        "[...document.images].filter(i => i.complete && !i.naturalWidth).map(i => i.currentSrc)"
    )
    assert lost == []


def follow(page, path):
    """Click the first visible link to an address of the site, in its text or else around it."""
    for links in (page.locator("main a"), page.locator("a")):
        targets = links.evaluate_all("all => all.map(a => a.href)")
        for at, target in enumerate(targets):
            if target.split("#")[0].endswith(SUBPATH + path) and links.nth(at).is_visible():
                links.nth(at).click()
                return
    raise AssertionError(f"no link to {path} on {page.url}")


def test_from_the_home_page_to_the_honours(reader, address):
    look(reader, "", address)
    way = [
        "chuyen-muc/ban-muong/",
        "2026/con-chu/",
        "dia-phuong/sin-suoi-ho/",
        "2026/con-chu/",
        "nhan-vat/ho-giao/",
        "khen-thuong/",
    ]
    for path in way:
        follow(reader, path)
        look(reader, path, address)
    assert "Huân chương Lao động hạng Ba" in reader.locator("main").inner_text()
    assert reader.complaints == []
    assert reader.hosts == {urlsplit(address).netloc}


def test_colours_follow_the_machine(reader, address, request):
    background = reader.evaluate("getComputedStyle(document.body).backgroundColor")
    light = sum(int(part) for part in background.strip("rgba()").split(",")[:3]) > 380
    dark = "dark" in request.node.name
    assert light != dark, background


def test_the_page_for_lost_readers(chromium, address):
    page = chromium.new_page()
    page.goto(f"{address}404.html")
    assert page.locator("h1").inner_text() == "Không tìm thấy trang"
    home = page.locator("main a").first.evaluate("a => a.href")
    assert home == f"https://guong.example{SUBPATH}"
    page.close()


def test_a_story_reads_without_scripts(chromium, address):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}2026/con-chu/")
    assert page.locator("h1").inner_text() == "Con chữ lên Mù Cả"
    assert page.get_by_text("Mở bài kể về lớp học").is_visible()
    context.close()


def test_a_story_is_passed_on(chromium, address):
    """By the phone's own sheet, by copying, by plain links, and on paper."""
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.add_init_script("navigator.share = async (told) => { window.told = told; }")
    page.goto(f"{address}2026/con-chu/")
    true_address = f"https://guong.example{SUBPATH}2026/con-chu/"
    page.get_by_role("button", name="Gửi qua ứng dụng").click()
    assert page.evaluate("window.told") == {"title": "Con chữ lên Mù Cả", "url": true_address}
    page.get_by_role("button", name="Chép liên kết").click()
    page.get_by_text("Đã chép liên kết").wait_for()
    assert page.evaluate(within("navigator.clipboard.readText()")) == true_address
    assert page.get_by_role("link", name="Zalo").is_visible()
    code = page.get_by_alt_text("Mã QR của bài này")
    assert not code.is_visible()
    page.emulate_media(media="print")
    assert code.is_visible()
    assert not page.get_by_role("link", name="Zalo").is_visible()
    context.close()


def test_no_button_that_would_do_nothing(chromium, address):
    page = chromium.new_page()
    page.add_init_script("delete Navigator.prototype.share")
    page.goto(f"{address}2026/con-chu/")
    page.get_by_role("button", name="Chép liên kết").wait_for()
    assert not page.get_by_role("button", name="Gửi qua ứng dụng").is_visible()
    page.close()


def test_an_index_is_sifted_without_marks(chromium, serve, tmp_path):
    """Groups without an entry left go, too; what is left is told."""
    folder = tmp_path / "site"
    (folder / "tai-nguyen").mkdir(parents=True)
    (folder / "sift.js").write_bytes((ASSETS / "sift.js").read_bytes())
    entries = {"Cá nhân": ["Đặng Thùy Trâm", "Hồ Giáo"], "Tập thể": ["Bản Sin Suối Hồ"]}
    groups = "".join(
        f'<section class="group"><h2>{title}</h2><ul>'
        + "".join(f"<li>{name}</li>" for name in names)
        + "</ul></section>"
        for title, names in entries.items()
    )
    form = '<form data-sift><input type="search"><p role="status"></p></form>'
    page_text = f'<meta charset="utf-8">{form}{groups}<script type="module" src="sift.js"></script>'
    (folder / "index.html").write_text(page_text, "utf-8")
    page = chromium.new_page()
    page.goto(f"{serve(folder)}/")
    for typed, left in (("dang tram", 1), ("HO", 2), ("hồ suối", 1), ("x", 0), ("", 3)):
        page.locator("input").fill(typed)
        assert page.locator("li:visible").count() == left, typed
        assert page.get_by_role("status").inner_text() == (f"{left} mục" if typed else "")
    page.locator("input").fill("sin")
    assert page.locator("h2:visible").all_inner_texts() == ["Tập thể"]
    page.close()
