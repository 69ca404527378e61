"""The head of a letter, of the state and of the party, as their rules want it."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from xml.etree import ElementTree

import pytest

from guongsang.office.document import open_document, pack_document
from guongsang.office.letterhead import Letterhead, add_head, add_signature, add_title

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def make(kind, **more):
    head = Letterhead(kind, "Ban Mẫu & bạn", "Lò Văn Mẫu", "Lai Châu", **more)
    document = open_document(title="Báo cáo", author="Ban Mẫu", day=dt.date(2026, 7, 1))
    add_head(document, head, "BC")
    add_title(document, head, "Báo cáo", "Kết quả <thử>")
    add_signature(document, head, ["Như trên;", "Lưu: VT."])
    return pack_document(document)


def read_runs(made):
    """Return each text with its size in points and how it looks."""
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        document = ElementTree.fromstring(archive.read("word/document.xml"))
    found = {}
    for run in document.iter(f"{W}r"):
        text = "".join(each.text or "" for each in run.iter(f"{W}t"))
        size = run.find(f"{W}rPr/{W}sz")
        points = None if size is None else int(size.get(f"{W}val")) / 2
        marks = [
            name
            for name in ("b", "i", "u")
            if (mark := run.find(f"{W}rPr/{W}{name}")) is not None and mark.get(f"{W}val") != "0"
        ]
        found[text.replace("\xa0", "")] = (points, "".join(marks))
    return found


STATE = {
    "TỈNH ỦY MẪU": (13, ""),
    "BAN MẪU & BẠN": (13, "b"),
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM": (12, "b"),
    "Độc lập - Tự do - Hạnh phúc": (13, "b"),
    "Số:/BC-BM": (13, ""),
    "Lai Châu, ngàythángnăm": (13, "i"),
    "BÁO CÁO": (14, ""),  # bold by its style
    "Nơi nhận:": (12, "bi"),
    "- Như trên;": (11, ""),
    "- Lưu: VT.": (11, ""),
    "TRƯỞNG BAN": (14, "b"),
    "Lò Văn Mẫu": (14, "b"),
}
PARTY = {
    "TỈNH ỦY MẪU": (14, ""),
    "BAN MẪU & BẠN": (14, "b"),
    "*": (14, ""),
    "ĐẢNG CỘNG SẢN VIỆT NAM": (15, "b"),
    "Số-BC/BM": (14, ""),
    "Lai Châu, ngàythángnăm": (14, "i"),
    "BÁO CÁO": (16, ""),
    "Nơi nhận:": (14, "u"),
    "- Như trên;": (12, ""),
    "- Lưu: VT.": (12, ""),
    "TRƯỞNG BAN": (14, ""),
    "Lò Văn Mẫu": (14, "b"),
}


@pytest.mark.parametrize(("kind", "expected"), [("state", STATE), ("party", PARTY)])
def test_every_part_has_its_size(kind, expected):
    runs = read_runs(make(kind, superior="Tỉnh ủy Mẫu", code="BM", position="Trưởng ban"))
    assert {text: told for text, told in runs.items() if told[0]} == expected
    assert "Kết quả <thử>" in runs and ("-----" in runs) == (kind == "party")


@pytest.mark.parametrize("kind", ["state", "party"])
def test_what_the_newsroom_has_not_told_stays_open(kind):
    runs = read_runs(make(kind))
    assert "TỈNH ỦY MẪU" not in runs and "" not in runs
    assert {"Số:/BC-…", "Số-BC/…"} & runs.keys() and "…" in runs


@pytest.mark.parametrize("kind", ["state", "party"])
def test_equal_letters_have_equal_bytes(kind):
    assert make(kind) == make(kind)
