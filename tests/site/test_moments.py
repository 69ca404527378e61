"""A story that waited tells one moment everywhere."""

from __future__ import annotations

import json
import re


def test_one_moment_everywhere(newsroom):
    newsroom.edit("hen-gio", "publish_at:", "# publish_at:")
    newsroom.edit(
        "hen-gio", "\ndate: 2026-06-03", "\ndate: 2026-06-03\npublish_at: 2026-06-05 06:30"
    )
    newsroom.build()
    moment = "2026-06-05T06:30:00+07:00"
    page = (newsroom.site / "2026/hen-gio/index.html").read_text("utf-8")
    assert re.search(rf'<time[^>]* datetime="{re.escape(moment)}"', page)
    assert "2026-06-03" not in page
    assert f'"datePublished": "{moment}"' in page or f'"datePublished":"{moment}"' in page
    assert re.search(rf'article:published_time" content="{re.escape(moment)}"', page)
    feed = json.loads((newsroom.site / "feed.json").read_bytes())
    (item,) = [each for each in feed["items"] if each["url"].endswith("/hen-gio/")]
    assert item["date_published"] == moment
    stories = (newsroom.site / "du-lieu/stories.json").read_text("utf-8")
    assert f'"{moment}"' in stories
    sitemap = (newsroom.site / "sitemap.xml").read_text("utf-8")
    assert moment in sitemap
    home = (newsroom.site / "index.html").read_text("utf-8")
    assert "05/06/2026" in home
