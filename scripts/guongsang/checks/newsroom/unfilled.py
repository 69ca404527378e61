"""GS832: what a new newsroom has yet to fill in, in its settings, registers and own pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from guongsang.checks.newsroom.doclinks import hide_code
from guongsang.checks.newsroom.release import find_placeholders
from guongsang.problems.problem import Problem, problem

# Where a new newsroom would be, until it says where it is: `guongsang init` writes this.
BLANK_HOST: Final = "dia-chi-cua-toa-soan.example"
# What is part of no value: a comment, and the signs around values.
_AROUND_VALUES: Final = re.compile(r"""(?:^|(?<=\s))#.*$|["'{}\[\],]""", re.MULTILINE)


def check_unfilled(text: str, src_uri: str) -> Iterator[Problem]:
    """Yield each place in a YAML file or a page written by hand that waits to be filled in."""
    if src_uri.endswith(".md"):
        plain = hide_code(text)
    else:
        plain = _AROUND_VALUES.sub(lambda found: " " * len(found[0]), text)
    found = [*find_placeholders(plain)]
    found += ((hit.start(), hit[0]) for hit in re.finditer(re.escape(BLANK_HOST), plain))
    for offset, what in sorted(found):
        line = text.count("\n", 0, offset) + 1
        column = offset - text.rfind("\n", 0, offset)
        yield problem("GS832", src_uri, line, column, found=what)
