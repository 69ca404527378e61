"""Take the pictures of the README from the built sample site: make site, then run this.

Needs the test tools (make test) and Chromium. Writes docs/hinh/*.webp, each at most 60 KB.
"""

from __future__ import annotations

import functools
import http.server
import io
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parent.parent
SITE = ROOT / "site"
SHOTS = ROOT / "docs" / "hinh"
MOST_BYTES = 60 * 1024
WIDE, PHONE = (1280, 860), (390, 640)


@dataclass(frozen=True)
class Shot:
    """One picture: file name, address, size of the window, colours; scaled to `width` pixels."""

    name: str
    url: str
    size: tuple[int, int] = WIDE
    scheme: str = "light"
    width: int = 640


SHOTS_OF_README = (
    Shot("trang-chu", ""),
    Shot("danh-sach", "chuyen-muc/guong-nguoi-tot-viec-tot/"),
    Shot("bai-viet", "2026/con-chu-len-mu-ca/"),
    Shot("nhan-vat", "nhan-vat/ho-giao/"),
    Shot("dia-phuong", "dia-phuong/sin-suoi-ho/"),
    Shot("khen-thuong", "khen-thuong/"),
    Shot("tim-kiem", "tim-kiem/?q=muong+te"),
    Shot("dien-thoai", "2026/nguoi-di-theo-tieng-chim/", PHONE, "dark", 262),
)


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_args: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port; yield its address with a slash at the end."""
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def take(browser: Browser, address: str, shot: Shot) -> bytes:
    """Return one picture as WebP, in the best quality that is light enough."""
    width, height = shot.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=shot.scheme,
        reduced_motion="reduce",
        service_workers="block",
    )
    page = context.new_page()
    # The first time pages do without letters that come late; then they are at hand.
    for _ in range(2):
        page.goto(address + shot.url, wait_until="networkidle")
    page.evaluate("document.fonts.ready.then(() => true)")
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    context.close()
    image = image.resize((shot.width, height * shot.width // width), Image.Resampling.LANCZOS)
    for quality in range(86, 30, -4):
        made = io.BytesIO()
        image.save(made, "WEBP", quality=quality, method=6)
        if made.tell() <= MOST_BYTES:
            return made.getvalue()
    raise ValueError(f"{shot.name} is too heavy in any quality")


def main() -> int:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None or not (SITE / "index.html").is_file():
        print("Chromium and a built site are needed: make site", file=sys.stderr)
        return 2
    SHOTS.mkdir(exist_ok=True)
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with served(SITE) as address, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=flags)
        for shot in SHOTS_OF_README:
            target = SHOTS / f"{shot.name}.webp"
            target.write_bytes(take(browser, address, shot))
            print(f"{target.relative_to(ROOT)}: {target.stat().st_size // 1024} KB")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
