"""People, houses and places as schema.org calls them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from guongsang.views.model import AwardLine, Contributor, PlaceLine, Profile
from guongsang.views.wording import KINDS

Thing = dict[str, Any]


def describe_contributor(contributor: Contributor, find: Callable[[str], str]) -> Thing:
    """Return the Person or, for a desk, the Organization that made something."""
    kind = "Organization" if contributor.is_desk else "Person"
    made: Thing = {"@type": kind, "name": contributor.text}
    if contributor.url is not None:
        made["url"] = find(contributor.url)
    return made


def describe_honoree(profile: Profile, find: Callable[[str], str]) -> Thing | None:
    """Return who a page is about; None where the name may not be told.

    Never years of life, ethnic group or health, whatever the page shows.
    """
    if profile.open_name is None:
        return None
    kind = "Person" if profile.kind == KINDS["person"] else "Organization"
    made: Thing = {"@type": kind, "name": profile.open_name}
    if profile.url is not None:
        made |= {"@id": f"{find(profile.url)}#nhan-vat", "url": find(profile.url)}
    if profile.other_names:
        made["alternateName"] = list(profile.other_names)
    if profile.awards:
        made["award"] = [_award_text(line) for line in profile.awards]
    return made


def describe_place(line: PlaceLine, find: Callable[[str], str]) -> Thing:
    """Return a place by its present name, with the printed one beside it."""
    made: Thing = {"@type": "Place", "name": line.now or line.printed}
    if line.now:
        made["alternateName"] = line.printed
    if line.url is not None:
        made["url"] = find(line.url)
    return made


def _award_text(line: AwardLine) -> str:
    return f"{line.name} ({line.year})" if line.year else line.name
