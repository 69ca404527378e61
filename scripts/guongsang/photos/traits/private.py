"""What a picture's metadata tells about people: where they live, who they are."""

from __future__ import annotations

import io
import re
import zlib
from typing import Any, Final

from PIL import ExifTags, Image

from guongsang.photos.opening import (
    HEAD_BYTES,
    READ_FAULTS,
    open_photo,
    read_exif,
    sniff_format,
)
from guongsang.photos.traits.parts import APP1, COM, DamagedError, Part, jpeg_parts, png_parts

_EXIF_NAMES: Final = {
    ExifTags.Base.Artist: "Artist",
    ExifTags.Base.Copyright: "Copyright",
    ExifTags.Base.HostComputer: "HostComputer",
    ExifTags.Base.ImageDescription: "ImageDescription",
    ExifTags.Base.XPAuthor: "XPAuthor",
    ExifTags.Base.XPComment: "XPComment",
    ExifTags.Base.XPTitle: "XPTitle",
    ExifTags.Base.XPSubject: "XPSubject",
    ExifTags.Base.XPKeywords: "XPKeywords",
}
_DETAIL_NAMES: Final = {
    ExifTags.Base.CameraOwnerName: "CameraOwnerName",
    ExifTags.Base.BodySerialNumber: "BodySerialNumber",
    ExifTags.Base.LensSerialNumber: "LensSerialNumber",
    # Every maker has a secret form of its own, with owners, serial numbers and faces in it.
    ExifTags.Base.MakerNote: "MakerNote",
    ExifTags.Base.UserComment: "UserComment",
}
# A GPS block that holds only its version number says nothing.
_GPS_PLACES: Final = frozenset(
    (
        ExifTags.GPS.GPSLatitude,
        ExifTags.GPS.GPSLongitude,
        ExifTags.GPS.GPSDestLatitude,
        ExifTags.GPS.GPSDestLongitude,
        ExifTags.GPS.GPSAreaInformation,
    )
)
# Cameras write their own name or nothing at all into these.
_EMPTY: Final = re.compile(r"[\s\x00]*|(?:ASCII|UNICODE)?[\s\x00]*|OLYMPUS.*|SAMSUNG.*|SONY DSC\s*")
_XMP: Final = (
    (re.compile(rb"GPSL(?:atitude|ongitude)|GPSDest"), "GPS"),
    (
        re.compile(
            rb"dc:creator|dc:rights|xmpRights:|photoshop:(?:Credit|CaptionWriter|AuthorsPosition)"
            rb"|(?:aux|exifEX):(?:Camera)?OwnerName|(?:Body|aux:)SerialNumber|CreatorContactInfo"
        ),
        "XMP creator",
    ),
    (
        re.compile(
            rb"PersonInImage|mwg-rs:(?:Name|Regions)|MPReg:|MPRI:|digiKam:TagsList|acdsee:"
            rb"|lr:hierarchicalSubject|LastKeywordXMP"
        ),
        "XMP person",
    ),
    (
        re.compile(
            rb"photoshop:(?:City|State|Country)|Iptc4xmpCore:(?:Location|CountryCode)"
            rb"|Iptc4xmpExt:Location"
        ),
        "XMP location",
    ),
    (
        re.compile(rb"dc:(?:description|title|subject)|photoshop:(?:Headline|Instructions)"),
        "XMP description",
    ),
)
_IPTC: Final = {
    5: "IPTC title",
    25: "IPTC keywords",
    80: "IPTC by-line",
    85: "IPTC by-line",
    90: "IPTC city",
    92: "IPTC location",
    95: "IPTC location",
    105: "IPTC caption",
    110: "IPTC credit",
    116: "IPTC copyright",
    118: "IPTC contact",
    120: "IPTC caption",
    122: "IPTC by-line",
}
_DAMAGED: Final = "damaged EXIF"
_TIFF_HEADS: Final = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_IPTC_BLOCK: Final = 0x0404
_TIFF_IPTC: Final = 33723
_XMP_HEADS: Final = (b"http://ns.adobe.com/xap/1.0/\0", b"http://ns.adobe.com/xmp/extension/\0")
_PNG_XMP: Final = b"XML:com.adobe.xmp"
# What programs write into every PNG; any other text may tell anything.
_PNG_HARMLESS: Final = frozenset(
    (b"Software", b"Creation Time", b"date:create", b"date:modify", b"date:timestamp")
)
_TEXT_CHUNKS: Final = frozenset((b"tEXt", b"zTXt", b"iTXt"))
_MAX_XMP: Final = 4 * 1024 * 1024
# Padding is shorter; what phones append (videos, their own notes, pictures with EXIF) is longer.
_MAX_PADDING: Final = 64


def read_private(image: Image.Image, content: bytes) -> tuple[str, ...]:
    """Return the names of private metadata, GPS first, then by name; `content` is the whole file.

    What cannot be read may hide anything, and counts as private: "damaged EXIF".
    """
    found = _in_iptc(image) | _in_xmp(_header_xmp(image))
    try:
        found |= _in_exif(read_exif(image))
    except READ_FAULTS:
        found.add(_DAMAGED)
    # Pillow passes over a block that has no TIFF header, as if there were none.
    raw = image.info.get("exif")
    if raw and isinstance(raw, bytes) and not raw.removeprefix(b"Exif\0\0").startswith(_TIFF_HEADS):
        found.add(_DAMAGED)
    try:
        if image.format == "PNG":
            found |= _in_png(content)
        elif content.startswith(b"\xff\xd8"):
            found |= _in_jpeg(content)
    except DamagedError:
        pass  # decoding tells of it
    return tuple(sorted(found, key=lambda name: (name != "GPS", name)))


def find_private(content: bytes) -> tuple[str, ...]:
    """Return what `read_private` does, of a picture's bytes alone; nothing of what is no picture.

    The pixels are not decoded, and may be cut off.
    """
    name, is_taken = sniff_format(content[:HEAD_BYTES])
    if not is_taken:
        return ()
    try:
        with open_photo(io.BytesIO(content), name) as image:
            return read_private(image, content)
    except READ_FAULTS:
        return ()


def _in_jpeg(content: bytes) -> set[str]:
    """Look into every segment, for Pillow keeps one comment and one XMP packet, and at the end."""
    found: set[str] = set()
    end = 0
    for part in jpeg_parts(content):
        end = part.end
        if part.kind == COM and _says(content[part.body : part.stop]):
            found.add("Comment")
        elif part.kind == APP1 and content.startswith(_XMP_HEADS, part.body):
            found |= _in_xmp(content[part.body : part.stop])
    rest = content[end:].strip(b"\0\xff ")
    # A second picture alone is a phone's depth or brightness map.
    if len(rest) > _MAX_PADDING and (not rest.startswith(b"\xff\xd8") or b"ftyp" in rest):
        found.add("hidden data")
    if b"Exif\0\0" in rest:
        found.add("second EXIF")
    return found


def _in_png(content: bytes) -> set[str]:
    """Look into every chunk: those after the pixels are not in the header that Pillow reads."""
    found: set[str] = set()
    for part in png_parts(content):
        if part.kind == b"eXIf":
            exif = Image.Exif()
            try:
                exif.load(b"Exif\0\0" + content[part.body : part.stop])
                found |= _in_exif(exif)
            except READ_FAULTS:
                found.add(_DAMAGED)
        elif part.kind in _TEXT_CHUNKS:
            found |= _in_text(part, content[part.body : part.stop])
    return found


def _in_text(part: Part, body: bytes) -> set[str]:
    key, _, rest = body.partition(b"\0")
    if key in _PNG_HARMLESS or not rest.strip(b"\0 "):
        return set()
    if key == _PNG_XMP and part.kind == b"iTXt":
        # Flag, method, language and translated key come before the text.
        packet = rest[2:].split(b"\0", 2)[-1]
        return _in_xmp(_inflate(packet) if rest[0] else packet)
    return {key[:40].decode("latin-1")}


def _inflate(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, _MAX_XMP)
    except zlib.error:
        return b""


def _in_exif(exif: Image.Exif) -> set[str]:
    found = {name for tag, name in _EXIF_NAMES.items() if _says(exif.get(tag))}
    details = exif.get_ifd(ExifTags.IFD.Exif)
    found |= {name for tag, name in _DETAIL_NAMES.items() if _says(details.get(tag))}
    if not _GPS_PLACES.isdisjoint(exif.get_ifd(ExifTags.IFD.GPSInfo)):
        found.add("GPS")
    return found


def _header_xmp(image: Image.Image) -> bytes:
    xmp = image.info.get("xmp") or b""
    return xmp.encode("utf-8", "replace") if isinstance(xmp, str) else bytes(xmp)


def _in_xmp(packet: bytes) -> set[str]:
    return {name for pattern, name in _XMP if pattern.search(packet)}


def _in_iptc(image: Image.Image) -> set[str]:
    blocks = image.info.get("photoshop")
    raw = blocks.get(_IPTC_BLOCK, b"") if isinstance(blocks, dict) else b""
    if image.format == "TIFF":
        raw = getattr(image, "tag_v2", {}).get(_TIFF_IPTC, raw)
    found: set[str] = set()
    at = 0
    while isinstance(raw, bytes) and at + 5 <= len(raw) and raw[at] == 0x1C:
        length = int.from_bytes(raw[at + 3 : at + 5], "big")
        name = _IPTC.get(raw[at + 2]) if raw[at + 1] == 2 else None
        if name and raw[at + 5 : at + 5 + length].strip(b"\0 "):
            found.add(name)
        at += 5 + length
    return found


def _says(value: Any) -> bool:
    """Say whether a metadata value holds more than padding."""
    if value is None:
        return False
    if isinstance(value, (bytes, bytearray)):
        value = bytes(value).replace(b"\0", b"").decode("latin-1")
    return _EMPTY.fullmatch(str(value)) is None
