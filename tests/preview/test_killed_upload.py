"""`serve` is killed while it takes in a photo: no place ever on the disk, nothing half there."""

from __future__ import annotations

import contextlib
import http.client
import io
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from PIL import Image
from tests.conftest import NOW, digests

from guongsang.deskpage.asked import BASE
from guongsang.preview.server import HOST

STORY = "2026/con-chu"
PLACE = b"Ban Nam Manh, noi em ay o"  # where the photo was taken, as the telephone wrote it
SECONDS = 60
KILLS = 4


def phone_photo():
    """Make a photo of 12 megapixels, turned, with a place."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = PLACE.decode()
    where = {1: "N", 2: (22.0, 23.0, 45.0), 3: "E", 4: (103.0, 27.0, 5.0)}
    exif.get_ifd(0x8825).update({**where, 28: b"ASCII\0\0\0" + PLACE})
    file = io.BytesIO()
    image = Image.effect_noise((400, 300), 60).convert("RGB").resize((4000, 3000))
    image.save(file, "JPEG", quality=80, exif=exif)
    assert file.getvalue().count(PLACE) == 2
    return file.getvalue()


class Watcher(threading.Thread):
    """Looks into every file below some folders that has changed, again and again."""

    def __init__(self, folders):
        super().__init__()
        self.folders, self.found, self.looks = folders, set(), 0
        self.ended = threading.Event()
        self._known = {}

    def run(self):
        while not self.ended.is_set():
            self.look()

    def look(self):
        for folder in self.folders:
            for top, _, names in os.walk(folder):
                for name in names:
                    with contextlib.suppress(OSError):
                        self._look_into(Path(top) / name)
        self.looks += 1

    def _look_into(self, path):
        told = path.stat()
        stamp = told.st_size, told.st_mtime_ns, told.st_ino
        if self._known.get(path) != stamp:
            if PLACE in path.read_bytes():
                self.found.add(path)
            self._known[path] = stamp


@contextlib.contextmanager
def serving(newsroom):
    """Run `serve` as a program of its own; give the process, its port and its token."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from guongsang.cli.main import run; run()", "serve"]
    with subprocess.Popen(
        [*command, "--port", str(port), "--root", str(newsroom.root)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "SOURCE_DATE_EPOCH": NOW},
    ) as process:
        try:
            yield process, port, find_token(port)
        finally:
            process.kill()


def find_token(port):
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        with contextlib.suppress(OSError), contextlib.closing(connect(port)) as line:
            line.request("GET", BASE)
            return re.search(r'name="token" content="([^"]+)"', line.getresponse().read().decode())[
                1
            ]
        time.sleep(0.05)
    pytest.fail("the desk page does not come up")


def connect(port):
    return http.client.HTTPConnection(HOST, port, timeout=SECONDS)


def begin(port, token, sent, *, part=1.0):
    """Begin to send a photo, or all of it; return the line."""
    line = connect(port)
    line.putrequest("POST", f"{BASE}photo?story={STORY}&name=IMG_1.JPG")
    for name, value in (
        ("Origin", f"http://{HOST}:{port}"),
        ("X-Guong-Sang", token),
        ("Content-Length", str(len(sent))),
    ):
        line.putheader(name, value)
    line.endheaders(sent[: int(len(sent) * part)])
    return line


def check_whole(folder, before):
    """Of what is there now, all was there before or is a whole photo without any metadata."""
    now = digests(folder)
    assert before.items() <= now.items()
    for name in now.keys() - before.keys():
        assert re.fullmatch(r"2026/con-chu/(bia|anh-[0-9]+)\.jpg", name), name
        with Image.open(folder / name) as image:
            image.load()
            assert (image.size, len(image.getexif())) == ((1920, 2560), 0)


@pytest.mark.long
def test_killed_at_any_moment_no_place_is_written_and_nothing_is_half_there(newsroom):
    seed = random.randrange(1_000_000)
    print(f"seed {seed}")
    draw, sent = random.Random(seed), phone_photo()
    stories = newsroom.root / "stories"
    watcher = Watcher([stories, newsroom.cache])
    watcher.start()
    try:
        with serving(newsroom) as (_, port, token):
            began = time.monotonic()
            with contextlib.closing(begin(port, token, sent)) as line:
                told = json.loads(line.getresponse().read())
            lasts = time.monotonic() - began
        first = digests(stories)
        assert f"{STORY}/{told['name']}" in first
        for number in range(KILLS):
            with serving(newsroom) as (process, port, token):
                part = draw.uniform(0.05, 0.95) if number == 0 else 1.0
                with contextlib.closing(begin(port, token, sent, part=part)):
                    time.sleep(draw.uniform(0, lasts))
                    process.send_signal(signal.SIGKILL)
                    process.wait()
            check_whole(stories, first)
        looks = watcher.looks
        with serving(newsroom) as (_, port, token):
            with contextlib.closing(begin(port, token, sent)) as line:
                assert line.getresponse().status == 200
            check_whole(stories, first)
    finally:
        watcher.ended.set()
        watcher.join()
    watcher.look()
    assert watcher.found == set(), f"seed {seed}"
    assert looks > KILLS, "somebody has looked all the while"
    assert list(newsroom.cache.glob("guongsang/desk/*.photo")) == []


def test_the_watcher_sees_a_place(tmp_path):
    watcher = Watcher([tmp_path])
    (tmp_path / "a").mkdir()
    (tmp_path / "a/.x.tmp").write_bytes(phone_photo()[:2000])
    watcher.look()
    assert watcher.found == {tmp_path / "a/.x.tmp"}
