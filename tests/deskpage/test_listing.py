"""The list of all stories tells what the newest preview knows."""

from __future__ import annotations

import subprocess

from guongsang.state.store import Store


def git(root, *arguments):
    names = ("-c", "user.name=Lan", "-c", "user.email=lan@guong.example")
    subprocess.run(["git", "-C", root, *names, *arguments], check=True, capture_output=True)


def test_every_story_has_a_row(desk):
    rows = desk.rows()
    assert {address: row["state"] for address, row in rows.items()} == {
        "2025/nguoi-giu-lua": "published",
        "2026/ban-thao": "draft",
        "2026/con-chu": "published",
        "2026/hen-gio": "scheduled",
        "2026/mot-giot-mau": "published",
        "2026/ten-phai-mat": "retracted",
    }
    row = rows["2026/con-chu"]
    assert row["title"] == "Con chữ lên Mù Cả"
    assert row["names"], "who it is about can be looked for"
    assert row["photo"] == "bia.jpg"
    assert desk.get("stories.json")["columns"][row["column"]] == "Gương sáng bản Mường"


def test_a_story_with_problems_counts_them(desk):
    desk.newsroom.edit("con-chu", "column: ban-muong", "column: khong-co")
    desk.build()
    assert desk.rows()["2026/con-chu"]["errors"] == 1
    assert desk.rows()["2026/mot-giot-mau"]["errors"] == 0


def test_a_draft_that_is_not_whole_has_its_row(desk):
    desk.newsroom.edit("ban-thao", "column: ban-muong\n", "")
    desk.build()
    row = desk.rows()["2026/ban-thao"]
    assert row["state"] == "draft"
    assert row["title"] == "Bản thảo chưa đăng"
    assert row["warnings"] > 0
    assert row["at"] > 1_700_000_000


def test_a_story_that_cannot_be_read_at_all_has_its_row(desk):
    desk.newsroom.path("con-chu").write_text("không có phần đầu\n", "utf-8")
    desk.build()
    row = desk.rows()["2026/con-chu"]
    assert (row["state"], row["title"]) == ("broken", "con-chu")
    assert row["errors"] == 1


def test_a_story_that_is_gone_has_none(desk):
    desk.newsroom.path("ban-thao").unlink()
    desk.build()
    assert "2026/ban-thao" not in desk.rows()


def test_a_change_is_in_the_list_of_the_next_build(desk):
    assert desk.rows()["2026/con-chu"]["title"] == "Con chữ lên Mù Cả"
    desk.newsroom.edit("con-chu", "title: Con chữ lên Mù Cả", "title: Con chữ về bản")
    desk.build()
    assert desk.rows()["2026/con-chu"]["title"] == "Con chữ về bản"


def test_without_git_nothing_is_called_unsent(desk):
    assert desk.get("stories.json")["hasGit"] is False
    assert not any(row["unsent"] for row in desk.rows().values())


def test_what_differs_from_gits_last_version_is_unsent(desk):
    root = desk.newsroom.root
    git(root, "init", "-q")
    git(root, "add", "stories", "mkdocs.yml", "docs")
    git(root, "commit", "-qm", "Bản đầu")
    assert not any(row["unsent"] for row in desk.rows().values())
    desk.newsroom.edit("con-chu", "title: Con chữ lên Mù Cả", "title: Con chữ về bản")
    (root / "stories/2026/mot-giot-mau/moi.jpg").write_bytes(b"x")
    desk.build()
    unsent = {address for address, row in desk.rows().items() if row["unsent"]}
    assert unsent == {"2026/con-chu", "2026/mot-giot-mau"}
    git(root, "commit", "-qam", "Sửa tên bài")
    unsent = {address for address, row in desk.rows().items() if row["unsent"]}
    assert unsent == {"2026/mot-giot-mau"}


def test_a_newsroom_inside_a_repository_is_asked_about_its_own_stories(desk):
    root = desk.newsroom.root
    git(root.parent, "init", "-q")
    git(root.parent, "add", f"{root.name}/stories")
    git(root.parent, "commit", "-qm", "Bản đầu")
    desk.newsroom.edit("con-chu", "title: Con chữ lên Mù Cả", "title: Con chữ về bản")
    desk.build()
    assert {address for address, row in desk.rows().items() if row["unsent"]} == {"2026/con-chu"}


def test_the_list_is_looked_up_again_when_a_story_is_due_and_not_before(desk, monkeypatch):
    overview, looks = desk.page.listing.overview, []
    refresh = overview.refresh
    monkeypatch.setattr(overview, "refresh", lambda: (looks.append(1), refresh())[1])
    assert desk.rows()["2026/hen-gio"]["state"] == "scheduled"
    due = desk.rows()["2026/hen-gio"]["at"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(due - 1))
    assert desk.rows()["2026/hen-gio"]["state"] == "scheduled"
    assert len(looks) == 1
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(due))
    assert desk.rows()["2026/hen-gio"]["state"] == "published"
    desk.rows()
    assert len(looks) == 2


def test_what_the_page_asks_for_first_is_named_in_its_head(desk):
    """Then it is on its way while the modules are."""
    early = 'rel="preload" href="{}" as="fetch" crossorigin'
    page = desk.ask("GET", "").content.decode()
    assert early.format("stories.json") in page
    page = desk.ask("GET", "", bai="2026/con-chu").content.decode()
    assert early.format("stories.json") not in page
    assert early.format("texts.json") in page


def test_only_what_may_differ_is_read_again(desk, monkeypatch):
    rows_of, read = Store.rows_of, []
    monkeypatch.setattr(Store, "rows_of", lambda *of: (read.append(1), rows_of(*of))[1])
    overview = desk.page.listing.overview
    assert overview.refresh()
    assert len(read) > 10
    read.clear()
    assert overview.refresh()
    assert read == []
    desk.newsroom.edit("con-chu", "title: Con chữ lên Mù Cả", "title: Con chữ về bản")
    desk.build()
    read.clear()
    assert overview.refresh()
    assert overview.stories["stories/2026/con-chu/index.md"].title == "Con chữ về bản"
    assert len(read) == 4  # heads, front matter, briefs, and what cannot be read
    desk.newsroom.edit("stories/registers/columns.yml", "Gương sáng bản Mường", "Gương bản")
    desk.build()
    assert overview.refresh()
    assert overview.registers.columns["ban-muong"].name == "Gương bản"
