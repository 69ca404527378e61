"""Programs that some tests ask: without one its tests are left out, or fail in the gate."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator

import pytest

IS_GATE = bool(os.environ.get("GUONGSANG_ALL_TOOLS"))
_WITHOUT = "without "


def need(is_there: object, what: str, *, comes_by: str) -> None:
    """Leave a test out where something is missing; fail it where GUONGSANG_ALL_TOOLS is set."""
    if is_there:
        return
    reason = f"{_WITHOUT}{what}: {comes_by}"
    if IS_GATE:
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Iterator[None]:
    """Say at the very end what was left out and what brings it."""
    yield
    reasons = (
        str(report.longrepr[2]).removeprefix("Skipped: ")
        for report in terminalreporter.stats.get("skipped", ())
        if isinstance(report.longrepr, tuple)
    )
    left_out = Counter(reason for reason in reasons if reason.startswith(_WITHOUT))
    if left_out:
        terminalreporter.section("left out")
    for reason, count in sorted(left_out.items()):
        what, _, comes_by = reason.removeprefix(_WITHOUT).partition(": ")
        terminalreporter.write_line(f"{count} tests need {what}. To run them, too:  {comes_by}")
