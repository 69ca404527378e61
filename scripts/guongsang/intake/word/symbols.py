"""Signs of Word's picture fonts as letters that every reader has."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# The signs of Symbol that texts use, by their code there.
_SYMBOL: Final = {
    **dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
    **dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)),
    **{0xA3: "≤", 0xB3: "≥", 0xB0: "°", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈"},
    **{0xA5: "∞", 0xB7: "•", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xDE: "⇒", 0xD6: "√"},
    **{0xA8: "♦", 0xA9: "♥", 0xA7: "♣", 0xAA: "♠", 0xBC: "…", 0xB2: "″", 0xA2: "′"},
    **{0xD2: "®", 0xD3: "©", 0xD4: "™", 0xE2: "®", 0xE3: "©", 0xE4: "™", 0x2D: "−"},
}
_WINGDINGS: Final = {
    **{0x28: "☎", 0x2A: "✉", 0x4A: "☺", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x76: "❖"},
    **{0x9F: "•", 0xA7: "▪", 0xA8: "□", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓"},
    **{0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"},
}
_FONTS: Final = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}
_PRIVATE: Final = range(0xF000, 0xF100)
PRIVATE: Final = re.compile("[\uf020-\uf0ff]")


def symbol(font: str, code: str) -> str | None:
    """Return the letter that a sign stands for, None where that is not known."""
    try:
        number = int(code, 16)
    except ValueError:
        return None
    table = _FONTS.get(font.strip().lower())
    if number in _PRIVATE:
        number -= _PRIVATE.start
    elif table is None or number > 0xFF:
        return chr(number) if _is_shown(number) else None
    if table is not None and number in table:
        return table[number]
    is_plain = 0x20 <= number < 0x7F and font.strip().lower() == "symbol"
    return chr(number) if is_plain else None


def _is_shown(number: int) -> bool:
    return number < 0x110000 and unicodedata.category(chr(number)) not in ("Co", "Cs", "Cn", "Cc")
