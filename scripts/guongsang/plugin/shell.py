"""The theme around our pages, rendered once a kind and then filled. No MkDocs here.

What differs between our pages of one kind is their title, their head and their content. Everything
else in the shell follows from where a page lies.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any, Final

from guongsang.memory.store import load_store, save_store
from guongsang.pages.head import render_head
from guongsang.pages.outputs import Output
from guongsang.pages.publisher import Publisher
from guongsang.pages.render import render_output

_NAMES: Final = {False: "shells.bin", True: "shells-preview.bin"}

# Letters and digits only: whatever a template does to text leaves them alone.
TITLE: Final = "GsTitle7f3a91"
HEAD: Final = "GsHead7f3a91"
CONTENT: Final = '<div class="gs GsContent7f3a91"></div>'

_HAS_SCRIPT: Final = '<script id="__config"'

# The parts of a page around title, head and content, and which of them stands between.
Shell = tuple[tuple[str, str], ...]
# Depth, first folder, which sections the address is in, and the address itself where it matters.
Kind = tuple[int, str, tuple[bool, ...], str]


@dataclass(slots=True)
class Shells:
    """The shells by kind; None where a kind has to be rendered whole.

    `targets` are the addresses that the navigation leads to. `alone` holds, by address, shells that
    are proven for one page only.
    """

    targets: tuple[str, ...]
    known: dict[Kind, Shell | None] = field(default_factory=dict)
    alone: dict[str, Shell] = field(default_factory=dict)

    def kind(self, url: str) -> Kind:
        """Tell what of an address decides about the shell: depth, and the sections it is in.

        Links from the shell are shorter within their own section.
        """
        depth, top = url.count("/"), url.partition("/")[0]
        within = tuple(bool(target) and url.startswith(target) for target in self.targets)
        own = (url or ".") if depth < 2 or url in self.targets else ""
        return depth, "" if top.isdigit() else top, within, own

    def find(self, url: str) -> Shell | None:
        kind = self.kind(url)
        return self.known[kind] if kind in self.known else self.alone.get(url)

    def copy(self) -> Shells:
        return Shells(self.targets, dict(self.known), dict(self.alone))

    def newer_than(self, before: Shells) -> Shells:
        """Return those that were not there before."""
        known = {kind: shell for kind, shell in self.known.items() if kind not in before.known}
        alone = {url: shell for url, shell in self.alone.items() if url not in before.alone}
        return Shells(self.targets, known, alone)

    def merge(self, others: Shells) -> None:
        """Add what another process has found."""
        self.known.update(others.known)
        self.alone.update(others.alone)


def load_shells(
    cache_dir: Path, shared: str, targets: tuple[str, ...], *, previewing: bool
) -> Shells:
    """Return the shells that were kept; `shared` tells all that pages have in common."""
    kept: Any = load_store(cache_dir / _NAMES[previewing])
    is_same = kept is not None and kept[:2] == (shared, targets)
    return Shells(targets, *kept[2:]) if is_same else Shells(targets)


def save_shells(cache_dir: Path, shared: str, shells: Shells, *, previewing: bool) -> None:
    save_store(cache_dir / _NAMES[previewing], (shared, shells.targets, shells.known, shells.alone))


def split_shell(text: str) -> Shell:
    """Return the text before each mark with that mark, and last what follows."""
    found: list[tuple[str, str]] = []
    while True:
        at, mark = min(
            ((text.find(mark), mark) for mark in (TITLE, HEAD, CONTENT) if mark in text),
            default=(-1, ""),
        )
        if not mark:
            return (*found, (text, ""))
        found.append((text[:at], mark))
        text = text[at + len(mark) :]


def fill_shell(shell: Shell, output: Output, publisher: Publisher) -> str:
    """Return the text of a finished page."""
    parts = {
        "": "",
        TITLE: escape(output.title),
        HEAD: render_head(output, publisher),
        CONTENT: render_output(output),
    }
    return mend_html("".join(f"{before}{parts[mark]}" for before, mark in shell))


def render_in(shell: Shell, output: Output, publisher: Publisher) -> bytes:
    return encode_page(fill_shell(shell, output, publisher))


def encode_page(text: str) -> bytes:
    """Return a page as MkDocs writes it."""
    return text.encode("utf-8", "xmlcharrefreplace")


def mend_html(output: str) -> str:
    """Mend what Material has wrong outside of any block that can be overridden."""
    # Its script takes every link that is just rel=alternate, feeds too, for another language and
    # asks for a sitemap.xml beside it; a space after the word makes it look elsewhere. Other
    # programs may want the very word, so it keeps it on pages without that script.
    if _HAS_SCRIPT in output:
        output = output.replace('<link rel="alternate" ', '<link rel="alternate " ')
    return output.replace(' autocomplete="off"', "")
