"""One upload of this machine's site to one of the places of deploy.toml."""

from __future__ import annotations

import socket
import threading
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from guongsang.deploy.config import ConfigError, Target
from guongsang.deploy.local import Site
from guongsang.deploy.lock import FarLock
from guongsang.deploy.run import Deploy, Done, OnProgress, Wishes
from guongsang.deploy.state import FarState
from guongsang.exports.servers import describe_file
from guongsang.publish.lock import DeployLock
from guongsang.remotes.open import open_remote
from guongsang.remotes.remote import Login
from guongsang.site.sources.project import CACHE


def upload(
    root: Path,
    target: Target,
    site: Site,
    *,
    login: Login,
    wishes: Wishes,
    on_progress: OnProgress | None = None,
    stop: threading.Event | None = None,
) -> Done:
    """Upload a site of the newsroom in `root`; once `stop` is set nothing more is begun.

    Raises RemoteError, and what `Deploy.run` raises.
    """
    cache_dir = root / CACHE
    own = DeployLock(cache_dir, target.name)
    is_alone = own.try_acquire()
    try:
        with closing(open_remote(target.place, login, root, describe_file)) as remote:
            state = FarState(remote, cache_dir / f"deploy-{target.name}.bin")
            lock = FarLock(remote, _tell_home(root) if is_alone else "")
            deploy = Deploy(
                site, remote, state, lock, wishes=wishes, on_progress=on_progress, stop=stop
            )
            return deploy.run()
    finally:
        own.release()


def refuse_self(root: Path, site_dir: Path, target: Target) -> None:
    """Raise ConfigError ("self") where a site would be uploaded into itself."""
    if target.place.scheme != "folder":
        return
    there, site = (root / target.place.folder).resolve(), site_dir.resolve()
    if there.is_relative_to(site) or site.is_relative_to(there):
        raise ConfigError("self", target=target.name)


def _tell_home(root: Path) -> str:
    """Return what tells this folder of this machine from any other, without naming it."""
    path = root / CACHE / "deploy-home.txt"
    try:
        own = path.read_text("utf-8")
    except OSError:
        own = token_hex(16)
        path.write_text(own, "utf-8")
    return sha256(f"{own}\n{socket.gethostname()}\n{root}".encode()).hexdigest()[:32]
