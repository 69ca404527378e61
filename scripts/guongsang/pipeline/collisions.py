"""No two outputs may have one address."""

from __future__ import annotations

from guongsang.addresses import output_uri
from guongsang.pages.outputs import Page, SiteFile
from guongsang.problems.problem import Problem, problem


def find_collisions(
    pages: list[Page], files: list[SiteFile], doc_addresses: frozenset[str]
) -> list[Problem]:
    """Find what would have one address: MkDocs would let the second of two files win silently.

    Names that differ by case only are one on Windows.
    """
    owners: dict[str, list[str]] = {}
    for url, owner in (
        *((page.url, f"/{page.url}") for page in pages),
        *((file.uri, f"/{file.uri}") for file in files),
        *((url, f"docs/{url.rstrip('/') or 'index'}.md") for url in sorted(doc_addresses)),
    ):
        owners.setdefault(output_uri(url).casefold(), []).append(owner)
    # No folder of a page may have the name of a file either: an old address can ask for that.
    for uri, named in list(owners.items()):
        folder = uri.removesuffix("/index.html")
        if folder != uri and folder in owners:
            owners[folder].append(named[0])
    return [
        problem("GS801", "mkdocs.yml", url=f"/{uri}", first=named[0], second=named[1])
        for uri, named in sorted(owners.items())
        if len(named) > 1
    ]
