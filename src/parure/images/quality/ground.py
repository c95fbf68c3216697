"""Where the piece is, told by what the margins say of the ground: the cheap estimate on which the measures rest.

An even ground is a plane of colour fitted to the margins, without what does not fit, so that a piece cut by the frame
does not spoil it. What is nowhere even is told by the colours that the margins hold often. Neither knows jewellery:
`flat` says how much of the margins the plane explains, and with it how far the rest may be trusted.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parure.images.quality.view import Bytes, View, between

__all__ = ["EVEN", "Ground", "find_ground"]

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

EVEN = 0.6  # share of the margins that a plane has to explain to be the ground
_MARGIN = 0.03  # of the side
_NEAR = 20.0  # levels from the plane within which a pixel of the margins counts as ground
_SOFT = 10  # levels within 5 x 5 pixels; a shadow is at most so rough
_SURE = 0.95  # share of the margins that leaves no doubt
_EVERY = 5  # one pixel of the margins in so many is looked at
_CLEAN = 0.02  # of the margins at least hold a colour that counts as the ground's


@dataclass(frozen=True, eq=False)
class Ground:
    """`piece` (h2, w2) marks what is not ground; `box` is x, y, w, h of it as shares, None where nothing stands out.

    `tone` is the ground's typical colour, 0 to 255; `noise` how far the margins lie from the plane, in levels.
    `ring` (n,) are flat indexes of pixels in the margins, every fifth; `off` (h2, w2) is how far each pixel lies from
    the plane, in levels.
    """

    flat: float
    tone: Floats
    noise: float
    piece: Mask
    box: tuple[float, float, float, float] | None
    ring: NDArray[np.intp]
    off: Bytes

    @property
    def even(self) -> bool:
        return self.flat >= EVEN


def find_ground(view: View) -> Ground:
    height, width = view.bright.shape
    ring = _ring(height, width)
    colours = view.small.reshape(-1, 3)[ring].astype(np.float32)
    plane, fits, noise = _plane(colours, ring, (height, width))
    flat = float(fits.mean())
    off, shaded = _off_plane(view, plane)
    piece = (off > np.uint8(min(60, 10 + 4 * noise))) & ~shaded if flat >= EVEN else _off_colours(view, ring)
    piece = _without_specks(piece)
    tone = np.median(colours[fits] if fits.any() else colours, axis=0).astype(np.float32)
    return Ground(flat, tone, noise, piece, _box(piece, trim=0.0 if flat >= EVEN else 0.02), ring, off)


def _ring(height: int, width: int) -> NDArray[np.intp]:
    margin = max(2, round(_MARGIN * max(height, width)))
    inside = np.zeros((height, width), np.bool_)
    inside[margin : height - margin, margin : width - margin] = True
    return np.flatnonzero(~inside)[::_EVERY]


def _plane(colours: Floats, ring: NDArray[np.intp], shape: tuple[int, int]) -> tuple[Floats, Mask, float]:
    """(3, 3) constant, slope across and slope down of each channel; which pixels fit it; how far these lie off."""
    height, width = shape
    places = np.stack([np.ones(len(ring)), ring % width / width - 0.5, ring // width / height - 0.5], 1)
    places = places.astype(np.float32)
    even = np.zeros((3, 3), np.float32)
    even[0] = np.median(colours, axis=0)
    best, fits = _refined(even, colours, places)
    if fits.mean() < _SURE:
        other, near = _refined(_solve(places, colours), colours, places)
        if near.sum() > fits.sum():
            best, fits = other, near
    off = np.abs(colours[fits] - places[fits] @ best).max(1) if fits.any() else np.zeros(1)
    return best, fits, float(np.median(off))


def _refined(start: Floats, colours: Floats, places: Floats) -> tuple[Floats, Mask]:
    """The plane through what lies near the first guess, if more lies near it then."""
    fits = _fitting(colours, places, start)
    if fits.sum() < 0.3 * len(colours):
        return start, fits
    plane = _solve(places[fits], colours[fits])
    near = _fitting(colours, places, plane)
    return (plane, near) if near.sum() >= fits.sum() else (start, fits)


def _solve(places: Floats, colours: Floats) -> Floats:
    normal = places.T @ places + 1e-3 * len(places) * np.diag([0.0, 1.0, 1.0])  # a slope needs evidence
    return np.linalg.solve(normal, places.T @ colours).astype(np.float32)


def _fitting(colours: Floats, places: Floats, plane: Floats) -> Mask:
    return np.asarray(np.abs(colours - places @ plane).max(1) < _NEAR)


def _off_plane(view: View, plane: Floats) -> tuple[Bytes, Mask]:
    """How far each pixel lies from the plane, and where a soft grey shadow explains it."""
    height, width = view.bright.shape
    across = (np.arange(width, dtype=np.float32) / width - 0.5)[None, :]
    down = (np.arange(height, dtype=np.float32) / height - 0.5)[:, None]
    model = [
        np.clip(plane[0, k] + plane[1, k] * across + plane[2, k] * down + 0.5, 0, 255).astype(np.uint8)
        for k in range(3)
    ]
    apart = [between(view.planes[k], model[k]) for k in range(3)]
    most, least = np.maximum(np.maximum(*apart[:2]), apart[2]), np.minimum(np.minimum(*apart[:2]), apart[2])
    return most, np.asarray((most - least < 12) & (view.rough < _SOFT) & (most < 110))


def _off_colours(view: View, ring: NDArray[np.intp]) -> Mask:
    """Of a colour that the margins hold seldom. Colours are told apart in sixteen steps a channel."""
    red, green, blue = (plane >> 4 for plane in view.planes)
    code = (red.astype(np.uint16) << 8) | (green.astype(np.uint16) << 4) | blue
    counts = np.bincount(code.ravel()[ring], minlength=4096).reshape(16, 16, 16).astype(np.float32)
    for axis in range(3):
        rolled = np.moveaxis(counts, axis, 0)
        blurred = rolled.copy()
        blurred[1:] += rolled[:-1]
        blurred[:-1] += rolled[1:]
        counts = np.moveaxis(blurred, 0, axis)
    seldom = counts.ravel() < _CLEAN * len(ring)
    return np.asarray(seldom[code])


def _without_specks(mask: Mask) -> Mask:
    """Pixels that have company: at least 3 of the 9 around."""
    padded = np.pad(mask.view(np.uint8), 1)
    across = padded[:, :-2] + padded[:, 1:-1] + padded[:, 2:]
    around = across[:-2] + across[1:-1] + across[2:]
    return np.asarray(mask & (around >= 3))


def _box(mask: Mask, *, trim: float) -> tuple[float, float, float, float] | None:
    """The box of the mask, or of all but the outermost `trim` of it on each side."""
    down, across = mask.sum(1), mask.sum(0)
    total = float(down.sum())
    if total < 0.0005 * mask.size:
        return None
    top, bottom = _ends(down, total, trim)
    left, right = _ends(across, total, trim)
    height, width = mask.shape
    return left / width, top / height, (right - left) / width, (bottom - top) / height


def _ends(counts: NDArray[np.intp], total: float, trim: float) -> tuple[int, int]:
    gone = np.cumsum(counts) / total
    first = int(np.searchsorted(gone, trim, side="right"))
    last = int(np.searchsorted(gone, 1 - trim - 1e-9))
    return first, last + 1
