"""The command `serve`: what a preview tells on the terminal."""

from __future__ import annotations

import os
import sys
import time
import webbrowser
from pathlib import Path

import click

from guongsang.cli.messages.all import say
from guongsang.cli.terminal.project import CONFIG, FINE, PROBLEMS, find_root
from guongsang.cli.terminal.show import Shower, format_tenths, paint
from guongsang.deskpage.asked import BASE
from guongsang.plugin.report import BuildFailedError
from guongsang.preview.panel import format_counts
from guongsang.preview.serve import PackageChangedError, Rebuilt, run_serve
from guongsang.problems.formats import format_problem
from guongsang.problems.problem import Problem
from guongsang.publish.lock import ServeLock
from guongsang.site.sources.project import CACHE


def run_serve_command(root: Path | None, lang: str, port: int, open: bool) -> int:
    """Serve the desk page and a preview until it is stopped."""
    config_file = find_root(root, lang) / CONFIG
    running = ServeLock(config_file.parent / CACHE).find() if open else None
    if running is not None:
        click.echo(say("serving-already", lang, address=running))
        webbrowser.open(f"{running.rstrip('/')}{BASE}")
        return FINE
    teller = _Teller(lang)

    def greet() -> None:
        click.echo(say("serving", lang, port=port, desk=BASE))
        if open:
            webbrowser.open(f"http://127.0.0.1:{port}{BASE}")

    try:
        run_serve(
            config_file,
            Shower(lang),
            port=port,
            lang=lang,
            on_open=greet,
            on_built=teller.tell,
        )
    except BuildFailedError:
        return PROBLEMS
    except PackageChangedError:
        click.echo(say("program-changed", lang))
        _restart()
    except KeyboardInterrupt:
        click.echo(say("served", lang))
    return FINE


class _Teller:
    """Prints a line for each build, and before it the problems that were not there before."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._known: frozenset[Problem] = frozenset()

    def tell(self, rebuilt: Rebuilt) -> None:
        showing, lang = rebuilt.showing, self._lang
        for note in showing.notes:
            click.echo(paint(note, "error"), err=True)
        for found in showing.problems:
            if found not in self._known:
                click.echo(format_problem(found, lang, paint), err=True)
        self._known = frozenset(showing.problems)
        seconds = format_tenths(rebuilt.seconds, lang)
        values: dict[str, object] = {"time": time.strftime("%H:%M:%S"), "seconds": seconds}
        if rebuilt.report is None:
            click.echo(paint(say("not-previewed", lang, **values), "error"), err=True)
            return
        values |= {"stories": rebuilt.report.stories, "drafts": len(rebuilt.report.unpublished)}
        text = say("previewed", lang, **values)
        counts = format_counts(showing.problems, lang)
        click.echo(f"{paint(text, 'good')} {counts}".rstrip())


def _restart() -> None:
    """Begin anew with the program as it is now. Windows cannot do it in the same window."""
    if os.name != "nt":
        sys.stdout.flush()
        again = [each for each in sys.orig_argv[1:] if each != "--open"]  # the page is open
        os.execv(sys.executable, [sys.executable, *again])  # noqa: S606 - ourselves
