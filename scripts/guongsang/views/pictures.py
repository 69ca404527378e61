"""Planned photos as templates read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from guongsang.photos.crop import Focus, default_focus
from guongsang.photos.plan import FORMATS, Derivative, PhotoPlan, by_format, largest
from guongsang.picture_formats import TYPES
from guongsang.stories.model import Story, StoryPhoto
from guongsang.views.content import Content, Picture
from guongsang.views.model import Candidate, Figure, PictureView, Source
from guongsang.views.outputs import PageImage

# A card is never wider than 44rem; the widest files are for story pages.
CARD_WIDTH: Final = 960
_FOCUS_STEP: Final = 5


def picture_view(photo: StoryPhoto, picture: Picture, *, on_card: bool = False) -> PictureView:
    """Make the view of one photo. Cards leave placeholders out: twenty-four are too heavy."""
    plan = picture.plan
    *sources, (_, jpeg) = (
        Source(TYPES[f".{suffix}"], _candidates(plan, suffix, on_card)) for suffix in FORMATS
    )
    return PictureView(
        src=jpeg[-1].uri,
        width=plan.width,
        height=plan.height,
        alt=photo.alt,
        focus=focus_classes(photo.focus or default_focus(plan.width, plan.height)),
        sources=tuple(sources),
        jpeg=jpeg,
        placeholder=None if on_card else picture.placeholder,
    )


def find_figures(content: Content, story: Story) -> Mapping[str, Figure]:
    """Return the figures of a story by file name, the cover first, in the catalogue's order."""
    found: dict[str, Figure] = {}
    for photo in story.front.pictures:
        picture = content.pictures.get((story.slug, photo.src))
        if picture is not None:
            view = picture_view(photo, picture)
            found[photo.src] = Figure(view, photo.caption, photo.credit)
    return found


def find_cover(content: Content, story: Story) -> tuple[StoryPhoto, Picture] | None:
    """Return the cover with what is made of it; None where there is none, or it is no picture."""
    cover = story.front.cover
    picture = content.pictures.get((story.slug, cover.src)) if cover else None
    return (cover, picture) if cover and picture else None


def cover_image(content: Content, story: Story) -> PageImage | None:
    """Return the JPEG that stands for a story elsewhere."""
    found = find_cover(content, story)
    if found is None:
        return None
    cover, picture = found
    made = largest(picture.plan)
    return PageImage(made.uri, made.width, made.height, cover.alt)


def card_image(content: Content, story: Story) -> PageImage | None:
    """Return what links to a story show: its social card or, where none are drawn, its cover."""
    found = find_cover(content, story)
    card = found[1].plan.card if found else None
    if found is None or card is None:
        return cover_image(content, story)
    return PageImage(card.uri, card.width, card.height, found[0].alt)


def cover_crops(content: Content, story: Story) -> tuple[Derivative, ...]:
    """Return the cover as JPEGs in the shapes that search engines ask for: 1:1, 4:3, 16:9.

    Where none are cut, the whole cover is all there is.
    """
    found = find_cover(content, story)
    return (found[1].plan.crops or (largest(found[1].plan),)) if found else ()


def focus_classes(focus: Focus) -> str:
    """Name the classes for a focus, in steps of 5 %: inline styles are not allowed."""
    x, y = focus
    return f"fx-{_focus_step(x)} fy-{_focus_step(y)}"


def focus_rules() -> str:
    """Return the CSS rules behind `focus_classes`."""
    steps = range(0, 101, _FOCUS_STEP)
    return "".join(f".fx-{at}{{--fx:{at}%}}.fy-{at}{{--fy:{at}%}}" for at in steps)


def _focus_step(fraction: float) -> int:
    return int(fraction * 100 / _FOCUS_STEP + 0.5) * _FOCUS_STEP


def _candidates(plan: PhotoPlan, suffix: str, on_card: bool) -> tuple[Candidate, ...]:
    made = by_format(plan, suffix)
    if on_card:
        made = tuple(item for item in made if item.width <= CARD_WIDTH) or made[:1]
    return tuple(Candidate(item.uri, item.width) for item in made)
