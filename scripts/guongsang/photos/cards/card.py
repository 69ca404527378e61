"""What a social card says, and the address that follows from it. Pure: no pixels here."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Final

from guongsang.colours import ACCENT
from guongsang.photos.crop import Box, Focus, crop_box, default_focus

CARD_WIDTH: Final = 1200
CARD_HEIGHT: Final = 630
# Below the photo is a band with the newsroom's name.
PHOTO_HEIGHT: Final = 570
# On PyPI: the title's, the column's. Both have all Vietnamese letters in their upright faces.
FONT_PACKAGES: Final = ("font-source-serif-pro", "font-source-sans-pro")
# The words cover the lower part: the focus is to lie above them.
_FOCUS_AT: Final = 1 / 3
# Raise by hand when cards come out differently for any reason that no field below tells.
CARD_RECIPE: Final = 2


@dataclass(frozen=True, slots=True)
class CardText:
    """The words on a card, and the colour of its band and its label as "#rrggbb"."""

    title: str
    column: str
    newsroom: str
    accent: str = ACCENT

    def digest(self, picture: str) -> str:
        """Return 64 hex digits of what tells the picture and all words, which change the pixels."""
        told = "\0".join((picture, str(CARD_RECIPE), self.title, self.column, self.newsroom))
        if self.accent != ACCENT:  # what was made without a colour of one's own stays good
            told += f"\0{self.accent}"
        return hashlib.sha256(told.encode()).hexdigest()


def card_box(width: int, height: int, focus: Focus | None) -> Box:
    """Return the part of an upright photo that fills a card, its focus well above the words."""
    box = crop_box(width, height, (CARD_WIDTH, PHOTO_HEIGHT), focus)
    _, y = focus or default_focus(width, height)
    top = int(y * height - _FOCUS_AT * box.height + 0.5)
    return replace(box, top=min(max(top, 0), height - box.height))
