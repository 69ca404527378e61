"""From the desk page in a browser: a story as a Word file, and the form of nomination."""

from __future__ import annotations

from tests.browser.desk import LOOKS, begin, see


def test_a_story_is_downloaded_as_a_word_file(page, served):
    page.goto(f"{served.desk}?bai=2026/con-chu")
    dialog = begin(page, "Tải bản Word")
    see(page, LOOKS)
    dialog.get_by_role("button", name="Làm tệp Word").click()
    link = dialog.get_by_role("link", name="Tải tệp Word")
    with page.expect_download() as caught:
        link.click()
    assert caught.value.suggested_filename == "bai-con-chu.docx"
    see(page, LOOKS)


def test_the_form_of_nomination_opens_to_be_printed(page, served):
    dialog = begin(page, "Phiếu giới thiệu")
    see(page, LOOKS)
    dialog.get_by_role("button", name="Làm phiếu").click()
    with page.context.expect_page() as opened:
        dialog.get_by_role("link", name="Mở phiếu để in").click()
    form = opened.value
    form.wait_for_load_state()
    assert form.locator(".scan svg").bounding_box()["width"] > 50
    assert form.locator(".rule").count() == 16
