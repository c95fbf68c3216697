"""Flowers in metal for the ear: one or more whorls of cupped petals around a stone, a pearl or a knot of grains."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Self

import numpy as np
from numpy.random import Generator

from parure.render.chance import bead, between, faceted, pick, whole
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.ear_findings import collet, post
from parure.render.families.ear_poses import STUD_POSES, Earring, posed
from parure.render.families.earrings import held
from parure.render.mesh import METAL, SECOND_METAL, Floats, Part, join, place, rotation
from parure.render.mounts import metal
from parure.render.outlines import outline
from parure.render.solids import ball, plate

__all__ = ["FAMILIES", "FlowerStuds"]


@dataclass(frozen=True)
class FlowerStuds(Earring):
    """`petals` to a whorl; `cup` is how steeply they rise, in degrees; `round_petals` broad ones, else pointed."""

    size: float = 11.0
    petals: int = 5
    whorls: int = 1
    cup: float = 15.0
    round_petals: bool = True
    stone: Stone | None = None
    two_tone: bool = False  # the heart in the other metal where there is no stone
    pose: str = field(default="aside", kw_only=True)

    poses: ClassVar[Mapping[str, float]] = STUD_POSES

    @classmethod
    def sample(cls, random: Generator) -> Self:
        size = between(random, 7.0, 17.0)
        stone = pick(
            random,
            {
                None: 0.35,
                faceted(random, 0.2 * size, 0.3 * size, cuts=("round",)): 0.4,
                bead(random, 0.22 * size, 0.36 * size, pearl=True): 0.25,
            },
        )
        petals, whorls = whole(random, 4, 8), pick(random, {1: 0.55, 2: 0.35, 3: 0.1})
        shape = pick(random, {True: 0.7, False: 0.3})
        return posed(random, cls(size, petals, whorls, between(random, 5, 32), shape, stone, size > 12 and whorls == 1))

    def facts(self) -> Facts:
        closure = "" if self.pose == "card" else "butterfly_back"
        setting = held(self.stone, collar=True) if self.stone else ""
        motif = "daisy" if self.petals >= 7 and not self.round_petals else "flower"
        return Facts("stud_earring", self.stone, setting, motif, closure=closure)

    def one(self, *, worn: bool = False) -> list[Part]:
        parts: list[Part] = []
        for whorl in range(self.whorls):
            length = 0.5 * self.size * (1 - 0.27 * whorl)
            petal = self._petal(length)
            steep = rotation((0, 1, 0), -self.cup * (1 + 0.9 * whorl))
            for k in range(self.petals):
                turn = rotation((0, 0, 1), 360 * (k + 0.5 * (whorl % 2)) / self.petals + 90)
                parts += place([petal], turn @ steep, (0, 0, 0.35 * whorl + 0.02 * (k % 2)))
        return [*parts, *self._heart(0.5 + 0.35 * self.whorls), *post()]

    def _petal(self, length: float) -> Part:
        """Along +x from the heart, its edges raised."""
        wide = np.tan(np.pi / self.petals) * (1.25 if self.round_petals else 0.75)
        shape = np.array(outline("pear" if self.round_petals else "marquise"))[::6]
        shape = shape * np.array([-0.5, min(0.55, 0.5 * wide) / np.abs(shape[:, 1]).max()]) * length
        half = float(np.abs(shape[:, 1]).max())

        def raised(points: Floats) -> Floats:
            return np.asarray(0.12 * length * (points[:, 1] / half) ** 2)

        return metal("petal", plate(shape[::-1], 0.55, height=raised).moved(offset=(0.52 * length, 0, 0)))

    def _heart(self, rise: float) -> list[Part]:
        if self.stone is not None:
            lift = rise + (0.5 if self.stone.cut == "bead" else 0.25) * self.stone.size
            return place(collet(self.stone, "centre_stone"), offset=(0, 0, lift))
        grain = ball(0.055 * self.size, detail=8)
        seats = [np.array([0.0, 0.0, rise + 0.03 * self.size])]
        for k in range(6):
            seats.append(rotation((0, 0, 1), 60 * k) @ np.array([0.1 * self.size, 0.0, rise]))
        knot = join([grain.moved(offset=seat) for seat in seats])
        return [Part("face", SECOND_METAL if self.two_tone else METAL, knot)]


FAMILIES: tuple[type, ...] = (FlowerStuds,)
