"""The way of a grain of rice: where it grows, how it travels, where it is bought."""

from __future__ import annotations

from PIL import Image

from covers import buildings, figures, land, objects, plants
from covers.paper import Canvas, Point, circle, points, rectangle, ribbon, spline, stations


def draw_paddy() -> Image.Image:
    """Ripe rice in a plain: egrets among it, palms on the horizon."""
    canvas = Canvas("#8fc0c4", "#fdf0cc", seed=211)
    canvas.glow((1150, 300), 560, "#fff6d8", 0.95)
    land.lay_sun(canvas, (1150, 290), 90, "#fff3cf", "#ffd58a")
    for x, y, wide in stations("330,190,320 730,270,220"):
        figures.draw_cloud(canvas, (x, y), wide, "#fff8e8")
    land.lay_ground(canvas, "-60,500 500,480 1100,495 1660,475", "#8fb08a", "#7fa070", rough=6)
    for x, y, tall in stations("110,540,210 230,545,170 1330,540,230 1450,545,190 1560,540,240"):
        plants.draw_areca(canvas, (x, y), tall, "#4f8a63")
    land.lay_ground(canvas, "-60,545 800,535 1660,548", "#e9c163", "#c9973f", rough=2)
    for row in range(16):
        y = 560 + row * 15 + row * row * 1.4
        line = ribbon([(-60, y), (800, y - 5), (1660, y + 2)], 2.5, 4)
        canvas.tint(line, color="#9a7430", opacity=0.32)
    for x, y, size in stations("430,800,120 610,745,90 1120,830,140"):
        figures.draw_standing_egret(canvas, (x, y), size)
    for y, count, color in ((850, 60, "#c9973f"), (930, 70, "#a8863c"), (1010, 80, "#7f7a3c")):
        plants.draw_tufts(canvas, (0, y), (1600, y + 70), count, color)
    for x, y, size in stations("520,360,34 610,400,26"):
        figures.draw_egret(canvas, (x, y), size)
    return canvas.finish()


def draw_rice_boat() -> Image.Image:
    """One boat heaped with sacks on a canal between two green banks."""
    canvas = Canvas("#f3b889", "#fdf0cf", seed=223)
    canvas.glow((800, 380), 640, "#fff3c8", 0.95)
    land.lay_ground(canvas, "-60,430 400,415 800,438 1200,412 1660,430", "#9fae7c", "#7f9a6c")
    for x, y, tall in stations("90,470,260 230,478,200 1310,474,230 1440,480,290 1560,474,220"):
        plants.draw_areca(canvas, (x, y), tall, "#5f8f63")
    buildings.draw_house(canvas, (430, 480), 250, roof="#c99a52", wall="#b98250")
    land.lay_ground(canvas, "-60,490 1660,490", "#f0cfa0", "#7fa3a0", rough=0, lift=4)
    river = stations("800,500,900 800,660,1500 800,860,2000 800,1120,2600")
    land.draw_ripples(canvas, river, 120)
    objects.draw_boat(canvas, (790, 790), 980, 13)
    for x, y, size in stations("20,1080,240 240,1100,150 1590,1080,250 1380,1100,150"):
        plants.draw_frond(canvas, (x, y), size, side=1 if x < 800 else -1, up=1)
    return canvas.finish()


def draw_rice_shop() -> Image.Image:
    """A shop in a street of the town: a price for everybody, baskets of rice, sacks."""
    canvas = Canvas("#f0c49a", "#fdf0d0", seed=227)
    canvas.glow((800, 280), 640, "#fff6dc", 0.95)
    for number, (wall, tall) in enumerate(zip(_WALLS, _HEIGHTS, strict=True)):
        objects.draw_townhouse(canvas, (-60 + number * 350, 860), 345, tall, wall)
    land.lay_ground(canvas, "-60,862 800,856 1660,862", "#d9b48a", "#9a7358", rough=1)
    left, right = 430, 1180
    canvas.paper(rectangle(left, 860, right - left, 70), color="#a8693f", lower="#6b3d2a", lift=9)
    for number in range(5):
        x = left + 82 + number * 146
        canvas.paper(circle((x, 836), 66, 0.62), color="#fffaf0", lower="#e2d6bc", lift=3)
        side = [(x + across, y) for across, y in points("-80,834 80,834 58,884 -58,884")]
        canvas.paper(side, color="#d9b072", lower="#a87b45", lift=5)
    awning = [(left - 70, 700), (left + 20, 590), (right - 20, 590), (right + 70, 700)]
    canvas.paper(awning, color="#c23a2c", lower="#8a2a22", lift=12)
    for number in range(0, 9, 2):
        low, high = (right - left + 140) / 9, (right - left - 40) / 9
        first, top = left - 70 + number * low, left + 20 + number * high
        stripe = [(first, 700), (top, 590), (top + high, 590), (first + low, 700)]
        canvas.paper(stripe, color="#fdf0d0", lower="#ead9b4", lift=0, rim=0)
    for x in (left - 30, right + 16):
        canvas.paper(rectangle(x, 690, 14, 250), color="#5b3328", lift=6)
    for x, y, wide in stations("180,1010,150 340,1030,160 250,930,140 1300,1020,150 1450,1000,140"):
        _draw_sack(canvas, (x, y), wide)
    return canvas.finish()


def _draw_sack(canvas: Canvas, at: Point, wide: float) -> None:
    shape = points("-0.5,0 -0.54,-0.5 -0.4,-0.78 0,-0.86 0.4,-0.78 0.54,-0.5 0.5,0")
    sack = spline([(at[0] + x * wide, at[1] + y * wide) for x, y in shape], closed=True)
    canvas.paper(sack, color="#ecd9b0", lower="#b8966a", lift=8)
    tie = ribbon(
        [(at[0] - wide * 0.36, at[1] - wide * 0.68), (at[0] + wide * 0.36, at[1] - wide * 0.68)],
        3,
        3,
    )
    canvas.tint(tie, color="#8a5a34", opacity=0.7)


_WALLS = ("#d9a860", "#e8c690", "#c98a6c", "#e3b765", "#d9c6a0")
_HEIGHTS = (560, 620, 585, 640, 600)
