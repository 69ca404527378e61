"""Who may be named nowhere is looked for outside stories, too: registers, pages, settings."""

from __future__ import annotations

import re

import pytest

PROFILE = """kind: person
name: Vừ Thị Sáo
born: 1980
consent:
  basis: consent
  record: PĐY-2026-077
  date: 2026-01-05
  scope: [name, photo]
  withdrawn: 2026-06-20
"""


@pytest.fixture
def withdrawn(newsroom):
    path = newsroom.root / "stories/registers/honorees/vu-thi-sao.yml"
    path.write_text(PROFILE, "utf-8")
    return newsroom


def add(newsroom, name, text):
    with (newsroom.root / name).open("a", encoding="utf-8") as file:
        file.write(text)


PLACES = {
    "page": ("docs/gioi-thieu.md", "\n\nCảm ơn bà Vừ Thị Sáo.\n"),
    "page, as readers see it": ("docs/gioi-thieu.md", "\n\nBà Vừ&nbsp;**Thị**&nbsp;Sáo.\n"),
    "title of a page": ("docs/moi.md", "# Bà vu thi sao\n\nGóp ý.\n"),
    "description of a column": (
        "stories/registers/columns.yml",
        "moi: {name: Mới, description: Chuyện bà Vừ Thị Sáo.}\n",
    ),
    "settings": ("mkdocs.yml", "\nsite_description: Bà Vừ Thị Sáo và các bạn\n"),
}


@pytest.mark.parametrize(("name", "text"), PLACES.values(), ids=PLACES)
def test_a_withdrawn_name_outside_stories_is_an_error(withdrawn, name, text):
    if name == "mkdocs.yml":
        settings = (withdrawn.root / name).read_text("utf-8")
        (withdrawn.root / name).write_text(re.sub("(?m)^site_description.*\n", "", settings))
    add(withdrawn, name, text)
    for command in ("check", "build"):
        ran = withdrawn.run(command)
        found = re.findall(r"^(\S+):[0-9]+:[0-9]+: lỗi GS514", ran.err + ran.out, re.M)
        assert (ran.code, found) == (1, [name])
    assert not withdrawn.site.exists()


def test_a_namesake_among_authors_is_a_warning(withdrawn):
    add(withdrawn, "stories/registers/authors.yml", "sao: {name: Vừ Thị Sáo}\n")
    ran = withdrawn.run("check")
    assert ran.code == 0
    assert "authors.yml:" in ran.out + ran.err and "cảnh báo GS514" in ran.out + ran.err


def test_other_names_and_the_profile_itself_are_quiet(withdrawn):
    add(withdrawn, "docs/gioi-thieu.md", "\n\nBà Vừ Thị Sáng, xã Sáo, ông Vừ Thị.\n")
    ran = withdrawn.run("check")
    assert (ran.code, "GS514" in ran.out + ran.err) == (0, False)


INLINE = """honorees:
  - name: Vừ Thị Sáo
    kind: person
    consent:
      basis: public_event
      note: Được khen công khai.
      withdrawn: 2026-06-20
"""


def test_a_story_that_alone_knows_a_name_is_not_erased_before_the_others_are_mended(newsroom):
    text = newsroom.path("nguoi-giu-lua").read_text("utf-8")
    before, _, rest = text.partition("honorees:\n")
    newsroom.path("nguoi-giu-lua").write_text(
        before + INLINE + re.sub(r"(?s)\A.*?(?=^\w)", "", rest, flags=re.M), "utf-8"
    )
    newsroom.edit("con-chu", "Kết bài", "Bà Vừ Thị Sáo kể. Kết bài")
    add(newsroom, "docs/gioi-thieu.md", "\n\nCảm ơn bà Vừ Thị Sáo.\n")
    ran = newsroom.run("erase", "nguoi-giu-lua")
    assert ran.code == 1
    assert re.findall(r"^(\S+?):[0-9]+:[0-9]+: lỗi GS522", ran.err, re.M) == [
        "docs/gioi-thieu.md",
        "stories/2026/con-chu/index.md",
    ]
    assert "còn 2 chỗ, trong 1 bài" in ran.err
    newsroom.edit("con-chu", "Bà Vừ Thị Sáo kể. ", "")
    newsroom.edit("docs/gioi-thieu.md", "Cảm ơn bà Vừ Thị Sáo.", "Cảm ơn.")
    assert newsroom.run("erase", "nguoi-giu-lua").code == 0
