"""Stones that nobody has set yet: cut stones, cabochons, rough crystals, pearls, alone or a few side by side.

Every stone is an instance of its own. Cut stones stand with the table up, as dealers photograph them, or lie as they
rolled.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.random import Generator

from parure.render.chance import between, cabochon, faceted, maybe, pick, whole
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.mesh import Floats, Part, all_vertices, on_floor, place, rotation, settle
from parure.render.palette import BEAD_GEMS, FACETED_GEMS, PEARL_GEMS
from parure.render.stone_forms import CABOCHON_FORMS, ROUGH_FORMS

__all__ = ["FAMILIES", "LooseStones"]

_KINDS = {"faceted": 5.0, "cabochon": 1.4, "carved": 0.3, "rough": 1.2, "pearl": 1.8}
_COUNTS = {1: 6.0, 2: 2.5, 3: 1.5, 4: 0.6, 5: 0.6}
_PEARL_FORMS = {"": 3.0, "baroque": 1.0, "button": 0.5, "drop": 0.8, "oval": 0.5, "keshi": 0.5}


@dataclass(frozen=True)
class LooseStones:
    """`turns` (degrees, one for each stone) is how each is turned on the table; `rolled` lets it lie as it falls."""

    stones: tuple[Stone, ...]
    turns: tuple[float, ...]
    rolled: bool = False

    @classmethod
    def sample(cls, random: Generator) -> Self:
        stone = _one(random, pick(random, _KINDS))
        count = pick(random, _COUNTS)
        sizes = [round(stone.size * between(random, 0.85, 1.0), 2) for _ in range(count - 1)]
        others = [replace(stone, size=size, form=_other_form(random, stone)) for size in sizes]
        aligned = maybe(random, 0.5)
        first = 0.0 if maybe(random, 0.4) else between(random, -180, 180)
        turns = [first, *(first if aligned else between(random, -180, 180) for _ in others)]
        return cls((stone, *others), tuple(turns), stone.cut == "rough" or maybe(random, 0.3))

    def build(self) -> list[Part]:
        parts: list[Part] = []
        for index, (centre, stone, turn) in enumerate(zip(self._centres(), self.stones, self.turns, strict=True)):
            lying = self._lying(stone, turn)
            middle = all_vertices(lying)
            middle = (middle.max(axis=0) + middle.min(axis=0)) / 2 * np.array([1.0, 1.0, 0.0])
            parts += [replace(part, instance=index) for part in place(lying, offset=np.append(centre, 0.0) - middle)]
        return parts

    def facts(self) -> Facts:
        return Facts("loose_stone", self.stones[0])

    def _lying(self, stone: Stone, turn: float) -> list[Part]:
        part = stone.part("bead" if stone.cut == "bead" else "centre_stone")
        # A stone on its culet falls over at once; leaning it first decides which way.
        fallen = settle(place([part], rotation((1, 0, 0), 25))) if self.rolled else on_floor([part])
        return place(fallen, rotation((0, 0, 1), turn))

    def _centres(self) -> list[Floats]:
        """A row, or two rows from four on, with air between stones whichever way they are turned."""
        pitch = 1.06 * max(float(np.linalg.norm(np.ptp(all_vertices([s.part()]), axis=0)[:2])) for s in self.stones)
        columns = len(self.stones) if len(self.stones) < 4 else 3
        return [np.array([k % columns, -(k // columns)]) * pitch for k in range(len(self.stones))]


def _one(random: Generator, kind: str) -> Stone:
    if kind == "faceted":
        return faceted(random, 4.0, 12.0)
    if kind == "cabochon":
        return replace(cabochon(random, 8.0, 20.0), form=pick(random, tuple(CABOCHON_FORMS)))
    if kind == "carved":
        return Stone(pick(random, BEAD_GEMS), "carved", between(random, 10.0, 22.0))
    if kind == "rough":
        return Stone(pick(random, FACETED_GEMS), "rough", between(random, 8.0, 26.0), pick(random, ROUGH_FORMS))
    return Stone(pick(random, PEARL_GEMS), "bead", between(random, 5.0, 13.0), pick(random, _PEARL_FORMS))


def _other_form(random: Generator, stone: Stone) -> str:
    """Cut stones come as a parcel of one form; no two rough or baroque ones are alike."""
    if stone.cut == "rough":
        return ROUGH_FORMS[whole(random, 0, len(ROUGH_FORMS) - 1)]
    if stone.form in ("baroque", "keshi"):
        return pick(random, ("baroque", "keshi"))
    return stone.form


FAMILIES = (LooseStones,)
