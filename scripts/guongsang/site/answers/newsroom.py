"""The newsroom as answers tell it: what rules and pages look things up in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from guongsang.archive.archive import Archive
from guongsang.checks.lookup import Lookup
from guongsang.checks.sheet import Case, Sheet
from guongsang.checks.stories.story import check_story
from guongsang.photos.whole import WholePhotos
from guongsang.pictures import Pictures
from guongsang.problems.problem import Problem
from guongsang.prose.parse import find_anchors, find_uses, parse_prose
from guongsang.publish.transfer import hash_content, stage_file
from guongsang.registers.model import Registers
from guongsang.registers.places import PlaceBook
from guongsang.registers.prints import Print, find_prints
from guongsang.site.answers.archive import AnsweredContent, Lists, open_archive, open_content
from guongsang.site.answers.asked import Asked
from guongsang.site.answers.beside import Photos
from guongsang.site.answers.files import Files
from guongsang.site.answers.links import Addresses, PublicSlugs, Slugs
from guongsang.site.answers.registers import open_registers
from guongsang.site.answers.stories import Library
from guongsang.site.sources.project import Project
from guongsang.site.sources.view import View
from guongsang.stories.model import Story
from guongsang.stories.read import StoryReading, locate_story, read_story
from guongsang.stories.scan import StoryFolder
from guongsang.traces import Unanswered
from guongsang.views.brand import Brand, read_brand
from guongsang.views.outputs import SiteFile
from guongsang.yamlfile.positions import Positions

if TYPE_CHECKING:
    from pathlib import Path

    from guongsang.engine.answers import Answers
    from guongsang.site.answers.outputs import Theme


class Newsroom:
    """One serves one run, whose answers it has."""

    # Where finished files go, and what puts pages into the theme, as long as there is such.
    scratch: Path | None = None
    theme: Theme | None = None

    def __init__(self, project: Project, view: View, answers: Answers) -> None:
        self.project, self.answers = project, answers
        self.kind, self.out = view.kind, view.out
        self.asked = Asked(project.now, self._find_uri, view)
        self.files = Files(self)
        # Equal pictures of several stories are decoded once.
        self.whole = WholePhotos(workers=project.workers)

    @property
    def root(self) -> Path:
        return self.project.root

    @cached_property
    def registers(self) -> Registers | None:
        return open_registers(self.answers, self.asked.recorder)

    @property
    def brand(self) -> Brand:
        """The newsroom's own look. Who uses it asks for "brand"."""
        return read_brand(self.answers.value("brand", ""))

    @cached_property
    def book(self) -> PlaceBook:
        assert self.registers is not None
        return PlaceBook(self.registers.places)

    @cached_property
    def library(self) -> Library:
        return Library(self.root, self.answers, self.asked.recorder, self.project.typed)

    def read(self, folder: StoryFolder) -> StoryReading:
        """Read a story as it lies there, or as it is typed."""
        return read_story(self.root, folder, self.project.typed.get(folder.src_uri))

    def locate(self, src_uri: str) -> Positions:
        """Return the positions in a story's front matter."""
        return locate_story(self.root, src_uri, self.project.typed.get(src_uri))

    @property
    def setting(self) -> Mapping[str, Any]:
        """What mkdocs.yml and the theme decide about all pages."""
        told: Mapping[str, Any] = self.answers.value(self.kind("setting"), "")
        return told

    @cached_property
    def _content(self) -> tuple[AnsweredContent, Pictures, Lists]:
        return open_content(self, self.setting["site_url"])

    @cached_property
    def archive(self) -> Archive:
        """The stories that the view shows, once it is known which."""
        content, _, lists = self._content
        return open_archive(self, content, lists)

    @property
    def pictures(self) -> Pictures:
        return self._content[1]

    def stage(self, files: Iterable[SiteFile]) -> list[list[str]]:
        """Put finished files into the scratch folder; return each with its SHA-256.

        A file of docs/ that has the address stands for ours.
        """
        staged = []
        by_hand = self.answers.value("docs", "")["published"]
        for file in files:
            if file.uri in by_hand:
                continue
            content = file.make()
            if self.scratch is None:
                staged.append([file.uri, hash_content(content)])
            else:
                staged.append([file.uri, stage_file(self.scratch, file.uri, content, "").sha256])
        return staged

    @cached_property
    def lookup(self) -> Lookup:
        """What the checks of one story look things up in, once all have been read."""
        answers = self.answers
        return self._open_desk(Slugs(answers), Addresses(answers), PublicSlugs(answers))

    @cached_property
    def _early_desk(self) -> Lookup:
        return self._open_desk(Unanswered(), Unanswered(), Unanswered())

    def check_early(self, story: Story, photos: Photos) -> list[Problem]:
        """Check a story while others are not read yet: most have no link to another.

        Raises UnansweredError.
        """
        return self._check(story, photos, self._early_desk)

    def check(self, story: Story, photos: Photos) -> list[Problem]:
        return self._check(story, photos, self.lookup)

    def open_case(self, story: Story, photos: Photos) -> Case:
        """Return a story for rules that look at it by themselves."""
        sheet = Sheet(story.src_uri, partial(self.locate, story.src_uri))
        return Case(story, self.lookup, parse_prose(story.body), photos, sheet)

    def check_rest(self, rest: Story, photos: Photos) -> list[Problem]:
        """Check what could be read of a story that has problems of its own already."""
        positions = partial(self.locate, rest.src_uri)
        return check_story(rest, self.lookup, parse_prose(rest.body), photos, positions)

    def _check(self, story: Story, photos: Photos, lookup: Lookup) -> list[Problem]:
        self.asked.recorder.ask("newsroom")
        positions = partial(self.locate, story.src_uri)
        return check_story(story, lookup, find_uses(story.body), photos, positions)

    def _open_desk(
        self, slugs: AbstractSet[str], addresses: AbstractSet[str], public: AbstractSet[str]
    ) -> Lookup:
        assert self.registers is not None
        return Lookup(
            self.registers,
            self.book,
            slugs,
            addresses,
            self.project.now,
            self.asked.recorder,
            self._find_anchors,
            unnamable_keys=[key for key, _ in self.answers.value("unnamable", "")],
            public_slugs=public,
            find_printed=self._find_printed,
        )

    def _find_printed(self, addresses: Iterable[str]) -> list[Print]:
        return find_prints(self.answers.value("prints", ""), addresses)

    def _find_uri(self, slug: str) -> str | None:
        return next((each["of"] for each in Slugs(self.answers).entries(slug)), None)

    def _find_anchors(self, slug: str) -> frozenset[str] | None:
        uri = self._find_uri(slug)
        if uri is None or not self.answers.has(self.answers.id_of("head", uri)):
            return None
        return find_anchors(self.library.story(uri).body)
