"""What newsroom.yml switches off is gone everywhere: pages, files, links, search, sitemap."""

from __future__ import annotations

import re

import pytest

SECTIONS = {
    "honours": ("khen-thuong/", "du-lieu/honours.csv"),
    "people": ("nhan-vat/",),
    "data": ("du-lieu/",),
    "search": ("tim-kiem/",),
    "nominate": ("gioi-thieu-guong/",),
    "guide": ("huong-dan/",),
}
TEXTS = (".html", ".xml", ".json", ".js", ".txt", ".csv")


def turn(newsroom, **switches):
    path = newsroom.root / "stories/registers/newsroom.yml"
    text = re.sub(r"\nswitches:.*\n", "\n", path.read_text("utf-8"))
    told = ", ".join(f"{name}: {str(is_on).lower()}" for name, is_on in switches.items())
    path.write_text(f"{text.rstrip()}\nswitches: {{{told}}}\n", "utf-8")


def list_mentions(site, addresses):
    """Return the published texts that lead to one of some addresses, or stand there."""
    link = re.compile(rf'(?:["/(]|\.example/)(?:{"|".join(map(re.escape, addresses))})')
    found = []
    for path in sorted(site.rglob("*")):
        uri = path.relative_to(site).as_posix()
        if path.is_file() and (
            uri.startswith(addresses)
            or (path.suffix in TEXTS and link.search(path.read_text("utf-8", "replace")))
        ):
            found.append(uri)
    return found


@pytest.mark.parametrize(
    "name",
    [
        "honours",
        "data",
        *(pytest.param(each, marks=pytest.mark.long) for each in ("people", "nominate")),
    ],
)
def test_what_is_switched_off_is_nowhere_and_comes_back(newsroom, name):
    newsroom.edit("docs/gioi-thieu.md", "[khen thưởng](/khen-thuong/)", "khen thưởng")
    newsroom.build()
    before = newsroom.bytes()
    assert len(list_mentions(newsroom.site, SECTIONS[name])) > 2
    turn(newsroom, **{name: False})
    assert newsroom.run("check").code == 0
    newsroom.build("--strict")
    # The guide tells of all there is, the servers' files of all addresses; the search knows how
    # sections are called.
    told = [uri for uri in list_mentions(newsroom.site, SECTIONS[name]) if not is_of_program(uri)]
    assert told == []
    assert newsroom.bytes() == newsroom.clean_bytes()
    turn(newsroom, **{name: True})
    newsroom.build()
    assert newsroom.bytes() == before


def is_of_program(uri):
    return uri.startswith(("huong-dan/", "tai-nguyen/", "may-chu/"))


def test_without_pages_of_people_the_search_finds_their_stories_only(newsroom):
    turn(newsroom, people=False)
    newsroom.build("--strict")
    (names,) = (newsroom.site / "tai-nguyen/tim-kiem").glob("ten.*.json")
    assert '"honoree":{"names":[]' in names.read_text("utf-8")
    story = (newsroom.site / "2026/con-chu/index.html").read_text("utf-8")
    assert "Nhân vật trong bài" in story and "nhan-vat/" not in story
    honours = (newsroom.site / "khen-thuong/index.html").read_text("utf-8")
    assert "Hồ Giáo" in honours
    assert "Hồ Giáo" in (newsroom.site / "du-lieu/honours.csv").read_text("utf-8")


def test_links_by_hand_to_what_is_switched_off_are_told(newsroom):
    page = newsroom.root / "docs/gioi-thieu.md"
    page.write_text(
        "# Giới thiệu\n\n[a](/khen-thuong/), [b](/du-lieu/stories.json), [c](/nhan-vat/).\n",
        "utf-8",
    )
    assert newsroom.run("check").code == 0
    turn(newsroom, honours=False, people=False, data=False)
    out = newsroom.run("check").out
    lost = ("/khen-thuong/", "/du-lieu/stories.json", "/nhan-vat/")
    assert [out.count(url) for url in lost] == [1, 1, 1]


def test_a_section_of_the_navigation_goes_with_all_that_it_has(newsroom):
    newsroom.edit(
        "mkdocs.yml",
        "  - Nhân vật: /nhan-vat/\n  - Khen thưởng: /khen-thuong/\n",
        "  - Người:\n    - Nhân vật: /nhan-vat/\n    - Khen thưởng: /khen-thuong/\n",
    )
    newsroom.edit("docs/gioi-thieu.md", "[khen thưởng](/khen-thuong/)", "khen thưởng")
    turn(newsroom, people=False, honours=False)
    newsroom.build("--strict")
    page = (newsroom.site / "2026/con-chu/index.html").read_text("utf-8")
    nav = page[page.index('class="masthead__nav"') : page.index("</nav>")]
    assert "Địa phương" in nav
    assert not {"Người", "Nhân vật", "Khen thưởng"} & set(re.findall(r">([^<]+)</a>", nav))
