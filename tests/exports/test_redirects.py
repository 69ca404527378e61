"""Old addresses: the pages that lead on, and what servers are told."""

import dataclasses
import re
import shlex
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest

from guongsang.exports.redirects import (
    alias_url,
    nginx_locations,
    render_aliases,
    render_redirects,
)
from guongsang.site.collisions import find_collisions, may_collide

SITE = "https://guong.example/bao/"
HOSTILE = "</title><script>alert('x')</script> \" &"


class _Read(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    def find(self, tag, **wanted):
        return next(
            attrs for name, attrs in self.tags if name == tag and wanted.items() <= attrs.items()
        )


@pytest.fixture
def moved(make_content, make_story):
    """Return a content with one story at the given old addresses, and one retracted story."""

    def make(*aliases, **fields):
        gone = make_story(
            "da-go",
            title="Tên phải mất",
            status="retracted",
            retracted={"date": "2026-07-01", "reason": "Sai"},
            aliases=["/cu/da-go/"],
        )
        return make_content([make_story(aliases=list(aliases), **fields)], retracted=(gone,))

    return make


def lines(content, name):
    return render_redirects(content)[name].decode().splitlines()


@pytest.mark.parametrize(
    ("alias", "expected"),
    [
        ("/cu/bai/", "cu/bai/"),
        ("/cu/bai", "cu/bai/"),
        ("/cu/bai.html", "cu/bai.html"),
        ("/cu/bai.HTML", "cu/bai.HTML"),
        ("/cu/bai.html/", "cu/bai.html/"),
        ("/cu/bai.php", "cu/bai.php/"),
        ("/cũ/bài-viết/", "cũ/bài-viết/"),
        ("/c%C5%A9/b%C3%A0i", "cũ/bài/"),
        ("/cu\u0303/ba\u0300i/", "cũ/bài/"),
        ("/bu%CC%80a-ca%CC%81", "bùa-cá/"),
        ("/a/./b/", "a/b/"),
        ("/a%20b/", "a b/"),
        ("/%2e%2e/%2e%2e/etc/", "%2e%2e/%2e%2e/etc/"),
        ("/a%2F..%2F..%2Fb/", "a%2F..%2F..%2Fb/"),
        ("/a%00b/", "a%00b/"),
        ("/a%0Ab/", "a%0Ab/"),
        ("/a%5Cb/", "a%5Cb/"),
        ("/a%FFb/", "a%FFb/"),
        ("/..", ""),
        ("/", ""),
    ],
)
def test_aliases_as_addresses(alias, expected):
    """Nothing leads out of the site, nothing breaks a line."""
    assert alias_url(alias) == expected


@pytest.mark.parametrize(
    ("alias", "uri"),
    [
        ("/cu/bai/", "cu/bai/index.html"),
        ("/bai", "bai/index.html"),
        ("/cu/bai-cu.html", "cu/bai-cu.html"),
        ("/c%C5%A9/", "cũ/index.html"),
    ],
)
def test_a_page_leads_on_without_script(moved, alias, uri):
    ((found, page),) = render_aliases(moved(alias))
    assert found == uri
    assert page.startswith(b"<!doctype html>\n<html lang=")
    read = _Read(page.decode())
    assert "script" not in {tag for tag, _ in read.tags}
    assert read.find("link", rel="canonical")["href"] == f"{SITE}2026/bai/"
    assert read.find("meta", name="robots")["content"] == "noindex"
    wait, _, near = read.find("meta", **{"http-equiv": "refresh"})["content"].partition("; url=")
    here = SITE + uri.removesuffix("index.html")
    assert wait == "0"
    assert urljoin(here, near) == f"{SITE}2026/bai/"
    assert urljoin(here, read.find("a")["href"]) == f"{SITE}2026/bai/"
    assert "Tít bai" in read.text


def test_titles_are_escaped(moved):
    ((_, page),) = render_aliases(moved("/cu/", title=HOSTILE, lang="en"))
    read = _Read(page.decode())
    assert "script" not in {tag for tag, _ in read.tags}
    assert read.text.count(HOSTILE) == 2
    assert read.find("a")["lang"] == "en"


def test_two_stories_of_one_old_address_stay_two(make_content, make_story):
    """So that the build finds them and stops."""
    content = make_content(
        [make_story("a", aliases=["/cũ/"]), make_story("b", aliases=["/c%C5%A9/"])]
    )
    assert [uri for uri, _ in render_aliases(content)] == ["cũ/index.html"] * 2


@pytest.mark.parametrize(
    ("alias", "taken"),
    [("/robots.txt", ["/robots.txt"]), ("/rss.xml/", ["/rss.xml"]), ("/cu/", [])],
)
def test_no_old_address_takes_the_place_of_a_file(moved, alias, taken):
    uris = ["robots.txt", "rss.xml", *(uri for uri, _ in render_aliases(moved(alias)))]
    assert may_collide(uris[2:], uris[:2]) == may_collide(uris, []) == bool(taken)
    found = find_collisions(uris, {"": "docs/index.md", "gioi-thieu/": "docs/gioi-thieu.md"})
    assert [(each.rule, dict(each.args)["url"]) for each in found] == [
        ("GS801", uri) for uri in taken
    ]


@pytest.mark.parametrize(
    ("new", "published", "may"),
    [
        (["a/index.html"], ["b/index.html"], False),
        (["a/index.html"], ["A/index.html"], True),
        (["a/index.html"], ["a/index.html"], True),
        (["a/index.html"], ["a"], True),
        (["a"], ["a/index.html"], True),
        (["a", "a"], [], True),
        (["a/b/index.html"], ["a/index.html", "a/b/c/index.html"], False),
    ],
)
def test_collisions_are_looked_for_where_there_may_be_some(new, published, may):
    assert may_collide(new, published) == may
    assert may or find_collisions([*new, *published], {}) == []


def test_one_old_address_written_twice_is_one_page(moved):
    assert len(list(render_aliases(moved("/cũ/", "/c%C5%A9")))) == 1


def test_netlify_and_cloudflare(moved):
    assert set(lines(moved("/cũ/a*b:c/", "/x.html"), "_redirects")) == {
        "/bao/c%C5%A9/a%2Ab%3Ac/ /bao/2026/bai/ 301",
        "/bao/c%C5%A9/a%2Ab%3Ac /bao/2026/bai/ 301",
        "/bao/x.html /bao/2026/bai/ 301",
        "/bao/2026/da-go/ /bao/2026/da-go/index.html 410!",
    }


def test_nginx(moved):
    found = list(nginx_locations(moved('/cũ/a"b$c/', "/x.html")))
    to = 'return 301 "https://guong.example/bao/2026/bai/";'
    gone = 'error_page 410 "/bao/2026/da-go/index.html"; return 410;'
    assert found.pop().startswith('location ~ "^/bao/([0-9]{4})/?$" ')
    assert set(found) == {
        f'location = "/bao/cũ/a\\"b$c/" {{ {to} }}',
        f'location = "/bao/cũ/a\\"b$c" {{ {to} }}',
        f'location = "/bao/x.html" {{ {to} }}',
        f'location = "/bao/2026/da-go/" {{ {gone} }}',
        f'location = "/bao/2026/da-go" {{ {gone} }}',
    }


def test_nginx_has_them_in_one_file_only(moved):
    """Below a path that is the one of the headers, whose location holds all."""
    below = moved("/cũ/")
    assert all(line.startswith("#") for line in lines(below, "may-chu/nginx-redirects.conf"))
    alone = dataclasses.replace(below, site_url="https://guong.example/")
    found = lines(alone, "may-chu/nginx-redirects.conf")
    assert found[1:] == list(nginx_locations(alone)) != []


@pytest.mark.parametrize(
    ("alias", "matching", "other"),
    [
        ("/cũ/bài/", ["/bao/cũ/bài/", "/bao/cũ/bài"], ["/bao/cũ/bài/x", "/cũ/bài/"]),
        ("/x.html", ["/bao/x.html"], ["/bao/x.html/", "/bao/x-html"]),
        ("/a(b)[c]+$^|/", ["/bao/a(b)[c]+$^|/"], ["/bao/ab"]),
        ('/a"b%20c/', ['/bao/a"b c'], []),
        ("/${HOME}/", ["/bao/${HOME}/"], []),
    ],
)
def test_apache(moved, alias, matching, other):
    found = lines(moved(alias), "may-chu/apache-htaccess.txt")
    lead, gone = (line for line in found if line.startswith("RedirectMatch"))
    name, status, pattern, target = _words(lead)
    assert (name, status, target) == ("RedirectMatch", "301", f"{SITE}2026/bai/")
    assert "${" not in lead
    assert all(re.search(pattern, path) for path in matching)
    assert not any(re.search(pattern, path) for path in other)
    assert _words(gone)[1] == "410"
    assert re.search(_words(gone)[2], "/bao/2026/da-go/")
    assert '  ErrorDocument 410 "/bao/2026/da-go/index.html"' in found


NUKE = "/index.php?nv=news&op=nguoi-tot/bai-12"


@pytest.mark.parametrize("alias", [NUKE, "/?p=123", "/2026/bai/?id=7", "/c%C5%A9?t%C3%AAn=%C3%A1"])
def test_an_address_with_a_query_has_no_page(moved, alias):
    assert list(render_aliases(moved(alias))) == []
    assert len(list(render_aliases(moved(alias, "/cu/")))) == 1


def test_nginx_asks_for_the_query(moved):
    """Two locations of one path would keep it from starting."""
    found = list(nginx_locations(moved(NUKE, NUKE[:-1], "/index.php", "/?p=1")))
    to = 'return 301 "https://guong.example/bao/2026/bai/";'
    (one,) = [line for line in found if '"/bao/index.php" ' in line]
    assert one.count(f" {{ {to} }}") == 2
    assert one.endswith(f"}} {to} }}")
    assert one.index("bai\\\\-12") < one.index("bai\\\\-1(")
    assert f'location = "/bao/" {{ if ($args ~ "^p=1(&|$)") {{ {to} }} }}' in found


def test_netlify_asks_for_the_query(moved):
    found = lines(moved(NUKE, "/?p=123", "/cu/?123"), "_redirects")
    assert "/bao/index.php nv=news op=nguoi-tot/bai-12 /bao/2026/bai/ 301" in found
    assert "/bao/ p=123 /bao/2026/bai/ 301" in found
    assert not any("cu" in line for line in found)


def test_apache_asks_for_the_query(moved):
    found = lines(moved(NUKE, "/cu/"), "may-chu/apache-htaccess.txt")
    at = found.index("RewriteEngine On")
    assert (found[at - 1], found[at + 4]) == ("<IfModule mod_rewrite.c>", "</IfModule>")
    (path, query), rule = [_words(line)[-1] for line in found[at + 1 : at + 3]], found[at + 3]
    assert re.search(path, "/bao/index.php")
    assert not re.search(path, "/bao/index-php")
    asked = NUKE.partition("?")[2]
    assert re.search(query, asked)
    assert re.search(query, f"{asked}&fbclid=x")
    assert not re.search(query, f"{asked}3")
    assert _words(rule)[2:] == [f"{SITE}2026/bai/", "[R=301,L,QSD]"]
    assert [line for line in found if line.startswith("RedirectMatch 301")] == [
        f'RedirectMatch 301 "^/bao/cu/?$" "{SITE}2026/bai/"'
    ]


def _words(line):
    """Read a line as Apache does: within quotes a backslash only guards a quote."""
    words = re.findall(r'"((?:\\"|[^"])*)"|(\S+)', line)
    return [quoted.replace('\\"', '"') or plain for quoted, plain in words]


def test_nothing_to_tell(make_content, make_story):
    content = make_content([make_story()])
    assert list(render_aliases(content)) == []
    assert lines(content, "_redirects") == []
    assert [line[0] for line in lines(content, "may-chu/nginx-redirects.conf")] == ["#"]
    told = [line.strip() for line in lines(content, "may-chu/apache-htaccess.txt")]
    # Only what becomes of folders without a page.
    assert [line.split()[0] for line in told] == ["#", "<If", *["RedirectMatch"] * 2, "</If>"]


def test_a_retracted_story_leads_nowhere(moved):
    """Neither its title nor its old addresses; its own address is gone for good."""
    content = moved("/cu/bai/")
    assert [uri for uri, _ in render_aliases(content)] == ["cu/bai/index.html"]
    for made in render_redirects(content).values():
        assert "Tên phải mất" not in made.decode()
        assert "cu/da-go" not in made.decode()


def test_two_runs_are_identical(moved):
    content = moved("/b/", "/a/")
    assert render_redirects(content) == render_redirects(content)
    assert list(render_aliases(content)) == list(render_aliases(content))


def test_rules_are_words(moved):
    for line in lines(moved("/a%20b/", "/cũ/"), "_redirects"):
        assert len(shlex.split(line)) == 3
        assert line.isascii()
