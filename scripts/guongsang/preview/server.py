"""The preview's web server: files of one folder and the desk page, on this machine only."""

from __future__ import annotations

import os
import re
import sys
import threading
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, unquote

from guongsang.addresses import NOT_FOUND, output_uri
from guongsang.deskpage.asked import BASE, Asked, Reply
from guongsang.deskpage.routes import DeskPage
from guongsang.picture_formats import TYPES
from guongsang.preview.panel import EVENTS, RESERVED, render_empty, render_into
from guongsang.preview.ranges import find_range
from guongsang.preview.state import Stage

HOST: Final = "127.0.0.1"
_OWN: Final = Path(__file__).parent
# Another site whose name was made to lead to this machine must not read drafts.
_NAMES: Final = re.compile(r"(?:127\.0\.0\.1|localhost)(?::[0-9]*)?", re.IGNORECASE)
_WAIT_SECONDS: Final = 20.0
_BODY_SECONDS: Final = 60.0  # that a browser may be silent while it sends something
_CHUNK: Final = 1 << 16
_VERSION: Final = re.compile(r"[0-9]{1,20}", re.ASCII)
_TYPES: Final = {
    "": "application/octet-stream",
    **TYPES,
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".json": "application/json; charset=utf-8",
}


class PreviewServer:
    """Serves a folder until it is closed. Raises OSError if the port is taken."""

    def __init__(
        self,
        folder: Path,
        stage: Stage,
        *,
        port: int,
        site_url: str,
        lang: str,
        desk: DeskPage | None = None,
    ) -> None:
        handler = partial(
            _Handler, stage=stage, site_url=site_url, lang=lang, desk=desk, directory=str(folder)
        )
        self._server = _Server((HOST, port), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        if self._thread.is_alive():
            self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    # As many as tabs open at once: who finds no room is told nothing and asks a second later.
    request_queue_size = 128
    # On Windows two programs could else take the same port.
    allow_reuse_address = os.name != "nt"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of browsers that left before they had their answer: clicking does that."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(SimpleHTTPRequestHandler):
    extensions_map: dict[str, str] = {  # noqa: RUF012
        **SimpleHTTPRequestHandler.extensions_map,
        **_TYPES,
    }

    def __init__(
        self,
        *args: Any,
        stage: Stage,
        site_url: str,
        lang: str,
        desk: DeskPage | None,
        **kwargs: Any,
    ) -> None:
        self._stage, self._site_url, self._lang, self._desk = stage, site_url, lang, desk
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        if not self._is_asked_here():
            self._send("Forbidden", "text/plain", HTTPStatus.FORBIDDEN)
        elif self._desk is not None and f"{self.path}/" == BASE:
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", BASE)
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif self._desk is not None and self.path.startswith(BASE):
            self._send_desk(self._desk)
        elif self.path.startswith(EVENTS):
            self._send_events()
        elif self.path.startswith(RESERVED):
            self._send_own(self.path.removeprefix(RESERVED))
        else:
            self._send_page()

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_POST(self) -> None:
        if self._desk is not None and self.path.startswith(BASE):
            self._send_desk(self._desk)
        else:
            self.send_error(HTTPStatus.METHOD_NOT_ALLOWED)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the terminal is for problems."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def _is_asked_here(self) -> bool:
        return _NAMES.fullmatch(self.headers.get("Host", HOST)) is not None

    def _send_desk(self, desk: DeskPage) -> None:
        """Send what the desk page answers; what is refused by its head is not read to its end."""
        path, _, question = self.path.removeprefix(BASE).partition("?")
        query = dict(parse_qsl(question, keep_blank_values=True))
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(self.command, unquote(path), query, headers)
        reply = desk.refuse(asked)
        if reply is None and self.command == "POST":
            self.connection.settimeout(_BODY_SECONDS)
            body = self.rfile.read(int(headers["content-length"]))
            asked = replace(asked, body=body)
        elif reply is not None:
            self.close_connection = True
        self._send_reply(reply or desk.answer(asked))

    def _send_reply(self, reply: Reply) -> None:
        self.send_response(reply.status)
        charset = "" if reply.kind.startswith("image/") else "; charset=utf-8"
        self.send_header("Content-Type", f"{reply.kind}{charset}")
        self.send_header("Content-Length", str(len(reply.content)))
        self.send_header("Content-Security-Policy", reply.policy)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.content)

    def _send_page(self) -> None:
        """Send a page with the preview's own parts, or any other file as it is."""
        path, _, question = self.path.partition("?")
        if self._send_tried(unquote(path).lstrip("/"), question):
            return
        abs_path = self.translate_path(path)
        # os.path: what no system can hold, such as a name of 300 letters, is not there either.
        if path.endswith("/") and os.path.isdir(abs_path):  # noqa: PTH112
            abs_path = os.path.join(abs_path, "index.html")  # noqa: PTH118
        try:
            if os.path.isdir(abs_path):  # noqa: PTH112
                super().do_GET()  # sends the browser on to the address with a slash
            elif os.path.isfile(abs_path):  # noqa: PTH113
                self._send_found(Path(abs_path), unquote(path).lstrip("/"))
            else:
                self._send_lost(unquote(path).lstrip("/"))
        except FileNotFoundError:  # a build has just taken it away
            self._send_lost(unquote(path).lstrip("/"))

    def _send_found(self, abs_path: Path, url: str) -> None:
        if abs_path.suffix == ".html":
            self._send_html(abs_path.read_text("utf-8"), url)
        elif "Range" in self.headers and self.command == "GET":
            self._send_part(abs_path, self.headers["Range"])
        else:
            super().do_GET()

    def _send_part(self, abs_path: Path, asked: str) -> None:
        """Send the part of a file that a player asks for."""
        with abs_path.open("rb") as file:
            told = os.fstat(file.fileno())
            modified = self.date_time_string(told.st_mtime)
            part = find_range(asked, told.st_size)
            # The part asked for is of a file that may be another one by now.
            if part is None or self.headers.get("If-Range", modified) != modified:
                super().do_GET()
                return
            self.send_response(
                HTTPStatus.PARTIAL_CONTENT if part else HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
            )
            where = f"{part[0]}-{part[-1]}" if part else "*"
            self.send_header("Content-Type", self.guess_type(abs_path))
            self.send_header("Content-Range", f"bytes {where}/{told.st_size}")
            self.send_header("Content-Length", str(len(part)))
            self.send_header("Last-Modified", modified)
            self.end_headers()
            file.seek(part.start)
            for begin in range(0, len(part), _CHUNK):
                self.wfile.write(file.read(min(_CHUNK, len(part) - begin)))

    def _send_tried(self, url: str, question: str) -> bool:
        """Send a page that is tried on the desk page, if the address is of one."""
        page = self._desk.trials.find_page(url, question) if self._desk and question else None
        if page is None:
            return False
        self._send_html(page.decode(), url, is_typed=True)
        return True

    def _send_lost(self, url: str) -> None:
        tried = self._desk.trials.find_file(url) if self._desk else None
        if tried is not None and tried.is_file():
            kind = self.guess_type(tried)
            self._send_reply(Reply(tried.read_bytes(), kind))
            return
        page = Path(self.directory) / output_uri(NOT_FOUND)
        if page.is_file():
            # Its links are absolute, for it is shown at any depth: here they must lead here.
            html = page.read_text("utf-8").replace(self._site_url, "/")
            self._send_html(html, url, HTTPStatus.NOT_FOUND)
        else:
            html = render_empty(self._stage.showing, self._stage.version, self._lang)
            self._send(html, "text/html", HTTPStatus.SERVICE_UNAVAILABLE)

    def _send_html(
        self, html: str, url: str, status: HTTPStatus = HTTPStatus.OK, *, is_typed: bool = False
    ) -> None:
        showing, version = self._stage.showing, self._stage.version
        page = render_into(html, url, showing, version, self._lang, is_typed=is_typed)
        self._send(page, "text/html", status)

    def _send_own(self, name: str) -> None:
        if name not in ("preview.js", "preview.css"):
            self._send("Not found", "text/plain", HTTPStatus.NOT_FOUND)
            return
        kind = "text/javascript" if name.endswith(".js") else "text/css"
        self._send((_OWN / name).read_text("utf-8"), kind)

    def _send_events(self) -> None:
        """Keep the line open and tell the browser when there is something newer than it has."""
        known = _VERSION.fullmatch(self.path.removeprefix(EVENTS))
        version = int(known[0]) if known else 0
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            while (newest := self._stage.wait(version, seconds=_WAIT_SECONDS)) <= version:
                self.wfile.write(b":\n\n")  # is anybody still there?
            self.wfile.write(f"data: {newest}\n\n".encode())
        except OSError:
            return  # the browser has gone to another page

    def _send(self, text: str, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)
