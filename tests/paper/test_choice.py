"""What is printed and what is not: told by name, and nothing is made of what may not be."""

from __future__ import annotations

from pathlib import Path

import pytest

from guongsang.checks.newsroom.unfilled import BLANK_HOST
from guongsang.paper import typesetting
from guongsang.paper.period import read_issue
from guongsang.registers.paths import PRINTS

ALLOWED = "{basis: consent, record: P-1, date: 2026-05-01, scope: [name, photo, print]}"
WEB_ONLY = "{basis: consent, record: P-1, date: 2026-05-01, scope: [name, photo]}"
PERSON = "  - {{kind: person, name: Lò Thị Mẫu, consent: {consent}}}"


@pytest.mark.parametrize(
    ("typed", "words", "months"),
    [
        ("2026-11", "Số 11 · Tháng 11 năm 2026", ("2026/11",)),
        ("2026-Q4", "Số 4 · Quý IV năm 2026", ("2026/10", "2026/11", "2026/12")),
        ("2026-q1", "Số 1 · Quý I năm 2026", ("2026/01", "2026/02", "2026/03")),
    ],
)
def test_an_issue_has_its_number(typed, words, months):
    issue = read_issue(typed)
    assert (issue.words, issue.period.months) == (words, months)


@pytest.mark.parametrize(
    "typed", ["2026-13", "2026-Q5", "2026", "con-chu", "2026-1", "2026-01..2026-06"]
)
def test_other_words_are_no_issue(typed):
    assert read_issue(typed) is None


def files(newsroom):
    folder = newsroom.root / "an-pham"
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def test_a_month_holds_its_public_stories_and_names_the_rest(newsroom):
    ran = newsroom.run("bulletin", "2026-06")
    assert ran.code == 0, ran.err
    assert "1 bài" in ran.out
    assert ran.err.splitlines() == [
        "Không in ban-thao: bài nháp.",
        "Không in hen-gio: chưa đến giờ đăng.",
    ]
    assert files(newsroom) == ["ban-tin-2026-06-a4.pdf"]


@pytest.mark.parametrize(
    ("slug", "why"),
    [("ban-thao", "bài nháp"), ("ten-phai-mat", "bài đã gỡ"), ("hen-gio", "chưa đến giờ đăng")],
)
@pytest.mark.parametrize("command", ["bulletin", "poster"])
def test_stories_by_name_are_refused_with_all_of_them(newsroom, command, slug, why):
    more = ["con-chu"] if command == "bulletin" else []
    ran = newsroom.run(command, *more, slug)
    assert ran.code == 1
    assert f"Không in {slug}: {why}." in ran.err
    assert "Chưa làm gì" in ran.err and "Traceback" not in ran.err
    assert files(newsroom) == [] and not (newsroom.root / PRINTS).exists()


def with_person(newsroom, consent):
    newsroom.edit(
        "con-chu", "  - id: ho-giao\n    role: người dạy chữ", PERSON.format(consent=consent)
    )
    newsroom.edit("con-chu", "awards: [hc-1966]\n", "")


@pytest.mark.parametrize(("consent", "code"), [(ALLOWED, 0), (WEB_ONLY, 1)])
def test_paper_needs_its_own_scope(newsroom, consent, code):
    with_person(newsroom, consent)
    ran = newsroom.run("bulletin", "con-chu")
    assert ran.code == code, ran.err
    assert ("Không in con-chu: phạm vi đồng ý không có print (Lò Thị Mẫu)" in ran.err) == bool(code)
    # Of a month the others are printed all the same.
    assert newsroom.run("bulletin", "2026-Q2").code == 0
    assert ("con-chu" in newsroom.run("bulletin", "2026-Q2").err) == bool(code)


def test_the_dead_and_public_acts_need_no_scope(newsroom):
    assert newsroom.run("bulletin", "con-chu").code == 0
    with_person(newsroom, "{basis: public_event, note: Nhận khen công khai.}")
    assert newsroom.run("bulletin", "con-chu").code == 0


def test_a_photo_has_a_scope_of_its_own(newsroom):
    newsroom.edit(
        "con-chu",
        "    alt: Lớp học buổi tối\n",
        f"    alt: Lớp học buổi tối\n    consent: {WEB_ONLY}\n",
    )
    ran = newsroom.run("poster", "con-chu")
    assert ran.code == 1 and "(lop-hoc.jpg)" in ran.err


def test_nothing_is_printed_while_something_is_wrong(newsroom):
    with_person(newsroom, WEB_ONLY.replace("scope", "withdrawn: 2026-06-01, scope"))
    ran = newsroom.run("bulletin", "mot-giot-mau")
    assert ran.code == 1
    assert "GS506" in ran.err + ran.out and "Chưa làm gì: sửa các lỗi trên trước" in ran.err
    assert files(newsroom) == []


@pytest.mark.parametrize(
    ("what", "code", "told"),
    [
        (("khong-co",), 2, "Không có bài “khong-co”"),
        (("2026-06", "con-chu"), 2, "không gõ lẫn"),
        (("2026-06", "2026-05"), 2, "không gõ lẫn"),
        (("2020-01",), 1, "2020-01 không có bài nào in được"),
        ((), 2, "Thiếu WHAT"),
    ],
)
def test_what_cannot_be_made_ends_in_one_line(newsroom, what, code, told):
    ran = newsroom.run("bulletin", *what)
    assert ran.code == code
    assert told in ran.err and "Traceback" not in ran.err
    english = newsroom.run("bulletin", *what, "--lang", "en")
    assert english.code == code and told not in english.err


def test_without_the_library_one_line_says_what_to_install(newsroom, monkeypatch):
    monkeypatch.setattr(typesetting, "find_spec", lambda _: None)
    for command in (("bulletin", "2026-06"), ("poster", "con-chu")):
        ran = newsroom.run(*command)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err == "Thiếu thư viện để in. Cài: pip install 'guongsang[paper]'\n"


def test_stories_by_name_keep_the_order_that_was_typed(newsroom):
    ran = newsroom.run("bulletin", "con-chu", "2025/nguoi-giu-lua", "con-chu")
    assert ran.code == 0 and "2 bài" in ran.out
    (name,) = files(newsroom)
    # No name of a story stands in that of the file, which the register keeps.
    assert name.startswith("ban-tin-chon-") and "chu" not in name


def test_nothing_is_written_through_a_link_that_leads_out(newsroom, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (newsroom.root / "an-pham").symlink_to(outside)
    ran = newsroom.run("bulletin", "2026-06")
    assert ran.code == 1 and "an-pham" in ran.err
    assert list(outside.iterdir()) == []


def test_git_ignores_what_is_made_here_and_in_every_newsroom():
    root = Path(__file__).parent.parent.parent
    for name in (".gitignore", "scripts/guongsang/desk/seed/gitignore"):
        assert "/an-pham/" in (root / name).read_text("utf-8").split()


@pytest.mark.parametrize("line", ["", f"site_url: https://{BLANK_HOST}/"])
def test_codes_that_would_lead_nowhere_are_not_printed(newsroom, line):
    newsroom.edit("mkdocs.yml", "site_url: https://guong.example/", line)
    ran = newsroom.run("poster", "con-chu")
    assert ran.code == 1 and "site_url" in ran.err.splitlines()[-1]
    assert files(newsroom) == []
