"""A bucket of S3, or of what speaks like it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from obstore import exceptions
from obstore.store import S3Store

from guongsang.remotes.reach import find_obstacle
from guongsang.remotes.remote import HOLDER, PATIENCE, Login, Place, RemoteError

# Longer than a request may take between the look at a lock and its creation.
_SETTLE_SECONDS: Final = 3.0
_REGION: Final = "us-east-1"
_AWS: Final = ".amazonaws.com"
_CODE: Final = re.compile(r"<Code>([A-Za-z0-9]+)</Code>")
_STATUS: Final = re.compile(r"status code: ([0-9]{3})")
_NO_BUCKET: Final = ("NoSuchBucket", "PermanentRedirect", "AuthorizationHeaderMalformed", "301")
_UNKNOWN_KEY: Final = (
    "InvalidAccessKeyId",
    "SignatureDoesNotMatch",
    "ExpiredToken",
    "InvalidToken",
    "401",
)
_REFUSED: Final = ("AccessDenied", "AllAccessDisabled", "403")
_FULL: Final = ("QuotaExceeded", "InsufficientStorage", "EntityTooLarge", "507")
# A larger file goes in parts, each with a time limit of its own.
_LARGE: Final = 32_000_000
_HOLDER_TYPE: Final = {"Content-Type": "application/json", "Cache-Control": "no-store"}


class S3Remote:
    """`describe` tells the headers of a file. Raises RemoteError."""

    workers = 16

    def __init__(
        self,
        place: Place,
        login: Login,
        describe: Callable[[str], Mapping[str, str]],
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._describe, self._clock, self._sleep = describe, clock, sleep
        self._place = place
        options: dict[str, Any] = {"endpoint": place.endpoint} if place.endpoint else {}
        if login.token:
            options["session_token"] = login.token.text
        secret = login.password.text or (login.ask() if login.ask and login.key else "")
        if not (login.key and secret):
            raise RemoteError("password", user=login.key)
        self._user = login.key
        self._store = S3Store(
            place.host,
            prefix=place.folder or None,
            region=place.region or _REGION,
            access_key_id=login.key,
            secret_access_key=secret,
            # Some answer the request that deletes several with 501.
            disable_bulk_delete=True,
            client_options={
                "allow_http": place.endpoint.startswith("http://"),
                "timeout": timedelta(seconds=PATIENCE * 10),
                "connect_timeout": timedelta(seconds=PATIENCE),
            },
            retry_config={"max_retries": 3, "retry_timeout": timedelta(seconds=PATIENCE)},
            **options,
        )

    def read(self, path: str) -> bytes | None:
        with self._explained(path):
            try:
                return bytes(self._store.get(path).bytes())
            except FileNotFoundError as error:
                if _read_code(error) in _NO_BUCKET:
                    raise
                return None

    def write(self, path: str, content: bytes) -> None:
        with self._explained(path):
            self._store.put(
                path,
                content,
                attributes={**self._describe(path)},
                use_multipart=len(content) > _LARGE,
            )

    def remove(self, path: str) -> None:
        if path.endswith("/"):
            return  # there are no folders
        with self._explained(path), suppress(FileNotFoundError):
            self._store.delete(path)

    def make_folder(self, path: str) -> None:
        pass

    def lock(self, path: str, holder: bytes) -> bool:
        """Create the lock where there is none, and see whether that held.

        Some servers ignore the condition. There the look, the creation and, after longer than both
        may take, another look decide (Fischer's algorithm): of several the last one stands.
        """
        began = self._clock()
        if self.read(path + HOLDER) is not None or not self._create(path, holder):
            return False
        if self._clock() - began > _SETTLE_SECONDS / 2:
            self.unlock(path)  # too slow to be sure that nobody was in between
            raise RemoteError("silent")
        if self._create(path, holder):
            self._sleep(_SETTLE_SECONDS)
        return self.read(path + HOLDER) == holder

    def unlock(self, path: str) -> None:
        self.remove(path + HOLDER)

    def close(self) -> None:
        pass

    def _create(self, path: str, holder: bytes) -> bool:
        with self._explained(path):
            try:
                self._store.put(path + HOLDER, holder, mode="create", attributes={**_HOLDER_TYPE})
            except (exceptions.AlreadyExistsError, exceptions.PreconditionError, FileExistsError):
                return False
            return True

    @contextmanager
    def _explained(self, path: str) -> Iterator[None]:
        try:
            yield
        except RemoteError:
            raise
        except (exceptions.BaseError, OSError) as error:
            raise self._explain(error, path) from None

    def _explain(self, error: Exception, path: str) -> RemoteError:
        """Return what an error means; its own text may hold more than anybody should see."""
        code = _read_code(error)
        if code in _NO_BUCKET:
            return RemoteError("bucket", endpoint=self._place.endpoint or "AWS")
        if code in _UNKNOWN_KEY:
            return RemoteError("password", user=self._user)
        if code in _REFUSED:
            return RemoteError("no-right", path=path)
        if code in _FULL:
            return RemoteError("full", path=path)
        if code:
            return RemoteError("other", path=path, said=code)
        where = urlsplit(
            self._place.endpoint or f"https://s3.{self._place.region or _REGION}{_AWS}"
        )
        tls = where.scheme != "http"
        return find_obstacle(where.hostname or "", where.port or (443 if tls else 80), tls=tls)


def _read_code(error: Exception) -> str:
    """Return the server's own name of an error, or its number; nothing where it said nothing."""
    found = _CODE.search(str(error)) or _STATUS.search(str(error))
    return found[1] if found else ""
