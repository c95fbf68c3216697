"""Settings light enough to be repeated by the dozen: a collar of few vertices, the walls of kundan work."""

from __future__ import annotations

import numpy as np

from parure.render.cuts import Stone
from parure.render.mesh import Floats, Mesh, Part
from parure.render.mounts import metal
from parure.render.outlines import evenly, offset
from parure.render.solids import circle, sweep

__all__ = ["slim_collar", "walled"]

_SLAB = ((0.97, -0.9), (1.0, 0.2), (0.72, 1.5))  # share of the girdle, height in walls


def slim_collar(stone: Stone, *, wall: float, depth: float) -> list[Part]:
    """The stone in a rubbed-over collar, as `mounts.bezel` but with a tenth of its vertices."""
    low, high = -depth, 0.08 * stone.size
    curve = evenly(offset(evenly(stone.outline, 160), 0.35 * wall), 56)
    corners = np.array([[-1, -1], [1, -1], [1.25, 0], [1, 0.8], [0.3, 1], [-0.6, 1], [-1, 0.7]])
    section = corners * np.array([wall / 2, (high - low) / 2]) + np.array([0, (high + low) / 2])
    path = np.column_stack([curve, np.zeros(len(curve))])
    return [stone.part("side_stone"), metal("setting", sweep(path, section, closed=True, ups=(0, 0, 1)))]


def walled(stone: Stone, wall: float, label: str = "side_stone") -> list[Part]:
    """A flat-topped stone in a wall of gold, as kundan work has it; a cabochon keeps its dome."""
    curve = evenly(stone.outline, 40)
    path = np.column_stack([evenly(offset(curve, 0.4 * wall), 40), np.zeros(40)])
    rim = sweep(path, circle(wall, 7) * np.array([0.6, 1.1]), closed=True, ups=(0, 0, 1))
    if stone.cut == "cabochon":
        return [stone.part(label), metal("setting", rim)]
    return [Part(label, stone.gem, _slab(curve, wall), smooth=False), metal("setting", rim)]


def _slab(curve: Floats, wall: float) -> Mesh:
    """An uncut stone: a flat top and a slanting edge."""
    rings = [np.column_stack([curve * share, np.full(len(curve), z * wall)]) for share, z in _SLAB]
    size, count = len(curve), len(rings)
    vertices = np.vstack([*rings, [[0, 0, _SLAB[0][1] * wall]], [[0, 0, _SLAB[-1][1] * wall]]])
    column, right = np.arange(size), (np.arange(size) + 1) % size
    faces = [np.stack([np.full(size, size * count), right, column], axis=1)]
    for row in range(count - 1):
        here, above = row * size, (row + 1) * size
        faces.append(np.stack([here + column, here + right, above + right], axis=1))
        faces.append(np.stack([here + column, above + right, above + column], axis=1))
    top = (count - 1) * size
    faces.append(np.stack([np.full(size, size * count + 1), top + column, top + right], axis=1))
    return Mesh(vertices, np.vstack(faces)).outward()
