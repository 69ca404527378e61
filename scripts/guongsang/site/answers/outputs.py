"""What is published, as finished files: each in the scratch folder as soon as it is made.

The value of an output are its files: [address, SHA-256]. The shells around pages come from the
theme, which is asked only where they may be others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, Protocol

from guongsang.addresses import NOT_FOUND, output_uri
from guongsang.engine.table import Part, Query, Split
from guongsang.publish.fingerprint import fingerprint
from guongsang.render.publisher import Publisher
from guongsang.render.shell import Shell, kind_of_address, render_in
from guongsang.site.answers.pages import unpack_page
from guongsang.site.sources.inputs import SETTING, SHOWN, THEME
from guongsang.site.sources.look import NeedsThemeError
from guongsang.views.outputs import Output, Page, SiteFile

if TYPE_CHECKING:
    from guongsang.engine.ask import Ask
    from guongsang.site.answers.newsroom import Newsroom

# With so many pages of a kind the shell is compared.
_EXAMPLES: Final = 2


class Theme(Protocol):
    """Puts pages into the theme."""

    def render(self, output: Output) -> bytes:
        """Return a finished page."""
        ...

    def prove_shell(self, outputs: Iterable[Output]) -> Shell | None:
        """Return what is around pages of one kind; None where it is not the same for these."""
        ...


def list_shells(newsroom: Newsroom) -> list[Query]:
    """Return what is around pages."""
    outputs, kind = _Outputs(newsroom), newsroom.kind
    return [
        Query(kind("shells"), outputs.find_shells, parts=(Part(kind("shell kind")),), folds=True),
        Query(kind("shell"), outputs.make_shell, each=kind("shell kind")),
    ]


def query_shown(newsroom: Newsroom) -> Query:
    """All pages, finished."""
    kind = newsroom.kind("page")
    return Query(newsroom.out(SHOWN), _Outputs(newsroom).make_page, each=kind, is_output=True)


class _Outputs:
    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom

    def find_shells(self, ask: Ask, _: str) -> Split:
        """Find the kinds of shells, each with some pages that have it; none is forgotten."""
        kind = self._newsroom.kind
        targets = tuple(ask(kind(THEME))["targets"])
        pages = kind("page")
        urls: Iterable[str] = ask.keys(pages)
        old = ask.old
        if old is not None and old.has_others((pages,)):
            old = None
        if old is not None:
            there = set(urls)
            urls = sorted(url for url in old.changed(pages) if url in there)
        found: dict[str, list[str]] = {}
        for url in urls:
            name = repr(kind_of_address(url, targets))
            known = found.get(name)
            if known is None and old is not None and old.part(kind("shell kind"), name):
                continue
            if known is None or len(known) < _EXAMPLES:
                found.setdefault(name, []).append(url)
        return Split(None, {kind("shell kind"): found}, is_patch=old is not None)

    def make_shell(self, ask: Ask, name: str) -> Any:
        """Make a shell; the pages that it is compared with have no part in it."""
        newsroom = self._newsroom
        if not ask(newsroom.kind(THEME))["is_plain"]:
            return None
        if newsroom.theme is None:
            raise NeedsThemeError
        urls = ask(newsroom.kind("shell kind"), name)
        pages = (newsroom.answers.value(newsroom.kind("page"), url) for url in urls)
        outputs = [
            page.plan(newsroom.archive, *page.args) for page in map(unpack_page, urls, pages)
        ]
        return newsroom.theme.prove_shell(outputs)

    def make_page(self, ask: Ask, url: str) -> Any:
        newsroom = self._newsroom
        kind = newsroom.kind
        page = unpack_page(url, ask(kind("page"), url))
        output = plan_page(newsroom, ask, page)
        theme = ask(kind(THEME))
        if url == NOT_FOUND:
            return []  # the theme writes it
        if not theme["is_plain"]:
            return fingerprint(theme["shared"], output)
        content = put_in_theme(newsroom, ask, output, theme)
        return newsroom.stage([SiteFile(output_uri(url), content, "")])


def put_in_theme(newsroom: Newsroom, ask: Ask, output: Output, theme: Mapping[str, Any]) -> bytes:
    """Return a finished page. Raises NeedsThemeError."""
    name = repr(kind_of_address(output.url, tuple(theme["targets"])))
    shell = ask(newsroom.kind("shell"), name)
    if shell is not None:
        return render_in(shell, output, Publisher(**theme["publisher"]))
    if newsroom.theme is None:
        raise NeedsThemeError
    return newsroom.theme.render(output)


def plan_page(newsroom: Newsroom, ask: Ask, page: Page) -> Output:
    """Plan a page, all that it asks noted."""
    ask("newsroom")
    ask(newsroom.kind(SETTING))
    return newsroom.asked.make(ask, lambda: page.plan(newsroom.archive, *page.args))
