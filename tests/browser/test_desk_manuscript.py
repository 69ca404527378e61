"""A manuscript on the desk page in a browser: dropped, read, asked about, opened as a draft."""

from __future__ import annotations

import base64
import threading

import pytest
from tests.browser.desk import ask_axe, open_page, turn
from tests.browser.waiting import wait_until
from tests.intake.manuscripts import TITLE, cases
from tests.intake.word import Word, jpeg, p

from guongsang.deskpage.exchange import manuscripts

CASES = {case.name: case.word for case in cases()}
ADDRESS = "2026/nguoi-ganh-nuoc-len-hua-khat"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def page(chromium, served):
    with open_page(chromium, served.desk, reduced_motion="reduce") as page:
        yield page


def file(content, name="bai.docx", kind=WORD):
    content = content.save() if isinstance(content, Word) else content
    return {"name": name, "mimeType": kind, "buffer": content}


def photo(name="IMG_1.jpg"):
    return file(jpeg(60, 40), name, "image/jpeg")


def choose(page, *files):
    page.get_by_role("button", name="Nhập bài từ Word").click()
    page.locator("dialog input[type=file]").set_input_files([*files])


def drop(page, where, *files):
    """Drop files as from a folder on the screen."""
    told = [{**each, "buffer": base64.b64encode(each["buffer"]).decode("ascii")} for each in files]
    data = page.evaluate_handle(
        """(files) => {
          const data = new DataTransfer();
          for (const { name, mimeType, buffer } of files) {
            const bytes = Uint8Array.from(atob(buffer), (each) => each.charCodeAt(0));
            data.items.add(new File([bytes], name, { type: mimeType }));
          }
          return data;
        }""",
        told,
    )
    page.dispatch_event(where, "dragover", {"dataTransfer": data})
    page.get_by_text("Thả để nhập bài").wait_for()
    page.dispatch_event(where, "drop", {"dataTransfer": data})


def make(page):
    page.get_by_role("button", name="Tạo bài nháp").click()
    page.locator(".story h2").first.wait_for()


def rows(page):
    return page.locator("dialog .uploads li").all_text_contents()


def test_from_a_file_to_the_form_of_its_draft(page, served):
    choose(page, file(CASES["22-hop-ben-le"]))
    title = page.locator("dialog").get_by_label("Tên bài")
    wait_until(page, lambda: title.count() and title.input_value() == TITLE)
    assert rows(page) == ["bai.docxĐã đọc xong"]
    page.locator("dialog").get_by_label("Chuyên mục").select_option("ban-muong")
    make(page)
    assert page.url.endswith(f"?bai={ADDRESS}")
    assert "column: ban-muong\n" in served.read(ADDRESS)
    told = page.get_by_role("region", name="Những chỗ chưa sang nguyên vẹn")
    assert "hộp chữ" in told.text_content()


def test_what_was_lost_leads_to_its_place_and_stays_until_it_was_seen(page):
    choose(page, file(CASES["22-hop-ben-le"]))
    page.locator("dialog .found input").wait_for()
    make(page)
    page.reload()
    told = page.get_by_role("region", name="Những chỗ chưa sang nguyên vẹn")
    told.get_by_role("button", name="Tới chỗ ấy").click()
    chosen = page.evaluate(
        "(({ value, selectionStart, selectionEnd }) => value.slice(selectionStart, selectionEnd))"
        "(document.activeElement)"
    )
    assert chosen.startswith("Hua Khắt có 42 nóc nhà")
    told.get_by_role("button", name="Đã xem hết").click()
    told.wait_for(state="detached")
    page.reload()
    page.locator(".story h2").first.wait_for()
    assert told.count() == 0


def test_what_was_guessed_can_be_taken_out(page, served):
    named = "Ở xã Mù Cả và xã Sin Suối Hồ, ông Hồ Giáo góp tiền mua ống dẫn nước về bản."
    choose(page, file(Word(p(TITLE, align="center", bold=True), p(named))))
    places = page.get_by_role("group", name="Nơi của câu chuyện")
    places.get_by_role("checkbox", name="xã Mù Cả").uncheck()
    page.get_by_role("group", name="Bài viết về người").get_by_label("Hồ Giáo").uncheck()
    make(page)
    text = served.read(ADDRESS)
    assert "unit: sin-suoi-ho\n" in text
    assert "mu-ca" not in text
    assert "ho-giao" not in text


def test_dropped_anywhere_with_its_photos(page, served):
    drop(page, ".rows", photo(), file(CASES["10-anh-trong-bang"]), photo("IMG_2.jpg"))
    wait_until(page, lambda: len(rows(page)) == 3 and "Đã nhận ảnh" in rows(page)[2])
    assert rows(page) == ["bai.docxĐã đọc xong", "IMG_1.jpgĐã nhận ảnh", "IMG_2.jpgĐã nhận ảnh"]
    make(page)
    folder = served.root / "stories" / ADDRESS
    assert sorted(path.name for path in folder.iterdir()) == [
        *("anh-1.jpg", "anh-2.jpg", "bia.jpg", "index.md")
    ]


def test_what_cannot_be_read_is_one_line_and_another_file_can_follow(page, served):
    before = sorted((served.root / "stories").rglob("*"))
    choose(page, file(b"PK\3\4 cut", "hong.docx"))
    bad = page.locator("dialog .uploads .bad")
    bad.wait_for()
    assert bad.text_content().startswith("hong.docx: tệp hỏng")
    page.get_by_role("button", name="Tạo bài nháp").click()
    page.get_by_role("alert").get_by_text("Chọn tệp bài trước.").wait_for()
    page.locator("dialog input[type=file]").set_input_files([file(CASES["01-tieu-de-giua"])])
    page.locator("dialog .found input").wait_for()
    page.locator("dialog input[type=file]").set_input_files([file(b"x", "khac.docx")])
    wait_until(page, lambda: bad.count() == 2)
    assert "mỗi lần nhập một bài" in bad.nth(1).text_content()
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="detached")
    assert sorted((served.root / "stories").rglob("*")) == before


def test_an_address_that_is_taken_asks_for_another_title(page):
    choose(page, file(Word(p("Con chữ", align="center", bold=True), p("Một đoạn văn."))))
    page.locator("dialog .found input").wait_for()
    page.get_by_role("button", name="Tạo bài nháp").click()
    page.get_by_role("alert").get_by_text("Đã có bài ở địa chỉ").wait_for()
    page.locator("dialog").get_by_label("Tên bài").fill("Con chữ khác")
    make(page)
    assert page.url.endswith("?bai=2026/con-chu-khac")


def test_the_page_says_that_it_reads_and_for_how_long(page, monkeypatch):
    go_on = threading.Event()
    read = manuscripts.read_manuscript

    def wait(*args):
        go_on.wait(60)
        return read(*args)

    monkeypatch.setattr(manuscripts, "read_manuscript", wait)
    choose(page, file(CASES["01-tieu-de-giua"]))
    page.get_by_role("progressbar", name="bai.docx").wait_for()
    page.get_by_text("Đang đọc… 1 giây").wait_for()
    page.get_by_role("button", name="Tạo bài nháp").click()
    page.get_by_role("alert").get_by_text("Chưa đọc xong").wait_for()
    go_on.set()
    page.locator("dialog .found input").wait_for()
    make(page)


def test_a_file_that_is_gone_meanwhile_is_one_line(page, tmp_path, monkeypatch):
    go_on = threading.Event()
    read = manuscripts.read_manuscript

    def wait(*args):
        go_on.wait(60)
        return read(*args)

    monkeypatch.setattr(manuscripts, "read_manuscript", wait)
    paths = [tmp_path / "bai.docx", tmp_path / "IMG_1.jpg"]
    for path, content in zip(paths, (CASES["01-tieu-de-giua"].save(), jpeg()), strict=True):
        path.write_bytes(content)
    page.get_by_role("button", name="Nhập bài từ Word").click()
    page.locator("dialog input[type=file]").set_input_files(paths)
    page.get_by_role("progressbar", name="bai.docx").wait_for()
    paths[1].unlink()
    go_on.set()
    bad = page.locator("dialog .uploads .bad")
    bad.wait_for()
    assert bad.text_content().startswith("IMG_1.jpg: Không mở được")
    make(page)


@pytest.mark.long
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(page):
    named = p("Ở xã Mù Cả, ông Hồ Giáo góp tiền mua ống dẫn nước về bản.")
    word = Word(
        *CASES["07-ngay-va-so-dien-thoai"].blocks[:1],
        named,
        *CASES["07-ngay-va-so-dien-thoai"].blocks[1:],
    )
    choose(page, file(word), photo(), file(b"x", "hai.docx"))
    wait_until(page, lambda: any("Đã nhận ảnh" in each for each in rows(page)))
    look_over(page)
    make(page)
    page.get_by_role("region", name="Những chỗ chưa sang nguyên vẹn").wait_for()
    look_over(page)


def look_over(page):
    for look in turn(page, [(w, s) for w in (768, 1280) for s in ("light", "dark")]):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), look
        assert ask_axe(page, with_targets=True) == [], look
