"""A link to a film alone in its paragraph is a card; everything else is a link."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from guongsang.prose.films import find_site, is_film_file, split_length
from guongsang.prose.parse import parse_prose

FILMS = {
    "https://www.youtube.com/watch?v=a1B2&t=30": "YouTube",
    "https://youtu.be/a1B2": "YouTube",
    "https://m.youtube.com/shorts/a1B2": "YouTube",
    "https://www.facebook.com/baolaichau/videos/123/": "Facebook",
    "https://fb.watch/a1B2/": "Facebook",
    "https://www.tiktok.com/@baolaichau/video/123": "TikTok",
    "https://vimeo.com/123": "Vimeo",
}
OTHERS = [
    *("https://www.youtube.com/", "https://www.youtube.com/@baolaichau", "https://vimeo.com/about"),
    *("https://www.facebook.com/baolaichau", "https://youtu.be.example/a", "https://youtu.be/"),
    *("https://bao.example/?u=https://youtu.be/a", "/2026/youtu.be/", "mailto:a@youtu.be"),
]


@pytest.mark.parametrize(("href", "site"), FILMS.items())
@pytest.mark.parametrize(
    "typed",
    ["[Cầu mới (3:25)]({})", "**đoạn**\n\n[Cầu *mới*]({})\n\nđoạn", "{}", '[a]({} "Xem")'],
)
def test_a_lone_link_to_a_film_is_a_card(
    faults: Callable[[str], list[str]], typed: str, href: str, site: str
) -> None:
    prose = parse_prose(typed.format(href))
    assert prose.html.count('<p class="phim"><a href="') == 1
    assert f'data-noi="{site}"' in prose.html
    assert [link.href for link in prose.links] == [href]
    assert site not in prose.plain.replace(href, ""), "the site is no word of the story"
    assert faults(prose.html) == []


@pytest.mark.parametrize("href", OTHERS)
def test_other_addresses_are_links(href: str) -> None:
    assert find_site(href) is None
    assert "phim" not in parse_prose(f"[Xem]({href})").html


@pytest.mark.parametrize(
    "typed",
    [
        "Xem [phim](https://youtu.be/a).",
        "[một](https://youtu.be/a) [hai](https://youtu.be/b)",
        "- [một](https://youtu.be/a)",
        "[một](https://youtu.be/a)\nhai",
        "[một](https://bao.example/cau.mp4)",
        "[một](../khac/cau.mp4)",
        "[một](cau.mp4 'T') hai",
        "[![](a.jpg)![](b.jpg)](cau.mp4)",
        "[một](https://youtu.be/a)\n{: .tho }",
        "![](anh.jpg) [một](https://youtu.be/a)",
    ],
)
def test_a_link_among_words_stays_a_link(typed: str) -> None:
    assert "phim" not in parse_prose(typed).html.replace(">phim<", "")


def test_a_picture_may_be_the_face_of_the_card() -> None:
    prose = parse_prose("[![Cầu](anh-1.jpg) Cầu mới](https://youtu.be/a)")
    assert prose.html.startswith('<p class="phim"><a href="https://youtu.be/a"')
    assert '<gs-photo n="0"></gs-photo> Cầu mới</a></p>' in prose.html
    assert [photo.src for photo in prose.photos] == ["anh-1.jpg"]


@pytest.mark.parametrize(
    ("typed", "shown", "length"),
    [
        ("Cầu mới (3:25)", "3:25", "PT3M25S"),
        ("Cầu mới (03:05)", "03:05", "PT3M5S"),
        ("Cầu mới(1:02:03)", "1:02:03", "PT1H2M3S"),
        ("Cầu mới (90:00)", "90:00", "PT90M0S"),
        ("Cầu mới (5 phút 20 giây)", "5 phút 20 giây", "PT5M20S"),
        ("Cầu mới (5phút)", "5phút", "PT5M"),
        ("Cầu mới (1 giờ 30 phút)", "1 giờ 30 phút", "PT1H30M"),
        ("Cầu mới (5'20\")", "5'20\"", "PT5M20S"),
        ("Cầu mới (5’20”)", "5’20”", "PT5M20S"),
        ("Cầu mới (5')", "5'", "PT5M"),
    ],
)
def test_how_long_a_film_lasts_stands_behind_its_title(typed: str, shown: str, length: str) -> None:
    assert split_length(typed) == ("Cầu mới", shown, length)
    card = parse_prose(f"[{typed}](https://youtu.be/a)")
    assert f'<time datetime="{length}">({shown})</time></a>' in card.html
    assert card.plain == typed
    (film,) = parse_prose(f"[{typed}](<Cầu 1.mp4>)").films
    assert (film.src, film.title, film.shown, film.length) == (
        *("Cầu 1.mp4", "Cầu mới"),
        *(shown, length),
    )


@pytest.mark.parametrize(
    "typed",
    ["Năm (1968)", "Cầu (3:75)", "Cầu ()", "(3:25) Cầu", "Tỉ số (2:1)", "Cầu (phút)", "3:25"],
)
def test_other_brackets_are_part_of_the_title(typed: str) -> None:
    assert split_length(typed) == (typed, "", "")


@pytest.mark.parametrize("href", ["cau.mp4", "./C%E1%BA%A7u.WEBM", "cau 1.mov"])
def test_films_beside_the_story(href: str) -> None:
    assert is_film_file(href)
    assert not is_film_file(f"https://bao.example/{href}")
    assert not is_film_file(f"/phim/{href}")
