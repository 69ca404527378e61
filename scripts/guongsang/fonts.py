"""The site's own type: Vietnamese subsets of the packaged fonts, made at build, kept in the cache.

Planning is pure and gives the final address; bytes are made only when the cache lacks them.
"""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Final

from guongsang.installed import find_version

_RECIPE: Final = 2  # raise by hand whenever a change below makes other bytes of the same source

_VOWELS: Final = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
_TONES: Final = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_SIGNS: Final = "Đđ–—‘’“”„…•‹›«»−×·°²³±½©€₫™→←↑↓\u00a0\u0300\u0301\u0303\u0309\u0323"
# What we print is in composed letters: the places of loose marks are 2 kB for nobody.
_FEATURES: Final = ("kern", "liga", "ccmp", "locl")
# Of the names of a source: copyright, the licence in short, where it stands in full.
_KEPT_NAMES: Final = (0, 13, 14)
_WINDOWS_ENGLISH: Final = (3, 1, 0x409)
_FOLDER: Final = "fonts"
# Categories of Unicode: line ends, what is not seen, spaces.
_UNDRAWN: Final = frozenset(("Cc", "Cf", "Zl", "Zp", "Zs"))


@dataclass(frozen=True, slots=True)
class Font:
    """One part of a face: CSS family and weights, its letters, its source, the subset's address."""

    stem: str
    family: str
    weight: str
    code_points: frozenset[int]
    unicode_range: str
    abs_source: Path
    uri: str
    made_from: str


# CSS family, CSS weights it answers for, package, name in the package, name of our file. The
# licence of the sources (SIL OFL 1.1) reserves the name "Source": what is cut down may not bear it.
_FACES: Final = (
    ("Guong Sang Serif", "400", "font_source_serif_pro", "SourceSerifPro", "serif"),
    ("Guong Sang Serif", "600 900", "font_source_serif_pro", "SourceSerifProBold", "serif-bold"),
    ("Guong Sang Sans", "400", "font_source_sans_pro", "SourceSansPro", "sans"),
    ("Guong Sang Sans", "600 900", "font_source_sans_pro", "SourceSansProSemibold", "sans-bold"),
)

# What paper is set in, whole and unchanged: package and name in the package. The italics of the
# serif lack 99 Vietnamese letters, so what leans is set in the sans.
_UPRIGHT: Final = (
    ("font_source_serif_pro", "SourceSerifPro"),
    ("font_source_serif_pro", "SourceSerifProSemibold"),
    ("font_source_serif_pro", "SourceSerifProBold"),
    ("font_source_sans_pro", "SourceSansPro"),
    ("font_source_sans_pro", "SourceSansProSemibold"),
    ("font_source_sans_pro", "SourceSansProBold"),
)
_SLANTED: Final = (
    ("font_source_sans_pro", "SourceSansProIt"),
    ("font_source_sans_pro", "SourceSansProSemiboldIt"),
    ("font_source_sans_pro", "SourceSansProBoldIt"),
)


@cache
def plan_fonts() -> tuple[Font, ...]:
    """Plan the site's fonts; a name tells the source's bytes and how the subset is made."""
    parts = (("", _core_points()), ("-la-tinh", _latin_points()))
    return tuple(_plan_font(face, *part) for face in _FACES for part in parts)


def render_font_faces() -> str:
    """Return the CSS that declares the fonts, for a style sheet that lies beside them.

    On a thin network a page is there before its letters, and keeps the device's own: nothing moves,
    and nothing that is read waits. The next page has ours.
    """
    return "".join(
        f'@font-face{{font-family:"{font.family}";font-weight:{font.weight};'
        f"font-display:optional;{font.unicode_range and f'unicode-range:{font.unicode_range};'}"
        f'src:url("{font.uri.rpartition("/")[2]}") format("woff2")}}\n'
        for font in plan_fonts()
    )


def cached_font(font: Font, cache_dir: Path) -> bytes:
    """Return a font's subset, made now if the cache has none or has it damaged.

    Raises OSError when the cache cannot be written.
    """
    target = cache_dir / _FOLDER / f"{font.made_from}.bin"
    kept = _read_whole(target)
    if kept is None:
        kept = render_font(font)
        target.parent.mkdir(parents=True, exist_ok=True)
        _write_whole(target, hashlib.sha256(kept).digest() + kept)
    return kept


def render_font(planned: Font) -> bytes:
    """Return the WOFF2 of what Vietnamese and Latin pages need; the same bytes every time.

    It bears our name, and the copyright and licence of its source.
    """
    # Imported late: only a build without its cache needs it.
    from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]  # noqa: PLC0415
    from fontTools.ttLib import TTFont, newTable  # type: ignore[import-untyped]  # noqa: PLC0415

    options = Options(
        layout_features=list(_FEATURES), hinting=False, name_IDs=[], notdef_outline=True
    )
    made = io.BytesIO()
    with TTFont(planned.abs_source, recalcTimestamp=False, lazy=True) as font:
        kept = {number: font["name"].getDebugName(number) for number in _KEPT_NAMES}
        # Names go first: else all tables are searched for what they need of them, to keep none.
        del font["name"]
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=sorted(planned.code_points))
        subsetter.subset(font)
        font["name"] = newTable("name")
        font["name"].names = []
        for number, text in {**kept, **_own_names(planned)}.items():
            font["name"].setName(text, number, *_WINDOWS_ENGLISH)
        font.flavor = "woff2"
        font.save(made)
    return made.getvalue()


def list_print_fonts() -> list[Path]:
    """Return the files of all fonts that paper is set in."""
    return [_find_file(*face) for face in (*_UPRIGHT, *_SLANTED)]


def find_missing_letters(text: str, *, is_slanted: bool = False) -> list[str]:
    """Return the letters of a text that cannot be printed, each once, in their order.

    What the serif lacks is set in the sans; spaces and what only joins or parts letters need no
    place in a font.
    """
    faces = _SLANTED if is_slanted else _UPRIGHT
    known = _printed_points(faces)
    return [
        letter
        for letter in dict.fromkeys(text)
        if ord(letter) not in known and unicodedata.category(letter) not in _UNDRAWN
    ]


@cache
def _printed_points(faces: tuple[tuple[str, str], ...]) -> frozenset[int]:
    """Return what every sans of these has: the serif has nobody to stand in for but the sans."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - only paper needs it

    found = []
    for package, name in faces:
        if "sans" in package:
            with TTFont(_find_file(package, name), lazy=True) as font:
                found.append(frozenset(font.getBestCmap()))
    return frozenset.intersection(*found)


def _find_file(package: str, name: str) -> Path:
    return Path(import_module(package).font_files_ttf[name])


def _own_names(planned: Font) -> dict[int, str]:
    style = "Regular" if planned.weight == "400" else "Bold"
    full = f"{planned.family} {style}"
    return {1: planned.family, 2: style, 4: full, 6: full.replace(" ", "")}


def _plan_font(face: Sequence[str], part: str, points: frozenset[int]) -> Font:
    family, weight, package, name, stem = face
    abs_source = _find_file(package, name)
    recipe = f"{_RECIPE} {_FEATURES} {sorted(points)}".encode()
    digest = hashlib.sha256(abs_source.read_bytes() + recipe).hexdigest()
    codec = f"{digest} {find_version('fonttools')} {find_version('brotli')}".encode()
    return Font(
        stem=f"{stem}{part}",
        family=family,
        weight=weight,
        code_points=points,
        # What another part of the face is not for.
        unicode_range=_write_range(points) if part else "",
        abs_source=abs_source,
        uri=f"tai-nguyen/{stem}{part}.{digest[:10]}.woff2",
        made_from=hashlib.sha256(codec).hexdigest(),
    )


@cache
def _core_points() -> frozenset[int]:
    """Return ASCII, every Vietnamese letter, and the signs that newspapers print."""
    letters = (unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in _TONES)
    return frozenset({*range(0x20, 0x7F), *map(ord, chain(letters, _SIGNS))})


@cache
def _latin_points() -> frozenset[int]:
    """Return the rest of Latin-1: letters of other languages, loaded by pages that have one."""
    return frozenset(range(0xA0, 0x100)) - _core_points()


def _write_range(points: frozenset[int]) -> str:
    """Return the points as CSS has them: "U+20-7E,U+A0"."""
    spans: list[list[int]] = []
    for point in sorted(points):
        if spans and spans[-1][1] == point - 1:
            spans[-1][1] = point
        else:
            spans.append([point, point])
    return ",".join(
        f"U+{first:X}" + (f"-{last:X}" if last > first else "") for first, last in spans
    )


def _read_whole(target: Path) -> bytes | None:
    """Return what stands behind its digest; None where there is nothing, or not that."""
    try:
        whole = target.read_bytes()
    except OSError:
        return None
    digest, kept = whole[: hashlib.sha256().digest_size], whole[hashlib.sha256().digest_size :]
    return kept if hashlib.sha256(kept).digest() == digest else None


def _write_whole(target: Path, content: bytes) -> None:
    """Write under another name first: two builds, or an interrupted one, leave no half file."""
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".part")
    with os.fdopen(handle, "wb") as part:
        part.write(content)
    Path(name).replace(target)
