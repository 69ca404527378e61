"""Every rule of the table: at least two ways to break it, and one that keeps it."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import os
import re
import tomllib
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from guongsang.cli.main import main
from guongsang.problems.rules import blank_text, fill_text, rule_table
from guongsang.site.check import check_newsroom
from guongsang.site.sources.project import Folders
from guongsang.text.dates import VIETNAM

NOW = dt.datetime(2026, 7, 1, 7, 0, tzinfo=VIETNAM)
TABLE: dict[str, Any] = {
    rule: cases
    for file in sorted((Path(__file__).parent / "cases").glob("*.toml"))
    for rule, cases in tomllib.loads(file.read_text("utf-8")).items()
}
CASES = [
    pytest.param(rule, kind, case, id=f"{rule}-{kind}-{number}")
    for rule, cases in TABLE.items()
    for kind in ("bad", "good")
    for number, case in enumerate(cases[kind])
]


def find_rules(root: Path, case: dict[str, Any], harm: Any, lent: Any) -> set[str]:
    command, *options = case.get("run", "check").split()
    if command == "check":
        folders = Folders(root / "docs", None, root / "site")
        release = "--release" in options
        checked = check_newsroom(root, lambda: folders, now=NOW, release=release)
        for found in checked.problems:
            said = found.message("en") + found.hint("vi")
            assert not re.search(r"\{[a-z]+\}|[⟨⟩]|[:(“] ?–", said), found
        return {found.rule for found in checked.problems}
    if "--site-dir" in options:
        options[-1] = str(root / options[-1])
    said = io.StringIO()
    settings = {"SOURCE_DATE_EPOCH": str(int(NOW.timestamp())), "NO_MKDOCS_2_WARNING": "1"}
    with (
        lent(root) if command == "build" else contextlib.nullcontext(),
        harm(case.get("env"), root) as more,
        mock.patch.dict(os.environ, settings),
        contextlib.redirect_stdout(said),
        contextlib.redirect_stderr(said),
    ):
        main([command, *options, *more, "--root", str(root)])
    text = said.getvalue()
    named = set(re.findall(r"GS[0-9]{3}", text))
    return named | {rule for rule in rule_table() if _is_said(rule, text)}


def _is_said(rule: str, text: str) -> bool:
    """Return whether a message stands in a text without its id, as MkDocs' own errors do."""
    for lang in ("vi", "en"):
        parts = re.split(r"\{\w+\}", rule_table()[rule].message[lang])
        if all(part in text for part in parts) and max(map(len, parts)) > 15:
            return True
    return False


def test_every_rule_has_two_bad_cases_and_a_good_one() -> None:
    missing = {
        rule
        for rule in rule_table()
        if len(TABLE.get(rule, {}).get("bad", ())) < 2 or not TABLE.get(rule, {}).get("good")
    }
    assert missing == set()
    assert set(TABLE) <= set(rule_table())


@pytest.mark.parametrize(("rule", "kind", "case"), CASES)
def test_case(
    make_case: Any, harm: Any, lent: Any, rule: str, kind: str, case: dict[str, Any]
) -> None:
    found = find_rules(make_case(case), case, harm, lent)
    assert (rule in found) == (kind == "bad"), sorted(found)


SUGGESTED = {"candidates", "present"}
# Those that are never empty: a schema's own keys and choices.
ALWAYS = {"GS202", "GS210"}


def test_what_may_have_no_suggestion_says_so_without_one() -> None:
    for rule in rule_table().values():
        for text in (*rule.hint.values(), *rule.message.values()):
            kept = set(re.findall(r"\{(\w+)\}", re.sub("⟨[^⟩]*⟩", "", text)))
            assert rule.id in ALWAYS or not kept & SUGGESTED, rule.id


def test_a_part_without_a_value_is_left_out() -> None:
    text = "⟨Gõ: {a}. ⟩Hay {b}⟨ ({c})⟩."
    assert fill_text(text, {"a": "x", "b": "y", "c": "z"}) == "Gõ: x. Hay y (z)."
    assert fill_text(text, {"a": "", "b": "y", "c": ""}) == "Hay y."
    assert fill_text(text, {"a": "{b}⟨", "b": "⟩", "c": ""}) == "Gõ: {b}⟨. Hay ⟩."
    assert blank_text(text) == "Gõ: …. Hay … (…)."
