"""How alike two pictures look: structural similarity on luma, 1 for equal ones.

Z. Wang and others, Image quality assessment: from error visibility to structural similarity, IEEE
Transactions on Image Processing 13 (2004): Gaussian window of 11 × 11, σ = 1.5, K = 0.01 and 0.03.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Plane = NDArray[np.float32]

_RADIUS = 5
_AT = np.arange(-_RADIUS, _RADIUS + 1)
_WINDOW = np.exp(-(_AT**2) / (2 * 1.5**2)).astype(np.float32)
_WINDOW /= _WINDOW.sum()
_C1, _C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2


def luma(image: Image.Image) -> Plane:
    """Return the luma of a picture (ITU-R BT.601), 0 to 255."""
    return np.asarray(image.convert("RGB").convert("L"), dtype=np.float32)


def ssim(one: Plane, other: Plane) -> float:
    """Return the mean similarity of two planes of one size, borders left out."""
    if one.shape != other.shape:
        raise ValueError(f"{one.shape} and {other.shape}")
    mean_1, mean_2 = _blur(one), _blur(other)
    var_1 = _blur(one * one) - mean_1**2
    var_2 = _blur(other * other) - mean_2**2
    covariance = _blur(one * other) - mean_1 * mean_2
    top = (2 * mean_1 * mean_2 + _C1) * (2 * covariance + _C2)
    return float((top / ((mean_1**2 + mean_2**2 + _C1) * (var_1 + var_2 + _C2))).mean())


def _blur(plane: Plane) -> Plane:
    for axis in (0, 1):
        length = plane.shape[axis] - 2 * _RADIUS
        slices = [
            plane[at : at + length, :] if axis == 0 else plane[:, at : at + length]
            for at in range(2 * _RADIUS + 1)
        ]
        plane = sum(weight * part for weight, part in zip(_WINDOW, slices, strict=True))
    return plane
