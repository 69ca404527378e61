"""The page of measurements: every table stands between marks of its own, and is written alone."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.bench.generate import REPOSITORY

PAGE: Final = REPOSITORY / "scripts" / "guongsang" / "guide" / "toc-do.md"
_TOP: Final = (
    "---\ntitle: Tốc độ\n---\n\n# Tốc độ\n\nCác bảng này do `make bench` ghi; đừng sửa tay.\n"
)


def write_table(name: str, heading: str, table: str, page: Path = PAGE) -> None:
    """Put a table in the place of the one of that name, or at the end of the page."""
    begin, end = f"<!-- make bench {name}: begin -->", f"<!-- make bench {name}: end -->"
    block = f"{begin}\n\n{table}\n\n{end}"
    text = page.read_text("utf-8") if page.is_file() else _TOP
    if begin in text and end in text:
        before, rest = text.split(begin, 1)
        text = before + block + rest.split(end, 1)[1]
    else:
        text = f"{text.rstrip()}\n\n## {heading}\n\n{block}\n"
    page.write_text(text, "utf-8")
