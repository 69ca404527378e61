"""Damaged files: always a problem or a right picture; no crash, no hang, no flood of memory."""

import subprocess
import sys
import time
import warnings

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from guongsang.photos.cache import cached_file
from guongsang.photos.facts import PhotoFault, read_facts
from guongsang.photos.plan import Recipe, plan_photo
from guongsang.photos.render import PhotoJob, render_photos
from guongsang.problems.rules import rule_table

from .test_kinds import KINDS

SECONDS = 5
MEGABYTES = 1024
SMALL = Recipe(widths=(48,))
CHOSEN = (
    "baseline.jpg", "progressive.jpg", "ycck.jpg", "plain.png", "interlaced.png", "palette.png",
    "lossy.webp", "lossless.webp", "plain.avif", "phone.heic", "plain.tif", "packed.tif",
)  # fmt: skip
# One of each library that decodes; the others are left to the gate.
SOON = ("baseline.jpg", "interlaced.png", "lossy.webp", "phone.heic", "plain.tif")
EACH = [pytest.param(name, marks=[] if name in SOON else [pytest.mark.long]) for name in CHOSEN]


@pytest.fixture(autouse=True)
def as_in_production():
    """Remarks of Pillow on odd files are no errors outside the tests."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
        yield


def outcome(folder, name, content):
    """Return the fault of a file, else the rendered pictures. Asserts the bounds."""
    path = folder / name
    path.write_bytes(content)
    began = time.process_time()
    facts = read_facts(path)
    if isinstance(facts, PhotoFault):
        fault, made = facts, []
    else:
        plan = plan_photo(facts, folder="b", name=name, recipe=SMALL, is_cover=True)
        report = render_photos([PhotoJob(path, plan)], folder / "cache", workers=1)
        fault = report.faults[0][1] if report.faults else None
        made = [] if fault else [cached_file(folder / "cache", plan, one) for one in plan.files]
    assert time.process_time() - began < SECONDS
    if fault is not None:
        rule = rule_table()[fault.rule]
        for lang in ("vi", "en"):
            assert rule.message[lang].format_map(dict(fault.args))
            assert rule.hint[lang].format_map(dict(fault.args))
    return fault, made


def most_memory():
    """Return the largest resident size of this process so far, in MB; 0 on Windows."""
    if sys.platform == "win32":
        return 0
    import resource  # noqa: PLC0415 - there is none on Windows

    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size // 1024 if sys.platform == "linux" else size // 1024**2


@pytest.mark.parametrize("name", EACH)
def test_a_file_cut_at_any_hundredth(studio, name):
    content = KINDS[name](studio.picture(96, 64))
    before, faults = most_memory(), 0
    for hundredth in range(100):
        fault, made = outcome(studio.folder, name, content[: len(content) * hundredth // 100])
        faults += fault is not None
        for path in made[:1]:
            with Image.open(path) as image:
                studio.assert_corners(image, 24)
    assert faults >= 80
    assert outcome(studio.folder, name, content)[0] is None
    assert most_memory() - before < MEGABYTES


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["set", "cut", "add", "double"]), st.floats(0, 1), st.binary(max_size=8)
    ),
    min_size=1,
    max_size=6,
)


def changed(content, changes):
    for what, where, more in changes:
        at = int(where * len(content))
        if what == "set":
            content = content[:at] + more + content[at + len(more) :]
        elif what == "cut":
            content = content[:at] + content[at + len(more) * 4 :]
        elif what == "add":
            content = content[:at] + more + content[at:]
        else:
            content = content[:at] + content[max(0, at - 40) :]
    return content


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(changes=CHANGES)
@pytest.mark.parametrize("name", EACH)
def test_any_change_of_bytes(studio, name, changes):
    before = most_memory()
    content = changed(KINDS[name](studio.picture(96, 64)), changes)
    fault, made = outcome(studio.folder, name, content)
    assert fault or made
    for path in made:
        with Image.open(path) as image:
            image.load()
    assert most_memory() - before < MEGABYTES


HEADS = (
    b"",
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"RIFF\xff\xff\0\0WEBPVP8 ",
    b"II*\0",
    b"MM\0*",
    b"\0\0\0\x1cftypavif\0\0\0\0",
    b"\0\0\0\x18ftypheic\0\0\0\0",
    b"II+\0\x08\0\0\0",
)


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    head=st.sampled_from(HEADS),
    rest=st.binary(max_size=200),
    suffix=st.sampled_from(["jpg", "png", "webp", "tif", "avif", "heic", "cr2"]),
)
def test_any_bytes(studio, head, rest, suffix):
    fault, made = outcome(studio.folder, f"a.{suffix}", head + rest)
    assert fault or made


MAKE = """
import sys
from PIL import Image
Image.new("RGBA", (8000, 7400), (9, 99, 9, 90)).save(sys.argv[1], lossless=True, method=0)
"""
RENDER = """
import sys
from pathlib import Path
from guongsang.photos.facts import read_facts
from guongsang.photos.plan import Recipe, plan_photo
from guongsang.photos.render import PhotoJob, render_photos
path = Path(sys.argv[1])
plan = plan_photo(read_facts(path), folder="b", name=path.name, recipe=Recipe(widths=(48,)))
report = render_photos([PhotoJob(path, plan)], path.parent / "cache", workers=2)
# Not that of getrusage, which begins with the memory of the process that has started this one.
told = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()
print(report.rendered, int(told[0]) // 1024)
"""


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="measures memory as Linux tells it")
def test_the_largest_picture_fits_into_a_gigabyte(tmp_path):
    """WebP with transparency needs most: its decoder holds the picture three times."""
    path = str(tmp_path / "a.webp")
    subprocess.run([sys.executable, "-c", MAKE, path], check=True)
    ran = subprocess.run([sys.executable, "-c", RENDER, path], check=True, capture_output=True)
    rendered, megabytes = map(int, ran.stdout.split())
    assert rendered == 1
    assert megabytes < MEGABYTES
