"""Brilliant cuts: a table, kites, stars and halves around any convex outline.

Angles are those across the width; along its length a long stone is cut flatter, as real ones are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from parure.render.cut_planes import GIRDLE, girdle_planes, height_on, plane_through, tilted
from parure.render.mesh import Floats

__all__ = ["BRILLIANTS", "Brilliant", "brilliant_planes", "princess_planes"]


@dataclass(frozen=True)
class Brilliant:
    """Angles in degrees; `table`, `star`, `lower` and `culet` are shares of the radius as grading reports give them."""

    table: float = 0.57
    crown: float = 34.5
    pavilion: float = 40.8
    star: float = 0.5
    lower: float = 0.8
    culet: float = 0.0
    mains: int = 8
    halves: bool = True


# Round: the middle of GIA's "excellent" (table 52-62 %, crown 31.5-36.5, pavilion 40.6-41.8 degrees, star 45-65 %,
# lower halves 70-85 %). Old cuts: GIA calls a stone old European with a table of at most 53 %, a crown of at least
# 40 degrees and lower halves of at most 60 %; the old mine's is the same on a cushion, with a large culet. Fancy
# shapes: the trade's usual ranges (table 53-64 %, depth 58-66 % of the width, pavilion 40-42 degrees across it).
BRILLIANTS = {
    "round": Brilliant(),
    "single": Brilliant(table=0.6, crown=33.0, halves=False),
    "cushion": Brilliant(table=0.58, crown=36.0, pavilion=42.0),
    "radiant": Brilliant(table=0.62, crown=37.0, pavilion=42.5, lower=0.75),
    "marquise": Brilliant(table=0.56, crown=35.0, pavilion=41.0),
    "pear": Brilliant(table=0.56, crown=35.0, pavilion=41.0),
    "trillion": Brilliant(table=0.58, crown=33.0, pavilion=39.5, mains=6),
    "old_mine": Brilliant(table=0.45, crown=41.0, pavilion=42.0, lower=0.5, culet=0.13),
    "old_european": Brilliant(table=0.5, crown=40.0, pavilion=41.0, lower=0.5, culet=0.1),
}


def brilliant_planes(curve: Floats, cut: Brilliant) -> Floats:
    """Half-spaces of the cut over an outline (n, 2) whose narrowest half-width is that of its y."""
    count, total = 2 * cut.mains, len(curve)
    width = float(np.abs(curve[:, 1]).max())
    rise, drop = np.tan(np.radians(cut.crown)) * width, np.tan(np.radians(cut.pavilion)) * width
    top, low = GIRDLE + (1 - cut.table) * rise, np.array([0.0, 0.0, -GIRDLE - drop])
    at = [curve[round(k * total / count) % total] for k in range(count)]
    up, down, planes = [], [], [np.array([0.0, 0.0, 1.0, -top])]
    for k in range(cut.mains):
        girdle = at[2 * k]
        along = np.append(at[(2 * k + 1) % count] - at[2 * k - 1], 0.0)
        upper, lower = np.append(girdle, GIRDLE), np.append(girdle, -GIRDLE)
        up.append(plane_through(upper, np.append(cut.table * girdle, top), upper + along))
        down.append(plane_through(lower, low, lower + along))
    planes += up + down
    if cut.culet:
        planes.append(np.array([0.0, 0.0, -1.0, low[2] * (1 - cut.culet)]))
    if cut.halves:
        planes += _half_facets(at, up, down, cut=cut, top=top)
    return np.vstack([*planes, girdle_planes(curve)])


def _half_facets(at: list[Floats], up: list[Floats], down: list[Floats], *, cut: Brilliant, top: float) -> list[Floats]:
    planes = []
    for k in range(cut.mains):
        left, middle, right = at[2 * k], at[2 * k + 1], at[(2 * k + 2) % len(at)]
        star_xy, low_xy = middle * (cut.table + cut.star * (1 - cut.table)), middle * (1 - cut.lower)
        star = np.append(star_xy, min(height_on(up[k], star_xy), height_on(up[(k + 1) % cut.mains], star_xy)))
        low = np.append(low_xy, max(height_on(down[k], low_xy), height_on(down[(k + 1) % cut.mains], low_xy)))
        planes.append(plane_through(np.append(cut.table * left, top), np.append(cut.table * right, top), star))
        for side in (left, right):
            planes.append(plane_through(star, np.append(side, GIRDLE), np.append(middle, GIRDLE)))
            planes.append(plane_through(low, np.append(side, -GIRDLE), np.append(middle, -GIRDLE)))
    return planes


def princess_planes() -> Floats:
    """A square with chevrons below: each side's pavilion is three pairs of facets fanning from its corners.

    Total depth 65 % of the width and a table near 70 %, in the usual range of princess cuts (64-75 % and 60-75 %).
    """
    top = GIRDLE + 0.13
    planes = [np.array([0.0, 0.0, 1.0, -top])]
    for quarter in range(4):
        angle = quarter * np.pi / 2
        normal = np.array([np.cos(angle), np.sin(angle)])
        along = np.array([-normal[1], normal[0]])
        planes += [np.append(normal, [0.0, -1.0]), tilted(normal, 32, np.append(normal, GIRDLE))]
        for sign in (1.0, -1.0):
            corner = np.append(normal + sign * along, 0.0)
            star = (normal + 0.5 * sign * along) / np.hypot(1, 0.5)
            planes.append(tilted(star, 27, corner * 0.985 + np.array([0, 0, GIRDLE])))
            for lean, slope in ((0.14, -52), (0.4, -44.5), (0.75, -38.5)):
                facing = (normal + lean * sign * along) / np.hypot(1, lean)
                planes.append(tilted(facing, slope, corner - np.array([0, 0, GIRDLE])))
    return np.vstack(planes)
