"""Readers who walk through the site while it is replaced, over a long way, meet no broken link."""

from __future__ import annotations

import contextlib
import http.client
import re
import shutil
import subprocess
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urljoin

import pytest
from tests.remotes.servers import folder_place, free_ports, openssh, proftpd, rsync_daemon
from tests.remotes.wires import slow_wire
from tests.tools import need

from guongsang.deploy.config import load_target, read_login
from guongsang.deploy.lock import FarLock
from guongsang.deploy.run import Deploy, Wishes
from guongsang.deploy.state import FarState
from guongsang.remotes.open import open_remote
from guongsang.remotes.remote import Remote

ROUND_TRIP = 0.02  # what lies between the ends of the country
LINK = re.compile(rb'(?:href|src)="([^"]*)"')
STORIES = 24
MOST_TURNS = 40  # on a busy machine readers see less in eight uploads


def make_version(number):
    """Return a site of which half the stories go and come from one version to the other."""
    stories = [f"2026/bai-{at:02}-{number if at % 2 else 0}" for at in range(STORIES)]
    css = f"tai-nguyen/site.{number}.css"
    files = {css: f"/* {number} */", f"tai-nguyen/tim.{number}.bin": f"{number}"}
    for at, story in enumerate(stories):
        near = [stories[(at + step) % STORIES] for step in (1, 2, 7)]
        photo = f"anh/{story.partition('/')[2]}/bia-{number}.jpg"
        files[photo] = f"ảnh {number}" * 200
        files[f"{story}/index.html"] = page(
            f"bài {at}, bản {number}", [f"../../{each}/" for each in (*near, "")], css, photo, 2
        )
    files["index.html"] = page(f"đầu {number}", [f"{each}/" for each in stories], css, "", 0)
    files["nam/2026/index.html"] = page(
        f"năm {number}", [f"../../{each}/" for each in stories], css, "", 2
    )
    return files


def page(text, links, css, photo, depth):
    up = "../" * depth
    shown = f'<img src="{up}{photo}">' if photo else ""
    told = "".join(f'<a href="{link or "./"}">x</a>' for link in links)
    return f'<link href="{up}{css}">{text * 100}{shown}{told}'


class Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def list_directory(self, _):
        self.send_error(404)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def serve(root):
    class Quick(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_):
            pass  # a reader who goes away

    with Quick(("127.0.0.1", 0), partial(Quiet, directory=str(root))) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.05], daemon=True)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join(10)


class Reader(threading.Thread):
    """Goes from page to page, and asks for all that each leads to.

    A link is broken where its page, asked for once more, still has it: an open page may be older
    than the site.
    """

    def __init__(self, port):
        super().__init__(daemon=True)
        self._ends = threading.Event()
        self._web = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        self.seen, self.broken, self.halves = 0, [], []

    def run(self):
        while not self._ends.is_set():
            waiting, known = ["/"], {"/"}
            while waiting and not self._ends.is_set():
                url = waiting.pop()
                for link in self.read(url):
                    if link not in known:
                        known.add(link)
                        self.seen += 1
                        self.follow(url, link, waiting)

    def follow(self, url, link, waiting):
        if self.ask(link)[0] != 404:
            if link.endswith("/"):
                waiting.append(link)
        elif link in self.read(url) and self.ask(link)[0] == 404 and link in self.read(url):
            self.broken.append((url, link))

    def read(self, url):
        status, content = self.ask(url)
        if status != 200:
            return []
        if not content.startswith(b"<link") or not content.endswith(b"</a>"):
            self.halves.append(url)
        return [urljoin(url, link.decode()) for link in LINK.findall(content)]

    def ask(self, url):
        try:
            self._web.request("GET", url)
            answer = self._web.getresponse()
            return answer.status, answer.read()
        except (http.client.HTTPException, OSError):
            self._web.close()
            return 0, b""

    def end(self):
        self._ends.set()
        self.join(20)
        self._web.close()


class Slow:
    """A folder so far away that each of its verbs takes as long as those of the servers do."""

    def __init__(self, inner: Remote) -> None:
        self._inner, self.workers = inner, inner.workers

    def __getattr__(self, verb):
        def slow(*values):
            time.sleep(2.5 * ROUND_TRIP)
            return getattr(self._inner, verb)(*values)

        return slow


def far_folder(stack):
    return stack.enter_context(folder_place())


def far_sftp(stack):
    far = stack.enter_context(openssh())
    stack.enter_context(slow_wire([far.port], seconds=ROUND_TRIP))
    return far.at("127.0.0.2")


def far_ftps(stack):
    ports = free_ports(300)
    far = stack.enter_context(proftpd(f"PassivePorts {ports[0]} {ports[-1]}"))
    # Each file is there and back several times as often as by SFTP.
    stack.enter_context(slow_wire([far.port, *ports], seconds=ROUND_TRIP / 2))
    return far.at("127.0.0.2")


@pytest.mark.long
@pytest.mark.parametrize("kind", [far_folder, far_sftp, far_ftps])
def test_no_link_breaks_during_eight_uploads(kind, make_site, tmp_path, monkeypatch):
    sites = [make_site(make_version(number), f"v{number}") for number in (1, 2)]
    with contextlib.ExitStack() as stack:
        far = kind(stack)
        monkeypatch.setenv("HOME", str(tmp_path))
        for name, text in far.env.items():
            monkeypatch.setenv(name, text)
        (tmp_path / "deploy.toml").write_text(far.tell())
        place = load_target(tmp_path, None).place
        remote = open_remote(place, read_login("chinh", far.env, None), tmp_path, lambda _: {})
        if kind is far_folder:
            remote = Slow(remote)
        stack.callback(remote.close)

        def deploy(turn):
            state = FarState(remote, tmp_path / "state.bin")
            site, lock = sites[turn % 2], FarLock(remote, "")
            done = Deploy(site, remote, state, lock, wishes=Wishes()).run()
            assert done.changed and done.removed if turn else done.added

        deploy(0)
        readers = [Reader(stack.enter_context(serve(far.root))) for _ in range(3)]
        for reader in readers:
            reader.start()
        for turn in range(1, MOST_TURNS):
            deploy(turn)
            if turn >= 8 and sum(reader.seen for reader in readers) > 1000:
                break
        for reader in readers:
            reader.end()
        assert [broken for reader in readers for broken in reader.broken] == []
        assert [half for reader in readers for half in reader.halves] == []
        assert sum(reader.seen for reader in readers) > 1000


@pytest.mark.long
def test_the_same_readers_catch_rsync(make_site):
    """With `--delete` alone what goes is gone before its links: at least once in three tries."""
    program = shutil.which("rsync")
    need(program, "rsync", comes_by="sudo apt install rsync")
    folders = [make_site(make_version(number), f"v{number}").folder for number in (1, 2)]
    with contextlib.ExitStack() as stack:
        root, port = stack.enter_context(rsync_daemon())
        stack.enter_context(slow_wire([port], seconds=ROUND_TRIP))

        def copy(folder: Path):
            source, target = f"{folder}/", f"rsync://127.0.0.2:{port}/public_html/"
            subprocess.run([program, "-a", "--delete", source, target], check=True)

        copy(folders[0])
        web = stack.enter_context(serve(root))
        caught = []
        for _ in range(3):
            readers = [Reader(web) for _ in range(3)]
            for reader in readers:
                reader.start()
            for turn in range(1, 9):
                copy(folders[turn % 2])
            for reader in readers:
                reader.end()
            caught += [broken for reader in readers for broken in reader.broken]
            if caught:
                break
        assert caught
