"""All files of one picture, as bytes: decoded once, scaled once a size, encoded once a format."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PIL import Image

from guongsang.photos.cards.card import PHOTO_HEIGHT
from guongsang.photos.cards.pixels import draw_card
from guongsang.photos.facts import MAX_PIXELS
from guongsang.photos.opening import READ_FAULTS
from guongsang.photos.pixels import (
    decode_upright,
    encode,
    encode_placeholder,
    scale,
    scale_steps,
)
from guongsang.photos.plan import BASE_WIDTH, Derivative, PhotoPlan


class UndecodableError(Exception):
    """The source's pixels cannot be had; `cause` is one of READ_FAULTS."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(str(cause))
        self.cause = cause


class _Gate:
    """Lets in at once only what fits into memory together, however many threads there are."""

    def __init__(self, pixels: int) -> None:
        self._all = self._free = pixels
        self._changed = threading.Condition()

    @contextmanager
    def room_for(self, pixels: int) -> Iterator[None]:
        """Wait until so many pixels may be decoded too."""
        taken = min(pixels, self._all)
        with self._changed:
            self._changed.wait_for(lambda: self._free >= taken)
            self._free -= taken
        try:
            yield
        finally:
            with self._changed:
                self._free += taken
                self._changed.notify_all()


# One picture of the largest size that is taken, or five of 12 megapixels: some 500 MB.
_GATE: Final = _Gate(MAX_PIXELS)


def encode_files(
    plan: PhotoPlan, missing: tuple[Derivative, ...], content: bytes
) -> tuple[list[tuple[Derivative, bytes]], str]:
    """Return the missing files of a picture with their bytes, and its placeholder.

    `content` is the source. Raises UndecodableError.
    """
    with _GATE.room_for(_decoded_pixels(plan, content)):
        return _encode_files(plan, missing, content)


def _decoded_pixels(plan: PhotoPlan, content: bytes) -> int:
    """Return about how many pixels are held; a large JPEG is decoded at half its size or less."""
    pixels = plan.width * plan.height
    halved = content.startswith(b"\xff\xd8") and plan.width >= 2 * BASE_WIDTH
    return pixels // 4 if halved else pixels


def _encode_files(
    plan: PhotoPlan, missing: tuple[Derivative, ...], content: bytes
) -> tuple[list[tuple[Derivative, bytes]], str]:
    encoded: list[tuple[Derivative, bytes]] = []
    size = (plan.width, plan.height)
    try:
        base, to_srgb = decode_upright(content, size, BASE_WIDTH)
        steps = scale_steps(base, size, to_srgb)
    except READ_FAULTS as error:
        raise UndecodableError(error) from error
    placeholder = encode_placeholder(steps[-1])
    for _, mark in sorted({(made.width, made.mark) for made in missing}):
        wanted = [made for made in missing if made.mark == mark]
        first = wanted[0]
        shown = (first.width, PHOTO_HEIGHT if first.card else first.height)
        if first.box is None and first.width > steps[0].width:
            if base.width < plan.width:
                base = _decode_whole(content, size)
            scaled = to_srgb(scale(base, shown))
        else:
            # Cards are loaded by other sites, which make them small: half the time matters more.
            method = Image.Resampling.HAMMING if first.card else Image.Resampling.LANCZOS
            scaled = _scale_from(steps, first, shown, plan, method)
        if first.card:
            scaled = draw_card(scaled, first.card)
        for made in wanted:
            plain = made.card is not None  # progressive costs as much again, for a few bytes
            encoded.append((made, encode(scaled, made.format, plan.recipe, progressive=not plain)))
    return encoded, placeholder


def _decode_whole(content: bytes, size: tuple[int, int]) -> Image.Image:
    try:
        base, _ = decode_upright(content, size, size[0])
    except READ_FAULTS as error:
        raise UndecodableError(error) from error
    return base


def _scale_from(
    steps: list[Image.Image],
    made: Derivative,
    size: tuple[int, int],
    plan: PhotoPlan,
    method: Image.Resampling,
) -> Image.Image:
    """Scale from the narrowest step that shows enough pixels."""
    shown = made.box.width / plan.width if made.box else 1.0
    step = next((step for step in reversed(steps) if step.width * shown >= made.width), steps[0])
    part = None
    if made.box is not None:
        part = made.box.scaled(step.width / plan.width, step.height / plan.height)
    return scale(step, size, part, method=method)
