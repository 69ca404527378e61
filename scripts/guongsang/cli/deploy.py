"""`guongsang deploy` at work."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

import click

from guongsang.cli.project import CONFIG, FINE, PROBLEMS, ask_folders, find_root
from guongsang.cli.show import format_bytes, format_tenths, paint
from guongsang.cli.texts import say
from guongsang.deploy.config import (
    ConfigError,
    Target,
    UnknownTargetError,
    load_target,
    read_login,
    secret_variable,
)
from guongsang.deploy.htaccess import NAME as HTACCESS
from guongsang.deploy.local import NotBuiltError, Site, read_site
from guongsang.deploy.lock import FarLock
from guongsang.deploy.run import Deploy, Done, OnProgress, TooManyRemovalsError, Wishes
from guongsang.deploy.state import FarState
from guongsang.pages.servers import describe_file
from guongsang.publish.lock import BusyError, DeployLock, Holder
from guongsang.remotes.open import open_remote
from guongsang.remotes.remote import Place, RemoteError
from guongsang.site.project import CACHE


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
    try:
        place = load_target(folder, target)
        site_dir = ask_folders(folder / CONFIG, lang).site_dir
        _refuse_self(folder, site_dir, place)
        site = read_site(site_dir, folder / CACHE, lambda holder: _tell_wait(holder, lang))
        wishes = Wishes(place.server, place.keep, max_removed, take_over, verify, dry_run)
        done = _deploy(folder, place, site, wishes, lang)
    except UnknownTargetError as error:
        raise click.UsageError(say("deploy-target", lang, known=", ".join(error.known))) from None
    except ConfigError as error:
        return _fail(say(f"deploy.toml-{error.reason}", lang, **error.told))
    except NotBuiltError as error:
        return _fail(say(f"deploy-{error.reason}", lang))
    except BusyError as error:
        pid, since = error.holder.pid, error.holder.since
        return _fail(say("deploy-busy-build", lang, pid=pid, since=since))
    except TooManyRemovalsError as error:
        return _fail(say("deploy-too-many", lang, count=len(error.removed), most=max_removed))
    except RemoteError as error:
        where = {"host": place.place.host, "user": place.place.user, "port": place.place.port}
        variable = secret_variable(place.name, place.place.scheme)
        told = {**where, "variable": variable, **error.told}
        return _fail(say(f"far-{error.reason}", lang, **told))
    _tell(done, place.name, lang, dry_run=dry_run, seconds=time.monotonic() - began)
    return FINE


def _deploy(root: Path, target: Target, site: Site, wishes: Wishes, lang: str) -> Done:
    cache_dir = root / CACHE
    login = read_login(target.name, os.environ, _find_asker(target.place, lang))
    own = DeployLock(cache_dir, target.name)
    is_alone = own.try_acquire()
    try:
        with (
            closing(open_remote(target.place, login, root, describe_file)) as remote,
            _progress(lang) as on_progress,
        ):
            state = FarState(remote, cache_dir / f"deploy-{target.name}.bin")
            lock = FarLock(remote, _tell_home(root) if is_alone else "")
            deploy = Deploy(site, remote, state, lock, wishes=wishes, on_progress=on_progress)
            return deploy.run()
    finally:
        own.release()


def _tell_home(root: Path) -> str:
    """Return what tells this folder of this machine from any other, without naming it."""
    path = root / CACHE / "deploy-home.txt"
    try:
        own = path.read_text("utf-8")
    except OSError:
        own = token_hex(16)
        path.write_text(own, "utf-8")
    return sha256(f"{own}\n{socket.gethostname()}\n{root}".encode()).hexdigest()[:32]


def _refuse_self(root: Path, site_dir: Path, target: Target) -> None:
    if target.place.scheme != "folder":
        return
    there, site = (root / target.place.folder).resolve(), site_dir.resolve()
    if there.is_relative_to(site) or site.is_relative_to(there):
        raise ConfigError("self", target=target.name)


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
    from guongsang.cli.progress_deploy import deploy_progress

    with deploy_progress(lang) as on_progress:
        yield on_progress


def _fail(text: str) -> int:
    click.echo(paint(text, "error"), err=True)
    return PROBLEMS


def _tell(done: Done, target: str, lang: str, *, dry_run: bool, seconds: float) -> None:
    if dry_run:
        changed = [*done.changed, *([HTACCESS] if done.rules else [])]
        for sign, paths in (("+", done.added), ("~", changed), ("-", done.removed)):
            for path in paths:
                click.echo(f"{sign} {path}")
    if done.damaged:
        click.echo(paint(say("deploy-damaged", lang, count=done.damaged), "warning"), err=True)
    if done.is_resumed and not dry_run:
        click.echo(say("deploy-resumed", lang), err=True)
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
        click.echo(paint(say("deploy-reload", lang), "warning"), err=True)
