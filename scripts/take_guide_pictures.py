"""Take the pictures of the guide's page “Bài đầu tiên trong mười phút” by doing what it says.

Needs the test tools (make test), Chromium and git. Writes scripts/guongsang/guide/hinh/*.webp, and
docs/hinh/ban-bien-tap.webp for the README; prints how many actions a first story takes.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page, sync_playwright

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT)]

from tests.browser.desk import Served, serve_desk  # noqa: E402

from guongsang.desk.founding.init import Wish, plan_content, write_newsroom  # noqa: E402

SHOTS = ROOT / "scripts/guongsang/guide/hinh"
README = ROOT / "docs/hinh"
PHOTO = ROOT / "scripts/guongsang/desk/seed/sample/bai-mau-lop-hoc-buoi-toi/bia.jpg"
MOST_BYTES = 22 * 1024
SIZE, WIDTH = (1200, 760), 840
TITLE = "Tủ sách bên bếp lửa"
BODY = """Tối nào nhà văn hóa thôn Mẫu cũng sáng đèn. Bốn chục cuốn sách, một bếp lửa, mươi đứa trẻ.

## Cuốn sách đầu tiên

Tổ đọc sách góp mỗi nhà một cuốn. Ai mượn thì ghi vào sổ, ai đọc xong thì kể lại cho cả lớp nghe.
"""
SUMMARY = (
    "Mỗi nhà góp một cuốn, tổ đọc sách thôn Mẫu dựng tủ sách bên bếp lửa cho trẻ đọc buổi tối."
)


def make_newsroom(folder: Path) -> Path:
    """Make a newsroom of invented people, connected to a shared repository."""
    root = folder / "toa-soan"
    today = dt.date(2026, 6, 1)
    wish = Wish("Gương sáng Lai Châu", "Tòa soạn Mẫu", "lai-chau", None, "none", True, today)
    write_newsroom(root, plan_content(wish))
    far = folder / "chung.git"
    name = ("-c", "user.name=Mẫu", "-c", "user.email=mau@guong.example")
    for where, *command in (
        (folder, "init", "--quiet", "--bare", "--initial-branch=main", str(far)),
        (root, "init", "--quiet", "--initial-branch=main"),
        (root, "add", "--all"),
        (root, *name, "commit", "--quiet", "--message", "Lập tòa soạn"),
        (root, "remote", "add", "origin", str(far)),
        (root, "push", "--quiet", "--set-upstream", "origin", "main"),
    ):
        subprocess.run(["git", "-C", str(where), *map(str, command)], check=True)  # noqa: S603, S607
    return root


class Hand:
    """Clicks and fills as the guide says, and counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.actions, self.letters = page, 0, 0

    def click(self, what: Locator) -> None:
        self.actions += 1
        what.click()

    def fill(self, what: Locator, text: str) -> None:
        self.actions += 1
        self.letters += len(text)
        what.fill(text)

    def pick(self, question: str, words: str) -> None:
        """Look something up and take the first that is offered."""
        self.actions += 2
        self.letters += len(words)
        box = self.page.get_by_role("combobox", name=question)
        box.press_sequentially(words)
        self.page.locator(".offers:not([hidden]) > [role=option]").first.wait_for()
        box.press("Enter")

    def choose(self, what: Locator, value: str) -> None:
        self.actions += 1
        what.select_option(value)


def shoot(page: Page, name: str, folder: Path = SHOTS) -> None:
    """Write a picture of the page, in the best quality that is light enough."""
    page.evaluate("document.fonts.ready.then(() => true)")
    page.evaluate("document.getElementById('news').textContent = ''")
    page.wait_for_timeout(400)
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    image = image.resize((WIDTH, SIZE[1] * WIDTH // SIZE[0]), Image.Resampling.LANCZOS)
    for quality in range(86, 30, -4):
        made = io.BytesIO()
        image.save(made, "WEBP", quality=quality, method=6)
        if made.tell() <= MOST_BYTES:
            break
    (folder / f"{name}.webp").write_bytes(made.getvalue())
    print(f"{name}.webp: {made.tell() // 1024} KB")


def show(page: Page, what: Locator) -> None:
    """Bring a part of the form to the top of what is seen."""
    what.evaluate(
        "each => each.closest('.left').scrollTop += each.getBoundingClientRect().top - 75"
    )
    page.evaluate("document.activeElement?.blur()")


def write_first_story(page: Page, served: Served) -> Hand:
    """Do what the guide's first page says, and take its pictures on the way."""
    hand = Hand(page)
    page.goto(served.desk)
    page.locator(".rows li").first.wait_for()
    page.wait_for_timeout(1500)
    shoot(page, "1-ban-bien-tap")
    hand.click(page.get_by_role("button", name="Bài mới"))
    dialog = page.get_by_role("dialog")
    hand.fill(dialog.get_by_label("Tên bài"), TITLE)
    shoot(page, "2-bai-moi")
    hand.click(dialog.get_by_role("button", name="Bài mới"))
    page.locator(".story").wait_for()
    hand.actions += 1  # the photo is dropped
    page.locator("input[type=file]").first.set_input_files(PHOTO)
    photo = page.locator(".photo").first
    hand.fill(photo.get_by_label("Ảnh cho thấy gì"), "Tranh vẽ lớp học sáng đèn buổi tối.")
    hand.fill(photo.get_by_label("Chú thích"), "Nhà văn hóa thôn Mẫu, buổi đọc sách tối thứ Sáu.")
    hand.fill(photo.get_by_label("Ảnh của ai"), "Ban Biên tập")
    hand.fill(page.get_by_label("Nội dung"), BODY)
    hand.fill(page.get_by_label("Tóm tắt"), SUMMARY)
    hand.pick("Thêm người, tập thể", "Tổ đọc sách thôn Mẫu")
    person = page.locator(".record").filter(has_text="Tổ đọc sách thôn Mẫu").first
    hand.choose(person.get_by_label("Là"), "collective")
    hand.click(person.get_by_label("Vì lợi ích công cộng"))
    hand.fill(person.get_by_label("Một câu nói rõ vì sao"), "tập thể được xã khen công khai")
    hand.pick("Thêm nơi", "sin suoi ho")
    hand.choose(
        page.locator(".left").get_by_label("Chuyên mục", exact=True), "guong-nguoi-tot-viec-tot"
    )
    hand.click(page.locator('[data-field="fields"] input').first)
    if page.get_by_role("combobox", name="Thêm người làm").count():
        hand.pick("Thêm người làm", "ban bien tap")
    hand.click(page.get_by_role("button", name="Lưu", exact=True))
    frame = page.frame_locator("iframe.page")
    frame.get_by_role("heading", level=1, name=TITLE).wait_for()
    show(page, page.locator("#part-text"))
    shoot(page, "3-anh-va-chu")
    show(page, page.locator("#part-who"))
    shoot(page, "4-ai")
    hand.click(page.get_by_role("button", name="Sẵn sàng đăng"))
    page.get_by_role("dialog").get_by_text("Bài sẽ được đăng").wait_for()
    shoot(page, "5-san-sang")
    hand.click(page.get_by_role("dialog").get_by_role("button", name="Sẵn sàng đăng"))
    page.locator(".state", has_text="Đã đăng").wait_for()
    hand.click(page.get_by_role("button", name="Gửi bài"))
    dialog = page.get_by_role("dialog")
    hand.fill(dialog.get_by_label("Tên của bạn"), "Lò Thị Mẫu")
    hand.fill(dialog.get_by_label("Địa chỉ thư"), "mau@toasoan.example")
    shoot(page, "6-gui-bai")
    hand.click(dialog.get_by_role("button", name="Gửi bài"))
    page.get_by_text("Đã gửi.").wait_for()
    return hand


def main() -> int:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("Chromium is needed", file=sys.stderr)
        return 2
    SHOTS.mkdir(exist_ok=True)
    os.environ["SOURCE_DATE_EPOCH"] = "1782864000"
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as started:
        os.environ["HOME"] = folder
        os.environ["GIT_CONFIG_NOSYSTEM"] = "1"
        root = make_newsroom(Path(folder))
        browser = started.chromium.launch(executable_path=chromium, args=flags)
        with serve_desk(root, follow=True) as served, contextlib.closing(browser):
            page = browser.new_page(
                viewport={"width": SIZE[0], "height": SIZE[1]}, reduced_motion="reduce"
            )
            hand = write_first_story(page, served)
            page.goto(f"{served.desk}?bai=2026/tu-sach-ben-bep-lua")
            page.frame_locator("iframe.page").get_by_role("heading", level=1).wait_for()
            shoot(page, "ban-bien-tap", README)
    print(f"actions: {hand.actions}, letters: {hand.letters}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
