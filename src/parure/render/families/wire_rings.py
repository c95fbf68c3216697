"""Rings of wire: a stone wrapped on a spiral, and a snake that winds round the finger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.random import Generator

from parure.render.chance import bead, between, cabochon, maybe, pick, whole
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.ring_heads import is_long
from parure.render.families.ring_shanks import INSIDE, along_the_band, round_the_finger, some_inside
from parure.render.mesh import Floats, Mesh, Part, frame, place, rotation
from parure.render.mounts import metal
from parure.render.outlines import evenly, offset
from parure.render.palette import MELEE_GEMS
from parure.render.solids import circle, ellipsoid, sweep, tube

__all__ = ["FAMILIES", "SnakeRing", "WireWrappedRing"]


@dataclass(frozen=True)
class WireWrappedRing:
    """Wires side by side round the finger, bound with a coil at each shoulder; a spiral of wire carries the stone."""

    stone: Stone
    wire: float = 0.45
    strands: int = 3
    coils: int = 5
    loops: float = 2.0
    inside: float = INSIDE

    @classmethod
    def sample(cls, random: Generator) -> Self:
        stone = bead(random, 6.0, 10.0) if maybe(random, 0.5) else cabochon(random, 8.0, 13.0)
        return cls(
            stone,
            between(random, 0.35, 0.6),
            whole(random, 2, 4),
            whole(random, 3, 8),
            between(random, 1.5, 3.2),
            some_inside(random),
        )

    def facts(self) -> Facts:
        return Facts("ring", self.stone, "wire_wrapped")

    def build(self) -> list[Part]:
        wire, count = self.wire, self.strands
        out = round_the_finger(np.linspace(0, 360, 200, endpoint=False)) * (self.inside + wire)
        sides = (np.arange(count) - (count - 1) / 2) * 2 * wire
        tubes = [sweep(out + np.array([0, y, 0]), circle(wire, 12), closed=True, ups=out) for y in sides]
        parts = [metal("band", mesh) for mesh in tubes]
        parts += [metal("band", self._coil(sign)) for sign in (-1.0, 1.0)]
        turn = rotation((0, 0, 1), 90.0 * is_long(self.stone))
        return parts + place(self._head(), turn, (0, 0, self.inside + 3.1 * wire))

    def _coil(self, sign: float) -> Mesh:
        """The binding: a thin wire wound round the bundle, just outside the stone."""
        thin, t = 0.62 * self.wire, np.linspace(0, 1, 40 * self.coils)
        start = np.degrees(0.42 * self.stone.size / self.inside)
        degrees = sign * (start + t * np.degrees(2.05 * thin * self.coils / self.inside))
        phase = 2 * np.pi * self.coils * t
        lift = self.inside + self.wire + (self.wire + thin) * np.cos(phase)
        path = round_the_finger(degrees) * lift[:, None]
        path[:, 1] = (self.strands * self.wire + thin) * np.sin(phase)
        return tube(path, thin, sides=8)

    def _head(self) -> list[Part]:
        """Spiral in the plane, stone on it; a cabochon is also laced round its girdle and over its ends."""
        wire, size = self.wire, self.stone.size
        t = np.linspace(0, 1, 160)
        angle, radius = 2 * np.pi * self.loops * t, size * (0.3 + 0.28 * t)
        aspect = reach_in_y(self.stone)
        flat = np.column_stack([radius * np.cos(angle), aspect * radius * np.sin(angle), 0.5 * wire * t])
        parts = [metal("setting", tube(flat, wire, sides=10))]
        base = 0.5 * size if self.stone.cut == "bead" else 0.075 * size
        parts += place([self.stone.part()], offset=(0, 0, base + 0.6 * wire))
        girdle = evenly(offset(evenly(self.stone.outline, 240), 0.55 * wire), 160)
        heights = (0.35, 1.9) if self.stone.cut == "cabochon" else (0.2 * size / wire,)
        shrink = 1.0 if self.stone.cut == "cabochon" else 0.86
        for rise in heights:
            path = np.column_stack([girdle * shrink, np.full(160, rise * wire)])
            parts.append(metal("setting", sweep(path, circle(0.8 * wire, 10), closed=True, ups=(0, 0, 1))))
        if self.stone.cut == "cabochon":
            parts += [metal("prong", self._lace(side, base + 0.6 * wire)) for side in (-0.62, 0.62)]
        return parts

    def _lace(self, side: float, z: float) -> Mesh:
        """A wire over the dome at `side` of its half-length, slanted a little."""
        half, t = self.stone.size / 2, np.linspace(-1, 1, 30)
        x = side * half * (1 + 0.18 * t)
        room = np.sqrt(np.clip(1 - (x / half) ** 2, 0.05, 1))
        y = reach_in_y(self.stone) * half * room * np.sin(t * np.pi / 2)
        over = 0.55 * half * room * np.cos(t * np.pi / 2)
        away = 1 + 0.9 * self.wire / (half * room)
        return tube(np.column_stack([x, y * away, z + over + 0.45 * self.wire]), 0.6 * self.wire, sides=8)


def reach_in_y(stone: Stone) -> float:
    """Width by length of the girdle."""
    return float(np.abs(stone.outline[:, 1]).max() / np.abs(stone.outline[:, 0]).max())


@dataclass(frozen=True)
class SnakeRing:
    """A body that tapers to its tail, wound more than once round the finger; the head lies on top."""

    turns: float = 1.7
    body: float = 1.2  # radius at the neck
    eyes: str = ""  # gem; blank for none
    scales: float = 0.0  # depth of the rings along the body
    inside: float = INSIDE

    @classmethod
    def sample(cls, random: Generator) -> Self:
        return cls(
            between(random, 1.25, 2.6),
            between(random, 0.9, 1.5),
            pick(random, MELEE_GEMS) if maybe(random, 0.6) else "",
            pick(random, (0.0, 0.06, 0.1)),
            some_inside(random),
        )

    def facts(self) -> Facts:
        return Facts("open_ring", Stone(self.eyes, "round", self._eye) if self.eyes else None, motif="snake")

    @property
    def _eye(self) -> float:
        return round(0.7 * self.body, 2)

    def build(self) -> list[Part]:
        t = np.linspace(0, 1, 520)
        degrees = -18 + 360 * self.turns * t
        thick = np.clip((1 - t) / 0.35, 0.04, 1) ** 0.6 * (0.72 + 0.28 * np.clip(t / 0.12, 0, 1))
        wave = 1 - self.scales * np.abs(np.sin(np.pi * 90 * t * self.turns))
        out = round_the_finger(degrees)
        path = out * (self.inside + self.body * thick)[:, None]
        path[:, 1] = 2.15 * self.body * self.turns * (t - 0.5) + 0.5 * self.body * np.sin(np.radians(2.5 * degrees)) * (
            t > 0.86
        ) * (t - 0.86)
        parts = [metal("band", sweep(path, circle(self.body, 16), ups=out, scale=thick * wave))]
        return parts + self._head(path[0], out[:1])

    def _head(self, at: Floats, out: Floats) -> list[Part]:
        body = self.body
        turn = frame(out[0], -along_the_band(out)[0])
        skull = ellipsoid(1.9 * body, 1.35 * body, 0.85 * body).moved(offset=(0.9 * body, 0, 0.25 * body))
        snout = ellipsoid(1.0 * body, 0.85 * body, 0.6 * body).moved(offset=(2.3 * body, 0, 0.1 * body))
        parts = [metal("band", skull), metal("band", snout)]
        if self.eyes:
            stone = Stone(self.eyes, "single", self._eye).part("side_stone")
            for side in (-1.0, 1.0):
                lean = rotation((1, 0, 0), -38 * side)
                parts += place([stone], lean, (1.5 * body, 0.72 * side * body, 0.92 * body))
        return place(parts, turn, at)


FAMILIES: tuple[type, ...] = (WireWrappedRing, SnakeRing)
