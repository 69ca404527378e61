"""Pictures and fonts that are damaged in the cache are made again, not published."""

from __future__ import annotations

import shutil

import pytest


def cut(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path):
    path.write_bytes(b"")


def zero_a_part(path):
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 64] = bytes(len(content[middle : middle + 64]))
    path.write_bytes(bytes(content))


def scramble(path):
    path.write_bytes(b"\xff\x00\xfe" * 9)


def lengthen(path):
    path.write_bytes(path.read_bytes() + b"thua")


def harm_all(newsroom, harm, pattern):
    found = [path for path in newsroom.cache.glob(f"guongsang/{pattern}") if path.is_file()]
    assert found
    for path in found:
        harm(path)


@pytest.fixture
def known(published):
    """Built, with nothing published: all that is kept will be taken again."""
    wanted = published.bytes()
    shutil.rmtree(published.site)
    return published, wanted


HARMS = (cut, empty, zero_a_part, scramble, lengthen)


def test_files_damaged_in_every_way_are_made_again(known):
    """Of each kind of file some are harmed in this way, others in that."""
    newsroom, wanted = known
    done = set()
    for pattern in ("photos/*/*/*.avif", "photos/*/*/*.jpg", "photos/*/*/*.json", "fonts/*"):
        for number, path in enumerate(sorted(newsroom.cache.glob(f"guongsang/{pattern}"))):
            harm = HARMS[number % len(HARMS)]
            harm(path)
            done.add((pattern, harm))
    assert len(done) == 4 * len(HARMS)
    newsroom.build()
    assert newsroom.bytes() == wanted


@pytest.mark.long
@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize("pattern", ["photos/*/*/*", "fonts/*"])
def test_what_is_damaged_is_made_again(known, harm, pattern):
    newsroom, wanted = known
    harm_all(newsroom, harm, pattern)
    newsroom.build()
    assert newsroom.bytes() == wanted


@pytest.mark.parametrize("options", [("build", "--clean"), ("photos",)])
def test_what_was_published_damaged_is_mended(known, options):
    newsroom, wanted = known
    newsroom.build()
    for path in newsroom.site.glob("anh/*/*.jpg"):
        cut(path)
    harm_all(newsroom, zero_a_part, "photos/*/*/*.jpg")
    assert newsroom.run(*options).code == 0
    newsroom.build()
    assert newsroom.bytes() == wanted


def test_feeds_tell_the_length_of_the_whole_file(known):
    newsroom, _ = known
    newsroom.build()
    harm_all(newsroom, cut, "photos/*/*/*.jpg")
    newsroom.edit("con-chu", "Kết bài", "Đoạn kết")
    newsroom.build()
    assert newsroom.bytes() == newsroom.clean_bytes()


def test_a_damaged_placeholder_is_made_again(published):
    wanted = published.bytes()
    for harm in (cut, empty, scramble):
        harm_all(published, harm, "photos/*/*/*.json")
        published.build("--clean")
        assert published.bytes() == wanted
