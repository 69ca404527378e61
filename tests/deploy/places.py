"""Far places that count, or die at a chosen moment, and what stands in them."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field

from guongsang.deploy.config import load_target
from guongsang.deploy.local import Site, digest_content
from guongsang.deploy.run import Wishes
from guongsang.deploy.state import FOLDER
from guongsang.deploy.upload import upload
from guongsang.remotes.folder import FolderRemote
from guongsang.remotes.remote import TEMPORARY, Login
from guongsang.site.sources.project import CACHE

CHANGES = ("write", "remove", "make_folder", "lock", "unlock")


class KilledError(BaseException):
    """The process has ended here: nothing of it runs any more."""


@dataclass
class Watched:
    """A remote of which every change is noted; it dies just before the change number `dies_at`.

    `half` lets the draft of a file be there then.
    """

    inner: FolderRemote
    dies_at: int = -1
    half: bool = False
    workers: int = 1
    changes: list[tuple[str, str]] = field(default_factory=list)
    moved: Counter = field(default_factory=Counter)
    _mutex: threading.Lock = field(default_factory=threading.Lock)

    def __getattr__(self, verb):
        call = getattr(self.inner, verb)

        def watched(path, *values):
            with self._mutex:
                if 0 <= self.dies_at <= len(self.changes):
                    raise KilledError
                if verb in CHANGES:
                    if len(self.changes) + 1 == self.dies_at and self.half and verb == "write":
                        (self.inner._root / (path + TEMPORARY)).write_bytes(values[0][:3])
                    self.changes.append((verb, path))
                    if len(self.changes) == self.dies_at:
                        raise KilledError
                found = call(path, *values)
                if path.startswith(FOLDER):
                    self.moved["read" if verb == "read" else "written"] += len(
                        found if isinstance(found, bytes) else values[0] if values else b""
                    )
                return found

        return watched

    def close(self):
        pass

    def list(self, verb):
        """Return the paths of a verb, those of the far state left out."""
        return [path for each, path in self.changes if each == verb and not path.startswith(FOLDER)]


def read_place(folder, *, state=False):
    """Return what readers find, by path; with `state` also ours."""
    found = {
        path.relative_to(folder).as_posix(): path.read_text("utf-8", "replace")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    return found if state else {k: v for k, v in found.items() if not k.startswith(FOLDER)}


def list_folders(folder):
    return {
        path.relative_to(folder).as_posix() + "/"
        for path in folder.rglob("*")
        if path.is_dir() and not f"{path.relative_to(folder).as_posix()}/".startswith(FOLDER)
    }


def upload_old(root, folder, count):
    """Upload a site of so many files to the one place of a newsroom; return their names."""
    folder.mkdir()
    names = [f"cu-{number}.html" for number in range(count)]
    for name in names:
        (folder / name).write_text("cũ", "utf-8")
    content = "cũ".encode()
    digests, sizes = dict.fromkeys(names, digest_content(content)), dict.fromkeys(names, 4)
    (root / CACHE).mkdir(parents=True, exist_ok=True)
    target = load_target(root, None)
    upload(root, target, Site(folder, digests, sizes), login=Login(), wishes=Wishes())
    return names
