"""A newsroom with a story that has all that can be printed, and what was made of it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import NAME, Lent, Newsroom, draw_photo, lend
from tests.paper.tagged import Element, read_tags

from guongsang.registers.paths import PRINTS

TITLE = "Cây cầu & < > # $ @ \\ \" ' _ * ` của bản [Mường] (2026)"
BODY = r"""Mở: giá 5 $ & 3 < 4 > 2, #đất, a@b, lùi \\ rồi, "ngoặc" 'đơn', gạch_dưới, 2 * 3, `mã`.

## Đầu mục & một

Chữ **đậm**, *nghiêng ễ ộ ẳ*, và một dấu chú[^1]. Xem [nguồn](https://bao.example/a?b=1&c=2) rồi
xuống dòng; #let x = [không phải lệnh] và $x^2$ vẫn là chữ.

Suối sâu nước chảy lững lờ
Ai về bản cũ đợi chờ cùng ai
{: .tho }

> Câu trích của người trong bản.

- Ông Một hiến đất
- Bà Hai góp công
  - kèm ba bao xi măng

1. Việc thứ nhất
2. Việc thứ hai

### Mục nhỏ

| Năm | Nhà | Ngày công |
|---|---|--:|
| 2024 | 12 & 3 | 90 |
| 2025 | 30 | 1.200 |

![](lop-hoc.jpg)

Lời đáng nhớ của bản.
{: .trich }

Ghi thêm cho người đọc.
{: .ghi-chu }

Đoạn cuối cùng của bài.

[^1]: Theo sổ của *tổ tự quản*, trang 3.
"""


def write_story(root: Path, slug: str, *, body: str = BODY, **front: Any) -> Path:
    """Write a ready story of June 2026; keys given take the place of these, None of none."""
    told: dict[str, Any] = {
        "title": "Tít",
        "date": "2026-06-20",
        "column": "ban-muong",
        "fields": ["giao-duc"],
        "deeds": ["xoa-mu-chu"],
        "honorees": [{"id": "ho-giao", "role": "người dạy chữ"}],
        "places": [{"unit": "mu-ca"}],
        "authors": [{"id": "lan", "did": "text-photo"}],
        "summary": "Một câu tóm tắt đủ dài để kể vắn tắt ai đã làm việc gì, ở đâu, giúp ai.",
        "status": "ready",
        **front,
    }
    folder = root / "stories" / str(told["date"])[:4] / slug
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"{key}: {_write(key, value)}" for key, value in told.items() if value is not None]
    path = folder / "index.md"
    path.write_text("---\n" + "\n".join(lines) + "\n---\n\n" + body, "utf-8")
    return path


def _write(key: str, value: Any) -> str:
    return str(value) if key == "date" else json.dumps(value, ensure_ascii=False)


@pytest.fixture(name="write_story")
def _write_story() -> Callable[..., Path]:
    return write_story


def _prepare(made: Newsroom) -> None:
    path = write_story(
        made.root,
        "du-thu",
        title=TITLE,
        honorees=[
            {"id": "ho-giao", "role": "người dạy chữ"},
            {
                "kind": "collective",
                "name": "Tổ tự quản <bản> #Mường",
                "consent": {"basis": "public_interest", "note": "Tập thể được khen."},
            },
        ],
        cover={
            "src": "bia.jpg",
            "alt": "Cây cầu mới",
            "caption": "Cầu $ & #1.",
            "credit": "Ảnh: _Lan_",
            "focus": [0.2, 0.8],
        },
        photos=[
            {"src": "lop-hoc.jpg", "alt": "Lớp học", "caption": "Lớp học buổi tối."},
            {"src": "them.jpg", "alt": "Thêm một", "caption": "Ảnh thêm một."},
            {"src": "nua.jpg", "alt": ""},
        ],
        sources=[{"title": "Báo & đài", "url": "https://bao.example/bai"}],
        corrections=[{"date": "2026-06-21", "was": "12 hộ", "now": "21 hộ"}],
        awards=["hc-1966"],
    )
    for name in ("bia.jpg", "lop-hoc.jpg", "them.jpg", "nua.jpg"):
        draw_photo(path.with_name(name))
    assert made.run("bulletin", "2026-06").code == 0  # its pictures take longest
    shutil.rmtree(made.root / "an-pham")
    (made.root / PRINTS).unlink()


@pytest.fixture(scope="session")
def _rich(built: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> Lent:
    return lend(built, tmp_path_factory.mktemp("rich"), _prepare)


@pytest.fixture
def rich(_rich: Lent) -> Newsroom:
    """The good newsroom with a story that has everything."""
    _rich.restore()
    return Newsroom(_rich.root / NAME)


@pytest.fixture
def read_pdf() -> Callable[[Any, str], Element]:
    def read(newsroom: Any, name: str) -> Element:
        return read_tags((newsroom.root / "an-pham" / name).read_bytes())

    return read
