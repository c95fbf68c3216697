"""Cuts that no intersection of half-spaces gives, or not simply: the heart, the briolette and the rose cut.

They are rings of points joined by triangles; a triangle is flat, so these too are faceted stones.
"""

from __future__ import annotations

import numpy as np

from parure.render.cut_planes import GIRDLE
from parure.render.mesh import Floats, Ints, Mesh
from parure.render.outlines import evenly
from parure.render.solids import circle

__all__ = ["briolette", "heart_brilliant", "rose_cut"]


def heart_brilliant(curve: Floats, *, crown: float = 34.0, pavilion: float = 40.0) -> Mesh:
    """A brilliant over a heart: the origin must see the whole outline (n, 2). Angles as for other fancy shapes."""
    mains, table = 10, 0.56
    fine, middle, coarse = (evenly(curve, count * mains) for count in (4, 2, 1))
    reach = float(np.abs(curve[:, 1]).max()) * 0.8  # a heart's lobes are narrower than its width
    rise, drop = reach * np.tan(np.radians(crown)), reach * np.tan(np.radians(pavilion))
    top = GIRDLE + (1 - table) * rise
    rings = [
        _level(coarse * 0.22, -GIRDLE - 0.76 * drop),
        _level(middle * 0.6, -GIRDLE - 0.44 * drop),
        _level(fine, -GIRDLE),
        _level(fine, GIRDLE),
        _level(middle * 0.8, GIRDLE + 0.56 * (top - GIRDLE)),
        _level(coarse * table, top),
    ]
    return _lofted([np.array([[0.0, 0.0, -GIRDLE - drop]]), *rings, np.array([[0.0, 0.0, top]])])


def rose_cut() -> Mesh:
    """Flat below, twenty-four triangles above: six around the apex, eighteen down to the girdle.

    The full Dutch rose: height half of the diameter in old stones, here 35 % as jewellers set them now.
    """
    rings = [
        _level(circle(1.0, 12), -GIRDLE),
        _level(circle(1.0, 12), GIRDLE),
        _level(circle(0.56, 6), 0.5),
    ]
    return _lofted([np.array([[0.0, 0.0, -GIRDLE]]), *rings, np.array([[0.0, 0.0, 0.7]])])


def briolette(width: float, *, rows: int = 9, facets: int = 10) -> Mesh:
    """A drop with its point at +x, triangles all over; `width` is its half-width."""
    turn = np.linspace(0, np.pi, rows + 2)[1:-1]
    x = -np.cos(turn)
    # The sine makes a ball; leaning it towards the blunt end makes a drop without hollows.
    radius = np.sin(turn) * np.sqrt(np.clip(1 - 0.62 * (x + 0.35) / 1.35, 0.05, None))
    radius = width * radius / radius.max()
    rings = []
    for row in range(rows):
        angles = 2 * np.pi * (np.arange(facets) + 0.5 * (row % 2)) / facets
        rings.append(
            np.column_stack([np.full(facets, x[row]), radius[row] * np.cos(angles), radius[row] * np.sin(angles)])
        )
    return _lofted([np.array([[-1.0, 0.0, 0.0]]), *rings, np.array([[1.0, 0.0, 0.0]])], staggered=True)


def _level(curve: Floats, z: float) -> Floats:
    return np.column_stack([curve, np.full(len(curve), z)])


def _lofted(rings: list[Floats], *, staggered: bool = False) -> Mesh:
    """Rings (one point at either end) joined in order; neighbours have the same count, or one twice the other's."""
    starts = np.cumsum([0] + [len(ring) for ring in rings])
    faces = []
    for k in range(len(rings) - 1):
        low, high = np.arange(starts[k], starts[k + 1]), np.arange(starts[k + 1], starts[k + 2])
        faces.append(_strip(low, high, lean=staggered and k % 2 == 0))
    return Mesh(np.vstack(rings), np.vstack(faces)).outward()


def _strip(low: Ints, high: Ints, *, lean: bool = False) -> Ints:
    """Triangles between two closed rings of vertex numbers, the first below the second, counter-clockwise."""
    after_low, after_high = np.roll(low, -1), np.roll(high, -1)
    if len(low) == 1:
        return np.stack([np.full(len(high), low[0]), after_high, high], axis=1)
    if len(high) == 1:
        return np.stack([low, after_low, np.full(len(low), high[0])], axis=1)
    if len(low) == 2 * len(high):
        return _two_to_one(high, low)
    if len(high) == 2 * len(low):
        return _two_to_one(low, high)[:, ::-1]
    if lean:
        return np.vstack([np.stack([low, after_low, after_high], 1), np.stack([low, after_high, high], 1)])
    return np.vstack([np.stack([low, after_low, high], 1), np.stack([after_low, after_high, high], 1)])


def _two_to_one(few: Ints, many: Ints) -> Ints:
    """Three triangles for each step of the shorter ring, as seen with the longer ring below."""
    first, between, second = many[0::2], many[1::2], np.roll(many[0::2], -1)
    after = np.roll(few, -1)
    return np.vstack(
        [
            np.stack([first, between, few], axis=1),
            np.stack([few, between, after], axis=1),
            np.stack([between, second, after], axis=1),
        ]
    )
