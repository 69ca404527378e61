"""`guongsang import` of a whole old site."""

from __future__ import annotations

import io
import json
import re
import sys
import time

import pytest
from tests.conftest import draw_photo
from tests.exports.real_servers import apache, nginx, open_folder
from tests.intake.old_sites import FORMS, OLD, dump, many, wxr

from guongsang.desk.arrivals.old_addresses import APACHE, NGINX

SLUG = "nguoi-ganh-nuoc-len-hua-khat"
PATH = f"stories/2016/{SLUG}"
YML = """\
guong-nguoi-tot:
  from: Gương người tốt, việc tốt
  column: ban-muong
  fields: [giao-duc]
giao-duc:
  from: Giáo dục
  column: ban-muong
tin-tuc:
  from: Tin tức
  column: bo-qua
"""


@pytest.fixture
def old(tmp_path):
    """Return a function that writes what was saved of an old site; its pictures lie beside it."""
    uploads = tmp_path / "cu/uploads"
    for name in ("news/2016_03/pao.jpg", "news/2016_03/suoi.jpg"):
        (uploads / name).parent.mkdir(parents=True, exist_ok=True)
        draw_photo(uploads / name, 1200, 800)

    def write(content, name="cu.sql"):
        path = tmp_path / name
        path.write_bytes(content)
        return str(path)

    write.uploads = str(uploads)
    return write


def take(newsroom, path, *options):
    return newsroom.run("import", path, *options)


def stories(newsroom):
    return sorted(
        path.parent.relative_to(newsroom.root).as_posix()
        for path in newsroom.root.glob("stories/*/*/index.md")
        if "\naliases:" in path.read_text("utf-8") and "status: draft" in path.read_text("utf-8")
    )


def test_published_stories_become_drafts(newsroom, old):
    (newsroom.root / "nhap-khau.yml").write_text(YML, "utf-8")
    before = set(stories(newsroom))
    ran = take(newsroom, old(dump()), "--uploads", old.uploads)
    assert ran.code == 0, ran.err
    assert "cu.sql: đã nhập 2 bài nháp." in ran.out
    assert "nháp 1" in ran.out
    assert "hẹn giờ 1" in ran.out
    assert "hết hạn 1" in ran.out
    assert "Không nhập chuyên mục “Tin tức”: 1 bài." in ran.out
    assert sorted(set(stories(newsroom)) - before) == [
        "stories/2016/lop-ghep-tren-dinh-doc",
        PATH,
    ]
    text = (newsroom.root / PATH / "index.md").read_text("utf-8")
    for line in (
        "date: 2016-03-12 06:30",
        "column: ban-muong",
        "fields: [giao-duc]",
        "caption: Ông Páo trên dốc",
        "credit: Lò Văn Pâng",
        "url: https://bao-dien-bien.example/",
        "tags: [nước sạch, Hua Khắt]",
        f"aliases: [/news/guong-nguoi-tot/{SLUG}-7.html]",
        "status: draft",
    ):
        assert line in text, line
    assert "![](anh-1.jpg)" in text
    assert OLD[0].hometext in text
    names = sorted(each.name for each in (newsroom.root / PATH).iterdir())
    assert names == ["anh-1.jpg", "bia.jpg", "index.md"]
    checked = newsroom.run("check", PATH)
    assert "lỗi GS" not in checked.out, checked.out


def test_a_lede_that_the_text_repeats_stands_once(newsroom, old):
    take(newsroom, old(dump()))
    text = (newsroom.root / "stories/2016/lop-ghep-tren-dinh-doc/index.md").read_text("utf-8")
    body = text.rpartition("---\n")[2]
    assert body.count("Hai mươi em, ba lớp, một cô giáo.") == 1


@pytest.mark.parametrize("form", FORMS)
def test_every_form_makes_the_same_stories(newsroom, old, form):
    take(newsroom, old(dump(form, packed=True), "cu.sql.gz"), "--no-input")
    text = (newsroom.root / PATH / "index.md").read_text("utf-8")
    body = text.rpartition("---\n")[2]
    assert "Mình còn khỏe; trẻ đói thì không học được" in body
    assert "giá 5\\7 à…" in body
    assert "It's 'xong'); INSERT INTO x VALUES (1);" in body


def test_wordpress_comes_the_same_way(newsroom, old):
    (newsroom.root / "nhap-khau.yml").write_text(YML, "utf-8")
    folder = old.uploads + "/news"
    ran = take(newsroom, old(wxr(OLD[:4]), "cu.xml"), "--uploads", folder)
    assert ran.code == 0, ran.err
    text = (newsroom.root / PATH / "index.md").read_text("utf-8")
    assert f"/2016/03/{SLUG}/" in text
    assert "/?p=7" in text
    assert sorted(each.name for each in (newsroom.root / PATH).glob("*.jpg")) == [
        "anh-1.jpg",
        "bia.jpg",
    ]


def test_a_second_run_doubles_nothing(newsroom, old):
    path = old(dump())
    take(newsroom, path, "--no-input")
    first = {each: each.read_bytes() for each in (newsroom.root / "stories").rglob("*.md")}
    # Editors have gone on meanwhile, and given one another address.
    moved = newsroom.root / "stories/2016/mot-ten-khac"
    (newsroom.root / PATH).rename(moved)
    again = take(newsroom, path, "--no-input")
    assert again.code == 0
    assert "đã nhập 0 bài nháp" in again.out
    assert "Đã có từ trước, không nhập lại: 3 bài." in again.out
    assert not (newsroom.root / PATH).exists()
    assert len(list((newsroom.root / "stories").rglob("*.md"))) == len(first)
    # And the old address leads to where it is now.
    told = (newsroom.root / "nhap-khau" / NGINX).read_text("utf-8")
    assert "/2016/mot-ten-khac/" in told


def test_categories_are_kept_to_be_decided(newsroom, old):
    ran = take(newsroom, old(dump()), "--no-input")
    kept = (newsroom.root / "nhap-khau.yml").read_text("utf-8")
    assert "guong-nguoi-tot:\n  from: Gương người tốt, việc tốt\n  column: viec-tot\n" in kept
    # The field has the category's name.
    assert "giao-duc:\n  from: Giáo dục\n  column: …\n  fields: [giao-duc]\n" in kept
    assert "Chưa chọn chuyên mục cho: " in ran.out


@pytest.fixture
def answer(monkeypatch):
    """Return a function that lets a terminal answer."""

    class Terminal(io.StringIO):
        buffer = io.BytesIO()  # MkDocs asks for it

        def isatty(self):
            return True

    return lambda *lines: monkeypatch.setattr(
        sys, "stdin", Terminal("".join(f"{each}\n" for each in lines))
    )


def test_categories_are_asked_once(newsroom, old, answer):
    path = old(dump())
    # One that is unknown is asked again; fields follow a column only.
    answer("khong-co", "ban-muong", "giao-duc", "bo-qua", "…")
    ran = take(newsroom, path)
    assert ran.code == 0, ran.err
    assert "Không có chuyên mục “khong-co”" in ran.err
    kept = (newsroom.root / "nhap-khau.yml").read_text("utf-8")
    columns = re.findall("(?m)^  column: (.+)$", kept)
    assert sorted(columns) == ["ban-muong", "bo-qua", "…"]
    assert "  fields:\n    - giao-duc\n" in kept or "  fields: [giao-duc]\n" in kept
    answer()
    again = take(newsroom, path)
    assert again.code == 0, again.err


def test_settings_that_cannot_be_read_are_one_line(newsroom, old):
    (newsroom.root / "nhap-khau.yml").write_text("a: [b\n", "utf-8")
    ran = take(newsroom, old(dump()))
    assert (ran.code, ran.out) == (1, "")
    assert "nhap-khau.yml" in ran.err
    assert ran.err.count("\n") == 1


def test_a_dry_run_writes_nothing(newsroom, old):
    before = sorted(newsroom.root.rglob("*"))
    ran = take(newsroom, old(dump()), "--dry-run", "--no-input")
    assert ran.code == 0
    assert "sẽ nhập 3 bài nháp; chưa ghi gì" in ran.out
    assert sorted(newsroom.root.rglob("*")) == before


def test_pictures_come_from_the_folder_only(newsroom, old, tmp_path):
    (tmp_path / "bi-mat.jpg").write_bytes(b"x")
    bodies = (
        '<p>a</p><img src="/uploads/../../bi-mat.jpg"><img src="file:///etc/passwd">'
        '<img src="https://xa.example/b.jpg"><img src="../../bi-mat.jpg">'
    )
    site = dump(posts=(type(OLD[0])(7, "Bài", "bai", "", bodies),))
    ran = take(newsroom, old(site), "--uploads", old.uploads, "--format", "json")
    (story,) = json.loads(ran.out)["stories"]
    assert story["photos"] == 0
    assert [loss["kind"] for loss in story["losses"]] == ["picture-gone"] * 4


def test_the_report_says_whom_to_ask(newsroom, old):
    ran = take(newsroom, old(dump()), "--uploads", old.uploads, "--format", "json")
    report = json.loads(ran.out)
    asked = {each["name"]: each["missing"] for each in report["ask"]}
    assert asked["Vàng A Páo"] == ["consent"]
    assert asked["Giàng Thị Sua"] == ["consent", "guardian"]
    assert asked["bia.jpg"] == ["photo-consent", "alt"]
    page = (newsroom.root / "nhap-khau/nhap-khau.html").read_text("utf-8")
    for name in asked:
        assert f">{name}</td>" in page
    assert f"<code>{PATH}</code>" in page


def test_what_was_asked_meanwhile_is_not_asked_again(newsroom, old):
    path = old(dump())
    take(newsroom, path, "--uploads", old.uploads)
    consent = "{basis: consent, record: P-1, date: 2026-05-01, scope: [name]}"
    newsroom.edit(SLUG, "name: …", f"name: Vàng A Páo\n    consent: {consent}")
    newsroom.edit(
        SLUG, "  src: bia.jpg\n  alt: …", f"  src: bia.jpg\n  alt: Dốc\n  consent: {consent}"
    )
    ran = take(newsroom, path, "--format", "json")
    asked = {each["name"]: each["missing"] for each in json.loads(ran.out)["ask"]}
    assert "Vàng A Páo" not in asked
    assert "bia.jpg" not in asked
    assert asked["Giàng Thị Sua"] == ["consent", "guardian"]
    newsroom.edit(SLUG, "status: draft", "status: ready")
    assert json.loads(take(newsroom, path, "--format", "json").out)["ask"] == []


def test_hostile_titles_stay_text_in_the_report(newsroom, old):
    site = dump(posts=(type(OLD[0])(7, "<script>x</script>", "bai", "", "<p>chữ</p>"),))
    take(newsroom, old(site))
    page = (newsroom.root / "nhap-khau/nhap-khau.html").read_text("utf-8")
    assert "<script>" not in page


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"hello", "cu.sql", "không phải bản lưu"),
        (dump()[:-3000], "cu.sql", "cắt giữa chừng"),
        (b"<rss></rss>", "cu.xml", "không có bài nào"),
    ],
)
def test_what_cannot_be_read_is_one_line(newsroom, old, content, name, told):
    ran = take(newsroom, old(content, name))
    assert (ran.code, ran.out) == (1, "")
    assert told in ran.err
    assert ran.err.count("\n") == 1


def test_old_sites_come_alone(newsroom, old):
    path = old(dump())
    ran = take(newsroom, path, path)
    assert ran.code == 2
    assert "phải nhập riêng" in ran.err


ASKED = (
    "/news/guong-nguoi-tot/{slug}-7.html",
    "/vi/news/guong-nguoi-tot/{slug}-7.html",
    "/vi/news/guong-nguoi-tot/{slug}-7/",
    "/guong-nguoi-tot/{slug}-7.html",
    "/news/chuyen-muc-khac/ten-cu-da-doi-7.html",
    "/index.php?language=vi&nv=news&op=guong-nguoi-tot/{slug}-7",
    "/index.php?language=vi&nv=news&op=guong-nguoi-tot%2F{slug}-7.html",
)


def serve_old(newsroom, folder, server):
    """Start a server of the new site with the settings that lead old addresses on."""
    root = folder / "trang"
    for page in (f"2016/{SLUG}", "2026/mot-bai-so-7"):
        (root / page).mkdir(parents=True)
        (root / page / "index.html").write_text("đây", "utf-8")
    if server is nginx:
        inside = f"include {newsroom.root}/nhap-khau/{NGINX};\nindex index.html;"
        return nginx(folder, root, inside), root
    text = (newsroom.root / "nhap-khau" / APACHE).read_text("utf-8")
    (root / ".htaccess").write_text(text, "utf-8")
    return apache(folder, root, ""), root


@pytest.mark.parametrize("server", [nginx, apache])
def test_every_old_address_leads_on(newsroom, old, server):
    take(newsroom, old(dump()), "--no-input")
    base = re.search(r"site_url: https?://[^/]+(\S*)", (newsroom.root / "mkdocs.yml").read_text())
    with open_folder() as folder:
        running, _ = serve_old(newsroom, folder, server)
        with running as site:
            for asked in ASKED:
                answer = site.ask(asked.format(slug=SLUG))
                assert answer.status == 301, asked
                wanted = f"{base[1].rstrip('/') if base else ''}/2016/{SLUG}/"
                assert answer.headers["location"].endswith(wanted), asked
            assert site.ask("/2026/mot-bai-so-7/").status == 200
            assert site.ask("/news/khong-co-99.html").status == 404


@pytest.mark.parametrize("server", [nginx, apache])
def test_addresses_of_wordpress_lead_on(newsroom, old, server):
    take(newsroom, old(wxr(OLD[:4]), "cu.xml"), "--no-input")
    with open_folder() as folder:
        running, _ = serve_old(newsroom, folder, server)
        with running as site:
            for asked in (f"/2016/03/{SLUG}/", "/?p=7", "/index.php?p=7"):
                answer = site.ask(asked)
                assert answer.status == 301, asked
                assert answer.headers["location"].endswith(f"/2016/{SLUG}/")


@pytest.mark.long
def test_a_thousand_posts_in_a_minute(newsroom, old):
    path = old(dump(posts=many(1000)))
    began = time.process_time()
    assert take(newsroom, path, "--no-input").code == 0
    assert time.process_time() - began < 60
    assert len(list(newsroom.root.glob("stories/2016/chuyen-thu-*"))) == 1000
