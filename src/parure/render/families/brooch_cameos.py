"""Cameos: a head in low relief on an oval of another colour, framed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from parure.render.chance import between, maybe, pick
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.brooches import pin
from parure.render.mesh import METAL, Part, on_floor, place
from parure.render.mounts import metal
from parure.render.outlines import evenly
from parure.render.solids import ball, circle, ellipsoid, plate, sweep

__all__ = ["FAMILIES", "CameoBrooch"]


@dataclass(frozen=True)
class CameoBrooch:
    """A head in relief on an oval of another colour, in a frame plain, roped or of grains or stones."""

    ground: Stone
    relief: str = "enamel_white"
    border: str = "rope"
    turned: bool = False

    def build(self) -> list[Part]:
        half = self.ground.size / 2
        ground = Part("centre_stone", self.ground.gem, plate(circle(1.0, 120) * [0.77 * half, half], 2.4, dome=0.9))
        head = place(self._head(0.62 * half), offset=(0, 0.03 * half, 2.6))
        return on_floor([ground, *head, *self._frame(half), *pin(1.3 * half)])

    def _head(self, unit: float) -> list[Part]:
        """A profile looking to one side: hair, face, nose, neck, shoulders; low relief."""
        side = -1.0 if self.turned else 1.0
        forms = (
            (0.0, 0.30, 0.46, 0.58, 0.34),  # head
            (-0.20, 0.46, 0.50, 0.50, 0.40),  # hair
            (-0.52, 0.22, 0.28, 0.30, 0.36),  # bun
            (0.44, 0.20, 0.16, 0.09, 0.26),  # nose
            (0.32, -0.14, 0.17, 0.13, 0.26),  # chin
            (0.02, -0.36, 0.21, 0.44, 0.28),  # neck
            (-0.05, -0.86, 0.72, 0.34, 0.32),  # shoulders
        )
        parts = []
        for x, y, wide, tall, high in forms:
            mesh = ellipsoid(wide * unit, tall * unit, high * 0.32 * unit).moved(
                offset=(side * x * unit, y * unit, 0.2)
            )
            parts.append(Part("face" if self.relief == METAL else "enamel", self.relief, mesh))
        return parts

    def _frame(self, half: float) -> list[Part]:
        edge = evenly(circle(1.0, 240) * [0.77 * half + 0.6, half + 0.6], 200)
        path = np.column_stack([edge, np.full(200, 1.6)])
        parts = [metal("frame", sweep(path, circle(0.9, 12), closed=True, ups=(0, 0, 1)))]
        if self.border == "plain":
            return parts
        outer = evenly(edge * (1 + 1.9 / half), 400)
        if self.border == "rope":
            turns = np.linspace(0, 2 * np.pi * 40, 400, endpoint=False)
            steps = np.column_stack([outer / np.linalg.norm(outer, axis=1, keepdims=True), np.zeros(400)])
            for phase in (0.0, np.pi):
                swing = 0.55 * np.cos(turns + phase)[:, None] * steps
                coil = np.column_stack([outer, 1.4 + 0.55 * np.sin(turns + phase)]) + swing
                parts.append(metal("frame", sweep(coil, circle(0.6, 8), closed=True, ups=(0, 0, 1))))
            return parts
        grains = evenly(outer, int(2 * np.pi * half * 0.9 / 2.1))
        mesh = ball(1.05, detail=10)
        return parts + [metal("frame", mesh.moved(offset=[x, y, 1.4])) for x, y in grains]

    @classmethod
    def sample(cls, random: Generator) -> CameoBrooch:
        size = between(random, 24, 42)
        gem = pick(
            random, {"carnelian": 2.0, "onyx": 2.0, "jade": 0.7, "coral": 1.0, "lapis_lazuli": 0.7, "turquoise": 0.6}
        )
        relief = pick(random, {"enamel_white": 4.0, "enamel_pink": 0.6, METAL: 0.8})
        border = pick(random, ("plain", "rope", "grains"))
        return cls(Stone(gem, "cabochon", size), relief, border, turned=maybe(random, 0.5))

    def facts(self) -> Facts:
        return Facts("cameo_brooch", self.ground, "bezel", "cameo", "", "pin_catch")


FAMILIES: tuple[type, ...] = (CameoBrooch,)
