"""Thin bands worn together as one ring, each of its own kind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.random import Generator

from parure.render.chains import twisted_wire
from parure.render.chance import between, maybe, melee, pick
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.eternity_rings import EternityRing
from parure.render.families.plain_rings import BandRing
from parure.render.families.ring_shanks import INSIDE, bead_rows, round_the_finger, some_inside
from parure.render.mesh import METAL, SECOND_METAL, Part, place

__all__ = ["FAMILIES", "StackRing"]

_KINDS = {"plain": 3.0, "knife": 1.0, "twist": 1.5, "grains": 1.0, "pave": 2.5}


@dataclass(frozen=True)
class StackRing:
    """`kinds` of band side by side; those at odd places are in the second metal where `two_tone`."""

    kinds: tuple[str, ...] = ("plain", "pave", "plain")
    width: float = 1.8  # of each band
    gem: str = "diamond"
    gap: float = 0.12
    two_tone: bool = False
    arc: float = 360.0  # of the stones
    inside: float = INSIDE

    @classmethod
    def sample(cls, random: Generator) -> Self:
        count = pick(random, {1: 0.8, 2: 2.0, 3: 3.0, 4: 0.7})
        return cls(
            tuple(pick(random, _KINDS) for _ in range(count)),
            between(random, 1.4, 2.3),
            melee(random),
            between(random, 0.05, 0.5),
            count > 1 and maybe(random, 0.4),
            pick(random, (360.0, 180.0)),
            some_inside(random),
        )

    def facts(self) -> Facts:
        if "pave" not in self.kinds:
            return Facts("stacking_ring", motif="twist" if set(self.kinds) == {"twist"} else "")
        return Facts("stacking_ring", Stone(self.gem, "round", self.width), "pave")

    def build(self) -> list[Part]:
        parts: list[Part] = []
        for index, kind in enumerate(self.kinds):
            y = (index - (len(self.kinds) - 1) / 2) * (self.width + self.gap)
            band = place(self._band(kind), offset=(0, y, 0))
            parts += [_in_second(part) for part in band] if self.two_tone and index % 2 else band
        return parts

    def _band(self, kind: str) -> list[Part]:
        if kind == "pave":
            return EternityRing(Stone(self.gem, "round", self.width), arc=self.arc, inside=self.inside).build()
        if kind == "twist":
            wire = self.width / 4.1
            path = round_the_finger(np.linspace(0, 360, 700, endpoint=False)) * (self.inside + self.width / 2)
            return twisted_wire(path, wire=wire, turns=float(round(11 / wire)), closed=True)
        if kind == "grains":
            core = BandRing(0.6 * self.width, 0.5 * self.width, 2.2, inside=self.inside)
            return core.build() + bead_rows(self.inside + self.width / 2, (0.0,), self.width / 2)
        return BandRing(self.width, 1.4, 1.5 if kind == "knife" else 2.3, inside=self.inside).build()


def _in_second(part: Part) -> Part:
    return replace(part, material=SECOND_METAL) if part.material == METAL else part


FAMILIES: tuple[type, ...] = (StackRing,)
