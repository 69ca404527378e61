"""The lists after stories came, went or changed, and what of the site follows from that."""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from guongsang.addresses import Shelf, shelf_url, shelves_of, story_addresses
from guongsang.memory.entries import StoryEntry
from guongsang.memory.lazy import LazyList, LazyTable
from guongsang.memory.lists import (
    Find,
    Lists,
    by_slug,
    compare_lists,
    open_archive,
    patch_lists,
    slug_of,
)
from guongsang.memory.outline import tell_entry
from guongsang.memory.related import load_relations, relations_file, save_relations
from guongsang.memory.workers import work_aside
from guongsang.pages.archive import Archive
from guongsang.pages.outputs import Page
from guongsang.pages.related import Related
from guongsang.pages.story import plan_story
from guongsang.pipeline.content import Shown
from guongsang.plugin.touched import Change, NotATouchUpError
from guongsang.plugin.touchup import PICTURES, TouchUp
from guongsang.stories.model import Head, Story
from guongsang.traces import Question

Heads = dict[str, tuple[Any, ...]]


@dataclass(slots=True)
class Relisted:
    """What follows from other lists: questions with other answers, plans to make, plans of pages
    and files that are no more, and how many more stories and pages there are.

    `shown` are the changed stories that readers see now, `hidden` those that they saw, as these
    were then. Where lists differ, another process finds out what is related, for `take_related`.
    """

    questions: set[Question] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    stories: int = 0
    pages: int = 0
    shown: list[Story] = field(default_factory=list)
    hidden: list[Story] = field(default_factory=list)
    wait_for_related: Callable[[], tuple[Related, str] | None] | None = None
    _archive_had: Archive | None = None


def keep_lists(touch_up: TouchUp) -> Relisted:
    """Open the archive with the lists as they were."""
    lists, find = touch_up.lists, touch_up.find_story
    content, related = touch_up.gather(_open_shown(lists, find)), touch_up.related(lists.public)
    touch_up.archive = open_archive(content, lists, find, related)
    return Relisted()


def _open_shown(lists: Lists, find: Find) -> Shown:
    return Shown(
        LazyList(lists.public, find), by_slug(find, lists.public), LazyList(lists.retracted, find)
    )


def relist(touch_up: TouchUp) -> Relisted:
    """Make the lists anew from the heads of all stories, and open the archive.

    Raises NotATouchUpError where more than lists has to be looked at.
    """
    had, have = _find_heads(touch_up)
    touch_up.heads = have
    _refuse_entangled(touch_up.changes, had, have)
    project, before, find = touch_up.project, touch_up.lists, touch_up.find_story
    was = LazyTable(had, lambda uri: touch_up.make_story(uri, had[uri]))
    changed = {change.src_uri for change in touch_up.changes}
    stories_had = [was[uri] for uri in before.public if uri in changed]
    shown = list(filter(project.shows, map(find, sorted(changed & have.keys()))))
    touch_up.lists = now = patch_lists(before, stories_had, shown, find)
    wait_for_related = work_aside(lambda: _relate(touch_up, now.public), workers=project.workers)
    content = touch_up.gather(_open_shown(now, find))
    related = touch_up.related(now.public)
    touch_up.archive = open_archive(content, now, find, related)
    found = Relisted(
        questions=compare_lists(before, now, (*stories_had, *shown)),
        stories=len(now.public) - len(before.public),
        shown=shown,
        hidden=stories_had,
        _archive_had=open_archive(content, before, was.__getitem__, {}),
        wait_for_related=wait_for_related,
    )
    _note_addresses(touch_up, (*stories_had, *shown))
    touch_up.touched.lists = tuple(now)
    return found


def take_related(touch_up: TouchUp, found: Relisted) -> set[str]:
    """Take on what other stories lead to now; return the names of the plans that follow from it.

    Raises NotATouchUpError where that is not known.
    """
    if found.wait_for_related is None:
        return set()
    related = found.wait_for_related()
    if related is None:
        raise NotATouchUpError
    again, touch_up.touched.relations = related
    had = touch_up.related(touch_up.lists_before.public)
    questions = {("related", slug) for slug, told in again.items() if had.get(slug) != told}
    touch_up.touched.related |= again
    return touch_up.who_asked(questions)


def refuse_namesakes(touch_up: TouchUp) -> None:
    """Raise NotATouchUpError where somebody without a record may be the namesake of another."""
    changes = [each for each in touch_up.changes if ("front", each.src_uri) in each.questions]
    if not changes:
        return
    counts = Counter(touch_up.outline.namesakes)
    kept = touch_up.outline.stories
    for uri, plain in touch_up.touched.entries.items():
        counts.subtract(touch_up.outline.story(uri).inline if uri in kept else ())
        counts.update(tell_entry(StoryEntry(*plain)).inline if plain else ())
    for change in changes:
        own = change.now.inline if change.now else ()
        names = {*own, *(change.before.inline if change.before else ())}
        if any(counts[name] > own.count(name) for name in names):
            raise NotATouchUpError


def _find_heads(touch_up: TouchUp) -> tuple[Heads, Heads]:
    """Return the heads of all stories before this touch-up, and now."""
    kept = touch_up.outline.heads
    have = dict(kept)
    for uri, plain in touch_up.touched.entries.items():
        if plain is None:
            have.pop(uri, None)
        else:
            have[uri] = StoryEntry(*plain).head
    had = dict(have)
    for change in touch_up.changes:
        uri, earlier = change.src_uri, change.earlier
        if change.before is None:
            had.pop(uri, None)
        else:
            had[uri] = StoryEntry(*earlier).head if earlier else kept[uri]
    return had, have


def _refuse_entangled(changes: Sequence[Change], had: Heads, have: Heads) -> None:
    """Raise NotATouchUpError where the check of all stories together may find something else."""
    changed = {change.src_uri for change in changes}
    heads = {uri: Head._make(head) for uri, head in have.items()}
    others = [head for uri, head in heads.items() if uri not in changed]
    slugs = Counter(map(slug_of, heads))
    parts = Counter(head.series for head in heads.values())
    parts_of_others = {head.series for head in others if head.series}
    followed = {head.follows for head in others if head.follows}
    aliases = {alias.strip("/") for head in heads.values() for alias in head.aliases}
    for uri in changed:
        slug = slug_of(uri)
        was = Head._make(had[uri]) if uri in had else None
        now = heads.get(uri)
        told = [head for head in (was, now) if head is not None]
        if (
            slugs[slug] > 1
            or any(head.status == "retracted" for head in told)
            or _ties(was) != _ties(now)
            or (len(told) == 1 and slug in followed)
            or (now is not None and now.url.strip("/") in aliases)
            or (now is not None and now.series and parts[now.series] > 1)
            or any(head.series in parts_of_others for head in told)
        ):
            raise NotATouchUpError


def _ties(head: Head | None) -> tuple[str | None, tuple[str, ...]]:
    """Return what ties a story to others, whatever these have: a sequel, old addresses."""
    return (head.follows, head.aliases) if head else (None, ())


def keep_related(touch_up: TouchUp) -> None:
    """Keep what was related, now that it is published; forget what never was. Raises OSError."""
    kept = _relations_of(touch_up)
    edition = touch_up.touched.relations
    if edition and (draft := _draft_of(touch_up, edition)).exists():
        draft.replace(kept)
    for left in kept.parent.glob(f"{kept.stem}.*.draft"):
        left.unlink(missing_ok=True)


def _relations_of(touch_up: TouchUp) -> Path:
    project = touch_up.project
    return relations_file(project.cache_dir, previewing=project.previewing)


def _draft_of(touch_up: TouchUp, edition: str) -> Path:
    """Its own name: the process that relates for a build that is refused may still write."""
    return _relations_of(touch_up).with_suffix(f".{edition[:16]}.draft")


def _relate(touch_up: TouchUp, now: Iterable[str]) -> tuple[Related, str] | None:
    """Return the related stories that may have changed, and the edition of all.

    None where those are not known that the published pages were made from: a build that was
    refused, or another site, may have been the last to relate.
    """
    relations = load_relations(_relations_of(touch_up))
    if relations.edition != (touch_up.touched.relations or touch_up.outline.relations):
        return None
    keys = dict(zip(relations.slugs, relations.keys, strict=True))
    for change in touch_up.changes:
        if change.entry is not None:
            keys[slug_of(change.src_uri)] = change.entry.keys
    slugs = list(map(slug_of, now))
    changed = {slug_of(change.src_uri) for change in touch_up.changes}
    again = relations.relate_again(slugs, [keys[slug] for slug in slugs], changed)
    edition = relations.edition
    save_relations(_draft_of(touch_up, edition), relations)
    return again, edition


def note_pages(touch_up: TouchUp, found: Relisted) -> None:
    """Find the pages that came, went or show other stories; all of them must have been checked."""
    stories_had, archive_had = found.hidden, found._archive_had
    if archive_had is None:
        return
    # It knows all kinds of pages, and most edits change no list.
    from guongsang.pages.plan import list_shelf  # noqa: PLC0415

    shelves = {shelf for story in (*stories_had, *found.shown) for shelf in shelves_of(story)}
    had: dict[str, Page] = {}
    have: dict[str, Page] = {}
    for pages, archive, stories in (
        (had, archive_had, stories_had),
        (have, touch_up.archive, found.shown),
    ):
        for story in stories:
            pages[story.url] = Page(story.url, plan_story, (story.slug,))
        for kind, key in sorted(shelves):
            pages |= {page.url: page for page in list_shelf(archive, kind, key)}
    for url, page in have.items():
        if url not in had or (page.key, page.noindex) != (had[url].key, had[url].noindex):
            touch_up.touched.pages[url] = pickle.dumps(page, 5)
            found.names.add(f"page {url}")
    for url in had.keys() - have.keys():
        touch_up.touched.pages[url] = None
        found.gone.add(f"page {url}")
    found.pages = len(have) - len(had)
    slugs_had = {story.slug for story in stories_had}
    slugs_have = {story.slug for story in found.shown}
    found.names |= {f"{PICTURES}{slug}" for slug in slugs_have - slugs_had}
    found.gone |= {f"{PICTURES}{slug}" for slug in slugs_had - slugs_have}
    if _listed(have) != _listed(had):
        found.names.add("files sitemap")
    if touch_up.registers.newsroom.switches.search:
        years = [key for kind, key in shelves if kind == "year"]
        _note_searched(found, years, archive_had.shelves, touch_up.archive.shelves)


def _note_searched(
    found: Relisted, years: Iterable[str], had: Container[Shelf], have: Container[Shelf]
) -> None:
    """Note the files of the search of those years that came or went with their stories."""
    from guongsang.search.plan import name_year  # noqa: PLC0415 - like the kinds of pages

    for year in years:
        shelf, name = ("year", year), f"files {name_year(year)}"
        if shelf in have and shelf not in had:
            found.names.add(name)
        elif shelf in had and shelf not in have:
            found.gone.add(name)


def _listed(pages: Mapping[str, Page]) -> set[str]:
    return {url for url, page in pages.items() if not page.noindex}


def _note_addresses(touch_up: TouchUp, stories: Iterable[Story]) -> None:
    """Note which addresses of some stories, as they were and are, and of their lists hold now."""
    now, archive = touch_up.project.now, touch_up.archive
    lasting = story_addresses((), touch_up.registers)
    public = {*touch_up.lists.public}
    for story in stories:
        current = touch_up.find_story(story.src_uri) if story.src_uri in public else None
        is_there = current is not None and current.url == story.url and current.is_public(now)
        touch_up.touched.addresses[story.url] = is_there
        for kind, key in shelves_of(story):
            url = shelf_url(kind, key)
            filled = any(each.is_public(now) for each in archive.shelves.get((kind, key), ()))
            touch_up.touched.addresses[url] = url in lasting or filled
