"""A small whole newsroom for tests of everything above the rooms; real stories are never read."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import CodeType
from typing import ClassVar
from unittest import mock

import mkdocs
import pytest
from jinja2 import BytecodeCache, Environment, FileSystemLoader
from jinja2.bccache import Bucket
from mkdocs.theme import Theme
from PIL import Image, ImageCms, ImageDraw

from guongsang.cli.main import main
from guongsang.preview.serve import build_preview
from guongsang.preview.state import Stage

pytest_plugins = ("tests.contents", "tests.hangs", "tests.tools")

SITES = Path(__file__).parent / "sites"
GOOD = SITES / "good"
INSTALLED = Path(mkdocs.__file__).parent.parent
LENT = (".cache/guongsang/photos", ".cache/guongsang/fonts")
NAME = "newsroom"
NOW = "1782864000"  # 2026-07-01 07:00 in Vietnam: after every public story of the good newsroom


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command returned and printed."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Newsroom:
    """A newsroom in a temporary folder."""

    root: Path

    @property
    def site(self) -> Path:
        return self.root / "site"

    @property
    def cache(self) -> Path:
        return self.root / ".cache"

    def path(self, slug: str) -> Path:
        """Return the index.md of a story."""
        (found,) = self.root.glob(f"stories/*/{slug}/index.md")
        return found

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a text that must be there, in a file or in the story of that slug."""
        path = self.root / name if "/" in name or "." in name else self.path(name)
        text = path.read_text("utf-8")
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new), "utf-8")

    def run(self, command: str, *options: str, now: str = NOW, **env: str) -> Ran:
        """Run a command in process."""
        out, err = io.StringIO(), io.StringIO()
        settings = {"SOURCE_DATE_EPOCH": now, "NO_MKDOCS_2_WARNING": "1", **env}
        with (
            mock.patch.dict(os.environ, settings),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            code = main([command, *options, "--root", str(self.root)])
        return Ran(code, out.getvalue(), err.getvalue())

    def build(self, *options: str, now: str = NOW, **env: str) -> Ran:
        """Build, which must succeed."""
        ran = self.run("build", *options, now=now, **env)
        assert ran.code == 0, ran.err
        return ran

    def forget(self) -> None:
        """Lose what builds remember, but for photos and fonts, which take long to make."""
        for path in (self.cache / "guongsang").iterdir():
            if path.relative_to(self.root).as_posix() not in LENT:
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def bytes(self) -> dict[str, str]:
        """Return the digest of every published file by address."""
        return digests(self.site)

    def clean_bytes(self, now: str = NOW) -> dict[str, str]:
        """Return what a clean build of this newsroom publishes, made elsewhere."""
        other = self.root.parent / f"{self.root.name}-clean"
        shutil.rmtree(other, ignore_errors=True)
        clean = copy_newsroom(self, other)
        clean.build("--clean", now=now)
        return clean.bytes()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the long ones: at the end nobody waits for one of them alone."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def draw_photo(path: Path, width: int = 1600, height: int = 1000, **options: object) -> None:
    """Draw a JPEG of some kilobytes, different for every path."""
    tint = hashlib.sha256(f"{path.parent.name}/{path.name}".encode()).digest()
    image = Image.new("RGB", (width, height), tuple(tint[:3]))
    ImageDraw.Draw(image).ellipse(
        (width // 4, height // 4, width // 2, height // 2), tuple(tint[3:6])
    )
    image.save(path, quality=75, **options)


def make_film(number: int = 0) -> bytes:
    """Make a film whose one track holds nothing: another file for every number."""

    def box(name: bytes, *parts: bytes) -> bytes:
        body = b"".join(parts)
        return (len(body) + 8).to_bytes(4, "big") + name + body

    described = box(b"stsd", bytes(7), b"\1", box(b"avc1"))
    media = (box(b"hdlr", bytes(8), b"vide"), box(b"minf", box(b"stbl", described)))
    film = box(b"moov", box(b"trak", box(b"mdia", *media)))
    return box(b"ftyp", b"isom", bytes(4)) + film + box(b"mdat", number.to_bytes(8, "big"))


def _make(root: Path) -> Newsroom:
    shutil.copytree(GOOD, root, dirs_exist_ok=True)
    for story in root.glob("stories/*/*/index.md"):
        for line in story.read_text("utf-8").splitlines():
            name = line.strip(" -").removeprefix("src: ")
            if line.strip(" -").startswith("src: ") and name.endswith(".jpg"):
                draw_photo(story.parent / name, icc_profile=_profile())
    turned = Image.Exif()
    turned[0x0112] = 6
    draw_photo(root / "stories/2026/con-chu/lop-hoc.jpg", exif=turned)
    (root / "stories/2026/mot-giot-mau/danh-sach.pdf").write_bytes(b"%PDF-1.4\n")
    for name, head in (("doc-tieng-mong.mp3", b"ID3\x04"), ("loi-ke.m4a", b"\0\0\0\x20ftypM4A ")):
        (root / "stories/2026/mot-giot-mau" / name).write_bytes(head + name.encode())
    return Newsroom(root)


@cache
def _profile() -> bytes:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile[:24] + bytes(12) + profile[36:]  # without the moment of its making


def _lend_cache(source: Path, target: Path) -> None:
    """Lend what takes long to make and depends on nothing else: sizes of photos, fonts."""
    for name in LENT:
        if (source / name).is_dir():
            shutil.copytree(source / name, target / name, dirs_exist_ok=True)


def copy_newsroom(newsroom: Newsroom, root: Path) -> Newsroom:
    """Copy a newsroom as it would be before its first build, but for photos and fonts."""
    shutil.copytree(newsroom.root, root, ignore=shutil.ignore_patterns("site", ".cache"))
    _lend_cache(newsroom.root, root)
    return Newsroom(root)


@dataclass(slots=True)
class Lent:
    """A folder lent to one test after another, each time as it was when it was kept.

    What nobody has touched stays as it is: so what a build remembers of files holds, and a
    newsroom that was built need not be built again.
    """

    root: Path
    kept: Path
    _stamps: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def keep(self) -> None:
        shutil.copytree(self.root, self.kept, symlinks=True)
        self._stamps = {name: _stamp(entry) for name, entry in _walk(self.root)}

    def borrow(self) -> Newsroom:
        """Return the newsroom in the folder, as it was when it was kept."""
        self.restore()
        return Newsroom(self.root / NAME)

    def restore(self) -> None:
        there = dict(_walk(self.root))
        changed = {name for name, entry in there.items() if _stamp(entry) != self._stamps.get(name)}
        for name in sorted(changed, reverse=True):
            path = self.root / name
            if there[name].is_dir(follow_symlinks=False):
                path.rmdir()
            else:
                path.unlink()
        for name in sorted(self._stamps.keys() - (there.keys() - changed)):
            source, target = self.kept / name, self.root / name
            if source.is_dir() and not source.is_symlink():
                target.mkdir()
            else:
                shutil.copy2(source, target, follow_symlinks=False)
            stat = target.stat(follow_symlinks=False)
            self._stamps[name] = _stamp_of(stat, is_folder=target.is_dir())


def _walk(root: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield what is below a folder by its path there."""
    waiting = [root]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                yield Path(entry.path).relative_to(root).as_posix(), entry
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(Path(entry.path))


def _stamp(entry: os.DirEntry[str]) -> tuple[int, ...]:
    return _stamp_of(
        entry.stat(follow_symlinks=False), is_folder=entry.is_dir(follow_symlinks=False)
    )


def _stamp_of(stat: os.stat_result, *, is_folder: bool) -> tuple[int, ...]:
    if is_folder:  # its times tell only that something in it has changed
        return (stat.st_mode,)
    return (stat.st_mode, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)


class Compiled(BytecodeCache):
    """The theme's templates, compiled once in this process for as long as their text is the same.

    Else half the time of all these small builds would go into compiling the same templates, and
    into listing the 14,000 icons of the theme.
    """

    kept: ClassVar[dict[str, tuple[str, CodeType]]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self.kept.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = (bucket.checksum, bucket.code)


class Listed(FileSystemLoader):
    """Lists the folders of installed themes once; only those of a newsroom may change."""

    def list_templates(self) -> list[str]:
        found: set[str] = set()
        for folder in self.searchpath:
            is_installed = Path(folder).is_relative_to(INSTALLED)
            found.update(list_installed(folder) if is_installed else _list_now(folder))
        return sorted(found)


def _list_now(folder: str) -> frozenset[str]:
    return frozenset(FileSystemLoader(folder).list_templates())


@cache
def list_installed(folder: str) -> frozenset[str]:
    """List a theme without what begins with a dot: MkDocs passes over that anyway."""
    return frozenset(name for name in _list_now(folder) if not name.startswith("."))


@pytest.fixture(scope="session", autouse=True)
def _themes_are_kept() -> Iterator[None]:
    make = Theme.get_env

    def get_env(theme: Theme) -> Environment:
        made = make(theme)
        made.loader, made.bytecode_cache = Listed(theme.dirs), Compiled()
        return made

    with mock.patch.object(Theme, "get_env", get_env):
        yield


@pytest.fixture(scope="session", autouse=True)
def _one_core() -> Iterator[None]:
    """What runs here in process forks nothing: other tests have the other cores, and this process
    is so large that each fork would cost more than it brings."""
    with mock.patch.object(os, "cpu_count", return_value=1):
        yield


@pytest.fixture(scope="session")
def sites() -> Path:
    """The folder of whole sites and stories, good and bad."""
    return SITES


@pytest.fixture(scope="session")
def lend_cache() -> Callable[[Path, Path], None]:
    """Lend from the folder of one newsroom to another what takes long to make."""
    return _lend_cache


@pytest.fixture(scope="session")
def open_newsroom(built: Newsroom) -> Callable[[Path], Newsroom]:
    """Open the newsroom in a folder, to run commands there."""

    def open_newsroom(root: Path) -> Newsroom:
        _lend_cache(built.root, root)
        return Newsroom(root)

    return open_newsroom


@pytest.fixture(scope="session", name="draw_photo")
def _draw_photo() -> Callable[..., None]:
    return draw_photo


@pytest.fixture(scope="session", name="make_film")
def _make_film() -> Callable[..., bytes]:
    return make_film


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """The good newsroom, built once. Read only."""
    made = _make(tmp_path_factory.mktemp("built"))
    made.build()
    return made


@pytest.fixture(scope="session")
def built_below(built: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """The good newsroom published below a path. Read only."""
    made = copy_newsroom(built, tmp_path_factory.mktemp("below") / NAME)
    made.edit("mkdocs.yml", "https://guong.example/", "https://guong.example/bao/guong/")
    made.build()
    return made


@pytest.fixture
def newsroom(built: Newsroom, tmp_path: Path) -> Newsroom:
    """The good newsroom, not built yet, to do anything with. Photos and fonts are made already."""
    return copy_newsroom(built, tmp_path / NAME)


def lend(built: Newsroom, home: Path, prepare: Callable[[Newsroom], None]) -> Lent:
    """Make a good newsroom to lend, and prepare it once."""
    lent = Lent(home / "lent", home / "kept")
    prepare(copy_newsroom(built, lent.root / NAME))
    lent.keep()
    return lent


@pytest.fixture(scope="session")
def _previewed(built: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> Lent:
    def prepare(made: Newsroom) -> None:
        folder = made.cache / "guongsang/preview"
        with mock.patch.dict(os.environ, SOURCE_DATE_EPOCH=NOW, NO_MKDOCS_2_WARNING="1"):
            done = build_preview(made.root / "mkdocs.yml", folder, Stage(), lang="vi")
        assert done.report is not None

    return lend(built, tmp_path_factory.mktemp("previewed"), prepare)


@pytest.fixture(scope="session")
def _published(built: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> Lent:
    return lend(built, tmp_path_factory.mktemp("published"), lambda made: made.build())


@pytest.fixture
def previewed(_previewed: Lent) -> Newsroom:
    """The good newsroom with its preview, to do anything with, as is the folder it stands in."""
    return _previewed.borrow()


@pytest.fixture
def published(_published: Lent) -> Newsroom:
    """The good newsroom, built once, to do anything with, as is the folder it stands in."""
    return _published.borrow()


@pytest.fixture
def make_newsroom(built: Newsroom, tmp_path: Path) -> Iterator[Callable[[str], Newsroom]]:
    """Make several good newsrooms, each in a folder of that name."""

    def make(name: str) -> Newsroom:
        return copy_newsroom(built, tmp_path / name)

    yield make
