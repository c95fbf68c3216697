"""Rings that do not close: two ends with a head each, ends that pass one another, ends that face across a gap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.random import Generator

from parure.render.chance import between, faceted, maybe, melee, pick
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.ring_heads import Claws, depth_for, held, resized
from parure.render.families.ring_shanks import INSIDE, along_the_band, round_the_finger, some_inside, toned
from parure.render.mesh import METAL, SECOND_METAL, Floats, Part, place, rotation
from parure.render.mounts import metal, pave_row, peg_pearl
from parure.render.palette import PEARL_GEMS
from parure.render.solids import ball, tube

__all__ = ["FAMILIES", "BypassRing", "OpenRing", "ToiEtMoiRing"]

_Y = (0, 1, 0)


@dataclass(frozen=True)
class ToiEtMoiRing:
    """An open ring whose two ends carry a pearl and a stone, or two stones."""

    pearl: str
    stone: Stone
    pearl_size: float = 6.0
    other: Stone | None = None  # instead of the pearl
    wire: float = 0.95
    inside: float = INSIDE
    tone: str = METAL

    @classmethod
    def sample(cls, random: Generator) -> Self:
        stone = resized(random, faceted(random, 5, 7), 4.4, 6.4)
        other = resized(random, faceted(random, 5, 7), 4.4, 6.4) if maybe(random, 0.65) else None
        return cls(
            pick(random, PEARL_GEMS),
            stone,
            between(random, 5.0, 7.5),
            other,
            between(random, 0.75, 1.2),
            some_inside(random),
            SECOND_METAL if maybe(random, 0.25) else METAL,
        )

    def facts(self) -> Facts:
        return Facts("bypass_ring", self.stone, "prong")

    def build(self) -> list[Part]:
        out = round_the_finger(np.linspace(17, 343, 200))
        y = np.linspace(-1.6, 1.6, 200)[:, None] * np.array([0.0, 1.0, 0.0])
        parts = [metal("band", tube(out * (self.inside + 0.9) + y, self.wire))]
        first = peg_pearl(self.pearl_size, self.pearl)
        rise = self.pearl_size / 2 + 1.2
        if self.other is not None:
            depth = depth_for(self.other) - 0.3
            first, rise = held(self.other, Claws(4), depth=depth, label="side_stone"), depth + 1.2
        ends = ((19.0, -1.6), (-19.0, 1.6))
        depth = depth_for(self.stone) - 0.8
        heads = ((first, rise), (Claws(4).hold(self.stone, depth), depth + 1.2))
        for (degrees, side), (head, above) in zip(ends, heads, strict=True):
            lean = rotation(_Y, degrees)
            parts += toned(place(head, lean, lean @ np.array([0, 0, self.inside + above]) + [0, side, 0]), self.tone)
        return parts


@dataclass(frozen=True)
class BypassRing:
    """The ends sweep past each other on top; each may end in a stone, and carry melee."""

    stone: Stone | None = None
    overlap: float = 40.0  # degrees beyond the top
    apart: float = 2.2  # mm between the ends, along the finger
    wire: float = 1.0
    gem: str = ""  # of melee on the ends
    inside: float = INSIDE
    tone: str = METAL

    @classmethod
    def sample(cls, random: Generator) -> Self:
        wire = between(random, 0.8, 1.3)
        stone = faceted(random, 2.8, 4.6, cuts=("round", "round", "princess", "pear")) if maybe(random, 0.6) else None
        apart = between(random, 2.3, 3.2) * wire + (0.35 * stone.size if stone else 0.0)
        return cls(
            stone,
            between(random, 14, 50),
            round(apart, 2),
            wire,
            melee(random, stone.gem if stone else "") if maybe(random, 0.35) else "",
            some_inside(random),
            SECOND_METAL if maybe(random, 0.25) else METAL,
        )

    def facts(self) -> Facts:
        if self.stone is not None:
            return Facts("bypass_ring", self.stone, "prong")
        return (
            Facts("bypass_ring", Stone(self.gem, "round", 0.9 * self.wire), "pave")
            if self.gem
            else Facts("bypass_ring")
        )

    def build(self) -> list[Part]:
        degrees = np.linspace(-self.overlap, 360 + self.overlap, 300)
        out = round_the_finger(degrees)
        near = 1 / (1 + np.exp(-(degrees - 180) / 14))
        ease = np.clip(np.abs(degrees - 180) / (180 + self.overlap), 0, 1) ** 3
        y = (near * 2 - 1) * ease * self.apart / 2
        path = out * (self.inside + self.wire)
        path[:, 1] = y
        parts = [metal("band", tube(path, self.wire))]
        if self.gem:
            parts += self._melee(path, out, degrees)
        if self.stone is None:
            return parts
        depth = 0.45 * self.stone.size + 0.2
        for sign in (-1.0, 1.0):
            lean = rotation(_Y, sign * self.overlap)
            label = "centre_stone" if sign < 0 else "side_stone"
            head = Claws(4).hold(self.stone, depth, label)
            above = self.inside + 1.5 * self.wire + depth
            parts += toned(place(head, lean, lean @ np.array([0, 0, above]) + [0, sign * self.apart / 2, 0]), self.tone)
        return parts

    def _melee(self, path: Floats, out: Floats, degrees: Floats) -> list[Part]:
        size = min(1.6, 1.3 * self.wire)
        gap = 0.5 * self.stone.size + 0.9 if self.stone is not None else 0.6
        start = -self.overlap + np.degrees((gap + 0.5 * size) / (self.inside + 2 * self.wire))
        places = np.arange(start, 75, np.degrees(1.06 * size / (self.inside + 2 * self.wire)))
        rows = []
        for wanted in (places, 360 - places):
            index = np.array([int(np.argmin(np.abs(degrees - w))) for w in wanted])
            here = round_the_finger(wanted)
            points = here * (self.inside + 2 * self.wire + 0.32 * size)
            points[:, 1] = path[index, 1]
            rows += pave_row(points, here, size, gem=self.gem, along=along_the_band(here), depth=0.45)
        return rows


@dataclass(frozen=True)
class OpenRing:
    """A gap on top between two ends: plain, balls, beads or small stones."""

    end: str = "ball"
    stone: Stone | None = None
    gap: float = 2.5
    wire: float = 1.0
    flat: float = 0.0  # how much the ends are lifted off the finger, mm
    inside: float = INSIDE
    tone: str = METAL

    @classmethod
    def sample(cls, random: Generator) -> Self:
        end = pick(random, {"plain": 1.0, "ball": 1.5, "stone": 2.0, "pearl": 1.5})
        stone = None
        if end == "stone":
            stone = faceted(random, 2.8, 5.0, cuts=("round", "round", "princess", "cushion", "asscher"))
        elif end == "pearl":
            stone = Stone(pick(random, PEARL_GEMS), "bead", between(random, 4.0, 7.5))
        return cls(
            end,
            stone,
            between(random, 0.8, 4.5),
            between(random, 0.7, 1.4),
            between(random, 0.0, 0.6),
            some_inside(random),
            SECOND_METAL if maybe(random, 0.25) else METAL,
        )

    def facts(self) -> Facts:
        if self.stone is None:
            return Facts("open_ring")
        return Facts("open_ring", self.stone, "drilled" if self.stone.cut == "bead" else "bezel")

    def build(self) -> list[Part]:
        knob = self.stone.size / 2 if self.stone is not None else (1.5 if self.end == "ball" else 1.0) * self.wire
        end = float(np.degrees((knob + self.gap / 2) / (self.inside + self.wire)))
        degrees = np.linspace(end, 360 - end, 220)
        lift = self.flat * np.clip(np.cos(np.radians(degrees)), 0, 1) ** 4
        path = round_the_finger(degrees) * (self.inside + self.wire + lift)[:, None]
        parts = [metal("band", tube(path, self.wire))]
        for index, sign in enumerate((1.0, -1.0)):
            lean = rotation(_Y, sign * end)
            at = lean @ np.array([0, 0, self.inside + self.wire + self.flat])
            parts += toned(place(self._end("side_stone" if index else "centre_stone"), lean, at), self.tone)
        return parts

    def _end(self, label: str) -> list[Part]:
        if self.stone is not None and self.stone.cut == "bead":
            return place([self.stone.part(label)], offset=(0, 0, 0.2 * self.wire))
        if self.stone is not None:
            return place(held(self.stone, None, depth=0.4 * self.stone.size, label=label), offset=(0, 0, self.wire))
        return [metal("setting", ball(1.5 * self.wire))] if self.end == "ball" else []


FAMILIES: tuple[type, ...] = (ToiEtMoiRing, BypassRing, OpenRing)
