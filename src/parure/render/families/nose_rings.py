"""Nose rings and nose studs, drawn and worn as earrings are, the nostril in place of the lobe; always one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import ClassVar, Self

import numpy as np
from numpy.random import Generator

from parure.render.chains import cable_chain
from parure.render.chance import bead, between, faceted, maybe, melee, pick, whole
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.ear_findings import collet, small_bead
from parure.render.families.ear_outlines import MOTIFS, flat_form
from parure.render.families.ear_poses import Earring, posed
from parure.render.families.earrings import held
from parure.render.families.hoops import hoop_path, row, through_lobe
from parure.render.mesh import Floats, Part, frame, place, rotation
from parure.render.mounts import claws, metal
from parure.render.solids import ball, tube

__all__ = ["FAMILIES", "NoseRings", "NoseStuds"]

_HOOP = MappingProxyType({"standing": 0.45, "on_side": 0.55})
_STUD = MappingProxyType({"facing": 0.5, "aside": 0.5})


@dataclass(frozen=True)
class NoseRings(Earring):
    """A thin hoop: plain, with one bead or stone, set with melee along its front, or a wide nath with pearls strung
    along its lower half and a chain to the hair. `strung` counts the pearls and stones."""

    radius: float = 4.5
    wire: float = 0.45
    stone: Stone | None = None
    pave: bool = False
    gem: str = "diamond"
    strung: int = 0
    chain: float = 0.0
    pair: bool = field(default=False, kw_only=True)
    pose: str = field(default="on_side", kw_only=True)

    poses: ClassVar[Mapping[str, float]] = _HOOP

    @classmethod
    def sample(cls, random: Generator) -> Self:
        kind = pick(random, {"plain": 0.2, "one": 0.35, "pave": 0.2, "nath": 0.25})
        gem = melee(random)
        wire = between(random, 0.35, 0.6)
        piece = cls(between(random, 3.4, 6.0), wire)
        if kind == "one":
            stone = pick(random, (bead(random, 1.8, 3.2), faceted(random, 1.6, 3.0, cuts=("round", "pear"))))
            piece = replace(piece, stone=stone)
        elif kind == "pave":
            piece = replace(piece, pave=True, gem=gem, wire=between(random, 0.5, 0.7))
        elif kind == "nath":
            stone = faceted(random, 2.5, 4.5, cuts=("round", "oval", "pear"), gems=("ruby", "emerald", "diamond"))
            chain = between(random, 40, 90) if maybe(random, 0.5) else 0.0
            wide = between(random, 10.0, 20.0)
            piece = cls(wide, between(random, 0.5, 0.8), stone, strung=whole(random, 4, 9), chain=chain)
        return replace(posed(random, piece), pair=False)

    def facts(self) -> Facts:
        stone = Stone(self.gem, "round", 1.1) if self.pave else self.stone
        setting = "pave" if self.pave else "" if stone is None else held(stone, collar=True)
        return Facts("nose_ring", stone, setting, "circle", "cable" if self.chain else "", "endless")

    def one(self, *, worn: bool = False) -> list[Part]:
        parts = [metal("hoop", tube(hoop_path(self.radius, 10, 352, count=120), self.wire, sides=14))]
        parts.append(metal("closure", tube(hoop_path(self.radius, -10, 12, count=14), 0.62 * self.wire, sides=10)))
        if self.pave:
            parts += row(hoop_path(self.radius, 40, 190, count=120), self.wire + 0.28, 1.15, self.gem)
        elif self.strung:
            parts += self._nath()
        elif self.stone is not None:
            parts += self._held(self.stone, 130.0)
        return through_lobe(parts, self.radius)

    def _held(self, stone: Stone, degrees: float) -> list[Part]:
        """A stone on the outside of the wire facing outward; a bead is strung on it."""
        at, out = self._seat(degrees)
        if stone.cut == "bead":
            return [small_bead(stone.gem, stone.size, at, "centre_stone")]
        rise = self.wire * 0.6 + 0.3 * stone.size
        return place(collet(stone, "centre_stone", wall=0.25), frame(out, (0, 1, 0)), at + out * rise)

    def _seat(self, degrees: float) -> tuple[Floats, Floats]:
        at = hoop_path(self.radius, degrees, degrees + 1, count=2)[0]
        return at, at / np.linalg.norm(at)

    def _nath(self) -> list[Part]:
        """Pearls and granules by turns along the bottom of the wire, the stone among them facing sideways."""
        parts: list[Part] = []
        step = np.degrees(2.9 / self.radius)
        for k in range(self.strung):
            degrees = 180 + (k - (self.strung - 1) / 2) * step
            at, _ = self._seat(degrees)
            middle = k == self.strung // 2
            if middle and self.stone is not None:
                setting = place(collet(self.stone, "centre_stone"), rotation((1, 0, 0), 90))
                parts += place(setting, offset=at * (1 + 0.5 * self.stone.size / self.radius))
            elif k % 3 == 1:
                parts.append(metal("hoop", ball(1.3, detail=10).moved(offset=at)))
            else:
                parts.append(small_bead("white_pearl", 2.8, at))
        if self.chain:
            angles = np.radians(np.linspace(180, 60, 80))
            start, _ = self._seat(-70.0)
            bow = self.chain / np.ptp(angles)
            path = np.column_stack([bow * (np.cos(angles) + 1), 0 * angles, bow * np.sin(angles)]) * (-1, 1, 1) + start
            parts.append(cable_chain(np.asarray(path), length=2.0, width=1.4, wire=0.2))
        return parts


@dataclass(frozen=True)
class NoseStuds(Earring):
    """A tiny stone or form on a straight bone, an L or a corkscrew of wire."""

    stone: Stone | None = None
    form: str = ""
    size: float = 3.0
    shank: str = "screw"
    collar: bool = False
    pair: bool = field(default=False, kw_only=True)
    pose: str = field(default="aside", kw_only=True)

    poses: ClassVar[Mapping[str, float]] = _STUD

    @classmethod
    def sample(cls, random: Generator) -> Self:
        stone = pick(
            random,
            {
                None: 0.3,
                faceted(random, 1.5, 3.2, cuts=("round", "princess", "pear", "marquise")): 0.55,
                bead(random, 1.8, 3.0): 0.15,
            },
        )
        form = "" if stone else pick(random, ("heart", "star", "disc", "flower", "butterfly", "moon", "leaf"))
        shank = pick(random, ("bone", "bent", "screw"))
        piece = cls(stone, form, between(random, 2.6, 5.0), shank, maybe(random, 0.4))
        return replace(posed(random, piece), pair=False)

    def facts(self) -> Facts:
        setting = held(self.stone, collar=self.collar) if self.stone else ""
        return Facts("nose_stud", self.stone, setting, MOTIFS[self.form] if self.form else "")

    def one(self, *, worn: bool = False) -> list[Part]:
        return [*self._head(), metal("post", tube(self._shank(), 0.3, sides=10)), *self._knob()]

    def _head(self) -> list[Part]:
        if self.stone is None:
            lift = 0.4 * self.size if self.form == "moon" else 0.0
            return place(flat_form(self.form or "disc", self.size, 0.6), offset=(lift, 0, 0))
        if self.stone.cut == "bead" or self.collar:
            lift = (0.5 if self.stone.cut == "bead" else 0.3) * self.stone.size
            return place(collet(self.stone, "centre_stone", wall=0.25), offset=(0, 0, lift))
        return place(claws(self.stone, depth=0.45 * self.stone.size), offset=(0, 0, 0.45 * self.stone.size))

    def _shank(self) -> Floats:
        straight = np.column_stack([np.zeros(20), np.zeros(20), np.linspace(0, -6.5, 20)])
        if self.shank == "bone":
            return straight
        turn = np.radians(np.linspace(0, 90 if self.shank == "bent" else 320, 40))[1:]
        radius = 1.0 if self.shank == "bent" else 2.0
        curve = np.column_stack([radius * (1 - np.cos(turn)), 0.12 * radius * turn, -6.5 - radius * np.sin(turn)])
        tail = np.column_stack([np.linspace(0, 3.5, 12), np.zeros(12), np.zeros(12)])[1:] + curve[-1]
        return np.vstack([straight, curve, tail] if self.shank == "bent" else [straight, curve])

    def _knob(self) -> list[Part]:
        return [metal("post", ball(0.5, detail=8).moved(offset=(0, 0, -6.5)))] if self.shank == "bone" else []


FAMILIES: tuple[type, ...] = (NoseRings, NoseStuds)
