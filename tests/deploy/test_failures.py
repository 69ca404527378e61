"""Whatever goes wrong at the far end is one line, in two languages, and tells no secret."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import socket
import sys
import threading
import traceback
from dataclasses import replace
from pathlib import Path
from unittest import mock

import asyncssh
import pytest
from tests.remotes.servers import (
    PASSWORD,
    Far,
    asyncssh_server,
    folder_place,
    free_ports,
    moto,
    openssh,
    proftpd,
    pure_ftpd,
)

from guongsang.deploy.config import read_login
from guongsang.deploy.texts import TEXTS
from guongsang.remotes import ftps, sftp
from guongsang.remotes.remote import Login, Place, RemoteError, Secret
from guongsang.remotes.sftp import SftpRemote

FINGERPRINT = "SHA256:" + "A" * 43


@pytest.fixture
def deploy(published, tmp_path):
    """Upload with the secrets of a place."""

    def deploy(far, *options, **env):
        (published.root / "deploy.toml").write_text(far.tell(), "utf-8")
        settings = {"HOME": str(tmp_path), **far.env, **env}
        return published.run("deploy", *options, **settings)

    deploy.newsroom = published
    return deploy


def set_password(far, password):
    return replace(far, env={**far.env, "GUONGSANG_DEPLOY_CHINH_PASSWORD": password})


def pinned(far, key):
    return replace(far, settings={**far.settings, "host_key": key})


class FullServer(asyncssh.SFTPServer):
    """What OpenSSH says when there is no room: only that it failed."""

    def write(self, *_):
        raise asyncssh.SFTPFailure("Failure")

    def statvfs(self, _):
        found = asyncssh.SFTPVFSAttrs()
        found.bavail = 0
        return found


class ClosedServer(asyncssh.SFTPServer):
    def mkdir(self, *_):
        raise asyncssh.SFTPPermissionDenied("Permission denied")


class VanishingServer(asyncssh.SFTPServer):
    """Goes away after some files."""

    left = 20

    def close(self, file_obj):
        type(self).left -= 1
        if self.left == 0:
            self.channel.get_connection().abort()
        return super().close(file_obj)


@contextlib.contextmanager
def talker(*answers):
    """Say something to whoever comes, a line for each of theirs; without answers say nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve():
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    threading.Thread(target=talk, args=[connection], daemon=True).start()

        def talk(connection):
            with contextlib.suppress(OSError), connection:
                for answer in answers:
                    connection.sendall(answer.encode() + b"\r\n")
                    connection.recv(1000)
                while connection.recv(1000):
                    pass

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]
        server.close()


@contextlib.contextmanager
def wrong_password_sftp():
    with asyncssh_server() as far:
        yield set_password(far, "khong-phai")


@contextlib.contextmanager
def wrong_password_ftps():
    with proftpd() as far:
        yield set_password(far, "khong-phai")


@contextlib.contextmanager
def no_key():
    with openssh() as far:
        yield replace(far, env={"SSH_AUTH_SOCK": ""})


@contextlib.contextmanager
def bad_key():
    with openssh() as far:
        broken = far.root / "khoa"
        broken.write_text("không phải khóa")
        yield replace(far, env={"GUONGSANG_DEPLOY_CHINH_KEY": str(broken)})


@contextlib.contextmanager
def unknown_host():
    with asyncssh_server() as far:
        yield replace(far, settings={})


@contextlib.contextmanager
def other_host():
    with asyncssh_server() as far:
        yield pinned(far, FINGERPRINT)


@contextlib.contextmanager
def other_host_by_key():
    with asyncssh_server() as far:
        key = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode().strip()
        yield pinned(far, key)


@contextlib.contextmanager
def bad_host_key():
    with asyncssh_server() as far:
        yield pinned(far, "ed25519 gì đó")


def refused(scheme):
    @contextlib.contextmanager
    def refuse():
        (port,) = free_ports(1)
        to = f"{scheme}://a@127.0.0.1:{port}/x"
        yield Far(to, Path(), env={"GUONGSANG_DEPLOY_CHINH_PASSWORD": PASSWORD})

    return refuse


def unknown_name(scheme):
    @contextlib.contextmanager
    def resolve_nothing():
        def fail(*_, **__):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

        with mock.patch.object(socket, "getaddrinfo", fail):
            to = f"{scheme}://a@may-chu.invalid/x"
            yield Far(to, Path(), env={"GUONGSANG_DEPLOY_CHINH_PASSWORD": PASSWORD})

    return resolve_nothing


def silent(scheme):
    @contextlib.contextmanager
    def wait():
        with (
            talker() as port,
            mock.patch.object(sftp, "PATIENCE", 1),
            mock.patch.object(ftps, "PATIENCE", 1),
        ):
            to = f"{scheme}://a@127.0.0.1:{port}/x"
            settings = {"host_key": FINGERPRINT}
            yield Far(to, Path(), settings, {"GUONGSANG_DEPLOY_CHINH_PASSWORD": PASSWORD})

    return wait


@contextlib.contextmanager
def untrusted_certificate():
    with proftpd() as far:
        env = {key: text for key, text in far.env.items() if key != "SSL_CERT_FILE"}
        yield replace(far, env=env)


@contextlib.contextmanager
def no_tls():
    with talker("220 chào", "500 AUTH không hiểu") as port:
        to = f"ftps://a@127.0.0.1:{port}/x"
        yield Far(to, Path(), env={"GUONGSANG_DEPLOY_CHINH_PASSWORD": PASSWORD})


@contextlib.contextmanager
def full_folder():
    real = Path.write_bytes

    def write_bytes(path, content):
        if "public_html" in str(path):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        return real(path, content)

    with folder_place() as far, mock.patch.object(Path, "write_bytes", write_bytes):
        yield far


@contextlib.contextmanager
def closed_folder():
    real = os.mkdir

    def mkdir(path, *mode, **more):
        if "public_html" in str(path):
            raise OSError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return real(path, *mode, **more)

    with folder_place() as far, mock.patch.object(os, "mkdir", mkdir):
        yield far


@contextlib.contextmanager
def closed_ftps():
    with proftpd() as far:
        if os.geteuid() == 0:
            os.chown(far.root, 0, 0)
        far.root.chmod(0o555)
        yield far
        far.root.chmod(0o755)


def missing_folder(open_place):
    @contextlib.contextmanager
    def miss():
        with open_place() as far:
            yield replace(far, to=far.to.replace("public_html", "khong-co"))

    return miss


@contextlib.contextmanager
def without_library():
    with mock.patch.dict(sys.modules, {"asyncssh": None}):
        sys.modules.pop("guongsang.remotes.sftp", None)
        yield Far("sftp://a@127.0.0.1/x", Path())


@contextlib.contextmanager
def no_bucket():
    with moto() as far:
        yield far


@contextlib.contextmanager
def no_s3_key():
    yield Far("s3://kho", Path(), {"endpoint": "http://127.0.0.1:9"})


@contextlib.contextmanager
def refused_s3():
    (port,) = free_ports(1)
    env = {
        "GUONGSANG_DEPLOY_CHINH_ACCESS_KEY": "AKIA",
        "GUONGSANG_DEPLOY_CHINH_SECRET_KEY": PASSWORD,
    }
    yield Far("s3://kho", Path(), {"endpoint": f"http://127.0.0.1:{port}"}, env)


FAILURES = [
    ("password", wrong_password_sftp, "GUONGSANG_DEPLOY_CHINH_PASSWORD"),
    ("password", wrong_password_ftps, "GUONGSANG_DEPLOY_CHINH_PASSWORD"),
    ("password", no_key, "không nhận mật khẩu hay khóa"),
    ("password", no_s3_key, "GUONGSANG_DEPLOY_CHINH_SECRET_KEY"),
    ("key", bad_key, "khoa"),
    ("unknown-host", unknown_host, 'host_key = "SHA256:'),
    ("other-host", other_host, "đừng đăng"),
    ("other-host", other_host_by_key, "đừng đăng"),
    ("host-key", bad_host_key, "SHA256:…"),
    ("refused", refused("sftp"), "không mở cổng"),
    ("refused", refused("ftps"), "không mở cổng"),
    ("refused", refused_s3, "không mở cổng"),
    ("unknown-name", unknown_name("sftp"), "may-chu.invalid"),
    ("unknown-name", unknown_name("ftps"), "may-chu.invalid"),
    ("silent", silent("sftp"), "không trả lời"),
    ("silent", silent("ftps"), "không trả lời"),
    ("certificate", untrusted_certificate, "self-signed"),
    ("no-tls", no_tls, "không có TLS"),
    ("full", full_folder, "hết chỗ"),
    ("full", lambda: asyncssh_server(FullServer), "hết chỗ"),
    ("full", lambda: pure_ftpd("-k", "1"), "hết chỗ"),
    ("no-right", closed_folder, "Không có quyền"),
    ("no-right", lambda: asyncssh_server(ClosedServer), "Không có quyền"),
    ("no-right", closed_ftps, "Không có quyền"),
    ("no-folder", missing_folder(folder_place), "khong-co"),
    ("no-folder", missing_folder(asyncssh_server), "khong-co"),
    ("no-folder", missing_folder(proftpd), "khong-co"),
    ("bucket", no_bucket, "kho-bai-thu"),
    ("lost", lambda: asyncssh_server(VanishingServer), "Đăng lại"),
    ("library", without_library, "guongsang[deploy]"),
]


def tell(key, lang, text):
    """Return whether a line is the text of that key, filled."""
    pattern = re.sub(r"\\\{[a-z]+\\\}", ".*", re.escape(TEXTS[key][lang]))
    return re.fullmatch(pattern, text)


@pytest.mark.parametrize(
    ("reason", "open_place", "told"),
    FAILURES,
    ids=[f"{reason}-{number}" for number, (reason, *_) in enumerate(FAILURES)],
)
def test_each_failure_is_one_line(deploy, reason, open_place, told):
    VanishingServer.left = 20
    with open_place() as far:
        ran = deploy(far)
        english = deploy(far, "--lang", "en")
        files = [path for path in far.root.rglob("*") if far.root != Path() and path.is_file()]
        assert not [path for path in files if PASSWORD.encode() in path.read_bytes()]
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.endswith("\n") and ran.err.count("\n") == 1, ran.err
    assert tell(f"far-{reason}", "vi", ran.err.strip()), ran.err
    assert told in ran.err
    if reason != "lost":  # that server comes back
        assert (english.code, english.out) == (1, "")
        assert tell(f"far-{reason}", "en", english.err.strip()), english.err
    for text in (ran.err, english.err):
        assert PASSWORD not in text and "khong-phai" not in text and "Traceback" not in text
    kept = [path for path in deploy.newsroom.root.rglob("*") if path.is_file()]
    assert not [path for path in kept if PASSWORD.encode() in path.read_bytes()]


def test_the_table_has_every_reason():
    reasons = {key.removeprefix("far-") for key in TEXTS if key.startswith("far-")}
    elsewhere = {"busy", "busy-silent", "lost-lock", "state", "htaccess", "other", "no-parent"}
    assert {reason for reason, *_ in FAILURES} | elsewhere == reasons


def test_after_a_lost_connection_the_rest_is_sent(deploy):
    VanishingServer.left = 20
    with asyncssh_server(VanishingServer) as far:
        assert deploy(far).code == 1
        there = {path for path in far.root.rglob("*") if path.is_file()}
        assert len(there) > 5
        ran = deploy(far)
        assert ran.code == 0 and "làm nốt" in ran.err
        found = {path.relative_to(far.root).as_posix() for path in far.root.rglob("*.html")}
        assert found == {
            path.relative_to(deploy.newsroom.site).as_posix()
            for path in deploy.newsroom.site.rglob("*.html")
        }


def test_somebody_else_who_uploads_is_told_by_name(deploy):
    with folder_place() as far:
        lock = far.root / "guongsang-deploy/lock"
        lock.mkdir(parents=True)
        (lock / "who.json").write_text(
            '{"who": "lan@may-2", "since": 1000.0, "seen": 99999999999.0, "token": "t"}'
        )
        ran = deploy(far, "--take-over")
        assert ran.code == 1 and "lan@may-2 đang đăng" in ran.err and ran.err.count("\n") == 1
        (lock / "who.json").write_text(
            '{"who": "lan@may-2", "since": 1000.0, "seen": 1000.0, "token": "t"}'
        )
        assert "--take-over" in deploy(far).err
        with mock.patch("guongsang.deploy.lock._SETTLE_SECONDS", 0):
            assert deploy(far, "--take-over").code == 0
        assert not lock.exists()


def test_a_bug_is_a_traceback_without_a_secret(deploy):
    with (
        asyncssh_server() as far,
        mock.patch.object(SftpRemote, "read", side_effect=ZeroDivisionError("lỗi của ta")),
        pytest.raises(ZeroDivisionError) as raised,
    ):
        deploy(far)
    assert PASSWORD not in "".join(traceback.format_exception(raised.value))


def test_a_secret_does_not_show_itself():
    login = read_login("chinh", {"GUONGSANG_DEPLOY_CHINH_PASSWORD": PASSWORD}, None)
    assert login.password.text == PASSWORD
    assert PASSWORD not in f"{login} {login!r} {login.password}"


@pytest.mark.parametrize("kind", [asyncssh_server, proftpd])
def test_a_person_is_asked_where_nothing_else_does(kind, tmp_path, monkeypatch):
    asked = []

    def ask():
        asked.append("")
        return PASSWORD

    monkeypatch.setenv("HOME", str(tmp_path))
    with kind() as far:
        monkeypatch.setenv("SSL_CERT_FILE", far.env.get("SSL_CERT_FILE", ""))
        port = int(far.to.rpartition(":")[2].partition("/")[0])
        host_key = far.settings.get("host_key", "")
        scheme = far.to.partition(":")[0]
        place = Place(scheme, "127.0.0.1", port, "bai-thu", "public_html", host_key)
        made = {"sftp": SftpRemote, "ftps": ftps.FtpsRemote}[scheme]
        with contextlib.closing(made(place, Login(ask=ask))) as remote:
            assert remote.read("khong-co.html") is None
        assert asked == [""]
        with pytest.raises(RemoteError) as raised:
            made(place, Login(password=Secret("khong-phai"), ask=ask))
        assert raised.value.reason == "password" and asked == [""]
