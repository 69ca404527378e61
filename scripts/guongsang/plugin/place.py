"""Where a build works: the site's folder, an empty scratch folder on its disk, and the lock."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from mkdocs.config.defaults import MkDocsConfig

from guongsang.plugin.tell import Teller, find_unwritable
from guongsang.problems.problem import problem
from guongsang.publish.lock import BuildLock, BusyError
from guongsang.publish.manifest import Manifest, load_manifest
from guongsang.publish.scratch import make_scratch
from guongsang.publish.transfer import ForeignSiteError, check_site_folder


@dataclass(slots=True)
class Place:
    """One serves several builds, one after the other. While it is not open, `scratch` is None.

    What we make ourselves goes into `scratch`, what MkDocs writes into `others`: nobody has to look
    for ours. All of it is on the site's own file system. `clean` trusts nothing that is published.
    """

    site_dir: Path = Path()
    scratch: Path | None = None
    others: Path = Path()
    clean: bool = False
    manifest: Manifest = field(default_factory=lambda: Manifest(Path()))
    _config: MkDocsConfig | None = None
    _lock: BuildLock | None = None

    def open(self, config: MkDocsConfig, cache_dir: Path, teller: Teller, *, clean: bool) -> None:
        """Take the lock and let MkDocs write beside the site. Raises PluginError."""
        self._config, self.site_dir, self.clean = config, Path(config.site_dir), clean
        if self._lock is None or not self._lock.is_held:
            self._lock = BuildLock(cache_dir)
            try:
                self._lock.acquire(on_wait=teller.tell_wait)
            except BusyError as error:
                found = problem(
                    "GS810", "mkdocs.yml", pid=error.holder.pid, since=error.holder.since
                )
                raise teller.stop(found) from None
        self.manifest = load_manifest(cache_dir, self.site_dir)
        try:
            check_site_folder(self.site_dir, self.manifest)
        except ForeignSiteError as error:
            found = problem("GS811", "mkdocs.yml", folder=self.site_dir.name, entry=error)
            raise teller.stop(found) from None
        try:
            scratch = make_scratch(self.site_dir)
        except OSError as error:
            raise teller.stop(find_unwritable(error)) from None
        self.scratch, self.others = scratch / "site", scratch / "mkdocs"
        for folder in (self.scratch, self.others):
            folder.mkdir(parents=True)
        config.site_dir = str(self.others)

    def close(self) -> None:
        """Remove the scratch folder and let others build."""
        if self.scratch is not None:
            assert self._config is not None
            self._config.site_dir = str(self.site_dir)
            shutil.rmtree(self.scratch.parent, ignore_errors=True)
            self.scratch = None
        if self._lock is not None and self._lock.is_held:
            self._lock.release()


class Scratch:
    """A temporary folder from which MkDocs' own server takes what we made."""

    def __init__(self) -> None:
        self._folder: TemporaryDirectory[str] | None = None

    def enter(self) -> Path:
        """Make the folder if it is not there, and return it."""
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="guongsang-")
        return self.path

    @property
    def path(self) -> Path:
        assert self._folder is not None
        return Path(self._folder.name)

    def leave(self) -> None:
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None
