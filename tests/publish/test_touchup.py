"""A build of a few edited texts goes without MkDocs, and ends as a clean build does."""

from __future__ import annotations

import shutil
import time

import pytest
from tests.conftest import NOW, lend


@pytest.fixture
def desk(published, touched):
    """A newsroom that has been built, so that every shell is known."""
    return ready(published, touched)


def ready(newsroom, touched):
    """Let a lent newsroom know again what was put back."""
    settle()
    newsroom.build()
    touched.clear()
    return newsroom


def settle():
    time.sleep(0.02)


def add_text(newsroom, slug, text):
    with newsroom.path(slug).open("a", encoding="utf-8") as file:
        file.write(f"\n{text}\n")
    settle()


def test_an_edited_text(desk, touched):
    for text in ("Bà con kể thêm.", "Rồi kể thêm nữa."):
        add_text(desk, "con-chu", text)
        desk.build()
        assert text in (desk.site / "2026/con-chu/index.html").read_text("utf-8")
    assert len(touched) == 2
    assert desk.bytes() == desk.clean_bytes()
    assert desk.build().out.startswith("Không có gì thay đổi")


def test_an_edited_caption_shows_wherever_it_is_shown(desk, touched):
    desk.edit("con-chu", "caption: Một buổi học.", "caption: Một buổi học đông.")
    desk.edit("con-chu", "alt: Trường trên núi", "alt: Trường trên núi cao")
    settle()
    desk.build()
    assert len(touched) == 1
    assert desk.bytes() == desk.clean_bytes()


def test_several_stories_and_links_among_them(desk, touched):
    add_text(desk, "nguoi-giu-lua", "Xem [chuyện con chữ](../../2026/con-chu/index.md#phan-cuoi).")
    add_text(desk, "mot-giot-mau", "Kể thêm.")
    desk.build()
    assert len(touched) == 1
    assert desk.bytes() == desk.clean_bytes()
    # The heading that the link leads to is now asked for by another story.
    desk.edit("con-chu", "## Phần cuối", "## Phần kết")
    settle()
    ran = desk.run("build")
    assert ran.code == 1
    assert "nguoi-giu-lua" in ran.err
    assert len(touched) == 1


def test_a_check_before_the_build_changes_nothing(desk, touched):
    add_text(desk, "con-chu", "Bà con kể thêm.")
    assert desk.run("check").code == 0
    desk.build()
    assert len(touched) == 1
    assert desk.bytes() == desk.clean_bytes()


def copy_story(desk, slug, new, *edits):
    """Write a new story like another one."""
    folder = desk.path(slug).parent
    shutil.copytree(folder, folder.with_name(new))
    for old, text in edits:
        desk.edit(new, old, text)


def add_story(desk):
    copy_story(
        desk,
        "con-chu",
        "con-chu-hai",
        ("title: Con chữ", "title: Con chữ xuống núi"),
        ("part: 1", "part: 7"),
        ("](#phan-cuoi)", "](../con-chu/index.md#phan-cuoi)"),
    )


def take_away(desk):
    """Take away a story that has just been added: nobody leads to it."""
    add_story(desk)
    settle()
    desk.build()
    shutil.rmtree(desk.path("con-chu-hai").parent)


def rename(desk):
    add_story(desk)
    settle()
    desk.build()
    folder = desk.path("con-chu-hai").parent
    folder.rename(folder.with_name("con-chu-moi"))


@pytest.fixture(scope="module")
def _shelled(built, tmp_path_factory):
    def prepare(made):
        made.build()
        add_story(made)
        made.build()
        shutil.rmtree(made.path("con-chu-hai").parent)
        made.build()

    return lend(built, tmp_path_factory.mktemp("shelled"), prepare)


@pytest.fixture
def shelled(_shelled, touched):
    """The same, and a story has been there that had new kinds of pages around it."""
    return ready(_shelled.borrow(), touched)


LISTS = {
    "title": lambda desk: desk.edit("con-chu", "title: Con chữ", "title: Chữ"),
    "tags": lambda desk: desk.edit("con-chu", "tags: [xóa mù chữ]", "tags: [lớp học]"),
    "summary": lambda desk: desk.edit("con-chu", "summary: ", "summary: Chuyện rằng "),
    "date": lambda desk: desk.edit("con-chu", "date: 2026-05-19", "date: 2026-04-30"),
    "place": lambda desk: desk.edit("con-chu", "  - unit: mu-ca\n", ""),
    "deed": lambda desk: desk.edit("con-chu", "deeds: [xoa-mu-chu]\n", ""),
    "correction": lambda desk: desk.edit("con-chu", "now: 21 hộ", "now: 22 hộ"),
    "cover": lambda desk: desk.edit("con-chu", "focus: [0.5, 0.35]", "focus: [0.2, 0.9]"),
    "photo": lambda desk: (
        desk.edit("con-chu", '  - src: them.jpg\n    alt: ""\n', "")
        or (desk.path("con-chu").parent / "them.jpg").unlink()
    ),
    "added": add_story,
    "taken away": take_away,
    "renamed": rename,
}


# One of each kind: keys of lists, their order, pictures, stories that come and go.
QUICK_LISTS = ("tags", "date", "photo", "renamed")


def test_a_story_of_another_column_is_related(shelled, touched):
    """Whose page shows it has neither a new neighbour nor another list."""
    before = len(touched)
    copy_story(
        shelled,
        "con-chu",
        "con-chu-ba",
        ("title: Con chữ", "title: Con chữ xuống núi"),
        ("column: ban-muong", "column: viec-tot"),
        ("](#phan-cuoi)", "](../con-chu/index.md#phan-cuoi)"),
        ("series: {id: len-lop, part: 1}\n", ""),
    )
    settle()
    shelled.build()
    assert len(touched) == before + 1
    assert "con-chu-ba" in (shelled.site / "2026/con-chu/index.html").read_text("utf-8")
    assert shelled.bytes() == shelled.clean_bytes()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(c, id=n, marks=() if n in QUICK_LISTS else pytest.mark.long)
        for n, c in LISTS.items()
    ],
)
def test_what_lists_tell_has_changed(shelled, touched, change):
    desk = shelled
    change(desk)
    settle()
    before = len(touched)
    desk.build()
    assert len(touched) == before + 1
    assert desk.bytes() == desk.clean_bytes()
    # What has been kept is good for another one, and for the whole build.
    add_text(desk, "con-chu", "Bà con kể thêm.")
    desk.build()
    assert len(touched) == before + 2
    desk.edit("stories/registers/authors.yml", "name:", "name: Bà")
    settle()
    desk.build()
    assert len(touched) == before + 3
    assert desk.bytes() == desk.clean_bytes()


def test_the_last_story_of_a_list_and_the_first_one_again(shelled, touched):
    """A list without stories is not for search engines; its page stays for readers."""

    def is_told():
        page = (shelled.site / "linh-vuc/y-te/index.html").read_text("utf-8")
        listed = "/linh-vuc/y-te/" in (shelled.site / "sitemap.xml").read_text("utf-8")
        assert ('content="noindex"' in page) is not listed
        return listed

    assert is_told()
    for before, after in (("y-te, giao-duc", "giao-duc"), ("giao-duc", "giao-duc, y-te")):
        shelled.edit("mot-giot-mau", f"fields: [{before}]", f"fields: [{after}]")
        settle()
        shelled.build()
        assert is_told() is ("y-te" in after)
        assert shelled.bytes() == shelled.clean_bytes()


def test_the_first_news_of_a_day(shelled, touched):
    news = shelled.site / "sitemap-tin-moi.xml"
    assert not news.exists()
    shelled.edit("mot-giot-mau", "date: 2026-", "publish_at: 2026-06-30 06:30\ndate: 2026-")
    settle()
    shelled.build()
    assert "mot-giot-mau" in news.read_text("utf-8")
    assert "tin-moi" in (shelled.site / "robots.txt").read_text("utf-8")
    assert shelled.bytes() == shelled.clean_bytes()


def test_one_after_the_other(shelled, touched):
    desk, before = shelled, len(touched)
    add_story(desk)
    settle()
    desk.build()
    desk.edit("con-chu-hai", "date: 2026-05-19", "date: 2026-05-20")
    settle()
    desk.build()
    desk.edit("con-chu-hai", "title: Con chữ xuống núi", "title: Đường về")
    desk.edit("con-chu-hai", "status: ready", "status: draft")
    settle()
    desk.build()
    assert desk.bytes() == desk.clean_bytes()
    desk.edit("con-chu-hai", "status: draft", "status: ready")
    settle()
    desk.build()
    assert len(touched) == before + 4
    assert desk.bytes() == desk.clean_bytes()


def test_a_damaged_journal_hides_no_file(shelled, touched):
    """Files that only the journal tells of are found in the site, and removed."""
    add_story(shelled)
    settle()
    shelled.build()
    (journal,) = shelled.cache.glob("guongsang/published-*.journal")
    journal.write_bytes(journal.read_bytes()[:-9])
    shutil.rmtree(shelled.path("con-chu-hai").parent)
    settle()
    shelled.build()
    assert not (shelled.site / "2026/con-chu-hai").exists()
    assert shelled.bytes() == shelled.clean_bytes()
    assert not journal.exists()


def test_a_story_that_is_due_later_is_not_forgotten(shelled, touched):
    desk, before = shelled, len(touched)
    add_story(desk)
    desk.edit("con-chu-hai", "status: ready", "publish_at: 2026-07-01 09:00\nstatus: ready")
    settle()
    desk.build()
    assert len(touched) == before
    assert not (desk.site / "2026/con-chu-hai").exists()
    later = str(int(NOW) + 2 * 3600)
    desk.build(now=later)
    assert (desk.site / "2026/con-chu-hai/index.html").is_file()
    assert desk.bytes() == desk.clean_bytes(now=later)


def retract(desk):
    desk.edit(
        "mot-giot-mau",
        "status: ready",
        "status: retracted\nretracted: {date: 2026-06-20, reason: Theo yêu cầu}",
    )


QUICK = {
    "retracted": retract,
    "alias": lambda desk: desk.edit(
        "mot-giot-mau", "status: ready", "status: ready\naliases: [/cu/giot-mau/]"
    ),
    "register": lambda desk: desk.edit("stories/registers/authors.yml", "name:", "name: Bà"),
    "altered": lambda desk: (desk.site / "index.html").write_text("x"),
}


@pytest.mark.parametrize("change", QUICK.values(), ids=QUICK.keys())
def test_no_edit_of_content_starts_mkdocs(desk, touched, change):
    change(desk)
    settle()
    desk.build()
    assert len(touched) == 1
    assert desk.bytes() == desk.clean_bytes()


WHOLE = {
    "in error": lambda desk: desk.edit("mot-giot-mau", "status: ready", "status: retracted"),
    "guide": lambda desk: desk.edit("docs/gioi-thieu.md", "# ", "# Lời "),
    "newsroom": lambda desk: desk.edit("stories/registers/newsroom.yml", "name:", "name: Bà"),
    "lost": lambda desk: (desk.cache / "guongsang/state.db").unlink(),
}


@pytest.mark.parametrize("change", WHOLE.values(), ids=WHOLE.keys())
def test_whatever_else_has_changed_is_built_whole(desk, touched, change):
    add_text(desk, "mot-giot-mau", "Kể thêm.")
    change(desk)
    settle()
    ran = desk.run("build")
    assert not touched
    if ran.code == 0:
        assert desk.bytes() == desk.clean_bytes()


def test_warnings_are_told_as_they_are_now(desk, touched):
    add_text(desk, "con-chu", "Gọi số 0912 345 678 để hỏi.")
    first = desk.build()
    assert "con-chu" in first.err
    assert desk.build().err == first.err
    add_text(desk, "mot-giot-mau", "Kể thêm.")
    assert desk.build().err == first.err
    add_text(desk, "con-chu", "Kể thêm.")
    before = desk.bytes()
    assert desk.run("build", "--strict").code == 1
    assert desk.bytes() == before
    assert desk.build().err == first.err
    desk.edit("con-chu", "Gọi số 0912 345 678 để hỏi.", "Gọi tòa soạn để hỏi.")
    settle()
    assert desk.build().err == ""
    assert len(touched) == 4
    assert desk.bytes() == desk.clean_bytes()


def test_an_error_is_refused(desk, touched):
    before = desk.bytes()
    add_text(desk, "con-chu", "![](khong-co.jpg)")
    ran = desk.run("build")
    assert ran.code == 1
    assert "khong-co.jpg" in ran.err
    assert not touched
    assert desk.bytes() == before


def test_search_finds_the_new_text(desk, touched):
    before = set(desk.bytes())
    add_text(desk, "nguoi-giu-lua", "Ngọn lửa phùn phụt giữa đêm sương.")
    desk.build()
    assert len(touched) == 1
    assert set(desk.bytes()) != before
    assert desk.bytes() == desk.clean_bytes()
