"""What the desk page asks about sending and packages, and gets."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.desk.test_pack import jpeg, with_place

from guongsang.desk.arrivals.refuse_pack import REASONS as NOT_TAKEN
from guongsang.desk.sending.refuse import REASONS as NOT_SENT
from guongsang.deskpage import routes
from guongsang.deskpage.texts import load_texts
from guongsang.guide.read import read_guide

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
STORY = "2026/con-chu"
PAGE = Path(routes.__file__).parent / "page"
# Words of git, and what they are called in Vietnamese by those who speak of git.
OF_GIT = re.compile(
    r"(?-i:\bHEAD\b)|\b(commit\w*|push\w*|pull\w*|rebas\w*|merg\w*|stash\w*|branch\w*|conflict\w*|"
    r"repositor\w+|remote|origin)\b"
    r"|cam kết|đẩy|kéo về|rebase|hợp nhất|trộn|gộp|cất tạm|nhánh|xung đột|đầu nhánh|kho git",
    re.IGNORECASE,
)


def git(root, *arguments):
    return subprocess.run(
        ["git", "-C", root, *arguments], check=True, capture_output=True, text=True
    ).stdout


@pytest.fixture
def shared(desk, tmp_path_factory, monkeypatch):
    """The desk of a newsroom that is connected, and the clone of somebody else."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    root, far, other = desk.newsroom.root, home / "chung.git", home / "minh"
    (root / ".gitignore").write_text("/.cache/\n/site/\n", "utf-8")
    git(home, "init", "--quiet", "--bare", "--initial-branch=main", str(far))
    git(root, "init", "--quiet", "--initial-branch=main")
    for folder in (root, other):
        if folder == other:
            git(home, "clone", "--quiet", str(far), str(other))
        git(folder, "config", "user.name", folder.name)
        git(folder, "config", "user.email", "mau@guong.example")
        if folder == root:
            git(root, "add", "--all")
            git(root, "commit", "--quiet", "--message", "Đầu tiên")
            git(root, "remote", "add", "origin", str(far))
            git(root, "push", "--quiet", "--set-upstream", "origin", "main")
    return desk, other


def send_elsewhere(other, old, new):
    path = other / f"stories/{STORY}/index.md"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    git(other, "pull", "--quiet", "--ff-only")
    git(other, "commit", "--quiet", "--all", "--message", "Của Minh")
    git(other, "push", "--quiet")


def test_what_is_edited_is_told_sent_and_no_longer_unsent(shared):
    desk, other = shared
    assert desk.get("sending.json")["changes"] == []
    desk.newsroom.edit("con-chu", "Kết bài", "Kết bài, sửa")
    desk.build()
    assert desk.rows()[STORY]["unsent"]
    (change,) = desk.get("sending.json")["changes"]
    assert (change["id"], change["what"], change["keys"]) == (STORY, "changed", ["Nội dung"])
    assert not change["wantsApproval"]
    done = desk.post("send.json", {"ids": [STORY]})
    assert (done["count"], done["link"], done["moved"]) == (1, None, {})
    assert not desk.rows()[STORY]["unsent"]
    git(other, "pull", "--quiet")
    assert "Kết bài, sửa" in (other / f"stories/{STORY}/index.md").read_text("utf-8")


def test_what_both_changed_is_shown_side_by_side_and_chosen(shared):
    desk, other = shared
    send_elsewhere(other, "title: Con chữ lên Mù Cả", "title: Con chữ của Minh")
    desk.newsroom.edit("con-chu", "title: Con chữ lên Mù Cả", "title: Con chữ của Lan")
    reply = desk.ask("POST", "send.json", {"ids": [STORY]})
    told = json.loads(reply.content)
    assert (int(reply.status), told["reason"]) == (409, "questions")
    (question,) = told["questions"]
    assert question["part"] == "Tên bài"
    assert (question["mine"], question["theirs"]) == ("Con chữ của Lan", "Con chữ của Minh")
    assert question["choices"] == ["mine", "theirs"]
    assert int(desk.ask("POST", "send.json", {"ids": [STORY], "choices": {"x": "y"}}).status) == 400
    desk.post("send.json", {"ids": [STORY], "choices": {question["id"]: "theirs"}})
    assert "title: Con chữ của Minh" in desk.newsroom.path("con-chu").read_text("utf-8")
    assert desk.get("sending.json")["changes"] == []


def test_a_photo_that_both_changed_is_shown_twice(shared):
    desk, other = shared
    name = f"stories/{STORY}/bia.jpg"
    mine, theirs = jpeg(quality=90), jpeg(quality=30)
    (other / name).write_bytes(theirs)
    git(other, "commit", "--quiet", "--all", "--message", "Ảnh khác")
    git(other, "push", "--quiet")
    (desk.newsroom.root / name).write_bytes(mine)
    (question,) = json.loads(desk.ask("POST", "send.json", {"ids": [STORY]}).content)["questions"]
    assert question["isPhoto"]
    assert question["part"] == "bia.jpg"
    for side, content in (("mine", mine), ("theirs", theirs)):
        reply = desk.ask("GET", "side", id=question["id"], side=side)
        assert (reply.content, reply.kind) == (content, "image/jpeg")
    assert int(desk.ask("GET", "side", id="x", side="mine").status) == 404
    desk.post("send.json", {"ids": [STORY], "choices": {question["id"]: "mine"}})
    git(other, "pull", "--quiet")
    assert (other / name).read_bytes() == mine


def test_updating_takes_in_and_keeps_what_is_edited(shared):
    desk, other = shared
    send_elsewhere(other, "Kết bài", "Kết bài của Minh")
    desk.newsroom.edit("mot-giot-mau", "title: ", "title: Sửa ")
    told = desk.post("update.json", {})
    assert told == {"taken": 1, "kept": 0}
    assert "Kết bài của Minh" in desk.newsroom.path("con-chu").read_text("utf-8")
    assert desk.post("update.json", {}) == {"taken": 0, "kept": 0}


def test_who_sends_is_asked_once(shared):
    desk, _ = shared
    root = desk.newsroom.root
    git(root, "config", "--unset", "user.name")
    git(root, "config", "--unset", "user.email")
    desk.newsroom.edit("con-chu", "Kết bài", "Kết bài, sửa")
    assert not desk.get("sending.json")["introduced"]
    assert int(desk.ask("POST", "send.json", {"ids": [STORY]}).status) == 422
    assert int(desk.ask("POST", "who.json", {"name": "Lan", "mail": "?"}).status) == 422
    desk.post("who.json", {"name": "Lò Thị Lan", "mail": "lan@guong.example"})
    desk.post("send.json", {"ids": [STORY]})
    assert git(root, "log", "-1", "--format=%an") == "Lò Thị Lan\n"


def test_review_asks_who_approved_and_gives_a_link(shared):
    desk, _ = shared
    root = desk.newsroom.root
    path = root / "stories/registers/newsroom.yml"
    path.write_text(path.read_text("utf-8").rstrip() + "\nswitches: {review: true}\n", "utf-8")
    git(root, "commit", "--quiet", "--all", "--message", "Duyệt")
    git(root, "push", "--quiet")
    far = git(root, "remote", "get-url", "origin").strip()
    git(root, "remote", "set-url", "origin", "https://github.com/bao/guong.git")
    git(root, "config", f"url.{far}.insteadOf", "https://github.com/bao/guong.git")
    desk.newsroom.edit("con-chu", "Kết bài", "Kết bài, sửa")
    desk.build()
    (change,) = desk.get("sending.json")["changes"]
    assert change["wantsApproval"]
    done = desk.post("send.json", {"ids": [STORY], "approved": {STORY: "Lò Văn Mẫu"}})
    assert done["review"] == "2026-con-chu"
    assert "approved:\n  by: Lò Văn Mẫu\n  date: 2026-07-01\n" in desk.newsroom.path(
        "con-chu"
    ).read_text("utf-8")
    (change,) = desk.get("sending.json")["changes"]
    assert change["waiting"]
    assert not change["wantsApproval"]


def test_a_photo_with_a_place_inside_never_leaves(shared, tmp_path):
    desk, other = shared
    (desk.newsroom.root / f"stories/{STORY}/nha.jpg").write_bytes(with_place())
    desk.build()
    reply = desk.ask("POST", "send.json", {"ids": [STORY]})
    assert int(reply.status) == 422
    assert "nha.jpg" in json.loads(reply.content)["text"]
    assert (
        git(other, "ls-remote", "origin", "main").split()[0]
        == git(other, "rev-parse", "HEAD").strip()
    )


def test_a_newsroom_alone_is_told_what_else_there_is(desk):
    told = desk.get("sending.json")
    assert told["reason"] == "no-repo"
    assert "Xuất gói" in told["text"]


def test_a_package_leaves_and_comes_in(desk):
    reply = desk.ask("GET", "goi", story=STORY)
    assert reply.kind == "application/zip"
    refused = desk.ask("POST", "take-pack", reply.content, name="con-chu.zip")
    assert int(refused.status) == 422
    shutil.rmtree(desk.newsroom.root / f"stories/{STORY}")
    told = json.loads(desk.ask("POST", "take-pack", reply.content, name="con-chu.zip").content)
    assert told["address"] == STORY
    assert desk.newsroom.path("con-chu").is_file()


def test_no_text_of_the_page_is_a_word_of_git():
    spoken = {
        **{
            f"{key}.{lang}": text
            for key, told in load_texts().items()
            for lang, text in told.items()
        },
        **{
            f"{key}.{lang}": text
            for table in (NOT_SENT, NOT_TAKEN)
            for key, told in table.items()
            for lang, text in told.items()
        },
        "guide": read_guide("bai-dau-tien").html,
        "index.html": re.sub(r"<[^>]*>", "", (PAGE / "index.html").read_text("utf-8")),
    }
    assert len(spoken) > 500
    assert {key: text for key, text in spoken.items() if OF_GIT.search(text)} == {}


def test_the_page_says_nothing_that_is_not_in_the_table():
    """So that the test above reads all of it: no word of a human language stands in a script."""
    for path in PAGE.glob("*.js"):
        code = re.sub(r"//.*|/\*[\s\S]*?\*/", "", path.read_text("utf-8"))
        assert not re.search(r'"[^"\n]*[ăđơưạ-ỹ][^"\n]*"', code.replace("/đ/g", "")), path.name
