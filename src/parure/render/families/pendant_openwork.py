"""Pendants of pierced metal."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self

from numpy.random import Generator

from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.openwork import Openwork, motif_of, some_openwork
from parure.render.families.pendant_hangers import Hanger, hung_by_chance
from parure.render.families.pendants import hung_type
from parure.render.mesh import Part

__all__ = ["FAMILIES", "OpenworkPendant"]


@dataclass(frozen=True)
class OpenworkPendant(Hanger):
    openwork: Openwork = field(default_factory=Openwork)

    def body(self) -> list[Part]:
        return self.openwork.parts()

    @classmethod
    def sample(cls, random: Generator) -> Self:
        return hung_by_chance(random, cls(some_openwork(random, 12.0, 40.0)))

    def facts(self) -> Facts:
        stone = Stone(self.openwork.gem, "round", 1.5) if self.openwork.pave else None
        setting = "pave" if stone is not None else ""
        return Facts(hung_type(self.chain), stone, setting, motif_of(self.openwork), chain_type=self.chain)


FAMILIES: tuple[type, ...] = (OpenworkPendant,)
