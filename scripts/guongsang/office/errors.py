"""Why nothing is made for the office, and whether it can be."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

_LIBRARIES: Final = ("docx", "docxtpl", "xlsxwriter")


class OfficeError(Exception):
    """Why nothing is made: a reason's name, and what its message tells."""

    def __init__(self, reason: str, **told: object) -> None:
        super().__init__(reason, told)
        self.reason = reason
        self.told = told


def need_library() -> None:
    """Raise OfficeError ("library") where the extra `office` is not installed."""
    if not all(map(find_spec, _LIBRARIES)):
        raise OfficeError("library")
