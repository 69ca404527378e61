"""Take in the stories of an old site: drafts, old addresses, and whom to ask.

`nhap-khau.yml` keeps what was decided of its categories; a story whose old address stands in the
newsroom already is not taken in again.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from guongsang.desk.arrivals.guess import Guesser, find_column
from guongsang.desk.arrivals.take_in import (
    Draft,
    Wish,
    find_story,
    make_draft,
    name_story,
    write_draft,
)
from guongsang.desk.arrivals.to_ask import Asked, list_asked
from guongsang.desk.write import write_text
from guongsang.intake.captions import Shot
from guongsang.intake.draft import BLANK, Extra
from guongsang.intake.manuscript import Picture, UnreadableError
from guongsang.intake.old_sites.nukeviet import NukeViet
from guongsang.intake.old_sites.posts import Category, Post, Uploads, make_article
from guongsang.intake.old_sites.wordpress import WordPress
from guongsang.registers.model import Registers
from guongsang.stories.scan import INDEX, STORIES
from guongsang.yamlfile.dump import dump_blocks
from guongsang.yamlfile.parse import parse_yaml

SETTINGS: Final = "nhap-khau.yml"
FOLDER: Final = "nhap-khau"
SUFFIXES: Final = (".sql", ".sql.gz", ".xml", ".xml.gz")
_HEAD: Final = (
    "# Chuyên mục của trang cũ thành chuyên mục (column) và lĩnh vực (fields) nào ở đây.\n"
    "# column: bo-qua thì không nhập bài của chuyên mục ấy. Sửa xong, chạy lại guongsang import.\n"
)
SKIPPED: Final = "bo-qua"
_ALIAS: Final = re.compile(r"(?m)^\s+- [\"']?(/\S+?)[\"']?\s*$")
_ALIASES: Final = re.compile(r"(?ms)^aliases:(.*?)(?=^\S)")
_FLOW: Final = re.compile(r"[\"']?(/[^\s,\]\"']+)")


@dataclass(frozen=True, slots=True)
class Choice:
    """What becomes of a category: a column's key, SKIPPED or BLANK, and keys of fields."""

    name: str
    column: str = BLANK
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """A post that became a draft, or was one already, with its old addresses."""

    post_id: str
    addresses: tuple[str, ...]
    path: str
    draft: Draft | None = None
    asked: tuple[Asked, ...] = ()


@dataclass(slots=True)
class Arrival:
    """What was done: stories, those there already, posts left out by their state or category."""

    stories: list[Taken] = field(default_factory=list)
    there: list[Taken] = field(default_factory=list)
    states: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)


def is_old_site(path: Path) -> bool:
    """Return whether a file is what was saved of a whole site."""
    return path.name.lower().endswith(SUFFIXES)


def open_old_site(path: Path, now: dt.datetime) -> NukeViet | WordPress:
    """Read what is small in a dump or an export. Raises UnreadableError and OSError."""
    is_xml = ".xml" in path.suffixes or path.suffix == ".xml"
    return WordPress(path, now) if is_xml else NukeViet(path, now)


def read_choices(root: Path) -> dict[str, Choice]:
    """Return what was decided before. Raises UnreadableError where it cannot be read."""
    path = root / SETTINGS
    if not path.is_file():
        return {}
    parsed = parse_yaml(path.read_text("utf-8"), SETTINGS)
    if parsed.problems or not isinstance(parsed.data, dict):
        raise UnreadableError("settings", name=SETTINGS)
    found: dict[str, Choice] = {}
    for key, value in parsed.data.items():
        if not isinstance(value, dict):
            raise UnreadableError("settings", name=SETTINGS)
        fields = value.get("fields") or []
        if not isinstance(fields, list):
            raise UnreadableError("settings", name=SETTINGS)
        found[str(key)] = Choice(
            str(value.get("from") or key),
            str(value.get("column") or BLANK),
            tuple(map(str, fields)),
        )
    return found


def write_choices(root: Path, choices: Mapping[str, Choice]) -> None:
    """Keep what was decided. Raises OSError."""
    data: dict[str, Any] = {
        key: {"from": each.name, "column": each.column, "fields": list(each.fields)}
        for key, each in sorted(choices.items())
    }
    write_text(root / SETTINGS, _HEAD + dump_blocks(data))


def guess_choice(category: Category, registers: Registers, column: str = "") -> Choice:
    """Return what a category may become: the column or field of its name, else what was typed."""
    found = find_column(category.name, registers) or find_column(category.key, registers)
    wanted = name_story(category.name)
    known = registers.fields.items()
    fields = [key for key, each in known if wanted in (key, name_story(each.name))]
    return Choice(category.name, column or found or BLANK, tuple(fields))


def find_taken(root: Path) -> dict[str, str]:
    """Return the folders of all stories by each of their old addresses."""
    found: dict[str, str] = {}
    for path in sorted((root / STORIES).glob(f"*/*/{INDEX}")):
        try:
            text = path.read_text("utf-8", errors="replace")
        except OSError:
            continue
        listed = _ALIASES.search(text.partition("\n---")[0] + "\n-")
        if listed is None:
            continue
        folder = path.parent.relative_to(root).as_posix()
        addresses = _ALIAS.findall(listed[1]) or _FLOW.findall(listed[1])
        found |= dict.fromkeys(addresses, folder)
    return found


@dataclass(frozen=True, slots=True)
class House:
    """The newsroom that takes in: what it knows, what it decided, and the old site's pictures."""

    root: Path
    registers: Registers
    choices: Mapping[str, Choice]
    uploads: Uploads
    today: dt.date


def take_in(
    site: NukeViet | WordPress, house: House, *, dry_run: bool = False
) -> Iterator[Arrival]:
    """Take in one post after the other; the arrival grows, and is yielded after each.

    Raises UnreadableError, and OSError where nothing can be written.
    """
    arrival = Arrival(states=Counter(site.counted.states))
    taken = find_taken(house.root)
    planned: set[str] = set()
    guesser = Guesser(house.registers)
    yield arrival
    for post in site.posts():
        there = next((taken[each] for each in post.addresses if each in taken), None)
        choice = _choose(post, house.choices)
        if there is not None:
            asked = _ask_again(house.root, there)
            arrival.there.append(Taken(post.identity, post.addresses, there, asked=asked))
        elif choice.column == SKIPPED:
            arrival.left_out[choice.name] += 1
        else:
            draft = _plan(post, choice, house, guesser, planned)
            if not dry_run:
                write_draft(house.root, draft)
            planned.add(draft.slug)
            for loss in draft.losses:
                arrival.lost[loss.kind] += loss.count
            asked = tuple(list_asked(draft.files[INDEX].decode(), draft.path))
            done = Taken(post.identity, post.addresses, draft.path, _lighten(draft), asked)
            arrival.stories.append(done)
        house.uploads.forget()
        yield arrival


def _choose(post: Post, choices: Mapping[str, Choice]) -> Choice:
    if not post.categories:
        return Choice(BLANK)
    known = [choices[each.key] for each in post.categories if each.key in choices]
    chosen = next((each for each in known if each.column not in (BLANK, SKIPPED)), None)
    return chosen or (known[0] if known else Choice(post.categories[0].name))


def _plan(post: Post, choice: Choice, house: House, guesser: Guesser, planned: set[str]) -> Draft:
    names = [each.name for each in house.registers.columns.values()]
    article = make_article(post, house.uploads, names)
    column = "" if choice.column == BLANK else choice.column
    guess = guesser.guess(article, column, choice.fields)
    key = name_story(post.title or post.key)
    if key in planned or find_story(house.root, key) is not None:
        key = name_story(f"{key[:70].rstrip('-')}-{post.identity}")
    extra = Extra(
        moment=post.moment,
        tags=post.tags,
        sources=[_source(title, link) for title, link in post.sources],
        aliases=[each.replace(" ", "%20") for each in post.addresses],
    )
    return make_draft(article, guess, Wish(house.today, extra=extra, slug=key, name=post.key))


def _source(title: str, link: str) -> dict[str, str]:
    is_link = link.startswith(("http://", "https://"))
    return {"title": title or link, **({"url": link} if is_link else {})}


def _lighten(draft: Draft) -> Draft:
    """Return a draft without what a report does not need: texts and pictures take memory."""
    shots = tuple(
        Shot(Picture("", alt=shot.picture.alt), shot.caption, shot.credit)
        for shot in draft.article.shots
    )
    article = replace(draft.article, shots=shots, blocks=(), notes={})
    return replace(draft, article=article, files=dict.fromkeys(draft.files, b""))


def _ask_again(root: Path, path: str) -> tuple[Asked, ...]:
    """Return what is still missing in a story that was taken in before."""
    try:
        text = (root / path / INDEX).read_text("utf-8", errors="replace")
    except OSError:
        return ()
    return tuple(list_asked(text, path))
