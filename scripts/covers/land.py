"""Mountains, terraces, fields and water."""

from __future__ import annotations

import math
from collections.abc import Sequence

from covers.paper import (
    EDGE,
    HEIGHT,
    WIDTH,
    Canvas,
    Point,
    Station,
    circle,
    ground,
    mix,
    points,
    ribbon,
    road,
    skyline,
    spline,
    stations,
)


def lay_ranges(canvas: Canvas, mist: str, *ranges: tuple[str, str, float]) -> None:
    """Lay mountains from far to near, each (knots, colour, roughness) with mist at its foot."""
    for path, color, rough in ranges:
        knots = points(path)
        line = skyline(canvas.chance, knots, rough)
        canvas.paper(ground(line), color=color, lower=mix(color, mist, 0.55), lift=9)
        canvas.mist(max(y for _, y in knots) + 90, 120, mist, 0.32)


def lay_ground(
    canvas: Canvas, path: str, color: str, lower: str, *, rough: float = 4, lift: float = 10
) -> None:
    """Lay a piece of land whose upper edge runs through the knots and not beyond them."""
    knots = points(path)
    first, last = knots[0][0], knots[-1][0]
    line = [at for at in skyline(canvas.chance, knots, rough) if first <= at[0] <= last]
    canvas.paper(ground(line), color=color, lower=lower, lift=lift)


def lay_sun(canvas: Canvas, at: Point, radius: float, color: str, lower: str) -> None:
    """Lay the sun or the moon."""
    canvas.paper(circle(at, radius), color=color, lower=lower, lift=12)


def lay_terraces(
    canvas: Canvas, top: float, colors: Sequence[str], *, steps: int, swing: float
) -> None:
    """Lay rice terraces on a valley floor: each step a sheet that follows the one above it."""
    level, rise = top, 13.0
    for step in range(steps):
        color = colors[step % len(colors)]
        line: list[Point] = []
        for x in range(-EDGE, WIDTH + EDGE + 1, 8):
            bend = math.sin(x / 250 + step * 0.3) + 0.5 * math.sin(x / 91 + step * 0.75)
            line.append((x, level + bend * swing))
        lit = mix(color, "#fff4dc", 0.18)
        canvas.paper(ground(line), color=lit, lower=color, lift=4, rim=0.6)
        level += rise
        rise *= 1.16


def lay_hill(canvas: Canvas, foot: Point, wide: float, tall: float, colors: Sequence[str]) -> None:
    """Pile up a terraced hill, the widest sheet first."""
    steps = 13
    for step in range(steps):
        share, lobe = step / steps, 1 + step * 0.55
        rim: list[Point] = []
        for turn in range(72):
            angle = math.tau * turn / 72
            swell = 0.07 * math.sin(3 * angle + lobe) + 0.05 * math.sin(5 * angle - lobe)
            reach = wide * (1 - 0.84 * share) * (1 + swell)
            y = foot[1] - tall * share + math.sin(angle) * reach * 0.27
            rim.append((foot[0] + math.cos(angle) * reach, y))
        color = colors[step % len(colors)]
        canvas.paper(rim, color=color, lower=mix(color, "#fff4dc", 0.22), lift=5, rim=0.65)


def draw_ripples(canvas: Canvas, stream: Sequence[Station], count: int) -> None:
    """Draw light on running water, wider towards the reader."""
    for _ in range(count):
        share = canvas.chance.random() * (len(stream) - 1.3)
        (x, y, wide), (x2, y2, wide2) = stream[int(share)], stream[int(share) + 1]
        part = share - int(share)
        width = wide + (wide2 - wide) * part
        at = x + (x2 - x) * part + canvas.chance.uniform(-0.3, 0.3) * width
        level, half = y + (y2 - y) * part, width * canvas.chance.uniform(0.05, 0.15)
        line = ribbon([(at - half, level), (at, level - 1), (at + half, level)], 1.2, 2.4)
        canvas.tint(line, color="#fff0d0", opacity=canvas.chance.uniform(0.35, 0.85))


def draw_stones(canvas: Canvas, path: str) -> None:
    """Draw round stones on a bank, given as (x, y, size)."""
    for x, y, size in stations(path):
        shape = points("-1,0 -0.5,-0.6 0.4,-0.66 1,0 0,0.22")
        stone = spline([(x + across * size, y + up * size) for across, up in shape], closed=True)
        canvas.paper(stone, color="#8f6a84", lower="#3b2d44", lift=5)


def draw_fields(canvas: Canvas) -> None:
    """Draw strips of ripening rice that sweep towards the reader."""
    colors = ("#e3b04b", "#c9973f", "#e9c163", "#a8a04a", "#d9a441", "#97a356")
    strips = 11
    bounds = [_strip_edge(strip / strips) for strip in range(strips + 1)]
    for strip in range(strips):
        color = colors[strip % len(colors)]
        shape = [*bounds[strip], *reversed(bounds[strip + 1])]
        canvas.paper(shape, color=mix(color, "#fff4dc", 0.3), lower=color, lift=3, rim=0.3)
    for row in range(44):
        _draw_ears(canvas, row)


def _strip_edge(share: float) -> list[Point]:
    top, low = (915 - share * 1000, 550 + share * 10), (1720 - share * 2700, HEIGHT + EDGE)
    middle = ((top[0] + low[0]) / 2 - 60 * math.sin(share * math.pi), 760.0)
    return spline([top, middle, low])


def _draw_ears(canvas: Canvas, row: int) -> None:
    """Draw one row of rice ears, from the left edge to the dyke."""
    level, near = 562 + 8.0 * row + 0.1 * row * row, 0.2 + row / 40
    for column in range(round(120 - row * 1.6)):
        x = (column + canvas.chance.uniform(0.1, 0.9)) * (12.5 + row * 0.45) - 20
        if x > 905 + (level - 550) * 1.395:
            break
        lean = canvas.chance.uniform(2, 6) * near
        tip = (x + lean * 1.6, level - 12 * near)
        ear = ribbon([(x, level), (x + lean * 0.4, level - 8 * near), tip], 2.2 * near, 0.6)
        color = canvas.chance.choice(("#fff0bf", "#fff0bf", "#9a7430", "#76803c"))
        canvas.tint(ear, color=color, opacity=0.45)


def draw_dyke(canvas: Canvas) -> None:
    """Draw the dyke: earth slope, grass crown, a path along the top."""
    way = stations("905,540,10 965,572,44 1085,640,104 1275,770,210 1560,980,380 1800,1130,520")
    canvas.paper(road(way), color="#c98d54", lower="#7f4a33", lift=9)
    crown = [(x + wide * 0.13, y - wide * 0.05, wide * 0.74) for x, y, wide in way]
    canvas.paper(road(crown), color="#a5b35c", lower="#5f8a4c", lift=4)
    path = [(x + wide * 0.16, y - wide * 0.05, wide * 0.2) for x, y, wide in way]
    canvas.paper(road(path), color="#f1d09a", lower="#d0a066", lift=4)


def draw_furrows(canvas: Canvas) -> None:
    """Draw newly ploughed soil in the near left corner."""
    lay_ground(canvas, "-60,868 420,892 800,965 1120,1100", "#a0623f", "#5b3328", rough=5)
    for furrow in range(9):
        shift = furrow * 125.0
        line = [(shift * 0.9 - 40, 905 + shift * 0.09), (shift - 90, 985 + shift * 0.04)]
        groove = ribbon([*line, (shift * 1.1 - 170, 1100)], 5, 26)
        canvas.paper(groove, color="#7f4a33", lower="#4b2a22", lift=4, rim=0.35)
