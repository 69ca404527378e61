"""Two editors send to one shared repository with their own git."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from tests.desk.sending.conftest import git, make_editors, write_story

from guongsang.desk.sending import review, settle
from guongsang.desk.sending import send as sending
from guongsang.desk.sending.git import Git, NoGitError
from guongsang.desk.sending.refuse import REASONS, NotSentError
from guongsang.desk.sending.send import QuestionsError

UNIX = pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts and links")
pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
STORY = "2026/con-chu"
OTHER = "2026/giot-mau"


def refused(call, *arguments, **more):
    with pytest.raises(NotSentError) as caught:
        call(*arguments, **more)
    for lang in ("vi", "en"):
        assert "{" not in caught.value.message(lang)
        assert "\n" not in caught.value.message(lang)
    return caught.value.reason


def test_what_changed_is_told_in_the_words_of_editors(editors):
    lan, _ = editors
    assert lan.changes() == {}
    lan.edit(lan.story("con-chu"), "con-chu một.", "Sửa.")
    lan.edit(lan.story("con-chu"), "tags: [x]", "tags: [y]")
    lan.story("con-chu", "anh-1.jpg").write_bytes(b"\xff\xd8 moi")
    lan.story("giot-mau").unlink()
    lan.story("bai-moi").parent.mkdir()
    lan.story("bai-moi").write_text(write_story("Bài mới", "Chữ."), "utf-8")
    lan.edit(lan.story("ban-thao"), "status: draft", "status: retracted")
    (lan.root / ".cache").mkdir()
    (lan.root / ".cache/x").write_text("x")
    changes = lan.changes()
    assert {key: each.what for key, each in changes.items()} == {
        STORY: "changed",
        OTHER: "deleted",
        "2026/bai-moi": "added",
        "2026/ban-thao": "retracted",
    }
    assert changes[STORY].keys == ("tags", "body")
    assert changes[STORY].photos == (1, 0, 0)
    assert changes[OTHER].title == "Bài giot-mau"


def test_one_story_goes_and_nothing_else(editors):
    lan, minh = editors
    lan.edit(lan.story("con-chu"), "con-chu một.", "Sửa.")
    lan.edit(lan.story("giot-mau"), "giot-mau một.", "Chưa xong.")
    before = lan.files()
    sent = lan.send(STORY)
    assert [each.id for each in sent.changes] == [STORY]
    assert lan.files() == before
    assert list(lan.changes()) == [OTHER]
    minh.update()
    assert "Sửa." in minh.story("con-chu").read_text("utf-8")
    assert "Chưa xong." not in minh.story("giot-mau").read_text("utf-8")
    assert git(lan.far, "log", "--format=%an %s", "-1", "main") == "Lan Sửa: Bài con-chu\n"
    assert lan.git("status", "--porcelain").split() == ["M", "stories/2026/giot-mau/index.md"]


def test_what_others_sent_comes_in_and_unsent_edits_stay(editors):
    lan, minh = editors
    lan.edit(lan.story("con-chu"), "con-chu một.", "Của Lan.")
    lan.story("moi").parent.mkdir()
    lan.story("moi").write_text(write_story("Mới", "Chữ."), "utf-8")
    lan.story("ban-thao").unlink()
    lan.send()
    minh.edit(minh.story("giot-mau"), "giot-mau một.", "Của Minh, chưa gửi.")
    settled = minh.update()
    assert len(settled.taken) == 3
    assert settled.kept == ()
    assert not minh.story("ban-thao").parent.exists()
    assert minh.story("moi").is_file()
    assert list(minh.changes()) == [OTHER]
    minh.send()
    lan.update()
    assert lan.files() == minh.files()


def test_the_same_story_edited_by_both_comes_together(editors):
    lan, minh = editors
    lan.edit(lan.story("con-chu"), "con-chu một.", "Của Lan.")
    minh.edit(minh.story("con-chu"), "con-chu ba.", "Của Minh.")
    minh.edit(minh.story("con-chu"), "tags: [x]", "tags: [y]")
    lan.send()
    minh.send()
    lan.update()
    text = lan.story("con-chu").read_text("utf-8")
    assert all(each in text for each in ("Của Lan.", "Của Minh.", "tags: [y]"))
    assert lan.files() == minh.files()


def test_an_unsent_edit_undoes_nothing_of_others_later(editors):
    """The newsroom moves on below an edit; it is compared with what it was made from."""
    lan, minh = editors
    minh.edit(minh.story("con-chu"), "con-chu ba.", "Của Minh.")
    minh.edit(minh.story("giot-mau"), "giot-mau một.", "Cũng của Minh.")
    lan.edit(lan.story("con-chu"), "con-chu một.", "Của Lan.")
    lan.send()
    minh.send(OTHER)
    assert "Của Lan." not in minh.story("con-chu").read_text("utf-8"), "an edit stays as it is"
    assert minh.update().kept == ()
    assert list(minh.changes()) == [STORY]
    assert minh.changes()[STORY].keys == ("body",)
    minh.git("gc", "--quiet", "--prune=now")
    minh.send(STORY)
    text = minh.story("con-chu").read_text("utf-8")
    assert "Của Lan." in text
    assert "Của Minh." in text


def test_what_both_changed_is_asked_and_nothing_is_written(editors):
    lan, minh = editors
    lan.edit(lan.story("con-chu"), "con-chu một.", "Của Lan.")
    minh.edit(minh.story("con-chu"), "con-chu một.", "Của Minh.")
    lan.send()
    before, far = minh.files(), git(lan.far, "rev-parse", "main")
    with pytest.raises(QuestionsError) as caught:
        minh.send()
    (question,) = caught.value.questions
    assert (question.about, question.clash.part) == (STORY, "body")
    assert b"Minh" in question.clash.mine
    assert b"Lan" in question.clash.theirs
    assert minh.files() == before
    assert git(lan.far, "rev-parse", "main") == far
    minh.send(choice="both")
    text = minh.story("con-chu").read_text("utf-8")
    assert "Của Lan.\n\nCủa Minh.\n" in text


def test_a_choice_holds_for_the_text_that_was_seen(editors):
    lan, minh = editors
    lan.edit(lan.story("con-chu"), "con-chu một.", "Của Lan.")
    minh.edit(minh.story("con-chu"), "con-chu một.", "Của Minh.")
    lan.send()
    with pytest.raises(QuestionsError) as caught:
        minh.send()
    choices = {each.clash.id: "mine" for each in caught.value.questions}
    lan.edit(lan.story("con-chu"), "Của Lan.", "Của Lan, bản hai.")
    lan.send()
    with pytest.raises(QuestionsError):
        sending.send(minh.root, [STORY], choices)


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_a_deleted_story_that_was_edited_elsewhere_is_asked(editors, choice):
    lan, minh = editors
    lan.edit(lan.story("con-chu"), "con-chu một.", "Của Lan.")
    lan.send()
    for path in (minh.story("con-chu"), minh.story("con-chu", "bia.jpg")):
        path.unlink()
    with pytest.raises(QuestionsError) as caught:
        minh.send()
    assert [each.clash.part for each in caught.value.questions] == ["story"]
    minh.send(choice=choice)
    lan.update()
    assert minh.story("con-chu").exists() == lan.story("con-chu").exists() == (choice == "theirs")
    assert minh.story("con-chu", "bia.jpg").exists() == (choice == "theirs")
    assert lan.files() == minh.files()


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_an_edited_story_that_was_deleted_elsewhere_is_asked(editors, choice):
    lan, minh = editors
    for path in (lan.story("con-chu"), lan.story("con-chu", "bia.jpg")):
        path.unlink()
    lan.send()
    minh.edit(minh.story("con-chu"), "con-chu một.", "Của Minh.")
    minh.update()
    assert minh.story("con-chu").exists(), "an edit is not thrown away"
    minh.send(choice=choice)
    lan.update()
    assert minh.story("con-chu").exists() == lan.story("con-chu").exists() == (choice == "mine")
    assert minh.story("con-chu", "bia.jpg").exists() == (choice == "mine")
    assert lan.files() == minh.files()


def test_two_new_stories_of_one_address_are_two(editors):
    lan, minh = editors
    for each, word in ((lan, "Lan"), (minh, "Minh")):
        each.story("moi").parent.mkdir()
        each.story("moi").write_text(write_story(f"Của {word}", "Chữ."), "utf-8")
        each.story("moi", "bia.jpg").write_bytes(word.encode())
    lan.send()
    assert minh.send().moved == {"2026/moi": "2026/moi-2"}
    lan.update()
    assert lan.files() == minh.files()
    assert "Của Lan" in lan.story("moi").read_text("utf-8")
    assert "Của Minh" in lan.story("moi-2").read_text("utf-8")
    assert lan.story("moi-2", "bia.jpg").read_bytes() == b"Minh"


def test_two_new_photos_of_one_name_are_two(editors):
    lan, minh = editors
    for each, word in ((lan, "Lan"), (minh, "Minh")):
        each.story("con-chu", "anh-1.jpg").write_bytes(word.encode())
        where = "con-chu một." if word == "Lan" else "con-chu ba."
        each.edit(each.story("con-chu"), where, f"{where}\n\n![](anh-1.jpg)")
    lan.send()
    minh.send()
    lan.update()
    assert lan.files() == minh.files()
    text = lan.story("con-chu").read_text("utf-8")
    assert "một.\n\n![](anh-1.jpg)" in text
    assert "ba.\n\n![](anh-2.jpg)" in text
    assert lan.story("con-chu", "anh-1.jpg").read_bytes() == b"Lan"
    assert lan.story("con-chu", "anh-2.jpg").read_bytes() == b"Minh"


def test_a_renamed_story_takes_edits_of_others_along(editors):
    lan, minh = editors
    lan.edit(lan.story("con-chu"), "con-chu ba.", "Của Lan.")
    lan.story("con-chu", "anh-1.jpg").write_bytes(b"moi")
    lan.send()
    minh.story("con-chu").parent.rename(minh.story("chu-moi").parent)
    minh.edit(minh.story("chu-moi"), "status", "aliases: [/2026/con-chu/]\nstatus")
    minh.edit(minh.register("addresses.txt"), "/con-chu/\n", "/con-chu/\n/2026/chu-moi/\n/khac/\n")
    minh.edit(minh.story("giot-mau"), "giot-mau hai.", "Xem [bài](/2026/chu-moi/).")
    (change, *_) = (each for each in minh.changes().values() if each.kind == "story" and each.old)
    assert (change.id, change.old, change.what) == ("2026/chu-moi", STORY, "renamed")
    assert change.beside == (OTHER,)
    assert change.along == {"stories/registers/addresses.txt": frozenset({"/2026/chu-moi/"})}
    minh.send("2026/chu-moi", OTHER)
    lan.update()
    assert not lan.story("con-chu").parent.exists()
    text = lan.story("chu-moi").read_text("utf-8")
    assert "Của Lan." in text
    assert lan.story("chu-moi", "anh-1.jpg").read_bytes() == b"moi"
    assert lan.register("addresses.txt").read_text("utf-8").endswith("/con-chu/\n/2026/chu-moi/\n")
    assert list(minh.changes()) == ["stories/registers/addresses.txt"]


def test_a_story_takes_the_registers_along_that_it_names(editors):
    lan, minh = editors
    lan.register("honorees/lo-van-mau.yml").write_text("kind: person\nname: Lò Văn Mẫu\n", "utf-8")
    lan.register("honorees/khac.yml").write_text("kind: person\nname: Khác\n", "utf-8")
    lan.edit(lan.register("authors.yml"), "ban-", "lan: {name: Lan}\nhoa: {name: Hoa}\nban-")
    more = "honorees:\n  - id: lo-van-mau\nauthors:\n  - {id: lan, did: text}\n"
    lan.story("moi").parent.mkdir()
    lan.story("moi").write_text(write_story("Mới", "Chữ.", more=more), "utf-8")
    minh.edit(minh.register("authors.yml"), "Ban Biên tập", "Ban Biên tập báo")
    minh.send()
    lan.send("2026/moi")
    assert set(lan.changes()) == {
        "stories/registers/authors.yml",
        "stories/registers/honorees/khac.yml",
    }
    assert lan.register("authors.yml").read_text("utf-8") == (
        "lan: {name: Lan}\nhoa: {name: Hoa}\nban-bien-tap: {name: Ban Biên tập báo}\n"
    )
    minh.update()
    assert minh.register("honorees/lo-van-mau.yml").is_file()
    assert not minh.register("honorees/khac.yml").exists()
    assert minh.register("authors.yml").read_text("utf-8") == (
        "lan: {name: Lan}\nban-bien-tap: {name: Ban Biên tập báo}\n"
    )


def test_who_is_offline_keeps_all(editors):
    lan, _ = editors
    lan.edit(lan.story("con-chu"), "con-chu một.", "Sửa.")
    before = lan.files()
    with lan.offline():
        assert refused(lan.send) == "offline"
        assert refused(lan.update) == "offline"
    log = (lan.root / sending.LOG).read_text("utf-8")
    assert "fetch" in log
    assert {path: each for path, each in lan.files().items() if ".cache" not in path} == before
    lan.send()
    assert lan.changes() == {}


def test_somebody_faster_is_no_obstacle(editors):
    lan, minh = editors
    minh.edit(minh.story("con-chu"), "con-chu một.", "Của Minh.")
    lan.edit(lan.story("con-chu"), "con-chu ba.", "Của Lan.")
    tries = []

    def be_faster():
        tries.append(len(tries))
        if len(tries) == 1:
            minh.send()

    lan.send(on_built=be_faster)
    assert len(tries) == 2
    minh.update()
    assert lan.files() == minh.files()
    assert "Của Lan." in minh.story("con-chu").read_text("utf-8")


def test_who_is_always_slower_is_told(editors, tmp_path):
    lan, minh = editors
    lan.edit(lan.story("con-chu"), "con-chu ba.", "Của Lan.")

    def be_faster():
        minh.edit(minh.story("giot-mau"), "giot-mau", "giot-mau giot-mau")
        minh.send()

    assert refused(lan.send, on_built=be_faster) == "busy"
    assert list(lan.changes()) == [STORY]


def test_a_file_typed_into_while_it_is_sent_stays(editors):
    lan, minh = editors
    lan.edit(lan.story("con-chu"), "con-chu một.", "Sửa.")
    minh.edit(minh.story("con-chu"), "con-chu ba.", "Của Minh.")
    minh.send()
    typed = lan.story("con-chu").read_text("utf-8").replace("Sửa.", "Sửa nữa.")
    lan.send(on_built=lambda: lan.story("con-chu").write_text(typed, "utf-8"))
    assert lan.story("con-chu").read_text("utf-8") == typed
    lan.send()
    text = lan.story("con-chu").read_text("utf-8")
    assert "Sửa nữa." in text
    assert "Của Minh." in text
    minh.update()
    assert minh.files() == lan.files()


@pytest.mark.parametrize("step", ["write_bases", "_write", "note_version", "update-ref"])
def test_an_interruption_loses_nothing(editors, monkeypatch, step):
    lan, minh = editors
    minh.edit(minh.story("giot-mau"), "giot-mau một.", "Của Minh.")
    minh.edit(minh.story("con-chu"), "con-chu ba.", "Cũng của Minh.")
    minh.send()
    lan.edit(lan.story("con-chu"), "con-chu một.", "Của Lan.")

    def fail(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        if step == "update-ref":
            run = Git.run
            patch.setattr(
                Git, "run", lambda self, *a, **k: fail() if "guongsang" in a else run(self, *a, **k)
            )
        else:
            patch.setattr(settle, step, fail)
        with pytest.raises(KeyboardInterrupt):
            lan.send()
    minh.update()
    minh.edit(minh.story("ban-thao"), "ban-thao một.", "Thêm.")
    minh.send()
    lan.update()
    minh.update()
    assert lan.files() == minh.files()
    assert "Của Lan." in minh.story("con-chu").read_text("utf-8")
    assert lan.changes() == {}
    assert lan.git("status", "--porcelain") == ""


def test_who_sends_is_asked_once(editors):
    lan, _ = editors
    lan.git("config", "--unset", "user.name")
    lan.git("config", "--unset", "user.email")
    lan.edit(lan.story("con-chu"), "con-chu một.", "Sửa.")
    assert not sending.is_introduced(lan.root)
    assert refused(lan.send) == "who"
    for name, mail in (("", "a@b.vn"), ("Lan", "khong"), ("La\nn", "a@b.vn"), ("<Lan>", "a@b.vn")):
        assert refused(sending.introduce, lan.root, name, mail) == "who-wrong"
    sending.introduce(lan.root, "Lò Thị Lan", "lan@guong.example")
    lan.send()
    assert git(lan.far, "log", "-1", "--format=%an <%ae>") == "Lò Thị Lan <lan@guong.example>\n"


def test_a_newsroom_inside_a_repository(tmp_path):
    lan, minh = make_editors(tmp_path, "toa-soan/bao")
    lan.edit(lan.story("con-chu"), "con-chu một.", "Sửa.")
    lan.story("moi").parent.mkdir()
    lan.story("moi").write_text(write_story("Mới", "Chữ."), "utf-8")
    minh.edit(minh.story("con-chu"), "con-chu ba.", "Của Minh.")
    (tmp_path / "lan/khac.txt").write_text("ngoài")
    assert set(lan.changes()) == {STORY, "2026/moi"}
    lan.send()
    minh.send()
    lan.update()
    assert lan.files() == minh.files()


def test_what_was_checked_in_by_hand_goes_along(editors):
    lan, minh = editors
    lan.edit(lan.story("con-chu"), "con-chu một.", "Bằng tay.")
    (lan.root / "README.md").write_text("Đọc.\n", "utf-8")
    lan.git("add", "--all")
    lan.git("commit", "--quiet", "--message", "Bằng tay")
    minh.edit(minh.story("con-chu"), "con-chu hai.", "Của Minh.")
    minh.edit(minh.story("giot-mau"), "giot-mau một.", "Cũng của Minh.")
    minh.send()
    lan.edit(lan.story("con-chu"), "con-chu ba.", "Chưa gửi.")
    lan.send()
    minh.update()
    assert lan.files() == minh.files()
    text = minh.story("con-chu").read_text("utf-8")
    assert all(each in text for each in ("Bằng tay.", "Của Minh.", "Chưa gửi."))


def test_what_both_checked_in_is_asked_even_by_an_update(editors):
    lan, minh = editors
    for each, word in ((lan, "Lan"), (minh, "Minh")):
        each.edit(each.story("con-chu"), "con-chu một.", word)
        each.git("commit", "--quiet", "--all", "--message", word)
    lan.git("push", "--quiet")
    with pytest.raises(QuestionsError):
        minh.update()
    minh.send(choice="theirs")
    assert "Lan" in minh.story("con-chu").read_text("utf-8")
    lan.update()
    assert lan.files() == minh.files()


def test_files_with_the_line_ends_of_windows(editors):
    lan, minh = editors
    minh.git("config", "core.autocrlf", "true")
    minh.edit(minh.story("con-chu"), "con-chu ba.", "Của Minh.")
    text = minh.story("con-chu").read_bytes().replace(b"\n", b"\r\n")
    minh.story("con-chu").write_bytes(text)
    lan.edit(lan.story("con-chu"), "con-chu một.", "Của Lan.")
    lan.send()
    minh.send()
    lan.update()
    assert b"\r" not in lan.story("con-chu").read_bytes()
    assert lan.files() == minh.files()


def test_sending_for_review(editors):
    lan, minh = editors
    lan.git("remote", "set-url", "--push", "origin", str(lan.far))
    lan.edit(lan.story("con-chu"), "con-chu một.", "Của Lan.")
    before = git(lan.far, "rev-parse", "main")
    sent = lan.send(for_review=True)
    assert sent.review == "2026-con-chu"
    assert git(lan.far, "rev-parse", "main") == before
    assert "Của Lan." in git(lan.far, "show", "gui/2026-con-chu:stories/2026/con-chu/index.md")
    assert review.find_waiting(sending.look(lan.root)) == {STORY}
    lan.edit(lan.story("con-chu"), "con-chu hai.", "Sửa thêm.")
    assert review.find_waiting(sending.look(lan.root)) == set()
    assert lan.send(for_review=True).review == "2026-con-chu", "the same proposal grows"
    minh.git("fetch", "--quiet")
    minh.git("merge", "--quiet", "--no-edit", "origin/gui/2026-con-chu")
    minh.edit(minh.story("con-chu"), "con-chu ba.", "Người duyệt sửa.")
    minh.edit(minh.story("con-chu"), "Của Lan.", "Của Lan, gọn hơn.")
    minh.send()
    lan.update()
    assert lan.files() == minh.files()
    assert lan.changes() == {}
    assert review.list_sent(sending.look(lan.root).repo) == {}


@pytest.mark.parametrize(
    ("url", "seed", "link"),
    [
        ("git@github.com:bao/guong.git", "", "https://github.com/bao/guong/compare/main...gui/x?expand=1"),
        ("https://u:p@github.com/bao/guong", "", "https://github.com/bao/guong/compare/main...gui/x?expand=1"),
        ("ssh://git@gitlab.com:22/bao/nhom/guong.git", "", "https://gitlab.com/bao/nhom/guong/-/merge_requests/new?merge_request%5Bsource_branch%5D=gui/x"),
        ("https://git.toasoan.example:8443/b/g.git", ".gitlab-ci.yml", "https://git.toasoan.example:8443/b/g/-/merge_requests/new?merge_request%5Bsource_branch%5D=gui/x"),
        ("git@git.toasoan.example:b/g.git", ".github", "https://git.toasoan.example/b/g/compare/main...gui/x?expand=1"),
        ("https://git.toasoan.example/b/g.git", "", None),
        ("/mnt/kho/chung.git", ".github", None),
        ("C:/kho/chung.git", ".github", None),
        ("javascript:alert(1)", "", None),
    ],
)  # fmt: skip
def test_where_a_proposal_is_made(editors, url, seed, link):
    lan, _ = editors
    lan.git("remote", "set-url", "origin", url)
    if seed:
        (lan.root / seed).write_text("")
    found = review.make_link(sending.look(lan.root).repo, "x")
    assert found == link


@UNIX
def test_states_in_which_nothing_is_sent(editors, tmp_path, monkeypatch):
    lan, _ = editors
    lan.edit(lan.story("con-chu"), "con-chu một.", "Sửa.")
    lan.git("checkout", "--quiet", "--detach")
    assert refused(lan.send) == "detached"
    lan.git("checkout", "--quiet", "main")
    (lan.root / ".git/MERGE_HEAD").write_text("x")
    assert refused(lan.send) == "unfinished"
    (lan.root / ".git/MERGE_HEAD").unlink()
    link = lan.story("con-chu", "lien-ket.jpg")
    link.symlink_to("/etc/hosts")
    assert refused(lan.send) == "link"
    link.unlink()
    hook = lan.far / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    assert refused(lan.send) == "not-allowed"
    hook.unlink()
    lan.git("remote", "remove", "origin")
    assert refused(lan.send) == "no-remote"
    alone = tmp_path / "rieng"
    alone.mkdir()
    assert refused(sending.look, alone) == "no-repo"
    monkeypatch.setenv("PATH", str(alone))
    assert refused(sending.look, lan.root) == "no-git"


@UNIX
def test_a_git_that_is_too_old_is_told(editors, tmp_path, monkeypatch):
    lan, _ = editors
    old = tmp_path / "cu"
    old.mkdir()
    (old / "git").write_text("#!/bin/sh\necho git version 2.37.1\n")
    (old / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{old}:/usr/bin:/bin")
    with pytest.raises(NoGitError):
        Git(lan.root).check_version()
    assert refused(lan.send, STORY) == "old-git"


@UNIX
def test_a_git_that_waits_is_ended_with_what_it_started(editors, tmp_path, monkeypatch):
    """Neither a password nor a slow server keeps anybody waiting for ever."""
    lan, _ = editors
    ssh = tmp_path / "ssh"
    ssh.write_text(f"#!/bin/sh\nsleep 600 & echo $! > {tmp_path}/pid\nwait\n")
    ssh.chmod(0o755)
    monkeypatch.setenv("GIT_SSH_COMMAND", str(ssh))
    lan.git("remote", "set-url", "origin", "ssh://git@khong.example/x.git")
    assert refused(sending.update, lan.root, git=Git(lan.root, 1)) == "offline"
    pid = (tmp_path / "pid").read_text().strip()
    status = Path(f"/proc/{pid}/status")
    assert not status.exists() or "zombie" in status.read_text()


@UNIX
def test_a_password_is_never_asked_for(editors, tmp_path, monkeypatch):
    lan, _ = editors
    asked = tmp_path / "asked"
    helper = tmp_path / "ask"
    helper.write_text(f"#!/bin/sh\necho $1 >> {asked}\nsleep 600\n")
    helper.chmod(0o755)
    for name in ("GIT_ASKPASS", "SSH_ASKPASS"):
        monkeypatch.setenv(name, str(helper))
    lan.git("config", "core.askPass", str(helper))
    told = Git(lan.root, 20)
    with pytest.raises(Exception, match=r"terminal prompts disabled|could not read"):
        told.run("credential", "fill", given=b"protocol=https\nhost=khong.example\n\n")
    assert not asked.exists()


def test_secrets_of_an_address_stay_out_of_the_log(editors):
    lan, _ = editors
    lan.git("remote", "set-url", "origin", "http://lan:mat-khau@127.0.0.1:1/x.git")
    assert refused(lan.update) == "offline"
    log = (lan.root / sending.LOG).read_text("utf-8")
    assert "mat-khau" not in log


def test_no_text_speaks_of_git_s_own_matters():
    for texts in REASONS.values():
        assert set(texts) == {"vi", "en"}
        for text in texts.values():
            assert not re.search(r"commit|push|rebase|merge|stash|HEAD|branch|conflict", text)


def test_files_that_editors_do_not_write_are_left_alone(editors):
    """Neither taken along, nor read by the thousand, nor overwritten by what others did to them."""
    lan, minh = editors
    (lan.root / ".gitignore").unlink()
    (lan.root / ".cache").mkdir()
    (lan.root / ".cache/rat-lon").write_bytes(b"x" * 1000)
    (minh.root / "README.md").write_text("Của Minh.\n", "utf-8")
    minh.git("add", "--all")
    minh.git("commit", "--quiet", "--message", "Đọc")
    minh.git("push", "--quiet")
    (lan.root / "README.md").write_text("Của Lan, chưa đưa vào.\n", "utf-8")
    lan.edit(lan.story("con-chu"), "con-chu một.", "Sửa.")
    lan.send()
    assert (lan.root / "README.md").read_text("utf-8") == "Của Lan, chưa đưa vào.\n"
    assert not (lan.root / ".gitignore").exists()
    there = git(lan.far, "ls-tree", "-r", "--name-only", "main").split()
    assert ".gitignore" in there
    assert ".cache/rat-lon" not in there
    assert git(lan.far, "show", "main:README.md") == "Của Minh.\n"
