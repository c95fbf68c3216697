"""Open rigid bracelets beyond the plain cuff: wirework, and bangles whose two ends meet in stones."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator

from parure.render.chance import bead, between, cabochon, faceted, maybe, pick, whole
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.bangles import leaned, oval_arc, sample_tilt
from parure.render.families.bracelet_heads import small_bezel
from parure.render.mesh import Floats, Part, frame, place, rotation
from parure.render.mounts import claws, metal, peg_pearl
from parure.render.solids import tube

__all__ = ["FAMILIES", "BypassBangle", "WireCuff"]


@dataclass(frozen=True)
class WireCuff:
    """An open cuff of wires: `fill` between its two edges is wave, lattice, scroll or rails."""

    fill: str = "wave"
    width: float = 24.0
    wire: float = 0.9
    repeats: int = 9
    opening: float = 60.0
    stone: Stone | None = None
    half_width: float = 31.0
    tilt: float = 0.0

    def build(self) -> list[Part]:
        rows = [-0.5, 0.5] if self.fill != "rails" else list(np.linspace(-0.5, 0.5, max(3, self.repeats // 2)))
        meshes = [self._wire(np.full(400, row), 1.25 if abs(row) == 0.5 else 0.8) for row in rows]
        meshes += self._filling()
        reach = 0.5 * self.width
        for k in (0, -1):
            path, _ = oval_arc(self.half_width, 0.85 * self.half_width, opening=self.opening, count=400)
            meshes.append(metal("band", tube(path[k] + np.outer([-reach, reach], [0, 0, 1.0]), 1.25 * self.wire)))
        if self.stone is not None:
            meshes += self._front(self.stone)
        return leaned(meshes, self.tilt)

    def _wire(self, heights: Floats, thickness: float) -> Part:
        """A wire along the cuff at these heights (400,), in shares of its width."""
        path, _ = oval_arc(self.half_width, 0.85 * self.half_width, opening=self.opening, count=400)
        return metal("band", tube(path + np.outer(heights * self.width, [0, 0, 1.0]), self.wire * thickness, sides=8))

    def _filling(self) -> list[Part]:
        t = np.linspace(-1, 1, 400)
        turns = np.pi * self.repeats
        if self.fill == "wave":
            return [self._wire(0.48 * wave, 0.8) for wave in (np.sin(turns * t), np.cos(turns * t))]
        if self.fill == "lattice":
            saws = [np.abs((self.repeats * t + phase) % 2 - 1) - 0.5 for phase in (0.0, 0.5, 1.0, 1.5)]
            return [self._wire(0.96 * saw, 0.7) for saw in saws]
        if self.fill == "scroll":
            scrolls = [part for k in range(self.repeats) for part in self._scroll((k + 0.5) / self.repeats)]
            return [*scrolls, self._wire(np.zeros(400), 0.7)]
        return []

    def _scroll(self, share: float) -> list[Part]:
        """One spiral between the edges."""
        angle = np.linspace(0, 4.2 * np.pi, 70)
        radius = np.linspace(0.46, 0.08, 70) * min(self.width, 330.0 / 2 / self.repeats)
        path, _ = oval_arc(self.half_width, 0.85 * self.half_width, opening=self.opening, count=400)
        at = share * 399 + radius * np.cos(angle) / (1.7 * self.half_width) * 400 / np.radians(360 - self.opening)
        spine = np.column_stack([np.interp(at, np.arange(400), path[:, k]) for k in range(3)])
        spine[:, 2] += radius * np.sin(angle)
        return [metal("band", tube(spine, 0.75 * self.wire, sides=8))]

    def _front(self, stone: Stone) -> list[Part]:
        path, out = oval_arc(self.half_width, 0.85 * self.half_width, opening=self.opening, count=401)
        head = small_bezel(stone, "centre_stone")
        return place(head, frame(out[200], (0, 0, 1)), path[200] + out[200] * (1.2 * self.wire + 0.3 * stone.size))

    @classmethod
    def sample(cls, random: Generator) -> WireCuff:
        stone = None
        if maybe(random, 0.4):
            stone = cabochon(random, 8, 18) if maybe(random, 0.6) else faceted(random, 6, 11, cuts=("round", "oval"))
        return cls(
            pick(random, ("wave", "lattice", "scroll", "rails")),
            width=between(random, 10, 44),
            wire=between(random, 0.5, 1.2),
            repeats=whole(random, 5, 14),
            opening=between(random, 40, 80),
            stone=stone,
            half_width=between(random, 28, 33),
            tilt=sample_tilt(random),
        )

    def facts(self) -> Facts:
        return Facts("cuff", self.stone, "bezel" if self.stone else "", "", "", "no_closure")


@dataclass(frozen=True)
class BypassBangle:
    """A wire bangle whose two ends pass or face each other in front, a stone or a pearl on each."""

    stone: Stone
    other: Stone
    wire: float = 1.2
    apart: float = 9.0
    opening: float = 20.0
    half_width: float = 30.0
    tilt: float = 0.0

    def build(self) -> list[Part]:
        path, out = oval_arc(self.half_width, 0.87 * self.half_width, opening=max(self.opening, 0.1), count=400)
        t = np.linspace(-1, 1, 400)
        path = path + np.outer(np.sign(t) * np.abs(t) ** 6 * self.apart / 2, [0, 0, 1.0])
        parts = [metal("band", tube(path, self.wire))]
        for k, stone in ((0, self.stone), (-1, self.other)):
            depth = 0.42 * stone.size + 0.4
            head = peg_pearl(stone.size, stone.gem) if stone.cut == "bead" else claws(stone, depth=depth)
            lift = stone.size / 2 + 0.4 * self.wire if stone.cut == "bead" else depth + 0.5 * self.wire
            parts += place(head, frame(out[k], (0, 0, 1)), path[k] + out[k] * lift)
        return leaned(place(parts, rotation((0, 0, 1), 180)), self.tilt)

    @classmethod
    def sample(cls, random: Generator) -> BypassBangle:
        first = bead(random, 6, 10, pearl=True) if maybe(random, 0.4) else faceted(random, 4.5, 9)
        other = first if maybe(random, 0.6) else replace(faceted(random, 4.5, 9), size=first.size)
        return cls(
            first,
            other,
            wire=between(random, 0.9, 2.2),
            apart=between(random, 0, 1) + first.size,
            opening=between(random, 2, 24),
            half_width=between(random, 28, 32),
            tilt=sample_tilt(random),
        )

    def facts(self) -> Facts:
        return Facts("cuff", self.stone, "glue_set" if self.stone.cut == "bead" else "prong", "", "", "no_closure")


FAMILIES: tuple[type, ...] = (WireCuff, BypassBangle)
