"""No two outputs may have one address.

Names that differ by case only are one on Windows. No folder of a page may have the name of a file
either: an old address can ask for that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain
from typing import Final

from guongsang.addresses import output_uri
from guongsang.problems.problem import Problem, problem

_PAGE: Final = "/index.html"


def may_collide(new: Collection[str], published: Iterable[str]) -> bool:
    """Return whether any of some new files can have the address of another, without looking at
    whose they are. What is published may be about to go."""
    folded = Counter(uri.casefold() for uri in chain(new, published))
    folders = {uri.removesuffix(_PAGE) for uri in folded if uri.endswith(_PAGE)}
    return any(
        folded[uri] > 1
        or uri in folders
        or (uri.endswith(_PAGE) and uri.removesuffix(_PAGE) in folded)
        for uri in map(str.casefold, new)
    )


def find_collisions(uris: Iterable[str], docs: Mapping[str, str]) -> list[Problem]:
    """Find what would have one address: MkDocs would let the second of two files win silently.

    `uris` are the files of the site, `docs` the addresses of pages written by hand with their
    paths.
    """
    owners: dict[str, list[str]] = {}
    for uri, owner in (
        *((uri, f"/{uri.removesuffix('index.html')}") for uri in uris),
        *((output_uri(url), path) for url, path in sorted(docs.items())),
    ):
        owners.setdefault(uri.casefold(), []).append(owner)
    for uri, named in list(owners.items()):
        for folder in _folders((uri,)):
            if folder in owners:
                owners[folder].append(named[0])
    return [
        problem("GS801", "mkdocs.yml", url=f"/{uri}", first=named[0], second=named[1])
        for uri, named in sorted(owners.items())
        if len(named) > 1
    ]


def _folders(folded: Iterable[str]) -> Iterator[str]:
    """Yield the folders of those that are pages."""
    for uri in folded:
        if uri.endswith(_PAGE):
            yield uri.removesuffix(_PAGE)
