"""Plan first, pixels later: names, sizes and addresses of the pictures that will be made."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Final

from guongsang.photos.cards.card import CARD_HEIGHT, CARD_WIDTH, CardText, card_box
from guongsang.photos.crop import Box, Focus, crop_box, rounded
from guongsang.photos.facts import PhotoFacts
from guongsang.picture_formats import TYPES
from guongsang.text.fold import slug

# Raise by hand when rendering changes pixels for any reason that no option below tells.
RECIPE_NUMBER: Final = 2
# In order of preference, as `<picture>` lists them; every browser knows the last.
FORMATS: Final = ("avif", "jpg")
# Besides the recipe's, for the screens of cheap phones, 720 pixels wide: a small picture beside a
# text, and one over the whole width. Browsers that need JPEG are few.
PHONE_WIDTHS: Final = (240, 720)

# Derivatives up to this width share one decoded picture. It is a constant, not the recipe's
# largest width, so that the pixels of one width never depend on which others are made.
BASE_WIDTH: Final = 1440
# The shapes that search engines ask of an article's picture, with the largest width of each.
# https://developers.google.com/search/docs/appearance/structured-data/article
CROPS: Final = (((1, 1), 900), ((4, 3), 1200), ((16, 9), 1200))


@dataclass(frozen=True, slots=True)
class Recipe:
    """How pictures are made. Qualities run from 1 to 100; widths are pixels."""

    widths: tuple[int, ...] = (480, 960, 1440)
    jpeg_quality: int = 80
    avif_quality: int = 55
    number: int = RECIPE_NUMBER

    def digest(self, source: str) -> str:
        """Return 64 hex digits of the source's hash and everything here that changes pixels.

        Widths are left out: each width's pixels depend on no other, so adding one renames nothing.
        """
        told = f"{source} {self.number} {self.jpeg_quality} {self.avif_quality}"
        return hashlib.sha256(told.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Derivative:
    """One file to make. `uri` is relative to the site's root, `format` "avif" or "jpg".

    `box` is the part of the source that it shows, None for the whole; `card` are the words of a
    social card.
    """

    uri: str
    width: int
    height: int
    format: str
    box: Box | None = None
    card: CardText | None = None

    @property
    def mark(self) -> str:
        """Return what tells this file from the others of its picture and format."""
        made = _mark(self.width, self.height, self.box)
        return made if self.card is None else f"{made}-{self.card.digest('')[:16]}"


@dataclass(frozen=True, slots=True)
class PhotoPlan:
    """All files of one picture. `source` is the SHA-256 of the file; sizes are upright pixels.

    `digest` is what cache entries are named by, `recipe` what they are made with. `crops` are
    JPEGs in the shapes of CROPS, for covers only; `card` is the social card.
    """

    source: str
    width: int
    height: int
    derivatives: tuple[Derivative, ...]
    recipe: Recipe
    digest: str
    crops: tuple[Derivative, ...] = ()
    card: Derivative | None = None

    @property
    def files(self) -> tuple[Derivative, ...]:
        """Return everything to make."""
        return self.derivatives + self.crops + ((self.card,) if self.card else ())


def plan_photo(
    facts: PhotoFacts,
    *,
    folder: str,
    name: str,
    recipe: Recipe,
    is_cover: bool = False,
    focus: Focus | None = None,
    card: CardText | None = None,
) -> PhotoPlan:
    """Plan the files of one picture at `anh/<folder>/<name>-<hash>-<width>.<format>`.

    `folder` is the story's slug, `name` the file's name. Never wider than the source: a narrow one
    ends with its own width. A cover is also cropped around its focus, and becomes a social card at
    `the/<folder>-<hash>.jpg` when there are words for one.
    """
    digest = recipe.digest(facts.sha256)
    stem = f"anh/{folder}/{_stem(name)}-{digest[:10]}"
    derivatives = tuple(
        Derivative(f"{stem}-{width}.{suffix}", width, _height(facts, width), suffix)
        for suffix in FORMATS
        for width in _fitting_widths(_widths(recipe, suffix), facts.width)
    )
    crops = _plan_crops(facts, stem, focus) if is_cover else ()
    return PhotoPlan(
        source=facts.sha256,
        width=facts.width,
        height=facts.height,
        derivatives=derivatives,
        recipe=recipe,
        digest=digest,
        crops=crops,
        card=_plan_card(facts, digest, folder, focus, card) if card else None,
    )


def by_format(plan: PhotoPlan, suffix: str) -> tuple[Derivative, ...]:
    """Return the derivatives of "avif" or "jpg", narrowest first."""
    return tuple(made for made in plan.derivatives if made.format == suffix)


def largest(plan: PhotoPlan, suffix: str = "jpg") -> Derivative:
    """Return the widest derivative of a format: the `src` of `<img>`, the picture of a feed."""
    return by_format(plan, suffix)[-1]


def srcset(plan: PhotoPlan, suffix: str, prefix: str = "") -> str:
    """Return "…-480.avif 480w, …"; `prefix` leads from the page to the site's root ("../../")."""
    return ", ".join(f"{prefix}{made.uri} {made.width}w" for made in by_format(plan, suffix))


def plan_uris(plan: PhotoPlan) -> Iterator[str]:
    """Yield every address that the plan claims."""
    return (made.uri for made in plan.files)


def _plan_crops(facts: PhotoFacts, stem: str, focus: Focus | None) -> tuple[Derivative, ...]:
    found: list[Derivative] = []
    for (across, down), most in CROPS:
        box = crop_box(facts.width, facts.height, (across, down), focus)
        # As large as the shared decoded picture shows it.
        width = min(most, box.width, max(1, rounded(box.width * BASE_WIDTH, facts.width)))
        height = max(1, rounded(width * down, across))
        uri = f"{stem}-{_mark(width, height, box)}.jpg"
        found.append(Derivative(uri, width, height, "jpg", box))
    # Of a picture of a few pixels all shapes are one.
    return tuple({made.uri: made for made in found}.values())


def _plan_card(
    facts: PhotoFacts, digest: str, folder: str, focus: Focus | None, text: CardText
) -> Derivative:
    box = card_box(facts.width, facts.height, focus)
    name = text.digest(f"{digest} {box.left} {box.top}")[:10]
    return Derivative(f"the/{folder}-{name}.jpg", CARD_WIDTH, CARD_HEIGHT, "jpg", box, text)


def _mark(width: int, height: int, box: Box | None) -> str:
    return str(width) if box is None else f"{width}x{height}-{box.left}-{box.top}"


def _widths(recipe: Recipe, suffix: str) -> tuple[int, ...]:
    """Return the recipe's widths; below the largest, all but JPEG have those for phones, too."""
    most = max(recipe.widths, default=0)
    extra = (width for width in PHONE_WIDTHS if width < most) if suffix != FORMATS[-1] else ()
    return (*recipe.widths, *extra)


def _fitting_widths(widths: tuple[int, ...], source_width: int) -> list[int]:
    return sorted({min(width, source_width) for width in widths if width > 0})


def _height(facts: PhotoFacts, width: int) -> int:
    return max(1, rounded(facts.height * width, facts.width))


@lru_cache(maxsize=1024)
def _stem(name: str) -> str:
    path = PurePosixPath(name)
    stem = path.stem if path.suffix.lower() in TYPES else path.name
    return slug(stem) or "anh"
