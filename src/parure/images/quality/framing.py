"""The frame: does it cut the piece, is there a border, is the picture a collage of several.

Cut: how much of the piece's width or height runs along an edge of the picture. A chain that leaves the picture touches
it in two points only. Borders and collages: straight steps of brightness that run through the whole picture, near an
edge or in its midst. On uneven grounds nobody knows what is cut; then the figure is 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parure.images.quality.ground import Ground
from parure.images.quality.view import View, between

__all__ = ["Seam", "Seams", "find_seams", "measure_cut", "touching"]

Floats = NDArray[np.float64]

_CLEAR = 90.0  # levels from the ground that no reflection has
_STEP = 7  # levels that a step has at least
_FAR = 5  # px at half size: thin lines are over by then
_NEAR = 3  # px at half size: a step is over by then
_AROUND = 8  # px at half size, on each side of a step, that say what is usual there
_OUTER = 0.16  # of the side: further in, a step is a seam of a collage, not a border


@dataclass(frozen=True)
class Seam:
    """A straight step. `across` runs from left to right; `at` is its place, 0 to 1 of the other side."""

    across: bool
    at: float
    share: float  # of its length on which there is a step


@dataclass(frozen=True)
class Seams:
    """The clearest step near each of the edges (left, right, top, bottom), and in the midst."""

    outer: tuple[Seam, ...]
    inner: Seam

    @property
    def border(self) -> float:
        """0 to 1: a border has at least two sides."""
        return sorted((seam.share for seam in self.outer), reverse=True)[1]

    @property
    def collage(self) -> float:
        return self.inner.share


def touching(ground: Ground) -> tuple[float, float, float, float]:
    """Left, right, top, bottom: the share of the piece's height or width that runs along that edge."""
    if not ground.even or ground.box is None:
        return (0.0, 0.0, 0.0, 0.0)
    height, width = ground.piece.shape
    tall, wide = max(8.0, ground.box[3] * height), max(8.0, ground.box[2] * width)
    piece, off = ground.piece, ground.off
    return (
        _along(piece[:, :2].T, off[:, 0]) / tall,
        _along(piece[:, -2:].T, off[:, -1]) / tall,
        _along(piece[:2], off[0]) / wide,
        _along(piece[-2:], off[-1]) / wide,
    )


def _along(piece: NDArray[np.bool_], off: NDArray[np.uint8]) -> float:
    """Pixels of an edge that the piece touches; what hardly differs from the ground, as a reflection, counts less."""
    return float((piece.all(0) * np.minimum(1, off / _CLEAR) ** 2).sum())


def measure_cut(ground: Ground) -> float:
    """0 (stands free) to 1 (a whole side of it is missing)."""
    return min(1.0, max(touching(ground)))


def find_seams(view: View) -> Seams:
    left, right, upright = _steps(view.bright, across=False)
    top, bottom, level = _steps(view.bright, across=True)
    return Seams((left, right, top, bottom), max(upright, level, key=lambda seam: seam.share))


def _steps(bright: NDArray[np.uint8], *, across: bool) -> tuple[Seam, Seam, Seam]:
    """The clearest step before, behind and within the midst."""
    plane = bright if across else bright.T
    jumps = between(plane[1:], plane[:-1])
    if len(plane) > 3:  # a step may be spread over two pixels
        jumps[:-1] = np.maximum(jumps[:-1], between(plane[2:], plane[:-2]))
    clear = (jumps >= _STEP) & (jumps > _beside(jumps))
    shares, lasting = _standing_out(_filled(clear)), _standing_out(_filled(clear & _lasting(plane)))
    outer = max(1, round(_OUTER * len(shares)))
    return (
        _best(shares[:outer], 0, len(shares), across),
        _best(shares[-outer:], len(shares) - outer, len(shares), across),
        _best(lasting[outer:-outer], outer, len(shares), across),
    )


def _beside(jumps: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The larger of the jumps a few pixels before and behind: on linen none stands out."""
    near = np.zeros_like(jumps)
    if len(jumps) > 2 * _NEAR:
        near[_NEAR:] = jumps[:-_NEAR]
        near[:-_NEAR] = np.maximum(near[:-_NEAR], jumps[_NEAR:])
    return near


def _lasting(plane: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Where brightness is another on both sides, a little further off too: a joint between planks is not a seam."""
    there = np.ones((len(plane) - 1, plane.shape[1]), np.bool_)
    if len(plane) > 2 * _FAR + 1:
        there[_FAR:-_FAR] = between(plane[2 * _FAR + 1 :], plane[: -2 * _FAR - 1]) >= _STEP
    return there


def _filled(mask: NDArray[np.bool_]) -> Floats:
    """The marked share of each row. A picture looked at here has at most 255 pixels in a row."""
    counts = np.add.reduce(mask.view(np.uint8), axis=1, dtype=np.uint8)
    return np.asarray(counts / float(mask.shape[1]), np.float64)


def _standing_out(shares: Floats) -> Floats:
    """Shares less what is usual around, without themselves and the two nearest on each side."""
    if not shares.size:
        return shares
    count, rim = len(shares), np.ones(_AROUND)
    total = np.cumsum(np.concatenate(([0.0], rim * shares[0], shares, rim * shares[-1])))
    near = total[2 * _AROUND + 1 :] - total[:count]
    inside = total[_AROUND + 3 :][:count] - total[_AROUND - 2 :][:count]
    return np.asarray(np.maximum(0, shares - (near - inside) / (2 * _AROUND - 4)), np.float64)


def _best(shares: Floats, start: int, count: int, across: bool) -> Seam:
    if not shares.size:
        return Seam(across, 0.0, 0.0)
    best = int(shares.argmax())
    return Seam(across, (start + best + 1) / (count + 1), float(shares[best]))
