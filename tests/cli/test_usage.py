"""Commands, options, help and exit codes, in both languages."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys

import pytest
from PIL import Image

from guongsang.cli.main import main, make_group, speak_vietnamese

COMMANDS = {
    "check": ["--format"],
    "build": ["--clean", "--site-dir", "--strict", "--jobs"],
    "serve": ["--port"],
    "photos": ["--dry-run", "--prune", "--shrink", "--executor"],
    "import": ["--photo", "--column", "--uploads", "--no-input", "--dry-run", "--format"],
}
EVERYWHERE = ["--root", "--lang", "--help"]
ENGLISH = ("Options:", "Usage:", "Show this", "[OPTIONS]", "[ARGS]", "COMMAND", "default:", "...")


@pytest.fixture(autouse=True)
def no_language(monkeypatch):
    monkeypatch.delenv("GUONGSANG_LANG", raising=False)


@pytest.fixture
def run(capsys):
    def call(*arguments):
        code = main(arguments)
        out, err = capsys.readouterr()
        return code, out, err

    return call


def known_commands():
    return sorted(make_group("vi").commands)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("command", COMMANDS)
def test_help_explains_every_option(run, command, lang):
    code, out, err = run(command, "--help", "--lang", lang)
    assert (code, err) == (0, "")
    for option in [*COMMANDS[command], *EVERYWHERE]:
        assert re.search(rf"^  {option}\b.*(?:\n +.*)?\w", out, re.M), option
    assert max(len(line) for line in out.splitlines()) <= 80


@pytest.mark.parametrize("command", [None, *known_commands()])
def test_vietnamese_help_is_vietnamese(run, command):
    code, out, _ = run(*([command] if command else []), "--help")
    assert code == 0
    assert out.startswith("Cách dùng: guongsang")
    assert [word for word in ENGLISH if word in out] == []
    assert "Tùy chọn:" in out
    assert "<=" not in out


def test_english_help_is_english(run):
    _, out, _ = run("build", "--help", "--lang", "en")
    assert out.startswith("Usage: guongsang build [OPTIONS]")
    assert not re.search("[ạ-ỹđ]", out)


def test_the_list_of_commands_is_told_whole(run):
    _, out, _ = run("--help")
    for command in COMMANDS:
        assert re.search(rf"^  {command} +\w", out, re.M)


@pytest.mark.parametrize(
    ("typed", "vi", "en"),
    [
        (["bulid"], "Không có lệnh bulid. Có phải: build, bulletin?", "There is no command bulid."),
        (["build", "--claen"], "Không có tùy chọn --claen. Có phải: --clean", "no option --claen"),
        (["check", "--format", "xml"], "“xml”; cần một trong: text, json", "one of: text, json"),
        (["build", "--jobs", "x"], "--jobs không dùng được: “x”; cần số từ 1", "from 1 to 256"),
        (["build", "--jobs", "0"], "--jobs không dùng được: “0”; cần số từ 1", "from 1 to 256"),
        (["build", "--jobs"], "Sau --jobs thiếu giá trị.", "A value is missing after --jobs."),
        (["check", "--root", "/khong-co"], "không có “/khong-co”", "there is no “/khong-co”"),
        (
            ["check", "khong-co"],
            "PATH không dùng được: không có “khong-co”",
            "there is no “khong-co”",
        ),
    ],
)
def test_wrong_usage_is_one_line_and_code_two(run, typed, vi, en):
    for lang, told in (("vi", vi), ("en", en)):
        code, out, err = (
            run(*typed, "--lang", lang) if typed[-1] != "--jobs" else run_env(run, lang, typed)
        )
        assert (code, out) == (2, "")
        assert told in err
        assert err.count("\n") == 1
        assert "--help" in err


def run_env(run, lang, typed):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GUONGSANG_LANG", lang)
        return run(*typed)


def test_an_unknown_language_is_wrong_usage(run):
    code, _, err = run("check", "--lang", "fr")
    assert code == 2
    assert "“fr”; cần một trong: vi, en." in err


def test_a_folder_without_a_newsroom_is_wrong_usage(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for arguments in (["check"], ["build", "--root", str(tmp_path)], ["photos"]):
        code, out, err = run(*arguments)
        assert (code, out) == (2, "")
        assert "Không thấy mkdocs.yml" in err
        assert err.count("\n") == 1


def test_the_newsroom_is_found_upwards(run, built, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1782864000")
    monkeypatch.chdir(built.root / "stories/2026/con-chu")
    assert run("check") == (0, "Không có lỗi trong 6 bài.\n", "")


@pytest.mark.parametrize("command", ["check", "build", "photos", "serve"])
def test_settings_that_cannot_be_read_end_in_one_line(newsroom, command):
    newsroom.edit("mkdocs.yml", "theme:\n", "theme: [\n")
    ran = newsroom.run(command)
    assert ran.code == 1
    assert "mkdocs.yml" in ran.err
    assert "Traceback" not in ran.err


class TestCheck:
    def test_fine_and_not_fine(self, newsroom):
        assert newsroom.run("check").code == 0
        newsroom.edit("con-chu", "Kết bài", "Gọi 0912 345 678, kết bài")
        warned = newsroom.run("check")
        assert warned.code == 0
        assert warned.out.endswith("0 lỗi, 1 cảnh báo trong 6 bài.\n")
        newsroom.edit("con-chu", "column: ban-muong", "column: khong")
        failed = newsroom.run("check")
        assert failed.code == 1
        assert failed.out.endswith("1 lỗi, 1 cảnh báo trong 6 bài.\n")

    def test_json_is_just_what_was_promised(self, newsroom):
        newsroom.edit("con-chu", "column: ban-muong", "column: khong")
        ran = newsroom.run("check", "--format", "json", "--lang", "en")
        found = json.loads(ran.out)
        assert list(found) == ["problems", "stories"]
        assert found["stories"] == 6
        (row,) = found["problems"]
        assert list(row) == ["path", "line", "column", "rule", "severity", "message", "hint"]
        assert (row["path"], row["line"], row["column"], row["rule"], row["severity"]) == (
            "stories/2026/con-chu/index.md",
            5,
            9,
            "GS301",
            "error",
        )
        assert "ban-muong" in row["hint"]
        assert ran.code == 1

    def test_json_without_problems(self, newsroom):
        ran = newsroom.run("check", "--format", "json")
        assert json.loads(ran.out) == {"problems": [], "stories": 6}
        assert ran.err == ""

    def test_paths_only_choose_what_is_told(self, newsroom):
        newsroom.edit("con-chu", "column: ban-muong", "column: khong")
        newsroom.edit("nguoi-giu-lua", "column: ban-muong", "column: khong")
        folder = newsroom.root / "stories/2026/con-chu"
        for path in (folder, folder / "index.md"):
            ran = newsroom.run("check", str(path))
            assert "con-chu" in ran.out
            assert "nguoi-giu-lua" not in ran.out
            assert ran.code == 1
        other = newsroom.run("check", str(newsroom.root / "stories/2026/mot-giot-mau"))
        assert other.code == 0
        both = newsroom.run("check", str(newsroom.root / "stories/2025"), str(folder))
        assert "2 lỗi" in both.out

    def test_the_language_is_chosen_by_option_else_environment(self, newsroom):
        english = "Nothing wrong in 6 stories.\n"
        assert newsroom.run("check", "--lang", "en").out == english
        assert newsroom.run("check", "--lang=en").out == english
        assert newsroom.run("check", GUONGSANG_LANG="en").out == english
        vietnamese = "Không có lỗi trong 6 bài.\n"
        assert newsroom.run("check", "--lang", "vi", GUONGSANG_LANG="en").out == vietnamese
        assert newsroom.run("check", GUONGSANG_LANG="fr").out == vietnamese

    def test_a_pipe_gets_no_colours(self, newsroom):
        newsroom.edit("con-chu", "column: ban-muong", "column: khong")
        assert "\x1b" not in newsroom.run("check").out


class TestPhotos:
    def test_makes_the_sizes_and_says_so(self, newsroom):
        ran = newsroom.run("photos")
        assert ran.code == 0, ran.err
        assert ran.out.startswith("5 ảnh, ")
        assert "Không phải làm ảnh nào: 5 ảnh có sẵn" in ran.out

    def test_a_dry_run_writes_nothing(self, newsroom):
        """No picture; what was learnt by reading may be remembered."""
        before = sorted(newsroom.cache.glob("guongsang/photos/**/*"))
        ran = newsroom.run("photos", "--dry-run", "--lang", "en")
        assert (ran.code, ran.out.count("\n")) == (0, 1)
        assert sorted(newsroom.cache.glob("guongsang/photos/**/*")) == before

    def test_nothing_new_is_told_without_reading_a_story(self, newsroom, monkeypatch):
        """The hints too; until a story or a file made from a photo is another."""
        monkeypatch.setattr("guongsang.stories.scan._SETTLED_NS", -(10**12))
        folder = newsroom.path("con-chu").parent
        with Image.open(folder / "bia.jpg") as image:
            image.save(folder / "them.jpg", quality=60)
        assert "1 ảnh làm mới" in newsroom.run("photos").out
        with monkeypatch.context() as patch:
            patch.setattr("guongsang.site.check.open_update", None)
            told = newsroom.run("photos")
            assert newsroom.run("photos", "--dry-run").out == told.out.splitlines(True)[0]
        assert "Không phải làm ảnh nào: 5 ảnh có sẵn" in told.out
        assert "GS420" in told.err
        made = next(newsroom.cache.glob("guongsang/photos/*/*/*.avif"))
        made.unlink()
        assert "1 ảnh làm mới" in newsroom.run("photos").out
        assert made.is_file()
        newsroom.edit("con-chu", "column: ban-muong", "column: khong")
        assert newsroom.run("photos").code == 1

    def test_prune_takes_away_what_no_story_uses(self, newsroom):
        newsroom.edit("con-chu", '  - src: them.jpg\n    alt: ""\n', "")
        (newsroom.path("con-chu").parent / "them.jpg").unlink()
        ran = newsroom.run("photos", "--prune")
        assert ran.code == 0, ran.err
        assert re.search("Đã xóa [1-9][0-9]* tệp thừa", ran.out)

    def test_shrink_mends_originals(self, newsroom, draw_photo):
        photo = newsroom.path("con-chu").parent / "bia.jpg"
        draw_photo(photo, 3000, 1000)
        before = photo.read_bytes()
        planned = newsroom.run("photos", "--dry-run", "--shrink", str(photo))
        assert "2560×853 px" in planned.out
        assert photo.read_bytes() == before
        ran = newsroom.run("photos", "--shrink", str(photo))
        assert ran.code == 0
        assert re.search(r"Đã thu 1 ảnh: .* → .* \(bớt .*\)", ran.out)
        assert photo.read_bytes() != before
        assert "Không có ảnh nào" in newsroom.run("photos", "--shrink", str(photo)).out

    def test_a_broken_story_stops_it(self, newsroom):
        newsroom.edit("con-chu", "column: ban-muong", "column: khong")
        ran = newsroom.run("photos")
        assert ran.code == 1
        assert "GS301" in ran.err


@pytest.mark.parametrize(("lang", "word"), [("vi", "Các lệnh:"), ("en", "Commands:")])
def test_the_name_alone_prints_the_help(run, monkeypatch, lang, word):
    monkeypatch.setenv("GUONGSANG_LANG", lang)
    code, out, err = run()
    assert (code, err) == (0, "")
    assert word in out


@pytest.mark.parametrize("command", ["check", "fix"])
def test_a_path_is_taken_from_the_root(run, newsroom, monkeypatch, tmp_path, command):
    newsroom.edit("con-chu", "column: ban-muong", "column: khong-co")
    newsroom.edit("mot-giot-mau", "column: viec-tot", "column: khong-co ")
    root = str(newsroom.root)
    monkeypatch.chdir(tmp_path)
    _, out, err = run(command, "--root", root, "stories/2026/mot-giot-mau")
    assert "mot-giot-mau" in out
    assert "con-chu" not in out + err
    # One that is only where we are is still understood.
    _, out, _ = run(command, "--root", root, f"{newsroom.root.name}/stories/2026/mot-giot-mau")
    assert "con-chu" not in out
    code, _, err = run(command, "--root", root, "stories/2026/khong-co")
    assert code == 2
    assert "stories/2026/khong-co" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8", "cp1258"])
@pytest.mark.parametrize("typed", [["--help"], ["khong-co"], ["schema", "places"]])
def test_a_pipe_gets_utf_8_whatever_the_system_calls_usual(encoding, typed):
    """On Windows a pipe has an encoding without most Vietnamese letters."""
    command = [sys.executable, "-c", "from guongsang.cli.main import run; run()", *typed]
    env = os.environ | {"PYTHONIOENCODING": encoding}
    ran = subprocess.run(command, env=env, capture_output=True, check=False, timeout=120)
    assert ran.returncode == (2 if typed == ["khong-co"] else 0), ran.stderr
    said = (ran.stdout + ran.stderr).decode("utf-8")
    assert "ệ" in said or "ị" in said


def test_a_terminal_shows_what_it_can():
    class Terminal(io.TextIOWrapper):
        def isatty(self):
            return True

    raw = io.BytesIO()
    stream = Terminal(raw, encoding="cp1252")
    speak_vietnamese(stream)
    print("Đã dựng 3 bài", file=stream, flush=True)
    assert raw.getvalue().decode("cp1252").strip() == "?ã d?ng 3 bài"
    speak_vietnamese(io.StringIO())
