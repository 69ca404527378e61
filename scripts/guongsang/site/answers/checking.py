"""What is wrong: with stories that ask about others, registers, pages by hand, and all together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from guongsang.checks.advice import complete_advice
from guongsang.checks.echoes import drop_echoes
from guongsang.checks.lookup import list_unnamable
from guongsang.checks.newsroom.doclinks import check_doc_links
from guongsang.checks.newsroom.docs import check_doc, check_path
from guongsang.checks.newsroom.nav import SETTINGS, check_nav
from guongsang.checks.newsroom.registers import check_registers
from guongsang.checks.newsroom.release import check_lost
from guongsang.checks.newsroom.site import check_site
from guongsang.checks.newsroom.theme import check_theme
from guongsang.checks.people.elsewhere import check_page
from guongsang.checks.sheet import Case
from guongsang.engine.table import Part, Query, Split
from guongsang.problems.problem import Problem, as_warning, plain_problem
from guongsang.registers.load import locate_register
from guongsang.registers.paths import LEDGER
from guongsang.site.answers.beside import unpack_photos
from guongsang.site.answers.links import query_addresses
from guongsang.site.answers.registers import unpack_emblem
from guongsang.site.sources.found import LAST, UNREADABLE, read_problem, split_found
from guongsang.site.sources.history import check_edited
from guongsang.stories.model import Story
from guongsang.stories.scan import INDEX, StoryFolder
from guongsang.stories.source import MAX_BYTES, is_draft_by_bytes, read_text
from guongsang.yamlfile.positions import Positions

if TYPE_CHECKING:
    from pathlib import Path

    from guongsang.engine.ask import Ask
    from guongsang.site.answers.newsroom import Newsroom


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
        query_addresses(newsroom),
        Query("later", checks.check_later, each="unchecked", parts=(Part("found later"),)),
        Query("rest", checks.check_rest, each="unreadable", parts=(Part("found in rest"),)),
        Query("text", checks.check_text, each="doc file", parts=(Part("found in text"),)),
        Query("found in docs", checks.check_docs),
        Query("found in folders", checks.check_folders),
        Query("found in registers", checks.check_registers),
        Query("found in all", checks.check_all),
        Query("found in ledger", checks.check_ledger),
    ]


def query_edited(newsroom: Newsroom) -> Query:
    """What is wrong with edited stories in the light of their last versions."""
    return Query(LAST, _Checks(newsroom).check_edited)


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

    def check_later(self, ask: Ask, src_uri: str) -> Split:
        newsroom = self.newsroom
        if ask.get("newsroom") is None:
            return Split(None)

        def check() -> list[Problem]:
            story = newsroom.library.story(src_uri)
            return newsroom.check(story, newsroom.library.photos(src_uri))

        return split_found("found later", src_uri, newsroom.asked.make(ask, check))

    def check_rest(self, ask: Ask, src_uri: str) -> Split:
        """Check what could be read of a story that has problems of its own already."""
        newsroom = self.newsroom
        reading = newsroom.read(StoryFolder(src_uri, ask("folder", src_uri)["stamps"]))
        rest = reading.rest
        if ask.get("newsroom") is None or rest is None:
            return Split(None)
        photos = ask("rest photos", src_uri)

        def check() -> list[Problem]:
            return newsroom.check_rest(rest, unpack_photos(photos))

        locate = partial(newsroom.locate, src_uri)
        found = drop_echoes(reading, newsroom.asked.make(ask, check), locate)
        if reading.is_draft:
            found = list(map(as_warning, found))
        return split_found("found in rest", src_uri, found)

    def check_docs(self, ask: Ask, _: str) -> list[Any]:
        paths = ask("docs")["files"].values()
        return [plain_problem(each) for path in paths for each in check_path(path)]

    def check_folders(self, ask: Ask, _: str) -> list[Any]:
        """Tell what stands in wrong places; what belongs to a draft as warnings."""
        misplaced = ask("misplaced")
        if not misplaced:
            return []
        problems = [read_problem(told) for told, _ in misplaced]
        drafts = [uri for uri, told in ask.all(UNREADABLE).items() if told["is_draft"]]
        stories = map(self.newsroom.library.story, ask.all("head"))
        drafts += [story.src_uri for story in stories if story.head.status == "draft"]
        soft = soften_misplaced(self.newsroom.root, problems, drafts)
        return list(map(plain_problem, soft))

    def check_text(self, ask: Ask, path: str) -> Split:
        """Check a page by hand, or the settings: where they lead, and whom they name."""
        found = self.newsroom.asked.make(ask, lambda: list(self._check_text(ask, path)))
        return split_found("found in text", path, found)

    def _check_text(self, ask: Ask, path: str) -> Iterator[Problem]:
        ask("doc file", path)
        if path != SETTINGS:
            yield from check_doc(self.newsroom.root / path, path)
        text = read_text(self.newsroom.root / path, path)
        if ask.get("newsroom") is None or isinstance(text, Problem):
            return
        lookup = self.newsroom.lookup
        uris: dict[str, str] = ask("docs")["files"]
        if path == SETTINGS:
            switches = lookup.registers.newsroom.switches
            yield from check_theme(text)
            yield from check_nav(text, uris, lookup.addresses, switches)
        else:
            uri = next(uri for uri, each in uris.items() if each == path)
            yield from check_doc_links(text, path, uri, uris, lookup.addresses)
        yield from check_page(text, path, lookup.unnamable)

    def check_registers(self, ask: Ask, _: str) -> list[Any]:
        newsroom = self.newsroom
        registers = newsroom.registers
        found = [read_problem(each) for each in ask("registers")]
        if ask.get("newsroom") is None or registers is None:
            return [plain_problem(each) for each in found]

        emblems = {
            path.rpartition("/")[2]: unpack_emblem(told) for path, told in ask.all("emblem").items()
        }

        def locate(path: str) -> Positions:
            ask.note("register file", path)
            return locate_register(newsroom.root, path)

        def check() -> list[Problem]:
            newsroom.asked.recorder.ask("newsroom")
            told = [complete_advice(each, registers, newsroom.book) for each in found]
            lookup = newsroom.lookup
            return told + check_registers(
                registers, locate, lookup.today, lookup.unnamable, emblems
            )

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
            return newsroom.locate(src_uri)

        def check() -> list[Problem]:
            newsroom.asked.recorder.ask("newsroom")
            return check_site(stories, registers, locate, newsroom.lookup.slugs, docs)

        return [plain_problem(each) for each in newsroom.asked.make(ask, check)]

    def check_ledger(self, ask: Ask, _: str) -> list[Any]:
        newsroom = self.newsroom
        ask.get("ledger", LEDGER)
        text = read_ledger_text(newsroom.root)
        if isinstance(text, Problem):
            return [plain_problem(text)]
        if ask.get("newsroom") is None or not text:
            return []
        stories = [newsroom.library.story(uri) for uri in ask.all("head")]
        for uri, told in ask.all("unreadable").items():
            if told["has_rest"] and not told["is_draft"]:
                rest = newsroom.read(StoryFolder(uri, {})).rest
                stories += [rest] if rest else []
        check = partial(check_lost, text, stories, newsroom.lookup.addresses)
        return [plain_problem(each) for each in newsroom.asked.make(ask, lambda: list(check()))]

    def check_edited(self, ask: Ask, _: str) -> list[Any]:
        newsroom = self.newsroom
        edited = ask("edited")["stories"]
        if ask.get("newsroom") is None or newsroom.registers is None:
            return []
        stories = [newsroom.library.story(uri) for uri in edited if ask.has("head", uri)]
        for story in stories:
            ask("folder", story.src_uri)

        def open_case(story: Story) -> Case:
            return newsroom.open_case(story, newsroom.library.photos(story.src_uri))

        def check() -> list[Problem]:
            newsroom.asked.recorder.ask("newsroom")
            return list(check_edited(newsroom.root, stories, open_case))

        return [plain_problem(each) for each in newsroom.asked.make(ask, check)]


def read_ledger_text(root: Path) -> str | Problem:
    ledger = root / LEDGER
    return read_text(ledger, LEDGER, most=8 * MAX_BYTES) if ledger.is_file() else ""


def soften_misplaced(
    root: Path, problems: Iterable[Problem], drafts: Iterable[str]
) -> list[Problem]:
    """Return the problems of the walk, those of a draft or in its folder as warnings."""
    folders = tuple(src_uri.removesuffix(INDEX) for src_uri in drafts)
    return [
        as_warning(found)
        if found.path.startswith(folders)
        or (found.rule == "GS236" and is_draft_by_bytes(root / found.path))
        else found
        for found in problems
    ]
