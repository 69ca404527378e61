"""Who is written about: profiles with nothing that consent does not cover."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from guongsang.addresses import section_url
from guongsang.archive.archive import Archive
from guongsang.archive.naming import open_name
from guongsang.registers.model import Award, Honoree, Registers
from guongsang.stories.model import Consent, Story, StoryHonoree
from guongsang.text.dates import format_day
from guongsang.text.fold import tone_key
from guongsang.views.model import AwardLine, PlaceLine, Profile
from guongsang.views.wording import (
    KINDS,
    capitalise,
    life_fact,
    life_years,
    place_line,
    relation_label,
)


def story_profiles(archive: Archive, story: Story) -> tuple[Profile, ...]:
    """Return the boxes of a story."""
    profiles = []
    for told in story.front.honorees:
        name = open_name(told, story.front.date.date(), archive.registers)
        if told.id is None:
            profiles.append(_inline_profile(told, name))
        else:
            awards = story.front.awards
            profiles.append(registered_profile(archive, told.id, name, told=told, shown=awards))
    return tuple(profiles)


def registered_profile(
    archive: Archive,
    key: str,
    name: str | None,
    *,
    told: StoryHonoree | None = None,
    shown: Collection[str] = (),
) -> Profile:
    """Return the profile of a registered honoree, with the role that a story tells.

    `name` is the open name; `shown` are the ids of the awards that a story was written about.
    """
    registers = archive.registers
    honoree = registers.honorees[key]
    called = told.called if told and told.called else honoree.called
    open_ethnic_group = allows_ethnic_group(honoree.consent) and (
        told is None or told.consent is None or allows_ethnic_group(told.consent)
    )
    return Profile(
        name=address_name(called, honoree.name),
        open_name=name,
        url=honoree_url(registers, key),
        kind=KINDS[honoree.kind],
        role=capitalise(told.role) if told and told.role else None,
        years=life_years(*_life(honoree)),
        lived=life_fact(*_life(honoree)),
        ethnic_group=honoree.ethnic_group if open_ethnic_group else None,
        trusted=honoree.trusted_person,
        other_names=tuple(honoree.other_names),
        places=_places(archive, honoree),
        awards=award_lines(registers, honoree.valid_awards, shown),
    )


def honoree_url(registers: Registers, key: str) -> str | None:
    """Return the address of an honoree's page; None where the newsroom wants no such pages."""
    return section_url("honoree", key) if registers.newsroom.switches.people else None


def allows_ethnic_group(consent: Consent | None) -> bool:
    """Return whether the ethnic group, sensitive by law, may be shown."""
    return consent is not None and not consent.withdrawn and "ethnic_group" in consent.scope


def address_name(called: str | None, name: str | None) -> str:
    """Name somebody as the paper does: "Bác sĩ Đặng Thùy Trâm", "Một em học sinh lớp 4"."""
    return capitalise(" ".join(part for part in (called, name) if part))


def sort_awards(registers: Registers, awards: Iterable[Award]) -> list[Award]:
    """Sort by precedence (the order of awards.yml), then by year; the unknown year last."""
    ranks = {key: rank for rank, key in enumerate(registers.awards)}
    return sorted(awards, key=lambda award: (ranks[award.award], award_year(award) or "9999"))


def award_lines(
    registers: Registers, awards: Collection[Award], shown: Collection[str]
) -> tuple[AwardLine, ...]:
    if not awards:
        return ()  # as of most: nobody has to rank all kinds for that
    return tuple(
        AwardLine(
            award_name(registers.awards[award.award].name, award.issuer),
            award_year(award),
            award_details(award),
            award.id in shown,
        )
        for award in sort_awards(registers, awards)
    )


def award_year(award: Award) -> str | None:
    if award.year is not None:
        return str(award.year)
    return str(award.date.year) if award.date else None


def award_name(kind: str, issuer: str | None) -> str:
    """Return the kind and who gave it: “Bằng khen” alone says little."""
    return f"{kind}, {issuer}" if issuer and tone_key(issuer) not in tone_key(kind) else kind


def award_details(award: Award) -> tuple[str, ...]:
    """Word what else is known of an award than who gave it; never guessed."""
    details = []
    if award.posthumous:
        details.append("truy tặng")
    if award.decision:
        details.append(f"quyết định {award.decision}")
    if award.date:
        details.append(format_day(award.date).partition(", ")[2])
    return tuple(details)


def _places(archive: Archive, honoree: Honoree) -> tuple[PlaceLine, ...]:
    """Word the places of an honoree; only those with a story have a page to lead to."""
    lines = []
    for place in honoree.places:
        label = relation_label(place.relation, honoree.kind)
        line = place_line(archive.registers, place.unit, place.as_printed, place.village, label)
        has_page = archive.has_stories("place", place.unit)
        lines.append(line if has_page else line._replace(url=None))
    return tuple(lines)


def _inline_profile(honoree: StoryHonoree, name: str | None) -> Profile:
    return Profile(
        name=address_name(honoree.called, honoree.name),
        open_name=name,
        url=None,
        kind=KINDS[honoree.kind or "person"],
        role=capitalise(honoree.role) if honoree.role else None,
        years=life_years(*_life(honoree)),
        lived=life_fact(*_life(honoree)),
        ethnic_group=honoree.ethnic_group if allows_ethnic_group(honoree.consent) else None,
        trusted=False,
        other_names=(),
        places=(),
        awards=(),
    )


def _life(honoree: Honoree | StoryHonoree) -> tuple[str | None, str | None]:
    """A living minor's age is nobody's business here."""
    is_hidden = honoree.minor and honoree.died is None
    return (None, None) if is_hidden else (honoree.born, honoree.died)
