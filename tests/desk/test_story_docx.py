"""`guongsang docx`: a story in Word, as typed, in our layout or in the newsroom's own template."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from tests.conftest import NAME, Newsroom, draw_photo, lend
from tests.paper.conftest import BODY, TITLE, write_story
from tests.tools import need

from guongsang.prose.parse import parse_prose
from guongsang.registers.paths import PRINTS

TYPED = "Ông A & bà B <giữ rừng> \"ngoặc\" 'đơn'"
COLLECTIVE = {
    "kind": "collective",
    "name": TYPED,
    "role": "tổ tự quản",
    "consent": {"basis": "public_interest", "note": "Tập thể được khen."},
}
MADE = "an-pham/bai-du-thu.docx"


def prepare(made):
    path = write_story(
        made.root,
        "du-thu",
        body=f"{BODY}\n![](them.jpg)\n![](nua.jpg)\n{{: .doi }}\n",
        title=TITLE,
        honorees=[COLLECTIVE],
        cover={"src": "bia.jpg", "alt": "Cầu & <suối>", "caption": "Cầu.", "credit": "Ảnh: Lan"},
        photos=[
            {"src": "lop-hoc.jpg", "alt": "Lớp học", "caption": "Lớp học buổi tối."},
            {"src": "them.jpg", "alt": "Thêm một"},
            {"src": "nua.jpg", "alt": ""},
        ],
        sources=[{"title": "Báo & đài", "url": "https://bao.example/bai?a=1&b=2"}],
        corrections=[{"date": "2026-06-21", "was": "12 hộ", "now": "21 hộ"}],
    )
    for name in ("bia.jpg", "lop-hoc.jpg", "them.jpg", "nua.jpg"):
        draw_photo(path.with_name(name))
    make(made, "du-thu", "con-chu")  # its pictures take longest
    shutil.rmtree(made.root / "an-pham")
    (made.root / PRINTS).unlink()


@pytest.fixture(scope="module")
def lent(built, tmp_path_factory):
    return lend(built, tmp_path_factory.mktemp("docx"), prepare)


@pytest.fixture
def room(lent):
    """The good newsroom with a story that has everything."""
    lent.restore()
    return Newsroom(lent.root / NAME)


def make(room, *slugs):
    ran = room.run("docx", *(slugs or ("du-thu",)))
    assert ran.code == 0, ran.err
    return docx.Document(str(room.root / MADE))


def read_words(document):
    texts = document.element.body.iter(qn("w:t"), qn("w:tab"), qn("w:br"))
    return "".join(each.text or " " if each.tag == qn("w:t") else " " for each in texts)


def find_run(document, text):
    runs = (run for paragraph in document.paragraphs for run in paragraph.runs)
    return next(run for run in runs if run.text == text)


def find_paragraph(document, beginning):
    return next(each for each in document.paragraphs if each.text.startswith(beginning))


def test_every_word_comes_out_as_typed(room):
    document = make(room)
    words = "".join(read_words(document).split())
    for text in (TITLE, TYPED, "Báo & đài", "Cầu.(Ảnh: Lan)", "“12 hộ”", "Bài và ảnh: "):
        assert "".join(text.split()) in words, text
    # The sign of the footnote stands within this one.
    typed = [word for word in parse_prose(BODY).plain.split() if word != "chú."]
    missing = [word for word in typed if word not in words]
    assert missing == []
    assert document.core_properties.title == TITLE
    assert "https://guong.example/2026/du-thu/" in words


def test_two_runs_give_the_same_bytes_without_a_time(room):
    make(room)
    before = (room.root / MADE).read_bytes()
    (room.root / MADE).unlink()
    make(room)
    assert (room.root / MADE).read_bytes() == before
    with zipfile.ZipFile(io.BytesIO(before)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_looks_lists_verse_and_tables_come_through(room):
    document = make(room)
    assert find_run(document, "đậm").bold and not find_run(document, "Chữ ").bold
    assert find_run(document, "nghiêng ễ ộ ẳ").italic
    assert find_run(document, "1").font.superscript
    verse = find_paragraph(document, "Suối sâu")
    assert verse.text.split("\n") == ["Suối sâu nước chảy lững lờ", "Ai về bản cũ đợi chờ cùng ai"]
    assert verse.runs[0].italic
    assert find_paragraph(document, "Đầu mục").style.name == "Heading 1"
    assert find_paragraph(document, "Câu trích").style.name == "Quote"
    items = [each.text for each in document.paragraphs if "\t" in each.text]
    assert items[:5] == [
        "–\tÔng Một hiến đất",
        "–\tBà Hai góp công",
        "–\tkèm ba bao xi măng",
        "1.\tViệc thứ nhất",
        "2.\tViệc thứ hai",
    ]
    table = document.tables[0]
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells == [["Năm", "Nhà", "Ngày công"], ["2024", "12 & 3", "90"], ["2025", "30", "1.200"]]
    assert table.cell(0, 0).paragraphs[0].runs[0].bold


def test_links_lead_where_they_led(room):
    document = make(room)
    links = [each.target_ref for each in document.part.rels.values() if each.is_external]
    assert "https://bao.example/a?b=1&c=2" in links
    assert "https://bao.example/bai?a=1&b=2" in links


def test_pictures_say_what_they_show_and_stay_within_the_page(room):
    document = make(room)
    drawn = list(document.element.body.iter(qn("wp:inline")))
    told = [each.find(qn("wp:docPr")).get("descr") for each in drawn]
    assert told == ["Cầu & <suối>", "Lớp học", "Thêm một", ""]
    section = document.sections[0]
    width = section.page_width - section.left_margin - section.right_margin
    widths = [int(each.find(qn("wp:extent")).get("cx")) for each in drawn]
    assert max(widths) <= width and max(widths[2:]) <= width / 2
    files = [each for each in document.part.package.iter_parts() if "image" in each.partname]
    assert all(each.blob.startswith(b"\xff\xd8") for each in files)


def test_cells_over_several_columns_and_rows_are_one(room):
    head = '<tr><td colspan="2">rộng</td><td rowspan="2">cao</td></tr>'
    body = f"Mở.\n\n<table>{head}<tr><td>a</td><td>b</td></tr></table>\n"
    path = write_story(room.root, "du-thu", body=body)
    assert path.is_file()
    table = make(room).tables[0]
    assert table.cell(0, 0)._tc is table.cell(0, 1)._tc
    assert table.cell(0, 2)._tc is table.cell(1, 2)._tc
    assert [table.cell(0, 0).text, table.cell(0, 2).text, table.cell(1, 1).text] == [
        "rộng",
        "cao",
        "b",
    ]


def test_who_has_not_agreed_to_paper_is_not_sent(room):
    scope = {"basis": "consent", "record": "PĐY-2026-001", "date": "2026-06-01", "scope": ["name"]}
    person = {"kind": "person", "name": "Người Mẫu", "born": "1970", "consent": scope}
    write_story(room.root, "kin", body="Mở bài.\n", honorees=[person])
    ran = room.run("docx", "du-thu", "kin")
    assert ran.code == 1 and "Người Mẫu" in ran.err
    assert not (room.root / "an-pham").exists()
    assert room.run("docx", "ban-thao").code == 1
    assert room.run("docx", "khong-co").code == 2
    assert not (room.root / "an-pham").exists()


def test_what_was_made_is_remembered_and_erased(room):
    make(room, "du-thu", "con-chu")
    register = (room.root / PRINTS).read_text("utf-8")
    assert " bai " in register and "du-thu" not in register
    assert (room.root / "an-pham/bai-con-chu.docx").is_file()
    assert room.run("erase", "con-chu").code == 0
    assert not (room.root / "an-pham/bai-con-chu.docx").exists()
    assert (room.root / MADE).is_file()


def write_template(room, *lines):
    template = docx.Document()
    for line in lines:
        template.add_paragraph(line)
    (room.root / "mau").mkdir(exist_ok=True)
    template.save(str(room.root / "mau/bai.docx"))


def test_a_template_of_the_newsrooms_own_is_filled(room):
    write_template(
        room,
        "CÔNG VĂN của {{ co_quan }}",
        "Bài: {{ tieu_de }}",
        "{% for nguoi in nhan_vat %}Về {{ nguoi.ten }}. {% endfor %}",
        "{{ noi_dung }}",
        "Nơi nhận: {{ “, ”.join(noi) }}",
    )
    document = make(room)
    texts = [each.text for each in document.paragraphs]
    assert texts[0] == "CÔNG VĂN của Tòa soạn thử"
    assert texts[1] == f"Bài: {TITLE}"
    assert texts[2].strip() == f"Về {TYPED}."
    assert texts[-1].startswith("Nơi nhận: ")
    assert find_run(document, "đậm").bold
    assert any("Mở: giá 5 $ & 3 < 4 > 2" in each for each in texts)
    assert len(document.tables) == 2 and "noi_dung" not in "".join(texts)
    before = (room.root / MADE).read_bytes()
    make(room)
    assert (room.root / MADE).read_bytes() == before


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{{ noi_dung }} và chữ", "noi_dung"),
        ("{{ tieu_dee }}\n{{ noi_dung }}", "tieu_dee"),
        ("{% if %}", "mau/bai.docx"),
        ("{{ ''.__class__.__mro__ }}", "__class__"),
        ("{{ tieu_de + 1 }}", "mau/bai.docx"),
    ],
)
def test_a_template_that_fails_says_so_on_one_line(room, line, told):
    write_template(room, line)
    ran = room.run("docx", "du-thu")
    assert ran.code == 1 and told in ran.err
    assert ran.err.count("\n") == 1 and "mau/bai.docx" in ran.err
    assert not (room.root / "an-pham").exists()


def test_what_is_no_word_file_and_what_leads_outside_is_refused(room, tmp_path):
    (room.root / "mau").mkdir()
    own = room.root / "mau/bai.docx"
    own.write_bytes(b"PK\x03\x04 not a zip")
    ran = room.run("docx", "du-thu")
    assert ran.code == 1 and "mau/bai.docx" in ran.err and ran.err.count("\n") == 1
    with zipfile.ZipFile(own, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    ran = room.run("docx", "du-thu")
    assert ran.code == 1 and ran.err.count("\n") == 1
    own.unlink()
    outside = tmp_path / "ngoai.docx"
    docx.Document().save(str(outside))
    own.symlink_to(outside)
    ran = room.run("docx", "du-thu")
    assert ran.code == 1 and "dẫn ra ngoài" in ran.err


@pytest.mark.long
def test_libreoffice_opens_it_to_the_expected_pages(room, tmp_path):
    office = shutil.which("soffice")
    need(office, "LibreOffice", comes_by="sudo apt install libreoffice-writer")
    make(room)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    to_pdf = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path]
    subprocess.run([*to_pdf, room.root / MADE], check=True, capture_output=True)
    pdf = (tmp_path / "bai-du-thu.pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) in (2, 3)
