"""Structured data of hand-made newsrooms: parts that the built test site has not."""

import json
import re

import pytest

from guongsang.pages.plan import plan_pages
from guongsang.render.head import render_head
from guongsang.render.publisher import read_publisher
from guongsang.render.structured import render_structured

SITE = "https://guong.example/bao/"
AGREED = {"basis": "consent", "record": "PĐY-1", "date": "2026-01-01"}


def structured(content, url):
    (output,) = [output for output in plan_pages(content) if output.url == url]
    publisher = read_publisher(content.registers.newsroom, content.site_url)
    told = render_structured(output, publisher)
    return [] if told is None else json.loads(told)["@graph"]


def of_type(parts, *names):
    (found,) = [part for part in parts if part["@type"] in names]
    return found


def test_a_story_tells_all_its_parts(full_content):
    article = of_type(structured(full_content, "2026/day-du/"), "NewsArticle")
    assert article["audio"] == [
        {
            "@type": "AudioObject",
            "name": "Nghe bài bằng tiếng Mông",
            "contentUrl": f"{SITE}am-thanh/day-du/doc.mp3",
            "encodingFormat": "audio/mpeg",
            "inLanguage": "hmn",
            "transcript": "Một.\n\nHai.",
        }
    ]
    (film,) = article["video"]
    assert film.pop("thumbnailUrl") == article["image"]
    assert film == {
        "@type": "VideoObject",
        "name": "Cầu “mới”",
        "description": article["description"],
        "contentUrl": f"{SITE}phim/day-du/cau%20m%E1%BB%9Bi.mp4",
        "encodingFormat": "video/mp4",
        "uploadDate": "2026-05-19T06:30:00+07:00",
        "inLanguage": "vi",
        "duration": "PT3M25S",
        "transcript": "Lời phim.",
    }
    assert article["isPartOf"]["url"] == f"{SITE}loat-bai/ba-ky/"
    assert article["citation"] == ["https://example.org/a", "Sách B"]
    # The day of the correction is before the update.
    assert article["dateModified"] == "2026-06-01T00:00:00+07:00"
    sequel = of_type(structured(full_content, "2026/phan-hai/"), "NewsArticle")
    assert sequel["isBasedOn"] == f"{SITE}2026/day-du/"


def test_the_head_of_a_story_names_its_tags(full_content):
    (output,) = [each for each in plan_pages(full_content) if each.url == "2026/day-du/"]
    publisher = read_publisher(full_content.registers.newsroom, full_content.site_url)
    head = render_head(output, publisher)
    tags = re.findall(r'<meta property="article:tag" content="([^"]*)">', head)
    assert tags == [tag.text for tag in output.view.tags]
    assert tags


def test_who_is_not_named_is_not_told(full_content):
    article = of_type(structured(full_content, "2026/day-du/"), "NewsArticle")
    assert [whom["name"] for whom in article["about"]] == ["Hồ Giáo"]


def test_a_revoked_award_is_not_told(full_content):
    for url in ("2026/day-du/", "nhan-vat/ho-giao/"):
        told = json.dumps(structured(full_content, url), ensure_ascii=False)
        assert "Anh hùng Lao động (1966)" in told
        assert "Huân chương Lao động" not in told


def test_private_facts_are_not_told(full_content):
    told = "".join(
        json.dumps(structured(full_content, output.url), ensure_ascii=False)
        for output in plan_pages(full_content)
    )
    for part in ("Kinh", "2015-10-14", "historical", "consent", "scope", "da-go", "birthDate"):
        assert part not in told


@pytest.mark.parametrize(
    ("consent", "named"),
    [
        ({**AGREED, "scope": ["name"]}, True),
        ({**AGREED, "scope": ["photo"]}, False),
        ({**AGREED, "scope": ["name"], "withdrawn": "2026-02-01"}, False),
    ],
)
def test_a_name_goes_no_further_than_its_consent(
    make_content, make_story, make_registers, make_honoree, consent, named
):
    """The checker stops what is not agreed; nothing passes here that slipped through."""
    registers = make_registers(honorees={"ho-giao": make_honoree(name="Lò Mẫu", consent=consent)})
    content = make_content([make_story()], registers)
    article = of_type(structured(content, "2026/bai/"), "NewsArticle")
    assert ("about" in article) is named
    page = of_type(structured(content, "nhan-vat/ho-giao/"), "ProfilePage", "CollectionPage")
    assert (page["@type"] == "ProfilePage") is named
    assert page["mainEntity"].get("name") == ("Lò Mẫu" if named else None)


@pytest.mark.parametrize(
    ("licence", "kind"), [("12/GP-BTTTT", "NewsMediaOrganization"), (None, "Organization")]
)
def test_only_a_licensed_agency_calls_itself_press(
    make_content, make_story, make_registers, licence, kind
):
    content = make_content([make_story()], make_registers(licence=licence))
    publisher = of_type(structured(content, ""), kind)
    assert publisher["@id"] == f"{SITE}#toa-soan"
    assert ("correctionsPolicy" in publisher) is (licence is not None)


def test_makers_are_told_by_what_they_did(make_content, make_story):
    credits = [
        {"id": "bbt", "did": "text"},
        {"id": "lan", "did": "photo"},
        {"name": "Người quay", "did": "video"},
    ]
    content = make_content([make_story(authors=credits), make_story("anh", authors=credits[1:])])
    article = of_type(structured(content, "2026/bai/"), "NewsArticle")
    assert [who["name"] for who in article["author"]] == ["Ban Biên tập"]
    assert [who["name"] for who in article["contributor"]] == ["Nguyễn Thị Lan", "Người quay"]
    # A story in pictures is by who took them.
    article = of_type(structured(content, "2026/anh/"), "NewsArticle")
    assert [who["name"] for who in article["author"]] == ["Nguyễn Thị Lan", "Người quay"]
    assert "contributor" not in article


def head_of(content, url, site_description=None):
    (output,) = [each for each in plan_pages(content) if each.url == url]
    newsroom = content.registers.newsroom
    return render_head(output, read_publisher(newsroom, content.site_url, site_description))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Chuyện làng nghề ven sông", "Chuyện làng nghề ven sông"),
        ("Hai dòng,\n  một ý", "Hai dòng, một ý"),
        (None, "Tòa soạn thử"),
        ("", "Tòa soạn thử"),
    ],
)
def test_the_site_is_described_in_its_own_words(make_content, make_story, said, told):
    head = head_of(make_content([make_story()]), "", said)
    assert f'<meta name="description" content="{told}">' in head
    assert f'<meta property="og:description" content="{told}">' in head
    assert f'"description":"{told}"' in head
    assert "người tốt" not in head


def test_a_list_says_how_its_stories_belong_to_it(make_content, make_story):
    story = make_story(column="viec-tot", series={"id": "ba-ky", "part": 1})
    told = {output.url: output.description for output in plan_pages(make_content([story]))}
    assert told["tac-gia/lan/"] == "Các bài của Nguyễn Thị Lan."
    assert told["chuyen-muc/viec-tot/"] == "Các bài của chuyên mục Gương người tốt, việc tốt."
    assert told["loat-bai/ba-ky/"] == "Các bài của loạt bài Ba kỳ."
    assert told["linh-vuc/giao-duc/"] == "Các bài về Giáo dục."


@pytest.mark.parametrize("url", ["nhan-vat/ho-giao/", "tac-gia/lan/"])
def test_a_profile_brings_articles(full_content, url):
    page = of_type(structured(full_content, url), "ProfilePage")
    assert page["hasPart"]
    for part in page["hasPart"]:
        assert part["@type"] == "NewsArticle"
        whole = structured(full_content, part["url"].removeprefix(SITE))
        article = of_type(whole, "NewsArticle")
        assert (part["@id"], part["headline"]) == (article["@id"], article["headline"])


def test_pictures_are_image_objects_where_they_belong(full_content):
    home = of_type(structured(full_content, ""), "WebSite")
    assert "primaryImageOfPage" not in home
    column = of_type(structured(full_content, "chuyen-muc/ban-muong/"), "CollectionPage")
    for image in (home["image"], column["primaryImageOfPage"]):
        assert image["@type"] == "ImageObject"
        assert image["url"].startswith(SITE)
        assert image["width"] > 0 and image["height"] > 0


def test_no_list_is_empty(full_content):
    for output in plan_pages(full_content):
        told = json.dumps(structured(full_content, output.url))
        assert '"numberOfItems": 0' not in told
        assert ": []" not in told
