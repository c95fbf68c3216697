"""Boxes: one as a value, many as an array.

One `Box` is normalised (fractions of width and height), so it holds for the original, a shrunk copy and a thumbnail
alike. Arrays of boxes are for detectors and metrics: (n, 4) float64 in any one unit, corners as x0, y0, x1, y1.
"""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Box", "Boxes", "clip", "from_pixels", "iou", "to_pixels", "xywh", "xyxy"]

Boxes = NDArray[np.float64]  # (n, 4)


@dataclass(frozen=True)
class Box:
    """Top-left corner x, y and width w, height h, as fractions of the picture: (0, 0, 1, 1) is all of it.

    Numbers must be finite and w, h not negative (`ValueError`); a box may reach beyond the picture until `clip`.
    """

    x: float
    y: float
    w: float
    h: float

    def __post_init__(self) -> None:
        if not all(map(math.isfinite, astuple(self))) or self.w < 0 or self.h < 0:
            raise ValueError(f"{self} needs finite numbers, w and h not negative.")

    @property
    def area(self) -> float:
        return self.w * self.h


def clip(box: Box) -> Box:
    """The part of the box inside the picture; of zero size, on the border, if there is none."""
    x0, y0 = _unit(box.x), _unit(box.y)
    return Box(x0, y0, _unit(box.x + box.w) - x0, _unit(box.y + box.h) - y0)


def _unit(value: float) -> float:
    return min(1.0, max(0.0, value))


def to_pixels(box: Box, width: int, height: int) -> tuple[int, int, int, int]:
    """(x0, y0, x1, y1) of the clipped box, in whole pixels that cover it; at least one pixel each way."""
    inside = clip(box)
    x0, x1 = _covering(inside.x, inside.w, width)
    y0, y1 = _covering(inside.y, inside.h, height)
    return x0, y0, x1, y1


def _covering(start: float, length: float, side: int) -> tuple[int, int]:
    # The tolerance keeps 0.1 + 0.2 from costing a pixel: a millionth of a pixel is rounding, not area.
    low = min(side - 1, math.floor(start * side + 1e-6))
    return low, min(side, max(low + 1, math.ceil((start + length) * side - 1e-6)))


def from_pixels(corners: tuple[float, float, float, float], width: int, height: int) -> Box:
    """A box from (x0, y0, x1, y1) in pixels of a picture of that size."""
    x0, y0, x1, y1 = corners
    return Box(x0 / width, y0 / height, (x1 - x0) / width, (y1 - y0) / height)


def xyxy(boxes: ArrayLike) -> Boxes:
    """(n, 4) x, y, w, h to corners.

    >>> xyxy([[1, 2, 3, 4]])
    array([[1., 2., 4., 6.]])
    """
    rows = _rows(boxes)
    return np.concatenate([rows[:, :2], rows[:, :2] + rows[:, 2:]], axis=1)


def xywh(boxes: ArrayLike) -> Boxes:
    """(n, 4) corners to x, y, w, h.

    >>> xywh([[1, 2, 4, 6]])
    array([[1., 2., 3., 4.]])
    """
    rows = _rows(boxes)
    return np.concatenate([rows[:, :2], rows[:, 2:] - rows[:, :2]], axis=1)


def iou(first: ArrayLike, second: ArrayLike) -> NDArray[np.float64]:
    """(n, m) intersection over union of corner boxes (n, 4) and (m, 4); 0 where both are empty.

    >>> iou([[0, 0, 2, 2]], [[0, 0, 2, 2], [1, 0, 3, 2], [5, 5, 6, 6]]).round(3)
    array([[1.   , 0.333, 0.   ]])
    """
    a, b = _rows(first)[:, None], _rows(second)[None]
    overlap = np.clip(np.minimum(a[..., 2:], b[..., 2:]) - np.maximum(a[..., :2], b[..., :2]), 0, None).prod(-1)
    union = _areas(a) + _areas(b) - overlap
    return np.asarray(np.divide(overlap, union, out=np.zeros_like(overlap), where=union > 0))


def _areas(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray((corners[..., 2:] - corners[..., :2]).prod(-1))


def _rows(boxes: ArrayLike) -> Boxes:
    return np.asarray(boxes, np.float64).reshape(-1, 4)
