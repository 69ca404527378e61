"""Social cards: Vietnamese set right, readable on any photo, made again only when they change."""

from __future__ import annotations

import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFont

from guongsang.photos.cache import cached_file, prune_cache
from guongsang.photos.cards import pixels as card_pixels
from guongsang.photos.cards.card import CARD_HEIGHT, CARD_WIDTH, PHOTO_HEIGHT, CardText, card_box
from guongsang.photos.cards.pixels import draw_card

TEXT = CardText("Con chữ lên Mù Cả", "Gương sáng bản Mường", "Gương Thử")
VOWELS = "aăâeêioôơuưy"
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]  # ngang huyền hỏi ngã sắc nặng
LETTERS = [
    unicodedata.normalize("NFC", vowel + tone)
    for vowels in (VOWELS, VOWELS.upper())
    for vowel in vowels
    for tone in TONES
] + ["đ", "Đ"]


@pytest.fixture(params=["raqm", "basic"])
def engine(request, monkeypatch):
    """Set type with and without the shaping library, which a machine may lack."""
    if request.param == "basic":
        monkeypatch.setattr(ImageFont.core, "HAVE_RAQM", False)
    card_pixels._font.cache_clear()
    yield request.param
    card_pixels._font.cache_clear()


def draw(title=TEXT.title, column=TEXT.column, newsroom=TEXT.newsroom, colour="white"):
    photo = Image.new("RGB", (CARD_WIDTH, PHOTO_HEIGHT), colour)
    return draw_card(photo, CardText(title, column, newsroom))


def ink(title):
    """Return the drawn title alone: what is bright on a black photo."""
    photo = draw(title, column="", colour="black").crop((0, 0, CARD_WIDTH, PHOTO_HEIGHT))
    return photo.convert("L").point(lambda value: 255 * (value > 128))


@pytest.mark.parametrize("face", [card_pixels._SERIF, card_pixels._SANS], ids=lambda f: f.name)
def test_every_vietnamese_letter_has_a_sign_of_its_own(engine, face):
    font = card_pixels._font(face, 60)
    missing = bytes(font.getmask("\U0010ffff"))
    drawn = {letter: bytes(font.getmask(letter)) for letter in LETTERS}
    assert len(set(drawn.values())) == len(LETTERS) == 146
    assert missing not in drawn.values()


def test_marks_stand_on_their_letter(engine):
    """Above it, within its width, and not below; the dot of nặng below."""
    font = card_pixels._font(card_pixels._SERIF, 100)
    for letter in LETTERS[:-2]:
        plain = unicodedata.normalize("NFD", letter)[0]
        left, top, right, bottom = font.getbbox(letter, anchor="ls")
        base = font.getbbox(plain, anchor="ls")
        if letter not in (plain, "ỵ"):  # the dot of ỵ stands beside its own tail
            assert top < base[1] or bottom > base[3] or right > base[2], letter
        assert left > base[0] - 15 and right < base[2] + 30, letter
        assert font.getlength(letter) == pytest.approx(font.getlength(plain), abs=22), letter


def test_composed_and_typed_apart_are_one_picture(engine):
    apart = unicodedata.normalize("NFD", TEXT.title)
    assert apart != TEXT.title
    assert draw(apart).tobytes() == draw().tobytes()


def test_words_are_drawn_whole_inside_the_photo(engine):
    for title in (TEXT.title, "ẶỄỘỬỸ " * 12, "một hai ba bốn năm sáu bảy " * 8):
        box = ink(title).getbbox()
        assert box is not None
        assert box[0] >= 50 and box[2] <= CARD_WIDTH - 50
        assert box[1] >= 60 and box[3] <= PHOTO_HEIGHT + 2, title


def test_signs_that_the_font_lacks_leave_no_empty_box():
    assert draw("Mẹ \U0001f600 và \uaa80\uaa81 con").tobytes() == draw("Mẹ và con").tobytes()


def luminance(colour):
    def linear(value):
        part = value / 255
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("title", ["Mẹ", TEXT.title * 3, "chữ trên núi cao " * 12])
def test_white_words_can_be_read_on_a_white_photo(title):
    """WCAG 2.2, 1.4.3: at least 4.5 to 1, everywhere behind the title."""
    _, top, _, bottom = ink(title).getbbox()
    card = draw(title)
    behind = [card.getpixel((CARD_WIDTH - 5, y)) for y in range(top, min(bottom, PHOTO_HEIGHT))]
    assert min(1.05 / (luminance(colour) + 0.05) for colour in behind) >= 4.5


def test_above_the_words_the_photo_is_as_it_was():
    card = draw(colour=(180, 200, 220))
    assert card.crop((0, 0, CARD_WIDTH, 200)).getcolors() == [(CARD_WIDTH * 200, (180, 200, 220))]


@given(st.integers(1, 5000), st.integers(1, 5000), st.floats(0, 1), st.floats(0, 1))
def test_the_focus_stays_in_the_picture_and_above_the_words_if_it_can(width, height, x, y):
    box = card_box(width, height, (x, y))
    assert box.left >= 0 and box.left + box.width <= width
    assert box.top >= 0 and box.top + box.height <= height
    assert box.top - 1 <= y * height <= box.top + box.height + 1
    if box.top + box.height < height:  # there is more below to show
        assert y * height <= box.top + box.height / 3 + 1


def test_a_card_is_a_small_jpeg_without_metadata(studio):
    job = studio.job(studio.save(comment=b"SECRET"), is_cover=True, card=TEXT)
    assert studio.render(job).faults == []
    made = cached_file(studio.cache, job.plan, job.plan.card).read_bytes()
    with Image.open(io.BytesIO(made)) as card:
        assert (card.format, card.size, card.mode) == ("JPEG", (CARD_WIDTH, CARD_HEIGHT), "RGB")
        assert card.getexif() == {} and "icc_profile" not in card.info
    assert b"SECRET" not in made and b"Exif" not in made
    assert len(made) < 300_000  # what messengers still load for a preview


def test_its_address_follows_from_everything_it_shows(studio):
    path = studio.save("bia.jpg", studio.picture(1600, 1200))
    other = studio.save("khac.jpg", studio.picture(1600, 1201))

    def address(path=path, focus=None, **changed):
        words = {"title": "Tít", "column": "Mục", "newsroom": "Báo", **changed}
        return studio.job(path, is_cover=True, focus=focus, card=CardText(**words)).plan.card.uri

    addresses = [
        address(),
        address(path=other),
        address(focus=(0.5, 1.0)),
        address(title="Tít khác"),
        address(column="Mục khác"),
        address(newsroom="Báo khác"),
        address(title="", column="TítMục"),
        address(accent="#0057b8"),
    ]
    assert len(set(addresses)) == len(addresses)
    assert all(uri.startswith("the/bai-") and uri.endswith(".jpg") for uri in addresses)


def test_a_new_title_makes_only_the_card_again(studio):
    path = studio.save()
    before = studio.job(path, is_cover=True, card=TEXT)
    studio.render(before)
    kept = {file: file.stat().st_mtime_ns for file in studio.cache.rglob("*.avif")}
    after = studio.job(path, is_cover=True, card=CardText("Tít mới", TEXT.column, TEXT.newsroom))
    report = studio.render(after)
    assert report.rendered == 1
    assert report.bytes_out == cached_file(studio.cache, after.plan, after.plan.card).stat().st_size
    assert {file: file.stat().st_mtime_ns for file in studio.cache.rglob("*.avif")} == kept
    assert prune_cache(studio.cache, [after.plan])[0] == 1
    assert not cached_file(studio.cache, before.plan, before.plan.card).exists()


def test_two_stories_with_one_picture_have_two_cards(studio):
    path = studio.save()
    jobs = [
        studio.job(path, is_cover=True, card=CardText(title, "Mục", "Báo")) for title in ("A", "B")
    ]
    studio.render(*jobs)
    first, second = (cached_file(studio.cache, job.plan, job.plan.card) for job in jobs)
    assert first.read_bytes() != second.read_bytes()


def test_one_and_many_threads_make_the_same_cards(studio, tmp_path):
    jobs = [
        studio.job(
            studio.save(f"{n}.jpg", studio.picture(640 + n, 400)),
            is_cover=True,
            card=CardText(f"Chuyện kể số {n}", "Mục", "Báo"),
        )
        for n in range(8)
    ]
    studio.render(*jobs, workers=1, cache=tmp_path / "one")
    studio.render(*jobs, workers=4, cache=tmp_path / "many")
    for job in jobs:
        one, many = (
            cached_file(tmp_path / name, job.plan, job.plan.card).read_bytes()
            for name in ("one", "many")
        )
        assert one == many
