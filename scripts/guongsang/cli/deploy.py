"""`guongsang deploy` at work."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from guongsang.cli.messages.all import say
from guongsang.cli.terminal.project import CONFIG, FINE, PROBLEMS, ask_folders, find_root
from guongsang.cli.terminal.show import format_bytes, format_tenths, paint
from guongsang.deploy import explain
from guongsang.deploy.config import Target, UnknownTargetError, load_target, read_login
from guongsang.deploy.htaccess import NAME as HTACCESS
from guongsang.deploy.local import read_site
from guongsang.deploy.run import Done, OnProgress, Wishes
from guongsang.deploy.upload import refuse_self, upload
from guongsang.publish.lock import Holder
from guongsang.remotes.remote import Place
from guongsang.site.sources.project import CACHE


def run_deploy(
    root: Path | None,
    lang: str,
    target: str | None,
    dry_run: bool,
    max_removed: int,
    take_over: bool,
    verify: bool,
) -> int:
    """Upload the built site to one place."""
    folder = find_root(root, lang)
    began = time.monotonic()
    place: Target | None = None
    try:
        place = load_target(folder, target)
        site_dir = ask_folders(folder / CONFIG, lang).site_dir
        refuse_self(folder, site_dir, place)
        site = read_site(site_dir, folder / CACHE, lambda holder: _tell_wait(holder, lang))
        wishes = Wishes(place.server, place.keep, max_removed, take_over, verify, dry_run)
        login = read_login(place.name, os.environ, _find_asker(place.place, lang))
        with _progress(lang) as on_progress:
            done = upload(folder, place, site, login=login, wishes=wishes, on_progress=on_progress)
    except UnknownTargetError as error:
        raise click.UsageError(say("deploy-target", lang, known=", ".join(error.known))) from None
    except explain.FAILURES as error:
        click.echo(paint(explain.explain(error, place, lang), "error"), err=True)
        return PROBLEMS
    _tell(done, place.name, lang, dry_run=dry_run, seconds=time.monotonic() - began)
    return FINE


def _find_asker(place: Place, lang: str) -> Callable[[], str] | None:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    text = say("deploy-password", lang, user=place.user or "?", host=place.host)
    return lambda: str(click.prompt(text, hide_input=True, err=True))


def _tell_wait(holder: Holder, lang: str) -> None:
    text = say("deploy-wait", lang, pid=holder.pid, since=holder.since)
    click.echo(paint(text, "warning"), err=True)


@contextmanager
def _progress(lang: str) -> Iterator[OnProgress | None]:
    if not sys.stderr.isatty():
        yield None
        return
    from guongsang.cli.terminal.progress_deploy import deploy_progress

    with deploy_progress(lang) as on_progress:
        yield on_progress


def _tell(done: Done, target: str, lang: str, *, dry_run: bool, seconds: float) -> None:
    if dry_run:
        changed = [*done.changed, *([HTACCESS] if done.rules else [])]
        for sign, paths in (("+", done.added), ("~", changed), ("-", done.removed)):
            for path in paths:
                click.echo(f"{sign} {path}")
    if done.damaged:
        click.echo(paint(say("deploy-damaged", lang, count=done.damaged), "warning"), err=True)
    if done.is_resumed and not dry_run:
        click.echo(explain.say("deploy-resumed", lang), err=True)
    key = "deploy-same" if done.is_nothing else "would-deploy" if dry_run else "deployed"
    text = say(
        key,
        lang,
        target=target,
        seconds=format_tenths(seconds, lang),
        added=len(done.added),
        changed=len(done.changed) + done.rules,
        removed=len(done.removed),
        size=format_bytes(done.size, lang),
    )
    click.echo(text if dry_run else paint(text, "good"))
    if done.reload and not dry_run:
        click.echo(paint(explain.say("deploy-reload", lang), "warning"), err=True)
