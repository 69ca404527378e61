"""The bar that shows how far an upload is. Apart, since drawing it takes long to load."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)

from guongsang.cli.messages.all import say
from guongsang.cli.terminal.show import format_bytes
from guongsang.deploy.run import OnProgress


@contextmanager
def deploy_progress(lang: str) -> Iterator[OnProgress]:
    """Yield a callback that draws files done, bytes a second and the time left."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(say("deploy-progress", lang), total=None, visible=False, rate="")

        def on_progress(done: int, total: int, sent: int, _: int) -> None:
            bar.update(task, completed=done, total=total, visible=True)
            seconds = bar.tasks[0].elapsed or 0
            if seconds >= 1:
                rate = say("deploy-rate", lang, rate=format_bytes(round(sent / seconds), lang))
                bar.update(task, rate=rate)

        yield on_progress
