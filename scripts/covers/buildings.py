"""Houses, the school, the ward and the market stall. Shapes are measured in widths."""

from __future__ import annotations

import math

from covers.paper import Canvas, Point, Spot, circle, mix, place, points, rectangle, ribbon, spline

DARK = "#2a1a18"
CLOTHS = ("#2f4a6b", "#b4472f", "#3f6b5e", "#d99a3e", "#6b3a52", "#2b3552")


def draw_house(canvas: Canvas, at: Point, wide: float, *, roof: str, wall: str) -> None:
    """Draw a wooden house with lit windows; `at` is its lower left corner."""
    spot = Spot(canvas, at, wide)
    spot.paper(rectangle(0.04, -0.3, 0.92, 0.3), color=wall, lower=mix(wall, DARK, 0.25))
    planks = (rectangle(0.04 + 0.92 * plank / 12, -0.3, 1.2 / wide, 0.3) for plank in range(1, 12))
    spot.tint(*planks, color=DARK, opacity=0.3)
    spot.paper(rectangle(0.43, -0.234, 0.14, 0.234), color="#3d241f", lift=0, rim=0)
    windows = (rectangle(left, -0.204, 0.13, 0.108) for left in (0.16, 0.7))
    spot.paper(*windows, color="#ffd98a", lower="#f0a850", lift=0)
    cover = points("-0.08,-0.27 0.14,-0.57 0.86,-0.57 1.08,-0.27")
    spot.paper(cover, color=mix(roof, "#fff4dc", 0.12), lower=roof, lift=6)
    for course in range(1, 5):
        lean = 0.044 * course
        line = rectangle(lean - 0.08, -0.27 - 0.06 * course, 1.16 - 2 * lean, 1.5 / wide)
        spot.tint(line, color=DARK, opacity=0.22)


def draw_school(canvas: Canvas, at: Point, wide: float) -> None:
    """Draw a long low school with a veranda and a red roof; `at` is its lower left corner."""
    spot = Spot(canvas, at, wide)
    spot.paper(rectangle(-0.05, -0.01, 1.1, 0.05), color="#b98a5a")
    spot.paper(rectangle(0, -0.19, 1, 0.19), color="#f4dfb4", lower="#e8c096", lift=5)
    for left in (0.05, 0.37, 0.69):
        spot.paper(rectangle(left, -0.137, 0.07, 0.137), color="#3f6b5e", lift=1)
        for pane in (left + 0.105, left + 0.18):
            window = rectangle(pane, -0.133, 0.055, 0.072)
            spot.paper(window, color="#5d8b7c", lower="#3f6b5e", lift=1)
    posts = (rectangle(left, -0.19, 0.011, 0.19) for left in (0, 0.33, 0.65, 0.989))
    spot.paper(*posts, color="#fff4dc", lift=3)
    roof = points("-0.05,-0.177 0.05,-0.327 0.95,-0.327 1.05,-0.177")
    spot.paper(roof, color="#cf5f3c", lower="#a83f2c", lift=7)
    for column in range(1, 34):
        share = column / 34
        line = [(0.05 + 0.9 * share, -0.327), (1.1 * share - 0.05, -0.177)]
        spot.tint(ribbon(line, 1.1 / wide, 1.6 / wide), color="#5b2420", opacity=0.3)


def draw_flag(canvas: Canvas, foot: Point, tall: float) -> None:
    """Draw the national flag on its pole: red, two by three, one gold star."""
    spot, wide, high = Spot(canvas, foot, tall), 0.405, 0.27
    spot.paper(rectangle(-0.01, -1, 0.02, 1), color="#f7ead0", lift=3)
    crest = [(0.008 + wide * step / 20, math.sin(step / 20 * math.tau)) for step in range(21)]
    upper = [(x, sway * 0.0135 - 0.984) for x, sway in crest]
    cloth = [*upper, *((x, y + high) for x, y in reversed(upper))]
    spot.paper(cloth, color="#d8352a", lower="#c02a22")
    star = [_star_point(turn) for turn in range(10)]
    center = (0.008 + wide / 2, high / 2 - 0.984)
    spot.paper(place(star, center, high * 0.3), color="#ffd24a", lift=0, rim=0)


def _star_point(turn: int) -> Point:
    reach = 0.382 if turn % 2 else 1
    return math.sin(math.pi * turn / 5) * reach, -math.cos(math.pi * turn / 5) * reach


def draw_ward(canvas: Canvas, foot: Point, wide: float) -> None:
    """Draw the forest ward, lit inside; `foot` is its lower left corner."""
    spot = Spot(canvas, foot, wide)
    spot.paper(rectangle(0, -0.36, 1, 0.36), color="#ffd78a", lower="#e8964a", lift=8)
    canvas.glow((foot[0] + wide / 2, foot[1] - wide * 0.25), wide * 0.34, "#fff3c4", 0.9)
    for left in (0.1, 0.62):
        frame = [rectangle(left, -0.13, 0.28, 0.021)]
        frame += [rectangle(left + leg, -0.13, 0.0125, 0.13) for leg in (0.011, 0.257)]
        spot.paper(*frame, color="#7a4328", lift=3)
        sheet = points("0.007,-0.137 0.054,-0.187 0.2,-0.176 0.27,-0.137")
        bed = spline([(left + x, y) for x, y in sheet], closed=True)
        spot.paper(bed, color="#fff4dc", lower="#ecc791", lift=3)
    spot.paper(rectangle(0.4973, -0.36, 0.0054, 0.108), color="#5b2b26", lift=0)
    lamp = spline(points("0.473,-0.191 0.48,-0.252 0.52,-0.252 0.527,-0.191"), closed=True)
    spot.paper(lamp, color="#fffbe6", lower="#ffd24a", lift=2)
    posts = (rectangle(left - 0.014, -0.36, 0.028, 0.37) for left in (0, 0.42, 0.58, 1))
    spot.paper(*posts, color="#4a2a20")
    roof = points("-0.14,-0.3 0.12,-0.63 0.88,-0.63 1.14,-0.3")
    spot.paper(roof, color="#8a6a45", lower="#4b3528", lift=14)
    for straw in range(90):
        share = (straw + 0.5) / 90
        line = [(0.12 + 0.76 * share, -0.627), (1.28 * share - 0.14, 0.01 * (straw % 3) - 0.3)]
        tone = ("#2f1f1a", "#d9a866")[straw % 2]
        spot.tint(ribbon(line, 0.002, 0.005), color=tone, opacity=0.3)


def draw_stall(canvas: Canvas, foot: Point, number: int) -> None:
    """Draw one stall: hanging cloths, a table of baskets, a thatched roof."""
    spot = Spot(canvas, foot, 1)
    spot.tint(rectangle(10, -350, 460, 350), color="#3a211d", opacity=0.55)
    for cloth in range(4):
        deep = 190 + 22 * ((cloth + number) % 3)
        _draw_cloth(spot, 30 + cloth * 108, deep, CLOTHS[(cloth + number * 2) % len(CLOTHS)])
    spot.paper(rectangle(0, -90, 480, 100), color="#a8693f", lower="#6b3d2a", lift=9)
    for panel in range(6):
        left, color = 22 + panel * 76, CLOTHS[(panel + number) % len(CLOTHS)]
        spot.paper([(left, -62), (left + 58, -62), (left + 29, -6)], color=color, lift=3)
        spot.paper(circle((left + 29, -42), 8), color="#f3d9a0", lift=0, rim=0)
    for basket in range(3):
        heap = ("#c4633c", "#8a9a52", "#e8b54a")[(basket + number) % 3]
        center = 90 + basket * 150
        spot.paper(circle((center, -112), 42, 0.6), color=heap)
        side = [(center + x, y) for x, y in points("-56,-112 56,-112 42,-70 -42,-70")]
        spot.paper(side, color="#d9b072", lower="#a87b45")
    spot.paper(*(rectangle(x, -360, 14, 390) for x in (0, 466)), color="#5b3328", lift=6)
    roof = points("-40,-324 70,-460 410,-460 520,-324")
    spot.paper(roof, color="#e0b266", lower="#a9713a", lift=12)
    for straw in range(60):
        share = (straw + 0.5) / 60
        line = [(70 + 340 * share, -458), (560 * share - 40, -325)]
        spot.tint(ribbon(line, 1, 2.2), color="#6b3d2a", opacity=0.25)


def _draw_cloth(spot: Spot, left: float, deep: float, color: str) -> None:
    """Hang one cloth: bands across, a row of lozenges under each."""
    lower = mix(color, DARK, 0.3)
    spot.paper(rectangle(left, -330, 94, deep), color=color, lower=lower, lift=5)
    for band, gem_color in enumerate(("#e8a23c", "#e58a6a", "#f3d9a0")):
        level = band * 52 - 288
        spot.paper(rectangle(left, level, 94, 9), color="#f3d9a0", lift=0, rim=0)
        gem = points("15,16 24,27 15,38 6,27")
        gems = ([(left + x + row * 21, level + y) for x, y in gem] for row in range(4))
        spot.paper(*gems, color=gem_color, lift=0, rim=0)
