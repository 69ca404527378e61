"""A letter that was sent: a mail as programs save it, or a text. Nothing of it is trusted."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime
from pathlib import PurePath
from typing import Final

from guongsang.intake.manuscript import UnreadableError, walk
from guongsang.intake.markup import read_html
from guongsang.intake.plain import decode_text
from guongsang.text.dates import in_vietnam
from guongsang.text.fold import nfc

MAIL: Final = ".eml"
TEXT: Final = ".txt"
MOST_BYTES: Final = 60_000_000  # of a mail; servers here let 25 MB pass, in base64 a third more
_MOST_PARTS: Final = 500
# Python calls these encodings, too; some take for ever.
_NO_CHARSETS: Final = ("idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf-7", "utf_7")
# What would move the cursor of a terminal, or turn the text around.
_CONTROLS: Final = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands in a letter. `attachments` are names of files, which are not opened."""

    text: str
    subject: str = ""
    sender: str = ""
    date: dt.date | None = None
    attachments: tuple[str, ...] = ()


def read_letter(content: bytes, name: str) -> Letter:
    """Return what a .eml or .txt file holds; of a mail its text, else what its HTML shows.

    Raises UnreadableError.
    """
    if not content:
        raise UnreadableError("empty")
    if len(content) > MOST_BYTES:
        raise UnreadableError("too-big", size=f"{len(content) >> 20} MB")
    suffix = PurePath(name).suffix.lower()
    if suffix == TEXT:
        letter = Letter(_clean(decode_text(content)))
    elif suffix == MAIL:
        letter = _read_mail(content)
    else:
        raise UnreadableError("letter-kind", suffix=suffix or "–")
    if not letter.text and not letter.attachments:
        raise UnreadableError("empty")
    return letter


def _read_mail(content: bytes) -> Letter:
    try:
        mail = message_from_bytes(content)
        parts = list(_list_parts(mail))
    except RecursionError:
        raise UnreadableError("too-deep") from None
    plain, shown, attachments = [], [], []
    for part in parts:
        kind = part.get_content_type()
        file = _read_words(part.get_filename() or "")
        is_attached = part.get_content_disposition() == "attachment" or bool(file)
        if is_attached or kind not in ("text/plain", "text/html"):
            attachments.append(file or kind)
        elif kind == "text/plain":
            plain.append(_decode(part))
        else:
            page = read_html(_decode(part))
            shown.append("\n\n".join(each.text for each in walk(page.blocks)))
    text = _clean("\n\n".join(plain)) or _clean("\n\n".join(shown))
    return Letter(
        text,
        _read_header(mail, "Subject"),
        _read_header(mail, "From"),
        _read_date(mail),
        tuple(attachments),
    )


def _list_parts(mail: Message) -> Iterator[Message]:
    """Yield the parts that hold something, those of forwarded mails as well."""
    waiting = [mail]
    for _ in range(_MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop()
        if part.is_multipart():
            inside = part.get_payload()
            assert isinstance(inside, list)
            waiting += [each for each in reversed(inside) if isinstance(each, Message)]
        else:
            yield part
    raise UnreadableError("bomb")


def _decode(part: Message) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes) or not content:
        return ""
    try:
        charset = part.get_content_charset() or ""
    except (LookupError, ValueError):
        charset = ""
    if charset not in ("", "us-ascii", "ascii", *_NO_CHARSETS):
        try:
            return content.decode(charset, "replace")
        except (LookupError, ValueError):
            pass
    return decode_text(content)


def _read_header(mail: Message, name: str) -> str:
    value = mail.get(name, "")
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError):
        return _read_words(str(value))
    return _read_words("".join(_decode_word(*piece) for piece in pieces))


def _decode_word(word: bytes | str, charset: str | None) -> str:
    if isinstance(word, str):
        return word
    try:
        known = charset if charset and charset.lower() not in _NO_CHARSETS else "utf-8"
        return word.decode(known, "replace")
    except (LookupError, ValueError):
        return word.decode("utf-8", "replace")


def _read_words(text: str) -> str:
    """Return a name or a subject as one line that may stand on a terminal."""
    encoded = text.encode("utf-8", "replace").decode()
    if "=?" in encoded:
        with suppress(HeaderParseError, ValueError):
            encoded = "".join(_decode_word(*piece) for piece in decode_header(encoded))
    return nfc(" ".join(_CONTROLS.sub(" ", encoded).split()))


def _read_date(mail: Message) -> dt.date | None:
    try:
        moment = parsedate_to_datetime(str(mail.get("Date", "")))
        return in_vietnam(moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).date()
    except (ValueError, TypeError, OverflowError):
        return None


def _clean(text: str) -> str:
    """Return the text with one kind of line end and no empty lines around it."""
    text = text.encode("utf-8", "replace").decode()
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").split("\n")
    return nfc("\n".join(line.rstrip() for line in lines).strip("\n"))
