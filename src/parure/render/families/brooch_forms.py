"""Brooches in the shape of a bar or of a bow of ribbon."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from parure.render.chance import bead, between, faceted, maybe, melee, pick
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.bracelet_parts import rounded_box
from parure.render.families.brooch_leaves import held, setting_of
from parure.render.families.brooches import mounted, pin
from parure.render.mesh import Floats, Mesh, Part, on_floor, place
from parure.render.mounts import metal, pave_row
from parure.render.solids import ball, circle, ellipsoid, sweep, tube

__all__ = ["FAMILIES", "BarBrooch", "BowBrooch"]


@dataclass(frozen=True)
class BarBrooch:
    """A long bar, two wires or a pin with round ends; `stones` along it, the middle one largest."""

    length: float = 52.0
    width: float = 5.0
    make: str = "bar"
    stone: Stone | None = None
    stones: int = 3
    shrink: float = 0.15

    def build(self) -> list[Part]:
        half = self.length / 2
        parts = [metal("frame", mesh) for mesh in self._bar(half)]
        if self.stone is not None:
            middle = (self.stones - 1) / 2
            pitch = min(1.15 * self.stone.size + 0.6, (self.length - 6) / self.stones)
            for k in range(self.stones):
                size = self.stone.size * (1 - self.shrink * abs(k - middle) / max(middle, 1))
                head = held(Stone(self.stone.gem, self.stone.cut, round(size, 3)))
                lift = 0.9 + (0.5 if self.stone.cut == "bead" else 0.34) * size * 0.9
                parts += place(head, offset=((k - middle) * pitch, 0, lift))
        return on_floor(parts + pin(0.8 * self.length))

    def _bar(self, half: float) -> list[Mesh]:
        if self.make == "wires":
            wires = [tube([[-half, y, 0], [half, y, 0]], 0.6) for y in (-self.width / 3, self.width / 3)]
            ends = [tube([[x, -self.width / 3, 0], [x, self.width / 3, 0]], 0.7) for x in (-half, 0.0, half)]
            return wires + ends
        if self.make == "pin":
            ends = [ball(0.4 * self.width).moved(offset=(x, 0, 0)) for x in (-half, half)]
            return [tube([[-half, 0, 0], [half, 0, 0]], 0.16 * self.width + 0.4), *ends]
        return [rounded_box(self.length, self.width, 1.8, corner=0.5)]

    @classmethod
    def sample(cls, random: Generator) -> BarBrooch:
        width = between(random, 3, 8)
        stone = bead(random, 3, 7) if maybe(random, 0.3) else faceted(random, 2.2, 6)
        return cls(
            between(random, 36, 70),
            width,
            pick(random, ("bar", "wires", "pin")),
            stone if maybe(random, 0.9) else None,
            stones=pick(random, (1, 3, 3, 5, 7)),
            shrink=between(random, 0, 0.5),
        )

    def facts(self) -> Facts:
        return Facts("brooch", self.stone, setting_of(self.stone), "bar", "", "pin_catch")


@dataclass(frozen=True)
class BowBrooch:
    """Two loops and two tails of ribbon, a stone or a plain band at the knot; `pave` sets stones along the ribbon."""

    size: float = 38.0
    ribbon: float = 7.0
    droop: float = 0.35
    tails: float = 0.7
    centre: Stone | None = None
    pave: str = ""

    def build(self) -> list[Part]:
        parts: list[Part] = []
        for side in (-1.0, 1.0):
            for path in (self._loop(side), self._tail(side)):
                parts += self._ribbon(path)
        knot = ellipsoid(0.55 * self.ribbon, 0.62 * self.ribbon, 2.4).moved(offset=(0, 0, 2.2))
        parts.append(metal("face", knot))
        if self.centre is not None:
            parts += place(mounted(self.centre, 1.8), offset=(0, 0, 4.2 + 0.3 * self.centre.size))
        return on_floor(parts + pin(0.7 * self.size))

    def _loop(self, side: float) -> Floats:
        t = np.linspace(0, 2 * np.pi, 80)
        reach = self.size / 2
        x = side * reach * (1 - np.cos(t)) / 2
        y = 0.36 * reach * np.sin(t) * np.sin(t / 2) + self.droop * 0.3 * (np.abs(x) / reach) * reach
        return np.column_stack([x, y, 1.0 + 2.2 * np.sin(t / 2) + 0.9 * np.sign(np.sin(t)) * np.abs(np.sin(t)) * 0.6])

    def _tail(self, side: float) -> Floats:
        t = np.linspace(0, 1, 40)
        reach = self.tails * self.size / 2
        return np.column_stack([side * reach * 0.75 * t, -reach * t * (1.1 - 0.2 * t), 0.5 + 1.2 * np.sin(3 * t)])

    def _ribbon(self, path: Floats) -> list[Part]:
        """The band lies flat: its width stays in the plane of the brooch."""
        section = np.sign(circle(1.0, 16)) * np.abs(circle(1.0, 16)) ** 0.5 * [0.28 * self.ribbon, 0.55]
        parts = [metal("face", sweep(path, section, ups=(0.0, 0.0, 1.0)))]
        if self.pave:
            steps = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
            at = np.arange(3.5, steps[-1] - 2.5, 1.75)
            spots = np.column_stack([np.interp(at, steps, path[:, c]) for c in range(3)]) + np.array([0, 0, 0.9])
            along = np.gradient(spots, axis=0) * [1, 1, 0]
            parts += pave_row(spots, np.tile([0.0, 0, 1], (len(spots), 1)), 1.5, along=along, gem=self.pave)
        return parts

    @classmethod
    def sample(cls, random: Generator) -> BowBrooch:
        centre = None
        if maybe(random, 0.6):
            centre = (
                bead(random, 4, 7, pearl=True) if maybe(random, 0.3) else faceted(random, 4, 7, cuts=("round", "oval"))
            )
        return cls(
            between(random, 28, 50),
            between(random, 5, 10),
            droop=between(random, -0.2, 0.8),
            tails=between(random, 0.45, 1.0),
            centre=centre,
            pave=melee(random) if centre is not None and maybe(random, 0.5) else "",
        )

    def facts(self) -> Facts:
        return Facts("brooch", self.centre, setting_of(self.centre), "bow", "", "pin_catch")


FAMILIES: tuple[type, ...] = (BarBrooch, BowBrooch)
