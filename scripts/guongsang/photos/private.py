"""What a picture's metadata tells about people: where they live, who they are."""

from __future__ import annotations

import re
from typing import Any, Final

from PIL import ExifTags, Image

from guongsang.photos.opening import READ_FAULTS, read_exif

_EXIF_NAMES: Final = {
    ExifTags.Base.Artist: "Artist",
    ExifTags.Base.Copyright: "Copyright",
    ExifTags.Base.HostComputer: "HostComputer",
    ExifTags.Base.ImageDescription: "ImageDescription",
    ExifTags.Base.XPAuthor: "XPAuthor",
    ExifTags.Base.XPComment: "XPComment",
    ExifTags.Base.XPTitle: "XPTitle",
    ExifTags.Base.XPSubject: "XPSubject",
}
_DETAIL_NAMES: Final = {
    ExifTags.Base.CameraOwnerName: "CameraOwnerName",
    ExifTags.Base.BodySerialNumber: "BodySerialNumber",
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
    (re.compile(rb"GPSL(?:atitude|ongitude)"), "GPS"),
    (re.compile(rb"dc:creator|photoshop:Credit|aux:OwnerName"), "XMP creator"),
    (re.compile(rb"PersonInImage|mwg-rs:Name|MPReg:PersonDisplayName"), "XMP person"),
    (re.compile(rb"photoshop:(?:City|State|Country)|Iptc4xmpCore:Location"), "XMP location"),
    (re.compile(rb"dc:description|dc:title"), "XMP description"),
)
_IPTC: Final = {
    80: "IPTC by-line",
    90: "IPTC city",
    92: "IPTC location",
    110: "IPTC credit",
    116: "IPTC copyright",
    118: "IPTC contact",
    120: "IPTC caption",
}
_DAMAGED: Final = "damaged EXIF"
_TIFF_HEADS: Final = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_IPTC_BLOCK: Final = 0x0404
_PNG_NAMES: Final = ("Author", "Copyright", "Comment", "Description", "Title")


def read_private(image: Image.Image) -> tuple[str, ...]:
    """Return the names of private metadata in the header, GPS first, then by name.

    What cannot be read may hide anything, and counts as private: "damaged EXIF".
    """
    found = _in_xmp(image) | _in_iptc(image)
    try:
        found |= _in_exif(read_exif(image))
    except READ_FAULTS:
        found.add(_DAMAGED)
    # Pillow passes over a block that has no TIFF header, as if there were none.
    raw = image.info.get("exif")
    if raw and isinstance(raw, bytes) and not raw.removeprefix(b"Exif\0\0").startswith(_TIFF_HEADS):
        found.add(_DAMAGED)
    found |= {name for name in _PNG_NAMES if image.format == "PNG" and _says(image.info.get(name))}
    if _says(image.info.get("comment")):
        found.add("Comment")
    return tuple(sorted(found, key=lambda name: (name != "GPS", name)))


def _in_exif(exif: Image.Exif) -> set[str]:
    found = {name for tag, name in _EXIF_NAMES.items() if _says(exif.get(tag))}
    details = exif.get_ifd(ExifTags.IFD.Exif)
    found |= {name for tag, name in _DETAIL_NAMES.items() if _says(details.get(tag))}
    if not _GPS_PLACES.isdisjoint(exif.get_ifd(ExifTags.IFD.GPSInfo)):
        found.add("GPS")
    return found


def _in_xmp(image: Image.Image) -> set[str]:
    xmp = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    raw = xmp.encode("utf-8", "replace") if isinstance(xmp, str) else bytes(xmp)
    return {name for pattern, name in _XMP if pattern.search(raw)}


def _in_iptc(image: Image.Image) -> set[str]:
    blocks = image.info.get("photoshop")
    raw = blocks.get(_IPTC_BLOCK, b"") if isinstance(blocks, dict) else b""
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
