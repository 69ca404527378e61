"""Measure how long publishing takes, here and with peers: `make bench ARGS="--stories 10000"`."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from tests.bench.deploy import run_deploy
from tests.bench.desk import run_desk
from tests.bench.generate import EPOCH, LAST_DAY, REPOSITORY, Desk, write_newsroom, write_story
from tests.bench.measure import (
    CommandFailedError,
    Cost,
    Written,
    count_written,
    measure,
    median,
    set_aside,
)
from tests.bench.page import write_table
from tests.bench.pages import run_pages
from tests.bench.paper import run_paper
from tests.bench.peers import Peer, find_peers
from tests.bench.photos import run_photos
from tests.bench.preview import measure_saves
from tests.bench.search import run_search

_OURS: Final = "Gương Sáng"
_ASIDE: Final = "aside"
COLD: Final = "dựng lần đầu"
EDIT: Final = "sửa chữ một bài"
STEPS: Final = (
    COLD,
    "không đổi gì",
    EDIT,
    "thêm một bài",
    "kiểm tra lần đầu",
    "kiểm tra lại, không đổi gì",
)
SAVE: Final = "xem thử: từ lúc lưu đến lúc thấy"
# A peer that takes longer than this is run once: its distance is larger than any scatter.
_LONG_SECONDS: Final = 60.0
_ENV: Final = {"SOURCE_DATE_EPOCH": EPOCH, "SITE_URL": "https://guong-sang.example/"}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    program: str
    step: str
    wall: float
    cost: Cost | None = None
    written: Written | None = None
    runs: int = 0


def main() -> int:
    options = _read_options()
    try:
        with tempfile.TemporaryDirectory(prefix="guongsang-bench-", dir=options.dir) as folder:
            if options.photos:
                name, heading = "photos", "Ảnh"
                table = run_photos(Path(folder), options.photos, options.runs, _find_program())
            elif options.search:
                name, heading = "search", "Tìm kiếm"
                table = run_search(Path(folder), options.search, options.runs, _find_program())
            elif options.pages:
                name, heading = "pages", "Lần đầu mở trang"
                table = run_pages(Path(folder), options.runs, _find_program())
            elif options.paper:
                name, heading = "paper", "Bản tin và áp phích"
                table = run_paper(Path(folder), options.paper, options.runs, _find_program(), _ENV)
            elif options.desk:
                name, heading = "desk", "Bàn biên tập"
                table = run_desk(Path(folder), options.desk, options.runs, _find_program(), _ENV)
            elif options.deploy:
                name, heading = "deploy", "Đưa lên mạng"
                table = run_deploy(
                    Path(folder), options.deploy, options.runs, _find_program(), _ENV
                )
            else:
                name, heading = "stories", "Dựng trang"
                table = run(Path(folder), options.stories, options.runs, options.peers == "all")
                if options.marginal:
                    sizes = (options.marginal[0], options.marginal[1])
                    table += "\n\n" + run_marginal(Path(folder), sizes, options.runs)
    except CommandFailedError as error:
        print(error, file=sys.stderr)
        return 1
    print(table)
    if options.write:
        write_table(name, heading, table)
    return 0


def run(folder: Path, stories: int, runs: int, with_peers: bool) -> str:
    """Measure everything in turn and return the table with its explanation."""
    desk = Desk()
    texts = list(desk.make_stories(stories))
    write_newsroom(folder / "ours", desk, texts)
    peers = find_peers() if with_peers else []
    for peer in peers:
        peer.write(folder / peer.name, desk, texts)
    del texts
    return render(_measure_all(folder, desk, peers, stories, runs), peers, stories, runs)


def run_marginal(folder: Path, sizes: tuple[int, int], runs: int) -> str:
    """Measure whether a story costs more where there are many; return a line of the table.

    The marginal time at a size is what the second half of its stories adds to a first build, a
    story: what every build costs, however small, does not count.
    """
    desk, program = Desk(), _find_program()
    cells, walls, cpus = [], [], []
    for size in sizes:
        half = size // 2
        fewer, more = (_measure_cold(folder / "size", desk, program, n, runs) for n in (half, size))
        walls.append((more.wall - fewer.wall) / (size - half))
        cpus.append((more.cpu - fewer.cpu) / (size - half))
        took, worked = _decimal(1000 * walls[-1], 2), _decimal(1000 * cpus[-1], 2)
        cells.append(f"khi có {_number(size)} bài: {took} ms ({worked} ms CPU)")
    ratios = [_decimal(large / small, 2) for small, large in (walls, cpus)]
    return f"Thêm một bài {'; '.join(cells)}; gấp {ratios[0]} lần (CPU: {ratios[1]} lần)."


def _measure_cold(root: Path, desk: Desk, program: str, stories: int, runs: int) -> Cost:
    """Return the medians of a first build."""
    set_aside(root.parent / _ASIDE, root)
    write_newsroom(root, desk, list(desk.make_stories(stories)))
    costs = []
    for number in range(runs):
        _say(f"guongsang, {stories} bài, {number + 1}/{runs}")
        _forget(root)
        costs.append(measure([program, "build"], root, _ENV))
    return median(costs)


def render(rows: Sequence[Row], peers: Sequence[Peer], stories: int, runs: int) -> str:
    """Return the table in Markdown; ratios are to our own first build."""
    base = next(row.wall for row in rows if row.step == COLD)
    memory = "PSS" if all(row.cost.memory_is_pss for row in rows if row.cost) else "RSS"
    lines = [
        f"{_number(stories)} bài; trung vị của {runs} lần đo, cùng một máy; "
        "không bên nào lập chỉ mục tìm kiếm.",
        "",
        "| Chương trình | Việc | Lần đo | Giây | So với lần đầu | CPU (giây) "
        f"| Bộ nhớ {memory} (MB) | Trang | Tệp | MB ghi ra |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for row in rows:
        made, cost = row.written, row.cost
        cells = [
            row.program,
            row.step,
            str(row.runs),
            _decimal(row.wall, 2),
            f"{_decimal(row.wall / base, 2)}×",
            _decimal(cost.cpu, 2) if cost else "",
            _number(round(cost.memory / 1e6)) if cost else "",
            _number(made.pages) if made else "",
            _number(made.files) if made else "",
            _number(round(made.size / 1e6)) if made else "",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    lines += ["", *_compare(rows)]
    versions = [f"guongsang {metadata.version('guongsang')}{_read_commit()}"]
    versions += [peer.version for peer in peers]
    versions += [f"Python {platform.python_version()}", platform.system(), platform.machine()]
    versions.append(f"{os.cpu_count()} lõi")
    lines += ["", f"Phiên bản: {', '.join(versions)}.", ""]
    lines.append(
        "Cột Trang, Tệp, MB là cả thư mục trang sau khi dựng lần đầu. Mỗi bài có một ảnh bìa nhỏ; "
        "ảnh ấy chỉ phải xử lý một lần. Bộ nhớ đệm tệp của hệ điều hành đã ấm với mọi chương "
        "trình; không xóa gì lớn trước khi đo xong, vì ext4 tạo tệp rất chậm ngay sau khi xóa."
    )
    return "\n".join(lines)


def _compare(rows: Sequence[Row]) -> Iterator[str]:
    """Say how our first build and our edit compare with the first build of each peer."""
    ours = {row.step: row.wall for row in rows if row.program == _OURS}
    for peer in (row for row in rows if row.program != _OURS):
        cold, edit = peer.wall / ours[COLD], peer.wall / ours[EDIT]
        yield (
            f"- {peer.program} dựng lần đầu lâu gấp {_decimal(cold, 2)} lần Gương Sáng dựng lần "
            f"đầu, gấp {_decimal(edit, 1)} lần Gương Sáng khi sửa chữ một bài."
        )


def _measure_all(
    folder: Path, desk: Desk, peers: Sequence[Peer], stories: int, runs: int
) -> list[Row]:
    """Measure round by round: where the machine becomes slower or faster, it does so for all."""
    costs: dict[tuple[str, str], list[Cost]] = {}
    written: dict[tuple[str, str], Written] = {}
    for number in range(runs):
        _say(f"guongsang {number + 1}/{runs}")
        for step, cost in _measure_cycle(folder / "ours", desk, stories, number):
            costs.setdefault((_OURS, step), []).append(cost)
            if step == COLD:
                written[_OURS, step] = count_written(folder / "ours" / "site")
        for peer in peers:
            found = costs.setdefault((peer.name, COLD), [])
            if found and found[0].wall > _LONG_SECONDS:
                continue
            _say(f"{peer.name} {number + 1}/{runs}")
            found.append(_measure_peer(folder / peer.name, peer))
            written[peer.name, COLD] = count_written(folder / peer.name / peer.output)
    rows = []
    for (name, step), found in costs.items():
        cost = median(found)
        rows.append(Row(name, step, cost.wall, cost, written.get((name, step)), len(found)))
    _say("guongsang serve")
    edited = _find_edited(folder / "ours", stories)
    saves = measure_saves(_find_program(), folder / "ours", edited, _ENV, max(runs, 3))
    rows.insert(len(STEPS), Row(_OURS, SAVE, statistics.median(saves), runs=len(saves)))
    return rows


def _measure_cycle(root: Path, desk: Desk, stories: int, number: int) -> Iterator[tuple[str, Cost]]:
    """Measure all steps once, so that each finds the state that it is about."""
    program, before = _find_program(), _stamp_package()
    _forget(root)
    yield STEPS[0], measure([program, "build"], root, _ENV)
    yield STEPS[1], measure([program, "build"], root, _ENV)
    with _find_edited(root, stories).open("a", encoding="utf-8") as file:
        file.write(f"\nBà con trong bản kể thêm lần thứ {number + 1}.\n")
    yield STEPS[2], measure([program, "build"], root, _ENV)
    added = write_story(root, desk, desk.make_story(stories + number, LAST_DAY))
    yield STEPS[3], measure([program, "build"], root, _ENV)
    set_aside(root.parent / _ASIDE, root / ".cache")
    for step in STEPS[4:]:
        yield step, measure([program, "check"], root, _ENV)
    set_aside(root.parent / _ASIDE, added.parent)
    if _stamp_package() != before:
        # Every page counts as stale then: the steps would not measure what they say.
        raise CommandFailedError("guongsang changed while it was measured")


def _find_edited(root: Path, stories: int) -> Path:
    """Return the story that is edited: one of the middle years."""
    return sorted((root / "stories").glob("[0-9]*/*/index.md"))[stories // 2]


def _measure_peer(root: Path, peer: Peer) -> Cost:
    old = (root / name for name in (peer.output, ".cache", "resources"))
    set_aside(root.parent / _ASIDE, *old)
    return measure(peer.command, root, _ENV)


def _forget(root: Path) -> None:
    set_aside(root.parent / _ASIDE, root / "site", root / ".cache")


def _find_program() -> str:
    """Return the public command: beside this Python, else on PATH."""
    beside = shutil.which("guongsang", path=str(Path(sys.executable).parent))
    program = beside or shutil.which("guongsang")
    if program is None:
        raise SystemExit("guongsang? make site")
    return program


def _read_commit() -> str:
    """Return which commit was measured, with a + where the files differ from it."""
    git = ["git", "-C", str(REPOSITORY)]
    try:
        commit = subprocess.check_output([*git, "rev-parse", "--short", "HEAD"], text=True).strip()
        changed = subprocess.check_output([*git, "status", "--porcelain", "--", "scripts"])
    except (OSError, subprocess.CalledProcessError):
        return ""
    return f" ({commit}{'+' if changed else ''})"


def _stamp_package() -> list[tuple[str, int]]:
    """Return names and times of the files that are measured: nobody may edit them meanwhile."""
    spec = find_spec("guongsang")
    folders = (spec and spec.submodule_search_locations) or []
    files = (path for folder in folders for path in Path(folder).rglob("*"))
    return sorted(
        (str(path), path.stat().st_mtime_ns)
        for path in files
        if path.is_file() and "__pycache__" not in path.parts
    )


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--stories", type=_positive, default=1000, metavar="N")
    parser.add_argument("--photos", type=_positive, metavar="N", help="measure photos instead")
    parser.add_argument("--search", type=_positive, metavar="N", help="measure the search instead")
    parser.add_argument("--pages", action="store_true", help="measure first visits instead")
    parser.add_argument("--desk", type=_positive, metavar="N", help="measure the desk page instead")
    parser.add_argument("--deploy", type=_positive, metavar="N", help="measure uploads instead")
    parser.add_argument("--paper", type=_positive, metavar="N", help="measure bulletins instead")
    parser.add_argument("--runs", type=_positive, default=3, metavar="K")
    parser.add_argument("--peers", choices=("none", "all"), default="none")
    parser.add_argument(
        "--marginal",
        type=_positive,
        nargs=2,
        metavar=("FEW", "MANY"),
        help="also measure what a story adds to a first build at two sizes: 1000 20000",
    )
    parser.add_argument("--dir", help="where the temporary folder goes (default: the system's)")
    parser.add_argument("--write", action="store_true", help="put the table into the guide")
    return parser.parse_args()


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("1…")
    return number


def _number(value: int) -> str:
    """Write a whole number as Vietnamese do: 10.000."""
    return f"{value:,}".replace(",", ".")


def _decimal(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".replace(".", ",")


def _say(text: str) -> None:
    print(f"… {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
