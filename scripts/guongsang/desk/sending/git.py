"""The editor's own git, asked in a way that never waits for anybody to type."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO, Final

SILENCE_SECONDS: Final = 60.0  # after which a git that says nothing is ended
LEAST: Final = (2, 38)  # the first with merge-tree --write-tree
_VERSION: Final = re.compile(rb"git version (\d+)\.(\d+)")
# What would ask: nobody sits at a terminal, and a window behind the browser is never seen.
_SILENT: Final = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "",  # empty: neither core.askPass nor SSH_ASKPASS is looked for
    "SSH_ASKPASS": "",
    "SSH_ASKPASS_REQUIRE": "never",
    "GCM_INTERACTIVE": "never",
    "GIT_EDITOR": ":",
    "LC_ALL": "C",  # what it says is told apart by its words
    "LANGUAGE": "C",
}
_POLL_SECONDS: Final = 0.25


class GitError(Exception):
    """Git has refused; `said` is what it wrote, for a log and never for editors."""

    def __init__(self, arguments: Sequence[str], code: int, said: str) -> None:
        super().__init__(f"git {' '.join(arguments)} ({code}): {said.strip()}")
        self.code, self.said = code, said


class NoGitError(Exception):
    """Git is not installed, or too old; `version` is what is there."""

    def __init__(self, version: str = "") -> None:
        super().__init__(version)
        self.version = version


class Git:
    """Git in a folder. `seconds` is how long it may say nothing."""

    def __init__(self, folder: Path, seconds: float = SILENCE_SECONDS) -> None:
        self.folder, self.seconds = folder, seconds

    def run(
        self,
        *arguments: str,
        given: bytes = b"",
        env: Mapping[str, str] | None = None,
        fine: Sequence[int] = (0,),
    ) -> bytes:
        """Return what git answers. Raises GitError, and NoGitError where there is none."""
        return self.run_for_code(*arguments, given=given, env=env, fine=fine)[1]

    def run_for_code(
        self,
        *arguments: str,
        given: bytes = b"",
        env: Mapping[str, str] | None = None,
        fine: Sequence[int] = (0,),
    ) -> tuple[int, bytes]:
        """Return the exit code, one of `fine`, and what git answers. Raises as `run` does."""
        told = {**os.environ, **_SILENT, **(env or {})}
        # The folder alone says which repository is meant, whoever has started us.
        for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_PREFIX"):
            told.pop(name, None)
        if not (env and "GIT_INDEX_FILE" in env):
            told.pop("GIT_INDEX_FILE", None)
        command = ["git", "-C", str(self.folder), "-c", "core.quotepath=off", *arguments]
        try:
            process = subprocess.Popen(  # noqa: S603 - our own words
                command,
                env=told,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,  # so without a terminal, and ended with what it started
            )
        except OSError:
            raise NoGitError from None
        code, answer, said = _Listener(process, given).listen(self.seconds)
        if code not in fine:
            raise GitError(arguments, code, said.decode("utf-8", "replace"))
        return code, answer

    def ask(self, *arguments: str, given: bytes = b"") -> str | None:
        """Return one line that git answers; None where it refuses."""
        try:
            return os.fsdecode(self.run(*arguments, given=given)).strip("\r\n")
        except GitError:
            return None

    def ask_far(self, *arguments: str) -> bytes:
        """Let git talk to the other end, with nothing that ssh could ask. Raises GitError."""
        return self.run(*arguments, env=self._make_ssh_silent())

    def _make_ssh_silent(self) -> dict[str, str]:
        command = os.environ.get("GIT_SSH_COMMAND") or self.ask("config", "core.sshCommand")
        if not command and "GIT_SSH" in os.environ:
            return {}  # not OpenSSH: its options are others
        return {"GIT_SSH_COMMAND": f"{command or 'ssh'} -o BatchMode=yes -o ConnectTimeout=20"}

    def check_version(self) -> None:
        """Raises NoGitError where git is missing or too old."""
        _check_version(os.environ.get("PATH", ""))


@cache
def _check_version(_path: str) -> None:
    """Check once for where programs are looked for; what is refused is checked again."""
    told = Git(Path()).run("--version")
    found = _VERSION.match(told)
    if not found or (int(found[1]), int(found[2])) < LEAST:
        raise NoGitError(os.fsdecode(told).removeprefix("git version ").strip())


class _Listener:
    """Reads what a process says; every word starts its time anew, so a slow line is no failure."""

    def __init__(self, process: subprocess.Popen[bytes], given: bytes) -> None:
        self._process, self._given = process, given
        self._heard = time.monotonic()
        self._told: dict[str, bytearray] = {"out": bytearray(), "err": bytearray()}

    def listen(self, seconds: float) -> tuple[int, bytes, bytes]:
        """Return exit code, answer and errors; who is silent for too long is ended."""
        process = self._process
        assert process.stdin
        assert process.stdout
        assert process.stderr
        threads = [
            threading.Thread(target=self._write, args=(process.stdin,), daemon=True),
            threading.Thread(target=self._read, args=(process.stdout, "out"), daemon=True),
            threading.Thread(target=self._read, args=(process.stderr, "err"), daemon=True),
        ]
        for each in threads:
            each.start()
        answering = threads[1]
        while process.poll() is None:
            if answering.is_alive():  # it ends with the process, mostly: nothing is asked in vain
                answering.join(_POLL_SECONDS)
            else:
                with suppress(subprocess.TimeoutExpired):
                    process.wait(_POLL_SECONDS)
            if time.monotonic() - self._heard > seconds:
                _end(process)
        for each in threads:
            each.join(_POLL_SECONDS * 8)
        return process.returncode, bytes(self._told["out"]), bytes(self._told["err"])

    def _write(self, pipe: IO[bytes]) -> None:
        try:
            with pipe:
                pipe.write(self._given)
        except OSError:  # it has heard enough
            return

    def _read(self, pipe: IO[bytes], name: str) -> None:
        with pipe:
            while chunk := os.read(pipe.fileno(), 1 << 16):
                self._heard = time.monotonic()
                self._told[name] += chunk


def _end(process: subprocess.Popen[bytes]) -> None:
    """End git with ssh and whatever else it has started."""
    if hasattr(os, "killpg"):
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
    else:
        process.kill()
