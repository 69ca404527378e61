"""After any sequence of edits, a build that does only what is needed ends as a clean build does.

Eight sequences of 25 edits, always the same. Every other one begins without templates of its own,
so that edited texts are built without MkDocs, and has stretches of edits of stories alone: an edit
of a register, a setting or the clock lets the whole build mend what may have been wrong before. The
first of these is compared after every edit. Every other one of these is told which files changed,
as the preview is, and looks at no others. The last four share their work among two processes.

GUONGSANG_EDITS=N tries 8 × N, new ones every time, and shortens what fails. GUONGSANG_STEPS=N makes
every sequence N edits long and compares after each of them; GUONGSANG_SEQUENCES=N tries so many.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import random
import shutil
import sys
import time
from functools import wraps
from unittest import mock

import pytest
from hypothesis import HealthCheck, Phase, reject, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    precondition,
    rule,
    run_state_machine_as_test,
)

from guongsang.plugin.quickly import build_quickly

LONG = int(os.environ.get("GUONGSANG_STEPS", "0"))
STEPS = LONG or 25
COMPARED_EVERY = 5
SEQUENCES = int(os.environ.get("GUONGSANG_SEQUENCES", "8"))
# So many edits of stories come before one that makes the whole build look at everything.
CALM = 12
YEARS = (2009, 2014, 2018, 2019, 2021, 2023, 2024, 2025, 2026)
WORDS = ("bản", "lửa", "chữ", "suối", "mùa", "đường")
FEWEST = 4
SHELVES = ("column", "fields", "deeds", "honorees", "places")
SWITCHES = (
    *(("page_size", size) for size in (1, 2, 7)),
    ("name", "Gương Khác"),
    ("agency", "Tòa soạn khác"),
    ("feed_authority", "a.vn,2026"),
    *(("accent", colour) for colour in ("#0057b8", "#063", None)),
    *(("logo", name) for name in ("logo.svg", None)),
    *(("icon", name) for name in ("logo.svg", "icon.svg", None)),
)
EMBLEM = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}"/>'
TURNED = ("search", "offline", "guide", "honours", "people", "data")
HOSTS = ("https://guong.example/", "https://guong.example/bao/", "https://khac.example/")
FOOTER = "overrides/partials/footer.html"
CUSTOM_DIR = "  custom_dir: overrides\n"
DAMAGE = ("lose-cache", "lose-one", "cut", "lose-page", "alter-page", "empty-photo", "touch-all")
LOSSES = ("lost", "cut", "emptied", "garbage")
PAGES = ("trang-thu.md", "phu-luc/muc-luc.md", "phu-luc/tep.txt")

numbers = st.integers(0, 10_000)
words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)


def edit(*, heals=False, **arguments):
    """Make a rule: the function changes values, then all is written and built.

    One that `heals` makes the whole build look at everything.
    """

    def decorate(function):
        @wraps(function)
        def step(self, **values):
            self.calm = 0 if heals else self.calm + 1
            function(self, **values)
            self.build(function.__name__)

        made = rule(**arguments)(step)
        may_heal = precondition(lambda self: not self.is_calm or self.calm >= CALM)
        return may_heal(made) if heals else made

    return decorate


class Edits(RuleBasedStateMachine):
    """Each rule is what an editor, a developer or an accident does to the newsroom's files."""

    def __init__(self, edited, newsroom, make_story, steps, *, number, is_simplest):
        super().__init__()
        self.edited, self.newsroom, self.make_story = edited, newsroom, make_story
        self.steps, self.made, self.options = steps, 0, ()
        for name in ("logo.svg", "icon.svg"):
            edited.texts[f"stories/registers/{name}"] = EMBLEM.format(len(name))
        edited.write()
        self.is_simplest, self.is_calm, self.calm = is_simplest, number % 2 == 1, 0
        self.is_told, self.told = number % 4 == 3, 0
        self.every = 1 if LONG or number == 1 else COMPARED_EVERY
        self.newsroom.build(now=edited.epoch)
        self.older = self.newsroom.root.with_name(f"{self.newsroom.root.name}-older")
        self.keep_copy()

    def pick(self, data, values):
        return data.draw(st.sampled_from(list(values)))

    def story(self, data):
        return self.edited.stories[self.pick(data, sorted(self.edited.stories))]

    def build(self, name):
        """Build after an edit; every time, or every fifth, the site must equal a clean build."""
        if self.is_simplest:
            reject()  # Hypothesis begins with it, and it is the same edit every time
        changed = self.edited.write()
        if not (self.is_told and not self.options and self.build_told(changed)):
            time.sleep(0.01)  # younger files are not trusted
            self.newsroom.build(*self.options, now=self.edited.epoch)
        self.options = ()
        self.steps.append(name)
        if len(self.steps) % self.every == 0:
            self.compare()

    def build_told(self, changed):
        """Build from what has changed alone; returns whether that was enough."""
        config, said = self.newsroom.root / "mkdocs.yml", []
        with mock.patch.dict(os.environ, {"SOURCE_DATE_EPOCH": self.edited.epoch}):
            report = build_quickly(config, lambda *told: said.append(told), told=changed)
        self.told += report is not None
        return report is not None

    def refuse(self):
        """Build what has an error: the site stays as it was."""
        self.edited.write()
        time.sleep(0.01)
        before = self.newsroom.bytes()
        assert self.newsroom.run("build", now=self.edited.epoch).code == 1
        assert self.newsroom.bytes() == before

    def keep_copy(self):
        shutil.rmtree(self.older, ignore_errors=True)
        shutil.copytree(self.newsroom.site, self.older)

    def compare(self):
        ours, clean = self.newsroom.bytes(), self.newsroom.clean_bytes(now=self.edited.epoch)
        differ = sorted(uri for uri in {*ours, *clean} if ours.get(uri) != clean.get(uri))
        assert differ == [], self.steps
        twin = type(self.newsroom)(self.newsroom.root.with_name(f"{self.newsroom.root.name}-clean"))
        found, wanted = (
            each.run("check", "--format", "json", now=self.edited.epoch).out
            for each in (self.newsroom, twin)
        )
        assert found == wanted, self.steps

    def teardown(self):
        shutil.rmtree(self.newsroom.root)
        shutil.rmtree(self.older)

    # One story

    @edit(data=st.data(), text=words)
    def edit_text(self, data, text):
        body = self.story(data).body
        where = data.draw(st.integers(0, len(body)))
        body.insert(where, f"Thêm {text}.")

    @edit(data=st.data())
    def cut_text(self, data):
        body = self.story(data).body
        if len(body) > 1:
            del body[data.draw(st.integers(1, len(body) - 1))]

    @edit(data=st.data())
    def link_to_another(self, data):
        body, target = self.story(data).body, self.pick(data, self.edited.stories)
        body.append((f"xem bài {target}", target))

    @edit(data=st.data(), text=words, key=st.sampled_from(("title", "cover", "summary", "tags")))
    def edit_head(self, data, text, key):
        front = self.story(data).front
        if key == "cover":
            front["cover"] = {"src": "bia.jpg", "alt": text, "focus": [0.1 * (len(text) % 9), 0.5]}
        elif key == "tags":
            front["tags"] = [text]
        else:
            front[key] = f"{text} {front[key]}"[:200] if key == "title" else f"{text}. " + "–" * 70

    @edit(data=st.data(), shelf=st.sampled_from(SHELVES))
    def move_to_another_shelf(self, data, shelf):
        front = self.story(data).front
        keys = st.sampled_from
        if shelf == "column":
            front["column"] = data.draw(keys(sorted(self.edited.registers["columns"])))
        elif shelf in ("fields", "deeds"):
            known = sorted(self.edited.registers[shelf])
            front[shelf] = data.draw(st.lists(keys(known), min_size=1, unique=True))
        elif shelf == "honorees":
            known = sorted(self.edited.honorees)
            chosen = data.draw(st.lists(keys(known), min_size=1, unique=True))
            front["honorees"] = [{"id": key} for key in chosen]
        else:
            known = ["mu-ca", "sin-suoi-ho", "le-thuy"]
            chosen = data.draw(st.lists(keys(known), min_size=1, unique=True))
            front["places"] = [{"unit": key, "village": "bản đầu"} for key in chosen]

    @edit(data=st.data(), name=words)
    def name_somebody_without_a_record(self, data, name):
        """Names as few share them, and as many do: who has a namesake is looked at with others."""
        consent = {"basis": "public_event", "note": "Được biểu dương công khai."}
        one = {"name": f"Tổ {name}", "kind": "collective", "consent": consent}
        front = self.story(data).front
        kept = [each for each in front["honorees"] if "id" in each][:1]
        front["honorees"] = [*kept, one]

    @edit(data=st.data())
    def follow(self, data):
        front = self.story(data).front
        if front.pop("follows", None) is None:
            # An older number only, so that two stories never follow each other.
            mine = front["title"]
            front["follows"] = min(self.edited.stories)
            if self.edited.stories[front["follows"]].front["title"] == mine:
                del front["follows"]

    @edit(data=st.data(), text=words)
    def correct(self, data, text):
        front = self.story(data).front
        one = {"date": "2026-06-30", "was": text, "now": f"{text} hơn"}
        front["corrections"] = [*front.get("corrections", []), one]
        front["updated"] = "2026-06-30"

    @edit(data=st.data())
    def put_into_series(self, data):
        story = self.story(data)
        taken = {
            other.front["series"]["part"]
            for other in self.edited.stories.values()
            if "series" in other.front
        }
        if story.front.pop("series", None) is None:
            free = next(part for part in range(1, 99) if part not in taken)
            story.front["series"] = {"id": "len-lop", "part": free}

    @edit(data=st.data(), text=words)
    def attach(self, data, text):
        self.story(data).front["attachments"] = [{"src": "tep.pdf", "title": text}]

    @edit(data=st.data(), number=numbers, text=words)
    def put_film(self, data, number, text):
        """Type a film, with a picture of its own or without; every fourth time it goes again."""
        story = self.story(data)
        story.body = [part for part in story.body if "(phim.mp4)" not in part]
        story.front.pop("films", None)
        story.film = number
        if number % 4:
            poster = "![](bia.jpg) " if number % 2 else ""
            story.front["films"] = [{"src": "phim.mp4", "credit": text}]
            story.body.append(f"[{poster}{text} ({number % 60}:{number % 60:02})](phim.mp4)")

    # Photos

    @edit(data=st.data(), name=st.sampled_from(("bia.jpg", "a.jpg", "b.jpg")), tint=numbers)
    def put_photo(self, data, name, tint):
        story = self.story(data)
        story.photos[name] = tint
        if tint % 3 == 0 and name != "bia.jpg" and f"![]({name})" not in story.body:
            story.body.append(f"![]({name})")

    @edit(data=st.data())
    def take_photo_away(self, data):
        story = self.story(data)
        for name in [name for name in story.photos if name != "bia.jpg"]:
            del story.photos[name]
            story.body = [part for part in story.body if part != f"![]({name})"]

    # Stories come, go and move

    @edit(year=st.sampled_from(YEARS))
    def add_story(self, year):
        self.add_story_of(year, "ready")

    @edit(year=st.sampled_from(YEARS), honoree=st.sampled_from(("", "Nhóm một", "Nhóm hai")))
    def add_draft(self, year, honoree):
        self.add_story_of(year, "draft")
        if honoree:
            consent = {"basis": "public_event", "note": "Được biểu dương công khai."}
            one = {"name": f"{honoree} {self.made}", "kind": "collective", "consent": consent}
            self.edited.stories[f"bai-moi-{self.made}"].front["honorees"] = [one]

    def add_story_of(self, year, status):
        self.made += 1
        slug = f"bai-moi-{self.made}"
        self.edited.stories[slug] = self.make_story(20 + self.made, year=year, slug=slug)
        self.edited.stories[slug].front["status"] = status

    @edit()
    def publish_drafts(self):
        """Often the first stories of their years."""
        for story in self.edited.stories.values():
            if story.front["status"] == "draft":
                story.front["status"] = "ready"

    @edit(data=st.data())
    def empty_a_year(self, data):
        """The last story of a year goes, or becomes a draft."""
        by_year = {}
        for story in self.edited.stories.values():
            by_year.setdefault(story.year, []).append(story)
        few = [each for each in by_year.values() if len(each) < len(self.edited.stories) - FEWEST]
        for story in self.pick(data, few) if few else ():
            if data.draw(st.booleans()):
                story.front["status"] = "draft"
            elif len(self.edited.stories) > FEWEST:
                del self.edited.stories[story.slug]

    @edit(data=st.data())
    def delete_story(self, data):
        if len(self.edited.stories) > FEWEST:
            del self.edited.stories[self.story(data).slug]

    @edit(data=st.data(), year=st.sampled_from(YEARS))
    def move_between_years(self, data, year):
        slug = self.story(data).slug
        self.edited.move(slug, year=year, new_slug=slug)

    @edit(data=st.data())
    def rename_story(self, data):
        self.made += 1
        story = self.story(data)
        self.edited.move(story.slug, year=story.year, new_slug=f"doi-ten-{self.made}")

    @edit(data=st.data())
    def drop_aliases(self, data):
        self.story(data).front.pop("aliases", None)

    @edit(data=st.data(), status=st.sampled_from(("ready", "draft", "retracted")))
    def change_status(self, data, status):
        front = self.story(data).front
        front["status"] = status
        front.pop("retracted", None)
        if status == "retracted":
            front["retracted"] = {"date": "2026-06-30", "reason": "Sai sự thật"}

    @edit(data=st.data(), hours=st.integers(-48, 72))
    def schedule(self, data, hours):
        due = self.edited.now + dt.timedelta(hours=hours)
        self.story(data).front["publish_at"] = due.strftime("%Y-%m-%d %H:%M")

    @edit(heals=True, hours=st.integers(1, 48))
    def let_time_pass(self, hours):
        self.edited.now += dt.timedelta(hours=hours)

    # Registers, settings, templates, hand-written pages

    @edit(
        heals=True,
        data=st.data(),
        name=st.sampled_from(("columns", "fields", "deeds", "places", "authors", "series")),
        text=words,
    )
    def rename_in_register(self, data, name, text):
        records = self.edited.registers[name]
        key = self.pick(data, sorted(records))
        if key not in ("lai-chau", "quang-tri", "then-sin"):
            records[key]["name"] = f"{text} {sorted(records).index(key)}"

    @edit(heals=True, data=st.data(), name=st.sampled_from(("columns", "fields", "deeds")))
    def switch_heading(self, data, name):
        record = self.edited.registers[name]
        heading = record[self.pick(data, sorted(record))]
        heading["active"] = not heading.get("active", True)

    @edit(heals=True, data=st.data(), text=words)
    def rename_honoree(self, data, text):
        record = self.edited.honorees[self.pick(data, sorted(self.edited.honorees))]
        record["name"] = f"Hồ {text}"

    @edit(heals=True, status=st.sampled_from(("valid", "revoked")), which=st.integers(0, 1))
    def revoke_award(self, status, which):
        self.edited.honorees["ho-giao"]["awards"][which]["status"] = status

    @edit(heals=True, text=words)
    def add_honoree(self, text):
        self.made += 1
        self.edited.honorees[f"nguoi-{self.made}"] = {
            "kind": "collective",
            "name": f"Tổ {text}",
            "places": [{"unit": "mu-ca"}],
            "consent": {"basis": "public_interest", "note": "Được biểu dương công khai."},
        }

    @edit(heals=True, setting=st.sampled_from(SWITCHES))
    def change_newsroom(self, setting):
        self.edited.registers["newsroom"][setting[0]] = setting[1]

    @edit(heals=True, name=st.sampled_from(("logo.svg", "icon.svg")), side=st.integers(1, 9))
    def draw_emblem_again(self, name, side):
        self.edited.texts[f"stories/registers/{name}"] = EMBLEM.format(side)

    @edit(heals=True, name=st.sampled_from(TURNED))
    def turn_a_switch(self, name):
        switches = self.edited.registers["newsroom"].setdefault("switches", {})
        switches[name] = not switches.get(name, True)
        # What is switched off is not linked to by hand.
        page = self.edited.texts["docs/gioi-thieu.md"]
        self.edited.texts["docs/gioi-thieu.md"] = page.replace("(/khen-thuong/)", "(/nam/)")

    @edit(heals=True, host=st.sampled_from(HOSTS), name=words)
    def change_settings(self, host, name):
        text = self.edited.texts["mkdocs.yml"]
        replaced = ("site_url", "site_name")
        lines = [line for line in text.splitlines() if not line.startswith(replaced)]
        lines = [f"site_name: Gương {name}", f"site_url: {host}", *lines]
        self.edited.texts["mkdocs.yml"] = "\n".join(lines) + "\n"

    @edit(heals=True, text=words, own=st.integers(0, 3))
    def override_template(self, text, own):
        """Edit the footer of our own that the newsroom begins with; sometimes do without any."""
        settings_text = self.edited.texts["mkdocs.yml"].replace(CUSTOM_DIR, "")
        self.edited.texts.pop(FOOTER, None)
        if own:
            self.edited.texts[FOOTER] = f"<footer><p>{text} {own}</p></footer>\n"
            settings_text = settings_text.replace("theme:\n", f"theme:\n{CUSTOM_DIR}", 1)
        self.edited.texts["mkdocs.yml"] = settings_text

    @edit(heals=True, text=words)
    def edit_hand_written_page(self, text):
        self.edited.texts["docs/gioi-thieu.md"] += f"\n{text}.\n"

    @edit(heals=True, name=st.sampled_from(PAGES), text=words)
    def put_or_take_a_page(self, name, text):
        if self.edited.texts.pop(f"docs/{name}", None) is None:
            self.edited.texts[f"docs/{name}"] = f"# Trang {text}\n\n{text}.\n"

    # Accidents

    @edit(heals=True, kind=st.sampled_from(DAMAGE))
    def damage(self, kind):
        cache, site = self.newsroom.cache, self.newsroom.site
        kept = sorted(path for path in cache.glob("guongsang/*") if path.is_file())
        if kind == "lose-cache":
            shutil.rmtree(cache)
        elif kind == "lose-one" and kept:
            kept[len(self.steps) % len(kept)].unlink()
        elif kind == "cut" and kept:
            path = kept[len(self.steps) % len(kept)]
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        elif kind == "lose-page":
            (site / "index.html").unlink()
        elif kind == "alter-page":
            next(site.glob("20*/*/index.html")).write_text("đã sửa tay")
        elif kind == "empty-photo":
            for path in sorted(site.glob("anh/*/*.jpg"))[:1]:
                path.write_bytes(b"")
        else:
            for path in sorted(self.newsroom.root.glob("stories/*/*/*")):
                path.touch()

    @edit(heals=True, options=st.sampled_from((("--clean",), ("--jobs", "2"), ("--jobs", "1"))))
    def build_otherwise(self, options):
        self.options = options

    @edit()
    def only_check(self):
        assert self.newsroom.run("check", now=self.edited.epoch).code == 0

    def harm_cache(self, how):
        kept = [path for path in self.newsroom.cache.glob("guongsang/*") if path.is_file()]
        if how == "lost":
            shutil.rmtree(self.newsroom.cache, ignore_errors=True)
        for path in kept if how != "lost" else ():
            content = path.read_bytes()
            harmed = {"cut": content[: len(content) // 2], "emptied": b""}
            path.write_bytes(harmed.get(how, random.Random(path.name).randbytes(300)))

    @edit(heals=True, data=st.data(), how=st.sampled_from(LOSSES))
    def take_away_together_with_the_memory_of_it(self, data, how):
        for name in PAGES:
            self.edited.texts.pop(f"docs/{name}", None)
        self.story(data).front.pop("aliases", None)
        if len(self.edited.stories) > FEWEST:
            del self.edited.stories[self.story(data).slug]
        self.harm_cache(how)

    @edit()
    def keep_a_copy_of_the_site(self):
        self.keep_copy()

    @edit(is_whole=st.booleans())
    def put_an_older_site_back(self, is_whole):
        if is_whole:
            shutil.rmtree(self.newsroom.site)
        shutil.copytree(self.older, self.newsroom.site, dirs_exist_ok=True)

    @edit(kilobytes=st.integers(1, 80))
    def build_with_little_room(self, kilobytes):
        """No file may be larger than that: the site is as it was, or as it should be."""
        self.edited.write()
        time.sleep(0.01)
        before = self.newsroom.bytes()
        with limit_files(kilobytes * 1024):
            ran = self.newsroom.run("build", "--jobs", "1", now=self.edited.epoch)
        if ran.code:
            assert "GS812" in ran.err
            assert self.newsroom.bytes() == before
        else:
            self.compare()

    @edit(data=st.data())
    def refuse_an_edit_and_put_it_back(self, data):
        """What else was edited beside a mistake counts for nothing once it is undone."""
        self.refuse_beside(data, {"tags": ["thẻ 1", "thẻ 2", "thẻ 3"], "fields": ["y-te"]})

    @edit(data=st.data())
    def refuse_other_people_and_put_them_back(self, data):
        known = [{"id": key} for key in sorted(self.edited.honorees)]
        self.refuse_beside(data, {"honorees": known, "title": "Đổi rồi đổi lại"})

    @edit(data=st.data())
    def refuse_another_date_and_publish_it_then(self, data):
        """The mistake is mended, the edit beside it stays."""
        story = self.story(data)
        change = {"date": f"{story.year}-02-03", "summary": "Tóm tắt khác hẳn. " + "–" * 70}
        if "publish_at" not in story.front:
            self.refuse_beside(data, change, story=story, is_kept=True)

    def refuse_beside(self, data, change, *, story=None, is_kept=False):
        story, other = story or self.story(data), self.story(data)
        before, right = dict(story.front), other.front["column"]
        story.front |= change
        other.front["column"] = "khong-co"
        # A mistake in a draft refuses nothing, nor does one in what only a preview shows.
        status = other.front["status"]
        other.front["status"] = "ready"
        other.front.pop("retracted", None) if status == "retracted" else None
        reason = {"date": "2026-06-30", "reason": "Sai sự thật"}
        self.refuse()
        if not is_kept:
            story.front.clear()
            story.front |= before
        other.front["column"], other.front["status"] = right, status
        if status == "retracted":
            other.front["retracted"] = reason

    @edit(data=st.data())
    def break_and_mend(self, data):
        """A build that fails leaves the site as it was and spoils nothing that is remembered."""
        self.edited.write()
        before = self.newsroom.bytes()
        ready = [each for each in self.edited.stories.values() if each.front["status"] != "draft"]
        if not ready:
            return
        path = self.newsroom.path(self.pick(data, [each.slug for each in ready]))
        good = path.read_text("utf-8")
        path.write_text(good.replace("column: ", "column: khong-co-", 1), "utf-8")
        assert self.newsroom.run("build", now=self.edited.epoch).code == 1
        assert self.newsroom.bytes() == before
        path.write_text(good, "utf-8")


@contextlib.contextmanager
def limit_files(size):
    """Let no file grow beyond so many bytes, where the system knows of such a limit."""
    if sys.platform == "win32":
        yield
        return
    import resource  # noqa: PLC0415 - only there

    _, most = limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@pytest.mark.parametrize(
    "number", [0, *(pytest.param(each, marks=pytest.mark.long) for each in range(1, SEQUENCES))]
)
def test_any_edits_end_as_a_clean_build(
    make_edited, open_newsroom, make_story, touched, monkeypatch, number
):
    monkeypatch.setattr(os, "cpu_count", lambda: 2 if number % 8 >= 4 else 1)
    asked = os.environ.get("GUONGSANG_EDITS")
    steps, started, made = [], [], []

    def make():
        started.append(number)
        edited = make_edited()
        if number % 2:
            edited.texts["mkdocs.yml"] = edited.texts["mkdocs.yml"].replace(CUSTOM_DIR, "")
            del edited.texts[FOOTER]
        first = len(started) == 1
        newsroom = open_newsroom(edited.root)
        made.append(Edits(edited, newsroom, make_story, steps, number=number, is_simplest=first))
        return made[-1]

    run_state_machine_as_test(
        make if asked else seed(number)(make),
        settings=settings(
            max_examples=int(asked or 1),
            stateful_step_count=STEPS,
            database=None,
            deadline=None,
            phases=(Phase.generate, Phase.shrink) if asked else (Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert len(steps) >= STEPS
    told = sum(each.told for each in made)
    assert number % 2 == 0 or (told if number % 4 == 3 else touched)
