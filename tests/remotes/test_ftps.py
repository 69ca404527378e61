"""FTPS: as many connections as the server likes, and new ones for those that it ends."""

from __future__ import annotations

import ftplib
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext

import pytest
from tests.remotes.servers import PASSWORD, proftpd, pure_ftpd

from guongsang.remotes.ftps import FtpsRemote
from guongsang.remotes.remote import Login, Place, RemoteError, Secret


def open_ftps(far, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", far.env["SSL_CERT_FILE"])
    place = Place("ftps", "127.0.0.1", far.port, "bai-thu", "public_html")
    return FtpsRemote(place, Login(password=Secret(PASSWORD)))


@pytest.mark.parametrize(
    "server", [lambda: pure_ftpd("-C", "2"), lambda: proftpd("MaxClientsPerHost 1")]
)
def test_a_server_that_wants_few_connections_gets_few(server, monkeypatch):
    with server() as far:
        remote = open_ftps(far, monkeypatch)
        with ThreadPoolExecutor(remote.workers) as pool:
            list(pool.map(lambda n: remote.write(f"{n}.html", b"%d" % n), range(20)))
        assert {path.name: path.read_bytes() for path in far.root.iterdir()} == {
            f"{n}.html": b"%d" % n for n in range(20)
        }
        remote.close()


def test_a_connection_that_was_ended_meanwhile_is_opened_anew(monkeypatch):
    with proftpd() as far:
        remote = open_ftps(far, monkeypatch)
        remote.write("a.html", b"1")
        connection = remote._free.get()
        connection.sock.shutdown(socket.SHUT_RDWR)
        remote._free.put(connection)
        remote.write("b.html", b"2")
        assert remote.read("b.html") == b"2"
        remote.close()


@pytest.mark.parametrize(("times", "ends"), [(3, True), (9, False)])
def test_a_server_without_a_free_port_is_asked_again(monkeypatch, times, ends):
    """For a while: then it is told, and the connection goes on being used."""
    said = [ftplib.error_temp("425 Unable to build data connection")] * times
    monkeypatch.setattr(time, "sleep", lambda _: None)
    with proftpd() as far:
        remote = open_ftps(far, monkeypatch)
        real = ftplib.FTP_TLS.storbinary

        def store(*values, **options):
            if said:
                raise said.pop()
            return real(*values, **options)

        monkeypatch.setattr(ftplib.FTP_TLS, "storbinary", store)
        with nullcontext() if ends else pytest.raises(RemoteError):
            remote.write("a.html", b"1")
        said.clear()
        remote.write("b.html", b"2")
        assert remote.read("a.html") == (b"1" if ends else None)
        remote.close()
