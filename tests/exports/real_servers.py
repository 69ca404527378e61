"""Start nginx and Apache on this machine, with settings of their own in a folder of their own."""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests.tools import need

_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
_MODULES = Path("/usr/lib/apache2/modules")
_WANTED = (
    "mpm_event",
    "authz_core",
    "dir",
    "mime",
    "alias",
    "autoindex",
    "rewrite",
    "headers",
    "filter",
    "deflate",
)
_PATIENCE = 10  # seconds


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server says: the status, its headers with small names, and the bytes on the wire."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs; paths are as readers see them, decoded."""

    port: int

    def ask(self, path: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)
        with contextlib.closing(connection):
            connection.request(
                "GET", quote(path, safe="/?&=%"), headers={"Accept-Encoding": "gzip"}
            )
            response = connection.getresponse()
            headers = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, headers, response.read())


@contextlib.contextmanager
def open_folder() -> Iterator[Path]:
    """Make a folder that a server may read which is not run by us: pytest's own are closed."""
    with tempfile.TemporaryDirectory(prefix="guongsang-") as made:
        folder = Path(made)
        folder.chmod(0o755)
        yield folder


@contextlib.contextmanager
def nginx(folder: Path, root: Path, inside: str) -> Iterator[Server]:
    """Serve `root` by nginx; `inside` stands in its `server { }`."""
    program = _find("nginx", "nginx-light")
    port = _free_port()
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    settings = folder / "nginx.conf"
    settings.write_text(
        f"{user} daemon off; worker_processes 1; pid {folder}/pid; error_log stderr;\n"
        f"events {{}}\nhttp {{ include /etc/nginx/mime.types; access_log off; {temporary}\n"
        f"default_type application/octet-stream;\n"
        f"server {{ listen 127.0.0.1:{port}; root {root};\n{inside}\n}} }}\n",
        "utf-8",
    )
    with _running([program, "-e", "stderr", "-p", str(folder), "-c", str(settings)], port, folder):
        yield Server(port)


@contextlib.contextmanager
def apache(folder: Path, root: Path, inside: str) -> Iterator[Server]:
    """Serve `root` by Apache; `inside` stands in its settings; files named .htaccess count."""
    program = _find("apache2", "apache2")
    modules = {name: _MODULES / f"mod_{name}.so" for name in _WANTED}
    missing = [name for name, path in modules.items() if not path.exists()]
    need(not missing, f"Apache's modules {', '.join(missing)}", comes_by="sudo apt install apache2")
    port = _free_port()
    loaded = "".join(f"LoadModule {name}_module {path}\n" for name, path in modules.items())
    user = "User www-data\nGroup www-data\n" if os.geteuid() == 0 else ""
    settings = folder / "apache.conf"
    settings.write_text(
        f"{loaded}{user}ServerName localhost\nServerRoot {folder}\nPidFile {folder}/pid\n"
        f"Listen 127.0.0.1:{port}\nErrorLog {folder}/errors\nTypesConfig /etc/mime.types\n"
        f'DocumentRoot "{root}"\nDirectoryIndex index.html\n'
        f'<Directory "{root}">\nRequire all granted\nAllowOverride All\nOptions +Indexes\n'
        f"</Directory>\n{inside}\n",
        "utf-8",
    )
    with _running([program, "-X", "-f", str(settings)], port, folder):
        yield Server(port)


def _find(name: str, package: str) -> str:
    program = shutil.which(name, path=_PATH)
    need(program, name, comes_by=f"sudo apt install {package}")
    assert program
    return program


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextlib.contextmanager
def _running(command: Sequence[str], port: int, folder: Path) -> Iterator[None]:
    said = folder / "said"
    with (
        said.open("wb") as out,
        subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT) as process,
    ):
        try:
            _wait(process, port, said)
            yield
        finally:
            process.terminate()


def _wait(process: subprocess.Popen[bytes], port: int, said: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE).close()
            return
        time.sleep(0.02)
    errors = said.parent / "errors"
    more = errors.read_text("utf-8") if errors.exists() else ""
    raise AssertionError(f"the server does not start:\n{said.read_text('utf-8')}{more}")
