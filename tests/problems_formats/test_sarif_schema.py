"""Every rule's SARIF against the schema of the standard, where SARIF_SCHEMA names the file."""

import json
import os
from pathlib import Path
from string import Formatter

import pytest
from tests.tools import need

from guongsang.problems.formats_sarif import format_sarif
from guongsang.problems.problem import problem_with
from guongsang.problems.rules import LANGUAGES, rule_table

SCHEMA = os.environ.get("SARIF_SCHEMA", "")
PATHS = ["stories/2026/cô giáo#1/index.md", "mkdocs.yml", "docs/a b?.md"]


def broken(rule, number):
    """Return a problem of a rule, with a value for each name in its texts."""
    texts = [*rule.message.values(), *rule.hint.values()]
    names = {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}
    args = [(name, f"“{name}” <&>\n{number}") for name in names]
    return problem_with(rule.id, PATHS[number % len(PATHS)], args, number + 1, 3)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sarif_is_what_the_standard_wants(lang):
    need(
        SCHEMA,
        "the schema of SARIF",
        comes_by="npm install @microsoft/jest-sarif, and its schema in SARIF_SCHEMA",
    )
    from jsonschema import Draft4Validator  # noqa: PLC0415 - slow to load, needed here only

    validator = Draft4Validator(json.loads(Path(SCHEMA).read_text("utf-8")))
    problems = [broken(rule, number) for number, rule in enumerate(rule_table().values())]
    for found in (problems, []):
        log = json.loads(format_sarif(found, lang, "https://a.example/huong-dan/luat/"))
        assert [error.message for error in validator.iter_errors(log)] == []
    log["runs"][0]["tool"] = {}
    assert not validator.is_valid(log)
