"""GS701: links of pages written by hand, to each other, to files beside them and into the site.

MkDocs looks after the headings that links name; it knows nothing of the site's other pages.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator
from typing import Final
from urllib.parse import unquote

from guongsang.checks.stories.links import nearest
from guongsang.problems.problem import Problem, problem
from guongsang.prose.allowed import scheme_of

# What only shows how something is typed.
_CODE: Final = re.compile(
    r"^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}(?P=fence)[`~]* *$|\Z)"
    r"|(?P<tick>`+)[^`].*?(?P=tick)|<!--.*?-->",
    re.M | re.S,
)
_LINK: Final = re.compile(
    r"\]\(\s*<?(?P<inline>[^\s()<>]+(?:\([^\s()]*\))?)>?[^()\n]*\)"
    r"|^ {0,3}\[[^\]\n]+\]:\s*<?(?P<label>[^\s<>]+)",
    re.M,
)


def check_doc_links(
    text: str, src_uri: str, docs_uri: str, files: Collection[str], addresses: Collection[str]
) -> Iterator[Problem]:
    """Yield the links of a page that lead nowhere.

    `src_uri` is the page's path from the root, `docs_uri` from its docs folder; `files` are all
    files of that folder by such paths, `addresses` those of all pages.
    """
    for link in _LINK.finditer(hide_code(text)):
        name = "inline" if link["inline"] else "label"
        href = link[name]
        known = _find_known(href, docs_uri, files, addresses)
        if known is not None:
            line = text.count("\n", 0, link.start(name)) + 1
            column = link.start(name) - text.rfind("\n", 0, link.start(name))
            candidates = nearest(href, known)
            yield problem("GS701", src_uri, line, column, url=href[:90], candidates=candidates)


def hide_code(text: str) -> str:
    """Return a page with blanks for what only shows how something is typed; positions stay."""
    return _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), text)


def _find_known(
    href: str, docs_uri: str, files: Collection[str], addresses: Collection[str]
) -> Iterator[str] | None:
    """Return what a link may have meant, None when it leads somewhere or is not ours to follow."""
    path = unquote(re.split(r"[?#]", href)[0])
    if scheme_of(href) or not path:
        return None
    if path.startswith("/"):
        if path[1:] in addresses:
            return None
        return (f"/{address}" for address in addresses)
    folder = posixpath.dirname(docs_uri)
    if posixpath.normpath(posixpath.join(folder, path)) in files and not path.endswith("/"):
        return None
    return (posixpath.relpath(file, folder or ".") for file in files)
