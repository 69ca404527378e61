"""What editors do to their files: mend, erase, and let their program know the keys."""

from __future__ import annotations

import difflib
import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click

from guongsang.cli.project import FINE, PROBLEMS, find_root, is_below, relative_to
from guongsang.cli.show import paint, show_erasure, show_fixed
from guongsang.cli.texts import say
from guongsang.desk.erase import find_erasure, known_targets, write_erasure
from guongsang.desk.fix import fix_files
from guongsang.problems.formats import format_problem
from guongsang.problems.problem import has_errors, problem
from guongsang.registers.describe import json_schema
from guongsang.text.dates import read_now


def run_fix(root: Path | None, lang: str, dry_run: bool, paths: Sequence[Path]) -> int:
    """Mend story files and registers, or show what would be mended."""
    folder = find_root(root, lang)
    wanted = [relative_to(path, folder) for path in paths]
    done = fix_files(folder, partial(is_below, wanted=wanted), dry_run=dry_run)
    show_fixed(done, lang, dry_run=dry_run)
    return PROBLEMS if has_errors(done.problems) else FINE


def run_erase(root: Path | None, lang: str, dry_run: bool, target: str) -> int:
    """Erase a story or an honoree, and say what a build cannot reach."""
    folder = find_root(root, lang)
    erasure = find_erasure(folder, target)
    if erasure is None:
        known = known_targets(folder)
        near = difflib.get_close_matches(target, known) or known[:10]
        raise click.UsageError(say("erase-unknown", lang, target=target, near=", ".join(near)))
    if not dry_run:
        try:
            write_erasure(folder, erasure)
        except OSError as error:
            found = problem("GS812", erasure.path, reason=error.strerror or error)
            click.echo(format_problem(found, lang, paint), err=True)
            return PROBLEMS
    show_erasure(erasure, lang, read_now().date(), dry_run=dry_run)
    return FINE


def run_schema(root: Path | None, lang: str, name: str) -> int:
    """Print the JSON Schema of a record or register; it is the same for every newsroom."""
    del root
    click.echo(json.dumps(json_schema(name, lang), ensure_ascii=False, indent=2))
    return FINE
