"""Templates that stay compiled from one run to the next."""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from guongsang.render.render import environment

LoadCode = Callable[[str], bytes | None]
SaveCode = Callable[[str, bytes], None]


def keep_compiled(load: LoadCode, save: SaveCode) -> None:
    """Let templates be looked for with `load` before they are compiled, and kept with `save`.

    Both get a key of letters and digits. What belongs to another source or interpreter is refused.
    """
    environment().bytecode_cache = _Compiled(load, save)


class _Compiled(BytecodeCache):
    def __init__(self, load: LoadCode, save: SaveCode) -> None:
        self._load, self._save = load, save

    def load_bytecode(self, bucket: Bucket) -> None:
        code = self._load(bucket.key)
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._save(bucket.key, bucket.bytecode_to_string())
