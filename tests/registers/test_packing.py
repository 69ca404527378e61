"""How keys are chosen when the units of the country are packed, and that they stay."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from guongsang.registers.gazetteer import read_lines

SCRIPT = Path(__file__).parent.parent.parent / "scripts/pack_places.py"
HEAD = "old_code,old_unit,old_district,old_province,new_code,new_unit,new_province,divided\n"
TABLE = """\
10,Xã Suối Lạnh,Huyện Đồi Gió,Tỉnh Núi Xa,10,Xã Suối Lạnh,Tỉnh Vĩnh Sơn,no
11,Thị trấn Đá Bàn,Huyện Đồi Gió,Tỉnh Núi Xa,11,Xã Đá Bàn,Tỉnh Vĩnh Sơn,no
12,Xã Đá Bàn,Huyện Đồi Gió,Tỉnh Núi Xa,11,Xã Đá Bàn,Tỉnh Vĩnh Sơn,yes
12,Xã Đá Bàn,Huyện Đồi Gió,Tỉnh Núi Xa,12,Phường Đá Bạn,Tỉnh Vĩnh Sơn,yes
13,Phường Núi Xa,Thành Phố Núi Xa,Tỉnh Núi Xa,13,Phường Núi Xa,Tỉnh Vĩnh Sơn,no
14,Xã Cầm Giang,Quận Vĩnh Sơn,Tỉnh Vĩnh Sơn,14,Xã Cầm Giang,Tỉnh Vĩnh Sơn,no
15,Xã Cẩm Giàng,Quận Vĩnh Sơn,Tỉnh Vĩnh Sơn,15,Xã Cẩm Giàng,Tỉnh Vĩnh Sơn,no
16,Xã Phú Lâm,Huyện Hà Trung,Tỉnh Vĩnh Sơn,16,Xã Phú Lâm Hà Trung,Tỉnh Vĩnh Sơn,no
17,Xã Bãi Dài,Huyện Biển Hồ,Tỉnh Vĩnh Sơn,16,Xã Phú Lâm Hà Trung,Tỉnh Vĩnh Sơn,no
,,Huyện Hòn Xa,Thành phố Biển Hồ,30,Đặc khu Hòn Xa,Thành phố Biển Hồ,no
31,Phường 1,Quận 3,Thành phố Biển Hồ,31,Phường Bãi Dài,Thành phố Biển Hồ,no
"""
SPELLINGS = """\
code,old,spelling,district,code,new
10,Xã Suối Lãnh,Xã Suối Lạnh,Huyện Đồi Gió,10,Xã Suối Lãnh
"""


def pack(folder: Path, table: str, *options: str) -> list[list[str]]:
    (folder / "units.csv").write_text(HEAD + table, "utf-8")
    packed = folder / "units.gz"
    command = [sys.executable, str(SCRIPT), str(folder / "units.csv"), "--output", str(packed)]
    subprocess.run([*command, *options], check=True, capture_output=True)
    return read_lines(packed)


def keys(lines, tag):
    return {line[3]: line[1] for line in lines if line[0] == tag}


@pytest.fixture
def lines(tmp_path):
    return pack(tmp_path, TABLE)


def test_keys_of_present_units(lines):
    assert keys(lines, "U") == {
        "10": "suoi-lanh",
        # Two names that fold to one: by type where that tells them apart, else by code.
        "11": "xa-da-ban",
        "12": "phuong-da-ban",
        "14": "cam-giang-14",
        "15": "cam-giang-15",
        # The name of a province, of a former one too, is that province's.
        "13": "phuong-nui-xa",
        "16": "phu-lam-ha-trung",
        "30": "hon-xa",
        "31": "bai-dai",
    }


def test_keys_of_former_units(lines):
    assert keys(lines, "F") == {
        "10": "suoi-lanh-doi-gio",
        # A town beside a commune of its name: the commune keeps the plain key.
        "11": "thi-tran-da-ban",
        "12": "da-ban-doi-gio",
        "13": "nui-xa-nui-xa",
        "14": "cam-giang-vinh-son-14",
        "15": "cam-giang-vinh-son-15",
        # A present unit has that key already.
        "16": "xa-phu-lam-ha-trung",
        "17": "bai-dai-bien-ho",
        "31": "1-3",
    }


def test_a_key_elsewhere_is_nobodys_at_home(lines):
    """Bãi Dài of Biển Hồ would be what a former unit of Vĩnh Sơn is called at home."""
    far = {line[1]: line[-1] for line in lines if line[0] in "UF" and line[-1]}
    assert far == {"bai-dai": "bai-dai-31-bien-ho"}


def test_what_the_lines_tell(lines):
    former = next(line for line in lines if line[:2] == ["F", "da-ban-doi-gio"])
    assert former[5] == "xa-da-ban phuong-da-ban"
    assert ["D", "thanh-pho", "Núi Xa", "nui-xa"] in lines
    assert ["O", "nui-xa", "tinh", "Núi Xa", ""] in lines
    assert ["D", "quan", "3", "bien-ho"] in lines
    assert [line[1] for line in lines if line[0] == "P"] == ["vinh-son", "bien-ho"]


def test_a_second_table_overrules_the_names(tmp_path):
    (tmp_path / "spellings.csv").write_text(SPELLINGS, "utf-8")
    lines = pack(tmp_path, TABLE, "--spellings", str(tmp_path / "spellings.csv"))
    assert ["U", "suoi-lanh", "xa", "10", "Suối Lãnh", "Suối Lạnh", ""] in lines
    former = ["F", "suoi-lanh-doi-gio", "xa", "10", "Suối Lãnh", "suoi-lanh", "Suối Lạnh", ""]
    assert former in lines


def test_keys_in_use_stay(tmp_path, lines):
    """They are addresses: a namesake that comes later takes nothing away."""
    later = "18,Xã Suối Lành,Huyện Đồi Gió,Tỉnh Núi Xa,18,Xã Suối Lành,Tỉnh Vĩnh Sơn,no\n"
    again = pack(tmp_path, TABLE + later)
    assert keys(lines, "U").items() < keys(again, "U").items()
    assert keys(lines, "F").items() < keys(again, "F").items()
    assert keys(again, "U")["18"] == "xa-suoi-lanh"
    packed = (tmp_path / "units.gz").read_bytes()
    pack(tmp_path, TABLE + later)
    assert (tmp_path / "units.gz").read_bytes() == packed
