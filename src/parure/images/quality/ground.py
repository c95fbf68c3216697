"""Where the piece is, told by what the margins say of the ground: the cheap estimate on which the measures rest.

An even ground is a plane of colour fitted to the margins, without what does not fit, so that a piece cut by the frame
does not spoil it. What is nowhere even is told by the colours that the margins hold often. Neither knows jewellery:
`flat` says how much of the margins the plane explains, and with it how far the rest may be trusted.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

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
    ring, places = _margins(height, width)
    colours = np.stack([plane.ravel()[ring] for plane in view.planes]).astype(np.float32)
    plane, fits, noise = _plane(colours, places)
    flat = np.count_nonzero(fits) / len(fits)
    off, shaded = _off_plane(view, plane)
    piece = (off > np.uint8(min(60, 10 + 4 * noise))) & ~shaded if flat >= EVEN else _off_colours(view, ring)
    piece = _without_specks(piece)
    tone = np.median(colours[:, fits] if flat else colours, axis=1).astype(np.float32)
    return Ground(flat, tone, noise, piece, _box(piece, trim=0.0 if flat >= EVEN else 0.02), ring, off)


@lru_cache(maxsize=16)
def _margins(height: int, width: int) -> tuple[NDArray[np.intp], Floats]:
    """(n,) indexes of pixels in the margins; (3, n) of each: 1, and its place across and down from the middle."""
    margin = max(2, round(_MARGIN * max(height, width)))
    inside = np.zeros((height, width), np.bool_)
    inside[margin : height - margin, margin : width - margin] = True
    ring = np.flatnonzero(~inside)[::_EVERY]
    places = np.stack([np.ones(len(ring)), ring % width / width - 0.5, ring // width / height - 0.5])
    ring.flags.writeable = False  # one for all pictures of that size
    return ring, places.astype(np.float32)


def _plane(colours: Floats, places: Floats) -> tuple[Floats, Mask, float]:
    """(3, 3) of each channel a constant, slope across and slope down; which pixels fit it; how far these lie off.

    `colours` (3, n) and `places` (3, n): a row for each channel, which is what makes it quick.
    """
    even = np.zeros((3, 3), np.float32)
    even[:, 0] = np.median(colours, axis=1)
    best, fits = _refined(even, colours, places)
    if np.count_nonzero(fits) < _SURE * len(fits):
        other, near = _refined(_solve(places, colours), colours, places)
        if np.count_nonzero(near) > np.count_nonzero(fits):
            best, fits = other, near
    off = _apart(colours, places, best)
    return best, fits, float(np.median(off[fits])) if fits.any() else 0.0


def _refined(start: Floats, colours: Floats, places: Floats) -> tuple[Floats, Mask]:
    """The plane through what lies near the first guess, if more lies near it then."""
    fits = _apart(colours, places, start) < _NEAR
    count = np.count_nonzero(fits)
    if count < 0.3 * len(fits):
        return start, fits
    plane = _solve(places[:, fits], colours[:, fits])
    near = _apart(colours, places, plane) < _NEAR
    return (plane, near) if np.count_nonzero(near) >= count else (start, fits)


def _solve(places: Floats, colours: Floats) -> Floats:
    normal = places @ places.T + 1e-3 * places.shape[1] * np.diag([0.0, 1.0, 1.0])  # a slope needs evidence
    return np.linalg.solve(normal, places @ colours.T).T.astype(np.float32)


def _apart(colours: Floats, places: Floats, plane: Floats) -> Floats:
    """(n,) how far each pixel lies from the plane in its worst channel."""
    return np.asarray(np.abs(colours - plane @ places).max(0))


def _off_plane(view: View, plane: Floats) -> tuple[Bytes, Mask]:
    """How far each pixel lies from the plane, and where a soft grey shadow explains it."""
    height, width = view.bright.shape
    across = (np.arange(width, dtype=np.float32) / width - 0.5)[None, :]
    down = (np.arange(height, dtype=np.float32) / height - 0.5)[:, None]
    model = [
        np.clip(plane[k, 0] + plane[k, 1] * across + plane[k, 2] * down + 0.5, 0, 255).astype(np.uint8)
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
