"""One story as one file, for mail: its text, its photos, and the records of registers it names.

The paths inside are those of a newsroom: who unpacks it by hand knows where all belongs.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any, Final

from guongsang.desk.arrivals.named import NAMED, list_keys, list_named
from guongsang.desk.refuse import RefusedError
from guongsang.desk.save import open_story
from guongsang.registers.load import read_register
from guongsang.registers.paths import FOLDER, HONOREES
from guongsang.stories.scan import INDEX, is_content
from guongsang.stories.schema import is_key
from guongsang.yamlfile.dump import dump_blocks

SUFFIX: Final = ".zip"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_PACKED: Final = (".md", ".yml", ".txt", ".csv", ".svg")  # all else is small already


def pack_story(root: Path, path: str) -> bytes:
    """Return a story, by the path of its index.md, as a zip; equal stories give equal bytes.

    Raises RefusedError and OSError.
    """
    opened = open_story(root, path)
    home = path.removesuffix(f"/{INDEX}")
    files = {path: opened.text.encode()}
    for each in sorted((root / home).iterdir()):
        if is_content(each.name) and each.name != INDEX and not each.is_dir():
            if each.is_symlink():
                raise RefusedError("outside", path=f"{home}/{each.name}")
            files[f"{home}/{each.name}"] = each.read_bytes()
    files |= _list_records(root, opened.front or {})
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system, info.external_attr = 3, 0o100644 << 16
            is_text = PurePosixPath(name).suffix.lower() in _PACKED
            info.compress_type = zipfile.ZIP_DEFLATED if is_text else zipfile.ZIP_STORED
            archive.writestr(info, content)
    return packed.getvalue()


def name_pack(path: str) -> str:
    """Return the name of the file that a story is packed into."""
    return f"{path.removesuffix(f'/{INDEX}').rpartition('/')[2]}{SUFFIX}"


def _list_records(root: Path, front: dict[str, Any]) -> dict[str, bytes]:
    wanted = {register: {*list_named(front, register)} for register in NAMED}
    files: dict[str, bytes] = {}
    for key in sorted(filter(is_key, wanted.pop("honorees"))):
        path = f"{HONOREES}/{key}.yml"
        reading = read_register(root, path)
        if key in reading.plain and (root / path).is_file():
            files[path] = (root / path).read_bytes()
            record = reading.plain[key]
            wanted.setdefault("awards", set()).update(list_keys(record, "awards", "award"))
            wanted["places"].update(list_keys(record, "places"))
    for table, keys in wanted.items():
        plain = read_register(root, f"{FOLDER}/{table}.yml").plain
        found = {key: plain[key] for key in plain if key in keys}
        if found:
            files[f"{FOLDER}/{table}.yml"] = dump_blocks(found).encode()
    return files
