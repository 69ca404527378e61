"""A page of ours as MkDocs knows pages: finished HTML that only needs the theme around it."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from guongsang.addresses import GUIDE, output_uri, relative_url
from guongsang.render.head import render_head
from guongsang.render.publisher import Publisher
from guongsang.render.render import render_output
from guongsang.views.outputs import Output

_ROOT_LINK: Final = re.compile(r'(<(?:a|img)\b[^>]*? (?:href|src)=)"/(?!/)([^"]*)"')


class GeneratedPage(Page):
    """Shows an output. A story's front matter never becomes `meta`: the theme prints that raw."""

    def __init__(
        self, output: Output, publisher: Publisher, file: File, config: MkDocsConfig
    ) -> None:
        self.output = output
        self.publisher = publisher
        super().__init__(None, file, config)

    def read_source(self, config: MkDocsConfig) -> None:
        self.markdown = ""
        self.meta = {
            "title": escape(self.output.title),
            "description": escape(self.output.description),
            "hide": ["navigation", "toc"],
        }

    def render(self, config: MkDocsConfig, files: Files) -> None:
        self.content = render_output(self.output)
        self.meta["head"] = render_head(self.output, self.publisher)
        self.toc = get_toc([])
        self.present_anchor_ids = set()


def make_page_file(output: Output, publisher: Publisher, config: MkDocsConfig) -> File:
    """Make the virtual file of a page; MkDocs finds its page there."""
    src_uri = output_uri(output.url).removesuffix(".html") + ".md"
    file = File.generated(config, src_uri, content="", inclusion=InclusionLevel.NOT_IN_NAV)
    GeneratedPage(output, publisher, file, config)
    return file


def resolve_root_links(html: str, page: Page) -> str:
    """Return a page written by hand with its addresses from the root made relative to it."""

    def resolve(link: re.Match[str]) -> str:
        return f'{link[1]}"{escape(relative_url(unescape(link[2]), page.url.lstrip("./")))}"'

    return _ROOT_LINK.sub(resolve, html)


def describe_page(page: Page, site_description: str) -> Output:
    """Return a page written by hand as an output, for its head; the guide is for editors only."""
    description = str(page.meta.get("description") or site_description)
    title = str(page.meta.get("title") or page.title or "")
    noindex = page.url.startswith(GUIDE) or "noindex" in str(page.meta.get("robots") or "")
    url = "" if page.url == "./" else page.url
    return Output(url, title, description, "", None, noindex=noindex)
