"""The cache: whole files or none, two builds at once, a kill, and pruning."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from PIL import Image

from guongsang.photos import cache as cache_module
from guongsang.photos.cache import cached_file, prune_cache, write_cached


def files(folder: Path):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "aa" / "x.jpg"
    write_cached(path, b"old")

    def broken(self, target):
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(OSError, match="disk full"):
        write_cached(path, b"new")
    assert path.read_bytes() == b"old"
    assert files(tmp_path) == [path]


def test_other_codecs_lie_elsewhere(studio, monkeypatch):
    job = studio.job(studio.save())
    here = cached_file(studio.cache, job.plan, job.plan.derivatives[0])
    monkeypatch.setattr(cache_module, "codec_folder", lambda: "pillow-99")
    assert cached_file(studio.cache, job.plan, job.plan.derivatives[0]) != here


def test_prune_deletes_what_no_plan_claims(studio):
    kept = studio.job(studio.save("a.jpg"))
    gone = studio.job(studio.save("b.jpg", studio.picture(500, 300)))
    studio.render(kept)
    before = files(studio.cache)
    studio.render(gone)
    extra = [path for path in files(studio.cache) if path not in before]
    size = sum(path.stat().st_size for path in extra)
    old = studio.cache / "pillow-1" / "aa" / "x.jpg"
    write_cached(old, b"12345")
    assert prune_cache(studio.cache, [kept.plan]) == (len(extra) + 1, size + 5)
    assert files(studio.cache) == before
    assert not old.parent.parent.exists()
    assert prune_cache(studio.cache, [kept.plan]) == (0, 0)
    assert studio.render(kept).reused == 1


def test_prune_leaves_the_temp_files_of_a_running_build(tmp_path):
    fresh, stale = tmp_path / ".a.tmp", tmp_path / ".b.tmp"
    for path in (fresh, stale):
        path.write_bytes(b"x")
    hours_ago = time.time() - 2 * 3600
    os.utime(stale, (hours_ago, hours_ago))
    assert prune_cache(tmp_path, []) == (1, 1)
    assert files(tmp_path) == [fresh]


def test_prune_of_nothing(tmp_path):
    assert prune_cache(tmp_path / "none", []) == (0, 0)


BUILD = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from guongsang.photos.facts import read_facts
    from guongsang.photos.plan import Recipe, plan_photo
    from guongsang.photos.render import PhotoJob, render_photos

    folder, cache = Path(sys.argv[1]), Path(sys.argv[2])
    jobs = [
        PhotoJob(path, plan_photo(read_facts(path), folder="b", name=path.name, recipe=Recipe()))
        for path in sorted(folder.glob("*.jpg"))
    ]
    print("ready", flush=True)
    report = render_photos(jobs, cache, workers=2)
    assert not report.faults
    """
)


def start_build(studio, cache):
    package = str(Path(cache_module.__file__).parents[2])
    return subprocess.Popen(
        [sys.executable, "-c", BUILD, str(studio.folder), str(cache)],
        env={**os.environ, "PYTHONPATH": package},
        stdout=subprocess.PIPE,
    )


def fill(studio, count):
    for number in range(count):
        studio.save(f"{number}.jpg", Image.effect_noise((1500, 1000), 30 + number).convert("RGB"))


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
def test_a_killed_build_leaves_only_whole_files(studio):
    fill(studio, 6)
    clean = studio.folder / "clean"
    with start_build(studio, clean) as build:
        assert build.wait() == 0
    expected = {path.relative_to(clean): path.read_bytes() for path in files(clean)}
    for delay in (0.1, 0.25, 0.4):
        with start_build(studio, studio.cache) as build:
            build.stdout.readline()
            time.sleep(delay)
            build.send_signal(signal.SIGKILL)
            build.wait()
        for path in files(studio.cache):
            if path.suffix != ".tmp":
                assert path.read_bytes() == expected[path.relative_to(studio.cache)]
    with start_build(studio, studio.cache) as build:
        assert build.wait() == 0
    found = {path.relative_to(studio.cache): path.read_bytes() for path in files(studio.cache)}
    assert {path: raw for path, raw in found.items() if path.suffix != ".tmp"} == expected


def test_two_builds_at_once(studio):
    fill(studio, 4)
    with start_build(studio, studio.cache) as one, start_build(studio, studio.cache) as other:
        assert (one.wait(), other.wait()) == (0, 0)
    assert len(files(studio.cache)) == 4 * 9
