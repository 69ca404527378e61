"""The measure itself is right: otherwise the table compares nothing."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageFilter
from tests.bench.photos import find_quality
from tests.bench.ssim import luma, ssim


@pytest.fixture(scope="module")
def picture():
    noise = np.random.default_rng(1).integers(0, 255, (60, 80, 3), np.uint8)
    return Image.fromarray(noise).resize((320, 240), Image.Resampling.BICUBIC)


def test_a_picture_is_like_itself_and_less_like_a_worse_one(picture):
    plane = luma(picture)
    assert ssim(plane, plane) == pytest.approx(1, abs=1e-6)
    likenesses = []
    for quality in (20, 50, 90):
        file = io.BytesIO()
        picture.save(file, "JPEG", quality=quality)
        likenesses.append(ssim(plane, luma(Image.open(file))))
    assert likenesses == sorted(likenesses)
    assert ssim(plane, luma(picture.filter(ImageFilter.GaussianBlur(8)))) < likenesses[0]


def test_it_agrees_with_the_formula_on_flat_planes():
    """Without contrast only the brightness term is left: (2ab + C1) / (a² + b² + C1)."""
    one, other = (np.full((32, 32), value, np.float32) for value in (100, 140))
    expected = (2 * 100 * 140 + 6.5025) / (100**2 + 140**2 + 6.5025)
    assert ssim(one, other) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("wanted", [0.31, 0.6, 0.845])
def test_the_nearest_quality_is_found_in_few_tries(wanted):
    asked = []

    def likeness(quality):
        asked.append(quality)
        return quality / 100

    quality, reached = find_quality(likeness, wanted)
    assert abs(quality / 100 - wanted) <= 0.0051
    assert reached == quality / 100
    assert len(asked) <= 7
