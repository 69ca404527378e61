"""`guongsang script`: what an announcer gets of stories of every kind."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pypdf
import pytest
from tests.paper.conftest import write_story
from tests.tools import need

from guongsang.office import errors

BODY = """UBND xã giúp 1.250 hộ từ ngày 19/5/2026[^1]. Xem [báo Mẫu](https://bao.example/a).

## Ở Đại hội XIV

* Tổ làm từ 6h30 phải không?
- Đúng thế, & <cả bản> cùng "đi".
* Góp được bao nhiêu?
- 2.500.000đ.

**PV:** Ông nghĩ gì?

**Ông Mẫu:** Phải giữ rừng > 5 ha.

**PV:** Rồi sao?

**Ông Mẫu:** Dịp 1/5 thì nghỉ, TS Vừ nói thế, QĐXYZ cũng thế.

Suối sâu nước chảy lững lờ
Ai về bản cũ đợi chờ cùng ai
{: .tho }

1. Trồng 500 cây
2. Giữ 3,5 km²

| Năm | Số hộ |
|---|--:|
| 2025 | 1.045 |

![](anh.jpg)

[^1]: Theo sổ của tổ.
"""
READ = """Ủy ban nhân dân xã giúp 1 nghìn 250 hộ từ ngày 19 tháng 5 năm 2026. Xem báo Mẫu.

Ở Đại hội 14

PHÓNG VIÊN:
Tổ làm từ 6 giờ 30 phút phải không?

TRẢ LỜI:
Đúng thế, và <cả bản> cùng "đi".

PHÓNG VIÊN:
Góp được bao nhiêu?

TRẢ LỜI:
2 triệu 500 nghìn đồng.

PHÓNG VIÊN:
Ông nghĩ gì?

ÔNG MẪU:
Phải giữ rừng trên 5 héc-ta.

PHÓNG VIÊN:
Rồi sao?

ÔNG MẪU:
Dịp ngày 1 tháng 5 thì nghỉ, tiến sĩ Vừ nói thế, QĐXYZ cũng thế.

Suối sâu nước chảy lững lờ
Ai về bản cũ đợi chờ cùng ai

1. Trồng 500 cây

2. Giữ 3 phẩy 5 ki-lô-mét vuông

– Năm: 2025; Số hộ: 1 nghìn không trăm 45
"""
TITLE = "Ông A & bà B <giữ rừng> ở \"UBND\" 'mới'"


@pytest.fixture
def told(newsroom, draw_photo):
    """The good newsroom with a story that has everything that can be read."""
    path = write_story(
        newsroom.root,
        "ban-doc",
        title=TITLE,
        body=BODY,
        honorees=[
            {"id": "ho-giao"},
            {
                "kind": "collective",
                "name": "Tổ Mẫu",
                "consent": {"basis": "public_interest", "note": "Tập thể được khen."},
            },
        ],
        photos=[{"src": "anh.jpg", "alt": "Ảnh", "caption": "Chú thích ảnh."}],
    )
    draw_photo(path.with_name("anh.jpg"))
    return newsroom


def read_text(newsroom, slug="ban-doc"):
    return (newsroom.root / f"an-pham/phat-thanh-{slug}.txt").read_text("utf-8")


def read_docx(newsroom, slug="ban-doc"):
    return docx.Document(str(newsroom.root / f"an-pham/phat-thanh-{slug}.docx"))


def test_a_story_of_every_kind_is_read_line_by_line(told):
    """Interview, verse, list and table are spoken; notes, captions and links are not."""
    ran = told.run("script", "ban-doc")
    assert ran.code == 0, ran.err
    head, _, body = read_text(told).partition("\n\n")
    doubts, _, body = body.partition("\n\n")
    assert body == READ
    assert head.splitlines()[:2] == [
        "BẢN ĐỌC PHÁT THANH · Gương sáng bản Mường",
        "Ông A và bà B <giữ rừng> ở \"Ủy ban nhân dân\" 'mới'",
    ]
    assert doubts.splitlines() == [
        "Xem trước khi đọc:",
        "– TS: tiến sĩ (có nhiều cách đọc)",
        "– QĐXYZ: QĐXYZ (chữ viết tắt chưa có trong sổ)",
    ]
    assert "QĐXYZ → QĐXYZ" in ran.err


def test_the_document_says_the_same_and_underlines_what_is_unsure(told):
    """The announcer sees where to look."""
    told.run("script", "ban-doc")
    document = read_docx(told)
    texts = "\n".join(each.text.replace("\t", " ") for each in document.paragraphs)
    assert "Ông A và bà B <giữ rừng> ở \"Ủy ban nhân dân\" 'mới'" in texts
    assert [line for line in READ.splitlines() if line not in texts] == []
    underlined = [
        run.text for each in document.paragraphs for run in each.runs if run.font.underline
    ]
    assert underlined == ["tiến sĩ", "QĐXYZ"]
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[1] == ["TS", "tiến sĩ", "có nhiều cách đọc"]


@pytest.mark.long
def test_libreoffice_opens_it_on_large_pages(told, tmp_path):
    """Letters of 16 points, the title of 20: to be read from half a metre away."""
    soffice = shutil.which("soffice")
    need(soffice, "LibreOffice", comes_by="apt install libreoffice-writer-nogui")
    told.run("script", "ban-doc")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    source = told.root / "an-pham/phat-thanh-ban-doc.docx"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, source]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    reader = pypdf.PdfReader(tmp_path / "phat-thanh-ban-doc.pdf")
    sizes = set()
    for page in reader.pages:
        page.extract_text(visitor_text=lambda text, _, __, ___, size: sizes.add((text != "", size)))
    assert 2 <= len(reader.pages) <= 3
    assert {20, 16, 12} <= {round(size) for is_text, size in sizes if is_text and size}


def test_two_runs_give_the_same_bytes(told):
    """What was sent to the station can be made again."""
    told.run("script", "ban-doc")
    before = (told.root / "an-pham/phat-thanh-ban-doc.docx").read_bytes()
    told.run("script", "ban-doc")
    after = (told.root / "an-pham/phat-thanh-ban-doc.docx").read_bytes()
    assert after == before
    assert zipfile.ZipFile(io.BytesIO(after)).testzip() is None


def test_years_stay_digits_unless_words_are_asked_for(told):
    told.run("script", "ban-doc")
    assert "năm 2026" in read_text(told)
    told.run("script", "ban-doc", "--words")
    body = read_text(told).partition("một phút)")[2]
    assert "năm hai nghìn không trăm hai mươi sáu" in body
    assert not any(each.isdecimal() for each in body.replace("1. ", "").replace("2. ", ""))


def test_the_length_follows_from_the_rate(told):
    """Of the station, of the command; syllables are those that are heard."""

    def seconds(*options):
        told.run("script", "ban-doc", *options)
        (line,) = (each for each in read_text(told).splitlines() if "Thời lượng" in each)
        words = line.split()
        minutes = int(words[words.index("phút") - 1]) if "phút" in words[:4] else 0
        count = int(line.partition("(")[2].split()[0])
        return minutes * 60 + int(words[words.index("giây") - 1]), count, line

    told.edit("stories/registers/newsroom.yml", "province:", "radio_rate: 150\nprovince:")
    length, count, line = seconds()
    assert line.endswith("150 tiếng một phút)")
    assert length == round(count * 60 / 150)
    assert seconds("--rate", "300")[0] == round(count * 60 / 300)
    assert count > 140


def test_the_register_decides_what_was_unsure(told):
    """Read from the file, without which all works, too."""
    path = told.root / "stories/registers/abbreviations.yml"
    path.write_text("TS: {read: thí sinh}\nQĐXYZ: {read: quy định mới}\n", "utf-8")
    ran = told.run("script", "ban-doc")
    assert ran.code == 0, ran.err
    assert "thí sinh Vừ nói thế, quy định mới cũng thế" in read_text(told)
    assert "Không có chỗ nào phải xem trước khi đọc." in read_text(told)
    path.write_text("TS: {reed: a}\n", "utf-8")
    ran = told.run("script", "ban-doc")
    assert (ran.code, "GS202" in ran.out + ran.err) == (1, True)


def test_a_story_to_come_has_a_script_and_a_draft_has_none(newsroom):
    """Scripts are made before a story is out; nothing is made where one of several has none."""
    assert newsroom.run("script", "hen-gio").code == 0
    assert "BẢN ĐỌC PHÁT THANH" in read_text(newsroom, "hen-gio")
    for slug in ("ban-thao", "ten-phai-mat"):
        ran = newsroom.run("script", "con-chu", slug)
        assert ran.code == 1
        assert slug in ran.err
    assert not Path(newsroom.root / "an-pham/phat-thanh-con-chu.docx").exists()


def test_an_error_stops_it(newsroom):
    """As it stops a build: nobody is named on air who may not be on the site."""
    newsroom.edit("con-chu", "column: ", "column: khong-")
    ran = newsroom.run("script", "con-chu")
    assert ran.code == 1
    assert "GS301" in ran.out + ran.err
    assert not (newsroom.root / "an-pham").exists()


def test_without_the_library_one_line_says_what_to_install(newsroom, monkeypatch):
    """The command and the desk page load without it."""
    monkeypatch.setattr(errors, "find_spec", lambda _: None)
    ran = newsroom.run("script", "con-chu")
    assert ran.code == 2
    assert "pip install 'guongsang[office]'" in ran.err
    blocked = "import sys; sys.modules['docx'] = None; "
    loaded = f"{blocked}import guongsang.cli.papers.script, guongsang.deskpage.routes"
    subprocess.run([sys.executable, "-c", loaded], check=True)


def test_erasing_a_story_takes_its_script_along(told):
    """The name of the file ends with the slug, which no register keeps."""
    told.run("script", "ban-doc")
    prints = (told.root / "stories/registers/prints.txt").read_text("utf-8")
    assert "phat-thanh" in prints
    assert "ban-doc" not in prints
    ran = told.run("erase", "ban-doc")
    assert ran.code == 0, ran.err
    assert list((told.root / "an-pham").glob("phat-thanh-ban-doc*")) == []
