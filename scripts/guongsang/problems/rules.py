"""The rule table: every rule's severity, reason, examples and messages in two languages.

The texts live in `rules/*.toml`, one file a family, so that a translator needs no Python.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Final

LANGUAGES = ("vi", "en")
_OPTIONAL: Final = re.compile("⟨([^⟩]*)⟩")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `message`, `hint` and `why` are keyed by language; `bad`, `good` are examples."""

    id: str
    severity: str
    message: dict[str, str]
    hint: dict[str, str]
    why: dict[str, str]
    bad: str
    good: str


@cache
def rule_table() -> dict[str, Rule]:
    """Return all rules by id, in order of id."""
    found: dict[str, Rule] = {}
    # Most commands find nothing to say, and need not load it.
    import tomllib  # noqa: PLC0415

    for file in sorted((Path(__file__).parent / "rules").iterdir()):
        for rule_id, entry in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if rule_id in found:
                raise ValueError(f"{rule_id} stands twice in the rule table")
            found[rule_id] = Rule(id=rule_id, **entry)
    return dict(sorted(found.items()))


def rule_anchor(rule_id: str) -> str:
    """Return the place of a rule on the page of the reference."""
    return rule_id.lower()


def fill_text(template: str, args: Mapping[str, str]) -> str:
    """Return a text of a rule with its arguments; what stands between ⟨ and ⟩ is left out where an
    argument in it is empty: there is nothing to suggest."""

    def keep(part: re.Match[str]) -> str:
        names = (name for _, name, _, _ in Formatter().parse(part[1]) if name)
        return part[1] if all(map(args.__getitem__, names)) else ""

    return _OPTIONAL.sub(keep, template).strip().format_map(args)


def blank_text(template: str) -> str:
    """Return a text of a rule as it reads before anything is filled in: … for every argument."""
    parts = Formatter().parse(_OPTIONAL.sub(r"\1", template))
    return "".join(text + ("…" if name is not None else "") for text, name, _, _ in parts)
