"""The pictures themselves, one function each, laid from the sky to the reader's feet."""

from __future__ import annotations

import math

from PIL import Image

from covers import buildings, figures, land, plants
from covers.paper import WIDTH, Canvas, circle, mix, ribbon, road, stations


def draw_mu_ca() -> Image.Image:
    """A small school under its flag, and pupils on the path up."""
    canvas = Canvas("#f2b98a", "#fdf0d2", seed=11)
    canvas.glow((1180, 300), 520, "#fff6dc", 0.95)
    land.lay_sun(canvas, (1180, 300), 88, "#fff3cf", "#fff3cf")
    far = "-60,430 260,290 520,420 800,250 1100,430 1400,300 1660,420"
    middle = "-60,520 180,400 480,540 760,430 1020,540 1330,420 1660,520"
    near = "-60,560 300,620 620,520 980,650 1300,540 1660,600"
    ranges = ((far, "#d99a78", 13), (middle, "#a9786a", 13), (near, "#5f7a6d", 11))
    land.lay_ranges(canvas, "#fbe3bd", *ranges)
    land.lay_ground(canvas, "-60,820 420,730 900,640 1300,680 1660,760", "#7f9a5c", "#4f7554")
    pines = "1330,708,230 1420,730,290 1250,690,170 1520,752,330 560,735,150 470,752,200"
    for x, y, tall in stations(pines):
        plants.draw_pine(canvas, (x, y), tall, "#2f5a50")
    plants.draw_tufts(canvas, (20, 770), (1580, 960), 150, "#2f5f4a")
    buildings.draw_school(canvas, (690, 706), 430)
    buildings.draw_flag(canvas, (1175, 712), 250)
    path = "905,722,30 872,752,40 892,790,56 830,850,84 690,940,140 520,1120,270"
    canvas.paper(road(stations(path)), color="#f6dcae", lower="#dba968", lift=4)
    land.lay_ground(canvas, "-60,850 240,900 520,1010 760,1080", "#3f6b52", "#244a41", rough=6)
    land.lay_ground(canvas, "760,1090 1050,960 1350,900 1660,850", "#355f4d", "#1f423c", rough=6)
    coats = ("#c4633c", "#2f4a6b", "#9c3f2e", "#3f5d7a", "#b4472f")
    places = stations("878,770,50 896,806,62 850,858,84 766,892,98 700,962,124")
    for (x, y, tall), coat in zip(places, coats, strict=True):
        figures.draw_pupil(canvas, (x, y), tall, coat)
    pines = "1550,1085,470 1420,1095,340 1300,1100,230 60,1090,330 190,1100,240"
    for x, y, tall in stations(pines):
        plants.draw_pine(canvas, (x, y), tall, "#1f463f")
    blossom = ("#fff6ea", "#fbe3dc", "#f6c9c4")
    plants.draw_spray(canvas, (-40, 60), 150, 0.25, blossom)
    for x, y, size in stations("900,180,26 960,215,20 850,225,17"):
        figures.draw_egret(canvas, (x, y), size)
    return canvas.finish()


def draw_sin_suoi_ho() -> Image.Image:
    """Wooden houses on terraces under a high peak, orchids in front."""
    canvas = Canvas("#8fbab2", "#fdebc6", seed=23)
    canvas.glow((430, 270), 620, "#fff6d8", 0.85)
    far = "-60,430 250,330 560,430 840,130 1130,400 1420,290 1660,400"
    near = "-60,470 260,400 620,500 960,360 1250,470 1660,420"
    land.lay_ranges(canvas, "#fbeacb", (far, "#86a8a2", 15), (near, "#5f8a80", 12))
    for x, y, wide in stations("330,300,260 1100,265,330 700,410,240"):
        figures.draw_cloud(canvas, (x, y), wide, "#fff8e8")
    land.lay_ground(canvas, "-60,560 800,600 1660,560", "#7d9a62", "#4f7554", rough=6)
    paddy = ("#c9a548", "#9fb08c", "#dcb85c", "#8a9f56", "#b5c4a6", "#c29340")
    land.lay_hill(canvas, (250, 690), 640, 250, paddy)
    land.lay_hill(canvas, (1400, 690), 680, 280, paddy[::-1])
    _draw_hamlet(canvas, "225,470,120 1360,440,130")
    valley = ("#d9b45a", "#b5c4a6", "#8a9a52", "#c99a48", "#a3a650")
    land.lay_terraces(canvas, 700, valley, steps=11, swing=15)
    _draw_hamlet(canvas, "640,735,160 880,790,200 420,810,190 1190,770,180")
    bank = "-60,960 420,985 800,1012 1180,985 1660,955"
    land.lay_ground(canvas, bank, "#5f7a4c", "#2f4f40", lift=11)
    colors = ("#e58a8a", "#f0b13c", "#f3e2b0", "#e88c74")
    pots = stations("400,1042,175 130,1052,265 1180,1042,180 1470,1052,275")
    for (x, y, size), color in zip(pots, colors, strict=True):
        lean = 1 if x < WIDTH / 2 else -1
        plants.draw_orchid(canvas, (x, y), size, color=color, lean=lean)
    return canvas.finish()


def _draw_hamlet(canvas: Canvas, path: str) -> None:
    for x, y, wide in stations(path):
        plants.draw_tree(canvas, (x - wide * 0.11, y - 2), wide * 1.02, "#3f6b4e")
        buildings.draw_house(canvas, (x, y), wide, roof="#6b4a3c", wall="#a8693f")


def draw_market() -> Image.Image:
    """A row of market stalls hung with woven cloth."""
    canvas = Canvas("#f6c98c", "#fdeccb", seed=29)
    canvas.glow((800, 330), 620, "#fff3cf", 0.9)
    land.lay_sun(canvas, (800, 330), 130, "#f08a4b", "#e0653a")
    far = "-60,380 280,260 560,430 1000,420 1320,250 1660,390"
    near = "-60,480 380,420 760,520 1180,430 1660,500"
    land.lay_ranges(canvas, "#fbe3bd", (far, "#c98a6c", 13), (near, "#83786a", 11))
    for x, y, size in stations("430,190,30 500,230,22 1130,170,26"):
        figures.draw_egret(canvas, (x, y), size)
    land.lay_ground(canvas, "-60,800 800,780 1660,800", "#d9a566", "#a8683f", rough=3)
    plants.draw_tufts(canvas, (0, 930), (1600, 1050), 60, "#7f4a33")
    for number, x in enumerate((60, 560, 1060)):
        buildings.draw_stall(canvas, (x, 900), number)
    coats = ("#3b3350", "#8a3a34", "#2b3552")
    places = stations("535,1010,300 650,1022,190 1090,1016,310")
    for (x, y, tall), coat in zip(places, coats, strict=True):
        figures.draw_villager(canvas, (x, y), tall, coat)
    plants.draw_orchid(canvas, (150, 1045), 130, color="#f0b13c", lean=1)
    plants.draw_orchid(canvas, (1450, 1045), 140, color="#e58a8a", lean=-1)
    return canvas.finish()


def draw_tuan_giao() -> Image.Image:
    """Dusk: a peach tree in bloom by a stream that comes out of the hills."""
    canvas = Canvas("#7a4468", "#ffc48a", seed=37)
    canvas.glow((1120, 470), 660, "#ffcf96", 0.85)
    land.lay_sun(canvas, (1120, 470), 105, "#ffe2ad", "#ffb56b")
    far = "-60,420 300,300 640,470 920,370 1280,500 1660,330"
    middle = "-60,470 240,560 600,440 960,590 1360,470 1660,560"
    near = "-60,640 340,560 760,690 1080,640 1660,540"
    ranges = ((far, "#b8697a", 13), (middle, "#8a4a63", 13), (near, "#5f3550", 11))
    land.lay_ranges(canvas, "#f3a878", *ranges)
    bank = "-60,720 500,770 900,740 1300,700 1660,680"
    land.lay_ground(canvas, bank, "#4b3a4c", "#2b2736", rough=5)
    stream = stations("1110,722,18 1068,752,44 1112,796,78 1020,862,140 960,950,260 820,1120,520")
    canvas.paper(road(stream), color="#ffc88f", lower="#7e5a78", lift=4)
    land.draw_ripples(canvas, stream, 46)
    land.draw_stones(canvas, "1180,800,30 1140,872,44 905,868,34 800,940,52 1110,960,40")
    peach = ("#f7a8a0", "#f28d8f", "#ffd0bd")
    plants.draw_spray(canvas, (340, 905), 215, 0.1 - math.pi / 2, peach)
    land.lay_ground(canvas, "-60,830 360,870 640,980 800,1090", "#33283a", "#1f1a2a", rough=6)
    for x, y, tall in stations("1580,960,640 1430,970,480 1290,1000,310"):
        plants.draw_bamboo(canvas, (x, y), tall, "#35514d")
    land.lay_ground(canvas, "950,1100 1180,960 1420,890 1660,850", "#33283a", "#1f1a2a", rough=6)
    plants.draw_tufts(canvas, (20, 920), (560, 1060), 60, "#6b5570")
    return canvas.finish()


def draw_duc_pho() -> Image.Image:
    """Night in the forest: a thatched ward with its lamp lit."""
    canvas = Canvas("#14243a", "#35596a", shade="#060d16", seed=41)
    canvas.glow((1230, 210), 360, "#b9cbd0", 0.5)
    land.lay_sun(canvas, (1230, 210), 74, "#fbeec4", "#fbeec4")
    for _ in range(70):
        at = (canvas.chance.uniform(0, WIDTH), canvas.chance.uniform(0, 420))
        canvas.tint(circle(at, canvas.chance.uniform(0.8, 2)), color="#fff4dc", opacity=0.8)
    far = "-60,460 320,330 700,480 1060,360 1660,470"
    near = "-60,520 420,560 820,470 1240,570 1660,500"
    land.lay_ranges(canvas, "#4a7480", (far, "#2c4d60", 13), (near, "#20404f", 12))
    for x in range(-20, WIDTH + 60, 74):
        tall = canvas.chance.uniform(260, 420)
        color = mix("#17343c", "#285050", canvas.chance.random())
        plants.draw_tree(canvas, (x, 810), tall, color, trunk="#11242a")
    land.lay_ground(canvas, "-60,810 800,780 1660,820", "#24443f", "#12262a")
    canvas.glow((800, 730), 560, "#ffb45c", 0.62)
    buildings.draw_ward(canvas, (520, 850), 560)
    path = stations("800,856,84 792,900,120 740,980,190 640,1120,330")
    canvas.paper(road(path), color="#e0a45f", lower="#3b3432", lift=3, rim=0.1)
    canvas.glow((800, 830), 330, "#ffc873", 0.35)
    _draw_forest_frame(canvas)
    return canvas.finish()


def _draw_forest_frame(canvas: Canvas) -> None:
    """Draw the trunks, leaves and fireflies between the reader and the ward."""
    for x, wide, sway in stations("70,74,40 235,44,-20 1370,50,26 1530,84,-40"):
        trunk = ribbon([(x, 1120), (x + sway, 560), (x - sway * 0.4, -60)], wide, wide * 0.7)
        canvas.paper(trunk, color="#0f2228", lower="#0a181e", lift=14)
    low = "0,1080,300 180,1100,230 1600,1080,320 1420,1100,240 330,1110,150 1260,1110,160"
    high = "-20,-30,330 210,-50,230 1620,-30,330 1400,-50,210"
    for path, up in ((low, 1), (high, -1)):
        for x, y, size in stations(path):
            side = 1 if x < WIDTH / 2 else -1
            plants.draw_frond(canvas, (x, y), size, side=side, up=up)
    for _ in range(26):
        x, y = canvas.chance.uniform(120, 470), canvas.chance.uniform(640, 1040)
        at = (WIDTH - x if canvas.chance.random() < 0.5 else x, y)
        canvas.glow(at, 16, "#ffe9a0", 0.5)
        canvas.tint(circle(at, 1.8), color="#fff6cf", opacity=0.9)


def draw_ho_giao() -> Image.Image:
    """Sunrise over a pasture with buffaloes at grass."""
    canvas = Canvas("#f4a566", "#fdeec6", seed=53)
    canvas.glow((520, 430), 640, "#fff3c8", 0.95)
    land.lay_sun(canvas, (520, 430), 150, "#ffe7a6", "#f7b45a")
    far = "-60,520 300,430 700,510 1100,380 1420,490 1660,420"
    near = "-60,560 420,590 840,510 1240,600 1660,520"
    land.lay_ranges(canvas, "#fbe6b8", (far, "#d39a6e", 9), (near, "#a5976a", 7))
    land.lay_ground(canvas, "-60,650 400,610 900,660 1660,600", "#c0c276", "#b5b560", lift=8)
    land.lay_ground(canvas, "-60,690 600,740 1200,680 1660,720", "#a0b267", "#8fa653", lift=8)
    land.lay_ground(canvas, "-60,820 500,770 1100,830 1660,790", "#82a065", "#6c9150", lift=8)
    for x, y, tall in stations("1250,655,190 1370,650,250 130,670,160"):
        plants.draw_tree(canvas, (x, y), tall, "#4f7a4c")
    for x, y, size in stations("1010,765,0.62 770,745,-0.5 150,770,0.6"):
        figures.draw_buffalo(canvas, (x, y), size, "#5a4640")
    for x, y, size in stations("1230,920,-1.55 560,965,2.05"):
        figures.draw_buffalo(canvas, (x, y), size, "#4a3835")
    figures.draw_standing_egret(canvas, (600, 774), 92)
    for x, y, size in stations("860,250,46 980,310,34 760,330,28 1080,220,26"):
        figures.draw_egret(canvas, (x, y), size)
    land.lay_ground(canvas, "-60,960 500,985 1100,965 1660,990", "#4b7848", "#2b5340", rough=5)
    plants.draw_fodder(canvas)
    return canvas.finish()


def draw_dai_phong() -> Image.Image:
    """A dyke between ripe rice and open water, a plough, and the wind."""
    canvas = Canvas("#e9a35c", "#fdf0cc", seed=61)
    canvas.glow((1160, 330), 600, "#fff5d0", 0.95)
    land.lay_sun(canvas, (1160, 330), 112, "#fff0bf", "#f6b65c")
    far = "-60,430 260,350 560,440 900,360 1660,470"
    near = "-60,480 360,440 760,510 1660,500"
    land.lay_ranges(canvas, "#fbe3b5", (far, "#b98b78", 11), (near, "#8b8273", 8))
    land.lay_ground(canvas, "-60,520 1660,512", "#a9c3b4", "#5f938c", rough=0, lift=5)
    for number in range(26):
        x, y, wide = canvas.chance.uniform(650, 1600), 535.0 + number * 13, 40.0 + number * 4
        canvas.tint(ribbon([(x - wide, y), (x + wide, y)], 1, 3), color="#fdf0cc", opacity=0.6)
    for x, y, wide in stations("90,552,90 215,548,74 330,550,84"):
        plants.draw_areca(canvas, (x - 12, y), wide * 1.5, "#4f7a58")
        buildings.draw_house(canvas, (x, y), wide, roof="#c99a52", wall="#8a5a3c")
    land.draw_fields(canvas)
    land.draw_dyke(canvas)
    for start, wide, curl in (((-60, 262), 470, 44), ((250, 140), 620, 58), ((640, 292), 330, 32)):
        figures.draw_gust(canvas, start, wide, curl)
    for x, y, size in stations("700,400,34 780,430,26 640,446,22"):
        figures.draw_egret(canvas, (x, y), size)
    land.draw_furrows(canvas)
    figures.draw_plough(canvas, (560, 975), 165)
    figures.draw_hat(canvas, (800, 1030), 84)
    return canvas.finish()
