"""Which folders a configuration of MkDocs names, in their real places."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from guongsang.site.project import Folders


def find_root(config: MkDocsConfig) -> Path:
    """Return the newsroom's folder: MkDocs may have been called with a link to it."""
    return _find_given(config).resolve()


def find_folders(config: MkDocsConfig) -> Folders:
    given, root = _find_given(config), find_root(config)
    own = config.theme.custom_dir
    theme_dir = _move(own, given, root) if own else None
    return Folders(
        _move(config.docs_dir, given, root), theme_dir, _move(config.site_dir, given, root)
    )


def _find_given(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path or "mkdocs.yml").absolute().parent


def _move(folder: str, given: Path, root: Path) -> Path:
    path = Path(folder)
    return root / path.relative_to(given) if path.is_relative_to(given) else path
