"""Earrings of pierced metal: leaves, drops and discs of openwork, one below the ear or two linked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from numpy.random import Generator

from parure.render.chance import faceted, maybe, pick, some_stone
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.drops import linked, set_drop
from parure.render.families.ear_findings import TOPS, chosen_top
from parure.render.families.ear_poses import Earring, posed
from parure.render.families.openwork import Openwork, motif_of, some_openwork
from parure.render.mesh import Part, place

__all__ = ["FAMILIES", "OpenworkEarrings"]


@dataclass(frozen=True)
class OpenworkEarrings(Earring):
    """A pierced form that hangs from a hook, a lever or a stone; `below` swings under it."""

    openwork: Openwork
    top: Stone | None = None
    below: Stone | None = None
    fasten: str = "hook"

    @classmethod
    def sample(cls, random: Generator) -> Self:
        top = faceted(random, 2.5, 6.0, cuts=("round", "oval", "pear", "princess")) if maybe(random, 0.35) else None
        below = some_stone(random, 3.5, 7.0) if maybe(random, 0.2) else None
        fasten = pick(random, {"hook": 0.6, "lever": 0.15, "post": 0.25})
        return posed(random, cls(some_openwork(random, 12.0, 42.0), top, below, fasten))

    def facts(self) -> Facts:
        set_round = Stone(self.openwork.gem, "round", 1.5) if self.openwork.pave else None
        stone = self.below or set_round or self.top
        setting = "" if stone is None else "pave" if stone is set_round else "prong" if stone is self.top else "bezel"
        if stone is not None and stone.cut == "bead":
            setting = "drilled"
        closure = TOPS["post" if self.top is not None else self.fasten]
        return Facts("drop_earring", stone, setting, motif_of(self.openwork), closure=closure)

    def one(self, *, worn: bool = False) -> list[Part]:
        top = chosen_top(self.fasten, self.top, worn=worn)
        bodies = [self.openwork.parts(), *([set_drop(self.below)] if self.below is not None else [])]
        return [*top.parts, *place(linked(bodies), offset=top.hang)]


FAMILIES: tuple[type, ...] = (OpenworkEarrings,)
