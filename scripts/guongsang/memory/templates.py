"""What is remembered of templates: to compile them takes longer than to fill those of one story."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from guongsang.memory.store import load_store, save_store
from guongsang.render.compiled import keep_compiled


def recall_templates(cache_dir: Path) -> None:
    """Let templates be compiled once for all runs that have the same cache."""

    def file(key: str) -> Path:
        return cache_dir / "templates" / f"{key}.bin"

    def save(key: str, code: bytes) -> None:
        with suppress(OSError):  # what cannot be kept is compiled again
            save_store(file(key), code)

    keep_compiled(lambda key: load_store(file(key)), save)
