"""`guongsang import`: manuscripts become drafts, and what is lost is told."""

from __future__ import annotations

import errno
import io
import json
import re
import sys
import time
from pathlib import Path

import pytest
from PIL import Image
from tests.intake.manuscripts import LEDE, TITLE, cases
from tests.intake.old_letters import to_tcvn3
from tests.intake.word import Word, jpeg, p

from guongsang.checks.newsroom.release import find_placeholders
from guongsang.desk.arrivals import guess
from guongsang.desk.arrivals.lost import LOSSES, REASONS
from guongsang.photos.facts import read_facts

CASES = {case.name: case for case in cases()}
SLUG = "nguoi-ganh-nuoc-len-hua-khat"
PACKAGE = Path(__file__).parents[2] / "scripts/guongsang"


@pytest.fixture
def send(tmp_path):
    def write(content, name="bai.docx"):
        path = tmp_path / name
        path.write_bytes(content.save() if isinstance(content, Word) else content)
        return str(path)

    return write


def take(newsroom, *arguments):
    return newsroom.run("import", *arguments)


def folder_of(newsroom):
    return newsroom.path(SLUG).parent


def test_a_manuscript_becomes_a_draft_that_can_be_checked(newsroom, send):
    ran = take(newsroom, send(CASES["09-anh-va-chu-thich"].word))
    assert ran.code == 0, ran.err
    assert f"bai.docx → stories/2026/{SLUG}: bài nháp “{TITLE}”, 2 ảnh." in ran.out
    files = sorted(each.name for each in folder_of(newsroom).iterdir())
    assert files == ["anh-1.jpg", "bia.jpg", "index.md"]
    checked = newsroom.run("check", str(folder_of(newsroom)))
    assert checked.code == 0, checked.out
    assert "0 lỗi" in checked.out
    assert re.findall("GS\\d+", checked.out)  # what people have to fill in


def test_a_draft_that_is_filled_in_is_ready(newsroom, send):
    take(newsroom, send(CASES["09-anh-va-chu-thich"].word), "--column", "ban-muong")
    path = newsroom.path(SLUG)
    other = newsroom.path("con-chu").read_text("utf-8")
    text = path.read_text("utf-8")

    def block(key):
        return re.search(rf"(?m)^{key}:.*\n(?:[ -].*\n)*", other)[0]

    for key in ("fields", "honorees", "places"):
        text = re.sub(rf"(?m)^{key}:.*\n(?:[ -].*\n)*", block(key), text)
    text = text.replace("alt: …", "alt: Ông già gánh nước").replace(
        "status: draft", "status: ready"
    )
    path.write_text(text, "utf-8")
    checked = newsroom.run("check", str(path.parent))
    assert "lỗi GS" not in checked.out, checked.out


def test_what_is_unsure_in_old_letters_is_not_published(newsroom, send):
    old = to_tcvn3("Mười người được thưởng ở trường Hua Khắt vì gánh nước cho lũ trẻ")
    lost = old.replace("\xad", "")  # a program threw away what Word kept as soft hyphens
    ran = take(newsroom, send(Word(p(TITLE, style="Tiu"), p(lost, font=".VnTime"))))
    assert "chữ kiểu cũ không chắc" in ran.out
    found = {what for _, what in find_placeholders(newsroom.path(SLUG).read_text("utf-8"))}
    assert "[xem lại chữ]" in found


def test_a_column_is_asked_in_a_terminal(newsroom, send, monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    columns = newsroom.root / "stories/registers/columns.yml"
    assert columns.read_text("utf-8").count("name:") > 1
    monkeypatch.setattr(sys, "stdin", Terminal("khong-co\nban-muong\n"))
    ran = take(newsroom, send(CASES["01-tieu-de-giua"].word))
    assert ran.code == 0, ran.err
    assert "Không có chuyên mục “khong-co”" in ran.err
    assert "column: ban-muong\n" in newsroom.path(SLUG).read_text("utf-8")


def test_photos_are_clean_small_and_as_word_shows_them(newsroom, send):
    exif = Image.Exif()
    exif[0x013B] = "Lò A"
    large = Image.effect_noise((3000, 2000), 20).convert("RGB")
    file = io.BytesIO()
    large.save(file, "JPEG", exif=exif)
    word = Word()
    word.add(
        p(TITLE, style="Tiu"),
        p(LEDE),
        p(word.picture(file.getvalue(), alt="Bản làng trong sương")),
        p(word.picture(jpeg(200, 100), crop='l="50000"', form='rot="5400000"')),
    )
    assert take(newsroom, send(word)).code == 0
    facts = read_facts(folder_of(newsroom) / "bia.jpg")
    assert (facts.width, facts.height, facts.private) == (2560, 1707, ())
    facts = read_facts(folder_of(newsroom) / "anh-1.jpg")
    assert (facts.width, facts.height) == (100, 100)
    assert "alt: Bản làng trong sương" in newsroom.path(SLUG).read_text("utf-8")


def test_loose_photos_come_after_those_in_the_file(newsroom, send):
    first = send(jpeg(300, 200), "a.jpg")
    second = send(jpeg(400, 200), "b.jpg")
    manuscript = send(CASES["13-chu-thich-o-cuoi"].word)
    ran = take(newsroom, manuscript, "--photo", first, "--photo", second)
    assert ran.code == 0, ran.err
    names = sorted(each.name for each in folder_of(newsroom).glob("*.jpg"))
    assert names == ["anh-1.jpg", "anh-2.jpg", "bia.jpg"]
    assert read_facts(folder_of(newsroom) / "anh-2.jpg").width == 400


def test_photos_that_cannot_be_used_are_told_and_left_out(newsroom, send):
    broken = send(jpeg()[:300], "hong.jpg")
    ran = take(newsroom, send(CASES["01-tieu-de-giua"].word), "--photo", broken)
    assert ran.code == 0
    assert "hong.jpg" in ran.out
    assert [each.name for each in folder_of(newsroom).iterdir()] == ["index.md"]


def test_what_is_there_is_never_overwritten(newsroom, send):
    path = send(CASES["01-tieu-de-giua"].word)
    assert take(newsroom, path).code == 0
    before = newsroom.path(SLUG).read_bytes()
    moved = folder_of(newsroom)
    ran = take(newsroom, path)
    assert ran.code == 1
    assert f"đã có stories/2026/{SLUG}" in ran.err
    assert newsroom.path(SLUG).read_bytes() == before
    # In another year as well: slugs are unique.
    moved.rename(newsroom.root / "stories/2025" / SLUG)
    assert take(newsroom, path).code == 1
    assert not moved.exists()


def test_a_dry_run_writes_nothing(newsroom, send):
    before = sorted(newsroom.root.rglob("*"))
    ran = take(newsroom, send(CASES["09-anh-va-chu-thich"].word), "--dry-run")
    assert ran.code == 0
    assert "chưa ghi gì" in ran.out
    assert sorted(newsroom.root.rglob("*")) == before


def test_columns_by_key_and_by_name(newsroom, send):
    path = send(CASES["01-tieu-de-giua"].word)
    wrong = take(newsroom, path, "--column", "khong-co")
    assert wrong.code == 2
    assert "Có: " in wrong.err
    assert take(newsroom, path, "--column", "ban-muong").code == 0
    assert "column: ban-muong\n" in newsroom.path(SLUG).read_text("utf-8")


def test_what_the_registers_know_is_guessed_and_told(newsroom, send):
    named = "Ở xã Mù Cả, ông Páo gánh nước lên điểm trường đã mười hai năm, ngày nào cũng vậy."
    ran = take(newsroom, send(Word(p(TITLE, style="Tiu"), p(named))))
    assert "Máy đoán, xem lại: " in ran.out
    text = newsroom.path(SLUG).read_text("utf-8")
    assert "as_printed: xã Mù Cả" in text


def test_only_who_may_be_meant_is_looked_for(newsroom, send, monkeypatch):
    made = []
    compile_names = guess.compile_names

    def count(names, **about):
        made.append(names)
        return compile_names(names, **about)

    monkeypatch.setattr(guess, "compile_names", count)
    folder = newsroom.root / "stories/registers/honorees"
    record = (folder / "ho-giao.yml").read_text("utf-8")
    (folder / "vang-tho.yml").write_text(record.replace("Hồ Giáo", "Vàng Thị Thơ"), "utf-8")
    named = "Ngày ấy, ông Hồ Giáo gánh nước lên điểm trường, mười hai năm ngày nào cũng vậy."
    assert take(newsroom, send(Word(p(TITLE, style="Tiu"), p(named)))).code == 0
    assert [names[0] for names in made] == ["Hồ Giáo"]
    assert "- id: ho-giao\n" in newsroom.path(SLUG).read_text("utf-8")


def test_the_report_for_programs(newsroom, send):
    paths = [send(CASES["20-sua-co-theo-doi"].word), send(b"PK\x03\x04", "hong.docx")]
    ran = take(newsroom, *paths, "--format", "json")
    assert ran.code == 1
    good, bad = json.loads(ran.out)["stories"]
    assert good["path"] == f"stories/2026/{SLUG}"
    assert [(loss["kind"], loss["count"]) for loss in good["losses"]] == [("changes", 2)]
    assert "consent" in good["needed"]
    assert (bad["path"], "hỏng" in bad["reason"]) == (None, True)


LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
ENTITIES = Word(p("a"))
ENTITIES.parts["word/document.xml"] = b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
DEEP = Word("<w:tbl><w:tr><w:tc>" * 10_000 + p("x") + "</w:tc></w:tr></w:tbl>" * 10_000)
HOSTILE = {
    "khoa.docx": (LOCKED, "mật khẩu"),
    "cat.docx": (Word(p("a")).save()[:500], "hỏng"),
    "thuc-the.docx": (ENTITIES, "XML"),
    "sau.docx": (DEEP, "lồng nhau"),
    "trong.docx": (b"", "trống"),
    "la.xyz": (b"abc", ".xyz"),
    "nhi-phan.txt": (b"\0\1\2", "không phải tệp chữ"),
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_hostile_files_are_one_line_each(newsroom, send, name, lang):
    content, told = HOSTILE[name]
    ran = take(newsroom, send(content, name), "--lang", lang)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"{name}: ")
    assert ran.err.count("\n") == 1
    assert told in ran.err or lang == "en"


def test_a_folder_is_no_manuscript(newsroom, tmp_path):
    (tmp_path / "bai.docx").mkdir()
    ran = take(newsroom, str(tmp_path / "bai.docx"))
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("bai.docx: không đọc được")
    assert ran.err.count("\n") == 1


def test_a_file_with_macros_is_taken_without_them(newsroom, send):
    content = CASES["01-tieu-de-giua"].word.save(vbaProject_bin=b"\xd0\xcf\x11\xe0")
    ran = take(newsroom, send(content, "bai.docm"))
    assert ran.code == 0
    assert ran.out.count("macro") == 1


def test_every_loss_and_reason_has_its_text():
    source = "\n".join(path.read_text("utf-8") for path in (PACKAGE / "intake").rglob("*.py"))
    kinds = set(re.findall(r'(?:losses\.add\(|Loss\()\s*"([a-z-]+)"', source))
    reasons = set(re.findall(r'UnreadableError\(\s*"([a-z-]+)"', source))
    assert len(kinds) > 20
    assert kinds <= LOSSES.keys()
    assert reasons <= REASONS.keys()


def test_nothing_is_left_when_writing_fails(newsroom, send, monkeypatch):
    before = sorted(newsroom.root.rglob("*"))

    def refuse(*_):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "rename", refuse)
    ran = take(newsroom, send(CASES["09-anh-va-chu-thich"].word))
    monkeypatch.undo()
    assert ran.code == 1
    assert ran.err.count("\n") == 1
    assert sorted(newsroom.root.rglob("*")) == before


def test_two_large_photos(newsroom, send):
    image = Image.effect_noise((4000, 3000), 8).convert("RGB")
    file = io.BytesIO()
    image.save(file, "JPEG", quality=90)
    word = Word(p(TITLE, style="Tiu"), p(LEDE))
    word.add(p(word.picture(file.getvalue())), p(word.picture(file.getvalue())))
    path = send(word)
    began = time.process_time()
    assert take(newsroom, path).code == 0
    assert time.process_time() - began < 4, "two seconds of two cores"
    photos = list(newsroom.root.glob("stories/*/*/*.jpg"))
    assert sum(max(read_facts(each).width, read_facts(each).height) == 2560 for each in photos) == 2
