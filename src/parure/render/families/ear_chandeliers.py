"""Chandelier earrings: half-moon frames of wire, each wider than the one above, set along their arcs, drops below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.random import Generator

from parure.render.chains import cable_chain
from parure.render.chance import bead, between, cabochon, faceted, maybe, melee, pick
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.drops import set_drop
from parure.render.families.ear_findings import TOPS, chosen_top, collet, ring
from parure.render.families.ear_poses import Earring, posed
from parure.render.families.earrings import hang, held
from parure.render.mesh import Floats, Part, place, rotation
from parure.render.mounts import metal
from parure.render.outlines import evenly
from parure.render.solids import circle, sweep

__all__ = ["FAMILIES", "ChandelierEarrings"]


@dataclass(frozen=True)
class ChandelierEarrings(Earring):
    """`tiers` frames, `drops` hanging from the last (the middle one lowest), a stone at the heart of the first."""

    heart: Stone
    drop: Stone
    top: Stone | None = None
    tiers: int = 2
    width: float = 14.0  # of the first frame, mm
    growth: float = 1.35  # each next frame is so much wider
    drops: int = 5
    gem: str = "diamond"
    fasten: str = "hook"

    @classmethod
    def sample(cls, random: Generator) -> Self:
        heart = pick(random, (faceted(random, 4.0, 6.5), cabochon(random, 5.0, 7.0)))
        drop = pick(
            random,
            {
                faceted(random, 4.0, 7.0, cuts=("pear", "oval", "round", "marquise"), gems=(heart.gem,))
                if heart.cut != "cabochon"
                else Stone(heart.gem, "cabochon", between(random, 4.5, 7.0)): 0.5,
                bead(random, 3.0, 5.0): 0.5,
            },
        )
        top = faceted(random, 3.0, 5.0, cuts=("round", "oval", "pear")) if maybe(random, 0.6) else None
        tiers = pick(random, {1: 0.4, 2: 0.45, 3: 0.15})
        width, growth = between(random, 11.0, 19.0 - 2 * tiers), between(random, 1.2, 1.5)
        across = 0.88 * width * growth ** (tiers - 1)  # drops hang side by side without touching
        room = 1 + int(across / (float(np.ptp(drop.outline[:, 1])) + 0.7))
        piece = cls(
            heart,
            drop,
            top,
            tiers,
            width,
            growth,
            max(3, min(pick(random, (3, 5, 7, 9)), room - 1 + room % 2)),
            melee(random, heart.gem),
            pick(random, {"hook": 0.6, "lever": 0.2, "post": 0.2}),
        )
        return posed(random, piece)

    def facts(self) -> Facts:
        closure = TOPS["post" if self.top is not None else self.fasten]
        return Facts("chandelier_earring", self.heart, held(self.heart, collar=True), "tassel", closure=closure)

    def one(self, *, worn: bool = False) -> list[Part]:
        top = chosen_top(self.fasten, self.top, worn=worn)
        half = self.width / 2
        parts, y = [ring(np.zeros(3))], -1.1 - 0.24 * self._depth(half, 0)
        for tier in range(self.tiers):
            deep = self._depth(half, tier)
            parts += place(self._frame(half, deep, tier), offset=(0, y, 0))
            if tier == self.tiers - 1:
                parts += place(self._fringe(half, deep), offset=(0, y, 0))
            else:
                parts += self._joints(half, deep, y)
            y, half = y - 0.55 * deep - 1.6, half * self.growth
        return [*top.parts, *place(parts, offset=top.hang)]

    def _depth(self, half: float, tier: int) -> float:
        """How far the arc hangs below its ends; the first has room for the heart."""
        return max(0.75 * half, self.heart.size + 0.8) if tier == 0 else 0.5 * half

    def _arc(self, half: float, deep: float, degrees: Floats) -> Floats:
        """Points on the lower arc of a frame, 0 degrees at its lowest; its top is y = 0."""
        angles = np.radians(degrees)
        return np.column_stack([half * np.sin(angles), -deep * np.cos(angles) ** 0.9, 0 * angles])

    def _frame(self, half: float, deep: float, tier: int) -> list[Part]:
        lower = self._arc(half, deep, np.linspace(-86, 86, 60))[:, :2]
        arch = 0.1 + (0.24 if tier == 0 else -0.4) * deep * (1 - (lower[::-1, 0] / half) ** 2)
        upper = np.column_stack([lower[::-1, 0], arch])
        curve = evenly(np.vstack([lower, upper[1:-1]]), 160)
        path = np.column_stack([curve, np.zeros(len(curve))])
        parts = [metal("frame", sweep(path, circle(0.42, 10), closed=True, ups=(0, 0, 1)))]
        size = float(np.clip(0.13 * half, 1.3, 2.2))
        seats = max(5, int(2.2 * half / (1.35 * size)))
        for at in self._arc(half, deep, np.linspace(-66, 66, seats)):
            parts += place(
                collet(Stone(self.gem, "single", round(size, 2)), wall=0.25), offset=at + np.array([0, 0, 0.35])
            )
        if tier == 0:
            parts += place(collet(self.heart, "centre_stone"), rotation((0, 0, 1), 90), (0, self._heart_at(deep), 0.3))
        return parts

    def _heart_at(self, deep: float) -> float:
        """Between the upper and the lower arc."""
        return -0.34 * deep

    def _joints(self, half: float, deep: float, y: float) -> list[Part]:
        """Chains from the arc of one frame down to the arc of the next."""
        parts: list[Part] = []
        wider, lower = half * self.growth, y - 0.55 * deep - 1.6
        for degrees in (-50.0, 0.0, 50.0):
            start = self._arc(half, deep, np.array([degrees]))[0] + np.array([0, y, 0])
            end = self._arc(wider, self._depth(wider, 1), np.array([degrees]))[0] + np.array([0, lower, 0])
            parts.append(cable_chain(np.linspace(start, end, 20), length=1.5, width=1.1, wire=0.17))
        return parts

    def _fringe(self, half: float, deep: float) -> list[Part]:
        parts: list[Part] = []
        for at in self._arc(half, deep, np.linspace(-62, 62, self.drops)):
            hung = [ring(np.array([0.0, 0.0, 0.0]), radius=0.8), *hang(set_drop(self.drop), -1.2)]
            parts += place(hung, offset=at - np.array([0, 0.7, 0]))
        return parts


FAMILIES: tuple[type, ...] = (ChandelierEarrings,)
