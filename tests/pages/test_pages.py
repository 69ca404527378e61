"""All pages of a small newsroom: addresses, links, what is shown and what is not."""

import dataclasses
import json
import re
from html.parser import HTMLParser

import pytest

from guongsang.addresses import GUIDE
from guongsang.fonts import plan_fonts
from guongsang.pages.plan import plan_pages
from guongsang.render.render import asset_files, asset_url, render_output
from guongsang.views.absolute import whole_text

SHARED = ("https://button-share.zalo.me/", "https://www.facebook.com/sharer/")
HOSTILE = "<script>alert('x')</script> \" & {{ 7*7 }}"


FILM = "phim/day-du/cau%20m%E1%BB%9Bi.mp4"


def rendered(content):
    """Render what is made of the content; the guide for editors is not."""
    return {
        output.url: render_output(output)
        for output in plan_pages(content)
        if not output.url.startswith(GUIDE)
    }


def by_url(content):
    return {output.url: output for output in plan_pages(content)}


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.links, self.ids, self.open = [], [], [], []

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self.tags.append((tag, named))
        for name in ("href", "src"):
            if named.get(name) is not None:
                self.links.append(named[name])
        for name in ("srcset",):
            self.links += [part.split()[0] for part in (named.get(name) or "").split(",") if part]
        if "id" in named:
            self.ids.append(named["id"])
        if tag not in ("img", "input", "source", "meta", "link", "br", "col", "hr", "wbr"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def parsed(html):
    tags = _Tags()
    tags.feed(html)
    tags.close()
    assert tags.open == []
    return tags


def test_addresses(full_content):
    """Every address of the design is there, once."""
    urls = [output.url for output in plan_pages(full_content)]
    assert len(urls) == len(set(urls))
    for url in (
        "",
        "2026/day-du/",
        "2025/hien-mau/",
        "2026/da-go/",
        "chuyen-muc/",
        "chuyen-muc/ban-muong/",
        "linh-vuc/y-te/",
        "viec-lam/hien-mau/",
        "dia-phuong/sin-suoi-ho/",
        "nhan-vat/ho-giao/",
        "tac-gia/lan/",
        "loat-bai/ba-ky/",
        "nam/",
        "nam/2026/",
        "nam/2026/05/",
        "khen-thuong/",
        "404.html",
    ):
        assert url in urls
    for url in ("chuyen-muc/cu/", "dia-phuong/le-thuy/", "dia-phuong/then-sin/", "tac-gia/bbt/"):
        assert url not in urls


def test_links_are_relative_and_lead_somewhere(full_content):
    """Below any folder of any host: nothing absolute but the outside and the 404 page."""
    pages = rendered(full_content)
    files = {
        made.uri for picture in full_content.pictures.values() for made in picture.plan.derivatives
    } | {"tep/day-du/bang.pdf", "am-thanh/day-du/doc.mp3", "du-lieu/honours.csv", FILM}
    for url, html in pages.items():
        for link in parsed(html).links:
            if url == "404.html":
                assert link.startswith(("https://guong.example/bao/", "mailto:"))
                continue
            if link.startswith(("https://example.org/", *SHARED, "mailto:", "data:")):
                continue
            assert not re.match(r"[a-z]+:|/", link), (url, link)
            if link.startswith("#"):
                assert f'id="{link[1:]}"' in html, (url, link)
                continue
            path = link.partition("#")[0].partition("?")[0]
            target = _join(url, path)
            assert target in pages or target in files, (url, link)


def _join(page, link):
    parts = page.split("/")[:-1]
    for part in link.split("/"):
        if part == "..":
            parts.pop()
        elif part not in (".", ""):
            parts.append(part)
    path = "/".join(parts)
    return f"{path}/" if path and link.endswith("/") else path


def test_html_is_well_formed(full_content):
    """Tags close, ids are unique, there is one h1, no inline style, no handler."""
    for url, html in rendered(full_content).items():
        tags = parsed(html)
        assert len(tags.ids) == len(set(tags.ids)), url
        assert sum(tag == "h1" for tag, _ in tags.tags) == 1, url
        assert not any(
            name == "style" or name.startswith("on") for _, attrs in tags.tags for name in attrs
        )
        for tag, attrs in tags.tags:
            if tag == "img":
                assert attrs.keys() >= {"alt", "width", "height"}
        assert html.startswith('<div class="gs')


def test_views_are_plain_data(full_content):
    """A fingerprint can be taken of every view."""
    for output in plan_pages(full_content):
        assert json.dumps(dataclasses.asdict(output), ensure_ascii=False, sort_keys=True)


def test_planning_is_repeatable(full_content):
    assert plan_pages(full_content) == plan_pages(full_content)


def test_the_story_page_tells_everything(full_content):
    html = rendered(full_content)["2026/day-du/"]
    for part in (
        "Thứ ba, 19/05/2026, 06:30",
        'datetime="2026-05-19T06:30:00+07:00"',
        "Cập nhật:",
        "1 phút đọc",
        "Xã Thèn Sin, huyện Tam Đường (nay thuộc",
        "Bài và ảnh:",
        "Video: Cộng tác viên",
        "Ông Hồ Giáo",
        "Một em học sinh lớp 4",
        "1930 – 2015",
        "xã Phong Thủy (nay thuộc",
        "Anh hùng Lao động",
        "UBND xã đã xác nhận nội dung bài (chủ nhật, 10/05/2026).",
        "Thông tin cải chính, xin lỗi",
        "Đã đăng: “12 hộ”. Nay sửa là: “21 hộ”.",
        "Chuyện về sau:",
        "Nghe bài bằng tiếng Mông",
        "Giọng đọc do máy tạo",
        "Bằng khen",
        'Từ khóa: <a href="../../tim-kiem/?q=ch%C4%83n%20nu%C3%B4i">chăn nuôi</a>',
        "fx-50 fy-30",
        'href="../../2026/phan-hai/#x"',
        'href="../../chuyen-muc/"',
    ):
        assert part in html, part
    assert html.count("<figure") == 4
    assert "mailto:thu@example.vn?subject=B%C3%A1o%20l%E1%BB%97i" in html
    assert "https%3A%2F%2Fguong.example%2Fbao%2F2026%2Fday-du%2F" in html


def test_revoked_awards_vanish_everywhere(full_content):
    for html in rendered(full_content).values():
        assert "Huân chương Lao động" not in html


@pytest.mark.parametrize(
    ("register", "told", "shown"),
    [
        (None, None, False),
        ({"scope": ["name"]}, None, False),
        ({"scope": ["name", "ethnic_group"]}, None, True),
        ({"scope": ["name", "ethnic_group"]}, {"scope": ["ethnic_group"]}, True),
        ({"scope": ["ethnic_group"]}, {"scope": ["name"]}, False),
        ({"scope": ["ethnic_group"], "withdrawn": "2026-01-01"}, None, False),
    ],
)
def test_ethnic_group_only_in_scope(
    make_registers, make_honoree, make_story, make_content, register, told, shown
):
    """The story needs both consents, where it has its own; consent itself is never shown."""

    def consent(given):
        return None if given is None else {"basis": "historical", "note": "SỔ KÍN", **given}

    person = make_honoree(ethnic_group="La Hủ", consent=consent(register))
    story = make_story(honorees=[{"id": "ho-giao", "consent": consent(told)}])
    content = make_content([story], make_registers(honorees={"ho-giao": person}))
    pages = rendered(content)
    assert ("La Hủ" in pages["2026/bai/"]) is shown
    assert not any("SỔ KÍN" in html for html in pages.values())


def test_inline_ethnic_group_only_in_scope(make_story, make_content):
    def shown(scope):
        consent = {"basis": "historical", "scope": scope}
        person = {"kind": "person", "name": "A", "ethnic_group": "La Hủ", "consent": consent}
        return "La Hủ" in rendered(make_content([make_story(honorees=[person])]))["2026/bai/"]

    assert shown(["ethnic_group"])
    assert not shown(["name"])


def test_hostile_text_is_escaped(make_registers, make_honoree, make_story, make_content):
    """Titles, names, captions and the rest are text, wherever they stand."""
    honoree = make_honoree(name=HOSTILE, other_names=[HOSTILE])
    story = make_story(
        title=HOSTILE,
        summary=HOSTILE * 3,
        cover={"src": "bia.jpg", "alt": HOSTILE, "caption": HOSTILE, "credit": HOSTILE},
        honorees=[{"id": "ho-giao", "role": HOSTILE}],
        tags=[HOSTILE],
        sources=[{"title": HOSTILE}],
        authors=[{"name": HOSTILE}],
        places=[{"unit": "mu-ca", "as_printed": HOSTILE}],
        body=HOSTILE,
    )
    content = make_content([story], make_registers(honorees={"ho-giao": honoree}))
    for url, html in rendered(content).items():
        assert "<script" not in html, url
        assert all(tag != "script" for tag, _ in parsed(html).tags)


def test_retracted_page_says_nothing_of_the_story(full_content):
    output = by_url(full_content)["2026/da-go/"]
    html = render_output(output)
    assert output.noindex
    assert output.image is None
    assert "Sai sự thật" in html
    assert "Thứ tư, 01/07/2026" in html
    for word in ("Tít", "Hồ Giáo", "Mù Cả"):
        assert word not in html + output.title + output.description


def test_people_without_a_story_have_no_page(
    make_registers, make_honoree, make_story, make_content
):
    """Whoever stands only in drafts is not known to the site."""
    award = {"id": "x", "award": "anh-hung", "year": 2000}
    waiting = make_honoree(name="Người Chưa Đăng", awards=[award])
    registers = make_registers(honorees={"ho-giao": make_honoree(), "cho": waiting})
    pages = rendered(make_content([make_story()], registers))
    assert "nhan-vat/cho/" not in pages
    assert not any("Người Chưa Đăng" in html for html in pages.values())


def test_a_living_minor_keeps_the_age(make_registers, make_honoree, make_story, make_content):
    child = make_honoree(born="2015", minor=True)
    content = make_content([make_story()], make_registers(honorees={"ho-giao": child}))
    assert not any("2015" in html for html in rendered(content).values())


def test_active_headings_wait_with_a_page(make_content, make_registers):
    pages = rendered(make_content([], make_registers()))
    assert "Chưa có bài nào ở đây" in pages["linh-vuc/y-te/"]
    assert "Chưa có bài nào" in pages[""]
    assert "chuyen-muc/cu/" not in pages


def test_places_group_by_province_the_own_one_first(make_story, make_content):
    stories = [
        make_story("a", places=[{"unit": "le-thuy"}]),
        make_story("b", places=[{"unit": "sin-suoi-ho"}, {"unit": "mu-ca"}]),
    ]
    view = by_url(make_content(stories))["dia-phuong/"].view
    told = [(group.title, [entry.link.text for entry in group.entries]) for group in view.groups]
    assert told == [
        ("Tỉnh Lai Châu", ["Xã Mù Cả", "Xã Sin Suối Hồ"]),
        ("Tỉnh Quảng Trị", ["Xã Lệ Thủy"]),
    ]
    assert view.groups[0].entries[1].note == "Trước đây: xã Thèn Sin (huyện Tam Đường)"


def test_adding_a_story_changes_no_full_page(make_registers, make_story, make_content):
    registers = make_registers(page_size=3)
    stories = [make_story(f"s{n:02}", date=f"2026-05-{n + 1:02}") for n in range(11)]
    seen = {}
    for count in range(1, len(stories) + 1):
        for url, output in by_url(make_content(stories[:count], registers)).items():
            if "/trang/" in url and len(output.view.listing.cards) == 3:
                assert seen.setdefault(url, output) == output
    assert "chuyen-muc/ban-muong/trang/3/" in seen


def test_honours_in_precedence_then_by_year(make_registers, make_honoree, make_story, make_content):
    """The order of awards.yml, then years, the unknown one last; the story about it is linked."""
    awards = [
        {"id": "a", "award": "anh-hung", "year": 1986},
        {"id": "b", "award": "anh-hung"},
        {"id": "c", "award": "anh-hung", "year": 1966, "posthumous": True},
        {"id": "d", "award": "huan-chuong", "date": "1970-02-01", "issuer": "Nhà nước"},
    ]
    registers = make_registers(honorees={"ho-giao": make_honoree(awards=awards)})
    content = make_content([make_story("x"), make_story("y", awards=["c"])], registers)
    groups = by_url(content)["khen-thuong/"].view.groups
    assert [group.id for group in groups] == ["huan-chuong", "anh-hung"]
    assert [row.year for row in groups[1].rows] == ["1966", "1986", None]
    assert groups[1].rows[0].details == ("truy tặng",)
    assert [link.url for link in groups[1].rows[0].stories] == ["2026/y/"]
    assert [link.url for link in groups[1].rows[1].stories] == ["2026/x/", "2026/y/"]
    assert (groups[0].rows[0].year, groups[0].rows[0].details) == (
        "1970",
        ("Nhà nước", "01/02/1970"),
    )


def test_neighbours_in_the_column(make_story, make_content):
    stories = [make_story(f"s{n}", date=f"2026-05-0{n}") for n in (1, 2, 3)]
    other = make_story("khac", date="2026-05-02", column="viec-tot")
    pages = by_url(make_content([*stories, other]))
    view = pages["2026/s2/"].view
    assert (view.older.url, view.newer.url) == ("2026/s1/", "2026/s3/")
    assert pages["2026/khac/"].view.older is pages["2026/khac/"].view.newer is None


def test_home_leads_with_the_newest_and_repeats_nobody(make_story, make_content):
    stories = [make_story(f"s{n}", date=f"2026-05-{n + 1:02}") for n in range(9)]
    view = by_url(make_content(stories))[""].view
    told = [view.lead, *view.seconds, *(card for part in view.sections for card in part.cards)]
    assert [card.url for card in told] == [f"2026/s{n}/" for n in range(8, 2, -1)]


def test_links_of_editors(make_story, make_content):
    """What leads nowhere is left as written, for the checks to report."""
    body = "[a](../kia/index.md) [b](../khong-co/index.md) [c](#muc) [d](bang.pdf) [e](/nam/2026/)"
    attachments = [{"src": "bang.pdf", "title": "Bằng"}]
    story = make_story("nay", body=body, attachments=attachments)
    html = rendered(make_content([story, make_story("kia", date="2025-01-01")]))["2026/nay/"]
    for href in (
        "../../2025/kia/",
        "../khong-co/index.md",
        "#muc",
        "../../tep/nay/bang.pdf",
        "../../nam/2026/",
    ):
        assert f'href="{href}"' in html


def test_assets_are_named_by_content():
    files = asset_files()
    assert re.fullmatch(r"tai-nguyen/site\.[0-9a-f]{10}\.css", asset_url("site.css"))
    assert {asset_url("site.css"), asset_url("favicon.svg")} <= files.keys()
    css = files[asset_url("site.css")].decode()
    assert ".fx-50{--fx:50%}" in css
    linked = re.findall(r"url\(([^)]*)\)", css)
    assert linked == [f'"{font.uri.removeprefix("tai-nguyen/")}"' for font in plan_fonts()]
    assert "@import" not in css
    assert "/*" not in css


@pytest.mark.parametrize(
    "body",
    [
        "![](trong-bai.jpg)\n*chú thích*",
        "- lời\n- ![](trong-bai.jpg)",
        "|a|b|\n|-|-|\n|1|![](trong-bai.jpg)|",
        "[![](trong-bai.jpg)](https://example.org/)",
        '<figure><img src="trong-bai.jpg"><figcaption>x</figcaption></figure>',
        "Lời ![](trong-bai.jpg) trong dòng",
        "![](trong-bai.jpg)",
    ],
)
def test_a_photo_keeps_its_credit_wherever_it_stands(make_story, make_content, body):
    photo = {"src": "trong-bai.jpg", "alt": "Trong bài", "credit": "Ảnh: <L.>"}
    story = make_story("co-anh", body=body, photos=[photo])
    content = make_content([story])
    assert rendered(content)["2026/co-anh/"].count("Ảnh: &lt;L.&gt;") == 1
    assert whole_text(content, story, {}).count("Ảnh: &lt;L.&gt;") == 1
