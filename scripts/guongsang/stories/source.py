"""A story's file on disk: bytes to text, and text to front matter and body.

Every way in which tools disagree about front matter is refused with a message of its own, so that
what passes here means the same to python-frontmatter, MkDocs and web editors. Byte order marks and
CRLF are accepted and normalised first, so they change no digest.
"""

from __future__ import annotations

import codecs
import hashlib
import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import frontmatter
from frontmatter.default_handlers import YAMLHandler

from guongsang.problems.problem import Problem, problem
from guongsang.yamlfile.dump import StrictDumper

# As many as Unicode's stream-safe form allows; Vietnamese has two.
MAX_MARKS = 30
_NO_LETTERS = re.compile(rf"[^\w\s!-/:-@\[-`{{-~]{{{MAX_MARKS + 1},}}")
MAX_BYTES = 1024 * 1024

# Marks take two bytes or more, none of them ASCII. Of so many in a row these are looked at.
_EACH = 6
_TO_SIGNS = bytes(128) + b"\1" * 128
_PILED = b"\1" * (2 * (MAX_MARKS + 1) // _EACH)

_FENCE = "---"
_NEAR_FENCE = re.compile(r"(?:-{2}|-{4,}|-*[—–‒−][—–‒−-]{0,3}|-{3}\s.*|\s+-{3}|\+{3}|={3,})\s*")
# Behind a line's end: what a fence, or a line that may be meant as one, starts with.
_FENCE_LIKE = re.compile(r"\n(?=[-—–‒−+=.]|[^\S\n]+-{3}[^\S\n]*(?:\n|\Z))")
_CLOSING = re.compile(r"\n-{3}[ \t]*(?:\n|\Z)")
_HEADER_LINE = re.compile(r"[A-Za-z_][\w-]*:(?:\s|$)")
# What git leaves where two people changed the same lines; the last sign alone may be a quotation.
_OURS = re.compile(r"^<{7}(?:[ \t].*)?$", re.MULTILINE)
_BETWEEN = re.compile(r"^={7}$", re.MULTILINE)
_THEIRS = re.compile(r"^>{7}(?:[ \t].*)?$", re.MULTILINE)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_STATUS = re.compile(r"^status[^\S\n]*:[^\S\n]*(.*)$", re.MULTILINE)
_DRAFT = re.compile(r"""(["']?)draft\1\s*(?:#.*)?""")


@dataclass(frozen=True, slots=True)
class StoryText:
    """The two halves of a story's file; lines are 1-based lines of the file."""

    front: str
    front_line: int
    body: str
    body_line: int

    @property
    def front_digest(self) -> str:
        return hashlib.sha256(self.front.encode()).hexdigest()

    @property
    def body_digest(self) -> str:
        return hashlib.sha256(self.body.encode()).hexdigest()


class StrictHandler(YAMLHandler):
    """python-frontmatter's YAML handler with exactly one way to write the fences."""

    def detect(self, text: str) -> bool:
        return text.startswith((f"{_FENCE}\n", f"{_FENCE} ", f"{_FENCE}\t"))

    def split(self, text: str) -> tuple[str, str]:
        """Split normalised text that `check_fences` has passed; nothing is stripped.

        Raises ValueError where there is nothing to split: python-frontmatter asks for that.
        """
        opened = text.index("\n")
        closing = _CLOSING.search(text, opened)
        if closing is None:
            raise ValueError("no closing fence")
        return text[opened + 1 : closing.start() + 1], text[closing.end() :]


HANDLER = StrictHandler()


def read_story_text(abs_path: Path | str, path: str) -> StoryText | Problem:
    """Read and split one story; `path` is its POSIX path relative to the root, for the problem."""
    text = read_text(abs_path, path)
    return text if isinstance(text, Problem) else split_story(text, path)


def read_text(abs_path: Path | str, path: str, *, most: int = MAX_BYTES) -> str | Problem:
    """Read a file of at most so many bytes, decode UTF-8 and normalise; or say why it cannot be."""
    try:
        with open(abs_path, "rb", buffering=0) as file:  # noqa: PTH123 - of thousands
            size = os.fstat(file.fileno()).st_size
            if size > most:
                return problem("GS103", path, size=_format_size(size), limit=_format_size(most))
            raw = file.read()
    except OSError as error:
        return problem("GS824", path, reason=error.strerror or error)
    return decode_text(raw, path)


def is_draft_by_line(text: str) -> bool:
    """Return whether a text that cannot be read otherwise says `status: draft`, and nothing else.

    Where two lines disagree it is no draft: a published story must not go unnoticed.
    """
    said = _STATUS.findall(text)
    return bool(said) and all(map(says_draft, said))


def says_draft(status: str) -> bool:
    """Return whether a status means a draft, between whatever quotes and invisible characters."""
    plain = status.encode("ascii", errors="ignore").decode().strip()
    return _DRAFT.fullmatch(plain) is not None


def is_draft_by_bytes(abs_path: Path) -> bool:
    """Return the same of a file that is too large, no UTF-8, or without front matter.

    One that may not be read is none.
    """
    try:
        with abs_path.open("rb") as file:
            raw = file.read(MAX_BYTES)
    except OSError:
        return False
    # Without its zeros, what is ASCII in UTF-16 can be read as well.
    return is_draft_by_line(_normalise(raw.replace(b"\0", b"").decode(errors="replace")))


def decode_text(raw: bytes, path: str) -> str | Problem:
    """Decode UTF-8, drop a byte order mark and normalise line ends to LF.

    A text with the marks of a merge that nobody finished is no text.
    Marks piled up beyond what any language writes are refused here: Unicode puts them in order in
    quadratic time, wherever a text is compared.
    """
    if raw.startswith(_UTF16) or b"\0" in raw[:4]:
        return problem("GS101", path, guess=" (UTF-16)")
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        text = _normalise(raw.decode())
    except UnicodeDecodeError as error:
        before = _normalise(raw[: error.start].decode())
        guess = f" (0x{raw[error.start]:02X})"
        return problem("GS101", path, before.count("\n") + 1, _column(before), guess=guess)
    piled = _find_piled(text) if _PILED in raw[::_EACH].translate(_TO_SIGNS) else None
    if piled is None:
        return _find_conflict(text, path) or text
    before = text[:piled]
    return problem("GS139", path, before.count("\n") + 1, _column(before), most=MAX_MARKS)


def _find_piled(text: str) -> int | None:
    """Return where more than MAX_MARKS marks stand on one letter."""
    for run in _NO_LETTERS.finditer(text):
        count = 0
        for at in range(run.start(), run.end()):
            count = count + 1 if unicodedata.combining(text[at]) else 0
            if count > MAX_MARKS:
                return at - MAX_MARKS
    return None


def _find_conflict(text: str, path: str) -> Problem | None:
    # One sign is found in a fraction of the time that seven take.
    if not (("<" in text and "<<<<<<<" in text) or (">" in text and ">>>>>>>" in text)):
        return None
    marks = [sign.search(text) for sign in (_OURS, _BETWEEN, _THEIRS)]
    if not (marks[0] or (marks[1] and marks[2])):
        return None
    first = min(mark.start() for mark in marks if mark)
    return problem("GS135", path, text.count("\n", 0, first) + 1)


def split_story(text: str, path: str) -> StoryText | Problem:
    """Split normalised text into front matter and body, or say why that cannot be done."""
    found = check_fences(text, path)
    if found is not None:
        return found
    front, body = HANDLER.split(text)
    return StoryText(
        front=front,
        front_line=2,
        body=body,
        body_line=front.count("\n") + 3,
    )


def check_fences(text: str, path: str) -> Problem | None:
    """Return what is wrong with the lines that open and close the front matter, if anything."""
    if not text or text.isspace():
        return problem("GS102", path)
    if text.partition("\n")[0].rstrip(" \t") != _FENCE:
        return _explain_opening(text.split("\n"), path)
    for hit in _FENCE_LIKE.finditer(text):
        stop = text.find("\n", hit.end())
        line = text[hit.end() : stop if stop >= 0 else len(text)]
        if line.rstrip(" \t") == _FENCE:
            return None
        number = text.count("\n", 0, hit.end()) + 1
        if line.rstrip() == "...":
            return problem("GS108", path, number)
        if _NEAR_FENCE.fullmatch(line):
            return problem("GS106", path, number, found=line.strip()[:20])
    return problem("GS107", path, text.count("\n") + 1)


def dump_story(front: dict[str, Any], body: str) -> str:
    """Write a story's text so that reading it gives the same; python-frontmatter is the writer.

    Blank lines around `body` are not kept.
    """
    post = frontmatter.Post(body, handler=HANDLER)
    post.metadata = front
    return str(frontmatter.dumps(post, Dumper=StrictDumper, sort_keys=False, width=100)) + "\n"


def _explain_opening(lines: list[str], path: str) -> Problem:
    first = lines[0]
    if _NEAR_FENCE.fullmatch(first):
        return problem("GS106", path, found=first.strip()[:20])
    if not first.strip() or _FENCE in (line.rstrip() for line in lines[1:20]):
        return problem("GS105", path)
    if _HEADER_LINE.match(first):
        return problem("GS109", path)
    return problem("GS104", path)


def _normalise(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _column(before: str) -> int:
    return len(before) - (before.rfind("\n") + 1) + 1


def _format_size(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB".replace(".", ",")
