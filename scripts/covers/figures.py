"""People seen from behind, beasts, birds, tools, clouds. Shapes are measured from the foot."""

from __future__ import annotations

import math

from covers.paper import (
    Canvas,
    Point,
    Spot,
    Station,
    circle,
    mix,
    points,
    rectangle,
    ribbon,
    road,
    spline,
    stations,
)

DARK = "#2a1a18"
BUFFALO_BODY = points(
    "98,-90 70,-101 20,-95 -40,-104 -76,-93 -98,-76 -90,-52 -70,-40 -20,-33 34,-36 70,-46 100,-58"
)
BUFFALO_HEAD = points(
    "-82,-90 -104,-84 -120,-62 -132,-40 -138,-22 -133,-8 -116,-7 -106,-22 -90,-38 -76,-60"
)
FORE_LEG = stations("-64,-62,34 -60,-40,22 -59,-24,14 -60,-7,11 -62,2,17")
HIND_LEG = stations("74,-76,50 80,-50,34 90,-30,16 85,-8,11 82,2,17")


def draw_pupil(canvas: Canvas, foot: Point, tall: float, coat: str) -> None:
    """Draw a small pupil seen from behind, with a cloth satchel."""
    spot = Spot(canvas, foot, tall)
    legs = (road([(side * 0.07, -0.4, 0.12), (side * 0.08, 0, 0.09)]) for side in (-1, 1))
    spot.paper(*legs, color="#2b2730", lift=2)
    _draw_arms(spot, points("0.11,-0.68 0.19,-0.52 0.18,-0.38"), mix(coat, DARK, 0.2))
    body = points("-0.09,-0.72 0.09,-0.72 0.14,-0.5 0.14,-0.33 -0.14,-0.33 -0.14,-0.5")
    spot.paper(spline(body, closed=True), color=coat, lower=mix(coat, DARK, 0.25), lift=3)
    strap = ribbon(points("-0.09,-0.7 0.1,-0.46"), 0.025, 0.025)
    spot.paper(strap, color="#f0d9a8", lift=1)
    bag = points("0.01,-0.5 0.19,-0.5 0.18,-0.33 0.02,-0.33")
    spot.paper(bag, color="#f0c26a", lower="#c98d3f", lift=2)
    spot.paper(circle((0, -0.84), 0.115, 1.08), color="#2a1a1c", lift=2)


def draw_villager(canvas: Canvas, foot: Point, tall: float, coat: str) -> None:
    """Draw a woman seen from behind: head cloth, dark jacket, pleated skirt with bands."""
    spot, shade = Spot(canvas, foot, tall), mix(coat, "#120d14", 0.3)
    legs = (road([(side * 0.06, -0.25, 0.09), (side * 0.06, 0, 0.065)]) for side in (-1, 1))
    spot.paper(*legs, color="#241f2a", lift=3)
    _draw_skirt(spot)
    _draw_arms(spot, points("0.09,-0.76 0.16,-0.62 0.13,-0.48"), shade)
    body = points("-0.08,-0.8 0.08,-0.8 0.11,-0.66 0.09,-0.5 -0.09,-0.5 -0.11,-0.66")
    spot.paper(spline(body, closed=True), color=coat, lower=shade, lift=3)
    spot.paper(rectangle(-0.09, -0.545, 0.18, 0.035), color="#c4633c", lift=1)
    spot.paper(circle((0, -0.88), 0.07, 1.1), color="#241a1e", lift=2)
    wrap = points("-0.1,-0.92 0,-0.985 0.1,-0.92 0.08,-0.885 -0.08,-0.885")
    spot.paper(spline(wrap, closed=True), color="#b4472f", lower="#7f2f2a", lift=3)


def _draw_arms(spot: Spot, arm: list[Point], color: str) -> None:
    arms = (ribbon([(side * x, y) for x, y in arm], 0.085, 0.06) for side in (-1, 1))
    spot.paper(*arms, color=color, lift=2)


def _draw_skirt(spot: Spot) -> None:
    skirt = points("-0.08,-0.52 0.08,-0.52 0.24,-0.2 -0.24,-0.2")
    spot.paper(skirt, color="#2f3e5c", lower="#20283f")
    for level, color in ((0.3, "#c4633c"), (0.26, "#f0c26a"), (0.22, "#b4472f")):
        half, low = 0.08 + 0.16 * (0.52 - level) / 0.32, level - 0.025
        band = [(-half, -level), (half, -level), (half * 1.06, -low), (-half * 1.06, -low)]
        spot.paper(band, color=color, lift=0, rim=0)
    for pleat in range(-4, 5):
        fold = ribbon([(pleat * 0.018, -0.52), (pleat * 0.055, -0.2)], 0.004, 0.006)
        spot.tint(fold, color="#0f1420", opacity=0.4)


def draw_buffalo(canvas: Canvas, foot: Point, size: float, color: str) -> None:
    """Draw a water buffalo at grass; a negative size makes it face the other way."""
    spot = Spot(canvas, foot, size)
    far, near = mix(color, "#0f0a0c", 0.35), mix(color, "#f3c79a", 0.14)
    spot.tint(circle((-10, 2), 118, 0.1), color="#1f2a1c", opacity=0.45, blur=6)
    spot.paper(_leg(FORE_LEG, 26), _leg(HIND_LEG, -26), color=far, lift=2)
    horn = ribbon(points("-88,-90 -88,-103 -70,-113 -48,-112 -30,-103"), 9, 1.5)
    spot.paper(horn, color="#a98a62", lift=2)
    tail = ribbon(points("100,-86 113,-66 109,-34"), 6, 3)
    spot.paper(tail, circle((109, -26), 5, 2), color=far, lift=2)
    spot.paper(_leg(FORE_LEG, 0), _leg(HIND_LEG, 0), color=color, lower=far, lift=3, rim=0.15)
    spot.paper(spline(BUFFALO_BODY, closed=True), color=near, lower=far, lift=0, rim=0.45)
    thigh = spline(points("56,-84 92,-84 98,-58 84,-40 64,-48"), closed=True)
    spot.tint(thigh, color=near, opacity=0.4, blur=5)
    spot.paper(spline(BUFFALO_HEAD, closed=True), color=near, lower=far, rim=0.45)
    ear = spline(points("-92,-80 -74,-76 -60,-66 -80,-66"), closed=True)
    spot.paper(ear, color=color, lower=far, lift=3)
    spot.paper(circle((-107, -62), 2.6), circle((-129, -19), 2), color="#17100f", lift=0, rim=0)
    horn = ribbon(points("-97,-85 -106,-101 -94,-115 -68,-119 -44,-111"), 11, 1.5)
    spot.paper(horn, color="#ecd6ab", lower="#b4956b", lift=3)


def _leg(leg: list[Station], shift: float) -> list[Point]:
    return road([(x + shift, y, wide) for x, y, wide in leg])


def draw_egret(canvas: Canvas, at: Point, size: float) -> None:
    """Draw a white bird on the wing."""
    wings = points(
        "-1,-0.5 -0.45,-0.42 0,0.05 0.5,-0.5 1.05,-0.62 0.5,-0.22 0.1,0.28 -0.12,0.28 -0.5,-0.16"
    )
    Spot(canvas, at, size).paper(spline(wings, closed=True), color="#fff4dc", lift=3)


def draw_standing_egret(canvas: Canvas, foot: Point, size: float) -> None:
    """Draw a white egret at rest."""
    spot = Spot(canvas, foot, size)
    legs = (ribbon([(step, -0.35), (step * 1.4, 0)], 0.022, 0.018) for step in (-0.04, 0.06))
    spot.paper(*legs, color="#3b3230", lift=1)
    body = spline(points("-0.2,-0.5 0.02,-0.56 0.36,-0.3 0.05,-0.3"), closed=True)
    spot.paper(body, color="#fffaf0", lower="#ecd9bb", lift=3)
    neck = ribbon(points("-0.14,-0.46 -0.26,-0.64 -0.12,-0.8 -0.24,-0.94"), 0.11, 0.07)
    spot.paper(neck, color="#fffaf0", lift=2)
    spot.paper(points("-0.24,-0.98 -0.5,-0.9 -0.24,-0.9"), color="#e0953a", lift=1)


def draw_plough(canvas: Canvas, at: Point, size: float) -> None:
    """Draw a wooden plough at rest: beam, handle, share."""
    spot, wood, dark = Spot(canvas, at, size), "#8a4f33", "#5b2b26"
    spot.paper(ribbon(points("-0.42,-0.74 -0.1,0.02"), 0.09, 0.09), color=dark, lift=3)
    beam = ribbon(points("-2.6,-0.75 -1.4,-1 -0.3,-0.72 0.45,-0.1"), 0.13, 0.16)
    spot.paper(beam, color=wood, lower=dark, lift=6)
    handle = ribbon(points("0.1,0.12 0.5,-0.5 0.72,-1.2 1.1,-1.55"), 0.2, 0.1)
    spot.paper(handle, color=mix(wood, "#f3c79a", 0.15), lower=dark, lift=6)
    share = points("-0.85,0.3 0.2,-0.08 0.42,0.12 0.1,0.32")
    spot.paper(share, color="#b9b3a5", lower="#6c6a66")


def draw_hat(canvas: Canvas, at: Point, size: float) -> None:
    """Draw a conical hat of palm leaf laid on the ground."""
    spot = Spot(canvas, at, size)
    half = [(math.cos(math.pi * s / 12), math.sin(math.pi * s / 12)) for s in range(13)]
    cone = points("-1,0 -0.1,-0.72 0.1,-0.72 1,0")
    spot.paper([*cone, *((x, y * 0.16) for x, y in half)], color="#f6e3b4", lower="#cfa468", lift=6)
    for ring in range(1, 6):
        share = ring / 6
        line = [(x * share, y * 0.14 * share - 0.75 * (1 - share)) for x, y in half]
        spot.tint(ribbon(line, 0.017, 0.017), color="#8a5a33", opacity=0.5)


def draw_cloud(canvas: Canvas, at: Point, wide: float, color: str) -> None:
    """Draw a paper cloud: round above, flat below."""
    puffs = ((-0.34, 0.09), (-0.15, 0.15), (0.08, 0.19), (0.28, 0.12), (0.42, 0.06))
    shapes = [circle((across, -size * 0.55), size) for across, size in puffs]
    shapes.append(spline(points("-0.52,0 -0.3,-0.08 0.4,-0.08 0.58,0 0,0.06"), closed=True))
    Spot(canvas, at, wide).paper(*shapes, color=color, lower=mix(color, "#f3c79a", 0.35), lift=8)


def draw_gust(canvas: Canvas, start: Point, wide: float, curl: float) -> None:
    """Draw a breath of wind that ends in a curl."""
    x, y = start
    line = [(x + wide * s / 8, y + math.sin(s / 8 * math.tau) * curl * 0.4) for s in range(8)]
    for step in range(14):
        angle, radius = math.pi / 2 - step * 0.42, curl * (1 - step / 17)
        line.append((x + wide + math.cos(angle) * radius, y - curl + math.sin(angle) * radius))
    canvas.paper(ribbon(line, 2, 8), color="#fff8e6", lift=4, rim=0)
