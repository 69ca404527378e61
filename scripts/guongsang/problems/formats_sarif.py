"""Problems as SARIF 2.1.0, which code scanning and editors read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import quote

from guongsang.problems.formats_gitlab import with_fingerprints
from guongsang.problems.problem import Problem
from guongsang.problems.rules import Rule, blank_text, rule_anchor, rule_table

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def format_sarif(problems: Sequence[Problem], lang: str, reference: str | None = None) -> str:
    """Return one run: the rules that were broken, and where.

    `reference` is the full address of the page that explains the rules, where it is known.
    """
    ids = sorted({found.rule for found in problems})
    places = {rule_id: index for index, rule_id in enumerate(ids)}
    driver = {
        "name": "Gương Sáng",
        "language": lang,
        "rules": [_describe(rule_table()[rule_id], lang, reference) for rule_id in ids],
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


def _describe(rule: Rule, lang: str, reference: str | None) -> dict[str, Any]:
    described = {
        "id": rule.id,
        "shortDescription": {"text": blank_text(rule.message[lang])},
        "fullDescription": {"text": blank_text(rule.why[lang])},
        "help": {"text": blank_text(rule.hint[lang])},
        "defaultConfiguration": {"level": rule.severity},
    }
    link = {"helpUri": f"{reference}#{rule_anchor(rule.id)}"} if reference else {}
    return described | link


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
