"""Several machines: a real Dask cluster of processes, one of which is killed in the middle."""

import json
import shutil
import subprocess
import sys
import time
from contextlib import ExitStack

import pytest
from distributed import Client
from PIL import Image

from guongsang.cli.messages.all import say
from guongsang.photos import cluster as cluster_module
from guongsang.photos.cluster import ClusterError, open_cluster
from guongsang.photos.plan import Recipe
from guongsang.problems.rules import LANGUAGES

# Importing, like starting a process, takes seconds on a busy machine.
PATIENCE = 60


def start(*arguments, cwd):
    return subprocess.Popen(
        [sys.executable, "-m", "dask", *arguments],
        cwd=cwd,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


class Cluster:
    """A scheduler and its workers, each a process of its own."""

    def __init__(self, folder, workers):
        told = folder / "scheduler.json"
        options = ["--host", "127.0.0.1", "--no-dashboard"]
        self._stack = ExitStack()
        self._start("scheduler", *options, "--port", "0", "--scheduler-file", told, cwd=folder)
        end = time.monotonic() + PATIENCE
        while not (told.exists() and told.read_text()):
            assert time.monotonic() < end, "no scheduler"
            time.sleep(0.05)
        address = json.loads(told.read_text())["address"]
        self.address = address.replace("tcp://", "dask://")
        options += ["--no-nanny", "--nthreads", "1", "--death-timeout", str(PATIENCE)]
        self.workers = [
            self._start("worker", address, *options, cwd=folder) for _ in range(workers)
        ]
        self._wait_for(address, workers)

    def _start(self, *arguments, cwd):
        process = start(*map(str, arguments), cwd=cwd)
        self._stack.callback(process.wait)
        self._stack.callback(process.kill)
        return process

    def _wait_for(self, address, workers):
        with Client(address, timeout=PATIENCE) as client:
            client.wait_for_workers(workers, timeout=PATIENCE)

    def close(self):
        self._stack.close()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    made = Cluster(tmp_path_factory.mktemp("cluster"), workers=2)
    yield made
    made.close()


def tree(folder):
    return {
        path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def photos(studio, count):
    for number in range(count):
        noise = Image.effect_noise((700, 500), 30 + number).convert("RGB")
        yield studio.job(studio.save(f"{number}.jpg", noise), Recipe(widths=(480,)), is_cover=True)


@pytest.mark.long
def test_a_killed_worker_changes_no_byte(studio, cluster):
    jobs = list(photos(studio, 6))
    alone, spread = studio.folder / "alone", studio.folder / "spread"
    first = studio.render(*jobs, cache=alone)
    seen = []

    def kill_one(done, total):
        seen.append((done, total))
        if done == 1:
            cluster.workers[0].kill()

    with open_cluster(cluster.address, spread) as executor:
        second = studio.render(*jobs, cache=spread, executor=executor, on_progress=kill_one)
    assert second == first
    assert seen == [(done, 6) for done in range(1, 7)]
    assert cluster.workers[0].wait(PATIENCE) != 0
    assert {path: raw for path, raw in tree(spread).items() if path.suffix != ".tmp"} == tree(alone)


def why_not(address, folder):
    with pytest.raises(ClusterError) as caught, open_cluster(address, folder):
        pass
    for lang in LANGUAGES:
        assert say(f"cluster-{caught.value.reason}", lang, **caught.value.told)
    return caught.value


@pytest.mark.long
def test_workers_with_other_libraries_are_refused(cluster, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster_module, "codec_folder", lambda: "pillow-1")
    found = why_not(cluster.address, tmp_path)
    assert (found.reason, found.told["wanted"]) == ("versions", "pillow-1")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.long
def test_workers_that_do_not_see_the_files_are_refused(cluster, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster_module, "write_cached", lambda *_: None)
    assert why_not(cluster.address, tmp_path).reason == "files"


def test_nobody_listens(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster_module, "_SECONDS", 0.5)
    assert why_not("dask://127.0.0.1:9", tmp_path).reason == "unreachable"


@pytest.mark.parametrize("address", ["dask://", "tcp://a:1", "dask://a", "dask://a b:1", "x"])
def test_addresses(tmp_path, address):
    assert why_not(address, tmp_path).reason == "address"


def test_the_library_is_not_installed(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster_module, "find_spec", lambda _: None)
    assert why_not("dask://a:1", tmp_path).reason == "library"


def test_the_command_says_what_is_wrong_in_one_line(newsroom, monkeypatch):
    monkeypatch.setattr(cluster_module, "_SECONDS", 0.5)
    ran = newsroom.run("photos", "--executor", "tcp://a")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "dask://MÁY:CỔNG" in ran.err
    ran = newsroom.run("photos", "--executor", "dask://127.0.0.1:9")
    assert (ran.code, ran.err.count("\n")) == (1, 1)
    assert "Không nối được" in ran.err


@pytest.mark.long
def test_the_command_spreads_its_photos(newsroom, cluster):
    shutil.rmtree(newsroom.cache / "guongsang" / "photos")
    ran = newsroom.run("photos", "--executor", cluster.address)
    assert ran.code == 0, ran.err
    assert "5 ảnh làm mới" in ran.out
    assert "Không phải làm ảnh nào: 5 ảnh" in newsroom.run("photos").out
