"""Parts of stories on the built site: corrections, sequels, series, recordings, files, awards."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape

import pytest

from guongsang.prose.finish import RESERVED_IDS

HOUR = 3600


def read(site, url):
    html = (site / url / "index.html").read_text("utf-8")
    return " ".join(unescape(html[html.index("<h1") : html.index("</main>")]).split())


def find(site, text):
    """Return the files that hold a text; the guide's examples are nobody's."""
    files = (path for path in sorted(site.rglob("*")) if path.is_file())
    named = [
        path.relative_to(site).as_posix() for path in files if text.encode() in path.read_bytes()
    ]
    return [name for name in named if "huong-dan" not in name]


def at(text):
    return str(int(dt.datetime.fromisoformat(f"{text}+07:00").timestamp()))


def test_a_correction_has_the_form_that_press_law_asks_for(built):
    """Heading, name of the piece, its column and date, what was wrong, what is right."""
    story = read(built.site, "2026/con-chu/")
    notice = re.search(r'<aside class="notice notice--correction".*?</aside>', story)[0]
    for part in (
        "Thông tin cải chính, xin lỗi",
        "“Con chữ lên Mù Cả”",
        "chuyên mục Gương sáng bản Mường",
        "đăng thứ ba, 19/05/2026",
        "Tòa soạn xin lỗi",
        "Thứ hai, 01/06/2026",
        "Đã đăng: “12 hộ”",
        "Nay sửa là: “21 hộ”",
        'href="../../cai-chinh/"',
    ):
        assert part in notice, part
    assert "“12 hộ”" in read(built.site, "cai-chinh/")


def test_a_correction_alone_is_the_last_change(newsroom):
    newsroom.edit("con-chu", "updated: 2026-06-01\n", "")
    newsroom.edit("con-chu", "date: 2026-06-01, was", "date: 2026-06-09, was")
    newsroom.build()
    moment = "2026-06-09T00:00:00+07:00"
    changed = find(newsroom.site, moment)
    for name in ("2026/con-chu/index.html", "sitemap.xml", "feed.json", "du-lieu/stories.json"):
        assert name in changed
    page = (newsroom.site / "2026/con-chu/index.html").read_text("utf-8")
    assert f'"dateModified":"{moment}"' in page
    assert f'<meta property="article:modified_time" content="{moment}">' in page


def test_sequels_lead_both_ways(built):
    assert 'Tiếp theo câu chuyện: <a href="../../2026/con-chu/">' in read(
        built.site, "2026/mot-giot-mau/"
    )
    assert 'Chuyện về sau: <a href="../../2026/mot-giot-mau/">' in read(built.site, "2026/con-chu/")


def test_parts_of_a_series_show_each_other_and_which_one_this_is(built):
    first, second = (read(built.site, f"2026/{slug}/") for slug in ("con-chu", "mot-giot-mau"))
    assert '<li value="1" aria-current="true">Con chữ lên Mù Cả' in first
    assert '<li value="2"><a href="../../2026/mot-giot-mau/">' in first
    assert '<li value="2" aria-current="true">Một giọt máu cho bản' in second
    whole = read(built.site, "loat-bai/len-lop/")
    assert whole.index("Con chữ lên Mù Cả") < whole.index("Một giọt máu cho bản")


def test_makers_are_named_with_what_they_did(built):
    story = read(built.site, "2026/con-chu/")
    found = re.findall(r'<span class="byline">(.*?)</span>', story)
    lines = [re.sub(r"<[^>]+>", "", line) for line in found]
    assert lines == ["Bài và ảnh: Nguyễn Thị Lan", "Video: Cộng tác viên"]
    assert "Con chữ lên Mù Cả" in read(built.site, "tac-gia/lan/")


def test_every_place_of_a_story_lists_it(built):
    story = read(built.site, "2026/con-chu/")
    assert "Xã Thèn Sin, huyện Tam Đường (nay thuộc" in re.sub(r"<[^>]+>", "", story)
    for unit in ("sin-suoi-ho", "mu-ca"):
        assert "Con chữ lên Mù Cả" in read(built.site, f"dia-phuong/{unit}/")


def test_recordings_stand_below_the_lede_with_their_words_and_makers(built):
    story = read(built.site, "2026/mot-giot-mau/")
    lede, audio = story.index("Mở bài về tổ hiến máu"), story.index("<audio")
    assert lede < audio < story.index("figure--cover")
    machine, person = re.findall(r'<section class="audio".*?</section>', story)
    assert "Nghe bài bằng tiếng Mông" in machine
    assert "Giọng đọc do máy tạo" in machine
    assert 'src="../../am-thanh/mot-giot-mau/doc-tieng-mong.mp3" type="audio/mpeg"' in machine
    assert re.search(r'lang="hmn">.*Lời kể đoạn một\..*Lời kể đoạn hai\.', machine)
    assert "Giọng đọc: Lan" in person
    assert "máy tạo" not in person
    assert 'type="audio/mp4"' in person
    for name in ("doc-tieng-mong.mp3", "loi-ke.m4a"):
        published = built.site / "am-thanh/mot-giot-mau" / name
        assert published.read_bytes() == (built.path("mot-giot-mau").parent / name).read_bytes()


def test_files_keep_their_names_whatever_these_are(newsroom):
    name = "Danh sách #1 100%.PDF"
    folder = newsroom.path("mot-giot-mau").parent
    (folder / "danh-sach.pdf").rename(folder / name)
    newsroom.edit("mot-giot-mau", "src: danh-sach.pdf", f'src: "{name}"')
    newsroom.build()
    assert (newsroom.site / "tep/mot-giot-mau" / name).is_file()
    address = "tep/mot-giot-mau/Danh%20s%C3%A1ch%20%231%20100%25.PDF"
    assert f'href="../../{address}"' in read(newsroom.site, "2026/mot-giot-mau/")
    assert "(PDF)" in read(newsroom.site, "2026/mot-giot-mau/")
    for feed in ("rss.xml", "atom.xml", "feed.json"):
        assert f"https://guong.example/{address}" in (newsroom.site / feed).read_text("utf-8")


def test_a_voice_out_of_scope_stops_the_build(newsroom):
    newsroom.edit(
        "mot-giot-mau",
        "  - src: loi-ke.m4a\n",
        "  - src: loi-ke.m4a\n"
        "    consent:\n"
        '      {basis: consent, record: "P-1", date: 2026-01-01, scope: [name]}\n',
    )
    ran = newsroom.run("build")
    assert ran.code == 1
    assert "GS517" in ran.err
    assert not newsroom.site.exists()


def test_a_revoked_award_vanishes_everywhere_by_one_switch(published):
    name = "Huân chương Lao động hạng Ba"
    assert {
        "2026/con-chu/index.html",
        "nhan-vat/ho-giao/index.html",
        "khen-thuong/index.html",
        "du-lieu/honours.csv",
        "index.html",
    } <= set(find(published.site, name))
    published.edit(
        "stories/registers/honorees/ho-giao.yml",
        "year: 1966, status: valid",
        "year: 1966, status: revoked",
    )
    published.build()
    assert find(published.site, name) == []
    assert published.bytes() == published.clean_bytes()


@pytest.mark.parametrize(
    ("now", "is_public"), [("2026-07-30T05:59:59", False), ("2026-07-30T06:00:00", True)]
)
def test_a_story_comes_out_at_its_hour_in_vietnam(newsroom, now, is_public):
    newsroom.edit("hen-gio", "publish_at: ", "publish_at: 2026-07-30 06:00  # ")
    newsroom.build(now=at(now))
    named = find(newsroom.site, "Bài hẹn giờ")
    assert ("2026/hen-gio/index.html" in named) is is_public
    assert bool(named) is is_public
    assert ("sitemap-tin-moi.xml" in named) is is_public


def test_a_page_by_hand_links_into_the_site_from_wherever_it_is_hosted(built, built_below):
    for site in (built.site, built_below.site):
        page = read(site, "gioi-thieu/")
        for href in ("../khen-thuong/", "../2026/con-chu/#phan-cuoi", "../rss.xml"):
            assert f'href="{href}"' in page


def test_a_heading_that_others_link_to_is_missed_when_it_goes(newsroom):
    """The story with the link has not changed, the one that it leads into has."""
    assert newsroom.run("check").code == 0
    newsroom.edit("con-chu", "## Phần cuối", "## Phần kết")
    newsroom.edit("con-chu", "(#phan-cuoi)", "(#phan-ket)")
    newsroom.edit("docs/gioi-thieu.md", "/2026/con-chu/#phan-cuoi", "/2026/con-chu/")
    ran = newsroom.run("check")
    assert ran.code == 1
    assert "stories/2026/mot-giot-mau/index.md:" in ran.out
    assert "GS701" in ran.out and "/2026/con-chu/#phan-ket" in ran.out


def test_nobody_is_named_twice_above_the_lede(newsroom):
    """Who stands in the title is not named again below it; of many the first three are."""
    more = "".join(f"  - kind: person\n    called: người thứ {n}\n" for n in range(4))
    newsroom.edit("mot-giot-mau", "places:\n", f"{more}places:\n")
    newsroom.build()

    def about():
        told = read(newsroom.site, "2026/mot-giot-mau/")
        line = re.search(r'<p class="story__about">(.*?)</p>', told, re.DOTALL)[1]
        return [re.sub(r"<[^>]+>", "", each) for each in re.findall(r"<span.*?</span>", line)]

    first, pupil, third, *rest = about()
    assert [first, pupil, third] == ["Tổ hiến máu Mù Cả", "Một em học sinh lớp 4", "Người thứ 0"]
    assert rest == ["và 3 nhân vật khác", "Xã Mù Cả"]
    newsroom.edit("mot-giot-mau", "title: Một giọt máu cho bản", "title: Chuyện Tổ hiến máu Mù Cả")
    newsroom.build()
    assert about()[:2] == ["Một em học sinh lớp 4", "Người thứ 0"]


def test_no_heading_can_take_an_id_of_the_page_around_it(built):
    """Neither of the shell nor of a section around the text."""
    for page in ("2026/con-chu/", "2026/mot-giot-mau/"):
        told = (built.site / page / "index.html").read_text("utf-8")
        around = re.sub(r'<div class="story__body".*?\n</div>', "", told, flags=re.DOTALL)
        ids = set(re.findall(r' id="([^"]+)"', around))
        assert {"nhan-vat", "chia-se", "cung-doc"} <= ids
        assert {name for name in ids if not name.startswith("__")} <= RESERVED_IDS
