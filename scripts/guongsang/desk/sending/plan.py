"""What is to be sent, put upon what others have sent: which file has which content then.

Nothing is written to the folder here. What both sides have changed is told, to be chosen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from guongsang.desk.sending.blocks import take_blocks
from guongsang.desk.sending.changes import Change, State
from guongsang.desk.sending.clash import Choice, Clash, Merge
from guongsang.desk.sending.merge import merge_file
from guongsang.desk.sending.paragraphs import merge_lines
from guongsang.desk.sending.refuse import NotSentError
from guongsang.desk.sending.repo import find_ids, keep_text, list_tree, read_contents
from guongsang.desk.sending.stem import Stem
from guongsang.registers.paths import FOLDER, LEDGER
from guongsang.stories.scan import INDEX, STORIES

STORY: Final = "story"  # the part of a clash that is a whole story


@dataclass(frozen=True, slots=True)
class Question:
    """Something that both have changed, in the change of `about`, in the file `path`."""

    about: str
    path: str
    clash: Clash


@dataclass(slots=True)
class Plan:
    """The files of the new version that differ from the stem's, with their ids, None for those that
    go. Paths are those of the repository.

    `partial` are registers of which only some records are sent; `moved` are addresses of new
    stories that somebody else has used meanwhile, with those that they get.
    """

    files: dict[str, str | None] = field(default_factory=dict)
    partial: set[str] = field(default_factory=set)
    questions: list[Question] = field(default_factory=list)
    moved: dict[str, str] = field(default_factory=dict)


def make_plan(
    state: State, stem: Stem, wanted: Iterable[str], choices: Mapping[str, Choice]
) -> Plan:
    """Plan to send the changes of these ids. Raises NotSentError, GitError."""
    changes = {each.id: each for each in state.changes}
    planner = _Planner(state, stem, choices)
    chosen = [changes[each] for each in dict.fromkeys(wanted) if each in changes]
    for change in chosen:
        planner.add(change)
    whole = {path for change in chosen for path in change.paths}
    parts: dict[str, frozenset[str]] = {}
    for change in chosen:
        for path, keys in change.along.items():
            if path in whole:
                continue
            if keys is None:
                planner.add_file(change.id, planner.at(path))
            else:
                parts[path] = parts.get(path, frozenset()) | keys
    for path, keys in parts.items():
        planner.add_part(path, keys)
    planner.close()
    return planner.plan


class _Planner:
    def __init__(self, state: State, stem: Stem, choices: Mapping[str, Choice]) -> None:
        self._state, self._stem, self._choices = state, stem, choices
        self._repo = state.repo
        # All at once: to ask git for each file of a story would take seconds.
        trees = (state.head, stem.tree)
        self._ids = {tree: find_ids(state.repo, tree, state.here.ids) for tree in trees}
        self.plan = Plan()

    def at(self, path: str) -> str:
        """Return where a file of the newsroom is in the repository."""
        return f"{self._repo.prefix}{path}"

    def add(self, change: Change) -> None:
        if change.kind != "story":
            for path in change.paths:
                self.add_file(change.id, self.at(path))
        elif change.what == "renamed":
            self._add_renamed(change)
        elif change.what == "deleted":
            self._add_deleted(change)
        else:
            self._add_story(change)

    def add_file(self, about: str, path: str) -> None:
        """Plan a file of its own."""
        base, theirs = self._below(path)
        self._put(about, path, (base, self._mine(path), theirs))

    def add_part(self, path: str, keys: frozenset[str]) -> None:
        """Plan some records of a register, the others stay unsent."""
        at = self.at(path)
        base, theirs = self._below(at)
        mine = self._mine(at)
        known = read_contents(self._repo, filter(None, (base, mine)))
        was = known[base].decode() if base else ""
        now = known[mine].decode() if mine else ""
        if path == LEDGER:
            lines = (line for line in now.split("\n") if line in keys)
            part = merge_lines(was, was + "".join(f"\n{line}" for line in lines) + "\n", was)
        else:
            taken = take_blocks(was, now, keys)
            if taken is None:
                self.add_file(path, at)
                return
            part = taken
        self._put(path, at, (base, keep_text(self._repo, part.encode()), theirs))
        self.plan.partial.add(at)

    def close(self) -> None:
        """Plan what was checked in here in another way than elsewhere, and is not edited now."""
        for path, three in self._stem.open.items():
            if path not in self.plan.files and not self._is_asked(path):
                self._put(path, path, three)

    def _is_asked(self, path: str) -> bool:
        return any(each.path == path for each in self.plan.questions)

    def _mine(self, path: str) -> str | None:
        here = self._state.here.ids
        if path not in here:
            return self._find_id(self._state.head, path)
        if here[path] == "":
            raise NotSentError("link", path=path)
        return here[path]

    def _below(self, path: str) -> tuple[str | None, str | None]:
        """Return what a file was when my edit began, and what it is on the stem."""
        if path in self._stem.open:
            base, _, theirs = self._stem.open[path]
            return base, theirs
        if path in self._state.here.ids:
            base = self._state.base_of(path)
        else:
            base = self._find_id(self._state.head, path)
        return base, self._find_id(self._stem.tree, path)

    def _find_id(self, tree: str | None, path: str) -> str | None:
        known = self._ids[tree]
        if path not in known:
            known |= find_ids(self._repo, tree, [path])
        return known[path]

    def _put(self, about: str, path: str, three: tuple[str | None, str | None, str | None]) -> None:
        base, mine, theirs = three
        if theirs in (mine, base):
            self.plan.files[path] = mine
            return
        if mine == base:
            self.plan.files[path] = theirs
            return
        known = read_contents(self._repo, filter(None, three))
        contents = [known[each] if each else None for each in three]
        self._settle(about, path, merge_file(path.removeprefix(self._repo.prefix), *contents))

    def _settle(self, about: str, path: str, merge: Merge) -> None:
        open_clashes = [each for each in merge.clashes if each.id not in self._choices]
        if open_clashes:
            self.plan.questions += (Question(about, path, each) for each in open_clashes)
            return
        content = merge.resolve(self._choices)
        self.plan.files[path] = None if content is None else keep_text(self._repo, content)

    # Stories.

    def _add_story(self, change: Change) -> None:
        index = self.at(f"{STORIES}/{change.id}/{INDEX}")
        base, theirs = self._below(index)
        mine = self._mine(index)
        if base is None and theirs not in (None, mine) and mine is not None:
            self._add_elsewhere(change)
            return
        if base is not None and theirs is None and mine is not None:
            self._ask_about_gone(change, mine)
            return
        paths = [self.at(path) for path in change.paths]
        names = self._find_taken_names(paths)
        for path in paths:
            if path in names:
                self.plan.files[names[path]] = self._mine(path)
                self.plan.files[path] = self._below(path)[1]
            elif path == index and names:
                self._put(change.id, path, (base, self._rewrite(mine, names), theirs))
            else:
                self.add_file(change.id, path)
        if names and index not in paths:
            self._put(change.id, index, (base, self._rewrite(mine, names), theirs))

    def _find_taken_names(self, paths: list[str]) -> dict[str, str]:
        """Return new paths for new photos whose names others have given to other photos."""
        names: dict[str, str] = {}
        for path in paths:
            base, theirs = self._below(path)
            mine = self._mine(path)
            if path.endswith(f"/{INDEX}") or base is not None or mine is None:
                continue
            if theirs is not None and theirs != mine:
                names[path] = self._find_free(path, {*names.values(), *paths})
        return names

    def _find_free(self, path: str, taken: set[str]) -> str:
        folder, _, name = path.rpartition("/")
        stem, dot, ending = name.rpartition(".")
        stem = re.sub(r"-[0-9]+$", "", stem or ending)
        there = {
            each.rpartition(".")[0]
            for each in (*list_tree(self._repo, self._stem.tree, folder), *self._list_here(folder))
        }
        there |= {each.rpartition(".")[0] for each in taken}
        return next(
            f"{folder}/{stem}-{n}{dot}{ending if dot else ''}"
            for n in count(1)
            if f"{folder}/{stem}-{n}" not in there
        )

    def _rewrite(self, mine: str | None, names: Mapping[str, str]) -> str | None:
        """Return my text with the new names of photos."""
        if mine is None:
            return None
        text = read_contents(self._repo, [mine])[mine]
        for old, new in names.items():
            was, now = (path.rpartition("/")[2].encode() for path in (old, new))
            sign = rb"(?<![\w./-])" + re.escape(was) + rb"(?![\w-]|\.\w)"
            text = re.sub(sign, now.replace(b"\\", b"\\\\"), text)
        return keep_text(self._repo, text)

    def _list_here(self, folder: str) -> dict[str, str]:
        """Return the files of a folder as they lie here."""
        files = list_tree(self._repo, self._state.head, folder)
        for path, each in self._state.here.ids.items():
            if not path.startswith(f"{folder}/"):
                continue
            if each is None:
                files.pop(path, None)
            else:
                files[path] = self._mine(path) or ""
        return files

    def _add_elsewhere(self, change: Change) -> None:
        """Plan a new story whose address others have used meanwhile, at another one."""
        year, _, slug = change.id.partition("/")
        folders = {path.split("/")[2] for path in self._list_years()}
        free = next(f"{slug}-{n}" for n in count(2) if f"{slug}-{n}" not in folders)
        old, new = (self.at(f"{STORIES}/{year}/{name}/") for name in (slug, free))
        for path, each in self._list_here(old.rstrip("/")).items():
            self.plan.files[new + path.removeprefix(old)] = each
        for path in (self.at(each) for each in change.paths):
            self.plan.files.setdefault(path, self._below(path)[1])
        self.plan.moved[change.id] = f"{year}/{free}"

    def _list_years(self) -> Iterator[str]:
        folder = self.at(STORIES)
        for path in (*list_tree(self._repo, self._stem.tree, folder), *self._list_here(folder)):
            rest = path.removeprefix(self._repo.prefix)
            if not rest.startswith(f"{FOLDER}/") and rest.count("/") > 2:
                yield rest

    def _ask_about_gone(self, change: Change, mine: str) -> None:
        """Ask whether a story that others have taken away is to stay, as it is here."""
        folder = self.at(f"{STORIES}/{change.id}")
        text = read_contents(self._repo, [mine])[mine]
        choice = self._ask(change.id, f"{folder}/{INDEX}", Clash(STORY, text, None))
        here = self._list_here(folder)
        if choice == "mine":
            self.plan.files |= here
        elif choice:
            self.plan.files |= dict.fromkeys(here)

    def _add_deleted(self, change: Change) -> None:
        folder = self.at(f"{STORIES}/{change.id}")
        there = list_tree(self._repo, self._stem.tree, folder)
        was = {
            path: base
            for path in (self.at(each) for each in change.paths)
            if (base := self._below(path)[0]) is not None
        }
        index = f"{folder}/{INDEX}"
        choice: str | None = "mine"
        if any(was.get(path) != each for path, each in there.items()):
            shown = there.get(index) or next(iter(there.values()))
            text = read_contents(self._repo, [shown])[shown]
            choice = self._ask(change.id, index, Clash(STORY, None, text))
        if choice == "mine":
            self.plan.files |= dict.fromkeys([*was, *there])
        elif choice:
            self.plan.files |= {**dict.fromkeys(was), **there}

    def _ask(self, about: str, path: str, clash: Clash) -> Choice | None:
        if clash.id not in self._choices:
            self.plan.questions.append(Question(about, path, clash))
        return self._choices.get(clash.id)

    def _add_renamed(self, change: Change) -> None:
        """Plan a story that has moved: what others did to it at its old address moves along."""
        old, new = (self.at(f"{STORIES}/{each}/") for each in (change.old, change.id))
        if self._below(f"{new}{INDEX}")[1] not in (None, self._mine(f"{new}{INDEX}")):
            raise NotSentError("changed")
        there = list_tree(self._repo, self._stem.tree, old.rstrip("/"))
        was = {path for path in (self.at(each) for each in change.paths) if path.startswith(old)}
        here = self._list_here(new.rstrip("/"))
        names = {path.removeprefix(new) for path in here}
        names |= {path.removeprefix(old) for path in (*there, *was)}
        for name in sorted(names):
            base, theirs = self._below(f"{old}{name}")
            mine = self._mine(f"{new}{name}") if f"{new}{name}" in here else None
            if theirs is None and base is not None and mine is not None:
                theirs = base  # taken away at the old address: mine has moved on
            self._put(change.id, f"{new}{name}", (base, mine, theirs))
        self.plan.files |= dict.fromkeys([*was, *there])
