"""What is wrong: with stories that ask about others, registers, pages by hand, and all together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from guongsang.addresses import story_addresses, story_url
from guongsang.checks.advice import complete_advice
from guongsang.checks.desk import list_unnamable
from guongsang.checks.doclinks import check_doc_links
from guongsang.checks.docs import check_doc
from guongsang.checks.echoes import drop_echoes
from guongsang.checks.elsewhere import check_page
from guongsang.checks.nav import SETTINGS, check_nav
from guongsang.checks.registers import check_registers
from guongsang.checks.release import check_lost
from guongsang.checks.site import check_site
from guongsang.engine.table import Input, Part, Query, Split
from guongsang.memory.stories import read_photos
from guongsang.problems.problem import Problem, as_warning, plain_problem
from guongsang.registers.load import locate_register
from guongsang.stories.model import Story
from guongsang.stories.read import locate_story, read_story
from guongsang.stories.scan import StoryFolder
from guongsang.yamlfile.positions import Positions

if TYPE_CHECKING:
    from guongsang.engine.ask import Ask
    from guongsang.site.newsroom import Newsroom

# Files of docs/, by their path from there and by address; texts of docs/ and of the settings by
# path; the ledger of published addresses.
INPUTS: Final = tuple(map(Input, ("docs", "doc text", "ledger")))
# Kinds that hold problems, by whatever key.
FOUND: Final = ("found", "found later", "found in rest", "found in text")
LAST: Final = "found in ledger"
FOUND_OF_ALL: Final = ("found in registers", "found in all", "found in ledger")


def query_unnamable(newsroom: Newsroom) -> Query:
    """Those who may be named in no story, with all that is known of them."""

    def make(ask: Ask, _: str) -> list[Any]:
        ask.get("newsroom")
        return newsroom.asked.make(ask, partial(_unnamable, newsroom))

    return Query("unnamable", make)


def list_queries(newsroom: Newsroom) -> list[Query]:
    """Return what is checked once all stories have been read."""
    checks = _Checks(newsroom)
    return [
        Query("addresses", checks.find_addresses, parts=(Part("address"), Part("slug"))),
        Query("later", checks.check_later, each="unchecked", parts=(Part("found later"),)),
        Query("rest", checks.check_rest, each="unreadable", parts=(Part("found in rest"),)),
        Query("text", checks.check_text, each="doc text", parts=(Part("found in text"),)),
        Query("found in registers", checks.check_registers),
        Query("found in all", checks.check_all),
        Query("found in ledger", checks.check_ledger),
    ]


def _unnamable(newsroom: Newsroom) -> list[Any]:
    registers = newsroom.registers
    if registers is None:
        return []
    newsroom.asked.recorder.ask("today")
    value = newsroom.answers.value
    keys = list_unnamable(registers, newsroom.project.now.date())
    return [(key, value("honorees", key)) for key in keys]


@dataclass(frozen=True, slots=True)
class _Checks:
    newsroom: Newsroom

    def find_addresses(self, ask: Ask, _: str) -> Split:
        """Find where links may lead, of which story each slug is, and when others will be there."""
        newsroom, now = self.newsroom, self.newsroom.project.now.timestamp()
        registers = newsroom.registers
        if ask.get("newsroom") is None or registers is None:
            return Split([])
        slugs: dict[str, dict[str, Any]] = {}
        with_page: list[Story] = []
        moments: set[int] = set()
        for uri in ask.all("head"):
            story = newsroom.library.story(uri)
            head = story.head
            if head.status == "ready":
                moments.add(head.instant)
            has_page = head.status == "retracted" or (
                head.status == "ready" and head.instant <= now
            )
            if has_page:
                with_page.append(story)
            told = slugs.setdefault(story.slug, {"src_uri": uri, "is_public": False})
            told["is_public"] = told["is_public"] or has_page
        newsroom.asked.note_moments(ask, moments)
        addresses = newsroom.asked.make(ask, lambda: story_addresses(with_page, registers))
        addresses |= {url for url, path in ask("docs")["published"].items() if path.endswith(".md")}
        for uri, told in ask.all("unreadable").items():
            slugs.setdefault(uri.rsplit("/", 2)[1], {"src_uri": uri, "is_public": False})
            if not told["is_draft"]:
                addresses.add(story_url(uri))
        ahead = sorted(moment for moment in moments if moment > now)
        return Split(ahead, {"address": dict.fromkeys(addresses, True), "slug": slugs})

    def check_later(self, ask: Ask, src_uri: str) -> Split:
        newsroom = self.newsroom
        if ask.get("newsroom") is None:
            return Split(None)

        def check() -> list[Problem]:
            story = newsroom.library.story(src_uri)
            return newsroom.check(story, newsroom.library.photos(src_uri))

        return _tell("found later", src_uri, newsroom.asked.make(ask, check))

    def check_rest(self, ask: Ask, src_uri: str) -> Split:
        """Check what could be read of a story that has problems of its own already."""
        newsroom = self.newsroom
        reading = read_story(newsroom.root, StoryFolder(src_uri, ask("folder", src_uri)["stamps"]))
        rest = reading.rest
        if ask.get("newsroom") is None or rest is None:
            return Split(None)

        def check() -> list[Problem]:
            photos = read_photos(newsroom.root, src_uri, rest.front, rest.files, newsroom.whole)
            return newsroom.check_rest(rest, photos)

        locate = partial(locate_story, newsroom.root, src_uri)
        found = drop_echoes(reading, newsroom.asked.make(ask, check), locate)
        if reading.is_draft:
            found = list(map(as_warning, found))
        return _tell("found in rest", src_uri, found)

    def check_text(self, ask: Ask, path: str) -> Split:
        """Check a page by hand, or the settings: where they lead, and whom they name."""
        found = self.newsroom.asked.make(ask, lambda: list(self._check_text(ask, path)))
        return _tell("found in text", path, found)

    def _check_text(self, ask: Ask, path: str) -> Iterator[Problem]:
        if path != SETTINGS:
            yield from check_doc(self.newsroom.root / path, path)
        text = ask("doc text", path)["text"]
        if ask.get("newsroom") is None or text is None:
            return
        desk = self.newsroom.desk
        uris: dict[str, str] = ask("docs")["files"]
        if path == SETTINGS:
            yield from check_nav(text, uris, desk.addresses)
        else:
            uri = next(uri for uri, each in uris.items() if each == path)
            yield from check_doc_links(text, path, uri, uris, desk.addresses)
        yield from check_page(text, path, desk.unnamable)

    def check_registers(self, ask: Ask, _: str) -> list[Any]:
        newsroom = self.newsroom
        registers = newsroom.registers
        found = [read_problem(each) for each in ask("registers")]
        if ask.get("newsroom") is None or registers is None:
            return [plain_problem(each) for each in found]
        locate = partial(locate_register, newsroom.root)

        def check() -> list[Problem]:
            newsroom.asked.recorder.ask("newsroom")
            told = [complete_advice(each, registers, newsroom.book) for each in found]
            desk = newsroom.desk
            return told + check_registers(registers, locate, desk.today, desk.unnamable)

        return [plain_problem(each) for each in newsroom.asked.make(ask, check)]

    def check_all(self, ask: Ask, _: str) -> list[Any]:
        newsroom = self.newsroom
        registers = newsroom.registers
        if ask.get("newsroom") is None or registers is None:
            return []
        stories = [newsroom.library.story(uri) for uri in ask.all("head")]
        docs = ask("docs")["published"]

        def locate(src_uri: str) -> Positions:
            newsroom.asked.recorder.ask("front", src_uri)
            return locate_story(newsroom.root, src_uri)

        def check() -> list[Problem]:
            newsroom.asked.recorder.ask("newsroom")
            return check_site(stories, registers, locate, newsroom.desk.slugs, docs)

        return [plain_problem(each) for each in newsroom.asked.make(ask, check)]

    def check_ledger(self, ask: Ask, _: str) -> list[Any]:
        newsroom = self.newsroom
        text = ask.get("ledger")
        if ask.get("newsroom") is None or text is None:
            return []
        stories = [newsroom.library.story(uri) for uri in ask.all("head")]
        for uri, told in ask.all("unreadable").items():
            if told["has_rest"] and not told["is_draft"]:
                rest = read_story(newsroom.root, StoryFolder(uri, {})).rest
                stories += [rest] if rest else []
        check = partial(check_lost, text, stories, newsroom.desk.addresses)
        return [plain_problem(each) for each in newsroom.asked.make(ask, lambda: list(check()))]


def _tell(kind: str, key: str, found: Iterable[Problem]) -> Split:
    plain = list(map(plain_problem, found))
    return Split(None, {kind: {key: plain}} if plain else {})


def read_problem(told: list[Any]) -> Problem:
    """Return a problem from plain values, in which tuples are lists."""
    path, line, column, rule, args, severity = told
    return Problem(path, line, column, rule, tuple(map(tuple, args)), severity)
