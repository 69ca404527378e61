"""The site goes to where readers find it: built, compared, shown, and sent after one question.

It does what `guongsang build` and `guongsang deploy` do, by the same functions, in a thread of its
own: the page asks how far it is, and may be closed meanwhile. A password stays in that thread.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from guongsang.deploy.config import (
    ConfigError,
    Target,
    UnknownTargetError,
    list_targets,
    load_target,
    read_login,
)
from guongsang.deploy.explain import FAILURES, explain
from guongsang.deploy.explain import say as say_deploy
from guongsang.deploy.htaccess import NAME as HTACCESS
from guongsang.deploy.local import NotBuiltError, Site, read_site
from guongsang.deploy.run import Done, TooManyRemovalsError, Wishes
from guongsang.deploy.upload import refuse_self, upload
from guongsang.deskpage.asked import Asked, RefusedError, Reply, read_json
from guongsang.deskpage.exchange.building import build_apart
from guongsang.deskpage.form.erasing import tell_problems
from guongsang.deskpage.texts import say
from guongsang.remotes.remote import Place, RemoteError, Secret
from guongsang.site.sources.project import CACHE

_MOST_SHOWN: Final = 300  # paths of a kind, or problems; who reads more uses the command
_ALL: Final = sys.maxsize
_WORKING: Final = ("building", "comparing", "sending")


class _PasswordNeededError(Exception):
    """Neither environment nor agent nor a person has told the password yet."""


@dataclass(frozen=True, slots=True)
class _Job:
    """An upload as far as it is: `phase` names what is done or waited for, `told` goes to the page.

    `plan` and `site` are of what has been shown.
    """

    phase: str = "idle"
    target: Target | None = None
    told: dict[str, Any] | None = None
    plan: Done | None = None
    site: Site | None = None


_Work = Callable[[_Job, Secret], None]


class Uploading:
    """Answers what the page asks about uploading; one upload at a time."""

    def __init__(self, root: Path, lang: str) -> None:
        self.root, self.lang = root, lang
        self._mutex = threading.Lock()
        self._stop = threading.Event()
        self._job = _Job()

    def look(self, _: Asked) -> Reply:
        """Send the targets, and how far the upload is."""
        try:
            targets = list_targets(self.root)
        except ConfigError as error:
            return Reply.of({"targets": {}, "text": explain(error, None, self.lang)})
        return Reply.of({"targets": targets, **self._tell()})

    def plan(self, asked: Asked) -> Reply:
        """Begin to build, and to find out what there is to send."""
        told = read_json(asked)
        name = told.get("target")
        try:
            target = load_target(self.root, name if isinstance(name, str) else None)
        except UnknownTargetError:
            raise RefusedError(HTTPStatus.BAD_REQUEST, "refused-body") from None
        except ConfigError as error:
            text = explain(error, None, self.lang)
            raise RefusedError(
                HTTPStatus.UNPROCESSABLE_ENTITY, "refused-write", text=text
            ) from None
        return self._begin(_Job("building", target), self._plan, _read_password(told))

    def send(self, asked: Asked) -> Reply:
        """Begin to send what has been shown. Many removals want their number."""
        told = read_json(asked)
        job = self._job
        if job.plan is None or job.site is None:
            raise RefusedError(HTTPStatus.CONFLICT, "refused-plan")
        removed = len(job.plan.removed)
        if removed > Wishes().max_removed and told.get("removed") != str(removed):
            text = say("upload-many-number", self.lang, count=removed)
            raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, "refused-write", text=text)
        began = replace(job, phase="sending", told={})
        work = partial(self._send, take_over=told.get("takeOver") is True)
        return self._begin(began, work, _read_password(told))

    def stop(self, _: Asked) -> Reply:
        """Stop sending; what has been sent stays, and counts the next time."""
        self.close()
        return Reply.of(self._tell())

    def close(self) -> None:
        """Let nothing more be begun."""
        self._stop.set()

    # In a thread

    def _begin(self, job: _Job, work: _Work, typed: Secret) -> Reply:
        with self._mutex:
            if self._job.phase in _WORKING:
                raise RefusedError(HTTPStatus.CONFLICT, "refused-uploading")
            self._job = job
            self._stop.clear()
        threading.Thread(target=self._run, args=(work, typed), daemon=True).start()
        return Reply.of(self._tell())

    def _run(self, work: _Work, typed: Secret) -> None:
        try:
            work(self._job, typed)
        except _PasswordNeededError:
            self._wait_for_password()
        except FAILURES as error:
            self._fail(error, is_typed=bool(typed))
        except BaseException:
            self._go("failed", text=say("upload-ended", self.lang))
            raise

    def _plan(self, job: _Job, typed: Secret) -> None:
        assert job.target is not None
        built = build_apart(self.root, self.lang)
        if built.site_dir is None:
            is_told = built.problems or built.notes
            self._go(
                "failed",
                text=say("upload-not-built" if is_told else "upload-ended", self.lang),
                problems=tell_problems(built.problems[:_MOST_SHOWN], self.lang),
                notes=built.notes,
            )
            return
        refuse_self(self.root, built.site_dir, job.target)
        self._go("comparing")
        site = read_site(built.site_dir, self.root / CACHE, lambda _: None)
        done = self._upload(job.target, site, typed, dry_run=True, max_removed=_ALL)
        is_many = len(done.removed) > Wishes().max_removed
        self._job = _Job("planned", job.target, {**_tell_done(done), "many": is_many}, done, site)

    def _send(self, job: _Job, typed: Secret, *, take_over: bool) -> None:
        assert job.target is not None and job.plan is not None and job.site is not None
        most = max(Wishes().max_removed, len(job.plan.removed))
        done = self._upload(job.target, job.site, typed, take_over=take_over, max_removed=most)
        keys = (("deploy-resumed", done.is_resumed), ("deploy-reload", done.reload))
        notes = [say_deploy(key, self.lang) for key, is_so in keys if is_so]
        self._job = _Job("done", job.target, {**_tell_done(done), "notes": notes})

    def _upload(self, target: Target, site: Site, typed: Secret, **wishes: Any) -> Done:
        began = time.monotonic()

        def ask() -> str:
            if not typed:
                raise _PasswordNeededError
            return typed.text

        def on_progress(steps: int, total: int, sent: int, size: int) -> None:
            seconds = time.monotonic() - began
            share = sent / size if size else steps / total
            left = seconds / share - seconds if share and seconds > 1 else None
            self._go("sending", steps=steps, total=total, sent=sent, size=size, left=left)

        return upload(
            self.root,
            target,
            site,
            login=read_login(target.name, os.environ, ask),
            wishes=Wishes(target.server, target.keep, **wishes),
            on_progress=on_progress,
            stop=self._stop,
        )

    def _go(self, phase: str, **told: Any) -> None:
        """Go over to another phase; what has been shown stays known."""
        self._job = replace(self._job, phase=phase, told=told)

    def _wait_for_password(self, **told: Any) -> None:
        place = self._job.target.place if self._job.target else Place("")
        self._go("password", user=place.user, host=place.host, **told)

    def _fail(self, error: Exception, *, is_typed: bool) -> None:
        reason = error.reason if isinstance(error, RemoteError) else ""
        if reason == "password" and is_typed:
            self._wait_for_password(text=say("upload-password-wrong", self.lang))
            return
        if isinstance(error, NotBuiltError | TooManyRemovalsError):
            self._job = replace(self._job, plan=None, site=None)  # it is not as it was shown
        text = explain(error, self._job.target, self.lang)
        if isinstance(error, RemoteError) and reason == "busy-silent":
            text = say("upload-silent", self.lang, **error.told)
        elif isinstance(error, TooManyRemovalsError):
            text = say("upload-more", self.lang)
        self._go("failed", text=text, silent=reason == "busy-silent")

    def _tell(self) -> dict[str, Any]:
        """Return what the page gets; `isPlanned`: only the sending is to be done, or done again."""
        job = self._job
        name = job.target.name if job.target else None
        return {
            **(job.told or {}),
            "phase": job.phase,
            "target": name,
            "isPlanned": job.plan is not None,
        }


def _tell_done(done: Done) -> dict[str, Any]:
    changed = [*done.changed, *([HTACCESS] if done.rules else [])]
    kinds = {"added": done.added, "changed": changed, "removed": done.removed}
    return {
        "counts": {kind: len(paths) for kind, paths in kinds.items()},
        **{kind: paths[:_MOST_SHOWN] for kind, paths in kinds.items()},
        "size": done.size,
        "isNothing": done.is_nothing,
    }


def _read_password(told: Mapping[str, Any]) -> Secret:
    typed = told.get("password")
    return Secret(typed if isinstance(typed, str) else "")
