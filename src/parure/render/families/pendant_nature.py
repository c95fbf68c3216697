"""Pendants after nature and the sky: leaf, feather, moon with a star, tree of life, flower, butterfly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.random import Generator

from parure.render.chance import bead, between, maybe, melee, pick, whole
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.pendant_hangers import Hanger, hung_by_chance
from parure.render.families.pendants import hung_type
from parure.render.mesh import Floats, Part, place, rotation
from parure.render.mounts import bezel, claws, metal
from parure.render.outlines import evenly, star
from parure.render.solids import ball, circle, plate, sweep, torus, tube

__all__ = ["FAMILIES", "FeatherPendant", "LeafPendant", "MoonPendant", "PetalPendant", "TreePendant"]


def _flat(points: Floats, z: float = 0.0) -> Floats:
    return np.column_stack([points, np.full(len(points), z)])


@dataclass(frozen=True)
class LeafPendant(Hanger):
    """A leaf on its stem, tip down: a bent blade with a rib and side veins; `lobes` make its edge wavy."""

    size: float = 24.0
    slimness: float = 0.45
    veins: int = 6
    lobes: int = 0
    stone: Stone | None = None

    def body(self) -> list[Part]:
        half = self.size / 2
        blade = plate(self._edge(), 0.9, height=lambda points: 0.35 * np.abs(points[:, 0]) * 0.6)
        rib = np.linspace([0, half * 1.2, 0.9], [0, -half * 0.94, 1.0], 24)
        parts = [metal("petal", blade), metal("stem", tube(rib, 0.035 * self.size, taper=0.35, sides=10))]
        for k in range(self.veins):
            y = half * (0.7 - 1.35 * k / self.veins)
            reach = 0.62 * self._width_at(y / half) * half
            for side in (1, -1):
                line = np.linspace([0, y, 0.95], [side * reach, y + 0.12 * half, 0.9 + 0.21 * reach], 6)
                parts.append(metal("stem", tube(line, 0.013 * self.size, taper=0.5, sides=7)))
        if self.stone is not None:
            parts += place(bezel(self.stone, wall=0.4, depth=0.5), offset=(0, -0.25 * half, 1.9))
        return parts

    def _width_at(self, share: float) -> float:
        return float(self.slimness * 2 * max(0.0, 1 - share**2) ** 0.8 * (1 + 0.35 * share) * 0.6)

    def _edge(self) -> Floats:
        turn = np.linspace(0, 2 * np.pi, 800, endpoint=False)
        y = np.cos(turn)
        wave = 1 + 0.09 * np.cos(self.lobes * turn) if self.lobes else 1.0
        wide = self.slimness * np.abs(np.sin(turn)) ** 1.5 * np.sign(np.sin(turn)) * (1 + 0.35 * y)
        return evenly(np.column_stack([-wide * wave, y]) * self.size / 2, 160)

    @classmethod
    def sample(cls, random: Generator) -> Self:
        size = between(random, 14, 38)
        stone = Stone(melee(random), "round", round(0.11 * size, 2)) if maybe(random, 0.25) else None
        lobes = pick(random, (0, 0, 10, 14, 18))
        piece = cls(size, between(random, 0.28, 0.62), veins=whole(random, 4, 8), lobes=lobes, stone=stone)
        return hung_by_chance(random, piece)

    def facts(self) -> Facts:
        setting = "bezel" if self.stone else ""
        return Facts(hung_type(self.chain), self.stone, setting, "leaf", chain_type=self.chain)


@dataclass(frozen=True)
class FeatherPendant(Hanger):
    """A feather, its quill bowed and its barbs apart here and there."""

    size: float = 32.0
    bow: float = 0.12
    barbs: int = 26
    gaps: int = 2

    def body(self) -> list[Part]:
        quill = self._quill(np.linspace(0, 1, 40))
        parts = [metal("stem", tube(quill, 0.026 * self.size, taper=0.35, sides=9))]
        skipped = {round(self.barbs * (0.35 + 0.37 * k)) for k in range(self.gaps)}
        for k in range(self.barbs):
            share = 0.2 + 0.76 * k / self.barbs
            root = self._quill(np.array([share]))[0]
            long = 0.3 * self.size * (np.sin(np.pi * (0.1 + 0.86 * (share - 0.2) / 0.76)) ** 0.7)
            for side in (1, -1):
                if k + (side > 0) in skipped:
                    continue
                t = np.linspace(0, 1, 7)[:, None]
                line = root + long * (t * np.array([0.62 * side, -0.55, 0]) - t**2 * np.array([0.1 * side, 0.4, 0]))
                parts.append(metal("petal", tube(line, 0.017 * self.size, taper=0.3, sides=6)))
        return place(parts, offset=(-float(quill[0, 0]), 0, 0))

    def _quill(self, share: Floats) -> Floats:
        x = self.bow * self.size * np.sin(1.7 * np.pi * share) * share
        return np.column_stack([x, -share * self.size, 0 * share])

    @classmethod
    def sample(cls, random: Generator) -> Self:
        piece = cls(between(random, 20, 48), between(random, -0.16, 0.16), whole(random, 18, 30), whole(random, 0, 2))
        return hung_by_chance(random, piece)

    def facts(self) -> Facts:
        return Facts(hung_type(self.chain), motif="feather", chain_type=self.chain)


@dataclass(frozen=True)
class MoonPendant(Hanger):
    """A flat crescent that holds a star, or a stone where the star would hang."""

    size: float = 18.0
    points: int = 5
    stone: Stone | None = None
    tilt: float = 20.0

    def body(self) -> list[Part]:
        half = self.size / 2
        angles = np.radians(np.linspace(48, 312, 90))
        path = 0.78 * half * np.column_stack([np.cos(angles), np.sin(angles), 0 * angles])
        swell = 0.1 + np.sin(np.linspace(0, np.pi, 90))
        section = circle(0.24 * half, 14) * np.array([1.0, 0.5])
        parts = [metal("face", sweep(path, section, scale=swell, ups=(0, 0, 1)))]
        if self.stone is not None:
            parts += place(bezel(self.stone, wall=0.4, depth=0.5), offset=(0.15 * half, 0, 0.3))
            rod = np.array([[-0.7 * half, 0, 0], [0.1 * half - self.stone.size / 2, 0, 0]])
            parts.append(metal("face", tube(rod, 0.05 * half, sides=8)))
        else:
            shine = plate(star(self.points, 0.45, 120) * 0.42 * half, 0.1 * half, dome=0.1 * half)
            parts.append(metal("face", shine.moved(offset=(0.05 * half, 0, -0.05 * half))))
            rod = np.array([[-0.7 * half, 0, 0], [-0.1 * half, 0, 0]])
            parts.append(metal("face", tube(rod, 0.05 * half, sides=8)))
        return place(parts, rotation((0, 0, 1), self.tilt))

    @classmethod
    def sample(cls, random: Generator) -> Self:
        size = between(random, 12, 28)
        gem = bead(random, 1, 2, pearl=True).gem if maybe(random, 0.2) else melee(random)
        stone = Stone(gem, "round", round(between(random, 0.16, 0.26) * size, 2)) if maybe(random, 0.45) else None
        if stone is not None and gem.endswith("pearl"):
            stone = Stone(gem, "cabochon", stone.size)
        piece = cls(size, pick(random, (5, 5, 6, 8)), stone, tilt=between(random, -10, 45))
        return hung_by_chance(random, piece)

    def facts(self) -> Facts:
        setting = "bezel" if self.stone else ""
        return Facts(hung_type(self.chain), self.stone, setting, "moon", chain_type=self.chain)


@dataclass(frozen=True)
class TreePendant(Hanger):
    """A tree of life: wires that part into branches and roots inside a ring; gems for leaves, or none."""

    size: float = 26.0
    branches: int = 9
    leaves: str = ""
    wire: float = 0.45
    seed: int = 0

    def body(self) -> list[Part]:
        half, random = self.size / 2, np.random.default_rng(self.seed)
        parts = [metal("frame", torus(half, 2.0 * self.wire, count=80, sides=12))]
        for k in range(self.branches):
            share = k / (self.branches - 1)
            parts += self._wire(half, 205 - 230 * share, foot=share - 0.5, random=random)
            if k % 2 == 0:
                root = np.radians(238 + 64 * share)
                line = np.linspace(
                    [0.3 * (share - 0.5), -0.42 * half, 0], [half * np.cos(root), half * np.sin(root), 0], 8
                )
                parts.append(metal("stem", tube(line, 0.9 * self.wire, taper=0.8, sides=7)))
        return parts

    def _wire(self, half: float, degrees: float, *, foot: float, random: Generator) -> list[Part]:
        """One wire from the trunk's foot to the ring, with leaves along its branch."""
        end = half * np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])
        knots = np.array([[0.3 * foot, -0.45 * half], [0.16 * foot * half, 0.02 * half], end])
        t = np.linspace(0, 1, 16)[:, None]
        curve = (1 - t) ** 2 * knots[0] + 2 * t * (1 - t) * knots[1] + t**2 * knots[2]
        parts = [metal("stem", tube(_flat(curve), self.wire, taper=0.7, sides=7))]
        for place_on in (8, 11, 14):
            spot = curve[place_on] + random.uniform(-0.05, 0.05, 2) * half
            if self.leaves:
                gem = ball(0.085 * half, detail=8).scaled((1, 1, 0.8)).moved(offset=(*spot, self.wire))
                parts.append(Part("bead", self.leaves, gem))
            else:
                leaf = ball(0.1 * half, detail=7).scaled((1.3, 0.6, 0.35)).moved(rotation((0, 0, 1), degrees + 35))
                parts.append(metal("petal", leaf.moved(offset=(*spot, 0))))
        return parts

    @classmethod
    def sample(cls, random: Generator) -> Self:
        leaves = bead(random, 2, 3, pearl=False).gem if maybe(random, 0.5) else ""
        size = between(random, 18, 40)
        piece = cls(size, whole(random, 7, 12), leaves, round(0.017 * size, 2), whole(random, 0, 999))
        return hung_by_chance(random, piece)

    def facts(self) -> Facts:
        stone = Stone(self.leaves, "bead", round(0.085 * self.size, 2)) if self.leaves else None
        setting = "wire_wrapped" if stone else ""
        return Facts(hung_type(self.chain), stone, setting, "tree", chain_type=self.chain)


@dataclass(frozen=True)
class PetalPendant(Hanger):
    """Petals around a stone: a flower of so many, or two pairs of wings for a butterfly."""

    stone: Stone
    petals: int = 5
    size: float = 18.0
    wings: bool = False

    def body(self) -> list[Part]:
        turn = np.linspace(0, 2 * np.pi, 300, endpoint=False)
        half = self.size / 2
        drop = np.column_stack([np.cos(turn), 0.62 * np.sin(turn) * (1 + 0.5 * np.cos(turn)) * self._breadth()])
        petal = plate(evenly(drop, 90) * 0.42 * half, 0.8, height=lambda at: 0.1 * np.abs(at[:, 1]) + 0.03 * at[:, 0])
        parts: list[Part] = []
        for degrees, share in self._turns():
            turned = rotation((0, 0, 1), degrees)
            blade = petal.scaled((share, share, 1.0)).moved(turned, turned @ np.array([0.5 * half * share + 0.8, 0, 0]))
            parts.append(metal("petal", blade))
        if self.wings:
            spine = np.linspace([0, 0.5 * half, 0.8], [0, -0.5 * half, 0.8], 12)
            parts.append(metal("stem", tube(spine, 0.09 * half, taper=0.5, sides=10)))
        return parts + place(claws(self.stone, depth=0.3 * self.stone.size), offset=(0, 0, 1.0 + 0.3 * self.stone.size))

    def _breadth(self) -> float:
        return 1.0 if self.wings else min(1.5, 6.0 / self.petals)

    def _turns(self) -> list[tuple[float, float]]:
        if self.wings:
            return [(35, 1.2), (145, 1.2), (-40, 0.9), (220, 0.9)]
        return [(90 + 360 * k / self.petals, 1.0) for k in range(self.petals)]

    @classmethod
    def sample(cls, random: Generator) -> Self:
        size = between(random, 12, 26)
        stone = Stone(melee(random), "round", round(between(random, 0.16, 0.24) * size, 2))
        return hung_by_chance(random, cls(stone, whole(random, 4, 8), size, wings=maybe(random, 0.35)))

    def facts(self) -> Facts:
        motif = "butterfly" if self.wings else "flower"
        return Facts(hung_type(self.chain), self.stone, "prong", motif, chain_type=self.chain)


FAMILIES: tuple[type, ...] = (LeafPendant, FeatherPendant, MoonPendant, TreePendant, PetalPendant)
