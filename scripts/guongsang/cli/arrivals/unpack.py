"""`guongsang import` of packages that the desk page has made."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from guongsang.cli.messages.all import say
from guongsang.cli.terminal.project import FINE, PROBLEMS
from guongsang.cli.terminal.show import paint
from guongsang.desk.arrivals.unpack import Pack, Unpacked, check_free, read_pack, write_pack
from guongsang.desk.refuse import RefusedError

VERSION = 1


def run_unpack(root: Path, paths: Sequence[Path], lang: str, format: str, *, dry_run: bool) -> int:
    """Take in each package, or say in one line why not."""
    told: list[dict[str, Any]] = []
    code = FINE
    for path in paths:
        try:
            pack = read_pack(path.read_bytes(), path.name)
            check_free(root, pack)
            done = None if dry_run else write_pack(root, pack)
        except (RefusedError, OSError) as error:
            code = PROBLEMS
            reason = _explain(path.name, error, lang)
            told.append({"file": path.name, "path": None, "reason": reason})
            if format == "text":
                click.echo(paint(reason, "error"), err=True)
            continue
        told.append(_report(pack, done))
        if format == "text":
            _show(pack, done, lang)
    if format == "json":
        click.echo(json.dumps({"version": VERSION, "stories": told}, ensure_ascii=False, indent=2))
    return code


def _explain(name: str, error: RefusedError | OSError, lang: str) -> str:
    if isinstance(error, RefusedError):
        return error.message(lang)
    return say("import-unread", lang, file=name, reason=error.strerror or error)


def _show(pack: Pack, done: Unpacked | None, lang: str) -> None:
    key = "would-unpack" if done is None else "unpacked"
    values = {"file": pack.name, "path": pack.path, "title": pack.title}
    click.echo(paint(say(key, lang, files=len(pack.files) - 1, **values), "good"))
    for key, what in _notes(done):
        click.echo(f"  – {say(key, lang, what=', '.join(what))}")
    if done is not None:
        click.echo(say("import-next", lang, paths=pack.path))


def _notes(done: Unpacked | None) -> list[tuple[str, tuple[str, ...]]]:
    if done is None:
        return []
    both = (("unpacked-added", done.added), ("unpacked-others", done.others))
    return [(key, what) for key, what in both if what]


def _report(pack: Pack, done: Unpacked | None) -> dict[str, Any]:
    return {
        "file": pack.name,
        "path": pack.path,
        "title": pack.title,
        "photos": sorted(name for name in pack.files if name != "index.md"),
        "added": list(done.added) if done else [],
        "others": list(done.others) if done else [],
    }
