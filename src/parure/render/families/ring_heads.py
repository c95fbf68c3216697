"""Heads: a stone with what holds it up, the girdle's centre at the origin, the table to +z.

Claws come in several builds, because shops differ in little else: how they rise, how they end, how many there are. The
halo fits its stones to the outline, so that the row closes without a gap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from parure.render.chance import between, pick
from parure.render.cuts import Stone
from parure.render.mesh import Floats, Mesh, Part
from parure.render.mounts import bezel, bezel_depth, claw_azimuths, metal, pave_row, peg_pearl
from parure.render.outlines import ASPECT, at_azimuth, evenly, offset
from parure.render.solids import circle, sweep, tube

__all__ = ["Claws", "close_halo", "depth_for", "held", "is_long", "reach_of", "resized", "some_claws"]

_TIPS = {"round": 3.0, "talon": 1.5, "double": 1.0}
_GALLERIES = {"peg": 2.0, "basket": 2.0, "tulip": 1.0}

# Share of the girdle's radius at the foot and half way up, of each way a claw can rise.
_RISE = {"peg": (0.28, 0.66), "basket": (0.6, 0.82), "tulip": (0.14, 0.4)}


@dataclass(frozen=True)
class Claws:
    """`count` is for round stones; other shapes have their own places. `slim` is the wire's share of the usual."""

    count: int = 4
    tip: str = "round"
    gallery: str = "peg"
    slim: float = 1.0

    def hold(self, stone: Stone, depth: float, label: str = "centre_stone") -> list[Part]:
        """The stone, its claws rooted `depth` below the girdle, and the rails between them."""
        wire = self.slim * (0.1 + 0.032 * stone.size) * (0.72 if self.tip == "double" else 1.0)
        parts = [stone.part(label)]
        parts += [metal("prong", self._claw(stone, azimuth, depth=depth, wire=wire)) for azimuth in self._places(stone)]
        heights = (0.5,) if self.gallery == "peg" else (0.28, 0.78)
        foot, middle = _RISE[self.gallery]
        for share in heights:
            radius = np.interp(share, [0, 0.5, 1], [1.0, middle, foot])
            parts.append(metal("setting", _rail(stone.outline * radius * 0.97, z=-share * depth, wire=0.8 * wire)))
        return parts

    def _places(self, stone: Stone) -> Sequence[float]:
        base = claw_azimuths(stone, self.count)
        if self.tip != "double":
            return base
        return [azimuth + side for azimuth in base for side in ((-8, 8) if azimuth % 180 else (0,))]

    def _claw(self, stone: Stone, azimuth: float, *, depth: float, wire: float) -> Mesh:
        reach = at_azimuth(stone.outline, azimuth)
        radius = float(np.linalg.norm(reach))
        rise = 0.16 * stone.size  # crown height of the cuts
        over = 0.06 if self.tip != "talon" else 0.1
        foot, middle = _RISE[self.gallery]
        knots = np.array(
            [
                [foot * radius, -depth],
                [middle * radius, -0.5 * depth],
                [radius + 0.25 * wire, -0.03 * stone.size],
                [radius + 0.3 * wire, 0.3 * rise],
                [radius - 0.25 * wire, 0.62 * rise],
                [radius - over * stone.size - 0.5 * wire, 0.86 * rise],
            ]
        )
        line = _smooth(knots, 26)
        path = line[:, :1] * np.append(reach / radius, 0.0) + line[:, 1:] * np.array([0.0, 0.0, 1.0])
        return tube(path, wire, taper=0.86 if self.tip != "talon" else 0.5, sides=12)


def _smooth(knots: Floats, count: int) -> Floats:
    """A monotone curve through (radius, z) knots."""
    from scipy.interpolate import PchipInterpolator

    t = np.linspace(0, 1, len(knots))
    return np.asarray(PchipInterpolator(t, knots)(np.linspace(0, 1, count)))


def _rail(curve: Floats, *, z: float, wire: float) -> Mesh:
    flat = evenly(curve, 72)
    return sweep(np.column_stack([flat, np.full(72, z)]), circle(wire, 10), closed=True, ups=(0, 0, 1))


def depth_for(stone: Stone) -> float:
    """Room below the girdle: the pavilion of a faceted stone and a little air."""
    if stone.cut == "bead":
        return 0.5 * stone.size + 0.2
    return (0.2 if stone.cut == "cabochon" else 0.42) * stone.size + 0.9


def held(stone: Stone, claws: Claws | None, *, depth: float, label: str = "centre_stone") -> list[Part]:
    """The stone in claws, or in a collar where there are none; a pearl always sits on its peg."""
    if stone.cut == "bead":
        peg = tube([[0, 0, -depth - 0.3], [0, 0, -0.42 * stone.size]], 0.11 * stone.size)
        return [*peg_pearl(stone.size, stone.gem, label), metal("setting", peg)]
    if claws is not None:
        return claws.hold(stone, depth, label)
    return bezel(stone, wall=0.3 + 0.05 * stone.size, depth=max(depth, bezel_depth(stone)), label=label)


def reach_of(stone: Stone, *, turned: bool = False) -> float:
    """Half of the stone's extent in x; in y when `turned` along the finger."""
    return float(np.abs(stone.outline[:, 1 if turned else 0]).max())


def is_long(stone: Stone) -> bool:
    return ASPECT["oval" if stone.cut == "cabochon" else stone.cut] < 0.9 if stone.cut != "bead" else False


def close_halo(stone: Stone, melee: float, gem: str, *, away: float = 0.0, z: float = 0.0) -> list[Part]:
    """A closed row of melee of about the size asked for, `away` from the girdle, between two thin rails."""
    middle = offset(evenly(stone.outline, 720), away + 0.6 * melee)
    length = float(np.linalg.norm(middle - np.roll(middle, 1, 0), axis=1).sum())
    count = max(10, round(length / (1.06 * melee)))
    size = length / count / 1.06
    seats = evenly(middle, count)
    ahead = np.roll(seats, -1, 0) - np.roll(seats, 1, 0)
    points, ups = np.column_stack([seats, np.full(count, z)]), np.tile([0.0, 0.0, 1.0], (count, 1))
    parts = pave_row(points, ups, size, gem=gem, along=np.column_stack([ahead, np.zeros(count)]), depth=0.16)
    for shift, wire in ((-0.48, 0.13), (0.5, 0.15)):
        curve = evenly(offset(middle, shift * size), 180)
        path = np.column_stack([curve, np.full(180, z - 0.16 * size)])
        parts.append(metal("setting", sweep(path, circle(wire * size, 10), closed=True, ups=(0, 0, 1))))
    return parts


def resized(random: Generator, stone: Stone, low: float, high: float) -> Stone:
    """The stone at a new size: `low` to `high` mm is the diameter of the round stone that covers as much finger."""
    aspect = ASPECT["oval" if stone.cut == "cabochon" else stone.cut] if stone.cut != "bead" else 1.0
    return Stone(stone.gem, stone.cut, round(between(random, low, high) / aspect**0.5, 2))


def some_claws(random: Generator) -> Claws:
    return Claws(pick(random, {4: 4.0, 6: 3.0, 3: 0.6, 8: 0.5}), pick(random, _TIPS), pick(random, _GALLERIES))
