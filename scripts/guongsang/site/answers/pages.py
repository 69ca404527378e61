"""Which pages there are, and what each of them shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, is_dataclass
from dataclasses import fields as fields_of
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from guongsang.engine.table import GONE, Part, Query, Split
from guongsang.exports.sitemap import is_listed
from guongsang.pages.lists import Shelf, headings_of
from guongsang.pages.notices import plan_broken, plan_retracted
from guongsang.pages.plan import list_fixed, list_shelf
from guongsang.pages.story import plan_story
from guongsang.problems.problem import Problem
from guongsang.site.sources.found import read_problem
from guongsang.site.sources.lists import RETRACTED_STORY, SHOWN_STORY
from guongsang.views.model import Contributor, Link, Pager
from guongsang.views.outputs import Page
from guongsang.views.paging import Sheet

if TYPE_CHECKING:
    from guongsang.engine.ask import Ask
    from guongsang.site.answers.newsroom import Newsroom

# What the arguments of pages are made of, besides plain values.
_TYPES: Final = {each.__name__: each for each in (Shelf, Sheet, Contributor, Link, Pager, Problem)}
_HEADINGS: Final = ("column", "field", "deed")
_LISTED: Final = ("place", "honoree", "author", "series", "year", "month")
# Registers of which lists show something.
_REGISTERS: Final = ("columns", "fields", "deeds", "places", "authors", "series")


def query_pages(newsroom: Newsroom) -> Query:
    pages = _Pages(newsroom)
    parts = tuple(Part(newsroom.kind(name)) for name in ("page", "listed"))
    return Query(newsroom.kind("pages"), pages.make, parts=parts, folds=True)


@dataclass(frozen=True, slots=True)
class _Pages:
    newsroom: Newsroom

    def make(self, ask: Ask, _: str) -> Split:
        kind = self.newsroom.kind
        names = ("list", SHOWN_STORY, RETRACTED_STORY)
        lists, shown, retracted = (ask.all(kind(name)) for name in names)
        broken = ask.all(kind("broken"))
        ask("newsroom")
        docs = ask("docs")["published"]
        for name in _REGISTERS:
            ask.all(name)
            ask.get("order", name)
        old = ask.old
        if old is None or old.has_others(tuple(map(kind, names))):
            # A page written by hand stands for ours of the guide.
            fixed = (page for page in list_fixed(self.newsroom.archive) if page.url not in docs)
            pages = {"": [*fixed, *_list_broken(broken)]}
            slugs: Iterable[str] = (*shown, *retracted)
            changed: Iterable[str] = self._list_names(lists)
        else:
            pages = {}
            slugs = old.changed(kind(SHOWN_STORY)) | old.changed(kind(RETRACTED_STORY))
            changed = old.changed(kind("list"))
        for name in changed:
            shelf, _, key = name.partition(" ")
            if key and shelf != "follows":
                pages[name] = list(self._list_shelf(shelf, key))
        for slug in slugs:
            pages[f"story {slug}"] = list(self._list_story(slug, shown, retracted))
        return self._split(None if "" in pages else old, pages)

    def _list_names(self, lists: Iterable[str]) -> Iterator[str]:
        archive = self.newsroom.archive
        for heading in _HEADINGS:
            yield from (f"{heading} {key}" for key in headings_of(archive, heading))
        yield from (name for name in lists if name.partition(" ")[0] in _LISTED)

    def _list_shelf(self, shelf: str, key: str) -> Iterator[Page]:
        archive = self.newsroom.archive
        if shelf in _HEADINGS and key not in headings_of(archive, shelf):
            return
        yield from list_shelf(archive, shelf, key)

    def _list_story(self, slug: str, shown: Any, retracted: Any) -> Iterator[Page]:
        if slug in shown:
            yield Page(shown[slug][0], plan_story, (slug,))
        elif slug in retracted:
            yield Page(retracted[slug][0], plan_retracted, (slug,), noindex=True)

    def _split(self, old: Any, pages: dict[str, list[Page]]) -> Split:
        kind = self.newsroom.kind
        found: dict[str, Any] = {}
        # By what they are of, pages and those of them that search engines may list.
        listed: dict[str, Any] = {}
        for name, own in pages.items():
            if old is not None:
                told = old.part(kind("listed"), name)
                before = told["pages"] if told else ()
                found |= {url: GONE for url in before if url not in found}
            if own or old is not None:
                urls = [page.url for page in own]
                listed[name] = {"pages": urls, "indexable": _list_indexable(own)} if own else GONE
            found |= {page.url: pack_page(page) for page in own}
        parts = {kind("page"): found, kind("listed"): listed}
        return Split(self._count(old, found), parts, is_patch=old is not None)

    def _count(self, old: Any, found: dict[str, Any]) -> int:
        """Return how many pages there are."""
        if old is None:
            return len(found)
        kind = self.newsroom.kind("page")
        had = sum(old.part(kind, url) is not None for url in found)
        return int(old.value) - had + sum(told is not GONE for told in found.values())


def _list_indexable(pages: Iterable[Page]) -> list[str]:
    return [page.url for page in pages if is_listed(page)]


def _list_broken(broken: Any) -> Iterator[Page]:
    for url, told in broken.items():
        problems = tuple(map(read_problem, told))
        yield Page(url, plan_broken, (url, problems), noindex=True)


def pack_page(page: Page) -> dict[str, Any]:
    """Return what `unpack_page` makes a page of, as plain values."""
    plan = f"{page.plan.__module__}.{page.plan.__name__}"
    return {"plan": plan, "args": _pack(page.args), "noindex": page.noindex}


def unpack_page(url: str, told: dict[str, Any]) -> Page:
    module, _, name = told["plan"].rpartition(".")
    plan = getattr(import_module(module), name)
    return Page(url, plan, _unpack(told["args"]), told["noindex"])


def _pack(value: Any) -> Any:
    name = type(value).__name__
    if name in _TYPES:
        values = (
            [getattr(value, field.name) for field in fields_of(value)]
            if is_dataclass(value)
            else value
        )
        return {"is": name, "of": list(map(_pack, values))}
    return list(map(_pack, value)) if isinstance(value, tuple) else value


def _unpack(value: Any) -> Any:
    if isinstance(value, dict):
        return _TYPES[value["is"]](*map(_unpack, value["of"]))
    return tuple(map(_unpack, value)) if isinstance(value, list) else value
