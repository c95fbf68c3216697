"""What sits along the ear: cuffs that clip on its rim and climbers that rise from the lobe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Self

import numpy as np
from numpy.random import Generator

from parure.render.chance import bead, between, maybe, melee, pick, whole
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.ear_findings import post, small_bead
from parure.render.families.ear_outlines import MOTIFS, flat_form
from parure.render.families.ear_poses import STANDING, STUD_POSES, Earring, posed
from parure.render.families.hoops import hoop_path, outward, row
from parure.render.mesh import Floats, Part, place, rotation
from parure.render.mounts import claws, metal
from parure.render.solids import ball, band_profile, sweep, tube

__all__ = ["FAMILIES", "ClimberEarrings", "EarCuffs"]

_TO_DRAWN = np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]])


@dataclass(frozen=True)
class EarCuffs(Earring):
    """An open band that grips the rim of the ear: `bands` wires or one broad band, plain, set or ending in balls.

    Worn, its gap is at the back and the rim runs through it at the origin.
    """

    radius: float = 5.0
    width: float = 3.0
    thickness: float = 1.0
    bands: int = 1
    rows: int = 0
    gem: str = "diamond"
    gap: float = 70.0  # degrees
    balls: bool = False
    pose: str = field(default="standing", kw_only=True)

    poses: ClassVar[Mapping[str, float]] = STANDING

    @classmethod
    def sample(cls, random: Generator) -> Self:
        bands = pick(random, {1: 0.6, 2: 0.25, 3: 0.15})
        rows = pick(random, {0: 0.5, 1: 0.5})
        width = between(random, 1.2, 1.8) if bands > 1 else between(random, 1.8, 7.0)
        piece = cls(
            between(random, 4.2, 6.5),
            width,
            between(random, 0.7, 1.3),
            bands,
            rows,
            melee(random),
            between(random, 50, 95),
            maybe(random, 0.3) and bands == 1 and width < 3,
        )
        return posed(random, piece)

    def facts(self) -> Facts:
        stone = Stone(self.gem, "round", 1.3) if self.rows else None
        return Facts("ear_cuff", stone, "pave" if stone else "", "circle", closure="no_closure")

    def one(self, *, worn: bool = False) -> list[Part]:
        half = self.gap / 2
        parts: list[Part] = []
        for index in range(self.bands):
            across = (index - (self.bands - 1) / 2) * (self.width + 0.7)
            path = hoop_path(self.radius, half - 90, 270 - half, count=110) + np.array([0.0, across, 0.0])
            profile = band_profile(self.width, self.thickness, 2.4, 0.5)
            parts.append(metal("hoop", sweep(path, profile, ups=outward(path))))
            if self.rows:
                inner = hoop_path(self.radius, half - 60, 240 - half, count=110)
                stones = row(inner, self.thickness + 0.32, min(1.4, 0.9 * self.width), self.gem)
                parts += place(stones, offset=(0, across, 0))
        if self.bands > 1:
            parts += self._ends(half)
        if self.balls:
            ends = hoop_path(self.radius + self.thickness / 2, half - 90, 270 - half, count=2)
            parts += [metal("hoop", ball(0.6 * self.width + 0.4, detail=12).moved(offset=end)) for end in ends]
        return place(parts, _TO_DRAWN)

    def _ends(self, half: float) -> list[Part]:
        """A short bar at each end holds the bands together."""
        reach = (self.bands - 1) / 2 * (self.width + 0.7) + self.width / 2
        ends = hoop_path(self.radius + self.thickness / 2, half - 88, 268 - half, count=2)
        side = np.array([0.0, reach, 0.0])
        return [
            metal("hoop", tube(np.array([end - side, end + side]), 0.62 * self.thickness, sides=12)) for end in ends
        ]


@dataclass(frozen=True)
class ClimberEarrings(Earring):
    """A curved line of stones, balls or forms that rises along the ear; sizes shrink from the lobe upwards."""

    stone: Stone | None
    form: str = ""  # a flat form instead of stones; without either, metal balls
    count: int = 7
    length: float = 20.0
    bend: float = 50.0  # degrees the line turns through
    shrink: float = 0.6  # the last relative to the first
    size: float = 3.2
    pose: str = field(default="aside", kw_only=True)

    poses: ClassVar[Mapping[str, float]] = STUD_POSES
    handed: ClassVar[bool] = True

    @classmethod
    def sample(cls, random: Generator) -> Self:
        kind = pick(random, {"faceted": 0.6, "pearl": 0.15, "form": 0.2, "balls": 0.05})
        gem = melee(random)
        cut = pick(random, {"round": 0.6, "marquise": 0.2, "pear": 0.2})
        size = between(random, 2.0, 4.2)
        stone = {
            "faceted": Stone(gem, cut, size if cut == "round" else round(1.35 * size, 2)),
            "pearl": bead(random, 2.5, 4.5, pearl=True),
        }.get(kind)
        form = pick(random, ("star", "leaf", "heart", "flower", "butterfly", "disc")) if kind == "form" else ""
        count, length = whole(random, 4, 9), between(random, 14, 26)
        bend = between(random, 20, 80)
        return posed(random, cls(stone, form, count, length, bend, between(random, 0.45, 1.0), size))

    def facts(self) -> Facts:
        setting = "" if self.stone is None else "drilled" if self.stone.cut == "bead" else "prong"
        motif = MOTIFS[self.form] if self.form else ""
        closure = "" if self.pose == "card" else "butterfly_back"
        return Facts("ear_climber", self.stone, setting, motif, closure=closure)

    def _line(self) -> Floats:
        """From the piercing up, leaning to +x as the rim of the left ear does."""
        turn = np.radians(np.linspace(25 + self.bend / 2, 25 - self.bend / 2, 80))
        step = self.length / 80
        path = np.cumsum(np.column_stack([np.sin(turn), np.cos(turn), 0 * turn]) * step, axis=0)
        return np.asarray(path - path[0])

    def one(self, *, worn: bool = False) -> list[Part]:
        path = self._line()
        parts = [metal("frame", tube(path + np.array([0, 0, 0.4]), 0.45, sides=10)), *post()]
        wire = tube(np.array([path[-1], path[-1] + [0, 0, -3.0], path[40] + [0, 0, -3.6]]), 0.35, sides=8)
        parts.append(metal("closure", wire))
        shares = np.linspace(1.0, self.shrink, self.count)
        scale = self.length / (shares.sum() * self._body(1.0)[1])
        seats = np.cumsum(shares) - shares / 2
        along = np.linspace(0, 1, len(path))
        for share, seat in zip(shares, seats / shares.sum(), strict=True):
            at = np.array([np.interp(seat, along, path[:, k]) for k in range(3)])
            lean = float(np.degrees(np.interp(seat, along[:-1], np.arctan2(*np.diff(path, axis=0)[:, :2].T))))
            body, _ = self._body(min(scale, 1.35) * share)
            parts += place(body, rotation((0, 0, 1), -lean), at + np.array([0, 0, 0.6]))
        return parts

    def _body(self, scale: float) -> tuple[list[Part], float]:
        """One element, its back at z = 0, and the length of line it takes."""
        if self.form:
            size = 1.5 * self.size * scale
            return flat_form(self.form, size, 0.8, coarse=3), size
        if self.stone is None:
            return [metal("face", ball(self.size * scale / 2, detail=12))], 0.98 * self.size * scale
        stone = Stone(self.stone.gem, self.stone.cut, round(self.stone.size * scale, 3))
        if stone.cut == "bead":
            return [small_bead(stone.gem, stone.size, (0, 0, 0.45 * stone.size), "centre_stone")], 1.02 * stone.size
        depth = 0.4 * stone.size
        held = claws(stone, depth=depth)
        return place(held, rotation((0, 0, 1), 90), (0, 0, depth)), 1.1 * float(np.ptp(stone.outline[:, 0]))


FAMILIES: tuple[type, ...] = (EarCuffs, ClimberEarrings)
