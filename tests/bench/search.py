"""Measure the search in a real browser: `python -m tests.bench.search --stories 10000`.

The truth about what a query must find is read from the generated texts themselves, without the
code that is measured.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import shutil
import statistics
import sys
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
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
from tests.bench.measure import Cost, measure

QUERIES: Final = 300
WORDS_A_QUERY: Final = (2, 3, 4)
_ENV: Final = {"SOURCE_DATE_EPOCH": EPOCH, "SITE_URL": "https://guong-sang.example/"}
_SCRIPTS: Final = REPOSITORY / "scripts/guongsang/assets/search"
_ARGS: Final = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic")
# Opens the catalogue as the page does, and tells for each query what is found and how long it took.
_ASK: Final = """async ([folder, queries]) => {
  const { Catalogue } = await import(folder + "catalogue.js");
  const { findNames, findStories, readQuery } = await import(folder + "rank.js");
  window.catalogue ||= new Catalogue("/");
  const began = performance.now();
  await window.catalogue.open();
  const opened = performance.now() - began;
  const answers = [];
  for (const text of queries) {
    const start = performance.now();
    const query = readQuery(text);
    findNames(query, window.catalogue.names);
    const { found, isPartial } = await findStories(query, window.catalogue);
    const urls = isPartial ? [] : found.map((hit) => hit.story.url);
    answers.push({ urls, ms: performance.now() - start });
  }
  return { opened, answers };
}"""


@dataclass(frozen=True, slots=True)
class Query:
    """A row of words as it stands in a text, and the addresses of the stories that have it so."""

    words: str
    exact: frozenset[str]
    folded: frozenset[str]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; `bound` is what the project promises."""

    what: str
    measured: str
    bound: str
    holds: bool | None = None


class Texts:
    """The generated stories as lines of plain words, to look rows of words up by brute force."""

    def __init__(self, stories: Sequence[BenchStory]) -> None:
        self.urls = [f"{story.date.year}/{story.slug}/" for story in stories]
        self.lines = [
            [_words(text) for text in (story.title, story.summary, *story.paragraphs)]
            for story in stories
        ]
        self._exact = ["|".join(f" {' '.join(line)} " for line in lines) for lines in self.lines]
        self._folded = [_fold(text) for text in self._exact]
        self._words = {
            url: {word for line in lines for word in line}
            for url, lines in zip(self.urls, self.lines, strict=True)
        }

    def draw(self, rng: random.Random) -> Query:
        """Draw a row of words that has marks from any text, with all stories that have it."""
        while True:
            line = rng.choice(rng.choice(self.lines))
            count = rng.choice(WORDS_A_QUERY)
            start = rng.randrange(max(1, len(line) - count))
            words = " ".join(line[start : start + count])
            if words != _fold(words):
                folded = self._find(self._folded, _fold(words))
                return Query(words, self._find(self._exact, words), folded)

    def has_words(self, url: str, words: str) -> bool:
        """Return whether a story has all the words with these very marks, wherever."""
        return set(words.split()) <= self._words[url]

    def _find(self, texts: Sequence[str], words: str) -> frozenset[str]:
        row = f" {words} "
        return frozenset(url for url, text in zip(self.urls, texts, strict=True) if row in text)


def _words(text: str) -> list[str]:
    letters = "".join(c if c.isalnum() else " " for c in unicodedata.normalize("NFC", text))
    return letters.lower().split()


def _fold(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in bare if not unicodedata.combining(c)).replace("đ", "d")


def main() -> int:
    options = _read_options()
    with tempfile.TemporaryDirectory(prefix="guongsang-search-", dir=options.dir) as folder:
        lines = list(run(Path(folder), options.stories))
    print(render(lines, options.stories))
    return 1 if any(line.holds is False for line in lines) else 0


def run(folder: Path, count: int) -> Iterator[Line]:
    """Build, publish one story more, then ask a browser; yields the lines of the table."""
    desk = Desk()
    stories = list(desk.make_stories(count))
    root = folder / "newsroom"
    write_newsroom(root, desk, stories, search=True)
    _say("dựng lần đầu · first build")
    first = _build(root)
    yield Line("dựng lần đầu với chỉ mục", _cost(first), "")
    stories.append(desk.make_story(count, LAST_DAY))
    write_story(root, desk, stories[-1])
    added = _build(root)
    yield Line("đăng thêm một bài với chỉ mục", _cost(added), "≤ 3 s", added.wall <= 3)
    site = root / "site"
    shutil.copytree(_SCRIPTS, site / "do")
    with served(site) as address, _browse() as browser:
        yield from _measure_bytes(browser, address, site)
        yield from _measure_answers(browser, address, stories)


def _build(root: Path) -> Cost:
    program = shutil.which("guongsang", path=str(Path(sys.executable).parent))
    return measure([str(program), "build"], root, _ENV)


def _measure_answers(browser: Any, address: str, stories: Sequence[BenchStory]) -> Iterator[Line]:
    _say("hỏi trong trình duyệt · asking in the browser")
    rng, texts = random.Random(7), Texts(stories)
    queries = [texts.draw(rng) for _ in range(QUERIES)]
    titled = rng.sample(list(stories), QUERIES)
    page = browser.new_context(bypass_csp=True, service_workers="block").new_page()
    page.goto(f"{address}tim-kiem/")

    def ask(words: Sequence[str]) -> Any:
        return page.evaluate(_ASK, ["/do/", list(words)])

    bare = ask([_fold(query.words) for query in queries])
    marked = ask([query.words for query in queries])
    titles = ask([_fold(story.title) for story in titled])
    yield Line("mở chỉ mục tên và tựa (ms)", f"{bare['opened']:.0f}", "")
    yield from _judge_recall(texts, queries, bare["answers"], marked["answers"])
    urls = [f"{story.date.year}/{story.slug}/" for story in titled]
    hits = [url in each["urls"][:3] for url, each in zip(urls, titles["answers"], strict=True)]
    yield _share("tựa gõ không dấu, trong ba bài đầu", sum(hits), len(hits), 0.98)
    times = [each["ms"] for each in [*bare["answers"], *titles["answers"]]]
    worst = statistics.quantiles(times, n=20)[-1]
    told = f"{statistics.median(times):.0f}; 95 %: {worst:.0f}; nhiều nhất: {max(times):.0f}"
    yield Line("một câu hỏi sau khi mở (ms, trung vị)", told, "≤ 200", worst <= 200)


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
    yield Line("cả chỉ mục toàn văn trên máy chủ", f"{whole / 1e6:.1f} MB, {number} tệp", "")


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


def render(lines: Sequence[Line], count: int) -> str:
    """Return the table in Markdown."""
    rows = [f"{count:,} bài.".replace(",", "."), "", "| Việc | Đo được | Cam kết | Đạt |"]
    rows.append("|---|---|---|---|")
    for line in lines:
        holds = {None: "", True: "có", False: "KHÔNG"}[line.holds]
        rows.append(f"| {line.what} | {line.measured} | {line.bound} | {holds} |")
    return "\n".join(rows)


def _share(what: str, part: int, whole: int, least: float) -> Line:
    share = part / whole if whole else 1.0
    told = f"{share:.2%} ({part} trên {whole})"
    return Line(what, told, f"≥ {least:.0%}", share >= least)


def _cost(cost: Cost) -> str:
    return f"{cost.wall:.2f} s, CPU {cost.cpu:.2f} s, {cost.memory / 1e6:.0f} MB"


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.search", description=__doc__)
    parser.add_argument("--stories", type=int, default=10_000, metavar="N")
    parser.add_argument("--dir", help="where the temporary folder goes (default: the system's)")
    return parser.parse_args()


def _say(text: str) -> None:
    print(f"… {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
