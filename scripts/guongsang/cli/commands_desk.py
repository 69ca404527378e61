"""The commands that do one thing with one story."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from guongsang.cli.messages.all import say
from guongsang.cli.terminal.making import FILE, choice, flag, late, make_command, option
from guongsang.office.heads import HEADS

# What there is of nominations.
NOMINATE: Final = ("form", "import")


def make_new_command(lang: str) -> click.Command:
    """Make the command that begins a story."""
    many = {"multiple": True, "metavar": "KEY"}
    return make_command(
        "new",
        late("arrivals.new", "run_new"),
        lang,
        [
            click.Argument(["title"], required=False, metavar="[TITLE]"),
            option("column", lang, metavar="KEY"),
            option("field", lang, **many),
            option("deed", lang, **many),
            option("place", lang, **many),
            option("honoree", lang, **many),
            option("author", lang, **many),
            click.Option(
                ["--photo"],
                type=FILE,
                multiple=True,
                metavar="FILE",
                help=say("opt.new-photo", lang),
            ),
            flag("no-input", lang),
            flag("no-open", lang),
            flag("dry-run", lang),
        ],
    )


def make_desk_commands(lang: str) -> list[click.Command]:
    """Make the commands that do one thing with one story."""
    dry_run = flag("dry-run", lang)
    story = click.Argument(["target"], metavar="SLUG")
    return [
        make_command(
            "correct",
            late("revise", "run_correct"),
            lang,
            [
                story,
                option("was", lang, required=True, metavar="TEXT"),
                option("now", lang, required=True, metavar="TEXT"),
                dry_run,
            ],
        ),
        make_command(
            "retract",
            late("revise", "run_retract"),
            lang,
            [story, option("reason", lang, required=True, metavar="TEXT"), dry_run],
        ),
        make_command(
            "rename",
            late("revise", "run_rename"),
            lang,
            [story, click.Argument(["new"], metavar="NEW"), dry_run],
        ),
        make_command("consent", late("papers.consent", "run_consent"), lang, [story, dry_run]),
        make_command(
            "bulletin",
            late("papers.bulletin", "run_bulletin"),
            lang,
            [
                click.Argument(["what"], nargs=-1, required=True, metavar="WHAT…"),
                choice("size", ("a4", "a5"), None, lang),
                flag("booklet", lang),
                option("title", lang, metavar="TEXT"),
            ],
        ),
        make_command("poster", late("papers.bulletin", "run_poster"), lang, [story]),
        make_command(
            "report",
            late("papers.report", "run_report"),
            lang,
            [
                click.Argument(["period"], metavar="PERIOD"),
                choice("head", HEADS, "state", lang),
                flag("xlsx", lang),
            ],
        ),
        make_command(
            "script",
            late("papers.script", "run_script"),
            lang,
            [
                click.Argument(["slugs"], nargs=-1, required=True, metavar="SLUG…"),
                flag("words", lang),
                option("rate", lang, type=click.IntRange(1, 500), metavar="N"),
            ],
        ),
        make_command(
            "nominate",
            late("arrivals.nominate", "run_nominate"),
            lang,
            [
                click.Argument(["what"], metavar="form|import", type=click.Choice(NOMINATE)),
                click.Argument(["file"], required=False, metavar="[FILE]", type=FILE),
                option("keep", lang, type=click.Path(path_type=Path), metavar="DIR"),
                dry_run,
            ],
        ),
        make_command(
            "docx",
            late("papers.story_docx", "run_docx"),
            lang,
            [click.Argument(["slugs"], nargs=-1, required=True, metavar="SLUG…")],
        ),
    ]
