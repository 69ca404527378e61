"""The command line: which language, which command, which exit code."""

from __future__ import annotations

import gc
import io
import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

import click

from guongsang.cli.commands import make_commands
from guongsang.cli.messages.all import say
from guongsang.cli.terminal.project import FINE, USAGE
from guongsang.cli.terminal.translated import TranslatedGroup
from guongsang.problems.rules import LANGUAGES

_QUOTED: Final = re.compile("'([^']*)'")  # what was typed, in click's messages


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 fine, 1 problems in the content, 2 wrong usage."""
    arguments = list(sys.argv[1:] if argv is None else argv) or ["--help"]
    # Material's notice about a version of MkDocs that this project does not use.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    # Ours are models without plugins; to look for some in all packages takes a while.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    lang = choose_lang(arguments)
    group = make_group(lang)
    try:
        code = group.main(arguments, prog_name="guongsang", standalone_mode=False)
    except click.UsageError as error:
        click.echo(explain_usage(error, lang), err=True)
        return USAGE
    except click.Abort:
        return 130
    return code if isinstance(code, int) else FINE


def choose_lang(arguments: Sequence[str]) -> str:
    """Return the language before the arguments are parsed, since help is in it too."""
    wanted = os.environ.get("GUONGSANG_LANG", "vi")
    for index, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            wanted = argument.removeprefix("--lang=")
        elif argument == "--lang" and index + 1 < len(arguments):
            wanted = arguments[index + 1]
    return wanted if wanted in LANGUAGES else "vi"


def make_group(lang: str) -> TranslatedGroup:
    """Make the whole command line in one language."""
    group = TranslatedGroup(name="guongsang", lang=lang, help=say("main", lang))
    for command in make_commands(lang):
        group.add_command(command)
    return group


def explain_usage(error: click.UsageError, lang: str) -> str:
    """Return one line that says what was typed wrongly, and where help is."""
    context = error.ctx
    command = context.command_path if context else "guongsang"
    return f"{_explain(error, lang)} {say('usage-help', lang, command=command)}"


def _explain(error: click.UsageError, lang: str) -> str:
    if isinstance(error, click.NoSuchOption):
        near = _near(error.option_name, error.possibilities or [], lang)
        return say("usage-unknown-option", lang, name=error.option_name) + near
    if isinstance(error, click.MissingParameter):
        return say("usage-missing", lang, name=_name_param(error.param))
    if isinstance(error, click.BadParameter):
        name = _name_param(error.param)
        return say("usage-bad-value", lang, name=name, value=_explain_value(error, lang))
    if isinstance(error, click.BadOptionUsage):
        return say("usage-no-value", lang, name=error.option_name)
    group = error.ctx.command if error.ctx else None
    if isinstance(group, click.Group) and error.ctx and error.message.startswith("No such command"):
        typed = error.message.split("'")[1] if "'" in error.message else error.message
        near = _near(typed, list(group.commands), lang)
        return say("usage-unknown-command", lang, name=typed) + near
    return say("usage-other", lang, value=error.message)


def _name_param(param: click.Parameter | None) -> str:
    if isinstance(param, click.Option):
        return param.opts[0]
    return ((param.metavar if param else None) or "PATH").strip("[]…")


def _explain_value(error: click.BadParameter, lang: str) -> str:
    wanted = error.param.type if error.param else None
    quoted = _QUOTED.search(error.message)
    given = quoted[1] if quoted else "–"
    if isinstance(wanted, click.Choice):
        return say("usage-choice", lang, given=given, known=", ".join(map(str, wanted.choices)))
    if isinstance(wanted, click.IntRange):
        given = given if quoted else error.message.split(" ", 1)[0]
        return say("usage-range", lang, given=given, least=wanted.min, most=wanted.max)
    if isinstance(wanted, click.Path):
        return say("usage-folder", lang, given=given)
    return error.message


def _near(word: str, known: Sequence[str], lang: str) -> str:
    import difflib

    close = difflib.get_close_matches(word, known) or list(known)
    return say("usage-near", lang, near=", ".join(close)) if close else ""


def speak_vietnamese(stream: object) -> None:
    """Let every letter through: Windows gives pipes and files an encoding that has but few.

    Other programs read UTF-8; a terminal keeps its own, with "?" for what it cannot show.
    """
    if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower().replace("-", "") != "utf8":
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8")


def run() -> None:
    """Entry point of the installed command."""
    # Ten thousand stories make many objects and no cycles: to look for some that often is slow.
    gc.set_threshold(100_000, 20, 100)
    for stream in (sys.stdout, sys.stderr):
        speak_vietnamese(stream)
    code = main()
    with suppress(BrokenPipeError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)  # to take all of them apart would take longer than many a build
