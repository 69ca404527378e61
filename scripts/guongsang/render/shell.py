"""The theme around our pages, rendered once a kind and then filled. No MkDocs here.

What differs between our pages of one kind is their title, their head and their content. Everything
else in the shell follows from where a page lies.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from html import escape
from typing import Final

from guongsang.render.head import render_head
from guongsang.render.publisher import Publisher
from guongsang.render.render import render_output
from guongsang.views.outputs import Output

# Letters and digits only: whatever a template does to text leaves them alone.
TITLE: Final = "GsTitle7f3a91"
HEAD: Final = "GsHead7f3a91"
CONTENT: Final = '<div class="gs GsContent7f3a91"></div>'

_HAS_SCRIPT: Final = '<script id="__config"'

# The parts of a page around title, head and content, and which of them stands between.
Shell = Iterable[tuple[str, str]]
# Depth, first folder, which sections the address is in, and the address itself where it matters.
Kind = tuple[int, str, tuple[bool, ...], str]


def kind_of_address(url: str, targets: Collection[str]) -> Kind:
    """Tell what of an address decides about the shell: depth, and the sections it is in.

    `targets` are the addresses that the navigation leads to: links from the shell are shorter
    within their own section.
    """
    depth, top = url.count("/"), url.partition("/")[0]
    within = tuple(bool(target) and url.startswith(target) for target in targets)
    own = (url or ".") if depth < 2 or url in targets else ""
    return depth, "" if top.isdigit() else top, within, own


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
