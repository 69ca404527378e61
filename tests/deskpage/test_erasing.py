"""A story is erased on the desk page: what would go is shown, then its address has to be typed."""

from __future__ import annotations

import json
import threading
import time

import pytest
from tests.conftest import digests

from guongsang.publish.lock import BuildLock, ServeLock
from guongsang.registers.paths import LEDGER

STORY = "2025/nguoi-giu-lua"
SLUG = "nguoi-giu-lua"
TAB = "0a1b2c3d-1111-2222-3333-444455556666"
# Pages by hand and the guide say the same in every newsroom.
GONE = (SLUG.encode(), "Người giữ lửa".encode(), "bếp lửa".encode())


def written(desk):
    """Return every file of the newsroom but the cache, which a plan may fill."""
    root = desk.newsroom.root
    return {name: digest for name, digest in digests(root).items() if not name.startswith(".cache")}


def erase(desk, told, story=STORY):
    reply = desk.ask("POST", "erase.json", told, story=story)
    return int(reply.status), json.loads(reply.content)


def holds(folder):
    """Return the files below a folder that still tell of the story."""
    return [
        path
        for path in folder.rglob("*")
        if "huong-dan" not in path.as_posix()
        and (
            SLUG in path.name
            or (path.is_file() and any(words in path.read_bytes() for words in GONE))
        )
    ]


def test_what_would_go_is_shown_and_nothing_is_done(desk):
    before = written(desk)
    told = desk.get("erase.json", story=STORY)
    assert told["slug"] == SLUG
    assert f"stories/{STORY}" in told["report"] and "git filter-repo" in told["report"]
    assert "chưa làm gì" in told["report"]
    assert written(desk) == before


@pytest.mark.parametrize("typed", [None, "", "nguoi-giu-lu", "Nguoi-giu-lua", "con-chu", 5])
def test_only_who_types_the_address_erases(desk, typed):
    before = written(desk)
    status, told = erase(desk, {"slug": typed})
    assert (status, SLUG in told["text"]) == (422, True)
    assert written(desk) == before


def test_nothing_is_left_of_it_and_the_preview_is_whole_again(desk):
    preview = desk.newsroom.cache / "guongsang/preview"
    desk.post("keep.json", {"changes": {"title": "Lửa"}, "body": None, "tab": TAB}, story=STORY)
    assert holds(preview) and STORY in desk.rows()
    status, told = erase(desk, {"slug": SLUG})
    assert status == 200 and "đã xóa" in told["report"]
    assert not (desk.newsroom.root / f"stories/{STORY}").exists()
    assert "# erased: " in (desk.newsroom.root / LEDGER).read_text("utf-8")
    left = [path.name for path in holds(desk.newsroom.cache)]
    assert [name for name in left if not name.startswith("published-")] == []
    assert int(desk.ask("GET", "story.json", story=STORY).status) == 404
    assert STORY in desk.rows(), "what is known stays until the build that follows"
    desk.build()
    assert STORY not in desk.rows() and "2026/con-chu" in desk.rows()
    assert (preview / "2026/con-chu/index.html").is_file()
    assert holds(desk.newsroom.cache) == []
    after = digests(preview)
    desk.newsroom.run("build")  # nothing of another view is disturbed by what was deleted
    (desk.newsroom.cache / "guongsang/state.db").unlink()
    desk.build()
    assert digests(preview) == after


def test_a_page_that_was_tried_goes_too(desk):
    def is_held(page):
        url, _, question = page.lstrip("/").partition("?")
        return desk.page.trials.find_page(url, question) is not None

    told = {"changes": {"title": "Người giữ lửa, bản thử"}, "body": None}
    tried = [desk.post("try.json", told, story=story)["page"] for story in (STORY, "2026/con-chu")]
    assert list(map(is_held, tried)) == [True, True]
    assert erase(desk, {"slug": SLUG})[0] == 200
    assert list(map(is_held, tried)) == [False, True]


def test_a_build_is_waited_for(desk):
    lock = BuildLock(desk.newsroom.cache / "guongsang")
    lock.acquire(on_wait=lambda _: None)
    page = desk.newsroom.cache / f"guongsang/preview/{STORY}/index.html"
    answers = []
    waiting = threading.Thread(target=lambda: answers.append(erase(desk, {"slug": SLUG})))
    waiting.start()
    time.sleep(0.5)
    assert answers == [] and page.is_file(), "the builder is still at it"
    lock.release()
    waiting.join()
    assert answers[0][0] == 200 and not page.exists()


def test_what_is_in_the_way_is_told_with_its_place(desk):
    withdrawn = "consent: {basis: consent, record: P-9, date: 2025-01-01, withdrawn: 2026-06-01}"
    person = f"honorees:\n  - name: Vũ Thị Lụa\n    kind: person\n    {withdrawn}\n"
    desk.newsroom.edit(SLUG, "honorees:\n", person)
    desk.newsroom.edit("con-chu", "Kết bài", "Bà Vũ Thị Lụa kể. Kết bài")
    before = written(desk)
    told = desk.get("erase.json", story=STORY)
    assert "report" not in told
    assert [each["story"] for each in told["left"]] == ["2026/con-chu"]
    assert told["left"][0]["line"] > 1 and told["left"][0]["message"]
    assert erase(desk, {"slug": SLUG})[0] == 409
    assert written(desk) == before


def test_settings_that_cannot_be_used_are_told(desk):
    (desk.newsroom.root / "mkdocs.yml").write_text("site_name: [", "utf-8")
    reply = desk.ask("GET", "erase.json", story=STORY)
    assert int(reply.status) == 422
    assert "mkdocs.yml" in json.loads(reply.content)["text"]


def test_other_commands_still_find_the_preview_that_runs(desk):
    cache_dir = desk.newsroom.cache / "guongsang"
    running = ServeLock(cache_dir)
    running.hold("http://127.0.0.1:8000/")
    try:
        assert erase(desk, {"slug": SLUG})[0] == 200
        assert ServeLock(cache_dir).find() == "http://127.0.0.1:8000/"
    finally:
        running.release()
