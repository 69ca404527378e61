"""Make a newsroom, or bring one to this version: what was not typed is asked in a terminal."""

from __future__ import annotations

import difflib
import shutil
import sys
import unicodedata
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import urlsplit

import click

from guongsang.cli.messages.all import say
from guongsang.cli.terminal.project import CONFIG, FINE, PROBLEMS
from guongsang.cli.terminal.show import paint
from guongsang.desk.founding.hosts import HOSTS
from guongsang.desk.founding.init import (
    BLANK,
    OccupiedError,
    StandingThereError,
    Wish,
    default_name,
    plan_newsroom,
    write_newsroom,
)
from guongsang.desk.founding.upgrade import SourceError, Upgrade, plan_upgrade, write_upgrade
from guongsang.desk.founding.wheel import PackingError, Wheel, pack_wheel
from guongsang.registers.gazetteer import list_provinces
from guongsang.text.dates import read_now
from guongsang.text.fold import slug

T = TypeVar("T")
# What stands before the name of a province where it is spoken of.
_TITLES: Final = ("tinh-", "thanh-pho-", "tp-")
_INSTALL: Final = "python -m pip install --require-hashes -r requirements.lock"
_OLD_GUIDE: Final = "docs/huong-dan"


def run_init(
    root: Path | None,
    lang: str,
    folder: Path,
    name: str | None,
    agency: str | None,
    province: str | None,
    site_url: str | None,
    host: str | None,
    sample: bool,
    no_input: bool,
    upgrade: bool,
) -> int:
    """Make the newsroom, or upgrade it."""
    del root
    try:
        wheel = pack_wheel()
        if upgrade:
            return _upgrade(folder, wheel, host, lang)
        is_asking = not no_input and sys.stdin.isatty()
        ask = partial(_ask, lang=lang) if is_asking else _take_default
        key = _read_province(province, lang) if province else None
        if key is None:
            if not is_asking:
                raise click.UsageError(say("init-no-province", lang))
            key = _ask("province", None, partial(_read_province, lang=lang), lang=lang)
        read_line = partial(_read_line, lang=lang)
        read_url = partial(_read_url, lang=lang)
        wish = Wish(
            name=read_line(name) if name is not None else ask("name", default_name(key), read_line),
            agency=read_line(agency) if agency is not None else ask("agency", BLANK, read_line),
            province=key,
            site_url=read_url(site_url) if site_url is not None else ask("site-url", "", read_url),
            host=host or ask("host", "github" if is_asking else "none", _read_host(lang)),
            sample=sample,
            today=read_now().date(),
        )
        files = plan_newsroom(wish, wheel)
        write_newsroom(folder, files)
    except PackingError as error:
        return _fail("init-damaged", lang, path=error.path)
    except OccupiedError:
        raise click.UsageError(say("init-occupied", lang, folder=folder)) from None
    except StandingThereError:
        raise click.UsageError(say("init-here", lang, folder=folder.absolute())) from None
    except OSError as error:
        return _fail("init-unwritable", lang, folder=folder, reason=error.strerror or error)
    place = list_provinces()[key]
    click.echo(
        paint(say("init-done", lang, folder=folder, files=len(files), province=place), "good")
    )
    shown = f'"{folder}"' if " " in str(folder) else folder
    # In an environment that is not at hand elsewhere, it is to be called as it was now.
    program = "guongsang" if shutil.which("guongsang") else str(Path(sys.argv[0]).absolute())
    click.echo(say("init-next", lang, folder=shown, program=program))
    return FINE


def _upgrade(folder: Path, wheel: Wheel, host: str | None, lang: str) -> int:
    """Upgrade a newsroom and tell every file. Raises OSError."""
    if not (folder / CONFIG).is_file():
        raise click.UsageError(say("no-root", lang))
    try:
        found = plan_upgrade(folder, wheel, host)
    except SourceError:
        raise click.UsageError(say("init-source", lang, folder=folder)) from None
    write_upgrade(folder, found)
    _show_upgrade(found, wheel, lang)
    if (folder / _OLD_GUIDE).is_dir():
        click.echo(paint(say("upgrade-guide", lang), "hint"))
    return FINE


def _show_upgrade(found: Upgrade, wheel: Wheel, lang: str) -> None:
    if found.is_nothing:
        click.echo(paint(say("upgrade-nothing", lang, after=wheel.version), "good"))
        return
    for kind in ("added", "replaced", "removed"):
        for path in getattr(found, kind):
            click.echo(say(f"upgrade-{kind}", lang, path=path))
    before = ", ".join(found.before) or "–"
    told = say("upgrade-done", lang, before=before, after=wheel.version, install=_INSTALL)
    click.echo(paint(told, "good"))


def _ask(key: str, default: str | None, read: Callable[[str], T], *, lang: str) -> T:
    """Ask until the answer can be used."""
    while True:
        given = click.prompt(say(f"ask.{key}", lang), default=default, show_default=bool(default))
        try:
            return read(given)
        except click.UsageError as error:
            click.echo(error.message, err=True)


def _take_default(_key: str, default: str, read: Callable[[str], T]) -> T:
    return read(default)


def _read_line(given: str, lang: str) -> str:
    """Return a name as it is written: one line, its marks composed. Raises click.UsageError."""
    line = unicodedata.normalize("NFC", given).strip()
    if not line or not line.isprintable():
        raise click.UsageError(say("init-name", lang))
    return line


def _read_province(given: str, lang: str) -> str:
    """Return the key of a province by its key or its name. Raises click.UsageError."""
    known = list_provinces()
    typed = slug(given)
    for title in ("", *_TITLES):
        key = typed.removeprefix(title)
        if key in known:
            return key
    near = difflib.get_close_matches(typed, known) or sorted(known)
    told = say("init-province", lang, given=given.strip(), near=", ".join(near))
    raise click.UsageError(told)


def _read_url(given: str, lang: str) -> str | None:
    """Return an address with "/" at its end, None for none. Raises click.UsageError."""
    url = given.strip()
    if not url:
        return None
    url = url if "://" in url else f"https://{url}"
    parts = urlsplit(url)
    is_plain = url.isascii() and url.isprintable() and " " not in url
    if parts.scheme not in ("http", "https") or not parts.hostname or not is_plain:
        raise click.UsageError(say("init-url", lang, given=url))
    if parts.query or parts.fragment or "." not in parts.hostname:
        raise click.UsageError(say("init-url", lang, given=url))
    return f"{url.rstrip('/')}/"


def _read_host(lang: str) -> Callable[[str], str]:
    def read(given: str) -> str:
        host = given.strip().lower()
        if host not in HOSTS:
            known = ", ".join(HOSTS)
            raise click.UsageError(say("usage-choice", lang, given=host, known=known))
        return host

    return read


def _fail(key: str, lang: str, **args: object) -> int:
    click.echo(paint(say(key, lang, **args), "error"), err=True)
    return PROBLEMS
