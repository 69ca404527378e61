"""What a site folder says of itself is believed only if it is whole and stays inside."""

from __future__ import annotations

import pytest

from guongsang.publish.listing import (
    NAME,
    add_to_listing,
    read_listing,
    read_state,
    render_listing,
    tell_listing,
)

URIS = ["2026/bài/index.html", "index.html", "tep.txt", "anh/a b.jpg"]


def test_a_list_is_read_as_it_was_written(tmp_path):
    listing = render_listing(URIS)
    assert listing == render_listing(reversed(URIS))
    (tmp_path / NAME).write_bytes(listing)
    assert read_listing(tmp_path) == frozenset(URIS)
    assert read_state(tmp_path) == tell_listing(listing) != ""
    assert add_to_listing(listing, ["moi.html"]) == render_listing([*URIS, "moi.html"])
    assert tell_listing(render_listing([])) != tell_listing(listing)


def test_no_list(tmp_path):
    assert read_listing(tmp_path) is None
    assert read_state(tmp_path) == ""


@pytest.mark.parametrize(
    "harm",
    [
        lambda _: b"",
        lambda kept: kept[:-1],
        lambda kept: kept[:40],
        lambda kept: kept + b"them.html\n",
        lambda _: b"\xff\x00" * 400,
        lambda _: b"guongsang 1 x y z\n",
        lambda kept: b"\n" + kept,
    ],
)
def test_a_damaged_list_is_none(tmp_path, harm):
    (tmp_path / NAME).write_bytes(harm(render_listing(URIS)))
    assert read_listing(tmp_path) is None
    assert read_state(tmp_path) == ""


def test_other_words_of_the_same_length_are_not_believed(tmp_path):
    (tmp_path / NAME).write_bytes(render_listing(URIS).replace(b"tep.txt", b"cua.txt"))
    assert read_listing(tmp_path) is None


@pytest.mark.parametrize("uri", ["../ngoai.txt", "/etc/hosts", "a/../../b", "anh/.."])
def test_nothing_outside_the_folder_is_ours(tmp_path, uri):
    (tmp_path / NAME).write_bytes(render_listing([*URIS, uri]))
    assert read_listing(tmp_path) is None
