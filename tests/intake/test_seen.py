"""The importer reads a manuscript as somebody does who sees only its pages (seen.yml)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.intake.test_manuscripts import CASES, take

from guongsang.prose.parse import parse_prose

SEEN = yaml.safe_load(Path(__file__).with_name("seen.yml").read_text("utf-8"))
MOST_UNSEEN = 5


@pytest.fixture(scope="module", params=CASES)
def both(request):
    """Return what was seen of a manuscript and what the importer makes of it, field by field."""
    seen = SEEN[request.param[:2]]
    _, article, body = take(CASES[request.param])
    made = {
        "title": article.title,
        "body": body,
        "authors": [*article.authors],
        "photos": [(each.caption, each.credit) for each in article.shots],
        "sources": [*article.sources],
        "column": article.column,
        "date": article.day,
    }
    return seen, made


def expected(seen: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": seen["title"],
        # The importer counts the pictures besides the cover.
        "body": re.sub(r"anh-(\d)", lambda each: f"anh-{int(each[1]) - 1}", seen["body"]),
        "authors": [(each["name"], each["did"]) for each in seen.get("authors", ())],
        "photos": [(each["caption"], each.get("credit", "")) for each in seen.get("photos", ())],
        "sources": seen.get("sources", []),
        "column": seen.get("column", ""),
        "date": seen.get("date"),
    }


def shown(key: str, value: Any) -> Any:
    """Return what readers see of a field: a body may be written in more ways than one."""
    return " ".join(parse_prose(value).html.split()) if key == "body" else value


def test_every_page_was_read_and_few_hide_anything():
    assert sorted(SEEN) == sorted(name[:2] for name in CASES)
    hidden = [n for n, seen in SEEN.items() if "unseen" in seen]
    assert len(hidden) < MOST_UNSEEN
    assert all(reason for n in hidden for reason in SEEN[n]["unseen"].values())


def test_the_importer_makes_the_story_that_was_seen(both):
    seen, made = both
    for key, value in expected(seen).items():
        if key in seen.get("unseen", {}):
            assert shown(key, made[key]) != shown(key, value), f"{key}: seen after all"
        else:
            assert shown(key, made[key]) == shown(key, value)


def test_no_word_that_was_seen_is_missing(both):
    seen, made = both
    words = parse_prose(expected(seen)["body"]).plain.split("\n")
    assert [line for line in words if line not in parse_prose(made["body"]).plain] == []
