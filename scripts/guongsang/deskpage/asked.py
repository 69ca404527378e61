"""What a browser asks the desk page for, what it gets, and who may ask."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

from guongsang.desk.refuse import RefusedError as NotWrittenError

BASE: Final = "/.guongsang/ban-bien-tap/"
_TOKEN: Final = "x-guong-sang"  # noqa: S105 - the name of a header
MOST_BYTES: Final = 41 << 20  # a photo of the largest size that is taken, and a little

# Nothing from elsewhere, no script or style in the page itself, and no page of others around it.
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "connect-src 'self'; frame-src 'self'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_HOST: Final = re.compile(r"(?:127\.0\.0\.1|localhost)(?::[0-9]{1,5})?", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: its path below BASE, without the question, and what a question mark brings.

    `headers` are by name in small letters.
    """

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back: bytes of a content type, and what a page of them may load."""

    content: bytes
    kind: str = "application/json"
    status: HTTPStatus = HTTPStatus.OK
    policy: str = POLICY

    @classmethod
    def of(cls, value: object, status: HTTPStatus = HTTPStatus.OK) -> Reply:
        return cls(json.dumps(value, ensure_ascii=False).encode(), status=status)


class RefusedError(Exception):
    """A request that is not answered; `reason` is a key of the table of texts."""

    def __init__(self, status: HTTPStatus, reason: str, **args: object) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason
        self.args_of_text = {name: str(value) for name, value in args.items()}


def refuse_write(error: NotWrittenError, lang: str) -> RefusedError:
    """Return the refusal of a request that the desk has refused to do, in the desk's words."""
    text = error.message(lang)
    return RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, "refused-write", text=text)


def judge_head(
    method: str, headers: Mapping[str, str], token: str, most: int = MOST_BYTES
) -> RefusedError | None:
    """Return why a request is refused by its headers alone, before anything of it is read.
    `most` bytes may follow.

    Another site may neither read drafts (its name made to lead here, a picture, a frame) nor write:
    what writes comes from this very page and brings the token that this run has given it.
    """
    host = headers.get("host", "")
    if not _HOST.fullmatch(host):
        return RefusedError(HTTPStatus.FORBIDDEN, "refused-host")
    if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        return RefusedError(HTTPStatus.FORBIDDEN, "refused-origin")
    return None if method in ("GET", "HEAD") else _judge_write(method, host, headers, token, most)


def _judge_write(
    method: str, host: str, headers: Mapping[str, str], token: str, most: int
) -> RefusedError | None:
    if method != "POST":
        return RefusedError(HTTPStatus.METHOD_NOT_ALLOWED, "refused-method")
    if headers.get("origin", "").lower() != f"http://{host.lower()}":
        return RefusedError(HTTPStatus.FORBIDDEN, "refused-origin")
    if not secrets.compare_digest(headers.get(_TOKEN, "").encode(), token.encode()):
        return RefusedError(HTTPStatus.FORBIDDEN, "refused-token")
    return _judge_length(headers, most)


def _judge_length(headers: Mapping[str, str], most: int) -> RefusedError | None:
    length = headers.get("content-length", "")
    if "transfer-encoding" in headers or not re.fullmatch(r"[0-9]{1,12}", length, re.ASCII):
        return RefusedError(HTTPStatus.LENGTH_REQUIRED, "refused-length")
    if int(length) > most:
        return RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "refused-size", most=most >> 20)
    return None


def read_json(asked: Asked) -> dict[str, Any]:
    """Return the object that a request brings. Raises RefusedError."""
    try:
        told = json.loads(asked.body.decode())
        json.dumps(told, ensure_ascii=False).encode()  # half a letter is none
    except (ValueError, RecursionError):
        raise RefusedError(HTTPStatus.BAD_REQUEST, "refused-body") from None
    if not isinstance(told, dict):
        raise RefusedError(HTTPStatus.BAD_REQUEST, "refused-body")
    return told
