"""What is wrong with the text of one story that is not saved yet, by the rules of every check."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

from guongsang.checks.advice import complete_advice
from guongsang.checks.echoes import drop_echoes
from guongsang.checks.lookup import Lookup
from guongsang.checks.stories.story import check_story
from guongsang.photos.whole import WholePhotos
from guongsang.problems.problem import Problem, as_warning
from guongsang.prose.parse import find_anchors, parse_prose
from guongsang.registers.model import Registers
from guongsang.registers.places import PlaceBook
from guongsang.site.answers.beside import read_photos
from guongsang.site.overview import Overview
from guongsang.stories.model import Story
from guongsang.stories.read import StoryReading, parse_story
from guongsang.stories.source import StoryText, read_story_text, split_story
from guongsang.text.dates import read_now
from guongsang.yamlfile.parse import locate
from guongsang.yamlfile.positions import Positions


class Unsaved:
    """Checks texts against what is remembered of the newsroom; pictures are decoded once."""

    def __init__(self, root: Path, overview: Overview) -> None:
        self._root, self._overview = root, overview
        self._whole = WholePhotos()
        self._book: tuple[Registers, PlaceBook] | None = None

    def check(self, text: str, src_uri: str, files: Sequence[str]) -> list[Problem]:
        """Return the problems of a story's text, which is normalised; `files` are the names beside
        it."""
        split = split_story(text, src_uri)
        if isinstance(split, Problem):
            return [split]
        reading = parse_story(split, src_uri, tuple(sorted(files)))
        positions = locate(split.front, first_line=split.front_line)
        return sorted({*reading.problems, *self._check_read(reading, positions)})

    def _check_read(self, reading: StoryReading, positions: Positions) -> list[Problem]:
        registers = self._overview.registers
        story = reading.story or reading.rest
        if registers is None or story is None:
            return []
        if self._book is None or self._book[0] is not registers:
            self._book = registers, PlaceBook(registers.places)
        book = self._book[1]
        found = self._check_story(story, registers, book, positions)
        if reading.story is None:
            found = drop_echoes(reading, found, lambda: positions)
        found = [complete_advice(each, registers, book) for each in found]
        return list(map(as_warning, found)) if reading.is_draft else found

    def _check_story(
        self, story: Story, registers: Registers, book: PlaceBook, positions: Positions
    ) -> list[Problem]:
        known = self._overview
        lookup = Lookup(
            registers,
            book,
            known.slugs.keys(),
            known.addresses,
            read_now(),
            find_anchors=self._find_anchors,
            unnamable_keys=known.unnamable,
            public_slugs=known.public,
        )
        photos = read_photos(self._root, story.src_uri, story.front, story.files, self._whole)
        return check_story(story, lookup, parse_prose(story.body), photos, lambda: positions)

    def _find_anchors(self, slug: str) -> AbstractSet[str] | None:
        uri = self._overview.slugs.get(slug)
        text = read_story_text(self._root / uri, uri) if uri else None
        if not isinstance(text, StoryText):
            return None
        return find_anchors(text.body)
