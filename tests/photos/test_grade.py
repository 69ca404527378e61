"""Signs that a picture is no original, and pictures that show nearly the same."""

import pytest
from PIL import Image, ImageDraw, ImageEnhance

from guongsang.photos.near import are_near, find_near
from guongsang.photos.plan import Recipe
from guongsang.photos.traits.grade import is_screen_shape


@pytest.mark.parametrize("quality", [20, 40, 59, 75, 90])
def test_quality_is_read_from_the_tables(studio, quality):
    path = studio.save(quality=quality)
    assert abs(studio.facts(path).quality - quality) <= 1


def test_other_formats_have_no_quality(studio):
    assert studio.facts(studio.save("a.png")).quality is None
    assert studio.facts(studio.save("a.webp")).quality is None


@pytest.mark.parametrize(
    ("shot", "file_format", "size"),
    [
        (True, "JPEG", (1080, 2340)),
        (True, "PNG", (1170, 2532)),
        (True, "PNG", (1080, 1920)),
        (False, "JPEG", (1080, 1920)),
        (False, "PNG", (1080, 1350)),
        (False, "JPEG", (2340, 1080)),
        (False, "JPEG", (1000, 2300)),
    ],
)
def test_screens(shot, file_format, size):
    assert is_screen_shape(file_format, *size) is shot


def scene(studio, *dots):
    image = studio.picture(640, 400)
    draw = ImageDraw.Draw(image)
    for x, y in dots:
        draw.ellipse((x - 60, y - 60, x + 60, y + 60), fill="white")
    return image


def test_near_pictures_of_one_folder_are_told(studio):
    """The second is the first, shot again: lighter, a little shifted, compressed."""
    first = scene(studio, (200, 150), (400, 300))
    again = ImageEnhance.Brightness(
        first.transform(first.size, Image.Transform.AFFINE, (1, 0, 6, 0, 1, 4))
    ).enhance(1.15)
    other = scene(studio, (100, 320), (520, 90), (320, 200)).rotate(180)
    paths = [
        studio.save("a.jpg", first),
        studio.save("b.jpg", again, quality=60),
        studio.save("c.jpg", other),
    ]
    jobs = [studio.job(path, Recipe(widths=(320,))) for path in paths]
    report = studio.render(*jobs)
    found = list(find_near(jobs, report.placeholders))
    assert [(path.name, dict(one.args)["first"]) for path, one in found] == [("b.jpg", "a.jpg")]
    assert {one.rule for _, one in found} == {"GS420"}


def test_pictures_of_one_colour():
    assert are_near(b"a" * 192, b"a" * 192)
    assert not are_near(b"a" * 192, b"b" * 192)
    assert not are_near(b"a" * 192, bytes(range(192)))


def test_the_same_content_or_another_folder_is_not_near(studio):
    path = studio.save("a.jpg")
    twin = studio.save("b.jpg")
    (studio.folder / "khac").mkdir()
    elsewhere = studio.save("khac/c.jpg", quality=50)
    jobs = [studio.job(each, Recipe(widths=(320,))) for each in (path, twin, elsewhere)]
    report = studio.render(*jobs)
    assert list(find_near(jobs, report.placeholders)) == []
    assert list(find_near(jobs, {})) == []
