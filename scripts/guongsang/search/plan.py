"""The files of the search, planned by year: what did not change is neither read nor made again.

One file of titles per year, one of all names, and two sets of shards: of the newest year, which
changes with every story published, and of those before it, which readers may keep. The terms of the
newest year are kept by month, so that a story published costs no more than its month.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from guongsang.memory.store import load_store, save_store
from guongsang.pages.archive import Archive
from guongsang.pages.naming import open_name
from guongsang.pages.outputs import SiteFile
from guongsang.prose.model import Prose
from guongsang.publish.fingerprint import fingerprint, package_digest
from guongsang.search.documents import Lore, gather_lore, story_lines
from guongsang.search.names import render_names, render_titles
from guongsang.search.segment import Segment, build_segment
from guongsang.search.shards import count_shards, encode_shard
from guongsang.stories.model import Story

FOLDER: Final = "tai-nguyen/tim-kiem/"
CONTENTS: Final = "tim-kiem/muc-luc.json"
_CACHE: Final = "search"
# Of each kind for a period: the published one, the preview's, and their predecessors.
_KEPT: Final = 4


@dataclass(frozen=True)
class Batch:
    """Stories of a year or month, oldest first; `key` changes with all they can be found by."""

    period: str
    key: str
    stories: Sequence[Story]
    prose: Mapping[str, Prose]
    lore: Lore
    cache_dir: Path

    @cached_property
    def segment(self) -> Segment:
        """The terms of the stories."""
        stories, slots = self._recall("terms", self._index)
        return Segment(stories, slots)

    @cached_property
    def closed(self) -> list[str]:
        """The honorees whose name may not be told to programs in one of the stories."""
        closed: list[str] = self._recall("closed", self._find_closed)
        return closed

    def _recall(self, what: str, make: Callable[[], Any]) -> Any:
        """Return what was made for the same key before, or make it now."""
        abs_path = self.cache_dir / f"{self.period}-{self.key}.{what}"
        kept = load_store(abs_path)
        if kept is None:
            kept = make()
            save_store(abs_path, kept)
            _forget_old(self.cache_dir, f"{self.period}-*.{what}")
        return kept

    def _index(self) -> tuple[int, list[bytes]]:
        segment = build_segment(
            story_lines(story, self.prose[story.slug], self.lore) for story in self.stories
        )
        return segment.stories, list(segment.slots)

    def _find_closed(self) -> list[str]:
        registers = self.lore.registers
        told = ((story, each) for story in self.stories for each in story.front.honorees)
        return sorted(
            {each.id for story, each in told if each.id and not open_name(each, story, registers)}
        )


@dataclass(frozen=True)
class Year:
    """A year and its stories, oldest first."""

    year: str
    stories: Sequence[Story]
    batches: Sequence[Batch]

    @property
    def key(self) -> str:
        return fingerprint([batch.key for batch in self.batches])


@dataclass(frozen=True)
class Tier:
    """Shards of the years given, whose stories are numbered on, the oldest year first."""

    years: Sequence[Year]
    key: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", _short_key([year.key for year in self.years]))

    @property
    def files(self) -> str:
        """The addresses of the shards, with a star for the number."""
        return f"{FOLDER}*.{self.key}.bin"

    @cached_property
    def shards(self) -> int:
        return count_shards(sum(len(year.stories) for year in self.years))

    def encode(self, shard: int) -> bytes:
        segments = [batch.segment for year in self.years for batch in year.batches]
        return encode_shard(segments, shard, self.shards)


def plan_search(archive: Archive, cache_dir: Path, *, full_text: bool = True) -> list[SiteFile]:
    """Plan all files of the search. Without `full_text` only titles and names can be found.

    `cache_dir` is the newsroom's; safe to delete.
    """
    years = _gather_years(archive, cache_dir / _CACHE)
    tiers = [Tier(part) for part in (years[-1:], years[:-1]) if part] if full_text else []
    names = render_names(
        archive, {key for year in years for batch in year.batches for key in batch.closed}
    )
    names_uri = f"{FOLDER}ten.{_short_key(names)}.json"
    contents = _render_contents(names_uri, years, tiers)
    files = [
        SiteFile(CONTENTS, contents, hashlib.sha256(contents).hexdigest()),
        SiteFile(names_uri, names, names_uri),
    ]
    for year in years:
        render = partial(render_titles, year.stories, archive.registers)
        files.append(SiteFile(_titles_uri(year), render, year.key))
    for tier in tiers:
        for shard in range(tier.shards):
            source = partial(tier.encode, shard)
            files.append(SiteFile(tier.files.replace("*", str(shard)), source, tier.key))
    return files


def _gather_years(archive: Archive, cache_dir: Path) -> list[Year]:
    """Return the years that have stories, the oldest first."""
    lore = gather_lore(archive)

    def gather_batch(period: str, stories: Sequence[Story]) -> Batch:
        facts = [
            (story.url, story.front_digest, story.body_digest, *lore.facts_of(story.head))
            for story in stories
        ]
        key = fingerprint(package_digest(), facts)
        return Batch(period, key, stories, archive.content.prose, lore, cache_dir)

    years = []
    keys = sorted(archive.keys_of("year"))
    for year in keys:
        stories = archive.stories_of("year", year)[::-1]
        periods = groupby(stories, _month) if year == keys[-1] else [(year, stories)]
        batches = [gather_batch(period, list(part)) for period, part in periods]
        years.append(Year(year, stories, batches))
    return years


def _month(story: Story) -> str:
    return story.head.month.replace("/", "-")


def _render_contents(names_uri: str, years: Sequence[Year], tiers: Sequence[Tier]) -> bytes:
    """Return the one file with a lasting address; it tells those of all others."""
    data: dict[str, Any] = {
        "names": names_uri,
        "years": [
            {"year": year.year, "titles": _titles_uri(year), "stories": len(year.stories)}
            for year in reversed(years)
        ],
        "tiers": [
            {
                "files": tier.files,
                "shards": tier.shards,
                "years": [year.year for year in tier.years],
            }
            for tier in tiers
        ],
    }
    return json.dumps(data, separators=(",", ":")).encode()


def _titles_uri(year: Year) -> str:
    return f"{FOLDER}bai-{year.year}.{_short_key(year.key)}.json"


def _short_key(value: object) -> str:
    return fingerprint(value)[:10]


def _forget_old(cache_dir: Path, pattern: str) -> None:
    """Keep what was made last."""
    kept = sorted(cache_dir.glob(pattern), key=lambda path: (path.stat().st_mtime_ns, path.name))
    for abs_path in kept[:-_KEPT]:
        abs_path.unlink(missing_ok=True)
