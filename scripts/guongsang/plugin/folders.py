"""Which folders a configuration of MkDocs names, in their real places."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from guongsang.site.sources.project import Folders


def find_root(config: MkDocsConfig) -> Path:
    """Return the newsroom's folder: MkDocs may have been called with a link to it."""
    return _find_given(config).resolve()


def find_folders(config: MkDocsConfig) -> Folders:
    given, root = _find_given(config), find_root(config)
    own = config.theme.custom_dir
    theme_dir = _move(own, given, root) if own else None
    docs_dir, site_dir = (_move(each, given, root) for each in (config.docs_dir, config.site_dir))
    # Drafts are in no build of MkDocs.
    specs = filter(None, (config.exclude_docs, config.draft_docs))
    lines = [str(each.pattern) for spec in specs for each in spec.patterns]
    return Folders(docs_dir, theme_dir, site_dir, tuple(lines))


def _find_given(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path or "mkdocs.yml").absolute().parent


def _move(folder: str, given: Path, root: Path) -> Path:
    path = Path(folder)
    return root / path.relative_to(given) if path.is_relative_to(given) else path
