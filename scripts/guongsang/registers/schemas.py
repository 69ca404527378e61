"""The names of what `guongsang schema` describes; known without loading any description."""

from __future__ import annotations

from typing import Final

STORY: Final = "story"
RECORD_NAMES: Final = (
    STORY,
    "honoree",
    "newsroom",
    "columns",
    "fields",
    "deeds",
    "places",
    "awards",
    "authors",
    "series",
    "abbreviations",
)
