"""Pendants with a meaning: crosses, hearts, keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.random import Generator

from parure.render.chance import between, maybe, melee, pick, whole
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.pendant_hangers import Hanger, hung_by_chance
from parure.render.families.pendants import hung_type
from parure.render.mesh import Floats, Mesh, Part, place, rotation
from parure.render.mounts import bezel, metal, pave_row
from parure.render.outlines import evenly, heart
from parure.render.solids import ball, band_profile, circle, plate, sweep, torus, tube

__all__ = ["FAMILIES", "CrossPendant", "HeartPendant", "KeyPendant", "set_along"]


def set_along(spots: Floats, size: float, gem: str, along: Floats) -> list[Part]:
    """Melee facing up at each spot of a row."""
    ups = np.tile([0.0, 0.0, 1.0], (len(spots), 1))
    return pave_row(spots, ups, size, gem=gem, along=along)


@dataclass(frozen=True)
class CrossPendant(Hanger):
    """A cross with plain, flared or budded arms; a row of stones along them, or one where they meet."""

    size: float = 22.0
    arms: str = "plain"
    thick: float = 2.6
    row: bool = False
    stone: Stone | None = None

    def body(self) -> list[Part]:
        half = self.size / 2
        ends = np.array([[0, 0.85 * half], [0, -1.15 * half], [0.62 * half, 0], [-0.62 * half, 0]])
        parts: list[Part] = []
        for end in ends:
            parts.append(metal("face", self._arm(end)))
            if self.arms == "budded":
                bud = ball(0.62 * self.thick, detail=10).scaled((1, 1, 0.7))
                parts.append(metal("face", bud.moved(offset=(*end, 0.35 * self.thick))))
            parts += self._row(end) if self.row and self.stone else []
        if self.stone is not None and not self.row:
            parts += place(bezel(self.stone, wall=0.4, depth=0.5), offset=(0, 0, 0.6 * self.thick + 0.35))
        return parts

    def _arm(self, end: Floats) -> Mesh:
        line = np.linspace([0.0, 0.0, 0.0], [*end, 0.0], 12)
        swell = np.linspace(0.7, 1.7, 12) if self.arms == "flared" else np.ones(12)
        return sweep(line, band_profile(self.thick, 0.6 * self.thick, 5.0, 0.9), scale=swell, ups=(0, 0, 1))

    def _row(self, end: Floats) -> list[Part]:
        size = self.stone.size if self.stone else 1.0
        reach = float(np.linalg.norm(end))
        steps = np.arange(0.0 if end[1] > 0 else 1.1 * size, reach - 0.4 * size, 1.1 * size)
        way = np.append(end / reach, 0.0)
        spots = steps[:, None] * way + np.array([0, 0, 0.6 * self.thick + 0.24 * size])
        return set_along(spots, size, self.stone.gem if self.stone else "diamond", np.tile(way, (len(spots), 1)))

    @classmethod
    def sample(cls, random: Generator) -> Self:
        size = between(random, 14, 38)
        thick = round(between(random, 0.08, 0.15) * size, 2)
        arms = pick(random, ("plain", "plain", "flared", "budded"))
        row = arms != "flared" and maybe(random, 0.35)
        stone = Stone(melee(random), "round", round((0.78 if row else 1.1) * thick, 2))
        piece = cls(size, arms, thick, row, stone if row or maybe(random, 0.25) else None)
        return hung_by_chance(random, piece)

    def facts(self) -> Facts:
        setting = "" if self.stone is None else "pave" if self.row else "bezel"
        return Facts("cross_pendant", self.stone, setting, "cross", chain_type=self.chain)


@dataclass(frozen=True)
class HeartPendant(Hanger):
    """A heart: puffed, its outline set with small stones, or one outline within another."""

    size: float = 16.0
    style: str = "puffed"
    stone: Stone | None = None
    tilt: float = 0.0

    def body(self) -> list[Part]:
        curve = heart(200) * self.size / 2
        if self.style == "puffed":
            front = plate(curve, 0.5, dome=0.2 * self.size)
            back = plate(curve, 0.5, dome=0.2 * self.size).moved(rotation((0, 1, 0), 180))
            parts = [metal("face", front), metal("face", back)]
            if self.stone is not None:
                parts += place(
                    bezel(self.stone, wall=0.4, depth=0.8), offset=(0, 0.05 * self.size, 0.68 + 0.19 * self.size)
                )
        elif self.stone is not None:
            parts = self._lined(curve, self.stone)
        else:
            parts = [self._wire(curve, 0.055), self._wire(0.62 * curve + np.array([0, 0.12 * self.size]), 0.045)]
        return place(parts, rotation((0, 0, 1), self.tilt))

    def _wire(self, curve: Floats, share: float) -> Part:
        path = np.column_stack([evenly(curve, 150), np.zeros(150)])
        return metal("face", sweep(path, circle(share * self.size, 12), closed=True, ups=(0, 0, 1)))

    def _lined(self, curve: Floats, stone: Stone) -> list[Part]:
        length = float(np.linalg.norm(curve - np.roll(curve, 1, 0), axis=1).sum())
        count = int(length / (1.12 * stone.size))
        spots = evenly(curve, count)
        along = np.roll(spots, -1, 0) - np.roll(spots, 1, 0)
        flat = np.column_stack([spots, np.full(count, 0.5 * stone.size)])
        rail = np.column_stack([evenly(curve, 150), np.zeros(150)])
        section = band_profile(1.25 * stone.size, 0.35 * stone.size, 4.0, 0.9)
        body = metal("face", sweep(rail, section, closed=True, ups=(0, 0, 1)))
        return [body, *set_along(flat, stone.size, stone.gem, np.column_stack([along, np.zeros(count)]))]

    @classmethod
    def sample(cls, random: Generator) -> Self:
        size, style = between(random, 9, 26), pick(random, ("puffed", "lined", "double"))
        stone = None
        if style == "lined":
            stone = Stone(melee(random), "round", between(random, 1.1, 2.2))
        elif style == "puffed" and maybe(random, 0.3):
            stone = Stone(melee(random), "round", round(0.16 * size, 2))
        tilt = between(random, -18, 18) if maybe(random, 0.3) else 0.0
        return hung_by_chance(random, cls(size, style, stone, tilt))

    def facts(self) -> Facts:
        setting = "" if self.stone is None else "bezel" if self.style == "puffed" else "pave"
        return Facts(hung_type(self.chain), self.stone, setting, "heart", chain_type=self.chain)


@dataclass(frozen=True)
class KeyPendant(Hanger):
    """An old key: its bow a ring, a heart or three rings, its bit so many teeth; a stone in the bow."""

    size: float = 30.0
    bow: str = "ring"
    teeth: int = 3
    stone: Stone | None = None

    def body(self) -> list[Part]:
        wire, wide = 0.035 * self.size, 0.17 * self.size
        shaft = np.array([[0, -wide, 0], [0, -self.size + wide, 0]])
        parts = [metal("face", tube(shaft, wire, sides=12)), *self._bow(wide, wire)]
        for k in range(3):
            collar = torus(1.25 * wire, 0.5 * wire, count=24, sides=8).moved(rotation((1, 0, 0), 90))
            parts.append(metal("face", collar.moved(offset=(0, -wide - (1.5 + 1.3 * k) * wire, 0))))
        for k in range(self.teeth):
            y = -self.size + wide + (0.5 + 2.4 * k) * wire
            tooth = np.array([[0, y, 0], [(3.6 if k % 2 == 0 else 2.6) * wire, y, 0]])
            parts.append(metal("face", sweep(tooth, band_profile(1.7 * wire, 1.2 * wire, 5.0, 0.9), ups=(0, 0, 1))))
        if self.stone is not None:
            parts += bezel(self.stone, wall=0.4, depth=0.6)
        return parts

    def _bow(self, wide: float, wire: float) -> list[Part]:
        if self.bow == "heart":
            path = np.column_stack([evenly(heart(), 120) * wide * 1.05, np.zeros(120)])
            return [metal("face", sweep(path, circle(wire, 10), closed=True, ups=(0, 0, 1)))]
        if self.bow == "ring":
            return [metal("face", torus(wide, wire, count=60, sides=10))]
        small = torus(0.52 * wide, wire, count=40, sides=10)
        spots = ((0.0, 0.5), (-0.55, -0.42), (0.55, -0.42))
        return [metal("face", small.moved(offset=(x * wide, y * wide, 0))) for x, y in spots]

    @classmethod
    def sample(cls, random: Generator) -> Self:
        size, bow = between(random, 22, 46), pick(random, ("ring", "heart", "trefoil"))
        stone = (
            Stone(melee(random), "round", round(0.15 * size, 2)) if bow != "trefoil" and maybe(random, 0.4) else None
        )
        return hung_by_chance(random, cls(size, bow, whole(random, 2, 4), _filling(stone, size)))

    def facts(self) -> Facts:
        setting = "bezel" if self.stone else ""
        return Facts(hung_type(self.chain), self.stone, setting, "key", chain_type=self.chain)


def _filling(stone: Stone | None, size: float) -> Stone | None:
    """The stone grown until its collar meets the bow around it."""
    return None if stone is None else Stone(stone.gem, stone.cut, round(0.27 * size, 2))


FAMILIES: tuple[type, ...] = (CrossPendant, HeartPendant, KeyPendant)
