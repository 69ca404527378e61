"""Run MkDocs for the commands, exactly as its own command does."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException

from guongsang.photos.render import Progress
from guongsang.plugin.adapter import GuongSangPlugin
from guongsang.plugin.folders import find_folders
from guongsang.plugin.report import BuildFailedError, BuildReport, Show
from guongsang.plugin.tell import find_unwritable, tell_reason
from guongsang.problems.problem import Problem, problem
from guongsang.site.sources.project import Folders
from guongsang.site.sources.setting import tell_pages


def run_build(
    config_file: Path,
    show: Show,
    *,
    site_dir: Path | None = None,
    strict: bool = False,
    clean: bool = False,
    previewing: bool = False,
    workers: int | None = None,
    lang: str = "vi",
    on_progress: Progress | None = None,
) -> BuildReport:
    """Build and publish. `show` gets problems and log lines with their level as they come.

    `previewing` shows drafts, too, and goes on without stories that have errors.
    Raises BuildFailedError; the published site is then as it was.
    """
    options: dict[str, Any] = {"site_dir": str(site_dir)} if site_dir else {}
    said: list[tuple[str, int]] = []
    with _Listener(partial(_show_and_note, show, said)):
        if strict or previewing:
            options["strict"] = not previewing
        config = _load(config_file, show, **options)
        plugin = _find_plugin(config, show)
        plugin.clean, plugin.lang, plugin.progress = clean, lang, on_progress
        plugin.previewing, plugin.said = previewing, said.copy
        # Before anything is read, so that what changes meanwhile is seen the next time.
        plugin.setting_stamp = tell_pages(config_file, find_folders(config).docs_dir)
        if workers:
            plugin.workers = workers
        try:
            config.plugins.on_startup(command="build", dirty=False)
            try:
                build(config)
            finally:
                config.plugins.on_shutdown()
        except MkDocsException as error:
            if not isinstance(error, Abort):
                show(str(error), logging.ERROR)
            elif "strict" in str(error):
                show(_STRICT[lang], logging.ERROR)
            raise BuildFailedError from None
        except OSError as error:
            show(find_unwritable(error), logging.ERROR)
            raise BuildFailedError from None
    assert plugin.published is not None
    return BuildReport(*plugin.counts, plugin.published, plugin.unpublished)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a preview has to know of mkdocs.yml before it builds."""

    site_url: str
    docs_dir: Path
    custom_dir: Path | None


def read_settings(config_file: Path, show: Show) -> Settings:
    """Read mkdocs.yml. Raises BuildFailedError."""
    config = _load(config_file, show)
    _find_plugin(config, show)
    site_url = str(config.site_url or "").rstrip("/") + "/"
    folders = find_folders(config)
    return Settings(site_url, folders.docs_dir, folders.theme_dir)


def read_site_url(config_file: Path, show: Show) -> str | None:
    """Return the full address of the site with / at its end. Raises BuildFailedError."""
    site_url = _load(config_file, show).site_url
    return f"{str(site_url).rstrip('/')}/" if site_url else None


def read_folders(config_file: Path, show: Show) -> Folders:
    """Return the folders that mkdocs.yml names. Raises BuildFailedError."""
    return find_folders(_load(config_file, show))


_STRICT = {
    "vi": "Có cảnh báo nên --strict không đăng; trang đang đăng giữ nguyên.",
    "en": "There are warnings, so --strict does not publish; the published site is untouched.",
}


def _load(config_file: Path, show: Show, **options: Any) -> MkDocsConfig:
    try:
        return load_config(config_file=str(config_file), **options)
    except (ConfigurationError, Abort) as error:
        if str(error):
            show(f"{config_file.name}: {error}", logging.ERROR)
        raise BuildFailedError from None
    except OSError as error:
        show(problem("GS824", config_file.name, reason=tell_reason(error)), logging.ERROR)
        raise BuildFailedError from None


def _find_plugin(config: MkDocsConfig, show: Show) -> GuongSangPlugin:
    plugin = config.plugins.get("guongsang")
    if not isinstance(plugin, GuongSangPlugin):
        show(problem("GS814", "mkdocs.yml"), logging.ERROR)
        raise BuildFailedError
    return plugin


def _show_and_note(
    show: Show, said: list[tuple[str, int]], what: Problem | str, level: int
) -> None:
    show(what, level)
    if isinstance(what, str) and level >= logging.WARNING:
        said.append((what, level))


class _Listener(logging.Handler):
    """Passes on MkDocs' log lines while it is entered: warnings and worse, and all problems."""

    def __init__(self, show: Show) -> None:
        super().__init__(logging.INFO)
        self._show = show
        self._logger = logging.getLogger("mkdocs")

    def emit(self, record: logging.LogRecord) -> None:
        found = getattr(record, "problem", None)
        if isinstance(found, Problem):
            self._show(found, record.levelno)
        elif record.levelno >= logging.WARNING:
            self._show(record.getMessage(), record.levelno)

    def __enter__(self) -> None:
        self._before = self._logger.propagate, self._logger.level
        self._logger.addHandler(self)
        self._logger.setLevel(logging.INFO)
        self._logger.propagate = False

    def __exit__(self, *_: object) -> None:
        self._logger.removeHandler(self)
        self._logger.propagate, level = self._before
        self._logger.setLevel(level)
