"""Plan first, pixels later: names, sizes and addresses of the pictures that will be made."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from guongsang.photos.facts import PhotoFacts
from guongsang.photos.opening import EXTENSIONS
from guongsang.text.fold import slug

# Raise by hand when rendering changes pixels for any reason that no option below tells.
RECIPE_NUMBER: Final = 1
# In order of preference, as `<picture>` lists them.
FORMATS: Final = ("avif", "jpg")

_SUFFIXES: Final = frozenset(suffix for group in EXTENSIONS.values() for suffix in group)


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
    """One file to make. `uri` is relative to the site's root, `format` "avif" or "jpg"."""

    uri: str
    width: int
    height: int
    format: str


@dataclass(frozen=True, slots=True)
class PhotoPlan:
    """All files of one picture. `source` is the SHA-256 of the file; sizes are upright pixels.

    `digest` is what cache entries are named by, `recipe` what they are made with.
    """

    source: str
    width: int
    height: int
    derivatives: tuple[Derivative, ...]
    recipe: Recipe
    digest: str


def plan_photo(facts: PhotoFacts, *, folder: str, name: str, recipe: Recipe) -> PhotoPlan:
    """Plan the files of one picture at `anh/<folder>/<name>-<hash>-<width>.<format>`.

    `folder` is the story's slug, `name` the file's name. Never wider than the source: a narrow one
    ends with its own width.
    """
    digest = recipe.digest(facts.sha256)
    stem = f"anh/{folder}/{_stem(name)}-{digest[:10]}"
    derivatives = tuple(
        Derivative(f"{stem}-{width}.{suffix}", width, _height(facts, width), suffix)
        for suffix in FORMATS
        for width in _fitting_widths(recipe.widths, facts.width)
    )
    return PhotoPlan(facts.sha256, facts.width, facts.height, derivatives, recipe, digest)


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
    return (made.uri for made in plan.derivatives)


def _fitting_widths(widths: tuple[int, ...], source_width: int) -> list[int]:
    return sorted({min(width, source_width) for width in widths if width > 0})


def _height(facts: PhotoFacts, width: int) -> int:
    """Scale the height, rounding half up in whole numbers: equal on every machine."""
    return max(1, (2 * facts.height * width + facts.width) // (2 * facts.width))


def _stem(name: str) -> str:
    path = PurePosixPath(name)
    stem = path.stem if path.suffix.lower() in _SUFFIXES else path.name
    return slug(stem) or "anh"
