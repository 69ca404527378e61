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

from guongsang.memory.snapshot import Inputs, Seen
from guongsang.photos.render import Progress
from guongsang.plugin.adapter import GuongSangPlugin
from guongsang.plugin.bulk import is_plain
from guongsang.plugin.known import Known, plain_said
from guongsang.plugin.report import BuildFailedError, BuildReport, Show
from guongsang.plugin.tell import find_unwritable, tell_reason
from guongsang.plugin.unchanged import list_inputs
from guongsang.problems.problem import Problem, problem


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
    inputs: Inputs | None = None,
) -> BuildReport:
    """Build and publish. `show` gets problems and log lines with their level as they come.

    `inputs` are those of `build_quickly`, if that has looked at them just now.
    `previewing` shows drafts, too, and goes on without stories that have errors.
    Raises BuildFailedError; the published site is then as it was.
    """
    options: dict[str, Any] = {"site_dir": str(site_dir)} if site_dir else {}
    said: list[tuple[Problem | str, int]] = []
    with _Listener(partial(_show_and_note, show, said)):
        if strict or previewing:
            options["strict"] = not previewing
        config = _load(config_file, show, **options)
        plugin = _find_plugin(config, show)
        plugin.clean, plugin.lang, plugin.progress = clean, lang, on_progress
        plugin.previewing = previewing
        if workers:
            plugin.workers = workers
        abs_site = Path(config.site_dir)
        inputs = inputs or list_inputs(config_file, site_dir, previewing=previewing)
        folders = [str(config_file.parent / "stories"), config.docs_dir]
        seen = inputs.look(folders) if is_plain(config) else None
        plugin.outline_file = inputs.file("outline") if seen else None
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
    _keep(inputs, plugin, seen, abs_site, said)
    return BuildReport(
        plugin.site.stories, len(plugin.site.pages), plugin.published, plugin.unpublished
    )


def _keep(
    inputs: Inputs,
    plugin: GuongSangPlugin,
    seen: Seen | None,
    site_dir: Path,
    said: list[tuple[Problem | str, int]],
) -> None:
    """Keep what the next build has to know if nothing changes, or only some texts do."""
    assert plugin.site is not None and plugin.checked is not None
    if plugin.holds_until is None or not plugin.is_outlined or seen is None:
        inputs.keep(None, inputs.now, None)
        return
    found = set(plugin.checked.problems)
    of_checks = [each for each in said if each[0] in found]
    others = [each for each in said if each[0] not in found and not _is_of_this_run(each[0])]
    known = Known(
        str(site_dir),
        plugin.manifest_state,
        plugin.site.stories,
        len(plugin.site.pages),
        plain_said(of_checks),
        plain_said(others),
        {url: at.timestamp() if at else None for url, at in plugin.unpublished.items()},
    )
    inputs.keep(seen, plugin.holds_until, tuple(known))


def _is_of_this_run(what: Problem | str) -> bool:
    """Return whether something was true of the moment only: a full disk, not the newsroom."""
    return isinstance(what, Problem) and what.rule == "GS830"


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
    return Settings(site_url, *_list_folders(config))


def read_site_url(config_file: Path, show: Show) -> str | None:
    """Return the full address of the site with / at its end. Raises BuildFailedError."""
    site_url = _load(config_file, show).site_url
    return f"{str(site_url).rstrip('/')}/" if site_url else None


def read_folders(config_file: Path, show: Show) -> tuple[Path, Path | None]:
    """Return the folders of the hand-written pages and of the newsroom's own theme, if any.

    Raises BuildFailedError.
    """
    return _list_folders(_load(config_file, show))


def _list_folders(config: MkDocsConfig) -> tuple[Path, Path | None]:
    own = config.theme.custom_dir
    return Path(config.docs_dir), Path(own) if own else None


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
    show: Show, said: list[tuple[Problem | str, int]], what: Problem | str, level: int
) -> None:
    show(what, level)
    if level >= logging.WARNING:
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
