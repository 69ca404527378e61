"""Hostile stories, built and opened in a real browser: nothing runs, nothing else is asked for.

Once with the security policy, once without: cleaning must hold on its own.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image

from guongsang.prose.fill import fill_prose
from guongsang.prose.parse import parse_prose

SNIPPETS = json.loads((Path(__file__).parent.parent / "sites/hostile.json").read_text())
PROSE, FIELDS = SNIPPETS["prose"], SNIPPETS["fields"]
# Text fields of front matter, each with the place that it is shown.
STORY = """---
title: {0}
date: 2026-01-{day:02d}
column: ban-muong
fields: [giao-duc]
honorees:
  - {{kind: collective, name: {1}, role: {2}, consent: {{basis: public_event, note: x}}}}
  - id: ho-giao
    role: {3}
places:
  - {{unit: le-thuy, village: {4}}}
authors:
  - {{name: {5}, did: text}}
cover:
  src: bia.jpg
  alt: {6}
  caption: {7}
  credit: {8}
summary: {9}
tags: [{10}]
sources:
  - {{title: {11}, url: "https://bao.example/bai"}}
verified: {{by: {12}, date: 2026-01-20}}
corrections:
  - {{date: 2026-02-01, was: {13}, now: {14}}}
status: ready
---

{body}
"""
FIELD_COUNT = 15
SUMMARY = 9
SUMMARY_TAIL = " Một tóm tắt phải dài ít nhất sáu mươi ký tự thì máy mới nhận."
FIELD_STORIES = 20
REFUSED_PAGES = 10
REGISTERS = {
    "columns.yml": ("Gương sáng bản Mường", "Ở các bản làng."),
    "fields.yml": ("Giáo dục",),
    "deeds.yml": ("Xóa mù chữ",),
    "authors.yml": ("Nguyễn Thị Lan",),
    "series.yml": ("Lên lớp",),
    "newsroom.yml": ("Gương Thử", "Tòa soạn thử", "Bạn đọc"),
    "honorees/ho-giao.yml": ("Hồ Dáo",),
}
WATCH = """
window.hits = [];
for (const name of ["alert", "a", "x", "y", "__pwned"])
  Object.defineProperty(window, name, { value: () => hits.push(name) });
"""
# Poke everything as a reader's mouse and keyboard would; links are not followed.
POKE = """() => {
  const found = [];
  addEventListener("click", (event) => event.preventDefault(), true);
  addEventListener("submit", (event) => event.preventDefault(), true);
  for (const element of document.querySelectorAll("body *")) {
    for (const { name, value } of element.attributes)
      if (name.startsWith("on") || /^[\\s\\0-\\x20]*(javascript|vbscript|data:text)/i.test(value) &&
          ["href", "src", "action", "xlink:href", "srcdoc", "formaction"].includes(name))
        found.push(`${element.tagName} ${name}=${value}`);
    if (/^(javascript|vbscript|data|file):$/.test(element.protocol ?? ""))
      found.push(`${element.tagName} ${element.href}`);
    for (const kind of ["mouseover", "focus", "click", "toggle", "load", "error"])
      element.dispatchEvent(new Event(kind, { bubbles: true, cancelable: true }));
  }
  return found;
}"""


def body_of(snippets):
    """Return a text with each snippet in several places, and a mark after it."""
    wraps = ("> {}", "- {}", "a **{}** b", "{}")
    return "\n\n".join(
        "\n\n".join(wrap.format(snippet) for wrap in wraps) + f"\n\nhết {PROSE.index(snippet)}."
        for snippet in snippets
    )


def swallows(snippet):
    """Return whether a snippet takes the rest of its text with it, as unclosed HTML does."""
    return f"hết {PROSE.index(snippet)}." not in parse_prose(body_of([snippet])).plain


def groups(snippets, count):
    """Deal snippets out so that none is hidden by one before it in the same text."""
    last = [snippet for snippet in snippets if swallows(snippet)]
    rest = [snippet for snippet in snippets if snippet not in last]
    assert len(last) <= count
    return [rest[at::count] + last[at : at + 1] for at in range(count)]


def write_story(newsroom, slug, fields, snippets, day):
    folder = newsroom.root / "stories/2026" / slug
    folder.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (960, 600), "teal").save(folder / "bia.jpg", quality=30)
    fields = [f + SUMMARY_TAIL if at == SUMMARY else f for at, f in enumerate(fields)]
    texts = [json.dumps(field, ensure_ascii=False) for field in fields]
    body = body_of(snippets).encode("utf-8", "ignore").decode()  # no file holds half a letter
    text = STORY.format(*texts, day=day, body=body)
    (folder / "index.md").write_text(text, "utf-8", newline="\n")


def find_refused(newsroom):
    """Return the numbers of the snippets that the checker does not let into a story."""
    calm = ["Chuyện kể"] * FIELD_COUNT
    for number, snippet in enumerate(PROSE):
        write_story(newsroom, f"thu-{number}", calm, [snippet], 1)
    ran = newsroom.run("check", "--format", "json")
    problems = json.loads(ran.out)["problems"]
    refused = {
        int(match[1])
        for each in problems
        if each["severity"] == "error" and (match := re.search(r"/thu-(\d+)/", each["path"]))
    }
    for number in range(len(PROSE)):
        folder = newsroom.root / f"stories/2026/thu-{number}"
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()
    return refused


def poison_registers(newsroom):
    for number, (name, texts) in enumerate(REGISTERS.items()):
        path = newsroom.root / "stories/registers" / name
        content = path.read_text("utf-8")
        for at, text in enumerate(texts):
            hostile = json.dumps(FIELDS[(number + at) % 4] + text, ensure_ascii=False)
            content = re.sub(rf'"?{re.escape(text)}"?', lambda _, h=hostile: h, content, count=1)
        path.write_text(content, "utf-8")


@pytest.fixture
def hostile(newsroom):
    """Build a newsroom of hostile stories; return it with the snippets that were refused."""
    newsroom.edit(
        "stories/registers/newsroom.yml",
        "page_size: 2",
        "page_size: 24\nphotos: {widths: [96], jpeg_quality: 40, avif_quality: 30}",
    )
    refused = find_refused(newsroom)
    taken = [snippet for number, snippet in enumerate(PROSE) if number not in refused]
    for at, dealt in enumerate(groups(taken, FIELD_STORIES)):
        fields = [FIELDS[(2 * at + field) % len(FIELDS)] for field in range(FIELD_COUNT)]
        write_story(newsroom, f"xau-{at}", fields, dealt, at + 1)
    poison_registers(newsroom)
    newsroom.build()
    return newsroom, [PROSE[number] for number in sorted(refused)]


def write_refused(newsroom, refused):
    """Show what the checker refuses as rendering would show it, in pages of the site."""
    story = (newsroom.site / "2026/xau-0/index.html").read_text("utf-8")
    for at, dealt in enumerate(groups(refused, REFUSED_PAGES)):
        prose = parse_prose(body_of(dealt))
        link = {"link": lambda to: to if ":" not in to else "#"}
        html = fill_prose(prose, photo=lambda _: "", film=lambda _: "", **link)
        page = newsroom.site / f"2026/bi-tu-choi-{at}/index.html"
        page.parent.mkdir()
        text = story.replace("</main>", f"<div>{html}</div></main>")
        page.write_text(text.encode("utf-8", "ignore").decode(), "utf-8")


@pytest.mark.long
def test_nothing_runs_and_nothing_foreign_is_asked_for(hostile, chromium, serve):
    newsroom, refused = hostile
    assert len(PROSE) + len(FIELDS) >= 120
    assert len(refused) < len(PROSE) / 2
    write_refused(newsroom, refused)
    address = serve(newsroom.site)
    stories = [f"2026/xau-{at}/" for at in range(FIELD_STORIES)]
    lists = ["", "chuyen-muc/ban-muong/", "dia-phuong/le-thuy/", "nhan-vat/ho-giao/", "nam/2026/"]
    refusals = [f"2026/bi-tu-choi-{at}/" for at in range(REFUSED_PAGES)]
    others = ["khen-thuong/", "cai-chinh/", "404.html", "gioi-thieu/"]
    for bypass_csp in (False, True):
        context = chromium.new_context(bypass_csp=bypass_csp, service_workers="block")
        context.add_init_script(WATCH)
        page = context.new_page()
        asked, dialogs, shown = set(), [], ""
        page.on("request", lambda got, asked=asked: asked.add(urlsplit(got.url).netloc))
        page.on("dialog", lambda box, dialogs=dialogs: (dialogs.append(box.message), box.dismiss()))
        for path in [*stories, *lists, *others, *refusals]:
            page.goto(f"{address}/{path}")
            assert page.evaluate(POKE) == [], path
            assert page.evaluate("hits") == [], path
            # What is around the text stands where it stood.
            assert page.get_by_role("main").count() == page.locator("main h1").count() == 1, path
            assert page.get_by_role("contentinfo").count() == 1, path
            shown += page.locator("main").inner_text()
        assert dialogs == []
        assert asked == {urlsplit(address).netloc}
        # Every snippet was in some page, up to its end.
        seen = {snippet for snippet in PROSE if f"hết {PROSE.index(snippet)}." in shown}
        assert [s for s in PROSE if s not in seen and not swallows(s)] == []
        context.close()
