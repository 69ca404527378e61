"""The MkDocs plugin: hands our pages to MkDocs and publishes what it made.

`mkdocs build` and `guongsang build` both come through here. MkDocs writes into an empty scratch
folder; only when all went well, and strict mode has nothing to say, does the site change.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page

from guongsang.checks.desk import list_unnamable
from guongsang.checks.nav import SETTINGS, leads_somewhere
from guongsang.memory.outline import save_outline
from guongsang.memory.workers import WorkerDiedError, work_aside
from guongsang.pages.head import render_head
from guongsang.pages.policy import page_policy
from guongsang.pages.render import asset_url
from guongsang.pages.shell import mend_html
from guongsang.photos.render import Progress
from guongsang.pipeline.build import Site, build_site, find_unpublished
from guongsang.pipeline.check import Checked, check_project, make_desk
from guongsang.pipeline.docs import list_docs
from guongsang.pipeline.load import find_loaded_end
from guongsang.pipeline.project import Project
from guongsang.plugin.bulk import Renderer, read_targets
from guongsang.plugin.inline import find_inline_scripts
from guongsang.plugin.page import GeneratedPage, describe_page, resolve_root_links
from guongsang.plugin.place import Place
from guongsang.plugin.shell import load_shells, save_shells
from guongsang.plugin.staging import Staging
from guongsang.plugin.tell import Teller, find_unwritable, tell_reason
from guongsang.plugin.theme import dress_theme, drop_unused, shared_fingerprint, tell_theme
from guongsang.plugin.touched import Setting
from guongsang.problems.problem import has_errors, problem
from guongsang.publish.transfer import Published
from guongsang.text.dates import read_now


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
        self.checked: Checked | None = None
        self.site: Site | None = None
        self.published: Published | None = None
        self._place = Place()
        self._staging: Staging | None = None
        self._complete = False
        # Where to keep what a later build of a few texts has to know, and whether it is kept.
        self.outline_file: Path | None = None
        self.is_outlined = False
        # Of the last publication: until when it holds, and what tells its site from any other.
        self.holds_until: dt.datetime | None = None
        self.manifest_state = ""

    @property
    def unpublished(self) -> dict[str, dt.datetime | None]:
        """What the last preview shows and a build would not; see `find_unpublished`."""
        return find_unpublished(self._project, self.site) if self.site else {}

    @property
    def _teller(self) -> Teller:
        return Teller(self.lang)

    def on_startup(self, *, command: str, dirty: bool) -> None:
        # MkDocs keeps one instance for all the configurations that a process loads.
        self.command = command
        self.site = self.published = self.holds_until = self._staging = None
        self._complete = self.is_outlined = False

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        self._project = self._open_project(config)
        root = self._project.root
        if not config.site_url:
            raise self._teller.stop(problem("GS809", "mkdocs.yml"))
        config.site_url = config.site_url.rstrip("/") + "/"
        config.watch.append(str(root / "stories"))
        if has_errors(list_docs(self._project).problems):
            self._check()  # MkDocs would follow what links there are, perhaps for ever
        # We tell of the navigation ourselves, in the editor's language and as an error.
        config.validation.nav.omitted_files = config.validation.nav.not_found = logging.DEBUG
        dress_theme(config)
        self._config = config
        if self.command != "serve":
            self._place.open(config, self._project.cache_dir, self._teller, clean=self.clean)
        return config

    def _open_project(self, config: MkDocsConfig) -> Project:
        """Return the newsroom in its real place: MkDocs may have been called with a link to it."""
        given = Path(config.config_file_path or "mkdocs.yml").absolute().parent
        root = given.resolve()
        docs_dir = _move(config.docs_dir, given, root)
        own = config.theme.custom_dir
        theme_dir = _move(own, given, root) if own else None
        return Project(root, docs_dir, read_now(), theme_dir, previewing=self.previewing)

    def _check(self) -> Checked:
        """Check everything and tell it. Raises PluginError where nothing can be built."""
        try:
            checked = check_project(self._project, on_read=self.progress)
        except WorkerDiedError:
            raise self._teller.stop_for_dead() from None
        self._teller.report(checked.problems)
        if not checked.is_enough_for(self._project):
            raise self._teller.refuse(checked.problems)
        return checked

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        self.checked = checked = self._check()
        assert checked.loaded.registers is not None
        self.holds_until = find_loaded_end(checked.loaded, self._project.now)
        unreadable = (reading.src_uri for reading in checked.loaded.library.unreadable)
        self._project = self._project.leave_out(checked.problems, unreadable)
        self._inline_scripts = inline_scripts = find_inline_scripts(config)
        site, found = build_site(
            self._project,
            checked,
            str(config.site_url),
            workers=self.workers,
            on_progress=self.progress,
            inline_scripts=inline_scripts,
            is_published=self._place.is_published,
        )
        self._teller.report(found)
        if site is None:
            raise self._teller.refuse(found)
        self.site = site
        tell_theme(config, checked.loaded.registers.newsroom, site)
        # Previews get scripts of their own written into pages, and nobody reads them offline.
        if self.command != "serve" and not self.previewing:
            config.extra["guongsang"]["policy"] = page_policy(inline_scripts)
            if checked.loaded.registers.newsroom.switches.offline:
                config.extra["guongsang"]["offline_script"] = asset_url("offline.js")
        drop_unused(files)
        self._staging = Staging(site, self._place, shared_fingerprint(config), self.workers)
        self._staging.add_stale(files, config)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Make addresses from the root relative. `check` has looked at what mkdocs.yml says itself;
        here are those that it inherits, or that lead to pages which MkDocs leaves out."""
        assert self.site is not None
        known = {page.url for page in self.site.pages}
        known |= {file.url for file in files.documentation_pages()}
        others = {file.src_uri for file in files.media_files()}
        found = []
        for link in _links_in(nav.items):
            if not leads_somewhere(link.url, others, known):
                found.append(problem("GS806", SETTINGS, url=link.url, candidates=""))
            elif link.url.startswith("/"):
                link.url = link.url.lstrip("/") or "."
        self._teller.report(found)
        if any(map(self._project.is_stopped_by, found)):
            raise self._teller.refuse(found)
        self._nav = nav
        return nav

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        staging = self._staging
        assert staging is not None
        staging.shells = load_shells(
            self._project.cache_dir,
            staging.shared,
            read_targets(self._nav),
            previewing=self.previewing,
        )
        if staging.bulk:
            publisher = config.extra["guongsang"]["publisher"]
            renderer = Renderer(env, self._nav, files, config, publisher, staging.shells)
            try:
                staging.start(renderer)
            except WorkerDiedError:
                raise self._teller.stop_for_dead() from None
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
        assert self._staging is not None
        try:
            self._staging.take_parts()
        except WorkerDiedError:
            raise self._teller.stop_for_dead() from None
        self._complete = True

    def on_build_error(self, *, error: Exception) -> None:
        self._complete = False

    def on_shutdown(self) -> None:
        try:
            if self._complete and self._place.scratch is not None and self._staging is not None:
                self._publish(self._staging)
        except OSError as error:
            raise self._teller.stop(find_unwritable(error)) from None
        finally:
            if self._staging is not None:
                self._staging.stop()
            self._place.close()

    def _publish(self, staging: Staging) -> None:
        """Change the site, and keep what belongs to it while others wait for the lock."""
        await_outline = work_aside(self._draft_outline, workers=self.workers)
        try:
            self.published = staging.publish()
            self.manifest_state = self._place.manifest.tell_state()
            self._keep_memory(staging)
        finally:
            draft = await_outline()
        if draft is not None and self.outline_file is not None:
            with suppress(OSError):
                Path(draft).replace(self.outline_file)
                self.is_outlined = True

    def _keep_memory(self, staging: Staging) -> None:
        """Keep what makes the next build quick. The site is published: nothing fails any more."""
        try:
            if staging.bulk:
                save_shells(
                    self._project.cache_dir,
                    staging.shared,
                    staging.shells,
                    previewing=self.previewing,
                )
            staging.site.plans.save(staging.site.answers)
        except OSError as error:
            self._teller.report([problem("GS830", "mkdocs.yml", reason=tell_reason(error))])

    def _draft_outline(self) -> str | None:
        """Save an outline of the site that is yet to be published; return where, if it can be."""
        assert self.checked is not None
        if self.outline_file is None or not self.checked.is_publishable or self._project.broken:
            return None
        # Its own name: whoever was killed may leave behind another process, which still writes.
        draft = self.outline_file.with_suffix(f".{os.getpid()}.draft")
        try:
            for left in draft.parent.glob(f"{self.outline_file.stem}.*.draft"):
                left.unlink(missing_ok=True)
            self._save_outline(draft)
        except OSError:  # the next build does all its work
            return None
        return str(draft)

    def _save_outline(self, abs_path: Path) -> None:
        assert self.checked is not None and self._staging is not None
        site, loaded = self._staging.site, self.checked.loaded
        assert loaded.registers is not None
        setting = Setting(
            docs_dir=self._project.docs_dir,
            site_url=site.archive.content.site_url,
            shared=self._staging.shared,
            targets=self._staging.shells.targets,
            inline_scripts=tuple(self._inline_scripts),
            publisher=self._config.extra["guongsang"]["publisher"],
            previewing=self.previewing,
        )
        desk = make_desk(self._project, loaded, loaded.registers)
        save_outline(
            abs_path,
            site.archive,
            plans=site.plans,
            pages=site.pages,
            doc_addresses=loaded.doc_addresses,
            library=loaded.library,
            slugs=desk.slugs,
            addresses=desk.addresses,
            unnamable=list_unnamable(loaded.registers, desk.at.date()),
            about=setting.pack(),
        )


def _move(folder: str, given: Path, root: Path) -> Path:
    path = Path(folder)
    return root / path.relative_to(given) if path.is_relative_to(given) else path


def _links_in(items: list[Any]) -> list[Link]:
    found: list[Link] = []
    for item in items:
        if isinstance(item, Link):
            found.append(item)
        elif isinstance(item, Section):
            found += _links_in(item.children)
    return found
