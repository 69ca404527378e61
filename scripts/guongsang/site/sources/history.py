"""What the last versions of stories tell, as far as git keeps them; where it does not, nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from guongsang.checks.people.forgotten import check_forgotten
from guongsang.checks.severity import soften
from guongsang.checks.sheet import Case
from guongsang.problems.problem import Problem
from guongsang.site.sources.git import VERSIONS, read_objects
from guongsang.stories.model import FrontMatter, Story
from guongsang.stories.read import parse_story
from guongsang.stories.source import decode_text, split_story

# A line that may name an honoree, by name or by id.
_NAMED: Final = re.compile(rb"^[^\n]*\b(?:id|name):[^\n]*", re.MULTILINE)


def check_edited(
    root: Path, stories: Iterable[Story], open_case: Callable[[Story], Case]
) -> Iterator[Problem]:
    """Yield what is wrong with stories only in the light of their last versions."""
    by_uri = {story.src_uri: story for story in stories}
    for uri, earlier in read_earlier(root, list(by_uri)):
        if earlier:
            story = by_uri[uri]
            case = open_case(story)
            named = (each for front in earlier for each in check_forgotten(case, front))
            yield from (soften(each, story) for each in named)


def read_earlier(root: Path, src_uris: Sequence[str]) -> Iterator[tuple[str, list[FrontMatter]]]:
    """Yield each story with the front matter of the last versions of it that can be read.

    Left out are those that have no line with a name or an id that is not there any more.
    """
    asked = [f"{version}:./{uri}" for uri in src_uris for version in VERSIONS]
    texts = iter(read_objects(root, asked))
    for uri in src_uris:
        named = set(_NAMED.findall((root / uri).read_bytes()))
        raws = [raw for raw in islice(texts, len(VERSIONS)) if raw is not None]
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
