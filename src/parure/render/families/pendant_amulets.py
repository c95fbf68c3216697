"""Amulets: eyes and hands against evil, stones wrapped in wire."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.random import Generator

from parure.render.chance import between, cabochon, maybe, melee, pick, whole
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.pendant_charms import set_along
from parure.render.families.pendant_hangers import Hanger, hung_by_chance
from parure.render.families.pendants import hung_type
from parure.render.mesh import Floats, Part, place, rotation
from parure.render.mounts import bezel, metal
from parure.render.outlines import evenly, offset, outline
from parure.render.solids import circle, ellipsoid, plate, sweep, torus

__all__ = ["FAMILIES", "EvilEyePendant", "HamsaPendant", "WrappedPendant"]


def _eye(size: float, enamel: str) -> list[Part]:
    """Rings of glass one within another: dark, white, light, pupil."""
    shades = ((1.0, enamel), (0.66, "enamel_white"), (0.42, "enamel_blue"), (0.2, "enamel_black"))
    if enamel == "enamel_white":
        shades = ((1.0, "enamel_white"), (0.6, "enamel_blue"), (0.4, "enamel_white"), (0.22, "enamel_black"))
    discs = []
    for layer, (share, material) in enumerate(shades):
        disc = ellipsoid(share * size / 2, share * size / 2, 0.09 * size, detail=16)
        discs.append(Part("enamel", material, disc.moved(offset=(0, 0, 0.045 * size * layer))))
    return discs


@dataclass(frozen=True)
class EvilEyePendant(Hanger):
    """An enamelled eye in a metal rim, round or almond; small stones around it."""

    size: float = 14.0
    enamel: str = "enamel_blue"
    almond: bool = False
    stone: Stone | None = None

    def body(self) -> list[Part]:
        cut = "marquise" if self.almond else "round"
        curve = np.array(outline(cut)) * self.size / 2 * (1.5 if self.almond else 1.0)
        eye = 0.94 * self.size * (0.76 if self.almond else 1.0)
        back = plate(evenly(curve, 120), 0.9)
        path = np.column_stack([evenly(curve, 140), np.full(140, 0.8)])
        rim = sweep(path, circle(0.04 * self.size, 10), closed=True, ups=(0, 0, 1))
        parts = [metal("face", back), metal("face", rim), *place(_eye(eye, self.enamel), offset=(0, 0, 0.95))]
        return parts + (self._ring(curve, self.stone) if self.stone else [])

    def _ring(self, curve: Floats, stone: Stone) -> list[Part]:
        middle = offset(evenly(curve, 400), 0.04 * self.size + 0.5 * stone.size)
        length = float(np.linalg.norm(middle - np.roll(middle, 1, 0), axis=1).sum())
        spots = evenly(middle, int(length / (1.12 * stone.size)))
        along = np.roll(spots, -1, 0) - np.roll(spots, 1, 0)
        zeros = np.zeros(len(spots))
        path = np.column_stack([evenly(middle, 140), np.full(140, 0.3)])
        rail = metal("setting", sweep(path, circle(0.3 * stone.size, 8), closed=True, ups=(0, 0, 1)))
        flat = np.column_stack([spots, zeros + 0.9])
        return [rail, *set_along(flat, stone.size, stone.gem, np.column_stack([along, zeros]))]

    @classmethod
    def sample(cls, random: Generator) -> Self:
        stone = Stone(melee(random), "round", between(random, 1.0, 1.8)) if maybe(random, 0.4) else None
        enamel = pick(random, {"enamel_blue": 4.0, "enamel_white": 1.5, "enamel_red": 0.4, "enamel_green": 0.4})
        return hung_by_chance(random, cls(between(random, 8, 20), enamel, maybe(random, 0.4), stone))

    def facts(self) -> Facts:
        setting = "halo" if self.stone else ""
        return Facts(hung_type(self.chain), self.stone, setting, "evil_eye", chain_type=self.chain)


@dataclass(frozen=True)
class HamsaPendant(Hanger):
    """An open hand, fingers up or down, with an eye or a stone in its palm."""

    size: float = 22.0
    down: bool = False
    enamel: str = ""
    stone: Stone | None = None

    def body(self) -> list[Part]:
        s = self.size
        forms = [((0.0, -0.14), (0.26, 0.3), 0.0)]
        forms += [
            ((0.0, 0.26), (0.085, 0.28), 0.0),
            ((0.15, 0.2), (0.08, 0.26), -5.0),
            ((-0.15, 0.2), (0.08, 0.26), 5.0),
        ]
        forms += [((0.31, -0.02), (0.075, 0.2), -34.0), ((-0.31, -0.02), (0.075, 0.2), 34.0)]
        parts = []
        for (x, y), (wide, tall), degrees in forms:
            shape = ellipsoid(wide * s, tall * s, 0.06 * s, detail=14).moved(rotation((0, 0, 1), degrees))
            parts.append(metal("face", shape.moved(offset=(x * s, y * s, 0))))
        palm = (0, -0.16 * s, 0.05 * s)
        if self.enamel:
            parts += place(_eye(0.28 * s, self.enamel), offset=palm)
        elif self.stone is not None:
            parts += place(bezel(self.stone, wall=0.4, depth=0.6), offset=(0, -0.16 * s, 0.06 * s + 0.5))
        return place(parts, rotation((0, 0, 1), 180)) if self.down else parts

    @classmethod
    def sample(cls, random: Generator) -> Self:
        size = between(random, 14, 34)
        eye = maybe(random, 0.45)
        stone = Stone(melee(random), "round", round(0.2 * size, 2)) if not eye and maybe(random, 0.6) else None
        return hung_by_chance(random, cls(size, maybe(random, 0.5), "enamel_blue" if eye else "", stone))

    def facts(self) -> Facts:
        setting = "bezel" if self.stone else ""
        return Facts(hung_type(self.chain), self.stone, setting, "hamsa", chain_type=self.chain)


@dataclass(frozen=True)
class WrappedPendant(Hanger):
    """A polished stone held by wires: some around its edge, one wound across it, a coil on top."""

    stone: Stone
    turns: int = 3
    wire: float = 0.45
    lean: float = 25.0

    def body(self) -> list[Part]:
        half = self.stone.size / 2
        curve = np.column_stack([-self.stone.outline[:, 1], self.stone.outline[:, 0]])
        parts = place([self.stone.part()], rotation((0, 0, 1), 90))
        for k in range(2):
            path = np.column_stack(
                [evenly(offset(evenly(curve, 200), 0.8 * self.wire), 120), np.full(120, 1.9 * self.wire * (k - 0.5))]
            )
            parts.append(metal("setting", sweep(path, circle(self.wire, 9), closed=True, ups=(0, 0, 1))))
        parts += [self._across(curve, half, k) for k in range(self.turns)]
        for k in range(4):
            coil = torus(2.2 * self.wire, 0.8 * self.wire, count=26, sides=8).moved(rotation((1, 0, 0), 90))
            parts.append(metal("setting", coil.moved(offset=(0, half + (1.2 + 1.5 * k) * self.wire, 0))))
        return parts

    def _across(self, curve: Floats, half: float, index: int) -> Part:
        """One wire over the dome and back below, at a slant."""
        y = (2 * (index + 1) / (self.turns + 1) - 1) * 0.72 * half
        near = curve[np.abs(curve[:, 1] - y) < 0.06 * half]
        wide = float(np.abs(near[:, 0]).max()) + self.wire
        turn = np.linspace(0, 2 * np.pi, 48, endpoint=False)
        dome = 0.55 * half * np.sqrt(max(0.05, 1 - (y / half) ** 2)) + 1.3 * self.wire
        rise = np.where(np.sin(turn) > 0, dome, 0.15 * half + 1.4 * self.wire) * np.sin(turn)
        slant = np.tan(np.radians(self.lean)) * 0.5 * wide * np.cos(turn)
        path = np.column_stack([wide * np.cos(turn), y + slant, rise])
        return metal("setting", sweep(path, circle(0.75 * self.wire, 8), closed=True))

    @classmethod
    def sample(cls, random: Generator) -> Self:
        stone = cabochon(random, 14, 34)
        wire = round(between(random, 0.016, 0.026) * stone.size, 2)
        return hung_by_chance(random, cls(stone, whole(random, 1, 4), wire, between(random, -32, 32)))

    def facts(self) -> Facts:
        return Facts(hung_type(self.chain), self.stone, "wire_wrapped", chain_type=self.chain)


FAMILIES: tuple[type, ...] = (EvilEyePendant, HamsaPendant, WrappedPendant)
