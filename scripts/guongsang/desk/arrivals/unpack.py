"""Take in a story that somebody has packed: checked like a stranger's, never over another story."""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Final

from guongsang.desk.arrivals.pack import SUFFIX
from guongsang.desk.arrivals.refuse_pack import PackError
from guongsang.desk.arrivals.take_in import ThereAlreadyError, find_story, write_folder
from guongsang.desk.change import change_mapping
from guongsang.desk.save import digest_text, find_target, replace_text
from guongsang.enclosures.kinds import find_kind, fits_name
from guongsang.photos.facts import MAX_SIDE_IN_GIT, PhotoFacts, PhotoFault, read_facts_of
from guongsang.photos.take import take_photo
from guongsang.picture_formats import TYPES
from guongsang.problems.problem import Problem, problem_with
from guongsang.registers.load import parse_register
from guongsang.registers.paths import FOLDER, HONOREES, TABLE_NAMES
from guongsang.stories.model import AUDIO_TYPES, DOCUMENT_TYPES, FILM_TYPES
from guongsang.stories.scan import INDEX, STORIES, is_content
from guongsang.stories.schema import is_key
from guongsang.stories.source import MAX_BYTES, decode_text, split_story
from guongsang.text.filenames import find_unholdable, plain_name
from guongsang.yamlfile.dump import dump_blocks
from guongsang.yamlfile.parse import parse_yaml

_MOST_FILES: Final = 400
_MOST_BYTES: Final = 64 << 20  # of one file, unpacked
_MOST_TOGETHER: Final = 200 << 20
_KEY: Final = "[a-z0-9-]{1,80}"
_STORY: Final = re.compile(rf"({STORIES}/[0-9]{{4}}/({_KEY}))/([^/]+)", re.ASCII)
_RECORDS: Final = re.compile(
    rf"{FOLDER}/(?:({'|'.join(TABLE_NAMES)})|honorees/({_KEY}))\.yml", re.ASCII
)
_FILES: Final = frozenset(f".{each}" for each in (*DOCUMENT_TYPES, *AUDIO_TYPES, *FILM_TYPES))
_UNPACKABLE: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True)
class Pack:
    """What a package holds: the folder of a story below the root with its files by their names, and
    records of registers by table and key; of honorees the texts of their files by key."""

    name: str
    path: str
    title: str
    files: Mapping[str, bytes]
    records: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    honorees: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What was taken in; `added` are records that the registers did not have, `others` those that
    they have otherwise: there what stands in the newsroom stays."""

    path: str
    added: tuple[str, ...]
    others: tuple[str, ...]


def is_pack(name: str) -> bool:
    return name.lower().endswith(SUFFIX)


def read_pack(content: bytes, name: str) -> Pack:
    """Read a package whose file is called `name`; nothing is written. Raises PackError."""
    raw = _unzip(content, name)
    homes = {found[1] for path in raw if (found := _STORY.fullmatch(path))}
    if len(homes) > 1:
        raise PackError("several", name=name)
    if not homes or f"{(home := homes.pop())}/{INDEX}" not in raw:
        raise PackError("no-story", name=name)
    files = {
        path.removeprefix(f"{home}/"): _check_file(path, each, name)
        for path, each in raw.items()
        if path.startswith(f"{home}/")
    }
    records: dict[str, Mapping[str, Any]] = {}
    honorees: dict[str, str] = {}
    for path, each in raw.items():
        found = _RECORDS.fullmatch(path)
        if found:
            text, plain = _read_records(path, each, name)
            if found[1]:
                records[found[1]] = plain
            else:
                honorees[found[2]] = text
    return Pack(name, home, _check_text(f"{home}/{INDEX}", raw, name), files, records, honorees)


def _unzip(content: bytes, name: str) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            if len(infos) > _MOST_FILES:
                raise PackError("many", name=name, limit=_MOST_FILES)
            wanted = [info for info in infos if _judge(info, infos, name)]
            if sum(info.file_size for info in wanted) > _MOST_TOGETHER:
                raise PackError("large", name=name, path=name, limit=_MOST_TOGETHER >> 20)
            return {info.filename: _read(archive, info, name) for info in wanted}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        if isinstance(error, PackError):
            raise
        raise PackError("no-zip", name=name) from None
    except (RuntimeError, OSError):  # a password; a place in the file that is not there
        raise PackError("locked", name=name) from None


def _judge(info: zipfile.ZipInfo, infos: list[zipfile.ZipInfo], name: str) -> bool:
    """Return whether an entry is a file to be read; a folder of those says nothing.

    Raises PackError.
    """
    shown = _show(info.orig_filename)
    if info.flag_bits & 0x1:
        raise PackError("locked", name=name)
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise PackError("link", name=name, path=shown)
    if info.filename != info.orig_filename or info.compress_type not in _UNPACKABLE:
        raise PackError("path", name=name, path=shown)
    if info.is_dir():
        if not any(each.filename.startswith(info.filename) for each in infos if not each.is_dir()):
            raise PackError("path", name=name, path=shown)
        return False
    _judge_path(info.filename, name, shown)
    same = plain_name(info.filename)
    if sum(plain_name(each.filename) == same for each in infos) > 1:
        raise PackError("twice", name=name, path=shown)
    if info.file_size > _MOST_BYTES:
        raise PackError("large", name=name, path=shown, limit=_MOST_BYTES >> 20)
    return True


def _judge_path(path: str, name: str, shown: str) -> None:
    story, record = _STORY.fullmatch(path), _RECORDS.fullmatch(path)
    is_good = record is not None and (record[1] is not None or is_key(record[2]))
    if story is not None:
        file = story[3]
        is_good = (
            is_key(story[2])
            and is_content(file)
            and find_unholdable(file) is None
            and len(file.encode()) <= 200
            and file.isprintable()
        )
    if not is_good:
        raise PackError("path", name=name, path=shown)


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    """Read a file no further than it says it is long: that is what bombs lie about."""
    with archive.open(info) as file:
        content = file.read(info.file_size + 1)
    if len(content) > info.file_size:
        raise PackError("large", name=name, path=_show(info.filename), limit=_MOST_BYTES >> 20)
    return content


def _show(path: str) -> str:
    """Return a path as one short line, whatever it holds."""
    return "".join(char if char.isprintable() else "?" for char in path)[:120]


def _check_file(path: str, content: bytes, name: str) -> bytes:
    """Return a file of the story as it may be written. Raises PackError."""
    suffix = PurePosixPath(path).suffix.lower()
    if path.endswith(f"/{INDEX}"):
        return content
    if suffix in TYPES:
        taken = take_photo(content, PurePosixPath(path).name)
        if isinstance(taken, PhotoFault):
            found = problem_with(taken.rule, path, taken.args)
            raise PackError("photo", found=found, name=name, path=path)
        if TYPES[suffix] != TYPES[taken.suffix]:
            raise PackError("type", name=name, path=path)
        facts = read_facts_of(content, PurePosixPath(path).name)
        if isinstance(facts, PhotoFacts) and not facts.private:
            is_small = max(facts.width, facts.height) <= MAX_SIDE_IN_GIT
            return content if is_small else taken.content
        return taken.content
    if suffix not in _FILES or not fits_name(find_kind(content), suffix.removeprefix(".")):
        raise PackError("type", name=name, path=path)
    return content


def _check_text(path: str, raw: Mapping[str, bytes], name: str) -> str:
    """Return the title of the story, which must be readable. Raises PackError."""
    if len(raw[path]) > MAX_BYTES:
        raise PackError("large", name=name, path=path, limit=MAX_BYTES >> 20)
    text = decode_text(raw[path], path)
    split = text if isinstance(text, Problem) else split_story(text, path)
    if isinstance(split, Problem):
        raise PackError("unreadable", found=split, name=name, path=path)
    parsed = parse_yaml(split.front, path, first_line=split.front_line)
    if not isinstance(parsed.data, dict):
        found = next(iter(parsed.problems), None)
        raise PackError("unreadable" if found else "no-story", found=found, name=name, path=path)
    return str(parsed.data.get("title") or path)


def _read_records(path: str, content: bytes, name: str) -> tuple[str, Mapping[str, Any]]:
    text = decode_text(content, path)
    reading = parse_register(text, path)
    if isinstance(text, Problem) or reading.problems:
        found = text if isinstance(text, Problem) else reading.problems[0]
        raise PackError("unreadable", found=found, name=name, path=path)
    return text, reading.plain


def write_pack(root: Path, pack: Pack) -> Unpacked:
    """Write a package: what the registers lack, then the story at one stroke.

    Raises PackError where its address is taken, other RefusedErrors, OSError.
    """
    check_free(root, pack)
    added, others = [], []
    for table, records in pack.records.items():
        path = f"{FOLDER}/{table}.yml"
        new, different = _sort(root, path, records)
        others += [f"{path}: {key}" for key in different]
        if new:
            _add(root, path, new)
            added += [f"{path}: {key}" for key in new]
    for key, text in pack.honorees.items():
        path = f"{HONOREES}/{key}.yml"
        if not find_target(root, path).exists():
            replace_text(root, path, None, text)
            added.append(path)
        elif parse_register(_read_text(root, path), path).plain != parse_register(text, path).plain:
            others.append(path)
    try:
        write_folder(root, pack.path, pack.files)
    except ThereAlreadyError as error:
        raise PackError("there", name=pack.name, path=error.path) from None
    return Unpacked(pack.path, tuple(added), tuple(others))


def check_free(root: Path, pack: Pack) -> None:
    """Raises PackError where there is a story of that address already, in whatever year."""
    there = find_story(root, pack.path.rpartition("/")[2])
    if there is not None:
        raise PackError("there", name=pack.name, path=there)


def _sort(
    root: Path, path: str, records: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the records that a register lacks, and the keys of those that it has otherwise."""
    ours = parse_register(_read_text(root, path), path).plain
    new = {key: record for key, record in records.items() if key not in ours}
    return new, tuple(key for key, each in records.items() if key in ours and ours[key] != each)


def _read_text(root: Path, path: str) -> str:
    target = find_target(root, path)
    return target.read_bytes().decode() if target.is_file() else ""


def _add(root: Path, path: str, records: Mapping[str, Any]) -> None:
    text = _read_text(root, path)
    known = parse_register(text, path).plain
    if known:
        changed = change_mapping(text, records, [*known, *records], path)
        replace_text(root, path, digest_text(text), changed)
    else:
        is_there = find_target(root, path).exists()
        replace_text(
            root, path, digest_text(text) if is_there else None, text + dump_blocks(records)
        )
