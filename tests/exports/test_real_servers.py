"""What nginx and Apache really say with the settings that a site brings, beside a newspaper."""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from tests.conftest import LENT
from tests.exports.real_servers import Server, apache, nginx, open_folder

OLD = "/cũ/bài/"
ASKED = ["/index.php?nv=news&op=gioi/bai-1.html", "/?p=12", "/cũ/tin?id=é"]
BELOW = ["/cot/", "/báo tết/gương/"]
RECORDS = {"a.wav": "audio/wav", "b.aac": "audio/aac", "c.opus": "audio/ogg", "d.mp3": "audio/mpeg"}
TEXTS = {"e.csv": "text/csv", "f.txt": "text/plain", "g.svg": "image/svg+xml"}
MUCH = "Đọc thêm, " * 400


@dataclass(frozen=True, slots=True)
class Served:
    """A server with a site of ours at `base`, and at its root a newspaper's own if that is else."""

    server: Server
    base: str

    def ask(self, path):
        return self.server.ask(self.base + path)


@pytest.fixture(scope="module")
def publish(built, tmp_path_factory):
    """Build the good newsroom for the path given, and return its site."""

    def publish(base: str) -> Path:
        root = tmp_path_factory.mktemp("for-servers") / "newsroom"
        shutil.copytree(built.root, root, ignore=shutil.ignore_patterns("site", ".cache"))
        for name in LENT:
            shutil.copytree(built.root / name, root / name)
        made = type(built)(root)
        made.edit("mkdocs.yml", "https://guong.example/", f"https://guong.example{quote(base)}")
        made.edit("con-chu", "status: ready", f"aliases: {[OLD, *ASKED]!r}\nstatus: ready")
        made.build()
        for name in (*RECORDS, *TEXTS):
            (made.site / "tep").mkdir(exist_ok=True)
            (made.site / "tep" / name).write_text(MUCH, "utf-8")
        return made.site

    return publish


@pytest.fixture(scope="module", params=[*BELOW, "/"])
def placed(request, publish) -> Iterator[tuple[str, Path]]:
    """The path of a site, and a folder for servers in which it lies there."""
    with open_folder() as folder:
        root = folder / "www"
        site = publish(request.param)
        shutil.copytree(site, root / request.param.strip("/"))
        if request.param != "/":
            (root / "index.html").write_text("<h1>Báo của tỉnh</h1>", "utf-8")
            (root / "anh").mkdir()
            (root / "anh/x.css").write_text("h1 { color: red }" * 100, "utf-8")
        yield request.param, folder


def start_nginx(folder, root, site):
    includes = [site / "may-chu" / f"nginx-{name}.conf" for name in ("headers", "redirects")]
    # As many have it already; what may stand there only once must not stand there twice.
    inside = "charset utf-8; gzip on; location / { try_files $uri $uri/ =404; }\n"
    return nginx(folder, root, inside + "".join(f'include "{each}";\n' for each in includes))


def start_apache(folder, root, site):
    includes = [site / "may-chu" / f"apache-{name}.txt" for name in ("headers", "htaccess")]
    return apache(folder, root, "".join(f'Include "{each}"\n' for each in includes))


def start_htaccess(folder, root, site):
    parts = [site / "may-chu" / f"apache-{name}.txt" for name in ("headers", "htaccess")]
    (site / ".htaccess").write_text("".join(each.read_text("utf-8") for each in parts), "utf-8")
    return apache(folder, root, "")


STARTS = {"nginx": start_nginx, "apache": start_apache, "htaccess": start_htaccess}


@pytest.fixture(scope="module", params=STARTS)
def served(request, placed) -> Iterator[Served]:
    base, folder = placed
    root = folder / "www"
    site = root / base.strip("/")
    with STARTS[request.param](folder, root, site) as server:
        yield Served(server, base)
    (site / ".htaccess").unlink(missing_ok=True)


@pytest.mark.parametrize("placed", BELOW, indirect=True)
def test_a_neighbour_keeps_its_own_ways(served):
    front = served.server.ask("/")
    assert (front.status, "Báo của tỉnh" in read(front)) == (200, True)
    lost = served.server.ask("/khong-co/")
    assert lost.status == 404
    assert "Không tìm thấy" not in read(lost)
    style = served.server.ask("/anh/x.css")
    assert style.status == 200
    for answer in (front, lost, style):
        assert not answer.headers.keys() & {
            "content-security-policy",
            "permissions-policy",
            "x-content-type-options",
            "cache-control",
            "access-control-allow-origin",
        }


@pytest.mark.parametrize(
    ("path", "status"),
    [("", 200), ("2026/con-chu/", 200), ("khong-co/", 404), ("du-lieu/stories.json", 200)],
)
def test_every_answer_of_ours_is_safe(served, path, status):
    answer = served.ask(path)
    assert answer.status == status
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert ("access-control-allow-origin" in answer.headers) == path.startswith("du-lieu/")


def test_what_is_not_there_has_our_page(served):
    body = read(served.ask("2026/khong-co/"))
    assert "Không tìm thấy" in body


def test_caching(served, placed):
    base, folder = placed
    site = folder / "www" / base.strip("/")
    (style,) = (site / "tai-nguyen").glob("site.*.css")
    picture = next((site / "anh").rglob("*.avif"))
    for path in (style, picture):
        answer = served.ask(path.relative_to(site).as_posix())
        assert "max-age=31536000" in answer.headers["cache-control"]
    assert served.ask("gioi-thieu/").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(("name", "kind"), [*RECORDS.items(), *TEXTS.items()])
def test_kinds_of_files(served, name, kind):
    told = served.ask(f"tep/{name}").headers["content-type"]
    assert told.partition(";")[0] == kind
    assert ("charset=utf-8" in told.lower()) == (name in TEXTS)


@pytest.mark.parametrize(
    "pattern",
    [
        "index.html",
        "2026/con-chu/index.html",
        "404.html",
        "tai-nguyen/site.*.css",
        "tai-nguyen/search.*.js",
        "tai-nguyen/tim-kiem/ten.*.json",
        "tim-kiem/muc-luc.json",
        "rss.xml",
        "sitemap.xml",
        "feed.json",
        "sw.js",
        "du-lieu/stories.json",
        "du-lieu/honours.csv",
        "tai-nguyen/tim-kiem/0.*.bin",
        "tai-nguyen/favicon.*.svg",
        *(f"tep/{name}" for name in TEXTS),
    ],
)
def test_texts_are_packed_and_say_their_letters(served, placed, pattern):
    base, folder = placed
    site = folder / "www" / base.strip("/")
    *_, path = sorted(site.glob(pattern), key=lambda each: each.stat().st_size)
    answer = served.ask(path.relative_to(site).as_posix())
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(answer.body) == path.read_bytes()
    assert "accept-encoding" in answer.headers["vary"].lower()
    if path.suffix not in (".json", ".bin"):
        assert "charset=utf-8" in answer.headers["content-type"].lower()


def test_pictures_are_not_packed_again(served, placed):
    base, folder = placed
    site = folder / "www" / base.strip("/")
    for picture in (next((site / "anh").rglob(f"*.{kind}")) for kind in ("avif", "jpg")):
        answer = served.ask(picture.relative_to(site).as_posix())
        assert "content-encoding" not in answer.headers
        assert answer.body == picture.read_bytes()


@pytest.mark.parametrize("old", [OLD.lstrip("/"), OLD.strip("/")])
def test_an_old_address_leads_on(served, old):
    answer = served.ask(old)
    assert answer.status == 301
    where = f"https://guong.example{served.base}2026/con-chu/"
    assert answer.headers["location"].isascii()
    assert unquote(answer.headers["location"]) == where


@pytest.mark.parametrize("old", [each.lstrip("/") for each in ASKED])
def test_an_old_address_with_a_query_leads_on(served, old):
    for asked in (old, f"{old}&fbclid=x"):
        answer = served.ask(asked)
        assert answer.status == 301
        where = f"https://guong.example{served.base}2026/con-chu/"
        assert unquote(answer.headers["location"]) == where
    assert served.ask(f"{old}3").status != 301
    assert served.ask("").status == 200


@pytest.mark.parametrize("end", ["/", ""])
def test_a_retracted_story_is_gone(served, end):
    answer = served.ask(f"2026/ten-phai-mat{end}")
    assert answer.status == 410
    assert "content-security-policy" in answer.headers
    assert "charset=utf-8" in answer.headers["content-type"].lower()
    said = read(answer)
    assert "Bài đã gỡ" in said and "Sai sự thật" in said
    assert "Tít phải biến mất" not in said


@pytest.mark.parametrize("year", ["2026/", "2026", "2025/", "1999/"])
def test_the_folder_of_a_year_leads_to_its_stories(served, year):
    answer = served.ask(year)
    if year != "1999/":
        assert answer.status in (301, 302)
        where = f"https://guong.example{served.base}nam/{year.strip('/')}/"
        assert unquote(answer.headers["location"]) == where
        assert answer.headers["location"].isascii()
    else:
        assert answer.status in (301, 404)


@pytest.mark.parametrize("folder", ["anh/", "tai-nguyen/", "may-chu/", "anh/con-chu/", "tep"])
def test_no_folder_shows_what_it_holds(served, folder):
    answer = served.ask(folder)
    assert answer.status in (301, 403, 404)
    assert "Index of" not in read(answer)
    assert not re.search(r"\.(?:avif|css|conf|jpg)\b(?=\">)", read(answer)) or answer.status == 404


def test_a_folder_with_a_page_shows_it(served):
    for path in ("2026/con-chu/", "nam/2026/", "dia-phuong/", ""):
        assert served.ask(path).status == 200


def read(answer):
    packed = answer.headers.get("content-encoding") == "gzip"
    return (gzip.decompress(answer.body) if packed else answer.body).decode()


def test_below_a_path_nothing_stands_beside_its_location(publish):
    """Both files together: a server reads all that stands outside for the whole newspaper."""
    site = publish("/cot/")
    files = [(site / f"may-chu/nginx-{name}.conf").read_text() for name in ("headers", "redirects")]
    lines = [line for text in files for line in text.splitlines() if not line.startswith("#")]
    outside = [line for line in lines if not re.match(r" |\}", line)]
    assert outside == ['location ^~ "/cot/" {']
