"""The sample newsroom on real servers: counted there, one edited sentence moves just its files."""

from __future__ import annotations

import os
import shutil
import threading
from urllib.request import Request, urlopen

import pytest
from tests.conftest import digests
from tests.remotes.servers import KINDS, moto
from tests.remotes.wires import bucket

from guongsang.deploy.config import load_target, read_login
from guongsang.deploy.lock import FarLock
from guongsang.deploy.run import Deploy, Wishes
from guongsang.deploy.state import FOLDER, FarState
from guongsang.exports.servers import describe_file
from guongsang.remotes.open import open_remote
from guongsang.remotes.remote import RemoteError


@pytest.fixture(scope="module", params=[kind for kind in KINDS if kind != "folder"])
def far(request):
    with KINDS[request.param]() as far:
        yield far


def publish(newsroom, far, home, *options, code=0):
    (newsroom.root / "deploy.toml").write_text(far.tell(), "utf-8")
    ran = newsroom.run("deploy", *options, HOME=str(home), **far.env)
    assert ran.code == code, ran.err
    return ran


def look(root):
    """Return what tells each file from any that is written later."""
    return {
        path.relative_to(root).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in root.rglob("*")
        if path.is_file()
    }


def list_ours(found):
    return {path for path in found if path.startswith(FOLDER)}


def read_site(folder):
    return {path: digest for path, digest in digests(folder).items() if path != ".guongsang"}


def test_one_edited_sentence_writes_and_removes_exactly_what_changed(published, far, tmp_path):
    newsroom = published
    publish(newsroom, far, tmp_path)
    there = digests(far.root)
    was = read_site(newsroom.site)
    assert {path: there[path] for path in there.keys() - list_ours(there)} == was
    before = look(far.root)
    newsroom.edit("con-chu", "Kết bài", "Đoạn kết")
    newsroom.build()
    now = read_site(newsroom.site)
    ran = publish(newsroom, far, tmp_path)
    after = look(far.root)
    written = {path for path, mark in after.items() if before.get(path) != mark}
    removed = before.keys() - after.keys()
    assert written - list_ours(written) == {path for path in now if now[path] != was.get(path)}
    assert removed - list_ours(removed) == was.keys() - now.keys()
    there = digests(far.root)
    assert {path: there[path] for path in there.keys() - list_ours(there)} == now
    assert len(list_ours(after)) == 2  # base and journal: no lock, no work, no draft
    for secret in far.env.values():
        assert secret not in ran.out + ran.err
    assert "đã giống hệt" in publish(newsroom, far, tmp_path).out
    shutil.rmtree(far.root)
    far.root.mkdir()
    if os.geteuid() == 0:
        os.chown(far.root, 65534, 65534)


@pytest.mark.long
def test_on_s3_too(published, tmp_path):
    newsroom = published
    with moto() as far, bucket(far.port, ignores_conditions=True) as told:
        urlopen(Request(f"http://127.0.0.1:{far.port}/kho-bai-thu", method="PUT")).close()
        far.settings["endpoint"] = f"http://127.0.0.1:{told.port}"
        publish(newsroom, far, tmp_path)
        was = read_site(newsroom.site)
        assert set(told.list("PUT")) == was.keys()
        told.asked.clear()
        newsroom.edit("con-chu", "Kết bài", "Đoạn kết")
        newsroom.build()
        now = read_site(newsroom.site)
        publish(newsroom, far, tmp_path)
        changed = {path for path in now if now[path] != was.get(path)}
        assert sorted(told.list("PUT")) == sorted(changed)
        assert set(told.list("DELETE")) == was.keys() - now.keys()
        assert "đã giống hệt" in publish(newsroom, far, tmp_path, "--verify").out


@pytest.mark.long
def test_two_at_once_on_s3_never_mix(tmp_path, make_site):
    """Also where a server ignores conditions: one publishes, the other hears who does."""
    with moto() as far, bucket(far.port, ignores_conditions=True) as told:
        urlopen(Request(f"http://127.0.0.1:{far.port}/kho-bai-thu", method="PUT")).close()
        far.settings["endpoint"] = f"http://127.0.0.1:{told.port}"
        (tmp_path / "deploy.toml").write_text(far.tell(), "utf-8")
        target = load_target(tmp_path, None)
        sites = [
            make_site({f"2026/{n}/index.html": f"{name} {n}" for n in range(60)}, name)
            for name in ("mot", "hai")
        ]
        barrier, ended = threading.Barrier(2), {}

        def run(number):
            remote = open_remote(
                target.place, read_login("chinh", far.env, None), tmp_path, describe_file
            )
            state = FarState(remote, tmp_path / f"{number}.bin")
            barrier.wait()
            try:
                Deploy(sites[number], remote, state, FarLock(remote, ""), wishes=Wishes()).run()
                ended[number] = "done"
            except RemoteError as error:
                ended[number] = error.reason

        threads = [threading.Thread(target=run, args=[number]) for number in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert sorted(ended.values()) == ["busy", "done"]
        (winner,) = [number for number, how in ended.items() if how == "done"]
        remote = open_remote(
            target.place, read_login("chinh", far.env, None), tmp_path, describe_file
        )
        for path in sites[0].digests:
            assert remote.read(path) == sites[winner].read(path)
