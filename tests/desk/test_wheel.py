"""The wheel that a newsroom keeps is the program that made it, whole and always the same."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from base64 import urlsafe_b64encode
from importlib import metadata
from pathlib import Path

import pytest

import guongsang
from guongsang.desk.founding.wheel import NAME, PackingError, is_same, pack_wheel

PACKAGE = Path(guongsang.__file__).parent


@pytest.fixture(scope="module")
def wheel():
    return pack_wheel()


@pytest.fixture
def unpack(wheel, tmp_path, monkeypatch):
    """Install the wheel somewhere, as pip does, and let it be the installed program."""

    def unpack():
        with zipfile.ZipFile(io.BytesIO(wheel.content)) as archive:
            archive.extractall(tmp_path)
        (records,) = tmp_path.glob("*.dist-info")
        compiled = tmp_path / NAME / "__pycache__/__init__.cpython-311.pyc"
        compiled.parent.mkdir()
        compiled.write_bytes(b"x")
        (records / "INSTALLER").write_text("pip\n")
        (records / "REQUESTED").touch()
        (records / "direct_url.json").write_text('{"url": "file:///home/x"}')
        with (records / "RECORD").open("a") as record:
            for name in ("INSTALLER", "REQUESTED", "direct_url.json"):
                record.write(f"{records.name}/{name},,\n")
            record.write(f"{NAME}/__pycache__/{compiled.name},,\n../../bin/guongsang,,\n")
        found = metadata.PathDistribution(records)
        monkeypatch.setattr(metadata, "distribution", lambda _: found)
        return tmp_path

    return unpack


def read(wheel):
    with zipfile.ZipFile(io.BytesIO(wheel.content)) as archive:
        assert archive.testzip() is None
        return {info.filename: archive.read(info) for info in archive.infolist()}


def test_it_holds_every_file_of_the_program_and_nothing_of_this_machine(wheel):
    files = read(wheel)
    ours = {
        f"{NAME}/{path.relative_to(PACKAGE).as_posix()}"
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {name for name in files if name.startswith(f"{NAME}/")} == ours
    for name in ours:
        assert files[name] == (PACKAGE.parent / name).read_bytes()
    folder = f"{NAME}-{wheel.version}.dist-info/"
    rest = {name.removeprefix(folder) for name in files.keys() - ours}
    licences = {"licenses/LICENSE", "licenses/NOTICE"}
    assert rest == {"METADATA", "RECORD", "WHEEL", "entry_points.txt", *licences}
    whole = b"".join(files.values())
    assert str(PACKAGE.parent.parent).encode() not in whole


def test_its_record_tells_the_digest_and_length_of_each_file(wheel):
    files = read(wheel)
    (name,) = (each for each in files if each.endswith("/RECORD"))
    rows = {row[0]: row[1:] for row in csv.reader(files[name].decode().splitlines())}
    assert rows.pop(name) == ["", ""]
    assert rows.keys() == files.keys() - {name}
    for path, (told, length) in rows.items():
        digest = urlsafe_b64encode(hashlib.sha256(files[path]).digest()).rstrip(b"=").decode()
        assert (told, int(length)) == (f"sha256={digest}", len(files[path]))


def test_the_installed_wheel_packs_the_same_wheel_again(wheel, unpack):
    assert pack_wheel() == wheel
    unpack()
    assert pack_wheel() == wheel


@pytest.mark.parametrize("change", ["edited", "gone"])
def test_an_installed_program_that_was_changed_is_not_handed_on(unpack, change):
    root = unpack()
    path = root / NAME / "addresses.py"
    if change == "gone":
        path.unlink()
    else:
        path.write_text("x = 1\n")
    with pytest.raises(PackingError) as told:
        pack_wheel()
    assert told.value.path == f"{NAME}/addresses.py"


def test_who_packed_a_wheel_tighter_packed_the_same(wheel):
    looser = io.BytesIO()
    files = read(wheel)
    with zipfile.ZipFile(looser, "w") as archive:
        for name, raw in reversed(files.items()):
            archive.writestr(name, raw)
    assert is_same(wheel.content, looser.getvalue())
    with zipfile.ZipFile(looser, "a") as archive:
        archive.writestr(f"{NAME}/new.py", b"")
    assert not is_same(wheel.content, looser.getvalue())
    assert not is_same(wheel.content, b"no wheel at all")
