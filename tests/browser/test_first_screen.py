"""What stands in the first screen of a story, and how large its picture is."""

from __future__ import annotations

import pytest
from PIL import Image

LONG = "Những người đem con chữ về bản cuối trời biên giới"


@pytest.fixture(scope="module")
def upright(make_shared, serve):
    """A story with a long title and an upright cover."""
    newsroom = make_shared("upright")
    newsroom.edit("mot-giot-mau", "title: Một giọt máu cho bản", f"title: {LONG}")
    drawn = Image.radial_gradient("L").resize((900, 1600)).convert("RGB")
    drawn.save(newsroom.path("mot-giot-mau").parent / "bia.jpg", quality=60)
    newsroom.build()
    return f"{serve(newsroom.site)}/2026/mot-giot-mau/"


def box(page, selector):
    return page.locator(selector).first.bounding_box()


def test_title_people_place_and_first_line_stand_in_the_first_screen(chromium, upright):
    page = chromium.new_page(viewport={"width": 360, "height": 800})
    page.goto(upright)
    lines = page.locator("h1").evaluate(
        "h => Math.round(h.offsetHeight / parseFloat(getComputedStyle(h).lineHeight))"
    )
    lede = box(page, ".story__lede")
    order = [box(page, name)["y"] for name in ("h1", ".story__about", ".story__facts")]
    page.close()
    assert lines == 3
    assert order == sorted(order)
    assert lede["y"] + 30 <= 800


def test_an_upright_picture_is_seen_whole(chromium, upright):
    page = chromium.new_page()
    for width, height in ((360, 800), (768, 1024), (1280, 800), (1366, 640)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(upright)
        shown = box(page, ".figure--cover .picture")["height"]
        assert height * 0.5 < shown <= height * 0.75 + 1
    page.close()


def test_the_cover_is_at_least_as_large_as_on_the_home_page(chromium, built, serve):
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    address = serve(built.site)
    page.goto(f"{address}/")
    home = box(page, ".card--lead .picture")["width"]
    page.locator(".card--lead .card__title a").click()
    story = box(page, ".figure--cover .picture")["width"]
    page.close()
    assert story >= home
