"""Nothing scrolls sideways at 320 pixels, nor with letters twice as large; nothing moves."""

from __future__ import annotations

import pytest

PAGES = (
    "", "2026/con-chu/", "chuyen-muc/ban-muong/", "nhan-vat/", "nhan-vat/ho-giao/", "dia-phuong/",
    "khen-thuong/", "nam/2026/", "tim-kiem/?q=mu", "cai-chinh/", "gioi-thieu/", "404.html",
    "gioi-thieu-guong/", "huong-dan/", "huong-dan/viet-bai/", "huong-dan/toc-do/",
    "huong-dan/so-bo/", "huong-dan/truong/", "huong-dan/loi/",
)  # fmt: skip
LARGE = """localStorage["guong-sang.reading"] = '{"text":"5"}'"""
# As a browser does it whose own letters are set to twice their size.
DOUBLE = """addEventListener("DOMContentLoaded", () => {
  document.documentElement.style.fontSize = "250%";
})"""
MOVED = """window.moved = 0; new PerformanceObserver(list => {
  for (const entry of list.getEntries()) moved += entry.value;
}).observe({type: "layout-shift", buffered: true})"""


@pytest.mark.parametrize(
    ("width", "script"), [(320, ""), (320, DOUBLE), (360, LARGE), (1280, LARGE)]
)
def test_nothing_scrolls_sideways(chromium, address, width, script):
    context = chromium.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.add_init_script(script)
    for url in PAGES:
        page.goto(f"{address}{url}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, url
        boxes = page.locator("main :is(table, pre):not(.sample *, .bang *)")
        ends = boxes.evaluate_all("all => all.map(each => each.getBoundingClientRect().right)")
        assert all(end <= width for end in ends), url
    context.close()


@pytest.mark.long
def test_nothing_moves_when_scripts_come_late(chromium, address):
    context = chromium.new_context(viewport={"width": 360, "height": 800}, service_workers="block")
    page = context.new_page()
    page.add_init_script(MOVED)
    page.route("**/*.js", lambda route: page.wait_for_timeout(300) or route.continue_())
    for url in PAGES:
        page.goto(f"{address}{url}", wait_until="networkidle")
        assert page.evaluate("moved") == 0, url
    context.close()


def test_facts_stack_where_letters_are_large(chromium, address):
    page = chromium.new_page(viewport={"width": 360, "height": 800})
    for script, is_stacked in (("", False), (LARGE, True)):
        page.add_init_script(script)
        page.goto(f"{address}nhan-vat/ho-giao/")
        name, fact = (page.locator(f".facts {tag}").first.bounding_box() for tag in ("dt", "dd"))
        assert (fact["y"] >= name["y"] + name["height"] - 1) == is_stacked
    page.close()


FILL = """all => all.map(each => {
  each.textContent = "Xã có tên rất dài, tỉnh cũng có tên rất dài như thế";
  const words = document.createRange();
  words.selectNodeContents(each);
  const from = each.parentElement.getBoundingClientRect().left;
  return [...words.getClientRects()].map(({left}) => left - from);
})"""


def test_a_fact_that_fills_two_lines_is_not_cut_off(chromium, address):
    page = chromium.new_page(viewport={"width": 320, "height": 800})
    for url in ("", "chuyen-muc/ban-muong/"):
        page.goto(f"{address}{url}")
        lines = page.locator("main .card__facts > span").evaluate_all(FILL)
        assert any(len(starts) > 1 for starts in lines), url
        assert all(start >= -0.5 for starts in lines for start in starts), url
    page.close()


def test_the_masthead_stays_one_line_with_large_letters(chromium, address):
    page = chromium.new_page(viewport={"width": 360, "height": 800})
    page.add_init_script(LARGE)
    page.goto(f"{address}2026/con-chu/")
    boxes = [
        page.locator(f".masthead {part}").bounding_box()
        for part in (".masthead__name", ".masthead__tool", ".reading > summary")
    ]
    middles = [box["y"] + box["height"] / 2 for box in boxes]
    assert max(middles) - min(middles) < 8
    assert all(box["width"] >= 44 for box in boxes)
    page.close()
