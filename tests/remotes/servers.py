"""Real servers on this machine, each with settings, keys and files in a folder of its own."""

from __future__ import annotations

import asyncio
import contextlib
import getpass
import os
import random
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import asyncssh
import pytest
from tests.exports.real_servers import open_folder
from tests.tools import need

PASSWORD = "mat-khau-cua-bai-thu"
_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
_PATIENCE = 20  # seconds
_NOBODY = 65534


@dataclass(frozen=True, slots=True)
class Far:
    """A place to publish to: what deploy.toml says of it, the secrets, and its files here."""

    to: str
    root: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    env: Mapping[str, str] = field(default_factory=dict)
    port: int = 0

    def tell(self, name: str = "chinh") -> str:
        """Return its part of deploy.toml."""
        told = {"to": self.to, **self.settings}
        return f"[target.{name}]\n" + "".join(f'{key} = "{text}"\n' for key, text in told.items())

    def at(self, host: str) -> Far:
        """Return the same place by another address of this machine."""
        return replace(self, to=self.to.replace("127.0.0.1", host))


@contextlib.contextmanager
def folder_place() -> Iterator[Far]:
    with open_folder() as folder:
        root = _make_root(folder)
        yield Far(str(root), root)


# SFTP


@contextlib.contextmanager
def asyncssh_server(server: type[asyncssh.SFTPServer] = asyncssh.SFTPServer) -> Iterator[Far]:
    """asyncssh's own server, with a password; `server` may answer otherwise."""
    with open_folder() as folder:
        root = _make_root(folder)
        key = asyncssh.generate_private_key("ssh-ed25519")
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever, daemon=True)
        thread.start()

        async def listen() -> asyncssh.SSHAcceptor:
            return await asyncssh.listen(
                "127.0.0.1",
                0,
                server_factory=_Server,
                server_host_keys=[key],
                sftp_factory=lambda chan: server(chan, chroot=os.fsencode(folder)),
            )

        acceptor = asyncio.run_coroutine_threadsafe(listen(), loop).result(_PATIENCE)
        port = acceptor.get_port()
        try:
            yield Far(
                f"sftp://bai-thu@127.0.0.1:{port}/public_html",
                root,
                {"host_key": key.get_fingerprint()},
                {"GUONGSANG_DEPLOY_CHINH_PASSWORD": PASSWORD},
                port,
            )
        finally:
            asyncio.run_coroutine_threadsafe(_end(acceptor), loop).result(_PATIENCE)
            loop.call_soon_threadsafe(loop.stop)
            thread.join(_PATIENCE)
            loop.close()


class _Server(asyncssh.SSHServer):
    def begin_auth(self, _: str) -> bool:
        return True

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == ("bai-thu", PASSWORD)


async def _end(acceptor: asyncssh.SSHAcceptor) -> None:
    acceptor.close()
    await acceptor.wait_closed()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


@contextlib.contextmanager
def openssh() -> Iterator[Far]:
    """OpenSSH, by key, as whoever runs the tests."""
    program = _find("sshd", "openssh-server")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    with open_folder() as folder:
        root = _make_root(folder, owner=None)
        for name in ("host", "user"):
            key = asyncssh.generate_private_key("ssh-ed25519")
            key.write_private_key(folder / name)
            (folder / name).chmod(0o600)
            key.write_public_key(folder / f"{name}.pub")
        port = _free_port()
        settings = folder / "sshd_config"
        settings.write_text(
            f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nPidFile none\n"
            f"AuthorizedKeysFile {folder}/user.pub\nStrictModes no\nUsePAM no\n"
            "PasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin yes\n"
            f"Subsystem sftp internal-sftp\nForceCommand internal-sftp -d {folder}\n"
        )
        public = (folder / "host.pub").read_text().strip()
        with _running([program, "-D", "-e", "-f", str(settings)], port, folder):
            yield Far(
                f"sftp://{getpass.getuser()}@127.0.0.1:{port}/public_html",
                root,
                {"host_key": public},
                {"GUONGSANG_DEPLOY_CHINH_KEY": str(folder / "user")},
                port,
            )


# FTPS


@contextlib.contextmanager
def proftpd(more: str = "") -> Iterator[Far]:
    """ProFTPD: TLS is forced, data connections must take up the session."""
    program = _find("proftpd", "proftpd-core")
    module = Path("/usr/lib/proftpd/mod_tls.so")
    need(module.exists(), "ProFTPD's mod_tls", comes_by="sudo apt install proftpd-mod-crypto")
    with open_folder() as folder:
        root = _make_root(folder)
        certificate = make_certificate(folder)
        hashed = _openssl("passwd", "-6", PASSWORD)
        passwords = folder / "passwords"
        user, group = _user()
        passwords.write_text(f"bai-thu:{hashed}:{user}:{group}::{folder}:/bin/false\n")
        passwords.chmod(0o600)
        port = _free_port()
        chroot = f"DefaultRoot {folder}\n" if os.geteuid() == 0 else ""
        settings = folder / "proftpd.conf"
        settings.write_text(
            f"ModulePath {module.parent}\nLoadModule mod_tls.c\nServerType standalone\n"
            f"DefaultAddress 127.0.0.1\nPort {port}\nUseIPv6 off\nSocketBindTight on\n"
            f"UseReverseDNS off\n{_tell_user(user, group)}RequireValidShell off\n"
            "AuthOrder mod_auth_file.c\n"
            f"AuthUserFile {passwords}\n{chroot}AllowOverwrite on\nWtmpLog off\n"
            f"ScoreboardFile {folder}/scoreboard\nPidFile {folder}/pid\nSystemLog {folder}/log\n"
            f"DelayEngine off\nMaxInstances 60\nTLSEngine on\nTLSRequired on\n"
            f"TLSRSACertificateFile {certificate}\nTLSRSACertificateKeyFile {certificate}\n"
            f"TLSLog {folder}/tls.log\nTransferLog none\n{more}\n"
        )
        command = [program, "--nodaemon", "--quiet", "--config", str(settings)]
        with _running(command, port, folder):
            yield _ftps(folder, root, port)


@contextlib.contextmanager
def pure_ftpd(*options: str) -> Iterator[Far]:
    """Pure-FTPd: TLS is forced."""
    program = os.environ.get("PURE_FTPD") or shutil.which("pure-ftpd", path=_PATH)
    need(program, "pure-ftpd", comes_by="PURE_FTPD=… names the program, see .ci/run")
    if os.geteuid() != 0:
        pytest.skip("Pure-FTPd can only be started by root")
    assert program
    maker = Path(program).parent.parent / "bin" / "pure-pw"
    with open_folder() as folder:
        root = _make_root(folder)
        certificate = make_certificate(folder)
        user, group = _user()
        made = ["useradd", "bai-thu", "-u", str(user), "-g", str(group), "-d", folder]
        subprocess.run(
            [maker, *made, "-f", folder / "passwd", "-F", folder / "users.pdb", "-m"],
            input=f"{PASSWORD}\n{PASSWORD}\n".encode(),
            check=True,
            capture_output=True,
        )
        port = _free_port()
        command = [program, "-S", f"127.0.0.1,{port}", "-l", f"puredb:{folder}/users.pdb"]
        command += ["-Y", "2", "-2", str(certificate), "-E", "-A", "-H", "-c", "60", "-C", "60"]
        command += ["-g", f"{folder}/pid", "-u", "1", *options]
        with _running(command, port, folder):
            yield _ftps(folder, root, port)


def _ftps(folder: Path, root: Path, port: int) -> Far:
    env = {
        "GUONGSANG_DEPLOY_CHINH_PASSWORD": PASSWORD,
        "SSL_CERT_FILE": str(folder / "certificate.pem"),
    }
    return Far(f"ftps://bai-thu@127.0.0.1:{port}/public_html", root, env=env, port=port)


def make_certificate(folder: Path, name: str = "IP:127.0.0.1,IP:127.0.0.2") -> Path:
    """Make a certificate with its key, in one file."""
    path = folder / "certificate.pem"
    _openssl(
        *("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=bai-thu"),
        *("-addext", f"subjectAltName={name}", "-keyout", folder / "key.pem", "-out", path),
    )
    path.write_text(path.read_text() + (folder / "key.pem").read_text())
    path.chmod(0o600)
    return path


def _openssl(*arguments: object) -> str:
    program = shutil.which("openssl")
    need(program, "openssl", comes_by="sudo apt install openssl")
    done = subprocess.run(
        [str(program), *map(str, arguments)], capture_output=True, check=True, text=True
    )
    return done.stdout.strip()


# S3


@contextlib.contextmanager
def moto() -> Iterator[Far]:
    """moto's S3; `root` is a folder that stays empty: its files are looked at through it."""
    program = os.environ.get("MOTO_SERVER") or shutil.which("moto_server")
    need(program, "moto_server", comes_by="pip install 'moto[s3]' flask flask-cors elsewhere")
    assert program
    with open_folder() as folder:
        port = _free_port()
        with _running([program, "-H", "127.0.0.1", "-p", str(port)], port, folder):
            yield Far(
                "s3://kho-bai-thu",
                folder,
                {"endpoint": f"http://127.0.0.1:{port}", "region": "us-east-1", "server": "s3"},
                {
                    "GUONGSANG_DEPLOY_CHINH_ACCESS_KEY": "AKIAIOSFODNN7EXAMPLE",
                    "GUONGSANG_DEPLOY_CHINH_SECRET_KEY": PASSWORD,
                },
                port,
            )


@contextlib.contextmanager
def rsync_daemon() -> Iterator[tuple[Path, int]]:
    """rsync's own server: the folder that it writes to, and its port."""
    program = _find("rsync", "rsync")
    with open_folder() as folder:
        root = _make_root(folder, owner=None)
        port = _free_port()
        owner = "uid = root\ngid = root\n" if os.geteuid() == 0 else ""
        settings = folder / "rsyncd.conf"
        settings.write_text(
            f"address = 127.0.0.1\nport = {port}\nuse chroot = no\n{owner}"
            f"[public_html]\npath = {root}\nread only = no\n"
        )
        command = [program, "--daemon", "--no-detach", f"--config={settings}"]
        with _running(command, port, folder):
            yield root, port


KINDS: Mapping[str, Callable[[], contextlib.AbstractContextManager[Far]]] = {
    "folder": folder_place,
    "asyncssh": asyncssh_server,
    "openssh": openssh,
    "proftpd": proftpd,
    "pure-ftpd": pure_ftpd,
}


def _make_root(folder: Path, owner: int | None = _NOBODY) -> Path:
    root = folder / "public_html"
    root.mkdir()
    if os.geteuid() == 0 and owner is not None:
        os.chown(root, owner, owner)
    return root


def _user() -> tuple[int, int]:
    """Return whose files a server writes: never root's."""
    return (_NOBODY, _NOBODY) if os.geteuid() == 0 else (os.geteuid(), os.getegid())


def _tell_user(user: int, group: int) -> str:
    import grp  # noqa: PLC0415 - not on every system
    import pwd  # noqa: PLC0415

    return f"User {pwd.getpwuid(user).pw_name}\nGroup {grp.getgrgid(group).gr_name}\n"


def _find(name: str, package: str) -> str:
    program = shutil.which(name, path=_PATH)
    need(program, name, comes_by=f"sudo apt install {package}")
    assert program
    return program


def _free_port() -> int:
    return free_ports(1)[0]


def free_ports(count: int) -> list[int]:
    """Return ports one after the other that nobody uses, below those that systems give away."""
    while True:
        ports = [*range(first := random.randrange(20_000, 32_000 - count), first + count)]
        with contextlib.ExitStack() as stack, contextlib.suppress(OSError):
            for port in ports:
                stack.enter_context(socket.socket()).bind(("", port))
            return ports


@contextlib.contextmanager
def _running(command: Sequence[str], port: int, folder: Path) -> Iterator[None]:
    said = folder / "said"
    with (
        said.open("wb") as out,
        subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT) as process,
    ):
        try:
            end = time.monotonic() + _PATIENCE
            while process.poll() is None:
                with contextlib.suppress(OSError):
                    socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE).close()
                    break
                assert time.monotonic() < end, said.read_text("utf-8")
                time.sleep(0.02)
            assert process.poll() is None, said.read_text("utf-8")
            yield
        finally:
            process.terminate()
