"""Things that a story turns on: a border stone, a bridge, a boat, a fiddle, a notebook."""

from __future__ import annotations

import math

from covers.paper import (
    Canvas,
    Point,
    Spot,
    circle,
    mix,
    place,
    points,
    rectangle,
    ribbon,
    road,
    spline,
)

DARK = "#2a1a18"
PAGE = "#fff6e2"


def draw_soldier(canvas: Canvas, foot: Point, tall: float, coat: str = "#4a6640") -> None:
    """Draw a border guard seen from behind: pack on the back, soft hat."""
    spot, shade = Spot(canvas, foot, tall), mix(coat, DARK, 0.35)
    legs = (road([(side * 0.055, -0.46, 0.1), (side * 0.07, 0, 0.07)]) for side in (-1, 1))
    spot.paper(*legs, color=shade, lift=3)
    arm = points("0.1,-0.77 0.16,-0.62 0.14,-0.46")
    arms = (ribbon([(side * x, y) for x, y in arm], 0.08, 0.055) for side in (-1, 1))
    spot.paper(*arms, color=mix(coat, DARK, 0.18), lift=2)
    body = points("-0.1,-0.8 0.1,-0.8 0.13,-0.66 0.11,-0.44 -0.11,-0.44 -0.13,-0.66")
    spot.paper(spline(body, closed=True), color=coat, lower=shade, lift=3)
    pack = points("-0.1,-0.77 0.1,-0.77 0.12,-0.52 0,-0.49 -0.12,-0.52")
    spot.paper(spline(pack, closed=True), color="#8a7a4c", lower="#5b5236", lift=4)
    flap = points("-0.1,-0.77 0.1,-0.77 0.1,-0.68 -0.1,-0.68")
    spot.paper(flap, color="#a08f5c", lift=2)
    spot.paper(circle((0, -0.88), 0.065, 1.1), color="#241a1e", lift=2)
    spot.paper(circle((0, -0.91), 0.12, 0.24), color=shade, lift=3)
    crown = points("-0.075,-0.91 -0.06,-0.985 0.06,-0.985 0.075,-0.91")
    spot.paper(spline(crown, closed=True), color=coat, lower=shade, lift=2)


def draw_thai_woman(canvas: Canvas, foot: Point, tall: float, blouse: str) -> None:
    """Draw a Thái woman seen from behind: embroidered head cloth, short blouse, long dark skirt."""
    spot, shade = Spot(canvas, foot, tall), mix(blouse, DARK, 0.3)
    skirt = points("-0.08,-0.52 0.08,-0.52 0.14,-0.3 0.13,-0.02 -0.13,-0.02 -0.14,-0.3")
    spot.paper(spline(skirt, closed=True), color="#2b2a3a", lower="#17161f", lift=4)
    arm = points("0.09,-0.77 0.15,-0.63 0.12,-0.5")
    arms = (ribbon([(side * x, y) for x, y in arm], 0.075, 0.05) for side in (-1, 1))
    spot.paper(*arms, color=shade, lift=2)
    body = points("-0.08,-0.8 0.08,-0.8 0.11,-0.68 0.085,-0.5 -0.085,-0.5 -0.11,-0.68")
    spot.paper(spline(body, closed=True), color=blouse, lower=shade, lift=3)
    spot.paper(rectangle(-0.085, -0.53, 0.17, 0.035), color="#3f8a6c", lift=1)
    spot.paper(circle((0, -0.88), 0.068, 1.1), color="#241a1e", lift=2)
    wrap = points("-0.1,-0.92 0,-0.99 0.1,-0.92 0.085,-0.88 -0.085,-0.88")
    spot.paper(spline(wrap, closed=True), color="#34456b", lower="#1f2a48", lift=3)
    tail = points("0.03,-0.9 0.1,-0.9 0.12,-0.7 0.05,-0.7")
    spot.paper(tail, color="#34456b", lower="#1f2a48", lift=3)
    spot.paper(rectangle(0.05, -0.73, 0.07, 0.03), color="#d8352a", lift=0, rim=0)


def draw_border_stone(canvas: Canvas, foot: Point, tall: float) -> None:
    """Draw a boundary stone on its plinth, without a number."""
    spot = Spot(canvas, foot, tall)
    spot.paper(rectangle(-0.36, -0.14, 0.72, 0.16), color="#c9bfae", lower="#9a8f80", lift=6)
    spot.paper(rectangle(-0.27, -0.24, 0.54, 0.12), color="#d9d0be", lower="#aaa090", lift=4)
    side = points("0.16,-0.97 0.23,-0.92 0.25,-0.24 0.2,-0.22")
    spot.paper(side, color="#9a8f80", lower="#7f766a", lift=5)
    front = points("-0.17,-0.96 0,-1.02 0.17,-0.96 0.21,-0.22 -0.21,-0.22")
    spot.paper(front, color="#efe6d2", lower="#c9bfae", lift=5)
    spot.paper(circle((0, -0.76), 0.085), color="#c23a2c", lower="#a52f26", lift=1)
    for row in range(3):
        line = rectangle(-0.1, -0.58 + row * 0.09, 0.2, 0.025)
        spot.tint(line, color="#6b5a4c", opacity=0.5)


def draw_bridge(canvas: Canvas, left: Point, right: Point, thick: float) -> None:
    """Draw a bridge of stone piers and an iron rail from bank to bank."""
    (x1, y1), (x2, y2) = left, right
    for share in (0.27, 0.73):
        x, y = x1 + (x2 - x1) * share, y1 + (y2 - y1) * share
        pier = [(x - thick * 0.7, y), (x + thick * 0.7, y), (x + thick, y + 260)]
        pier.append((x - thick, y + 260))
        canvas.paper(pier, color="#a38c7c", lower="#5f5450", lift=8)
    deck = [(x1, y1), (x2, y2), (x2, y2 + thick), (x1, y1 + thick)]
    canvas.paper(deck, color="#c4a88c", lower="#8a6f5f", lift=10)
    for rail in (1.0, 1.75):
        line = [(x1, y1 - thick * rail), (x2, y2 - thick * rail)]
        canvas.paper(ribbon(line, 6, 6), color="#5b4a48", lift=3)
    posts = 22
    for number in range(posts + 1):
        share = number / posts
        x, y = x1 + (x2 - x1) * share, y1 + (y2 - y1) * share
        post = rectangle(x - 3, y - thick * 1.9, 6, thick * 1.95)
        canvas.paper(post, color="#6b5856", lift=3)


def draw_townhouse(canvas: Canvas, at: Point, wide: float, tall: float, wall: str) -> None:
    """Draw an old shop house: tiled roof, shuttered upper floor, open shop; `at` is lower left."""
    spot = Spot(canvas, at, wide)
    high = tall / wide
    spot.paper(rectangle(0, -high, 1, high), color=wall, lower=mix(wall, DARK, 0.22), lift=6)
    spot.paper(rectangle(0.1, -0.72, 0.8, 0.72), color="#4a2c24", lower="#2f1c1a", lift=1)
    for left in (0.24, 0.6):
        window = rectangle(left - 0.06, -high + 0.26, 0.26, high - 1.28)
        spot.paper(window, color="#4f7a6c", lower="#3a5f56", lift=2)
        for slat in range(1, 9):
            level = -high + 0.26 + (high - 1.28) * slat / 9
            spot.tint(rectangle(left - 0.06, level, 0.26, 0.012), color="#1f332f", opacity=0.5)
        spot.tint(
            rectangle(left + 0.065, -high + 0.26, 0.012, high - 1.28), color=DARK, opacity=0.6
        )
    spot.paper(rectangle(-0.02, -0.96, 1.04, 0.09), color=mix(wall, "#fff4dc", 0.5), lift=5)
    for baluster in range(12):
        post = rectangle(0.03 + baluster * 0.083, -1.1, 0.025, 0.15)
        spot.paper(post, color=mix(wall, "#fff4dc", 0.35), lift=2)
    spot.paper(rectangle(0, -1.13, 1, 0.035), color=mix(wall, "#fff4dc", 0.5), lift=3)
    roof = points("-0.05,0.05 0.1,-0.2 0.9,-0.2 1.05,0.05")
    spot.paper([(x, y - high) for x, y in roof], color="#b0603f", lower="#7f3a2a", lift=7)
    for tile in range(1, 20):
        share = tile / 20
        line = [(0.1 + 0.8 * share, -high - 0.2), (1.1 * share - 0.05, -high + 0.05)]
        spot.tint(ribbon(line, 0.006, 0.01), color="#4b1f1a", opacity=0.35)


def draw_silk(canvas: Canvas, at: Point, wide: float, deep: float, color: str) -> None:
    """Hang a length of silk in soft folds; `at` is its upper left corner."""
    spot = Spot(canvas, at, wide)
    low = deep / wide
    hem = [(x / 12, low + 0.04 * math.sin(x * 1.7)) for x in range(12, -1, -1)]
    spot.paper([(0, 0), (1, 0), *hem], color=mix(color, "#fff4dc", 0.25), lower=color, lift=5)
    for fold in range(1, 6):
        x = fold / 6
        line = ribbon([(x, 0.02), (x + 0.03, low * 0.5), (x - 0.02, low)], 0.02, 0.05)
        spot.tint(line, color=mix(color, DARK, 0.5), opacity=0.28, blur=1)


def draw_notebook(canvas: Canvas, at: Point, size: float) -> None:
    """Draw an open exercise book lying on the ground, ruled, with lines of writing."""
    spot = Spot(canvas, at, size)
    cover = points("-1.08,0.1 -0.82,-0.5 0.82,-0.5 1.08,0.1 0,0.17")
    spot.paper(cover, color="#7f4a33", lower="#5b2b26", lift=12)
    for side in (-1, 1):
        sheet = points("0,-0.46 0.4,-0.53 0.78,-0.47 1.02,0.06 0.5,0.02 0,0.12")
        sheet = [(side * x, y) for x, y in sheet]
        spot.paper(sheet, color=PAGE, lower="#ecd9b4", lift=4)
        for row in range(6):
            share = row / 7 + 0.1
            x1, x2 = 0.07, (0.76 + 0.24 * share) * 0.93
            y = -0.48 + share * 0.56
            rule = [(side * x1, y + 0.03), (side * x2 * 0.5, y - 0.015), (side * x2, y)]
            spot.tint(ribbon(rule, 0.006, 0.006), color="#8aa3b4", opacity=0.7)
            if side < 0 or row < 4:
                _draw_writing(spot, side, y, 0.1, x2)


def _draw_writing(spot: Spot, side: int, level: float, first: float, last: float) -> None:
    """Draw one line of handwriting as small waves, word by word."""
    start = min(side * first, side * last)
    length, x = last - first, 0.0
    while x < length - 0.09:
        word = spot.canvas.chance.uniform(0.06, 0.13)
        wave = [
            (start + x + word * step / 8, level - 0.012 - 0.014 * (step % 2)) for step in range(9)
        ]
        spot.tint(ribbon(wave, 0.01, 0.008), color="#2f3a5c", opacity=0.85)
        x += word + 0.035


def draw_pencil(canvas: Canvas, at: Point, size: float, turn: float) -> None:
    """Draw a pencil lying down, its point to the left before it is turned."""
    parts = (
        (points("-0.78,-0.035 0.9,-0.035 0.9,0.035 -0.78,0.035"), "#d99a3e"),
        (points("-0.78,-0.035 -0.94,0 -0.78,0.035"), "#f3d9a0"),
        (points("-0.9,-0.012 -1,0 -0.9,0.012"), "#2a1a18"),
        (points("0.9,-0.035 1,-0.035 1,0.035 0.9,0.035"), "#b4472f"),
    )
    for shape, color in parts:
        turned = place(shape, at, size, turn)
        canvas.paper(turned, color=color, lower=mix(color, DARK, 0.2), lift=4)


def draw_fiddle(canvas: Canvas, at: Point, size: float, turn: float) -> None:
    """Draw a two-string fiddle: sound box below, pegs above, bow across."""
    wood, dark = "#8a4a2c", "#4a2620"

    def lay(shape: list[Point], color: str, lower: str, lift: float) -> None:
        canvas.paper(place(shape, at, size, turn), color=color, lower=lower, lift=lift)

    lay(rectangle(-0.022, -1.15, 0.044, 1.2), wood, dark, 8)
    for level in (-1.0, -0.86):
        lay(ribbon([(-0.03, level), (0.2, level - 0.03)], 0.05, 0.035), dark, dark, 4)
    lay(circle((0, -1.17), 0.05), wood, dark, 4)
    lay(spline(points("-0.17,-0.1 0.17,-0.1 0.2,0.16 -0.2,0.16"), closed=True), wood, dark, 10)
    lay(circle((0, 0.03), 0.125), "#e8c690", "#c99a5a", 3)
    for x in (-0.012, 0.014):
        canvas.tint(
            place(ribbon([(x, -0.98), (x * 1.6, 0.05)], 0.007, 0.007), at, size, turn),
            color="#fff6e2",
            opacity=0.9,
        )
    bow = spline(points("-0.34,-0.1 -0.2,-0.4 0.3,-0.62 0.56,-0.52"))
    lay(ribbon(bow[::6], 0.03, 0.022), dark, dark, 8)
    hair = ribbon([(-0.34, -0.1), (0.56, -0.52)], 0.014, 0.01)
    lay(hair, "#fff0d0", "#e8d2a8", 3)


def draw_basin(canvas: Canvas, at: Point, size: float) -> None:
    """Draw a brass basin set on the ground."""
    spot = Spot(canvas, at, size)
    bowl = points("-1,-0.42 1,-0.42 0.72,0.2 0.4,0.3 -0.4,0.3 -0.72,0.2")
    spot.paper(bowl, color="#e0a845", lower="#8a5a24", lift=12)
    spot.paper(circle((0, -0.42), 1.04, 0.3), color="#f3c766", lower="#c98d3a", lift=3)
    spot.paper(circle((0, -0.4), 0.88, 0.24), color="#8f6128", lower="#d9a441", lift=0)
    shine = ribbon(points("-0.74,-0.2 -0.62,0.08 -0.45,0.2"), 0.07, 0.02)
    spot.tint(shine, color="#fff4c8", opacity=0.6, blur=2)


def draw_boat(canvas: Canvas, at: Point, wide: float, sacks: int) -> None:
    """Draw a river boat heaped with rice sacks; a negative width turns it round."""
    spot = Spot(canvas, at, wide)
    for sack in range(sacks):
        row, column = divmod(sack, 5) if sack < 5 else (1 + (sack - 5) // 4, (sack - 5) % 4)
        x, y = -0.24 + column * 0.115 + row * 0.055, -0.1 - row * 0.075
        shape = points("-0.06,0.04 -0.065,-0.02 -0.03,-0.045 0.04,-0.04 0.065,-0.01 0.06,0.04")
        bag = [(x + px, y + py) for px, py in spline(shape, closed=True)]
        tone = ("#ecd9b0", "#dfc690", "#f3e4c0")[(sack * 2 + row) % 3]
        spot.paper(bag, color=tone, lower=mix(tone, "#8a6a45", 0.4), lift=4)
    cabin = spline(points("0.3,-0.06 0.32,-0.24 0.45,-0.28 0.56,-0.22 0.58,-0.06"), closed=True)
    spot.paper(cabin, color="#9a7048", lower="#5f4030", lift=5)
    hull = points("-0.66,-0.15 -0.42,-0.06 0.5,-0.07 0.72,-0.17 0.56,0.07 0.3,0.12 -0.36,0.12")
    spot.paper(spline(hull, closed=True), color="#8a4f33", lower="#4a2a24", lift=8)
    strake = ribbon(points("-0.6,-0.09 -0.3,0 0.4,0 0.64,-0.09"), 0.02, 0.02)
    spot.tint(strake, color="#f0c26a", opacity=0.8)
    spot.paper(circle((-0.55, -0.06), 0.022), color="#fff4dc", lift=1, rim=0)
    wake = ribbon(points("-0.62,0.13 0,0.16 0.72,0.13"), 0.012, 0.02)
    spot.tint(wake, color="#fff4dc", opacity=0.6)


def draw_microscope(canvas: Canvas, foot: Point, tall: float) -> None:
    """Draw a brass microscope; `foot` is the middle of its base."""
    spot = Spot(canvas, foot, tall)
    brass, dark = "#d9a441", "#2b3038"
    base = points("-0.28,-0.02 -0.2,-0.1 0.2,-0.1 0.28,-0.02 0.28,0.02 -0.28,0.02")
    spot.paper(base, color="#4a525c", lower=dark, lift=9)
    arm = ribbon(points("0.12,-0.08 0.26,-0.32 0.2,-0.6 0.02,-0.7"), 0.1, 0.09)
    spot.paper(arm, color="#4a525c", lower=dark, lift=6)
    spot.paper(rectangle(-0.2, -0.34, 0.36, 0.045), color="#5b6470", lower=dark, lift=4)
    spot.paper(circle((-0.03, -0.19), 0.06, 0.6), color="#cfe0e0", lower="#7f9aa0", lift=2)
    tube = place(rectangle(-0.06, -0.42, 0.12, 0.5), (-0.02, -0.52), 1, -0.12)
    spot.paper(tube, color=mix(brass, "#fff4dc", 0.3), lower=mix(brass, DARK, 0.25), lift=6)
    lens = place(rectangle(-0.035, 0.06, 0.07, 0.1), (-0.02, -0.52), 1, -0.12)
    eye = place(rectangle(-0.045, -0.5, 0.09, 0.1), (-0.02, -0.52), 1, -0.12)
    spot.paper(lens, eye, color="#3b424c", lower=dark, lift=4)
    spot.paper(circle((0.2, -0.46), 0.05), circle((0.24, -0.3), 0.04), color=brass, lift=4)


def draw_flask(canvas: Canvas, foot: Point, tall: float, color: str) -> None:
    """Draw a glass flask with a little liquid in it."""
    spot = Spot(canvas, foot, tall)
    glass = points("-0.09,-1 0.09,-1 0.09,-0.62 0.4,-0.06 0.34,0 -0.34,0 -0.4,-0.06 -0.09,-0.62")
    spot.paper(glass, color="#e8f0ea", lower="#b8cfcc", lift=5)
    liquid = points("-0.25,-0.33 0.25,-0.33 0.38,-0.08 0.33,-0.02 -0.33,-0.02 -0.38,-0.08")
    spot.paper(liquid, color=mix(color, "#fff4dc", 0.2), lower=color, lift=0)
    spot.paper(rectangle(-0.12, -1.03, 0.24, 0.07), color="#d9c9a8", lift=2)


def draw_pheasant(canvas: Canvas, foot: Point, size: float) -> None:
    """Draw a dark blue pheasant in profile: red face, white crest, drooping tail."""
    spot = Spot(canvas, foot, size)
    legs = (
        ribbon([(x, -0.36), (x - 0.02, -0.14), (x + 0.02, 0)], 0.04, 0.03) for x in (-0.1, 0.06)
    )
    spot.paper(*legs, color="#c23a2c", lift=2)
    for drop in range(4):
        end = (0.98 - drop * 0.06, -0.18 + drop * 0.075)
        plume = ribbon([(0.26, -0.56), (0.66, -0.62 + drop * 0.1), end], 0.13, 0.03)
        spot.paper(plume, color=mix("#233a6b", "#6f90c4", drop * 0.13), lower="#141f3c", lift=3)
    body = points("-0.36,-0.7 -0.22,-0.78 0.1,-0.72 0.4,-0.56 0.26,-0.38 -0.02,-0.31 -0.27,-0.42")
    spot.paper(spline(body, closed=True), color="#3b5a9c", lower="#18254a", lift=6)
    for row in range(3):
        for column in range(6 - row):
            at = (-0.14 + column * 0.085 + row * 0.035, -0.64 + row * 0.075)
            spot.paper(circle(at, 0.052, 0.7), color="#5577b4", lower="#233a6b", lift=1, rim=0.5)
    neck = spline(points("-0.36,-0.54 -0.2,-0.72 -0.3,-0.94 -0.43,-0.98 -0.5,-0.9"), closed=True)
    spot.paper(neck, color="#35528f", lower="#1d2d5a", lift=4)
    spot.paper(circle((-0.43, -0.945), 0.095), color="#2f4a85", lower="#1d2d5a", lift=3)
    spot.paper(circle((-0.465, -0.935), 0.065), color="#cf3a2c", lift=1)
    spot.paper(circle((-0.475, -0.95), 0.02), color="#120d14", lift=0, rim=0)
    crest = spline(points("-0.42,-1.03 -0.33,-1.08 -0.27,-1.02 -0.36,-0.98"), closed=True)
    spot.paper(crest, color="#f7f0e0", lift=2)
    spot.paper(points("-0.51,-0.96 -0.61,-0.915 -0.51,-0.9"), color="#e8c98a", lift=1)


def draw_crane(canvas: Canvas, at: Point, size: float) -> None:
    """Draw a crane in flight: neck out in front, legs behind."""
    spot = Spot(canvas, at, size)
    legs = ribbon(points("0.3,0.06 0.75,0.1 1.1,0.08"), 0.05, 0.03)
    spot.paper(legs, color="#8a5a4c", lift=2)
    far = spline(points("-0.05,0 0.2,-0.62 0.5,-0.86 0.42,-0.4 0.26,0.04"), closed=True)
    spot.paper(far, color="#b9bcc0", lower="#6c7480", lift=2)
    body = spline(points("-0.4,-0.03 0,-0.09 0.38,0.05 0.1,0.13 -0.2,0.09"), closed=True)
    spot.paper(body, color="#f3efe6", lower="#c4c6c8", lift=3)
    neck = ribbon(points("-0.34,0.01 -0.7,-0.07 -1,-0.06"), 0.09, 0.05)
    spot.paper(neck, color="#eeeae0", lift=2)
    spot.paper(circle((-1, -0.065), 0.05), color="#c23a2c", lift=1)
    spot.paper(points("-1.04,-0.09 -1.22,-0.05 -1.04,-0.035"), color="#6b5a4c", lift=1)
    near = points("-0.24,-0.02 -0.3,-0.5 -0.55,-0.95 0.02,-0.62 0.24,0")
    spot.paper(spline(near, closed=True), color="#fbf7ee", lower="#c4c6c8", lift=5)
    tip = spline(points("-0.4,-0.68 -0.55,-0.95 -0.2,-0.77"), closed=True)
    spot.paper(tip, color="#4a5560", lift=0)
