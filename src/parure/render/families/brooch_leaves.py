"""Leaf brooches: one leaf, a spray on a stem, a wreath; berries of pearl or stone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from parure.render.chance import bead, between, faceted, maybe, pick, whole
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.bracelet_heads import small_bezel, small_claws
from parure.render.families.brooches import pin
from parure.render.mesh import Floats, Part, on_floor, place, rotation
from parure.render.mounts import metal
from parure.render.outlines import evenly
from parure.render.solids import circle, plate, sweep, tube

__all__ = ["FAMILIES", "LeafBrooch", "held", "leaf", "setting_of"]


def held(stone: Stone) -> list[Part]:
    """A small stone as its cut asks."""
    if stone.cut == "bead":
        return [stone.part("side_stone")]
    return small_bezel(stone) if stone.cut == "cabochon" else small_claws(stone)


def setting_of(stone: Stone | None) -> str:
    return "" if stone is None else {"bead": "glue_set", "cabochon": "bezel"}.get(stone.cut, "prong")


def leaf(length: float, width: float, *, curl: float = 0.3, vein: bool = True) -> list[Part]:
    """A leaf from the origin along +x, its tip at `length`, folded a little along its middle vein."""
    t = np.linspace(0, 2 * np.pi, 240, endpoint=False)
    edge = np.column_stack([np.cos(t), np.sign(np.sin(t)) * np.abs(np.sin(t)) ** 1.35 * (1 - 0.25 * np.cos(t))])
    curve = evenly(edge, 110) * [length / 2, width / 2]

    def rise(points: Floats) -> Floats:
        x, y = points[:, 0] / length, points[:, 1] / width
        return np.asarray(
            1.4 * width * 0.2 * np.abs(y) + curl * length * 0.3 * x**2 + 0.16 * np.cos(26 * (x - np.abs(y)))
        )

    parts = [metal("petal", plate(curve, 0.9, height=rise).moved(offset=(length / 2, 0, 0)))]
    if vein:
        x = np.linspace(-0.46, 0.46, 24)
        line = np.column_stack([(x + 0.5) * length, 0 * x, 1.05 + 0.3 * curl * length * x**2])
        parts.append(metal("stem", tube(line, 0.035 * width + 0.15, taper=0.5, sides=8)))
    return parts


@dataclass(frozen=True)
class LeafBrooch:
    """One leaf, a spray of several on a stem, or a wreath of them; stones as berries or dew."""

    make: str = "spray"
    leaves: int = 5
    length: float = 20.0
    width: float = 8.0
    curl: float = 0.3
    stone: Stone | None = None
    stones: int = 3

    def build(self) -> list[Part]:
        one = leaf(self.length, self.width, curl=self.curl)
        stem = 0.55 * self.length
        if self.make == "single":
            big = leaf(2 * self.length, 2 * self.width, curl=0.6 * self.curl)
            parts = place(big, offset=(-self.length, 0, 0))
            line = np.column_stack(
                [np.linspace(0, -stem, 20), 0.2 * np.linspace(0, 1, 20) ** 2 * stem, np.full(20, 1.0)]
            )
            parts.append(metal("stem", tube(line + np.array([1 - self.length, 0, 0]), 0.8, sides=10)))
            berries = np.column_stack([np.linspace(-0.5, 0.5, self.stones) * self.length, np.zeros(self.stones)])
        elif self.make == "wreath":
            count = 2 * self.leaves + 2
            parts = []
            radius = count * self.length * 0.62 / (2 * np.pi)
            for k in range(count):
                turn = rotation((0, 0, 1), 360 * k / count)
                lean = turn @ rotation((0, 0, 1), 90 + (22 if k % 2 else -22))
                parts += place(one, lean, turn @ np.array([radius, 0, 0.5 * (k % 2)]))
            ring = np.column_stack([circle(radius, 120), np.full(120, -0.4)])
            parts.append(metal("frame", sweep(ring, circle(0.7, 10), closed=True, ups=(0, 0, 1))))
            berries = circle(radius, max(self.stones, 3)) * 1.0
        else:
            parts, berries = self._spray(one)
        if self.stone is not None:
            head = held(self.stone)
            lift = 2.2 + 0.4 * self.stone.size
            for x, y in berries:
                parts += place(head, offset=(x, y, lift))
        return on_floor(parts + pin(1.2 * self.length))

    def _spray(self, one: list[Part]) -> tuple[list[Part], Floats]:
        reach = 0.42 * self.length * self.leaves
        t = np.linspace(0, 1, 40)
        stem = np.column_stack([reach * (t - 0.5), 0.12 * reach * np.sin(2.4 * t), np.full(40, -0.2)])
        parts = [metal("stem", tube(stem, 0.8, taper=0.5, sides=10))]
        for k in range(self.leaves):
            at = (k + 0.6) / self.leaves
            side = 0.0 if k == self.leaves - 1 else 48.0 if k % 2 else -48.0
            spot = [np.interp(at, t, stem[:, c]) for c in range(3)]
            parts += place(one, rotation((0, 0, 1), side), spot)
        knots = np.linspace(0.15, 0.8, max(self.stones, 2))
        return parts, np.column_stack([np.interp(knots, t, stem[:, c]) for c in range(2)])

    @classmethod
    def sample(cls, random: Generator) -> LeafBrooch:
        length = between(random, 13, 22)
        stone = None
        if maybe(random, 0.65):
            stone = (
                bead(random, 3, 6, pearl=True)
                if maybe(random, 0.4)
                else faceted(random, 2, 4.5, cuts=("round", "oval"))
            )
        return cls(
            pick(random, ("single", "spray", "spray", "wreath")),
            leaves=whole(random, 3, 7),
            length=length,
            width=round(length * between(random, 0.28, 0.55), 2),
            curl=between(random, 0, 0.5),
            stone=stone,
            stones=whole(random, 2, 6),
        )

    def facts(self) -> Facts:
        return Facts("brooch", self.stone, setting_of(self.stone), "leaf", "", "pin_catch")


FAMILIES: tuple[type, ...] = (LeafBrooch,)
