"""Takes a frame off a picture: an even border, or the even corners that turning a picture has left.

Unusual: the turn is undone too, without knowing how far it was. A ray runs from every point of the rim inwards while
the colour stays that of the corners; what no ray reaches is content. Only where nearly all of the content's outline
runs in two directions that are square to each other is it a picture in a frame, and not a piece on white paper.
"""

from __future__ import annotations

import cmath
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from parure.images import Pixels
from parure.images.quality.view import rimmed
from parure.images.resize import fit_size

__all__ = ["Affine", "Unframed", "box_blur", "unframed"]

Affine = NDArray[np.float64]  # (2, 3): (x, y, 1) in pixels to (x, y) in pixels
Floats = NDArray[Any]

_SIDE = 96  # pixels: frames are looked for on a small picture
_EVEN = 16  # levels within which colours are the same; JPEG rings that much beside an edge
_SQUARE = 0.9  # strength of the fourth harmonic of the outline's directions: 1 for a rectangle, 0.2 for a ring
_INSET = 1.5  # small pixels: how much of the content's own edge goes with the frame
_LEAST_CONTENT, _LEAST_FRAME, _LEAST_FILL = 0.25, 0.02, 0.8  # shares of picture, picture, content's rectangle
_LEAST_SIDE = 32  # pixels: a smaller content is not worth taking out
_SPECK = 0.15  # a line of the content that holds less than this share of the fullest line is no part of it


@dataclass(frozen=True, eq=False)
class Unframed:
    """`pixels` upright without the frame; `shown` (h, w) where they come from the picture, not from its corners.

    `to_framed` leads from pixels here to pixels there; without a frame it changes nothing and all is shown.
    """

    pixels: Pixels
    shown: NDArray[np.bool_]
    to_framed: Affine

    @property
    def had_frame(self) -> bool:
        return not np.array_equal(self.to_framed, _IDENTITY)


_IDENTITY: Affine = np.eye(2, 3)


@dataclass(frozen=True)
class _Content:
    """A rectangle turned by `angle`: u = x cos + y sin and v = -x sin + y cos, in small pixels."""

    angle: float
    left: float
    right: float
    top: float
    bottom: float


def unframed(pixels: Pixels) -> Unframed:
    """The content of (h, w, 3) pixels; of a picture without a frame all of it."""
    image = Image.fromarray(pixels)
    small = image.resize(fit_size(*image.size, _SIDE), Image.Resampling.BILINEAR, reducing_gap=2.0)
    content = _content(np.asarray(small, np.int16))
    if content is None:
        return _whole(pixels)
    scale = max(image.size) / _SIDE
    inset = _INSET * scale
    left, right, top, bottom = (side * scale for side in (content.left, content.right, content.top, content.bottom))
    width, height = int(right - left - 2 * inset), int(bottom - top - 2 * inset)
    if min(width, height) < _LEAST_SIDE:
        return _whole(pixels)
    return _taken_out(image, content.angle, (left + inset, top + inset), (width, height))


def _whole(pixels: Pixels) -> Unframed:
    return Unframed(pixels, np.ones(pixels.shape[:2], np.bool_), _IDENTITY)


def _taken_out(image: Image.Image, angle: float, corner: tuple[float, float], size: tuple[int, int]) -> Unframed:
    cos, sin = np.cos(angle), np.sin(angle)
    u, v = corner
    there = np.array([[cos, -sin, u * cos - v * sin], [sin, cos, u * sin + v * cos]])
    how = Image.Transform.AFFINE
    pixels = np.asarray(image.transform(size, how, there.ravel().tolist(), Image.Resampling.BILINEAR))
    lit = Image.fromarray(_not_fill(image)).transform(size, how, there.ravel().tolist())
    return Unframed(pixels, np.asarray(lit) > 0, there)


def _not_fill(image: Image.Image) -> NDArray[np.uint8]:
    """(h, w) 255 where no ray of the corners' colour came to."""
    pixels = np.asarray(image, np.int16)
    frame = _reached(pixels, _corner_colour(pixels))
    return np.where(frame, 0, 255).astype(np.uint8)


def _corner_colours(pixels: Floats) -> Floats:
    """(4, 3) means of the corners, a pixel away from the rim."""
    rows, columns = (slice(1, 3), slice(-3, -1)), (slice(1, 3), slice(-3, -1))
    return np.stack([pixels[row, column].mean((0, 1)) for row in rows for column in columns])


def _corner_colour(pixels: Floats) -> Floats:
    return np.asarray(np.median(_corner_colours(pixels), axis=0))


def _reached(pixels: Floats, colour: Floats) -> NDArray[np.bool_]:
    """(h, w) True where a ray from one of the four sides gets without leaving the colour."""
    low, high = np.ceil(colour - _EVEN), np.floor(colour + _EVEN)
    channels = [(plane >= low[k]) & (plane <= high[k]) for k, plane in enumerate(np.moveaxis(pixels, 2, 0))]
    even = channels[0] & channels[1] & channels[2]
    turned = np.ascontiguousarray(even.T)
    return np.asarray(_runs(even) | _runs(even[:, ::-1])[:, ::-1] | (_runs(turned) | _runs(turned[:, ::-1])[:, ::-1]).T)


def _runs(even: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """(h, w) what each row begins with: True up to its first False. The first False is found faster than passed on."""
    ends = even.argmin(axis=1)
    ends[even[np.arange(len(even)), ends]] = even.shape[1]  # none was found
    return np.asarray(np.arange(even.shape[1]) < ends[:, None])


def _content(small: NDArray[np.int16]) -> _Content | None:
    corners = _corner_colours(small)
    colour = np.median(corners, axis=0)
    if np.abs(corners - colour).max() > _EVEN:
        return None
    inside = ~_reached(small, colour)
    if inside.mean() < _LEAST_CONTENT or inside.mean() > 1 - _LEAST_FRAME:
        return None
    angle = _square_angle(inside)
    return None if angle is None else _rectangle(inside, angle)


def _square_angle(inside: NDArray[np.bool_]) -> float | None:
    """By how much the outline's two directions are turned, -45 to 45 degrees in radians; None if it has others."""
    soft = box_blur(box_blur(inside.astype(np.float32)))
    down, right = np.gradient(soft)
    strength = np.hypot(down, right)
    for side in (strength[:2], strength[-2:], strength[:, :2], strength[:, -2:]):  # the rim is no outline
        side[...] = 0
    if strength.sum() < _SIDE / 12:
        return None
    double = (right**2 - down**2, 2 * right * down)  # twice the angle, of the square of the length
    cubed = np.maximum(np.hypot(down, right) ** 3, 1e-12)
    weights = np.where(strength > 0, 1 / cubed, 0)
    real = float(((double[0] ** 2 - double[1] ** 2) * weights).sum())
    imaginary = float((2 * double[0] * double[1] * weights).sum())
    harmonic = complex(real, imaginary) / float(strength.sum())
    return cmath.phase(harmonic) / 4 if abs(harmonic) >= _SQUARE else None


def _rectangle(inside: NDArray[np.bool_], angle: float) -> _Content | None:
    rows, columns = np.nonzero(inside)
    cos, sin = np.cos(angle), np.sin(angle)
    left, right = _extent(columns * cos + rows * sin)
    top, bottom = _extent(rows * cos - columns * sin)
    if len(rows) < _LEAST_FILL * (right - left) * (bottom - top):
        return None
    return _Content(angle, left, right, top, bottom)


def _extent(places: Floats) -> tuple[float, float]:
    least = float(places.min())
    counts = np.bincount((places - least).astype(np.int64))
    full = np.flatnonzero(counts >= _SPECK * counts.max())
    return least + float(full[0]), least + float(full[-1]) + 1


def box_blur(grey: Floats) -> Floats:
    """Means of 3 x 3 pixels, the rim repeated."""
    wide = rimmed(np.asarray(grey), 1, 1)
    rows = wide[:-2] + wide[1:-1] + wide[2:]
    return np.asarray((rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:]) / 9)
