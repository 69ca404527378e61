"""Nothing scrolls sideways at 320 pixels, nor with letters twice as large; nothing moves."""

from __future__ import annotations

import pytest

PAGES = (
    "", "2026/con-chu/", "chuyen-muc/ban-muong/", "nhan-vat/", "nhan-vat/ho-giao/", "dia-phuong/",
    "khen-thuong/", "nam/2026/", "tim-kiem/?q=mu", "cai-chinh/", "gioi-thieu/", "404.html",
    "huong-dan/", "huong-dan/viet-bai/", "huong-dan/toc-do/", "huong-dan/so-bo/",
    "huong-dan/truong/", "huong-dan/loi/",
)  # fmt: skip
LARGE = """localStorage["guong-sang.reading"] = '{"text":"5"}'"""
MOVED = """window.moved = 0; new PerformanceObserver(list => {
  for (const entry of list.getEntries()) moved += entry.value;
}).observe({type: "layout-shift", buffered: true})"""


@pytest.mark.parametrize(("width", "script"), [(320, ""), (360, LARGE), (1280, LARGE)])
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
