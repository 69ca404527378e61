"""The desk page's list in a browser: found without marks, filtered, sorted, quick when long."""

from __future__ import annotations

import contextlib
import json
import time

import pytest
from tests.browser.desk import ask_axe, open_page, turn
from tests.browser.waiting import wait_until

MANY = 10_000


@pytest.fixture
def page(chromium, served):
    """The list, opened; a test fails for whatever the browser has to say of the page itself."""
    with open_page(chromium, served.desk, with_console=True) as page:
        yield page


def names(page):
    return page.locator(".rows .name").all_text_contents()


def test_all_stories_are_there_newest_first(page):
    assert names(page)[0] == "Bài hẹn giờ"
    assert page.locator(".rows li").count() == 6
    assert page.locator(".count").text_content() == "6 bài"


def test_words_without_marks_find_a_story(page):
    page.get_by_label("Tìm bài").fill("con CHU mu ca")
    wait_until(page, lambda: names(page) == ["Con chữ lên Mù Cả"])
    assert names(page) == ["Con chữ lên Mù Cả"]
    page.get_by_label("Tìm bài").fill("không có bài này")
    page.get_by_text("Không có bài nào như vậy.").wait_for()
    page.get_by_role("button", name="Bỏ lọc").click()
    wait_until(page, lambda: len(names(page)) == 6)
    assert len(names(page)) == 6


def test_filters_and_orders(page):
    page.get_by_role("button", name="Nháp").click()
    assert names(page) == ["Bản thảo chưa đăng"]
    assert page.get_by_role("button", name="Nháp").get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name="Tất cả").click()
    page.get_by_label("Xếp theo").select_option("title")
    found = names(page)
    assert (found[0], found[1]) == ("Bài hẹn giờ", "Bản thảo chưa đăng"), "à before ả, as ordered"
    page.get_by_label("Xếp theo").select_option("oldest")
    assert names(page)[0] == "Người giữ lửa"


def test_the_keyboard_walks_through_the_rows(page):
    page.locator(".rows a").first.focus()
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('li').dataset.at") == "2"
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.closest('li').dataset.at") == "1"


def test_what_is_edited_elsewhere_appears_by_itself(page, served, previewed):
    previewed.edit("con-chu", "title: Con chữ lên Mù Cả", "title: Con chữ về bản")
    served.build()
    wait_until(page, lambda: "Con chữ về bản" in names(page))
    assert "Con chữ về bản" in names(page)


@pytest.mark.long
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(page):
    page.emulate_media(reduced_motion="reduce")
    for look in turn(page, [(w, s) for w in (360, 768, 1280) for s in ("light", "dark")]):
        page.get_by_label("Xếp theo").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), look
        assert ask_axe(page, with_targets=True) == [], look


def test_ten_thousand_stories_draw_only_what_is_seen(chromium, served):
    told = json.loads(served.page.listing.render())
    row = dict(zip(told["fields"], told["rows"][0], strict=True)) | {"photo": ""}
    rows = [
        list({**row, "address": f"2026/bai-{n}", "title": f"Bài {n}"}.values()) for n in range(MANY)
    ]
    told |= {"hasGit": True, "rows": rows}
    content = json.dumps(told).encode()
    served.page.listing.render = lambda: content
    with contextlib.closing(chromium.new_context()) as opened:
        page = opened.new_page()
        page.set_default_timeout(60_000)
        page.goto(served.desk)
        page.locator(".rows li").first.wait_for()
        assert page.locator(".rows li").count() < 60
        assert page.locator(".count").text_content() == "10000 bài"
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.get_by_text(f"Bài {MANY - 1}", exact=True).wait_for()
        assert page.locator(".rows li").count() < 60
        page.evaluate("scrollTo(0, 0)")
        began = time.monotonic()
        page.get_by_label("Tìm bài").fill("bai 9999")
        wait_until(page, lambda: page.locator(".rows li").count() == 1)
        assert names(page) == ["Bài 9999"]
        assert time.monotonic() - began < 10
