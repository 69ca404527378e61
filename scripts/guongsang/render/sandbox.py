"""Templates that newsrooms bring along: they see what they are given, and every text is escaped."""

from __future__ import annotations

from typing import Final

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

# What a template raises that fails. A wrong operand of its own is one of the others.
FAULTS: Final = (TemplateError, TypeError, ValueError, ArithmeticError, LookupError)


def open_sandbox() -> ImmutableSandboxedEnvironment:
    """Return an environment that reaches nothing of the machine and misses no name."""
    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
