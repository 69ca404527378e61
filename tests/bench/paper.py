"""Measure bulletins and posters: `make bench ARGS="--paper 30"`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pypdf import PdfReader
from tests.bench.generate import Desk, write_newsroom
from tests.bench.measure import Cost, measure, median

STEPS: Final = ("bản tin A4", "bản tin A5 xếp trang gấp đôi", "áp phích")


def run_paper(folder: Path, stories: int, runs: int, program: str, env: Mapping[str, str]) -> str:
    """Return the table with its explanation. Raises CommandFailedError."""
    desk, root = Desk(), folder / "paper"
    texts = list(desk.make_stories(stories))
    write_newsroom(root, desk, texts)
    slugs = [story.slug for story in texts]
    commands = (
        [program, "bulletin", *slugs],
        [program, "bulletin", *slugs, "--booklet"],
        [program, "poster", slugs[0]],
    )
    measure([program, "photos"], root, env)
    measure(commands[0], root, env)  # the pictures of print are made once
    rounds = [[measure(command, root, env) for command in commands] for _ in range(runs)]
    return _render([median(costs) for costs in zip(*rounds, strict=True)], root, stories, runs)


def _render(costs: list[Cost], root: Path, stories: int, runs: int) -> str:
    lines = [
        f"{stories} bài, ảnh đã làm; trung vị của {runs} lần đo, mỗi lần một lệnh mới.",
        "",
        "| Việc | Giây | CPU (giây) | Bộ nhớ (MB) | Trang |",
        "|---|--:|--:|--:|--:|",
    ]
    pages = [_count_pages(root, pattern) for pattern in ("*-a4.pdf", "*-a5.pdf", "ap-phich-*.pdf")]
    for step, cost, count in zip(STEPS, costs, pages, strict=True):
        wall, cpu = (f"{value:.2f}".replace(".", ",") for value in (cost.wall, cost.cpu))
        lines.append(f"| {step} | {wall} | {cpu} | {round(cost.memory / 1e6)} | {count} |")
    return "\n".join(lines)


def _count_pages(root: Path, pattern: str) -> int:
    (made,) = (root / "an-pham").glob(pattern)
    return len(PdfReader(made).pages)
