"""Large stones for the evening, high on a gallery of arches, with a rim of rope, grains, melee or baguettes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.random import Generator

from parure.render.chance import between as mm
from parure.render.chance import cabochon, faceted, maybe, melee, pick, whole
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.ring_heads import Claws, close_halo, held, is_long, resized
from parure.render.families.ring_shanks import Shank, on_some_shank, toned
from parure.render.mesh import Floats, Mesh, Part, frame, place, rotation
from parure.render.mounts import metal
from parure.render.outlines import at_azimuth, evenly, offset
from parure.render.solids import ball, circle, sweep, tube

__all__ = ["FAMILIES", "CocktailRing", "grain_rim", "rope_rim"]

_RIMS = {"": 1.0, "rope": 2.0, "grains": 2.0, "melee": 3.0, "skirt": 1.5}


def rope_rim(curve: Floats, *, z: float, wire: float) -> list[Part]:
    """Two wires wound about each other along a closed curve (n, 2) in the plane at `z`."""
    flat = evenly(curve, 600)
    ahead = np.roll(flat, -1, 0) - np.roll(flat, 1, 0)
    length = float(np.linalg.norm(ahead, axis=1).sum() / 2)
    away = np.column_stack([ahead[:, 1], -ahead[:, 0], np.zeros(600)])
    away = away / np.linalg.norm(away, axis=1, keepdims=True)
    path = np.column_stack([flat, np.full(600, z)])
    turn = np.linspace(0, 2 * np.pi, 600, endpoint=False) * max(6, round(length / (7 * wire)))
    parts = []
    for phase in (0.0, np.pi):
        angle = (turn + phase)[:, None]
        coil = path + wire * (np.cos(angle) * away + np.sin(angle) * np.array([0, 0, 1.0]))
        parts.append(metal("setting", sweep(coil, circle(wire, 8), closed=True, ups=(0, 0, 1))))
    return parts


def grain_rim(curve: Floats, *, z: float, size: float) -> list[Part]:
    """Touching grains of metal along a closed curve (n, 2)."""
    length = float(np.linalg.norm(curve - np.roll(curve, 1, 0), axis=1).sum())
    grain = ball(size, detail=8)
    seats = evenly(curve, max(12, round(length / (2 * size))))
    return [metal("setting", grain.moved(offset=(x, y, z))) for x, y in seats]


@dataclass(frozen=True)
class CocktailRing(Shank):
    """`claws` 0 sets the stone in a collar; `rim` is blank, rope, grains, melee or skirt; `gem` is that of the rim."""

    stone: Stone
    claws: int = 4
    rim: str = "melee"
    gem: str = "diamond"
    arches: int = 12
    width: float = 3.2
    rise: float = 1.0  # of the gallery, over the usual

    @classmethod
    def sample(cls, random: Generator) -> Self:
        faced = maybe(random, 0.75)
        stone = faceted(random, 9, 12) if faced else cabochon(random, 10, 14)
        stone = resized(random, stone, 9.0, 13.0)
        ring = cls(
            stone,
            pick(random, (0, 4, 4, 6)),
            pick(random, _RIMS),
            melee(random, stone.gem),
            whole(random, 8, 18),
            mm(random, 2.4, 5.5),
            mm(random, 0.0, 2.0),
        )
        return on_some_shank(random, ring, styles=("split",))

    def facts(self) -> Facts:
        around = {"melee": "halo", "skirt": "ballerina"}.get(self.rim, "prong" if self.claws else "bezel")
        return Facts("cocktail_ring", self.stone, around)

    def build(self) -> list[Part]:
        depth = (0.25 if self.stone.cut == "cabochon" else 0.42) * self.stone.size + 0.4 + self.rise
        claws = Claws(self.claws, "talon", "basket", 0.8) if self.claws else None
        collar = 0.12 * self.stone.size
        head = held(self.stone, claws, depth=depth if claws else collar)
        head += [*self._rim(), *self._gallery(depth)]
        turn = rotation((0, 0, 1), 90.0 * is_long(self.stone))
        parts = place(head, turn, (0, 0, self.seat + depth))
        return self.band(self.width) + toned(parts, self.tone)

    def _rim(self) -> list[Part]:
        wall = 0.0 if self.claws else 0.3 + 0.05 * self.stone.size
        z = -0.05 * self.stone.size
        if self.rim == "rope":
            return rope_rim(offset(evenly(self.stone.outline, 300), wall + 0.55), z=z, wire=0.32)
        if self.rim == "grains":
            return grain_rim(offset(evenly(self.stone.outline, 300), wall + 0.4), z=z, size=0.45)
        if self.rim == "melee":
            return close_halo(self.stone, 1.7, self.gem, away=wall, z=z)
        return self._skirt(wall, z) if self.rim == "skirt" else []

    def _skirt(self, wall: float, z: float) -> list[Part]:
        """Baguettes that stand out like a dancer's skirt, a little lower outside, on one rail."""
        size = 3.4
        middle = offset(evenly(self.stone.outline, 720), wall + 0.5 * size + 0.25)
        length = float(np.linalg.norm(middle - np.roll(middle, 1, 0), axis=1).sum())
        seats = evenly(middle, int(length / (0.5 * size)))
        ahead = np.roll(seats, -1, 0) - np.roll(seats, 1, 0)
        gem = Stone(self.gem, "baguette", size).part("side_stone")
        parts: list[Part] = []
        for (x, y), (ax, ay) in zip(seats, ahead, strict=True):
            away = np.array([ay, -ax, 0.0]) / np.hypot(ax, ay)
            parts += place([gem], frame(np.array([0, 0, 1.0]) + 0.35 * away, away), (x, y, z - 0.3))
        for shift, drop, wire in ((-0.3, -0.2, 0.28), (0.25, -1.0, 0.28), (0.5, -0.55, 0.22)):
            rail = evenly(offset(middle, shift * size), 180)
            path = np.column_stack([rail, np.full(180, z + drop)])
            parts.append(metal("setting", sweep(path, circle(wire, 9), closed=True, ups=(0, 0, 1))))
        return parts

    def _gallery(self, depth: float) -> list[Part]:
        """Crossing arches from a ring at the foot up to the girdle."""
        outline, t = self.stone.outline, np.linspace(0, 1, 18)
        foot = evenly(outline * 0.42, 96)
        parts = [metal("setting", _rail(foot, -depth + 0.25)), metal("setting", _rail(outline * 0.9, -0.3 * depth))]
        for k in range(self.arches):
            azimuth = 360 * (k + 1.7 * t) / self.arches
            swell = np.sin(np.pi * t)
            reach = np.array([at_azimuth(outline, float(a)) for a in azimuth])
            path = np.column_stack([reach * (0.42 + 0.48 * swell)[:, None], (swell * 0.7 - 1) * depth + 0.25])
            parts.append(metal("setting", tube(path, 0.28, sides=8)))
        return parts


def _rail(curve: Floats, z: float) -> Mesh:
    flat = evenly(curve, 96)
    return sweep(np.column_stack([flat, np.full(96, z)]), circle(0.32, 10), closed=True, ups=(0, 0, 1))


FAMILIES: tuple[type, ...] = (CocktailRing,)
