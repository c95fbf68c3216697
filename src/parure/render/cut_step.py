"""Step cuts: rows of facets parallel to the sides of a convex polygon."""

from __future__ import annotations

import numpy as np

from parure.render.cut_planes import GIRDLE, tilted
from parure.render.mesh import Floats

__all__ = ["step_planes"]

# Slopes in degrees and heights in half-widths of each row, from the girdle to the table and to the keel: together a
# depth of about 63 % of the width and a table near 62 %, in the usual range of emerald cuts (61-67 % and 61-69 %).
_CROWN = ((46, 0.111), (38, 0.104), (28, 0.083))
_PAVILION = ((52, 0.278), (43, 0.236), (35, 1.25))


def step_planes(corners: Floats) -> Floats:
    """Three rows of steps above and three below; `corners` (n, 2) run counter-clockwise around the origin."""
    along = np.roll(corners, -1, 0) - corners
    normals = np.column_stack([along[:, 1], -along[:, 0]]) / np.linalg.norm(along, axis=1, keepdims=True)
    reaches = np.sum(normals * corners, axis=1)
    scale = float(reaches.min())
    planes = [np.array([0.0, 0.0, 1.0, -GIRDLE - scale * sum(height for _, height in _CROWN)])]
    for normal, reach in zip(normals, reaches, strict=True):
        planes.append(np.append(normal, [0.0, -reach]))
        planes += _rows(normal, reach, scale, sign=1) + _rows(normal, reach, scale, sign=-1)
    return np.vstack(planes)


def _rows(normal: Floats, reach: float, scale: float, *, sign: int) -> list[Floats]:
    planes, radius, z = [], reach, GIRDLE * sign
    for slope, height in _CROWN if sign > 0 else _PAVILION:
        planes.append(tilted(normal, sign * slope, np.append(normal * radius, z)))
        radius -= scale * height / np.tan(np.radians(slope))
        z += sign * scale * height
    return planes
