"""A problem found in the newsroom's files: a value, never an exception."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from guongsang.problems.rules import Rule, fill_text, rule_table

# The field of problems in a story's text.
BODY = "body"
SEVERITIES = ("error", "warning")
# The fields of a problem in their order.
PlainProblem = tuple[str, int, int, str, tuple[tuple[str, str], ...], str, str]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that an editor must mend or look at.

    `path` is POSIX and relative to the project's root; `line` and `column` are 1-based, columns
    count code points, and a problem of a whole file stands at 1:1. `args` fill the rule's message.
    `field` is where a form shows it: `photos[2].alt`, BODY, or nothing.
    """

    path: str
    line: int
    column: int
    rule: str
    args: tuple[tuple[str, str], ...] = ()
    severity: str = "error"
    field: str = field(default="", compare=False)

    @property
    def is_error(self) -> bool:
        return self.severity == "error"

    def message(self, lang: str = "vi") -> str:
        """Return the sentence that says what is wrong, in `vi` or `en`."""
        return fill_text(self._rule.message[lang], dict(self.args))

    def hint(self, lang: str = "vi") -> str:
        """Return what to type or do about it, in `vi` or `en`."""
        return fill_text(self._rule.hint[lang], dict(self.args))

    @property
    def _rule(self) -> Rule:
        return rule_table()[self.rule]


def problem(
    rule: str,
    path: str,
    line: int = 1,
    column: int = 1,
    *,
    severity: str | None = None,
    where: Iterable[str | int] = (),
    **args: object,
) -> Problem:
    """Make a problem; severity is the rule's own unless a policy says otherwise. `where` is the
    path of its field.

    Raises KeyError for a rule that is not in the table.
    """
    return Problem(
        path=path,
        line=line,
        column=column,
        rule=rule,
        args=tuple(sorted((name, str(value)) for name, value in args.items())),
        severity=severity or rule_table()[rule].severity,
        field=format_field(where),
    )


def format_field(where: Iterable[str | int]) -> str:
    """Return the path of a field in one word: `photos[2].alt`; items count from 0."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in where)[1:]


def problem_with(
    rule: str, path: str, args: Iterable[tuple[str, str]], line: int = 1, column: int = 1
) -> Problem:
    """Make a problem from arguments that another room has already named."""
    return Problem(path, line, column, rule, tuple(sorted(args)), rule_table()[rule].severity)


def plain_problem(found: Problem) -> PlainProblem:
    return (
        found.path,
        found.line,
        found.column,
        found.rule,
        found.args,
        found.severity,
        found.field,
    )


def as_warning(found: Problem) -> Problem:
    return replace(found, severity="warning") if found.is_error else found


def has_errors(problems: Iterable[Problem]) -> bool:
    return any(found.is_error for found in problems)
