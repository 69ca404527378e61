"""Outputs to HTML, and the site's own files. Autoescape is always on."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from guongsang.addresses import HOME, root_url
from guongsang.colours import ACCENT, Accents, derive_accents, read_colour
from guongsang.fonts import render_font_faces
from guongsang.prose.fill import fill_prose
from guongsang.prose.model import FilmUse, PhotoUse
from guongsang.render.cloth import CLOTH_BOX, weave
from guongsang.render.qr import qr_picture
from guongsang.views.model import Body, Candidate, Card, NotFoundView
from guongsang.views.outputs import Output
from guongsang.views.pictures import focus_rules
from guongsang.views.wording import quoted

_HERE: Final = Path(__file__).parent.parent
# In the order of the cascade. Dark and contrast: for the device's wish, and for the reader's.
_SCHEMES: Final = (
    ("dark", "(prefers-color-scheme: dark)", '[data-scheme="dark"]', '[data-scheme="light"]'),
    ("contrast", "(prefers-contrast: more)", '[data-contrast="more"]', '[data-contrast="normal"]'),
)
# What pages wait for before they show anything, in the order of the cascade; then what some pages
# have besides, by name. Printers have their own, which nothing waits for.
_STYLES: Final = ("shell", "typography", "cards", "pages", "story")
_SHEETS: Final = {
    "search.css": ("search",),
    "tables.css": ("tables",),
    "nominate.css": ("nominate",),
    "manual.css": ("docs", "guide", "reference"),
    "print.css": ("print",),
}
# One script for the page of the search, each part below what it uses.
_SEARCH: Final = ("words", "library", "shards", "catalogue", "rank", "excerpt", "results", "main")
_IMPORT: Final = re.compile(r'^import [^;]*? from "\./[a-z]+\.js";\n', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export (?=(?:async )?function|class|const)", re.MULTILINE)
# As `prose` writes a paragraph that is nothing else: no film, no line of verse.
_PARAGRAPH: Final = ("<p>", "</p>")
_NOTE: Final = re.compile(r"^ *//.*\n", re.MULTILINE)
_REMARK: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_INDENT: Final = re.compile(r"^\s+", re.MULTILINE)
_MACROS: Final = "_macros.html"
# In a card that was drawn once: the way to the site's root, the level of the heading, what is
# before and after the kicker, and the place of the column's cloth, which many cards share. No text
# has them: it is escaped, and holds no control characters.
_ROOT: Final = "\x01"
_LEVEL: Final = Markup("<1>")
_KICKER: Final = Markup("<k>")
_CLOTH: Final = Markup("<c>")
# In long lists, and to read on.
_USES: Final = ("card", "small")
_CARDS_KEPT: Final = 256

Locate = Callable[[str], str]


def render_output(output: Output) -> str:
    """Return the inner HTML of a page, for the theme to put into its shell."""
    view = output.view
    rel = locate_from(view.site_url if isinstance(view, NotFoundView) else None, output.url)
    values: dict[str, Any] = {"view": view, "rel": rel}
    body = getattr(view, "body", None)
    if isinstance(body, Body):
        lede, rest = split_lede(_fill_body(body, rel))
        values["lede_html"] = Markup(lede)  # noqa: S704 - from `prose`, cleaned
        values["body_html"] = Markup(rest)  # noqa: S704 - from `prose`, cleaned
    return environment().get_template(output.template).render(values)


def split_lede(html: str) -> tuple[str, str]:
    """Cut the first paragraph off a body that begins with one: newspapers print it by the title."""
    if not html.startswith(_PARAGRAPH[0]):
        return "", html
    end = html.index(_PARAGRAPH[1]) + len(_PARAGRAPH[1])
    return html[:end], html[end:].lstrip("\n")


def locate_from(site_url: str | None, page_url: str) -> Locate:
    """Return the function that makes a site-relative address one that works on the page."""
    root = site_url if site_url is not None else root_url(page_url)
    to_root = root
    if root == "./":
        root = ""

    def rel(target: str) -> str:
        if target.startswith(("#", "http:", "https:", "mailto:", "tel:")):
            return target
        return root + target if target else to_root

    return rel


@cache
def environment() -> Environment:
    """Return the one environment: no missing value goes unnoticed, no text unescaped."""
    made = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["qr"] = qr_picture
    made.filters["quoted"] = quoted
    made.globals["asset"] = asset_url
    made.globals["card"] = render_card
    made.globals["srcset"] = _list_candidates
    return made


@cache
def asset_files(accent: str | None = None) -> dict[str, bytes]:
    """Return the site's own files by address; the name tells the content, so caches may keep it.

    `accent` is the newsroom's own colour, as typed.
    """
    paths = sorted((_HERE / "assets").iterdir())
    others = [path.name for path in paths if path.suffix in (".js", ".svg")]
    made = ("site.css", *_SHEETS, "search.js")
    return {asset_url(name, accent): _read_asset(name, accent) for name in (*made, *others)}


@cache
def early_script() -> str:
    """Return what stands in every page and runs before anything is painted."""
    return _NOTE.sub("", (_HERE / "assets/inline/reading.js").read_text("utf-8"))


@cache
def _read_asset(name: str, accent: str | None = None) -> bytes:
    assets = _HERE / "assets"
    colour = read_colour(accent or "")
    if name == "site.css":
        return _render_styles(assets, colour).encode()
    if name == "favicon.svg" and colour is not None:
        return (assets / name).read_bytes().replace(ACCENT.encode(), colour.encode())
    if name in _SHEETS:
        return _join_styles(assets, _SHEETS[name]).encode()
    if name == "search.js":
        return _join_scripts(assets / "search", _SEARCH)
    if name.endswith(".js"):
        return _join_scripts(assets, (name.removesuffix(".js"),))
    return (assets / name).read_bytes()


def _join_scripts(folder: Path, names: Iterable[str]) -> bytes:
    """Join modules of ours into one, so that the browser asks once; no two share a name.

    Lines that are only for us to read are left out.
    """
    texts = ((folder / f"{name}.js").read_text("utf-8") for name in names)
    code = "\n".join(_EXPORT.sub("", _IMPORT.sub("", text)) for text in texts)
    return _NOTE.sub("", code).encode()


@cache
def asset_url(name: str, accent: str | None = None) -> str:
    """Return the address of one of the site's own files: "site.css".

    Of `accent`, the newsroom's own colour as typed, only "site.css" and "favicon.svg" know.
    """
    return fingerprinted(name, _read_asset(name, accent))


def _list_candidates(rel: Locate, candidates: Iterable[Candidate]) -> str:
    return ", ".join(f"{rel(each.uri)} {each.width}w" for each in candidates)


def render_card(  # noqa: PLR0917 - as templates call it
    rel: Locate,
    card: Card,
    use: str = "card",
    level: int = 2,
    kicker: bool = True,
    at_once: bool = False,
) -> Markup:
    """Return a card for the page that `rel` is of.

    It stands in a dozen lists at different depths: the way to the root differs, the level of its
    heading, and whether the kicker is left out where the heading above says it. The first of a
    page may want its picture `at_once`.
    """
    to_root = rel(HOME)
    html = None if at_once else next((html for each, html in card.drawn if each == use), None)
    before, kick, after = (html or _draw_card(card, use, at_once)).split(_KICKER)
    drawn = f"{before}{kick if kicker else ''}{after}".replace(_LEVEL, str(level))
    if card.picture is None:
        drawn = drawn.replace(_CLOTH, _draw_cloth(card.kicker.url or ""))
    return Markup(drawn.replace(_ROOT, "" if to_root == "./" else to_root))  # noqa: S704 - escaped


def draw_uses(card: Card) -> Card:
    """Return a card with its HTML for the uses that stand on many pages."""
    return Card(*card._replace(drawn=tuple((use, _draw(card, use)) for use in _USES)))


@lru_cache(maxsize=_CARDS_KEPT)
def _draw_card(card: Card, use: str, at_once: bool) -> str:
    return _draw(card, use, at_once=at_once)


def _draw(card: Card, use: str, *, at_once: bool = False) -> str:
    macros: Any = environment().get_template(_MACROS).module
    return str(macros.draw_card(_from_root, card, use, _LEVEL, _KICKER, _CLOTH, at_once))


@cache
def _draw_cloth(key: str) -> str:
    macros: Any = environment().get_template(_MACROS).module
    return str(macros.draw_cloth(weave(key), CLOTH_BOX))


def _from_root(target: str) -> str:
    return _ROOT + target


def _fill_body(body: Body, rel: Locate) -> str:
    macros: Any = environment().get_template(_MACROS).module

    def fill_photo(use: PhotoUse) -> str:
        figure = body.figures.get(use.src)
        if figure is None:
            return ""
        if use.inline:
            return str(macros.inline(rel, figure))
        return str(macros.figure(rel, figure, use.layout or "text"))

    def fill_link(href: str) -> str:
        target = body.links.get(href)
        return href if target is None else rel(target)

    def fill_film(use: FilmUse) -> str:
        view = films[use]
        return f"<p>{escape(use.title)}</p>" if view is None else str(macros.film(rel, view))

    films = dict(zip(body.prose.films, body.films, strict=True))
    return fill_prose(body.prose, photo=fill_photo, link=fill_link, film=fill_film)


def _render_styles(assets: Path, accent: str | None) -> str:
    """Return the one style sheet; each set of colours stands under both of its conditions."""
    light, dark = ("", "") if accent is None else _render_accents(derive_accents(accent))
    parts = [render_font_faces(), _join_styles(assets, ("fallbacks", "tokens")), light]
    for name, device, chosen, refused in _SCHEMES:
        rules = _join_styles(assets, (name,)) + (dark if name == "dark" else "")
        parts.append(f"@media {device} {{{rules.replace(':root', f':root:not({refused})')}}}\n")
        parts.append(rules.replace(":root", f":root{chosen}"))
    return "".join([*parts, _join_styles(assets, _STYLES), focus_rules(), "\n"])


def _render_accents(accents: Accents) -> tuple[str, str]:
    """Return the rules that set a newsroom's own colour, by day and in the dark."""

    def set_all(accent: str, on_accent: str, strong: str) -> str:
        names = {"accent": accent, "on-accent": on_accent, "strong-accent": strong}
        return f":root {{ {' '.join(f'--{name}: {value};' for name, value in names.items())} }}\n"

    return (
        set_all(accents.light, accents.on_light, accents.strong),
        set_all(accents.dark, accents.on_dark, accents.strong_dark),
    )


def _join_styles(assets: Path, names: Iterable[str]) -> str:
    """Join style sheets, without what is for us to read."""
    text = "".join((assets / f"{name}.css").read_text("utf-8") for name in names)
    return _INDENT.sub("", _REMARK.sub("", text))


def fingerprinted(name: str, content: bytes) -> str:
    """Return the address of a file of the site's own, whose name tells its content."""
    stem, _, suffix = name.rpartition(".")
    return f"tai-nguyen/{stem}.{hashlib.sha256(content).hexdigest()[:10]}.{suffix}"
