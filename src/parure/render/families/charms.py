"""Single charms with their jump ring, as sold to hang on a bracelet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from parure.render.chance import between, maybe, melee, pick
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.bracelet_parts import jump_ring, pendant, sample_pendant
from parure.render.mesh import Mesh, Part, on_floor, place, rotation
from parure.render.mounts import metal, pave_row
from parure.render.solids import ball, circle, sweep, torus

__all__ = ["FAMILIES", "Charm", "RoundCharm"]

_MOTIFS = {"disc": "circle", "square": "geometric", "ball": "", "stone": ""}


@dataclass(frozen=True)
class Charm:
    """A form of `bracelet_parts.pendant`; `clip` gives it a lobster-like oval loop above the ring."""

    form: str
    size: float = 12.0
    stone: Stone | None = None
    clip: bool = False
    swing: float = 0.0

    def build(self) -> list[Part]:
        parts = pendant(self.form, self.size, self.stone)
        if self.clip:
            t = np.linspace(0, 2 * np.pi, 48, endpoint=False)
            path = np.column_stack([1.9 * np.cos(t), 3.4 + 3.6 * np.sin(t), 0 * t])
            parts.append(metal("closure", sweep(path, circle(0.55, 10), closed=True, ups=(0, 0, 1))))
        else:
            parts.append(metal("bail", jump_ring(2.3, 0.35).moved(offset=(0, 1.9, 0))))
        return on_floor(place(parts, rotation((0, 0, 1), self.swing)))

    @classmethod
    def sample(cls, random: Generator) -> Charm:
        form, size, stone = sample_pendant(random)
        scale = between(random, 1.0, 1.5)
        return cls(form, round(size * scale, 2), stone, clip=maybe(random, 0.4), swing=between(random, -25, 25))

    def facts(self) -> Facts:
        setting = "" if self.stone is None else "drilled" if self.stone.cut == "bead" else "bezel"
        closure = "lobster" if self.clip else ""
        return Facts("charm", self.stone, setting, _MOTIFS.get(self.form, self.form), "", closure)


@dataclass(frozen=True)
class RoundCharm:
    """A bead with a wide hole that slides on a bracelet: ribs, grains or rows of stones around it."""

    size: float = 11.0
    length: float = 8.0
    make: str = "ribs"
    stone: Stone | None = None
    rows: int = 2
    lie: float = 60.0

    def build(self) -> list[Part]:
        hole, outer, half = 0.22 * self.size, 0.5 * self.size, self.length / 2
        parts = [metal("charm", self._barrel(hole, outer, half))]
        parts += [
            metal("charm", torus(1.25 * hole, 0.5, count=40).moved(offset=(0, 0, side * half))) for side in (-1, 1)
        ]
        if self.stone is not None:
            parts += self._stones(outer, half)
        elif self.make == "ribs":
            for z in np.linspace(-0.6, 0.6, 4) * half:
                parts.append(
                    metal("charm", torus(self._reach(float(z), outer, half), 0.4, count=60).moved(offset=(0, 0, z)))
                )
        else:
            parts += self._grains(outer, half)
        return on_floor(place(parts, rotation((0, 0, 1), 25) @ rotation((1, 0, 0), self.lie)))

    def _reach(self, z: float, outer: float, half: float) -> float:
        return float(outer * (1 - 0.35 * (z / half) ** 2))

    def _barrel(self, hole: float, outer: float, half: float) -> Mesh:
        z = np.linspace(-half, half, 24)
        outside = np.column_stack([outer * (1 - 0.35 * (z / half) ** 2) - hole, z])
        section = np.vstack([[[0.0, -half]], outside, [[0.0, half]]])[::-1]
        path = np.column_stack([circle(hole, 60), np.zeros(60)])
        return sweep(path, section, closed=True, ups=(0, 0, 1))

    def _grains(self, outer: float, half: float) -> list[Part]:
        parts = []
        for k, z in enumerate(np.linspace(-0.55, 0.55, 3) * half):
            for x, y in circle(self._reach(float(z), outer, half), 12) @ rotation((0, 0, 1), 15.0 * k)[:2, :2]:
                parts.append(metal("charm", ball(0.1 * self.size, detail=8).moved(offset=(x, y, z))))
        return parts

    def _stones(self, outer: float, half: float) -> list[Part]:
        parts: list[Part] = []
        size = self.stone.size if self.stone is not None else 1.0
        gem = self.stone.gem if self.stone is not None else ""
        for z in (np.arange(self.rows) - (self.rows - 1) / 2) * 1.15 * size:
            reach = self._reach(float(z), outer, half) + 0.22 * size
            count = int(2 * np.pi * reach / (1.15 * size))
            normals = np.column_stack([circle(1.0, count), np.zeros(count)])
            along = np.column_stack([-normals[:, 1], normals[:, 0], np.zeros(count)])
            parts += pave_row(normals * reach + [0, 0, z], normals, size, gem=gem, along=along)
        return parts

    @classmethod
    def sample(cls, random: Generator) -> RoundCharm:
        set_with = maybe(random, 0.45)
        return cls(
            between(random, 8, 13),
            between(random, 6, 10),
            pick(random, ("ribs", "grains")),
            Stone(melee(random), "single", between(random, 1.1, 1.7)) if set_with else None,
            rows=pick(random, (1, 2, 3)),
            lie=pick(random, (90.0, between(random, 30, 90))),
        )

    def facts(self) -> Facts:
        return Facts("charm", self.stone, "pave" if self.stone else "", "", "", "")


FAMILIES: tuple[type, ...] = (Charm, RoundCharm)
