"""Whatever stands in a file, the checker ends soon, never crashes, never stays silent.

A story that cannot be read is a problem of that very file; what `fix` makes of any of it is read
the same, and mended once.
"""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guongsang.desk.fix import fix_files
from guongsang.registers.describe import RECORDS, describe_record
from guongsang.site.check import check_newsroom
from guongsang.site.sources.project import Folders
from guongsang.text.dates import VIETNAM

NOW = dt.datetime(2026, 7, 1, 7, 0, tzinfo=VIETNAM)
STORY = "stories/2026/con-chu/index.md"
SECONDS = 2  # of CPU
RARELY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

FRONT = "title: A\ndate: 2026-05-19\n"
PIECES = st.sampled_from(
    [
        *(b"---\n", b"---", b"\r\n", b"\n", b"\xef\xbb\xbf", b"\xff", b"\xe1\xba", b"\0", b"...\n"),
        *(FRONT.encode(), b"title: ", b"- ", b"  ", b"\t", b"&a *a", b"!!x ", b"{[", b"]}", b'"'),
        *("chữ".encode(), "\u0301".encode(), "µ¸".encode(), b"![](a.jpg)", b"[x](../y/index.md)"),
        *(b"# ", b"<script>", b"status: ready\n", b"> " * 40, b"0912 345 678 "),
    ]
)
BYTES = st.one_of(st.binary(max_size=200), st.lists(PIECES, max_size=30).map(b"".join))

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.text(max_size=30),
    st.sampled_from(
        [
            "unknown",
            "2026-02-30",
            "con",
            "a" * 301,
            "../x",
            "\x00",
            "\u2028",
            "ready",
            "=1+1",
            "{x}",
        ]
    ),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=8,
)


def paths_of(record: str) -> list[tuple[str, ...]]:
    """Return the way to every field of a record, lists left out: ("cover", "alt")."""
    parts = {part.name: part for part in describe_record(record)}
    found: list[tuple[str, ...]] = []

    def walk(name: str, above: tuple[str, ...]) -> None:
        for field in parts[name].fields:
            found.append((*above, field.key))
            if field.part and len(above) < 2:
                walk(field.part, (*above, field.key))

    walk(describe_record(record)[0].name, ())
    return found


def put(data: Any, path: tuple[str, ...], value: object) -> None:
    """Set a field, in the first item where the way leads through a list."""
    for key in path[:-1]:
        if isinstance(data, list):
            data = data[0]
        if not isinstance(data.get(key), dict | list):
            data[key] = {}
        data = data[key]
    if isinstance(data, list):
        data = data[0]
    data[path[-1]] = value


@pytest.fixture(scope="module")
def root(make_case):
    made = make_case({})
    written = "NTM: {read: nông thôn mới}\n"
    (made / "stories/registers/abbreviations.yml").write_text(written, "utf-8")
    return made


def check(root):
    began = time.process_time()
    folders = Folders(root / "docs", None, root / "site")
    checked = check_newsroom(root, lambda: folders, now=NOW)
    spent = time.process_time() - began
    for found in checked.problems:
        assert found.message("vi") and found.hint("en")
        assert found.line >= 1 and found.column >= 1
    return checked, spent


def check_story_file(root, raw):
    (root / STORY).write_bytes(raw)
    checked, spent = check(root)
    assert spent < SECONDS
    problems = checked.problems
    if not checked.stories > len(checked.unreadable):
        assert any(found.path == STORY and found.is_error for found in problems)


def fix_twice(root):
    fix_files(root, lambda path: path == STORY)
    assert fix_files(root, lambda path: path == STORY).mended == []
    assert sorted(path.name for path in (root / STORY).parent.iterdir()) == ["bia.jpg", "index.md"]


@RARELY
@given(raw=BYTES)
def test_any_bytes(root, raw):
    check_story_file(root, raw)
    fix_twice(root)


@RARELY
@given(raw=BYTES, data=st.data())
def test_any_bytes_within_a_good_story(root, front, raw, data):
    good = f"---\n{front}---\n\nMột câu.\n".encode()
    at = data.draw(st.integers(0, len(good)))
    check_story_file(root, good[:at] + raw + good[at:])
    fix_twice(root)


@settings(RARELY, max_examples=150)
@given(path=st.sampled_from(paths_of("story")), value=VALUES)
def test_any_value_in_any_field_of_a_story(root, front, path, value):
    changed = yaml.safe_load(front)
    put(changed, path, value)
    text = yaml.safe_dump(changed, allow_unicode=True, sort_keys=False)
    check_story_file(root, f"---\n{text}---\n\nMột câu.\n".encode("utf-8", "surrogatepass"))
    fix_twice(root)


@settings(RARELY, max_examples=100)
@given(data=st.data(), value=VALUES)
def test_any_value_in_any_field_of_a_register(root, data, value):
    record = data.draw(st.sampled_from([name for name in RECORDS if name != "story"]))
    path = data.draw(st.sampled_from(paths_of(record)))
    file = root / "stories/registers" / ("honorees/ho-giao" if record == "honoree" else record)
    file = file.with_suffix(".yml")
    before = file.read_bytes()
    changed = yaml.safe_load(before)
    table = record not in ("honoree", "newsroom")
    put(changed, (next(iter(changed)), *path) if table else path, value)
    try:
        file.write_text(yaml.safe_dump(changed, allow_unicode=True), "utf-8", "surrogatepass")
        _, spent = check(root)
        assert spent < SECONDS
    finally:
        file.write_bytes(before)


@pytest.fixture(scope="module")
def front(make_case):
    """The front matter of a story that says something in every part."""
    text = (make_case({}) / STORY).read_text("utf-8").split("---\n")[1]
    return text + (
        "photos: [{src: b.jpg, alt: A, consent: {basis: public_event, note: x}}]\n"
        "series: {id: len-lop, part: 1}\nsources: [{title: A}]\naudio: [{src: a.mp3}]\n"
        "verified: {by: A, date: 2026-05-01}\nattachments: [{src: a.pdf, title: A}]\n"
        "corrections: [{date: 2026-06-01, was: A, now: B}]\n"
    )
