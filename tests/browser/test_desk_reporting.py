"""A report in a browser: chosen, made and fetched from the list of stories."""

from __future__ import annotations

from tests.browser.desk import LOOKS, see


def test_a_report_is_made_from_the_list(page, served):
    page.get_by_text("Việc khác", exact=True).click()
    page.get_by_role("button", name="Làm báo cáo").click()
    dialog = page.get_by_role("dialog")
    which = dialog.get_by_label("Kỳ nào?")
    assert which.input_value() == "2026-01..2026-06"
    which.select_option("")
    dialog.get_by_role("button", name="Làm báo cáo").click()
    dialog.get_by_text("Chọn hoặc gõ một kỳ.").wait_for()
    typed = dialog.get_by_label("Từ tháng nào đến tháng nào")
    typed.fill("2026-13")
    dialog.get_by_role("button", name="Làm báo cáo").click()
    dialog.get_by_text("“2026-13” không phải một kỳ báo cáo.").wait_for()
    see(page, LOOKS)
    typed.fill("2025-12..2026-06")
    dialog.get_by_label("Đầu văn bản").select_option("party")
    dialog.get_by_label("Thêm tệp Excel").check()
    dialog.get_by_role("button", name="Làm báo cáo").click()
    dialog.get_by_text("Báo cáo về 3 bài.").wait_for()
    see(page, LOOKS)
    for label, ending in (("Tải tệp Word", "docx"), ("Tải tệp Excel", "xlsx")):
        with page.expect_download() as got:
            dialog.get_by_role("link", name=label).click()
        path = served.root / f"an-pham/bao-cao-2025-12-den-2026-06-dang.{ending}"
        assert got.value.path().read_bytes() == path.read_bytes()
