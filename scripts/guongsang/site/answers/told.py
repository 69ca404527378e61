"""What is told of a story elsewhere: its card, its lines in data files, the files that it shows.

One rule makes them, for which its front matter is loaded once; each is cut off by itself. Pages ask
for the card of a story and not for what it is made from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from guongsang.archive.archive import build_card
from guongsang.engine.table import TEXT, Part, Query, Split
from guongsang.exports.data import render_record
from guongsang.exports.sitemap import tell_story
from guongsang.render.render import draw_uses
from guongsang.site.sources.lists import SHOWN_STORY
from guongsang.views.model import Candidate, Card, DateText, Link, PictureView, Source

if TYPE_CHECKING:
    from guongsang.engine.ask import Ask
    from guongsang.site.answers.archive import Lists
    from guongsang.site.answers.newsroom import Newsroom


# What a story shows, offers and plays; see `Media`.
MEDIA: Final = "media"
# Of so many stories the cards stay unpacked, 2 kB each.
_CARDS_KEPT: Final = 2_048


def query_told(newsroom: Newsroom) -> Query:
    kind = newsroom.kind
    # A line of the data file; an element of the sitemap, with the last change that it tells.
    parts = (Part(kind("record"), TEXT), Part(kind("element")), Part(kind(MEDIA)))
    return Query(kind("card"), _Told(newsroom).make, each=kind(SHOWN_STORY), parts=parts)


@dataclass(frozen=True, slots=True)
class _Told:
    newsroom: Newsroom

    def make(self, ask: Ask, slug: str) -> Split:
        newsroom, kind = self.newsroom, self.newsroom.kind
        ask("newsroom")
        ask(kind("setting"))

        def make() -> Split:
            archive = newsroom.archive
            content, story = archive.content, archive.story(slug)
            record = render_record(archive, story).decode()
            told = {
                kind("record"): record,
                kind("element"): tell_story(content, story),
                kind(MEDIA): newsroom.pictures.list_media(slug),
            }
            parts = {name: {slug: each} for name, each in told.items()}
            return Split(draw_uses(build_card(content, story)), parts)

        return newsroom.asked.make(ask, make)


class Cards(Mapping[str, Card]):
    """The cards of public stories, each unpacked once; who looks is noted."""

    def __init__(self, lists: Lists, newsroom: Newsroom) -> None:
        self._lists, self._newsroom = lists, newsroom
        self._known: dict[str, Card] = {}

    def __getitem__(self, slug: str) -> Card:
        self._newsroom.asked.recorder.ask("card", slug)
        found = self._known.get(slug)
        if found is None:
            told = self._lists.get("card", slug)
            if told is None:
                raise KeyError(slug)
            if len(self._known) >= _CARDS_KEPT:
                del self._known[next(iter(self._known))]
            found = self._known[slug] = _unpack_card(told)
        return found

    def __iter__(self) -> Iterator[str]:
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError


def _unpack_card(told: list[Any]) -> Card:
    """Return a card from plain values, in which tuples are lists."""
    url, title, lang, kicker, summary, picture, place, date, drawn = told
    view = None
    if picture is not None:
        src, width, height, alt, focus, sources, jpeg, placeholder = picture
        others = tuple(Source(mime, _unpack_candidates(found)) for mime, found in sources)
        best = _unpack_candidates(jpeg)
        view = PictureView(src, width, height, alt, focus, others, best, placeholder)
    return Card(
        url,
        title,
        lang,
        Link(*kicker),
        summary,
        view,
        place,
        DateText(*date),
        tuple(map(tuple, drawn)),
    )


def _unpack_candidates(told: list[Any]) -> tuple[Candidate, ...]:
    return tuple(Candidate(*each) for each in told)
