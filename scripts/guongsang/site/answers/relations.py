"""Which stories to read next: of those that may have others than before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from guongsang.archive.related import Keys, Nearest, Related, Relating
from guongsang.archive.related_again import find_again
from guongsang.engine.table import GONE, Part, Query, Split
from guongsang.engine.workers import can_fork, share_work
from guongsang.site.sources.lists import STORIES, slug_of

if TYPE_CHECKING:
    from guongsang.engine.ask import Ask, Old
    from guongsang.site.answers.newsroom import Newsroom

# Of more changed stories, it is as quick to look at all.
_FEW: Final = 60
# Of fewer stories it takes some tenths of a second.
_WORTH_SHARING: Final = 2_000


def query_related(newsroom: Newsroom) -> Query:
    related = _Relations(newsroom)
    part = Part(newsroom.kind("related"))
    return Query(newsroom.kind("relations"), related.make, parts=(part,), folds=True)


@dataclass(frozen=True, slots=True)
class _Relations:
    newsroom: Newsroom

    def make(self, ask: Ask, _: str) -> Split:
        """Find what is related. The value: slugs, newest first, their keys, the nearest."""
        view = self.newsroom.kind
        entries = ask(view("list"), STORIES)
        briefs = ask.all("brief")
        uris = {slug_of(uri): uri for uri, _, _ in entries}
        slugs = list(uris)
        if ask.old is not None:
            told = ask.old.value
            before = dict(zip(told["slugs"], map(_freeze, told["keys"]), strict=True))
            changed = {slug_of(uri) for uri in ask.old.changed("brief")}
            changed = {slug for slug in changed if slug in before or slug in uris}
            changed |= before.keys() ^ uris.keys()
            is_in_order = [slug for slug in before if slug not in changed] == [
                slug for slug in slugs if slug not in changed
            ]
            if before and is_in_order and len(changed) <= _FEW:
                now = {
                    slug: _read_keys(briefs[uri]) if slug in changed else before[slug]
                    for slug, uri in uris.items()
                }
                return self._relate_again(ask.old, before, now, changed)
        now = {slug: _read_keys(briefs[uri]) for slug, uri in uris.items()}
        related, nearest = _relate_all(now, self.newsroom.project.workers)
        return Split(_pack(now, nearest), {view("related"): related})

    def _relate_again(
        self, old: Old, before: Mapping[str, Keys], now: Mapping[str, Keys], changed: set[str]
    ) -> Split:
        kind = self.newsroom.kind("related")
        known = {tuple(own): tuple(slugs) for own, slugs in old.value["nearest"]}

        def find_related(slugs: Iterable[str]) -> Related:
            return {slug: tuple(told) for slug, told in old.parts(kind, slugs).items()}

        again, nearest = find_again(before, now, changed, find_related, known)
        gone = dict.fromkeys(before.keys() - now.keys(), GONE)
        return Split(_pack(now, nearest), {kind: {**again, **gone}}, is_patch=True)


def _relate_all(now: Mapping[str, Keys], workers: int) -> tuple[Related, Nearest]:
    slugs, keys = list(now), list(now.values())
    if not can_fork(workers) or len(slugs) < _WORTH_SHARING:
        relating = Relating(slugs, keys)
        return {slug: relating.find(at) for at, slug in enumerate(slugs)}, relating.nearest
    relating = Relating(slugs, keys)
    own = list(relating.bits_of)
    near = share_work(own, relating.find_nearest, workers=workers)
    relating = Relating(slugs, keys, dict(zip(own, near, strict=True)))
    found = share_work(range(len(slugs)), relating.find, workers=workers)
    return dict(zip(slugs, found, strict=True)), relating.nearest


def _pack(keys: Mapping[str, Keys], nearest: Mapping[Any, tuple[str, ...]]) -> dict[str, Any]:
    return {
        "slugs": list(keys),
        "keys": list(keys.values()),
        "nearest": sorted(nearest.items()),
    }


def _read_keys(told: Mapping[str, Any]) -> Keys:
    return _freeze(told["keys"])


def _freeze(told: list[list[str]]) -> Keys:
    """Return keys from plain values, in which tuples are lists."""
    common, rare = told
    return tuple(common), tuple(rare)
