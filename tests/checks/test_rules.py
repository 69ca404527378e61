"""The rule table: every text in both languages, and a text for everything that is raised."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import guongsang
from guongsang.problems.problem import SEVERITIES
from guongsang.problems.rules import LANGUAGES, Rule, rule_table

PACKAGE = Path(guongsang.__file__).parent


def args_of(rule: Rule, lang: str) -> set[str]:
    parsed = Formatter().parse(rule.message[lang] + rule.hint[lang])
    return {name for _, name, _, _ in parsed if name is not None}


@pytest.mark.parametrize("rule", rule_table().values(), ids=lambda rule: rule.id)
def test_every_rule_is_complete(rule: Rule) -> None:
    assert re.fullmatch(r"GS[1-8][0-9]{2}", rule.id)
    assert rule.severity in SEVERITIES
    assert rule.bad.strip() and rule.good.strip()
    for texts in (rule.message, rule.hint, rule.why):
        assert set(texts) == set(LANGUAGES)
        assert all(text.strip() for text in texts.values())
    assert args_of(rule, "vi") == args_of(rule, "en")
    assert "" not in args_of(rule, "vi")


def test_every_rule_that_is_raised_has_a_text() -> None:
    raised = {
        rule
        for file in PACKAGE.rglob("*.py")
        for rule in re.findall(r"\"(GS[0-9]{3})\"", file.read_text(encoding="utf-8"))
    }
    assert raised - {"GS239"} <= set(rule_table())
