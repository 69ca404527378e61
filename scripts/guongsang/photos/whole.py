"""Whether a picture is whole: all of it is decoded, and what decoders pass over is looked for.

Pillow is silent about a JPEG that decodes to noise. Its decoder is given the file in portions: a
picture that is complete before its last bytes, or is not with all of them, has lost or got some.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from PIL.JpegImagePlugin import JpegImageFile

from guongsang.photos.facts import PhotoFacts, PhotoFault, fault, fault_of_error, read_content
from guongsang.photos.opening import READ_FAULTS, open_photo
from guongsang.photos.traits.parts import DamagedError, Part, jpeg_parts

_SOS: Final = 0xDA
_DHT: Final = 0xC4
_SEQUENTIAL: Final = frozenset((0xC0, 0xC1))  # with Huffman codes; others come in several scans
_PADDING: Final = b"\xff"  # may stand before the end mark
# An encoder may leave so many bytes behind the last block; the decoder wants some eight ahead.
_SLACK_BYTES: Final = 4
_AHEAD: Final = b"\xf7" * 12
_LOST: Final = b"\0" * 256
# In so many bytes of compressed pixels every value occurs, and a line end without its other half.
_LEAST_BYTES: Final = 16_384
_LEAST_LINES: Final = 8
_MOST_VALUES: Final = 250
_TABLE_HEAD: Final = 17  # class and number of a Huffman table, how many codes of each length
# Each holds the content of a picture in memory.
_MOST_THREADS: Final = 4
_WORTH_THREADS: Final = 8
_REFINED: Final = 0x0F  # below: the bits of a scan are the first that are told


class WholePhotos:
    """Decodes each content once; `known` are the digests of those that are whole already.

    `workers`: of so many processes this may be one.
    """

    def __init__(self, known: Iterable[str] = (), *, workers: int = 1) -> None:
        self._faults: dict[str, PhotoFault | None] = dict.fromkeys(known)
        self._threads = min(workers, _MOST_THREADS)

    def add(self, known: Iterable[str]) -> None:
        self._faults.update(dict.fromkeys(known))

    def read_all(self, abs_paths: Sequence[Path | str]) -> list[PhotoFacts | PhotoFault]:
        """Read the facts of pictures, many of them by several threads.

        Stories are shared among processes, but one of them may hold more pictures than all others;
        a decoder lets other threads work.
        """
        if self._threads < 2 or len(abs_paths) < _WORTH_THREADS:
            return list(map(self.read, abs_paths))
        # Most commands decode nothing for which it would have to be loaded.
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

        with ThreadPoolExecutor(self._threads) as pool:
            return list(pool.map(self.read, abs_paths))

    def read(self, abs_path: Path | str) -> PhotoFacts | PhotoFault:
        """Read the facts of a picture that is whole; nothing is raised for a bad file."""
        facts, content = read_content(abs_path)
        if isinstance(facts, PhotoFault):
            return facts
        name = os.path.basename(abs_path)  # noqa: PTH119 - of thousands
        if facts.sha256 not in self._faults:
            self._faults[facts.sha256] = find_damage(content, facts.format, name)
        found = self._faults[facts.sha256]
        if found is None:
            return facts
        return PhotoFault(found.rule, tuple({**dict(found.args), "file": name}.items()))


def find_damage(content: bytes, file_format: str, name: str) -> PhotoFault | None:
    """Decode a picture of a known format; return what is wrong with the file of this name."""
    try:
        if file_format == "JPEG":
            _decode_jpeg(content)
        else:
            with open_photo(io.BytesIO(content), file_format) as image:
                image.load()
    except DamagedError as error:
        return fault("GS402", name, reason=error)
    except READ_FAULTS as error:
        return fault_of_error(error, name)
    return None


def _decode_jpeg(content: bytes) -> None:
    """Raise DamagedError or one of READ_FAULTS where a JPEG is not whole."""
    parts = list(jpeg_parts(content))
    scans = [part for part in parts if part.kind == _SOS]
    for scan in scans:
        _look_at_scan(content, scan, parts)
    is_one = len(scans) == 1 and any(part.kind in _SEQUENTIAL for part in parts)
    with _Portions(content) as file, JpegImageFile(file) as image:
        # An eighth of the size, without colours: all codes are read, and four times as fast.
        image.draft("L", (max(1, image.width // 8), max(1, image.height // 8)))
        if not is_one:
            image.load()
            return
        end = scans[0].stop + len(content[scans[0].stop : scans[0].end].rstrip(_PADDING))
        file.portions = _portion(content, end)
        image.load()
        if file.taken < 3:
            raise DamagedError("extraneous data before the end of the picture")


class _Portions(io.BytesIO):
    """A file that is read in given portions from the moment that there are any; counts them."""

    portions: Iterator[bytes] | None = None
    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        if self.portions is None:
            return super().read(size)
        self.taken += 1
        return next(self.portions, b"")


def _portion(content: bytes, end: int) -> Iterator[bytes]:
    """Yield a JPEG whose only scan has its end there, without what shows that end.

    The decoder asks once more after the last block. If it is content without the last bytes it has
    not needed them; if it wants more than all of them it has too few.
    """
    first, second = end - 2 * _SLACK_BYTES, end - _SLACK_BYTES
    yield content[:first]
    yield content[first:second]
    yield content[second:end]
    yield _AHEAD
    yield _AHEAD
    raise DamagedError("premature end of the picture's data")


def _look_at_scan(content: bytes, scan: Part, parts: Iterable[Part]) -> None:
    """Raise DamagedError where bytes were lost, or changed as if they were text."""
    if content.find(_LOST, scan.stop, scan.end) >= 0 and not _may_be_zeros(content, scan, parts):
        raise DamagedError("a part of the data is missing (zeros)")
    if scan.end - scan.stop < _LEAST_BYTES:
        return
    returns = content.count(b"\r", scan.stop, scan.end)
    feeds = content.count(b"\n", scan.stop, scan.end)
    pairs = content.count(b"\r\n", scan.stop, scan.end)
    is_all_one = not returns or not feeds or (pairs >= _LEAST_LINES and pairs in (returns, feeds))
    if is_all_one and len(set(content[scan.stop : scan.end])) >= _MOST_VALUES:
        raise DamagedError("line ends were converted as in a text")


def _may_be_zeros(content: bytes, scan: Part, parts: Iterable[Part]) -> bool:
    """Return whether zeros can mean an even area: blocks that differ in nothing, a bit each.

    Of a progressive JPEG that can only be a scan of the blocks' first values.
    """
    first, last, refined = content[scan.stop - 3 : scan.stop]
    if first > 0:
        return False
    tables = [part for part in parts if part.kind == _DHT and part.start < scan.start]
    kinds = {kind for part in tables for kind in _list_even(content[part.body : part.stop])}
    return refined > _REFINED or kinds >= ({0} if last == 0 else {0, 1})


def _list_even(tables: bytes) -> Iterator[int]:
    """Yield the class (0 for first values) of each Huffman table that has "none" as its code 0."""
    at = 0
    while at + _TABLE_HEAD < len(tables):
        if tables[at + 1] and tables[at + _TABLE_HEAD] == 0:
            yield tables[at] >> 4
        at += _TABLE_HEAD + sum(tables[at + 1 : at + _TABLE_HEAD])
