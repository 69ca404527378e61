"""Ask Lighthouse about the built site on a slow phone: `make lighthouse`.

Needs Node 18 or newer with npm, and Chromium. The site is served as a good server does it: brotli
for text, a year of caching for files whose name tells their content.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import gzip
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import brotli
from tests.kinds import chosen_pages as chosen_kinds

VERSION: Final = "12.8.2"
LEAST: Final = 95
CATEGORIES: Final = ("performance", "accessibility", "best-practices", "seo")
CHROME_FLAGS: Final = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)
_TEXT: Final = (".html", ".css", ".js", ".svg", ".json", ".xml", ".txt", ".bin")
_NAMED_BY_CONTENT: Final = ("/tai-nguyen/", "/anh/", "/the/")


class Server(http.server.SimpleHTTPRequestHandler):
    """Serves files compressed, with the caching that their names allow."""

    coding = "br"
    protocol_version = "HTTP/1.1"

    def log_message(self, *_args: object) -> None:
        pass

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        found = path.is_file()
        path = path if found else Path(self.directory) / "404.html"
        content = path.read_bytes()
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in _TEXT and self.coding in self.headers.get("Accept-Encoding", ""):
            content = compressed(path, self.coding)
            self.send_header("Content-Encoding", self.coding)
        lasting = self.path.startswith(_NAMED_BY_CONTENT)
        self.send_header("Cache-Control", f"max-age={31_536_000 if lasting else 600}")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@functools.cache
def compressed(path: Path, coding: str) -> bytes:
    """Return a file as it goes over the wire, by brotli ("br") or gzip."""
    content = path.read_bytes()
    return brotli.compress(content, quality=9) if coding == "br" else gzip.compress(content, 6)


@contextlib.contextmanager
def served(site: Path, server: type[Server] = Server) -> Iterator[str]:
    """Serve a site on a free port; yield its address with a slash at the end."""
    handler = functools.partial(server, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as started:
        threading.Thread(target=started.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{started.server_address[1]}/"
        started.shutdown()


def chosen_pages(site: Path) -> dict[str, str]:
    """Return what is asked about: home, the fullest list, the heaviest story, search."""

    def heaviest(pattern: str) -> str:
        path = max(site.glob(pattern), key=lambda found: found.stat().st_size)
        return path.parent.relative_to(site).as_posix() + "/"

    pages = {"trang chủ": "", "danh sách": heaviest("chuyen-muc/*/index.html")}
    pages["bài"] = heaviest("[0-9]*/*/index.html")
    if (site / "tim-kiem/index.html").is_file():
        pages["tìm kiếm"] = "tim-kiem/?q=nguoi"
    return pages


def every_kind(site: Path) -> dict[str, str]:
    """Return one page of each kind that the site has, the one with the most on it."""
    stories = [uri for uri in chosen_kinds(site) if uri[:4].isdigit()]
    heaviest = max(stories, key=lambda uri: (site / uri / "index.html").stat().st_size)
    others = (uri for uri in chosen_kinds(site) if not uri[:4].isdigit())
    return {uri or "/": uri for uri in (*others, heaviest)}


def wants_no_search(site: Path, url: str) -> bool:
    """Return whether a page asks search engines to leave it out: then that is no fault."""
    page = site / (url if url.endswith(".html") else f"{url.partition('?')[0]}index.html")
    return '<meta name="robots" content="noindex' in page.read_text("utf-8")


def ask(address: str, folder: Path) -> dict[str, Any]:
    """Return Lighthouse's report on one page. Raises CalledProcessError with its words."""
    report = folder / "report.json"
    command = [
        "npx", "--yes", f"lighthouse@{VERSION}", address, "--quiet", "--output=json",
        f"--output-path={report}", f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags={CHROME_FLAGS}",
    ]  # fmt: skip
    chromium = shutil.which("chromium") or shutil.which("google-chrome") or ""
    env = {**os.environ, "CHROME_PATH": os.environ.get("CHROME_PATH", chromium)}
    subprocess.run(command, check=True, env=env, capture_output=True, text=True, timeout=300)
    answer: dict[str, Any] = json.loads(report.read_text("utf-8"))
    return answer


def scores(report: dict[str, Any]) -> list[int]:
    return [round(report["categories"][name]["score"] * 100) for name in CATEGORIES]


def faults(report: dict[str, Any]) -> Iterator[str]:
    """Yield what Lighthouse would have better, worst first, as far as it counts."""
    for name in CATEGORIES:
        for ref in report["categories"][name]["auditRefs"]:
            audit = report["audits"][ref["id"]]
            if ref["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                yield f"{name}: {audit['title']} {audit.get('displayValue', '')}".rstrip()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", nargs="?", type=Path, default=Path("site"))
    parser.add_argument("--every", action="store_true", help="a page of each kind")
    options = parser.parse_args(arguments)
    site = options.site.resolve()
    if not (site / "index.html").is_file() or not shutil.which("npx"):
        print("a built site (make site) and npx (Node, npm) are needed", file=sys.stderr)
        return 2
    good = True
    print(f"| Lighthouse {VERSION}, phone | {' | '.join(CATEGORIES)} | CLS | LCP |")
    print(f"|---|{'---:|' * (len(CATEGORIES) + 2)}")
    with tempfile.TemporaryDirectory() as folder, served(site) as address:
        pages = every_kind(site) if options.every else chosen_pages(site)
        for name, url in pages.items():
            report = ask(address + url, Path(folder))
            audits = report["audits"]
            shift = audits["cumulative-layout-shift"]["numericValue"]
            paint = audits["largest-contentful-paint"]["displayValue"]
            got = scores(report)
            print(f"| {name} | {' | '.join(map(str, got))} | {shift:.3f} | {paint} |", flush=True)
            if wants_no_search(site, url):
                got = got[:-1]
            if min(got) < LEAST or round(shift, 3) > 0:
                good = False
            print(*(f"  {fault}" for fault in faults(report)), sep="\n", file=sys.stderr)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
