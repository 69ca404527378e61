"""What a build has learnt that was refused, or that was another view's, is not believed later."""

from __future__ import annotations

import time

import pytest

from guongsang.preview.serve import build_preview
from guongsang.preview.state import Stage


@pytest.fixture
def edited(make_edited, make_story):
    """Sixteen stories, related by tags and honorees; edits of them are built without MkDocs."""
    made = make_edited()
    made.texts["mkdocs.yml"] = made.texts["mkdocs.yml"].replace("  custom_dir: overrides\n", "")
    del made.texts["overrides/partials/footer.html"]
    for number in range(9, 17):
        slug = f"bai-{number}"
        made.stories[slug] = make_story(number, year=2023 + number % 4, slug=slug)
    for number, story in enumerate(made.stories.values()):
        story.front["tags"] = [f"thẻ {number % 7}", f"chung {number % 5}"]
    return made


@pytest.fixture
def desk(edited, open_newsroom, touched):
    """The same, built; `save` writes all stories, `build` builds, which must be right."""
    newsroom = open_newsroom(edited.root)

    class Desk:
        def __init__(self):
            self.stories, self.newsroom, self.touched = edited.stories, newsroom, touched

        def save(self):
            edited.write()
            time.sleep(0.02)

        def refuse(self):
            self.save()
            assert newsroom.run("build", now=edited.epoch).code == 1

        def build(self):
            self.save()
            newsroom.build(now=edited.epoch)
            ours, clean = newsroom.bytes(), newsroom.clean_bytes(now=edited.epoch)
            assert [uri for uri in {*ours, *clean} if ours.get(uri) != clean.get(uri)] == []

    newsroom.build(now=edited.epoch)
    return Desk()


CHANGES = {
    "tags": {"tags": ["thẻ 1", "thẻ 2", "thẻ 3", "chung 0", "chung 4"]},
    "honoree": {"honorees": [{"id": "to-hien-mau"}, {"id": "ho-giao"}]},
    "place": {"places": [{"unit": "le-thuy"}, {"unit": "sin-suoi-ho"}]},
    "date": {"date": "2024-12-30"},
    "column": {"column": "viec-tot", "fields": ["y-te", "giao-duc"]},
}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(change, id=key, marks=[] if key in ("tags", "date") else [pytest.mark.long])
        for key, change in CHANGES.items()
    ],
)
def test_an_edit_beside_a_mistake_put_back(desk, change):
    """Two stories are edited, one of them wrongly; both are put back; then a third is edited."""
    first, second, third = (desk.stories[f"bai-{number}"] for number in (5, 2, 8))
    before = dict(first.front)
    if "date" in change:
        first = desk.stories["bai-1"]
        before = dict(first.front)
    first.front |= change
    right = second.front["column"]
    second.front["column"] = "khong-co"
    desk.refuse()
    first.front, second.front["column"] = before, right
    desk.build()
    third.front["honorees"] = [{"id": "to-hien-mau"}, {"id": "ho-giao"}]
    third.front["tags"] = ["thẻ 1", "chung 3"]
    desk.build()
    assert desk.touched
    first.front |= change
    desk.build()


def test_what_a_mistake_would_have_changed_is_published_once_it_is_mended(desk):
    desk.stories["bai-5"].front["tags"] = ["thẻ 1", "thẻ 2", "chung 0"]
    desk.stories["bai-2"].front["column"] = "khong-co"
    desk.refuse()
    desk.stories["bai-2"].front["column"] = "ban-muong"
    desk.build()


@pytest.mark.long
def test_what_a_preview_has_learnt_is_not_taken_for_published(desk):
    """Editors look at each edit before they publish it."""
    folder = desk.newsroom.root / ".cache/guongsang/preview"

    def look():
        desk.save()
        stage = Stage()
        rebuilt = build_preview(desk.newsroom.root / "mkdocs.yml", folder, stage, lang="vi")
        assert rebuilt.report is not None

    look()
    for number, change in enumerate(CHANGES.values(), start=9):
        if "date" not in change:
            desk.stories[f"bai-{number}"].front |= change
            look()
            desk.build()
    desk.stories["bai-3"].front["tags"] = ["thẻ 0", "thẻ 6"]
    look()
    desk.stories["bai-4"].front["tags"] = ["thẻ 0", "thẻ 6"]
    desk.build()
