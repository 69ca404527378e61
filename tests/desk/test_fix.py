"""`guongsang fix`: what it mends, what it leaves, and that nothing is lost."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from guongsang.desk.fix import Mended, add_to_ledger, fix_files, format_diff, mend_text
from guongsang.desk.order import sort_keys
from guongsang.prose.parse import parse_prose
from guongsang.registers.paths import LEDGER
from guongsang.text.unseen import drop_unseen
from guongsang.yamlfile.parse import parse_yaml

TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("\n\n\r \t\\-:#\ufeff\u0300\u0301\u0323eEoô…"),
    ),
    max_size=80,
)


def story(body, front="title: A\n"):
    return f"---\n{front}---\n{body}"


def every(path):
    return True


KEYS = ["title", "date", "tags", "status"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: A\nstatus: ready\n", "title: A\nstatus: ready\n"),
        ("status: ready\ntitle: A\n", "title: A\nstatus: ready\n"),
        ("lạ: 1\nstatus: ready\ntitle: A\n", "title: A\nstatus: ready\nlạ: 1\n"),
        (
            "# đầu tệp\n\n# về trạng thái\nstatus: ready  # xong\n# về tít\ntitle: A\n# cuối\n",
            "# đầu tệp\n\n# về tít\ntitle: A\n# về trạng thái\nstatus: ready  # xong\n# cuối\n",
        ),
        (
            "tags:\n- a\n# giữa\n- b\ndate: >\n  2026\n\n  # chữ\ntitle: A\n",
            "title: A\ndate: >\n  2026\n\n  # chữ\ntags:\n- a\n# giữa\n- b\n",
        ),
        ("status: |+\n  a\n\n\ntitle: A\n", "title: A\nstatus: |+\n  a\n\n\n"),
        # What cannot be moved without doubt stays.
        ("{status: ready, title: A}\n", "{status: ready, title: A}\n"),
        ("status: a: b\ntitle: A\n", "status: a: b\ntitle: A\n"),
        ("status: ready\ntitle: A\ntitle: B\n", "status: ready\ntitle: A\ntitle: B\n"),
        ("- status\n- title\n", "- status\n- title\n"),
    ],
)
def test_keys_come_in_the_order_of_the_schema(before, after):
    assert sort_keys(before, KEYS) == after
    assert sort_keys(after, KEYS) == after


BLOCKS = st.sampled_from(
    [
        "title: A\n",
        'title: "A\n  B"\n',
        "date: 2026-05-19\n",
        "tags:\n  - a\n  # trong\n  - b\n",
        "tags: [a,\n  b]\n",
        "status: |\n  chữ\n\n  # chữ\n",
        "# ghi chú\n",
        "\n",
        "lạ: 1 # bên\n",
        "  thụt: 2\n",
        "'title': A\n",
        "? date\n: 1\n",
    ]
)


@given(blocks=st.lists(BLOCKS, max_size=8))
@settings(deadline=None, max_examples=300)
def test_sorting_keys_loses_no_line_and_reads_the_same(blocks):
    before = "".join(blocks)
    after = sort_keys(before, KEYS)
    assert sorted(after.split("\n")) == sorted(before.split("\n"))
    assert parse_yaml(after, "").data == parse_yaml(before, "").data
    assert sort_keys(after, KEYS) == after


def test_fix_sorts_stories_and_records_but_no_tables(newsroom):
    columns = newsroom.root / "stories/registers/columns.yml"
    table = columns.read_bytes()
    path = newsroom.path("con-chu")
    text = path.read_text("utf-8")
    path.write_text(text.replace("title: Con chữ lên Mù Cả\n", "").replace(
        "status: ready\n", "# đã duyệt\nstatus: ready\n# tít\ntitle: Con chữ lên Mù Cả\n"
    ), "utf-8")  # fmt: skip
    ran = newsroom.run("fix")
    assert "stories/2026/con-chu/index.md: xếp khóa theo thứ tự chung" in ran.out
    assert path.read_text("utf-8") == text.replace(
        "---\ntitle: Con", "---\n# tít\ntitle: Con"
    ).replace("status: ready\n", "# đã duyệt\nstatus: ready\n")
    assert columns.read_bytes() == table
    assert newsroom.run("fix").out == "Không có gì phải sửa.\n"


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ("a: 1\n", "a: 1\n", ()),
        ("\ufeffa: 1\n", "a: 1\n", ("bom",)),
        ("a: 1\r\nb: 2\r\n", "a: 1\nb: 2\n", ("line-ends",)),
        ("a: 1\rb: 2\n", "a: 1\nb: 2\n", ("line-ends",)),
        ("a: o\u0302\u0301\n", "a: ố\n", ("nfc",)),
        ("a: 1  \t\n  \nb: 2\n", "a: 1\n\nb: 2\n", ("spaces",)),
        ("a: 1", "a: 1\n", ("final-newline",)),
        ("a: 1\n\n\n", "a: 1\n", ("final-newline",)),
        ("", "", ()),
        ("# ghi chú\nb: 1  # giữ\na: 2\n", "# ghi chú\nb: 1  # giữ\na: 2\n", ()),
        ('a: "x\\ \n  y"\n', 'a: "x\\ \n  y"\n', ()),
        (
            "\ufeffa: o\u0302 \r\n",
            "a: ô\n",
            ("bom", "line-ends", "nfc", "spaces"),
        ),
    ],
)
def test_a_register(before, after, what):
    assert mend_text(before, is_story=False) == (after, what)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("thơ một  \nthơ hai\n", "thơ một  \nthơ hai\n"),
        ("thơ một     \nthơ hai\n", "thơ một  \nthơ hai\n"),
        ("văn \nvăn\n", "văn\nvăn\n"),
        ("thơ\t \nthơ\n", "thơ  \nthơ\n"),
        ("abc\t\nabc\n", "abc\nabc\n"),
        ("ab\t\nab\n", "ab  \nab\n"),
        ("a\n   \nb\n", "a\n\nb\n"),
    ],
)
def test_a_body_keeps_its_line_breaks(before, after):
    assert mend_text(story(before), is_story=True)[0] == story(after)


def test_front_matter_has_no_line_breaks_to_keep():
    mended, what = mend_text(story("b\n", "title: A   \n"), is_story=True)
    assert (mended, what) == (story("b\n"), ("spaces",))


def test_names_of_files_that_are_not_in_normal_form_are_kept():
    name = unicodedata.normalize("NFD", "ảnh.jpg")
    before = story(f"{unicodedata.normalize('NFD', 'Cô giáo')} ![]({name})\n")
    assert mend_text(before, is_story=True, keep=[name])[0] == story(f"Cô giáo ![]({name})\n")


FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467 và \uf0b7 và \ufffd"
HARD = "Bà\u00a0con\u00a0trong\u00a0bản\u00a0kéo\u202fnhau ra, 5\u00a0km"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Lai\u200bChâu và \ufeffMù\u200b Cả\u200e.", "Lai Châu và Mù Cả."),
        ("Mư\u00adờng Tè, ra\u2060đi\x07ô", "Mường Tè, ra đi ô"),
        ("a\u2028b", "a b"),
        (FAMILY, FAMILY),
        ("Xin chµo tÊt c¶ M\u00adêi", "Xin chµo tÊt c¶ M\u00adêi"),
        (HARD, "Bà con trong bản kéo nhau ra, 5\u00a0km"),
        ("Ông\u00a0Lò A đi 5\u00a0km", "Ông\u00a0Lò A đi 5\u00a0km"),
    ],
)
def test_what_nobody_sees_is_mended(before, after):
    mended, what = mend_text(story(f"{before}\n"), is_story=True)
    assert mended == story(f"{after}\n")
    assert bool(what) == (before != after)


def test_names_of_files_with_something_invisible_are_kept():
    before = story("Lời\u200b ![](a\u200bb.jpg)\n")
    mended, _ = mend_text(before, is_story=True, keep=["a\u200bb.jpg"])
    assert mended == story("Lời ![](a\u200bb.jpg)\n")


# What one step takes away another looks at: blanks, signs that nobody sees, lines of keys.
PIECES = [
    *("\ufeff", "\u200d", "\u200b", "\u00ad", "\u2028", "\x0c", "\r", "\n", "\r\n", "\t", "  "),
    *("e\u0302", "\u0301", "a", "\u2600", "\ufe0f", "\\", "a\u00a0b\u00a0c\u00a0d\u00a0e\u00a0f"),
    *("---\n", "title: x\n", "tags: 1", "date: 2\n", "- ", "\u00a0", "\u202f"),
]


@given(
    text=st.lists(st.sampled_from(PIECES), max_size=14).map("".join),
    is_story=st.booleans(),
    is_front=st.booleans(),
)
@example(text="title: x\n\r\ndate: 2\n", is_story=False, is_front=False)
@example(text="\n\ufeff\u200d", is_story=False, is_front=False)
@example(text="a\u00a0b\u00a0c\u00a0d\u00a0e\u00a0f x y -  - ", is_story=True, is_front=False)
@settings(deadline=None, max_examples=400)
def test_mending_twice_changes_nothing(text, is_story, is_front):
    whole = f"---\n{text}" if is_front else text
    mended, what = mend_text(whole, is_story=is_story, keys=KEYS)
    assert mend_text(mended, is_story=is_story, keys=KEYS) == (mended, ())
    assert bool(what) == (mended != whole)


@given(text=TEXTS, is_story=st.booleans())
@settings(deadline=None, max_examples=300)
def test_every_text_keeps_its_characters_and_mending_twice_changes_nothing(text, is_story):
    for whole in (text, story(text), story(text, f"title: {text}\n")):
        mended, _ = mend_text(whole, is_story=is_story)
        assert mend_text(mended, is_story=is_story) == (mended, ())
        expected = unicodedata.normalize("NFC", whole.lstrip("\ufeff"))
        assert letters(mended) == letters(expected)


@given(raw=st.binary(max_size=60), suffix=st.sampled_from([b"", b"\xff", b"\xc3", b"\xed\xa0\x80"]))
@settings(deadline=None, max_examples=150)
def test_bytes_that_are_no_text_are_left_alone(tmp_path_factory, raw, suffix):
    root = tmp_path_factory.mktemp("r")
    path = root / "stories/2026/x/index.md"
    path.parent.mkdir(parents=True)
    path.write_bytes(raw + suffix)
    done = fix_files(root, every)
    try:
        (raw + suffix).decode()
    except UnicodeDecodeError:
        assert path.read_bytes() == raw + suffix
        assert [found.rule for found in done.problems] == ["GS101"]
    again = fix_files(root, every)
    assert again.mended == []
    assert [each.name for each in path.parent.iterdir()] == ["index.md"]


def letters(text):
    seen = "".join(char for char in text if char not in " \t\r\n\u2028\u2029\u00a0\u202f")
    return drop_unseen(seen).replace(" ", "")


@pytest.mark.parametrize(
    ("before", "addresses", "after"),
    [
        ("# sổ\n/2026/a/\n", ["/2026/a/"], "# sổ\n/2026/a/\n"),
        ("# sổ\n/2026/b/\n", ["/2026/a/", "/2026/b/"], "# sổ\n/2026/b/\n/2026/a/\n"),
        ("# erased: 12ab\n/2026/a\n", ["/2026/a/"], "# erased: 12ab\n/2026/a\n"),
        ("", [], ""),
    ],
)
def test_the_ledger_only_grows(before, addresses, after):
    assert add_to_ledger(before, addresses) == after


def test_a_new_ledger_says_what_it_is():
    lines = add_to_ledger("", ["/2026/a/"]).split("\n")
    assert lines[0].startswith("# ")
    assert lines[1:] == ["/2026/a/", ""]


def soil(newsroom):
    """Make a story and a register dirty, and return what they should be."""
    path = newsroom.path("con-chu")
    clean = path.read_bytes()
    dirty = unicodedata.normalize("NFD", clean.decode()).replace("\n", " \r\n")
    path.write_bytes(b"\xef\xbb\xbf" + dirty.encode() + b"\r\n\r\n")
    return path, clean


def test_fix_mends_and_tells(newsroom):
    path, clean = soil(newsroom)
    ran = newsroom.run("fix")
    assert (ran.code, ran.err) == (0, "")
    assert path.read_bytes() == clean
    assert (
        "stories/2026/con-chu/index.md: bỏ dấu BOM đầu tệp, xuống dòng kiểu LF, "
        "dấu gộp vào chữ (NFC), bỏ khoảng trắng cuối dòng, đúng một dấu xuống dòng cuối tệp\n"
    ) in ran.out
    ledger = (newsroom.root / LEDGER).read_text("utf-8").split("\n")
    # Also the story that waits for its hour: the gate must not stop it then.
    assert [line for line in ledger if line and not line.startswith("#")] == [
        "/2025/nguoi-giu-lua/",
        "/2026/con-chu/",
        "/2026/hen-gio/",
        "/2026/mot-giot-mau/",
    ]
    assert ran.out.endswith("Đã sửa 2 tệp.\n")


def test_fix_tells_in_english(newsroom):
    soil(newsroom)
    ran = newsroom.run("fix", "--lang", "en")
    assert "byte order mark removed, line ends made LF" in ran.out
    assert f"{LEDGER}: addresses added to the ledger: 4\n" in ran.out


def test_fix_twice_changes_nothing(newsroom):
    soil(newsroom)
    newsroom.run("fix")
    before = {path: path.read_bytes() for path in newsroom.root.rglob("*") if path.is_file()}
    ran = newsroom.run("fix")
    assert (ran.code, ran.out) == (0, "Không có gì phải sửa.\n")
    assert before == {p: p.read_bytes() for p in newsroom.root.rglob("*") if p.is_file()}


def test_path_chooses(newsroom):
    path, clean = soil(newsroom)
    newsroom.run("fix", str(newsroom.root / "stories/2025"))
    assert path.read_bytes() != clean
    newsroom.run("fix", str(path.parent))
    assert path.read_bytes() == clean
    assert "/2026/" not in (newsroom.root / LEDGER).read_text("utf-8")


@pytest.mark.parametrize("has_ledger", [True, False])
def test_a_dry_run_writes_nothing_and_its_diff_applies(newsroom, has_ledger):
    path, clean = soil(newsroom)
    if not has_ledger:
        (newsroom.root / LEDGER).unlink()
    dirty = path.read_bytes()
    ran = newsroom.run("fix", "--dry-run")
    assert (ran.code, path.read_bytes()) == (0, dirty)
    assert "--- a/stories/2026/con-chu/index.md\n+++ b/stories/2026/con-chu/index.md\n" in ran.out
    assert ran.err == "Sẽ sửa 2 tệp; chưa ghi gì.\n"
    subprocess.run(
        ["git", "apply", "--whitespace=nowarn", "--ignore-whitespace", "-"],
        input=ran.out.encode(),
        cwd=newsroom.root,
        check=True,
    )
    assert path.read_bytes() == clean
    assert (newsroom.root / LEDGER).read_text("utf-8").count("\n/20") == 4


def test_a_diff_says_that_the_last_newline_is_missing():
    assert format_diff(Mended("a.yml", "a: 1", "a: 1\n", ())) == (
        "--- a/a.yml\n+++ b/a.yml\n@@ -1 +1 @@\n-a: 1\n\\ No newline at end of file\n+a: 1\n"
    )


def test_what_is_no_text_is_reported_and_the_rest_mended(newsroom):
    path, clean = soil(newsroom)
    other = newsroom.path("mot-giot-mau")
    other.write_bytes("Tiếng Việt".encode("utf-16"))
    ran = newsroom.run("fix")
    assert ran.code == 1
    assert "stories/2026/mot-giot-mau/index.md:1:1: lỗi GS101" in ran.err
    assert other.read_bytes() == "Tiếng Việt".encode("utf-16")
    assert path.read_bytes() == clean


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of Unix")
def test_permissions_stay_and_links_stay_links(newsroom):
    path, clean = soil(newsroom)
    real = newsroom.root / "that.md"
    path.rename(real)
    real.chmod(0o640)
    path.symlink_to(real)
    newsroom.run("fix")
    assert path.is_symlink()
    assert real.read_bytes() == clean
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_file_that_cannot_be_replaced_stays_whole(newsroom, monkeypatch):
    path, _ = soil(newsroom)
    dirty = path.read_bytes()

    def refuse(source, target):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", refuse)
    ran = newsroom.run("fix")
    monkeypatch.undo()
    assert ran.code == 1
    assert "GS812" in ran.err
    assert path.read_bytes() == dirty
    assert not list(path.parent.glob(".*.tmp"))


@given(
    lines=st.lists(
        st.builds(
            str.__add__,
            st.sampled_from(["một", "hai chữ", "ba", "> lời", "- mục", "## Đề", ""]),
            st.text(" \t", max_size=5),
        ),
        max_size=6,
    )
)
@settings(deadline=None, max_examples=200)
def test_a_mended_body_reads_the_same(lines):
    before = "\n".join(["Mở bài.", "", *lines])
    mended, _ = mend_text(story(before), is_story=True)
    after = mended.removeprefix(story(""))
    assert seen(after) == seen(before)


def seen(body):
    """Return the HTML of a body without the white space that no browser shows."""
    return parse_prose(body).html.replace("<", " <").replace(">", "> ").split()
