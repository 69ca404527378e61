"""The plan is pure: names, sizes and addresses from facts and recipe alone."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guongsang.photos.facts import PhotoFacts
from guongsang.photos.plan import Recipe, by_format, largest, plan_photo, plan_uris, srcset

FACTS = PhotoFacts("ab" * 32, "JPEG", 2000, 1333, 1000)


def plan(facts=FACTS, name="Ảnh bìa.JPG", recipe=None):
    return plan_photo(facts, folder="con-chu", name=name, recipe=recipe or Recipe())


def test_addresses():
    made = plan()
    first = made.derivatives[0]
    assert first.uri == f"anh/con-chu/anh-bia-{made.digest[:10]}-240.avif"
    assert (first.width, first.height, first.format) == (240, 160, "avif")
    assert [one.width for one in by_format(made, "avif")] == [240, 480, 720, 960, 1440]
    assert [one.width for one in by_format(made, "jpg")] == [480, 960, 1440]
    assert largest(made).uri.endswith("-1440.jpg")
    assert len(set(plan_uris(made))) == 8


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


def test_phones_get_nothing_wider_than_the_newsroom_wants():
    made = plan(recipe=Recipe(widths=(480,)))
    assert [one.width for one in by_format(made, "avif")] == [240, 480]
    assert [one.width for one in by_format(made, "jpg")] == [480]


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


def cover(width, height, focus=None):
    facts = replace(FACTS, width=width, height=height)
    return plan_photo(
        facts, folder="con-chu", name="bia.jpg", recipe=Recipe(), is_cover=True, focus=focus
    )


@pytest.mark.parametrize(
    ("size", "focus", "expected"),
    [
        ((1600, 1200), None, ["900x900-200-0", "1200x900-0-0", "1200x675-0-120"]),
        ((1200, 1600), None, ["900x900-0-133", "1200x900-0-233", "1200x675-0-308"]),
        ((1600, 1200), (1.0, 1.0), ["900x900-400-0", "1200x900-0-0", "1200x675-0-300"]),
        ((1600, 1200), (0.0, 0.0), ["900x900-0-0", "1200x900-0-0", "1200x675-0-0"]),
        ((6000, 2000), None, ["480x480-2000-0", "640x480-1667-0", "853x480-1222-0"]),
        ((1600, 1000), None, ["900x900-300-0", "1200x900-134-0", "1200x675-0-40"]),
        ((300, 200), None, ["200x200-50-0", "267x200-17-0", "300x169-0-12"]),
        ((1, 1), None, ["1x1-0-0"]),
    ],
)
def test_a_cover_is_cropped_around_its_focus(size, focus, expected):
    made = cover(*size, focus)
    assert [one.mark for one in made.crops] == expected
    assert all(one.format == "jpg" and one.uri.endswith(f"-{one.mark}.jpg") for one in made.crops)
    assert made.files == made.derivatives + made.crops
    assert [one.width for one in by_format(made, "jpg")] == sorted(
        {min(width, size[0]) for width in Recipe().widths}
    )


@given(st.integers(1, 30_000), st.integers(1, 30_000), st.floats(0, 1), st.floats(0, 1))
def test_a_crop_lies_inside_the_picture_and_is_never_enlarged(width, height, x, y):
    made = cover(width, height, (x, y))
    for one in made.crops:
        box = one.box
        assert 0 <= box.left <= box.left + box.width <= width
        assert 0 <= box.top <= box.top + box.height <= height
        assert 1 <= one.width <= box.width
    assert len(set(plan_uris(made))) == len(made.files)


def test_a_narrow_panorama_keeps_a_pixel_of_height():
    assert plan(replace(FACTS, width=20000, height=3)).derivatives[0].height == 1
