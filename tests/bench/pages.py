"""Measure what a first visit costs on a cheap phone: `make bench ARGS="--pages"`.

360 × 800 at ratio 2, 400 kbit/s, 400 ms a request, a processor four times slower, gzip; the sample
site of this repository, a row a kind of page.
"""

from __future__ import annotations

import contextlib
import shutil
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from tests.bench.generate import EPOCH, REPOSITORY
from tests.bench.lighthouse import Server, served
from tests.bench.measure import measure

_ARGS: Final = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic")
_PHONE: Final = {
    "viewport": {"width": 360, "height": 800},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "service_workers": "block",
}
_NETWORK: Final = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
}
# What is shown in a window is a kind of page of its own: name, address.
KINDS: Final = (
    ("trang chủ", ""),
    ("chuyên mục", "chuyen-muc/guong-nguoi-tot-viec-tot/"),
    ("bài", "2026/con-chu-len-mu-ca/"),
    ("bài nhiều ảnh", "2026/nguoi-di-theo-tieng-chim/"),
    ("nhân vật", "nhan-vat/ho-giao/"),
    ("mọi nhân vật", "nhan-vat/"),
    ("địa phương", "dia-phuong/sin-suoi-ho/"),
    ("mọi địa phương", "dia-phuong/"),
    ("khen thưởng", "khen-thuong/"),
    ("năm", "nam/2026/"),
    ("tìm kiếm", "tim-kiem/?q=muong+te"),
    ("hướng dẫn", "huong-dan/viet-bai/"),
    ("trang viết tay", "gioi-thieu/"),
)
_WATCH: Final = """window.told = { moved: 0, largest: 0 };
new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  if (!entry.hadRecentInput) told.moved += entry.value;
})).observe({ type: "layout-shift", buffered: true });
new PerformanceObserver((list) => {
  told.largest = list.getEntries().at(-1).startTime;
}).observe({ type: "largest-contentful-paint", buffered: true });"""
_TELL: Final = """({ ...told,
  first: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0 })"""


class Gzipped(Server):
    """Compresses as most shared hosts do."""

    coding = "gzip"


def run_pages(folder: Path, runs: int, program: str) -> str:
    """Build the sample site and return the table with its explanation."""
    site = folder / "site"
    command = [program, "build", "--root", str(REPOSITORY), "--site-dir", str(site)]
    measure(command, REPOSITORY, {"SOURCE_DATE_EPOCH": EPOCH})
    with served(site, Gzipped) as address, browse() as browser:
        rounds = [
            {name: _visit(browser, address + url) for name, url in KINDS} for _ in range(runs)
        ]
    return _render(rounds)


def _visit(browser: Any, address: str) -> dict[str, float]:
    context = browser.new_context(**_PHONE)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", _NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    kinds: dict[str, str] = {}
    sizes: dict[str, float] = {}
    session.on("Network.responseReceived", lambda t: kinds.update({t["requestId"]: t["type"]}))
    session.on(
        "Network.loadingFinished",
        lambda told: sizes.update({told["requestId"]: told["encodedDataLength"]}),
    )
    page.add_init_script(_WATCH)
    page.goto(address, wait_until="networkidle", timeout=120_000)
    page.wait_for_timeout(1000)
    told: dict[str, float] = page.evaluate(_TELL)
    context.close()
    photos = sum(size for key, size in sizes.items() if kinds.get(key) == "Image")
    return {**told, "bytes": sum(sizes.values()), "bare": sum(sizes.values()) - photos}


def _render(rounds: list[dict[str, dict[str, float]]]) -> str:
    rows = [
        f"Lần đầu mở một trang của tòa soạn mẫu trên điện thoại rẻ: 360 × 800, tỉ lệ 2, "
        f"400 kbit/s, mỗi yêu cầu 400 ms, bộ xử lý chậm bốn lần, gzip; trung vị của "
        f"{len(rounds)} lần. Xê dịch là lần xấu nhất.",
        "",
        "| Trang | KB | không kể ảnh | hiện đầu tiên (giây) | hiện phần lớn nhất | xê dịch |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for name, _ in KINDS:
        seen = [each[name] for each in rounds]

        def mid(what: str, seen: list[dict[str, float]] = seen) -> float:
            return statistics.median(each[what] for each in seen) / 1000

        moved = max(each["moved"] for each in seen)
        rows.append(
            f"| {name} | {mid('bytes'):.0f} | {mid('bare'):.0f} | {mid('first'):.1f} "
            f"| {mid('largest'):.1f} | {moved:.3f} |".replace(".", ",")
        )
    return "\n".join(rows)


@contextlib.contextmanager
def browse() -> Iterator[Any]:
    """Start a browser, as Playwright has it."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only this table needs it

    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    print("… hỏi trong trình duyệt · asking in the browser", file=sys.stderr, flush=True)
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=path, args=list(_ARGS))
        yield browser
        browser.close()
