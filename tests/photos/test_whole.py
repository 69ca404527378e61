"""Pictures that are damaged though a viewer shows something, and those that only look odd."""

from __future__ import annotations

import io
import random
import threading
import time

import pytest
from PIL import Image, ImageFilter

from guongsang.photos.facts import PhotoFacts, PhotoFault, read_facts
from guongsang.photos.whole import WholePhotos, find_damage

HEAD = 700  # bytes that hold the tables


def noise(size=(800, 600), mode="RGB", seed=3):
    """Return a picture whose compressed bytes are all different."""
    pixels = random.Random(seed).randbytes(size[0] * size[1])
    grey = Image.frombytes("L", size, pixels).filter(ImageFilter.GaussianBlur(1.5))
    return Image.merge("RGB", (grey, grey.transpose(1), grey.transpose(0))).convert(mode)


def save(image, file_format="JPEG", **options):
    file = io.BytesIO()
    image.save(file, file_format, **options)
    return file.getvalue()


def damage(content, file_format="JPEG"):
    found = find_damage(content, file_format, "bia.jpg")
    assert found is None or found.rule == "GS402"
    return dict(found.args)["reason"] if found else ""


PLAIN = save(noise(), quality=85)
PROGRESSIVE = save(noise(), progressive=True)
WAYS = {
    "plain": PLAIN,
    "own tables": save(noise(), optimize=True),
    "progressive": PROGRESSIVE,
    "restarts": save(noise(), restart_marker_rows=2),
}


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
@pytest.mark.parametrize("size", [(1600, 1000), (641, 480), (100, 80), (17, 9), (2, 3)])
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"optimize": True},
        {"progressive": True},
        {"subsampling": 0},
        {"subsampling": 1},
        {"restart_marker_rows": 1},
        {"quality": 30},
    ],
    ids=str,
)
def test_whole_jpegs(mode, size, options):
    assert damage(save(noise(size, mode), **options)) == ""


@pytest.mark.parametrize("colour", ["white", "black", "#2a7fb8"])
@pytest.mark.parametrize("options", [{}, {"optimize": True}, {"progressive": True}], ids=str)
def test_even_areas_are_no_loss(colour, options):
    """Their bytes are all the same, with tables of their own all zeros."""
    image = Image.new("RGB", (2400, 1600), colour)
    assert damage(save(image, **options)) == ""
    image.paste(noise((1200, 800)), (600, 400))
    assert damage(save(image, **options)) == ""


def test_zeros_that_mean_something_occur():
    content = save(Image.new("L", (2400, 1600), 255), optimize=True)
    assert b"\0" * 256 in content
    assert damage(content) == ""


def test_what_may_stand_around_a_picture():
    assert damage(PLAIN + b"\0" * 900) == ""
    assert damage(PLAIN[:-2] + b"\xff\xff\xff" + PLAIN[-2:]) == ""
    exif = Image.Exif()
    exif[0x010E] = "\r\n" * 50
    assert damage(save(noise(), exif=exif, comment=b"\0" * 600)) == ""


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("share", [0.3, 0.61, 0.9])
def test_damaged_jpegs(way, share):
    content = WAYS[way]
    at = int(len(content) * share)
    assert damage(content[:at])
    assert damage(content[:-2])
    assert damage(content[:at] + b"\0" * 256 + content[at + 256 :])
    head, scan = content[: HEAD + 400], content[HEAD + 400 :]
    assert damage(head + scan.replace(b"\n", b"\r\n"))
    assert damage(head + scan.replace(b"\r", b"\n"))


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
@pytest.mark.parametrize("way", ["plain", "own tables"])
def test_pixels_that_are_noise(way, share):
    """As many bytes as before, and the decoder of browsers shows something."""
    content, at = WAYS[way], int(len(WAYS[way]) * share)
    junk = random.Random(at).randbytes(4000).replace(b"\xff", b"\x7f")
    found = damage(content[:at] + junk + content[at + 4000 :])
    assert found.startswith(("premature", "extraneous"))


def test_bytes_that_came_or_went():
    at = len(PLAIN) // 2
    assert damage(PLAIN[:at] + PLAIN[at - 3000 :]).startswith("extraneous")
    assert damage(PLAIN[:at] + PLAIN[at + 3000 :]).startswith("premature")
    assert damage(PLAIN[:-2] + b"\x55" * 20 + PLAIN[-2:]).startswith("extraneous")
    assert damage(PLAIN[:-30] + PLAIN[-2:]).startswith("premature")


@pytest.mark.parametrize("file_format", ["PNG", "WEBP", "TIFF", "AVIF"])
def test_other_formats(file_format):
    content = save(noise((300, 200)), file_format)
    assert damage(content, file_format) == ""
    assert damage(content[: len(content) * 2 // 3], file_format)


def test_a_png_that_went_through_a_text_program():
    content = save(noise((300, 200)), "PNG")
    at = len(content) // 2
    assert damage(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :], "PNG")


def test_each_content_is_decoded_once(tmp_path, monkeypatch):
    decoded = []

    def count(content, file_format, name):
        decoded.append(name)
        return find_damage(content, file_format, name)

    monkeypatch.setattr("guongsang.photos.whole.find_damage", count)
    for name in ("a.jpg", "b.jpg"):
        (tmp_path / name).write_bytes(PLAIN)
        (tmp_path / f"x{name}").write_bytes(PLAIN[:-40] + PLAIN[-2:])
    whole = WholePhotos()
    facts = [whole.read(tmp_path / name) for name in ("a.jpg", "b.jpg", "a.jpg")]
    faults = [whole.read(tmp_path / name) for name in ("xa.jpg", "xb.jpg")]
    assert decoded == ["a.jpg", "xa.jpg"]
    assert facts == [read_facts(tmp_path / "a.jpg")] * 3
    assert [dict(fault.args)["file"] for fault in faults] == ["xa.jpg", "xb.jpg"]
    assert isinstance(facts[0], PhotoFacts)
    assert WholePhotos([facts[0].sha256]).read(tmp_path / "a.jpg") == facts[0]
    assert len(decoded) == 2


def test_pictures_of_one_story_are_shared_among_threads(tmp_path, monkeypatch):
    threads, before = set(), threading.active_count()

    def note(content, file_format, name):
        threads.add(threading.get_ident())
        time.sleep(0.01)
        return find_damage(content, file_format, name)

    monkeypatch.setattr("guongsang.photos.whole.find_damage", note)
    paths = [tmp_path / f"anh-{number}.jpg" for number in range(20)]
    for number, path in enumerate(paths):
        content = PLAIN[:14] + number.to_bytes(4, "big") + PLAIN[18:]
        path.write_bytes(content[:-40] + content[-2:] if number == 7 else content)
    told = WholePhotos(workers=2).read_all(paths)
    assert len(threads) == 2
    assert told == WholePhotos().read_all(paths)
    assert [dict(each.args)["file"] for each in told if isinstance(each, PhotoFault)] == [
        "anh-7.jpg"
    ]
    assert threading.active_count() == before, "a fork would copy their locks"
    threads.clear()
    WholePhotos(workers=2).read_all(paths[:3])
    assert len(threads) == 1
