"""A picture as the measures look at it: brightness at 384 px, colour at 192 px, how much it varies around each pixel.

Unusual: everything stays in bytes as long as it can. Minimum, maximum and difference of bytes run sixteen at a time,
which is what makes all measures together a matter of milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from parure.images.picture import Pixels
from parure.images.resize import fit_size

__all__ = ["FINE", "SMALL", "Bytes", "View", "between", "spread_of", "windowed"]

Bytes = NDArray[np.uint8]

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


def spread_of(plane: Bytes, side: int) -> Bytes:
    """(h, w) largest less smallest value in the window of `side` x `side` pixels around each; cut off at the edges.

    >>> spread_of(np.array([[0, 0, 9]], np.uint8), 2)
    array([[0, 9, 0]], dtype=uint8)
    """
    return windowed(plane, side, np.maximum) - windowed(plane, side, np.minimum)


def windowed(plane: Bytes, side: int, pick: np.ufunc) -> Bytes:
    """(h, w) minimum or maximum of the window around each pixel. Windows grow by doubling: 1, 2, 4, the rest."""
    reach = side // 2 if side > 2 else 0
    padded = np.pad(plane, ((reach, side - 1 - reach),) * 2, mode="edge")
    for axis in (0, 1):
        width = 1
        while width < side:
            step = min(width, side - width)
            length = padded.shape[axis] - step
            first = padded[:length] if axis == 0 else padded[:, :length]
            second = padded[step:] if axis == 0 else padded[:, step:]
            padded = pick(first, second)
            width += step
    return padded
