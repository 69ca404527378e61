"""Tables as Python-Markdown writes them, made fit for narrow windows and for our policy."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Final

_TABLE: Final = re.compile(r"<table>.*?</table>", re.DOTALL)
_HEAD: Final = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
_ROW: Final = re.compile(r"<tr>.*?</tr>", re.DOTALL)
_CELL: Final = re.compile(r"<td\b")
_TAG: Final = re.compile(r"<[^>]*>")
# No style stands in a page: its security policy forbids that.
_ALIGNED: Final = re.compile(r' style="text-align: (right|left|center);"')
_CLASSES: Final = {"right": ' class="so"', "center": ' class="giua"', "left": ""}


def mend_tables(html: str) -> str:
    """Say with each cell what its column is, for windows too narrow for columns; align by class."""
    return _TABLE.sub(lambda table: _mend(table[0]), html)


def _mend(table: str) -> str:
    table = _ALIGNED.sub(lambda aligned: _CLASSES[aligned[1]], table)
    heads = [" ".join(unescape(_TAG.sub("", head)).split()) for head in _HEAD.findall(table)]
    return _ROW.sub(lambda row: _label(row[0], heads), table)


def _label(row: str, heads: list[str]) -> str:
    names = iter(heads)

    def tell(_: re.Match[str]) -> str:
        name = next(names, "")
        return f'<td data-cot="{escape(name)}"' if name else "<td"

    return _CELL.sub(tell, row)
