"""What has changed here and is not sent yet, as editors speak of it: stories, photos, registers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from guongsang.desk.arrivals.named import list_named
from guongsang.desk.sending.bases import read_bases
from guongsang.desk.sending.blocks import split_blocks
from guongsang.desk.sending.repo import (
    PAGES,
    SETTINGS,
    Here,
    Repo,
    find_ids,
    look_here,
    read_contents,
    read_id,
)
from guongsang.problems.problem import Problem
from guongsang.registers.paths import FOLDER, HONOREES, LEDGER
from guongsang.stories.scan import INDEX, STORIES, is_content
from guongsang.stories.source import decode_text, split_story
from guongsang.yamlfile.parse import parse_yaml

Kind = Literal["story", "register", "page"]
What = Literal["added", "changed", "deleted", "renamed", "retracted"]
_STORY: Final = re.compile(rf"{STORIES}/([0-9]{{4}}/[^/]+)/.+")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that can be sent. Paths are relative to the newsroom.

    `id` is a story's address, or a path; `old` the address that it had; `keys` are the keys of the
    front matter or the records that differ, "body" among them; `photos` how many were added,
    changed and taken away. `along` are registers that a story needs, with the records or lines of
    them, None for all; `beside` other things that lead to it.
    """

    id: str
    kind: Kind
    what: What
    title: str
    paths: tuple[str, ...]
    old: str = ""
    status: str = ""
    keys: tuple[str, ...] = ()
    photos: tuple[int, int, int] = (0, 0, 0)
    along: Mapping[str, frozenset[str] | None] = field(default_factory=dict)
    beside: tuple[str, ...] = ()
    is_approved: bool = False


@dataclass(slots=True)
class State:
    """The newsroom as it lies here: `head` is its last version; paths are those of the
    repository."""

    repo: Repo
    head: str | None
    here: Here
    bases: dict[str, str | None]
    changes: tuple[Change, ...] = ()
    _of_head: dict[str, str | None] = field(default_factory=dict)

    def base_of(self, path: str) -> str | None:
        """Return the id on which the edit of a file stands."""
        return self.bases[path] if path in self.bases else self._of_head.get(path)


def read_state(repo: Repo) -> State:
    """Find out what has changed here; nothing is asked of the other end.

    Raises NotSentError, GitError.
    """
    head = read_id(repo, f"{repo.branch}^{{commit}}")
    here = look_here(repo)
    known = read_bases(repo)
    bases = {path: each for path, each in known.items() if path in here.ids}
    state = State(repo, head, here, bases)
    state._of_head.update(find_ids(repo, head, here.ids))
    state.changes = tuple(_list_changes(state))
    return state


def _list_changes(state: State) -> Iterator[Change]:
    prefix = state.repo.prefix
    edited = {
        path.removeprefix(prefix): each
        for path, each in state.here.ids.items()
        if each != state.base_of(path) and is_content(path.rpartition("/")[2])
    }
    texts = _Texts(state, edited)
    stories: dict[str, list[str]] = {}
    for path in edited:
        found = _STORY.fullmatch(path)
        if found and found[1].split("/")[0] != "registers":
            stories.setdefault(found[1], []).append(path)
    registers = [path for path in edited if path.startswith(f"{FOLDER}/")]
    pages = [path for path in edited if path == SETTINGS or path.startswith(f"{PAGES}/")]
    told = [_tell_story(address, paths, texts) for address, paths in sorted(stories.items())]
    told = _pair_renamed(told, texts)
    own = [_tell_file(path, "register", texts) for path in sorted(registers)]
    others = [*own, *(_tell_file(path, "page", texts) for path in sorted(pages))]
    for each in told:
        named = _find_named(each, own, texts)
        beside = tuple(_find_beside(each, [*told, *others], texts)) if each.old else ()
        yield replace(each, along=named, beside=beside)
    yield from others


@dataclass(slots=True)
class _Texts:
    """The contents of edited files, as they were and as they are."""

    state: State
    edited: Mapping[str, str | None]
    _known: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        wanted = [path for path in self.edited if path.endswith((".md", ".yml", ".txt"))]
        ids = {each for path in wanted for each in (self.id_was(path), self.id_is(path)) if each}
        self._known = read_contents(self.state.repo, sorted(ids)) if ids else {}

    def id_was(self, path: str) -> str | None:
        return self.state.base_of(f"{self.state.repo.prefix}{path}")

    def id_is(self, path: str) -> str | None:
        return self.edited.get(path)

    def was(self, path: str) -> str | None:
        return self._decode(self.id_was(path), path)

    def now(self, path: str) -> str | None:
        return self._decode(self.id_is(path), path)

    def _decode(self, each: str | None, path: str) -> str | None:
        raw = self._known.get(each) if each else None
        text = None if raw is None else decode_text(raw, path)
        return text if isinstance(text, str) else None


def read_front(text: str | None) -> tuple[dict[str, Any], str]:
    """Return what the front matter of a story says, as far as it can be read, and its body."""
    split = split_story(text, "") if text else None
    if split is None or isinstance(split, Problem):
        return {}, text or ""
    data = parse_yaml(split.front, "").data
    return (data if isinstance(data, dict) else {}), split.body


def _tell_story(address: str, paths: list[str], texts: _Texts) -> Change:
    index = f"{STORIES}/{address}/{INDEX}"
    was, now = texts.was(index), texts.now(index)
    (old, old_body), (front, body) = read_front(was), read_front(now)
    is_edited = index in texts.edited
    what: What = "changed"
    keys: list[str] = []
    if is_edited and texts.id_is(index) is None:
        what, front = "deleted", old
    elif is_edited and texts.id_was(index) is None:
        what = "added"
    elif is_edited:
        keys = [key for key in {**old, **front} if old.get(key) != front.get(key)]
        keys += ["body"] if old_body.strip() != body.strip() else []
        if front.get("status") == "retracted" != old.get("status"):
            what = "retracted"
    else:
        front = _read_unedited(index, texts)
    others = [path for path in paths if path != index]
    ids = [(texts.id_was(path), texts.id_is(path)) for path in others]
    photos = (
        sum(before is None for before, _ in ids),
        sum(before is not None and after is not None for before, after in ids),
        sum(after is None for _, after in ids),
    )
    return Change(
        address,
        "story",
        what,
        str(front.get("title") or address),
        tuple(sorted(paths)),
        status=str(front.get("status") or ""),
        keys=tuple(keys),
        photos=photos,
        is_approved=bool(front.get("approved")),
    )


def _read_unedited(index: str, texts: _Texts) -> dict[str, Any]:
    try:
        raw = (texts.state.repo.root / index).read_bytes()
    except OSError:
        return {}
    text = decode_text(raw, index)
    return read_front(text)[0] if isinstance(text, str) else {}


def _pair_renamed(told: list[Change], texts: _Texts) -> list[Change]:
    """Put a story that is gone and one that says it was there into one change."""
    gone = {each.id: each for each in told if each.what == "deleted"}
    found: list[Change] = []
    for each in told:
        old = _find_old(each, gone, texts) if each.what == "added" else None
        if old is None:
            found.append(each)
            continue
        paths = tuple(sorted((*each.paths, *gone.pop(old).paths)))
        found.append(replace(each, what="renamed", old=old, paths=paths, photos=(0, 0, 0)))
    return [each for each in found if each.what != "deleted" or each.id in gone]


def _find_old(new: Change, gone: Mapping[str, Change], texts: _Texts) -> str | None:
    front, body = read_front(texts.now(f"{STORIES}/{new.id}/{INDEX}"))
    aliases = front.get("aliases")
    for address in gone:
        if isinstance(aliases, list) and f"/{address}/" in aliases:
            return address
        old, old_body = read_front(texts.was(f"{STORIES}/{address}/{INDEX}"))
        if old.get("title") == front.get("title") and old_body.strip() == body.strip():
            return address
    return None


def _tell_file(path: str, kind: Kind, texts: _Texts) -> Change:
    what: What = "changed"
    if texts.id_is(path) is None:
        what = "deleted"
    elif texts.id_was(path) is None:
        what = "added"
    title = path
    if path.startswith(f"{HONOREES}/"):
        data = parse_yaml(texts.now(path) or texts.was(path) or "", path).data
        title = str(data.get("name") or path) if isinstance(data, dict) else path
    return Change(path, kind, what, title, (path,), keys=tuple(_find_records(path, texts)))


def _find_records(path: str, texts: _Texts) -> list[str]:
    """Return the keys of a register, or the lines of the ledger, that differ."""
    was, now = texts.was(path) or "", texts.now(path) or ""
    if path == LEDGER:
        old, new = was.split("\n"), now.split("\n")
        return [line for line in dict.fromkeys((*old, *new)) if (line in old) != (line in new)]
    before, after = split_blocks(was), split_blocks(now)
    if not path.endswith(".yml") or before is None or after is None:
        return []
    return [key for key in {**before, **after} if key.strip() and before.get(key) != after.get(key)]


def _find_named(
    story: Change, registers: Iterable[Change], texts: _Texts
) -> dict[str, frozenset[str] | None]:
    """Return the changed registers that a story names."""
    if story.what == "deleted":
        return {}
    index = f"{STORIES}/{story.id}/{INDEX}"
    front = read_front(texts.now(index))[0] or _read_unedited(index, texts)
    found: dict[str, frozenset[str] | None] = {}
    people = set(list_named(front, "honorees"))
    for each in registers:
        if each.id.startswith(f"{HONOREES}/"):
            if each.id.removeprefix(f"{HONOREES}/").removesuffix(".yml") in people:
                found[each.id] = None
            continue
        wanted = _find_wanted(each.id, front, story)
        named = frozenset(key for key in each.keys if key in wanted)
        if named:
            found[each.id] = named
    return found


def _find_wanted(path: str, front: Mapping[str, Any], story: Change) -> set[str]:
    if path == LEDGER:
        return {f"/{address}/" for address in (story.id, story.old) if address}
    table = path.removeprefix(f"{FOLDER}/").removesuffix(".yml")
    return set(list_named(front, table))


def _find_beside(story: Change, others: Iterable[Change], texts: _Texts) -> Iterator[str]:
    """Yield what else was changed so that it leads to a story's new address."""
    slug = re.compile(rf"(?<![\w-]){re.escape(story.id.split('/')[1])}(?![\w-])")
    for each in others:
        if each.id == story.id or each.kind == "register":
            continue
        for path in each.paths:
            now, was = texts.now(path) or "", texts.was(path) or ""
            if slug.search(now) and not slug.search(was):
                yield each.id
                break
