"""Films that stand beside a story: on its page, in its feeds and in the search."""

from __future__ import annotations

import re

import pytest

from guongsang.archive.archive import build_archive
from guongsang.pages.plan import plan_pages
from guongsang.render.render import render_output
from guongsang.search.documents import gather_lore, story_lines
from guongsang.views.absolute import whole_text

SITE = "https://guong.example/bao/"


@pytest.fixture
def show(make_story, make_content):
    """Return the page of a story with one film, and its text in feeds."""

    def show(body, **film):
        listed = [{"src": "cau.mp4", **film}] if film.get("src", "cau.mp4") else []
        content = make_content([make_story(body=body, films=listed)])
        (output,) = [each for each in plan_pages(content) if each.url == "2026/bai/"]
        html = render_output(output)
        marks = [html.find(f'<div class="story__{part}">') for part in ("lede", "body")]
        body_html = html[min(at for at in marks if at >= 0) :].partition("<aside")[0]
        return body_html, whole_text(content, content.stories[0], {})

    return show


@pytest.mark.parametrize(
    ("typed", "length"),
    [
        ("3:25", "PT3M25S"),
        ("1:02:03", "PT1H2M3S"),
        ("5 phút 20 giây", "PT5M20S"),
        ("1 giờ 5 phút", "PT1H5M"),
        ("40 giây", "PT40S"),
    ],
)
def test_a_film_is_played_only_when_asked_for(show, typed, length):
    page, feed = show(f"Mở.\n\n[![](bia.jpg) Cầu *mới* ({typed})](cau.mp4)\n\nHết.")
    video = re.search(r"<video [^<>]*>", page)[0]
    for part in ('controls preload="none" playsinline', 'aria-label="Cầu mới"'):
        assert part in video
    assert re.search(r' poster="\.\./\.\./anh/bai/bia-[0-9a-f]+-960\.jpg"', video)
    assert ' width="1800" height="1200"' in video
    assert '<source src="../../phim/bai/cau.mp4" type="video/mp4">' in page
    assert f'<time datetime="{length}">({typed})</time>' in page
    assert "<p><figure" not in page
    link = re.search(r"<p><a [^<>]*>.*?</a></p>", feed)[0]
    assert f'href="{SITE}phim/bai/cau.mp4"' in link
    assert f'alt="Bìa"> Cầu mới ({typed})</a>' in link


def test_words_makers_and_address_are_told(show):
    page, _ = show("[Cầu](cau.mp4)", credit="Lan & Mẫu", lang="hmn", transcript="Một <b>.\n\nHai.")
    assert re.search(r' poster="\.\./\.\./tai-nguyen/film\.[0-9a-f]+\.svg"', page)
    assert '<span class="figure__credit">Lan &amp; Mẫu</span>' in page
    assert '<div lang="hmn"><p>Một &lt;b&gt;.</p><p>Hai.</p></div>' in page
    assert f'<span class="phim__noi">{SITE}phim/bai/cau.mp4</span>' in page
    assert page.count("<figcaption>") == 1
    assert page.partition("</figcaption>")[2].lstrip().startswith("</figure>"), "else no caption"
    assert "<time" not in page


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("[](cau.mp4)", "Phim"),
        ("[![](bia.jpg)](cau.mp4)", "Bìa"),
        ("[(2:00)](cau.mp4)", "Phim"),
        ('[a " onerror=x <i>](cau.mp4)', "a &#34; onerror=x"),
    ],
)
def test_every_player_has_a_name(show, body, title):
    page, feed = show(body)
    assert f'aria-label="{title}' in page
    assert f"{title.replace('&#34;', chr(34))}" in feed


def test_a_film_among_words_is_a_link(show):
    page, feed = show("Xem [phim](cau.mp4) này.\n\n- [phim](cau.mp4)")
    assert "<video" not in page
    assert page.count('<a href="../../phim/bai/cau.mp4">phim</a>') == 2
    assert feed.count(f'<a href="{SITE}phim/bai/cau.mp4">phim</a>') == 2


def test_a_film_that_is_not_listed_is_not_played(show):
    page, _ = show("[Cầu <mới>](cau.mp4)", src="khac.mp4")
    assert "<p>Cầu &lt;mới&gt;</p>" in page
    assert "<video" not in page


def test_what_is_said_in_a_film_can_be_found(make_content, make_story):
    films = [{"src": "cau.mp4", "transcript": "Lời một.\nLời hai."}]
    archive = build_archive(make_content([make_story(body="[Cầu](cau.mp4)", films=films)]))
    (story,) = archive.content.stories
    lines = list(story_lines(story, archive.content.prose["bai"], gather_lore(archive)))
    assert {"Cầu", "Lời một.", "Lời hai."} <= set(lines)
