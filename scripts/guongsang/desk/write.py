"""Writing an editor's file so that it is whole at any moment."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path


def write_text(abs_path: Path, text: str) -> None:
    """Replace a file at one stroke; through a link, the file that it leads to. Raises OSError."""
    write_bytes(abs_path, text.encode())


def write_bytes(abs_path: Path, content: bytes) -> None:
    """Replace a file at one stroke, as `write_text` does. Raises OSError."""
    target = Path(os.path.realpath(abs_path))
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    staged = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, staged)
        else:
            staged.chmod(0o644)
        os.replace(staged, target)  # noqa: PTH105 - says what it does
    except BaseException:
        with contextlib.suppress(OSError):
            staged.unlink()
        raise
