"""What is seen on paper: QR codes that phones read, photos sharp enough, nothing but JPEG."""

from __future__ import annotations

import io
import re

import pytest
import typst
import zxingcpp
from PIL import Image
from pypdf import PdfReader


def render(pdf, page, folder):
    """Return a page of a PDF as a picture of 200 dots an inch."""
    (folder / "made.pdf").write_bytes(pdf)
    source = f'#set page(width: auto, height: auto, margin: 0mm)\n#image("made.pdf", page: {page})'
    (folder / "page.typ").write_text(source)
    made = typst.compile(folder / "page.typ", root=folder, format="png", ppi=200)
    return Image.open(io.BytesIO(made)).convert("L")


def test_the_codes_of_a_bulletin_lead_to_the_stories(rich, tmp_path):
    rich.run("bulletin", "2026-06", "--size", "a5")
    pdf = (rich.root / "an-pham/ban-tin-2026-06-a5.pdf").read_bytes()
    found = []
    for n in range(len(PdfReader(io.BytesIO(pdf)).pages)):
        found += [each.text for each in zxingcpp.read_barcodes(render(pdf, n + 1, tmp_path))]
    assert found == [f"https://guong.example/2026/{slug}/" for slug in ("mot-giot-mau", "du-thu")]


def test_the_code_of_a_poster_bears_dirt(rich, tmp_path):
    ran = rich.run("poster", "du-thu")
    assert ran.code == 0, ran.err
    page = render((rich.root / "an-pham/ap-phich-du-thu.pdf").read_bytes(), 1, tmp_path)
    (code,) = zxingcpp.read_barcodes(page)
    assert code.text == "https://guong.example/2026/du-thu/"
    assert code.ec_level in ("Q", "H")
    # A thumb over an eighth of it.
    corner, other = code.position.bottom_right, code.position.top_left
    side = corner.x - other.x
    page.paste(255, (corner.x - side // 3, corner.y - side // 3, corner.x, corner.y))
    assert [each.text for each in zxingcpp.read_barcodes(page)] == [code.text]


@pytest.mark.parametrize(("width", "is_sharp"), [(700, False), (2400, True)])
def test_photos_that_are_not_sharp_are_named(rich, draw_photo, width, is_sharp):
    cover = rich.path("du-thu").with_name("bia.jpg")
    draw_photo(cover, width, width * 5 // 8)
    ran = rich.run("bulletin", "du-thu")
    told = re.findall(r"Ảnh bia\.jpg của bài du-thu in rộng (\d+) mm chỉ nét (\d+) dpi", ran.err)
    assert ran.code == 0
    assert bool(told) != is_sharp
    for millimetres, dpi in told:
        assert int(dpi) == pytest.approx(width / (int(millimetres) / 25.4), abs=2)
        assert int(dpi) < 150


def test_what_is_sharp_enough_depends_on_how_large_it_is_printed(rich, draw_photo):
    draw_photo(rich.path("du-thu").with_name("bia.jpg"), 1100, 688)
    assert "bia.jpg" not in rich.run("bulletin", "du-thu", "--size", "a5").err
    assert "bia.jpg" in rich.run("poster", "du-thu").err


def test_pictures_are_jpegs_without_metadata(rich):
    rich.run("bulletin", "du-thu")
    (path,) = (rich.root / "an-pham").iterdir()
    images = [image for page in PdfReader(path).pages for image in page.images]
    assert len({image.data for image in images}) == 4
    for image in images:
        assert image.name.endswith(".jpg")
        assert b"Exif" not in image.data and b"http://ns.adobe.com" not in image.data


def test_a_cover_keeps_its_focus_in_sight(rich, tmp_path):
    """The picture's corner is red; the focus is there, and so is the red on a wide cover."""
    path = rich.path("du-thu").with_name("bia.jpg")
    image = Image.new("RGB", (1600, 1600), "white")
    image.paste("red", (0, 1280, 320, 1600))
    image.save(path, quality=95)
    rich.run("bulletin", "du-thu")
    (made,) = (rich.root / "an-pham").iterdir()
    (tmp_path / "made.pdf").write_bytes(made.read_bytes())
    (tmp_path / "page.typ").write_text(
        '#set page(width: auto, height: auto, margin: 0mm)\n#image("made.pdf")'
    )
    png = typst.compile(tmp_path / "page.typ", root=tmp_path, format="png", ppi=50)
    colours = Image.open(io.BytesIO(png)).convert("RGB").getcolors(1_000_000)
    assert sum(count for count, (r, g, b) in colours if r > 200 and g < 60 and b < 60) > 500
