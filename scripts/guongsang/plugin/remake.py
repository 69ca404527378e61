"""The pages and files that follow from touched stories: planned, and staged where they differ."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

from guongsang.addresses import NOT_FOUND, output_uri
from guongsang.files import FileGroup, list_groups, text_group
from guongsang.memory.workers import work_beside
from guongsang.pages.data import STORIES, patch_stories
from guongsang.pages.outputs import SiteFile
from guongsang.pages.sitemap import SITEMAP, is_listed, patch_sitemap
from guongsang.photos.render import render_photos
from guongsang.plugin.relist import Relisted, take_related
from guongsang.plugin.shell import Shells, render_in
from guongsang.plugin.touched import NotATouchUpError
from guongsang.plugin.touchup import PICTURES, TouchUp
from guongsang.publish.fingerprint import fingerprint
from guongsang.publish.manifest import Entry, Manifest
from guongsang.publish.transfer import stage_file
from guongsang.traces import Question

# What may be published from a file in the cache.
_FROM_CACHE: Final = (PICTURES, "files font ")
# What takes long comes first: the search, then other texts, then pages.
_ORDER: Final = ("files search", "files ", "page ")

# Of a plan: the addresses of its files, what was staged of them, and what was asked; plain values.
_Made = tuple[list[str], dict[str, tuple[Any, ...]], list[Question]]


@dataclass(slots=True)
class Remade:
    """What has to be published: staged files by address, files that are new, files that are no
    more."""

    staged: dict[str, Entry] = field(default_factory=dict)
    new: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Remaking:
    """Makes the plans that follow from touched stories, with the shells of the pages around them.

    What is made from the same as the published file, as the manifest tells, is not staged.
    """

    touch_up: TouchUp
    relisted: Relisted
    shells: Shells
    manifest: Manifest
    site_dir: Path
    scratch: Path

    def remake(self, names: set[str]) -> Remade:
        """Make plans of these names anew, and those that follow from what is related.

        Raises NotATouchUpError, OSError.
        """
        names = names - self.relisted.gone
        if f"page {NOT_FOUND}" in names:
            raise NotATouchUpError  # the theme has a say in it
        remade = Remade()
        for name in self.relisted.gone:
            kind, _, rest = name.partition(" ")
            is_page = kind == "page"
            if is_page and rest in self.touch_up.setting.targets:
                raise NotATouchUpError  # the navigation leads there
            remade.gone |= {output_uri(rest)} if is_page else self.touch_up.replace_files(name)
        self._make_pictures(names)
        make = partial(self._make, self._groups(names))
        made: dict[str, _Made] = {}
        if self.relisted.wait_for_related is not None:
            # Meanwhile what shows nothing of it is made.
            made = self._make_all({name for name in names if name.startswith("files ")}, make)
        more = take_related(self.touch_up, self.relisted) - self.relisted.gone
        if not more.isdisjoint(made):
            raise NotATouchUpError
        names |= more
        made |= self._make_all(names - made.keys(), make)
        uris: set[str] = set()
        for name, (own, staged, questions) in made.items():
            self.touch_up.note_asked(name, questions)
            remade.staged |= {uri: Entry(*values) for uri, values in staged.items()}
            uris.update(own)
            if not name.startswith("page "):
                remade.gone |= self.touch_up.replace_files(name, own)
        remade.gone -= uris
        remade.new = {uri for uri in uris if uri not in self.manifest.entries}
        return remade

    def _make_all(self, names: set[str], make: Callable[[str], _Made]) -> dict[str, _Made]:
        here = sorted(name for name in names if name.startswith(_FROM_CACHE))
        shared = sorted(names.difference(here), key=_rank)
        planned = work_beside(shared, make, workers=self.touch_up.project.workers)
        return dict(zip(shared, planned, strict=True)) | {name: make(name) for name in here}

    def _make_pictures(self, names: set[str]) -> None:
        """Make the pictures that the site lacks of stories among the names."""
        project, pictures = self.touch_up.project, self.touch_up.pictures
        is_published = partial(self.manifest.is_fresh, self.site_dir)
        slugs = sorted(name.removeprefix(PICTURES) for name in names if name.startswith(PICTURES))
        jobs = [
            job
            for slug in slugs
            for job in pictures.find_unmade(slug, pictures.list_files(slug), is_published)
        ]
        if jobs and render_photos(jobs, project.photo_dir, workers=project.workers).faults:
            raise NotATouchUpError

    def _make(self, groups: Mapping[str, FileGroup], name: str) -> _Made:
        kind, _, rest = name.partition(" ")
        recorder = self.touch_up.recorder
        plan = (
            partial(self._plan_page, rest)
            if kind == "page"
            else partial(self._plan_group, groups, rest)
        )
        files, questions = recorder.record(plan)
        stale = [file for file in files if not self._stands(file)]
        staged = {file.uri: tuple(self._stage(file)) for file in stale}
        return [file.uri for file in files], staged, list(questions)

    def _plan_page(self, url: str) -> Sequence[SiteFile]:
        touch_up = self.touch_up
        shell = self.shells.find(url)
        if shell is None:
            raise NotATouchUpError
        page = touch_up.page(url)
        output = page.plan(touch_up.archive, *page.args)
        made_from = fingerprint(touch_up.setting.shared, fingerprint(output))
        render = partial(render_in, shell, output, touch_up.setting.publisher)
        return [SiteFile(output_uri(url), render, made_from)]

    def _plan_group(self, groups: Mapping[str, FileGroup], title: str) -> Sequence[SiteFile]:
        name = f"files {title}"
        if name.startswith(PICTURES):
            return self.touch_up.pictures.list_files(name.removeprefix(PICTURES))
        if title not in groups:
            raise NotATouchUpError
        return groups[title].make()

    def _stands(self, file: SiteFile) -> bool:
        entry = self.manifest.get(file.uri)
        return entry is not None and entry.made_from == file.made_from

    def _stage(self, file: SiteFile) -> Entry:
        return stage_file(self.scratch, file.uri, file.make(), file.made_from)

    def _groups(self, names: Collection[str]) -> dict[str, FileGroup]:
        """Return the groups of these names, which are to be made again; those of which each story
        has a part are made from what is published."""
        touch_up = self.touch_up

        def list_standing(title: str) -> Sequence[str]:
            name = f"files {title}"
            return () if name in names else touch_up.files_of(name)

        groups = list_groups(
            touch_up.archive,
            (),
            cache_dir=touch_up.project.cache_dir,
            now=touch_up.project.now,
            inline_scripts=touch_up.setting.inline_scripts,
            measure=touch_up.pictures.measure,
            full_text=not touch_up.project.previewing,
            standing=list_standing,
        )
        patched = {"sitemap": self._patch_map, "stories": self._patch_data}
        found = {title: text_group(title, patch) for title, patch in patched.items()}
        others = (name for name in names if not name.startswith(("page ", PICTURES)))
        titles = {name.removeprefix("files ") for name in others}
        for group in groups:
            if titles <= found.keys():
                break  # fonts come last: to plan them takes long
            found.setdefault(group.name, group)
        return found

    def _patch_map(self) -> Mapping[str, bytes]:
        touch_up, relisted = self.touch_up, self.relisted
        public = {*touch_up.lists.public}
        changed = [change.src_uri for change in touch_up.changes if change.src_uri in public]
        stories = {story.url: story for story in map(touch_up.find_story, changed)}
        moved = (name.removeprefix("page ") for name in (*relisted.names, *relisted.gone))
        urls = {*stories, *moved, *(story.url for story in relisted.hidden)}
        again = {url: stories.get(url) for url in sorted(urls) if self._is_listed(url)}
        published = (self.site_dir / SITEMAP).read_bytes()
        files = patch_sitemap(touch_up.archive.content, published, again, urls - again.keys())
        if files is None:
            raise NotATouchUpError
        return files

    def _is_listed(self, url: str) -> bool:
        try:
            return is_listed(self.touch_up.page(url))
        except KeyError:
            return False

    def _patch_data(self) -> Mapping[str, bytes]:
        touch_up = self.touch_up
        changed = {change.src_uri for change in touch_up.changes}
        now = {
            uri: touch_up.find_story(uri) if uri in changed else None
            for uri in touch_up.lists.public
        }
        published = (self.site_dir / STORIES).read_bytes()
        before = touch_up.lists_before.public
        return {STORIES: patch_stories(touch_up.archive, published, before, now)}


def _rank(name: str) -> tuple[int, str]:
    return next(at for at, start in enumerate(_ORDER) if name.startswith(start)), name
