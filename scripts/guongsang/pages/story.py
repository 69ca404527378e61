"""The page of one story."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from urllib.parse import quote

from guongsang.addresses import HOME, attachment_uri, audio_uri, section_url
from guongsang.archive.archive import Archive
from guongsang.archive.honorees import story_profiles
from guongsang.render.films import view_films
from guongsang.stories.model import AUDIO_TYPES, Audio, Story, Verified
from guongsang.text.count import reading_minutes
from guongsang.text.dates import format_day, iso_moment
from guongsang.views.absolute import absolute_url
from guongsang.views.links import resolve_links, search_link
from guongsang.views.model import (
    AudioView,
    Body,
    CorrectionView,
    FileLink,
    Link,
    PlaceLine,
    SeriesBox,
    SeriesItem,
    StoryView,
)
from guongsang.views.outputs import Output
from guongsang.views.pictures import card_image, cover_crops, find_figures
from guongsang.views.share import share_links
from guongsang.views.wording import (
    credit_lines,
    day_text,
    language_name,
    moment_text,
    place_line,
)


def plan_story(archive: Archive, slug: str) -> Output:
    """Plan the page of one public story."""
    story = archive.story(slug)
    return Output(
        url=story.url,
        title=story.front.title,
        description=story.front.summary,
        template="story.html",
        view=_story_view(archive, story),
        image=card_image(archive.content, story),
    )


def _story_view(archive: Archive, story: Story) -> StoryView:
    front, registers = story.front, archive.registers
    prose = archive.content.prose[story.slug]
    figures = find_figures(archive.content, story)
    in_text = {use.src for use in prose.photos}
    older, newer = _neighbours(archive, story)
    address = absolute_url(archive.content.site_url, story.url)
    kicker = Link(registers.columns[front.column].name, section_url("column", front.column))
    return StoryView(
        trail=(Link("Trang chủ", HOME), kicker),
        kicker=kicker,
        title=front.title,
        lang=front.lang,
        credits=credit_lines(registers, front.authors),
        date=moment_text(story.instant),
        updated=moment_text(front.updated) if front.updated else None,
        modified=iso_moment(story.last_changed),
        minutes=reading_minutes(prose.syllables),
        places=_places(archive, story),
        cover=figures.get(front.cover.src) if front.cover else None,
        crops=tuple(made.uri for made in cover_crops(archive.content, story)),
        corrections=tuple(
            CorrectionView(day_text(item.date), item.was, item.now) for item in front.corrections
        ),
        audio=tuple(_audio_view(story, item) for item in front.audio),
        follows=_followed(archive, story),
        followed_by=tuple(
            archive.story_link(archive.story(later)) for later in archive.follow_ups(story.slug)
        ),
        body=Body(
            prose,
            {src: figure for src, figure in figures.items() if src in in_text},
            resolve_links((use.href for use in prose.links), story, archive.urls),
            view_films(story, prose.films, figures, archive.content.site_url),
        ),
        gallery=tuple(
            figures[photo.src]
            for photo in front.photos
            if photo.src in figures and photo.src not in in_text
        ),
        honorees=story_profiles(archive, story),
        series=_series_box(archive, story),
        sources=tuple(Link(source.title, source.url) for source in front.sources),
        verified=_verified(front.verified),
        attachments=tuple(
            FileLink(
                item.title,
                quote(attachment_uri(story.slug, item.src)),
                _suffix(item.src).upper(),
            )
            for item in front.attachments
        ),
        topics=tuple(_topics(archive, story)),
        tags=tuple(search_link(registers, tag) for tag in front.tags),
        address=address,
        share=share_links(address),
        report=_report_address(archive, story, address),
        newer=newer,
        older=older,
        related=tuple(archive.cards[other] for other in archive.related(story.slug)),
    )


def _places(archive: Archive, story: Story) -> tuple[PlaceLine, ...]:
    return tuple(
        place_line(archive.registers, place.unit, place.as_printed, place.village)
        for place in story.front.places
    )


def _neighbours(archive: Archive, story: Story) -> tuple[Link | None, Link | None]:
    """Return the links to the older and the newer story of the column."""
    older, newer = archive.neighbours(story.slug)
    return _link(archive, older), _link(archive, newer)


def _link(archive: Archive, slug: str | None) -> Link | None:
    card = archive.cards[slug] if slug else None
    return Link(card.title, card.url) if card else None


def _followed(archive: Archive, story: Story) -> Link | None:
    slug = story.front.follows
    card = archive.cards.get(slug) if slug else None
    return Link(card.title, card.url) if card else None


def _series_box(archive: Archive, story: Story) -> SeriesBox | None:
    part = story.front.series
    if part is None:
        return None
    return SeriesBox(
        archive.registers.series[part.id].name,
        section_url("series", part.id),
        part.part,
        tuple(
            SeriesItem(
                other.front.series.part,
                other.front.title,
                None if other.slug == story.slug else other.url,
            )
            for other in sort_parts(archive.stories_of("series", part.id))
            if other.front.series
        ),
    )


def sort_parts(stories: Sequence[Story]) -> list[Story]:
    """Sort the stories of a series by part; two with one number by slug."""

    def rank(story: Story) -> tuple[int, str]:
        return story.front.series.part if story.front.series else 0, story.slug

    return sorted(stories, key=rank)


def _audio_view(story: Story, audio: Audio) -> AudioView:
    notes = []
    if audio.credit:
        notes.append(audio.credit)
    if audio.made_by == "machine":
        notes.append("Giọng đọc do máy tạo")
    return AudioView(
        uri=quote(audio_uri(story.slug, audio.src)),
        mime=AUDIO_TYPES[_suffix(audio.src)],
        label=f"Nghe bài bằng {language_name(audio.lang)}",
        lang=audio.lang,
        transcript=tuple((audio.transcript or "").split("\n\n")) if audio.transcript else (),
        notes=tuple(notes),
    )


def _topics(archive: Archive, story: Story) -> Iterator[Link]:
    """Yield the links to the fields and deeds of a story."""
    for key in story.front.fields:
        yield Link(archive.registers.fields[key].name, section_url("field", key))
    for key in story.front.deeds:
        yield Link(archive.registers.deeds[key].name, section_url("deed", key))


def _verified(verified: Verified | None) -> str | None:
    if verified is None:
        return None
    day = format_day(verified.date)
    return f"{verified.by} đã xác nhận nội dung bài ({day[0].lower()}{day[1:]})."


def _report_address(archive: Archive, story: Story, address: str) -> str | None:
    """Return the mail address of "Báo lỗi" with the story's title and address filled in."""
    email = archive.registers.newsroom.contact.email
    if email is None:
        return None
    title = quote(story.front.title, safe="")
    subject = f"{_quoted('Báo lỗi: ')}{title}"
    story_is, page_is = _quoted("Bài: "), _quoted("\nĐịa chỉ: ")
    wanted = _quoted("\n\nChỗ sai:\nĐiều đúng và nguồn:\n")
    body = f"{story_is}{title}{page_is}{quote(address, safe='')}{wanted}"
    return f"mailto:{email}?subject={subject}&body={body}"


@cache
def _quoted(words: str) -> str:
    return quote(words, safe="")


def _suffix(name: str) -> str:
    return name.rpartition(".")[2].lower()
