"""Uploading in a browser: what is new in words, one question, and a window that may be closed."""

from __future__ import annotations

import json
import time

import asyncssh
import pytest
from tests.browser.desk import NOW, open_page, see, serve_desk
from tests.deploy.places import upload_old
from tests.remotes.servers import PASSWORD, asyncssh_server

from guongsang.deploy.state import LOCK
from guongsang.remotes.remote import HOLDER

LOOKS = ((360, "dark"), (768, "light"), (1280, "dark"))


@pytest.fixture
def served(previewed, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    previewed.run("fix")
    (previewed.root.parent / "public_html").mkdir()
    with serve_desk(previewed.root) as served:
        served.there = previewed.root.parent / "public_html"
        yield served


@pytest.fixture
def page(chromium, served):
    with open_page(chromium) as page:
        yield page


def open_menu(page, served):
    page.goto(served.desk)
    page.locator(".rows li").first.wait_for()
    page.get_by_text("Việc khác", exact=True).click()


def set_place(served):
    (served.root / "deploy.toml").write_text('[target.chinh]\nto = "../public_html"\n', "utf-8")


def test_without_a_place_one_line_says_who_names_it(page, served):
    open_menu(page, served)
    page.get_by_text("người phụ trách kỹ thuật ghi nơi đăng một lần").wait_for()
    assert page.get_by_role("button", name="Đưa lên mạng").count() == 0
    see(page, LOOKS, ".menu-in")
    link = page.get_by_role("link", name="Cách làm").get_attribute("href")
    page.goto(f"{served.address}{link}")
    page.get_by_role("heading", name="Đưa lên mạng", level=1).wait_for()


def test_the_site_is_looked_at_sent_and_told(page, served, tmp_path):
    set_place(served)
    upload_old(served.root, tmp_path / "old", 201)
    (served.there / LOCK).mkdir(parents=True)
    holder = {"who": "minh@may-khac", "since": 1e9, "seen": time.time() - 601, "token": "x"}
    (served.there / LOCK / HOLDER).write_text(json.dumps(holder), "utf-8")
    open_menu(page, served)
    page.get_by_role("button", name="Đưa lên mạng").click()
    dialog = page.get_by_role("dialog", name="Đưa lên mạng")
    dialog.get_by_role("progressbar").wait_for()
    see(page, LOOKS)
    dialog.get_by_text("tệp mới").first.wait_for()
    dialog.get_by_text("Chưa ghi gì.").wait_for()
    see(page, LOOKS)
    dialog.get_by_text("201 tệp bị xóa khỏi nơi đăng").wait_for()
    number = dialog.get_by_label("Nếu đúng là muốn xóa, gõ 201")
    number.fill("200")
    number.press("Enter")
    dialog.get_by_role("alert").get_by_text("Gõ đúng số tệp bị xóa: 201.").wait_for()
    number.fill("201")
    number.press("Enter")
    dialog.get_by_text("minh@may-khac đăng dở").wait_for()
    see(page, LOOKS)
    assert not (served.there / "index.html").exists()
    dialog.get_by_role("button", name="Đăng thay").click()
    dialog.get_by_text("Đã đưa lên mạng:").wait_for()
    see(page, LOOKS)
    assert (served.there / "index.html").is_file()
    assert not list(served.there.glob("cu-*"))
    dialog.get_by_role("button", name="Đóng").click()
    assert page.get_by_role("dialog").count() == 0


class SlowServer(asyncssh.SFTPServer):
    seconds = 0.05

    def close(self, file_obj):
        time.sleep(self.seconds)
        return super().close(file_obj)


@pytest.mark.long
def test_a_password_is_typed_once_and_sending_is_stopped(page, served, monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    monkeypatch.setattr(SlowServer, "seconds", 0.05)
    with asyncssh_server(SlowServer) as far:
        (served.root / "deploy.toml").write_text(far.tell(), "utf-8")
        open_menu(page, served)
        page.get_by_role("button", name="Đưa lên mạng").click()
        dialog = page.get_by_role("dialog", name="Đưa lên mạng")
        field = dialog.get_by_label("Mật khẩu của bai-thu ở 127.0.0.1")
        field.fill("khong-phai")
        field.press("Enter")
        dialog.get_by_text("Máy chủ không nhận mật khẩu này.").wait_for()
        see(page, LOOKS)
        field.fill(PASSWORD)
        field.press("Enter")
        dialog.get_by_text("Chưa ghi gì.").wait_for()
        dialog.get_by_role("button", name="Đưa lên mạng").click()
        dialog.get_by_text("trong 2,").wait_for()
        see(page, LOOKS)
        dialog.get_by_role("button", name="Dừng gửi").click()
        dialog.get_by_text("Đã dừng. Đăng lại để gửi nốt phần còn thiếu.").wait_for()
        SlowServer.seconds = 0
        dialog.get_by_role("button", name="Làm lại").click()
        dialog.get_by_text("Đã đưa lên mạng:").wait_for()
        dialog.get_by_text("làm nốt").wait_for()
        assert (far.root / "index.html").is_file()


def test_it_goes_on_when_its_window_is_closed(page, served):
    set_place(served)
    open_menu(page, served)
    page.get_by_role("button", name="Đưa lên mạng").click()
    page.get_by_role("dialog").get_by_role("button", name="Để máy làm tiếp").click()
    page.locator("#news").get_by_text("Máy đang đợi bạn").wait_for()


def test_what_stands_in_the_way_leads_to_its_story(page, served):
    set_place(served)
    path = served.root / "stories/2026/con-chu/index.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace("column: ", "column: khong-co-"), "utf-8")
    open_menu(page, served)
    page.get_by_role("button", name="Đưa lên mạng").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Sửa những chỗ này trước").wait_for()
    see(page, LOOKS)
    assert list(served.there.iterdir()) == []
    dialog.get_by_role("link", name="stories/2026/con-chu/index.md").first.click()
    page.locator(".story h2").first.wait_for()
