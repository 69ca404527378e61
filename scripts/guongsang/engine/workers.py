"""Work spread over forked processes: each sees all that this one has in memory without copying."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

# The numbers of all parts have to fit into a pipe, which holds 64 KiB before anybody reads.
_MOST_PARTS: Final = 4_096
_PARTS_EACH: Final = 32
_NUMBER_BYTES: Final = 4
_PR_SET_PDEATHSIG: Final = 1

T = TypeVar("T")
R = TypeVar("R")


class WorkerDiedError(Exception):
    """A worker ended before its work was done: killed, or out of memory."""


class _EndsWith(NamedTuple):
    """Makes this process end when its parent does, whatever it is doing then."""

    parent: int
    prctl: Callable[[int, int], int]

    def __call__(self) -> None:
        self.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != self.parent:  # too late to be told
            os.kill(os.getpid(), signal.SIGKILL)


def can_fork(workers: int) -> bool:
    """Return whether several processes may share work: other threads hold locks for ever."""
    return workers > 1 and sys.platform == "linux" and threading.active_count() == 1


def share_work(
    items: Sequence[T],
    work: Callable[[T], R],
    *,
    workers: int,
    on_done: Callable[[int], None] | None = None,
) -> list[R]:
    """Return what `work` makes of each item, in their order, made by so many processes.

    `on_done` is called with how many more items are done.
    `work` must not raise; results are pickled. Workers end when this process does, however that
    happens. Raises WorkerDiedError.
    """
    size = max(1, -(-len(items) // min(workers * _PARTS_EACH, _MOST_PARTS)))
    parts = [items[start : start + size] for start in range(0, len(items), size)]
    gc.freeze()  # what is there stays shared: the collector would write into every object
    try:
        made = _fork(parts, work, min(workers, len(parts)), on_done)
    finally:
        gc.unfreeze()
    return [each for at in range(len(parts)) for each in made[at]]


def _fork(
    parts: Sequence[Sequence[T]],
    work: Callable[[T], R],
    workers: int,
    on_done: Callable[[int], None] | None,
) -> dict[int, list[R]]:
    """Let workers take the parts one after the other from a pipe that holds their numbers."""
    # Most commands fork nothing for which these would have to be loaded.
    import ctypes  # noqa: PLC0415
    import multiprocessing  # noqa: PLC0415

    context = multiprocessing.get_context("fork")
    end = _EndsWith(os.getpid(), ctypes.CDLL(None).prctl)
    queue, into = os.pipe()
    os.write(into, b"".join(at.to_bytes(_NUMBER_BYTES, "big") for at in range(len(parts))))
    os.close(into)
    running: dict[Connection, BaseProcess] = {}
    try:
        for _ in range(workers):
            ours, theirs = context.Pipe(duplex=False)
            process: BaseProcess = context.Process(
                target=_run, args=(end, queue, theirs, work, parts), daemon=True
            )
            process.start()
            theirs.close()
            running[ours] = process
        return _receive(running, on_done)
    finally:
        os.close(queue)
        for ours, process in running.items():
            ours.close()
            process.kill()  # nothing happens to those that are done
            process.join()


def _run(
    end: _EndsWith,
    queue: int,
    pipe: Connection,
    work: Callable[[T], R],
    parts: Sequence[Sequence[T]],
) -> None:
    end()
    gc.disable()
    with suppress(BrokenPipeError):  # the parent has given up
        while number := os.read(queue, _NUMBER_BYTES):
            at = int.from_bytes(number, "big")
            pipe.send((at, [work(item) for item in parts[at]]))
        pipe.send(None)


def _receive(
    running: dict[Connection, BaseProcess], on_done: Callable[[int], None] | None
) -> dict[int, Any]:
    from multiprocessing.connection import Connection, wait  # noqa: PLC0415 - as above

    made: dict[int, Any] = {}
    waiting = set(running)
    while waiting:
        for pipe in wait(list(waiting)):
            assert isinstance(pipe, Connection)
            try:
                told = pipe.recv()
            except (EOFError, ConnectionResetError):
                raise WorkerDiedError from None
            if told is None:
                waiting.remove(pipe)
            else:
                made[told[0]] = told[1]
                if on_done is not None:
                    on_done(len(told[1]))
    return made
