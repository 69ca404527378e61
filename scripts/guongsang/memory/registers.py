"""What is remembered of the registers: each file's records, until the file changes."""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from guongsang.memory.store import load_store, save_store
from guongsang.memory.workers import share_work
from guongsang.problems.problem import Problem
from guongsang.registers.load import (
    TABLES,
    FileReading,
    RegistersReading,
    load_registers,
    read_register,
)
from guongsang.registers.paths import find_honorees
from guongsang.stories.scan import Stamp, is_settled, stamp_of
from guongsang.traces import ALL, Recorder, Tracked

_NAME: Final = "registers.bin"

# Of one file: its stamp, its problems pickled, and digest and pickle of each record.
_File = tuple[Stamp | None, bytes, dict[str, tuple[str, bytes]]]


@dataclass(frozen=True, slots=True)
class KnownRegisters:
    """The registers, whose tables note what is looked up, and the digests of their records."""

    reading: RegistersReading
    digests: Mapping[str, Mapping[str, str]]

    def answer(self, kind: str, key: str) -> str | None:
        """Return the answer to a question that was noted, None when it is not for a register."""
        digests = self.digests.get(kind)
        if digests is None:
            return None
        if key == ALL:
            return " ".join(f"{name} {digest}" for name, digest in digests.items())
        return digests.get(key, "")


class _Records(Mapping[str, Any]):
    """The records of one file, each unpacked when it is looked up."""

    def __init__(self, kept: Mapping[str, tuple[str, bytes]]) -> None:
        self.kept = kept
        self._unpacked: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:
        if key not in self._unpacked:
            self._unpacked[key] = pickle.loads(self.kept[key][1])  # noqa: S301 - our own bytes
        return self._unpacked[key]

    def __contains__(self, key: object) -> bool:
        return key in self.kept

    def __iter__(self) -> Iterator[str]:
        return iter(self.kept)

    def __len__(self) -> int:
        return len(self.kept)


def recall_registers(
    root: Path, cache_dir: Path, recorder: Recorder, *, workers: int = 1
) -> KnownRegisters:
    """Load all registers, from memory where their files have not changed."""
    before: dict[str, _File] = load_store(cache_dir / _NAME) or {}
    unknown = [path for path, _ in find_honorees(root) if path not in before]
    read = share_work(unknown, partial(_read_part, root), workers=workers)
    before |= {path: file for part in read for path, file in part.items()}
    now: dict[str, _File] = {}

    def read_one(path: str) -> FileReading:
        now[path] = file = _recall_file(root, path, before.get(path))
        return FileReading(_Records(file[2]), pickle.loads(file[1]))  # noqa: S301 - our own bytes

    reading = load_registers(root, read_one)
    if unknown or now != before:
        save_store(cache_dir / _NAME, now)
    digests: dict[str, dict[str, str]] = {name: {} for name in (*TABLES, "honorees", "newsroom")}
    for path, (_, _, records) in now.items():
        parts = path.removesuffix(".yml").split("/")
        digests[parts[2]].update((key, digest) for key, (digest, _) in records.items())
    if reading.registers is None:
        return KnownRegisters(reading, digests)
    tracked = {
        name: Tracked(name, getattr(reading.registers, name), recorder)
        for name in (*TABLES, "honorees")
    }
    registers = replace(reading.registers, **tracked)  # type: ignore[arg-type]
    return KnownRegisters(RegistersReading(registers, reading.problems), digests)


def _read_part(root: Path, paths: Sequence[str]) -> dict[str, _File]:
    return {path: _recall_file(root, path, None) for path in paths}


def _recall_file(root: Path, path: str, known: _File | None) -> _File:
    try:
        stamp: Stamp | None = stamp_of(os.stat(f"{root}/{path}"))  # noqa: PTH116 - of thousands
    except OSError:
        stamp = None
    if known is not None and stamp is not None and known[0] == stamp:
        return known
    reading = read_register(root, path)
    problems: list[Problem] = list(reading.problems)
    kept = stamp if stamp is not None and is_settled(stamp) else None
    return kept, pickle.dumps(problems, 5), {key: _pack(r) for key, r in reading.records.items()}


def _pack(record: Any) -> tuple[str, bytes]:
    return hashlib.sha256(repr(record).encode()).hexdigest(), pickle.dumps(record, 5)
