"""What servers are told: headers of safety and caching, and security.txt."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from guongsang.exports.servers import (
    APACHE,
    NETLIFY,
    NGINX,
    SECURITY_TXT,
    render_headers,
    render_security_txt,
)
from guongsang.registers.model import Security
from guongsang.render.policy import header_policy, page_policy, script_hash

SITE = "https://guong.example/bao/"
HASH = script_hash("var a=1")


@pytest.fixture(scope="module")
def files():
    return {uri: raw.decode() for uri, raw in render_headers(SITE, [HASH]).items()}


def directives(policy):
    return dict(part.split(" ", 1) for part in policy.split("; "))


def test_a_hash_is_what_browsers_compute():
    # From the example of the specification: https://www.w3.org/TR/CSP3/#framework-hash-source
    made = script_hash("doSomething();")
    assert made == "'sha256-RFWPLDbv2BY+rCkDzsE+0fr8ylGr2R2faWMhq4lfEQc='"


def test_a_page_may_load_from_its_own_site_only():
    told = directives(page_policy([HASH]))
    assert told.pop("script-src") == f"'self' {HASH}"
    assert told.pop("img-src") == "'self' data:"
    assert set(told.values()) == {"'self'", "'none'"}
    assert told["default-src"] == told["base-uri"] == "'none'"


def test_nothing_is_unsafe():
    assert "unsafe" not in header_policy([HASH])


def test_nobody_may_frame_the_site():
    assert directives(header_policy())["frame-ancestors"] == "'none'"
    assert "frame-ancestors" not in page_policy()  # browsers complain of it in <meta>


@pytest.mark.parametrize("uri", [NETLIFY, NGINX, APACHE])
@pytest.mark.parametrize(
    "header",
    [
        f"Content-Security-Policy: {header_policy([HASH])}",
        "X-Content-Type-Options: nosniff",
        "Referrer-Policy: strict-origin-when-cross-origin",
        "Permissions-Policy: ",
        "Cross-Origin-Opener-Policy: same-origin",
        "Access-Control-Allow-Origin: *",
    ],
)
def test_every_server_sends_every_header(files, uri, header):
    name, value = header.split(": ", 1)
    assert re.search(rf'{name}:? "?{re.escape(value)}', files[uri])


@pytest.mark.parametrize("uri", [NETLIFY, NGINX, APACHE])
def test_the_path_of_the_site_is_kept_and_hsts_is_only_a_note(files, uri):
    assert "/bao/" in files[uri]
    assert not re.search(r"[\s\"(^]/(anh|tai-nguyen|the)/", files[uri])
    lines = [line for line in files[uri].splitlines() if "Strict-Transport-Security" in line]
    assert [line.startswith("#") for line in lines] == [True]


def test_on_netlify_no_header_is_sent_twice(files):
    """Where several rules match, it sends the headers of all."""
    names = re.findall(r"^  ([A-Za-z-]+):", files[NETLIFY], re.MULTILINE)
    assert [name for name in names if names.count(name) > 1 and name != "Cache-Control"] == []


def test_in_nginx_a_location_with_headers_repeats_those_of_the_server(files):
    outside, _, inside = files[NGINX].partition('/du-lieu/" {')
    kept = re.findall(r"add_header ([A-Za-z-]+)", outside)
    assert kept and [name for name in kept if f"add_header {name}" not in inside] == []
    assert files[NGINX].count("{") == files[NGINX].count("}")


def test_what_lasts_has_its_hash_in_its_name(built, files):
    """Nobody may keep for a year what can change under the same name."""
    folders = re.findall(r"^/bao/([a-z/-]+)/\*\n  Cache-Control", files[NETLIFY], re.MULTILINE)
    assert len(folders) == 5
    for folder in folders:
        for path in (built.site / folder).rglob("*.*"):
            assert re.search(r"[-.][0-9a-f]{8,}[-.]", path.name), path


def test_security_txt_follows_the_standard():
    security = Security(email="an-ninh@guong.example", expires=dt.date(2027, 6, 30))
    assert render_security_txt(security, SITE).decode() == (
        "Contact: mailto:an-ninh@guong.example\n"
        "Expires: 2027-06-30T23:59:59+07:00\n"
        "Preferred-Languages: vi, en\n"
        f"Canonical: {SITE}.well-known/security.txt\n"
    )
    policy = {"policy": "https://guong.example/gioi-thieu/"}
    with_policy = render_security_txt(security.model_copy(update=policy), SITE)
    assert with_policy.endswith(b"Policy: https://guong.example/gioi-thieu/\n")


def test_the_site_has_the_files_and_foreign_neighbours_stay(newsroom):
    foreign = newsroom.site / ".well-known/acme-challenge/x"
    newsroom.build()
    foreign.parent.mkdir(parents=True)
    foreign.write_text("khóa")
    expiry = newsroom.site / SECURITY_TXT
    assert b"an-ninh@guong.example" in expiry.read_bytes()
    newsroom.edit("stories/registers/newsroom.yml", "security:", "# security:")
    newsroom.build()
    assert not expiry.exists()
    assert foreign.read_text() == "khóa"


def test_an_expired_security_txt_is_a_warning_and_changes_no_byte(published):
    before = published.bytes()
    published.edit("stories/registers/newsroom.yml", "expires: 2027-06-30", "expires: 2026-06-30")
    ran = published.run("check")
    assert (ran.code, ran.err.count("GS323") + ran.out.count("GS323")) == (0, 1)
    assert "newsroom.yml:10:51" in ran.out + ran.err
    published.edit("stories/registers/newsroom.yml", "expires: 2026-06-30", "expires: 2027-06-30")
    published.build(now="1893456000")  # 2030: the file says what it says
    assert published.bytes()[SECURITY_TXT] == before[SECURITY_TXT]
