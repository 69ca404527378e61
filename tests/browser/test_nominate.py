"""Readers nominate: six answers make a letter, which only its reader sends."""

from __future__ import annotations

import io
from urllib.parse import parse_qs, urlsplit

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader
from tests.browser.waiting import wait_until

from guongsang.addresses import NOMINATE
from guongsang.pages.nominate import QUESTIONS

# What the page would hand to a mail program, and to the phone's own sheet.
CAUGHT = """
navigator.share = async (data) => { window.shared = data };
addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-mail]");
  if (link) setTimeout(() => window.mailed = link.href);
}, true);
"""


@pytest.fixture
def page(chromium, address):
    context = chromium.new_context(
        service_workers="block", permissions=["clipboard-read", "clipboard-write"]
    )
    opened = context.new_page()
    opened.add_init_script(CAUGHT)
    opened.asked = []
    opened.on("request", lambda request: opened.asked.append(request.url))
    opened.goto(f"{address}{NOMINATE}", wait_until="networkidle")
    yield opened
    context.close()


def read_mail(href):
    query = parse_qs(urlsplit(href).query)
    return query["subject"][0], query["body"][0]


def test_answers_stand_below_their_questions(page):
    answers = [f"Trả lời {n} & “$1” <{n}>" for n in range(1, 7)]
    answers[2] = "Việc tốt.\n2. Người ấy sống hoặc làm việc ở đâu?\nvẫn là câu ba"
    for number in (6, 3, 1, 2, 5, 4):
        page.fill(f"#cau-{number}", answers[number - 1])
    letter = page.input_value("#thu")
    assert letter.startswith("Kính gửi Bạn đọc,\n\n1. ")
    at = 0
    for number, (question, answer) in enumerate(zip(QUESTIONS, answers, strict=True), start=1):
        part = f"{number}. {question.ask}\n{answer}\n\n"
        at = letter.index(part, at) + len(part)
    assert letter[at:] == f"Trang giới thiệu: https://guong.example/bao/guong/{NOMINATE}\n"
    page.fill("#cau-1", "")
    assert answers[0] not in page.input_value("#thu")
    assert page.locator("#thu").is_editable() is False


def test_nothing_goes_anywhere_until_its_reader_sends_it(page, address):
    before = list(page.asked)
    for number in range(1, 7):
        page.fill(f"#cau-{number}", "Người Mẫu")
    page.press("#cau-1", "Enter")
    page.click("[data-copy]")
    page.click("[data-sheet]")
    wait_until(page, lambda: page.evaluate("window.shared !== undefined"))
    assert page.asked == before
    assert all(url.startswith((address, "data:")) for url in before)
    assert (
        page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0
    )
    letter = page.input_value("#thu")
    assert page.evaluate("navigator.clipboard.readText()") == letter
    assert page.evaluate("window.shared.text") == letter


def test_a_mail_has_the_letter_or_where_it_is_too_long_the_clipboard(page):
    page.click("[data-mail]")
    wait_until(page, lambda: page.evaluate("window.mailed !== undefined"))
    subject, body = read_mail(page.evaluate("window.mailed"))
    assert subject == "Giới thiệu một tấm gương"
    assert body.replace("\r\n", "\n") == page.input_value("#thu")
    page.fill("#cau-3", "Một việc tốt rất dài. " * 200)
    page.click("[data-mail]")
    told = page.locator(".nominate__told")
    wait_until(page, lambda: "chép sẵn" in told.text_content())
    assert page.evaluate("navigator.clipboard.readText()") == page.input_value("#thu")


def test_without_script_there_is_a_letter_to_fill_in_and_copy(chromium, address):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}{NOMINATE}", wait_until="networkidle")
    assert page.locator("#cau-1").is_hidden()
    assert page.locator("[data-copy]").is_hidden() and page.locator("[data-sheet]").is_hidden()
    letter = page.locator("#thu")
    letter.press("End")
    assert letter.is_editable()
    assert [q.ask for q in QUESTIONS if q.ask not in letter.input_value()] == []
    assert "chọn hết, chép và dán" in page.locator("main noscript").inner_text()
    _, body = read_mail(page.locator("[data-mail]").get_attribute("href"))
    assert body.replace("\r\n", "\n") == letter.input_value()
    assert all(url.startswith((address, "data:")) for url in asked)
    context.close()


def test_the_form_is_one_sheet_and_its_code_leads_to_the_page(newsroom, chromium):
    assert newsroom.run("nominate", "form").code == 0
    page = chromium.new_page()
    page.goto((newsroom.root / "an-pham/phieu-gioi-thieu.html").as_uri())
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert [tuple(map(round, sheet.mediabox[2:])) for sheet in printed.pages] == [(595, 842)]
    page.emulate_media(media="print")
    seen = page.locator(".scan svg").screenshot()
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(seen)))
    assert code.text == f"https://guong.example/{NOMINATE}"
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.close()
