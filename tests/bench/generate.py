"""Make a newsroom of N stories that cost what real ones cost; the same seed gives the same bytes.

The texts mean nothing. What matters for time is like in life: length, marks, headings, the number
of different syllables and how often each comes, lines of front matter, people and places shared.
"""

from __future__ import annotations

import datetime as dt
import io
import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

import yaml
from PIL import Image, ImageDraw
from tests.bench.words import list_syllables, make_names, make_sentence, make_slug

REPOSITORY: Final = Path(__file__).resolve().parents[2]
FIRST_DAY: Final = dt.date(2011, 1, 1)
LAST_DAY: Final = dt.date(2026, 12, 31)
# The moment that counts as now while measuring: after the last story, equal on every machine.
EPOCH: Final = str(int(dt.datetime(2027, 1, 1, tzinfo=dt.UTC).timestamp()))
HONOREES: Final = 1500
AUTHORS: Final = 40
SYLLABLES_A_STORY: Final = 700  # of the body, headings and names included
_LAST_PARAGRAPH: Final = 80  # the last one begins below the wanted length and ends above it
COVER: Final = "bia.jpg"
_REGISTERS: Final = ("columns", "fields", "deeds", "places", "awards", "series", "newsroom")
# Measures do not ask for photos, but a story must have a cover: one picture of two files.
_WIDTHS: Final = [480]

_HEADINGS: Final = (
    "Những ngày đầu",
    "Từ bản nhỏ đi lên",
    "Việc nhỏ mỗi ngày",
    "Cùng bà con làm",
    "Điều còn lại",
    "Con đường phía trước",
)
_DID: Final = ("text", "text-photo", "photo")
PRINTED: Final = {"xa": "xã", "phuong": "phường", "thi-tran": "thị trấn"}
ROLE: Final = "người dân trong bản"
CALLED: Final = "người kể chuyện"
VILLAGE: Final = "bản đầu suối"
ALT: Final = "Đồi núi nhiều lớp phía sau bản trong nắng sớm"
CAPTION: Final = "Một góc bản nhìn từ con đường mới mở."
CREDIT: Final = "Tổ minh họa"


@dataclass(frozen=True, slots=True)
class BenchStory:
    """One story, before anyone's file format. Keys are those of the registers."""

    slug: str
    title: str
    date: dt.date
    column: str
    fields: tuple[str, ...]
    deeds: tuple[str, ...]
    honorees: tuple[str, ...]
    place: str
    authors: tuple[str, ...]
    summary: str
    tags: tuple[str, ...]
    paragraphs: tuple[str, ...]

    @property
    def body(self) -> str:
        return "\n\n".join(self.paragraphs) + "\n"


class Desk:
    """The registers of the generated newsroom, and the stories written from them."""

    def __init__(self, seed: int = 1) -> None:
        self._seed = seed
        folder = REPOSITORY / "stories" / "registers"
        self.registers: dict[str, dict[str, Any]] = {
            name: yaml.safe_load((folder / f"{name}.yml").read_text("utf-8")) for name in _REGISTERS
        }
        self.places = [
            key
            for key, place in self.registers["places"].items()
            if place.get("until") is None
            and place["type"] in ("xa", "phuong", "thi-tran", "dac-khu")
            and place.get("province") == self.registers["newsroom"]["province"]
        ]
        self.people = make_names(HONOREES, random.Random(f"{seed} people"))
        self.authors = make_names(AUTHORS, random.Random(f"{seed} authors"))
        self._keys = list(self.people)
        self._words, weights = list_syllables()
        self._cumulated = list(accumulate(weights))

    def make_stories(self, count: int) -> Iterator[BenchStory]:
        """Yield stories in order of date; of two counts, the numbers 0 to n differ in date only."""
        days = (LAST_DAY - FIRST_DAY).days
        for number in range(count):
            day = FIRST_DAY + dt.timedelta(days=number * days // max(1, count - 1))
            yield self.make_story(number, day)

    def make_story(self, number: int, day: dt.date) -> BenchStory:
        rng = random.Random(f"{self._seed} {number}")
        columns, fields = list(self.registers["columns"]), list(self.registers["fields"])
        honorees = rng.sample(self._keys, rng.choice((1, 1, 1, 2)))
        title = make_sentence(self._take(rng, rng.randint(6, 11)))[:-1]
        return BenchStory(
            slug=f"{make_slug(title)[:60].strip('-')}-{number}",
            title=title,
            date=day,
            column=rng.choice(columns),
            fields=tuple(rng.sample(fields, rng.choice((1, 1, 2)))),
            deeds=tuple(rng.sample(list(self.registers["deeds"]), rng.choice((0, 1, 1, 2)))),
            honorees=tuple(honorees),
            place=rng.choice(self.places),
            authors=tuple(rng.sample(list(self.authors), rng.choice((1, 1, 2)))),
            summary=" ".join(make_sentence(self._take(rng, 18)) for _ in range(2)),
            tags=tuple(" ".join(self._take(rng, 2)) + f" {n}" for n in range(3)),
            paragraphs=tuple(self._paragraphs(rng, self.people[honorees[0]])),
        )

    def _paragraphs(self, rng: random.Random, name: str) -> Iterator[str]:
        written, number = 0, 0
        headings = rng.sample(_HEADINGS, 4)
        while written < SYLLABLES_A_STORY - _LAST_PARAGRAPH:
            if number and number % 3 == 0 and headings:
                yield f"## {headings.pop()}"
            sentences = [
                make_sentence(self._take(rng, rng.randint(9, 26))) for _ in range(rng.randint(3, 6))
            ]
            written += sum(len(sentence.split()) for sentence in sentences)
            sentences[0] = f"{name} {sentences[0][0].lower()}{sentences[0][1:]}"
            if number == 4:
                sentences[-1] = f"**{sentences[-1]}**"
            yield ("> " if number == 6 else "") + " ".join(sentences)
            number += 1

    def _take(self, rng: random.Random, count: int) -> list[str]:
        return rng.choices(self._words, cum_weights=self._cumulated, k=count)


def write_newsroom(
    root: Path, desk: Desk, stories: Sequence[BenchStory], *, search: bool = False
) -> None:
    """Write everything that `guongsang build` reads, with this repository's own mkdocs.yml.

    Peers have no search index, so without being asked for it is left out. They draw no social cards
    either.
    """
    registers = root / "stories" / "registers"
    (registers / "honorees").mkdir(parents=True)
    shutil.copyfile(REPOSITORY / "mkdocs.yml", root / "mkdocs.yml")
    for name in _REGISTERS:
        if name != "newsroom":
            shutil.copyfile(
                REPOSITORY / "stories" / "registers" / f"{name}.yml", registers / f"{name}.yml"
            )
    newsroom = {**desk.registers["newsroom"]}
    newsroom["photos"] = {**newsroom.get("photos", {}), "widths": _WIDTHS}
    newsroom["switches"] = {**newsroom.get("switches", {}), "search": search, "cards": False}
    _dump(registers / "newsroom.yml", newsroom)
    _dump(
        registers / "authors.yml",
        {key: {"name": name, "kind": "person"} for key, name in desk.authors.items()},
    )
    (registers / "addresses.txt").write_text("", "utf-8")
    for number, (key, name) in enumerate(desk.people.items()):
        _dump(registers / "honorees" / f"{key}.yml", make_honoree(number, name, desk))
    docs = root / "docs"
    docs.mkdir()
    (docs / "gioi-thieu.md").write_text("# Giới thiệu\n\nTrang đo tốc độ.\n", "utf-8")
    (docs / "quyen-rieng-tu.md").write_text("# Quyền riêng tư\n\nTrang đo tốc độ.\n", "utf-8")
    (root / COVER).write_bytes(make_cover())
    for story in stories:
        write_story(root, desk, story)


def write_story(root: Path, desk: Desk, story: BenchStory) -> Path:
    """Write one story's folder and return its index.md."""
    folder = root / "stories" / str(story.date.year) / story.slug
    folder.mkdir(parents=True)
    copy_cover(root / COVER, folder / COVER)
    index = folder / "index.md"
    index.write_text(_front_matter(story, desk) + "\n" + story.body, "utf-8")
    return index


def copy_cover(cover: Path, target: Path) -> None:
    """Put the shared cover where a story wants it.

    No hard link: another name changes the time of all the others, so adding one story would look
    like a change of every photo.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(cover, target)


def make_cover() -> bytes:
    """Make the one picture that all stories show: flat hills, some kilobytes."""
    image = Image.new("RGB", (1200, 750), (225, 205, 170))
    draw = ImageDraw.Draw(image)
    for step in range(5):
        top = 250 + 100 * step
        hill = [(0, top), (300, top - 90), (700, top + 30), (1200, top - 60), (1200, 750), (0, 750)]
        draw.polygon(hill, fill=(120 - 20 * step, 150 - 20 * step, 120 - 15 * step))
    data = io.BytesIO()
    image.save(data, "JPEG", quality=75)
    return data.getvalue()


def _front_matter(story: BenchStory, desk: Desk) -> str:
    place = desk.registers["places"][story.place]
    printed = PRINTED.get(place["type"], "đặc khu")
    lines = ["---", f"title: {story.title}", f"date: {story.date}"]
    lines += [f"column: {story.column}", f"fields: [{', '.join(story.fields)}]"]
    lines += [f"deeds: [{', '.join(story.deeds)}]", "honorees:"]
    for key in story.honorees:
        lines += [f"  - id: {key}", f"    role: {ROLE}", f"    called: {CALLED}"]
        lines += ["    consent:", "      basis: public_interest"]
        lines += ["      note: được tuyên dương trong hội nghị của xã"]
    lines += ["places:", f"  - unit: {story.place}", f"    as_printed: {printed} {place['name']}"]
    lines += [f"    village: {VILLAGE}", "authors:"]
    for key, did in zip(story.authors, _DID, strict=False):
        lines += [f"  - id: {key}", f"    did: {did}"]
    lines += ["cover:", f"  src: {COVER}", f"  alt: {ALT}"]
    lines += [f"  caption: {CAPTION}", f"  credit: {CREDIT}"]
    lines += ["  focus: [0.5, 0.4]", f"summary: {story.summary}", "tags:"]
    lines += [f"  - {tag}" for tag in story.tags]
    lines += ["sources:"]
    for number in range(2):
        lines += [f"  - title: Báo tỉnh, số {number + 1}"]
        lines += [f"    url: https://bao.example/{story.slug}/{number}"]
    lines += ["verified:", "  by: Ủy ban nhân dân xã", f"  date: {story.date}"]
    lines += ["status: ready", "lang: vi", "---", ""]
    return "\n".join(lines)


def make_honoree(number: int, name: str, desk: Desk) -> dict[str, Any]:
    """Return an honoree's record; every fourth has an award."""
    record: dict[str, Any] = {
        "kind": "person",
        "name": name,
        "born": 1930 + number % 55,
        "gender": ("male", "female")[number % 2],
        "places": [{"unit": desk.places[number % len(desk.places)], "relation": "que-quan"}],
        "consent": {"basis": "public_interest", "note": "được tuyên dương công khai"},
    }
    if number % 4 == 0:
        kinds = list(desk.registers["awards"])
        kind = kinds[number % len(kinds)]
        record["awards"] = [{"id": "khen-1", "award": kind, "year": 2011 + number % 16}]
    return record


def _dump(path: Path, data: object) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    path.write_text(text, "utf-8")
