"""What the last versions of stories tell, as far as git keeps them; where it does not, nothing."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from guongsang.checks.desk import Desk
from guongsang.checks.forgotten import check_forgotten
from guongsang.checks.severity import soften
from guongsang.memory.stories import Photos
from guongsang.pipeline.desk import open_case
from guongsang.pipeline.project import Project
from guongsang.problems.problem import Problem
from guongsang.stories.model import FrontMatter, Story
from guongsang.stories.read import parse_story
from guongsang.stories.scan import STORIES
from guongsang.stories.source import decode_text, split_story

# What is committed, and what was before that: an edit is told on the desk and by who checks it in.
_VERSIONS: Final = ("HEAD^", "HEAD")
_SECONDS: Final = 60
# A line that may name an honoree, by name or by id.
_NAMED: Final = re.compile(rb"^[^\n]*\b(?:id|name):[^\n]*", re.MULTILINE)
_BLOB: Final = re.compile(rb"[0-9a-f]+ blob ([0-9]+)")
# Longer than the line before an object's bytes.
_HEAD_BYTES: Final = 8192


def ask_edited(root: Path) -> Callable[[], frozenset[str]]:
    """Ask git which stories differ from one of the last versions, as `src_uri`.

    Git looks while others work; who asks has to call what is returned.
    """
    options = ("--name-only", "-z", "--relative", "--diff-filter=M")
    files = ("--", f"{STORIES}/*/*/index.md")
    asked = [
        _start_git(root, "diff", *options, *versions, *files) for versions in (("HEAD",), _VERSIONS)
    ]

    def list_edited() -> frozenset[str]:
        told = b"\0".join(_hear_git(git) or b"" for git in asked).split(b"\0")
        return frozenset(os.fsdecode(each) for each in told if each and b"\n" not in each)

    return list_edited


def check_edited(
    project: Project, desk: Desk, stories: Sequence[Story], photos: Callable[[str], Photos]
) -> list[Problem]:
    """Return what is wrong with stories only in the light of their last versions.

    `photos` tells what is known of the pictures of a story, by `src_uri`.
    """
    found: list[Problem] = []
    by_uri = {story.src_uri: story for story in stories}
    for uri, earlier in read_earlier(project.root, list(by_uri)):
        if earlier:
            story = by_uri[uri]
            case = open_case(project, desk, story, photos(uri))
            named = (each for front in earlier for each in check_forgotten(case, front))
            found += (soften(each, story) for each in named)
    return found


def read_earlier(root: Path, src_uris: Sequence[str]) -> Iterator[tuple[str, list[FrontMatter]]]:
    """Yield each story with the front matter of the last versions of it that can be read.

    Left out are those that have no line with a name or an id that is not there any more.
    """
    asked = [f"{version}:./{uri}" for uri in src_uris for version in _VERSIONS]
    texts = iter(_read_objects(root, asked))
    for uri in src_uris:
        named = set(_NAMED.findall((root / uri).read_bytes()))
        raws = [raw for raw in islice(texts, len(_VERSIONS)) if raw is not None]
        fronts = (_parse(raw, uri) for raw in raws if not named.issuperset(_NAMED.findall(raw)))
        yield uri, [front for front in fronts if front is not None]


def _parse(raw: bytes, src_uri: str) -> FrontMatter | None:
    text = decode_text(raw, src_uri)
    split = text if isinstance(text, Problem) else split_story(text, src_uri)
    if isinstance(split, Problem):
        return None
    reading = parse_story(split, src_uri, ())
    story = reading.story or reading.rest
    return story.front if story else None


def _read_objects(root: Path, names: Sequence[str]) -> list[bytes | None]:
    """Return what git keeps under names, None for those that it does not know."""
    told = _hear_git(_start_git(root, "cat-file", "--batch"), "\n".join(names)) if names else b""
    found: list[bytes | None] = []
    rest = memoryview(told or b"")
    while rest:
        head, _, _ = bytes(rest[:_HEAD_BYTES]).partition(b"\n")
        rest = rest[len(head) + 1 :]
        blob = _BLOB.fullmatch(head)
        if blob is None:
            found.append(None)
            continue
        found.append(bytes(rest[: int(blob[1])]))
        rest = rest[int(blob[1]) + 1 :]
    return found or [None] * len(names)


def _start_git(root: Path, *arguments: str) -> subprocess.Popen[bytes] | None:
    """Start git; None where it is not installed."""
    command = ["git", "-C", str(root), "-c", "core.quotepath=off", *arguments]
    env = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
    pipe = subprocess.PIPE
    try:
        return subprocess.Popen(  # noqa: S603 - our own words
            command, env=env, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL
        )
    except OSError:
        return None


def _hear_git(git: subprocess.Popen[bytes] | None, said: str = "") -> bytes | None:
    """Return what git answers; None where it knows nothing of this."""
    if git is None:
        return None
    with git:
        try:
            told, _ = git.communicate(os.fsencode(said), timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            git.kill()
            return None
    return told if git.returncode == 0 else None
