"""A picture as the measures look at it: brightness at 384 px, colour at 192 px, how much it varies around each pixel.

Unusual: everything stays in bytes as long as it can. Minimum, maximum and difference of bytes run sixteen at a time,
which is what makes all measures together a matter of milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from parure.images.picture import Pixels
from parure.images.resize import fit_size

__all__ = ["FINE", "SMALL", "Bytes", "Mask", "View", "between", "mean_where", "rimmed", "slid", "spread_of", "windowed"]

Bytes = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Kind = TypeVar("Kind", bound=np.generic)

FINE = 384  # px, the longest side of what is looked at closely
SMALL = 192  # px, the same for colours and regions


@dataclass(frozen=True, eq=False)
class View:
    """`grey` (h, w) and `small` (h2, w2, 3) of one picture; `bright` (h2, w2) is the brightness of `small`.

    `planes` are red, green and blue of `small`, each in one piece: bytes three apart take five times as long.
    """

    grey: Bytes
    small: Pixels
    bright: Bytes
    planes: tuple[Bytes, Bytes, Bytes]

    @classmethod
    def of(cls, pixels: Pixels) -> View:
        image = Image.fromarray(pixels)
        if max(image.size) > FINE:
            image = image.resize(fit_size(*image.size, FINE), Image.Resampling.BICUBIC, reducing_gap=3.0)
        small = _halved(image)
        red, green, blue = (np.asarray(channel) for channel in small.split())
        grey, bright = np.asarray(image.convert("L")), np.asarray(small.convert("L"))
        return cls(grey, np.asarray(small), bright, (red, green, blue))

    @cached_property
    def high(self) -> Bytes:
        """(h2, w2) the highest channel."""
        red, green, blue = self.planes
        return np.maximum(np.maximum(red, green), blue)

    @cached_property
    def low(self) -> Bytes:
        """(h2, w2) the lowest channel."""
        red, green, blue = self.planes
        return np.minimum(np.minimum(red, green), blue)

    @cached_property
    def fine(self) -> Bytes:
        """(h, w) largest difference of brightness among each pixel and its neighbours right, below and between."""
        return spread_of(self.grey, 2)

    @cached_property
    def wide(self) -> Bytes:
        """(h, w) the same among the 7 x 7 pixels around."""
        return spread_of(self.grey, 7)

    @cached_property
    def rough(self) -> Bytes:
        """(h2, w2) the same among the 5 x 5 pixels around, at half the size."""
        return spread_of(self.bright, 5)


def _halved(image: Image.Image) -> Image.Image:
    if max(image.size) <= SMALL:
        return image
    if max(image.size) == FINE and min(image.size) > 1:
        return image.reduce(2)
    return image.resize(fit_size(*image.size, SMALL), Image.Resampling.BOX)


def between(first: NDArray[np.uint8], second: NDArray[np.uint8] | np.uint8) -> Bytes:
    """How far two bytes lie apart, without leaving bytes."""
    return np.maximum(first, second) - np.minimum(first, second)


def mean_where(plane: Bytes, mask: Mask) -> float:
    """The mean of the pixels that are marked, 0 without any. Multiplying bytes takes a third of the time of picking."""
    count = np.count_nonzero(mask)
    return int((plane * mask.view(np.uint8)).sum(dtype=np.uint32)) / count if count else 0.0


def spread_of(plane: Bytes, side: int) -> Bytes:
    """(h, w) largest less smallest value in the window of `side` x `side` pixels around each; cut off at the edges.

    >>> spread_of(np.array([[0, 0, 9]], np.uint8), 2)
    array([[0, 9, 0]], dtype=uint8)
    """
    wide = rimmed(plane, *_reach(side))
    return slid(wide, side, np.maximum) - slid(wide, side, np.minimum)


def windowed(plane: Bytes, side: int, pick: np.ufunc) -> Bytes:
    """(h, w) minimum or maximum of the window around each pixel."""
    return slid(rimmed(plane, *_reach(side)), side, pick)


def rimmed(planes: NDArray[Kind], before: int, after: int) -> NDArray[Kind]:
    """(..., before + h + after, before + w + after) with the rim repeated; `np.pad` takes five times as long."""
    height, width = planes.shape[-2:]
    bottom, right = before + height, before + width
    wide = np.empty((*planes.shape[:-2], bottom + after, right + after), planes.dtype)
    middle = wide[..., before:bottom, :]
    middle[..., before:right] = planes
    middle[..., :before] = planes[..., :1]
    middle[..., right:] = planes[..., -1:]
    wide[..., :before, :] = middle[..., :1, :]
    wide[..., bottom:, :] = middle[..., -1:, :]
    return wide


def _reach(side: int) -> tuple[int, int]:
    """Pixels of a window before and behind its own; of an even one more behind."""
    before = side // 2 if side > 2 else 0
    return before, side - 1 - before


def slid(plane: Bytes, side: int, pick: np.ufunc, axes: tuple[int, ...] = (0, 1)) -> Bytes:
    """Windows that lie wholly inside the plane. They grow by doubling: 1, 2, 4, the rest.

    Along rows, all rows are taken as one: three times as fast, and what runs over from one to the next is cut off.
    """
    for axis in axes:
        height, across = plane.shape
        pixels = np.ascontiguousarray(plane).ravel()
        pitch, width = (across if axis == 0 else 1), 1
        while width < side:
            step = min(width, side - width)
            pixels = pick(pixels[: -step * pitch], pixels[step * pitch :])
            width += step
        if axis == 0:
            plane = pixels.reshape(height - side + 1, across)
        else:
            plane = np.concatenate((pixels, np.zeros(side - 1, np.uint8))).reshape(height, across)[
                :, : across - side + 1
            ]
    return plane
