"""One upload at a time: who it is, since when, and what becomes of one that has died."""

from __future__ import annotations

import json
import threading
import time

import pytest

from guongsang.deploy.lock import SILENT_SECONDS, FarLock
from guongsang.deploy.state import LOCK
from guongsang.remotes.folder import FolderRemote
from guongsang.remotes.remote import HOLDER, RemoteError


@pytest.fixture
def make_lock(place):
    def make(home="", clock=lambda: 1000.0, sleep=lambda _: None):
        return FarLock(FolderRemote(place), home, clock=clock, sleep=sleep)

    return make


def take(lock, **options):
    with pytest.raises(RemoteError) as raised:
        lock.take(take_over=False, **options)
    return raised.value


def test_the_second_hears_who_it_is_and_since_when(make_lock):
    make_lock("there").take(take_over=False)
    error = take(make_lock("here"))
    assert error.reason == "busy"
    assert "@" in error.told["who"] and error.told["since"].endswith("/1970")


def test_it_is_given_back(make_lock):
    first = make_lock()
    first.take(take_over=False)
    first.release()
    make_lock().take(take_over=False)


@pytest.mark.parametrize("seconds", [0, SILENT_SECONDS - 1])
def test_nobody_is_taken_over_who_has_been_heard_of(make_lock, seconds):
    make_lock().take(take_over=False)
    with pytest.raises(RemoteError) as raised:
        make_lock(clock=lambda: 1000.0 + seconds).take(take_over=True)
    assert raised.value.reason == "busy"


def test_a_silent_one_is_taken_over_when_that_is_wished(make_lock):
    first = make_lock()
    first.take(take_over=False)
    later = 1000.0 + SILENT_SECONDS
    assert take(make_lock(clock=lambda: later)).reason == "busy-silent"
    second = make_lock(clock=lambda: later)
    second.take(take_over=True)
    with pytest.raises(RemoteError) as raised:
        first.check()
    assert raised.value.reason == "lost-lock"
    first.release()
    second.check()


def test_whoever_works_is_heard_of_each_minute(make_lock, place):
    now = [1000.0]
    first = make_lock(clock=lambda: now[0])
    first.take(take_over=False)
    for _ in range(12):
        now[0] += 61
        first.ensure()
    with pytest.raises(RemoteError) as raised:
        make_lock(clock=lambda: now[0] + 10).take(take_over=True)
    assert raised.value.reason == "busy"
    told = json.loads((place / LOCK / HOLDER).read_bytes())
    assert told["seen"] == now[0] and told["since"] == 1000.0


def test_who_slept_and_was_taken_over_notices_before_the_next_file(make_lock):
    now = [1000.0]
    first = make_lock(clock=lambda: now[0])
    first.take(take_over=False)
    now[0] += SILENT_SECONDS
    make_lock(clock=lambda: now[0]).take(take_over=True)
    with pytest.raises(RemoteError) as raised:
        first.ensure()
    assert raised.value.reason == "lost-lock"


def test_what_a_dead_run_of_this_folder_left_is_taken_at_once(make_lock):
    make_lock("here").take(take_over=False)
    make_lock("here").take(take_over=False)


def test_a_lock_without_a_name_is_waited_for(make_lock, place):
    """Its holder is between two steps, or died there."""
    FolderRemote(place).make_folder("guongsang-deploy/")
    (place / LOCK).mkdir()

    def give_back(_):
        (place / LOCK / HOLDER).write_text(
            json.dumps({"who": "a@b", "since": 990.0, "seen": 999.0, "token": "t"})
        )

    error = take(make_lock(sleep=give_back))
    assert (error.reason, error.told["who"]) == ("busy", "a@b")
    (place / LOCK / HOLDER).unlink()
    assert take(make_lock()).reason == "busy-silent"
    make_lock().take(take_over=True)


def test_a_lock_that_is_given_back_just_then_is_taken(make_lock, place, monkeypatch):
    first, second = make_lock(), make_lock()
    first.take(take_over=False)
    take_it = FolderRemote.lock

    def lock(remote, path, content):
        got = take_it(remote, path, content)
        first.release()
        return got

    monkeypatch.setattr(FolderRemote, "lock", lock)
    second.take(take_over=False)
    second.check()


def test_of_two_who_take_over_at_once_one_stays(make_lock, place):
    make_lock().take(take_over=False)
    later = 1000.0 + SILENT_SECONDS

    def cross(_):
        # Has read the old lock as well, and takes away what it believes to be that one.
        FolderRemote(place).unlock(LOCK)
        told = {"who": "x@y", "since": later, "seen": later, "token": "other", "home": ""}
        FolderRemote(place).lock(LOCK, json.dumps(told).encode())

    with pytest.raises(RemoteError) as raised:
        make_lock(clock=lambda: later, sleep=cross).take(take_over=True)
    assert (raised.value.reason, raised.value.told["who"]) == ("busy", "x@y")


def test_of_many_at_once_one_gets_it(place):
    got, failed = [], []
    barrier = threading.Barrier(12)

    def run():
        lock = FarLock(FolderRemote(place), "", sleep=lambda _: time.sleep(0.05))
        barrier.wait()
        try:
            lock.take(take_over=False)
            got.append(lock)
        except RemoteError as error:
            failed.append(error.reason)

    (place / "guongsang-deploy").mkdir()
    threads = [threading.Thread(target=run) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(got) == 1
