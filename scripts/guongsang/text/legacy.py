"""TCVN3 and VNI: text typed in a font of the 1990s and read as Latin-1."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from guongsang.text.fold import nfc
from guongsang.text.syllable import is_syllable
from guongsang.text.usual import USUAL, make_shape, shape_of

_TCVN3: Final = str.maketrans(
    "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉËÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ®¡¢£¤¥¦§",
    "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđĂÂÊÔƠƯĐ",
)
_VNI_TONES: Final = {"ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_ROOF: Final = {
    "â": "",
    "á": "\u0301",
    "à": "\u0300",
    "å": "\u0309",
    "ã": "\u0303",
    "ä": "\u0323",
}
_VNI_BREVE: Final = {
    "ê": "",
    "é": "\u0301",
    "è": "\u0300",
    "ú": "\u0309",
    "ü": "\u0303",
    "ë": "\u0323",
}
_VNI_ALONE: Final = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_pairs() -> dict[str, str]:
    pairs = dict(_VNI_ALONE)
    for tone_char, tone in _VNI_TONES.items():
        pairs |= {vowel + tone_char: nfc(vowel + tone) for vowel in "aeouy"}
        pairs |= {"ô" + tone_char: nfc("ơ" + tone), "ö" + tone_char: nfc("ư" + tone)}
    for tone_char, tone in _VNI_ROOF.items():
        pairs |= {vowel + tone_char: nfc(vowel + "\u0302" + tone) for vowel in "aeo"}
    pairs |= {"a" + tone_char: nfc("ă" + tone) for tone_char, tone in _VNI_BREVE.items()}
    return (
        pairs
        | {key.upper(): value.upper() for key, value in pairs.items()}
        | {key[0].upper() + key[1]: value.upper() for key, value in pairs.items() if len(key) == 2}
    )


_VNI: Final = _vni_pairs()
_VNI_PAIR: Final = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))

_WORD: Final = re.compile("[A-Za-z¡-ɏƠ-ưḀ-ỿ\u00ad]+")
# Signs that a line is worth a closer look; most lines of good text stop here. A pattern that begins
# with all the letters that matter is searched several times faster than its branches in turn.
_TCVN3_LETTER: Final = "[µ¸-¹¨»-¾©ª«¬\u00ad®¡-§×÷]"
_TCVN3_SIGN: Final = re.compile(
    "[µ¸-¹¨»-¾©ª«¬\u00ad®¡-§×÷À-ÖØ-Þ]"
    f"(?:(?<=[A-Za-z]{_TCVN3_LETTER})|(?<={_TCVN3_LETTER})[A-Za-zÀ-þ]|(?<=[a-z][À-ÖØ-Þ]))"
)
# The only such sign that usual characters make: "tÊt".
_INNER_CAPITAL: Final = make_shape(
    {
        "l": "abcdefghijklmnopqrstuvwxyz",
        "U": "".join(char for char in USUAL if re.fullmatch("[À-ÖØ-Þ]", char)),
    }
)
_CAPITAL: Final = re.compile(rb"U(?<=lU)")
# "oà", "oá" and "oã" are telling too, but stand in every good text: "hoà", "toán", "loãng".
_VNI_SIGN: Final = re.compile(
    "[aeouyôö][øùûõï]|[ae][âáàåãä]|o[âåä]|a[êéèúüë]|öô|[A-Za-z]o[áàã]", re.IGNORECASE
)
_VNI_LINE: Final = re.compile(
    "[øùûõïâáàåãäêéèúüëôØÙÛÕÏÂÁÀÅÃÄÊÉÈÚÜËÔ](?<=[aeouyôöAEOUYÔÖ].)"
    "(?:(?<=[aeouyôö][øùûõï])|(?<=[ae][âáàåãä])|(?<=o[âåä])|(?<=a[êéèúüë])|(?<=öô)"
    "|(?<=[AEOUYÔÖ][ØÙÛÕÏ])|(?<=[AE][ÂÁÀÅÃÄ])|(?<=O[ÂÅÄ])|(?<=A[ÊÉÈÚÜË])|(?<=ÖÔ))"
)
# Marks that good text sets behind a word: footnote, trademark, quotes.
_TRAILING: Final = "¹ª®©·¶»«¨\u00ad"
_TCVN3_STRONG: Final = re.compile("[a-z\u00ad¨©ª«¬][À-ÖØ-Þ]")
_VNI_STRONG: Final = re.compile("ö[øùûõïô]|ô[øùûõï]", re.IGNORECASE)
# French words that happen to turn into Vietnamese syllables.
FRENCH: Final = frozenset({"où", "thaï", "haï", "caïn", "naïm", "laï"})


@dataclass(frozen=True, slots=True)
class LegacyText:
    """A stretch that looks typed in an old encoding. `offset` and `length` in code points.

    `encoding` is "TCVN3" or "VNI"; `word` is the first telling word, `meant` what it stands for.
    """

    encoding: str
    offset: int
    length: int
    word: str
    meant: str


def decode_tcvn3(s: str) -> str:
    """Return TCVN3 text, read as Latin-1, as Unicode."""
    return s.translate(_TCVN3)


def decode_vni(s: str) -> str:
    """Return VNI text, read as Latin-1, as Unicode."""
    return _VNI_PAIR.sub(lambda pair: _VNI[pair[0]], s)


def decode_pieces(text: str, encoding: str) -> list[tuple[str, int]]:
    """Return a decoded text in pieces, each with the place in `text` of what it was made from.

    `encoding` is "TCVN3" or "VNI".
    """
    if encoding == "TCVN3":
        return [(char.translate(_TCVN3), at) for at, char in enumerate(text)]
    pieces: list[tuple[str, int]] = []
    done = 0
    for pair in _VNI_PAIR.finditer(text):
        pieces += ((text[at], at) for at in range(done, pair.start()))
        pieces.append((_VNI[pair[0]], pair.start()))
        done = pair.end()
    return pieces + [(text[at], at) for at in range(done, len(text))]


def find_legacy(text: str) -> list[LegacyText]:
    """Return at most one finding a line; good Vietnamese, French and German pass."""
    if text.isascii() or not (_has_tcvn3_sign(text) or _VNI_LINE.search(text)):
        return []
    found: list[LegacyText] = []
    offset = 0
    for line in text.splitlines(keepends=True):
        hit = _legacy_line(line, offset)
        if hit is not None:
            found.append(hit)
        offset += len(line)
    return found


def _has_tcvn3_sign(text: str) -> bool:
    shape = shape_of(text, _INNER_CAPITAL)
    return bool(_TCVN3_SIGN.search(text) if shape is None else _CAPITAL.search(shape))


def _legacy_line(line: str, offset: int) -> LegacyText | None:
    if _TCVN3_SIGN.search(line):
        hit = _weigh(
            "TCVN3", line, offset, decode=decode_tcvn3, is_legacy=_is_tcvn3, strong=_TCVN3_STRONG
        )
        if hit is not None:
            return hit
    if _VNI_LINE.search(line):
        return _weigh("VNI", line, offset, decode=decode_vni, is_legacy=_is_vni, strong=_VNI_STRONG)
    return None


def _weigh(
    encoding: str,
    line: str,
    offset: int,
    *,
    decode: Callable[[str], str],
    is_legacy: Callable[[str, str], bool],
    strong: re.Pattern[str],
) -> LegacyText | None:
    """Weigh a line: one strong word is enough, weaker ones must be several and not a minority."""
    words = list(_WORD.finditer(line))
    telling = [(word, meant) for word in words if is_legacy(word[0], meant := decode(word[0]))]
    if not telling:
        return None
    distinct = {word[0].lower() for word, _ in telling}
    enough = len(distinct) >= 2 and len(telling) * 4 >= len(words)
    if not enough and not any(strong.search(word[0]) for word, _ in telling):
        return None
    first, meant = telling[0]
    length = telling[-1][0].end() - first.start()
    return LegacyText(encoding, offset + first.start(), length, first[0], meant)


def reads_well(word: str) -> bool:
    """Say whether the word is good as it stands; "tÊt" is not, for its capital in the middle."""
    return is_syllable(word) and (word.islower() or word.isupper() or word.istitle())


def _is_tcvn3(word: str, meant: str) -> bool:
    core = word.rstrip(_TRAILING)
    return (
        bool(_TCVN3_SIGN.search(core))
        and max(core) <= "ÿ"
        and not reads_well(word)
        and is_syllable(meant)
    )


def _is_vni(word: str, meant: str) -> bool:
    return (
        bool(_VNI_SIGN.search(word))
        and max(word) <= "ÿ"
        and word.lower() not in FRENCH
        and not reads_well(word)
        and is_syllable(meant)
    )
