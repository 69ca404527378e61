"""How much is made anew after an edit of one story does not depend on how many others there are.

Of lists numbered from the oldest story, all pages above a story follow from its place in them: so
what changes a place is tried on the newest.
"""

from __future__ import annotations

import copy
import shutil
import time

import pytest

from guongsang.problems.problem import has_errors
from guongsang.publish.manifest import load_manifest
from guongsang.publish.scratch import make_scratch, remove_scratch
from guongsang.render.shell import CONTENT, HEAD, TITLE, split_shell
from guongsang.site.sources.look import Look, open_store
from guongsang.site.sources.project import CACHE, Folders
from guongsang.site.update import Update

# The middle and the last story of both are alike: in groups, months and columns.
SIZES = (512, 2_048)
YEARS = range(2007, 2027)
ALIKE = 8
PUBLISHER = {
    "site_url": "https://guong.example/",
    "name": "Gương",
    "agency": "Tòa soạn",
    "email": None,
    "licensed": False,
    "description": "Gương sáng",
    "logo": "logo.svg",
}


class PlainTheme:
    """A theme of one line."""

    def prove_shell(self, outputs):
        assert list(outputs)
        return split_shell(f"<title>{TITLE}</title>{HEAD}<body>{CONTENT}</body>")


class Room:
    """A newsroom of so many stories, published by the table alone. Stories are replaced, never
    changed: what is another one is written anew."""

    def __init__(self, edited, make_story, size):
        self.edited, self.make_story = edited, make_story
        edited.stories.clear()
        edited.registers["newsroom"]["page_size"] = 24
        places = edited.registers["places"]
        for number in range(size // ALIKE + 1):
            name = {"name": f"Thử {number}", "other_names": []}
            edited.registers["fields"][f"mat-{number}"] = {"name": f"Mặt {number}"}
            places[f"xa-{number}"] = {
                **copy.deepcopy(places["mu-ca"]),
                **name,
                "code": f"{90_000 + number}",
            }
        edited.write()
        self.stories, self.written = edited.stories, {}
        for number in range(size):
            self.put(number, YEARS[number * len(YEARS) // size], f"bai-{number}")
        self.middle, self.last = f"bai-{size // 2}", f"bai-{size - 1}"
        self.stories[self.last].front["date"] = "2026-06-28"

    def put(self, number, year, slug):
        story = self.make_story(number, year=year, slug=slug)
        alike = self.make_story(number // ALIKE, year=year, slug=slug).front
        story.front |= {key: alike[key] for key in ("column", "authors")}
        story.front["fields"] = [f"mat-{number // ALIKE}"]
        story.photos["bia.jpg"] = 1  # made once for all
        # As in life: what few others have decides which stories are related.
        story.front["tags"] = [f"thẻ {number // ALIKE}"]
        story.front["places"] = [{"unit": f"xa-{number // ALIKE}"}]
        consent = {"basis": "public_event", "note": "Lễ biểu dương"}
        story.front["honorees"] = [
            {"name": f"Tổ máu số {number}", "kind": "collective", "consent": consent}
        ]
        self.stories[slug] = story
        return story

    def alter(self, slug):
        """Put a copy in the place of a story, and return it."""
        self.stories[slug] = copy.deepcopy(self.stories[slug])
        return self.stories[slug]

    def write(self):
        for slug in self.written.keys() | self.stories.keys():
            was, story = self.written.get(slug), self.stories.get(slug)
            if was is not story and was is not None:
                shutil.rmtree(self.edited.root / f"stories/{was.year}/{slug}")
            if was is not story and story is not None:
                self.edited.write_story(story)
        self.written = dict(self.stories)

    def publish(self, workers=1):
        """Write what was edited and publish it; return how many answers were made."""
        self.write()
        time.sleep(0.06)  # younger files are not trusted
        root = self.edited.root
        folders = Folders(root / "docs", None, root / "site")
        with open_store(root / CACHE) as store:
            look = Look(root, store, lambda: folders, now=self.edited.now, workers=workers)
            update = Update(look)
            assert not has_errors(update.check().problems)
            update.plan({"site_url": PUBLISHER["site_url"], "inline_scripts": []}, "stamp")
            manifest = load_manifest(root / CACHE, folders.site_dir)
            scratch = make_scratch(folders.site_dir)
            update.begin(manifest, folders.site_dir, scratch)
            theme = {"shared": "", "targets": [], "is_plain": True, "publisher": PUBLISHER}
            update.put_theme(theme)
            assert update.make_pictures(None) == []
            update.make(PlainTheme())
            assert update.find_collisions() == []
            update.put_said([])
            update.publish(manifest, folders.site_dir, scratch)
            remove_scratch(scratch)
            assert update.unkept == ""
            return update.run.made.total()


def add(room):
    room.put(0, 2026, "bai-them").front["date"] = "2026-06-29"


RETRACTED = {"status": "retracted", "retracted": {"date": "2026-06-30", "reason": "Theo yêu cầu"}}
EDITS = {
    "nothing": lambda _: None,
    "text": lambda room: room.alter(room.middle).body.append("Bà con kể thêm."),
    "title": lambda room: room.alter(room.middle).front.update(title="Một đầu đề khác hẳn"),
    "summary": lambda room: room.alter(room.middle).front.update(summary="Tóm tắt khác. " * 6),
    "tags": lambda room: room.alter(room.middle).front.update(tags=["thẻ mới"]),
    "alias": lambda room: room.alter(room.middle).front.update(aliases=["/cu/bai/"]),
    "photo": lambda room: room.alter(room.middle).photos.update({"bia.jpg": 2}),
    "link": lambda room: room.alter(room.middle).body.append(("bài đầu", "bai-0")),
    "place": lambda room: room.alter(room.last).front.update(places=[{"unit": "xa-1"}]),
    "column": lambda room: room.alter(room.last).front.update(column="ban-muong"),
    "added": add,
    "retracted": lambda room: room.alter(room.last).front.update(RETRACTED),
    "removed": lambda room: room.stories.pop(room.last),
}


def count(make_edited, make_story, size):
    """Return how many answers each edit made, every one on top of those before it."""
    room = Room(make_edited(), make_story, size)
    room.publish(workers=2)
    made = {}
    for name, edit in EDITS.items():
        edit(room)
        made[name] = room.publish()
    return made


@pytest.mark.long
def test_an_edit_makes_as_much_among_few_as_among_many(make_edited, make_story, record_property):
    few, many = (count(make_edited, make_story, size) for size in SIZES)
    table = {name: (few[name], many[name]) for name in EDITS}
    record_property("made", table)
    print("\n".join(f"{name:10} {a:6} {b:6}" for name, (a, b) in table.items()))
    assert {name for name, (a, b) in table.items() if max(a, b) > 1.1 * min(a, b)} == set()
