"""Brooches: face up, the pin behind. Figures and forms without flowers are in `brooch_*`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from parure.render.chance import bead, between, cabochon, faceted, maybe, melee, pick, whole
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.bracelet_heads import small_claws
from parure.render.mesh import Floats, Part, on_floor, place, rotation
from parure.render.mounts import bezel, claws, metal, pave_row, peg_pearl
from parure.render.solids import circle, plate, sweep, tube

__all__ = ["FAMILIES", "CircleBrooch", "FlowerBrooch", "StarburstBrooch", "mounted", "pin"]


def pin(width: float) -> list[Part]:
    return [metal("closure", tube([[-width / 2, 0, -2.2], [width / 2, 0, -2.2]], 0.45))]


def mounted(stone: Stone, depth: float = 2.0) -> list[Part]:
    """The main stone held as its cut asks: pearls on a peg, cabochons in a collar, others in claws."""
    if stone.cut == "bead":
        return peg_pearl(stone.size, stone.gem)
    return bezel(stone, wall=0.6) if stone.cut == "cabochon" else claws(stone, depth=depth)


def _setting_of(stone: Stone) -> str:
    return {"bead": "glue_set", "cabochon": "bezel"}.get(stone.cut, "prong")


def _any_stone(random: Generator, low: float, high: float) -> Stone:
    kind = pick(random, {"faceted": 4.0, "cabochon": 1.0, "pearl": 1.5})
    if kind == "faceted":
        return faceted(random, low, high, cuts=("round", "round", "cushion", "oval"))
    return cabochon(random, low, high) if kind == "cabochon" else bead(random, low, high, pearl=True)


@dataclass(frozen=True)
class FlowerBrooch:
    """Curved metal petals around a stone, on a stem with leaves; `rows` of petals, `pointed` ones narrow outward."""

    centre: Stone
    petals: int = 6
    size: float = 30.0
    rows: int = 1
    slim: float = 0.56
    cup: float = 0.25
    stem: bool = True
    pave: str = ""

    def build(self) -> list[Part]:
        length = 0.34 * self.size
        parts = place(mounted(self.centre), offset=(0, 0, 2.6 + 0.8 * (self.rows - 1)))
        for row in range(self.rows):
            parts += self._row(length * (1 - 0.32 * row), row)
        if self.stem:
            parts += self._stalk(length)
        return on_floor(parts + pin(0.7 * self.size))

    def _row(self, length: float, row: int) -> list[Part]:
        parts = []
        petal = self._petal(length, self.slim * length)
        if self.pave and row == self.rows - 1:
            reach = np.arange(-0.15 * length, 0.72 * length, 1.5)
            spots = np.column_stack([reach, 0 * reach, 1.25 + self._rise(reach / length, length)])
            ups, along = np.tile([0.0, 0, 1], (len(reach), 1)), np.tile([1.0, 0, 0], (len(reach), 1))
            petal = petal + pave_row(spots, ups, 1.3, along=along, gem=self.pave)
        for k in range(self.petals):
            turn = rotation((0, 0, 1), 90 + 360 * (k + 0.5 * row) / self.petals)
            parts += place(petal, turn, turn @ np.array([0.9 * length, 0, 0.9 * row]))
        return parts

    def _stalk(self, length: float) -> list[Part]:
        stem = np.column_stack([np.linspace(0, 4.5, 40), np.linspace(-0.3, -1.15, 40) * self.size, np.full(40, -0.9)])
        stem[:, 0] *= np.linspace(0, 1, 40)
        parts = [metal("stem", tube(stem, 0.8))]
        for degrees, y in ((20, -0.78), (158, -0.92)):
            turn = rotation((0, 0, 1), degrees)
            reach = np.array([2.4 + 0.55 * length * np.cos(np.radians(degrees)), y * self.size + 2.5, -0.8])
            parts += place(self._petal(0.55 * length, 0.26 * length), turn, reach)
        return parts

    def _rise(self, share: Floats, half_length: float) -> Floats:
        return np.asarray(0.9 * share**2 * half_length * self.cup)

    def _petal(self, half_length: float, half_width: float) -> list[Part]:
        t = np.linspace(0, 2 * np.pi, 120, endpoint=False)
        curve = np.column_stack([half_length * np.cos(t), half_width * np.sin(t) * (1 + 0.25 * np.cos(t))])

        def rise(points: Floats) -> Floats:
            x, y = points[:, 0] / half_length, points[:, 1] / half_width
            return np.asarray(self._rise(x, half_length) + min(0.16 * half_width, 0.92) * np.cos(5 * y) * (1 - x**2))

        return [metal("petal", plate(curve, 1.0, height=rise))]

    @classmethod
    def sample(cls, random: Generator) -> FlowerBrooch:
        centre = _any_stone(random, 4, 8)
        return cls(
            centre,
            petals=whole(random, 4, 9),
            size=between(random, 22, 40),
            rows=pick(random, (1, 1, 2)),
            slim=between(random, 0.32, 0.66),
            cup=between(random, 0.05, 0.35),
            stem=maybe(random, 0.6),
            pave=melee(random, centre.gem) if maybe(random, 0.35) else "",
        )

    def facts(self) -> Facts:
        return Facts("brooch", self.centre, _setting_of(self.centre), "flower", "", "pin_catch")


@dataclass(frozen=True)
class CircleBrooch:
    """A wreath of stones or pearls between two wires; `squash` below 1 makes it oval."""

    stone: Stone
    radius: float = 14.0
    accents: str = ""
    squash: float = 1.0

    def build(self) -> list[Part]:
        pitch = self.stone.size * 1.06
        count = int(np.pi * self.radius * (1 + self.squash) / pitch) // 2 * 2
        angles = np.linspace(0, 2 * np.pi, 2000)
        around = np.column_stack([np.cos(angles), self.squash * np.sin(angles)]) * self.radius
        along = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(around, axis=0), axis=1))])
        heads = [self._head(self.stone.gem), self._head(self.accents or self.stone.gem)]
        parts: list[Part] = []
        for k in range(count):
            at = np.interp(k / count * along[-1], along, angles)
            turn = rotation((0, 0, 1), float(np.degrees(at)))
            spot = np.array([np.cos(at) * self.radius, self.squash * np.sin(at) * self.radius, 0.8])
            parts += place(heads[k % 2], turn, spot)
        return on_floor(parts + self._wires() + pin(1.9 * self.radius))

    def _head(self, gem: str) -> list[Part]:
        bead_ = gem.endswith("pearl")
        stone = Stone(gem, "bead" if bead_ else "round", self.stone.size)
        return [stone.part("side_stone")] if bead_ else small_claws(stone)

    def _wires(self) -> list[Part]:
        parts = []
        for shift in (-0.34, 0.34):
            reach = self.radius + shift * self.stone.size
            wire = circle(1.0, 180) * [reach, reach - self.radius * (1 - self.squash)]
            path = np.column_stack([wire, np.full(180, -0.6)])
            parts.append(metal("frame", sweep(path, circle(0.5, 10), closed=True, ups=(0, 0, 1))))
        return parts

    @classmethod
    def sample(cls, random: Generator) -> CircleBrooch:
        pearls = maybe(random, 0.4)
        stone = bead(random, 3, 6, pearl=True) if pearls else faceted(random, 2.2, 5, cuts=("round",))
        accents = pick(random, {"": 2.0, "diamond": 1.0, "white_pearl": 0.7, melee(random, stone.gem): 0.6})
        accents = accents if accents != stone.gem else ""
        return cls(stone, between(random, 10, 19), accents, squash=pick(random, (1.0, 1.0, between(random, 0.6, 0.9))))

    def facts(self) -> Facts:
        setting = "glue_set" if self.stone.cut == "bead" else "prong"
        return Facts("brooch", self.stone, setting, "circle", "", "pin_catch")


@dataclass(frozen=True)
class StarburstBrooch:
    """Long and short tapering rays, pave on the long ones, a stone in the middle; `short` is their length's share."""

    centre: Stone
    rays: int = 12
    size: float = 34.0
    short: float = 0.66
    melee: str = "diamond"
    tips: str = ""

    def build(self) -> list[Part]:
        parts = place(mounted(self.centre), offset=(0, 0, 1.8))
        for k in range(2 * self.rays):
            turn = rotation((0, 0, 1), 180 * k / self.rays)
            length = self.size / 2 * (1.0 if k % 2 == 0 else self.short)
            ray = metal("ray", tube(np.linspace([1.5, 0, 0], [length, 0, 0.5], 12), 0.95, taper=0.28))
            parts += place([ray], turn)
            if k % 2 == 0:
                parts += place(self._stones(length), turn)
        return on_floor(parts + pin(0.7 * self.size))

    def _stones(self, length: float) -> list[Part]:
        reach = np.arange(0.5 * self.centre.size + 1.3, length - 4.0, 1.6)
        tip = place(self._tip(), offset=(length, 0, 0.9)) if self.tips else []
        if not self.melee or not len(reach):
            return tip
        spots = np.column_stack([reach, 0 * reach, 1.2 - 0.02 * reach])
        flat = np.tile([1.0, 0.0, 0.0], (len(reach), 1))
        row = pave_row(spots, np.tile([0.0, 0, 1], (len(reach), 1)), 1.3, along=flat, gem=self.melee)
        return row + tip

    def _tip(self) -> list[Part]:
        if self.tips.endswith("pearl"):
            return [Stone(self.tips, "bead", 3.0).part("side_stone")]
        return small_claws(Stone(self.tips, "round", 2.6))

    @classmethod
    def sample(cls, random: Generator) -> StarburstBrooch:
        centre = _any_stone(random, 4, 9)
        return cls(
            centre,
            rays=whole(random, 5, 16),
            size=between(random, 26, 46),
            short=between(random, 0.45, 0.95),
            melee=melee(random, centre.gem) if maybe(random, 0.65) else "",
            tips=pick(random, {"": 2.0, "diamond": 0.5, "white_pearl": 0.7}),
        )

    def facts(self) -> Facts:
        return Facts("brooch", self.centre, _setting_of(self.centre), "star", "", "pin_catch")


FAMILIES: tuple[type, ...] = (FlowerBrooch, CircleBrooch, StarburstBrooch)
