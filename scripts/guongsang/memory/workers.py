"""Work shared among forked processes, which see all that this one has read without copying it."""

from __future__ import annotations

import gc
import multiprocessing
import sys
import threading
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Any, Final, TypeVar

# Below this many items a fork costs more than it saves.
WORTH_FORKING: Final = 200

T = TypeVar("T")
R = TypeVar("R")


class WorkerDiedError(Exception):
    """A worker ended before its work was done: killed, or out of memory."""


def share_work(
    items: Sequence[T], work: Callable[[Sequence[T]], R], *, workers: int, least: int | None = None
) -> list[R]:
    """Return what `work` makes of consecutive parts of `items`, in their order.

    One part and this process where forking is not safe (other threads, other systems) or does not
    pay. What `work` raises is raised here. Raises WorkerDiedError.
    """
    if not can_fork(workers) or len(items) < (WORTH_FORKING if least is None else least):
        return [work(items)]
    size = -(-len(items) // workers)
    parts = [items[start : start + size] for start in range(0, len(items), size)]
    gc.collect()
    gc.freeze()  # what is there stays shared: the collector would write into every object
    try:
        return _fork(parts, work)
    finally:
        gc.unfreeze()


def can_fork(workers: int) -> bool:
    return workers > 1 and sys.platform == "linux" and threading.active_count() == 1


def _fork(parts: Sequence[Sequence[T]], work: Callable[[Sequence[T]], R]) -> list[R]:
    context = multiprocessing.get_context("fork")
    running = []
    for part in parts:
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_run, args=(theirs, work, part), daemon=True)
        process.start()
        theirs.close()
        running.append((process, ours))
    made: list[R] = []
    try:
        for _, ours in running:
            made.append(_receive(ours))
    finally:
        for process, ours in running:
            ours.close()
            if len(made) < len(running):
                process.terminate()
            process.join()
    return made


def _run(pipe: Connection, work: Callable[[Sequence[T]], R], part: Sequence[T]) -> None:
    gc.disable()
    try:
        answer: tuple[bool, Any] = (True, work(part))
    except Exception as error:  # noqa: BLE001 - raised again in the parent
        answer = (False, error)
    pipe.send(answer)
    pipe.close()


def _receive(pipe: Connection) -> Any:
    try:
        done, value = pipe.recv()
    except EOFError:
        raise WorkerDiedError from None
    if not done:
        raise value
    return value
