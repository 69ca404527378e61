"""Pages of honorees, and the register of honours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guongsang.addresses import HOME, HONOUR_DATA, HONOURS, is_switched_off, section_url
from guongsang.archive.archive import Archive
from guongsang.archive.honorees import (
    award_details,
    award_year,
    honoree_url,
    registered_profile,
    sort_awards,
)
from guongsang.archive.naming import may_name_everywhere
from guongsang.pages.lists import section_trail
from guongsang.registers.model import Award, Honoree
from guongsang.stories.schema import UNKNOWN
from guongsang.text.collate import collation_key, person_collation_key
from guongsang.views.model import (
    Card,
    HonoreeView,
    HonourGroup,
    HonourRow,
    HonoursView,
    Link,
    Moment,
    Profile,
)
from guongsang.views.outputs import Output, Page
from guongsang.views.pictures import cover_image
from guongsang.views.wording import KINDS, clip

_INTRO = "Khen thưởng của những cá nhân, tập thể và hộ gia đình đã có bài viết."


def list_people(archive: Archive) -> Iterator[Page]:
    """Yield the pages of all registered honorees that have a story."""
    for key in archive.keys_of("honoree"):
        yield from list_honoree(archive, key)


def list_honours(archive: Archive) -> Iterator[Page]:
    """Yield the register of honours, where the newsroom wants one."""
    if archive.registers.newsroom.switches.honours:
        yield Page(HONOURS, _plan_honours)


def list_honoree(archive: Archive, key: str) -> Iterator[Page]:
    """Yield the page of an honoree, where the newsroom wants such pages."""
    url = honoree_url(archive.registers, key)
    if url is not None:
        yield Page(url, _plan_honoree, (key,))


def honour_groups(
    archive: Archive, most: int | None = None, newest: int | None = None
) -> tuple[HonourGroup, ...]:
    """Return the valid awards by kind in precedence, each with who, when and in which story.

    Only the first `most` kinds, and of each the last `newest` awards, where these are given.
    """
    by_kind: dict[str, list[tuple[str, Award]]] = {}
    honorees = archive.registers.honorees
    honoured = [
        key
        for key, honoree in honorees.items()
        if honoree.valid_awards and archive.has_stories("honoree", key)
    ]
    keys = sorted(honoured, key=lambda key: _name_rank(archive, key))
    ranks = {key: rank for rank, key in enumerate(keys)}
    for key in keys:
        for award in sort_awards(archive.registers, honorees[key].valid_awards):
            by_kind.setdefault(award.award, []).append((key, award))
    kinds = [kind for kind in archive.registers.awards if kind in by_kind]
    return tuple(
        HonourGroup(
            kind,
            archive.registers.awards[kind].name,
            tuple(
                _honour_row(archive, key, ranks[key], award)
                for key, award in _by_year(by_kind[kind])[-(newest or 0) :]
            ),
        )
        for kind in kinds[:most]
    )


def _plan_honours(archive: Archive) -> Output:
    has_data = not is_switched_off(HONOUR_DATA, archive.registers.newsroom.switches)
    data = HONOUR_DATA if has_data else None
    view = HonoursView((Link("Trang chủ", HOME),), honour_groups(archive), data)
    return Output(HONOURS, "Khen thưởng", _INTRO, "honours.html", view)


def _plan_honoree(archive: Archive, key: str) -> Output:
    stories = archive.stories_of("honoree", key)
    told = next(other for other in stories[0].front.honorees if other.id == key)
    honoree = archive.registers.honorees[key]
    name = honoree.name if may_name_everywhere(archive, key) else None
    profile = registered_profile(archive, key, name, told=told)
    profile = profile._replace(name=honoree.name, url=None)
    same_as = tuple(Link(address, address) for address in honoree.same_as if "://" in address)
    view = HonoreeView(
        trail=section_trail("honoree"),
        profile=profile,
        timeline=tuple(_timeline(honoree, profile, [archive.cards[s.slug] for s in stories])),
        same_as=same_as,
        cards=tuple(archive.cards[story.slug] for story in stories),
    )
    awards = ", ".join(dict.fromkeys(award.name for award in profile.awards))
    facts = [fact for fact in (profile.role or profile.kind, profile.years, awards) if fact]
    return Output(
        url=section_url("honoree", key),
        title=honoree.name,
        description=clip(f"{profile.name}: {'; '.join(facts)}."),
        template="honoree.html",
        view=view,
        image=cover_image(archive.content, stories[0]),
    )


def _timeline(honoree: Honoree, profile: Profile, cards: Sequence[Card]) -> list[Moment]:
    """Put life, honours and stories in the order of years; a living child's birth stays out."""
    moments = []
    if profile.years:
        lived = (("Sinh", honoree.born), ("Mất", honoree.died))
        moments += [
            Moment("life", day[:4], Link(word)) for word, day in lived if day and day != UNKNOWN
        ]
    moments += [
        Moment("award", line.year, Link(line.name), line.details) for line in profile.awards
    ]
    moments += [
        Moment("story", card.date.iso[:4], Link(card.title, card.url), (card.date.text,))
        for card in reversed(cards)
    ]
    ranks = {"Sinh": 0, "Mất": 2}

    def rank(moment: Moment) -> tuple[str, int]:
        last = moment.kind == "story"
        return moment.when or "9999", 3 if last else ranks.get(moment.what.text, 1)

    return sorted(moments, key=rank)


def _honour_row(archive: Archive, key: str, rank: int, award: Award) -> HonourRow:
    """Make one row; its stories are those written about the award, else all of the honoree."""
    honoree = archive.registers.honorees[key]
    stories = archive.stories_of("honoree", key)
    about = [story for story in stories if award.id in story.brief.awards] or stories
    return HonourRow(
        key=key,
        honoree=Link(honoree.name, honoree_url(archive.registers, key)),
        rank=rank,
        kind=KINDS[honoree.kind],
        year=award_year(award),
        details=tuple(filter(None, (award.issuer, *award_details(award)))),
        stories=tuple(archive.story_link(story) for story in about),
    )


def _by_year(awards: list[tuple[str, Award]]) -> list[tuple[str, Award]]:
    return sorted(awards, key=lambda pair: award_year(pair[1]) or "9999")


def _name_rank(archive: Archive, key: str) -> tuple[object, ...]:
    honoree = archive.registers.honorees[key]
    if honoree.kind == "person":
        return person_collation_key(honoree.name, honoree.sort_name)
    return collation_key(honoree.sort_name or honoree.name), collation_key("")
