"""A piece with what it is worn or shown on, and from where people look at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from parure.render.mesh import Floats, Part, all_vertices

__all__ = ["WornScene", "near"]


@dataclass(frozen=True, eq=False)
class WornScene:
    """`focus` (n, 3): what the camera frames. `azimuth` and `elevation`: ranges for `camera.aim`, in degrees.

    `parts` holds the piece first (`piece` of them), then skin and props.
    """

    parts: list[Part]
    piece: int
    focus: Floats
    azimuth: tuple[float, float]
    elevation: tuple[float, float]

    def view(self, random: Generator) -> tuple[float, float]:
        """An azimuth and an elevation within the ranges."""
        return float(random.uniform(*self.azimuth)), float(random.uniform(*self.elevation))


def near(parts: Sequence[Part], piece: Sequence[Part], reach: float) -> Floats:
    """Corners of a cube about the piece, `reach` mm from its middle or as far as the piece goes."""
    points = all_vertices(piece)
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    around = all_vertices(parts)
    around = around[np.linalg.norm(around - middle, axis=1) < reach]
    return np.vstack([points[:: max(1, len(points) // 4000)], around[:: max(1, len(around) // 4000)]])
