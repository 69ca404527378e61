"""One story on the desk page in a browser: opened, changed, checked, saved, seen."""

from __future__ import annotations

import contextlib
import io
import shutil

import pytest
from PIL import Image
from tests.browser.desk import ALL_LOOKS, ask_axe, follow_changes, turn
from tests.browser.waiting import wait_until

STORY = "2026/con-chu"
MUST_SAVE = "Đã lưu"


@pytest.fixture
def rebuilt(served):
    """Every change of a story is built."""
    with follow_changes(served):
        yield


@pytest.fixture
def open_story(chromium, served):
    """Open a story in a window of its own; a test fails for whatever goes wrong in the page."""
    said = []
    with contextlib.ExitStack() as stack:

        def open_story(story=STORY, **about):
            size = {"width": 1280, "height": 900}
            opened = chromium.new_context(**{"viewport": size, "reduced_motion": "reduce", **about})
            stack.enter_context(contextlib.closing(opened))
            page = opened.new_page()
            page.set_default_timeout(60_000)
            page.on("pageerror", lambda error: said.append(str(error)))
            page.on("dialog", lambda dialog: dialog.accept())
            page.goto(f"{served.desk}?bai={story}" if story else served.desk)
            page.locator(".story h2, .rows li").first.wait_for()
            return page

        yield open_story
        assert said == []


def save(page):
    page.get_by_role("button", name="Lưu", exact=True).click()
    wait_until(page, lambda: page.locator(".saved").text_content() == MUST_SAVE)
    assert page.locator(".saved").text_content() == MUST_SAVE


def label(page, text, nth=0):
    return page.locator(".left").get_by_label(text, exact=True).nth(nth)


def faults(page, field):
    return page.locator(f'[data-field="{field}"] > .faults li').all_text_contents()


def test_from_the_list_to_a_changed_title_on_the_page(open_story, served, rebuilt):
    page = open_story("")
    before = served.read(STORY)
    page.get_by_role("link", name="Con chữ lên Mù Cả").click()
    label(page, "Tên bài").fill("Con chữ về bản")
    save(page)
    assert served.read(STORY) == before.replace("Con chữ lên Mù Cả", "Con chữ về bản", 1)
    frame = page.frame_locator("iframe.page")
    frame.get_by_role("heading", level=1, name="Con chữ về bản").wait_for()
    page.get_by_role("link", name="Mọi bài").click()
    page.get_by_role("link", name="Con chữ về bản").wait_for()


def test_opened_and_left_as_it_is_nothing_is_saved(open_story, served):
    page = open_story("")
    before = {path: path.read_bytes() for path in served.root.glob("stories/20*/*/index.md")}
    for path in before:
        story = path.parent.relative_to(served.root / "stories").as_posix()
        page.goto(f"{served.desk}?bai={story}")
        page.locator(".story h2").first.wait_for()
        assert page.get_by_role("button", name="Lưu", exact=True).is_disabled(), path
    page.goto(served.desk)
    page.locator(".rows li").first.wait_for()
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize("width", [768, 1280])
def test_what_is_typed_is_tried_as_a_page_and_saved_by_nobody(open_story, served, rebuilt, width):
    page = open_story(viewport={"width": width, "height": 900})
    before = served.read(STORY)
    label(page, "Tên bài").fill("Con chữ về bản")
    label(page, "Nội dung").fill("Một đoạn chưa lưu.")
    page.get_by_role("button", name="Xem thử").click()
    frame = page.frame_locator("iframe.page")
    frame.get_by_role("heading", level=1, name="Con chữ về bản").wait_for()
    assert frame.get_by_text("Một đoạn chưa lưu.").is_visible()
    assert frame.get_by_text("Xem thử bản chưa lưu").is_visible()
    assert frame.locator("main img").first.evaluate("image => image.complete && image.naturalWidth")
    assert served.read(STORY) == before
    if width == 768:
        page.get_by_role("button", name="Viết", exact=True).click()
    assert page.locator(".saved").text_content() == "Chưa lưu"
    save(page)
    wait_until(page, lambda: frame.get_by_text("Xem thử bản chưa lưu").count() == 0)
    assert frame.get_by_text("Xem thử bản chưa lưu").count() == 0
    assert "xem-thu" not in page.locator("iframe.page").get_attribute("src")
    frame.get_by_role("heading", level=1, name="Con chữ về bản").wait_for(state="attached")


def test_problems_stand_beside_their_fields_while_one_types(open_story, served):
    page = open_story()
    label(page, "Tóm tắt").fill("Ngắn quá.")
    wait_until(page, lambda: faults(page, "summary"))
    assert "60" in faults(page, "summary")[0]
    assert page.get_by_role("button", name="1 lỗi").is_visible()
    page.get_by_role("button", name="1 lỗi").click()
    assert (
        page.evaluate("document.activeElement.closest('[data-field]').dataset.field") == "summary"
    )
    label(page, "Tóm tắt").fill("Một câu tóm tắt dài vừa đủ để không ai phải nhắc nhở gì thêm nữa.")
    wait_until(page, lambda: not faults(page, "summary"))
    assert faults(page, "summary") == []
    assert "Ngắn quá" not in served.read(STORY), "nothing is saved by itself"


def test_an_answer_that_comes_late_covers_no_newer_one(open_story):
    page, held = open_story(), []

    def hold(route):
        held.append(route)
        if len(held) > 1:
            route.continue_()

    page.route("**/check.json*", hold)
    label(page, "Tóm tắt").fill("Ngắn quá.")
    wait_until(page, lambda: held)
    late = held[0].fetch()
    label(page, "Tóm tắt").fill("Một câu tóm tắt dài vừa đủ để không ai phải nhắc nhở gì thêm nữa.")
    with page.expect_response("**/check.json*"):
        pass
    with page.expect_response("**/check.json*"):
        held[0].fulfill(response=late)
    page.wait_for_timeout(50)  # whether it is shown
    assert faults(page, "summary") == []


def test_a_place_is_found_without_marks_by_its_old_name(open_story, served):
    page = open_story()
    box = page.get_by_role("combobox", name="Thêm nơi")
    box.press_sequentially("then sin")
    offer = page.get_by_role("option", name="xã Thèn Sin, huyện Tam Đường → nay Sin Suối Hồ")
    offer.first.wait_for()
    box.press("Enter")
    save(page)
    assert "  - unit: sin-suoi-ho\n    as_printed: xã Thèn Sin, huyện Tam Đường\n" in served.read(
        STORY
    )


def test_consent_is_asked_in_plain_words(open_story, served):
    page = open_story("2026/ban-thao")
    page.get_by_role("combobox", name="Thêm người, tập thể").press_sequentially("Lò Thị Mẫu")
    page.get_by_role("option", name="Chưa có trong sổ").click()
    person = page.locator(".record").filter(has_text="Lò Thị Mẫu")
    person.get_by_label("Người ấy đã ký phiếu đồng ý").check()
    person.get_by_label("Số phiếu").fill("PĐY-2026-014")
    person.get_by_label("Ngày ký").fill("2026-05-10")
    save(page)
    assert (
        "    name: Lò Thị Mẫu\n"
        "    consent:\n"
        "      basis: consent\n"
        "      by: [self]\n"
        "      scope: [name]\n"
        "      record: PĐY-2026-014\n"
        "      date: 2026-05-10\n"
    ) in served.read("2026/ban-thao")


def test_the_number_of_the_printed_form_is_taken_over(open_story, served):
    page = open_story("2026/ban-thao")
    find = page.get_by_role("combobox", name="Thêm người, tập thể")
    for name in ("Lò Thị Mẫu", "Vàng Thị Sểnh"):
        find.fill(name)
        page.get_by_role("option", name="Chưa có trong sổ").click()
    persons = [page.locator(".record").filter(has_text=name) for name in ("Lò Thị", "Vàng Thị")]
    persons[0].get_by_label("Người ấy đã ký phiếu đồng ý").check()
    assert persons[0].get_by_label("Số phiếu").input_value() == ""
    page.get_by_text("Việc khác", exact=True).click()
    page.get_by_role("button", name="In phiếu đồng ý").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("li strong").first.wait_for()
    numbers = dialog.locator("li strong").all_text_contents()
    assert len(numbers) == 2
    dialog.get_by_role("button", name="Đóng").click()
    assert persons[0].get_by_label("Số phiếu").input_value() == numbers[0]
    persons[1].get_by_label("Người ấy đã ký phiếu đồng ý").check()
    assert persons[1].get_by_label("Số phiếu").input_value() == numbers[1]
    for person in persons:
        person.get_by_label("Ngày ký").fill("2026-05-10")
    save(page)
    assert [f"      record: {number}\n" in served.read("2026/ban-thao") for number in numbers] == [
        True,
        True,
    ]
    again = open_story("2026/ban-thao")
    person = again.locator(".record").filter(has_text="Vàng Thị")
    person.get_by_label("Người ấy đã mất").check()
    person.get_by_label("Người ấy đã ký phiếu đồng ý").check()
    assert person.get_by_label("Số phiếu").input_value() == numbers[1], "as long as it lies there"


def phone_photo(number=0):
    """Make a large photo as a telephone does it: turned, with a place."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (22.0, 23.0, 45.0), 3: "E", 4: (103.0, 27.0, 5.0)})
    exif[0x010F] = "Máy của Lan"
    file = io.BytesIO()
    seen = Image.linear_gradient("L").rotate(number).resize((4000, 3000)).convert("RGB")
    seen.save(file, "JPEG", quality=70, exif=exif)
    return file.getvalue()


def test_a_photo_is_taken_in_clean_with_credit_and_consent_of_the_one_before(open_story, served):
    page = open_story("2026/con-chu")
    sent = phone_photo()
    assert b"GPS" in sent or b"\x88\x25" in sent
    credit = page.locator(".photo").last.get_by_label("Ảnh của ai").input_value()
    known = page.locator(".photo").count()
    page.set_input_files(
        "input[type=file]", {"name": "IMG.JPG", "mimeType": "image/jpeg", "buffer": sent}
    )
    wait_until(page, lambda: page.locator(".photo").count() == known + 1)
    photo = page.locator(".photo").last
    assert photo.get_by_label("Ảnh của ai").input_value() == credit
    photo.get_by_label("Ảnh cho thấy gì").fill("Một bức tường loang lổ.")
    picture = photo.get_by_role("button", name="Điểm chính")
    picture.focus()
    picture.press("ArrowRight")
    picture.press("ArrowUp")
    save(page)
    name = photo.locator("code").text_content()
    text = served.read("2026/con-chu")
    assert f"  - src: {name}\n    alt: Một bức tường loang lổ.\n" in text
    assert "focus: [0.52, 0.48]" in text
    with Image.open(served.root / "stories/2026/con-chu" / name) as image:
        assert image.size == (1920, 2560)
        assert not image.getexif()


def test_the_bar_and_the_keys_write_marks(open_story, served):
    page = open_story("2026/ban-thao")
    body = label(page, "Nội dung")
    body.fill("Chữ này đậm")
    body.press("Control+a")
    body.press("Control+b")
    assert body.input_value() == "**Chữ này đậm**"
    body.press("Control+z")
    assert body.input_value() == "Chữ này đậm"
    page.get_by_role("button", name="đầu mục").click()
    assert body.input_value() == "## Chữ này đậm"
    save(page)
    assert served.read("2026/ban-thao").endswith("---\n\n## Chữ này đậm\n")


def test_pasted_html_becomes_markdown(open_story):
    page = open_story("2026/ban-thao")
    body = label(page, "Nội dung")
    body.fill("")
    page.evaluate(
        """html => {
          const data = new DataTransfer();
          data.setData("text/html", html);
          data.setData("text/plain", "x");
          const box = document.querySelector("textarea.body");
          box.focus();
          const about = { clipboardData: data, bubbles: true, cancelable: true };
          box.dispatchEvent(new ClipboardEvent("paste", about));
        }""",
        "<p style='color:red'>Một <b>hai</b><script>x()</script></p><ul><li>Ba</li></ul>",
    )
    wait_until(page, body.input_value)
    assert body.input_value() == "Một **hai**\n\n- Ba"


def test_who_saves_again_while_it_is_being_saved_loses_nothing(open_story, served):
    page, held = open_story("2026/ban-thao"), []

    def hold(route):
        held.append(route)
        if len(held) > 1:
            route.continue_()

    page.route("**/save.json*", hold)
    title = label(page, "Tên bài")
    title.fill("Tên thứ nhất")
    title.press("Control+s")
    wait_until(page, lambda: held)
    title.fill("Tên thứ hai")
    title.press("Control+s")
    page.get_by_role("button", name="Sẵn sàng đăng").click()
    page.get_by_role("dialog").get_by_label("Ai duyệt bài?").fill("Ban Biên tập")
    page.keyboard.press("Enter")
    assert len(held) == 1, "one after the other"
    held[0].continue_()
    page.locator(".state", has_text="Đã đăng").wait_for()
    assert page.get_by_role("dialog").count() == 0
    text = served.read("2026/ban-thao")
    assert "title: Tên thứ hai\n" in text
    assert "status: ready\n" in text


def test_a_file_that_changed_meanwhile_shows_both_versions(open_story, served, rebuilt, previewed):
    page = open_story()
    label(page, "Tên bài").fill("Tên của tôi")
    previewed.edit("con-chu", "Kết bài", "Đoạn kết của người khác")
    page.get_by_role("button", name="Lưu", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("heading", name="Bài vừa được sửa ở nơi khác").wait_for()
    assert "Tên của tôi" not in served.read(STORY)
    assert "Tên của tôi" in dialog.get_by_label("Bản ấy với những chỗ bạn sửa").text_content()
    assert "Đoạn kết của người khác" in dialog.get_by_label("Bản đang có trên máy").text_content()
    dialog.get_by_role("button", name="Lưu bản bên phải").click()
    wait_until(page, lambda: page.locator(".saved").text_content() == MUST_SAVE)
    text = served.read(STORY)
    assert "Tên của tôi" in text
    assert "Đoạn kết của người khác" in text


def test_a_closed_tab_loses_nothing(open_story, served):
    page = open_story()
    label(page, "Tên bài").fill("Chưa kịp lưu")
    wait_until(page, lambda: list(served.root.glob(".cache/guongsang/desk/*.json")))
    assert "Chưa kịp lưu" not in served.read(STORY)
    page.context.close()
    again = open_story()
    assert label(again, "Tên bài").input_value() == "Con chữ lên Mù Cả"
    again.get_by_role("button", name="Lấy lại").click()
    assert label(again, "Tên bài").input_value() == "Chưa kịp lưu"
    save(again)
    assert "title: Chưa kịp lưu\n" in served.read(STORY)


def test_a_new_story_by_its_title_then_ready_corrected_retracted(open_story, served, rebuilt):
    page = open_story("")
    page.get_by_role("button", name="Bài mới").click()
    page.get_by_role("dialog").get_by_label("Tên bài").fill("Người mở đường ở bản")
    page.keyboard.press("Enter")
    page.locator(".story").wait_for()
    story = "2026/nguoi-mo-duong-o-ban"
    assert served.read(story) == (
        "---\ntitle: Người mở đường ở bản\ndate: 2026-07-01\nstatus: draft\n---\n"
    )
    page.get_by_role("button", name="Sẵn sàng đăng").click()
    page.get_by_role("dialog").get_by_label("Ai duyệt bài?").fill("Ban Biên tập")
    page.get_by_role("dialog").get_by_role("button", name="Sẵn sàng đăng").click()
    page.locator(".state", has_text="Đã đăng").wait_for()
    assert "approved:\n  by: Ban Biên tập\n  date: 2026-" in served.read(story)
    do(page, "Đính chính", {"Đã đăng chưa đúng": "12 hộ", "Nay sửa lại": "21 hộ"})
    page.get_by_text("Không thấy chữ ấy trong bài").wait_for()
    assert "    was: 12 hộ\n    now: 21 hộ\n" in served.read(story)
    do(page, "Đổi địa chỉ", {"Địa chỉ mới: chữ thường không dấu, nối bằng dấu -": "mo-duong"})
    wait_until(page, lambda: page.url.endswith("?bai=2026/mo-duong"))
    page.locator(".story h2").first.wait_for()
    assert f"aliases: [/{story}/]\n" in served.read("2026/mo-duong")
    do(page, "Gỡ bài", {"Lý do, bạn đọc sẽ thấy": "Theo yêu cầu của gia đình"})
    page.locator(".state", has_text="Đã gỡ").wait_for()
    assert "  reason: Theo yêu cầu của gia đình\n" in served.read("2026/mo-duong")


def test_a_story_is_erased_by_who_types_its_address(open_story, served, rebuilt):
    page = open_story("2025/nguoi-giu-lua")
    label(page, "Tên bài").fill("Chưa lưu")
    page.get_by_text("Việc khác", exact=True).click()
    page.get_by_role("button", name="Xóa hẳn").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("stories/2025/nguoi-giu-lua").wait_for()
    box = dialog.get_by_label("Gõ nguoi-giu-lua để xóa hẳn")
    box.fill("con-chu")
    dialog.get_by_role("button", name="Xóa hẳn").click()
    assert box.evaluate("box => box.validity.patternMismatch")
    assert (served.root / "stories/2025/nguoi-giu-lua/index.md").is_file()
    box.fill("nguoi-giu-lua")
    box.press("Enter")
    dialog.get_by_role("heading", name="Đã xóa hẳn").wait_for()
    assert not (served.root / "stories/2025/nguoi-giu-lua").exists()
    dialog.get_by_role("button", name="Đóng").click()
    page.locator(".rows li").first.wait_for()
    wait_until(page, lambda: page.locator(".count").text_content() == "5 bài")
    assert page.get_by_role("link", name="Người giữ lửa").count() == 0
    assert list(served.root.glob(".cache/guongsang/desk/*")) == []
    page.get_by_role("link", name="Con chữ lên Mù Cả").click()
    page.frame_locator("iframe.page").get_by_role("heading", level=1).wait_for()


def test_a_story_that_is_gone_meanwhile_is_told(open_story, served):
    page = open_story("2025/nguoi-giu-lua")
    shutil.rmtree(served.root / "stories/2025/nguoi-giu-lua")
    label(page, "Tên bài").fill("Còn gõ tiếp")
    page.locator("#news", has_text="Không tìm thấy bài hay tệp này.").wait_for()


def do(page, name, answers):
    page.get_by_text("Việc khác", exact=True).click()
    page.get_by_role("button", name=name).click()
    dialog = page.get_by_role("dialog")
    for question, answer in answers.items():
        dialog.get_by_label(question).fill(answer)
    dialog.get_by_role("button", name=name).click()


def test_what_cannot_be_done_is_told_in_the_dialog(open_story):
    page = open_story()
    do(page, "Đổi địa chỉ", {"Địa chỉ mới": "Mù Cả"})
    alert = page.get_by_role("dialog").get_by_role("alert")
    wait_until(page, alert.text_content)
    assert "mu-ca" in alert.text_content()
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0


def test_somebody_new_gets_a_record(open_story, served):
    page = open_story("2026/ban-thao")
    page.get_by_role("combobox", name="Thêm người, tập thể").press_sequentially("Lò Thị Mẫu")
    page.get_by_role("option", name="Chưa có trong sổ").click()
    person = page.locator(".record").filter(has_text="Lò Thị Mẫu")
    person.get_by_label("Năm hoặc ngày sinh").fill("1958")
    person.get_by_role("button", name="Lập hồ sơ trong sổ nhân vật").click()
    person.get_by_text("có hồ sơ ở sổ nhân vật").wait_for()
    save(page)
    assert "  - id: lo-thi-mau\n" in served.read("2026/ban-thao")
    record = served.root / "stories/registers/honorees/lo-thi-mau.yml"
    assert "kind: person\nname: Lò Thị Mẫu\n" in record.read_text("utf-8")


def test_an_award_a_series_and_an_author_get_their_records(open_story, served):
    page = open_story()
    registers = served.root / "stories/registers"
    page.get_by_text("Việc ít gặp").click()
    page.get_by_role("button", name="Ghi thêm khen thưởng").click()
    page.get_by_role("combobox", name="Loại khen thưởng").press_sequentially("bang khen")
    page.get_by_role("option", name="Chưa có trong sổ: thêm “bang khen”").click()
    page.get_by_role("button", name="Chọn loại khác").press("Enter")
    page.get_by_role("combobox", name="Loại khen thưởng").fill("Bằng khen của tỉnh")
    page.get_by_role("option", name="Chưa có trong sổ").click()
    label(page, "Hình thức").select_option("bang-khen")
    label(page, "Cấp").select_option("bo-tinh")
    label(page, "Năm (không rõ: bỏ trống)").fill("1988")
    page.get_by_role("button", name="Ghi vào hồ sơ").click()
    tick = page.get_by_label("Bằng khen của tỉnh (1988)")
    tick.wait_for()
    assert tick.is_checked()
    assert "bang-khen-cua-tinh:\n  name: Bằng khen của tỉnh\n" in (
        registers / "awards.yml"
    ).read_text("utf-8")
    assert "    award: bang-khen-cua-tinh\n    year: 1988\n" in (
        registers / "honorees/ho-giao.yml"
    ).read_text("utf-8")
    page.get_by_role("combobox", name="Thêm người làm bài").fill("Lò Văn Mẫu")
    page.get_by_role("option", name="Người ngoài tòa soạn").click()
    record = page.get_by_role("button", name="Lập hồ sơ trong sổ tác giả: Lò Văn Mẫu")
    record.click()
    wait_until(page, lambda: record.count() == 0)
    label(page, "Loạt bài").select_option("")
    page.get_by_role("combobox", name="Thuộc loạt bài").fill("Người giữ rừng")
    page.get_by_role("option", name="Chưa có trong sổ").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Thêm").click()
    wait_until(page, lambda: page.get_by_role("dialog").count() == 0)
    save(page)
    text = served.read(STORY)
    assert "awards: [hc-1966, bang-khen-cua-tinh-1988]\n" in text
    assert "  - id: lo-van-mau\n" in text
    assert "id: nguoi-giu-rung\n" in text
    wrong = page.locator('.left .faults [data-severity="error"]')
    wait_until(page, lambda: wrong.count() == 0)
    assert wrong.all_text_contents() == []


@pytest.mark.parametrize("looks", ALL_LOOKS)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(open_story, looks):
    page = open_story()
    page.evaluate(
        "document.querySelectorAll('.left details').forEach((each) => (each.open = true))"
    )
    label(page, "Tóm tắt").fill("Ngắn quá.")
    wait_until(page, lambda: faults(page, "summary"))
    page.get_by_role("button", name="Ghi thêm khen thưởng").click()
    page.get_by_role("combobox", name="Loại khen thưởng").fill("Bằng khen mới")
    page.get_by_role("option", name="Chưa có trong sổ").click()
    look_over(page, looks, "form")
    for name, needs in (("Xóa hẳn", ".report"), ("Đính chính", "textarea"), ("Gỡ bài", "textarea")):
        page.get_by_text("Việc khác", exact=True).click()
        page.get_by_role("button", name=name).click()
        page.locator(f"dialog {needs}").first.wait_for()
        look_over(page, looks, name)
        page.keyboard.press("Escape")


def look_over(page, looks, what):
    for look in turn(page, looks):
        found = ask_axe(page, {"exclude": [["iframe"]]}, with_targets=True, iframes=False)
        is_narrow = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert (found, is_narrow) == ([], True), (what, look)


class Hand:
    """What an editor's hand does: each click, key chord, drop or filled field is one action."""

    def __init__(self, page):
        self.page, self.actions = page, 0

    def click(self, place):
        self.actions += 1
        place.click()

    def fill(self, place, words):
        self.actions += 1
        place.fill(words)

    def press(self, place, key):
        self.actions += 1
        place.press(key)

    def pick(self, question, words):
        box = self.page.get_by_role("combobox", name=question)
        self.fill(box, words)
        self.page.locator(".offers:not([hidden]) > [role=option]").first.wait_for()
        self.press(box, "Enter")

    def drop(self, names):
        self.actions += 1
        files = [
            {"name": name, "mimeType": "image/jpeg", "buffer": phone_photo(n)}
            for n, name in enumerate(names)
        ]
        self.page.set_input_files("input[type=file]", files)


def test_a_whole_story_with_three_phone_photos_in_few_actions(open_story, served, previewed):
    previewed.run("fix")  # what was published before is in the ledger
    page = open_story("")
    hand = Hand(page)
    hand.click(page.get_by_role("button", name="Bài mới"))
    dialog = page.get_by_role("dialog")
    hand.fill(dialog.get_by_label("Tên bài"), "Cây cầu của bản Sin Suối Hồ")
    hand.press(dialog.get_by_label("Tên bài"), "Enter")
    page.locator(".story").wait_for()
    hand.drop(["IMG_1.JPG", "IMG_2.JPG", "IMG_3.JPG"])
    wait_until(page, lambda: page.locator(".photo").count() == 3)
    for number in range(3):
        photo = page.locator(".photo").nth(number)
        hand.fill(
            photo.get_by_label("Ảnh cho thấy gì"), f"Cây cầu gỗ bắc qua suối, ảnh thứ {number}."
        )
        hand.fill(photo.get_by_label("Ảnh của ai"), "Ban Biên tập")
    hand.fill(label(page, "Nội dung"), "Cây cầu bắc qua suối.\n\nBà con đi lại dễ hơn trước nhiều.")
    hand.click(page.get_by_role("button", name="Chèn vào bài: anh-1.jpg"))
    hand.fill(
        label(page, "Tóm tắt"), "Bà con bản Sin Suối Hồ góp công, góp gỗ dựng cây cầu qua suối."
    )
    hand.pick("Thêm người, tập thể", "Bản Sin Suối Hồ mới")
    person = page.locator(".record").filter(has_text="Bản Sin Suối Hồ mới")
    hand.actions += 1
    person.get_by_label("Là").select_option("collective")
    hand.click(person.get_by_label("Vì lợi ích công cộng"))
    hand.fill(person.get_by_label("Một câu nói rõ vì sao"), "tập thể được xã khen công khai")
    hand.pick("Thêm nơi", "sin suoi ho")
    hand.actions += 1
    label(page, "Chuyên mục").select_option(index=1)
    hand.click(page.locator('[data-field="fields"] input').first)
    hand.pick("Thêm người làm bài", "ban bien")
    hand.press(label(page, "Tên bài"), "Control+s")
    wait_until(page, lambda: page.locator(".saved").text_content() == MUST_SAVE)
    hand.click(page.get_by_role("button", name="Sẵn sàng đăng"))
    dialog.get_by_text("Bài sẽ được đăng").wait_for()
    hand.fill(dialog.get_by_label("Ai duyệt bài?"), "Ban Biên tập")
    hand.press(dialog.get_by_label("Ai duyệt bài?"), "Enter")
    page.locator(".state", has_text="Đã đăng").wait_for()
    assert hand.actions <= 60
    story = "2026/cay-cau-cua-ban-sin-suoi-ho"
    assert "status: ready\n" in served.read(story)
    ran = previewed.run("check", "--release")
    assert (ran.code, story in ran.out + ran.err) == (0, False), ran.out + ran.err
    for path in (served.root / "stories" / story).glob("*.jpg"):
        with Image.open(path) as image:
            assert max(image.size) == 2560
            assert not image.getexif()


class Keys:
    """An editor without a mouse: reaches everything by Tab, and types."""

    def __init__(self, page):
        self.page = page

    def reach(self, place, is_there="place => place === document.activeElement"):
        place.wait_for(state="attached")
        for _ in range(400):
            if place.evaluate(is_there):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"{place} cannot be reached by Tab")

    def press(self, place, key="Enter"):
        self.reach(place)
        self.page.keyboard.press(key)

    def type(self, place, words):
        self.reach(place)
        self.page.keyboard.insert_text(words)

    def choose(self, radio):
        """Choose one of several: of them Tab knows one, arrows the others."""
        self.reach(radio, "radio => radio.name === document.activeElement.name")
        for _ in range(9):
            if radio.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        pytest.fail(f"{radio} cannot be chosen")

    def pick(self, question, words):
        self.type(self.page.get_by_role("combobox", name=question), words)
        self.page.locator(".offers:not([hidden]) > [role=option]").first.wait_for()
        self.page.keyboard.press("Enter")


def test_a_whole_story_by_keyboard_alone(open_story, served, rebuilt, previewed):
    previewed.run("fix")
    page = open_story("", viewport={"width": 768, "height": 900}, color_scheme="dark")
    keys = Keys(page)
    keys.press(page.get_by_role("button", name="Bài mới"))
    dialog = page.get_by_role("dialog")
    keys.type(dialog.get_by_label("Tên bài"), "Cây cầu của bản Sin Suối Hồ")
    page.keyboard.press("Enter")
    page.locator(".story").wait_for()
    # It is reached inside: a key pressed at once may overtake what catches the chooser.
    with page.expect_file_chooser() as chosen:
        keys.press(page.locator("input[type=file]"), "Space")
    names = ["IMG_1.JPG", "IMG_2.JPG", "IMG_3.JPG"]
    chosen.value.set_files(
        [
            {"name": name, "mimeType": "image/jpeg", "buffer": phone_photo(number)}
            for number, name in enumerate(names)
        ]
    )
    cards = page.locator(".photo")
    wait_until(page, lambda: cards.count() == 3)
    for number in range(3):
        card = cards.nth(number)
        keys.press(card.get_by_role("button", name="Điểm chính"), "ArrowUp")
        keys.type(card.get_by_label("Ảnh cho thấy gì"), f"Cây cầu gỗ qua suối, ảnh {number}.")
        keys.type(card.get_by_label("Ảnh của ai"), "Ban Biên tập")
    keys.press(page.get_by_role("button", name="Chèn vào bài: anh-1.jpg"))
    keys.reach(label(page, "Nội dung"))
    page.keyboard.press("Control+Home")
    page.keyboard.insert_text("Cây cầu bắc qua suối.\n\nBà con đi lại dễ hơn nhiều.\n\n")
    keys.type(
        label(page, "Tóm tắt"), "Bà con bản Sin Suối Hồ góp công, góp gỗ dựng cây cầu qua suối."
    )
    keys.pick("Thêm người, tập thể", "Bản Sin Suối Hồ mới")
    person = page.locator(".record").filter(has_text="Bản Sin Suối Hồ mới")
    keys.reach(person.get_by_label("Là"))
    while person.get_by_label("Là").input_value() != "collective":
        page.keyboard.press("ArrowDown")
    keys.choose(person.get_by_label("Vì lợi ích công cộng"))
    keys.type(person.get_by_label("Một câu nói rõ vì sao"), "tập thể được xã khen công khai")
    keys.pick("Thêm nơi", "sin suoi ho")
    keys.press(label(page, "Chuyên mục"), "ArrowDown")
    keys.press(page.locator('[data-field="fields"] input').first, "Space")
    keys.pick("Thêm người làm bài", "ban bien")
    page.keyboard.press("Control+s")
    wait_until(page, lambda: page.locator(".saved").text_content() == MUST_SAVE)
    keys.press(page.get_by_role("button", name="Sẵn sàng đăng"))
    dialog.get_by_text("Bài sẽ được đăng").wait_for()
    keys.type(dialog.get_by_label("Ai duyệt bài?"), "Ban Biên tập")
    page.keyboard.press("Enter")
    page.locator(".state", has_text="Đã đăng").wait_for()
    story = "2026/cay-cau-cua-ban-sin-suoi-ho"
    text = served.read(story)
    assert text.count("focus: [0.5, 0.48]\n") == 3
    assert text.endswith("Bà con đi lại dễ hơn nhiều.\n\n![](anh-1.jpg)\n")
    ran = previewed.run("check", "--release")
    assert (ran.code, story in ran.out + ran.err) == (0, False), ran.out + ran.err
