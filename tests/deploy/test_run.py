"""An upload to a folder: exactly what differs, in any circumstances to its end."""

from __future__ import annotations

import contextlib
import shutil
import threading
import zlib

import pytest
from tests.deploy.places import KilledError, Watched, list_folders, read_place

from guongsang.deploy.local import NotBuiltError, Site
from guongsang.deploy.run import StoppedError, TooManyRemovalsError
from guongsang.deploy.state import FOLDER
from guongsang.remotes.folder import FolderRemote
from guongsang.remotes.remote import RemoteError

FIRST = {
    "index.html": "trang đầu",
    "2026/mot/index.html": "bài một",
    "2026/hai/index.html": "bài hai",
    "anh/hai/bia-1.jpg": "ảnh hai",
    "tai-nguyen/site.1.css": "css",
    "tai-nguyen/tim.1.bin": "tìm",
    "rss.xml": "nguồn tin",
}
SECOND = {
    "index.html": "trang đầu mới",
    "2026/mot/index.html": "bài một sửa",
    "2026/ba/index.html": "bài ba",
    "anh/ba/bia-2.jpg": "ảnh ba",
    "tai-nguyen/site.2.css": "css mới",
    "tai-nguyen/tim.2.bin": "tìm mới",
    "rss.xml": "nguồn tin",
}
LATE = {"tai-nguyen/site.1.css": "css"}


def test_only_what_differs_is_written_and_removed(make_site, deploy, place, watch):
    deploy(make_site(FIRST))
    assert read_place(place) == FIRST
    remote = watch()
    done = deploy(make_site(SECOND, "second"), remote)
    assert read_place(place) == SECOND | LATE
    assert set(remote.list("write")) == {
        path for path, text in SECOND.items() if FIRST.get(path) != text
    }
    gone = {"2026/hai/index.html", "anh/hai/bia-1.jpg", "tai-nguyen/tim.1.bin"}
    assert set(remote.list("remove")) == gone | {"2026/hai/", "anh/hai/"}
    assert (len(done.added), len(done.changed), len(done.removed)) == (4, 2, 3)
    assert done.size == sum(len(SECOND[path].encode()) for path in {*done.added, *done.changed})


def test_nothing_is_written_where_nothing_differs(make_site, deploy, place, watch):
    deploy(make_site(FIRST))
    remote = watch()
    done = deploy(make_site(FIRST), remote)
    assert done.is_nothing and remote.changes == []


def test_a_dry_run_tells_the_same_and_writes_nothing(make_site, deploy, place, watch):
    deploy(make_site(FIRST))
    remote = watch()
    told = deploy(make_site(SECOND, "second"), remote, dry_run=True)
    assert remote.changes == [] and read_place(place) == FIRST
    assert deploy(make_site(SECOND, "second")) == told


def test_no_file_no_folder_and_no_name_of_a_removed_page_is_left(make_site, deploy, place):
    deploy(make_site(FIRST))
    deploy(make_site(SECOND, "second"))
    assert not [path for path in place.rglob("*") if "hai" in path.name]

    for path in (place / FOLDER).glob("*.bin"):
        assert b"hai" not in zlib.decompress(path.read_bytes().partition(b"\n")[2])


def test_what_others_put_there_stays(make_site, deploy, place):
    others = {
        "cgi-bin/mau.cgi": "của nơi cho thuê",
        ".well-known/acme-challenge/abc": "chứng thư",
        "2026/hai/ghi-chu.txt": "của ai đó",
        "trang-khac.html": "trang khác",
    }
    for path, text in others.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_text(text, "utf-8")
    deploy(make_site(FIRST))
    deploy(make_site(SECOND, "second"))
    assert read_place(place) == SECOND | LATE | others


@pytest.mark.parametrize("most", [0, 2])
def test_too_many_removals_stop_before_the_first_write(make_site, deploy, place, watch, most):
    deploy(make_site(FIRST))
    before = read_place(place, state=True)
    remote = watch()
    with pytest.raises(TooManyRemovalsError) as raised:
        deploy(make_site(SECOND, "second"), remote, max_removed=most)
    assert len(raised.value.removed) == 3
    assert remote.changes == [] and read_place(place, state=True) == before
    deploy(make_site(SECOND, "second"), max_removed=3)
    assert read_place(place) == SECOND | LATE


def test_who_stops_an_upload_keeps_what_was_done(make_site, deploy, place):
    stop = threading.Event()

    class Stopping(FolderRemote):
        workers = 1

        def write(self, path, content):
            super().write(path, content)
            if len(read_place(place)) == 3:
                stop.set()

    with pytest.raises(StoppedError):
        deploy(make_site(FIRST), Stopping(place), stop=stop)
    assert len(read_place(place)) == 3
    rest = Watched(FolderRemote(place))
    assert deploy(make_site(FIRST), rest).is_resumed
    assert read_place(place) == FIRST
    assert len(rest.list("write")) == len(FIRST) - 3


def test_a_far_file_that_was_damaged_is_found_and_sent_again(make_site, deploy, place, watch):
    deploy(make_site(FIRST))
    (place / "index.html").write_text("bị sửa", "utf-8")
    (place / "2026/mot/index.html").unlink()
    (place / "2026/mot").rmdir()
    assert deploy(make_site(FIRST)).is_nothing
    remote = watch()
    done = deploy(make_site(FIRST), remote, verify=True)
    assert done.damaged == 2
    assert set(remote.list("write")) == {"index.html", "2026/mot/index.html"}
    assert read_place(place) == FIRST


def test_a_htaccess_that_was_a_file_of_the_site_becomes_a_part_of_one(make_site, deploy, place):
    site = make_site({"index.html": "1", ".htaccess": "Options -Indexes"})
    deploy(site)
    (place / ".htaccess").write_text("Options -Indexes\n# thêm ở máy chủ")
    deploy(make_site({"index.html": "2", ".htaccess": "Options -Indexes"}), server="apache")
    told = (place / ".htaccess").read_text("utf-8")
    assert told.startswith("Options -Indexes\n# thêm ở máy chủ\n")
    assert told.endswith("# BEGIN guongsang\nOptions -Indexes\n# END guongsang\n")


def test_a_folder_that_somebody_took_away_is_made_again(make_site, deploy, place):
    deploy(make_site(FIRST))
    (place / "2026/mot/index.html").unlink()
    (place / "2026/mot").rmdir()
    deploy(make_site({**FIRST, "2026/mot/index.html": "sửa"}, "second"))
    assert read_place(place)["2026/mot/index.html"] == "sửa"


def test_another_machine_goes_on_from_what_the_place_tells(make_site, deploy, place, watch):
    deploy(make_site(FIRST), home="here")
    remote = watch()
    deploy(make_site(SECOND, "second"), remote, home="there")
    assert read_place(place) == SECOND | LATE
    assert "rss.xml" not in remote.list("write")
    assert deploy(make_site(SECOND, "second"), home="here").is_nothing


@pytest.mark.parametrize("name", ["journal.bin", "base-a.bin"])
def test_a_damaged_state_is_told_and_nothing_is_guessed(make_site, deploy, place, watch, name):
    deploy(make_site(FIRST), home="here")
    content = bytearray((place / FOLDER / name).read_bytes())
    content[-9] ^= 1
    (place / FOLDER / name).write_bytes(content)
    remote = watch()
    with pytest.raises(RemoteError) as raised:
        deploy(make_site(SECOND, "second"), remote, home="there")
    assert raised.value.reason == "state" and raised.value.told["path"].endswith(name)
    assert remote.changes == []


def count_changes(make_site, deploy, watch):
    remote = watch()
    deploy(make_site(SECOND, "second"), remote)
    return len(remote.changes)


@pytest.mark.parametrize("half", [False, True])
@pytest.mark.parametrize("is_first", [False, True])
def test_a_run_may_die_at_any_change(make_site, deploy, place, tmp_path, half, is_first):
    """The next one ends equal to the site, and sends only what is missing."""
    if not is_first:
        deploy(make_site(FIRST))
    start = tmp_path / "start"
    shutil.copytree(place, start)
    wanted = SECOND if is_first else SECOND | LATE
    number = 0
    while True:
        number += 1
        shutil.rmtree(place)
        shutil.copytree(start, place)
        remote = Watched(FolderRemote(place), dies_at=number, half=half)
        try:
            deploy(make_site(SECOND, "second"), remote)
        except KilledError:
            pass
        else:
            break
        there = read_place(place)
        again = Watched(FolderRemote(place))
        deploy(make_site(SECOND, "second"), again)
        assert read_place(place) == wanted, number
        missing = {path for path, text in SECOND.items() if there.get(path) != text}
        assert set(again.list("write")) == missing, number
        assert len(again.list("write")) == len(missing)
        assert list_folders(place) == {
            f"{path[:at]}/" for path in wanted for at, letter in enumerate(path) if letter == "/"
        }
        assert {path.name for path in (place / FOLDER).iterdir()} <= {
            "base-a.bin",
            "base-b.bin",
            "journal.bin",
        }
        assert len(list((place / FOLDER).glob("base-*"))) == 1, number
        assert deploy(make_site(SECOND, "second")).is_nothing
    assert number > 20


def test_a_site_that_changes_after_a_stop_leaves_nothing_behind(make_site, deploy, place, tmp_path):
    """What the stopped run may have written and nobody wants any more goes, folders too."""
    deploy(make_site(FIRST))
    start = tmp_path / "start"
    shutil.copytree(place, start)
    for number in range(1, 60):
        shutil.rmtree(place)
        shutil.copytree(start, place)
        dying = Watched(FolderRemote(place), dies_at=number, half=bool(number % 2))
        with contextlib.suppress(KilledError):
            deploy(make_site(SECOND, "second"), dying)
        deploy(make_site(FIRST))
        late = {"tai-nguyen/site.2.css": "css mới"}
        there = read_place(place)
        assert there in (FIRST, FIRST | late), (number, there.keys() - FIRST.keys())
        assert not [path for path in place.rglob("*") if path.name in ("ba", "bia-2.jpg")], number


def test_what_is_done_for_sure_is_not_even_read_again(make_site, deploy, place, monkeypatch):
    """A run that ends by an error tells how far it has come."""
    files = {f"2026/bai-{number:03}/index.html": f"bài {number}" for number in range(40)}
    remote = Watched(FolderRemote(place))
    real = FolderRemote.write

    def write(self, path, content):
        if path == "2026/bai-030/index.html":
            raise RemoteError("full", path=path)
        real(self, path, content)

    with monkeypatch.context() as patched:
        patched.setattr(FolderRemote, "write", write)
        with pytest.raises(RemoteError) as raised:
            deploy(make_site(files), remote)
    assert raised.value.reason == "full"
    assert not (place / FOLDER / "lock").exists()
    reads = []
    real_read = FolderRemote.read
    monkeypatch.setattr(
        FolderRemote, "read", lambda self, path: (reads.append(path), real_read(self, path))[1]
    )
    again = Watched(FolderRemote(place))
    done = deploy(make_site(files), again)
    assert done.is_resumed
    assert sorted(again.list("write")) == [f"2026/bai-{n:03}/index.html" for n in range(30, 40)]
    assert {path for path in reads if path.startswith("2026/")} == set(again.list("write"))
    assert read_place(place) == files


def test_a_file_that_changes_while_it_is_sent_stops_the_run(make_site, deploy, place):

    site = make_site(FIRST)
    (site.folder / "rss.xml").write_text("bản dựng khác", "utf-8")
    with pytest.raises(NotBuiltError) as raised:
        deploy(site)
    assert raised.value.reason == "rebuilt"
    deploy(make_site(FIRST))
    assert read_place(place) == FIRST


def test_one_page_among_many_moves_little_state(make_site, deploy, place, watch):
    """The list of all files is neither read nor written for it, however often."""
    files = {f"2026/bai-so-{number}/index.html": f"bài {number}" for number in range(4000)}
    site = make_site(files)
    deploy(site)
    whole = max(path.stat().st_size for path in (place / FOLDER).iterdir())
    assert whole > 80_000
    for turn in range(12):
        edited = make_site({f"2026/bai-so-{turn}/index.html": f"sửa lần {turn}"})
        site = Site(site.folder, site.digests | edited.digests, site.sizes | edited.sizes)
        remote = watch()
        deploy(site, remote)
        assert sum(remote.moved.values()) < 20_000
        assert len(remote.list("write")) == 1
