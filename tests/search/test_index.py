"""What the index says is what the texts hold."""

from __future__ import annotations

import unicodedata
from itertools import pairwise, zip_longest
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.search.decoding import decode_shard

from guongsang.search.segment import SLOTS, build_segment, encode_varints, revise_segment
from guongsang.search.shards import count_shards, encode_shard
from guongsang.search.terms import Vocabulary, split_words
from guongsang.text.fold import fold, tone_key

WORDS = "hiến hiện hiền đất đạt làm đường Đường hoà hòa cha chà Tè tè 12 a".split()  # noqa: SIM905


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hiến đất, làm đường.", ["hiến", "đất", "làm", "đường"]),
        (unicodedata.normalize("NFD", "Mường Tè"), ["mường", "tè"]),
        ("19/5/1968: 12.345 người", ["19", "5", "1968", "12", "345", "người"]),
        ("A_B – c’d", ["a", "b", "c", "d"]),
        ("ꪼꪕ 中文 naïve", ["ꪼꪕ", "中文", "naïve"]),
        ("… – !", []),
    ],
)
def test_words_of_a_text(text, words):
    assert split_words(text) == words


@pytest.mark.parametrize(
    ("one", "other", "same_hash", "same_tag"),
    [
        ("hòa", "hoà", True, True),
        ("Hòa", unicodedata.normalize("NFD", "hoà"), True, True),
        ("cha", "chà", True, False),
        ("đường", "duong", True, False),
        ("hiến đất", "hiện đạt", True, False),
        ("hiến", "đất", False, False),
    ],
)
def test_marks_are_kept_apart_under_one_hash(one, other, same_hash, same_tag):
    hash_one, hash_other = (_last_hash(text) for text in (one, other))
    assert (hash_one >> 16 == hash_other >> 16) is same_hash
    assert (hash_one == hash_other) is same_tag


def _last_hash(text):
    """The hash of the longest term of a text of one or two words."""
    vocabulary = Vocabulary()
    return vocabulary.hash_terms([max(vocabulary.find_terms([text]))])[0]


def test_pairs_do_not_cross_lines():
    vocabulary = Vocabulary()
    assert len(vocabulary.find_terms(["mù cả", "sin suối"])) == 4 + 2
    assert len(vocabulary.find_terms(["mù cả sin suối"])) == 4 + 3


@pytest.mark.parametrize(("stories", "shards"), [(0, 1), (4, 1), (5, 2), (625, 256), (99999, 1024)])
def test_shards_grow_with_the_stories(stories, shards):
    assert count_shards(stories) == shards


years = st.lists(st.lists(st.lists(st.sampled_from(WORDS), max_size=8), max_size=6), max_size=3)


@given(years, st.sampled_from([1, 4, SLOTS]))
@settings(max_examples=60, deadline=None)
def test_shards_tell_what_the_texts_hold(years, shards):
    segments = [build_segment([" ".join(story)] for story in year) for year in years]
    found = {}
    for shard in range(shards):
        decoded = decode_shard(encode_shard(segments, shard, shards), shard, shards)
        assert {hash_ % shards for hash_, _ in decoded} <= {shard}
        found.update(decoded)
    assert found == _expected([story for year in years for story in year])


def _expected(stories):
    held = {}
    for number, words in enumerate(stories):
        pairs = pairwise(words)
        for term in {*((word,) for word in words), *pairs}:
            folded = " ".join(fold(word) for word in term).encode()
            exact = " ".join(tone_key(word) for word in term).encode()
            key = crc32(folded), crc32(exact) & 0xFFFF
            if number not in held.setdefault(key, []):
                held[key].append(number)
    return held


@pytest.mark.parametrize("number", [0, 1, 127, 128, 300, 16383, 16384, 2**32 - 1])
def test_varints(number):
    encoded = encode_varints([number])
    assert sum((byte & 127) << 7 * at for at, byte in enumerate(encoded)) == number
    assert [byte >> 7 for byte in encoded] == [1] * (len(encoded) - 1) + [0]


def test_equal_texts_give_equal_bytes():
    texts = [["Hiến đất làm đường", "xã Mù Cả"], ["Người giữ lửa"]]
    assert build_segment(texts) == build_segment(texts)


texts = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)


@given(st.lists(texts, max_size=8, unique=True), st.lists(texts, max_size=8, unique=True))
@settings(max_examples=100, deadline=None)
def test_a_revised_index_is_that_of_a_clean_build(before, others):
    """Some stories go, others come between those that stay."""
    kept, fresh = before[::2], [text for text in others if text not in before]
    after = [text for pair in zip_longest(fresh, kept) for text in pair if text is not None]
    places = [after.index(text) if text in after else None for text in before]
    documents = {at: [text] for at, text in enumerate(after) if text not in before}
    old = build_segment([text] for text in before)
    assert revise_segment(old, places, documents, len(after)) == build_segment([t] for t in after)


def test_numbers_far_apart_survive_a_revision():
    """Gaps of more than 127 stories take two bytes."""
    whole = [["bản" if at % 150 == 0 else "mường"] for at in range(500)]
    old = build_segment(whole)
    places = [None, *range(1, 500)]
    assert revise_segment(old, places, {0: ["bản"]}, 500) == old
    assert revise_segment(old, [None, *range(499)], {}, 499) == build_segment(whole[1:])
