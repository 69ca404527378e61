"""Small sites, and uploads of them to a folder."""

from __future__ import annotations

import pytest
from tests.deploy.places import Watched

from guongsang.deploy.local import Site, digest_content
from guongsang.deploy.lock import FarLock
from guongsang.deploy.run import Deploy, Wishes
from guongsang.deploy.state import FarState
from guongsang.remotes.folder import FolderRemote


@pytest.fixture
def place(tmp_path):
    folder = tmp_path / "public_html"
    folder.mkdir()
    return folder


@pytest.fixture
def make_site(tmp_path):
    def make(files, name="site"):
        folder = tmp_path / name
        digests, sizes = {}, {}
        for path, text in files.items():
            content = text.encode()
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
            digests[path], sizes[path] = digest_content(content), len(content)
        return Site(folder, digests, sizes)

    return make


@pytest.fixture
def deploy(place, tmp_path):
    """Deploy a site; `home` tells whose run it is."""

    def deploy(
        site, remote=None, *, home="here", clock=None, on_progress=None, stop=None, **wishes
    ):
        remote = remote or Watched(FolderRemote(place))
        state = FarState(remote, tmp_path / f"{home}.bin")
        clocks = {"clock": clock} if clock else {}
        lock = FarLock(remote, home, sleep=lambda _: None, **clocks)
        return Deploy(site, remote, state, lock, wishes=Wishes(**wishes), stop=stop).run()

    return deploy


@pytest.fixture
def watch(place):
    return lambda **options: Watched(FolderRemote(place), **options)
