"""What stands between us and a server: a long way, or a server that does not know everything."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import threading
from collections.abc import Coroutine, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextlib.contextmanager
def slow_wire(ports: Sequence[int], *, seconds: float, host: str = "127.0.0.2") -> Iterator[None]:
    """Let connections to these ports of `host` lead to those of 127.0.0.1, as far away as that.

    `seconds` is the time of a round trip.
    """
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        waiting: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(64)

        async def deliver() -> None:
            while True:
                at, content = await waiting.get()
                await asyncio.sleep(at - loop.time())
                if not content:
                    if writer.can_write_eof():
                        writer.write_eof()
                    return
                writer.write(content)
                await writer.drain()

        delivering = asyncio.create_task(deliver())
        while content := await reader.read(1 << 16):
            await waiting.put((loop.time() + seconds / 2, content))
        await waiting.put((loop.time() + seconds / 2, b""))
        await delivering

    async def connect(port: int, near: tuple[asyncio.StreamReader, asyncio.StreamWriter]) -> None:
        try:
            await asyncio.sleep(seconds / 2)
            far = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            near[1].close()
            return
        both = (pump(near[0], far[1]), pump(far[0], near[1]))
        try:
            await asyncio.gather(*both, return_exceptions=True)
        finally:
            for _, writer in (near, far):
                writer.transport.abort()

    accepted: list[asyncio.StreamWriter] = []

    def accept(
        port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> Coroutine[None, None, None]:
        accepted.append(writer)  # who is cancelled before its first step closes nothing
        return connect(port, (reader, writer))

    async def listen() -> list[asyncio.Server]:
        return [await asyncio.start_server(partial(accept, port), host, port) for port in ports]

    async def end(servers: list[asyncio.Server]) -> None:
        for server in servers:
            server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        for writer in accepted:
            writer.transport.abort()
        await asyncio.sleep(0.05)  # what was aborted is closed in the next turn

    servers = asyncio.run_coroutine_threadsafe(listen(), loop).result(10)
    try:
        yield
    finally:
        asyncio.run_coroutine_threadsafe(end(servers), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


@dataclass
class Bucket:
    """What a server of S3 was asked, behind one that may ignore conditions and refuses the request
    that deletes several."""

    port: int = 0
    asked: list[tuple[str, str]] = field(default_factory=list)
    ignores_conditions: bool = False
    refuses: dict[str, tuple[int, str]] = field(default_factory=dict)

    def list(self, method: str) -> list[str]:
        """Return the paths of a method, without the bucket; ours left out."""
        paths = (path.split("/", 2)[2] for each, path in self.asked if each == method)
        return [path for path in paths if not path.startswith("guongsang-deploy/")]


@contextlib.contextmanager
def bucket(server: int, **options: bool) -> Iterator[Bucket]:
    """Serve as S3 what a server at that port says."""
    told = Bucket(**options)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length)
            told.asked.append((self.command, self.path))
            if "?delete" in self.path:
                self.answer(501, {}, b"")
                return
            if self.command in told.refuses:
                status, code = told.refuses[self.command]
                self.answer(status, {}, f"<Error><Code>{code}</Code></Error>".encode())
                return
            headers = {**self.headers}
            if told.ignores_conditions:
                headers.pop("If-None-Match", None)
                headers.pop("if-none-match", None)
            far = http.client.HTTPConnection("127.0.0.1", server, timeout=30)
            with contextlib.closing(far):
                far.request(self.command, self.path, body, headers)
                answer = far.getresponse()
                self.answer(answer.status, dict(answer.getheaders()), answer.read())

        do_GET = do_PUT = do_DELETE = do_HEAD = do_POST = handle_any  # noqa: N815 - the names it wants

        def answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response_only(status)
            for name, text in headers.items():
                if name.lower() not in ("content-length", "transfer-encoding", "connection"):
                    self.send_header(name, text)
            if status != 204:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    class Quick(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 64

    with Quick(("127.0.0.1", 0), Handler) as made:
        thread = threading.Thread(target=made.serve_forever, args=[0.05], daemon=True)
        thread.start()
        told.port = made.server_address[1]
        try:
            yield told
        finally:
            made.shutdown()
            thread.join(10)
