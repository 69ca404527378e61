"""An upload from its plan to its end: several files at once, stage after stage."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from typing import Final

from guongsang.deploy.htaccess import NAME as HTACCESS
from guongsang.deploy.htaccess import merge_rules
from guongsang.deploy.local import Site, digest_content
from guongsang.deploy.lock import FarLock
from guongsang.deploy.plan import Far, Plan, Step, plan_deploy
from guongsang.deploy.state import FarState, Told
from guongsang.exports import redirects, servers
from guongsang.remotes.remote import TEMPORARY, Remote, RemoteError

# Called with steps done and all steps, bytes sent and all bytes.
OnProgress = Callable[[int, int, int, int], None]

_MARK_SECONDS: Final = 5.0
_LARGE: Final = 32_000_000
_APACHE: Final = (redirects.APACHE, servers.APACHE)
_NGINX: Final = (redirects.NGINX, servers.NGINX)


class StoppedError(Exception):
    """Somebody has stopped an upload: what was done counts, the rest is not begun."""


class TooManyRemovalsError(Exception):
    """More files would be removed than is allowed; nothing has been written."""

    def __init__(self, removed: Sequence[str], most: int) -> None:
        self.removed, self.most = removed, most
        super().__init__(len(removed))


@dataclass(frozen=True, slots=True)
class Wishes:
    """How to upload: what the server reads, what it keeps, and what the command was told."""

    server: str = "none"
    keep: tuple[str, ...] = ()
    max_removed: int = 200
    take_over: bool = False
    verify: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, or with `dry_run` would be: paths by kind, and bytes to send.

    `rules` is whether .htaccess gets other rules, `reload` whether nginx has to read its settings
    again, `damaged` what `verify` has found to differ.
    """

    added: Sequence[str]
    changed: Sequence[str]
    removed: Sequence[str]
    size: int
    rules: bool = False
    reload: bool = False
    damaged: int = 0
    is_resumed: bool = False

    @property
    def is_nothing(self) -> bool:
        return not (self.added or self.changed or self.removed or self.rules or self.is_resumed)


class Deploy:
    """One upload of a site to a place; once `stop` is set, no step is begun any more."""

    def __init__(
        self,
        site: Site,
        remote: Remote,
        state: FarState,
        lock: FarLock,
        *,
        wishes: Wishes,
        on_progress: OnProgress | None = None,
        stop: threading.Event | None = None,
    ) -> None:
        self._site, self._remote, self._state, self._lock = site, remote, state, lock
        self._wishes, self._on_progress = wishes, on_progress
        self._rules: bytes | None = None
        self._stop, self._large = stop or threading.Event(), threading.Lock()
        self._failure: Exception | None = None

    def run(self) -> Done:
        """Bring the place to the state of the site, or say what that would take.

        Raises RemoteError, StoppedError, NotBuiltError where the site changes meanwhile, and
        TooManyRemovalsError before anything is written. What was done counts, whatever happens:
        the next run goes on from there.
        """
        before = self._state.read()
        told, damaged = self._verify(before) if self._wishes.verify else (before, 0)
        plan, done = self._plan(told, damaged)
        if self._wishes.dry_run:
            return done
        if done.is_nothing:
            self._lock.sweep()
            return done
        self._lock.take(take_over=self._wishes.take_over)
        try:
            again = self._state.read(before)
            if again is not before:
                told, damaged = self._verify(again) if self._wishes.verify else (again, 0)
                plan, done = self._plan(told, damaged)
            if not done.is_nothing:
                self._carry_out(told, plan, done.size)
        finally:
            self._lock.release()
        return done

    def _plan(self, told: Told, damaged: int) -> tuple[Plan, Done]:
        # Not ours alone: it is merged, below.
        merged = [HTACCESS] if self._wishes.server == "apache" else []
        plan = plan_deploy(self._site.digests, told.far, [*self._wishes.keep, *merged])
        if len(plan.removed) > self._wishes.max_removed:
            raise TooManyRemovalsError(plan.removed, self._wishes.max_removed)
        rules = self._merge_rules()
        if rules is not None:
            plan = _put_rules(plan, digest_content(rules))
        self._rules = rules
        uploads = [*plan.added, *plan.changed]
        return plan, Done(
            plan.added,
            plan.changed,
            plan.removed,
            sum(self._site.sizes[path] for path in uploads),
            rules=rules is not None,
            reload=self._wishes.server == "nginx" and not set(_NGINX).isdisjoint(uploads),
            damaged=damaged,
            is_resumed=told.is_unfinished,
        )

    def _merge_rules(self) -> bytes | None:
        """Return the .htaccess that is to be there, None where it is."""
        if self._wishes.server != "apache" or HTACCESS in self._wishes.keep:
            return None
        sources = [path for path in (HTACCESS, *_APACHE) if path in self._site.digests]
        there = self._remote.read(HTACCESS)
        merged = merge_rules(there, b"".join(map(self._site.read, sources)))
        return None if merged == there else merged

    def _verify(self, told: Told) -> tuple[Told, int]:
        """Read every file that should be there; what is another one counts as not there."""
        far = told.far
        paths = [path for path in far.files if path in self._site.digests]
        with ThreadPoolExecutor(self._remote.workers) as pool:
            found = dict(zip(paths, pool.map(self._tell_far, paths), strict=True))
        files = dict(far.files)
        wrong = 0
        for path, digest in found.items():
            wrong += digest != files[path]
            if digest is None:
                del files[path]
            else:
                files[path] = digest
        return replace(told, far=Far(files, far.late, far.doubted)), wrong

    def _tell_far(self, path: str) -> str | None:
        content = self._remote.read(path)
        return None if content is None else digest_content(content)

    def _carry_out(self, told: Told, plan: Plan, size: int) -> None:
        """Do stage after stage, and note now and then how many steps from the first are done."""
        work = self._state.begin(told, plan)
        steps = done = sent = 0
        marked = time.monotonic()
        total = sum(map(len, plan.stages))
        try:
            with ThreadPoolExecutor(self._remote.workers) as pool:
                for step, future in self._each_started(plan, pool):
                    self._wait(future)
                    steps += 1
                    done += not step.is_made
                    sent += self._site.sizes.get(step.path, 0) if step.digest else 0
                    if self._on_progress is not None:
                        self._on_progress(steps, total, sent, size)
                    if time.monotonic() - marked > _MARK_SECONDS:
                        self._state.mark(work, done)
                        marked = time.monotonic()
            self._lock.check()
            self._state.finish(told, plan)
        except BaseException as error:
            with suppress(RemoteError):
                self._state.mark(work, done)
            if isinstance(error, StoppedError) and self._failure is not None:
                raise self._failure from None
            raise

    def _each_started(
        self, plan: Plan, pool: ThreadPoolExecutor
    ) -> Iterator[tuple[Step, Future[None]]]:
        """Yield each step once it is to be done; a stage begins when the last one has ended."""
        for stage in plan.stages:
            yield from [(step, pool.submit(self._do, step)) for step in stage]

    def _wait(self, future: Future[None]) -> None:
        try:
            while not wait([future], timeout=1).done:
                self._lock.ensure()
            future.result()
        except BaseException:
            self._stop.set()  # what has not begun need not begin any more
            raise

    def _do(self, step: Step) -> None:
        if self._stop.is_set():
            raise StoppedError
        try:
            self._lock.ensure()
            if step.is_made:
                self._remote.make_folder(step.path)
            elif step.digest:
                self._write(step)
            else:
                self._remove(step)
        except Exception as error:
            self._failure = self._failure or error
            self._stop.set()
            raise

    def _remove(self, step: Step) -> None:
        self._remote.remove(step.path)
        if step.is_doubted and not step.path.endswith("/"):
            self._remote.remove(step.path + TEMPORARY)

    def _write(self, step: Step) -> None:
        # A file is in memory while it is sent: of large ones one at a time.
        with self._large if self._site.sizes.get(step.path, 0) > _LARGE else nullcontext():
            self._send(step)

    def _send(self, step: Step) -> None:
        if step.path == HTACCESS and self._rules is not None:
            content = self._rules
        else:
            content = self._site.read(step.path)
        if step.is_doubted:
            there = self._remote.read(step.path)
            if there is not None and digest_content(there) == step.digest:
                self._remote.remove(step.path + TEMPORARY)
                return
        try:
            self._remote.write(step.path, content)
        except RemoteError as error:
            if error.reason != "no-parent":
                raise
            # Somebody has taken the folder away.
            for end, letter in enumerate(step.path):
                if letter == "/":
                    self._remote.make_folder(step.path[: end + 1])
            self._remote.write(step.path, content)


def _put_rules(plan: Plan, digest: str) -> Plan:
    """Return the plan with the rules of .htaccess behind all pages, in front of what goes."""
    stages = list(plan.stages)
    at = len(stages)
    while at and all(not step.digest and not step.is_made for step in stages[at - 1]):
        at -= 1
    return replace(plan, stages=[*stages[:at], [Step(HTACCESS, digest)], *stages[at:]])
