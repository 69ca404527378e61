"""Mend what is safe to mend in story files and registers; no word, key or comment is lost.

Byte order marks, line ends, invisible characters, letters typed as letter and mark, no-break spaces
for all spaces, spaces at line ends, the newline at the end of the file, the order of keys, and the
ledger of published addresses.
"""

from __future__ import annotations

import contextlib
import difflib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from guongsang.checks.newsroom.release import read_ledger
from guongsang.desk.order import keys_in_order, sort_keys
from guongsang.desk.places import spell_places
from guongsang.desk.write import write_text
from guongsang.problems.problem import Problem, problem
from guongsang.registers.load import read_register
from guongsang.registers.paths import FOLDER, HONOREES, LEDGER, find_links
from guongsang.registers.places import PlaceBook
from guongsang.registers.schemas import STORY
from guongsang.stories.read import read_story
from guongsang.stories.scan import scan_stories
from guongsang.stories.source import MAX_BYTES, decode_text
from guongsang.text.fold import nfc
from guongsang.text.unseen import drop_unseen, soften_spaces

_TAB: Final = 4  # Markdown's; two spaces at a line's end, or what shows as that, break the line
_FENCE: Final = "---"
_LEDGER_HEAD: Final = (
    "# Sổ địa chỉ đã công bố, mỗi dòng một địa chỉ. "
    "Không xóa dòng nào: địa chỉ đã công bố phải dẫn tới đâu đó.\n"
)


@dataclass(frozen=True, slots=True)
class Mended:
    """A file before and after. `what` names the kinds of mending; `added` counts ledger lines."""

    path: str
    before: str
    after: str
    what: tuple[str, ...]
    added: int = 0
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Fixed:
    """What was mended, and the files that had to be left alone."""

    mended: list[Mended]
    problems: list[Problem]


def fix_files(root: Path, is_wanted: Callable[[str], bool], *, dry_run: bool = False) -> Fixed:
    """Mend the story files and registers whose path below `root` is wanted."""
    done = Fixed([], [])
    places: Any = {}
    with contextlib.suppress(OSError):  # said where the register itself is mended
        places = read_register(root, f"{FOLDER}/places.yml").records
    book = PlaceBook(places)
    for abs_path in _find_files(root):
        path = abs_path.relative_to(root).as_posix()
        if is_wanted(path):
            _fix_file(abs_path, path, done, root=root, book=book, dry_run=dry_run)
    return done


def mend_text(
    text: str, *, is_story: bool, keep: Sequence[str] = (), keys: Sequence[str] = ()
) -> tuple[str, tuple[str, ...]]:
    """Return a text with what is safe mended, and the names of what was; pure, idempotent.

    Names to `keep` are those of files that would not be found in normal form; `keys` are those of
    the file's record in the schema's order, none where the order in the file says something.
    """
    steps: tuple[tuple[str, Callable[[str], str]], ...] = (
        ("bom", lambda old: old.lstrip("\ufeff")),
        ("line-ends", lambda old: old.replace("\r\n", "\n").replace("\r", "\n")),
        ("unseen", partial(_mend_around, drop_unseen, keep=keep)),
        ("nfc", partial(_mend_around, nfc, keep=keep)),
        ("hard-spaces", soften_spaces),
        ("spaces", _trim_story if is_story else _trim_lines),
        ("final-newline", lambda old: f"{kept}\n" if (kept := old.rstrip("\n")) else ""),
        ("key-order", partial(_sort_story if is_story else sort_keys, wanted=keys)),
    )
    done: set[str] = set()
    before = None
    # What one step takes away another one may have looked at: until nothing is left to mend.
    while text != before:
        before = text
        for name, step in steps:
            new = step(text)
            if new != text:
                done.add(name)
            text = new
    return text, tuple(name for name, _ in steps if name in done)


def add_to_ledger(text: str, addresses: list[str]) -> str:
    """Return the ledger with the addresses that it lacks at its end."""
    there = {address.strip("/") for _, address in read_ledger(text)}
    missing = [each for each in addresses if each.strip("/") not in there]
    return (text or _LEDGER_HEAD) + "".join(f"{each}\n" for each in missing) if missing else text


def format_diff(mended: Mended) -> str:
    """Return a unified diff that `git apply` takes."""
    old, new = (_split(text) for text in (mended.before, mended.after))
    source = "/dev/null" if mended.is_new else f"a/{mended.path}"
    lines = difflib.unified_diff(old, new, source, f"b/{mended.path}")
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def _find_files(root: Path) -> Iterator[Path]:
    yield from (root / folder.src_uri for folder in scan_stories(root).folders)
    registers = root / FOLDER
    # Through these, somebody else's files would be written.
    closed = [root / found.path for found in find_links(root) if found.is_error]
    if registers.is_dir():
        files = sorted(each for each in registers.rglob("*.yml") if each.is_file())
        yield from (
            each
            for each in (*files, root / LEDGER)
            if not any(each.is_relative_to(link) for link in closed)
        )


def _fix_file(
    abs_path: Path, path: str, done: Fixed, *, root: Path, book: PlaceBook, dry_run: bool
) -> None:
    before = _read(abs_path, path)
    if isinstance(before, Problem):
        done.problems.append(before)
        return
    mended = _mend(before, abs_path, path, root, book)
    if mended is None:
        return
    try:
        if not dry_run:
            write_text(abs_path, mended.after)
    except OSError as error:
        done.problems.append(problem("GS812", path, reason=error.strerror or error))
        return
    done.mended.append(mended)


def _read(abs_path: Path, path: str) -> str | Problem:
    """Return a file's text as it is, byte order mark and line ends included."""
    if path == LEDGER and not abs_path.exists():
        return ""
    limit = (8 if path.startswith(f"{FOLDER}/") else 1) * MAX_BYTES
    try:
        size = abs_path.stat().st_size
        if size > limit:
            return problem("GS103", path, size=f"{size >> 20} MB", limit=f"{limit >> 20} MB")
        raw = abs_path.read_bytes()
    except OSError as error:
        return problem("GS824", path, reason=error.strerror or error)
    text = decode_text(raw, path)
    return text if isinstance(text, Problem) else raw.decode()


def _mend(before: str, abs_path: Path, path: str, root: Path, book: PlaceBook) -> Mended | None:
    is_story = path.endswith(".md")
    names = _names_beside(abs_path) if is_story else []
    keep = [name for name in names if nfc(drop_unseen(name)) != name]
    after, what = mend_text(before, is_story=is_story, keep=keep, keys=_keys_of(path))
    plain = after
    if is_story:
        after = _change_front(plain, partial(spell_places, book=book))
    elif path.startswith(f"{HONOREES}/"):
        after = spell_places(plain, book)
    if after != plain:
        what = (*what, "places")
    added = 0
    if path == LEDGER:
        plain = after
        after = add_to_ledger(plain, sorted(_ready_addresses(root)))
        if after != plain:
            added = len(list(read_ledger(after))) - len(list(read_ledger(plain)))
            what = (*what, "ledger")
    if after == before:
        return None
    return Mended(path, before, after, what, added, is_new=not abs_path.exists())


def _keys_of(path: str) -> list[str]:
    """Return the keys of a file that holds one record; in tables the order is the newsroom's."""
    if path.endswith(".md"):
        record = STORY
    elif path.startswith(f"{HONOREES}/"):
        record = "honoree"
    elif path == f"{FOLDER}/newsroom.yml":
        record = "newsroom"
    else:
        return []
    return keys_in_order(record)


def _names_beside(abs_path: Path) -> list[str]:
    return sorted((each.name for each in abs_path.parent.iterdir()), key=len, reverse=True)


def _ready_addresses(root: Path) -> Iterator[str]:
    """Yield the addresses of all stories that are ready, those not due yet too."""
    for folder in scan_stories(root).folders:
        try:
            story = read_story(root, folder).story
        except OSError:  # said where the story itself is mended
            continue
        if story is not None and story.front.status == "ready":
            yield f"/{story.url}"


def _mend_around(mend: Callable[[str], str], text: str, keep: Sequence[str]) -> str:
    """Return a text mended everywhere but in the names to keep."""
    if not keep:
        return mend(text)
    names = re.compile(f"({'|'.join(re.escape(name) for name in keep)})")
    return "".join(
        part if number % 2 else mend(part) for number, part in enumerate(names.split(text))
    )


def _trim_lines(text: str) -> str:
    return "\n".join(_trim_line(line) for line in text.split("\n"))


def _trim_story(text: str) -> str:
    """Trim the front matter wholly; in the body a line break of Markdown stays, as two spaces."""
    lines = text.split("\n")
    front = _count_front(lines)
    return "\n".join(
        [_trim_line(line) for line in lines[:front]] + [_trim_body(line) for line in lines[front:]]
    )


def _count_front(lines: list[str]) -> int:
    """Return how many lines the front matter has, with both its fences; 0 where it has none."""
    if lines[0].rstrip(" \t") != _FENCE:
        return 0
    for number, line in enumerate(lines[1:], start=2):
        if line.rstrip(" \t") == _FENCE:
            return number
    return 0


def _sort_story(text: str, wanted: Sequence[str]) -> str:
    return _change_front(text, partial(sort_keys, wanted=wanted))


def _change_front(text: str, change: Callable[[str], str]) -> str:
    lines = text.split("\n")
    front = _count_front(lines)
    if front < 3:
        return text
    changed = change("\n".join(lines[1 : front - 1]))
    return "\n".join([lines[0], changed, *lines[front - 1 :]])


def _trim_line(line: str) -> str:
    # A backslash makes the space after it a letter.
    trimmed = line.rstrip(" \t")
    return line if trimmed.endswith("\\") else trimmed


def _trim_body(line: str) -> str:
    trimmed = _trim_line(line)
    shown = line.expandtabs(_TAB)
    is_break = bool(trimmed) and trimmed != line and shown.endswith("  ")
    return f"{trimmed}  " if is_break else trimmed


def _split(text: str) -> list[str]:
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]
