"""GS521: who stood among the honorees of a story in its last versions, and is still named in it.

Once a name is out of `honorees`, no other rule knows it: what is left of it in a title or a caption
would be published. The versions that git keeps are the only memory, and need no list of names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from guongsang.checks.people.disclosure import check_addresses
from guongsang.checks.sheet import Case
from guongsang.checks.subjects import Subject, read_subjects
from guongsang.problems.problem import Problem
from guongsang.stories.model import FrontMatter
from guongsang.text.fold import fold
from guongsang.text.spelled import NameFinder, compile_names


def check_forgotten(case: Case, before: FrontMatter) -> Iterator[Problem]:
    """Yield where a story names a living person who was among its honorees `before`."""
    if case.front.status == "retracted":
        return
    present = [subject for _, subject in case.subjects]
    for gone in _find_gone(case, before):
        finder = compile_names(gone.names, close=True)
        if finder is None:
            continue
        find = partial(_find_unspared, finder, present)
        for offset, found in case.search(find, is_name=True):
            yield case.at_offset("GS521", offset, found=found, who=gone.who)
        yield from check_addresses(case, finder, "GS521", gone.who)


def _find_gone(case: Case, before: FrontMatter) -> Iterator[Subject]:
    """Yield the living people who were named among the honorees and are not any more."""
    present = {fold(name) for _, subject in case.subjects for name in subject.names}
    for _, subject in read_subjects(before.honorees, case.lookup.registers):
        names = {fold(name) for name in subject.names}
        if subject.is_named and subject.is_living_person and names.isdisjoint(present):
            yield subject


def _find_unspared(
    finder: NameFinder, present: Sequence[Subject], text: str
) -> Iterator[tuple[int, str]]:
    """Yield where a text names somebody, but for what names others."""
    spared = list(_find_spans(present, text))
    for hit in finder.find_in_prose(text):
        if not any(start <= hit.start() < end for start, end in spared):
            yield hit.start(), hit[0]


def _find_spans(subjects: Iterable[Subject], text: str) -> Iterator[tuple[int, int]]:
    """Yield where a text names those who may be named: some have a given name in common."""
    for subject in subjects:
        finder = compile_names(subject.names, close=True)
        for hit in finder.find_in_prose(text) if finder else ():
            yield hit.span()
