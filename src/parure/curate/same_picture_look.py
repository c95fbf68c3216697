"""A picture as it is compared: its content without a frame, at most 224 px, and what is worked out of it once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from parure.curate.duplicates_frame import Affine, unframed
from parure.curate.same_picture_points import Points, find_points
from parure.images import Pixels
from parure.images.resize import fit_size

__all__ = ["Look", "Sketch", "after", "look_at"]

SIDE = 224
_THUMBNAIL = 32
Floats = NDArray[Any]


@dataclass(frozen=True, eq=False)
class Look:
    """`pixels` (h, w, 3) of the content and `shown` (h, w), 1 where they come from the picture.

    `to_picture` leads from these pixels to those of the picture that was looked at, whose longer side is `longest`.
    """

    pixels: Pixels
    shown: NDArray[np.uint8]
    to_picture: Affine
    longest: int

    @property
    def shape(self) -> tuple[int, int]:
        height, width = self.pixels.shape[:2]
        return height, width

    @cached_property
    def sketch(self) -> Sketch:
        """Raises `MissingExtra` without OpenCV."""
        grey = Image.fromarray(self.pixels).convert("L").resize((_THUMBNAIL, _THUMBNAIL), Image.Resampling.BOX)
        weight = Image.fromarray(255 * self.shown).resize((_THUMBNAIL, _THUMBNAIL), Image.Resampling.BOX)
        shown = np.asarray(weight, np.float32) / 255
        levels = np.asarray(grey, np.float32)
        mean = float((levels * shown).sum() / max(1e-6, float(shown.sum())))
        plain = (levels - mean) * shown
        plain /= max(1e-6, float(np.linalg.norm(plain)))
        return Sketch(self.shape, plain.astype(np.float16), find_points(self.pixels, self.shown))


@dataclass(frozen=True, eq=False)
class Sketch:
    """What a comparison begins with, small enough to be kept of every picture.

    `shape` of the look, `thumbnail` (32, 32) of length 1, its mean taken out, and the points."""

    shape: tuple[int, int]
    thumbnail: NDArray[np.float16]
    points: Points

    @property
    def views(self) -> NDArray[np.float32]:
        """(8, 1024) thumbnails: as it is, left to right, upside down, both, then of the transpose."""
        plain = self.thumbnail.astype(np.float32)
        views = [turned[down, across] for turned in (plain, plain.T) for down in _BOTH for across in _BOTH]
        return np.stack([np.ravel(view) for view in views])


_BOTH = (slice(None), slice(None, None, -1))


def look_at(pixels: Pixels) -> Look:
    """A look at (h, w, 3) upright sRGB pixels of any size; 384 px is enough."""
    content = unframed(pixels)
    height, width = content.pixels.shape[:2]
    longest = max(pixels.shape[:2])
    if max(height, width) <= SIDE:
        return Look(content.pixels, content.shown.astype(np.uint8), content.to_framed, longest)
    size = fit_size(width, height, SIDE)
    small = Image.fromarray(content.pixels).resize(size, Image.Resampling.BILINEAR, reducing_gap=3.0)
    shown = Image.fromarray(content.shown).convert("L").resize(size, Image.Resampling.BOX)
    larger = np.array([[width / size[0], 0, 0], [0, height / size[1], 0]])
    inside = (np.asarray(shown) == 255).astype(np.uint8)
    return Look(np.asarray(small), inside, after(content.to_framed, larger), longest)


def after(then: Affine, first: Affine) -> Affine:
    """The map that does `first` and `then` the other."""
    return np.asarray((np.vstack([then, [0, 0, 1]]) @ np.vstack([first, [0, 0, 1]]))[:2])
