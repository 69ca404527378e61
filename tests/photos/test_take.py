"""Pictures from elsewhere: as their page shows them, clean, and small enough."""

from __future__ import annotations

import io
import time

import pytest
from PIL import Image

from guongsang.photos.facts import PhotoFault, read_facts_of
from guongsang.photos.take import Taken, View, take_photo

RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 180, 30), (30, 30, 220), (250, 250, 250)


def draw(file_format="JPEG", size=(200, 100), **options):
    """Draw four quarters: red, green; blue, white."""
    width, height = size
    image = Image.new("RGB", size, RED)
    image.paste(GREEN, (width // 2, 0, width, height // 2))
    image.paste(BLUE, (0, height // 2, width // 2, height))
    image.paste(WHITE, (width // 2, height // 2, width, height))
    file = io.BytesIO()
    image.save(file, file_format, **options)
    return file.getvalue()


def corners(taken):
    """Return which colours the four quarters have, row by row."""
    assert isinstance(taken, Taken), taken
    image = Image.open(io.BytesIO(taken.content)).convert("RGB")
    names = {RED: "R", GREEN: "G", BLUE: "B", WHITE: "W"}
    found = ""
    for y in (0.25, 0.75):
        for x in (0.25, 0.75):
            seen = image.getpixel((int(image.width * x), int(image.height * y)))
            near = min(names, key=lambda c: sum(abs(a - b) for a, b in zip(c, seen, strict=True)))
            found += names[near]
    return found


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (View(), "RGBW"),
        (View(turn=90), "BRWG"),
        (View(turn=-90), "GWRB"),
        (View(turn=180), "WBGR"),
        (View(flip_across=True), "GRWB"),
        (View(flip_down=True), "BWRG"),
        (View(flip_across=True, turn=90), "WGBR"),
        (View(crop=(0.5, 0, 0, 0)), "GGWW"),
        (View(crop=(0, 0, 0, 0.5)), "RGRG"),
        (View(crop=(0, 0.5, 0.5, 0)), "BBBB"),
    ],
)
@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP"])
def test_a_picture_as_its_page_shows_it(view, expected, file_format):
    taken = take_photo(draw(file_format), "a.bin", view)
    assert corners(taken) == expected
    turned = view.turn % 180 != 0
    assert isinstance(taken, Taken)
    assert (taken.width > taken.height) != turned or any(view.crop)


def test_what_is_cut_off_is_not_in_the_file():
    taken = take_photo(draw(), "a.jpg", View(crop=(0.5, 0, 0, 0)))
    assert (taken.width, taken.height) == (100, 100)


def test_a_turned_phone_photo_is_upright_once():
    exif = Image.Exif()
    exif[0x0112] = 6
    content = draw(exif=exif)
    assert corners(take_photo(content, "a.jpg")) == "RGBW"  # the tag stays with the pixels
    assert corners(take_photo(content, "a.jpg", View(turn=90))) == "BRWG"
    assert corners(take_photo(content, "a.jpg", View(crop=(0, 0, 0.01, 0)))) == "BRWG"


@pytest.mark.parametrize("view", [View(), View(turn=90)])
def test_nothing_private_comes_along(view):
    exif = Image.Exif()
    exif[0x013B] = "Lò A"
    exif[0x8825] = {1: "N", 2: (21.0, 5.0, 1.0)}
    taken = take_photo(draw(exif=exif, comment=b"0912 345 678"), "a.jpg", view)
    facts = read_facts_of(taken.content, "a.jpg")
    assert facts.private == ()
    assert b"0912" not in taken.content


@pytest.mark.parametrize("file_format", ["BMP", "GIF"])
def test_old_formats_become_png(file_format):
    taken = take_photo(draw(file_format), f"a.{file_format}")
    assert corners(taken) == "RGBW"
    assert taken.suffix == ".png"


def test_large_ones_are_made_small():
    taken = take_photo(draw(size=(4000, 2000)), "a.jpg", View(turn=90))
    assert (taken.width, taken.height) == (1280, 2560)


@pytest.mark.parametrize("content", [b"", b"x" * 600, draw()[:400], b"II*\0" + bytes(40)])
def test_what_is_no_picture_is_a_fault(content):
    assert isinstance(take_photo(content, "a.jpg"), PhotoFault)
    assert isinstance(take_photo(content, "a.jpg", View(turn=90)), PhotoFault)


def test_two_large_photos_take_two_seconds_at_most():
    noise = Image.effect_noise((4000, 3000), 60).convert("RGB")
    file = io.BytesIO()
    noise.save(file, "JPEG", quality=85)
    began = time.process_time()
    taken = take_photo(file.getvalue(), "a.jpg")
    assert isinstance(taken, Taken)
    assert time.process_time() - began < 2.5  # noise takes twice as long as a photo
