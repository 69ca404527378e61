"""GS4xx: the pictures of a story and the other files of its folder."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

from guongsang.checks.sheet import Case, each_photo
from guongsang.photos.facts import PhotoFacts, PhotoFault, check_facts, match_name
from guongsang.problems.problem import Problem
from guongsang.prose.allowed import scheme_of
from guongsang.prose.films import is_film_file
from guongsang.prose.model import file_of
from guongsang.stories.model import StoryPhoto, list_enclosed
from guongsang.text.filenames import find_unholdable, plain_name, show_name, suggest_name
from guongsang.yamlfile.positions import FieldPath


def check_photos(case: Case) -> Iterator[Problem]:
    """Yield what is wrong with the cover, the catalogue and the pictures of the text."""
    seen: set[str] = set()
    contents: dict[str, str] = {}
    for where, photo in each_photo(case.front):
        if photo.src in seen:
            yield case.at("GS414", *where, "src", file=photo.src)
            continue
        seen.add(photo.src)
        yield from _check_photo(case, where, photo)
        facts = case.photos.get(photo.src)
        if isinstance(facts, PhotoFacts):
            first = contents.setdefault(facts.sha256, photo.src)
            if first != photo.src:
                yield case.at("GS419", *where, "src", file=photo.src, first=first)
    yield from _check_placed(case, seen)


def _check_placed(case: Case, known: set[str]) -> Iterator[Problem]:
    """Check the pictures that stand in the text."""
    placed: dict[str, int] = {}
    for use in case.prose.photos:
        if is_film_file(use.src):
            yield case.in_body("GS721", use.line, use.column, typed="![](…)", instead=use.src[:90])
        elif scheme_of(use.src):
            yield case.in_body("GS708", use.line, use.column, url=use.src[:90])
        elif use.src not in known:
            name = match_name(use.src, known)
            if name is None:
                yield case.in_body("GS413", use.line, use.column, file=show_name(use.src))
            else:
                args = {"file": show_name(use.src), "name": show_name(name)}
                yield case.in_body("GS423", use.line, use.column, **args)
        elif use.src in placed:
            first = placed[use.src] + case.story.body_line - 1
            yield case.in_body("GS415", use.line, use.column, file=use.src, first=first)
        else:
            placed[use.src] = use.line


def check_files(case: Case) -> Iterator[Problem]:
    """Yield files that are named but missing, that nothing names, or whose names are too alike."""
    front, files = case.front, case.story.files
    named = list_enclosed(front)
    for key, index, src in named:
        if src not in files:
            name = match_name(src, files) or ""
            yield case.at("GS705", key, index, "src", file=src, candidates=name)
    unused = _list_unused(case)
    if unused:
        meant = {_guess(case, photo.src, unused) for _, photo in each_photo(front)}
        for name in unused:
            if name not in meant:  # else it is told where its name is mistyped
                yield case.sheet.at_file("GS409", file=name)
    alike: dict[str, str] = {}
    for name in files:
        first = alike.setdefault(name.casefold(), name)
        if first != name:
            yield case.sheet.at_file("GS421", file=name, first=first)
    yield from _check_names(case, named)


def _list_unused(case: Case) -> list[str]:
    """Return the files that a story neither lists nor shows nor links to."""
    front = case.front
    used = {photo.src for _, photo in each_photo(front)}
    used |= {src for _, _, src in list_enclosed(front)}
    # What the text shows or links to without its being listed is told there.
    used |= {use.src for use in case.prose.photos}
    used |= {file_of(link.href) for link in case.prose.links}
    # A name in other letter case is a problem of its own, at the place that says it.
    files = case.story.files
    return [name for name in files if name not in used and match_name(name, used) is None]


def _guess(case: Case, src: str, unused: Sequence[str]) -> str | None:
    """Return the unused file that the name of a missing one is nearest to, if it is near."""
    if src in case.story.files or match_name(src, case.story.files) is not None:
        return None
    known = {plain_name(name): name for name in unused}
    near = difflib.get_close_matches(plain_name(src), known, n=1, cutoff=0.75)
    return known[near[0]] if near else None


def _check_names(case: Case, named: list[tuple[str, int, str]]) -> Iterator[Problem]:
    """Yield the names that some system cannot hold, where they are written if they are."""
    signs = {name: sign for name in case.story.files if (sign := find_unholdable(name)) is not None}
    if not signs:
        return
    places = {photo.src: where for where, photo in each_photo(case.front)}
    places |= {src: (key, index) for key, index, src in named}
    for name, sign in signs.items():
        args = {"file": show_name(name), "sign": show_name(sign)}
        args["name"] = suggest_name(name, case.story.files)
        where = places.get(name)
        if where is None:
            yield case.sheet.at_file("GS422", **args)
        else:
            yield case.at("GS422", *where, "src", **args)


def _check_photo(case: Case, where: FieldPath, photo: StoryPhoto) -> Iterator[Problem]:
    facts = case.photos.get(photo.src)
    if photo.src not in case.story.files:
        name = match_name(photo.src, case.story.files)
        meant = None if name else _guess(case, photo.src, _list_unused(case))
        if name or meant:
            args = {"file": show_name(photo.src), "name": show_name(name or meant or "")}
            yield case.at("GS412" if name else "GS425", *where, "src", **args)
        else:
            yield case.at("GS401", *where, "src", file=show_name(photo.src))
    elif isinstance(facts, PhotoFault):
        yield case.at(facts.rule, *where, "src", **dict(facts.args))
    elif isinstance(facts, PhotoFacts):
        for fault in check_facts(facts, photo.src, is_cover=where == ("cover",)):
            yield case.at(fault.rule, *where, "src", **dict(fault.args))
