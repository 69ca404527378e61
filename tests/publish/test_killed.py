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
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

NOW = "1782864000"
KEPT = ("site", ".cache")
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
CHANGES = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.truncate")
# What a death leaves is looked at after every operation that left something else, and built again
# after some.
# GUONGSANG_DEATHS=all builds again after each.
AGAIN_AFTER = 4
BUILD = "from guongsang.cli.main import run; run()"


Tree = dict[str, tuple[int, bytes] | None]


@dataclass
class Disk:
    """What stands in a folder, as values: time and content by path, None for a folder.

    Only what has changed since the last look is read again.
    """

    root: Path
    known: dict[str, tuple[int, tuple[int, bytes]]] = field(default_factory=dict)

    def look(self) -> Tree:
        waiting = [name for name in KEPT if (self.root / name).is_dir()]
        seen: Tree = dict.fromkeys(waiting)
        while waiting:
            folder = waiting.pop()
            with os.scandir(self.root / folder) as entries:
                for entry in entries:
                    path = f"{folder}/{entry.name}"
                    if entry.is_dir():
                        seen[path] = None
                        waiting.append(path)
                    else:
                        seen[path] = self._read(path, entry)
        return seen

    def forget(self, path: str) -> None:
        """Read a file again even though it may look the same: the clock of files is coarse."""
        self.known.pop(path, None)

    def _read(self, path: str, entry: os.DirEntry[str]) -> tuple[int, bytes]:
        stat = entry.stat()
        inode, (mtime, content) = self.known.get(path, (0, (0, b"")))
        if (inode, mtime, len(content)) != (stat.st_ino, stat.st_mtime_ns, stat.st_size):
            found = (stat.st_mtime_ns, Path(entry.path).read_bytes())
            self.known[path] = (stat.st_ino, found)
        return self.known[path][1]


@dataclass
class Recorder:
    """Keeps what a process leaves behind that dies just before its n-th change of site or cache.

    Python tells every file operation before it is done. A process that dies there leaves what is
    on the disk then: nothing of it runs any more, and what it has not written yet is lost. A file
    that is opened for writing is also kept as it is right after that: there and empty.
    """

    root: Path
    disk: Disk = field(init=False)
    is_on: bool = False
    deaths: list[Tree] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.disk = Disk(self.root)

    def hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self.is_on or event not in CHANGES:
            return
        if event == "open" and not (isinstance(arguments[2], int) and arguments[2] & WRITES):
            return
        changed = [path for path in map(self._inside, arguments[:2]) if path is not None]
        if not changed:
            return
        self.is_on = False
        left = self.disk.look()
        if self.deaths[-1:] != [left]:  # as after a folder that was there already
            self.deaths.append(left)
        for path in changed:
            self.disk.forget(path)
        was = left.get(changed[0])
        if event == "open" and was is not None:
            self.deaths.append({**left, changed[0]: (was[0], b"")})
        self.is_on = True

    def _inside(self, argument: object) -> str | None:
        """Return a path below site or cache, relative to the root; scratch is nobody's loss."""
        if not isinstance(argument, (str, bytes, os.PathLike)):
            return None
        path = Path(os.fsdecode(argument))
        if not path.is_relative_to(self.root):
            return None
        relative = path.relative_to(self.root)
        return relative.as_posix() if relative.parts[:1] in [(name,) for name in KEPT] else None


RECORDERS: list[Recorder] = []


def tell(event: str, arguments: tuple[object, ...]) -> None:
    for recorder in RECORDERS:
        recorder.hear(event, arguments)


@pytest.fixture
def recorder(newsroom, monkeypatch):
    # What workers do would not be heard here.
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    if not RECORDERS:
        sys.addaudithook(tell)  # for the life of the process: nothing takes a hook away again
    made = Recorder(newsroom.root)
    RECORDERS.append(made)
    yield made
    made.is_on = False
    made.deaths.clear()


LINK = re.compile(r'\s(?:href|src)="([^"]*)"')
SITE = "site/"


@cache
def targets_of(uri, page):
    """Return what a page leads to within the site: addresses of files, each with its link."""
    targets = {}
    for link in map(unescape, LINK.findall(page.decode())):
        target = urlsplit(urljoin(f"https://guong.example/{uri}", link))
        if (target.scheme, target.netloc) == ("https", "guong.example"):
            wanted = unquote(target.path).lstrip("/")
            targets[wanted + ("index.html" if wanted.endswith("/") or not wanted else "")] = link
    return targets


def read_site(tree):
    """Return the published files by address."""
    return {
        path.removeprefix(SITE): found[1]
        for path, found in tree.items()
        if path.startswith(SITE) and found is not None
    }


def assert_readable(files):
    """Check that no page is cut short, and that a reader who starts at home meets no dead link."""
    for uri, content in files.items():
        if uri.endswith(".html"):
            assert content.endswith((b"</html>", b"</html>\n")), uri
    waiting = ["index.html"] if "index.html" in files else []
    seen = set(waiting)
    while waiting:
        uri = waiting.pop()
        for wanted, link in targets_of(uri, files[uri]).items():
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


def resurrect(disk, death):
    """Put in place what the dead process left behind; what stands there already stays."""
    disk.known.clear()  # what a build has written may look as it did before
    there = disk.look()
    for path in sorted(there, reverse=True):
        if path not in death or (there[path] is None) != (death[path] is None):
            (disk.root / path).rmdir() if there[path] is None else (disk.root / path).unlink()
            disk.forget(path)
    for path, found in sorted(death.items()):
        if path in there and found == there[path]:
            continue
        if found is None:
            (disk.root / path).mkdir(exist_ok=True)
        else:
            (disk.root / path).write_bytes(found[1])
            os.utime(disk.root / path, ns=(found[0], found[0]))
            disk.forget(path)


def assert_mended(newsroom, recorder, wanted, again_after):
    """Look at what each death has left; build again after each of so many."""
    step = 1 if os.environ.get("GUONGSANG_DEATHS") == "all" else again_after
    site = None
    for number, death in enumerate(list(recorder.deaths)):
        if site != (site := read_site(death)):  # else only what is remembered has changed
            assert_readable(site)
        if number % step:
            continue
        resurrect(recorder.disk, death)
        newsroom.build()
        assert newsroom.bytes() == wanted, f"died before operation {number}"


@pytest.mark.long
@pytest.mark.parametrize("first", [True, False], ids=["first-build", "edit"])
def test_a_build_may_die_at_any_file_operation(newsroom, recorder, first):
    if not first:
        newsroom.build()
        assert_readable(read_site(recorder.disk.look()))
        edit_much(newsroom)
    recorder.is_on = True
    newsroom.build()
    recorder.is_on = False
    assert_readable(read_site(recorder.disk.look()))
    wanted = newsroom.clean_bytes()
    assert newsroom.bytes() == wanted
    # A first build moves the whole folder at once, and may have made the pictures before.
    assert len(recorder.deaths) > (15 if first else 40)
    assert_mended(newsroom, recorder, wanted, AGAIN_AFTER)


@pytest.mark.long
def test_a_build_of_few_stories_may_die_at_any_file_operation(newsroom, recorder, touched):
    """The second one: what it notes stands beside what the first has noted."""
    newsroom.build()
    for turn, title in enumerate(("Con chữ", "Chữ trên núi")):
        newsroom.edit(
            "con-chu", "title: Con chữ" if turn else "title: Con chữ lên Mù Cả", f"title: {title}"
        )
        time.sleep(0.02)
        recorder.is_on = bool(turn)
        newsroom.build()
        recorder.is_on = False
    assert len(touched) == 2
    wanted = newsroom.clean_bytes()
    assert newsroom.bytes() == wanted
    assert len(recorder.deaths) > 10
    assert_mended(newsroom, recorder, wanted, AGAIN_AFTER)


def start_build(newsroom, *options):
    return subprocess.Popen(
        [sys.executable, "-c", BUILD, "build", *options, "--root", str(newsroom.root)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "SOURCE_DATE_EPOCH": NOW},
        text=True,
    )


@pytest.mark.long
@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_process_that_is_really_killed(published):
    edit_much(published)
    began = time.monotonic()
    with start_build(published, "--site-dir", str(published.root / "elsewhere")) as measured:
        assert measured.wait() == 0
    whole = time.monotonic() - began
    for share in (0.6, 0.7, 0.8, 0.9):
        with start_build(published) as process:
            time.sleep(whole * share)
            process.send_signal(signal.SIGKILL)
        assert_readable(read_site(Disk(published.root).look()))
    published.build()
    assert published.bytes() == published.clean_bytes()


def test_two_builders_at_once(published):
    edit_much(published)
    with start_build(published) as first, start_build(published) as second:
        told = [process.communicate()[0] for process in (first, second)]
    assert [first.returncode, second.returncode] == [0, 0], told
    assert published.bytes() == published.clean_bytes()
    assert re.search("Đã dựng|Không có gì thay đổi", "".join(told))
