"""The head of a page: what stands in it for search engines, feed readers and other people's apps.

The title, styles and icon are the theme's.
"""

from __future__ import annotations

import re
from typing import Final

from markupsafe import Markup

from guongsang.addresses import HOME, NOT_FOUND, section_url
from guongsang.render.publisher import Publisher
from guongsang.render.render import asset_url, environment, locate_from
from guongsang.render.structured import render_structured
from guongsang.views.absolute import absolute_url
from guongsang.views.model import StoryView
from guongsang.views.outputs import Output

_COLUMN: Final = re.compile(re.escape(section_url("column", "x")).replace("x", "[a-z0-9-]+"))
_PROFILES: Final = ("honoree.html",)


def render_head(output: Output, publisher: Publisher) -> str:
    """Return a page's elements of <head>, except those that the theme makes."""
    site_url = publisher.site_url
    # The page for lost readers is served at any depth.
    rel = locate_from(site_url if output.url == NOT_FOUND else None, output.url)
    structured = render_structured(output, publisher)
    story = output.view if isinstance(output.view, StoryView) else None
    folders = [HOME, output.url] if _COLUMN.fullmatch(output.url) else [HOME]
    return (
        environment()
        .get_template("_head.html")
        .render(
            output=output,
            publisher=publisher,
            story=story,
            share_script=asset_url("share.js"),
            kind=_kind(output),
            description=output.description or publisher.description,
            url=absolute_url(site_url, output.url),
            image_url=absolute_url(site_url, output.image.uri) if output.image else None,
            authors=[
                absolute_url(site_url, name.url)
                for line in (story.credits if story else ())
                for name in line.names
                if name.url
            ],
            feeds=[(output.title if folder else publisher.name, folder) for folder in folders],
            rel=rel,
            structured=Markup(structured) if structured else None,  # noqa: S704 - escaped there
        )
    )


def _kind(output: Output) -> str:
    """Return the type of page in the words of the Open Graph protocol."""
    if isinstance(output.view, StoryView):
        return "article"
    return "profile" if output.template in _PROFILES else "website"
