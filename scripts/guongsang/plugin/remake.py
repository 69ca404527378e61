"""The pages and files that follow from touched stories: planned, and staged where they differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from guongsang.addresses import NOT_FOUND, output_uri
from guongsang.memory.workers import work_beside
from guongsang.pages.outputs import SiteFile
from guongsang.pages.shell import render_in
from guongsang.photos.render import render_photos
from guongsang.plugin.relist import Relisted, take_related
from guongsang.plugin.shell import Shells
from guongsang.plugin.touched import NotATouchUpError
from guongsang.plugin.touchup import PICTURES, TouchUp
from guongsang.publish.fingerprint import fingerprint
from guongsang.publish.manifest import Entry, Manifest
from guongsang.publish.transfer import stage_file
from guongsang.traces import Question

if TYPE_CHECKING:
    from guongsang.files import FileGroup

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
        make = partial(self._make, self._list_groups(names))
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

    def _list_groups(self, names: set[str]) -> Mapping[str, FileGroup]:
        if all(name.startswith(("page ", PICTURES)) for name in names):
            return {}
        # It knows all that is published besides pages, and most edits touch a page only.
        from guongsang.plugin.regroup import Regrouping  # noqa: PLC0415

        return Regrouping(self.touch_up, self.relisted, self.site_dir).list_groups(names)

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


def _rank(name: str) -> tuple[int, str]:
    return next(at for at, start in enumerate(_ORDER) if name.startswith(start)), name
