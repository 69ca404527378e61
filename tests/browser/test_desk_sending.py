"""Sending in a browser: what changed, one button, both versions side by side, a package."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile

import pytest
from tests.browser.desk import NOW, follow_changes, open_page, see, serve_desk
from tests.browser.waiting import wait_until

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
STORY = "2026/con-chu"
LOOKS = ((360, "light"), (1280, "dark"))


def git(root, *arguments):
    subprocess.run(["git", "-C", root, *arguments], check=True, capture_output=True)


def name(folder, who):
    git(folder, "config", "user.name", who)
    git(folder, "config", "user.email", f"{who}@guong.example")


@pytest.fixture
def served(previewed, monkeypatch, tmp_path_factory):
    """A newsroom that is connected; `other` is the clone of somebody else."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    root = previewed.root
    (root / ".gitignore").write_text("/.cache/\n/site/\n", "utf-8")
    git(home, "init", "--quiet", "--bare", "--initial-branch=main", str(home / "chung.git"))
    git(root, "init", "--quiet", "--initial-branch=main")
    name(root, "lan")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "Đầu tiên")
    git(root, "remote", "add", "origin", str(home / "chung.git"))
    git(root, "push", "--quiet", "--set-upstream", "origin", "main")
    git(home, "clone", "--quiet", "chung.git", "minh")
    name(home / "minh", "minh")
    with serve_desk(root) as served, follow_changes(served):
        served.other = home / "minh"
        yield served


@pytest.fixture
def page(chromium, served):
    with open_page(chromium, served.desk, accept_downloads=True) as page:
        yield page


def open_story(page, served):
    page.goto(f"{served.desk}?bai={STORY}")
    page.locator(".story h2").first.wait_for()


def send_elsewhere(served, old, new):
    path = served.other / f"stories/{STORY}/index.md"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    git(served.other, "commit", "--quiet", "--all", "--message", "Của Minh")
    git(served.other, "push", "--quiet")


def test_a_story_is_saved_and_sent_by_one_button(page, served):
    open_story(page, served)
    page.locator(".left").get_by_label("Tên bài", exact=True).fill("Con chữ về bản")
    page.get_by_role("button", name="Gửi bài").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("đã sửa · Tên bài").wait_for()
    assert dialog.get_by_role("checkbox", name="Con chữ về bản").is_checked()
    see(page, LOOKS)
    dialog.get_by_role("button", name="Gửi bài").click()
    page.get_by_text("Đã gửi.").wait_for()
    git(served.other, "pull", "--quiet")
    text = (served.other / f"stories/{STORY}/index.md").read_text("utf-8")
    assert "title: Con chữ về bản" in text


def test_both_versions_are_chosen_field_by_field(page, served):
    send_elsewhere(served, "title: Con chữ lên Mù Cả", "title: Con chữ của Minh")
    open_story(page, served)
    page.locator(".left").get_by_label("Tên bài", exact=True).fill("Con chữ của Lan")
    page.get_by_role("button", name="Gửi bài").click()
    page.get_by_role("dialog").get_by_role("button", name="Gửi bài").click()
    question = page.get_by_role("dialog", name="Người khác cũng vừa sửa chỗ này")
    question.get_by_label("Của người khác, đã gửi").get_by_text("Minh").wait_for()
    see(page, LOOKS)
    question.get_by_role("button", name="Gửi bài").click()
    question.get_by_text("Còn chỗ chưa chọn.").wait_for()
    question.get_by_label("Giữ bản của người khác").check()
    question.get_by_role("button", name="Gửi bài").click()
    page.get_by_text("Đã gửi.").wait_for()
    wait_until(page, lambda: "Con chữ của Minh" in served.read(STORY))
    assert "Con chữ của Minh" in served.read(STORY)
    title = page.locator(".left").get_by_label("Tên bài", exact=True)
    wait_until(page, lambda: title.input_value() == "Con chữ của Minh")


def test_what_others_sent_is_taken_in_from_the_list(page, served):
    send_elsewhere(served, "title: Con chữ lên Mù Cả", "title: Con chữ của Minh")
    page.get_by_text("Việc khác", exact=True).click()
    page.get_by_role("button", name="Cập nhật").click()
    page.get_by_text("Đã nhận 1 bài").wait_for()
    page.get_by_role("link", name="Con chữ của Minh").wait_for()


def test_a_package_is_saved_and_taken_in(page, served):
    open_story(page, served)
    page.get_by_role("button", name="Gửi bài").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Không có gì để gửi").wait_for()
    with page.expect_download() as saving:
        dialog.get_by_role("button", name="Xuất gói").click()
    saved = saving.value
    assert saved.suggested_filename == "con-chu.zip"
    content = saved.path().read_bytes()
    assert f"stories/{STORY}/index.md" in zipfile.ZipFile(io.BytesIO(content)).namelist()
    page.goto(served.desk)
    page.locator(".rows li").first.wait_for()
    chosen = {"name": "con-chu.zip", "mimeType": "application/zip", "buffer": content}
    page.locator("header input[type=file]").set_input_files(chosen)
    page.get_by_role("dialog").get_by_text("không bị ghi đè").wait_for()
    page.get_by_role("dialog").get_by_role("button", name="Đóng").click()
    other = content.replace(b"2026/con-chu/", b"2026/con-chi/")
    page.locator("header input[type=file]").set_input_files({**chosen, "buffer": other})
    page.locator(".story h2").first.wait_for()
    assert (served.root / "stories/2026/con-chi/index.md").is_file()
