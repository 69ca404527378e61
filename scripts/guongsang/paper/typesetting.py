"""Typst: data and a template to a PDF that screen readers can read (PDF/UA-1)."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from guongsang.enclosures.pdf import count_pages
from guongsang.fonts import list_print_fonts
from guongsang.paper.errors import PaperError
from guongsang.paper.fitting import Fitter
from guongsang.paper.pictures import Pictures

if TYPE_CHECKING:
    from typst import Compiler

TEMPLATES: Final = Path(__file__).parent / "mau"
# A story is settled long before; this many times is a bug that must not take an evening.
_MOST_ROUNDS: Final = 40
# File, line and column in what Typst says.
_PLACE: Final = re.compile(r"┌─ (?:\S*/)?([^/\s]+:\d+:\d+)")
_MM_IN_INCH: Final = 25.4
_POINTS_IN_INCH: Final = 72


class Blurred(NamedTuple):
    """A picture that is printed larger than its pixels can bear, at its largest."""

    slug: str
    src: str
    dpi: int
    millimetres: int


class Typeset(NamedTuple):
    pdf: bytes
    pages: int
    blurred: tuple[Blurred, ...]


def need_library() -> None:
    """Raise PaperError ("library") where Typst is not installed."""
    if find_spec("typst") is None:
        raise PaperError("library")


def typeset(
    template: str,
    data: Mapping[str, Any],
    own: Mapping[str, bytes],
    pictures: Pictures,
    *,
    least_dpi: int,
    workers: int = 1,
) -> Typeset:
    """Set data in a template; equal input gives equal bytes.

    `own` are the newsroom's templates and what they show, by name; they take the place of ours.
    Raises OSError, and PaperError: "library", "picture", or "template" for an own one that fails.
    """
    need_library()
    with tempfile.TemporaryDirectory(prefix="guongsang-") as name:
        folder = Path(name)
        ours = {path.name: path.read_bytes() for path in TEMPLATES.iterdir() if path.is_file()}
        for file, content in {**ours, **own}.items():
            (folder / file).write_bytes(content)
        (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        pictures.write_all(folder, workers=workers)
        is_own = any(file.endswith(".typ") for file in own)
        shop = _Workshop(folder, template)
        return _compile(shop, data, pictures, least_dpi, is_own=is_own)


def impose(pdf: bytes, pages: int, size: str) -> bytes:
    """Return a PDF's pages two beside each other, to be printed on both sides and folded.

    Every sheet has four pages; those that are missing stay white. For the eye only: what tells
    screen readers where they are is left behind.
    """
    with tempfile.TemporaryDirectory(prefix="guongsang-") as name:
        folder = Path(name)
        (folder / "plain.pdf").write_bytes(pdf)
        template = "gap-doi.typ"
        (folder / template).write_bytes((TEMPLATES / template).read_bytes())
        sides = json.dumps([[n if n <= pages else 0 for n in side] for side in order_sides(pages)])
        compiler = _Workshop(folder, template).open(sides=sides, size=size)
        made = compiler.compile(format="pdf", timestamp=0, pdf_tags=False)
        assert isinstance(made, bytes)
        return made


def order_sides(pages: int) -> list[tuple[int, int]]:
    """Return left and right page of each side of the sheets, in the order of printing: of eight
    pages (8, 1), (2, 7), (6, 3), (4, 5)."""
    whole = (pages + 3) // 4 * 4
    sides = []
    for n in range(whole // 2):
        outer, inner = whole - n, n + 1
        sides.append((outer, inner) if n % 2 == 0 else (inner, outer))
    return sides


class _Workshop:
    """A folder with a template, and Typst in it."""

    def __init__(self, folder: Path, template: str) -> None:
        from typst import Fonts  # noqa: PLC0415 - an extra

        self.folder, self._template = folder, template
        fonts_dir = folder / "phong-chu"
        fonts_dir.mkdir()
        for path in list_print_fonts():
            (fonts_dir / path.name).write_bytes(path.read_bytes())
        self._fonts = Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts_dir)]
        )

    def open(self, **inputs: str) -> Compiler:
        """Return a compiler; what equals the last time is not set again."""
        from typst import Compiler  # noqa: PLC0415 - an extra

        return Compiler(
            str(self.folder / self._template),
            root=str(self.folder),
            font_paths=self._fonts,
            ignore_system_fonts=True,
            sys_inputs=inputs,
        )


def _compile(
    shop: _Workshop,
    data: Mapping[str, Any],
    pictures: Pictures,
    least_dpi: int,
    *,
    is_own: bool,
) -> Typeset:
    fitter = Fitter(len(data.get("stories", ())))
    try:
        for _ in range(_MOST_ROUNDS):
            only = fitter.unsettled
            if not only:
                break
            trial = shop.open(fits=json.dumps(fitter.fits), only=json.dumps(only))
            told = _query(trial, "<gs-fit>")
            if not told:
                break  # an own template that does not want to be fitted
            fitter.learn(told)
        compiler = shop.open(fits=json.dumps(fitter.fits))
        pdf = compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=0)
        shown = _query(compiler, "<gs-picture>")
    except RuntimeError as error:  # Typst's own, and what looking into a document raises
        if not is_own:
            raise
        raise PaperError("template", message=_explain(shop, error)) from error
    assert isinstance(pdf, bytes)
    return Typeset(pdf, count_pages(pdf), _find_blurred(shown, pictures, least_dpi))


def _query(compiler: Compiler, selector: str) -> list[Any]:
    found: list[Any] = json.loads(compiler.query(selector, field="value"))
    return found


def _find_blurred(
    shown: Sequence[Mapping[str, Any]], pictures: Pictures, least_dpi: int
) -> tuple[Blurred, ...]:
    widest: dict[str, float] = {}
    for each in shown:
        widest[each["file"]] = max(each["width"], widest.get(each["file"], 0))
    found = []
    for name, points in widest.items():
        taken = pictures.taken.get(name)
        if taken is None:
            continue  # the newsroom's own, beside its template
        inches = points / _POINTS_IN_INCH
        dpi = int(taken.width / inches)
        if dpi < least_dpi:
            found.append(Blurred(taken.slug, taken.src, dpi, round(inches * _MM_IN_INCH)))
    return tuple(found)


def _explain(shop: _Workshop, error: Exception) -> str:
    """Return on one line what is wrong with an own template, and where."""
    try:
        shop.open().compile(format="pdf", pdf_standards="ua-1")
    except RuntimeError as whole:  # with its place, which queries do not tell
        error = whole
    place = _PLACE.search(getattr(error, "diagnostic", ""))
    where = f"{place[1]}: " if place else ""
    return where + " ".join(str(error).replace(f"{shop.folder}/", "").split())
