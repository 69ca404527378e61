"""The MkDocs plugin: hands our pages to MkDocs and publishes what it made.

`mkdocs build` and `guongsang build` both come through here. MkDocs writes into an empty scratch
folder; only when all went well, and strict mode has nothing to say, does the site change.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page

from guongsang.addresses import NOT_FOUND, output_uri
from guongsang.memory.outline import save_outline
from guongsang.memory.plans import Keep
from guongsang.memory.snapshot import find_end
from guongsang.memory.workers import WorkerDiedError, stream_work, work_aside
from guongsang.pages.head import render_head
from guongsang.pages.outputs import Page as SitePage
from guongsang.pages.outputs import SiteFile
from guongsang.pages.plan import sort_by_story
from guongsang.pages.policy import page_policy
from guongsang.pages.render import asset_url
from guongsang.photos.render import Progress
from guongsang.pipeline.build import Site, build_site, find_unpublished
from guongsang.pipeline.check import Checked, check_project, make_desk
from guongsang.pipeline.project import Project
from guongsang.plugin.bulk import Renderer, is_plain, read_targets
from guongsang.plugin.inline import find_inline_scripts
from guongsang.plugin.known import digest_manifest
from guongsang.plugin.page import (
    GeneratedPage,
    describe_page,
    make_page_file,
    resolve_root_links,
)
from guongsang.plugin.shell import Shells, load_shells, mend_html, save_shells
from guongsang.plugin.theme import dress_theme, drop_unused, shared_fingerprint, tell_theme
from guongsang.plugin.touched import Setting
from guongsang.problems.formats import format_problem
from guongsang.problems.problem import Problem, problem
from guongsang.publish.fingerprint import fingerprint
from guongsang.publish.lock import BuildLock, BusyError, Holder
from guongsang.publish.manifest import Entry, load_manifest
from guongsang.publish.transfer import (
    ForeignSiteError,
    Published,
    check_site_folder,
    publish,
    stage_file,
)
from guongsang.text.dates import read_now

log = get_plugin_logger("guongsang")


class NoOptions(Config):  # type: ignore[no-untyped-call]
    """The plugin has none: newsrooms set theirs in newsroom.yml."""


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


class GuongSangPlugin(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]
    """One instance serves a whole run, several builds when serving."""

    def __init__(self) -> None:
        self.command = "build"
        self.clean = self.previewing = False
        self.workers = os.cpu_count() or 1
        self.lang = "en" if os.environ.get("GUONGSANG_LANG") == "en" else "vi"
        self.progress: Progress | None = None
        self.checked: Checked | None = None
        self.site: Site | None = None
        self.published: Published | None = None
        self._lock: BuildLock | None = None
        self._scratch: Path | None = None
        self._complete = False
        # What workers are to make, and what is known of what they have made.
        self._bulk: list[SiteFile | SitePage] = []
        self._staged: dict[str, Entry] = {}
        self._parts: Iterator[tuple[int, StagedPart]] = iter(())
        self.shells = Shells(())
        # Of the last publication: until when it holds, and what tells its site from any other.
        self.holds_until: dt.datetime | None = None
        self.manifest_digest = ""

    @property
    def unpublished(self) -> dict[str, dt.datetime | None]:
        """What the last preview shows and a build would not; see `find_unpublished`."""
        return find_unpublished(self._project, self.site) if self.site else {}

    def on_startup(self, *, command: str, dirty: bool) -> None:
        # MkDocs keeps one instance for all the configurations that a process loads.
        self.command = command
        self.site = self.published = self.holds_until = None
        self._complete = False

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        docs_dir = Path(config.docs_dir)
        self._project = Project(root, docs_dir, read_now(), previewing=self.previewing)
        if not config.site_url:
            raise PluginError(self._say(problem("GS809", "mkdocs.yml")))
        config.site_url = config.site_url.rstrip("/") + "/"
        config.watch.append(str(root / "stories"))
        dress_theme(config)
        if self.command != "serve":
            self._open_scratch(config)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        try:
            checked = check_project(self._project)
        except WorkerDiedError:
            raise PluginError(self._tell_dead()) from None
        self._report(checked.problems)
        if not checked.is_enough_for(self._project) or checked.loaded.registers is None:
            raise PluginError(self._refuse(checked.problems))
        self.checked = checked
        if not checked.loaded.library.unreadable:
            moments = (story.head.instant for story in checked.loaded.stories)
            self.holds_until = find_end(self._project.now, moments)
        self._project = self._project.leave_out(checked.problems)
        self._inline_scripts = inline_scripts = find_inline_scripts(config)
        site, found = build_site(
            self._project,
            checked,
            str(config.site_url),
            workers=self.workers,
            on_progress=self.progress,
            inline_scripts=inline_scripts,
            is_published=self._is_published,
        )
        self._report(found)
        if site is None:
            raise PluginError(self._refuse(found))
        self.site = site
        tell_theme(config, checked.loaded.registers.newsroom, site)
        # Previews get scripts of their own written into pages, and nobody reads them offline.
        if self.command != "serve" and not self.previewing:
            config.extra["guongsang"]["policy"] = page_policy(inline_scripts)
            if checked.loaded.registers.newsroom.switches.offline:
                config.extra["guongsang"]["offline_script"] = asset_url("offline.js")
        drop_unused(files)
        self._add_stale(files, config, site)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        assert self.site is not None
        known = {page.url for page in self.site.pages}
        known |= {file.url for file in files.documentation_pages()}
        found = []
        for link in _links_in(nav.items):
            if link.url.startswith("/"):
                link.url = link.url.lstrip("/") or "."
                if link.url not in known and link.url != ".":
                    found.append(problem("GS806", "mkdocs.yml", url=link.url))
        self._report(found)
        if any(map(self._project.is_stopped_by, found)):
            raise PluginError(self._refuse(found))
        self._nav = nav
        return nav

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        self.shells = load_shells(
            self._project.cache_dir,
            self._shared,
            read_targets(self._nav),
            previewing=self.previewing,
        )
        if self._bulk:
            publisher = config.extra["guongsang"]["publisher"]
            renderer = Renderer(env, self._nav, files, config, publisher, self.shells)
            stage = partial(self._stage_part, renderer)
            # Those whose content is yet to be made may take long.
            alone = sum(isinstance(each, SiteFile) and callable(each.source) for each in self._bulk)
            self._parts = stream_work(self._bulk, stage, workers=self.workers, alone=alone)
            self._take_parts(most=1)  # that starts all workers
        return env

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, **_: Any) -> str:
        if not isinstance(page, GeneratedPage):
            output = describe_page(page, str(config.site_description or ""))
            page.meta["head"] = render_head(output, config.extra["guongsang"]["publisher"])
            html = resolve_root_links(html, page)
        return html

    def on_post_page(self, output: str, **_: Any) -> str:
        return mend_html(output)

    def on_post_template(self, output_content: str, **_: Any) -> str:
        return mend_html(output_content)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        self._take_parts()
        self._complete = True

    def on_build_error(self, *, error: Exception) -> None:
        self._complete = False

    def on_shutdown(self) -> None:
        try:
            if self._complete and self._scratch is not None and self.site is not None:
                save = partial(self.site.plans.save, self.site.answers)
                await_plans = work_aside(save, workers=self.workers)
                self.published = publish(
                    self._scratch,
                    self._site_dir,
                    self._manifest,
                    fresh=self._fresh,
                    made_from=self._made_from,
                    staged=self._staged,
                    others=Path(self._config.site_dir),
                )
                if self._bulk:
                    save_shells(
                        self._project.cache_dir,
                        self._shared,
                        self.shells,
                        previewing=self.previewing,
                    )
                self.manifest_digest = digest_manifest(self._manifest)
                await_plans()  # while the lock is held: what is kept belongs together
        except OSError as error:
            raise PluginError(self._say(find_unwritable(error))) from None
        finally:
            self._stop_workers()
            self._close_scratch()

    def keep_outline(self, abs_path: Path) -> None:
        """Keep what a later build of a few texts has to know of this one."""
        assert self.site is not None and self.checked is not None
        setting = Setting(
            docs_dir=self._project.docs_dir,
            site_url=self.site.archive.content.site_url,
            shared=self._shared,
            targets=self.shells.targets,
            inline_scripts=tuple(self._inline_scripts),
            publisher=self._config.extra["guongsang"]["publisher"],
            previewing=self.previewing,
        )
        loaded = self.checked.loaded
        assert loaded.registers is not None
        desk = make_desk(self._project, loaded, loaded.registers)
        save_outline(
            abs_path,
            self.site.archive,
            plans=self.site.plans,
            pages=self.site.pages,
            doc_addresses=loaded.doc_addresses,
            library=loaded.library,
            slugs=desk.slugs,
            addresses=desk.addresses,
            about=setting.pack(),
        )

    def _open_scratch(self, config: MkDocsConfig) -> None:
        """Take the lock and let MkDocs write beside the site, on the same file system.

        What we make ourselves has a folder of its own: nobody has to look for it.
        """
        self._config, self._site_dir = config, Path(config.site_dir)
        if self._lock is None or not self._lock.is_held:
            self._lock = BuildLock(self._project.cache_dir)
            try:
                self._lock.acquire(on_wait=self._tell_wait)
            except BusyError as error:
                found = problem(
                    "GS810", "mkdocs.yml", pid=error.holder.pid, since=error.holder.since
                )
                raise PluginError(self._say(found)) from None
        self._manifest = load_manifest(self._project.cache_dir, self._site_dir)
        try:
            check_site_folder(self._site_dir, self._manifest)
        except ForeignSiteError as error:
            found = problem("GS811", "mkdocs.yml", folder=self._site_dir.name, entry=error)
            raise PluginError(self._say(found)) from None
        scratch = self._site_dir.parent / f".{self._site_dir.name}.guongsang"
        shutil.rmtree(scratch, ignore_errors=True)
        self._scratch, others = scratch / "site", scratch / "mkdocs"
        for folder in (self._scratch, others):
            folder.mkdir(parents=True)
        config.site_dir = str(others)

    def _close_scratch(self) -> None:
        if self._scratch is not None:
            self._config.site_dir = str(self._site_dir)
            shutil.rmtree(self._scratch.parent, ignore_errors=True)
            self._scratch = None
        if self._lock is not None and self._lock.is_held:
            self._lock.release()

    def _add_stale(self, files: Files, config: MkDocsConfig, site: Site) -> None:
        """Add what must be made again; what stands published as it should is left there."""
        self._fresh: dict[str, str] = {}
        self._made_from: dict[str, str] = {}
        shared = shared_fingerprint(config)
        publisher = config.extra["guongsang"]["publisher"]
        self._shared, self._bulk, self._staged = shared, [], {}
        suspects = [page for page in site.pages if page.url != NOT_FOUND and self._may_differ(page)]
        stale = [
            file
            for file in site.files
            if files.get_file_from_path(file.uri) is None
            and self._is_stale(file.uri, file.made_from)
        ]
        if self._scratch is not None and is_plain(config):
            self._bulk = [*sorted(stale, key=_is_made), *sort_by_story(suspects, site.archive)]
            return
        for page in suspects:
            output, keep = site.plan(page)
            site.plans.keep(*keep)
            if self._is_stale(output_uri(page.url), fingerprint(shared, keep[2])):
                files.append(make_page_file(output, publisher, config))
        for file in stale:
            files.append(_make_file(file, config))

    def _may_differ(self, page: SitePage) -> bool:
        """Return whether a page has to be planned to know that it stands published as it should."""
        assert self.site is not None
        mark = self.site.recall(page)
        return mark is None or self._is_stale(output_uri(page.url), fingerprint(self._shared, mark))

    def _stage_part(self, renderer: Renderer, part: Sequence[SiteFile | SitePage]) -> StagedPart:
        """Make files, and those pages that are not published as they should be."""
        assert self.site is not None
        before = renderer.shells.copy()
        staged = [
            self._stage_file(each)
            if isinstance(each, SiteFile)
            else self._stage_page(renderer, each)
            for each in part
        ]
        return staged, renderer.shells.newer_than(before)

    def _stage_file(self, file: SiteFile) -> Staged:
        assert self._scratch is not None
        content = file.source() if callable(file.source) else file.source
        entry = stage_file(self._scratch, file.uri, content, file.made_from)
        return Staged(file.uri, file.made_from, entry)

    def _stage_page(self, renderer: Renderer, page: SitePage) -> Staged:
        assert self.site is not None and self._scratch is not None
        output, keep = self.site.plan(page)
        uri, made_from = output_uri(page.url), fingerprint(self._shared, keep[2])
        entry = None
        if not self._is_published(uri, made_from):
            entry = stage_file(self._scratch, uri, renderer.render(output), made_from)
        return Staged(uri, made_from, entry, keep)

    def _take_parts(self, most: int | None = None) -> None:
        """Note what workers have done until `most` parts are there, or all of them."""
        try:
            for _, (part, shells) in islice(self._parts, most):
                self.shells.merge(shells)
                for staged in part:
                    self._take(staged)
        except WorkerDiedError:
            raise PluginError(self._tell_dead()) from None

    def _stop_workers(self) -> None:
        """End workers that a failed build has left at work, before their folder goes."""
        if isinstance(self._parts, Generator):
            self._parts.close()
        self._parts = iter(())

    def _take(self, staged: Staged) -> None:
        """Note what a worker has done."""
        assert self.site is not None
        if staged.kept is not None:
            self.site.plans.keep(*staged.kept)
        if staged.entry is None:
            self._fresh[staged.uri] = staged.made_from
        else:
            self._staged[staged.uri] = staged.entry

    def _is_published(self, uri: str, made_from: str) -> bool:
        if self._scratch is None or self.clean:
            return False
        return self._manifest.is_fresh(self._site_dir, uri, made_from)

    def _is_stale(self, uri: str, made_from: str) -> bool:
        if self._scratch is None:
            return True
        if self._is_published(uri, made_from):
            self._fresh[uri] = made_from
            return False
        self._made_from[uri] = made_from
        return True

    def _report(self, problems: list[Problem]) -> None:
        """Log every problem; strict mode counts the warnings among them."""
        for found in problems:
            write = log.error if found.is_error else log.warning
            write(format_problem(found, self.lang), extra={"problem": found})

    def _refuse(self, problems: list[Problem]) -> str:
        errors = sum(found.is_error for found in problems)
        return {
            "vi": f"{errors} lỗi trong nội dung; trang đang đăng giữ nguyên.",
            "en": f"{errors} errors in the content; the published site is untouched.",
        }[self.lang]

    def _tell_dead(self) -> str:
        return {
            "vi": "Một tiến trình phụ bị dừng giữa chừng, có thể vì thiếu bộ nhớ; trang đang đăng "
            "giữ nguyên. Chạy lại, hoặc thêm --jobs 1.",
            "en": "A worker process ended early, perhaps for lack of memory; the published site is "
            "untouched. Run again, or add --jobs 1.",
        }[self.lang]

    def _say(self, found: Problem) -> str:
        return format_problem(found, self.lang)

    def _tell_wait(self, holder: Holder) -> None:
        found = problem("GS815", "mkdocs.yml", pid=holder.pid, since=holder.since)
        log.info(format_problem(found, self.lang), extra={"problem": found})


def find_unwritable(error: OSError) -> Problem:
    """Return what a file that could not be written means to the newsroom."""
    file = f" – {error.filename}" if error.filename else ""
    return problem("GS812", "mkdocs.yml", reason=f"{error.strerror or error}{file}")


def _make_file(file: SiteFile, config: MkDocsConfig) -> File:
    if isinstance(file.source, Path):
        content: dict[str, Any] = {"abs_src_path": str(file.source)}
    else:
        content = {"content": file.source if isinstance(file.source, bytes) else file.source()}
    return File.generated(config, file.uri, inclusion=InclusionLevel.INCLUDED, **content)


def _is_made(file: SiteFile) -> bool:
    """Return whether a file only has to be copied."""
    return not callable(file.source)


def _links_in(items: list[Any]) -> list[Link]:
    found: list[Link] = []
    for item in items:
        if isinstance(item, Link):
            found.append(item)
        elif isinstance(item, Section):
            found += _links_in(item.children)
    return found
