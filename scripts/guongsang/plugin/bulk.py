"""The theme, in this process: what is around our pages of each kind, or pages rendered whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Link, Navigation

from guongsang.plugin.page import GeneratedPage, make_page_file
from guongsang.render.publisher import Publisher
from guongsang.render.shell import (
    CONTENT,
    HEAD,
    TITLE,
    Shell,
    encode_page,
    fill_shell,
    split_shell,
)
from guongsang.views.outputs import Output


@dataclass(slots=True)
class Renderer:
    """Renders pages as MkDocs would, in this process."""

    env: Any
    nav: Navigation
    files: Files
    config: MkDocsConfig
    publisher: Publisher

    def render(self, output: Output) -> bytes:
        """Return a page rendered whole."""
        return encode_page(self._render_whole(output))

    def prove_shell(self, outputs: Iterable[Output]) -> Shell | None:
        """Return what is around pages of one kind, None where it shows more of a page than title,
        head and content: some of them are compared with pages rendered whole."""
        shell: Shell | None = None
        for output in outputs:
            shell = shell or self._make_shell(output)
            if fill_shell(shell, output, self.publisher) != self._render_whole(output):
                return None
        return shell

    def _render_whole(self, output: Output) -> str:
        return self._put_into_theme(self._make_page(output))

    def _make_shell(self, output: Output) -> Shell:
        page = self._make_page(output)
        page.meta["title"], page.meta["head"], page.content = TITLE, HEAD, CONTENT
        return split_shell(self._put_into_theme(page))

    def _make_page(self, output: Output) -> GeneratedPage:
        page = make_page_file(output, self.publisher, self.config).page
        assert isinstance(page, GeneratedPage)
        page.read_source(self.config)
        page.render(self.config, self.files)
        return page

    def _put_into_theme(self, page: GeneratedPage) -> str:
        """Do what MkDocs does with a page that has its content."""
        page.active = True
        context = get_context(self.nav, self.files.documentation_pages(), self.config, page)
        template = self.env.get_template("main.html")
        text = template.render(context)
        page.active = False
        return str(self.config.plugins.on_post_page(text, page=page, config=self.config))


def read_targets(nav: Navigation) -> tuple[str, ...]:
    """Return the addresses that the navigation leads to."""
    links = [item for item in _flatten(nav.items) if isinstance(item, Link)]
    return tuple(link.url.lstrip("./") for link in links)


def is_plain(config: MkDocsConfig) -> bool:
    """Return whether only we and the theme have a say in what pages look like."""
    return len(config.plugins) == 1 and not config.hooks and not config.theme.custom_dir


def _flatten(items: Sequence[Any]) -> list[Any]:
    found: list[Any] = []
    for item in items:
        found += [item, *_flatten(item.children or [])]
    return found
