"""A build may die anywhere: readers find whole pages and no dead link, the next build mends all."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

NOW = "1782864000"
KEPT = ("site", ".cache")
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
CHANGES = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.truncate")
# What a death leaves is looked at after every operation, and built again after some: those of a
# first build are nearly all of one kind. GUONGSANG_DEATHS=all builds again after each.
AGAIN_AFTER = {True: 40, False: 4}
BUILD = "from guongsang.cli.main import run; run()"


@dataclass
class Recorder:
    """Keeps what a process leaves behind that dies just before its n-th change of site or cache.

    Python tells every file operation before it is done. A process that dies there leaves what is
    on the disk then: nothing of it runs any more, and what it has not written yet is lost. A file
    that is opened for writing is also kept as it is right after that: there and empty.
    """

    root: Path
    folder: Path
    is_on: bool = False
    deaths: list[Path] = field(default_factory=list)

    def hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self.is_on or event not in CHANGES:
            return
        if event == "open" and not (isinstance(arguments[2], int) and arguments[2] & WRITES):
            return
        changed = [path for path in map(self._inside, arguments[:2]) if path is not None]
        if not changed:
            return
        self.is_on = False
        death = self._keep()
        if event == "open" and (death / changed[0]).is_file():
            (self._keep() / changed[0]).write_bytes(b"")
        self.is_on = True

    def _keep(self) -> Path:
        death = self.folder / str(len(self.deaths))
        for name in KEPT:
            if (self.root / name).is_dir():
                shutil.copytree(self.root / name, death / name)
        self.deaths.append(death)
        return death

    def _inside(self, argument: object) -> Path | None:
        """Return a path below site or cache, relative to the root; scratch is nobody's loss."""
        if not isinstance(argument, (str, bytes, os.PathLike)):
            return None
        path = Path(os.fsdecode(argument))
        if not path.is_relative_to(self.root):
            return None
        relative = path.relative_to(self.root)
        return relative if relative.parts[:1] in [(name,) for name in KEPT] else None


RECORDERS: list[Recorder] = []


def tell(event: str, arguments: tuple[object, ...]) -> None:
    for recorder in RECORDERS:
        recorder.hear(event, arguments)


@pytest.fixture
def recorder(newsroom, tmp_path):
    if not RECORDERS:
        sys.addaudithook(tell)  # for the life of the process: nothing takes a hook away again
    made = Recorder(newsroom.root, tmp_path / "deaths")
    RECORDERS.append(made)
    yield made
    made.is_on = False
    made.deaths.clear()


LINK = re.compile(r'\s(?:href|src)="([^"]*)"')
LINKS: dict[str, set[str]] = {}


def links_of(html):
    if html not in LINKS:
        LINKS[html] = set(map(unescape, LINK.findall(html)))
    return LINKS[html]


def assert_readable(site):
    """Check that no page is cut short, and that a reader who starts at home meets no dead link."""
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    for uri in files:
        if uri.endswith(".html"):
            assert (site / uri).read_text("utf-8").endswith(("</html>", "</html>\n")), uri
    waiting = ["index.html"] if "index.html" in files else []
    seen = set(waiting)
    while waiting:
        uri = waiting.pop()
        for link in links_of((site / uri).read_text("utf-8")):
            target = urlsplit(urljoin(f"https://guong.example/{uri}", link))
            if (target.scheme, target.netloc) != ("https", "guong.example"):
                continue
            wanted = unquote(target.path).lstrip("/")
            wanted += "index.html" if wanted.endswith("/") or not wanted else ""
            assert wanted in files, f"{uri} leads to {link}"
            if wanted.endswith(".html") and wanted not in seen:
                seen.add(wanted)
                waiting.append(wanted)


def edit_much(newsroom):
    """Add, change and remove pages and photos in one go, and rename one."""
    shutil.rmtree(newsroom.path("nguoi-giu-lua").parent)
    folder = newsroom.path("mot-giot-mau").parent
    folder.rename(folder.with_name("giot-mau"))
    newsroom.edit("con-chu", "../mot-giot-mau/index.md", "../giot-mau/index.md")
    newsroom.edit("con-chu", "title: Con chữ lên Mù Cả", "title: Con chữ")
    newsroom.edit("ban-thao", "status: draft", "status: ready")


def resurrect(newsroom, death, trash):
    """Put in place what the dead process left behind."""
    trash.mkdir(parents=True)
    for name in KEPT:
        if (newsroom.root / name).exists():
            (newsroom.root / name).rename(trash / name)
        if (death / name).exists():
            (death / name).rename(newsroom.root / name)


@pytest.mark.parametrize("first", [True, False], ids=["first-build", "edit"])
def test_a_build_may_die_at_any_file_operation(newsroom, recorder, tmp_path, first):
    if not first:
        newsroom.build()
        assert_readable(newsroom.site)
        edit_much(newsroom)
    recorder.is_on = True
    newsroom.build()
    recorder.is_on = False
    assert_readable(newsroom.site)
    wanted = newsroom.clean_bytes()
    assert newsroom.bytes() == wanted
    deaths = list(recorder.deaths)
    assert len(deaths) > 40
    step = 1 if os.environ.get("GUONGSANG_DEATHS") == "all" else AGAIN_AFTER[first]
    for number, death in enumerate(deaths):
        if (death / "site").is_dir():
            assert_readable(death / "site")
        if number % step:
            continue
        resurrect(newsroom, death, tmp_path / "trash" / str(number))
        newsroom.build()
        assert newsroom.bytes() == wanted, f"died before operation {number}"


def start_build(newsroom, *options):
    return subprocess.Popen(
        [sys.executable, "-c", BUILD, "build", *options, "--root", str(newsroom.root)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "SOURCE_DATE_EPOCH": NOW},
        text=True,
    )


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_process_that_is_really_killed(newsroom):
    newsroom.build()
    edit_much(newsroom)
    began = time.monotonic()
    with start_build(newsroom, "--site-dir", str(newsroom.root / "elsewhere")) as measured:
        assert measured.wait() == 0
    whole = time.monotonic() - began
    for share in (0.6, 0.7, 0.8, 0.9):
        with start_build(newsroom) as process:
            time.sleep(whole * share)
            process.send_signal(signal.SIGKILL)
        assert_readable(newsroom.site)
    newsroom.build()
    assert newsroom.bytes() == newsroom.clean_bytes()


def test_two_builders_at_once(newsroom):
    newsroom.build()
    edit_much(newsroom)
    with start_build(newsroom) as first, start_build(newsroom) as second:
        told = [process.communicate()[0] for process in (first, second)]
    assert [first.returncode, second.returncode] == [0, 0], told
    assert newsroom.bytes() == newsroom.clean_bytes()
    assert re.search("Đã dựng|Không có gì thay đổi", "".join(told))
