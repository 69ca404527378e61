"""The page of corrections."""

import datetime as dt
import re

from guongsang.addresses import story_addresses
from guongsang.archive.archive import build_archive
from guongsang.exports.sitemap import render_sitemaps
from guongsang.pages.plan import list_pages, plan_pages
from guongsang.render.render import render_output
from guongsang.text.dates import VIETNAM

HOSTILE = "<script>alert('x')</script> & {{ 7*7 }}"


def page(content):
    (found,) = [output for output in plan_pages(content) if output.url == "cai-chinh/"]
    return found


def listed(content):
    pages = list_pages(build_archive(content))
    return render_sitemaps(content, pages, dt.datetime(2026, 7, 1, tzinfo=VIETNAM))[
        "sitemap.xml"
    ].decode()


def correction(date, was="12 hộ", now="21 hộ"):
    return {"date": date, "was": was, "now": now}


def test_a_correction_tells_what_was_wrong_and_what_is_right(full_content):
    html = render_output(page(full_content))
    for part in (
        "<h1>Thông tin cải chính, xin lỗi</h1>",
        '<a href="../2026/day-du/">Tít day-du</a>',
        '<a href="../chuyen-muc/ban-muong/">Gương sáng bản Mường</a>',
        '<time datetime="2026-05-19T06:30:00+07:00">19/05/2026</time>',
        '<time datetime="2026-05-20">Thứ tư, 20/05/2026</time>',
        "<dt>Đã đăng</dt><dd>“12 hộ”</dd>",
        "<dt>Nay sửa là</dt><dd>“21 hộ”</dd>",
    ):
        assert part in html


def test_newest_first(make_content, make_story):
    stories = [
        make_story("a", date="2026-01-01", corrections=[correction("2026-09-01", "một")]),
        make_story(
            "b",
            date="2026-02-01",
            corrections=[correction("2026-03-01", "hai"), correction("2026-09-02", "ba")],
        ),
        make_story("c", date="2026-01-02", corrections=[correction("2026-09-01", "bốn")]),
    ]
    html = render_output(page(make_content(stories)))
    assert re.findall(r"<dd>“(ba|bốn|một|hai)”", html) == ["ba", "bốn", "một", "hai"]


def test_the_page_is_always_there(make_content, make_story):
    output = page(make_content([make_story()]))
    assert not output.noindex
    assert "Chưa có cải chính nào." in render_output(output)


def test_the_page_is_known_and_listed(full_content):
    assert "cai-chinh/" in story_addresses([], full_content.registers)
    told = listed(full_content)
    assert "<loc>https://guong.example/bao/cai-chinh/</loc>" in told


def test_texts_are_escaped(make_content, make_story):
    story = make_story(
        title=HOSTILE, lang="en", corrections=[correction("2026-09-01", HOSTILE, HOSTILE)]
    )
    html = render_output(page(make_content([story])))
    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 3
    assert '<h2 lang="en">' in html


def test_corrections_of_a_retracted_story_are_gone(make_content, make_story):
    gone = make_story(
        "da-go",
        status="retracted",
        retracted={"date": "2026-07-01", "reason": "Sai"},
        corrections=[correction("2026-06-01", "điều sai")],
    )
    html = render_output(page(make_content([make_story()], retracted=(gone,))))
    assert "điều sai" not in html
    assert "da-go" not in html


def test_a_correction_changes_the_day_in_the_sitemap(make_content, make_story):
    story = make_story(corrections=[correction("2026-09-01")])
    content = make_content([story])
    told = listed(content)
    assert "<lastmod>2026-09-01T00:00:00+07:00</lastmod>" in told
