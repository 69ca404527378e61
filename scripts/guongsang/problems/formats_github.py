"""Problems for GitHub Actions: annotations beside the lines, the whole list, the job's summary."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Final

from guongsang.problems.formats import SEVERITY_NAMES, count_problems, format_text
from guongsang.problems.problem import Problem
from guongsang.problems.rules import rule_anchor

# GitHub refuses a summary of more than 1 MiB; the rest of a longer list is in the log.
SUMMARY_BYTES: Final = 900_000

_DATA: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY: Final = {**_DATA, **str.maketrans({":": "%3A", ",": "%2C"})}
# Whatever Markdown or HTML could take for more than a character.
_MARKUP: Final = str.maketrans(
    {**{mark: f"&#{ord(mark)};" for mark in "&<>|`*_[]\\~#@!$:"}, "\n": " ", "\r": " "}
)
_TEXTS: Final = {
    "vi": {
        "list": "Tất cả các lỗi và cảnh báo",
        "title": "Kiểm tra bài",
        "heads": ("Mức", "Quy tắc", "Ở đâu", "Điều gì", "Cách sửa"),
        "more": "Còn {count} mục nữa, xem nhật ký của bước này.",
    },
    "en": {
        "list": "All errors and warnings",
        "title": "Check of the stories",
        "heads": ("Kind", "Rule", "Where", "What", "What to do"),
        "more": "And {count} more: see the log of this step.",
    },
}


def format_github(problems: Sequence[Problem], stories: int, lang: str) -> str:
    """Return workflow commands, then the whole list, since ten of each kind are shown at most.

    The list may quote anything that an editor typed, so commands are stopped around it; the word
    that starts them again depends on the whole list and so cannot stand in it.
    """
    if not problems:
        return count_problems(problems, stories, lang)
    listed = format_text(problems, stories, lang)
    token = hashlib.sha256(listed.encode("utf-8", "replace")).hexdigest()
    return "\n".join(
        [
            *(_annotate(found, lang) for found in _worst_first(problems)),
            f"::group::{_TEXTS[lang]['list']}",
            f"::stop-commands::{token}",
            listed,
            f"::{token}::",
            "::endgroup::",
            count_problems(problems, stories, lang),
        ]
    )


def format_summary(
    problems: Sequence[Problem], stories: int, lang: str, reference: str | None = None
) -> str:
    """Return the Markdown for the job's summary: a count, and a table of all problems.

    `reference` is the full address of the page that explains the rules, where it is known.
    """
    texts = _TEXTS[lang]
    lines = [f"### {texts['title']}", "", count_problems(problems, stories, lang), ""]
    if problems:
        lines += [_row(texts["heads"]), _row(["---"] * len(texts["heads"]))]
        rows = list(_fitting_rows(_worst_first(problems), lang, reference))
        left = len(problems) - len(rows)
        lines += [*rows, ""]
        if left:
            lines += [str(texts["more"]).format(count=left), ""]
    return "\n".join(lines) + "\n"


def escape_data(text: str) -> str:
    """Escape the message of a workflow command."""
    return text.translate(_DATA)


def escape_property(text: str) -> str:
    """Escape a property of a workflow command."""
    return text.translate(_PROPERTY)


def escape_markdown(text: str) -> str:
    """Return text that a cell of a Markdown table shows just as it is."""
    return text.translate(_MARKUP)


def _annotate(found: Problem, lang: str) -> str:
    properties = {
        "file": found.path,
        "line": str(found.line),
        "col": str(found.column),
        "title": found.rule,
    }
    named = ",".join(f"{key}={escape_property(value)}" for key, value in properties.items())
    text = escape_data(f"{found.message(lang)}\n{found.hint(lang)}")
    return f"::{found.severity} {named}::{text}"


def _worst_first(problems: Sequence[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda found: not found.is_error)


def _fitting_rows(problems: Sequence[Problem], lang: str, reference: str | None) -> Iterator[str]:
    size = 0
    for found in problems:
        where = f"{found.path}:{found.line}:{found.column}"
        kind = SEVERITY_NAMES[lang][found.severity]
        texts = (where, found.message(lang), found.hint(lang))
        link = f"{reference}#{rule_anchor(found.rule)}"
        rule = f"[{found.rule}]({link})" if reference else found.rule
        row = _row([kind, rule, *(escape_markdown(text) for text in texts)])
        size += len(row.encode("utf-8", "replace")) + 1
        if size > SUMMARY_BYTES:
            return
        yield row


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
