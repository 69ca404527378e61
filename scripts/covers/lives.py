"""Pictures for the lives of single people and of a family. One function each, from the sky down."""

from __future__ import annotations

import math

from PIL import Image

from covers import buildings, figures, land, objects, plants
from covers.paper import WIDTH, Canvas, circle, mix, rectangle, ribbon, road, spline, stations


def draw_hang_ngang() -> Image.Image:
    """A street of old shop houses hung with silk."""
    canvas = Canvas("#f0b98c", "#fdeecb", seed=89)
    canvas.glow((800, 300), 700, "#fff6dc", 0.95)
    for x, y, wide in stations("330,210,300 1240,170,340"):
        figures.draw_cloud(canvas, (x, y), wide, "#fff8e8")
    walls = ("#d9a860", "#e8c690", "#c98a6c", "#e3b765", "#d9c6a0", "#cf9a62")
    heights = (470, 540, 500, 580, 510, 545)
    for number, (wall, tall) in enumerate(zip(walls, heights, strict=True)):
        objects.draw_townhouse(canvas, (-40 + number * 282, 840), 278, tall, wall)
    silks = ("#c23a2c", "#2f6b62", "#e0a845", "#6b3a6b", "#35528f", "#c4633c", "#8fae62", "#b4385a")
    for number in range(12):
        x = -10 + number * 141
        color = silks[(number * 3) % len(silks)]
        deep = 120.0 + 26 * (number % 3)
        objects.draw_silk(canvas, (x, 650), 92, deep, color)
    buildings.draw_flag(canvas, (800, 640), 240)
    land.lay_ground(canvas, "-60,845 800,838 1660,845", "#c9a478", "#8f6a52", rough=1)
    for course in range(6):
        y = 862 + course * course * 7 + course * 12
        line = ribbon([(-60, y), (800, y - 4), (1660, y)], 2, 2)
        canvas.tint(line, color="#5b3b30", opacity=0.25)
    plants.draw_spray(canvas, (-40, 40), 150, 0.3, ("#e8574a", "#f07a5c", "#f7a86c"))
    return canvas.finish()


def draw_hai_hau() -> Image.Image:
    """A courtyard of brick: an open exercise book and a pencil, rice fields behind."""
    canvas = Canvas("#8fc0c4", "#fdf0cc", seed=97)
    canvas.glow((1080, 300), 560, "#fff6d8", 0.95)
    land.lay_sun(canvas, (1080, 300), 86, "#fff3cf", "#ffe2a0")
    for x, y, wide in stations("360,220,300 700,300,220"):
        figures.draw_cloud(canvas, (x, y), wide, "#fff8e8")
    land.lay_ground(canvas, "-60,470 500,455 1100,470 1660,450", "#8fb08a", "#7fa070", rough=6)
    land.lay_ground(canvas, "-60,520 800,510 1660,525", "#c9c46a", "#a9b85c", rough=2)
    for row in range(7):
        y = 540 + row * 13
        canvas.tint(ribbon([(-60, y), (1660, y + 3)], 2, 3), color="#6f8f4c", opacity=0.4)
    for x, y, tall in stations("1330,655,330 1420,660,390 1525,655,350 120,640,300"):
        plants.draw_areca(canvas, (x, y), tall, "#3f7a58")
    buildings.draw_house(canvas, (220, 660), 400, roof="#c99a52", wall="#b98250")
    land.lay_ground(canvas, "-60,660 800,652 1660,662", "#cf8a62", "#a85c40", rough=1, lift=6)
    _draw_bricks(canvas)
    plants.draw_orchid(canvas, (1380, 800), 110, color="#f0b13c", lean=-1)
    objects.draw_notebook(canvas, (760, 930), 420)
    objects.draw_pencil(canvas, (1235, 985), 175, -0.35)
    return canvas.finish()


def _draw_bricks(canvas: Canvas) -> None:
    """Draw the joints of a paved yard in perspective."""
    levels = [668 + 7 * step + 2.6 * step * step for step in range(13)]
    for level in levels:
        canvas.tint(ribbon([(-60, level), (1660, level)], 3, 3), color="#6b3526", opacity=0.35)
    for upper, lower, odd in zip(levels, levels[1:], range(13), strict=False):
        wide = 60 + (upper - 660) * 0.42
        for number in range(-16, 17):
            x = 800 + (number + 0.5 * (odd % 2)) * wide
            x2 = 800 + (x - 800) * (1 + (lower - upper) / 900)
            canvas.tint(ribbon([(x, upper), (x2, lower)], 2.5, 3), color="#6b3526", opacity=0.3)


def draw_yen_mo() -> Image.Image:
    """A village market ground by a lotus pond: a reed mat, a two-string fiddle, a basin."""
    canvas = Canvas("#d98a5c", "#fde6b8", seed=101)
    canvas.glow((520, 360), 640, "#ffeec0", 0.9)
    land.lay_sun(canvas, (520, 360), 110, "#ffe9b0", "#ffc474")
    far = "-60,470 240,330 460,480 760,360 1020,490 1320,350 1660,480"
    land.lay_ranges(canvas, "#fbdca8", (far, "#b98a74", 14))
    land.lay_ground(canvas, "-60,560 800,548 1660,560", "#8f9a62", "#6b8552", rough=4)
    for x, y, wide in stations("980,590,160 1180,582,180 1400,592,170"):
        plants.draw_areca(canvas, (x - 10, y), wide * 1.3, "#4f7050")
        buildings.draw_house(canvas, (x, y), wide, roof="#9a4a36", wall="#b98250")
    plants.draw_tree(canvas, (250, 650), 520, "#3f6b4a")
    pond = "-60,640 500,622 1100,630 1660,640"
    land.lay_ground(canvas, pond, "#a9b8a0", "#6b8f88", rough=1, lift=4)
    _draw_lotus(canvas)
    bank = "-60,780 500,765 1050,775 1660,760"
    land.lay_ground(canvas, bank, "#c98d5c", "#7f4f3a", rough=4, lift=10)
    mat = [(330, 850), (1230, 835), (1470, 1035), (180, 1045)]
    canvas.paper(mat, color="#ecd49a", lower="#c99f5c", lift=8)
    for stripe in range(1, 26):
        share = stripe / 26
        line = [(330 + 900 * share, 850 - 15 * share), (180 + 1290 * share, 1045 - 10 * share)]
        tone = "#a83f32" if stripe % 5 == 0 else "#8a6a38"
        canvas.tint(ribbon(line, 2, 4), color=tone, opacity=0.45)
    objects.draw_basin(canvas, (430, 960), 112)
    objects.draw_fiddle(canvas, (790, 955), 400, 0.85)
    figures.draw_hat(canvas, (1330, 985), 105)
    return canvas.finish()


def _draw_lotus(canvas: Canvas) -> None:
    for number in range(46):
        y = 655 + number * 2.4
        x, size = canvas.chance.uniform(0, WIDTH), 22 + (y - 650) * 0.28
        leaf = circle((x, y), size, 0.34)
        canvas.paper(leaf, color="#7fa06b", lower="#4f7a58", lift=2, rim=0.4)
        if number % 4 == 0:
            plants.draw_flower(canvas, (x + 10, y - size * 0.8), size * 0.5, "#f3b0b4", "#e8c05a")


def draw_mekong() -> Image.Image:
    """Sunrise on a wide river: boats heaped with rice, palms on both banks."""
    canvas = Canvas("#f0a878", "#fdeec6", seed=103)
    canvas.glow((820, 470), 700, "#fff3c8", 0.98)
    land.lay_sun(canvas, (820, 465), 130, "#fff0bf", "#ffc06a")
    land.lay_ground(canvas, "-60,520 400,505 800,525 1200,508 1660,520", "#a98f6c", "#8f8a66")
    for x, y, tall in stations("60,540,150 150,545,180 1290,540,160 1400,545,190 1520,540,150"):
        plants.draw_areca(canvas, (x, y), tall, "#6b7f5a")
    land.lay_ground(canvas, "-60,545 1660,545", "#f3c690", "#7f8f8c", rough=0, lift=4)
    river = stations("820,550,700 800,700,1300 820,880,1900 800,1120,2600")
    land.draw_ripples(canvas, river, 130)
    canvas.glow((820, 620), 320, "#fff0c0", 0.6)
    objects.draw_boat(canvas, (1130, 650), 210, 5)
    objects.draw_boat(canvas, (480, 690), -280, 9)
    objects.draw_boat(canvas, (880, 850), 560, 12)
    for x, y, size in stations("600,330,36 690,370,28 1060,300,32"):
        figures.draw_egret(canvas, (x, y), size)
    left = "-60,800 160,840 300,940 380,1110"
    land.lay_ground(canvas, left, "#4f7a4c", "#244a3a", rough=6, lift=12)
    right = "1250,1110 1340,980 1460,900 1660,850"
    land.lay_ground(canvas, right, "#4f7a4c", "#244a3a", rough=6, lift=12)
    for x, y, tall in stations("60,900,620 170,980,470 1530,930,640 1430,1010,430"):
        plants.draw_areca(canvas, (x, y), tall, "#2f5f48")
    for x, y, size in stations("20,1080,230 1590,1080,240 250,1090,130 1380,1090,140"):
        side = 1 if x < WIDTH / 2 else -1
        plants.draw_frond(canvas, (x, y), size, side=side, up=1)
    return canvas.finish()


def draw_truong_son() -> Image.Image:
    """A microscope and flasks on a bamboo table, the range outside by night."""
    canvas = Canvas("#1f3a52", "#6b9a94", shade="#0a141c", seed=107)
    canvas.glow((1180, 220), 420, "#d9e8dc", 0.6)
    land.lay_sun(canvas, (1180, 220), 70, "#fbf3d4", "#f3e4b8")
    far = "-60,430 260,270 560,440 880,260 1200,440 1660,300"
    middle = "-60,560 340,430 700,580 1080,450 1660,570"
    near = "-60,640 420,560 900,680 1340,580 1660,650"
    ranges = ((far, "#4f7f88", 14), (middle, "#35646b", 13), (near, "#244a50", 11))
    land.lay_ranges(canvas, "#7fa8a0", *ranges)
    for trunk in range(0, WIDTH + 60, 92):
        tall = canvas.chance.uniform(190, 330)
        color = mix("#1c3f42", "#2f5a50", canvas.chance.random())
        plants.draw_tree(canvas, (trunk, 800), tall, color, trunk="#14282c")
    canvas.glow((420, 620), 520, "#ffcf8a", 0.7)
    table = rectangle(-60, 835, WIDTH + 120, 300)
    canvas.paper(table, color="#c99a5c", lower="#6b4530", lift=16)
    for slat in range(7):
        y = 850 + slat * 34
        canvas.tint(ribbon([(-60, y), (1660, y + 2)], 3, 4), color="#4a2c20", opacity=0.45)
        for joint in range(5):
            x = 90 + joint * 340 + (slat % 3) * 110
            canvas.tint(rectangle(x, y + 3, 5, 28), color="#5b3826", opacity=0.5)
    _draw_lamp(canvas)
    objects.draw_microscope(canvas, (830, 930), 480)
    colors = ("#d9b45a", "#9fb08c", "#e0a06a")
    places = stations("1120,930,210 1260,960,160 1370,925,230")
    for (x, y, tall), color in zip(places, colors, strict=True):
        objects.draw_flask(canvas, (x, y), tall, color)
    for x, y, size in stations("0,1080,330 1600,1080,320 -20,-30,330 1620,-30,330"):
        side = 1 if x < WIDTH / 2 else -1
        plants.draw_frond(canvas, (x, y), size, side=side, up=1 if y > 0 else -1)
    return canvas.finish()


def _draw_lamp(canvas: Canvas) -> None:
    """Draw an oil lamp that lights the table."""
    canvas.glow((420, 690), 260, "#fff0c0", 0.85)
    base = spline([(340, 930), (360, 850), (480, 850), (500, 930)], closed=True)
    canvas.paper(base, color="#d9a441", lower="#8a5a24", lift=8)
    glass = spline([(372, 845), (352, 740), (396, 600), (444, 600), (488, 740), (468, 845)])
    canvas.paper(glass, color="#fff6da", lower="#ffd98a", lift=4)
    flame = spline([(420, 830), (396, 780), (420, 700), (444, 780)], closed=True)
    canvas.paper(flame, color="#fffbe6", lower="#ffb03c", lift=0, rim=0)


def draw_song_yen() -> Image.Image:
    """Evening calm on a river: a ferry boat, a kapok in bloom, white birds."""
    canvas = Canvas("#8fb4c4", "#fde4c0", seed=109)
    canvas.glow((1060, 420), 620, "#fff3d4", 0.95)
    land.lay_sun(canvas, (1060, 420), 92, "#fff3cf", "#ffdc9c")
    far = "-60,470 300,410 640,480 980,420 1320,470 1660,400"
    land.lay_ranges(canvas, "#fbe6c4", (far, "#a9b4a4", 9))
    land.lay_ground(canvas, "-60,540 500,525 1100,538 1660,520", "#8fae78", "#7fa070", rough=4)
    for x, y, wide in stations("1220,556,110 1370,550,120 1500,560,110"):
        plants.draw_tree(canvas, (x - 20, y), wide * 1.3, "#5b8a5c")
        buildings.draw_house(canvas, (x, y), wide, roof="#b0603f", wall="#d9b078")
    river = stations("1050,566,900 900,680,1500 800,860,2100 700,1120,2800")
    land.lay_ground(canvas, "-60,566 1660,562", "#d9d8c0", "#6b9aa0", rough=0, lift=4)
    land.draw_ripples(canvas, river, 110)
    objects.draw_boat(canvas, (1010, 700), 260, 0)
    land.lay_ground(canvas, "-60,800 300,820 640,920 900,1100", "#7fa05c", "#35604a", rough=6)
    plants.draw_tufts(canvas, (0, 900), (620, 1060), 90, "#35604a")
    kapok = ("#e0503c", "#f07a52", "#c93a34")
    plants.draw_spray(canvas, (270, 930), 235, -math.pi / 2 + 0.08, kapok)
    path = stations("470,876,20 430,910,44 480,980,90 380,1120,190")
    canvas.paper(road(path), color="#f0d9a8", lower="#cfa468", lift=3)
    for x, y, size in stations("760,300,44 880,250,34 980,320,30 690,380,24 1120,260,24"):
        figures.draw_egret(canvas, (x, y), size)
    for x, y, size in stations("1590,1080,260 1480,1090,170 1380,1095,120"):
        plants.draw_frond(canvas, (x, y), size, side=-1, up=1)
    return canvas.finish()


def draw_ke_go() -> Image.Image:
    """A clearing in the forest, a blue pheasant on the path."""
    canvas = Canvas("#7fae9a", "#f7edc0", shade="#14241c", seed=113)
    canvas.glow((860, 360), 640, "#fffbe0", 0.98)
    far = "-60,420 300,300 660,440 1040,310 1660,430"
    land.lay_ranges(canvas, "#f0efc8", (far, "#9cbf9c", 13))
    for trunk in range(-30, WIDTH + 60, 96):
        tall = canvas.chance.uniform(300, 460)
        color = mix("#5b8f68", "#86ac70", canvas.chance.random())
        plants.draw_tree(canvas, (trunk, 690), tall, color, trunk="#5b5a44")
    land.lay_ground(canvas, "-60,690 800,665 1660,690", "#8fae62", "#5b8a52", rough=5)
    for x, y, tall in stations("90,800,640 320,760,470 1300,760,480 1520,810,660"):
        plants.draw_tree(canvas, (x, y), tall, "#34694c")
    path = stations("830,672,40 860,740,110 780,840,240 860,960,470 800,1120,760")
    canvas.paper(road(path), color="#ecdca0", lower="#b99f62", lift=3, rim=0.1)
    low = "-60,900 260,930 480,1010 600,1100"
    land.lay_ground(canvas, low, "#3f7048", "#1f4234", rough=6)
    land.lay_ground(canvas, "1080,1100 1240,1000 1440,920 1660,890", "#3f7048", "#1f4234", rough=6)
    canvas.tint(circle((850, 975), 190, 0.1), color="#4a4a2c", opacity=0.45, blur=8)
    objects.draw_pheasant(canvas, (830, 975), 380)
    frond = "0,1080,330 170,1095,240 1600,1080,330 1430,1095,240 330,1100,160 1280,1100,160"
    for x, y, size in stations(frond):
        side = 1 if x < WIDTH / 2 else -1
        plants.draw_frond(canvas, (x, y), size, side=side, up=1)
    for x, y, size in stations("-20,-30,330 1620,-30,340"):
        plants.draw_frond(canvas, (x, y), size, side=1 if x < 0 else -1, up=-1)
    return canvas.finish()


def draw_cranes() -> Image.Image:
    """Cranes over open wetland at daybreak."""
    canvas = Canvas("#e8a88c", "#fdf0d2", seed=127)
    canvas.glow((1120, 560), 640, "#fff3cf", 0.95)
    land.lay_sun(canvas, (1120, 560), 120, "#fff0c4", "#ffcf8a")
    land.lay_ground(canvas, "-60,640 500,622 1000,636 1660,618", "#a9a07c", "#8f9a72", rough=5)
    land.lay_ground(canvas, "-60,665 1660,660", "#f0d9b0", "#7f9f98", rough=0, lift=4)
    water = stations("1100,668,900 900,800,1500 800,1120,2600")
    land.draw_ripples(canvas, water, 100)
    for x, y, size in stations("420,300,190 760,420,150 1010,250,120 640,180,95 1260,380,90"):
        objects.draw_crane(canvas, (x, y), size)
    for bank in ("-60,820 300,840 640,940 800,1110", "820,1110 960,980 1280,900 1660,860"):
        land.lay_ground(canvas, bank, "#8f9f5c", "#5b7f50", rough=4)
    plants.draw_fodder(canvas)
    return canvas.finish()


def draw_replanting() -> Image.Image:
    """Rows of saplings on a bare slope, older forest behind."""
    canvas = Canvas("#9cc8cc", "#fbf0cc", seed=131)
    canvas.glow((480, 280), 560, "#fff8e0", 0.95)
    far = "-60,400 280,280 620,430 980,290 1320,420 1660,320"
    land.lay_ranges(canvas, "#f3efd0", (far, "#93b8a4", 13))
    for x, y, wide in stations("980,230,300 1340,300,240"):
        figures.draw_cloud(canvas, (x, y), wide, "#fff8e8")
    for trunk in range(-30, WIDTH + 60, 78):
        color = mix("#3f7a52", "#6b9a5c", canvas.chance.random())
        plants.draw_tree(canvas, (trunk, 580), canvas.chance.uniform(150, 240), color)
    land.lay_ground(canvas, "-60,580 600,560 1660,590", "#c9a86c", "#8f6a48", rough=5)
    for row in range(6):
        level, tall = 640 + row * row * 11 + row * 22, 60.0 + row * 22
        for number in range(15 - row):
            at = 800 + (number - (14 - row) / 2) * (112 + row * 30) + (row % 2) * 40
            canvas.tint(circle((at, level), tall * 0.3, 0.22), color="#4a3424", opacity=0.4, blur=3)
            plants.draw_tree(canvas, (at, level), tall, "#5b9a58")
    figures.draw_hat(canvas, (1420, 1035), 100)
    return canvas.finish()
