"""The plan is pure: names, sizes and addresses from facts and recipe alone."""

from dataclasses import replace

import pytest

from guongsang.photos.facts import PhotoFacts
from guongsang.photos.plan import Recipe, by_format, largest, plan_photo, plan_uris, srcset

FACTS = PhotoFacts("ab" * 32, "JPEG", 2000, 1333, 1000)


def plan(facts=FACTS, name="Ảnh bìa.JPG", recipe=None):
    return plan_photo(facts, folder="con-chu", name=name, recipe=recipe or Recipe())


def test_addresses():
    made = plan()
    first = made.derivatives[0]
    assert first.uri == f"anh/con-chu/anh-bia-{made.digest[:10]}-480.avif"
    assert (first.width, first.height, first.format) == (480, 320, "avif")
    assert [one.width for one in by_format(made, "jpg")] == [480, 960, 1440]
    assert largest(made).uri.endswith("-1440.jpg")
    assert len(set(plan_uris(made))) == 6


def test_srcset_leads_from_the_page():
    text = srcset(plan(), "avif", "../../")
    assert text.startswith("../../anh/con-chu/anh-bia-")
    assert text.count(" 960w") == 1


@pytest.mark.parametrize(
    ("width", "expected"),
    [(100, [100]), (480, [480]), (500, [480, 500]), (960, [480, 960]), (9000, [480, 960, 1440])],
)
def test_never_wider_than_the_source(width, expected):
    made = plan(replace(FACTS, width=width))
    assert [one.width for one in by_format(made, "jpg")] == expected


@pytest.mark.parametrize("changed", [{"jpeg_quality": 81}, {"avif_quality": 56}, {"number": 99}])
def test_every_option_that_changes_pixels_changes_the_name(changed):
    assert plan(recipe=replace(Recipe(), **changed)).derivatives[0].uri != plan().derivatives[0].uri


def test_the_test_above_knows_every_option():
    assert set(Recipe.__dataclass_fields__) == {"widths", "jpeg_quality", "avif_quality", "number"}


def test_another_source_changes_the_name():
    assert plan(replace(FACTS, sha256="cd" * 32)).derivatives[0].uri != plan().derivatives[0].uri


def test_adding_a_width_renames_nothing():
    more = plan(recipe=Recipe(widths=(320, 480, 960, 1440, 1920)))
    assert set(plan_uris(plan())) < set(plan_uris(more))


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("IMG_0042.HEIC", "img-0042"),
        ("đèo.ô quy.png", "deo-o-quy"),
        ("….jpg", "anh"),
        ("v1.2", "v1-2"),
    ],
)
def test_stems(name, stem):
    made = plan(name=name)
    assert made.derivatives[0].uri.startswith(f"anh/con-chu/{stem}-{made.digest[:10]}-")


def test_a_narrow_panorama_keeps_a_pixel_of_height():
    assert plan(replace(FACTS, width=20000, height=3)).derivatives[0].height == 1
