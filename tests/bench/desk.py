"""Measure the desk page in a browser: `make bench ARGS="--desk 10000"`.

From an address to the list, from the last key to what is wrong with it, from saving to the new
words on the page beside the form, and from a manuscript with photos to the form of its draft.
"""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from PIL import Image
from tests.bench.generate import Desk, write_newsroom
from tests.bench.measure import CommandFailedError
from tests.bench.pages import browse
from tests.bench.preview import serving
from tests.intake.word import Word, p

_WINDOW: Final = {"width": 1280, "height": 900}
_PAGE: Final = ".guongsang/ban-bien-tap/"
_MOST_MS: Final = 60_000
# As between two thoughts of somebody who writes.
_PAUSE_MS: Final = 2_000
# A save is shown first, and then everything is looked at: by now that is over.
_QUIET_MS: Final = 8_000
_TOO_SHORT: Final = "Ngắn quá."
_MEGAPIXELS_12: Final = (4000, 3000)
STEPS: Final = (
    "mở danh sách",
    "từ phím cuối đến lời báo lỗi",
    "từ lúc lưu đến lúc trang bên phải đổi",
    "mở lại danh sách ngay sau đó",
    "nhập bài Word có hai ảnh 12 megapixel, từ lúc thả đến bài nháp",
)


def run_desk(folder: Path, stories: int, runs: int, program: str, env: Mapping[str, str]) -> str:
    """Return the table with its explanation. Raises CommandFailedError."""
    desk = Desk()
    texts = list(desk.make_stories(stories))
    write_newsroom(folder / "desk", desk, texts)
    document = folder / "bai.docx"
    document.write_bytes(_make_document())
    story = f"{texts[stories // 2].date.year}/{texts[stories // 2].slug}"
    with serving(program, folder / "desk", env) as address, browse() as browser:
        desk_page = f"{address}{_PAGE}"
        rounds = [
            [*_go_through(browser, desk_page, story, n), _take_in(browser, desk_page, document, n)]
            for n in range(runs)
        ]
    return _render(rounds, stories)


def _go_through(browser: Any, address: str, story: str, number: int) -> list[float]:
    """Return the seconds of each of STEPS but the last."""
    context = browser.new_context(viewport=_WINDOW)
    page = context.new_page()
    page.set_default_timeout(_MOST_MS)
    page.on("dialog", lambda dialog: dialog.accept())
    try:
        row = page.locator(".rows li").first

        def open_list() -> None:
            page.goto(address, wait_until="commit")
            row.wait_for()

        page.wait_for_timeout(_QUIET_MS)
        listed = _time(open_list)
        page.goto(f"{address}?bai={story}")
        fields = page.locator(".left")
        summary = fields.get_by_label("Tóm tắt", exact=True)
        summary.wait_for()
        page.wait_for_timeout(_PAUSE_MS)
        whole = summary.input_value()
        fault = page.locator('[data-field="summary"] > .faults li').first
        told = _time(lambda: (summary.fill(_TOO_SHORT), fault.wait_for()))
        summary.fill(whole)
        fault.wait_for(state="detached")
        title = f"Lưu lần thứ {number + 1} khi đang đo"
        fields.get_by_label("Tên bài", exact=True).fill(title)
        page.wait_for_timeout(_PAUSE_MS)
        shown = page.frame_locator("iframe.page").get_by_role("heading", level=1, name=title)
        button = page.get_by_role("button", name="Lưu", exact=True)
        saved = _time(lambda: (button.click(), shown.wait_for()))
        again = _time(open_list)
    finally:
        context.close()
    return [listed, told, saved, again]


def _take_in(browser: Any, address: str, document: Path, number: int) -> float:
    """Return the seconds of the last of STEPS."""
    context = browser.new_context(viewport=_WINDOW)
    page = context.new_page()
    page.set_default_timeout(_MOST_MS)
    try:
        page.goto(address)
        page.get_by_role("button", name="Nhập bài từ Word").click()
        asked = page.locator("dialog")
        title = asked.get_by_label("Tên bài", exact=True)

        def take_in() -> None:
            asked.locator("input[type=file]").set_input_files(document)
            title.fill(f"Bài từ Word thứ {number + 1}")
            asked.get_by_role("button", name="Tạo bài nháp").click()
            page.locator(".story h2").first.wait_for()

        return _time(take_in)
    finally:
        context.close()


def _make_document() -> bytes:
    """Return a Word document with two photos as telephones take them."""
    file = io.BytesIO()
    Image.effect_noise(_MEGAPIXELS_12, 8).convert("RGB").save(file, "JPEG", quality=90)
    word = Word(p("Người gánh nước", align="center", bold=True), p("Một đoạn văn."))
    word.add(*(p(word.picture(file.getvalue())) for _ in range(2)))
    return word.save()


def _time(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def _render(rounds: list[list[float]], stories: int) -> str:
    if not rounds:
        raise CommandFailedError("--runs 0")
    count = f"{stories:,}".replace(",", ".")
    rows = [
        f"Bàn biên tập của một tòa soạn {count} bài, trong Chromium, 1280 × 900; trung vị của "
        f"{len(rounds)} lần.",
        "",
        "| Việc | Giây |",
        "|---|--:|",
    ]
    for name, seconds in zip(STEPS, zip(*rounds, strict=True), strict=True):
        rows.append(f"| {name} | {statistics.median(seconds):.2f} |".replace(".", ","))
    return "\n".join(rows)
