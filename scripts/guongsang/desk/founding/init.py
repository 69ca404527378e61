"""A newsroom of one's own: a folder of content, and what it needs of the program.

What a newsroom may change is written once (`plan_content`); what belongs to the program (its wheel,
the lock files, the workflows) is written again by every upgrade (`plan_program`).
"""

from __future__ import annotations

import datetime as dt
import glob
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Final
from urllib.parse import urlsplit

from guongsang.checks.newsroom.unfilled import BLANK_HOST
from guongsang.desk.founding.hosts import WORKFLOWS
from guongsang.desk.founding.wheel import FOLDER, Wheel
from guongsang.registers.gazetteer import load_province
from guongsang.registers.model import Place
from guongsang.registers.placefile import render_places

BLANK: Final = "…"
_SEED: Final = Path(__file__).parent.parent / "seed"
_LOCKS: Final = {
    "requirements.lock": "requirements.lock",
    f"{FOLDER}/requirements-cluster.lock": "requirements-cluster.lock",
    f"{FOLDER}/requirements-deploy.lock": "requirements-deploy.lock",
    f"{FOLDER}/requirements-office.lock": "requirements-office.lock",
    f"{FOLDER}/requirements-paper.lock": "requirements-paper.lock",
}
# What a double click opens; git and Windows want each its line ends.
_OPENING: Final = {
    "Mo-ban-bien-tap.cmd": "Mo-ban-bien-tap.cmd",
    "Mo-ban-bien-tap.command": "Mo-ban-bien-tap.command",
    f"{FOLDER}/open_desk.py": "open_desk.py",
}
_REGISTERS: Final = "stories/registers"
_AS_THEY_ARE: Final = {
    ".gitattributes": "gitattributes",
    ".gitignore": "gitignore",
    "docs/gioi-thieu.md": "docs/gioi-thieu.md",
    "docs/quyen-rieng-tu.md": "docs/quyen-rieng-tu.md",
    **{
        f"{_REGISTERS}/{name}": f"registers/{name}"
        for name in (
            "abbreviations.yml",
            "addresses.txt",
            "authors.yml",
            "awards.yml",
            "columns.yml",
            "deeds.yml",
            "fields.yml",
            "series.yml",
        )
    },
}
_DESCRIPTION: Final = "Gương người tốt, việc tốt ở {place}"
_PUBLISHING: Final = {
    "github": "Đưa kho lên GitHub, mở Settings, Pages, chọn Source là “GitHub Actions”. Từ đó, "
    "trang được dựng lại mỗi khi nhánh `main` đổi và mỗi giờ một lần.",
    "gitlab": "Đưa kho lên GitLab: trang được dựng lại mỗi khi nhánh chính đổi. Bài hẹn giờ thì "
    "đặt thêm lịch ở Build, Pipeline schedules.",
    "none": "Dựng trang, rồi chép mọi thứ trong `site/` lên máy chủ; cách chép không làm gãy liên "
    "kết: <http://127.0.0.1:8000/huong-dan/dang-bai/>.",
}
_LEFT: Final = ".guongsang-init"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a newsroom is to be. `province` is a key; without `site_url` its address is unknown."""

    name: str
    agency: str
    province: str
    site_url: str | None
    host: str
    sample: bool
    today: dt.date


class OccupiedError(Exception):
    """The folder is there already and is not empty, or is no folder."""


class StandingThereError(Exception):
    """The folder is where the command was typed: it cannot be put in place at once."""


def default_name(province: str) -> str:
    """Return what a site of a province is called where nobody says so."""
    return f"Gương sáng {load_province(province)[province].name}"


def plan_newsroom(wish: Wish, wheel: Wheel) -> dict[str, bytes]:
    """Return the files of a new newsroom, by their paths from its root."""
    return {**plan_content(wish), **plan_program(wish.host, wheel)}


def plan_program(host: str, wheel: Wheel) -> dict[str, bytes]:
    """Return the files that an upgrade replaces."""
    sources = {**_LOCKS, **_OPENING, **WORKFLOWS[host]}
    files = {path: _read(source) for path, source in sources.items()}
    return {f"{FOLDER}/{wheel.name}": wheel.content, **files}


def _read(source: str) -> bytes:
    content = (_SEED / source).read_bytes().replace(b"\r\n", b"\n")
    return content.replace(b"\n", b"\r\n") if source.endswith(".cmd") else content


def plan_content(wish: Wish) -> dict[str, bytes]:
    """Return the files that are the newsroom's own from the first day."""
    units = load_province(wish.province)
    province = units[wish.province]
    site_url = wish.site_url or f"https://{BLANK_HOST}/"
    values = {
        "name": _quote(wish.name),
        "agency": _quote(wish.agency) if wish.agency != BLANK else BLANK,
        "authority": _quote(f"{urlsplit(site_url).hostname},{wish.today.year}"),
        "province": wish.province,
        "description": _quote(_DESCRIPTION.format(place=province.full_name)),
        "site_url": _quote(site_url),
        "title": wish.name,
        "publish": _PUBLISHING[wish.host],
    }
    files = {path: (_SEED / source).read_bytes() for path, source in _AS_THEY_ARE.items()}
    files[f"{_REGISTERS}/places.yml"] = render_places(wish.province).encode()
    for path, source in (
        ("README.md", "README.md"),
        ("mkdocs.yml", "mkdocs.yml"),
        (f"{_REGISTERS}/newsroom.yml", "registers/newsroom.yml"),
    ):
        files[path] = _fill(source, values)
    return {**files, **(dict(_list_samples(units, province, wish.today)) if wish.sample else {})}


def _list_samples(
    units: Mapping[str, Place], province: Place, today: dt.date
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the sample stories: they happen in the province's first unit."""
    unit, place = next(
        (key, each)
        for key, each in units.items()
        if each.until is None and each.type in ("xa", "phuong", "dac-khu")
    )
    printed = _quote(f"{place.full_name}, {province.full_name}")
    values = {"unit": unit, "printed": printed, "day": today.isoformat()}
    for path in sorted((_SEED / "sample").rglob("*")):
        source = path.relative_to(_SEED).as_posix()
        target = f"stories/{today.year}/{source.removeprefix('sample/')}"
        if path.suffix == ".md":
            yield target, _fill(source, values)
        elif path.is_file():
            yield target, path.read_bytes()


def _fill(source: str, values: Mapping[str, str]) -> bytes:
    return Template((_SEED / source).read_text("utf-8")).substitute(values).encode()


def _quote(text: str) -> str:
    """Return a value as YAML takes it, whatever signs it holds."""
    return json.dumps(text, ensure_ascii=False)


def mark_executable(path: Path) -> None:
    """Let a double click start what is to be started; on Windows its name says so."""
    if path.suffix == ".command":
        path.chmod(0o755)


def write_newsroom(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a new newsroom: all of it or nothing, whenever this is interrupted.

    Raises OccupiedError, StandingThereError, and OSError where nothing can be written.
    """
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - a link is to be seen, not followed
    if folder.is_symlink() or folder.exists():
        if folder.is_symlink() or not folder.is_dir() or any(folder.iterdir()):
            raise OccupiedError
        if folder.samefile(Path.cwd()):
            raise StandingThereError
    folder.parent.mkdir(parents=True, exist_ok=True)
    for left in folder.parent.glob(f".{glob.escape(folder.name)}.*{_LEFT}"):
        shutil.rmtree(left)  # of one that was interrupted
    draft = folder.with_name(f".{folder.name}.{os.getpid()}{_LEFT}")
    try:
        for path, content in files.items():
            target = draft / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            mark_executable(target)
        if folder.is_dir():
            folder.rmdir()
        draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
