"""Why nothing is made for the office, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from guongsang.desk.refuse_paper import REASONS as PAPER_REASONS
from guongsang.office.errors import OfficeError

_REASONS: Final[Mapping[str, Mapping[str, str]]] = {
    "library": {
        "vi": "Thiếu thư viện để làm tệp Word, Excel. Cài: pip install 'guongsang[office]'",
        "en": "The library for Word and Excel files is missing. Install it: pip install "
        "'guongsang[office]'",
    },
    "problems": PAPER_REASONS["problems"],
    "outside": PAPER_REASONS["outside"],
}


def explain_office(error: OfficeError, lang: str) -> str:
    """Return on one line why nothing is made."""
    return _REASONS[error.reason][lang].format(**error.told)
