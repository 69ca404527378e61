"""The search of the guide, as an editor types into it."""

from __future__ import annotations

import pytest
from tests.browser.waiting import wait_until


@pytest.fixture(scope="module")
def ask(chromium, serve, built):
    page = chromium.new_context(viewport={"width": 360, "height": 740}).new_page()
    page.goto(f"{serve(built.site)}/huong-dan/")

    def ask(words):
        page.get_by_role("searchbox", name="Tìm trong hướng dẫn").fill(words)
        wait_until(page, page.locator(".find [role=status]").text_content)
        page.wait_for_timeout(50)
        links = page.locator(".find li a").evaluate_all("all => all.map((each) => each.href)")
        return page, [link.partition("/huong-dan/")[2] for link in links]

    return ask


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("GS505", "loi/#gs505"),
        ("toa do gps", "anh/#"),
        ("hẹn giờ", "dang-bai/#"),
        ("HEN GIO", "dang-bai/#"),
        ("publish_at", "truong/#"),
        ("đưa lên mạng", "lap-toa-soan/#"),
    ],
)
def test_words_with_marks_or_without_lead_to_their_passage(ask, typed, found):
    _, links = ask(typed)
    assert 0 < len(links) <= 20
    assert [link for link in links if link.startswith(found)], links


def test_a_link_leads_to_its_heading_and_nothing_runs_out_of_the_page(ask):
    page, links = ask("thu muc tam thoi khong co o dau ca")
    assert links == []
    page, links = ask("gs422")
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not wide
    page.locator(".find li a").first.click()
    page.wait_for_url("**/loi/#gs422")
    assert page.locator(":target").count() == 1
