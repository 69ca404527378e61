"""A plain JPEG is understood without opening it, and exactly as a picture library would."""

import io
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from guongsang.photos import facts as facts_module
from guongsang.photos.facts import read_facts
from guongsang.photos.traits.plain import read_plain_jpeg


def jpeg(mode="RGB", **options):
    picture = Image.linear_gradient("L").resize((96, 64)).convert(mode)
    file = io.BytesIO()
    picture.save(file, "JPEG", **options)
    return file.getvalue()


PLAIN = {
    "baseline": jpeg(),
    "progressive": jpeg(progressive=True),
    "grey": jpeg("L"),
    "restarts": jpeg(restart_marker_rows=1),
    "tables": jpeg(optimize=True, quality=20, subsampling=0),
    "padding": jpeg() + b"\0" * 40,
}
OTHER = {
    "four inks": jpeg("CMYK"),
    "comment": jpeg(comment=b"Nha ba Lo"),
    "profile": jpeg(icc_profile=b"x" * 200),
    "exif": jpeg(exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"),
    "more behind": jpeg() + b"video" * 40,
    "picture behind": jpeg() + jpeg(),
    "late comment": jpeg()[:-2] + b"\xff\xfe\0\x08Lo A 1" + b"\xff\xd9",
    "cut": jpeg()[:-2],
    "cut header": jpeg()[:200],
}


def both(path, content):
    """Return the facts of a file as they are read, and as a picture library alone has them."""
    path.write_bytes(content)
    with mock.patch.object(facts_module, "read_plain_jpeg", lambda _: None):
        slow = read_facts(path)
    return read_facts(path), slow


@pytest.mark.parametrize("name", PLAIN)
def test_plain_pictures_are_not_opened(name, tmp_path):
    assert read_plain_jpeg(PLAIN[name]).size == (96, 64)
    quick, slow = both(tmp_path / "a.jpg", PLAIN[name])
    assert quick == slow
    wrong, also_wrong = both(tmp_path / "a.png", PLAIN[name])
    assert wrong == also_wrong
    assert wrong.rule == "GS408"


@pytest.mark.parametrize("name", OTHER)
def test_all_others_are(name, tmp_path):
    assert read_plain_jpeg(OTHER[name]) is None
    quick, slow = both(tmp_path / "a.jpg", OTHER[name])
    assert quick == slow


CHANGES = st.lists(
    st.tuples(st.integers(0, 700), st.sampled_from([0, 1, 2, 0xD9, 0xDB, 0xC0, 0xFE, 0xFF])),
    max_size=4,
)


@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.sampled_from([*PLAIN.values(), *OTHER.values()]), CHANGES, st.integers(0, 60))
def test_damage_is_seen_alike(tmp_path, content, changes, cut):
    damaged = bytearray(content)
    for at, value in changes:
        damaged[at % len(damaged)] = value
    quick, slow = both(tmp_path / "a.jpg", bytes(damaged[: len(damaged) - cut]))
    assert quick == slow
