"""Measure uploads into a folder beside: `make bench ARGS="--deploy 10000"`.

What the line takes is not in it; what an upload moves over it is: its files, and its own state.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tests.bench.generate import Desk, write_newsroom
from tests.bench.measure import Cost, measure, median

from guongsang.deploy.local import read_site
from guongsang.deploy.lock import FarLock
from guongsang.deploy.run import Deploy, Done, Wishes
from guongsang.deploy.state import FOLDER, FarState
from guongsang.remotes.folder import FolderRemote
from guongsang.site.sources.project import CACHE

STEPS: Final = ("đăng lần đầu", "không đổi gì", "sửa chữ một bài")


class _Counting(FolderRemote):
    """Counts the bytes of the far state that are read and written."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.state = 0

    def read(self, path: str) -> bytes | None:
        content = super().read(path)
        self._count(path, content or b"")
        return content

    def write(self, path: str, content: bytes) -> None:
        self._count(path, content)
        super().write(path, content)

    def _count(self, path: str, content: bytes) -> None:
        if path.startswith(FOLDER):
            self.state += len(content)


def run_deploy(folder: Path, stories: int, runs: int, program: str, env: Mapping[str, str]) -> str:
    """Return the table with its explanation. Raises CommandFailedError."""
    root, there = folder / "deploy", folder / "public_html"
    desk = Desk()
    texts = list(desk.make_stories(stories))
    story = f"{texts[stories // 2].date.year}/{texts[stories // 2].slug}"
    write_newsroom(root, desk, texts)
    there.mkdir()
    (root / "deploy.toml").write_text('[target.chinh]\nto = "../public_html"\n', "utf-8")
    deploy = [program, "deploy"]

    def edit(number: int) -> None:
        with (root / f"stories/{story}/index.md").open("a", encoding="utf-8") as file:
            file.write(f"\nBà con trong bản kể thêm lần thứ {number + 1}.\n")
        measure([program, "build"], root, env)

    measure([program, "build"], root, env)
    costs: dict[str, list[Cost]] = {STEPS[0]: [measure(deploy, root, env)]}
    for number in range(runs):
        costs.setdefault(STEPS[1], []).append(measure(deploy, root, env))
        edit(number)
        costs.setdefault(STEPS[2], []).append(measure(deploy, root, env))
    edit(runs)
    remote = _Counting(there)
    done = _deploy(root, remote)
    return _render({step: median(found) for step, found in costs.items()}, done, remote, stories)


def _deploy(root: Path, remote: FolderRemote) -> Done:
    """Upload in this process, as the command does."""
    cache_dir = root / CACHE
    site = read_site(root / "site", cache_dir, lambda _: None)
    state = FarState(remote, cache_dir / "deploy-chinh.bin")
    return Deploy(site, remote, state, FarLock(remote, ""), wishes=Wishes()).run()


def _render(costs: Mapping[str, Cost], done: Done, remote: _Counting, stories: int) -> str:
    count = f"{stories:,}".replace(",", ".")
    rows = [
        f"Trang {count} bài, đăng vào một thư mục trên cùng máy: chưa kể đường truyền.",
        "",
        "| Việc | Giây | CPU (giây) |",
        "|---|--:|--:|",
    ]
    for step, cost in costs.items():
        told = (f"{each:.2f}".replace(".", ",") for each in (cost.wall, cost.cpu))
        rows.append(f"| {step} | {' | '.join(told)} |")
    files = len(done.added) + len(done.changed)
    rows += [
        "",
        f"Sửa chữ một bài: gửi {files} tệp ({done.size // 1000} KB), bỏ {len(done.removed)} tệp; "
        f"sổ ở nơi đăng đọc và ghi {remote.state // 1000} KB.",
    ]
    return "\n".join(rows)
