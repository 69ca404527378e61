"""Makes commands whose words are in the chosen language, each loaded when it runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import click

from guongsang.cli.messages.all import say
from guongsang.cli.terminal.translated import TranslatedCommand
from guongsang.problems.rules import LANGUAGES

FOLDER: Final = click.Path(exists=True, file_okay=False, path_type=Path)
FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)


def late(module: str, name: str) -> Callable[..., int]:
    """Return a command whose module is loaded when it runs: loading all takes half a second."""

    def call(*args: Any, **kwargs: Any) -> int:
        run: Callable[..., int] = getattr(import_module(f"guongsang.cli.{module}"), name)
        return run(*args, **kwargs)

    return call


def make_command(
    name: str, call: Any, lang: str, params: list[click.Parameter], *, in_newsroom: bool = True
) -> click.Command:
    """Make a command; one that is not `in_newsroom` works on a folder that it is told."""

    def callback(root: Path | None = None, **values: Any) -> int:
        if "paths" in values:
            values["paths"] = [_find_path(root, path) for path in values["paths"]]
        result: int = call(root, **{**values, "lang": lang})
        return result

    root = click.Option(["--root"], type=FOLDER, metavar="DIR", help=say("opt.root", lang))
    common = [*([root] if in_newsroom else []), choice("lang", LANGUAGES, None, lang)]
    return TranslatedCommand(
        name, lang=lang, callback=callback, params=[*params, *common], help=say(name, lang)
    )


def _find_path(root: Path | None, path: Path) -> Path:
    """Return a path that was typed: below the folder given as --root, else from where we are.

    Raises click.BadParameter where there is none.
    """
    for found in (root / path, path) if root else (path,):
        if found.exists():
            return found
    context = click.get_current_context()
    param = next(each for each in context.command.params if each.name == "paths")
    raise click.BadParameter(f"Path '{path}' does not exist.", context, param)


def option(name: str, lang: str, **kwargs: Any) -> click.Option:
    return click.Option([f"--{name}"], help=say(f"opt.{name}", lang), **kwargs)


def flag(name: str, lang: str) -> click.Option:
    return option(name, lang, is_flag=True)


def choice(name: str, values: Sequence[str], default: str | None, lang: str) -> click.Option:
    return option(name, lang, type=click.Choice(values), default=default)
