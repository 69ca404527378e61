"""Why an upload does not go on, in one line."""

from __future__ import annotations

from typing import Final

from guongsang.deploy.config import ConfigError, Target, secret_variable
from guongsang.deploy.local import NotBuiltError
from guongsang.deploy.run import StoppedError, TooManyRemovalsError
from guongsang.deploy.texts import TEXTS
from guongsang.publish.lock import BusyError
from guongsang.remotes.remote import RemoteError

FAILURES: Final = (
    *(ConfigError, NotBuiltError, BusyError),
    *(RemoteError, StoppedError, TooManyRemovalsError),
)


def explain(error: Exception, target: Target | None, lang: str) -> str:
    """Return the line that tells one of the FAILURES; `target` is known once deploy.toml is read.

    Raises TypeError for any other error.
    """
    match error:
        case ConfigError():
            return say(f"deploy.toml-{error.reason}", lang, **error.told)
        case NotBuiltError():
            return say(f"deploy-{error.reason}", lang)
        case BusyError():
            pid, since = error.holder.pid, error.holder.since
            return say("deploy-busy-build", lang, pid=pid, since=since)
        case TooManyRemovalsError():
            return say("deploy-too-many", lang, count=len(error.removed), most=error.most)
        case StoppedError():
            return say("deploy-stopped", lang)
        case RemoteError() if target is not None:
            place = target.place
            variable = secret_variable(target.name, place.scheme)
            where = {"host": place.host, "user": place.user, "port": place.port}
            return say(f"far-{error.reason}", lang, **{**where, "variable": variable, **error.told})
    raise TypeError(error)


def say(key: str, lang: str, **args: object) -> str:
    return TEXTS[key][lang].format(**args)
