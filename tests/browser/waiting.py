"""Waiting for what a page does by and by, however slow the machine is, but not for ever."""

from __future__ import annotations

import time
from collections.abc import Callable

SECONDS = 60


def within(promise: str) -> str:
    """Return the script that waits for a promise and fails if it is not settled in time.

    Playwright itself waits for promises without end.
    """
    late = f"fail(new Error('not settled within {SECONDS} s'))"
    limit = f"new Promise((_, fail) => setTimeout(() => {late}, {SECONDS * 1000}))"
    return f"() => Promise.race([{promise}, {limit}])"


def wait_until(page, holds: Callable[[], object]) -> None:
    """Ask until something holds; then or at last return, for the test to say what is wrong.

    Not `wait_for_function`: it evaluates in the page, which the pages' own policy forbids.
    """
    end = time.monotonic() + SECONDS
    while not holds() and time.monotonic() < end:
        page.wait_for_timeout(50)
