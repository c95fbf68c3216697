"""Brooches: face up, the pin behind."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from parure.render.cuts import Stone
from parure.render.mesh import Floats, Part, on_floor, place, rotation
from parure.render.mounts import claws, metal, pave_row
from parure.render.solids import circle, plate, sweep, tube

__all__ = ["CircleBrooch", "FlowerBrooch", "StarburstBrooch"]


def _pin(width: float) -> list[Part]:
    return [metal("closure", tube([[-width / 2, 0, -2.2], [width / 2, 0, -2.2]], 0.45))]


@dataclass(frozen=True)
class FlowerBrooch:
    """Curved metal petals around a stone, on a stem with leaves."""

    centre: Stone
    petals: int = 6
    size: float = 30.0

    def build(self) -> list[Part]:
        length = 0.34 * self.size
        parts = place(claws(self.centre, depth=2.0), offset=(0, 0, 2.6))
        for k in range(self.petals):
            turn = rotation((0, 0, 1), 90 + 360 * k / self.petals)
            parts += place(self._petal(length, 0.56 * length), turn, turn @ np.array([0.9 * length, 0, 0]))
        stem = np.column_stack([np.linspace(0, 4.5, 40), np.linspace(-0.3, -1.15, 40) * self.size, np.full(40, -0.9)])
        stem[:, 0] *= np.linspace(0, 1, 40)
        parts.append(metal("stem", tube(stem, 0.8)))
        for degrees, y in ((20, -0.78), (158, -0.92)):
            turn = rotation((0, 0, 1), degrees)
            reach = np.array([2.4 + 0.55 * length * np.cos(np.radians(degrees)), y * self.size + 2.5, -0.8])
            parts += place(self._petal(0.55 * length, 0.26 * length), turn, reach)
        return on_floor(parts + _pin(0.7 * self.size))

    def _petal(self, half_length: float, half_width: float) -> list[Part]:
        t = np.linspace(0, 2 * np.pi, 160, endpoint=False)
        curve = np.column_stack([half_length * np.cos(t), half_width * np.sin(t) * (1 + 0.25 * np.cos(t))])

        def rise(points: Floats) -> Floats:
            x, y = points[:, 0] / half_length, points[:, 1] / half_width
            return np.asarray(0.9 * x**2 * half_length * 0.25 + 0.16 * half_width * np.cos(5 * y) * (1 - x**2))

        return [metal("petal", plate(curve, 1.0, height=rise))]


@dataclass(frozen=True)
class CircleBrooch:
    """A wreath of stones or pearls between two wires."""

    stone: Stone
    radius: float = 14.0
    accents: str = ""

    def build(self) -> list[Part]:
        pitch = self.stone.size * 1.06
        count = int(2 * np.pi * self.radius / pitch) // 2 * 2
        parts: list[Part] = []
        for k in range(count):
            turn = rotation((0, 0, 1), 360 * k / count)
            gem = self.accents if self.accents and k % 2 else self.stone.gem
            bead = gem.endswith("pearl")
            stone = Stone(gem, "bead" if bead else "round", self.stone.size)
            head = [stone.part("side_stone")] if bead else claws(stone, depth=1.6, label="side_stone")
            parts += place(head, turn, turn @ np.array([self.radius, 0, 0.8]))
        for shift in (-0.34, 0.34):
            wire = circle(self.radius + shift * self.stone.size, 220)
            path = np.column_stack([wire, np.full(220, -0.6)])
            parts.append(metal("frame", sweep(path, circle(0.5, 14), closed=True, ups=(0, 0, 1))))
        return on_floor(parts + _pin(1.9 * self.radius))


@dataclass(frozen=True)
class StarburstBrooch:
    """Long and short tapering rays, pave on the long ones, a stone in the middle."""

    centre: Stone
    rays: int = 12
    size: float = 34.0

    def build(self) -> list[Part]:
        parts = place(claws(self.centre, count=6, depth=2.0), offset=(0, 0, 1.8))
        for k in range(2 * self.rays):
            turn = rotation((0, 0, 1), 180 * k / self.rays)
            length = self.size / 2 * (1.0 if k % 2 == 0 else 0.66)
            ray = metal("ray", tube(np.linspace([1.5, 0, 0], [length, 0, 0.5], 12), 0.95, taper=0.28))
            parts += place([ray], turn)
            if k % 2 == 0:
                reach = np.arange(0.5 * self.centre.size + 1.3, length - 4.0, 1.6)
                spots = np.column_stack([reach, 0 * reach, 1.2 - 0.02 * reach])
                flat = np.tile([1.0, 0.0, 0.0], (len(reach), 1))
                row = pave_row(spots, np.tile([0.0, 0, 1], (len(reach), 1)), 1.3, along=flat)
                parts += place(row, turn)
        return on_floor(parts + _pin(0.7 * self.size))
