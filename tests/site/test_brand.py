"""A newsroom's own logo, icon and colour: everywhere at once, and gone again at once."""

from __future__ import annotations

import io
import json
import re

import pytest
from PIL import Image
from tests.conftest import lend

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} 60"><path d="M0 0h{0}v60z"/></svg>'
ACCENT = "#0057b8"


@pytest.fixture
def branded(newsroom):
    return brand(newsroom)


@pytest.fixture(scope="module")
def _worn(built, tmp_path_factory):
    def prepare(made):
        brand(made).build("--strict")

    return lend(built, tmp_path_factory.mktemp("worn"), prepare)


@pytest.fixture
def worn(_worn):
    """The same, built."""
    return _worn.borrow()


def brand(newsroom):
    registers = newsroom.root / "stories/registers"
    Image.new("RGB", (512, 512), ACCENT).save(registers / "icon.png")
    (registers / "logo.svg").write_text(SVG.format(240), "utf-8")
    path = registers / "newsroom.yml"
    told = f'logo: logo.svg\nicon: icon.png\naccent: "{ACCENT}"\n'
    path.write_text(path.read_text("utf-8") + told, "utf-8")
    return newsroom


def read(newsroom, uri):
    return (newsroom.site / uri).read_text("utf-8")


def find(newsroom, pattern):
    (found,) = (newsroom.site / "tai-nguyen").glob(pattern)
    return found


@pytest.mark.parametrize("page", ["index.html", "2026/con-chu/index.html", "gioi-thieu/index.html"])
def test_pages_wear_it(worn, page):
    text = read(worn, page)
    logo, icon = find(worn, "logo.*.svg").name, find(worn, "icon.*.png").name
    head = text[: text.index("</header>")]
    assert re.search(rf'<link rel="icon" href="[./]*tai-nguyen/{icon}">', head)
    assert re.search(rf'<link rel="apple-touch-icon" href="[./]*tai-nguyen/{icon}">', head)
    shown = rf'src="[./]*tai-nguyen/{logo}" alt="Gương Thử" width="240" height="60"'
    assert re.search(shown, head)
    if "ld+json" in text:
        assert (
            f'"logo":{{"@type":"ImageObject","url":"https://guong.example/tai-nguyen/{logo}"'
            in text
        )


def test_feeds_tell_it(worn):
    at = "https://guong.example/tai-nguyen"
    logo, icon = find(worn, "logo.*.svg").name, find(worn, "icon.*.png").name
    assert f"<url>{at}/{icon}</url>" in read(worn, "rss.xml")
    assert f"<logo>{at}/{logo}</logo>" in read(worn, "atom.xml")
    assert f"<icon>{at}/{icon}</icon>" in read(worn, "atom.xml")
    assert json.loads(read(worn, "feed.json"))["icon"] == f"{at}/{icon}"
    assert icon in read(worn, "sw.js") and logo in read(worn, "sw.js")


def test_the_colour_is_in_styles_and_on_cards(worn):
    css = find(worn, "site.*.css").read_text("utf-8")
    assert css.count(f"--accent: {ACCENT};") == 1
    assert css.count("--accent: #8ebdff;") == 2  # for dark devices, and for who chooses that
    cards = [path.read_bytes() for path in (worn.site / "the").glob("con-chu*.jpg")]
    with Image.open(io.BytesIO(cards[0])) as card:
        red, green, blue = card.convert("RGB").getpixel((1100, 620))
    assert abs(red) < 12 and abs(green - 0x57) < 12 and abs(blue - 0xB8) < 12


def test_another_drawing_under_the_same_name_is_published_as_a_clean_build_does(worn):
    before = find(worn, "logo.*.svg").name
    (worn.root / "stories/registers/logo.svg").write_text(SVG.format(300), "utf-8")
    worn.build()
    after = find(worn, "logo.*.svg")
    assert after.name != before
    assert 'width="300"' in read(worn, "2026/con-chu/index.html")
    assert worn.bytes() == worn.clean_bytes()


def test_all_of_it_goes_again(worn):
    text = (worn.root / "stories/registers/newsroom.yml").read_text("utf-8")
    plain = text[: text.index("logo: ")]
    (worn.root / "stories/registers/newsroom.yml").write_text(plain, "utf-8")
    worn.build()
    assert not [*(worn.site / "tai-nguyen").glob("logo.*")]
    assert ACCENT not in find(worn, "site.*.css").read_text("utf-8")
    assert "masthead__logo" not in read(worn, "index.html")
    assert worn.bytes() == worn.clean_bytes()


def test_what_is_refused_stops_a_build_and_says_what_to_type(branded):
    branded.edit("stories/registers/newsroom.yml", ACCENT, "#ffcc00")
    ran = branded.run("check")
    assert "stories/registers/newsroom.yml:13:9: lỗi GS325" in ran.out
    assert 'Gõ accent: "#886b00"' in ran.out
    assert branded.run("build").code == 1
    branded.edit("stories/registers/newsroom.yml", "#ffcc00", "#886b00")
    branded.build()


def test_a_quick_build_after_an_edited_story_keeps_the_look(worn):
    worn.edit("con-chu", "Kết bài", "Đoạn kết")
    worn.build()
    assert "masthead__logo" in read(worn, "2026/con-chu/index.html")
    assert worn.bytes() == worn.clean_bytes()
