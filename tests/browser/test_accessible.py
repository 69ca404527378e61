"""Every kind of page: axe finds no violation of WCAG 2.2 AA, Nu no error in the HTML."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from tests.browser.waiting import wait_until
from tests.kinds import chosen_pages
from tests.tools import need

# Structure does not change with colours or width: each is looked at once with everything, and
# once more with the rules that see colours and sizes.
ALL = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
SEEN = {**ALL, "runOnly": ["color-contrast", "link-in-text-block", "target-size"]}
LOOKS = [(360, "light", ALL), (1280, "dark", ALL), (360, "dark", SEEN), (1280, "light", SEEN)]
# A list of hundreds of rules repeats its parts: axe would take minutes over all of them.
PART = {"exclude": [[".gs-reference section:nth-of-type(n + 2)"]]}
PARTS = 12  # for several workers; the first is short
REPOSITORY = Path(__file__).parents[2]
RUN = "look => axe.run(...look).then(({violations}) => violations)"
VNU = os.environ.get("VNU_JAR", "")


CODE_IS_READY = """() => [...document.querySelectorAll("pre code")].every(
  (code) => code.scrollWidth <= code.clientWidth || code.tabIndex === 0
)"""


def find_violations(chromium, address: str, uris: list[str], looks=LOOKS) -> list[str]:
    """Return what axe finds on each of the pages in each of the looks."""
    found = []
    context = chromium.new_context(reduced_motion="reduce")
    page = context.new_page()
    for uri in uris:
        page.goto(f"{address}{uri}")
        page.evaluate(AXE_SCRIPT)
        for width, scheme, options in looks:
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            # Material lets the keyboard into code that is wider than the screen.
            wait_until(page, lambda: page.evaluate(CODE_IS_READY))
            for violation in page.evaluate(RUN, [PART, options]):
                nodes = [node["html"][:120] for node in violation["nodes"][:3]]
                found.append(f"{uri or '/'} {width} {scheme}: {violation['id']} {nodes}")
    context.close()
    return found


@pytest.mark.parametrize(
    "part", [pytest.param(part, marks=[pytest.mark.long] if part else []) for part in range(PARTS)]
)
def test_axe_finds_no_violation(chromium, address, built_below, part):
    pages = chosen_pages(built_below.site)[part::PARTS]
    assert pages
    assert find_violations(chromium, address, pages) == []


@pytest.mark.long
def test_axe_finds_no_violation_in_the_guide(chromium, serve, newsroom):
    """The editors' guide, and the pages written by hand with this repository's own settings."""
    shutil.copy(REPOSITORY / "mkdocs.yml", newsroom.root)
    shutil.copytree(REPOSITORY / "docs", newsroom.root / "docs", dirs_exist_ok=True)
    newsroom.build()
    guide = sorted(path.parent.name for path in (newsroom.site / "huong-dan").glob("*/index.html"))
    uris = ["gioi-thieu/", "huong-dan/", *(f"huong-dan/{name}/" for name in guide)]
    assert "huong-dan/viet-bai/" in uris
    # What stands beside the text on a wide screen stands on the pages above, too.
    looks = [LOOKS[0], (1280, "dark", SEEN)]
    assert find_violations(chromium, f"{serve(newsroom.site)}/", uris, looks) == []


def test_high_contrast_and_large_letters_fit(chromium, address, built_below):
    """At 320 px, with letters of twice the browser's size, nothing runs out of the page."""
    wide = []
    context = chromium.new_context(viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto(address)
    page.evaluate("""localStorage.setItem("guong-sang.reading",
        JSON.stringify({text: "5", scheme: "dark", contrast: "more"}))""")
    for uri in chosen_pages(built_below.site):
        page.goto(f"{address}{uri}")
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if over > 0:
            wide.append(f"{uri or '/'} is {over} px too wide")
    page.evaluate(AXE_SCRIPT)
    assert page.evaluate(RUN, [PART, {"runOnly": ["color-contrast-enhanced"]}]) == []
    context.close()
    assert wide == []


@pytest.mark.long
def test_nu_finds_no_error(request):
    need(VNU, "the Nu HTML checker", comes_by="npm install vnu-jar, and its jar in VNU_JAR")
    built, built_below = map(request.getfixturevalue, ("built", "built_below"))
    java = shutil.which("java")
    assert java, "VNU_JAR is set, but there is no java"
    assert Path(VNU).is_file(), f"VNU_JAR={VNU} is no file"
    command = [java, "-Xss2m", "-jar", VNU, "--errors-only", "--skip-non-html", "--format", "json"]
    ran = subprocess.run(
        [*command, str(built.site), str(built_below.site)],
        capture_output=True,
        text=True,
        check=False,
        timeout=500,
    )
    assert ran.stderr.startswith("{"), ran.stderr
    told = [
        f"{message['url'].rpartition('/site/')[2]}:{message.get('lastLine')}: {message['message']}"
        for message in json.loads(ran.stderr)["messages"]
    ]
    assert told == []
