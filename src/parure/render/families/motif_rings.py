"""A sign on a band: hearts, stars, knots, leaves and their like, and the claddagh.

Signs are drawn flat, the top towards +y, and bent round the finger with the band they stand on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.random import Generator

from parure.render.chance import between, maybe, melee, pick
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.ring_shanks import Shank, on_some_shank
from parure.render.mesh import METAL, SECOND_METAL, Floats, Mesh, Part, place, rotation
from parure.render.mounts import bezel, metal
from parure.render.outlines import evenly, heart, outline, star
from parure.render.solids import ball, circle, ellipsoid, plate, sweep, tube

__all__ = ["FAMILIES", "CladdaghRing", "MotifRing"]

_MOTIFS = {
    "heart": 3.0,
    "star": 1.5,
    "leaf": 1.2,
    "cross": 0.8,
    "infinity": 2.0,
    "knot": 1.5,
    "flower": 1.5,
    "bar": 0.8,
    "circle": 1.0,
}
_WITH_STONE = ("heart", "star", "flower", "bar", "circle")


def _bent(parts: list[Part], radius: float) -> list[Part]:
    """Wrap what lies flat on z = 0 round a cylinder of this radius."""
    return [replace(part, mesh=Mesh(_round(part.mesh.vertices, radius), part.mesh.faces)) for part in parts]


def _round(points: Floats, radius: float) -> Floats:
    angle, reach = points[:, 0] / radius, radius + points[:, 2]
    return np.column_stack([reach * np.sin(angle), points[:, 1], reach * np.cos(angle)])


def _cross() -> Floats:
    arm = 0.2
    corners = [(arm, 0.45), (arm, 1), (-arm, 1), (-arm, 0.45), (-0.65, 0.45), (-0.65, 0.05), (-arm, 0.05)]
    corners += [(-arm, -1), (arm, -1), (arm, 0.05), (0.65, 0.05), (0.65, 0.45)]
    return evenly(np.array(corners) - [0, 0.25], 200)


@dataclass(frozen=True)
class MotifRing(Shank):
    """`sign` is a motif of the taxonomy; `size` its length in mm; some carry a small stone in the middle."""

    sign: str = "heart"
    size: float = 8.0
    stone: Stone | None = None
    width: float = 1.9
    turn: float = 0.0  # 90 lays the sign along the band

    @classmethod
    def sample(cls, random: Generator) -> Self:
        sign = pick(random, _MOTIFS)
        size = between(random, 6.0, 10.5)
        gem = melee(random)
        stone = Stone(gem, "round", round(size * between(random, 0.2, 0.3), 2)) if sign in _WITH_STONE else None
        turn = pick(random, (0.0, 90.0)) if sign in ("heart", "leaf", "cross", "knot") else 0.0
        ring = cls(sign, size, stone if maybe(random, 0.5) else None, between(random, 1.4, 2.4), turn)
        return on_some_shank(random, ring, styles=("split", "twist"))

    def facts(self) -> Facts:
        return Facts("ring", self.stone, "bezel" if self.stone else "", self.sign)

    def build(self) -> list[Part]:
        parts = place(self._sign(), rotation((0, 0, 1), self.turn))
        if self.stone is not None:
            setting = bezel(self.stone, wall=0.35, depth=0.36 * self.stone.size)
            parts += place(setting, offset=(0, 0, 1.25 + 0.2 * self.stone.size))
        parts = [replace(p, material=self.tone) if p.material == METAL else p for p in parts]
        return self.band(self.width) + _bent(parts, self.seat - 0.1)

    def _sign(self) -> list[Part]:
        half = self.size / 2
        if self.sign in ("infinity", "knot", "circle"):
            return [metal("face", self._wire(half))]
        if self.sign == "flower":
            return self._flower(half)
        if self.sign == "bar":
            corners = np.array([[half, -1.1], [half, 1.1], [-half, 1.1], [-half, -1.1]])
            return [metal("face", plate(evenly(corners, 120), 1.3))]
        if self.sign == "leaf":
            blade = plate(
                np.array(outline("marquise", 120)) * half, 1.1, height=lambda p: -0.5 * np.abs(p[:, 1]) / half
            )
            vein = tube(np.array([[-0.95 * half, 0, 1.1], [0.9 * half, 0, 1.1]]), 0.22, taper=0.5)
            return place([metal("face", blade), metal("face", vein)], rotation((0, 0, 1), 90))
        curve = {"heart": heart(160), "star": star(5, 0.45, 160), "cross": _cross()}[self.sign]
        return [metal("face", plate(curve * half, 1.3, dome=0.5 if self.sign == "heart" else 0.15))]

    def _wire(self, half: float) -> Mesh:
        t = np.linspace(0, 2 * np.pi, 240, endpoint=False)
        wire = 0.11 * self.size
        sin, cos = np.sin(t), np.cos(t)
        if self.sign == "infinity":
            x, y, z = half * cos / (1 + sin**2), 1.25 * half * sin * cos / (1 + sin**2), wire * sin
        elif self.sign == "knot":
            x, y = half / 3 * (sin + 2 * np.sin(2 * t)), half / 3 * (cos - 2 * np.cos(2 * t))
            z = -1.1 * wire * np.sin(3 * t)
        else:
            x, y, z = half * cos, half * sin, 0 * t
        path = np.column_stack([x, y, z + 1.7 * wire])
        return sweep(path, circle(wire, 14), closed=True)

    def _flower(self, half: float) -> list[Part]:
        petal = plate(np.array(outline("oval", 90)) * 0.3 * self.size, 0.9, dome=0.35)
        parts = [
            part
            for k in range(5)
            for part in place(
                [metal("petal", petal)],
                rotation((0, 0, 1), 72 * k + 18),
                rotation((0, 0, 1), 72 * k + 18) @ np.array([0.62 * half, 0, 0.04 * k]),
            )
        ]
        core = ball(0.2 * self.size, detail=14).scaled((1, 1, 0.6)).moved(offset=(0, 0, 0.9))
        return parts if self.stone is not None else [*parts, metal("face", core)]


@dataclass(frozen=True)
class CladdaghRing(Shank):
    """Two hands hold a crowned heart; the heart may carry a small stone."""

    size: float = 7.0
    stone: Stone | None = None
    points: int = 3  # of the crown
    width: float = 3.0

    @classmethod
    def sample(cls, random: Generator) -> Self:
        size = between(random, 6.0, 8.5)
        gem = pick(random, ("emerald", melee(random)))
        stone = Stone(gem, "round", round(0.36 * size, 2)) if maybe(random, 0.4) else None
        ring = cls(size, stone, pick(random, (3, 5)), between(random, 2.2, 3.6))
        return on_some_shank(random, ring, styles=())

    def facts(self) -> Facts:
        return Facts("claddagh_ring", self.stone, "bezel" if self.stone else "", "heart")

    def build(self) -> list[Part]:
        half = self.size / 2
        dome = plate(heart(160) * half, 1.6, dome=0.7)
        parts = [metal("face", dome), *place(self._crown(), offset=(0, 1.32 * half, 0.15))]
        if self.stone is not None:
            parts += place(bezel(self.stone, wall=0.4, depth=0.9), offset=(0, 0.1 * half, 2.4))
        if self.tone == SECOND_METAL:
            parts = [replace(part, material=SECOND_METAL) if part.label == "face" else part for part in parts]
        hand = self._hand()
        parts += [*hand, *place(hand, rotation((0, 0, 1), 180), (0, 0.2 * half, 0))]
        return self.band(self.width) + _bent(parts, self.seat - 0.2)

    def _crown(self) -> list[Part]:
        """A low crown over the heart's cleft: a band below, points with a ball on each above."""
        span = 0.62 * self.size / 2
        tips = np.linspace(1.15, -1.15, self.points)
        heights = 0.75 + 0.35 * (1 - np.abs(tips) / 1.15)
        dips = (tips[:-1] + tips[1:]) / 2
        top = [(x, y) for x, y in zip(tips, heights, strict=True)]
        rim = [
            point for k, tip in enumerate(top) for point in ([tip] if k == self.points - 1 else [tip, (dips[k], 0.2)])
        ]
        curve = evenly(np.array([(0.85, -0.55), *rim, (-0.85, -0.55)]) * span, 160)
        grain = ball(0.3, detail=9)
        parts = [metal("face", plate(curve, 1.3))]
        return parts + [metal("face", grain.moved(offset=(x * span, y * span, 0.9))) for x, y in top]

    def _hand(self) -> list[Part]:
        """The right hand: a cuff on the band, a palm, four fingers on the heart's flank and a thumb below."""
        half, z = self.size / 2, 0.9
        parts = [
            metal("band", ellipsoid(0.55, 0.5 * self.width + 0.35, 0.8).moved(offset=(2.05 * half, 0, z - 0.2))),
            metal("band", ellipsoid(0.5 * half, 0.42 * half, 0.75).moved(offset=(1.5 * half, 0.05 * half, z))),
        ]
        for k in range(4):
            y = (0.42 - 0.24 * k) * half
            line = [[1.45 * half, 0.7 * y, z + 0.1], [1.05 * half, y, z + 0.95], [0.62 * half, y, z + 1.1]]
            parts.append(metal("band", tube(np.array(line), 0.12 * half, taper=0.75, sides=10)))
        thumb = [
            [1.4 * half, -0.25 * half, z],
            [1.05 * half, -0.62 * half, z + 0.3],
            [0.7 * half, -0.72 * half, z + 0.2],
        ]
        return [*parts, metal("band", tube(np.array(thumb), 0.14 * half, taper=0.75, sides=10))]


FAMILIES: tuple[type, ...] = (MotifRing, CladdaghRing)
