"""Every kind of picture that editors bring: colours, transparency and size as they should be.

Colours are compared as eyes do, by ΔE (CIE 1976): 2.3 is the least difference that people notice.
"""

import io
import struct
import zlib

import pillow_heif
import pytest
from PIL import Image, ImageCms

from guongsang.photos.cache import cached_file
from guongsang.photos.facts import PhotoFault, read_facts
from guongsang.photos.plan import Recipe

JUST_NOTICEABLE = 2.3
# What 4:2:0 at quality 80 costs flat colours.
TOLERANCE = 3.5
SIZE = (320, 200)
RED, GREEN, BLUE, YELLOW = (200, 30, 30), (30, 160, 60), (30, 60, 190), (220, 200, 40)


def to_lab(colour):
    """sRGB to CIE Lab under D65, from the definitions in IEC 61966-2-1 and ISO 11664-4."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in colour)
    ]
    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    xyz = [sum(a * b for a, b in zip(row, linear, strict=True)) for row in rows]
    x, y, z = (
        part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116
        for part in (a / b for a, b in zip(xyz, (0.9505, 1.0, 1.089), strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def delta_e(one, other):
    return sum((a - b) ** 2 for a, b in zip(to_lab(one), to_lab(other), strict=True)) ** 0.5


def saved(image, file_format, **options):
    file = io.BytesIO()
    image.save(file, file_format, **options)
    return file.getvalue()


def png(width, height, depth, kind, rows, interlace=0):
    """Return a PNG made by hand; `rows` are bytes, each with its filter byte in front."""

    def chunk(name, body):
        crc = zlib.crc32(name + body)
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", crc)

    head = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, interlace)
    body = chunk(b"IDAT", zlib.compress(b"".join(rows)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IEND", b"")


def sixteen_bit_png(image):
    width = image.width
    raw = image.convert("RGB").tobytes()
    wide = b"".join(bytes((value, value)) for value in raw)
    rows = (b"\0" + wide[start : start + width * 6] for start in range(0, len(wide), width * 6))
    return png(*image.size, 16, 2, rows)


def interlaced_png(image):
    """Adam7: seven passes, each a small picture."""
    passes = (
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    )
    rows = []
    for left, top, across, down in passes:
        for y in range(top, image.height, down):
            line = image.crop((0, y, image.width, y + 1)).convert("RGB").tobytes()
            pixels = (line[x * 3 : x * 3 + 3] for x in range(left, image.width, across))
            rows.append(b"\0" + b"".join(pixels))
    return png(*image.size, 8, 2, rows, interlace=1)


def ycck_jpeg(image):
    """CMYK whose first three inks are stored as YCbCr: Photoshop's form. Pillow writes CMYK only,
    so the inks are turned by hand, and Adobe's marker says so.
    """
    inks = image.convert("CMYK").split()
    turned = Image.merge("RGB", inks[:3]).convert("YCbCr").point(lambda value: 255 - value).split()
    raw = saved(Image.merge("CMYK", (*turned, inks[3])), "JPEG", quality=95)
    at = raw.index(b"Adobe")
    return raw[: at + 11] + b"\2" + raw[at + 12 :]


def srgb_profile():
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def heic(image):
    file = io.BytesIO()
    pillow_heif.from_pillow(image).save(file, quality=95)
    return file.getvalue()


KINDS = {
    "baseline.jpg": lambda image: saved(image, "JPEG", quality=95),
    "progressive.jpg": lambda image: saved(image, "JPEG", quality=95, progressive=True),
    "full-colour.jpg": lambda image: saved(image, "JPEG", quality=95, subsampling=0),
    "cmyk.jpg": lambda image: saved(image.convert("CMYK"), "JPEG", quality=95),
    "ycck.jpg": ycck_jpeg,
    "profile.jpg": lambda image: saved(image, "JPEG", quality=95, icc_profile=srgb_profile()),
    "phone.jpg": lambda image: saved(
        image, "MPO", quality=95, save_all=True, append_images=[image.resize((64, 40))]
    ),
    "plain.png": lambda image: saved(image, "PNG"),
    "palette.png": lambda image: saved(image.quantize(16), "PNG"),
    "alpha.png": lambda image: saved(image.convert("RGBA"), "PNG"),
    "sixteen.png": sixteen_bit_png,
    "interlaced.png": interlaced_png,
    "lossy.webp": lambda image: saved(image, "WEBP", quality=95),
    "lossless.webp": lambda image: saved(image, "WEBP", lossless=True),
    "plain.avif": lambda image: saved(image, "AVIF", quality=95),
    "full-colour.avif": lambda image: saved(image, "AVIF", quality=95, subsampling="4:4:4"),
    "phone.heic": heic,
    "plain.tif": lambda image: saved(image, "TIFF"),
    "packed.tif": lambda image: saved(image, "TIFF", compression="tiff_lzw"),
    "cmyk.tif": lambda image: saved(image.convert("CMYK"), "TIFF"),
}


def render(studio, name, content, **options):
    path = studio.folder / name
    path.write_bytes(content)
    job = studio.job(path, Recipe(widths=(160, 320)), **options)
    report = studio.render(job)
    assert report.faults == []
    for made in job.plan.files:
        with Image.open(cached_file(studio.cache, job.plan, made)) as image:
            assert image.size == (made.width, made.height)
            yield image.convert("RGB")


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_comes_out_in_its_colours(studio, name):
    picture = studio.picture(*SIZE)
    made = list(render(studio, name, KINDS[name](picture)))
    avif, jpeg = [(160, 100), (240, 150), SIZE], [(160, 100), SIZE]
    assert [image.size for image in made] == avif + jpeg
    for image in made:
        for seen, meant in zip(studio.corners_of(image), studio.corners, strict=True):
            assert delta_e(seen, meant) <= TOLERANCE, (seen, meant)


@pytest.mark.parametrize("name", ["grey.jpg", "grey.png", "grey.tif", "grey.webp", "grey.avif"])
def test_grey_stays_grey(studio, name):
    image = studio.picture(*SIZE, mode="L")
    formats = {"jpg": "JPEG", "tif": "TIFF"}
    suffix = name.partition(".")[2]
    content = saved(image, formats.get(suffix, suffix.upper()))
    for made in render(studio, name, content):
        for seen, meant in zip(studio.corners_of(made), studio.corners_of(image), strict=True):
            assert delta_e(seen, meant) <= JUST_NOTICEABLE


@pytest.mark.parametrize("name", ["half.png", "half.webp", "half.avif", "half.tif"])
def test_what_is_half_transparent_mixes_with_white(studio, name):
    image = studio.picture(*SIZE, mode="RGBA")
    image.putalpha(128)
    suffix = name.partition(".")[2]
    options = {"lossless": True} if suffix == "webp" else {}
    content = saved(image, "TIFF" if suffix == "tif" else suffix.upper(), **options)
    for made in render(studio, name, content):
        for seen, colour in zip(studio.corners_of(made), studio.corners, strict=True):
            mixed = [round(value * 128 / 255 + 127) for value in colour]
            assert delta_e(seen, mixed) <= TOLERANCE


def cmyk_profile(inks):
    """Return a printer's profile made by hand: full ink of each colour, and mixtures between.

    ICC.1:2001-04, 6.5.9 (lut8Type): a table of two steps a channel, in Lab.
    """
    d50 = (0.9642, 1.0, 0.8249)

    def s15(*values):
        return b"".join(round(value * 65536).to_bytes(4, "big", signed=True) for value in values)

    table = b""
    for at in range(16):
        used = [ink for place, ink in enumerate(inks) if at >> (3 - place) & 1]
        mixed = [255.0, 255.0, 255.0]
        for ink in used:
            mixed = [a * b / 255 for a, b in zip(mixed, ink, strict=True)]
        light, a, b = to_lab(mixed)
        table += bytes((round(light * 255 / 100), round(a + 128), round(b + 128)))
    straight = bytes(range(256))
    lut = b"mft1\0\0\0\0\x04\x03\x02\0" + s15(1, 0, 0, 0, 1, 0, 0, 0, 1)
    lut += straight * 4 + table + straight * 3
    lut += bytes(-len(lut) % 4)
    text = b"press\0"
    desc = b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + bytes(78)
    tags = [
        (b"desc", desc + bytes(-len(desc) % 4)),
        (b"wtpt", b"XYZ \0\0\0\0" + s15(*d50)),
        (b"A2B0", lut),
    ]
    head, body, at = b"", b"", 132 + 12 * len(tags)
    for name, data in tags:
        head += name + struct.pack(">II", at + len(body), len(data))
        body += data
    front = bytes(8) + b"\x02\x10\0\0" + b"prtrCMYKLab " + bytes(12) + b"acsp" + bytes(28)
    front = (front + s15(*d50)).ljust(128, b"\0")
    whole = front + struct.pack(">I", len(tags)) + head + body
    return struct.pack(">I", len(whole)) + whole[4:]


@pytest.mark.parametrize("name", ["press.jpg", "press.tif"])
def test_inks_are_what_the_printers_profile_says(studio, name):
    """Cyan ink on paper is no screen's cyan."""
    inks = ((0, 150, 210), (210, 0, 120), (245, 225, 20), (40, 38, 40))
    profile = cmyk_profile(inks)
    image = Image.new("CMYK", SIZE)
    for place in range(4):
        ink = tuple(255 * (place == channel) for channel in range(4))
        left, top = 160 * (place % 2), 100 * (place // 2)
        image.paste(ink, (left, top, left + 160, top + 100))
    options = {"quality": 98} if name.endswith("jpg") else {}
    file_format = "JPEG" if name.endswith("jpg") else "TIFF"
    for made in render(studio, name, saved(image, file_format, icc_profile=profile, **options)):
        for seen, meant in zip(studio.corners_of(made), inks, strict=True):
            assert delta_e(seen, meant) <= 6, (seen, meant)


def test_the_wrong_extension_is_refused_for_every_kind(studio):
    for name, make in KINDS.items():
        wrong = "a.png" if not name.endswith("png") else "a.jpg"
        path = studio.folder / wrong
        path.write_bytes(make(studio.picture(*SIZE)))
        found = read_facts(path)
        assert isinstance(found, PhotoFault)
        assert found.rule == "GS408"
        assert dict(found.args)["name"].rpartition(".")[2] in (
            "jpg",
            "png",
            "webp",
            "avif",
            "heic",
            "tif",
        )
