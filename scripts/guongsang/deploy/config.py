"""deploy.toml: where a newsroom publishes to. It stands in git, so no secret may stand in it."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from guongsang.remotes.remote import Login, Place, Secret

NAME: Final = "deploy.toml"
SERVERS: Final = ("apache", "nginx", "s3", "none")
_KEYS: Final = ("to", "server", "keep", "host_key", "endpoint", "region")
_SECRETS: Final = re.compile(r"pass|secret|token|access_key|private", re.IGNORECASE)
_TARGET: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SCHEMES: Final = ("sftp", "ftps", "s3")
_EXAMPLE: Final = "sftp://ten@may-chu.vn/public_html"


class ConfigError(Exception):
    """What is wrong with deploy.toml; `reason` chooses the line that tells it."""

    def __init__(self, reason: str, **told: object) -> None:
        self.reason, self.told = reason, told
        super().__init__(reason)


class UnknownTargetError(Exception):
    """The target that was typed, or has to be typed, is none of those `known`."""

    def __init__(self, known: list[str]) -> None:
        self.known = known
        super().__init__()


@dataclass(frozen=True, slots=True)
class Target:
    """One place to publish to."""

    name: str
    place: Place
    server: str = "none"
    keep: tuple[str, ...] = ()


def load_target(root: Path, name: str | None) -> Target:
    """Read one target of deploy.toml, the only one where no name is given.

    Raises ConfigError and UnknownTargetError.
    """
    targets = _read_targets(root / NAME)
    if name is None and len(targets) == 1:
        (name,) = targets
    if name is None or name not in targets:
        raise UnknownTargetError(sorted(targets))
    return _read_target(name, targets[name])


def list_targets(root: Path) -> dict[str, str]:
    """Return the targets of deploy.toml, each with its address as it is written.

    Raises ConfigError, also where one of them cannot be used.
    """
    targets = _read_targets(root / NAME)
    return {name: str(table["to"]) for name, table in targets.items() if _read_target(name, table)}


def read_login(target: str, env: Mapping[str, str], ask: Callable[[], str] | None) -> Login:
    """Return what the environment says of a target: GUONGSANG_DEPLOY_<TARGET>_…

    PASSWORD, KEY (a file) and KEY_PASSWORD; of S3 ACCESS_KEY, which stands for the file, SECRET_KEY
    for the password, and SESSION_TOKEN.
    """
    prefix = f"GUONGSANG_DEPLOY_{target.upper().replace('-', '_')}_"

    def find(*names: str) -> str:
        return next((env[prefix + name] for name in names if env.get(prefix + name)), "")

    return Login(
        password=Secret(find("PASSWORD", "SECRET_KEY")),
        key=os.path.expanduser(find("KEY", "ACCESS_KEY")),  # noqa: PTH111 - may be no path
        key_password=Secret(find("KEY_PASSWORD")),
        token=Secret(find("SESSION_TOKEN")),
        ask=ask,
    )


def _read_targets(path: Path) -> Mapping[str, Mapping[str, Any]]:
    try:
        told = tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        raise ConfigError("no-config") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        # What else the error tells may be a secret.
        line = re.search(r"line (\d+)", str(error))
        raise ConfigError("toml", line=line[1] if line else "?") from None
    except OSError as error:
        raise ConfigError("unreadable", said=error.strerror) from None
    targets = told.pop("target", None)
    if told or not isinstance(targets, dict) or not targets:
        raise ConfigError("no-target", example=_EXAMPLE)
    for name, table in targets.items():
        if not _TARGET.fullmatch(name):
            raise ConfigError("name", name=name)
        if not isinstance(table, dict):
            raise ConfigError("no-target", example=_EXAMPLE)
    return targets


def _read_target(name: str, table: Mapping[str, Any]) -> Target:
    for key in table:
        if key in _KEYS:
            continue
        if _SECRETS.search(key):
            raise ConfigError("secret", target=name, variable=secret_variable(name))
        near = get_close_matches(key, _KEYS, 1) or _KEYS
        raise ConfigError("key", target=name, found=key, near=", ".join(near))
    for key in set(table) - {"keep"}:
        if not isinstance(table[key], str):
            raise ConfigError("value", target=name, found=key)
    keep = table.get("keep", [])
    if not isinstance(keep, list) or not all(isinstance(each, str) for each in keep):
        raise ConfigError("value", target=name, found="keep")
    server = table.get("server", "none")
    if server not in SERVERS:
        raise ConfigError("server", target=name, known=", ".join(SERVERS))
    place = _read_place(name, table)
    return Target(name, place, server, tuple(each.strip("/") for each in keep if each.strip("/")))


def _read_place(name: str, table: Mapping[str, Any]) -> Place:
    to = table.get("to", "")
    told = {key: table.get(key, "") for key in ("host_key", "endpoint", "region")}
    if "://" not in to:
        if not to:
            raise ConfigError("to", target=name, example=_EXAMPLE)
        return Place("folder", folder=os.path.expanduser(to), **told)  # noqa: PTH111 - as typed
    try:
        parts = urlsplit(to)
        port = parts.port
    except ValueError:
        raise ConfigError("to", target=name, example=_EXAMPLE) from None
    if parts.password is not None:
        raise ConfigError("secret", target=name, variable=secret_variable(name))
    if parts.scheme == "ftp":
        raise ConfigError("ftp", target=name)
    if parts.scheme not in _SCHEMES or not parts.hostname or parts.query or parts.fragment:
        raise ConfigError("to", target=name, example=_EXAMPLE)
    host = parts.netloc if parts.scheme == "s3" else parts.hostname
    folder = unquote(parts.path[1:]).rstrip("/") or ("/" if parts.path.startswith("//") else "")
    return Place(parts.scheme, host, port, unquote(parts.username or ""), folder, **told)


def secret_variable(target: str, scheme: str = "") -> str:
    """Return the name of the environment's variable for a target's password."""
    name = "SECRET_KEY" if scheme == "s3" else "PASSWORD"
    return f"GUONGSANG_DEPLOY_{target.upper().replace('-', '_')}_{name}"
