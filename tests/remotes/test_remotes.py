"""The six verbs mean the same at every kind of place."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from tests.remotes.servers import KINDS

from guongsang.deploy.config import load_target, read_login
from guongsang.remotes.open import open_remote
from guongsang.remotes.remote import HOLDER, RemoteError

LETTERS = "Gương sáng bản Mường\n".encode()


@pytest.fixture(scope="module", params=KINDS)
def far(request):
    with KINDS[request.param]() as far:
        yield far


@pytest.fixture
def open_far(far, tmp_path, monkeypatch):
    for name, text in far.env.items():
        monkeypatch.setenv(name, text)
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "deploy.toml").write_text(far.tell())
    opened = []

    def open_far():
        target = load_target(tmp_path, None)
        login = read_login(target.name, {**far.env}, None)
        opened.append(open_remote(target.place, login, tmp_path, lambda _: {}))
        return opened[-1]

    yield open_far
    for each in opened:
        each.close()


def test_what_is_written_is_read_and_replaced(open_far, far):
    remote = open_far()
    remote.make_folder("2026/")
    remote.make_folder("2026/con-chu/")
    for content in (LETTERS, b"", bytes(range(256)) * 4000, b"\r\n\r"):
        remote.write("2026/con-chu/index.html", content)
        assert remote.read("2026/con-chu/index.html") == content
        assert (far.root / "2026/con-chu/index.html").read_bytes() == content
    assert [path.name for path in (far.root / "2026/con-chu").iterdir()] == ["index.html"]


def test_what_is_not_there_is_none_and_no_matter(open_far):
    remote = open_far()
    for path in ("khong-co.html", "khong/co/index.html"):
        assert remote.read(path) is None
        remote.remove(path)
    remote.remove("khong-co/")


def test_folders_go_when_they_are_empty_and_no_earlier(open_far, far):
    remote = open_far()
    remote.make_folder("anh/")
    remote.make_folder("anh/")
    remote.make_folder("anh/con-chu/")
    remote.write("anh/con-chu/bia.jpg", b"1")
    remote.remove("anh/con-chu/")
    assert (far.root / "anh/con-chu/bia.jpg").exists()
    remote.remove("anh/con-chu/bia.jpg")
    remote.remove("anh/con-chu/")
    assert list((far.root / "anh").iterdir()) == []


def test_a_file_whose_folder_is_gone_is_told_as_that(open_far):
    with pytest.raises(RemoteError) as raised:
        open_far().write("khong/co/index.html", b"1")
    assert raised.value.reason == "no-parent"


def test_a_lock_is_for_one(open_far):
    first, second = open_far(), open_far()
    assert first.lock("khoa/", b'{"who": "a"}')
    assert not second.lock("khoa/", b'{"who": "b"}')
    assert second.read(f"khoa/{HOLDER}") == b'{"who": "a"}'
    first.write(f"khoa/{HOLDER}", b'{"who": "a again"}')
    first.unlock("khoa/")
    assert second.lock("khoa/", b"{}")
    second.unlock("khoa/")


def test_several_threads_may_write_at_once(open_far, far):
    remote = open_far()
    remote.make_folder("nhieu/")
    failed = []

    def write(turn):
        try:
            for number in range(5):
                remote.write(f"nhieu/{turn}-{number}.html", f"{turn} {number}".encode() * 3000)
        except Exception as error:  # noqa: BLE001 - told below
            failed.append(error)

    threads = [threading.Thread(target=write, args=[turn]) for turn in range(remote.workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert {path.name: path.read_bytes() for path in (far.root / "nhieu").iterdir()} == {
        f"{turn}-{number}.html": f"{turn} {number}".encode() * 3000
        for turn in range(remote.workers)
        for number in range(5)
    }


def test_a_reader_never_sees_half_a_file(open_far, far):
    """The old one or the new one, while one is replaced by the other."""
    remote = open_far()
    old, new = b"a" * 300_000, b"b" * 300_000
    remote.write("trang.html", old)
    seen, ends = set(), threading.Event()

    def look():
        while not ends.is_set():
            seen.add((far.root / "trang.html").read_bytes())

    reader = threading.Thread(target=look)
    reader.start()
    for _ in range(5):
        remote.write("trang.html", new)
        remote.write("trang.html", old)
    ends.set()
    reader.join()
    assert seen <= {old, new}


def test_the_place_is_below_the_folder_that_is_named(open_far, far):
    open_far().write("o-dau.txt", b"1")
    assert (far.root / "o-dau.txt").exists()
    assert far.root.name == Path(far.root).name == "public_html"
