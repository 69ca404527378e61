"""Paper in a browser: a bulletin from the list, a story and its poster from the story."""

from __future__ import annotations

from tests.browser.desk import LOOKS, begin, see

STORY = "2026/con-chu"


def read_made(page, served, label):
    """Return where a file is that the dialog offers, and see that it is a PDF in a new tab."""
    link = page.get_by_role("dialog").get_by_role("link", name=label, exact=True)
    assert link.get_attribute("target") == "_blank"
    path = link.get_attribute("href")
    content = page.evaluate(
        "async (path) => { const reply = await fetch(path);"
        " return [reply.headers.get('content-type'), (await reply.text()).slice(0, 5)]; }",
        path,
    )
    assert content[0].startswith("application/pdf") and content[1] == "%PDF-"
    assert (served.root / path).is_file()
    return path


def test_a_bulletin_of_a_month_is_made_from_the_list(page, served):
    dialog = begin(page, "Làm bản tin")
    dialog.get_by_label("Những bài nào?").select_option("2026-06")
    dialog.get_by_label("Thêm bản xếp trang").check()
    assert dialog.get_by_label("Khổ giấy").input_value() == "a5"
    see(page, LOOKS)
    held = []

    def hold(route):
        held.append(route)

    page.route("**/print.json", hold)
    dialog.get_by_role("button", name="Làm tệp PDF").click()
    dialog.get_by_role("status").get_by_text("Đang xếp chữ…").wait_for()
    dialog.get_by_role("button", name="Làm tệp PDF").click()
    assert len(held) == 1, "twice is not asked"
    held[0].continue_()
    dialog.get_by_text("Không in ban-thao: bài nháp.").wait_for()
    see(page, LOOKS)
    assert read_made(page, served, "Mở tệp PDF") == "an-pham/ban-tin-2026-06-a5.pdf"
    assert read_made(page, served, "Mở bản gấp") == "an-pham/ban-tin-2026-06-a5-gap-doi.pdf"


def test_stories_of_my_choice_by_their_names(page, served):
    dialog = begin(page, "Làm bản tin")
    dialog.get_by_label("Những bài nào?").select_option("")
    dialog.get_by_role("button", name="Làm tệp PDF").click()
    dialog.get_by_text("Chọn ít nhất một bài.").wait_for()
    search = dialog.get_by_role("searchbox")
    search.fill("nguoi giu lua")
    search.press("Enter")
    first = dialog.get_by_role("checkbox", name="Người giữ lửa")
    first.check()
    assert page.evaluate("document.activeElement.value") == "2025/nguoi-giu-lua"
    search.fill("con chu")
    dialog.get_by_role("checkbox", name="Con chữ lên Mù Cả").check()
    see(page, LOOKS)
    with page.expect_request("**/print.json") as asked:
        dialog.get_by_role("button", name="Làm tệp PDF").click()
    assert asked.value.post_data_json["what"] == ["2025/nguoi-giu-lua", STORY]
    dialog.get_by_text("2 bài.").wait_for()
    assert read_made(page, served, "Mở tệp PDF").startswith("an-pham/ban-tin-chon-")


def test_what_is_typed_is_saved_before_its_story_and_poster_are_printed(page, served):
    page.goto(f"{served.desk}?bai={STORY}")
    page.locator(".story h2").first.wait_for()
    page.locator(".left").get_by_label("Tên bài", exact=True).fill("Con chữ về bản")
    dialog = begin(page, "In bài này")
    dialog.get_by_label("Khổ giấy").wait_for()
    assert "title: Con chữ về bản" in served.read(STORY)
    dialog.get_by_role("button", name="Làm tệp PDF").click()
    dialog.get_by_text("1 bài.").wait_for()
    read_made(page, served, "Mở tệp PDF")
    dialog.get_by_role("button", name="Đóng").click()
    dialog = begin(page, "Làm áp phích")
    see(page, LOOKS)
    dialog.get_by_role("button", name="Làm tệp PDF").click()
    dialog.get_by_text("dpi").first.wait_for()
    see(page, LOOKS)
    assert read_made(page, served, "Mở tệp PDF") == "an-pham/ap-phich-con-chu.pdf"


def test_a_radio_script_from_the_story(page, served):
    """How long it lasts, where to look, and both files."""
    page.goto(f"{served.desk}?bai={STORY}")
    page.locator(".story h2").first.wait_for()
    dialog = begin(page, "Bản đọc phát thanh")
    dialog.get_by_role("checkbox", name="Viết mọi con số bằng chữ").check()
    see(page, LOOKS)
    dialog.get_by_role("button", name="Làm bản đọc").click()
    dialog.get_by_text("Đọc hết ").wait_for()
    see(page, LOOKS)
    with page.expect_download() as taken:
        dialog.get_by_role("link", name="Mở tệp Word").click()
    assert taken.value.suggested_filename == "phat-thanh-con-chu.docx"


def test_what_is_refused_is_told_where_it_was_asked(page, served):
    path = served.root / "mkdocs.yml"
    path.write_text(path.read_text("utf-8").replace("site_url:", "# site_url:"), "utf-8")
    dialog = begin(page, "Làm bản tin")
    dialog.get_by_role("button", name="Làm tệp PDF").click()
    dialog.get_by_role("alert").get_by_text("mã QR in ra sẽ không dẫn tới đâu").wait_for()
    assert dialog.get_by_role("status").text_content() == ""
    see(page, LOOKS)
