"""Problems as SARIF 2.1.0, which code scanning and editors read."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import quote

from guongsang.problems.formats_gitlab import with_fingerprints
from guongsang.problems.problem import Problem
from guongsang.problems.rules import Rule, rule_table

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_PLACEHOLDER: Final = re.compile(r"\{\w+\}")


def format_sarif(problems: Sequence[Problem], lang: str) -> str:
    """Return one run: the rules that were broken, and where."""
    ids = sorted({found.rule for found in problems})
    places = {rule_id: index for index, rule_id in enumerate(ids)}
    driver = {
        "name": "Gương Sáng",
        "language": lang,
        "rules": [_describe(rule_table()[rule_id], lang) for rule_id in ids],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(found, places[found.rule], fingerprint, lang)
            for found, fingerprint in with_fingerprints(problems)
        ],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2)


def _describe(rule: Rule, lang: str) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": _PLACEHOLDER.sub("…", rule.message[lang])},
        "fullDescription": {"text": rule.why[lang]},
        "help": {"text": _PLACEHOLDER.sub("…", rule.hint[lang])},
        "defaultConfiguration": {"level": rule.severity},
    }


def _result(found: Problem, rule_index: int, fingerprint: str, lang: str) -> dict[str, Any]:
    return {
        "ruleId": found.rule,
        "ruleIndex": rule_index,
        "level": found.severity,
        "message": {"text": f"{found.message(lang)}\n{found.hint(lang)}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(found.path, errors="surrogateescape")},
                    "region": {"startLine": found.line, "startColumn": found.column},
                }
            }
        ],
        "partialFingerprints": {"guongsang/v1": fingerprint},
    }
