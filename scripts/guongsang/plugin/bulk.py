"""Many pages at once, by several workers: the theme's shell is rendered once a kind, then filled.

Each kind is compared with pages rendered whole; a theme that shows more of a page than title, head
and content gets every page rendered whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Link, Navigation

from guongsang.pages.outputs import Output
from guongsang.pages.publisher import Publisher
from guongsang.pages.shell import (
    CONTENT,
    HEAD,
    TITLE,
    Kind,
    Shell,
    encode_page,
    fill_shell,
    render_in,
    split_shell,
)
from guongsang.plugin.page import GeneratedPage, make_page_file
from guongsang.plugin.shell import Shells

# How many pages of a kind are compared with pages rendered whole, unless it has only one.
_CHECKED: Final = 2


@dataclass(slots=True)
class Renderer:
    """Renders pages as MkDocs would, in this process. A shell joins `shells` once it is proven."""

    env: Any
    nav: Navigation
    files: Files
    config: MkDocsConfig
    publisher: Publisher
    shells: Shells
    _tried: dict[Kind, list[Shell | None]] = field(default_factory=dict)

    def render(self, output: Output) -> bytes:
        """Return a finished page."""
        kind = self.shells.kind(output.url)
        shell = self.shells.known.get(kind)
        if shell is not None:
            return render_in(shell, output, self.publisher)
        text = self._render_whole(output)
        if kind not in self.shells.known:
            self._try(kind, output, text)
        return encode_page(text)

    def _try(self, kind: Kind, output: Output, text: str) -> None:
        """Compare a page rendered whole with one that is filled."""
        tried = self._tried.setdefault(kind, [])
        shell = tried[0] if tried else self._make_shell(output)
        fits = shell is not None and fill_shell(shell, output, self.publisher) == text
        tried.append(shell if fits else None)
        _, _, _, only = kind
        if only or len(tried) == _CHECKED or not fits:
            self.shells.known[kind] = tried[-1]
        elif shell is not None:
            self.shells.alone[output.url] = shell

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
