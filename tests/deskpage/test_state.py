"""Where a story stands is told alike by the list and by the form."""

from __future__ import annotations

import pytest

from guongsang.deskpage.state import read_state

NOW = "1782864000"  # 2026-07-01 07:00 in Vietnam


@pytest.mark.parametrize(
    ("front", "state"),
    [
        ({"status": "draft"}, "draft"),
        ({"status": "retracted", "date": "2027-01-01"}, "retracted"),
        ({"status": "ready", "date": "2026-07-01"}, "published"),
        ({"status": "ready", "date": "2026-07-01 07:00"}, "published"),
        ({"status": "ready", "date": "2026-07-01T07:01"}, "scheduled"),
        ({"status": "ready", "date": "2026-05-01", "publish_at": "2026-08-01 06:30"}, "scheduled"),
        ({"status": "ready", "date": "2026-08-01", "publish_at": "2026-06-30 23:59"}, "published"),
        ({"status": "ready"}, "published"),
        ({"status": "redy"}, "broken"),
        ({}, "broken"),
        (None, "broken"),
    ],
)
def test_a_state_is_read_from_what_is_there(monkeypatch, front, state):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    assert read_state(front) == state


def test_the_form_says_what_the_list_says(desk):
    rows = desk.rows()
    assert len(rows) > 5
    assert {address: row["state"] for address, row in rows.items()} == {
        address: desk.get("story.json", story=address)["state"] for address in rows
    }
