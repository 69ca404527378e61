"""What pages are made of: everything that was read, planned and found good."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from guongsang.photos.plan import PhotoPlan
from guongsang.prose.model import Prose
from guongsang.registers.model import Registers
from guongsang.stories.model import Story
from guongsang.traces import Recorder
from guongsang.views.brand import Brand


@dataclass(frozen=True, slots=True)
class Picture:
    """One planned photo."""

    plan: PhotoPlan
    find_placeholder: Callable[[], str | None]

    @property
    def placeholder(self) -> str | None:
        """A tiny `data:` address, None while it is not made."""
        return self.find_placeholder()


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that readers may see, and nothing else.

    `stories` are the public ones, newest first (`newest_first`); `retracted` keep only a neutral
    page. `prose` is by slug, `pictures` by slug and file name. `site_url` is absolute, ends with /.
    `recorder` notes what is asked of all these while a page is planned.
    """

    registers: Registers
    stories: Sequence[Story]
    retracted: Sequence[Story]
    prose: Mapping[str, Prose]
    pictures: Mapping[tuple[str, str], Picture]
    site_url: str
    brand: Brand = field(default_factory=Brand)
    recorder: Recorder = field(default_factory=Recorder, compare=False)

    def moved_stories(self) -> list[Story]:
        """Return the stories that old addresses lead to: they change less often than all do."""
        self.recorder.ask("moved")
        return self.recorder.apart(lambda: [each for each in self.stories if each.head.aliases])

    def corrected_stories(self) -> list[Story]:
        """Return the stories in which something was put right."""
        self.recorder.ask("corrected")
        return self.recorder.apart(
            lambda: [each for each in self.stories if each.head.is_corrected]
        )


def newest_first(stories: list[Story]) -> tuple[Story, ...]:
    """Sort as every list does: by publication instant descending, then by slug."""
    by_slug = sorted(stories, key=lambda story: story.slug)
    return tuple(sorted(by_slug, key=lambda story: story.instant, reverse=True))
