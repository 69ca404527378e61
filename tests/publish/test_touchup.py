"""A build of a few edited texts goes without MkDocs, and ends as a clean build does."""

from __future__ import annotations

import time

import pytest


@pytest.fixture
def desk(newsroom, touched):
    """A newsroom that has been built, twice so that every shell is known."""
    settle()
    newsroom.build()
    assert not touched
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


WHOLE = {
    "title": lambda desk: desk.edit("con-chu", "title: Con chữ", "title: Chữ"),
    "tags": lambda desk: desk.edit("con-chu", "tags: [xóa mù chữ]", "tags: [lớp học]"),
    "corrections": lambda desk: desk.edit("mot-giot-mau", "status: ready", "status: draft"),
    "photo": lambda desk: (desk.path("con-chu").parent / "lop-hoc.jpg").unlink(),
    "register": lambda desk: desk.edit("stories/registers/authors.yml", "name:", "name: Bà"),
    "guide": lambda desk: desk.edit("docs/gioi-thieu.md", "# ", "# Lời "),
    "altered": lambda desk: (desk.site / "index.html").write_text("x"),
    "stories lost": lambda desk: (desk.cache / "guongsang/stories.bin").unlink(),
    "shells lost": lambda desk: (desk.cache / "guongsang/shells.bin").unlink(),
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
