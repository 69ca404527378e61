"""GS7xx: where the links of a story lead."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import unquote

from guongsang import addresses
from guongsang.checks.sheet import Case
from guongsang.photos.facts import match_name
from guongsang.problems.problem import Problem
from guongsang.prose.allowed import SCHEMES, scheme_of
from guongsang.prose.films import is_film_file
from guongsang.prose.model import LinkUse, file_of
from guongsang.stories.model import list_enclosed

_STORY: Final = re.compile(r"(?:\.\./)+(?:[0-9]{4}/)?([^/#]+)/(?:index\.md)?(?:#.*)?")
_MANY: Final = 500
# The name of a host without its scheme, as people type it: “bao.example/tin”, “www.bao.example”.
_HOST: Final = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?P<end>[a-z]{2,})(?::[0-9]+)?(?=[/?#]|$)",
    re.IGNORECASE,
)
# What ends so is a file, though some are domains as well.
_FILE_END: Final = re.compile(
    r"md|html?|pdf|jpe?g|png|gif|webp|avif|svg|heic|mp[34]|webm|mov|m4a|wav|og[gv]|docx?|xlsx?|pptx?|odt|csv"
    r"|txt|rtf|zip|css|js|json|xml|ya?ml",
    re.IGNORECASE,
)
_FILE: Final = re.compile(r"(?:\./)?[^/#?]+\.[A-Za-z0-9]{1,5}")


def check_links(case: Case) -> Iterator[Problem]:
    """Yield the links of the body that lead nowhere, and addresses that browsers must not open."""
    if case.prose.tangled:
        yield case.in_body("GS706", 1)
    for link in case.prose.links:
        scheme = scheme_of(link.href)
        if scheme in ("http", "https"):
            continue
        if scheme and scheme not in SCHEMES:
            yield _at(case, link, "GS702", candidates=_suggest_scheme(link.href, scheme))
        elif not scheme:
            yield from _check_internal(case, link)


def check_films(case: Case) -> Iterator[Problem]:
    """Yield the films that are listed, but stand nowhere in the text."""
    if case.prose.tangled:
        return
    placed = {file_of(link.href) for link in case.prose.links}
    for n, film in enumerate(case.front.films):
        if film.src not in placed:
            yield case.at("GS713", "films", n, "src", file=film.src)


def _check_internal(case: Case, link: LinkUse) -> Iterator[Problem]:
    href = link.href
    if href.startswith("#"):
        yield from _check_anchor(case, link)
    elif href.startswith("/"):
        path = unquote(re.split(r"[?#]", href[1:])[0])
        slug = _slug_at(path)
        if path not in case.lookup.addresses:
            yield _lost(case, link, slug)
        elif slug is not None and slug in case.lookup.public_slugs:
            yield from _check_far_anchor(case, link, slug)
    elif match := _STORY.fullmatch(href):
        if match[1] not in case.lookup.public_slugs:
            yield _lost(case, link, match[1])
        else:
            yield from _check_far_anchor(case, link, match[1])
    elif any(key != "audio" and src == file_of(href) for key, _, src in list_enclosed(case.front)):
        return
    elif _FILE.fullmatch(href) and file_of(href) in case.story.files:
        key, title = ("films", "") if is_film_file(href) else ("attachments", "title:")
        yield _at(case, link, "GS707", key=key, title=title)
    elif is_film_file(href):
        name = match_name(file_of(href), case.story.files) or ""
        args = {"file": file_of(href)[:90], "candidates": name}
        yield case.in_body("GS705", link.line, link.column, **args)
    else:
        yield _lost(case, link, None)


def _check_anchor(case: Case, link: LinkUse) -> Iterator[Problem]:
    wanted = unquote(link.href[1:])
    ids = [heading.id for heading in case.prose.headings]
    if wanted in ids or (wanted and f' id="{wanted}"' in case.prose.html):
        return
    yield _at(case, link, "GS701", candidates=nearest(link.href, (f"#{each}" for each in ids)))


def _check_far_anchor(case: Case, link: LinkUse, slug: str) -> Iterator[Problem]:
    """Yield GS701 for a link to a place in another story that is not there."""
    page, mark, wanted = link.href.partition("#")
    if mark and wanted:
        ids = case.lookup.anchors(slug)
        if ids is not None and unquote(wanted) not in ids:
            known = (f"{page}#{each}" for each in ids)
            yield _at(case, link, "GS701", candidates=nearest(link.href, known))


def _lost(case: Case, link: LinkUse, slug: str | None) -> Problem:
    """Return GS703 for a story that is there but not published, else GS701."""
    lookup = case.lookup
    if slug in lookup.slugs and slug not in lookup.public_slugs:
        return _at(case, link, "GS703")
    if link.href.startswith("/"):
        known: Iterable[str] = (f"/{each}" for each in lookup.addresses)
    else:
        known = (f"../{each}/index.md" for each in lookup.public_slugs)
    return _at(case, link, "GS701", candidates=nearest(link.href, known))


def _slug_at(path: str) -> str | None:
    """Return the slug in a story's address: “con-chu” of “2026/con-chu/”."""
    parts = path.rstrip("/").split("/")
    return parts[1] if len(parts) == 2 and parts[0].isdigit() else None


def nearest(href: str, known: Iterable[str]) -> str:
    """Return the addresses that look most like a mistyped one, else where to look for it; one that
    starts like a host's name gets its scheme."""
    candidates = everything = sorted(known)
    if len(candidates) > _MANY:
        # Comparing letter by letter with ten thousand stories would take longer than the build.
        start = _last_part(href)[:3]
        candidates = [each for each in candidates if _last_part(each).startswith(start)]
    is_host = _is_host(href)
    near = difflib.get_close_matches(href, candidates[:_MANY], n=3, cutoff=0.8 if is_host else 0.6)
    if is_host and not near:
        return f"https://{href}"[:90]
    sections = [f"/{each}" for each in addresses.SECTIONS.values()]
    there = set(sections).intersection(everything)  # none where files are meant
    return ", ".join(near or [each for each in sections if not there or each in there])


def _is_host(href: str) -> bool:
    host = _HOST.match(href)
    return host is not None and _FILE_END.fullmatch(host["end"]) is None


def _last_part(address: str) -> str:
    """Return what names the page: “con-chu” of “../con-chu/index.md” and of “/2026/con-chu/”."""
    return address.removesuffix("index.md").rstrip("/").rpartition("/")[2]


def _suggest_scheme(href: str, scheme: str) -> str:
    """Return the address that was probably meant: “https://…” of “htps://…” and of “//…”."""
    if scheme == "//":
        return "https:" + href.replace("\\", "/")[:90]
    near = difflib.get_close_matches(scheme, sorted(SCHEMES), n=1)
    return f"{near[0]}{href[len(scheme) :]}"[:90] if near else "https://…"


def _at(case: Case, link: LinkUse, rule: str, **args: object) -> Problem:
    return case.in_body(rule, link.line, link.column, url=link.href[:90], **args)
