"""S3: one lock for one also where conditions are ignored, deletions one by one, headers."""

from __future__ import annotations

import threading
import time
from urllib.request import Request, urlopen

import pytest
from tests.remotes.servers import PASSWORD, moto
from tests.remotes.wires import bucket

from guongsang.exports.servers import describe_file
from guongsang.remotes.remote import HOLDER, Login, Place, RemoteError, Secret
from guongsang.remotes.s3 import S3Remote

KEY = "AKIAIOSFODNN7EXAMPLE"


@pytest.fixture(scope="module")
def far():
    with moto() as far:
        request = Request(f"{far.settings['endpoint']}/kho-bai-thu", method="PUT")
        urlopen(request).close()
        yield far


@pytest.fixture(params=[False, True], ids=["conditions", "no-conditions"])
def told(far, request):
    with bucket(far.port, ignores_conditions=request.param) as told:
        yield told


def open_s3(told, host="kho-bai-thu", folder="trang", **options):
    place = Place("s3", host=host, folder=folder, endpoint=f"http://127.0.0.1:{told.port}")
    login = Login(password=Secret(PASSWORD), key=KEY)
    return S3Remote(place, login, describe_file, **options)


def test_what_is_written_is_read_replaced_and_removed(told):
    remote = open_s3(told)
    for content in (b"1", b"", bytes(range(256)) * 50_000):
        remote.write("2026/con-chu/index.html", content)
        assert remote.read("2026/con-chu/index.html") == content
    assert remote.read("khong/co.html") is None
    remote.make_folder("2026/")
    remote.remove("2026/")
    for _ in range(2):
        remote.remove("2026/con-chu/index.html")
    assert remote.read("2026/con-chu/index.html") is None
    assert ("DELETE", "/kho-bai-thu/trang/2026/con-chu/index.html") in told.asked
    assert not [path for method, path in told.asked if method == "POST"]


def test_each_kind_of_file_has_its_headers(told):
    remote = open_s3(told)
    for path in ("index.html", "anh/a/b-1.avif", "rss.xml", "tai-nguyen/tim.1.bin"):
        remote.write(path, b"1")
    headers = {
        path: remote._store.get(path).attributes
        for path in ("index.html", "anh/a/b-1.avif", "rss.xml", "tai-nguyen/tim.1.bin")
    }
    assert headers["index.html"] == {
        "Content-Type": "text/html; charset=utf-8",
        "Cache-Control": "no-cache",
    }
    assert headers["anh/a/b-1.avif"] == {
        "Content-Type": "image/avif",
        "Cache-Control": "public, max-age=31536000, immutable",
    }
    assert headers["rss.xml"]["Content-Type"] == "application/xml; charset=utf-8"
    assert headers["tai-nguyen/tim.1.bin"]["Content-Type"] == "application/octet-stream"


def test_a_lock_is_for_one(told):
    slept = []
    first = open_s3(told, folder=f"khoa-{told.port}", sleep=slept.append)
    assert first.lock("lock/", b"a")
    assert bool(slept) == told.ignores_conditions
    assert not open_s3(told, folder=f"khoa-{told.port}").lock("lock/", b"b")
    assert first.read(f"lock/{HOLDER}") == b"a"
    first.unlock("lock/")
    assert open_s3(told, folder=f"khoa-{told.port}", sleep=slept.append).lock("lock/", b"b")


@pytest.mark.long
def test_of_several_at_once_at_most_one_gets_it(told):
    """In many turns; each looks before any of the others has written."""
    for turn in range(3):
        barrier, got = threading.Barrier(4), []

        def run(number, turn=turn, barrier=barrier, got=got):
            remote = open_s3(told, folder=f"nhieu-{told.port}-{turn}")
            barrier.wait()
            if remote.lock("lock/", str(number).encode()):
                got.append(number)

        threads = [threading.Thread(target=run, args=[number]) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(got) == 1
        assert (
            open_s3(told, folder=f"nhieu-{told.port}-{turn}").read(f"lock/{HOLDER}")
            == b"%d" % got[0]
        )


def test_of_two_who_both_saw_no_lock_the_last_one_has_it(far):
    """Where conditions are ignored: the first one looks again after the second has written."""
    with bucket(far.port, ignores_conditions=True) as told:
        second = open_s3(told, folder="hai")
        first = open_s3(
            told, folder="hai", sleep=lambda _: second.write(f"lock/{HOLDER}", b"second")
        )
        assert not first.lock("lock/", b"first")
        assert second.read(f"lock/{HOLDER}") == b"second"


def test_who_was_too_slow_takes_nothing(far):
    with bucket(far.port, ignores_conditions=True) as told:
        times = iter([0.0, 60.0])
        remote = open_s3(told, folder="cham", clock=lambda: next(times))
        with pytest.raises(RemoteError):
            remote.lock("lock/", b"a")
        assert remote.read(f"lock/{HOLDER}") is None


@pytest.mark.parametrize(
    ("status", "code", "reason"),
    [
        (403, "SignatureDoesNotMatch", "password"),
        (403, "InvalidAccessKeyId", "password"),
        (403, "AccessDenied", "no-right"),
        (404, "NoSuchBucket", "bucket"),
        (507, "InsufficientStorage", "full"),
        (400, "SomethingElse", "other"),
    ],
)
def test_each_refusal_has_its_reason(far, status, code, reason):
    with bucket(far.port) as told:
        remote = open_s3(told)
        told.refuses["PUT"] = (status, code)
        began = time.monotonic()
        with pytest.raises(RemoteError) as raised:
            remote.write("index.html", b"1")
        assert raised.value.reason == reason
        assert PASSWORD not in repr(raised.value) and time.monotonic() - began < 60


def test_a_bucket_that_is_not_there_is_no_missing_file(told):
    with pytest.raises(RemoteError) as raised:
        open_s3(told, host="kho-khac").read("index.html")
    assert raised.value.reason == "bucket"


def test_without_a_key_nobody_is_asked(told):
    with pytest.raises(RemoteError) as raised:
        S3Remote(Place("s3", host="kho", endpoint="http://127.0.0.1:9"), Login(), describe_file)
    assert raised.value.reason == "password"
