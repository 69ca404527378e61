"""Many pages at once, by several workers: the theme's shell is rendered once a kind, then filled.

What differs between our pages of one kind is their title, their head and their content. Everything
else in the shell follows from where a page lies. Each kind is compared with pages rendered whole;
a theme that shows more of a page than that gets every page rendered whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any, Final

from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Link, Navigation

from guongsang.pages.head import render_head
from guongsang.pages.outputs import Output
from guongsang.pages.publisher import Publisher
from guongsang.pages.render import render_output
from guongsang.plugin.page import GeneratedPage, make_page_file, mend_html

# Letters and digits only: whatever a template does to text leaves them alone.
_TITLE: Final = "GsTitle7f3a91"
_HEAD: Final = "GsHead7f3a91"
_CONTENT: Final = '<div class="gs GsContent7f3a91"></div>'

# How many pages of a kind are compared with pages rendered whole.
_CHECKED: Final = 2

# The parts of a page around title, head and content, and which of them stands between.
Shell = tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Shells:
    """Renders pages as MkDocs would, in this process."""

    env: Any
    nav: Navigation
    files: Files
    config: MkDocsConfig
    publisher: Publisher
    _targets: tuple[str, ...] = field(init=False)
    _shells: dict[tuple[object, ...], Shell | None] = field(default_factory=dict)
    _checked: dict[tuple[object, ...], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        links = [item for item in _flatten(self.nav.items) if isinstance(item, Link)]
        self._targets = tuple(link.url.lstrip("./") for link in links)

    def render(self, output: Output) -> bytes:
        """Return a finished page."""
        kind = self._kind(output.url)
        checked = self._checked.get(kind, 0)
        shell = self._shells.get(kind)
        if checked >= _CHECKED and shell is not None:
            text = self._fill(shell, output)
        else:
            text = self._render_whole(output)
            if checked < _CHECKED:
                if shell is None and not checked:
                    shell = self._make_shell(output)
                fits = shell is not None and self._fill(shell, output) == text
                self._shells[kind] = shell if fits else None
                self._checked[kind] = checked + 1
        return text.encode("utf-8", "xmlcharrefreplace")

    def _kind(self, url: str) -> tuple[object, ...]:
        """Tell what of an address decides about the shell: depth, and the sections it is in.

        Links from the shell are shorter within their own section.
        """
        depth, top = url.count("/"), url.partition("/")[0]
        within = tuple(bool(target) and url.startswith(target) for target in self._targets)
        own = url if depth < 2 or url in self._targets else ""
        return depth, "" if top.isdigit() else top, within, own

    def _render_whole(self, output: Output) -> str:
        page = make_page_file(output, self.publisher, self.config).page
        assert isinstance(page, GeneratedPage)
        page.read_source(self.config)
        page.render(self.config, self.files)
        return self._put_into_theme(page)

    def _make_shell(self, output: Output) -> Shell:
        page = make_page_file(output, self.publisher, self.config).page
        assert isinstance(page, GeneratedPage)
        page.read_source(self.config)
        page.render(self.config, self.files)
        page.meta["title"], page.meta["head"], page.content = _TITLE, _HEAD, _CONTENT
        return tuple(_split(self._put_into_theme(page)))

    def _put_into_theme(self, page: GeneratedPage) -> str:
        """Do what MkDocs does with a page that has its content."""
        page.active = True
        context = get_context(self.nav, self.files.documentation_pages(), self.config, page)
        template = self.env.get_template("main.html")
        text = template.render(context)
        page.active = False
        return str(self.config.plugins.on_post_page(text, page=page, config=self.config))

    def _fill(self, shell: Shell, output: Output) -> str:
        parts = {
            "": "",
            _TITLE: escape(output.title),
            _HEAD: render_head(output, self.publisher),
            _CONTENT: render_output(output),
        }
        text = "".join(f"{before}{parts[mark]}" for before, mark in shell)
        return mend_html(text)


def is_plain(config: MkDocsConfig) -> bool:
    """Return whether only we and the theme have a say in what pages look like."""
    return len(config.plugins) == 1 and not config.hooks and not config.theme.custom_dir


def _split(text: str) -> list[tuple[str, str]]:
    """Return the text before each mark with that mark, and last what follows."""
    found: list[tuple[str, str]] = []
    while True:
        at, mark = min(
            ((text.find(mark), mark) for mark in (_TITLE, _HEAD, _CONTENT) if mark in text),
            default=(-1, ""),
        )
        if not mark:
            return [*found, (text, "")]
        found.append((text[:at], mark))
        text = text[at + len(mark) :]


def _flatten(items: Sequence[Any]) -> list[Any]:
    found: list[Any] = []
    for item in items:
        found += [item, *_flatten(item.children or [])]
    return found
