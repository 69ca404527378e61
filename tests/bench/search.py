"""Measure the search in a real browser: `make bench ARGS="--search 10000"`."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.bench.generate import (
    EPOCH,
    LAST_DAY,
    REPOSITORY,
    BenchStory,
    Desk,
    write_newsroom,
    write_story,
)
from tests.bench.lighthouse import served
from tests.bench.measure import Cost, measure, median
from tests.bench.truth import Query, Texts, fold

QUERIES: Final = 300
_PHONE: Final = 4  # a cheap phone's processor, as Lighthouse has it
_ENV: Final = {"SOURCE_DATE_EPOCH": EPOCH, "SITE_URL": "https://guong-sang.example/"}
_SCRIPTS: Final = REPOSITORY / "scripts/guongsang/assets/search"
_ARGS: Final = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic")
# Opens the catalogue as the page does, and tells for each query what is found and how long it took.
_ASK: Final = """async ([folder, queries]) => {
  const { makeCatalogue } = await import(folder + "catalogue.js");
  const { Library } = await import(folder + "library.js");
  const { findNames, findStories, readQuery } = await import(folder + "rank.js");
  window.library ||= new Library("/", makeCatalogue);
  const library = window.library;
  const began = performance.now();
  const catalogue = await library.open();
  const opened = performance.now() - began;
  const answers = [];
  for (const text of queries) {
    library.kept.clear(); // each query as the first one of a reader
    const start = performance.now();
    const query = readQuery(text);
    findNames(query, catalogue.names);
    const { found, isPartial } = await findStories(query, catalogue, (uri) => library.shard(uri));
    const urls = isPartial ? [] : found.map((hit) => hit.story.url);
    answers.push({ urls, ms: performance.now() - start });
  }
  return { opened, answers };
}"""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; `bound` is what the project promises."""

    what: str
    measured: str
    bound: str
    holds: bool | None = None


def run_search(folder: Path, count: int, runs: int, program: str) -> str:
    """Measure everything in turn and return the table with its explanation."""
    return render(list(_measure_all(folder / "newsroom", count, runs, program)), count, runs)


def _measure_all(root: Path, count: int, runs: int, program: str) -> Iterator[Line]:
    """Build, publish some stories more, then ask a browser; yields the lines of the table."""
    desk = Desk()
    stories = list(desk.make_stories(count))
    write_newsroom(root, desk, stories, search=True)
    _say("dựng lần đầu · first build")
    first = measure([program, "build"], root, _ENV)
    yield Line("dựng lần đầu với chỉ mục (giây)", _cost(first), "")
    added, edited = [], []
    old = root / "stories" / str(stories[count // 2].date.year) / stories[count // 2].slug
    for number in range(runs):
        _say(f"đăng thêm một bài · one story more {number + 1}/{runs}")
        stories.append(desk.make_story(count + number, LAST_DAY))
        write_story(root, desk, stories[-1])
        added.append(measure([program, "build"], root, _ENV))
        _say(f"sửa một bài cũ · an old story edited {number + 1}/{runs}")
        with (old / "index.md").open("a", encoding="utf-8") as file:
            file.write(f"\nToà soạn ghi thêm lần thứ {number + 1}.\n")
        edited.append(measure([program, "build"], root, _ENV))
    more, again = median(added), median(edited)
    yield Line("đăng thêm một bài với chỉ mục (giây)", _cost(more), "≤ 3", more.wall <= 3)
    yield Line(
        "sửa chữ một bài của năm cũ với chỉ mục (giây)", _cost(again), "≤ 3", again.wall <= 3
    )
    site = root / "site"
    shutil.copytree(_SCRIPTS, site / "do")
    with served(site) as address, _browse() as browser:
        told = f"Chromium {browser.version}, máy {os.cpu_count()} lõi"
        yield Line("hỏi trong trình duyệt", told, "")
        yield from _measure_bytes(browser, address, site)
        yield from _measure_answers(browser, address, Texts(desk, stories), stories)


def _measure_answers(
    browser: Any, address: str, texts: Texts, stories: Sequence[BenchStory]
) -> Iterator[Line]:
    _say("hỏi trong trình duyệt · asking in the browser")
    rng = random.Random(7)
    queries = [texts.draw(rng) for _ in range(QUERIES)]
    titled = rng.choices(stories, k=QUERIES)
    words = [fold(query.words) for query in queries]
    ask = _asker(browser, address)
    bare, marked = ask(words), ask([query.words for query in queries])
    titles = ask([fold(story.title) for story in titled])
    yield from _judge_recall(texts, queries, bare["answers"], marked["answers"])
    urls = [f"{story.date.year}/{story.slug}/" for story in titled]
    hits = [url in each["urls"][:3] for url, each in zip(urls, titles["answers"], strict=True)]
    yield _share("tựa gõ không dấu, trong ba bài đầu", sum(hits), len(hits), 0.98)
    yield _timing(
        "trên máy này",
        bare["opened"],
        [*bare["answers"], *titles["answers"]],
        bound=200,
    )
    slow = _asker(browser, address, slower=_PHONE)(words)
    yield _timing(f"bộ xử lý chậm {_PHONE} lần", slow["opened"], slow["answers"])


def _asker(browser: Any, address: str, slower: int = 1) -> Callable[[Sequence[str]], Any]:
    """Return what asks a page of its own, on a processor that many times slower."""
    page = browser.new_context(bypass_csp=True, service_workers="block").new_page()
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto(f"{address}tim-kiem/")
    return lambda words: page.evaluate(_ASK, ["/do/", list(words)])


def _timing(how: str, opened: float, answers: Sequence[Any], bound: int | None = None) -> Line:
    times = [each["ms"] for each in answers]
    worst = statistics.quantiles(times, n=20)[-1]
    told = f"{statistics.median(times):.0f}; 95 %: {worst:.0f}; mở chỉ mục: {opened:.0f}"
    what = f"một câu hỏi sau khi mở, {how} (ms, trung vị)"
    return Line(what, told, f"≤ {bound}" if bound else "", worst <= bound if bound else None)


def _judge_recall(
    texts: Texts, queries: Sequence[Query], bare: Sequence[Any], marked: Sequence[Any]
) -> Iterator[Line]:
    both = with_marks = true = found = first = 0
    for query, plain, exact in zip(queries, bare, marked, strict=True):
        both += len(set(exact["urls"]) & set(plain["urls"]))
        with_marks += len(exact["urls"])
        true += len(query.folded)
        found += len(query.folded & set(plain["urls"]))
        last = max((at for at, url in enumerate(exact["urls"]) if url in query.exact), default=-1)
        first += all(texts.has_words(url, query.words) for url in exact["urls"][: last + 1])
    yield _share("không dấu tìm ra như có dấu", both, with_marks, 0.99)
    yield _share("không dấu tìm ra mọi bài có cụm từ", found, true, 0.99)
    yield _share("bài có các từ đúng dấu đứng trước", first, len(queries), 0.99)


def _measure_bytes(browser: Any, address: str, site: Path) -> Iterator[Line]:
    """Count what a cold reader loads for names and titles, and for a search of texts."""
    page, sizes = _watched(browser)
    page.goto(f"{address}tim-kiem/")
    script = sum(size for url, size in sizes.items() if "/search." in url)
    page.locator("#q").focus()
    page.wait_for_load_state("networkidle")
    data = {url: size for url, size in sizes.items() if url.endswith(".json")}
    told = f"{sum(data.values()) / 1000:.0f} kB, {len(data)} tệp; mã: {script / 1000:.0f} kB"
    yield Line("tên và tựa, brotli, lần đầu", told, "≤ 300 kB", sum(data.values()) <= 300_000)
    before = len(sizes)
    page.locator("#q").fill("hiến đất làm đường")
    page.keyboard.press("Enter")
    page.locator("#so-ket-qua:not(:empty)").wait_for()
    page.wait_for_load_state("networkidle")
    shards = [size for url, size in list(sizes.items())[before:] if url.endswith(".bin")]
    told = f"{sum(shards) / 1000:.0f} kB, {len(shards)} tệp"
    yield Line("một câu bốn tiếng trong toàn văn", told, "")
    folder = site / "tai-nguyen/tim-kiem"
    whole = sum(path.stat().st_size for path in folder.glob("*.bin"))
    number = len(list(folder.iterdir()))
    told = _local(f"{whole / 1e6:.1f} MB, {number} tệp")
    yield Line("cả chỉ mục toàn văn trên máy chủ", told, "")


def _watched(browser: Any) -> tuple[Any, dict[str, int]]:
    """Open an empty page; the bytes of every answer, as they come over the wire, are kept."""
    page = browser.new_context(service_workers="block").new_page()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    names: dict[str, str] = {}
    sizes: dict[str, int] = {}
    session.on(
        "Network.responseReceived",
        lambda told: names.update({told["requestId"]: told["response"]["url"]}),
    )
    session.on(
        "Network.loadingFinished",
        lambda told: sizes.update({names[told["requestId"]]: int(told["encodedDataLength"])}),
    )
    return page, sizes


@contextlib.contextmanager
def _browse() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only this table needs it

    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=path, args=list(_ARGS))
        yield browser
        browser.close()


def render(lines: Sequence[Line], count: int, runs: int) -> str:
    """Return the table in Markdown."""
    whole = f"{count:,}".replace(",", ".")
    rows = [
        f"Tòa soạn {whole} bài sinh ra để đo, mỗi bài khoảng 700 tiếng. Đăng thêm và sửa bài: "
        f"trung vị của {runs} lần, cả lệnh `guongsang build`, từ lúc gõ đến lúc đăng xong.",
        "",
        f"{QUERIES} câu hỏi là những cụm hai đến bốn tiếng rút ngẫu nhiên từ các bài, hỏi trong "
        "trình duyệt bằng đúng mã của trang tìm kiếm, mỗi câu như câu đầu tiên của bạn đọc; kết "
        "quả so với việc dò từng chữ trong các bài. Số byte là số thật đi qua mạng, nén brotli.",
    ]
    rows += ["", "| Việc | Đo được | Cam kết | Đạt |"]
    rows.append("|---|---|---|---|")
    for line in lines:
        holds = {None: "", True: "có", False: "KHÔNG"}[line.holds]
        rows.append(f"| {line.what} | {line.measured} | {line.bound} | {holds} |")
    return "\n".join(rows)


def _share(what: str, part: int, whole: int, least: float) -> Line:
    share = part / whole if whole else 1.0
    told = _local(f"{share:.2%} ({part} trên {whole})")
    return Line(what, told, f"≥ {least:.0%}", share >= least)


def _local(text: str) -> str:
    """Write decimals with a comma, as Vietnamese do."""
    return text.replace(".", ",")


def _cost(cost: Cost) -> str:
    return _local(f"{cost.wall:.2f}; CPU: {cost.cpu:.2f}; bộ nhớ: {cost.memory / 1e6:.0f} MB")


def _say(text: str) -> None:
    print(f"… {text}", file=sys.stderr, flush=True)
