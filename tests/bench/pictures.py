"""Pictures as phones make them: soft light, texture at every scale, edges."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

SIZE = (4000, 3000)
_DISTINCT = 6


def write_pictures(folder: Path, count: int) -> list[Path]:
    """Write `count` JPEGs, no two with the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"anh-{number:04d}.jpg" for number in range(count)]
    for path, content in zip(paths, make_contents(count), strict=True):
        path.write_bytes(content)
    return paths


def make_contents(count: int, size: tuple[int, int] = SIZE) -> Iterator[bytes]:
    """Yield files: a few pictures over and over, no two files with the same bytes.

    Decoding and scaling cost what the pixels cost. The density in the JFIF header, which nobody
    reads, makes the bytes differ; a comment would be refused as private.
    """
    made = [draw_picture(seed, size) for seed in range(min(count, _DISTINCT))]
    for number in range(count):
        content = made[number % len(made)]
        assert content[6:11] == b"JFIF\0"
        yield content[:14] + (number + 1).to_bytes(4, "big") + content[18:]


def draw_picture(seed: int, size: tuple[int, int] = SIZE) -> bytes:
    """Draw what has the spectrum of photos, about 1/f: equal contrast at every scale; and edges."""
    chance = random.Random(seed)
    noise = np.random.default_rng(seed)
    light = np.zeros((size[1], size[0]), np.float32)
    for octave in range(3, 12):
        side = 2**octave
        grain = Image.fromarray(noise.standard_normal((side * 3 // 4, side)).astype(np.float32))
        light += np.asarray(grain.resize(size, Image.Resampling.BICUBIC)) * (60 / side**0.35)
    planes = [np.clip(128 + light * strength, 0, 255) for strength in (1.0, 0.9, 0.7)]
    image = Image.fromarray(np.stack(planes, axis=2).astype(np.uint8))
    draw = ImageDraw.Draw(image)
    for _ in range(40):
        x, y, r = chance.randrange(size[0]), chance.randrange(size[1]), chance.randrange(20, 300)
        colour = tuple(chance.randrange(40, 220) for _ in range(3))
        draw.ellipse((x, y, x + r, y + r * 3 // 2), outline=colour, width=chance.randrange(3, 25))
        draw.line((x, y, x + 3 * r, y - 2 * r), fill=colour, width=chance.randrange(2, 12))
    file = io.BytesIO()
    image.save(file, "JPEG", quality=88, subsampling="4:2:0")
    return file.getvalue()
