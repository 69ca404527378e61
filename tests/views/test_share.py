"""What a story offers to pass it on: links, and a code on paper."""

import json
import struct
import zlib
from base64 import b64decode
from urllib.parse import parse_qs, urlsplit

import pytest
import segno

from guongsang.render.qr import qr_modules, qr_picture
from guongsang.views.share import share_links

ADDRESS = "https://guong.example/bao/2026/con-chu/"


def drawn(text):
    version = 5 if len(text) <= 106 else None
    code = segno.make(
        text, error="l", mode="byte", mask=3, version=version, boost_error=False, micro=False
    )
    return [[int(module) for module in row] for row in code.matrix]


@pytest.mark.parametrize(
    "text",
    [
        ADDRESS,
        "https://guong.example/2026/a/",
        "https://guong.example/2026/000/",
        f"https://guong.example/2026/{'z9-' * 26}/",
        f"https://{'toa-soan-' * 12}.example/2026/{'a' * 80}/",
        "%E1%BB%83~!",
    ],
)
def test_a_code_is_the_one_that_the_library_draws(text):
    modules, side = qr_modules(text.encode())
    rows = [f"{modules:b}".zfill(side * side)[at : at + side] for at in range(0, side * side, side)]
    assert [[int(module) for module in row] for row in rows] == drawn(text)


def test_codes_are_right_when_many_are_drawn():
    texts = [(f"https://guong.example/{n * 7919}/" + "xa-que-" * 12)[:n] for n in range(1, 107)]
    for text in texts:
        modules, side = qr_modules(text.encode())
        rows = "".join(str(module) for row in drawn(text) for module in row)
        assert (modules, side) == (int(rows, 2), 37)


def test_the_picture_is_the_code_in_a_quiet_zone():
    source, width = qr_picture(ADDRESS)
    raw = b64decode(source.removeprefix("data:image/png;base64,"))
    size, _, depth, color = struct.unpack(">IIBB", raw[16:26])
    assert (size, depth, color) == (width, 1, 0)
    start = raw.index(b"IDAT") + 4
    (length,) = struct.unpack(">I", raw[start - 8 : start - 4])
    pixels = zlib.decompress(raw[start : start + length])
    step = 1 + (width + 7) // 8
    rows = [
        "".join(f"{byte:08b}" for byte in pixels[at + 1 : at + step])[:width]
        for at in range(0, len(pixels), step)
    ]
    assert set(rows[:4] + rows[-4:]) == {"1" * width}
    inner = [[1 - int(bit) for bit in row[4:-4]] for row in rows[4:-4]]
    assert inner == drawn(ADDRESS)


def test_links_carry_the_address():
    zalo, facebook = share_links(ADDRESS)
    told = parse_qs(urlsplit(zalo.url).query)["d"][0]
    assert json.loads(b64decode(told)) == {"url": ADDRESS}
    assert parse_qs(urlsplit(facebook.url).query) == {"u": [ADDRESS]}
