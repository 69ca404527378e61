"""A newsroom's own look: templates in mau/, data as strings, faults told on one line."""

from __future__ import annotations

import pytest
from pypdf import PdfReader

OWN = """
#let data = json("data.json")
#set document(title: data.title)
#set page(paper: "a4")
#set text(font: "Source Sans Pro", lang: "vi")
#image("logo.svg", width: 20mm, alt: "Biểu trưng")
#for story in data.stories { heading(level: 1, "Của tôi: " + story.title) }
"""
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


@pytest.fixture
def own(rich):
    folder = rich.root / "mau"
    folder.mkdir()
    (folder / "ban-tin.typ").write_text(OWN, "utf-8")
    (folder / "logo.svg").write_text(LOGO)
    (folder / "ghi-nho.txt").write_text("không phải mẫu")
    return rich


def test_a_template_of_the_newsrooms_own_takes_the_place_of_ours(own, read_pdf):
    ran = own.run("bulletin", "2026-06", "--title", "Bản tin & <của> #bản")
    assert ran.code == 0, ran.err
    whole = read_pdf(own, "ban-tin-2026-06-a4.pdf")
    assert [each.text for each in whole.find("H1")] == [
        "Của tôi: Một giọt máu cho bản",
        "Của tôi: Cây cầu & < > # $ @ \\ \" ' _ * ` của bản [Mường] (2026)",
    ]
    assert [each.alt for each in whole.find("Figure")] == ["Biểu trưng"]
    reader = PdfReader(own.root / "an-pham/ban-tin-2026-06-a4.pdf")
    assert reader.metadata.title == "Bản tin & <của> #bản"
    # The poster stays ours.
    assert own.run("poster", "con-chu").code == 0


def test_parts_of_ours_may_be_used(own, read_pdf):
    text = """
        #import "chung.typ": *
        #set document(title: data.title)
        #show: base
        #set page(paper: "a5")
        #for (n, s) in data.stories.enumerate() { heading(s.title); run(s.body) }
    """
    (own.root / "mau/ban-tin.typ").write_text(text, "utf-8")
    ran = own.run("bulletin", "du-thu")
    assert ran.code == 0, ran.err
    (path,) = (own.root / "an-pham").iterdir()
    assert "Đoạn cuối cùng của bài." in read_pdf(own, path.name).text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\n#let x = (", "ban-tin.typ:2:9: unclosed delimiter"),
        ('#image("khong-co.png", alt: "a")', "ban-tin.typ:1:7: file not found"),
        ('#read("/etc/hostname")', "hostname"),
        ('#read("../../../../etc/hostname")', "hostname"),
        ("#heading(level: 3)[a]", "PDF/UA-1"),
    ],
)
def test_a_template_that_fails_is_told_on_one_line(own, text, told):
    (own.root / "mau/ban-tin.typ").write_text(text, "utf-8")
    ran = own.run("bulletin", "2026-06")
    assert ran.code == 1
    (line,) = [each for each in ran.err.splitlines() if "mau/" in each]
    assert line.startswith("Chưa làm gì: mẫu trong thư mục mau/ có lỗi.")
    assert told in line and "/tmp/" not in line
    assert not (own.root / "an-pham").exists()


def test_a_template_that_lies_elsewhere_is_not_read(own, tmp_path):
    outside = tmp_path / "ngoai.typ"
    outside.write_text("#heading[a]")
    (own.root / "mau/ap-phich.typ").symlink_to(outside)
    ran = own.run("poster", "con-chu")
    assert (ran.code, ran.out) == (1, "")
    assert "mau/ap-phich.typ là liên kết dẫn ra ngoài" in ran.err


def test_other_fonts_of_this_machine_are_not_used(own):
    text = OWN.replace("Source Sans Pro", "DejaVu Sans")
    (own.root / "mau/ban-tin.typ").write_text(text, "utf-8")
    assert own.run("bulletin", "2026-06").code == 0
    fonts = {
        str(font.get_object()["/BaseFont"]).partition("+")[2]
        for page in PdfReader(own.root / "an-pham/ban-tin-2026-06-a4.pdf").pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert fonts and all(name.startswith("Source") for name in fonts)
