"""Rings with a face to read: signets, plain, engraved or with a stone, and cameos."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.random import Generator

from parure.render.chance import between, cabochon, maybe, pick
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.ring_reliefs import ENGRAVINGS, LETTERS, engraving, relief
from parure.render.families.ring_shanks import INSIDE, round_the_finger, some_inside
from parure.render.mesh import METAL, SECOND_METAL, Floats, Mesh, Part, place, rotation
from parure.render.mounts import bezel, metal
from parure.render.outlines import ASPECT, outline
from parure.render.solids import band_profile, plate, sweep

__all__ = ["FAMILIES", "SignetRing"]

_FACES = {"oval": 3.0, "round": 2.0, "cushion": 2.0, "princess": 1.5, "asscher": 0.8}
_CUTS = {"": 4.0, "border": 1.0, "stripes": 0.6, "rays": 0.8, "cross": 0.5, "heart": 0.6, "star": 0.8, "letter": 3.0}


@dataclass(frozen=True)
class SignetRing:
    """A flat face on a shank that widens towards it; the face may be engraved or carry a stone instead.

    `face` is one of the outlines; `engraved` one of `ENGRAVINGS`; `border` a raised rim.
    """

    face: str = "oval"
    length: float = 13.0
    stone: Stone | None = None
    engraved: str = ""
    border: bool = False
    tone: str = METAL  # of the face
    width: float = 4.0  # of the shank below
    inside: float = INSIDE

    @classmethod
    def sample(cls, random: Generator) -> Self:
        stone = cabochon(random, 8, 13.5) if maybe(random, 0.25) else None
        cut = pick(random, _CUTS)
        return cls(
            pick(random, _FACES),
            between(random, 8.0, 15.0),
            stone,
            f"letter {pick(random, tuple(LETTERS))}" if cut == "letter" else "" if cut == "border" else cut,
            cut == "border" or maybe(random, 0.2),
            SECOND_METAL if maybe(random, 0.2) else METAL,
            between(random, 2.8, 5.0),
            some_inside(random),
        )

    def facts(self) -> Facts:
        if self.stone is not None:
            return Facts("signet_ring", self.stone, "bezel")
        return Facts("signet_ring", motif=ENGRAVINGS[self.engraved])

    def build(self) -> list[Part]:
        across = rotation((0, 0, 1), 90)
        top = self.inside + 1.75
        parts = [metal("band", self._shank())]
        if self.stone is not None:
            wall, depth = 0.075 * self.stone.size, 1.9
            return parts + place(bezel(self.stone, wall=wall, depth=depth), across, (0, 0, top + 1.1))
        curve = np.array(outline(self.face, 160)) * self.length / 2
        if not self.engraved and not self.border:
            return parts + place([Part("face", self.tone, plate(curve, 2.0))], across, (0, 0, top - 0.9))
        return parts + place([Part("face", self.tone, self._engraved())], across, (0, 0, top - 0.9))

    def _shank(self) -> Mesh:
        length = 13.0 * self.stone.size / 12 if self.stone is not None else self.length
        degrees = np.linspace(0, 360, 260, endpoint=False)
        out = round_the_finger(degrees)
        near = np.clip(np.cos(np.radians(degrees)), 0, 1)
        profile = band_profile(self.width, 1.6, 2.6)
        widen = 1 + (0.78 * length / self.width - 1) * near**2.2
        mesh = sweep(out * self.inside, profile, closed=True, ups=out)
        radial = mesh.vertices * np.array([1, 0, 1])
        outer = np.linalg.norm(radial, axis=1) > self.inside + 0.5
        lift = 1 + 0.09 * np.repeat(near**3, len(profile)) * outer
        spread = mesh.vertices * np.array([0, 1, 0]) * np.repeat(widen, len(profile))[:, None]
        return Mesh(radial * lift[:, None] + spread, mesh.faces)

    def _engraved(self) -> Mesh:
        """The face's top is +y of the drawing, across the finger's length, so the drawing is turned to be read."""
        curve = np.array(outline(self.face, 320)) * self.length / 2
        aspect, half = ASPECT.get(self.face, 1.0), self.length / 2

        def height(points: Floats) -> Floats:
            upright = np.column_stack([-points[:, 1], points[:, 0]]) / half
            cut = engraving(self.engraved, upright, aspect)
            share = np.linalg.norm(points, axis=1) / np.linalg.norm(curve, axis=1)
            rim = 0.22 * (share > 0.9) if self.border else 0.0
            return np.asarray(rim - 0.3 * cut * (share < 0.88))

        return relief(curve, 2.0, height, rings=110)


FAMILIES: tuple[type, ...] = (SignetRing,)
