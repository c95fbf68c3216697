"""Cameos: a pale head carved from the upper layer of a two-coloured stone, in a collar on a ring.

The two layers are two solids. The pale one lies just under the dark surface wherever nothing is carved.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Self

import numpy as np
from numpy.random import Generator

from parure.render.chance import between, maybe, melee, pick
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.cocktail_rings import grain_rim, rope_rim
from parure.render.families.ring_heads import close_halo
from parure.render.families.ring_reliefs import bust, relief
from parure.render.families.ring_shanks import Shank, on_some_shank, toned
from parure.render.mesh import Floats, Mesh, Part, place, rotation
from parure.render.mounts import bezel
from parure.render.outlines import ASPECT, evenly, offset, outline

__all__ = ["FAMILIES", "CameoRing"]

_GROUNDS = {"onyx": 2.0, "carnelian": 3.0, "lapis_lazuli": 1.0, "coral": 1.5, "jade": 0.5}
_PALE = "moonstone"
_DOME = 0.09  # rise of the ground's middle, in half-lengths


def _upright(count: int) -> Floats:
    """An oval of half-height 1 that stands along y."""
    curve = np.array(outline("oval", count))
    return np.column_stack([-curve[:, 1], curve[:, 0]])


def _rise(points: Floats) -> Floats:
    return np.asarray(_DOME * (1 - (points[:, 0] / ASPECT["oval"]) ** 2 - points[:, 1] ** 2))


@lru_cache(maxsize=1)
def _ground() -> Mesh:
    return relief(_upright(120), 0.16, _rise, rings=16)


@lru_cache(maxsize=1)
def _carving() -> Mesh:
    """Surface 0.03 below the ground's, but for the head; all in half-lengths."""
    return relief(_upright(260) * 0.93, 0.13, lambda points: _rise(points) + 0.17 * bust(points), rings=110)


@dataclass(frozen=True)
class CameoRing(Shank):
    """`rim` is blank, rope, grains or melee."""

    ground: Stone
    rim: str = "rope"
    gem: str = "diamond"
    width: float = 2.8
    left: bool = False  # the way the head looks

    @classmethod
    def sample(cls, random: Generator) -> Self:
        ring = cls(
            Stone(pick(random, _GROUNDS), "cabochon", between(random, 12.0, 18.0)),
            pick(random, ("", "rope", "grains", "melee")),
            melee(random),
            between(random, 2.0, 4.0),
            maybe(random, 0.6),
        )
        return on_some_shank(random, ring, styles=("split",))

    def facts(self) -> Facts:
        return Facts("cocktail_ring", self.ground, "bezel", "cameo")

    def build(self) -> list[Part]:
        half = self.ground.size / 2
        flip = np.array([-1.0 if self.left else 1.0, 1.0, 1.0])
        low = 0.16 * half + 0.5
        layers = [
            Part("centre_stone", self.ground.gem, _ground().scaled(half)),
            Part("centre_stone", _PALE, _carving().scaled(half * flip).outward()),
        ]
        collar = bezel(self.ground, wall=0.8, depth=low + 0.3)[1:]
        frame = toned(place([*collar, *self._rim()], rotation((0, 0, 1), 90)), self.tone)
        head = [*frame, *place(layers, offset=(0, 0, -0.02 * half))]
        return self.band(self.width) + place(head, offset=(0, 0, self.seat + low + 0.5))

    def _rim(self) -> list[Part]:
        edge = offset(evenly(self.ground.outline, 300), 1.15)
        if self.rim == "rope":
            return rope_rim(edge, z=0.1, wire=0.34)
        if self.rim == "grains":
            return grain_rim(edge, z=0.2, size=0.45)
        return close_halo(self.ground, 1.5, self.gem, away=0.75) if self.rim == "melee" else []


FAMILIES: tuple[type, ...] = (CameoRing,)
