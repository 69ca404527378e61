"""Paper, light and line: the few things every cover drawing is made of.

Lengths are in pixels of the finished picture; the canvas itself is larger and is scaled down at
the end, which is what smooths the edges. Nothing here asks the clock or an unseeded generator,
so one script always draws the same picture.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter

Point: TypeAlias = tuple[float, float]
Station: TypeAlias = tuple[float, float, float]
Polygon: TypeAlias = Sequence[Point]
Box: TypeAlias = tuple[int, int, int, int]

WIDTH, HEIGHT = 1600, 1067
SCALE = 2
EDGE = 60  # shapes reach this far beyond the picture, so that no edge shows a gap


def mix(first: str, second: str, share: float) -> str:
    """Return the colour that lies `share` of the way from the first to the second."""
    pairs = zip(ImageColor.getrgb(first)[:3], ImageColor.getrgb(second)[:3], strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def points(path: str) -> list[Point]:
    """Read "x,y x,y ..." as SVG writes it; short enough to keep a shape on a line or two."""
    pairs = (pair.split(",") for pair in path.split())
    return [(float(x), float(y)) for x, y in pairs]


def stations(path: str) -> list[Station]:
    """Read "x,y,width ..." for a road."""
    triples = (triple.split(",") for triple in path.split())
    return [(float(x), float(y), float(wide)) for x, y, wide in triples]


def spline(knots: Sequence[Point], *, closed: bool = False, steps: int = 12) -> list[Point]:
    """Return a Catmull-Rom curve through the points."""
    first, last = (knots[-1], knots[:2]) if closed else (knots[0], knots[-1:])
    guides = [first, *knots, *last]
    curve: list[Point] = []
    for a, b, c, d in zip(guides, guides[1:], guides[2:], guides[3:], strict=False):
        for step in range(steps):
            t = step / steps
            curve.append((_between(a[0], b[0], c[0], d[0], t), _between(a[1], b[1], c[1], d[1], t)))
    return curve if closed else [*curve, knots[-1]]


def _between(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * (b - c) + d - a) * t**3
    )


def ribbon(knots: Sequence[Point], start: float, end: float) -> list[Point]:
    """Return the outline of a brush stroke whose width runs from `start` to `end`."""
    curve = spline(knots)
    left: list[Point] = []
    right: list[Point] = []
    for index, (x, y) in enumerate(curve):
        before, after = curve[max(index - 1, 0)], curve[min(index + 1, len(curve) - 1)]
        angle = math.atan2(after[1] - before[1], after[0] - before[0]) + math.pi / 2
        half = (start + (end - start) * index / (len(curve) - 1)) / 2
        left.append((x + math.cos(angle) * half, y + math.sin(angle) * half))
        right.append((x - math.cos(angle) * half, y - math.sin(angle) * half))
    return [*left, *reversed(right)]


def road(way: Sequence[Station]) -> list[Point]:
    """Return a way seen in perspective, through stations of (x, y, width across)."""
    left = spline([(x - wide / 2, y) for x, y, wide in way])
    right = spline([(x + wide / 2, y) for x, y, wide in way])
    return [*left, *reversed(right)]


def circle(center: Point, radius: float, squash: float = 1.0) -> list[Point]:
    """Return a circle, or an ellipse when `squash` is not 1."""
    turns = [math.tau * step / 48 for step in range(48)]
    x, y = center
    return [(x + math.cos(a) * radius, y + math.sin(a) * radius * squash) for a in turns]


def place(shape: Polygon, at: Point, size: float = 1.0, turn: float = 0.0) -> list[Point]:
    """Return the shape scaled, turned (radians) and moved; a negative size mirrors it."""
    cos, sin = math.cos(turn), math.sin(turn)
    wide, tall = size, abs(size)
    return [
        (at[0] + x * wide * cos - y * tall * sin, at[1] + x * wide * sin + y * tall * cos)
        for x, y in shape
    ]


def rectangle(left: float, top: float, width: float, height: float) -> list[Point]:
    """Return an upright rectangle."""
    return [(left, top), (left + width, top), (left + width, top + height), (left, top + height)]


def skyline(
    chance: random.Random, knots: Sequence[Point], rough: float, *, step: int = 8
) -> list[Point]:
    """Return a line through the knots, from edge to edge, roughened like torn paper."""
    waves = [
        (chance.uniform(0.6, 1.4) / wavelength, chance.uniform(0, math.tau), weight)
        for wavelength, weight in ((190, 1.0), (83, 0.5), (37, 0.17), (17, 0.05))
    ]
    line: list[Point] = []
    for x in range(-EDGE, WIDTH + EDGE + 1, step):
        noise = sum(
            math.sin(math.tau * x * pitch + phase) * weight for pitch, phase, weight in waves
        )
        line.append((x, _height_at(knots, x) + noise * rough))
    return line


def _height_at(knots: Sequence[Point], x: float) -> float:
    for (left, above), (right, below) in pairwise(knots):
        if left <= x <= right:
            share = (x - left) / (right - left)
            return above + (below - above) * (1 - math.cos(math.pi * share)) / 2
    return knots[0][1] if x < knots[0][0] else knots[-1][1]


def ground(line: Sequence[Point]) -> list[Point]:
    """Close a line downwards, so that it becomes everything below it."""
    return [*line, (line[-1][0], HEIGHT + EDGE), (line[0][0], HEIGHT + EDGE)]


def gradient(size: tuple[int, int], top: str, bottom: str) -> Image.Image:
    """Return a picture that runs from one colour down to another."""
    ramp = Image.linear_gradient("L").resize((1, size[1]), Image.Resampling.BILINEAR).resize(size)
    return Image.composite(Image.new("RGB", size, bottom), Image.new("RGB", size, top), ramp)


class Canvas:
    """A stack of cut paper seen from above, with a lamp over the left shoulder."""

    def __init__(self, top: str, bottom: str, *, shade: str = "#2a1a18", seed: int = 0) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - a drawing, not a secret
        self.shade = shade
        self.image = gradient((WIDTH * SCALE, HEIGHT * SCALE), top, bottom)

    def paper(
        self,
        *shapes: Polygon,
        color: str,
        lower: str | None = None,
        lift: float = 7,
        rim: float = 0.22,
    ) -> None:
        """Lay one sheet: shadow on what lies below, colour, and a bright cut edge."""
        box = self._box(shapes, margin=lift * 4 + 4)
        if box[0] >= box[2] or box[1] >= box[3]:
            return
        mask = self._mask(shapes, box)
        patch = self.image.crop(box)
        if lift:
            patch.paste(self.shade, mask=_shadow(mask, lift * SCALE))
        fill = gradient(mask.size, color, lower or color)
        if rim:
            edge = ImageChops.subtract(mask, _shift(mask, 2 * SCALE, 3 * SCALE))
            edge = edge.point(lambda value: round(value * rim))
            fill.paste(mix(color, "#fff4dc", 0.75), mask=edge)
        patch.paste(fill, mask=mask)
        self.image.paste(patch, box[:2])

    def tint(self, *shapes: Polygon, color: str, opacity: float, blur: float = 0) -> None:
        """Stain the paper inside the shapes; `blur` softens the border."""
        box = self._box(shapes, margin=blur * 3 + 2)
        if box[0] >= box[2] or box[1] >= box[3]:
            return
        mask = self._mask(shapes, box)
        if blur:
            mask = _soften(mask, blur * SCALE)
        self._stain(box, mask, color, opacity)

    def glow(self, center: Point, radius: float, color: str, strength: float) -> None:
        """Let light fall in a round that fades out."""
        x, y = center
        box = tuple(round(v * SCALE) for v in (x - radius, y - radius, x + radius, y + radius))
        side = box[2] - box[0]
        fade = Image.radial_gradient("L").point(_fade)
        mask = fade.resize((side, side), Image.Resampling.BICUBIC)
        self._stain((box[0], box[1], box[0] + side, box[1] + side), mask, color, strength)

    def mist(self, y: float, height: float, color: str, opacity: float) -> None:
        """Let a band of mist lie across the picture, thickest at `y`."""
        half = Image.linear_gradient("L").point(_ease)
        band = Image.new("L", (256, 512))
        band.paste(half, (0, 0))
        band.paste(half.transpose(Image.Transpose.FLIP_TOP_BOTTOM), (0, 256))
        top = round((y - height) * SCALE)
        size = (WIDTH * SCALE, round(2 * height * SCALE))
        mask = band.resize(size, Image.Resampling.BICUBIC)
        self._stain((0, top, size[0], top + size[1]), mask, color, opacity)

    def finish(self) -> Image.Image:
        """Scale down and give the sheet its tooth and its soft corners."""
        picture = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        picture = ImageChops.soft_light(picture, _tooth(self.chance).convert("RGB"))
        corners = Image.radial_gradient("L").resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
        corners = corners.point(lambda value: max(0, value - 140) * 0.3)
        picture.paste(mix(self.shade, "#000000", 0.2), mask=corners)
        return picture

    def _stain(self, box: Box, mask: Image.Image, color: str, opacity: float) -> None:
        self.image.paste(color, box, mask.point(lambda value: round(value * opacity)))

    def _box(self, shapes: Iterable[Polygon], margin: float) -> Box:
        xs = [x for shape in shapes for x, _ in shape]
        ys = [y for shape in shapes for _, y in shape]
        limits = self.image.size
        left, top = (max(0, math.floor((min(v) - margin) * SCALE)) for v in (xs, ys))
        right = min(limits[0], math.ceil((max(xs) + margin) * SCALE))
        return left, top, right, min(limits[1], math.ceil((max(ys) + margin) * SCALE))

    def _mask(self, shapes: Iterable[Polygon], box: Box) -> Image.Image:
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]))
        pen = ImageDraw.Draw(mask)
        for shape in shapes:
            pen.polygon([(x * SCALE - box[0], y * SCALE - box[1]) for x, y in shape], fill=255)
        return mask


@dataclass(frozen=True)
class Spot:
    """A place on the canvas where a motif stands: its foot is (0, 0), its size is 1."""

    canvas: Canvas
    at: Point
    size: float

    def paper(
        self,
        *shapes: Polygon,
        color: str,
        lower: str | None = None,
        lift: float = 4,
        rim: float = 0.22,
    ) -> None:
        """Lay a sheet whose shapes are measured from this spot."""
        self.canvas.paper(*self.set_down(*shapes), color=color, lower=lower, lift=lift, rim=rim)

    def tint(self, *shapes: Polygon, color: str, opacity: float, blur: float = 0) -> None:
        """Stain the paper in shapes that are measured from this spot."""
        self.canvas.tint(*self.set_down(*shapes), color=color, opacity=opacity, blur=blur)

    def set_down(self, *shapes: Polygon) -> list[list[Point]]:
        """Return the shapes in the measure of the canvas."""
        return [place(shape, self.at, self.size) for shape in shapes]


def _fade(value: int) -> int:
    """Turn distance into light; 181 of 255 is the middle of a side, where it must be gone."""
    return _ease(max(0, round(255 * (1 - value / 178))))


def _ease(value: int) -> int:
    share = value / 255
    return round(255 * share * share * (3 - 2 * share))


def _shift(mask: Image.Image, right: int, down: int) -> Image.Image:
    moved = Image.new("L", mask.size)
    moved.paste(mask, (right, down))
    return moved


def _soften(mask: Image.Image, radius: float) -> Image.Image:
    """Blur at a quarter of the size: the eye sees no difference and it is ten times faster."""
    small = mask.resize((max(1, mask.width // 4), max(1, mask.height // 4)))
    return small.filter(ImageFilter.GaussianBlur(radius / 4)).resize(mask.size)


def _shadow(mask: Image.Image, lift: float) -> Image.Image:
    cast = _shift(mask, round(lift * 0.45), round(lift * 0.25))
    return _soften(cast, lift).point(lambda value: round(value * 0.42))


def _tooth(chance: random.Random) -> Image.Image:
    """Return the grain of the paper: fine speckle over faint broad clouds."""
    fine = Image.frombytes("L", (WIDTH, HEIGHT), chance.randbytes(WIDTH * HEIGHT))
    fine = fine.filter(ImageFilter.GaussianBlur(0.8)).point(
        lambda value: 128 + (value - 128) * 0.42
    )
    size = (WIDTH // 40, HEIGHT // 40)
    broad = Image.frombytes("L", size, chance.randbytes(size[0] * size[1]))
    broad = broad.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    return Image.blend(fine, broad.point(lambda value: 128 + (value - 128) * 0.25), 0.4)
