"""Pictures are made here; no test reads one from disk that it did not write."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from guongsang.photos.facts import PhotoFacts, read_facts
from guongsang.photos.plan import Recipe, plan_photo
from guongsang.photos.render import PhotoJob, render_photos

RED, GREEN, BLUE, YELLOW = (200, 30, 30), (30, 160, 60), (30, 60, 190), (220, 200, 40)


class Studio:
    """Makes pictures with a colour in each corner, and jobs for them."""

    corners = (RED, GREEN, BLUE, YELLOW)  # top left, top right, bottom left, bottom right

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cache = folder / "cache"

    def picture(self, width: int = 640, height: int = 400, mode: str = "RGB") -> Image.Image:
        image = Image.new("RGB", (width, height))
        half = (width // 2, height // 2)
        for place, colour in enumerate(self.corners):
            left, top = half[0] * (place % 2), half[1] * (place // 2)
            image.paste(colour, (left, top, left + width - half[0], top + height - half[1]))
        return image.convert(mode)

    def save(self, name: str = "bia.jpg", image: Image.Image | None = None, **options) -> Path:
        path = self.folder / name
        (image or self.picture()).save(path, **options)
        return path

    def facts(self, path: Path) -> PhotoFacts:
        facts = read_facts(path)
        assert isinstance(facts, PhotoFacts), facts
        return facts

    def job(self, path: Path, recipe: Recipe | None = None, **options) -> PhotoJob:
        recipe = recipe or Recipe()
        plan = plan_photo(self.facts(path), folder="bai", name=path.name, recipe=recipe, **options)
        return PhotoJob(path, plan)

    def render(self, *jobs: PhotoJob, workers: int = 2, cache: Path | None = None, **options):
        return render_photos(jobs, cache or self.cache, workers=workers, **options)

    def corners_of(self, image: Image.Image) -> list[tuple[int, int, int]]:
        """Return the colour a tenth of the way in from each corner."""
        image = image.convert("RGB")
        width, height = image.size
        xs, ys = (width // 10, width * 9 // 10), (height // 10, height * 9 // 10)
        return [image.getpixel((x, y)) for y in ys for x in xs]

    def assert_corners(self, image: Image.Image, tolerance: int = 12) -> None:
        for seen, meant in zip(self.corners_of(image), self.corners, strict=True):
            assert max(abs(a - b) for a, b in zip(seen, meant, strict=True)) <= tolerance, (
                self.corners_of(image)
            )


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    return Studio(tmp_path)
