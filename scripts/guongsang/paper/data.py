"""What is printed, as plain values: what the pages' view models hold, and nothing besides.

That is why consent holds on paper as it does on pages.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from guongsang.archive.archive import Archive
from guongsang.colours import ACCENT, read_colour
from guongsang.pages.story import plan_story
from guongsang.paper.pictures import Pictures
from guongsang.registers.model import Newsroom
from guongsang.render.qr import draw_qr
from guongsang.stories.model import Story
from guongsang.text.dates import format_day
from guongsang.text.fold import nfc
from guongsang.views.absolute import absolute_url
from guongsang.views.model import AwardLine, CreditLine, Figure, Profile, StoryView
from guongsang.views.tree import read_language, read_tree
from guongsang.views.wording import capitalise, quoted

_FOCUS: Final = re.compile(r"fx-(\d+) fy-(\d+)")
_SLANTED: Final = frozenset(("em", "i", "cite", "var", "dfn"))
# How much of a QR code may be lost (ISO/IEC 18004): a bulletin is read from near.
_BULLETIN_LEVEL: Final = "m"
_POSTER_LEVEL: Final = "q"


@dataclass(slots=True)
class DataMaker:
    """Makes what templates read; `pictures` notes which pictures that shows."""

    archive: Archive
    pictures: Pictures
    _slug: str = field(default="", init=False)

    def make_bulletin(
        self, stories: Sequence[Story], *, title: str, number: str, size: str
    ) -> dict[str, Any]:
        """Return the data of a bulletin, its stories in the order given."""
        told = [self.tell_story(story, _BULLETIN_LEVEL) for story in stories]
        # A cover is wide: a tall picture would lose its head on it.
        wide = [each["cover"] for each in told if each["cover"] and _is_wide(each["cover"])]
        return {
            **self._tell_newsroom(stories),
            "title": title,
            "number": number,
            "size": size,
            "lead": wide[0] if wide else None,
            "stories": told,
        }

    def make_poster(self, story: Story) -> dict[str, Any]:
        """Return the data of a poster."""
        told = self.tell_story(story, _POSTER_LEVEL)
        deeds = self.archive.registers.deeds
        return {
            **self._tell_newsroom([story]),
            "story": told,
            "deeds": [deeds[key].name for key in story.front.deeds],
            "summary": self.archive.cards[story.slug].summary,
        }

    def _tell_newsroom(self, stories: Sequence[Story]) -> dict[str, Any]:
        newsroom = self.archive.registers.newsroom
        newest = max(story.instant for story in stories).date()
        return {
            "name": newsroom.name,
            "agency": newsroom.agency,
            "accent": read_colour(newsroom.accent or "") or ACCENT,
            "imprint": list(_tell_imprint(newsroom, self.archive.content.site_url)),
            # The same whenever it is printed.
            "date": [newest.year, newest.month, newest.day],
        }

    def tell_story(self, story: Story, level: str = _BULLETIN_LEVEL) -> dict[str, Any]:
        """Return what a story's page shows; `level` is that of its QR code, see `draw_qr`."""
        view = plan_story(self.archive, story.slug).view
        assert isinstance(view, StoryView)
        self._slug = story.slug

        def find_link(href: str) -> str | None:
            target = view.body.links.get(href)
            return None if target is None else absolute_url(self.archive.content.site_url, target)

        lede, body = read_tree(view.body, find_link, self._show)
        kicker = view.kicker.text
        if view.series:
            kicker = f"{kicker} · {view.series.name}, kỳ {view.series.part}"
        return {
            "slug": story.slug,
            "title": view.title,
            "lang": read_language(view.lang) or "vi",
            "kicker": kicker,
            "credits": [_tell_credit(line) for line in view.credits],
            "date": format_day(dt.date.fromisoformat(view.date.iso[:10])),
            "places": [line.capitalised.text for line in view.places],
            "about": [*(each.name for each in view.honorees[:2]), *_tell_card(self.archive, story)],
            "cover": self._show(view.cover) if view.cover else None,
            "lede": lede,
            "body": body,
            "gallery": [self._show(figure) for figure in view.gallery],
            "profiles": [_tell_profile(profile) for profile in view.honorees],
            "corrections": [
                {"date": each.date.text, "was": quoted(each.was), "now": quoted(each.now)}
                for each in view.corrections
            ],
            "sources": [{"text": each.text, "url": each.url} for each in view.sources],
            "verified": view.verified,
            "address": view.address,
            "qr": draw_qr(view.address, level),
        }

    def _show(self, figure: Figure) -> dict[str, Any]:
        picture = figure.picture
        file, width, height = self.pictures.take(self._slug, picture.src)
        focus = _FOCUS.match(picture.focus)
        assert focus is not None
        return {
            "picture": {
                "file": file,
                "width": width,
                "height": height,
                "alt": picture.alt,
                "focus": [int(focus[1]) / 100, int(focus[2]) / 100],
            },
            "caption": figure.caption,
            "credit": figure.credit,
        }


def compose(value: Any) -> Any:
    """Return the value with every text in composed letters, as fonts have them."""
    if isinstance(value, str):
        return nfc(value)
    if isinstance(value, list):
        return [compose(each) for each in value]
    if isinstance(value, dict):
        return {name: compose(each) for name, each in value.items()}
    return value


def list_texts(value: Any, *, is_slanted: bool = False) -> Iterator[tuple[str, bool]]:
    """Yield every text, and whether it is set in italics."""
    if isinstance(value, str):
        yield value, is_slanted
    elif isinstance(value, Mapping):
        slanted = is_slanted or value.get("tag") in _SLANTED or "tho" in value.get("class", "")
        for name, each in value.items():
            if name not in ("tag", "class", "qr"):
                yield from list_texts(each, is_slanted=slanted)
    elif isinstance(value, list):
        for each in value:
            yield from list_texts(each, is_slanted=is_slanted)


def _tell_card(archive: Archive, story: Story) -> list[str]:
    place = archive.cards[story.slug].place
    return [place] if place else []


def _is_wide(figure: Mapping[str, Any]) -> bool:
    return bool(figure["picture"]["width"] >= figure["picture"]["height"])


def _tell_imprint(newsroom: Newsroom, site_url: str) -> Iterator[list[str]]:
    yield ["", newsroom.agency]
    yield ["Chịu trách nhiệm nội dung", newsroom.responsible_editor]
    if newsroom.licence:
        yield ["Giấy phép", newsroom.licence]
    contact = newsroom.contact
    reached = (contact.name, contact.address, contact.phone, contact.email)
    yield ["Liên hệ", ", ".join(each for each in reached if each)]
    yield ["Trên mạng", site_url]


def _tell_credit(line: CreditLine) -> str:
    return f"{line.label}: {', '.join(name.text for name in line.names)}"


def _tell_profile(profile: Profile) -> dict[str, Any]:
    facts = [profile.role, capitalise(profile.years) if profile.years else None]
    facts.append("Người có uy tín" if profile.trusted else None)
    facts.append(f"Dân tộc {profile.ethnic_group}" if profile.ethnic_group else None)
    if profile.other_names:
        facts.append(f"Tên khác: {', '.join(profile.other_names)}")
    facts += [
        f"{place.label}: {place.text}" if place.label else place.capitalised.text
        for place in profile.places
    ]
    return {
        "name": profile.name,
        "kind": profile.kind,
        "facts": [fact for fact in facts if fact],
        "awards": [_tell_award(line) for line in profile.awards],
    }


def _tell_award(line: AwardLine) -> dict[str, Any]:
    year = f" ({line.year})" if line.year else ""
    details = f": {'; '.join(line.details)}" if line.details else ""
    return {"text": f"{line.name}{year}{details}", "shown": line.shown}
