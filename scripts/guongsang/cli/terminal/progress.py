"""The bar that shows how far the pictures are. Apart, since drawing it takes long to load."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from guongsang.cli.messages.all import say
from guongsang.cli.terminal.show import format_tenths
from guongsang.photos.render import Progress as OnProgress


class _RateColumn(ProgressColumn):
    """Photos a second."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self._lang = lang

    def render(self, task: Task) -> Text:
        """Return the rate, nothing while it is not known."""
        if not task.speed:
            return Text("")
        rate = format_tenths(task.speed, self._lang)
        return Text(say("photos-rate", self._lang, rate=rate), style="progress.data.speed")


@contextmanager
def photo_progress(lang: str) -> Iterator[OnProgress]:
    """Yield a callback that draws a bar with the rate and the time left; on a terminal only.

    No thread draws it: beside one no process may be forked.
    """
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _RateColumn(lang),
        TimeRemainingColumn(),
    )
    with Progress(
        *columns,
        console=console,
        transient=True,
        auto_refresh=False,
        disable=not sys.stderr.isatty(),
    ) as bar:
        task = bar.add_task(say("photos-progress", lang), total=None, visible=False)

        def on_progress(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, visible=True, refresh=True)

        yield on_progress
