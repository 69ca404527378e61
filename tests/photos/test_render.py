"""Pixels: upright, in sRGB, of the planned size, with nothing attached, the same every time."""

import base64
import io
import random
import threading
from pathlib import Path

import pillow_heif
import pytest
from PIL import ExifTags, Image, ImageCms

from guongsang.photos import derive
from guongsang.photos import derive as derive_module
from guongsang.photos.cache import cached_file
from guongsang.photos.facts import PhotoFault, read_facts
from guongsang.photos.plan import Recipe, by_format

MARKERS = (
    b"Exif",
    b"http://ns.adobe.com",
    b"ICC_PROFILE",
    b"xpacket",
    b"8BIM",
    b"BIMAT",
    b"SECRET",
)


def chromaticities(primaries, gamma=2.2):
    """Return an RGB profile (matrix and gamma) made by hand: lcms has no such call in Pillow."""
    white = (0.95047, 1.0, 1.08883)
    d50 = (0.96422, 1.0, 0.82521)
    bradford = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))

    def times(m, v):
        return tuple(sum(a * b for a, b in zip(row, v, strict=True)) for row in m)

    def inverse(m):
        (a, b, c), (d, e, f), (g, h, i) = m
        det = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
        return (
            ((e * i - f * h) / det, (c * h - b * i) / det, (b * f - c * e) / det),
            ((f * g - d * i) / det, (a * i - c * g) / det, (c * d - a * f) / det),
            ((d * h - e * g) / det, (b * g - a * h) / det, (a * e - b * d) / det),
        )

    columns = [(x / y, 1.0, (1 - x - y) / y) for x, y in primaries]
    matrix = tuple(zip(*columns, strict=True))
    scale = times(inverse(matrix), white)
    cone_from, cone_to = times(bradford, white), times(bradford, d50)
    found = []
    for column, factor in zip(columns, scale, strict=True):
        cone = times(bradford, tuple(factor * part for part in column))
        adapted = tuple(c * t / f for c, t, f in zip(cone, cone_to, cone_from, strict=True))
        found.append(times(inverse(bradford), adapted))
    return _profile(found, d50, gamma)


def _profile(columns, white, gamma):
    def s15(*values):
        return b"".join(round(v * 65536).to_bytes(4, "big", signed=True) for v in values)

    curve = b"curv\0\0\0\0\0\0\0\x01" + round(gamma * 256).to_bytes(2, "big") + b"\0\0"
    text = b"SECRET wide\0"
    desc = b"desc\0\0\0\0" + len(text).to_bytes(4, "big") + text + bytes(78)
    tags = [(b"desc", desc + bytes(-len(desc) % 4)), (b"wtpt", b"XYZ \0\0\0\0" + s15(*white))]
    tags += [
        (n, b"XYZ \0\0\0\0" + s15(*c))
        for n, c in zip((b"rXYZ", b"gXYZ", b"bXYZ"), columns, strict=True)
    ]
    tags += [(n, curve) for n in (b"rTRC", b"gTRC", b"bTRC")]
    table, body, at = b"", b"", 132 + 12 * len(tags)
    for name, data in tags:
        table += name + (at + len(body)).to_bytes(4, "big") + len(data).to_bytes(4, "big")
        body += data
    head = bytes(8) + b"\x02\x10\0\0" + b"mntrRGB XYZ " + bytes(12) + b"acsp" + bytes(28)
    head += s15(0.9642, 1.0, 0.8249)
    head = head.ljust(128, b"\0")
    whole = head + len(tags).to_bytes(4, "big") + table + body
    return len(whole).to_bytes(4, "big") + whole[4:]


P3 = chromaticities(((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)))
ADOBE = chromaticities(((0.640, 0.330), (0.210, 0.710), (0.150, 0.060)))


def outputs(studio, job, cache=None):
    found = {}
    for made in job.plan.derivatives:
        path = cached_file(cache or studio.cache, job.plan, made)
        with Image.open(path) as image:
            image.load()
        assert image.size == (made.width, made.height)
        assert image.mode == "RGB"
        found[made.uri] = image
    return found


def render_one(studio, path, recipe=None):
    job = studio.job(path, recipe)
    report = studio.render(job)
    assert report.faults == []
    assert report.rendered == 1
    return outputs(studio, job)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.avif", "a.tif"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_is_baked_in(studio, name, orientation):
    """The picture is stored turned, the EXIF says how; readers see it upright."""
    upright = studio.picture(640, 400)
    stored = upright
    if orientation > 1:
        undo = {
            2: Image.Transpose.FLIP_LEFT_RIGHT,
            3: Image.Transpose.ROTATE_180,
            4: Image.Transpose.FLIP_TOP_BOTTOM,
            5: Image.Transpose.TRANSPOSE,
            6: Image.Transpose.ROTATE_90,
            7: Image.Transpose.TRANSVERSE,
            8: Image.Transpose.ROTATE_270,
        }
        stored = upright.transpose(undo[orientation])
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    path = studio.save(name, stored, exif=exif)
    for image in render_one(studio, path, Recipe(widths=(320, 640))).values():
        studio.assert_corners(image)


def test_heic(studio):
    path = studio.folder / "a.heic"
    pillow_heif.from_pillow(studio.picture()).save(path, quality=95)
    for image in render_one(studio, path).values():
        studio.assert_corners(image)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_heic_is_turned_by_its_own_decoder(studio, orientation):
    """A phone writes the turn twice, in the file's own terms and in EXIF: it counts once."""
    pillow_heif.register_heif_opener()
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    path = studio.save("a.heic", exif=exif)
    with Image.open(path) as image:
        size, corners = image.size, studio.corners_of(image)
    job = studio.job(path)
    assert (job.plan.width, job.plan.height) == size
    assert studio.render(job).faults == []
    for made in outputs(studio, job).values():
        for seen, meant in zip(studio.corners_of(made), corners, strict=True):
            assert max(abs(a - b) for a, b in zip(seen, meant, strict=True)) <= 12


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        ("cmyk.jpg", "CMYK"),
        ("cmyk.tif", "CMYK"),
        ("palette.png", "P"),
        ("alpha.png", "RGBA"),
        ("alpha.webp", "RGBA"),
        ("ycc.tif", "YCbCr"),
        ("lab.tif", "LAB"),
    ],
)
def test_modes(studio, name, mode):
    image = studio.picture()
    if mode == "LAB":
        lab = ImageCms.createProfile("LAB")
        image = ImageCms.profileToProfile(
            image, ImageCms.createProfile("sRGB"), lab, outputMode="LAB"
        )
    else:
        image = image.quantize() if mode == "P" else image.convert(mode)
    path = studio.save(name, image)
    for made in render_one(studio, path).values():
        studio.assert_corners(made, 16)


def test_sixteen_bit_grey_is_not_clipped(studio):
    grey = Image.frombytes("I;16", (640, 400), (30000).to_bytes(2, "little") * 640 * 400)
    for image in render_one(studio, studio.save("a.png", grey)).values():
        assert abs(image.getpixel((100, 100))[0] - 117) <= 2


def test_grey_and_bilevel(studio):
    for name, mode in (("g.jpg", "L"), ("b.png", "1")):
        image = Image.new(mode, (500, 300), 0)
        for made in render_one(studio, studio.save(name, image)).values():
            assert max(made.getpixel((9, 9))) <= 3


def test_transparency_lies_on_white(studio):
    clear = Image.new("RGBA", (500, 300), (255, 0, 0, 0))
    palette = Image.new("P", (500, 300), 0)
    palette.putpalette([0, 0, 0] * 256)
    grey = Image.new("LA", (500, 300), (0, 0))
    paths = [
        studio.save("a.png", clear),
        studio.save("p.png", palette, transparency=0),
        studio.save("la.png", grey),
    ]
    for path in paths:
        for image in render_one(studio, path).values():
            assert min(image.getpixel((50, 50))) >= 252, path


@pytest.mark.parametrize("profile", [P3, ADOBE], ids=["P3", "AdobeRGB"])
@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif", "a.webp", "a.avif"])
def test_wide_colours_become_srgb(studio, profile, name):
    """Colours stored in a wide space come out as the sRGB colours they stand for."""
    wide = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    stored = ImageCms.profileToProfile(
        studio.picture(),
        ImageCms.createProfile("sRGB"),
        wide,
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
    )
    differs = zip(studio.corners_of(stored), studio.corners, strict=True)
    assert max(abs(a - b) for seen, meant in differs for a, b in zip(seen, meant, strict=True)) > 20
    path = studio.save(name, stored, icc_profile=profile)
    for image in render_one(studio, path).values():
        studio.assert_corners(image)


def test_a_broken_profile_is_ignored(studio):
    for image in render_one(studio, studio.save(icc_profile=b"nonsense" * 40)).values():
        studio.assert_corners(image)


def test_cmyk_with_an_rgb_profile_is_ignored(studio):
    path = studio.save("a.jpg", studio.picture(mode="CMYK"), icc_profile=P3)
    for image in render_one(studio, path).values():
        studio.assert_corners(image, 16)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.avif", "a.tif"])
def test_no_metadata_byte_out(studio, name):
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "SECRET"
    exif[ExifTags.Base.Orientation] = 6
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (22.0, 23.0, 1.5)
    xmp = b'<?xpacket begin=""?><x:xmpmeta>SECRET</x:xmpmeta>'
    more = {"comment": "SECRET"} if name == "a.jpg" else {}
    if name not in ("a.png", "a.tif"):
        more["xmp"] = xmp
    path = studio.save(name, exif=exif, icc_profile=P3, dpi=(300, 300), **more)
    job = studio.job(path)
    report = studio.render(job)
    assert report.faults == []
    for made in job.plan.derivatives:
        raw = cached_file(studio.cache, job.plan, made).read_bytes()
        assert not [marker for marker in MARKERS if marker in raw]
        segments = jpeg_segments(raw) if made.format == "jpg" else set()
        assert not segments & {0xE1, 0xE2, 0xED, 0xFE}
        if made.format == "avif":
            assert b"colrprof" not in raw
            assert b"mime" not in raw
    assert "SECRET" not in report.placeholders[job.plan.source]


def jpeg_segments(raw):
    found, at = set(), 2
    while raw[at] == 0xFF and raw[at + 1] != 0xDA:
        found.add(raw[at + 1])
        at += 2 + int.from_bytes(raw[at + 2 : at + 4], "big")
    return found


@pytest.mark.parametrize(
    ("focus", "red"), [((0.0, 0.0), True), ((1.0, 1.0), False)], ids=["start", "end"]
)
@pytest.mark.parametrize("size", [(3000, 1000), (500, 1900)], ids=["wide", "tall"])
def test_crops_show_the_focus(studio, focus, red, size):
    """The picture is red where it begins and blue where it ends."""
    image = Image.new("RGB", size, studio.corners[0])
    image.paste(
        studio.corners[2],
        (size[0] // 2, 0, *size) if size[0] > size[1] else (0, size[1] // 2, *size),
    )
    job = studio.job(studio.save("a.jpg", image), Recipe(widths=(320,)), is_cover=True, focus=focus)
    assert studio.render(job).faults == []
    for made in job.plan.crops:
        with Image.open(cached_file(studio.cache, job.plan, made)) as crop:
            assert crop.size == (made.width, made.height)
            seen = crop.convert("RGB").getpixel((made.width // 2, made.height // 2))
        meant = studio.corners[0] if red else studio.corners[2]
        assert max(abs(a - b) for a, b in zip(seen, meant, strict=True)) <= 12, made.mark


def test_one_picture_as_a_cover_twice(studio):
    """Two stories show one picture around two points: each has its crops, the rest is shared."""
    path = studio.save("a.jpg", studio.picture(900, 300))
    jobs = [studio.job(path, is_cover=True, focus=(x, 0.5)) for x in (0.1, 0.9)]
    studio.render(*jobs)
    assert len(tree(studio.cache)) == 2 + 4 + 1 + 3 * 2
    assert studio.render(*jobs).reused == 2


def test_jpeg_is_progressive_with_halved_colour(studio):
    for uri, image in render_one(studio, studio.save()).items():
        if uri.endswith("jpg"):
            assert image.info["progressive"]
            assert image.layer[0][1:3] == (2, 2)


def noisy(studio, number):
    image = Image.effect_noise((1700, 1100), 40 + number).convert("RGB")
    return studio.save(f"n{number}.jpg", image, quality=90)


def test_one_and_many_workers_give_the_same_bytes(studio):
    paths = [noisy(studio, number) for number in range(4)]
    jobs = [studio.job(path) for path in paths]
    one = studio.folder / "one"
    many = studio.folder / "many"
    first = studio.render(*jobs, workers=1, cache=one)
    second = studio.render(*jobs, workers=4, cache=many)
    assert first == second
    assert tree(one) == tree(many)
    assert len(tree(one)) == 4 * 9


def tree(folder: Path):
    return {
        path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_pixels_of_one_width_do_not_depend_on_the_others(studio):
    """Incremental equals clean: a width added later gives what a clean build gives."""
    path = noisy(studio, 0)
    apart, whole = studio.folder / "apart", studio.folder / "whole"
    for widths in ((480,), (1600, 480), (960, 480)):
        studio.render(studio.job(path, Recipe(widths=widths)), cache=apart)
    studio.render(studio.job(path, Recipe(widths=(480, 960, 1600))), cache=whole)
    assert tree(apart) == tree(whole)


def test_a_second_run_decodes_nothing(studio, monkeypatch):
    jobs = [studio.job(studio.save(f"{n}.jpg", studio.picture(600 + n, 400))) for n in range(3)]
    calls = []
    first = studio.render(*jobs, on_progress=lambda done, total: calls.append((done, total)))
    assert calls == [(1, 3), (2, 3), (3, 3)]
    assert (first.rendered, first.reused) == (3, 0)
    assert first.bytes_in == sum(job.abs_source.stat().st_size for job in jobs)
    times = {path: path.stat().st_mtime_ns for path in studio.cache.rglob("*") if path.is_file()}
    monkeypatch.setattr(derive_module, "decode_upright", None)
    second = studio.render(*jobs, on_progress=lambda *_: pytest.fail("nothing to do"))
    assert (second.rendered, second.reused, second.bytes_in, second.bytes_out) == (0, 3, 0, 0)
    assert second.placeholders == first.placeholders
    assert times == {path: path.stat().st_mtime_ns for path in times}


def test_a_lost_file_is_made_again_and_only_that(studio):
    job = studio.job(studio.save())
    studio.render(job)
    before = tree(studio.cache)
    lost = cached_file(studio.cache, job.plan, by_format(job.plan, "jpg")[0])
    kept = cached_file(studio.cache, job.plan, by_format(job.plan, "avif")[0])
    stamp = kept.stat().st_mtime_ns
    lost.unlink()
    assert studio.render(job).rendered == 1
    assert tree(studio.cache) == before
    assert kept.stat().st_mtime_ns == stamp


def test_placeholder_is_tiny(studio):
    job = studio.job(studio.save("a.jpg", studio.picture(1600, 1000)))
    uri = studio.render(job).placeholders[job.plan.source]
    assert uri.startswith("data:image/webp;base64,")
    assert len(uri) < 400
    with Image.open(io.BytesIO(base64.b64decode(uri.partition(",")[2]))) as image:
        assert image.size == (16, 10)
        studio.assert_corners(image, 60)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.avif", "a.tif", "a.heic"])
def test_a_truncated_body_is_reported_and_the_others_go_on(studio, name):
    random.seed(1)
    noise = Image.frombytes("RGB", (400, 300), random.randbytes(400 * 300 * 3))
    if name == "a.heic":
        pillow_heif.register_heif_opener()
    path = studio.save(name, noise)
    raw = path.read_bytes()
    path.write_bytes(raw[: len(raw) * 2 // 3])
    good = studio.job(studio.save("tot.jpg"))
    found = read_facts(path)  # some formats notice it in their header
    if isinstance(found, PhotoFault):
        assert found.rule == "GS402"
        return
    report = studio.render(studio.job(path), good)
    assert [(one, fault.rule) for one, fault in report.faults] == [(path, "GS402")]
    assert report.rendered == 1
    assert not list(studio.cache.rglob("*.tmp"))


def test_a_file_that_changes_or_goes_is_reported(studio):
    changed, gone = studio.job(studio.save("a.jpg")), studio.job(studio.save("b.png"))
    studio.save("a.jpg", studio.picture(200, 100))
    gone.abs_source.unlink()
    report = studio.render(changed, gone)
    assert [fault.rule for _, fault in report.faults] == ["GS402", "GS401"]
    assert report.rendered == 0


def test_one_content_in_two_stories_is_made_once(studio):
    job = studio.job(studio.save())
    copy = studio.job(studio.save("ban-sao.jpg"))
    report = studio.render(job, copy)
    assert (report.rendered, report.reused) == (1, 0)


def test_at_most_workers_pictures_at_once(studio, monkeypatch):
    lock, now, most = threading.Lock(), [0], [0]
    real = derive.encode_files

    def counting(*args):
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        try:
            return real(*args)
        finally:
            with lock:
                now[0] -= 1

    monkeypatch.setattr(derive, "encode_files", counting)
    studio.render(*[studio.job(noisy(studio, n)) for n in range(5)], workers=2)
    assert most[0] <= 2


def test_an_interrupt_leaves_no_half_file(studio):
    jobs = [studio.job(noisy(studio, number)) for number in range(6)]

    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        studio.render(*jobs, workers=1, on_progress=stop)
    assert not list(studio.cache.rglob("*.tmp"))
    assert studio.render(*jobs).faults == []


def test_nothing_to_do(studio):
    assert studio.render().rendered == 0
