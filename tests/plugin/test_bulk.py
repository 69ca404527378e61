"""Pages rendered by workers are those that MkDocs makes of them."""

import subprocess
import sys

from guongsang.plugin import adapter, theme

# As the command, but worth forking for any number of pages and stories.
FORKED = """
import sys
from guongsang.engine import make
make.WORTH_FORKING = 1
from guongsang.cli.main import main
sys.exit(main(["build", "--jobs", "2", "--root", sys.argv[1]]))
"""


def test_pages_in_a_shell_are_as_whole_ones(newsroom, built, monkeypatch):
    monkeypatch.setattr(adapter, "is_plain", lambda _: False)
    newsroom.build()
    assert newsroom.bytes() == built.bytes()
    assert newsroom.build().out.startswith("Không có gì thay đổi")


def test_workers_write_what_one_process_does(newsroom, built):
    env = {"SOURCE_DATE_EPOCH": "1782864000", "NO_MKDOCS_2_WARNING": "1", "PATH": ""}
    subprocess.run([sys.executable, "-c", FORKED, str(newsroom.root)], env=env, check=True)
    assert newsroom.bytes() == built.bytes()
    assert newsroom.build().out.startswith("Không có gì thay đổi")


def test_a_theme_that_shows_more_gets_whole_pages(newsroom, monkeypatch):
    """What the shell cannot know is noticed."""
    footer = theme.THEME / "partials/footer.html"
    own = newsroom.root / "theme"
    (own / "partials").mkdir(parents=True)
    text = footer.read_text("utf-8")
    (own / "partials/footer.html").write_text(text + "<p>{{ page.canonical_url }}</p>", "utf-8")
    newsroom.edit("mkdocs.yml", "  name: material\n", "  name: material\n  custom_dir: theme\n")
    monkeypatch.setattr(adapter, "is_plain", lambda _: True)
    newsroom.build()
    shown = newsroom.bytes()
    monkeypatch.undo()
    assert shown == newsroom.clean_bytes()
