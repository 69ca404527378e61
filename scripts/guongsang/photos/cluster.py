"""Photos on several machines that share the files: an executor of a Dask cluster.

Dask gives the work of a machine that dies to another one.
https://distributed.dask.org/en/stable/
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from guongsang.photos.cache import codec_folder, write_cached

_ADDRESS: Final = re.compile(r"dask://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\]):(\d{1,5})")
_SECONDS: Final = 10


class ClusterError(Exception):
    """Why a cluster cannot be used: a reason's name and what its message tells."""

    def __init__(self, reason: str, **told: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.told = told


@contextmanager
def open_cluster(address: str, cache_dir: Path) -> Iterator[Executor]:
    """Yield an executor of the cluster at "dask://HOST:PORT", whose workers see `cache_dir`.

    Raises ClusterError: "address", "library", "unreachable", "empty", "files", "versions" or, while
    working, "lost". Raises OSError when `cache_dir` cannot be written.
    """
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise ClusterError("address", address=address)
    if find_spec("distributed") is None:
        raise ClusterError("library")
    # Half a second of imports, for those who use it.
    from distributed import Client, KilledWorker  # noqa: PLC0415
    from distributed.comm.core import CommClosedError  # noqa: PLC0415

    connect: Any = Client
    try:
        client = connect(f"tcp://{found[1]}:{found[2]}", timeout=_SECONDS)
    except OSError as error:  # a timeout is one too
        raise ClusterError("unreachable", address=address) from error
    with client:
        _check_workers(client, address, cache_dir)
        try:
            yield client.get_executor(pure=False)
        except (KilledWorker, CommClosedError, CancelledError) as error:
            raise ClusterError("lost", address=address) from error


def _check_workers(client: Any, address: str, cache_dir: Path) -> None:
    """Find out before the work whether every worker sees our files and makes our bytes."""
    probe = cache_dir / f".{secrets.token_hex(8)}.tmp"
    write_cached(probe, b"")
    try:
        answers = client.run(_ask_worker, probe)
    finally:
        probe.unlink(missing_ok=True)
    if not answers:
        raise ClusterError("empty", address=address)
    for worker, (sees_files, codecs) in sorted(answers.items()):
        if not sees_files:
            raise ClusterError("files", worker=worker, folder=str(cache_dir))
        if codecs != codec_folder():
            raise ClusterError("versions", worker=worker, found=codecs, wanted=codec_folder())


def _ask_worker(probe: Path) -> tuple[bool, str]:
    return probe.is_file(), codec_folder()
