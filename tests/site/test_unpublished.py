"""What mkdocs.yml keeps at home is nowhere on the site, and nothing leads there."""

from __future__ import annotations

import pytest


@pytest.fixture
def with_notes(newsroom):
    """A newsroom with a page that MkDocs leaves out, and one that it does not."""
    for name in ("noi-bo", "cong-khai"):
        (newsroom.root / f"docs/{name}.md").write_text(f"# Trang {name}\n", "utf-8")
    return newsroom


@pytest.mark.parametrize("key", ["exclude_docs", "draft_docs"])
def test_a_page_that_stays_at_home(with_notes, key):
    with_notes.build()
    sitemap = with_notes.site / "sitemap.xml"
    assert "/noi-bo/" in sitemap.read_text("utf-8")
    path = with_notes.root / "mkdocs.yml"
    path.write_text(f"{path.read_text('utf-8').rstrip()}\n{key}: |\n  /noi-bo.md\n", "utf-8")
    with_notes.build()
    assert "/noi-bo/" not in sitemap.read_text("utf-8")
    assert "/cong-khai/" in sitemap.read_text("utf-8")
    assert not (with_notes.site / "noi-bo").exists()
    assert with_notes.bytes() == with_notes.clean_bytes()
    with_notes.edit("docs/cong-khai.md", "# Trang cong-khai\n", "# Trang\n\n[Xem](/noi-bo/)\n")
    ran = with_notes.run("check")
    assert ran.code == 1
    assert "docs/cong-khai.md:3" in ran.out + ran.err
    assert "/noi-bo/" in ran.out + ran.err
