"""Problems as GitLab's Code Quality report."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from guongsang.problems.problem import Problem

_SEVERITY: Final = {"error": "major", "warning": "minor"}


def format_gitlab(problems: Iterable[Problem], lang: str) -> str:
    """Return the report: a JSON list, an entry a problem."""
    rows = [
        {
            "description": f"{found.message(lang)} → {found.hint(lang)}",
            "check_name": found.rule,
            "fingerprint": fingerprint,
            "severity": _SEVERITY[found.severity],
            "location": {"path": found.path, "lines": {"begin": found.line}},
        }
        for found, fingerprint in with_fingerprints(problems)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def with_fingerprints(problems: Iterable[Problem]) -> Iterator[tuple[Problem, str]]:
    """Yield each problem with what stays its own while lines above it come and go.

    Of problems that differ by their place only, the second and later ones are numbered.
    """
    seen: Counter[str] = Counter()
    for found in problems:
        identity = json.dumps([found.path, found.rule, *found.args])
        number = seen[identity]
        seen[identity] += 1
        text = f"{identity}#{number}" if number else identity
        yield found, hashlib.sha256(text.encode()).hexdigest()
