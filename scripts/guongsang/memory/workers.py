"""Work spread over forked processes: each sees all that this one has read without copying it."""

from __future__ import annotations

import gc
import marshal
import os
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

# Below this many items a fork costs more than it saves.
WORTH_FORKING: Final = 200
# Below this many that take some hundredths of a second each, too.
_WORTH_SHARING: Final = 4
_MOST_BESIDE: Final = 10_000
# Parts a worker, as far as the work allows: they become smaller towards its end, so that none is
# left with much to do when the others are done. The numbers of all parts have to fit into a pipe.
_PARTS_EACH: Final = 24
_LAST_PARTS_EACH: Final = 96
_LEFT_EACH: Final = 8
_MOST_SHARING: Final = 100
_NUMBER_BYTES: Final = 4
# As much as Linux grants to anyone: a worker need not wait until somebody has time for its result.
_PIPE_BYTES: Final = 1 << 20

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
    made = dict(stream_work(items, work, workers=workers, least=least))
    return [made[number] for number in sorted(made)]


def stream_work(
    items: Sequence[T],
    work: Callable[[Sequence[T]], R],
    *,
    workers: int,
    least: int | None = None,
    alone: int = 0,
) -> Iterator[tuple[int, R]]:
    """Yield what `share_work` returns, each with its place, as soon as a worker has made it.

    The first `alone` items are each a part of their own. Memory holds few parts at a time. All
    workers are at work from the first part that is taken on.
    """
    if not can_fork(workers) or len(items) < (WORTH_FORKING if least is None else least):
        yield 0, work(items)
        return
    gc.freeze()  # what is there stays shared: the collector would write into every object
    try:
        yield from _fork(split_items(items, workers, alone), work, workers)
    finally:
        gc.unfreeze()


@dataclass(slots=True)
class Aside(Generic[R]):
    """Work that another process does meanwhile; without one it is done when its result is wanted.

    To be called once, for the result. It is done in this process, too, if the other one has died.
    Where nobody asks for the result, the other process ends with the last that knows of it.
    """

    work: Callable[[], R]
    pid: int = 0
    pipe: int = -1
    parent: int = field(default_factory=os.getpid)

    def is_done(self) -> bool:
        """Return whether the result need not be waited for."""
        return not self.pid or bool(select.select([self.pipe], [], [], 0)[0])

    def __call__(self) -> R:
        if not self.pid:
            return self.work()
        pid, self.pid = self.pid, 0
        with os.fdopen(self.pipe, "rb") as pipe:
            told = pipe.read()
        os.waitpid(pid, 0)
        try:
            result: R = marshal.loads(told)  # noqa: S302 - told by our own process
        except (EOFError, ValueError, TypeError):
            return self.work()
        return result

    def __del__(self) -> None:
        if self.pid and self.parent == os.getpid():  # not a copy in a worker
            os.close(self.pipe)
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)


def work_aside(work: Callable[[], R], *, workers: int) -> Aside[R]:
    """Let another process do some work meanwhile, where forking is safe.

    The result is made of plain values.
    """
    if not can_fork(workers):
        return Aside(work)
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        gc.disable()
        try:
            with os.fdopen(theirs, "wb") as pipe:
                plain: Any = work()
                pipe.write(marshal.dumps(plain))
        finally:
            os._exit(0)
    os.close(theirs)
    return Aside(work, pid, ours)


def work_beside(items: Sequence[T], work: Callable[[T], R], *, workers: int) -> list[R]:
    """Return what `work` makes of each item: this process and another one take them in turn.

    Results are made of plain values. What the other one could not do is done here.
    """
    if not can_fork(workers) or not _WORTH_SHARING <= len(items) <= _MOST_BESIDE:
        return list(map(work, items))
    queue = _queue_numbers(len(items))

    def take() -> dict[int, R]:
        return {at: work(items[at]) for at in _take_numbers(queue)}

    wait = work_aside(take, workers=workers)
    try:
        made = take()
    finally:
        while os.read(queue, _PIPE_BYTES):
            pass  # where this process gives up, nothing may go on
        made_there = wait()
        os.close(queue)
    made |= made_there
    return [made[at] if at in made else work(item) for at, item in enumerate(items)]


def can_fork(workers: int) -> bool:
    return workers > 1 and sys.platform == "linux" and threading.active_count() == 1


def split_items(items: Sequence[T], workers: int, alone: int) -> list[Sequence[T]]:
    """Return consecutive parts of items: the first `alone` one by one, then ever smaller ones."""
    parts = [items[at : at + 1] for at in range(min(alone, len(items)))]
    sharing = min(workers, _MOST_SHARING)
    least = -(-len(items) // (sharing * _LAST_PARTS_EACH))
    most = -(-len(items) // (sharing * _PARTS_EACH))
    start = len(parts)
    while start < len(items):
        left = (len(items) - start) // (sharing * _LEFT_EACH)
        size = max(least, min(most, left))
        parts.append(items[start : start + size])
        start += size
    return parts


def _queue_numbers(count: int) -> int:
    """Return a pipe that holds the numbers below a count: who reads one has it alone."""
    queue, into = os.pipe()
    os.write(into, b"".join(at.to_bytes(_NUMBER_BYTES, "big") for at in range(count)))
    os.close(into)
    return queue


def _take_numbers(queue: int) -> Iterator[int]:
    while number := os.read(queue, _NUMBER_BYTES):
        yield int.from_bytes(number, "big")


def _fork(
    parts: Sequence[Sequence[T]], work: Callable[[Sequence[T]], R], workers: int
) -> Iterator[tuple[int, R]]:
    """Let workers take the parts one after the other from a pipe that holds their numbers."""
    import fcntl  # noqa: PLC0415 - not on Windows, where nothing forks

    # Most commands fork nothing for which this would have to be loaded.
    import multiprocessing  # noqa: PLC0415

    context = multiprocessing.get_context("fork")
    queue = _queue_numbers(len(parts))
    running: dict[Connection, BaseProcess] = {}
    try:
        for _ in range(min(workers, len(parts))):
            ours, theirs = context.Pipe(duplex=False)
            with suppress(OSError):  # who has many pipes gets small ones
                fcntl.fcntl(theirs.fileno(), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
            process: BaseProcess = context.Process(
                target=_run, args=(queue, theirs, work, parts), daemon=True
            )
            process.start()
            theirs.close()
            running[ours] = process
        yield from _receive(running)
    finally:
        os.close(queue)
        for ours, process in running.items():
            ours.close()
            process.kill()  # nothing happens to those that are done
            process.join()


def _run(
    queue: int, pipe: Connection, work: Callable[[Sequence[T]], R], parts: Sequence[Sequence[T]]
) -> None:
    gc.disable()
    try:
        for at in _take_numbers(queue):
            pipe.send((at, work(parts[at])))
    except Exception as error:  # noqa: BLE001 - raised again in the parent
        pipe.send(error)
    else:
        pipe.send(None)
    pipe.close()


def _receive(running: dict[Connection, BaseProcess]) -> Iterator[tuple[int, Any]]:
    from multiprocessing.connection import Connection, wait  # noqa: PLC0415 - as above

    waiting = set(running)
    while waiting:
        for pipe in wait(list(waiting)):
            assert isinstance(pipe, Connection)
            try:
                told = pipe.recv()
            except EOFError:
                raise WorkerDiedError from None
            if isinstance(told, Exception):
                raise told
            if told is None:
                waiting.remove(pipe)
            else:
                yield told
