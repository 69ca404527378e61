"""Problems: order, severity, sentences in two languages; the rule table is complete."""

import re
import string

import pytest

from guongsang.problems.problem import SEVERITIES, Problem, has_errors, problem
from guongsang.problems.rules import LANGUAGES, rule_table

RULES = [rule for rule in rule_table().values() if rule.id.startswith(("GS1", "GS2"))]


def placeholders(template):
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def test_problems_are_sorted_by_path_then_line_then_column():
    in_order = [
        Problem("a", 2, 9, "GS111"),
        Problem("a", 10, 1, "GS101"),
        Problem("a", 10, 3, "GS101"),
        Problem("b", 1, 1, "GS101"),
        Problem("b", 1, 1, "GS102"),
    ]
    mixed = [in_order[index] for index in (3, 1, 4, 0, 2)]
    assert sorted(mixed) == in_order


def test_message_and_hint_in_both_languages():
    found = problem("GS111", "a.md", 3, 1, key="title", first=2)
    assert found.message() == "Khóa “title” viết hai lần (lần đầu ở dòng 2)"
    assert found.message("en") == "The key “title” stands twice (first on line 2)"
    assert found.hint() == "Giữ một dòng, xóa dòng kia."
    assert found.hint("en") == "Keep one line and delete the other."


def test_braces_in_a_value_are_only_text():
    found = problem("GS113", "a.md", key="title", value="{0}{x}{")
    assert found.hint("en") == 'Type: title: "{0}{x}{"'


def test_severity_is_the_rules_own_unless_a_policy_says_otherwise():
    assert problem("GS242", "a").severity == "warning"
    assert problem("GS101", "a", guess="").severity == "error"
    assert problem("GS101", "a", severity="warning", guess="").is_error is False


def test_a_problem_of_a_whole_file_stands_at_its_first_character():
    found = problem("GS102", "a.md")
    assert (found.line, found.column) == (1, 1)


def test_has_errors():
    warning, error = problem("GS242", "a"), problem("GS102", "a")
    assert not has_errors([])
    assert not has_errors([warning])
    assert has_errors([warning, error])


def test_an_unknown_rule_is_a_bug():
    with pytest.raises(KeyError):
        problem("GS000", "a")


def test_the_table_is_in_order_of_id():
    assert list(rule_table()) == sorted(rule_table())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_is_complete(rule):
    assert re.fullmatch(r"GS[0-9]{3}", rule.id)
    assert rule.severity in SEVERITIES
    for texts in (rule.message, rule.hint, rule.why):
        assert set(texts) == set(LANGUAGES)
        assert all(text.strip() for text in texts.values())
    assert rule.bad.strip()
    assert rule.good.strip()
    assert rule.bad != rule.good


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_both_languages_say_the_same_things(rule):
    assert placeholders(rule.message["vi"]) == placeholders(rule.message["en"])
    assert placeholders(rule.hint["vi"]) == placeholders(rule.hint["en"])
    assert not placeholders(rule.why["vi"]) | placeholders(rule.why["en"])
