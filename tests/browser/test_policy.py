"""The security policy holds in a real browser, and breaks nothing."""

from __future__ import annotations

import re

import pytest
from tests.browser.waiting import wait_until

PAGES = [
    "",
    "2026/con-chu/",
    "2026/mot-giot-mau/",
    "2026/ten-phai-mat/",
    "chuyen-muc/",
    "chuyen-muc/ban-muong/",
    "linh-vuc/giao-duc/trang/1/",
    "dia-phuong/",
    "dia-phuong/sin-suoi-ho/",
    "nhan-vat/",
    "nhan-vat/ho-giao/",
    "tac-gia/lan/",
    "loat-bai/len-lop/",
    "nam/2026/",
    "nam/2026/05/",
    "khen-thuong/",
    "cai-chinh/",
    "gioi-thieu-guong/",
    "gioi-thieu/",
    "quyen-rieng-tu/",
    "404.html",
    "tim-kiem/?q=chu",
    "huong-dan/loi/",
    "khong-co-mang/",
]
WATCH = """
addEventListener("securitypolicyviolation", (event) => {
  (window.violations ??= []).push(`${event.violatedDirective} ${event.blockedURI}`);
});
"""
ATTACK = """
<script>window.attacked = "script"</script>
<img src="khong-co.jpg" alt="" onerror="window.attacked = 'handler'">
<a id="bait" href="javascript:void (window.attacked = 'link')">x</a>
<style>h1 { color: rgb(1, 2, 3) !important }</style>
<p id="styled" style="color: rgb(1, 2, 3)">x</p>
<base href="https://xau.example/">
<iframe src="https://xau.example/"></iframe>
<script src="https://xau.example/x.js"></script>
<img src="https://xau.example/x.png" alt="">
</main>
"""


@pytest.fixture
def page(chromium):
    context = chromium.new_context(service_workers="block")
    opened = context.new_page()
    opened.add_init_script(WATCH)
    opened.complaints = []
    opened.on("console", lambda m: m.type == "error" and opened.complaints.append(m.text))
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    yield opened
    context.close()


def test_no_page_breaks_its_own_policy(page, address):
    for path in PAGES:
        page.goto(address + path)
        policy = page.locator("meta[http-equiv=Content-Security-Policy]")
        assert policy.count() == 1, path
        assert "unsafe" not in policy.get_attribute("content"), path
        assert page.evaluate("window.violations ?? []") == [], path
        assert page.complaints == [], path


def attack(page, address, has_ended):
    """Open a story into which hostile markup was smuggled, as if cleaning had failed."""

    def smuggle(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("</main>", ATTACK))

    page.route("**/2026/con-chu/", smuggle)
    asked = []
    page.route("https://xau.example/**", lambda route: (asked.append(route.request), route.abort()))
    page.goto(f"{address}2026/con-chu/", wait_until="load")
    page.locator("#bait").evaluate("link => link.click()")
    wait_until(page, lambda: has_ended(page, asked))
    page.wait_for_timeout(50)  # whether anything comes after that
    attacked = page.evaluate("window.attacked")
    return attacked, asked, page.evaluate("getComputedStyle(styled).color")


def test_what_got_past_the_cleaning_still_runs_nothing(page, address):
    attacked, asked, colour = attack(
        page, address, lambda *_: page.evaluate("(window.violations ?? []).length >= 7")
    )
    assert attacked is None
    assert asked == []
    assert colour != "rgb(1, 2, 3)"
    assert len(page.evaluate("window.violations")) >= 7


def test_without_the_policy_the_same_attack_succeeds(chromium, address):
    """The proof that the test above can fail."""
    context = chromium.new_context(bypass_csp=True, service_workers="block")
    attacked, asked, colour = attack(
        context.new_page(),
        address,
        lambda page, asked: len(asked) >= 2 and page.evaluate("window.attacked"),
    )
    assert attacked in ("script", "handler", "link")
    assert len(asked) >= 2
    assert colour == "rgb(1, 2, 3)"
    context.close()


def test_the_policy_allows_no_more_scripts_than_pages_have(built_below):
    """A hash too many would let a forgotten script run."""
    html = (built_below.site / "gioi-thieu/index.html").read_text("utf-8")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)[1]
    inline = re.findall(r"<script>", html)
    assert len(re.findall(r"'sha256-", policy)) == len(inline)
