"""The site is built, compared, shown and uploaded from the desk page."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import replace

import pytest
from tests.conftest import digests
from tests.deploy.places import upload_old
from tests.remotes.servers import PASSWORD, asyncssh_server

from guongsang.deploy.state import FOLDER, LOCK
from guongsang.deskpage.exchange import uploading
from guongsang.deskpage.exchange.building import build_site
from guongsang.remotes.remote import HOLDER

WORKING = ("building", "comparing", "sending")


@pytest.fixture
def there(desk):
    """The place of the newsroom, a folder beside it."""
    folder = desk.newsroom.root.parent / "public_html"
    folder.mkdir()
    tell(desk, '[target.chinh]\nto = "../public_html"\n')
    # So that the gate of a release lets it pass.
    desk.newsroom.run("fix")
    return folder


@pytest.fixture
def here(monkeypatch):
    """The build is in this very process, which is quicker."""
    monkeypatch.setattr(uploading, "build_apart", build_site)


def tell(desk, text):
    (desk.newsroom.root / "deploy.toml").write_text(text, "utf-8")


def post(desk, path, body):
    """Ask for something that takes a while; return what it comes to."""
    desk.post(path, body)
    return wait(desk)


def wait(desk):
    until = time.monotonic() + 120
    while (told := desk.get("upload.json"))["phase"] in WORKING:
        assert time.monotonic() < until, told
        time.sleep(0.05)
    return told


def read(folder):
    return {path: it for path, it in digests(folder).items() if not path.startswith(FOLDER)}


def test_the_list_tells_whether_there_is_a_place(desk):
    assert desk.get("stories.json")["hasTargets"] is False
    assert "Chưa có deploy.toml" in desk.get("upload.json")["text"]
    tell(desk, '[target.chinh]\nto = "../public_html"\n')
    assert desk.get("stories.json")["hasTargets"] is True
    assert desk.get("upload.json")["targets"] == {"chinh": "../public_html"}
    tell(desk, '[target.chinh]\nto = "sftp://lan:bi-mat@may-chu.vn/"\n')
    told = desk.get("upload.json")
    assert told["targets"] == {} and "không được có mật khẩu" in told["text"]
    assert "bi-mat" not in json.dumps(told)


def test_it_is_built_shown_and_sent_as_the_commands_do_it(desk, there):
    told = post(desk, "upload-plan.json", {"target": "chinh"})
    assert told["phase"] == "planned", told
    assert read(there) == {}
    site = digests(desk.newsroom.site)
    assert told["counts"] == {"added": len(site) - 1, "changed": 0, "removed": 0}
    assert "index.html" in told["added"]
    assert told["size"] > 10_000
    told = post(desk, "upload-send.json", {})
    assert told["phase"] == "done", told
    assert read(there) == {k: v for k, v in site.items() if k != ".guongsang"}
    assert not list(there.glob("**/chua-dang*"))
    ran = desk.newsroom.run("deploy")
    assert "đã giống hệt site/" in ran.out
    desk.newsroom.edit("con-chu", "Kết bài", "Đoạn kết")
    told = post(desk, "upload-plan.json", {})
    assert 0 < told["counts"]["changed"] < 20
    assert "2026/con-chu/index.html" in told["changed"]
    assert read(there) != read(desk.newsroom.site)


def test_a_story_with_an_error_stops_it_before_anything_is_built(desk, there, here):
    desk.newsroom.edit("con-chu", "column: ", "column: khong-co-")
    told = post(desk, "upload-plan.json", {})
    assert told["phase"] == "failed" and told["text"].startswith("Chưa gửi gì.")
    assert {each["story"] for each in told["problems"]} == {"2026/con-chu"}
    assert all(each["message"] and each["hint"] for each in told["problems"])
    assert not desk.newsroom.site.exists() and list(there.iterdir()) == []
    assert int(desk.ask("POST", "upload-send.json", {}).status) == 409


def test_many_removals_want_their_number(desk, there, here, tmp_path):
    names = upload_old(desk.newsroom.root, tmp_path / "old", 201)
    told = post(desk, "upload-plan.json", {})
    assert told["many"] and told["counts"]["removed"] == 201
    assert set(told["removed"]) == set(names)
    for number in (None, "200"):
        assert int(desk.ask("POST", "upload-send.json", {"removed": number}).status) == 422
    assert len(list(there.glob("cu-*.html"))) == 201
    assert post(desk, "upload-send.json", {"removed": "201"})["phase"] == "done"
    assert list(there.glob("cu-*.html")) == []


def test_who_uploads_is_told_and_taken_over_from_when_silent(desk, there, here):
    assert post(desk, "upload-plan.json", {})["phase"] == "planned"
    lock = there / LOCK
    lock.mkdir(parents=True)
    holder = {"who": "minh@may-khac", "since": 1e9, "seen": time.time(), "token": "x", "home": "y"}
    (lock / HOLDER).write_text(json.dumps(holder), "utf-8")
    told = post(desk, "upload-send.json", {"takeOver": True})
    assert (told["phase"], told["silent"]) == ("failed", False)
    assert told["text"].startswith("minh@may-khac đang đăng, từ ")
    (lock / HOLDER).write_text(json.dumps(holder | {"seen": time.time() - 601}), "utf-8")
    told = post(desk, "upload-send.json", {})
    assert (told["phase"], told["silent"], told["isPlanned"]) == ("failed", True, True)
    assert "im lặng quá mười phút" in told["text"] and "--" not in told["text"]
    assert read(there) == {}
    told = post(desk, "upload-send.json", {"takeOver": True})
    assert told["phase"] == "done" and read(there)


def test_a_password_is_asked_for_where_nobody_else_has_it(desk, there, here, capfd, monkeypatch):
    monkeypatch.setenv("HOME", str(desk.newsroom.root.parent))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    with asyncssh_server() as far:
        tell(desk, replace(far, settings={}).tell())
        told = post(desk, "upload-plan.json", {})
        assert told["phase"] == "failed"
        assert far.settings["host_key"] in told["text"] and "host_key = " in told["text"]
        tell(desk, far.tell())
        said = [post(desk, "upload-plan.json", {})]
        assert (said[0]["phase"], said[0]["user"]) == ("password", "bai-thu")
        said.append(post(desk, "upload-plan.json", {"password": "khong-phai"}))
        assert said[1]["phase"] == "password"
        assert said[1]["text"] == "Máy chủ không nhận mật khẩu này."
        said.append(post(desk, "upload-plan.json", {"password": PASSWORD}))
        assert said[2]["phase"] == "planned"
        said.append(post(desk, "upload-send.json", {}))  # it is not kept
        assert (said[3]["phase"], said[3]["isPlanned"]) == ("password", True)
        said.append(post(desk, "upload-send.json", {"password": PASSWORD}))
        assert said[4]["phase"] == "done", said[4]
        assert (far.root / "index.html").is_file()
    heard = "".join([json.dumps(said), *capfd.readouterr()])
    assert PASSWORD not in heard and "khong-phai" not in heard
    kept = [path for path in desk.newsroom.root.rglob("*") if path.is_file()]
    assert not [path for path in kept if PASSWORD.encode() in path.read_bytes()]


def test_one_upload_at_a_time_and_it_can_be_stopped(desk, there, here, monkeypatch):
    post(desk, "upload-plan.json", {})
    real = uploading.upload

    def wait_and_upload(*args, stop, **more):
        assert stop.wait(60)
        return real(*args, stop=stop, **more)

    monkeypatch.setattr(uploading, "upload", wait_and_upload)
    desk.post("upload-send.json", {})
    assert int(desk.ask("POST", "upload-plan.json", {}).status) == 409
    desk.post("upload-stop.json", {})
    told = wait(desk)
    assert told["phase"] == "failed" and told["text"].startswith("Đã dừng.")
    monkeypatch.setattr(uploading, "upload", real)
    assert post(desk, "upload-send.json", {})["phase"] == "done"
    assert read(there)


def test_a_bug_is_told_and_not_waited_for(desk, there, monkeypatch):
    def fail(*_):
        raise KeyError("lỗi")

    caught = []
    monkeypatch.setattr("threading.excepthook", lambda told: caught.append(told.exc_type))
    monkeypatch.setattr(uploading, "build_apart", fail)
    told = post(desk, "upload-plan.json", {})
    assert told["phase"] == "failed" and "báo người phụ trách" in told["text"]
    assert caught == [KeyError]


def test_the_desk_page_loads_no_library_of_a_far_place():
    code = (
        "import sys, guongsang.deskpage.routes\n"
        "print(sorted({'asyncssh', 'obstore', 'ftplib'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert ran.stdout.strip() == "[]"
