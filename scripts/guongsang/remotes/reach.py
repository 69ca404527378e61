"""Why a server cannot be reached, asked once more where a library does not tell."""

from __future__ import annotations

import socket
import ssl
from typing import Final

from guongsang.remotes.remote import RemoteError

_PATIENCE: Final = 10


def find_obstacle(host: str, port: int, *, tls: bool) -> RemoteError:
    """Return what stands between us and a server; "lost" where it can be reached after all."""
    try:
        with socket.create_connection((host, port), timeout=_PATIENCE) as connection:
            if tls:
                context = ssl.create_default_context()
                context.wrap_socket(connection, server_hostname=host).close()
    except OSError as error:
        return explain_connecting(error, host, port)
    return RemoteError("lost", host=host)


def explain_connecting(error: OSError, host: str, port: int) -> RemoteError:
    """Return what an error means that came up while connecting."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return RemoteError("certificate", host=host, said=error.verify_message)
    if isinstance(error, socket.gaierror):
        return RemoteError("unknown-name", host=host)
    if isinstance(error, TimeoutError):
        return RemoteError("silent", host=host)
    if isinstance(error, ConnectionRefusedError):
        return RemoteError("refused", host=host, port=port)
    return RemoteError("lost", host=host)
