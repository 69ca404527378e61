"""Material as our pages wear it: overrides, what it is told, and what all pages share."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from guongsang.addresses import SEARCH
from guongsang.publish.fingerprint import digest_files, fingerprint, package_digest
from guongsang.registers.model import Newsroom
from guongsang.render.head import render_head
from guongsang.render.publisher import read_publisher
from guongsang.render.render import asset_url, early_script, render_output
from guongsang.views.brand import Brand
from guongsang.views.outputs import Output

THEME: Final = Path(__file__).parent.parent / "theme"
# Of Material's files: search is ours, and source maps are for its developers. The sitemap is ours
# too; taken out of the static templates, MkDocs' own would be copied as it is, braces and all.
_UNUSED: Final = ("assets/javascripts/lunr/", "assets/javascripts/workers/", "sitemap.xml")


def dress_theme(config: MkDocsConfig) -> None:
    """Put our overrides over Material's templates and below the newsroom's own."""
    own = config.theme.custom_dir
    if str(THEME) not in config.theme.dirs:
        config.theme.dirs.insert(1 if own else 0, str(THEME))
    # Unless it says so, Material has letters fetched from elsewhere.
    config.theme["font"] = False
    # Its own would stamp today's date and list only what was stale; ours is in `pages`.
    config.theme.static_templates.discard("sitemap.xml")
    # The header asks for it; no page in the navigation is the home page.
    config.extra.setdefault("homepage", ".")
    # Equal on all pages, so that one hash allows Material's inline script on all of them.
    config.extra.setdefault("scope", urlsplit(str(config.site_url)).path or "/")


def tell_theme(config: MkDocsConfig, newsroom: Newsroom, brand: Brand, not_found: Output) -> None:
    """Give the theme what it shows of the newsroom on every page."""
    publisher = read_publisher(newsroom, str(config.site_url), config.site_description, brand)
    icon, logo = brand.icon, brand.logo
    config.extra["guongsang"] = {
        "publisher": publisher,
        "search_url": SEARCH if newsroom.switches.search else None,
        "favicon": icon.uri if icon else asset_url("favicon.svg", newsroom.accent),
        # Phones want one of pixels for their home screen.
        "touch_icon": icon.uri if icon and not icon.is_drawn else None,
        "logo": logo
        and {"src": logo.uri, "width": round(logo.width), "height": round(logo.height)},
        "style": asset_url("site.css", newsroom.accent),
        "print_style": asset_url("print.css"),
        "manual_style": asset_url("manual.css"),
        # The navigation leaves out what is switched off.
        "switches": newsroom.switches.model_dump(),
        "early_script": early_script(),
        "reading_script": asset_url("reading.js"),
        "not_found": render_output(not_found),
        "not_found_head": render_head(not_found, publisher),
    }


def shared_fingerprint(config: MkDocsConfig) -> str:
    """Tell everything that all pages depend on besides their own view."""
    settings = Path(config.config_file_path or "mkdocs.yml")
    own = [Path(config.theme.custom_dir)] if config.theme.custom_dir else []
    return fingerprint(
        package_digest(),
        settings.read_bytes() if settings.is_file() else b"",
        digest_files(own),
        config.site_url,
        sorted((str(key), repr(value)) for key, value in config.extra.items()),
    )


def drop_unused(files: Files) -> None:
    """Leave out files of Material that no page of ours asks for."""
    for file in list(files):
        if file.src_uri.startswith(_UNUSED) or file.src_uri.endswith(".map"):
            files.remove(file)
