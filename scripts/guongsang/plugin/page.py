"""A page of ours as MkDocs knows pages: finished HTML that only needs the theme around it."""

from __future__ import annotations

from html import escape

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from guongsang.addresses import output_uri
from guongsang.pages.outputs import Output
from guongsang.pages.render import render_output


class GeneratedPage(Page):
    """Shows an output. A story's front matter never becomes `meta`: the theme prints that raw."""

    def __init__(self, output: Output, file: File, config: MkDocsConfig) -> None:
        self.output = output
        super().__init__(None, file, config)

    def read_source(self, config: MkDocsConfig) -> None:
        self.markdown = ""
        self.meta = {
            "title": escape(self.output.title),
            "description": escape(self.output.description),
            "hide": ["navigation", "toc"],
        }
        if self.output.noindex:
            self.meta["robots"] = "noindex"

    def render(self, config: MkDocsConfig, files: Files) -> None:
        self.content = render_output(self.output)
        self.toc = get_toc([])
        self.present_anchor_ids = set()


def make_page_file(output: Output, config: MkDocsConfig) -> File:
    """Make the virtual file of a page; MkDocs finds its page there."""
    src_uri = output_uri(output.url).removesuffix(".html") + ".md"
    file = File.generated(config, src_uri, content="", inclusion=InclusionLevel.NOT_IN_NAV)
    GeneratedPage(output, file, config)
    return file
