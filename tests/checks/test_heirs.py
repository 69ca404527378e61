"""A published address that leads nowhere any more: which story is told as its heir."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from guongsang.checks.newsroom.heirs import Heirs
from guongsang.checks.newsroom.release import check_lost
from guongsang.stories.model import Story

Make = Callable[..., Story]
OLD = "/2026/cay-cau-ban-nam-lay/"
LISTED = ["/2026/a-bai-cu/", "/2026/tiec-cuoi-ban-nam-lay/", OLD]


@pytest.fixture
def stories(make_story: Make) -> list[Story]:
    return [
        make_story("a-bai-cu", title="Chuyện nhà anh Páo"),
        make_story("tiec-cuoi-ban-nam-lay", title="Tiệc cưới bản Nậm Lay"),
    ]


@pytest.mark.parametrize(
    ("heir", "is_told"),
    [
        ({"slug": "cau-go", "title": "Cây cầu bản Nậm Lay"}, True),
        ({"slug": "cau-go", "title": "Qua suối", "body": "Cây cầu của bản Nậm Lay dài."}, True),
        ({"slug": "cau-go-ban-nam-lay", "title": "Qua suối"}, True),
        ({"slug": "cay-cau-ban-nam-lay", "title": "Khác hẳn", "date": "2025-01-02"}, True),
        (
            {"slug": "bai-moi", "title": "Lớp học đêm", "body": "Cầu treo, cây lay, bản xa."},
            False,
        ),
        ({"slug": "cau-go", "title": "Cây cầu bản Nậm Lay", "status": "draft"}, False),
    ],
)
def test_the_heir_is_the_new_story_with_the_words_of_the_address(
    stories: list[Story], make_story: Make, heir: dict[str, str], is_told: bool
) -> None:
    new = make_story(**heir)
    text = "".join(f"{each}\n" for each in LISTED)
    (found,) = check_lost(text, [new, *stories], [])
    assert (found.rule, found.line, found.severity) == ("GS822", 3, "warning")
    assert (new.src_uri in found.hint()) == is_told
    assert "a-bai-cu" not in found.hint() and "tiec-cuoi" not in found.hint()


def test_the_nearer_of_two_new_ones(stories: list[Story], make_story: Make) -> None:
    one = make_story("aa", title="Bản Nậm Lay vào mùa")
    two = make_story("zz", title="Cây cầu bản Nậm Lay")
    found = Heirs([one, two, *stories], LISTED).find(OLD)
    assert found is two


def test_a_story_that_the_ledger_lists_already(stories: list[Story], make_story: Make) -> None:
    """`fix` was run after the folder had been renamed."""
    moved = make_story("cau-go", title="Cây cầu bản Nậm Lay")
    found = Heirs([*stories, moved], [*LISTED, "/2026/cau-go/"]).find(OLD)
    assert found is moved


@pytest.mark.parametrize("address", ["/chuyen-muc/viet-tot/", "/2026/", "/nam/2026/05/"])
def test_no_story_is_heir_of_a_list(stories: list[Story], make_story: Make, address: str) -> None:
    assert Heirs([*stories, make_story("viet-tot")], LISTED).find(address) is None
