"""Trees, flowers and grass, each a few cut shapes. Shapes are measured from the foot, in sizes."""

from __future__ import annotations

import math
from collections.abc import Sequence

from covers.paper import (
    HEIGHT,
    WIDTH,
    Canvas,
    Point,
    Spot,
    circle,
    mix,
    place,
    points,
    rectangle,
    ribbon,
    spline,
)

BARK = "#4a2f27"
LIT = "#f3d9a0"
CROWNS = (
    (-0.2, 0.55, 0.17, 0.05),
    (0.21, 0.57, 0.17, 0.07),
    (0.02, 0.55, 0.17, 0.09),
    (-0.11, 0.72, 0.18, 0.13),
    (0.12, 0.74, 0.17, 0.16),
    (-0.01, 0.85, 0.15, 0.23),
)


def draw_pine(canvas: Canvas, at: Point, tall: float, color: str) -> None:
    """Draw a conifer from stacked skirts of paper."""
    spot = Spot(canvas, at, tall)
    spot.paper(rectangle(-0.025, -0.2, 0.05, 0.2), color=BARK, lift=7)
    for tier in range(4):
        low, wide = -0.1 - tier * 0.2, 0.25 - tier * 0.048
        skirt = [(0, low - 0.38), (wide, low), (0, low - 0.035), (-wide, low)]
        spot.paper(skirt, color=mix(color, LIT, 0.05 * tier), lift=3)


def draw_tree(canvas: Canvas, at: Point, tall: float, color: str, *, trunk: str = BARK) -> None:
    """Draw a round-headed tree: a fork, then leaves of paper, the lit ones on top."""
    spot, fork = Spot(canvas, at, tall), (0.02, -0.42)
    limbs = [ribbon([fork, (side, -0.62)], 0.04, 0.02) for side in (-0.14, 0.15)]
    spot.paper(ribbon([(0, 0), fork], 0.07, 0.045), *limbs, color=trunk, lift=3)
    for across, up, size, light in CROWNS:
        crown = circle((across, -up), size, 0.88)
        lower = mix(color, "#14241f", 0.22)
        spot.paper(crown, color=mix(color, LIT, light), lower=lower, lift=3)


def draw_areca(canvas: Canvas, foot: Point, tall: float, color: str) -> None:
    """Draw a slender palm."""
    spot, top = Spot(canvas, foot, tall), (0.05, -1.0)
    spot.paper(ribbon([(0, 0), (0.01, -0.5), top], 0.035, 0.025), color="#5b4034", lift=2)
    for turn in (-2.9, -2.3, -1.7, -1.1, -0.5, 0.1):
        across, up = math.cos(turn), math.sin(turn)
        middle = (top[0] + across * 0.18, top[1] + up * 0.2)
        end = (top[0] + across * 0.3, top[1] + up * 0.2 + 0.1)
        spot.paper(ribbon([top, middle, end], 0.05, 0.005), color=color, lift=2)


def draw_bamboo(canvas: Canvas, foot: Point, tall: float, color: str) -> None:
    """Draw a clump of bamboo: culms that bow at the tip."""
    for lean in (-0.2, 0.22, -0.08, 0.1, 0.0):
        high, shift = tall * canvas.chance.uniform(0.82, 1.05), lean * 60
        waist = (foot[0] + shift + lean * high * 0.35, foot[1] - high * 0.6)
        tip = (foot[0] + shift + lean * high * 1.1, foot[1] - high)
        culm = [(foot[0] + lean * 90, foot[1]), waist, tip]
        shade = mix(color, "#f3c79a", 0.12)
        canvas.paper(ribbon(culm, tall * 0.035, tall * 0.008), color=shade, lift=3, rim=0.35)
        _draw_joints(canvas, spline(culm), tall, color)


def _draw_joints(canvas: Canvas, culm: Sequence[Point], tall: float, color: str) -> None:
    blade = spline(points("0,0 0.5,-0.09 1,0 0.5,0.09"), closed=True)
    for joint in range(2, len(culm), 3):
        x, y = culm[joint]
        half = tall * 0.02 * (1 - 0.7 * joint / len(culm))
        canvas.tint(rectangle(x - half, y - 1.5, half * 2, 3), color="#140f1c", opacity=0.5)
        if joint < len(culm) * 0.4:
            continue
        for _ in range(3):
            turn = canvas.chance.uniform(-0.5, math.pi + 0.5)
            leaf = place(blade, (x, y), tall * canvas.chance.uniform(0.07, 0.13), turn)
            shade = mix(color, "#f3c79a", canvas.chance.uniform(0, 0.3))
            canvas.paper(leaf, color=shade, lift=2, rim=0.3)


def draw_branches(
    canvas: Canvas, foot: Point, length: float, turn: float, width: float
) -> list[Point]:
    """Draw a forking trunk and return the tips, where blossom sits."""
    bend = turn + canvas.chance.uniform(-0.18, 0.18)
    middle = (foot[0] + math.cos(bend) * length / 2, foot[1] + math.sin(bend) * length / 2)
    end = (foot[0] + math.cos(turn) * length, foot[1] + math.sin(turn) * length)
    limb = ribbon([foot, middle, end], width, width * 0.66)
    canvas.paper(limb, color="#4a2723", lower="#2f1a1c", lift=3)
    if length < 34:
        return [end]
    tips = [end] if length < 70 else []
    for side in (-1, 1):
        lean = turn + side * canvas.chance.uniform(0.3, 0.62)
        reach = length * canvas.chance.uniform(0.66, 0.8)
        tips += draw_branches(canvas, end, reach, lean, width * 0.66)
    return tips


def draw_spray(
    canvas: Canvas, foot: Point, length: float, turn: float, colors: Sequence[str]
) -> None:
    """Draw a forking branch in bloom."""
    for x, y in draw_branches(canvas, foot, length, turn, length * 0.2):
        for _ in range(3):
            at = (x + canvas.chance.uniform(-26, 26), y + canvas.chance.uniform(-22, 22))
            size = canvas.chance.uniform(9, 15)
            draw_flower(canvas, at, size, canvas.chance.choice(colors), "#b4384a")


def draw_flower(canvas: Canvas, center: Point, size: float, color: str, heart: str) -> None:
    """Draw an open flower of five petals."""
    spot = Spot(canvas, center, size)
    for petal in range(5):
        turn = math.tau * petal / 5 - math.pi / 2
        at = (math.cos(turn) * 0.55, math.sin(turn) * 0.55)
        shape = place(circle((0, 0), 1, 0.62), at, 0.56, turn)
        spot.paper(shape, color=mix(color, "#fff4dc", 0.08 * (petal % 3)), lift=1.6, rim=0.35)
    spot.paper(circle((0, 0), 0.26), color=heart, lift=1, rim=0)


def draw_orchid(canvas: Canvas, foot: Point, size: float, *, color: str, lean: float) -> None:
    """Draw a pot of orchids: strap leaves and two arching sprays of flowers."""
    spot = Spot(canvas, foot, size)
    for reach in (-0.95, 0.9, -0.6, 0.62, -0.25, 0.3):
        span = abs(reach)
        leaf = [(0, -0.35), (reach * 0.4, span * 0.3 - 1.1), (reach * 0.95, span * 0.35 - 0.85)]
        shade = mix("#2f5f4a", "#a8a552", span * 0.55)
        spot.paper(ribbon(leaf, 0.085, 0.01), color=shade, lift=3, rim=0.4)
    for side, reach in ((lean, 1.0), (-lean, 0.62)):
        arch = points("0.1,-1 0.42,-1.5 0.85,-1.38 1.05,-1.05")
        bent = [(x * side * (reach if step else 1), y * reach) for step, (x, y) in enumerate(arch)]
        stem = [(0, -0.35), *bent]
        spot.paper(ribbon(stem, 0.04, 0.02), color="#6c7d3f", lift=2)
        curve = spline(spot.set_down(stem)[0])
        for number in range(9):
            x, y = curve[len(curve) * (36 + number * 8) // 100 - 1]
            across = size * (0.06 if number % 2 else -0.05)
            at = (x + across * 0.6, y + across)
            draw_flower(canvas, at, size * (0.15 - number * 0.006), color, "#a83f3a")
    pot = points("-0.27,-0.38 0.27,-0.38 0.19,0 -0.19,0")
    spot.paper(pot, color="#c4633c", lower="#7f3426", lift=7)
    spot.paper(rectangle(-0.3, -0.44, 0.6, 0.09), color="#d98055", lower="#b4553a")


def draw_frond(canvas: Canvas, foot: Point, size: float, *, side: float, up: float) -> None:
    """Draw a clump of long leaves that grows up (1) or hangs down (-1), leaning to a side."""
    for turn in range(5):
        lean = side * (turn * 0.22 - 0.1)
        middle = (math.sin(lean * 0.6) * 0.6, -up * math.cos(lean * 0.6) * 0.66)
        leaf = ribbon([(0, 0), middle, (math.sin(lean), -up * math.cos(lean))], 0.13, 0.008)
        color = mix("#1c4a44", "#4f7a58", turn / 6)
        Spot(canvas, foot, size).paper(leaf, color=color, lower="#0f2a2c", lift=5, rim=0.3)


def draw_tufts(canvas: Canvas, first: Point, last: Point, count: int, color: str) -> None:
    """Strew small tufts of grass between two corners, larger towards the reader."""
    (left, top), (right, bottom) = first, last
    for _ in range(count):
        y = canvas.chance.uniform(top, bottom)
        x, size = canvas.chance.uniform(left, right), 7 + 13 * (y - top) / (bottom - top)
        for lean in (-0.5, 0.0, 0.5):
            blade = ribbon([(0, 0), (lean * 0.5, -0.6), (lean, -1)], 0.16, 0.04)
            Spot(canvas, (x, y), size).tint(blade, color=color, opacity=0.6)


def draw_fodder(canvas: Canvas) -> None:
    """Draw tall grass along the foot of the picture."""
    for _ in range(230):
        x, tall = canvas.chance.uniform(-20, WIDTH + 20), canvas.chance.uniform(40, 130)
        lean = canvas.chance.uniform(-0.45, 0.45) * tall
        base = HEIGHT + 10
        line = [(x, base + 2), (x + lean * 0.3, base - tall * 0.6), (x + lean, base - tall)]
        color = mix("#2f5c44", "#b9b85a", canvas.chance.random())
        canvas.paper(ribbon(line, 9, 0.5), color=color, lift=2, rim=0.3)
