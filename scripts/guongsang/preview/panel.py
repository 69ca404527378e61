"""What the preview writes into pages: the mark of a draft, the problems, and its script."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from guongsang.preview.state import Showing
from guongsang.problems.problem import Problem

RESERVED: Final = "/.guongsang/"
SCRIPT: Final = f"{RESERVED}preview.js"
STYLE: Final = f"{RESERVED}preview.css"
EVENTS: Final = f"{RESERVED}events/"

_TEXTS: Final = {
    "vi": {
        "draft": "Bản nháp",
        "typed": "Xem thử bản chưa lưu",
        "due": "Hẹn giờ đăng {due}",
        "due-form": "%H:%M %d/%m/%Y",
        "counts": "{errors} lỗi, {warnings} cảnh báo.",
        "stale": "Chưa dựng lại được, trang dưới đây là bản trước. ",
        "where": "{path}, dòng {line}, cột {column} ({rule})",
        "empty": "Chưa xem thử được",
        "why": "Sửa những chỗ sau rồi lưu tệp; trang sẽ tự hiện ra.",
    },
    "en": {
        "draft": "Draft",
        "typed": "Not saved yet",
        "due": "To be published {due}",
        "due-form": "%Y-%m-%d %H:%M",
        "counts": "Errors: {errors}, warnings: {warnings}.",
        "stale": "Not built again, the page below is an earlier one. ",
        "where": "{path}, line {line}, column {column} ({rule})",
        "empty": "There is nothing to preview yet",
        "why": "Mend these places and save the file; the page will appear by itself.",
    },
}


def render_into(
    html: str, url: str, showing: Showing, version: int, lang: str, *, is_typed: bool = False
) -> str:
    """Return a page with the mark of its address, the problems and the script that reloads it.

    `is_typed`: it shows what is not saved yet.
    """
    head = f'<link rel="stylesheet" href="{STYLE}">'
    panel = render_panel(url, showing, lang, is_typed=is_typed)
    body = panel + _render_script(showing.unpublished, version, lang)
    before, closing, after = html.rpartition("</body>")
    page = f"{before}{body}{closing}{after}" if closing else html + body
    return page.replace("</head>", f"{head}</head>", 1)


def render_empty(showing: Showing, version: int, lang: str) -> str:
    """Return the page for a newsroom of which nothing could be built so far."""
    say = _TEXTS[lang]
    return render_into(
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{say["empty"]}</title></head><body style="margin:2rem;font-family:system-ui">'
        f"<h1>{say['empty']}</h1><p>{say['why']}</p></body></html>",
        "",
        showing,
        version,
        lang,
    )


def render_panel(url: str, showing: Showing, lang: str, *, is_typed: bool = False) -> str:
    """Return the bar at the lower edge: what this page is, and what is wrong anywhere."""
    mark = ""
    if is_typed:
        mark = f'<p class="gs-preview__mark">{escape(_TEXTS[lang]["typed"])}</p>'
    elif url in showing.unpublished:
        text = escape(mark_text(showing.unpublished[url], lang))
        mark = f'<p class="gs-preview__mark">{text}</p>'
    problems = _render_problems(url, showing, lang) if showing.problems or showing.notes else ""
    return f'<aside class="gs-preview">{mark}{problems}</aside>' if mark or problems else ""


def mark_text(due: dt.datetime | None, lang: str) -> str:
    """Return what marks a story that is not published: a draft, or the moment it is due."""
    say = _TEXTS[lang]
    return say["due"].format(due=due.strftime(say["due-form"])) if due else say["draft"]


def format_counts(problems: Sequence[Problem], lang: str) -> str:
    """Return how many errors and warnings there are; nothing if there are none."""
    if not problems:
        return ""
    errors = sum(found.is_error for found in problems)
    return _TEXTS[lang]["counts"].format(errors=errors, warnings=len(problems) - errors)


def _render_problems(url: str, showing: Showing, lang: str) -> str:
    """Return all problems, those of this page and errors first; without errors it begins closed."""
    say = _TEXTS[lang]
    errors = showing.notes or any(found.is_error for found in showing.problems)
    head = format_counts(showing.problems, lang)
    if showing.is_stale:
        head = say["stale"] + head
    here = f"stories/{url}" if url else "-"
    ordered = sorted(
        showing.problems,
        key=lambda found: (not found.path.startswith(here), not found.is_error, found),
    )
    items = [
        f'<li data-severity="error"><strong>{escape(note)}</strong></li>' for note in showing.notes
    ]
    items += [_render_problem(found, lang) for found in ordered]
    worst, opened = ("error", " open") if errors else ("warning", "")
    return (
        f'<details class="gs-preview__problems" data-worst="{worst}"{opened}>'
        f"<summary>{escape(head)}</summary><ol>{''.join(items)}</ol></details>"
    )


def _render_problem(found: Problem, lang: str) -> str:
    where = _TEXTS[lang]["where"].format(
        path=found.path, line=found.line, column=found.column, rule=found.rule
    )
    return (
        f'<li data-severity="{found.severity}"><strong>{escape(found.message(lang))}</strong> '
        f"{escape(found.hint(lang))}<br><code>{escape(where)}</code></li>"
    )


def _render_script(unpublished: Mapping[str, dt.datetime | None], version: int, lang: str) -> str:
    marks = {f"/{url}": mark_text(due, lang) for url, due in sorted(unpublished.items())}
    text = escape(json.dumps(marks, ensure_ascii=False))
    return f'<script src="{SCRIPT}" data-marks="{text}" data-events="{EVENTS}{version}"></script>'
