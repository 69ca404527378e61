"""The report on an old site as a page: what was taken, what was lost, whom to ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any, Final

from guongsang.cli.messages.all import say

_STYLE: Final = """
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 76rem; margin: 0 auto; padding: 1rem }
h1 { font-size: 1.5rem } h2 { font-size: 1.2rem; margin-top: 2rem }
.box { overflow-x: auto }
table { border-collapse: collapse; width: 100%; font-size: .95rem }
th, td { text-align: left; vertical-align: top; padding: .45rem .6rem;
  border-bottom: 1px solid #8886 }
th { border-bottom-width: 2px; white-space: nowrap }
td:first-child { min-width: 12rem }
ul { margin: 0; padding-left: 1.1rem }
code { font-size: .85rem; overflow-wrap: anywhere }
.none { opacity: .75 }
@media (max-width: 44rem) {
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
  table, tbody, tr, td { display: block }
  tr { border-bottom: 1px solid #8886; padding: .5rem 0 }
  td { border: 0; padding: .2rem 0 }
  td::before { content: attr(data-label); display: block; font-size: .8rem; opacity: .75 }
}
"""


def render_page(report: Mapping[str, Any], lang: str) -> str:
    """Return the whole page; it needs nothing else."""
    title = say("page.title", lang)
    states = ", ".join(
        f"{escape(tell_state(state, lang))}: {count}" for state, count in report["states"].items()
    )
    parts = [
        f"<h1>{escape(title)}</h1>",
        f"<p>{escape(say('page.taken', lang, count=report['taken']))} {states}.</p>",
        f"<h2>{escape(say('page.ask', lang))}</h2>",
        f"<p>{escape(say('page.ask-why', lang))}</p>",
        _table(
            (say("page.name", lang), say("page.story", lang), say("page.missing", lang)),
            (
                (escape(each["name"]), _story(each), escape(each["message"]))
                for each in report["ask"]
            ),
            lang,
        ),
        f"<h2>{escape(say('page.stories', lang))}</h2>",
        _table(
            (say("page.story", lang), say("page.old", lang), say("page.lost", lang)),
            (
                (_story(each), "<br>".join(map(_code, each["addresses"])), _losses(each, lang))
                for each in report["stories"]
            ),
            lang,
        ),
    ]
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(parts)
        + "\n</main>\n</body>\n</html>\n"
    )


def tell_state(state: str, lang: str) -> str:
    """Return the name of a state; of one that nobody knows its number."""
    try:
        return say(f"state.{state}", lang)
    except KeyError:
        return state


def _table(heads: Iterable[str], rows: Iterable[tuple[str, ...]], lang: str) -> str:
    heads = [escape(each) for each in heads]
    # Tables that are drawn as blocks must say what they are.
    made = [
        "".join(
            f'<td role="cell" data-label="{head}">{cell}</td>'
            for head, cell in zip(heads, row, strict=True)
        )
        for row in rows
    ]
    if not made:
        return f'<p class="none">{escape(say("page.none", lang))}</p>'
    head = "".join(f'<th scope="col" role="columnheader">{each}</th>' for each in heads)
    body = "\n".join(f'<tr role="row">{row}</tr>' for row in made)
    label = escape(say("page.table", lang))
    return (
        f'<div class="box" role="group" aria-label="{label}" tabindex="0"><table role="table">\n'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>\n'
        f'<tbody role="rowgroup">\n{body}\n</tbody>\n</table></div>'
    )


def _story(each: Mapping[str, Any]) -> str:
    return f"{escape(each['title'])}<br>{_code(each['path'])}"


def _code(text: str) -> str:
    return f"<code>{escape(text)}</code>"


def _losses(each: Mapping[str, Any], lang: str) -> str:
    if not each["losses"]:
        return f'<span class="none">{escape(say("page.nothing", lang))}</span>'
    items = "".join(f"<li>{escape(loss['message'])}</li>" for loss in each["losses"])
    return f"<ul>{items}</ul>"
