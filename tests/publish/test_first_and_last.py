"""The first story of a key comes, the last one goes: the site is what a clean build makes of it."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from tests.publish.conftest import VIETNAM

PLACE = {"name": "Bum Tở", "type": "xa", "province": "lai-chau", "from": dt.date(2025, 7, 1)}
PERSON = {
    "kind": "person",
    "name": "Lò Văn Thử",
    "born": 1920,
    "died": 1999,
    "consent": {"basis": "historical"},
    "awards": [{"id": "gk", "award": "giay-khen", "year": 1980, "status": "valid"}],
}


def set_year(year):
    def change(story):
        story.year = year
        story.front["date"] = f"{year}-01-15"

    return change


def set_front(**values):
    return lambda story: story.front.update(values)


def set_correction(story):
    day = story.front["date"]
    story.front |= {"updated": day, "corrections": [{"date": day, "was": "12 hộ", "now": "21 hộ"}]}


def set_photo(story):
    story.photos["anh-1.jpg"] = 77
    story.body.append("![](anh-1.jpg)")


KEYS = {
    "the oldest year": set_year(2016),
    "a year between": set_year(2021),
    "the newest year": set_year(2027),
    "month": set_front(date="2025-11-20"),
    "day": set_front(date="2025-06-29 18:45"),
    "column": set_front(column="moi-mo"),
    "field": set_front(fields=["van-hoa"]),
    "deed": set_front(deeds=["hoa-giai"]),
    "place": set_front(places=[{"unit": "bum-to"}]),
    "honoree": set_front(honorees=[{"id": "lo-van-thu"}], awards=["gk"]),
    "somebody without a record": set_front(
        honorees=[{"name": "Nhóm bạn đọc", "kind": "collective", "consent": {
            "basis": "public_event", "note": "Nhóm được biểu dương công khai."}}]
    ),
    "author": set_front(authors=[{"id": "cong-tac-vien", "did": "text"}]),
    "author without a record": set_front(authors=[{"name": "Bạn đọc xa", "did": "photo"}]),
    "series": set_front(series={"id": "mua-moi", "part": 1}),
    "tag": set_front(tags=["thẻ chưa ai dùng"]),
    "alias": set_front(aliases=["/cu/dia-chi-cu/", "/2019/ten-cu/"]),
    "sequel": set_front(follows="bai-1"),
    "correction": set_correction,
    "attachment": set_front(attachments=[{"src": "danh-sach.pdf", "title": "Danh sách"}]),
    "photo in the text": set_photo,
    "language": set_front(lang="blt"),
}  # fmt: skip
# One of each kind of list; the others are left to the gate.
SOON = ("the newest year", "place", "honoree", "tag")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(change, id=key, marks=[] if key in SOON else [pytest.mark.long])
        for key, change in KEYS.items()
    ],
)
def test_first_and_last_story_of_a_key(make_edited, open_newsroom, make_story, touched, change):
    edited = make_edited()
    edited.now = dt.datetime(2027, 3, 1, 7, tzinfo=VIETNAM)
    for name, key, record in (
        ("columns", "moi-mo", {"name": "Mới mở", "description": "Chưa có bài nào."}),
        ("fields", "van-hoa", {"name": "Văn hóa"}),
        ("deeds", "hoa-giai", {"name": "Hòa giải"}),
        ("places", "bum-to", PLACE),
        ("authors", "cong-tac-vien", {"name": "Cộng tác viên"}),
        ("series", "mua-moi", {"name": "Mùa mới"}),
    ):
        edited.registers[name][key] = record
    edited.honorees["lo-van-thu"] = PERSON
    edited.texts["mkdocs.yml"] = edited.texts["mkdocs.yml"].replace("  custom_dir: overrides\n", "")
    del edited.texts["overrides/partials/footer.html"]
    newsroom = open_newsroom(edited.root)

    def build():
        edited.write()
        time.sleep(0.02)  # younger files are not trusted
        newsroom.build(now=edited.epoch)
        found = newsroom.bytes()
        again = newsroom.build(now=edited.epoch)
        assert again.out.startswith("Không có gì thay đổi")
        assert newsroom.bytes() == found
        return found

    without = build()
    story = make_story(9, year=2025, slug="bai-moi")
    change(story)
    edited.stories[story.slug] = story
    edited.write()
    clean = newsroom.clean_bytes(now=edited.epoch)
    assert clean.keys() != without.keys()
    # Then once more: now that such pages have been made, MkDocs may not be needed for them.
    for _ in range(2):
        edited.stories[story.slug] = story
        assert differing(build(), clean) == []
        del edited.stories[story.slug]
        assert differing(build(), without) == []


def differing(ours, clean):
    return sorted(uri for uri in {*ours, *clean} if ours.get(uri) != clean.get(uri))
