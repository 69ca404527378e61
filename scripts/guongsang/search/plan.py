"""The files of the search, planned by year: what did not change is neither read nor made again.

One file of titles per year, one of all names, and two sets of shards: of the newest year, which
changes with every story published, and of those before it. The address of a shard follows from what
is in it, so that readers may keep those that an edit has left alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Final

from guongsang.archive.archive import Archive
from guongsang.publish.fingerprint import fingerprint, package_digest
from guongsang.search.documents import gather_lore
from guongsang.search.names import render_names, render_titles
from guongsang.search.shards import count_shards, digest_shard, encode_shard
from guongsang.search.years import Year, gather_year
from guongsang.traces import Made
from guongsang.views.outputs import SiteFile

FOLDER: Final = "tai-nguyen/tim-kiem/"
CONTENTS: Final = "tim-kiem/muc-luc.json"
CACHE: Final = "search"
_KEY_DIGITS: Final = 10

# Given a plan's name, returns the addresses of its files if these are as they were: what it was
# made from counts as asked for again. Nothing where that is not known.
Standing = Callable[[str], Sequence[str]]


def _find_none(_: str) -> Sequence[str]:
    return ()


@dataclass(frozen=True)
class Tier:
    """Shards of the years given, whose stories are numbered on, the oldest year first."""

    years: Sequence[Year]

    @cached_property
    def keys(self) -> list[str]:
        """What tells each shard from any other."""
        counts = [len(year.rows) for year in self.years]
        shards = count_shards(sum(counts))
        about = f"{package_digest()} {[year.year for year in self.years]} {counts}"
        digests = [year.slot_digests for year in self.years]
        return [digest_shard(digests, shard, shards, about) for shard in range(shards)]

    def list_files(self) -> Iterator[SiteFile]:
        for shard, key in enumerate(self.keys):
            yield SiteFile(f"{FOLDER}{shard}.{key}.bin", partial(self._encode, shard), key)

    def _encode(self, shard: int) -> bytes:
        return encode_shard([year.segment for year in self.years], shard, len(self.keys))


def list_plans(
    archive: Archive, cache_dir: Path, *, full_text: bool = True, standing: Standing = _find_none
) -> Iterator[tuple[str, Callable[[], list[SiteFile]]]]:
    """Yield what plans the files of the search, by name: those of each year, then the others.

    Without `full_text` only titles and names can be found. `cache_dir` is the newsroom's; safe to
    delete. `standing` knows the files of plans that are as they were.
    """
    lore = gather_lore(archive)
    keys = sorted(archive.keys_of("year"))
    years = Made(
        dict.fromkeys(keys),
        lambda key: gather_year(
            archive, lore, key, cache_dir / CACHE, _start_of_key(standing(name_year(key)))
        ),
        archive.content.recorder,
    )
    for key in keys:
        yield name_year(key), partial(_plan_year, years, key, full_text=full_text)
    yield "search", partial(_plan_all, archive, years, full_text=full_text)


def find_key(archive: Archive, year: str, cache_dir: Path) -> str:
    """Return what tells a year of the search from any other."""
    return gather_year(archive, gather_lore(archive), year, cache_dir).key


def _plan_year(years: Mapping[str, Year], key: str, *, full_text: bool) -> list[SiteFile]:
    year = years[key]
    if full_text and not year.is_known:
        _ = year.slot_digests  # another process may index the next one meanwhile
    return [SiteFile(_titles_uri(year), render_titles(year.rows), year.key)]


def _plan_all(archive: Archive, known: Mapping[str, Year], *, full_text: bool) -> list[SiteFile]:
    years = [known[key] for key in sorted(archive.keys_of("year"))]
    tiers = [Tier(part) for part in (years[-1:], years[:-1]) if part] if full_text else []
    closed = {key for year in years for row in year.rows for key in row.closed}
    names = render_names(archive, closed)
    names_uri = f"{FOLDER}ten.{fingerprint(names)[:10]}.json"
    contents = _render_contents(names_uri, years, tiers)
    files = [
        SiteFile(CONTENTS, contents, hashlib.sha256(contents).hexdigest()),
        SiteFile(names_uri, names, names_uri),
    ]
    return files + [file for tier in tiers for file in tier.list_files()]


def _render_contents(names_uri: str, years: Sequence[Year], tiers: Sequence[Tier]) -> bytes:
    """Return the one file with a lasting address; it tells those of all others."""
    data: dict[str, Any] = {
        "names": names_uri,
        "years": [
            {"year": year.year, "titles": _titles_uri(year), "stories": len(year.rows)}
            for year in reversed(years)
        ],
        "tiers": [
            {"folder": FOLDER, "keys": tier.keys, "years": [year.year for year in tier.years]}
            for tier in tiers
        ],
    }
    return json.dumps(data, separators=(",", ":")).encode()


def _titles_uri(year: Year) -> str:
    return f"{FOLDER}bai-{year.year}.{year.key[:_KEY_DIGITS]}.json"


def _start_of_key(uris: Sequence[str]) -> str:
    """Return what the address of the titles tells of the key of their year."""
    return uris[0].rsplit(".", 2)[1] if uris else ""


def name_year(year: str) -> str:
    """Return the name of the plan of a year."""
    return f"search {year}"
