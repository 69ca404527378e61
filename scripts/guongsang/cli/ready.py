"""`guongsang photos` where all files were there and nothing has changed since: told at once."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from guongsang.cli.project import CONFIG, FINE, find_root
from guongsang.cli.show import paint
from guongsang.cli.texts import say
from guongsang.memory.snapshot import SETTLING_SECONDS, Inputs
from guongsang.memory.store import CACHE
from guongsang.problems.formats import format_text
from guongsang.problems.problem import Problem, plain_problem
from guongsang.text.dates import read_now


@dataclass(frozen=True, slots=True)
class Ready:
    """What there is to tell: numbers, of which `different` leaves out equal photos, and hints."""

    photos: int
    files: int
    different: int
    stories: int
    problems: list[Problem]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the options of the command ask for."""

    dry_run: bool
    prune: bool
    shrink: bool
    executor: str | None
    paths: Sequence[Path]


def run_photos(root: Path | None, lang: str, **options: Any) -> int:
    """Make the sizes of all photos, prune the cache, or shrink originals."""
    wanted = Wanted(**options)
    if not (wanted.prune or wanted.shrink or wanted.executor or wanted.paths):
        known = list_inputs(find_root(root, lang)).recall()
        if known is not None and not known.changed:
            photos, files, different, stories, hints = known.result
            problems = [Problem(*each) for each in hints]
            tell_ready(Ready(photos, files, different, stories, problems), lang, wanted.dry_run)
            return FINE
    from guongsang.cli.photos import make_photos

    return make_photos(root, lang, wanted)


def list_inputs(root: Path) -> Inputs:
    return Inputs(root / CONFIG, root / CACHE, read_now(), ("photos",))


def tell_ready(ready: Ready, lang: str, dry_run: bool) -> None:
    """Say what the command says when it has nothing to do."""
    click.echo(say("photos-plan", lang, photos=ready.photos, files=ready.files))
    if dry_run:
        return
    click.echo(say("photos-reused", lang, reused=ready.different))
    if ready.problems:
        click.echo(format_text(ready.problems, ready.stories, lang, paint), err=True)


def keep_ready(inputs: Inputs, folders: Sequence[str], end: dt.datetime, ready: Ready) -> None:
    """Keep what there is to say as long as stories, settings and cached photos stay as they are.

    The folder of the cached photos is the last, and looked at only now that they are made.
    """
    time.sleep(SETTLING_SECONDS)
    numbers = (ready.photos, ready.files, ready.different, ready.stories)
    inputs.keep(inputs.look(folders), end, (*numbers, list(map(plain_problem, ready.problems))))
