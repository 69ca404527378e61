"""What the search may know of people."""

from __future__ import annotations

import json

import pytest

from guongsang.archive.archive import build_archive
from guongsang.search.documents import gather_lore, story_lines
from guongsang.search.plan import list_plans

AGREED = {"basis": "consent", "record": "A-1", "date": "2026-01-01"}


@pytest.mark.parametrize(
    ("consent", "named"),
    [
        ({**AGREED, "scope": ["name"]}, True),
        ({**AGREED, "scope": ["photo"]}, False),
        ({**AGREED, "scope": ["name"], "withdrawn": "2026-02-01"}, False),
    ],
)
def test_a_name_goes_no_further_than_its_consent(
    make_content, make_story, make_registers, make_honoree, tmp_path, consent, named
):
    """The checker stops what is not agreed; nothing passes here that slipped through."""
    honoree = make_honoree(name="Lò Mẫu", ethnic_group="Thái", born=1950, consent=consent)
    archive = build_archive(
        make_content([make_story()], make_registers(honorees={"ho-giao": honoree}))
    )
    plans = dict(list_plans(archive, tmp_path))
    files = {file.uri.partition(".")[0]: file.source for file in plans["search"]()}
    listed = json.loads(files["tai-nguyen/tim-kiem/ten"])["honoree"]["names"]
    assert listed == (["Lò Mẫu"] if named else [])
    (story,) = archive.content.stories
    prose = archive.content.prose[story.slug]
    lines = list(story_lines(story, prose, gather_lore(archive)))
    assert any("Lò Mẫu" in line for line in lines) is named
    assert not any("Thái" in line or "1950" in line for line in lines)
