"""The program's own wheel, packed again from what is installed.

A newsroom keeps the wheel beside its stories, so it needs no package index, and no release of ours.
Installers record every file of a package with its digest (PyPA: Recording installed projects); the
wheel (PyPA: Binary distribution format) is made of those. An editable install records none: there
it is made of the package's folder. The same files give the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Final

import guongsang

NAME: Final = "guongsang"
# Where a newsroom keeps it.
FOLDER: Final = "chuong-trinh"
# What the installer has added.
_LEFT_BY_INSTALLERS: Final = ("INSTALLER", "RECORD", "REQUESTED", "direct_url.json")
_LEFT_BY_OTHERS: Final = ("__pycache__", ".DS_Store", "Thumbs.db")
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE: Final = 0o100644 << 16


@dataclass(frozen=True, slots=True)
class Wheel:
    """A wheel by its file name; `version` is that of the program."""

    name: str
    version: str
    content: bytes


class PackingError(Exception):
    """The installed program is not as it was installed; `path` is the file at fault."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


def pack_wheel() -> Wheel:
    """Pack the wheel of the running program. Raises PackingError."""
    installed = metadata.distribution(NAME)
    records = f"{NAME}-{installed.version}.dist-info"
    files = dict(sorted(_list_files(installed, records)))
    if f"{records}/WHEEL" not in files or f"{NAME}/__init__.py" not in files:
        raise PackingError(records)
    record = "".join(f"{name},{_digest(raw)},{len(raw)}\n" for name, raw in files.items())
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, raw in (
            *files.items(),
            (f"{records}/RECORD", f"{record}{records}/RECORD,,\n".encode()),
        ):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system, info.external_attr = 3, _PLAIN_FILE  # alike on all systems
            archive.writestr(info, raw)
    name = f"{NAME}-{installed.version}-py3-none-any.whl"
    return Wheel(name, installed.version, packed.getvalue())


def is_same(one: bytes, other: bytes) -> bool:
    """Return whether two wheels hold the same files; who packed them may have packed tighter."""
    return one == other or _list_content(one) == _list_content(other)


def _list_files(installed: metadata.Distribution, records: str) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of what belongs into the wheel. Raises PackingError."""
    is_recorded = False
    for file in installed.files or ():
        name = file.as_posix()
        ours = name.startswith((f"{NAME}/", f"{records}/"))
        left = file.suffix == ".pyc" or name.removeprefix(f"{records}/") in _LEFT_BY_INSTALLERS
        if ours and not left:
            is_recorded |= name.startswith(f"{NAME}/")
            yield name, _read(Path(str(file.locate())), name, file.hash)
    if not is_recorded:
        package = Path(guongsang.__file__).parent
        for path in sorted(package.rglob("*")):
            parts = path.relative_to(package).parts
            if path.is_file() and not any(part in _LEFT_BY_OTHERS for part in parts):
                yield "/".join((NAME, *parts)), path.read_bytes()


def _read(path: Path, name: str, told: metadata.FileHash | None) -> bytes:
    try:
        raw = path.read_bytes()
    except OSError:
        raise PackingError(name) from None
    if told is not None and _digest(raw) != f"{told.mode}={told.value}":
        raise PackingError(name)
    return raw


def _digest(raw: bytes) -> str:
    return f"sha256={urlsafe_b64encode(hashlib.sha256(raw).digest()).rstrip(b'=').decode()}"


def _list_content(wheel: bytes) -> dict[str, int] | None:
    """Return the files of a wheel with their checksums; None if it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
            return {
                info.filename: info.CRC
                for info in archive.infolist()
                if not info.filename.endswith(".dist-info/RECORD")
            }
    except zipfile.BadZipFile:
        return None
