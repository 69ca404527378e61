"""Facts from headers: every kind of good file, every kind of bad one."""

import io
import struct
import zlib

import pillow_heif
import pytest
from PIL import ExifTags, Image, ImageCms, PngImagePlugin

from guongsang.photos import facts as facts_module
from guongsang.photos.facts import PhotoFault, check_facts, match_name, read_facts
from guongsang.problems.rules import rule_table


def png_header(width, height):
    def chunk(kind, body):
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    ihdr = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", ihdr) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize(
    ("name", "found_format", "options"),
    [
        ("a.jpg", "JPEG", {}),
        ("a.JPEG", "JPEG", {"format": "JPEG"}),
        ("a.png", "PNG", {}),
        ("a.webp", "WEBP", {}),
        ("a.avif", "AVIF", {}),
        ("a.tif", "TIFF", {}),
        ("ảnh bìa.jpg", "JPEG", {}),
    ],
)
def test_formats(studio, name, found_format, options):
    path = studio.save(name, **options)
    facts = studio.facts(path)
    assert (facts.format, facts.width, facts.height) == (found_format, 640, 400)
    assert facts.size_bytes == path.stat().st_size
    assert len(facts.sha256) == 64
    assert facts.private == ()


def test_heic(studio):
    path = studio.folder / "a.heic"
    pillow_heif.from_pillow(studio.picture()).save(path)
    facts = studio.facts(path)
    assert (facts.format, facts.width, facts.height) == ("HEIF", 640, 400)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.avif", "a.tif"])
def test_size_is_upright(studio, orientation, name):
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    facts = studio.facts(studio.save(name, exif=exif))
    assert (facts.width, facts.height) == ((640, 400) if orientation < 5 else (400, 640))


def gps_exif():
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (22.0, 23.0, 1.5)
    return exif


def named_exif():
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "Lò Văn A"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.BodySerialNumber] = "1234"
    return exif


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.avif", "a.heic"])
def test_private_metadata(studio, name):
    if name.endswith("heic"):
        pillow_heif.register_heif_opener()
    assert studio.facts(studio.save(name, exif=gps_exif().tobytes())).private == ("GPS",)
    private = studio.facts(studio.save(name, exif=named_exif().tobytes())).private
    assert private == ("Artist", "BodySerialNumber")


def test_private_data_in_xmp_iptc_comment_and_text(studio):
    xmp = b"<x:xmpmeta><exif:GPSLatitude>22,3N</exif:GPSLatitude><dc:creator/></x:xmpmeta>"
    assert studio.facts(studio.save("a.jpg", xmp=xmp)).private == ("GPS", "XMP creator")
    assert studio.facts(studio.save("b.jpg", comment="Chụp ở nhà chị Lò")).private == ("Comment",)
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "Lò Văn A")
    assert studio.facts(studio.save("c.png", pnginfo=text)).private == ("Author",)


def segment(kind, body):
    return b"\xff" + bytes([kind]) + struct.pack(">H", len(body) + 2) + body


def with_segments(studio, *segments):
    raw = studio.save().read_bytes()
    path = studio.folder / "a.jpg"
    path.write_bytes(raw[:2] + b"".join(segments) + raw[2:])
    return path


XMP_MORE = b"http://ns.adobe.com/xmp/extension/\0" + b"0" * 40


@pytest.mark.parametrize(
    ("segments", "found"),
    [
        ([segment(0xFE, "Lò Thị A".encode()), segment(0xFE, b" ")], ("Comment",)),
        ([segment(0xE1, XMP_MORE + b"<mwg-rs:Name>A</mwg-rs:Name>")], ("XMP person",)),
        ([segment(0xE1, XMP_MORE + b"exif:GPSLatitude")], ("GPS",)),
        ([segment(0xFE, b" \0")], ()),
    ],
    ids=["first comment", "extended XMP", "GPS in extended XMP", "empty comment"],
)
def test_every_segment_is_looked_into(studio, segments, found):
    assert studio.facts(with_segments(studio, *segments)).private == found


def test_a_makers_secret_notes_count_as_private(studio):
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.MakerNote] = b"Apple iOS\0 owner"
    assert studio.facts(studio.save(exif=exif)).private == ("MakerNote",)


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


@pytest.mark.parametrize(
    ("kind", "body", "found"),
    [
        (b"tEXt", b"Lab\0Nguoi chup: A", ("Lab",)),
        (b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(b"x"), ("Raw profile type exif",)),
        (b"iTXt", b"Author\0\0\0\0\0A", ("Author",)),
        (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<dc:creator>", ("XMP creator",)),
        (
            b"iTXt",
            b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(b"<dc:creator>"),
            ("XMP creator",),
        ),
        (b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0not packed", ()),
        (b"eXIf", gps_exif().tobytes().removeprefix(b"Exif\0\0"), ("GPS",)),
        (b"eXIf", b"nonsense", ("damaged EXIF",)),
        (b"tEXt", b"Software\0Paint", ()),
        (b"tEXt", b"date:create\x002026-05-19", ()),
        (b"tEXt", b"Comment\0 ", ()),
    ],
)
@pytest.mark.parametrize("place", ["before", "after"])
def test_every_chunk_is_looked_into(studio, kind, body, found, place):
    """Also those behind the pixels, which a reader of headers never sees."""
    path = studio.save("a.png")
    raw = path.read_bytes()
    at = 33 if place == "before" else len(raw) - 12
    path.write_bytes(raw[:at] + chunk(kind, body) + raw[at:])
    assert studio.facts(path).private == found


def test_metadata_in_tiff(studio):
    block = b"\x1c\x02\x50\x00\x03Ban"
    path = studio.save("a.tif", tiffinfo={33723: block, 315: "Ban", 700: b"<dc:creator>"})
    assert studio.facts(path).private == ("Artist", "IPTC by-line", "XMP creator")


def test_a_byline_in_iptc(studio):
    field = b"\x1c\x02\x50\x00\x03Ban"
    block = b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(field)) + field
    segment = b"Photoshop 3.0\x00" + block
    file = io.BytesIO()
    studio.picture().save(file, "JPEG")
    raw = file.getvalue()
    path = studio.folder / "a.jpg"
    path.write_bytes(
        raw[:2] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + raw[2:]
    )
    assert studio.facts(path).private == ("IPTC by-line",)


def test_what_cameras_write_of_themselves_is_not_private(studio):
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = "OLYMPUS DIGITAL CAMERA"
    exif[ExifTags.Base.Make] = "Canon"
    exif[ExifTags.Base.Artist] = "   "
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSVersionID] = b"\x02\x03\x00\x00"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert studio.facts(studio.save(exif=exif, icc_profile=profile)).private == ()


JPEG_HEAD = b"\xff\xd8\xff\xe0\x00\x10JFIF"


@pytest.mark.parametrize(
    ("name", "content", "rule", "args"),
    [
        ("khong-co.jpg", None, "GS401", {}),
        ("rong.jpg", b"", "GS411", {}),
        ("cut.jpg", JPEG_HEAD, "GS402", {}),
        ("cut.png", b"\x89PNG\r\n\x1a\n\0\0", "GS402", {}),
        ("cut.webp", b"RIFF\x10\0\0\0WEBPVP8 ", "GS402", {}),
        ("cut.tif", b"II*\0\x08\0\0\0", "GS402", {}),
        ("cut.avif", b"\0\0\0\x1cftypavif\0\0\0\0avifmif1", "GS402", {}),
        ("cut.heic", b"\0\0\0\x18ftypheic\0\0\0\0heicmif1", "GS402", {}),
        ("text.jpg", b"hello, this is no picture", "GS402", {"reason": "not a picture"}),
        ("a.gif", b"GIF89a\x01\0\x01\0", "GS410", {"format": "GIF"}),
        ("a.jpg", b"BM\0\0\0\0", "GS410", {"format": "BMP"}),
        ("a.pdf", b"%PDF-1.7", "GS410", {"format": "PDF"}),
        ("a.svg", b'<?xml version="1.0"?>\n<svg xmlns=""/>', "GS410", {"format": "SVG"}),
        ("b.svg", b"  <svg/>", "GS410", {"format": "SVG"}),
        ("web.jpg", b"<!DOCTYPE html><html>", "GS410", {"format": "HTML"}),
        ("a.dng", b"II*\0\x08\0\0\0", "GS410", {"format": "RAW"}),
        ("a.mov", b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "GS410", {"format": "video"}),
        ("big.png", png_header(9000, 9000), "GS404", {"size": "81 megapixel"}),
        ("bomb.png", png_header(20000, 20000), "GS404", {"size": "400 megapixel"}),
        ("warn.png", png_header(10000, 10000), "GS404", {"size": "100 megapixel"}),
        ("long.png", png_header(40000, 10), "GS404", {"size": "40000 × 10 px"}),
        ("zero.png", png_header(0, 10), "GS402", {}),
    ],
)
def test_bad_files(tmp_path, name, content, rule, args):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    found = read_facts(path)
    assert isinstance(found, PhotoFault)
    assert found.rule == rule
    told = dict(found.args)
    assert told["file"] == name
    assert args.items() <= told.items()
    for lang in ("vi", "en"):
        rule_table()[rule].message[lang].format_map(told)
        rule_table()[rule].hint[lang].format_map(told)
        assert str(tmp_path) not in str(told)


def test_a_folder_and_an_impossible_name_are_faults(tmp_path):
    assert read_facts(tmp_path).rule == "GS402"
    assert read_facts(tmp_path / ("x" * 5000)).rule == "GS402"


def test_too_many_bytes(studio, monkeypatch):
    monkeypatch.setattr(facts_module, "MAX_BYTES", 100)
    assert read_facts(studio.save()).rule == "GS404"


@pytest.mark.parametrize("name", ["a.webp", "a.png", "a.tif", "a.avif"])
def test_animated_and_multi_page(studio, name):
    more = [studio.picture(mode="L").convert("RGB").rotate(180)]
    path = studio.save(name, save_all=True, append_images=more)
    assert read_facts(path).rule == "GS407"


def test_a_phone_jpeg_with_a_second_picture_is_fine(studio):
    path = studio.folder / "a.jpg"
    studio.picture().save(path, "MPO", save_all=True, append_images=[studio.picture(64, 40)])
    assert studio.facts(path).format == "JPEG"
    assert studio.facts(path).width == 640


def test_mislabelled(studio):
    path = studio.save("bia.jpg", format="PNG")
    found = read_facts(path)
    assert found == PhotoFault(
        "GS408", (("file", "bia.jpg"), ("format", "PNG"), ("name", "bia.png"))
    )


@pytest.mark.parametrize("cut", range(0, 700, 7))
@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.avif", "a.tif"])
def test_cut_headers_never_raise(studio, name, cut):
    """Whatever is left of a file gives facts or a fault."""
    path = studio.save(name, studio.picture(40, 30), exif=gps_exif().tobytes())
    path.write_bytes(path.read_bytes()[:cut])
    read_facts(path)


def test_damaged_exif_is_private_and_turns_nothing(studio):
    """The picture itself is fine; what its metadata hides cannot be known."""
    raw = b"Exif\0\0nonsense" + bytes(range(256))
    facts = studio.facts(studio.save("a.jpg", exif=raw))
    assert (facts.width, facts.height) == (640, 400)
    assert facts.private == ("damaged EXIF",)


def test_private_metadata_in_tiff(studio):
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "Lò Văn A"
    assert studio.facts(studio.save("a.tif", exif=exif)).private == ("Artist",)


def test_check_facts(studio):
    small = studio.facts(studio.save())
    assert [found.rule for found in check_facts(small, "bia.jpg", is_cover=True)] == ["GS403"]
    assert list(check_facts(small, "bia.jpg")) == []
    large = studio.facts(studio.save("to.jpg", studio.picture(2600, 20), exif=gps_exif().tobytes()))
    found = list(check_facts(large, "to.jpg", is_cover=True))
    assert [one.rule for one in found] == ["GS405", "GS406"]
    for one in [*found, *check_facts(small, "bia.jpg", is_cover=True)]:
        for lang in ("vi", "en"):
            rule_table()[one.rule].message[lang].format_map(dict(one.args))


@pytest.mark.parametrize(
    ("said", "meant"),
    [("bia.jpg", "Bia.JPG"), ("ho\u0300a.jpg", "hòa.jpg"), ("x.jpg", None), ("hai.jpg", None)],
)
def test_match_name(said, meant):
    assert match_name(said, ["Bia.JPG", "hòa.jpg", "hai.jpg"]) == meant
