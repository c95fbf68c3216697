"""Jhumkas: a bell dome on a jewelled stud, with granules, stones about it and a fringe of beads below the rim.

The dome is turned about the y axis, because it hangs; it is a shell, open below.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.random import Generator

from parure.render.chance import bead, between, cabochon, faceted, maybe, pick, whole
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.ear_findings import cap, collet, post, ring, small_bead
from parure.render.families.ear_poses import Earring, posed
from parure.render.families.necklace_settings import walled
from parure.render.mesh import Floats, Part, join, place, rotation
from parure.render.mounts import metal
from parure.render.palette import BEAD_GEMS, PEARL_GEMS
from parure.render.solids import ball, lathe, torus

__all__ = ["FAMILIES", "Jhumkas", "rosette"]

_WALL = 0.7  # of gold about an uncut stone: a third of a millimetre and more of them for larger stones
_ABOUT_Y = rotation((1, 0, 0), -90)  # what was turned about z stands along y, its top up


def rosette(centre: Stone, around: Stone, count: int, *, kundan: bool = False) -> list[Part]:
    """A stone ringed by smaller ones on a disc of metal; the back is at z = 0. Radius: see `reach`.

    Cut stones stand in collars; `kundan` sets uncut ones low, in broad walls of gold."""
    radius = reach(centre, around, count) - 0.5 * around.size - 0.35
    main, rise = _set(centre, "centre_stone", kundan=kundan)
    parts = place(main, rotation((0, 0, 1), 90), (0, 0, rise))
    beside, low = _set(around, "side_stone", kundan=kundan)
    for k in range(count):
        turn = rotation((0, 0, 1), 360 * k / count)
        parts += place(beside, turn, turn @ np.array([radius, 0.0, low]))
    full = radius + (0.5 * around.size if count else 0.5)
    disc = lathe(np.array([[0, 0], [full - 0.2, 0], [full, 0.25], [full - 0.2, 0.6], [0, 0.6]]), count=40)
    return [*parts, metal("setting", disc)]


def _set(stone: Stone, label: str, *, kundan: bool) -> tuple[list[Part], float]:
    """The stone in what holds it, and its girdle's height above the back of the disc."""
    if not kundan or stone.cut == "bead":
        return collet(stone, label), 0.3 * stone.size + 0.5
    wall = _WALL * (0.25 + 0.1 * stone.size)
    return walled(stone, wall, label), 0.6 + 0.9 * wall


def reach(centre: Stone, around: Stone, count: int) -> float:
    """Half the width of a rosette: stones of the ring neither overlap each other nor the centre."""
    if not count:
        return centre.size / 2 + 0.7
    beside = centre.size / 2 + around.size / 2 + 0.55
    return float(max(beside, 0.5 * (around.size + 0.6) / np.sin(np.pi / count)) + 0.5 * around.size + 0.35)


@dataclass(frozen=True)
class Jhumkas(Earring):
    """`tiers` domes one below the other; `stones` collars about each; `fringe` beads in every strand below the rim."""

    stone: Stone
    around: Stone
    ring_stones: int = 8
    radius: float = 8.0
    height: float = 0.85  # of the dome, relative to its radius
    tiers: int = 1
    stones: int = 10
    fringe_gem: str = "white_pearl"
    fringe: int = 1
    bead: float = 2.4
    kundan: bool = True  # uncut stones in walls of gold rather than cut ones in collars

    @classmethod
    def sample(cls, random: Generator) -> Self:
        gems = ("diamond", "ruby", "emerald", "sapphire", "garnet")
        stone = pick(
            random,
            {
                faceted(random, 4.0, 7.5, cuts=("round", "oval", "pear"), gems=gems): 0.6,
                cabochon(random, 5.0, 8.0): 0.3,
                bead(random, 4.0, 7.0, pearl=True): 0.1,
            },
        )
        around = Stone(pick(random, gems), "round", between(random, 1.6, 2.8))
        fringe_gem = pick(random, {**PEARL_GEMS, **BEAD_GEMS, "metal": 3.0})
        tiers = pick(random, {1: 0.85, 2: 0.15})
        piece = cls(
            stone,
            around,
            pick(random, {0: 0.2, whole(random, 6, 12): 0.8}),
            between(random, 5.5, 13.0),
            between(random, 0.7, 1.3),
            tiers,
            pick(random, {0: 0.35, whole(random, 6, 14): 0.65}),
            fringe_gem,
            pick(random, {0: 0.1, 1: 0.6, 2: 0.2, 3: 0.1}),
            between(random, 1.7, 3.0),
            kundan=maybe(random, 0.6),
        )
        return posed(random, piece)

    def facts(self) -> Facts:
        setting = "drilled" if self.stone.cut == "bead" else "kundan" if self.kundan else "bezel"
        return Facts("jhumka", self.stone, setting, "tassel" if self.fringe else "", closure="butterfly_back")

    @property
    def shown(self) -> str:
        """A bell laid on its side lets its stud drop behind it: nobody pictures it so."""
        return "hanging" if self.pose == "lying" else self.pose

    def one(self, *, worn: bool = False) -> list[Part]:
        half = max(reach(self.stone, self.around, self.ring_stones), 0.5 * self.stone.size + 0.5)
        head = rosette(self.stone, self.around, self.ring_stones, kundan=self.kundan)
        head += post() if worn else post(length=2, nut=False)
        parts = [*head, ring(np.array([0.0, -half + 0.4, 0.4]))]
        y = -half - 0.9
        for tier in range(self.tiers):
            radius = self.radius * (1 if tier == self.tiers - 1 else 0.62)
            parts += place(self._dome(radius), offset=(0, y, 0.4))
            y -= radius * self.height * 0.8 + 0.4
        return parts

    def _profile(self, radius: float) -> Floats:
        """Outer side of the bell (radius, height), from the rim to the crown at height 0."""
        share = np.linspace(0, 1, 22)
        angle = share * np.pi / 2
        tall = radius * self.height
        flare = 0.07 * radius * np.clip(1 - 4 * share, 0, 1) ** 2
        return np.column_stack([radius * np.cos(angle) ** 0.8 + flare, tall * (np.sin(angle) - 1)])

    def _dome(self, radius: float) -> list[Part]:
        outer = self._profile(radius)
        inner = outer[:-1] * np.array([0.93, 0.93])
        inner[0, 1] = outer[0, 1]
        shell = np.vstack([[0.0, inner[-1, 1]], inner[::-1], outer[:-1], [0.0, outer[-1, 1]]])
        crown = [
            *place([cap(0.32 * radius, 0.16 * radius)], offset=(0, 0.25, 0)),
            small_bead("metal", 1.6, (0, 0.5, 0)),
        ]
        parts = [metal("face", lathe(shell, count=56).moved(_ABOUT_Y)), *_as_metal(crown)]
        for share in (0.0, 0.42):
            parts.append(self._granules(outer[int(share * 21)], radius))
        if self.stones:
            parts += self._collars(outer[4:9].mean(axis=0), radius)
        if self.fringe:
            parts += self._fringe(float(outer[0, 0]), float(outer[0, 1]))
        return parts

    def _granules(self, at: Floats, radius: float) -> Part:
        grain = ball(0.055 * radius + 0.1, detail=6)
        count = int(2 * np.pi * at[0] / (2.1 * (0.055 * radius + 0.1)))
        angles = 2 * np.pi * np.arange(count) / count
        seats = np.column_stack([at[0] * np.sin(angles), np.full(count, at[1]), at[0] * np.cos(angles)])
        return metal("face", join([grain.moved(offset=seat) for seat in seats]))

    def _collars(self, at: Floats, radius: float) -> list[Part]:
        parts: list[Part] = []
        size = min(0.3 * radius, 1.3 * np.pi * at[0] / self.stones - 0.7)
        stone = Stone(self.around.gem, "round", round(max(float(size), 1.0), 2))
        for k in range(self.stones):
            turn = rotation((0, 1, 0), 360 * k / self.stones) @ rotation((1, 0, 0), -22)
            out = rotation((0, 1, 0), 360 * k / self.stones) @ np.array([0.0, at[1], at[0] + 0.12 * stone.size])
            held = walled(stone, 0.25 + 0.05 * stone.size) if self.kundan else collet(stone, wall=0.28)
            parts += place(held, turn, out)
        return parts

    def _fringe(self, radius: float, rim: float) -> list[Part]:
        parts: list[Part] = []
        count = int(2 * np.pi * radius / (1.12 * self.bead))
        loop = torus(0.34, 0.1, count=10, sides=6)
        for k in range(count):
            angle = 2 * np.pi * k / count
            x, z, y = 0.97 * radius * np.sin(angle), 0.97 * radius * np.cos(angle), rim - 0.35
            parts.append(metal("bail", loop.moved(offset=(x, y, z))))
            for step in range(self.fringe):
                size = self.bead * (1 if step == self.fringe - 1 else 0.7)
                y -= 0.5 * size
                parts.append(small_bead(self.fringe_gem, size, (x, y, z)))
                y -= 0.5 * size
        return _as_metal(parts)


def _as_metal(parts: list[Part]) -> list[Part]:
    """Metal beads are part of the body, not stones."""
    return [metal("face", part.mesh) if part.material == "metal" else part for part in parts]


FAMILIES: tuple[type, ...] = (Jhumkas,)
