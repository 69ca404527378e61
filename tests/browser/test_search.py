"""The search as readers use it: typed in every way, by keyboard, by ear, with the back button."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from tests.browser.waiting import wait_until

from guongsang.search.terms import Vocabulary, split_words
from guongsang.text.fold import fold, slug, tone_key

SCRIPTS = Path(__file__).parents[2] / "scripts/guongsang/assets/search"
WORDS = [
    "Đường",
    "hoà",
    "hòa",
    unicodedata.normalize("NFD", "Thuý"),
    "NGUYỄN",
    "ương",
    "straße",
    "œuvre",
    "12",
    "ꪼꪕ",
]


@pytest.fixture
def page(chromium, address):
    """A page that complains of nothing and asks nobody else."""
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    made = context.new_page()
    complaints, hosts = [], set()
    made.on("console", lambda line: line.type == "error" and complaints.append(line.text))
    made.on("pageerror", lambda error: complaints.append(str(error)))
    made.on("request", lambda asked: hosts.add(urlsplit(asked.url).netloc))
    yield made
    assert complaints == []
    assert hosts <= {urlsplit(address).netloc}
    context.close()


def search(page, address, words):
    page.goto(f"{address}tim-kiem/?q={quote(words)}")
    return wait(page)


def wait(page):
    """Return the titles found, names first, once the count is told."""
    page.locator("#so-ket-qua:not(:empty)").wait_for()
    return page.locator("#ket-qua :is(.entries__name, .card__title)").all_inner_texts()


def tell(page, number):
    """Wait until so many are told."""
    page.get_by_role("status").get_by_text(re.compile(f"^{number}")).wait_for()


def wait_for_focus(page, name):
    """A page that is loaded sets its focus only when it is next drawn."""
    ask = "document.activeElement && document.activeElement.id"
    wait_until(page, lambda: page.evaluate(ask) == name)
    assert page.evaluate(ask) == name


def test_what_comes_first(page, address):
    for words, first in (
        ("con chữ lên mù cả", "Con chữ lên Mù Cả"),
        ("con chu len mu ca", "Con chữ lên Mù Cả"),
        (unicodedata.normalize("NFD", "giọt máu"), "Một giọt máu cho bản"),
        ("di bo len ban cao", "Con chữ lên Mù Cả"),  # in the text, with đ
        ("Hồ Giáo", "Hồ Giáo"),
        ("ho dao", "Hồ Giáo"),  # another spelling
        ("lệ thuỷ", "Xã Lệ Thủy"),  # the tone on the other letter
        ("then sin", "Xã Sin Suối Hồ"),  # a commune of before the reform
        ("xa then sin", "Xã Sin Suối Hồ"),
        ("mu ca", "Xã Mù Cả"),
        ('"bếp lửa"', "Người giữ lửa"),
    ):
        assert search(page, address, words)[0] == first, words


def test_an_old_name_finds_the_stories_of_the_present_unit(page, address):
    found = search(page, address, "huyện Tam Đường")
    assert "Con chữ lên Mù Cả" in found
    note = page.locator(".entries__note").first.inner_text()
    assert "thuộc huyện Tam Đường cũ" in note


MUONG_THAN = """
muong-than: {name: Mường Than, type: xa, province: lai-chau, from: 2025-07-01}
than-uyen: {name: Than Uyên, type: xa, province: lai-chau, from: 2025-07-01}
muong-than-cu:
  {name: Mường Than, type: xa, district: Than Uyên, province: lai-chau, until: 2025-06-30,
   became: [than-uyen]}
"""


def test_one_name_of_a_present_and_of_a_former_commune_finds_both(chromium, serve, newsroom):
    """The commune of today lies elsewhere than the one that had its name before the reform."""
    places = newsroom.root / "stories/registers/places.yml"
    places.write_text(places.read_text("utf-8") + MUONG_THAN, "utf-8")
    newsroom.edit("nguoi-giu-lua", "unit: le-thuy", "unit: muong-than")
    printed = "unit: than-uyen\n    as_printed: xã Mường Than, huyện Than Uyên"
    newsroom.edit("mot-giot-mau", "unit: mu-ca", printed)
    newsroom.build()
    page, address = chromium.new_page(), f"{serve(newsroom.site)}/"
    for words in ("muong than", "Xã Mường Than"):
        found = search(page, address, words)
        assert found[:2] == ["Xã Mường Than", "Xã Than Uyên"], words
        assert set(found[2:]) == {"Người giữ lửa", "Một giọt máu cho bản"}, words
        notes = page.locator(".entries__note").all_inner_texts()
        assert notes == ["Địa phương · 1 bài", "Địa phương · gồm xã Mường Than cũ · 1 bài"], words
    page.close()


def test_exact_marks_come_first(page, address):
    """ "bản" stands in two stories; "ban" with its own marks in the one that has them."""
    assert search(page, address, "bản cao")[0] == "Con chữ lên Mù Cả"
    assert page.locator("#ket-qua mark").first.inner_text() == "bản cao"


def test_a_passage_with_the_words_marked_and_a_picture(page, address):
    search(page, address, "hoc tro o xa")
    summary = page.locator(".card__summary").first
    summary.locator("mark").wait_for()
    assert summary.locator("mark").all_inner_texts() == ["học trò ở xa"]
    image = page.locator(".card__picture img").first
    image.wait_for()
    assert "/anh/nguoi-giu-lua/" in image.get_attribute("src")


def test_facets_and_order(page, address):
    search(page, address, "mở bài")
    assert page.locator("#so-ket-qua").inner_text().startswith("3 bài")
    page.locator("#loc summary").click()
    assert page.locator("#nam option").all_inner_texts() == ["Tất cả", "2026 (2)", "2025 (1)"]
    page.select_option("#nam", "2026")
    tell(page, "2 bài")
    page.select_option("#loai", label="Tập thể (1)")
    tell(page, "1 bài")
    assert page.locator(".card__title").all_inner_texts() == ["Một giọt máu cho bản"]
    page.go_back()
    tell(page, "2 bài")
    page.select_option("#xep", "cu")
    page.wait_for_url("**xep=cu")
    wanted = ["Con chữ lên Mù Cả", "Một giọt máu cho bản"]
    wait_until(page, lambda: wait(page) == wanted)
    assert wait(page) == wanted


def test_browsing_by_facets_alone(page, address):
    page.goto(f"{address}tim-kiem/?linh-vuc=y-te")
    assert wait(page) == ["Một giọt máu cho bản"]


def test_by_keyboard_alone(page, address):
    page.goto(f"{address}2026/con-chu/")
    page.get_by_role("link", name="Tìm kiếm").press("Enter")
    page.wait_for_url("**/tim-kiem/")
    wait_for_focus(page, "q")
    page.keyboard.type("nguoi giu lua")
    page.keyboard.press("Enter")
    assert wait(page) == ["Người giữ lửa"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/2025/nguoi-giu-lua/")
    page.go_back()
    assert wait(page) == ["Người giữ lửa"]
    assert page.input_value("#q") == "nguoi giu lua"


def test_results_come_while_typing_and_stand_in_the_address(page, address):
    page.goto(f"{address}tim-kiem/")
    page.locator("#q").press_sequentially("hiến máu", delay=20)
    assert wait(page)[0] == "Tổ hiến máu Mù Cả"
    page.wait_for_url("**/tim-kiem/?q=hi%E1%BA%BFn+m%C3%A1u")
    status = page.get_by_role("status")
    status.get_by_text("1 bài và 1 mục cho “hiến máu”", exact=True).wait_for()


def test_nothing_jumps_when_results_come(page, address):
    page.add_init_script("""new PerformanceObserver((list) => list.getEntries().forEach(
        (shift) => { window.jumped = (window.jumped || 0) + shift.value; }
    )).observe({ type: "layout-shift", buffered: true })""")
    search(page, address, "mở bài")
    page.locator(".card__picture img").first.wait_for()
    page.evaluate("() => new Promise((done) => setTimeout(done, 100))")
    assert page.evaluate("window.jumped || 0") == 0


def test_nothing_found_helps(page, address):
    assert search(page, address, "qwerty") == []
    assert page.locator("#so-ket-qua").inner_text() == "Không có bài nào cho “qwerty”"
    assert "Bớt từ" in page.locator("#ket-qua").inner_text()
    assert page.get_by_role("heading", name="Xem theo danh mục").is_visible()


def test_where_no_story_has_all_words(page, address):
    assert search(page, address, "bếp lửa qwerty học trò nhà ông")[0] == "Người giữ lửa"
    told = page.locator(".results__note").inner_text()
    assert told == "Không bài nào có đủ “bếp lửa qwerty học trò nhà ông”; gần nhất:"


def test_a_commune_without_a_story_is_known_and_leads_to_its_neighbours(chromium, serve, newsroom):
    """By the district that both were in; one of another district is not near."""
    places = newsroom.root / "stories/registers/places.yml"
    quiet = """
pa-tan:
  {name: Pa Tần, type: xa, province: lai-chau, from: 2025-07-01, other_names: [Huổi Luông]}
pa-tan-cu:
  {name: Nậm Ban, type: xa, district: Tam Đường, province: lai-chau, until: 2025-06-30,
   became: [pa-tan]}
pa-vay:
  {name: Pa Vây, type: xa, province: lai-chau, from: 2025-07-01, other_names: [Huổi Luông]}
pa-vay-cu:
  {name: Sùng Phài, type: xa, district: Tam Đường, province: lai-chau, until: 2025-06-30,
   became: [pa-vay]}
"""
    places.write_text(places.read_text("utf-8") + quiet, "utf-8")
    newsroom.build()
    page = chromium.new_page()
    for words in ("pa tan", "xã Pa Tần", "nam ban"):
        search(page, f"{serve(newsroom.site)}/", words)
        told = page.locator(".results__note").inner_text()
        assert told == "Chưa có bài nào ở xã Pa Tần. Cùng huyện cũ: Xã Sin Suối Hồ (1 bài)."
    search(page, f"{serve(newsroom.site)}/", "huoi luong")
    notes = page.locator(".results__note").all_inner_texts()
    assert notes == [
        "Chưa có bài nào ở xã Pa Tần, xã Pa Vây. Cùng huyện cũ: Xã Sin Suối Hồ (1 bài)."
    ]
    page.locator(".results__note").get_by_role("link", name="Xã Sin Suối Hồ").click()
    page.wait_for_url("**/dia-phuong/sin-suoi-ho/")
    page.close()


def test_what_is_typed_before_the_script_is_there_counts(page, address):
    """On a thin network a reader is quicker than it."""
    held = []

    def hold(route):
        held.append(route)

    page.route("**/search.*.js", hold)
    page.goto(f"{address}tim-kiem/", wait_until="commit")
    wait_for_focus(page, "q")
    page.keyboard.type("giu lua")
    wait_until(page, lambda: held)
    held[0].continue_()
    assert wait(page) == ["Người giữ lửa"]
    assert page.input_value("#q") == "giu lua"
    page.keyboard.press("End")
    page.keyboard.type("x")
    assert page.input_value("#q") == "giu luax", "the focus stays where the reader types"


def test_who_comes_with_a_question_is_one_key_from_the_first_answer(page, address):
    found = search(page, address, "giữ lửa")
    wait_for_focus(page, "ket-qua")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == found[0]


def test_no_mark_is_cut_off(page, address):
    """Neither on a phone nor with letters twice as large."""
    for size in ("2", "5"):
        page.add_init_script(f"localStorage['guong-sang.reading'] = '{{\"text\":\"{size}\"}}'")
        search(page, address, "tổ hiến máu của xã")
        page.locator(".card__summary mark").first.wait_for()
        ends = page.evaluate(
            "[...document.querySelectorAll('.card__summary mark')].map(mark =>"
            " [mark, mark.closest('p')].map(each => each.getBoundingClientRect().bottom))"
        )
        assert ends
        assert all(mark <= passage for mark, passage in ends)


def test_a_lost_reader_can_search(page, address):
    page.goto(f"{address}404.html")
    action = page.locator("main form").get_attribute("action")
    assert action.endswith("/bao/guong/tim-kiem/")
    assert page.locator("main input[name=q]").is_visible()


def test_the_box_of_every_page_leads_to_the_search(page, address):
    page.goto(f"{address}2026/con-chu/")
    page.set_viewport_size({"width": 1280, "height": 740})
    page.keyboard.press("/")
    page.keyboard.type("giữ lửa")
    page.keyboard.press("Enter")
    assert wait(page) == ["Người giữ lửa"]


def test_a_tag_leads_to_the_search(page, address):
    page.goto(f"{address}2026/con-chu/")
    page.get_by_role("link", name="xóa mù chữ").last.click()
    assert "Con chữ lên Mù Cả" in wait(page)


def test_without_script_there_are_ways_to_browse(chromium, address):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    for url in ("tim-kiem/?q=mu+ca", "404.html", ""):
        page.goto(f"{address}{url}")
        assert not page.locator("form").locator("visible=true").count(), (
            "a box that answers nothing"
        )
    page.goto(f"{address}tim-kiem/?q=mu+ca")
    page.locator(".search__ways").get_by_role("link", name="Địa phương").click()
    assert urlsplit(page.url).path.endswith("/dia-phuong/")
    context.close()


def test_no_network_is_said_and_can_be_tried_again(chromium, address):
    context = chromium.new_context()
    page = context.new_page()
    context.route("**/muc-luc.json", lambda route: route.abort())
    page.goto(f"{address}tim-kiem/")
    page.locator("#q").fill("lửa")
    page.keyboard.press("Enter")
    page.get_by_text("Kiểm tra kết nối mạng").first.wait_for()
    context.unroute("**/muc-luc.json")
    page.get_by_role("button", name="Thử lại").click()
    page.locator(".card__title").first.wait_for()
    assert page.locator(".card__title").all_inner_texts() == ["Người giữ lửa"]
    context.close()


def test_the_browser_has_the_rules_of_the_index(chromium, serve):
    page = chromium.new_page()
    page.goto(f"{serve(SCRIPTS)}/words.js")
    ask = "async ([what, given]) => (await import('/words.js'))[what](given)"
    for word in WORDS:
        assert page.evaluate(ask, ["fold", word]) == fold(word)
        assert page.evaluate(ask, ["toneKey", word]) == tone_key(word)
    text = "Xã Thèn Sin (19/5): “hoà”, A_B, ꪼꪕ – hết."
    assert [word["fold"] for word in page.evaluate(ask, ["splitWords", text])] == [
        fold(word) for word in split_words(text)
    ]
    for name in ("Con chữ lên Mù Cả", "Đường – “đá”!", "a " * 60, "ổ" * 90, "…"):
        assert page.evaluate(ask, ["slug", name]) == slug(name)
    vocabulary = Vocabulary()
    hashes = vocabulary.hash_terms(vocabulary.find_terms(["đường"]))
    assert page.evaluate(ask, ["crc32", "duong"]) == hashes[0] >> 16
    page.close()
