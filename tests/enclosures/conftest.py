"""Documents, recordings and films made on the spot, with properties."""

from __future__ import annotations

import io
import struct
import unicodedata
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from PIL import ExifTags, Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

CORE = (
    '<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:creator>{}</dc:creator>'
    "<cp:lastModifiedBy>{}</cp:lastModifiedBy></cp:coreProperties>"
)


def make_packed(parts: dict[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return packed.getvalue()


def make_docx(author: str = "", editor: str = "", **parts: str) -> bytes:
    """Return a Word file; `parts` are further ones, with `_` for the slash and no suffix."""
    more = {f"{name.replace('_', '/')}.xml": text for name, text in parts.items()}
    core = {"docProps/core.xml": CORE.format(author, editor)}
    return make_packed({"[Content_Types].xml": "", "word/document.xml": "", **core, **more})


def make_odt(author: str) -> bytes:
    meta = (
        f'<m xmlns:dc="d" xmlns:meta="m"><meta:initial-creator>{author}</meta:initial-creator></m>'
    )
    said = "application/vnd.oasis.opendocument.text"
    return make_packed({"mimetype": said, "content.xml": "", "meta.xml": meta})


def make_pdf(**info: str) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_metadata({f"/{name}": value for name, value in info.items()})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def make_mp3(**frames: str) -> bytes:
    body = b""
    for name, text in frames.items():
        value = b"\x01" + text.encode("utf-16")
        body += name.encode() + struct.pack(">I", len(value)) + b"\0\0" + value
    size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\0\0" + size + body + b"\xff\xfb\x90\x00" + bytes(413)


def make_m4a(place: str = "", **items: str) -> bytes:
    """Return a recording; `items` are named without their first sign."""
    listed = b"".join(
        _atom(b"\xa9" + name.encode(), _atom(b"data", struct.pack(">II", 1, 0) + text.encode()))
        for name, text in items.items()
    )
    told = _atom(b"meta", bytes(4) + _atom(b"ilst", listed))
    if place:
        told += _atom(b"\xa9xyz", struct.pack(">HH", len(place), 0x15C7) + place.encode())
    return _atom(b"ftyp", b"M4A \0\0\0\0") + _atom(b"moov", _atom(b"udta", told))


def make_mp4(
    place: str = "",
    *,
    brand: str = "isom",
    codec: str = "avc1",
    more: bytes = b"",
    keys: dict[str, str] | None = None,
    xmp: str = "",
    claim: int = 0,
    **items: str,
) -> bytes:
    """Return a film without pictures; `keys` are properties as Apple writes them, `claim` so many
    bytes are said to be there that are not."""
    tracks = [_track(b"vide", codec.encode()), _track(b"soun", b"mp4a"), more]
    told = (
        _atom(b"\xa9xyz", struct.pack(">HH", len(place), 0x15C7) + place.encode()) if place else b""
    )
    said = b"".join(
        _atom(b"\xa9" + name.encode(), struct.pack(">HH", len(text.encode()), 0) + text.encode())
        for name, text in items.items()
    )
    moov = b"".join(tracks) + _atom(b"udta", said + told + bytes(4)) + _list_keys(keys or {})
    packet = f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{xmp}</x:xmpmeta>'.encode()
    written = _atom(b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac") + packet)
    pictures = struct.pack(">I", 16 + claim) + b"mdat" + bytes(8)
    return b"".join(
        (
            _atom(b"ftyp", f"{brand}\0\0\0\0".encode()),
            _atom(b"moov", _atom(b"mvhd", bytes(100)) + moov),
            written if xmp else b"",
            pictures,
        )
    )


def _track(handler: bytes, codec: bytes) -> bytes:
    head = _atom(b"hdlr", bytes(8) + handler + bytes(13))
    table = _atom(b"stbl", _atom(b"stsd", struct.pack(">II", 0, 1) + _atom(codec, bytes(16))))
    return _atom(b"trak", _atom(b"mdia", head + _atom(b"minf", table)))


def make_track(codec: str) -> bytes:
    """Return a track of what a camera has noted beside its pictures."""
    return _track(b"meta", codec.encode())


def _list_keys(keys: dict[str, str]) -> bytes:
    names = b"".join(_atom(b"mdta", name.encode()) for name in keys)
    values = b"".join(
        _atom(
            struct.pack(">I", n),
            _atom(b"data", struct.pack(">II", 1, 0) + text.encode()),
        )
        for n, text in enumerate(keys.values(), start=1)
    )
    listed = _atom(b"keys", struct.pack(">II", 0, len(keys)) + names) + _atom(b"ilst", values)
    return _atom(b"meta", _atom(b"hdlr", bytes(8) + b"mdta" + bytes(13)) + listed) if keys else b""


def make_webm(
    document: str = "webm",
    codec: str = "V_VP9",
    track: int = 1,
    *,
    is_open: bool = False,
    claim: int = 0,
    **tags: str,
) -> bytes:
    """Return a film without pictures; one that `is_open` does not say where its parts end."""
    entry = _element(0xAE, _element(0x83, bytes([track])) + _element(0x86, codec.encode()))
    listed = b"".join(
        _element(0x67C8, _element(0x45A3, name.encode()) + _element(0x4487, text.encode()))
        for name, text in tags.items()
    )
    cluster = _element(0xE7, b"\0") + _element(0xA3, bytes(200))
    body = b"".join(
        (
            _element(0x1549A966, _element(0x4D80, b"Lavf60") + _element(0x5741, b"Chrome")),
            _element(0x1654AE6B, entry),
            _element(0x1F43B675, cluster, is_open=is_open),
            _element(0x1254C367, _element(0x7373, listed)),
        )
    )
    head = _element(0x1A45DFA3, _element(0x4282, document.encode()))
    return head + _element(0x18538067, body, is_open=is_open, claim=claim)


def _element(number: int, body: bytes, *, is_open: bool = False, claim: int = 0) -> bytes:
    name = number.to_bytes((number.bit_length() + 7) // 8, "big")
    size = (1 << 56) - 1 if is_open else len(body) + claim
    return name + (size | 1 << 56).to_bytes(8, "big") + body


def _atom(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + name + body


_SECTOR = 512
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def make_ole(
    stream: str = "WordDocument",
    page: int = 65001,
    body: bytes = b"",
    more: dict[int, bytes] | None = None,
    **info: str,
) -> bytes:
    """Return an old Office file; `info` are its properties by name, `more` those of its company.

    With page 1200 the texts are wide, of two bytes a letter.
    """
    numbers = {"title": 2, "subject": 3, "author": 4, "keywords": 5, "comments": 6, "last": 8}
    encoding = {65001: "utf-8", 1200: "utf-16-le"}.get(page, f"cp{page}")
    said = {numbers[name]: _encode(text, encoding) for name, text in info.items()}
    return _pack_ole(
        {
            stream: body,
            "\x05SummaryInformation": _make_properties(said, page),
            "\x05DocumentSummaryInformation": _make_properties(more or {}, page),
        }
    )


def _encode(text: str, encoding: str) -> bytes:
    """Return a text; Windows' Vietnamese letters have most tones behind them."""
    if encoding != "cp1258":
        return text.encode(encoding)
    found = b""
    for char in text:
        try:
            found += char.encode(encoding)
        except UnicodeEncodeError:
            found += _split_tone(char).encode(encoding)
    return found


def _split_tone(char: str) -> str:
    """Return a letter as Windows keeps it: the tone apart, the circumflex not."""
    marks = unicodedata.normalize("NFD", char)
    tone = next(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", marks.replace(tone, "")) + tone


def _make_properties(said: dict[int, bytes], page: int) -> bytes:
    values = [(1, struct.pack("<IHH", 2, page, 0))]
    for number, text in said.items():
        ended = text + bytes(2)
        kind, length = (31, len(ended) // 2) if page == 1200 else (30, len(ended))
        values.append((number, struct.pack("<II", kind, length) + ended + bytes(-len(ended) % 4)))
    table, where = b"", 8 + 8 * len(values)
    for number, value in values:
        table += struct.pack("<II", number, where)
        where += len(value)
    section = struct.pack("<II", where, len(values)) + table + b"".join(v for _, v in values)
    return (
        struct.pack("<HHI", 0xFFFE, 0, 0)
        + bytes(16)
        + struct.pack("<I", 1)
        + bytes(16)
        + (struct.pack("<I", 48) + section)
    )


def _pack_ole(streams: dict[str, bytes]) -> bytes:
    """Pack streams as [MS-CFB] says, each as large as needs no second table."""
    sectors, table, entries = b"", [_TABLE, _END], [("Root Entry", 5, _END, 0)]
    for name, content in streams.items():
        padded = content + bytes(max(4096, len(content)) - len(content))
        count = -(-len(padded) // _SECTOR)
        entries.append((name, 2, len(table), len(padded)))
        table += [*range(len(table) + 1, len(table) + count), _END]
        sectors += padded + bytes(-len(padded) % _SECTOR)
    folder = b""
    for n, (name, kind, start, size) in enumerate(entries):
        text = name.encode("utf-16-le")
        right = n + 1 if 0 < n < len(entries) - 1 else _FREE
        child = 1 if n == 0 else _FREE
        folder += text + bytes(64 - len(text)) + struct.pack("<HBB", len(text) + 2, kind, 1)
        folder += struct.pack("<III", _FREE, right, child) + bytes(36)
        folder += struct.pack("<IQ", start, size)
    table += [_FREE] * (_SECTOR // 4 - len(table))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    head += struct.pack("<109I", 0, *[_FREE] * 108)
    return head + struct.pack(f"<{_SECTOR // 4}I", *table) + folder + sectors


def make_epub(author: str) -> bytes:
    book = f'<package xmlns:dc="d"><metadata><dc:creator>{author}</dc:creator></metadata></package>'
    return make_packed({"mimetype": "application/epub+zip", "OEBPS/sach.opf": book})


def make_jpeg(artist: str = "", *, gps: bool = False) -> bytes:
    exif = Image.Exif()
    if artist:
        exif[ExifTags.Base.Artist] = artist
    if gps:
        exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (22.0, 23.0, 24.0)
    out = io.BytesIO()
    Image.effect_noise((64, 48), 50).save(out, "JPEG", exif=exif)
    return out.getvalue()


def make_pdf_with(picture: bytes, **info: str) -> bytes:
    out = io.BytesIO()
    writer = PdfWriter(io.BytesIO(make_pdf(**info)))
    stream = StreamObject()
    stream[NameObject("/Subtype")] = NameObject("/Image")
    stream[NameObject("/Filter")] = NameObject("/DCTDecode")
    stream.set_data(picture)
    things = DictionaryObject({NameObject("/a"): writer._add_object(stream)})
    page = writer.pages[0]
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): things})
    writer.write(out)
    return out.getvalue()


MAKERS: dict[str, Callable[..., bytes]] = {
    "docx": make_docx,
    "doc": make_ole,
    "epub": make_epub,
    "jpeg": make_jpeg,
    "pdf_with": make_pdf_with,
    "odt": make_odt,
    "pdf": make_pdf,
    "mp3": make_mp3,
    "m4a": make_m4a,
    "mp4": make_mp4,
    "track": make_track,
    "webm": make_webm,
    "packed": make_packed,
}


@pytest.fixture(scope="session")
def make() -> Callable[..., bytes]:
    """Make a file of a kind."""

    def make(kind: str, *args: Any, **options: Any) -> bytes:
        return MAKERS[kind](*args, **options)

    return make
