"""“Make it your own newsroom”: the commands of both READMEs, word for word, end well."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="commands of a shell")

ROOT = Path(__file__).parent.parent.parent
MAKE_PLACES = ROOT / "scripts/make_places.py"
HEADING = {"README.md": "## Make it your own", "README.vi.md": "## Đổi thành tòa soạn"}
TABLE = """\
code,unit,spelling,district,code,unit,remark
10001,Phường Suối Lạnh,,Thành phố Vĩnh Sơn,10001,Phường Suối Lạnh,
10002,Xã Đá Bàn,Xã Đá Bàng,Huyện Đồi Gió,10003,Xã Đồi Gió,x
10003,Thị trấn Đồi Gió,,Huyện Đồi Gió,10003,Xã Đồi Gió,
10004,Xã Đồi Gió,,Huyện Đồi Gió,10005,Phường Đồi Gió,
10006,Xã Mù Cả,,Huyện Đồi Gió,10006,Xã Mù Cả,
10007,Phường Vĩnh Sơn,,Thành phố Vĩnh Sơn,10007,Phường Vĩnh Sơn,
"""
PROVINCE = """
vinh-son:
  name: Vĩnh Sơn
  type: tinh
"""
STORY = """\
---
title: Cây cầu ở Đá Bàn
date: 2026-03-02
column: ban-muong
fields: [giao-duc]
honorees:
  - called: Tổ tự quản Đá Bàn
    kind: collective
    consent: {basis: public_interest, note: tập thể hư cấu}
places:
  - unit: doi-gio
    as_printed: xã Đá Bàng, huyện Đồi Gió
authors:
  - id: ban-bien-tap
cover:
  src: bia.jpg
  alt: Cây cầu gỗ mới bắc qua con suối cạn.
summary: Sau mùa lũ, tổ tự quản góp chín mươi ngày công bắc lại cây cầu cho học trò.
status: ready
---

Sau mùa lũ, cây cầu chỉ còn hai trụ đá.
"""


def commands(name):
    section = (ROOT / name).read_text("utf-8").partition(HEADING[name])[2].partition("\n## ")[0]
    blocks = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)
    return [line.strip() for block in blocks for line in block.strip().split("\n")]


def run_line(line, root):
    """Run a line of the README as it stands, but with our Python and our script."""
    line = line.replace(".venv/bin/python", f'"{sys.executable}"')
    line = line.replace("scripts/make_places.py", f'"{MAKE_PLACES}"')
    line = re.sub(r"\b(?:table|bang)\.csv", "table.csv", line).replace("lao-cai", "vinh-son")
    return subprocess.run(
        line, shell=True, cwd=root, check=True, capture_output=True, text=True, encoding="utf-8"
    )


def make_own(newsroom, name):
    root = newsroom.root
    (root / "table.csv").write_text(TABLE, "utf-8")
    newsroom.edit("stories/registers/newsroom.yml", "province: lai-chau", "province: vinh-son")
    (root / "docs/gioi-thieu.md").write_text("# Giới thiệu\n", "utf-8")
    (root / "docs/quyen-rieng-tu.md").write_text("# Quyền riêng tư\n", "utf-8")
    places = root / "stories/registers/places.yml"
    marker = "# ==== Phần ghi tay: kịch bản không đổi gì từ dòng này trở xuống ====\n"
    places.write_text(f"{marker}{places.read_text('utf-8')}{PROVINCE}", "utf-8")
    return [run_line(line, root) for line in commands(name)]


def rules(newsroom):
    ran = newsroom.run("check", "--format", "json")
    assert ran.code == 0, ran.out
    return [found["rule"] for found in json.loads(ran.out)["problems"]]


@pytest.mark.parametrize("name", HEADING)
def test_it_ends_without_an_error(newsroom, draw_photo, name):
    newsroom.run("fix")
    make_own(newsroom, name)
    assert [path.name for path in (newsroom.root / "stories").iterdir()] == ["registers"]
    assert rules(newsroom) == ["GS808"]
    story = newsroom.root / "stories/2026/cay-cau/index.md"
    story.parent.mkdir(parents=True)
    story.write_text(STORY, "utf-8")
    draw_photo(story.parent / "bia.jpg")
    assert rules(newsroom) == []
    newsroom.build("--strict")


def test_no_key_is_written_twice(newsroom):
    by_hand = "doi-gio:\n  name: Đồi Gió\n  type: xa\n  province: vinh-son\n\nmu-ca: "
    newsroom.edit("stories/registers/places.yml", "mu-ca: ", by_hand)
    *_, ran = make_own(newsroom, "README.md")
    text = (newsroom.root / "stories/registers/places.yml").read_text("utf-8")
    keys = re.findall(r"^([a-z0-9-]+):", text, re.MULTILINE)
    assert len(keys) == len(set(keys))
    # Its own lines by hand give way; a unit elsewhere and the province keep their keys.
    assert "doi-gio" in ran.stdout
    assert {"doi-gio", "phuong-doi-gio", "xa-mu-ca", "phuong-vinh-son", "vinh-son"} <= set(keys)
    assert '\nmu-ca: {name: Mù Cả, type: xa, code: "03451", province: lai-chau' in text
    assert "became: [xa-mu-ca]" in text
    again = run_line(commands("README.md")[-1], newsroom.root)
    assert "doi-gio" not in again.stdout
    assert (newsroom.root / "stories/registers/places.yml").read_text("utf-8") == text


def test_a_province_that_is_missing_is_told(newsroom):
    places = newsroom.root / "stories/registers/places.yml"
    (newsroom.root / "table.csv").write_text(TABLE, "utf-8")
    ran = run_line(commands("README.md")[-1], newsroom.root)
    assert "vinh-son" in ran.stderr
    assert "\nvinh-son:" not in places.read_text("utf-8")
