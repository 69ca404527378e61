"""Whether MkDocs has to be asked again: what tells all that it reads besides the stories."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from pathlib import Path
from typing import Final

from guongsang.publish.fingerprint import digest_files
from guongsang.registers.paths import NEWSROOM, find_emblems

# With these, pages follow from more than the files that are compared.
_BEYOND: Final = re.compile(rb"^INHERIT:|^hooks:|snippets|!!python", re.MULTILINE)
_ENV: Final = re.compile(rb"!ENV\s*(\[[^\]]*\]|\S+)")
_NAME: Final = re.compile(rb"\w+")


def tell_settings(config_file: Path) -> str | None:
    """Return what tells settings, environment and packages from any others; None where files
    cannot tell it."""
    try:
        settings = config_file.read_bytes()
    except OSError:
        return None
    if _is_linked(config_file) or _BEYOND.search(settings):
        return None
    names = {name for text in _ENV.findall(settings) for name in _NAME.findall(text)}
    environment = [(name.decode(), os.environ.get(os.fsdecode(name))) for name in sorted(names)]
    # Installing a package changes the folder that it goes into.
    paths = [(path, _changed(path)) for path in sys.path]
    return _digest([settings.hex(), environment, paths])


def tell_pages(config_file: Path, docs_dir: Path) -> str | None:
    """Return the same with the pages written by hand and the newsroom's own record and emblems."""
    settings = tell_settings(config_file)
    if settings is None or _is_linked(docs_dir):
        return None
    try:
        record = (config_file.parent / NEWSROOM).read_bytes()
        root = config_file.parent
        emblems = [(path, (root / path).read_bytes().hex()) for path in find_emblems(root)]
        return _digest([settings, record.hex(), emblems, digest_files([docs_dir])])
    except OSError:
        return None


def _digest(told: object) -> str:
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _is_linked(path: Path) -> bool:
    return any(each.is_symlink() for each in (path, *path.parents))


def _changed(path: str) -> int:
    try:
        return Path(path or ".").stat().st_mtime_ns
    except OSError:
        return 0
