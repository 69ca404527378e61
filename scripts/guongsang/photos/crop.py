"""Which part of a picture stays when it must take another shape."""

from __future__ import annotations

from dataclasses import dataclass

Focus = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A part of an upright picture, in its pixels."""

    left: int
    top: int
    width: int
    height: int

    def scaled(self, across: float, down: float) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom in a picture that was scaled by these factors."""
        right, bottom = self.left + self.width, self.top + self.height
        return self.left * across, self.top * down, right * across, bottom * down


def default_focus(width: int, height: int) -> Focus:
    """Return the focus of a picture whose editor named none: faces are above the middle.

    A portrait keeps its upper third, a wide picture a little more above than below.
    """
    return (0.5, 1 / 3) if height > width else (0.5, 0.4)


def crop_box(width: int, height: int, ratio: tuple[int, int], focus: Focus | None) -> Box:
    """Return the largest box of a shape (width to height) inside a picture of `width` × `height`.

    `focus` counts as CSS `object-position` does: the point at 0.3 of the picture lies at 0.3 of
    the box. So the file and the box that a browser crops show the same.
    """
    across, down = ratio
    box_width = min(width, max(1, rounded(height * across, down)))
    box_height = min(height, max(1, rounded(width * down, across)))
    x, y = focus or default_focus(width, height)
    left, top = int((width - box_width) * x + 0.5), int((height - box_height) * y + 0.5)
    return Box(left, top, box_width, box_height)


def rounded(part: int, whole: int) -> int:
    """Divide, half up, in whole numbers: equal on every machine."""
    return (2 * part + whole) // (2 * whole)
