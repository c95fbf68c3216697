"""Maang tikka: an ornament for the forehead on a chain or a string of beads with a hook for the hair; it lies flat.

The chain is laid in a bow, because a straight one leaves the ornament tiny in every photograph.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.random import Generator

from parure.render.chains import bead_strand, cable_chain, path_length, walk
from parure.render.chance import bead, between, cabochon, faceted, maybe, pick, whole
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.drops import set_drop
from parure.render.families.ear_findings import ring, small_bead
from parure.render.families.ear_poses import mirrored
from parure.render.families.earrings import hang
from parure.render.families.jhumka import reach, rosette
from parure.render.mesh import Floats, Part, place, rotation
from parure.render.mounts import metal
from parure.render.palette import BEAD_GEMS, PEARL_GEMS
from parure.render.solids import circle, sweep, tube

__all__ = ["FAMILIES", "MaangTikka"]

_RICH = ("diamond", "ruby", "emerald", "sapphire", "garnet")


@dataclass(frozen=True)
class MaangTikka:
    """A rosette of stones in collars, pearls about its rim, `drops` below it, a crescent behind it (chand) or not.

    `chain` mm of cable, or beads where `strand`; `bow` is how far it turns, in degrees; `sides` adds two short chains.
    """

    stone: Stone
    around: Stone
    ring_stones: int = 10
    rim: float = 2.2  # width of the pearls about the rim, mm; 0 for none
    rim_gem: str = "white_pearl"
    drop: Stone | None = None
    drops: int = 1
    chand: bool = False
    chain: float = 90.0
    bow: float = 120.0
    strand: bool = False
    sides: float = 0.0
    kundan: bool = True  # uncut stones in walls of gold rather than cut ones in collars

    @classmethod
    def sample(cls, random: Generator) -> Self:
        stone = pick(
            random,
            {
                faceted(random, 5.5, 10.0, cuts=("round", "oval", "pear", "cushion"), gems=_RICH): 0.7,
                cabochon(random, 7.0, 11.0): 0.3,
            },
        )
        return cls(
            stone,
            Stone(pick(random, _RICH), "round", between(random, 2.0, 3.6)),
            pick(random, {0: 0.1, whole(random, 8, 14): 0.9}),
            between(random, 1.6, 3.0) if maybe(random, 0.6) else 0.0,
            pick(random, {**PEARL_GEMS, **{gem: 0.4 * share for gem, share in BEAD_GEMS.items()}}),
            pick(random, (bead(random, 3.5, 7.0), faceted(random, 5.0, 8.0, cuts=("pear", "oval"), gems=_RICH))),
            whole(random, 1, 5),
            maybe(random, 0.25),
            between(random, 60, 120),
            between(random, -200, 200),
            maybe(random, 0.3),
            between(random, 25, 50) if maybe(random, 0.2) else 0.0,
            maybe(random, 0.7),
        )

    def facts(self) -> Facts:
        chain = "" if self.strand else "cable"
        setting = "kundan" if self.kundan else "bezel"
        motif = "moon" if self.chand else "flower" if self.ring_stones else ""
        return Facts("maang_tikka", self.stone, setting, motif, chain, "hook_and_eye")

    def build(self) -> list[Part]:
        half = self._half()
        parts = rosette(self.stone, self.around, self.ring_stones, kundan=self.kundan)
        parts += self._rim(half) + self._drops(half)
        if self.chand:
            parts += self._crescent(half)
        parts += self._chain(np.array([0.0, half, 0.4]))
        if self.sides:
            side = place(self._side(half), offset=(0, 0, 0))
            parts += [*side, *mirrored(side)]
        lowest = min(float(part.mesh.vertices[:, 2].min()) for part in parts)
        return place(parts, offset=(0, 0, -lowest))

    def _half(self) -> float:
        """Half the ornament's width without the pearls."""
        return max(reach(self.stone, self.around, self.ring_stones), self.stone.size / 2 + 0.5)

    def _rim(self, half: float) -> list[Part]:
        if not self.rim:
            return []
        radius = half + 0.45 * self.rim
        count = int(2 * np.pi * radius / (1.04 * self.rim))
        angles = 2 * np.pi * (np.arange(count) + 0.5) / count
        seats = np.column_stack([radius * np.sin(angles), radius * np.cos(angles), np.full(count, 0.45)])
        return [small_bead(self.rim_gem, self.rim, seat) for seat in seats]

    def _drops(self, half: float) -> list[Part]:
        if self.drop is None:
            return []
        parts: list[Part] = []
        edge = half + 0.9 * self.rim
        width = float(np.ptp(self.drop.outline[:, 1])) + 0.9
        step = np.degrees(width / (edge + 0.6 * self.drop.size))
        for k in range(self.drops):
            lean = rotation((0, 0, 1), (k - (self.drops - 1) / 2) * step)
            hung = [ring(np.array([0.0, 0.4, 0.4]), radius=0.85), *hang(set_drop(self.drop), -0.9)]
            parts += place(place(hung, offset=(0, -edge, 0)), lean)
        return parts

    def _crescent(self, half: float) -> list[Part]:
        """Horns up, below and behind the rosette."""
        angles = np.radians(np.linspace(-205, 25, 70))
        radius = half + 1.2 + 0.5 * self.rim
        path = np.column_stack([radius * np.cos(angles), radius * np.sin(angles) - 0.8, np.full(70, -0.2)])
        swell = 0.1 + 0.9 * np.sin(np.linspace(0, np.pi, 70))
        section = circle(1.0, 20) * np.array([0.26 * half, 0.7])
        return [metal("face", sweep(path, section, ups=(0, 0, 1), scale=swell))]

    def _bowed(self, start: Floats, length: float, turn: float) -> Floats:
        """Leaves `start` upwards and bends evenly, flat on the table."""
        heading = np.radians(turn) * np.linspace(0, 1, 240) ** 1.4
        steps = np.column_stack([np.sin(heading), np.cos(heading), 0 * heading]) * length / 240
        return np.asarray(start + np.cumsum(steps, axis=0))

    def _chain(self, start: Floats) -> list[Part]:
        path = self._bowed(start + np.array([0.0, 0.9 * self.rim + 0.9, 0.0]), self.chain, self.bow)
        loop = ring(start + np.array([0.0, 0.9 * self.rim + 1.2, 0.0]), radius=1.0)
        end, ahead = path[-1], path[-1] - path[-2]
        if self.strand:
            body = bead_strand(path, (2.4, 2.4, 1.8), (self.rim_gem, self.rim_gem, "metal"))
            chain = [metal("bead", part.mesh) if part.material == "metal" else part for part in body]
            chain.append(metal("chain", tube(path, 0.15, sides=6)))
        else:
            chain = [cable_chain(path, length=2.6, width=1.9, wire=0.27)]
        return [loop, *chain, self._hook(end, ahead / np.linalg.norm(ahead))]

    def _hook(self, at: Floats, ahead: Floats) -> Part:
        """A long hook that grips the hair."""
        side = np.array([ahead[1], -ahead[0], 0.0])
        angles = np.radians(np.linspace(0, 180, 24))
        shank = np.outer(np.linspace(-0.3, 9.0, 16), ahead)
        bend = shank[-1] + 1.6 * (np.outer(np.sin(angles), ahead) + np.outer(1 - np.cos(angles), side))
        back = bend[-1] - np.outer(np.linspace(0, 6.0, 12), ahead)
        return metal("hook", tube(at + np.vstack([shank, bend[1:], back[1:]]), 0.42, sides=10))

    def _side(self, half: float) -> list[Part]:
        """A short chain of the three that cross the hair, with beads along it."""
        edge = half + 0.9 * self.rim
        start = edge * np.array([np.cos(0.6), np.sin(0.6), 0.0]) + np.array([0, 0, 0.4])
        turn = np.linspace(0.95, 0.2, 120)
        steps = np.column_stack([np.sin(turn + 0.5), np.cos(turn + 0.5), 0 * turn]) * self.sides / 120
        path = start + np.cumsum(steps, axis=0)
        beads, _ = walk(path, max(2, int(path_length(path) / 9)))
        strung = [small_bead(self.rim_gem, 2.4, at) for at in beads]
        ahead = steps[-1] / np.linalg.norm(steps[-1])
        return [cable_chain(path, length=2.2, width=1.6, wire=0.24), *strung, self._hook(path[-1], ahead)]


FAMILIES: tuple[type, ...] = (MaangTikka,)
