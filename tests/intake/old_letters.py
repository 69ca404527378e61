"""Unicode sentences as machines of the 1990s wrote them: the way back, from tables of the fonts."""

from __future__ import annotations

import unicodedata

# The places of the letters with the marks ̀ ̉ ̃ ́ ̣, and without, in TCVN 5712's VN3.
_ROWS = {
    "a": "a µ ¶ · ¸ ¹",
    "ă": "¨ » ¼ ½ ¾ Æ",
    "â": "© Ç È É Ê Ë",
    "e": "e Ì Î Ï Ð Ñ",
    "ê": "ª Ò Ó Ô Õ Ö",
    "i": "i × Ø Ü Ý Þ",
    "o": "o ß á â ã ä",
    "ô": "« å æ ç è é",
    "ơ": "¬ ê ë ì í î",
    "u": "u ï ñ ò ó ô",
    "ư": "\xad õ ö ÷ ø ù",
    "y": "y ú û ü ý þ",
}
_MARKS = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
TCVN3 = {
    unicodedata.normalize("NFC", letter + mark): sign
    for letter, row in _ROWS.items()
    for mark, sign in zip(_MARKS, row.split(" "), strict=True)
    if letter != sign
} | {"đ": "®", "Đ": "§", "Ă": "¡", "Â": "¢", "Ê": "£", "Ô": "¤", "Ơ": "¥", "Ư": "¦"}

_VNI_MARKS = {"\u0300": "ø", "\u0301": "ù", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
_VNI_ROOF = {"": "â", "\u0300": "à", "\u0301": "á", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
_VNI_BREVE = {"": "ê", "\u0300": "è", "\u0301": "é", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
_VNI_OWN = {"ì": "ì", "í": "í", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "đ": "ñ"}


def to_tcvn3(text):
    """Return a text as bytes of VN3; capitals with marks have none there, and lose their height."""
    letters = unicodedata.normalize("NFC", text)
    return "".join(TCVN3.get(char, TCVN3.get(char.lower(), char)) for char in letters)


def to_vni(text):
    return "".join(map(_vni, unicodedata.normalize("NFC", text)))


def _vni(letter):
    if letter.isupper():
        return _vni(letter.lower()).upper()
    if letter in _VNI_OWN:
        return _VNI_OWN[letter]
    base, *marks = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in marks if mark in _VNI_MARKS), "")
    if "\u0302" in marks:
        return base + _VNI_ROOF[tone]
    if "\u0306" in marks:
        return base + _VNI_BREVE[tone]
    if "\u031b" in marks:
        base = {"o": "ô", "u": "ö"}[base]
    return base + _VNI_MARKS.get(tone, "")
