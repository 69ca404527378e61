"""Rows of a database as its dump tells them, one after the other, however long the file is.

The tools write one thing in several ways: all rows in one statement or one in each, names of
columns or none, quotes behind a backslash or doubled, bytes in hexadecimal.
"""

from __future__ import annotations

import codecs
import gzip
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Final

from guongsang.intake.manuscript import UnreadableError

_CHUNK: Final = 1 << 20
_MOST_HEAD: Final = 1 << 16
# A row is a story at most; what goes on longer is no dump.
_MOST_ROW: Final = 64 << 20
_WORD: Final = 64  # more than the longest word that a statement begins with
_GZIP: Final = b"\x1f\x8b"

_STRING: Final = r"'(?:[^'\\]++|\\.|'')*+'"
_VALUE: Final = rf"(?:_binary\s*|_utf8(?:mb4)?\s*|N)?{_STRING}|[^\s'(),;]+"
_ROW: Final = re.compile(rf"\s*\(\s*(?:{_VALUE})?(?:\s*,\s*(?:{_VALUE}))*+\s*\)", re.DOTALL)
_VALUES: Final = re.compile(
    r"(?:_binary\s*|_utf8(?:mb4)?\s*|N)?'((?:[^'\\]++|\\.|'')*+)'|([^\s'(),;]+)", re.DOTALL
)
_BETWEEN: Final = re.compile(r"\s*(?:(,)|(;)|(ON\s+DUPLICATE\b|AS\s+\w+))?\s*", re.IGNORECASE)
_BLANK: Final = re.compile(
    r"(?:\s+|--[^\n]*\n|#[^\n]*\n|/\*.*?\*/\s*;?|DELIMITER[^\n]*\n|;)*+", re.DOTALL
)
_NAME: Final = r"(?:`[^`]+`\.)?(?:`([^`]+)`|\"([^\"]+)\"|([\w$]+))"
_INSERT: Final = re.compile(
    rf"(?:INSERT|REPLACE)\s+(?:(?:LOW_PRIORITY|DELAYED|HIGH_PRIORITY|IGNORE)\s+)*(?:INTO\s+)?{_NAME}"
    r"\s*(?:\(([^()]*)\))?\s*VALUES?\s*",
    re.IGNORECASE,
)
_BEGINS_INSERT: Final = re.compile(r"(?:INSERT|REPLACE)\s", re.IGNORECASE)
_CREATE: Final = re.compile(
    rf"CREATE\s+(?:TEMPORARY\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?{_NAME}\s*\(", re.IGNORECASE
)
_STATEMENT: Final = re.compile(
    r"(?:[^;'\"`]++|'(?:[^'\\]++|\\.|'')*+'|\"(?:[^\"\\]++|\\.)*+\"|`[^`]*+`)*+;", re.DOTALL
)
_COLUMN: Final = re.compile(
    r"^\s*(?:[`\"]([^`\"]+)[`\"]"
    r"|(?!(?:PRIMARY|UNIQUE|KEY|INDEX|FULLTEXT|SPATIAL|CONSTRAINT|CHECK)\b)(\w+))\s+\w",
    re.MULTILINE,
)
_ESCAPE: Final = re.compile(r"\\(.)|''", re.DOTALL)
_ESCAPED: Final = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "Z": "\x1a", "b": "\b"}

Row = dict[str, str | None]


def open_stored(path: Path) -> IO[bytes]:
    """Open a file, packed or not."""
    with path.open("rb") as file:
        is_packed = file.read(2) == _GZIP
    return gzip.open(path) if is_packed else path.open("rb")  # type: ignore[return-value]


def read_rows(path: Path, is_wanted: Callable[[str], bool]) -> Iterator[tuple[str, Row]]:
    """Yield table and row of the tables wanted, in the order of the file.

    Raises UnreadableError where it is no dump, or is cut off within a row.
    """
    with open_stored(path) as file:
        try:
            yield from _Dump(file).rows(is_wanted)
        except (OSError, EOFError, zlib.error):
            raise UnreadableError("dump-cut") from None


class _Dump:
    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._text = ""
        self._at = 0
        self._is_end = False
        self._columns: dict[str, list[str]] = {}
        self.statements = 0

    def rows(self, is_wanted: Callable[[str], bool]) -> Iterator[tuple[str, Row]]:
        self._fill()
        self._text = self._text.removeprefix("\ufeff")
        while self._skip_blank():
            insert = self._match_start(_INSERT) if self._starts(_BEGINS_INSERT) else None
            if insert is not None:
                self.statements += 1
                yield from self._read_insert(insert, is_wanted)
                continue
            statement = self._match_whole(_STATEMENT)
            if statement is None:
                break  # a remark at the end, or a statement that was cut off
            if create := _CREATE.match(statement):
                self.statements += 1
                name = create[1] or create[2] or create[3]
                lines = statement[create.end() :]
                self._columns[name] = [one or two for one, two in _COLUMN.findall(lines)]
            self._at += len(statement)
        if not self.statements:
            raise UnreadableError("no-dump")

    def _read_insert(
        self, insert: re.Match[str], is_wanted: Callable[[str], bool]
    ) -> Iterator[tuple[str, Row]]:
        name = insert[1] or insert[2] or insert[3]
        named = re.findall(r"[^\s,`\"]+", insert[4] or "")
        columns = named or self._columns.get(name, [])
        wanted = is_wanted(name)
        self._at += len(insert[0])
        while True:
            row = self._match_whole(_ROW)
            if row is None:
                raise UnreadableError("dump-cut")
            self._at += len(row)
            if wanted and columns:
                yield name, dict(zip(columns, _read_values(row), strict=False))
            after = self._match_between()
            if after is None:
                return

    def _match_between(self) -> str | None:
        """Go over what stands between rows; None at the end of the statement."""
        while True:
            found = _BETWEEN.match(self._text, self._at)
            assert found is not None
            if found[1] is None and not self._is_end and found.end() >= len(self._text) - _WORD:
                self._fill()
                continue
            if found[1] is not None:
                self._at = found.end()
                return found[1]
            if found[2] is not None:
                self._at = found.end()
            else:
                statement = self._match_whole(_STATEMENT)
                self._at = len(self._text) if statement is None else self._at + len(statement)
            return None

    # The text that is in memory: what is behind goes, what is ahead comes in pieces

    def _fill(self) -> None:
        self._text = self._text[self._at :]
        self._at = 0
        if len(self._text) > _MOST_ROW:
            raise UnreadableError("no-dump")
        chunk = self._file.read(_CHUNK)
        self._is_end = not chunk
        self._text += self._decode(chunk, self._is_end)

    def _skip_blank(self) -> bool:
        """Go to the next statement; return whether there is one."""
        while True:
            found = _BLANK.match(self._text, self._at)
            self._at = found.end() if found else self._at
            rest = len(self._text) - self._at
            # A remark may go on in the next piece, and so may the first word of a statement.
            is_whole = rest > _WORD and not self._text.startswith(("--", "/*", "#"), self._at)
            if is_whole or self._is_end:
                return rest > 0
            self._fill()

    def _starts(self, pattern: re.Pattern[str]) -> bool:
        return pattern.match(self._text, self._at) is not None

    def _match_start(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Match the head of a statement, which is short."""
        while True:
            found = pattern.match(self._text, self._at)
            if (found is not None and found.end() < len(self._text)) or self._is_end:
                return found
            if len(self._text) - self._at > _MOST_HEAD:
                return found
            self._fill()

    def _match_whole(self, pattern: re.Pattern[str]) -> str | None:
        """Match something that may go on in the next pieces."""
        while True:
            found = pattern.match(self._text, self._at)
            if found is not None:
                return found[0]
            if self._is_end:
                return None
            self._fill()


def _read_values(row: str) -> list[str | None]:
    return [
        _unescape(found[1]) if found[1] is not None else _read_bare(found[2])
        for found in _VALUES.finditer(row)
    ]


def _read_bare(text: str) -> str | None:
    if text.upper() == "NULL":
        return None
    if text[:2].lower() == "0x":
        try:
            return bytes.fromhex(text[2:]).decode("utf-8", "replace")
        except ValueError:
            return text
    return text


def _unescape(text: str) -> str:
    if "\\" not in text and "''" not in text:
        return text
    return _ESCAPE.sub(lambda sign: _ESCAPED.get(sign[1], sign[1]) if sign[1] else "'", text)
