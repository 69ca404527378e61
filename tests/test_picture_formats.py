"""Whatever takes in pictures knows the formats from one table."""

from __future__ import annotations

import io
import zipfile

import pytest
from PIL import Image

from guongsang.deskpage.places import find_place
from guongsang.enclosures.pictures import read_packed_pictures
from guongsang.picture_formats import FORMATS, TYPES
from guongsang.prose.foreign import find_foreign

EVERY = [name for suffix in TYPES for name in (f"anh-1{suffix}", f"anh-1{suffix.upper()}")]


def test_a_suffix_is_of_one_format():
    assert len(TYPES) == sum(len(each.suffixes) for each in FORMATS.values())
    assert len({each.mime for each in FORMATS.values()}) == len(FORMATS)


@pytest.mark.parametrize("name", EVERY)
def test_the_desk_page_shows_a_picture_of_every_format(tmp_path, name):
    folder = tmp_path / "stories/2026/bai"
    folder.mkdir(parents=True)
    (folder / "index.md").touch()
    (folder / name).touch()
    assert find_place(tmp_path, "2026/bai").photo(name) == folder / name


@pytest.mark.parametrize("name", EVERY)
def test_what_to_type_instead_of_foreign_signs_names_the_picture(name):
    assert find_foreign(f"![[{name}]]", 0) == ("GS722", f"![[{name}]]", f"![]({name})")


@pytest.mark.parametrize("name", EVERY)
def test_a_picture_in_a_document_is_looked_at_whatever_its_name(name):
    picture, packed = io.BytesIO(), io.BytesIO()
    tags = Image.Exif()
    tags[0x013B] = "Người Mẫu"  # Artist
    Image.new("RGB", (8, 8)).save(picture, "JPEG", exif=tags)
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr(f"word/media/{name}", picture.getvalue())
    assert [each.value for each in read_packed_pictures(packed.getvalue())] == ["Artist"]
