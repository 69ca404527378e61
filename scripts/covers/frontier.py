"""Pictures of the northwest: border, bridge, fields. One function each, from the sky down."""

from __future__ import annotations

from PIL import Image

from covers import buildings, figures, land, objects, plants
from covers.paper import WIDTH, Canvas, circle, points, road, stations


def draw_leng_su_sin() -> Image.Image:
    """Nightfall at a small post: a lit house under its flag, hamlet lights far off."""
    canvas = Canvas("#1d2a4f", "#e08a5c", shade="#0c1022", seed=71)
    canvas.glow((1180, 560), 620, "#ffb474", 0.75)
    for _ in range(60):
        at = (canvas.chance.uniform(0, WIDTH), canvas.chance.uniform(0, 300))
        canvas.tint(circle(at, canvas.chance.uniform(0.8, 2)), color="#fff4dc", opacity=0.7)
    far = "-60,470 240,330 540,480 860,350 1160,500 1440,380 1660,470"
    middle = "-60,560 300,460 660,590 1000,480 1340,600 1660,490"
    near = "-60,600 380,680 760,590 1180,700 1660,610"
    ranges = ((far, "#8a5a6b", 13), (middle, "#55416b", 13), (near, "#37325a", 11))
    land.lay_ranges(canvas, "#c98070", *ranges)
    for x, y in points("180,588 240,602 1330,640 1390,628 1450,650 820,560"):
        canvas.glow((x, y), 34, "#ffd98a", 0.8)
        canvas.tint(circle((x, y), 3), color="#fff3c4", opacity=1)
    land.lay_ground(canvas, "-60,760 420,740 900,715 1300,735 1660,790", "#2f3f4f", "#1c2838")
    for x, y, tall in stations("120,770,260 230,775,330 1450,785,340 1540,800,270 330,765,190"):
        plants.draw_pine(canvas, (x, y), tall, "#22383f")
    canvas.glow((760, 690), 300, "#ffb45c", 0.55)
    buildings.draw_house(canvas, (600, 742), 320, roof="#4a342f", wall="#7f5138")
    buildings.draw_flag(canvas, (1010, 745), 270)
    path = stations("770,748,36 790,800,64 730,880,110 800,980,190 700,1120,340")
    canvas.paper(road(path), color="#c98d5c", lower="#6b4a44", lift=4)
    canvas.glow((770, 780), 220, "#ffc873", 0.4)
    low = "-60,880 300,910 520,1010 640,1090"
    land.lay_ground(canvas, low, "#1f2f3a", "#131c28", rough=6)
    land.lay_ground(canvas, "900,1090 1120,960 1400,900 1660,870", "#1f2f3a", "#131c28", rough=6)
    objects.draw_soldier(canvas, (790, 985), 250, "#4f6647")
    for x, y, tall in stations("1560,1090,520 1430,1100,360 40,1090,430 170,1100,280"):
        plants.draw_pine(canvas, (x, y), tall, "#182b32")
    return canvas.finish()


def draw_pa_u() -> Image.Image:
    """New wooden houses above terraces; border guards on the way up past a boundary stone."""
    canvas = Canvas("#9cc4c0", "#fdeac4", seed=73)
    canvas.glow((980, 270), 600, "#fff6d8", 0.9)
    far = "-60,400 240,270 560,430 880,230 1200,410 1480,280 1660,390"
    middle = "-60,500 300,390 640,520 1020,400 1340,520 1660,430"
    ranges = ((far, "#8fb0ac", 15), (middle, "#64928a", 13))
    land.lay_ranges(canvas, "#fbeacb", *ranges)
    for x, y, wide in stations("300,330,280 1290,330,320 760,400,230"):
        figures.draw_cloud(canvas, (x, y), wide, "#fff8e8")
    land.lay_ground(canvas, "-60,560 420,520 900,545 1300,500 1660,540", "#6f9468", "#4f7a5a")
    for x, y, wide in stations("520,560,140 700,548,150 890,566,140 1080,548,150 1270,560,140"):
        plants.draw_tree(canvas, (x - 18, y - 6), wide * 0.95, "#3f6b4e")
        buildings.draw_house(canvas, (x, y), wide, roof="#8f4a36", wall="#b07a4a")
    paddy = ("#b9c46a", "#d9b45a", "#9fb05c", "#cda54a", "#8aa257")
    land.lay_terraces(canvas, 625, paddy, steps=11, swing=13)
    bank = "-60,900 300,880 620,950 900,1100"
    land.lay_ground(canvas, bank, "#5f8a5a", "#2f5a45", rough=6, lift=12)
    right = "640,1110 860,985 1180,900 1660,850"
    land.lay_ground(canvas, right, "#56825a", "#2b5340", rough=6, lift=12)
    path = stations("960,770,26 1000,810,44 930,870,76 860,950,130 760,1120,260")
    canvas.paper(road(path), color="#f0d3a0", lower="#c99660", lift=4)
    for x, y, tall in stations("968,812,100 946,868,142 880,960,215"):
        objects.draw_soldier(canvas, (x, y), tall)
    plants.draw_tufts(canvas, (20, 930), (640, 1060), 70, "#2b5340")
    objects.draw_border_stone(canvas, (300, 1010), 330)
    plants.draw_tufts(canvas, (1040, 940), (1580, 1060), 70, "#234a3a")
    for x, y, tall in stations("1540,1080,430 1420,1090,300"):
        plants.draw_pine(canvas, (x, y), tall, "#23503f")
    return canvas.finish()


def draw_ta_vai() -> Image.Image:
    """A bridge over a stream between limestone hills, and women on the bank below."""
    canvas = Canvas("#a8c8d4", "#fbe9c4", seed=79)
    canvas.glow((800, 350), 600, "#fff6d8", 0.95)
    far = "-60,380 180,180 330,430 560,200 730,440 960,250 1120,430 1380,150 1560,400 1660,300"
    near = "-60,300 150,360 330,560 620,520 980,560 1270,540 1430,330 1660,260"
    land.lay_ranges(canvas, "#f7e6c4", (far, "#9cb4ae", 17), (near, "#668c80", 15))
    land.lay_ground(canvas, "-60,620 800,600 1660,620", "#7f9f68", "#54805a", rough=5)
    stream = stations("810,606,60 790,680,150 850,790,330 780,920,560 700,1120,880")
    canvas.paper(road(stream), color="#b9d8d4", lower="#4f8a8c", lift=5)
    land.draw_ripples(canvas, stream, 60)
    objects.draw_bridge(canvas, (-60, 640), (1660, 610), 34)
    left = "-60,760 200,770 420,860 520,980 560,1110"
    land.lay_ground(canvas, left, "#6b9a5c", "#35604a", rough=6, lift=12)
    right = "1010,1110 1080,960 1220,850 1420,780 1660,750"
    land.lay_ground(canvas, right, "#6b9a5c", "#35604a", rough=6, lift=12)
    land.draw_stones(canvas, "540,1010,46 600,1050,34 990,1030,50 930,1060,34 1050,960,36")
    coats = ("#35528f", "#f3e2c0", "#3f7a6c", "#e8c6c0", "#a84a5c")
    places = stations("1200,960,180 1290,935,175 1380,950,185 1480,930,180 1330,1040,225")
    for (x, y, tall), coat in zip(places, coats, strict=True):
        objects.draw_thai_woman(canvas, (x, y), tall, coat)
    places = stations("70,940,180 160,920,176 250,945,184 340,965,188 200,1045,225")
    for (x, y, tall), coat in zip(places, coats[::-1], strict=True):
        objects.draw_thai_woman(canvas, (x, y), tall, coat)
    plants.draw_tufts(canvas, (0, 960), (420, 1060), 60, "#2b5340")
    plants.draw_tufts(canvas, (1140, 970), (1600, 1060), 60, "#2b5340")
    for x, y, tall in stations("1570,800,420 30,790,380"):
        plants.draw_bamboo(canvas, (x, y), tall, "#4f7a4c")
    return canvas.finish()


def draw_yen_chau_fields() -> Image.Image:
    """Women at work in terraced fields by the foot of the hills."""
    canvas = Canvas("#f3bf86", "#fdf0cc", seed=83)
    canvas.glow((420, 330), 560, "#fff6d8", 0.9)
    land.lay_sun(canvas, (420, 330), 96, "#fff0bf", "#f7c26a")
    far = "-60,420 200,260 420,430 700,250 980,440 1260,280 1460,430 1660,330"
    near = "-60,540 320,460 700,560 1080,470 1660,540"
    land.lay_ranges(canvas, "#fbe3b5", (far, "#c99a7c", 14), (near, "#7f8a70", 11))
    for x, y, wide in stations("1130,600,130 1300,590,140 1450,604,120"):
        plants.draw_areca(canvas, (x - 14, y), wide * 1.4, "#4f7a58")
        buildings.draw_house(canvas, (x, y), wide, roof="#6b4a3c", wall="#a8693f")
    paddy = ("#a9c3b4", "#8fae62", "#c3d0b0", "#a3b85c", "#7f9f58", "#b9c96a")
    land.lay_terraces(canvas, 600, paddy, steps=13, swing=16)
    coats = ("#35528f", "#f3e2c0", "#a84a5c", "#3f7a6c")
    places = stations("380,850,170 620,900,205 1050,880,190 1290,960,240")
    for (x, y, tall), coat in zip(places, coats, strict=True):
        objects.draw_thai_woman(canvas, (x, y), tall, coat)
    for x, y, size in stations("820,820,30 870,780,24 740,800,22"):
        figures.draw_egret(canvas, (x, y), size)
    plants.draw_fodder(canvas)
    figures.draw_hat(canvas, (250, 1010), 90)
    return canvas.finish()
