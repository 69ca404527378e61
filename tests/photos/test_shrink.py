"""Shrinking in place: small, upright, silent, and no pixel lost where none need be."""

import pillow_heif
import pytest
from PIL import ExifTags, Image, ImageCms, PngImagePlugin

from guongsang.photos.facts import PhotoFault
from guongsang.photos.shrink import Shrunk, shrink_photo


def telling_exif(orientation=1):
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "SECRET"
    exif[ExifTags.Base.Orientation] = orientation
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (22.0, 23.0, 1.5)
    return exif.tobytes()


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.avif", "a.tif", "a.heic"])
def test_large_pictures_become_small_and_silent(studio, name):
    pillow_heif.register_heif_opener()
    exif = {} if name == "a.tif" else {"exif": telling_exif()}
    path = studio.save(name, studio.picture(1200, 800), **exif)
    path.chmod(0o640)
    found = shrink_photo(path, longest=600)
    assert isinstance(found, Shrunk)
    assert (found.width, found.height) == (600, 400)
    assert found.bytes_after == path.stat().st_size
    assert path.stat().st_mode & 0o777 == 0o640
    facts = studio.facts(path)
    assert (facts.width, facts.height, facts.private) == (600, 400, ())
    assert b"SECRET" not in path.read_bytes()
    with Image.open(path) as image:
        studio.assert_corners(image)
    assert shrink_photo(path, longest=600) is None
    assert [one.name for one in studio.folder.iterdir()] == [name]


@pytest.mark.parametrize("progressive", [True, False])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_small_jpeg_keeps_its_pixels(studio, orientation, progressive):
    noise = Image.effect_noise((300, 200), 80).convert("RGB")
    path = studio.save(
        "a.jpg", noise, exif=telling_exif(orientation), comment="SECRET", progressive=progressive
    )
    with Image.open(path) as image:
        before = image.convert("RGB").tobytes()
    upright = (studio.facts(path).width, studio.facts(path).height)
    found = shrink_photo(path)
    assert isinstance(found, Shrunk)
    assert found.removed == ("GPS", "Artist", "Comment")
    facts = studio.facts(path)
    assert (facts.width, facts.height, facts.private) == (*upright, ())
    with Image.open(path) as image:
        assert image.convert("RGB").tobytes() == before
        assert image.getexif().get(ExifTags.Base.Orientation, 1) == orientation
    assert b"SECRET" not in path.read_bytes()


def test_a_phone_jpeg_loses_its_second_picture(studio):
    path = studio.folder / "a.jpg"
    second = studio.picture(64, 40)
    studio.picture().save(
        path, "MPO", save_all=True, append_images=[second], exif=telling_exif(), comment="SECRET"
    )
    assert isinstance(shrink_photo(path), Shrunk)
    with Image.open(path) as image:
        assert image.format == "JPEG"
        studio.assert_corners(image)


def test_damaged_exif_is_taken_away(studio):
    path = studio.save(exif=b"Exif\0\0nonsense" + bytes(99))
    assert isinstance(shrink_photo(path), Shrunk)
    assert studio.facts(path).private == ()


def pixels_of(path):
    with Image.open(path) as image:
        return image.mode, image.convert("RGBA").tobytes(), image.info.get("icc_profile")


@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize(
    ("name", "mode"),
    [("a.png", "RGB"), ("a.png", "RGBA"), ("a.png", "P"), ("a.webp", "RGB"), ("a.webp", "RGBA")],
)
def test_png_and_webp_keep_their_pixels(studio, name, mode, orientation):
    """No second loss: a photo that is small enough only loses its metadata."""
    noise = Image.effect_noise((300, 200), 80).convert("RGB")
    image = noise.quantize(200) if mode == "P" else noise.convert(mode)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    options = {"icc_profile": profile, "exif": telling_exif(orientation)}
    if name == "a.png":
        text = PngImagePlugin.PngInfo()
        text.add_itxt("XML:com.adobe.xmp", "<dc:creator>SECRET</dc:creator>", zip=True)
        text.add_text("Comment", "SECRET", zip=True)
        options["pnginfo"] = text
    else:
        options["xmp"] = b"<dc:creator>SECRET</dc:creator>"
        options["lossless"] = True
    path = studio.save(name, image, **options)
    before, upright = pixels_of(path), studio.facts(path)
    assert {"GPS", "Artist", "XMP creator"} <= set(upright.private)
    assert isinstance(shrink_photo(path), Shrunk)
    facts = studio.facts(path)
    assert (facts.width, facts.height, facts.private) == (upright.width, upright.height, ())
    assert pixels_of(path) == before
    raw = path.read_bytes()
    assert b"SECRET" not in raw
    assert (b"EXIF" in raw or b"eXIf" in raw) is (orientation > 1)
    assert shrink_photo(path) is None
    assert path.read_bytes() == raw


def test_what_is_not_private_goes_too_where_it_costs_no_pixel(studio):
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Canon"
    thumbnail = b"JFIF\0\1\2\0\0\1\0\1\1\1\xff\0\0"
    path = studio.save("a.jpg", exif=exif)
    raw = path.read_bytes()
    path.write_bytes(raw[:2] + b"\xff\xe0\0\x13" + thumbnail + raw[2:])
    assert studio.facts(path).private == ()
    found = shrink_photo(path)
    assert isinstance(found, Shrunk)
    assert b"Canon" not in path.read_bytes()
    assert b"\1\1\xff\0\0" not in path.read_bytes()
    assert shrink_photo(path) is None


def test_what_a_phone_appends_goes(studio):
    """A moving photo has its film, with voices, behind the picture."""
    path = studio.save()
    path.write_bytes(path.read_bytes() + b"\0\0\0\x18ftypmp42" + bytes(range(256)))
    assert studio.facts(path).private == ("hidden data",)
    assert isinstance(shrink_photo(path), Shrunk)
    assert studio.facts(path).private == ()
    assert b"ftyp" not in path.read_bytes()


def test_dry_run_writes_nothing(studio):
    path = studio.save(exif=telling_exif())
    before = path.read_bytes()
    assert isinstance(shrink_photo(path, dry_run=True), Shrunk)
    assert path.read_bytes() == before


def test_bad_files_are_faults_and_stay(studio):
    assert isinstance(shrink_photo(studio.folder / "none.jpg"), PhotoFault)
    path = studio.save(image=studio.picture(900, 600), exif=telling_exif())
    raw = path.read_bytes()[:-300]
    path.write_bytes(raw)
    found = shrink_photo(path)
    assert isinstance(found, PhotoFault)
    assert found.rule == "GS402"
    assert path.read_bytes() == raw


def test_a_damaged_picture_is_not_made_to_look_whole(studio):
    path = studio.save(image=studio.picture(3000, 2000), quality=90)
    content = path.read_bytes()
    damaged = content[:-200] + content[-2:]
    path.write_bytes(damaged)
    assert shrink_photo(path).rule == "GS402"
    assert path.read_bytes() == damaged
