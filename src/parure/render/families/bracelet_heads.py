"""Light heads for rows of many stones: `mounts` draws each claw and collar with ten times the points."""

from __future__ import annotations

import numpy as np

from parure.render.cuts import Stone
from parure.render.mesh import Part
from parure.render.mounts import metal
from parure.render.outlines import ASPECT, evenly, offset
from parure.render.solids import circle, sweep, tube

__all__ = ["small_bezel", "small_claws"]

_LONG_CUTS = ("oval", "emerald", "marquise", "pear", "baguette")


def small_claws(stone: Stone, *, count: int = 4) -> list[Part]:
    """A light head for rows of many stones: four short claws and a rail; `mounts.claws` has ten times the points."""
    size, parts = stone.size, [stone.part("side_stone")]
    half = np.array([0.5, 0.5 * ASPECT.get(stone.cut, 1.0)]) * size
    for k in range(count):
        angle = np.pi / 4 + 2 * np.pi * k / count
        x, y = half * np.array([np.cos(angle), np.sin(angle)]) * (1.0 if stone.cut not in _LONG_CUTS else 1.03)
        knots = [
            [0.62 * x, 0.62 * y, -0.38 * size],
            [1.04 * x, 1.04 * y, -0.02 * size],
            [0.88 * x, 0.88 * y, 0.13 * size],
        ]
        parts.append(metal("prong", tube(knots, 0.075 * size, sides=6)))
    rail = np.column_stack([circle(1.0, 20) * half * 0.72, np.full(20, -0.3 * size)])
    return [*parts, metal("setting", sweep(rail, circle(0.07 * size, 6), closed=True, ups=(0, 0, 1)))]


def small_bezel(stone: Stone, label: str = "side_stone") -> list[Part]:
    """The stone in a plain collar; its back is closed when the stone is opaque."""
    size, flat = stone.size, stone.cut == "cabochon"
    wall, low, high = 0.1 * size + 0.2, -(0.16 if flat else 0.34) * size, (0.1 if flat else 0.06) * size
    curve = offset(evenly(stone.outline, 48), 0.35 * wall)
    corner = np.sign(circle(1.0, 12)) * np.abs(circle(1.0, 12)) ** 0.5
    section = corner * [wall / 2, (high - low) / 2] + [0, (high + low) / 2]
    path = np.column_stack([curve, np.zeros(len(curve))])
    parts = [stone.part(label), metal("setting", sweep(path, section, closed=True, ups=(0, 0, 1)))]
    if flat:
        floor = np.array([[0, 0, low], [0, 0, low + 0.3]])
        parts.append(metal("setting", sweep(floor, evenly(stone.outline, 48), ups=(0, 1, 0))))
    return parts
