"""Run MkDocs for the commands, exactly as its own command does."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.commands.serve import serve
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException

from guongsang.photos.render import Progress
from guongsang.plugin.adapter import GuongSangPlugin, find_unwritable
from guongsang.problems.problem import Problem, problem
from guongsang.publish.transfer import Published

Show = Callable[[Problem | str, int], None]


class BuildFailedError(Exception):
    """The build ended without publishing; the reasons have been shown."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did."""

    stories: int
    pages: int
    published: Published


def run_build(
    config_file: Path,
    show: Show,
    *,
    site_dir: Path | None = None,
    strict: bool = False,
    clean: bool = False,
    workers: int | None = None,
    lang: str = "vi",
    on_progress: Progress | None = None,
) -> BuildReport:
    """Build and publish. `show` gets problems and log lines with their level as they come.

    Raises BuildFailedError; the published site is then as it was.
    """
    options: dict[str, Any] = {"site_dir": str(site_dir)} if site_dir else {}
    with _Listener(show):
        config = _load(config_file, show, **options, **({"strict": True} if strict else {}))
        plugin = _find_plugin(config, show)
        plugin.clean, plugin.lang, plugin.progress = clean, lang, on_progress
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
    assert plugin.site is not None and plugin.published is not None
    return BuildReport(plugin.site.stories, len(plugin.site.pages), plugin.published)


def run_serve(config_file: Path, show: Show, *, port: int) -> None:
    """Serve the site on this machine and build it again on every change, until Ctrl+C.

    Raises BuildFailedError when the first build fails or the port is taken.
    """
    with _Listener(show):
        _load(config_file, show)
        if not _is_free(port):
            found = problem("GS813", config_file.name, port=port, other=port % 65535 + 1)
            show(found, logging.ERROR)
            raise BuildFailedError
        try:
            serve(str(config_file), dev_addr=f"{_HOST}:{port}")
        except MkDocsException as error:
            if not isinstance(error, Abort):
                show(str(error), logging.ERROR)
            raise BuildFailedError from None


def read_docs_dir(config_file: Path, show: Show) -> Path:
    """Return the folder of the hand-written pages. Raises BuildFailedError."""
    return Path(_load(config_file, show).docs_dir)


_HOST = "127.0.0.1"
_STRICT = {
    "vi": "Có cảnh báo nên --strict không đăng; trang đang đăng giữ nguyên.",
    "en": "There are warnings, so --strict does not publish; the published site is untouched.",
}


def _is_free(port: int) -> bool:
    """Ask before the first build, which may take long: MkDocs would find out only after it."""
    try:
        with socket.create_server((_HOST, port)):
            return True
    except OSError:
        return False


def _load(config_file: Path, show: Show, **options: Any) -> MkDocsConfig:
    try:
        return load_config(config_file=str(config_file), **options)
    except (ConfigurationError, Abort) as error:
        if str(error):
            show(f"{config_file.name}: {error}", logging.ERROR)
        raise BuildFailedError from None


def _find_plugin(config: MkDocsConfig, show: Show) -> GuongSangPlugin:
    plugin = config.plugins.get("guongsang")
    if not isinstance(plugin, GuongSangPlugin):
        show(problem("GS814", "mkdocs.yml"), logging.ERROR)
        raise BuildFailedError
    return plugin


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
