"""click's commands with headings and help in the chosen language."""

from __future__ import annotations

import re
from typing import Any, Final

import click

from guongsang.cli.messages.all import say

# click's own words for what stands in a usage line.
_USAGE_WORDS: Final = {
    "vi": {"[OPTIONS]": "[TÙY CHỌN]", "COMMAND [ARGS]...": "LỆNH …"},
    "en": {"[OPTIONS]": "[OPTIONS]", "COMMAND [ARGS]...": "COMMAND …"},
}
_LIMITS: Final = re.compile(r"\s*\[[^\]]*<=[^\]]*\]$")


class _Translated(click.Command):
    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lang = lang

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        words = _USAGE_WORDS[self.lang]
        pieces = " ".join(words.get(each, each) for each in self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, f"{say('usage', self.lang)}: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        rows = [record for option in options if (record := option.get_help_record(ctx))]
        # The limits of numbers ("[1<=x<=256]") are told to those who step over them.
        rows = [(names, _LIMITS.sub("", text)) for names, text in rows]
        with formatter.section(say("options", self.lang)):
            formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = say("opt.help", self.lang)
        return option


class TranslatedCommand(_Translated):
    """One command."""


class TranslatedGroup(_Translated, click.Group):
    """The group of all commands."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        commands = self.commands.items()
        rows = [(name, (command.help or "").partition("\n\n")[0]) for name, command in commands]
        with formatter.section(say("commands", self.lang)):
            formatter.write_dl(rows)
