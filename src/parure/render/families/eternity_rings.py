"""Stones around the band, all the way or over an arc: in shared pins, in claws of their own, between channel walls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.random import Generator

from parure.render.chance import between, faceted, maybe, melee, pick
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.ring_heads import Claws
from parure.render.families.ring_shanks import INSIDE, Shank, along_the_band, bead_rows, round_the_finger, some_inside
from parure.render.mesh import Floats, Part, frame, place
from parure.render.mounts import metal, pave_row
from parure.render.outlines import ASPECT
from parure.render.solids import band_profile, sweep

__all__ = ["FAMILIES", "EternityRing"]


@dataclass(frozen=True)
class EternityRing:
    """Round stones share pins; `claws` gives each stone of any cut its own four; `rail` sets them between walls."""

    stone: Stone
    arc: float = 360.0
    rail: bool = False
    claws: bool = False
    other: str = ""  # gem of every second stone; blank for one gem
    rows: int = 1  # of stones in shared pins
    milgrain: bool = False
    inside: float = INSIDE

    @classmethod
    def sample(cls, random: Generator) -> Self:
        way = pick(random, {"pins": 4.0, "claws": 2.0, "rail": 2.5})
        gem = melee(random) if maybe(random, 0.7) else faceted(random, 2, 3).gem
        cut, rows, size = "round", 1, between(random, 1.5, 3.4)
        if way == "pins" and maybe(random, 0.3):
            rows, size = pick(random, (2, 3)), between(random, 1.2, 1.7)
        elif way == "claws":
            cut, size = pick(random, ("round", "oval", "princess", "emerald", "cushion")), between(random, 2.6, 4.2)
        elif way == "rail":
            cut, size = pick(random, ("baguette", "round", "princess")), between(random, 2.0, 3.6)
        return cls(
            Stone(gem, cut, size),
            360.0 if maybe(random, 0.5) else between(random, 110, 200),
            way == "rail",
            way == "claws",
            pick(random, ("diamond", melee(random))) if maybe(random, 0.2) else "",
            rows,
            way != "claws" and maybe(random, 0.25),
            some_inside(random),
        )

    def facts(self) -> Facts:
        return Facts("eternity_ring", self.stone, "channel" if self.rail else "prong" if self.claws else "pave")

    def build(self) -> list[Part]:
        if self.rail:
            return self._channel()
        return self._clawed() if self.claws else self._shared_pins()

    def _places(self, rise: float, pitch: float) -> Floats:
        """Unit vectors (n, 3) to the stones, evenly over the arc; an even number where two gems alternate."""
        count = int(np.radians(self.arc) * (self.inside + rise) / pitch)
        if self.other and self.arc == 360.0:
            count -= count % 2
        return round_the_finger((np.arange(count) - (count - 1) / 2) * self.arc / count)

    def _gem(self, index: int) -> str:
        return self.other if self.other and index % 2 else self.stone.gem

    def _shared_pins(self) -> list[Part]:
        size = self.stone.size
        rise = 0.75 + 0.4 * size
        out = self._places(rise, 1.08 * size)
        width = 0.8 * size + 0.3 + (self.rows - 1) * 1.1 * size + 0.7 * self.milgrain
        wall = Shank(inside=self.inside, height=0.95, squareness=3.5, taper=0.0)
        parts = wall.band(width)
        along = along_the_band(out)
        for row in range(self.rows):
            shift = np.array([0, (row - (self.rows - 1) / 2) * 1.1 * size, 0])
            for index in range(len(out)):
                here = slice(index, index + 1)
                point = out[here] * (self.inside + rise) + shift
                parts += pave_row(point, out[here], size, gem=self._gem(index), along=along[here])
        if self.milgrain:
            parts += bead_rows(self.inside + 0.85, (0.5 * width - 0.1, 0.1 - 0.5 * width), 0.2)
        return parts

    def _clawed(self) -> list[Part]:
        stone, depth = self.stone, 0.45 * self.stone.size + 0.1
        rise = 0.8 + depth
        out = self._places(rise, 1.1 * stone.size * ASPECT[stone.cut])
        wall = Shank(inside=self.inside, height=1.1, squareness=3.5, taper=0.0)
        parts = wall.band(max(1.5, 0.6 * stone.size))
        across = np.array([0.0, 1.0, 0.0])
        for index, direction in enumerate(out):
            cut = Stone(self._gem(index), stone.cut, stone.size)
            head = Claws(4, "round", "basket", 0.85).hold(cut, depth, "side_stone")
            parts += place(head, frame(direction, across), direction * (self.inside + rise))
        return parts

    def _channel(self) -> list[Part]:
        size, rise = self.stone.size, 1.45
        slim = self.stone.cut == "baguette"
        out = self._places(rise, 1.08 * size * (0.48 if slim else 1.0))
        along = along_the_band(out)
        hints = np.cross(out, along) if slim else along
        parts = []
        for index, (direction, hint) in enumerate(zip(out, hints, strict=True)):
            stone = Stone(self._gem(index), self.stone.cut, size).part("side_stone")
            parts += place([stone], frame(direction, hint), direction * (self.inside + rise))
        floor = Shank(inside=self.inside, height=0.55, squareness=6.0, taper=0.0)
        parts += floor.band(size + 1.3)
        rims = self._rim()
        parts += [part for side in (1, -1) for part in place([rims], offset=(0, side * (size / 2 + 0.3), 0))]
        if self.arc < 360:
            parts.append(self._fill(size + 0.6))
        if self.milgrain:
            parts += bead_rows(self.inside + 1.6, (size / 2 + 0.3, -size / 2 - 0.3), 0.2)
        return parts

    def _rim(self) -> Part:
        out = round_the_finger(np.linspace(0, 360, 220, endpoint=False))
        profile = band_profile(0.7, 1.35, 4.0, 0.6)
        return metal("band", sweep(out * (self.inside + 0.3), profile, closed=True, ups=out))

    def _fill(self, width: float) -> Part:
        """Solid metal where a half eternity has no stones."""
        degrees = np.linspace(self.arc / 2, 360 - self.arc / 2, 160)
        out = round_the_finger(degrees)
        return metal("band", sweep(out * (self.inside + 0.2), band_profile(width, 1.4, 5.0), ups=out))


FAMILIES: tuple[type, ...] = (EternityRing,)
