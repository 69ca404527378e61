"""Problems as text: for people in a terminal or a log, and as JSON for other programs.

What GitHub, GitLab and code scanners read is made by `formats_github`, `formats_gitlab` and
`formats_sarif`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from guongsang.problems.problem import Problem

FORMATS: Final = ("text", "json", "github", "gitlab", "sarif")
Paint = Callable[[str, str], str]

SEVERITY_NAMES: Final = {
    "vi": {"error": "lỗi", "warning": "cảnh báo"},
    "en": {"error": "error", "warning": "warning"},
}


def plain(text: str, _style: str) -> str:
    """Leave text as it is: the paint of pipes and logs."""
    return text


def format_problem(found: Problem, lang: str, paint: Paint = plain) -> str:
    """Return two lines: where, how bad, which rule, what is wrong; then what to do."""
    where = paint(f"{found.path}:{found.line}:{found.column}", "path")
    kind = paint(f"{SEVERITY_NAMES[lang][found.severity]} {found.rule}", found.severity)
    return f"{where}: {kind} {found.message(lang)}\n    {paint('→', 'hint')} {found.hint(lang)}"


def format_text(problems: Sequence[Problem], stories: int, lang: str, paint: Paint = plain) -> str:
    """Return all problems and a line that counts them. Styles: path, hint, error, warning, good."""
    blocks = [format_problem(found, lang, paint) for found in problems]
    return "\n".join(
        [*blocks, *([""] if blocks else []), count_problems(problems, stories, lang, paint)]
    )


def format_json(problems: Iterable[Problem], stories: int, lang: str) -> str:
    """Return the JSON that design.md promises; keys never change."""
    rows = [
        {
            "path": found.path,
            "line": found.line,
            "column": found.column,
            "rule": found.rule,
            "severity": found.severity,
            "message": found.message(lang),
            "hint": found.hint(lang),
        }
        for found in problems
    ]
    return json.dumps({"problems": rows, "stories": stories}, ensure_ascii=False, indent=2)


def count_problems(
    problems: Sequence[Problem], stories: int, lang: str, paint: Paint = plain
) -> str:
    """Return the line that says how many errors and warnings there are."""
    errors = sum(found.is_error for found in problems)
    warnings = len(problems) - errors
    if lang == "vi":
        counts = f"{errors} lỗi, {warnings} cảnh báo trong {stories} bài."
        fine = f"Không có lỗi trong {stories} bài."
    else:
        counts = f"Errors: {errors}, warnings: {warnings}, stories: {stories}."
        fine = f"Nothing wrong in {stories} stories."
    if not problems:
        return paint(fine, "good")
    return paint(counts, "error" if errors else "warning")
