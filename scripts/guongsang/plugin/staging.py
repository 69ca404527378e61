"""What has to be made again, and who makes it: workers put it into scratch, or MkDocs writes it."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from guongsang.addresses import NOT_FOUND, output_uri
from guongsang.memory.plans import Keep
from guongsang.memory.workers import stream_work
from guongsang.pages.outputs import Page, SiteFile
from guongsang.pages.plan import sort_by_story
from guongsang.pipeline.build import Site
from guongsang.plugin.bulk import Renderer, is_plain
from guongsang.plugin.page import make_page_file
from guongsang.plugin.place import Place
from guongsang.plugin.shell import Shells
from guongsang.publish.fingerprint import fingerprint
from guongsang.publish.manifest import Entry
from guongsang.publish.transfer import Published, publish, stage_file


@dataclass(frozen=True, slots=True)
class Staged:
    """What a worker did with a page or a file: put it into scratch, as `entry` tells, or found that
    it is published as it should be. `kept` is what is to be remembered of a page."""

    uri: str
    made_from: str
    entry: Entry | None
    kept: Keep | None = None


# With the shells that were made on the way.
StagedPart = tuple[list[Staged], Shells]


@dataclass(slots=True)
class Staging:
    """The outputs of one build. `shared` tells all that pages have in common.

    `bulk` is what workers make. `_fresh` and `_made_from` map addresses to fingerprints: of what
    stands published as it should, and of what MkDocs writes; `_staged` is what workers have made.
    """

    site: Site
    place: Place
    shared: str
    workers: int
    bulk: list[SiteFile | Page] = field(default_factory=list)
    shells: Shells = field(default_factory=lambda: Shells(()))
    _fresh: dict[str, str] = field(default_factory=dict)
    _made_from: dict[str, str] = field(default_factory=dict)
    _staged: dict[str, Entry] = field(default_factory=dict)
    _parts: Iterator[tuple[int, StagedPart]] = field(default_factory=lambda: iter(()))

    def add_stale(self, files: Files, config: MkDocsConfig) -> None:
        """Add what must be made again; what stands published as it should is left there."""
        site = self.site
        suspects = [page for page in site.pages if page.url != NOT_FOUND and self._may_differ(page)]
        stale = [
            file
            for file in site.files
            if files.get_file_from_path(file.uri) is None
            and self._is_stale(file.uri, file.made_from)
        ]
        if self.place.scratch is not None and is_plain(config):
            self.bulk = [*sorted(stale, key=_is_made), *sort_by_story(suspects, site.archive)]
            return
        publisher = config.extra["guongsang"]["publisher"]
        for page in suspects:
            output, keep = site.plan(page)
            site.plans.keep(*keep)
            if self._is_stale(output_uri(page.url), fingerprint(self.shared, keep[2])):
                files.append(make_page_file(output, publisher, config))
        for file in stale:
            files.append(_make_file(file, config))

    def start(self, renderer: Renderer) -> None:
        """Let all workers begin."""
        stage = partial(self._stage_part, renderer)
        # Those whose content is yet to be made may take long.
        alone = sum(isinstance(each, SiteFile) and callable(each.source) for each in self.bulk)
        self._parts = stream_work(self.bulk, stage, workers=self.workers, alone=alone)
        self.take_parts(most=1)

    def take_parts(self, most: int | None = None) -> None:
        """Note what workers have done until `most` parts are there, or all of them.

        Raises WorkerDiedError.
        """
        for _, (part, shells) in islice(self._parts, most):
            self.shells.merge(shells)
            for staged in part:
                self._take(staged)

    def stop(self) -> None:
        """End workers that a failed build has left at work, before their folder goes."""
        if isinstance(self._parts, Generator):
            self._parts.close()
        self._parts = iter(())

    def publish(self) -> Published:
        """Bring the site to the state that was planned. Raises OSError."""
        assert self.place.scratch is not None
        return publish(
            self.place.scratch,
            self.place.site_dir,
            self.place.manifest,
            fresh=self._fresh,
            made_from=self._made_from,
            staged=self._staged,
            others=self.place.others,
        )

    def _may_differ(self, page: Page) -> bool:
        """Return whether a page has to be planned to know that it stands published as it should."""
        mark = self.site.recall(page)
        return mark is None or self._is_stale(output_uri(page.url), fingerprint(self.shared, mark))

    def _stage_part(self, renderer: Renderer, part: Sequence[SiteFile | Page]) -> StagedPart:
        """Make files, and those pages that are not published as they should be."""
        before = renderer.shells.copy()
        staged = [
            self._stage_file(each)
            if isinstance(each, SiteFile)
            else self._stage_page(renderer, each)
            for each in part
        ]
        return staged, renderer.shells.newer_than(before)

    def _stage_file(self, file: SiteFile) -> Staged:
        assert self.place.scratch is not None
        entry = stage_file(self.place.scratch, file.uri, file.make(), file.made_from)
        return Staged(file.uri, file.made_from, entry)

    def _stage_page(self, renderer: Renderer, page: Page) -> Staged:
        assert self.place.scratch is not None
        output, keep = self.site.plan(page)
        uri, made_from = output_uri(page.url), fingerprint(self.shared, keep[2])
        entry = None
        if not self.place.is_published(uri, made_from):
            entry = stage_file(self.place.scratch, uri, renderer.render(output), made_from)
        return Staged(uri, made_from, entry, keep)

    def _take(self, staged: Staged) -> None:
        """Note what a worker has done."""
        if staged.kept is not None:
            self.site.plans.keep(*staged.kept)
        if staged.entry is None:
            self._fresh[staged.uri] = staged.made_from
        else:
            self._staged[staged.uri] = staged.entry

    def _is_stale(self, uri: str, made_from: str) -> bool:
        if self.place.scratch is None:
            return True
        if self.place.is_published(uri, made_from):
            self._fresh[uri] = made_from
            return False
        self._made_from[uri] = made_from
        return True


def _make_file(file: SiteFile, config: MkDocsConfig) -> File:
    made = file.make()
    content: dict[str, Any] = (
        {"abs_src_path": str(made)} if isinstance(made, Path) else {"content": made}
    )
    return File.generated(config, file.uri, inclusion=InclusionLevel.INCLUDED, **content)


def _is_made(file: SiteFile) -> bool:
    """Return whether a file only has to be copied."""
    return not callable(file.source)
