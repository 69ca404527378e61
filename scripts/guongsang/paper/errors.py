"""Why nothing is printed."""

from __future__ import annotations


class PaperError(Exception):
    """Why nothing is printed: a reason's name, and what its message tells."""

    def __init__(self, reason: str, **told: object) -> None:
        super().__init__(reason, told)
        self.reason = reason
        self.told = told
