"""The MkDocs plugin: hands our pages to MkDocs and publishes what it made.

`mkdocs build` and `guongsang build` both come through here. MkDocs writes into an empty scratch
folder; only when all went well, and strict mode has nothing to say, does the site change.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from guongsang.addresses import NOT_FOUND
from guongsang.engine.workers import WorkerDiedError
from guongsang.guide.tables import mend_tables
from guongsang.pages.plan import list_fixed
from guongsang.photos.render import Progress
from guongsang.plugin.bulk import Renderer, is_plain, read_targets
from guongsang.plugin.folders import find_folders, find_root
from guongsang.plugin.inline import find_inline_scripts
from guongsang.plugin.navigation import mend_navigation
from guongsang.plugin.page import (
    GeneratedPage,
    describe_page,
    make_page_file,
    resolve_root_links,
)
from guongsang.plugin.place import Place, Scratch
from guongsang.plugin.tell import Teller, find_unwritable
from guongsang.plugin.theme import dress_theme, drop_unused, shared_fingerprint, tell_theme
from guongsang.problems.problem import has_errors, problem
from guongsang.publish.transfer import Published
from guongsang.render.head import render_head
from guongsang.render.policy import page_policy
from guongsang.render.render import asset_url
from guongsang.render.shell import mend_html
from guongsang.site.answers.outputs import Theme
from guongsang.site.sources.docs import list_docs
from guongsang.site.sources.found import Found
from guongsang.site.sources.look import Look, open_store
from guongsang.site.sources.project import Project
from guongsang.site.update import Update
from guongsang.state.errors import DamagedError
from guongsang.state.store import Store
from guongsang.text.dates import read_now

T = TypeVar("T")


class NoOptions(Config):  # type: ignore[no-untyped-call]
    """The plugin has none: newsrooms set theirs in newsroom.yml."""


class GuongSangPlugin(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]
    """One instance serves a whole run, several builds when serving."""

    def __init__(self) -> None:
        self.command = "build"
        self.clean = self.previewing = False
        self.workers = os.cpu_count() or 1
        self.lang = "en" if os.environ.get("GUONGSANG_LANG") == "en" else "vi"
        self.progress: Progress | None = None
        # What tells all that MkDocs reads from any other state; None where files cannot tell it.
        self.setting_stamp: str | None = None
        # What the program of the theme has had to say so far, with its levels.
        self.said: Callable[[], list[tuple[str, int]]] = list
        self.update: Update | None = None
        self.published: Published | None = None
        self.counts = (0, 0)
        self.unpublished: dict[str, dt.datetime | None] = {}
        self._store: Store | None = None
        self._place, self._scratch = Place(), Scratch()
        self._complete = False

    @property
    def _teller(self) -> Teller:
        return Teller(self.lang)

    def on_startup(self, *, command: str, dirty: bool) -> None:
        # MkDocs keeps one instance for all the configurations that a process loads.
        self.command, self.published, self._complete = command, None, False

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        self._close_store()
        # MkDocs is going to write elsewhere than its settings say.
        self._config, self._folders = config, find_folders(config)
        self._project = Project(
            find_root(config),
            self._folders.docs_dir,
            read_now(),
            self._folders.theme_dir,
            previewing=self.previewing,
        )
        root = self._project.root
        if not config.site_url:
            raise self._teller.stop(problem("GS809", "mkdocs.yml"))
        config.site_url = config.site_url.rstrip("/") + "/"
        config.watch.append(str(root / "stories"))
        if has_errors(list_docs(self._project).problems):
            self._stop_for_docs()
        # We tell of the navigation ourselves, in the editor's language and as an error.
        config.validation.nav.omitted_files = config.validation.nav.not_found = logging.DEBUG
        dress_theme(config)
        if self.command != "serve":
            self._place.open(config, self._project.cache_dir, self._teller, clean=self.clean)
        return config

    def _stop_for_docs(self) -> None:
        """Raise PluginError: MkDocs would follow what links there are, perhaps for ever."""
        found = self._work(lambda update: update.check())
        self._teller.report(found.problems)
        raise self._teller.refuse(found.problems)

    def _work(self, work: Callable[[Update], T]) -> T:
        """Return what is done with all that is remembered; if that is damaged, with nothing.

        Raises PluginError where a worker has died.
        """
        try:
            for blank in (False, True):
                if self.update is None or blank:
                    self._open_update(blank=blank)
                assert self.update is not None
                try:
                    return work(self.update)
                except DamagedError:
                    if blank:
                        raise
        except WorkerDiedError:
            raise self._teller.stop_for_dead() from None
        raise AssertionError

    def _open_update(self, *, blank: bool = False) -> None:
        self._close_store()
        self._store = open_store(self._project.cache_dir, blank=blank)
        look = Look(
            self._project.root,
            self._store,
            lambda: self._folders,
            now=self._project.now,
            previewing=self.previewing,
            site_dir=self._folders.site_dir,
            workers=self.workers,
        )
        self.look, self.update = look, Update(look, self.progress)

    def _close_store(self) -> None:
        if self._store is not None:
            self._store.close()
        self._store = self.update = None

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        self._inline_scripts = find_inline_scripts(config)
        self.is_plain = self.command != "serve" and is_plain(config)
        found = self._work(self._look_at)
        self._teller.report(found.problems)
        assert self.update is not None
        if any(map(self._project.is_stopped_by, found.problems)) or self.update.is_lost:
            self.update.keep()
            raise self._teller.refuse(found.problems)
        newsroom = self.update.newsroom
        assert newsroom.registers is not None
        record = newsroom.registers.newsroom
        page = next(page for page in list_fixed(newsroom.archive) if page.url == NOT_FOUND)
        not_found = page.plan(newsroom.archive, *page.args)
        tell_theme(config, record, newsroom.brand, not_found)
        # Previews get scripts of their own written into pages, and nobody reads them offline.
        if self.command != "serve" and not self.previewing:
            config.extra["guongsang"]["policy"] = page_policy(self._inline_scripts)
            if record.switches.offline:
                config.extra["guongsang"]["offline_script"] = asset_url("offline.js")
        drop_unused(files)
        if not self.is_plain:
            self._work(partial(self._make, targets=()))
            self._hand_over(files, config)
        return files

    def _look_at(self, update: Update) -> Found:
        """Check, and find which pages and files there are, where that is possible."""
        found = update.check()
        update.leave_out(found.problems, found.unreadable)
        self._project = update.project
        stopped = any(map(self._project.is_stopped_by, found.problems))
        if not (stopped or update.is_lost):
            setting = {
                "site_url": str(self._config.site_url),
                "inline_scripts": list(self._inline_scripts),
            }
            update.plan(setting, self.setting_stamp if self.is_plain else None)
        return found

    def _make(
        self, update: Update, theme: Theme | None = None, *, targets: tuple[str, ...]
    ) -> None:
        """Make all that may differ from what is published."""
        if not update.is_planned:  # what was remembered has turned out to be damaged
            self._look_at(update)
        place = self._place
        scratch = place.scratch or self._scratch.enter()
        update.begin(place.manifest, self._folders.site_dir, scratch, clean=place.clean)
        update.put_theme(
            {
                "shared": shared_fingerprint(self._config),
                "targets": targets,
                "is_plain": self.is_plain,
                "publisher": asdict(self._config.extra["guongsang"]["publisher"]),
            }
        )
        found = update.make_pictures(self.progress)
        if found:
            self._teller.report(found)
            if any(map(self._project.is_stopped_by, found)):
                raise self._teller.refuse(found)
            # A preview goes on without the stories of these pictures.
            update.leave_out(found, ())
            broken = update.project
            update.keep()
            self._open_update()
            assert self.update is not None
            self.update.project = self.update.newsroom.project = broken
            self._make(self.update, theme, targets=targets)
            return
        update.make(theme)
        found = update.find_collisions()
        if found:
            self._teller.report(found)
            raise self._teller.refuse(found)

    def _hand_over(self, files: Files, config: MkDocsConfig) -> None:
        """Give MkDocs the pages that it has to put into the theme; without a place of ours, all."""
        assert self.update is not None
        publisher = config.extra["guongsang"]["publisher"]
        is_serving = self._place.scratch is None
        for output in self.update.list_given(everything=is_serving):
            files.append(make_page_file(output, publisher, config))
        if is_serving:
            for uri in self.update.list_staged():
                path = str(self._scratch.path / uri)
                files.append(
                    File.generated(
                        config, uri, abs_src_path=path, inclusion=InclusionLevel.INCLUDED
                    )
                )

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        assert self.update is not None
        registers = self.update.newsroom.registers
        assert registers is not None
        found = mend_navigation(nav, files, registers.newsroom.switches, self.update.has_page)
        self._teller.report(found)
        if any(map(self._project.is_stopped_by, found)):
            raise self._teller.refuse(found)
        self._nav = nav
        return nav

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        if self.is_plain:
            publisher = config.extra["guongsang"]["publisher"]
            theme = Renderer(env, self._nav, files, config, publisher)
            self._work(partial(self._make, theme=theme, targets=read_targets(self._nav)))
        return env

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, **_: Any) -> str:
        if not isinstance(page, GeneratedPage):
            output = describe_page(page, str(config.site_description or ""))
            page.meta["head"] = render_head(output, config.extra["guongsang"]["publisher"])
            html = mend_tables(resolve_root_links(html, page))
        return html

    def on_post_page(self, output: str, **_: Any) -> str:
        return mend_html(output)

    def on_post_template(self, output_content: str, **_: Any) -> str:
        return mend_html(output_content)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        self._complete = True

    def on_build_error(self, *, error: Exception) -> None:
        self._complete = False

    def on_shutdown(self) -> None:
        try:
            if self._complete and self._place.scratch is not None and self.update is not None:
                self._publish(self.update, self._place.scratch)
        except OSError as error:
            raise self._teller.stop(find_unwritable(error)) from None
        finally:
            self._close_store()
            self._scratch.leave()
            self._place.close()

    def _publish(self, update: Update, scratch: Path) -> None:
        place = self._place
        update.put_said(self.said())
        self.counts, self.unpublished = self.look.counts, self.look.list_unpublished()
        site_dir = self._folders.site_dir
        self.published = update.publish(place.manifest, site_dir, scratch, place.others)
        if update.unkept:
            self._teller.report([problem("GS830", "mkdocs.yml", reason=update.unkept)])
