"""GS513, GS514, GS516, GS518, GS520: names, pictures and facts of people where they may not be.

A name is searched in everything that readers may see: title, summary, text, alternative texts,
captions, tags and titles, and in the names of the folder and of its files, with marks or without.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from guongsang.checks.sheet import Case, each_film, each_photo
from guongsang.checks.subjects import Subject
from guongsang.problems.problem import Problem
from guongsang.stories.model import Scope
from guongsang.stories.texts import READ, Seen, walk_texts
from guongsang.text.spelled import NameFinder, compile_names
from guongsang.yamlfile.positions import FieldPath

_SUFFIX: Final = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_SENTENCE: Final = re.compile(r"[.!?…:;\n]")
# What follows a name in its own sentence and tells of somebody's health or ethnic group. It begins
# with the first two letters of all its phrases: a search of a whole text skips every other one.
_HAS: Final = "(?:bệnh|chứng|ung thư|lao|HIV)"
_SUFFERS: Final = (
    "(?:nhiễm HIV|bệnh|ung thư|tâm thần|động kinh|trầm cảm|liệt|câm|điếc|mù(?! chữ)|"
    "suy thận|suy tim|tai biến|đột quỵ|bại liệt)"
)
_HEALTH: Final = re.compile(
    rf"[mnbl][ắhịàg](?<!\w..)(?:(?<=mắ)c {_HAS}|(?<=nh)iễm HIV|(?<=bị) {_SUFFERS}|"
    r"(?<=là) (?:một )?người khuyết tật|(?<=ng)hiện (?:ma túy|rượu))",
)
# One of these stands in each such phrase. Words are found several times as fast as a pattern.
_HEALTH_WORDS: Final = ("uyết tật", "nghiện", "nhiễm HIV")
_HEALTH_BEGINS: Final = ("mắc ", "bị ")
_HEALTH_SIGN: Final = re.compile(rf"[ắễị](?:(?<=mắ)c {_HAS}|(?<=nhiễ)m HIV|(?<=bị) {_SUFFERS})")
# Between the name and the illness they make it somebody else's: “chăm người bị bệnh”.
_OTHERS: Final = re.compile(
    r"\b(?:người|trẻ|bệnh nhân|học sinh|học trò|con|mẹ|bố|cha|chồng|vợ|cháu|bạn|bà con|hộ)\b"
)
_ETHNIC_GROUP: Final = re.compile(r",? (?:là )?(?:một )?(?:người )?dân tộc \w+")
_NEAR: Final = 80
_ADDRESSES: Final = frozenset({Seen.ADDRESS})
_TOLD: Final = frozenset({Seen.TEXT})


@dataclass(frozen=True, slots=True)
class _Hidden:
    """Somebody who may not be named; `rule` says why not."""

    subject: Subject
    rule: str
    finder: NameFinder


def check_names(case: Case) -> Iterator[Problem]:
    """Yield where a story names, shows or tells of somebody without the right to."""
    hidden = list(_find_hidden(case))
    for each in hidden:
        yield from _check_texts(case, each)
        yield from check_addresses(case, each.finder, each.rule, each.subject.who)
    for _, subject in case.subjects:
        if subject.is_named and subject.is_living_person:
            yield from _check_scopes(case, subject)


def check_reason(case: Case) -> Iterator[Problem]:
    """Yield GS520 where the public reason of a retraction names somebody of the story."""
    retracted = case.front.retracted
    if retracted is None:
        return
    for where, text in walk_texts(retracted, READ):
        hits = (next(_find_names(subject, text), None) for _, subject in case.subjects)
        hit = next((each for each in hits if each is not None), None)
        if hit is not None:
            yield case.at("GS520", "retracted", *where, found=hit[0])


def _find_hidden(case: Case) -> Iterator[_Hidden]:
    """Yield who may not be named in this story: its own honorees first, then the register's."""
    day = case.front.date.date()
    own: set[str] = set()
    for _, subject in case.subjects:
        own.add(subject.who)
        rule = "GS514" if subject.withdrawn else "GS513"
        if subject.withdrawn or subject.is_child_without_consent(day):
            finder = compile_names(subject.names, close=True)
            if finder is not None:
                yield _Hidden(subject, rule, finder)
    for subject in case.lookup.unnamable:
        finder = compile_names(subject.names, close=False)
        if subject.who not in own and finder is not None:
            yield _Hidden(subject, "GS514" if subject.withdrawn else "GS513", finder)


def _check_texts(case: Case, hidden: _Hidden) -> Iterator[Problem]:
    for offset, found in case.search(hidden.finder.find_words, is_name=True):
        # The entry of that person is a problem of its own.
        if not case.is_name_of_honoree(offset):
            yield case.at_offset(hidden.rule, offset, found=found, who=hidden.subject.who)


def check_addresses(case: Case, finder: NameFinder, rule: str, who: str) -> Iterator[Problem]:
    """Yield a problem of a rule for each address and name of a file that names somebody."""
    for where, text in _addresses(case):
        if next(finder.find_in_address(_SUFFIX.sub("", unquote(text))), None) is None:
            continue
        if where:
            yield case.at(rule, *where, found=text, who=who)
        else:
            yield case.sheet.at_file(rule, found=text, who=who)


def _addresses(case: Case) -> Iterator[tuple[FieldPath, str]]:
    """Yield the folder's name, the names of files and the addresses that a story publishes."""
    yield (), case.story.slug
    yield from walk_texts(case.front, _ADDRESSES)


def _check_scopes(case: Case, subject: Subject) -> Iterator[Problem]:
    """Yield GS516 for what shows a living person, GS518 for facts, out of scope."""
    if not subject.allows("photo"):
        for where, src, texts in _list_shown(case):
            if next(_find_names(subject, texts), None):
                yield case.at("GS516", *where, "src", file=src, who=subject.who)
    for scope, found, offset in _find_facts(case, subject):
        yield case.at_offset("GS518", offset, who=subject.who, found=found, scope=scope)


def _list_shown(case: Case) -> Iterator[tuple[FieldPath, str, str]]:
    """Yield field, file and texts of the pictures and films without a consent of their own."""
    for where, photo in each_photo(case.front):
        if photo.consent is None:
            # Whoever took the picture is not in it.
            yield where, photo.src, "\n".join(text for _, text in walk_texts(photo, _TOLD))
    for where, film in each_film(case.front):
        if film.consent is None:
            titles = (use.title for use in case.prose.films if use.src == film.src)
            yield where, film.src, "\n".join(titles)


@lru_cache(maxsize=1)
def _may_tell_of_health(text: str) -> bool:
    """Return whether a text may tell of anybody's health; asked for each honoree of a story."""
    if any(word in text for word in _HEALTH_WORDS):
        return True
    begins = any(word in text for word in _HEALTH_BEGINS)
    return begins and _HEALTH_SIGN.search(text) is not None


def _find_names(subject: Subject, text: str) -> Iterator[re.Match[str]]:
    """Yield where a text names somebody. Finders are costly to make: ask only where it matters."""
    finder = compile_names(subject.names, close=True)
    return finder.find_in_prose(text) if finder else iter(())


def _find_facts(case: Case, subject: Subject) -> Iterator[tuple[Scope, str, int]]:
    """Yield scope, words and offset of facts told right after the name, in its sentence."""
    text = case.typed.text
    scopes = {scope for each in subject.consents for scope in each.scope}
    health = "health" not in scopes and _may_tell_of_health(text)
    # The pattern may begin with nothing at all: to search for it where it cannot be is slow.
    may_tell = "ethnic_group" not in scopes and " dân tộc " in text
    ethnic_group = may_tell and _ETHNIC_GROUP.search(text)
    if not health and not ethnic_group:
        return
    for name in _find_names(subject, text):
        end = name.end()
        stop = _SENTENCE.search(text, end, end + _NEAR)
        last = stop.start() if stop else end + _NEAR
        if ethnic_group and (hit := _ETHNIC_GROUP.match(text, end, last)):
            yield "ethnic_group", hit[0].strip(", "), case.typed.origin(name.start())
        hit = _HEALTH.search(text, end, last) if health else None
        if hit and not _OTHERS.search(text, end, hit.start()):
            yield "health", hit[0], case.typed.origin(name.start())
