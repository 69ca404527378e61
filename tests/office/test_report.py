"""The report of a period: its numbers, its words as typed, its bytes, and what it leaves out."""

from __future__ import annotations

import datetime as dt
import random
import shutil
import subprocess
from collections import Counter

import pytest
import yaml
from pypdf import PdfReader
from tests.office.reading import open_parts, read_sheets, read_tables, read_texts
from tests.paper.conftest import write_story
from tests.tools import need

from guongsang.office import errors
from guongsang.registers.paths import PRINTS

TYPED = "=1+1 & <giữ rừng> \"ngoặc\" 'đơn'"
WEB_ONLY = {"basis": "consent", "record": "P-1", "date": "2026-05-01", "scope": ["name", "photo"]}


def report(newsroom, period, *options, code=0, **more):
    ran = newsroom.run("report", period, *options, **more)
    assert ran.code == code, ran.err + ran.out
    return ran


def read(newsroom, name):
    return (newsroom.root / "an-pham" / name).read_bytes()


def make(newsroom, period, *options, **more):
    """Make a report and its workbook; return both."""
    ran = report(newsroom, period, "--xlsx", *options, **more)
    word, sheets = (line.split()[2].rstrip(":") for line in ran.out.splitlines())
    return (newsroom.root / word).read_bytes(), (newsroom.root / sheets).read_bytes()


# What a report tells, counted from the files alone.


def _month(day):
    return str(day)[:7].replace("-", "/")


def count_files(root, months):
    """Count the public stories of some months by all that the report breaks them down by."""
    found = {name: Counter() for name in ("column", "field", "deed", "place", "kind", "author")}
    found["award"], found["total"] = Counter(), Counter()
    seen, places, authors, awards = set(), set(), set(), set()
    public = set()
    records = {
        path.stem: yaml.safe_load(path.read_text("utf-8"))
        for path in root.glob("stories/registers/honorees/*.yml")
    }
    for path in root.glob("stories/*/*/index.md"):
        front = yaml.safe_load(path.read_text("utf-8").split("---\n")[1])
        for each in front.get("corrections") or ():
            is_public = front["status"] == "ready"
            if is_public and _month(each["date"]) in months:
                found["total"]["corrections"] += 1
        if front["status"] == "retracted":
            if _month(front["retracted"]["date"]) in months:
                found["total"]["retractions"] += 1
            continue
        if front["status"] != "ready" or front.get("publish_at"):
            continue  # what is scheduled in these newsrooms is always ahead
        public |= {each["id"] for each in front["honorees"] if "id" in each}
        if _month(front["date"]) not in months:
            continue
        found["total"]["stories"] += 1
        found["column"][front["column"]] += 1
        found["field"].update(front["fields"])
        found["deed"].update(front.get("deeds") or ())
        units = {each["unit"] for each in front["places"]}
        found["place"].update(units)
        places |= units
        names = {each.get("id") or each["name"] for each in front["authors"]}
        found["author"].update(names)
        authors |= names
        for each in front["honorees"]:
            if "id" not in each:
                found["kind"][each["kind"]] += 1
            elif each["id"] not in seen:
                seen.add(each["id"])
                found["kind"][records[each["id"]]["kind"]] += 1
            awards |= {
                (each["id"], award["id"], award["award"])
                for award in records.get(each.get("id"), {}).get("awards") or ()
                if award["status"] == "valid" and award["id"] in (front.get("awards") or ())
            }
    found["award"].update(kind for *_, kind in awards)
    found["total"]["awards"] = len(awards)
    years = Counter(month[:4] for month in months)
    found["total"]["given"] = sum(
        _month(award["date"]) in months if "date" in award else years[str(award["year"])] == 12
        for key in public
        for award in records[key].get("awards") or ()
        if award["status"] == "valid"
    )
    found["total"]["honorees"] = found["kind"].total()
    found["total"]["places"] = len(places)
    found["total"]["authors"] = len(authors)
    return found


NAMES = {
    "column": {"ban-muong": "Gương sáng bản Mường", "viec-tot": "Gương người tốt, việc tốt"},
    "field": {"giao-duc": "Giáo dục", "y-te": "Y tế"},
    "deed": {"xoa-mu-chu": "Xóa mù chữ"},
    "place": {
        "mu-ca": "Xã Mù Cả",
        "sin-suoi-ho": "Xã Sin Suối Hồ",
        "le-thuy": "Xã Lệ Thủy, Quảng Trị",
    },
    "award": {"huan-chuong": "Huân chương Lao động hạng Ba", "giay-khen": "Giấy khen"},
    "kind": {"person": "Cá nhân", "collective": "Tập thể", "household": "Hộ gia đình"},
    "author": {"lan": "Nguyễn Thị Lan", "ban-bien-tap": "Ban Biên tập", "Bạn viết": "Bạn viết"},
}
HEADINGS = {
    "column": "Chuyên mục",
    "field": "Lĩnh vực",
    "deed": "Việc làm",
    "place": "Địa phương",
    "award": "Khen thưởng nêu trong bài",
    "kind": "Nhân vật",
    "author": "Người viết, chụp ảnh, quay phim",
}
TOTALS = {
    "Bài đã đăng": "stories",
    "Nhân vật": "honorees",
    "Địa phương có bài": "places",
    "Người viết, chụp ảnh, quay phim": "authors",
    "Khen thưởng nêu trong bài": "awards",
    "Khen thưởng trao trong kỳ": "given",
    "Chỗ cải chính": "corrections",
    "Bài gỡ": "retractions",
}


# Dated, of a year, of a month, and one that does not count.
AWARDS = """awards:
  - {id: hc-a, award: huan-chuong, date: 2026-02-10, status: valid}
  - {id: gk-b, award: giay-khen, year: 2025, status: valid}
  - {id: gk-c, award: giay-khen, date: 2025-08-20, status: valid}
  - {id: gk-d, award: giay-khen, date: 2026-03-05, status: revoked}
"""


def fill(newsroom, seed):
    """Write stories at random over a year and a half, of every state."""
    chance, shows = random.Random(seed), random.Random(seed)
    shutil.rmtree(newsroom.root / "stories/2026/hen-gio")
    with (newsroom.root / "stories/registers/honorees/to-hien-mau.yml").open("a") as file:
        file.write(AWARDS)
    shown = {"ho-giao": ["hc-1966"], "to-hien-mau": ["hc-a", "gk-b", "gk-c"]}
    people = [
        {"id": "ho-giao"},
        {"id": "to-hien-mau"},
        *(
            {
                "kind": kind,
                "called": f"một {kind}",
                "consent": {"basis": "public_event", "note": "x"},
            }
            for kind in NAMES["kind"]
        ),
    ]
    authors = [{"id": "lan"}, {"id": "ban-bien-tap"}, {"name": "Bạn viết", "did": "photo"}]

    def some(values, least=1):
        return chance.sample(list(values), chance.randint(least, len(values)))

    for n in range(40):
        day = dt.date(2025, 1, 1) + dt.timedelta(days=chance.randrange(540))
        status = chance.choice(["ready"] * 6 + ["draft", "retracted", "ahead"])
        more = {}
        if status == "retracted":
            more["retracted"] = {"date": str(day + dt.timedelta(days=3)), "reason": "Sai"}
        elif status == "ahead":
            status, more["publish_at"] = "ready", "2027-01-01"
        elif chance.random() < 0.3:
            fixed = day + dt.timedelta(days=chance.randrange(5))
            more["corrections"] = [{"date": str(fixed), "was": f"{n} hộ", "now": "hai hộ"}]
        honorees = some(people)
        held = [award for each in honorees for award in shown.get(each.get("id"), ())]
        write_story(
            newsroom.root,
            f"bai-{n}",
            body=f"Chữ của bài số {n}.\n",
            title=f"Tít {n}",
            date=str(day),
            column=chance.choice(list(NAMES["column"])),
            fields=some(NAMES["field"]),
            deeds=some(NAMES["deed"], 0),
            places=[{"unit": unit} for unit in some(NAMES["place"])],
            honorees=honorees,
            awards=[each for each in held if shows.random() < 0.5],
            authors=some(authors),
            status=status,
            **more,
        )


@pytest.mark.parametrize(("seed", "period"), [(1, "2026-01..2026-06"), (2, "2025"), (3, "2026-q1")])
def test_its_numbers_are_those_of_the_files(newsroom, seed, period):
    fill(newsroom, seed)
    word, workbook = make(newsroom, period)
    first, count = {"2025": (24300, 12), "2026-q1": (24312, 3)}.get(period, (24312, 6))
    months = [f"{n // 12}/{n % 12 + 1:02}" for n in range(first - count, first + count)]
    before, now = (count_files(newsroom.root, part) for part in (months[:count], months[count:]))
    tables, sheets = read_tables(word), read_sheets(workbook)
    assert now["total"]["stories"] > 3  # or this shows nothing
    told = {row[0]: row[1:3] for row in tables["Số liệu chung"][1:]}
    for name, key in TOTALS.items():
        assert told[name] == [str(now["total"][key]), str(before["total"][key])], name
    for kind, heading in HEADINGS.items():
        expected = {
            NAMES[kind].get(key, key): (now[kind][key], before[kind][key])
            for key in {**NAMES[kind], **now[kind], **before[kind]}
            if kind in ("column", "field", "deed", "kind") or now[kind][key] or before[kind][key]
        }
        rows = tables[heading][1:]
        assert {row[0]: (int(row[1]), int(row[2])) for row in rows} == expected, heading
        cells = [row for row in sheets[heading][3:] if row]
        assert {row[0]: (row[1], row[2]) for row in cells} == expected, heading
        assert [row[0] for row in cells] == [row[0] for row in rows]
    by_time = tables["Số bài theo thời gian"][1:]
    assert len(by_time) == count
    assert sum(int(row[1]) for row in by_time) == now["total"]["stories"]
    assert sum(int(row[2]) for row in by_time) == before["total"]["stories"]
    listed = next(rows for caption, rows in tables.items() if caption.startswith("(Kèm theo"))
    assert len(listed) - 1 == now["total"]["stories"]
    assert len(sheets["Danh sách bài"]) == now["total"]["stories"] + 3


def test_two_runs_give_the_same_bytes(newsroom):
    made = make(newsroom, "2026-01..2026-06")
    shutil.rmtree(newsroom.root / "an-pham")
    assert make(newsroom, "2026-01..2026-06") == made
    # Nor does the day on which it is made matter once the period is over.
    assert make(newsroom, "2026-01..2026-06", now="1783500000") == made


def test_words_come_out_as_typed_and_no_cell_is_a_formula(newsroom):
    for n, sign in enumerate("=+-@"):
        write_story(newsroom.root, f"dau-{n}", title=f"{sign}{TYPED[1:]}", body="Chữ.\n")
    newsroom.edit("stories/registers/columns.yml", "Gương sáng bản Mường", "Gương & <sáng>")
    newsroom.edit("con-chu", "was: 12 hộ, now: 21 hộ", "was: '=12 & <hộ>', now: '@21'")
    word, workbook = make(newsroom, "2026-06")
    titles = {f"{sign}{TYPED[1:]}" for sign in "=+-@"}
    tables, sheets = read_tables(word), read_sheets(workbook)
    listed = next(rows for caption, rows in tables.items() if caption.startswith("(Kèm theo"))
    assert titles <= {row[2] for row in listed}
    assert titles <= {row[1] for row in sheets["Danh sách bài"] if len(row) > 1}
    assert "Gương & <sáng>" in {row[0] for row in tables["Chuyên mục"]}
    assert tables["Những chỗ đã cải chính"][1][2:] == ["=12 & <hộ>", "@21"]
    assert ["=12 & <hộ>", "@21"] in [row[2:] for row in sheets["Cải chính, gỡ bài"]]


@pytest.mark.parametrize(
    ("period", "stories", "told"),
    [
        ("2024", 0, "không đăng bài nào, năm 2023 cũng không có."),
        ("2025-12", 1, "đăng 1 bài, tháng 11 năm 2025 không có."),
        ("2025-12..2026-05", 2, "đăng 2 bài, từ tháng 6 đến tháng 11 năm 2025 không có."),
        ("2026-06", 1, "đăng 1 bài, bằng tháng 5 năm 2026."),
        ("2026-01", 0, "không đăng bài nào, giảm 1 bài (100%) so với tháng 12 năm 2025."),
        ("2026-q2", 2, "đăng 2 bài, quý I năm 2026 không có."),
    ],
)
def test_empty_single_and_over_new_year(newsroom, period, stories, told):
    word, workbook = make(newsroom, period)
    assert any(told in text for text in read_texts(word))
    assert read_tables(word)["Số liệu chung"][1][1] == str(stories)
    assert len(read_sheets(workbook)["Danh sách bài"]) == stories + 3
    assert ("Trong kỳ không có bài nào." in read_texts(word)) == (stories == 0)


def test_a_period_that_is_not_over_says_until_when_it_was_counted(newsroom):
    report(newsroom, "2026")
    told = "số liệu tính đến ngày 01/07/2026."
    assert any(told in text for text in read_texts(read(newsroom, "bao-cao-2026.docx")))
    report(newsroom, "2026-01..2026-06")
    made = read(newsroom, "bao-cao-2026-01-den-2026-06.docx")
    assert not any("tính đến" in text for text in read_texts(made))


def test_communes_without_a_story(newsroom):
    with (newsroom.root / "stories/registers/places.yml").open("a", encoding="utf-8") as file:
        file.write("nam-tam: {name: Nậm Tăm, type: xa, province: lai-chau}\n")
    word, workbook = make(newsroom, "2026-06")
    texts = read_texts(word)
    told = "Trong 3 đơn vị cấp xã của tỉnh, 2 đơn vị chưa có bài trong kỳ, tăng 1 đơn vị (100%)"
    assert told in " ".join(texts)
    assert "Chưa từng có bài: Xã Nậm Tăm." in texts
    assert "Đã có bài ở kỳ khác: Xã Sin Suối Hồ." in texts
    assert [row[0] for row in read_sheets(workbook)["Chưa có bài"][3:]] == [
        "Xã Nậm Tăm",
        "Xã Sin Suối Hồ",
    ]


def test_both_letterheads_are_filled_from_the_settings(newsroom):
    with (newsroom.root / "stories/registers/newsroom.yml").open("a", encoding="utf-8") as file:
        file.write("letterhead: {superior: Tỉnh ủy Mẫu, code: TM, position: Trưởng ban}\n")
    report(newsroom, "2026-06", "--head", "party")
    report(newsroom, "2026-06")
    party = read(newsroom, "bao-cao-2026-06-dang.docx")
    state = read(newsroom, "bao-cao-2026-06.docx")
    heads = [" ".join(" ".join(row) for row in read_tables(made)[""]) for made in (state, party)]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in heads[0] and "/BC-TM" in heads[0]
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in heads[1] and "-BC/TM" in heads[1]
    for head in heads:
        assert "TỈNH ỦY MẪU TÒA SOẠN THỬ" in head and "Lai Châu, ngày" in head
    assert "I. TÌNH HÌNH CHUNG" in read_texts(state)
    assert "I- TÌNH HÌNH CHUNG" in read_texts(party)
    for made in (state, party):
        parts = open_parts(made)["word/document.xml"].decode()
        assert parts.count("<w:sdt>") == 5 and "Người thử" in parts and "TRƯỞNG BAN" in parts


def test_whoever_may_not_be_printed_is_counted_and_not_named(newsroom):
    newsroom.edit(
        "con-chu",
        "id: ho-giao\n    role: người dạy chữ",
        f"kind: person\n    name: Lò Mẫu\n    consent: {WEB_ONLY}",
    )
    newsroom.edit("con-chu", "awards: [hc-1966]\n", "")
    ran = report(newsroom, "2026-q2", "--xlsx")
    assert "Bài con-chu được đếm nhưng không ghi tít" in ran.err
    for name, read_all in (("docx", read_tables), ("xlsx", read_sheets)):
        made = str(read_all(read(newsroom, f"bao-cao-2026-Q2.{name}")))
        assert "Con chữ" not in made and "12 hộ" not in made and "không in tít" in made
        assert "Một giọt máu" in made
    kept = (newsroom.root / PRINTS).read_text("utf-8")
    assert "bao-cao-2026-Q2" in kept and len(kept.splitlines()[-1].split()) == 4


def test_an_ethnic_group_needs_switch_and_scope_and_five_people(newsroom):
    allowed = {**WEB_ONLY, "scope": ["name", "print", "ethnic_group"]}
    people = [
        {"kind": "person", "called": f"người {n}", "ethnic_group": group, "consent": consent}
        for n, (group, consent) in enumerate(
            [("Mông", allowed)] * 6 + [("Dao", allowed)] * 4 + [("Thái", WEB_ONLY)] * 7
        )
    ]
    write_story(newsroom.root, "dong-nguoi", honorees=people, body="Chữ.\n")
    assert "Mông" not in str(read_tables(make(newsroom, "2026-06")[0]))
    newsroom.edit(
        "stories/registers/newsroom.yml",
        "page_size: 2",
        "page_size: 2\nswitches: {browse_ethnic_groups: true}",
    )
    word, workbook = make(newsroom, "2026-06")
    assert [row[:4] for row in read_tables(word)["Dân tộc của nhân vật"][1:]] == [
        ["Mông", "6", "dưới 5", "–"]
    ]
    for made in (str(read_tables(word)), str(read_sheets(workbook))):
        assert "Dao" not in made and "Thái" not in made


def test_what_was_reported_is_found_and_erased(newsroom):
    report(newsroom, "2026-q2")
    report(newsroom, "2025-12", "--xlsx", "--head", "party")
    erased = newsroom.run("erase", "nguoi-giu-lua")
    assert erased.code == 0 and "bao-cao-2025-12-dang" in erased.out, erased.err + erased.out
    left = [path.name for path in (newsroom.root / "an-pham").iterdir()]
    assert left == ["bao-cao-2026-Q2.docx"]


@pytest.mark.parametrize(
    ("period", "code", "told"),
    [
        ("2026-13", 2, "“2026-13” không phải một kỳ báo cáo."),
        ("2026-06..2026-01", 2, "không phải một kỳ báo cáo"),
        ("con-chu", 2, "không phải một kỳ báo cáo"),
    ],
)
def test_what_cannot_be_made_ends_in_one_line(newsroom, period, code, told):
    ran = newsroom.run("report", period)
    assert ran.code == code and told in ran.err and len(ran.err.splitlines()) == 1
    assert "no period" in newsroom.run("report", period, "--lang", "en").err
    assert not (newsroom.root / "an-pham").exists()


def test_nothing_is_made_while_something_is_wrong(newsroom):
    newsroom.edit("con-chu", "column: ban-muong", "column: khong-co")
    ran = newsroom.run("report", "2026-06")
    assert ran.code == 1 and "Chưa làm gì: sửa các lỗi trên trước" in ran.err
    assert not (newsroom.root / "an-pham").exists()


def test_a_missing_library_and_a_link_that_leads_out(newsroom, monkeypatch, tmp_path):
    (newsroom.root / "an-pham").symlink_to(tmp_path)
    ran = newsroom.run("report", "2026-06")
    assert ran.code == 1 and "an-pham là liên kết dẫn ra ngoài" in ran.err
    monkeypatch.setattr(errors, "find_spec", lambda _: None)
    ran = newsroom.run("report", "2026-06")
    assert ran.code == 2 and "pip install 'guongsang[office]'" in ran.err


@pytest.mark.long
def test_libreoffice_opens_it_on_the_expected_pages(newsroom, tmp_path):
    soffice = shutil.which("soffice")
    need(soffice, "LibreOffice", comes_by="apt install libreoffice-writer-nogui")
    report(newsroom, "2026-q2")
    source = newsroom.root / "an-pham" / "bao-cao-2026-Q2.docx"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, source]
    subprocess.run(command, check=True, capture_output=True)
    pages = [page.extract_text() for page in PdfReader(tmp_path / "bao-cao-2026-Q2.pdf").pages]
    assert 4 <= len(pages) <= 6
    assert "CỘNG HÒA" in pages[0] and pages[0].split()[0] != "1"
    assert pages[1].split()[0] == "2"
    assert "Phụ lục" in pages[-1]
