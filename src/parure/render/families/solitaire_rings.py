"""Rings for one stone: in claws, in a halo, in a collar, or held by the spring of the band."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self

import numpy as np
from numpy.random import Generator

from parure.render.chance import bead, between, cabochon, faceted, maybe, melee, pick, some_stone
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.ring_heads import Claws, close_halo, depth_for, held, is_long, resized, some_claws
from parure.render.families.ring_shanks import INSIDE, Shank, on_some_shank, round_the_finger, some_inside, toned
from parure.render.mesh import Part, place, rotation
from parure.render.mounts import bezel, bezel_depth, metal
from parure.render.solids import band_profile, sweep

__all__ = ["FAMILIES", "BezelRing", "HaloRing", "SolitaireRing", "TensionRing"]

_Z = (0, 0, 1)


@dataclass(frozen=True)
class SolitaireRing(Shank):
    """One stone in claws; optionally a halo of melee and pave shoulders. A pearl sits on a peg."""

    stone: Stone
    prongs: int = 4
    width: float = 2.0
    halo: bool = False
    pave: bool = False
    turn: float = 0.0  # of the stone about its own axis; 90 sets a long stone along the finger
    tip: str = field(default="round", kw_only=True)
    gallery: str = field(default="peg", kw_only=True)
    slim: float = field(default=1.0, kw_only=True)

    @classmethod
    def sample(cls, random: Generator) -> Self:
        stone = resized(random, faceted(random, 5, 7), 4.6, 8.2)
        if maybe(random, 0.12):
            stone = bead(random, 6.0, 9.5, pearl=True) if maybe(random, 0.6) else cabochon(random, 7.0, 10.0)
        claws, shoulder = some_claws(random), melee(random, stone.gem) if maybe(random, 0.3) else ""
        ring = cls(
            stone,
            claws.count,
            between(random, 1.5, 2.9),
            turn=90.0 * maybe(random, 0.75) if is_long(stone) else pick(random, (0.0, 45.0)),
            tip=claws.tip,
            gallery=claws.gallery,
            slim=between(random, 0.7, 1.0),
            shoulder=shoulder,
        )
        styles = ("split", "cathedral") if shoulder else ("split", "twist", "cathedral")
        return on_some_shank(random, ring, styles=styles)

    def facts(self) -> Facts:
        if self.halo:
            return Facts("halo_ring", self.stone, "halo")
        return Facts("solitaire_ring", self.stone, "drilled" if self.stone.cut == "bead" else "prong")

    def build(self) -> list[Part]:
        depth = depth_for(self.stone)
        head = held(self.stone, Claws(self.prongs, self.tip, self.gallery, self.slim), depth=depth)
        if self.halo:
            head += close_halo(self.stone, 1.25, "diamond", z=-0.1 * self.stone.size)
        top = self.seat + depth
        parts = self.band(self.width, top=top - 0.55 * depth)
        if self.pave:
            parts += self.shoulder_stones(self.width, "diamond")
        return parts + toned(place(head, rotation(_Z, self.turn), (0, 0, top)), self.tone)


@dataclass(frozen=True)
class HaloRing(Shank):
    """A stone in claws inside one or two closed rows of melee; the second row lies a little lower."""

    stone: Stone
    melee: float = 1.3
    gem: str = "diamond"
    outer: str = ""  # gem of the second row; blank for one row
    width: float = 2.0
    turn: float = 0.0
    claws: int = 4
    tip: str = "round"

    @classmethod
    def sample(cls, random: Generator) -> Self:
        stone = resized(random, faceted(random, 5, 7), 4.2, 7.6)
        first = melee(random, stone.gem)
        ring = cls(
            stone,
            between(random, 1.0, 1.7),
            first,
            outer=pick(random, (first, melee(random, stone.gem))) if maybe(random, 0.3) else "",
            width=between(random, 1.6, 2.8),
            turn=90.0 * maybe(random, 0.75) if is_long(stone) else pick(random, (0.0, 45.0)),
            claws=pick(random, {4: 3.0, 6: 1.0}),
            tip=pick(random, ("round", "talon", "double")),
            shoulder=first if maybe(random, 0.5) else "",
        )
        return on_some_shank(random, ring, styles=("split", "cathedral"))

    def facts(self) -> Facts:
        return Facts("halo_ring", self.stone, "halo")

    def build(self) -> list[Part]:
        depth = depth_for(self.stone) + 0.2
        head = Claws(self.claws, self.tip, "peg", 0.85).hold(self.stone, depth)
        z = -0.07 * self.stone.size
        head += close_halo(self.stone, self.melee, self.gem, z=z)
        if self.outer:
            head += close_halo(
                self.stone, 0.92 * self.melee, self.outer, away=1.12 * self.melee, z=z - 0.3 * self.melee
            )
        top = self.seat + depth
        band = self.band(self.width, top=top - 0.6 * depth)
        return band + toned(place(head, rotation(_Z, self.turn), (0, 0, top)), self.tone)


@dataclass(frozen=True)
class BezelRing(Shank):
    """One stone in a collar, or three."""

    stone: Stone
    width: float = 2.4
    side: Stone | None = None
    height: float = field(default=1.8, kw_only=True)
    taper: float = field(default=0.1, kw_only=True)
    wall: float = field(default=0.7, kw_only=True)

    @classmethod
    def sample(cls, random: Generator) -> Self:
        stone = some_stone(random, 5, 7)
        while stone.cut == "bead":
            stone = some_stone(random, 5, 7)
        stone = resized(random, stone, 4.5, 11.0 if stone.cut == "cabochon" else 8.0)
        flank = Stone(melee(random, stone.gem), "round", between(random, 2.2, 3.6))
        ring = cls(
            stone,
            between(random, 1.8, 4.2),
            flank if stone.size < 8 and maybe(random, 0.3) else None,
            wall=between(random, 0.45, 1.1),
        )
        return on_some_shank(random, ring, styles=("split", "twist"))

    def facts(self) -> Facts:
        if self.side is not None:
            return Facts("three_stone_ring", self.stone, "bezel")
        return Facts("solitaire_ring" if self.stone.size < 10 else "cocktail_ring", self.stone, "bezel")

    def build(self) -> list[Part]:
        depth = max(1.9, bezel_depth(self.stone))
        turn = rotation(_Z, 90 if is_long(self.stone) else 0)
        top = self.inside + 1.0 + depth
        head = place(bezel(self.stone, wall=self.wall, depth=depth), turn, (0, 0, top))
        parts = self.band(self.width) + toned(head, self.tone)
        if self.side is None:
            return parts
        reach = np.abs(self.stone.outline[:, 1 if is_long(self.stone) else 0]).max() + self.side.size / 2 + self.wall
        for sign in (-1, 1):
            collar = bezel(self.side, wall=0.5, depth=1.5, label="side_stone")
            tilt = rotation((0, 1, 0), sign * max(34.0, np.degrees(reach / (self.inside + 3.2))))
            parts += toned(place(collar, tilt, tilt @ np.array([0, 0, self.inside + 2.6])), self.tone)
        return parts


@dataclass(frozen=True)
class TensionRing:
    """A heavy band cut open; the stone hangs between its two ends."""

    stone: Stone
    width: float = 4.5
    height: float = 2.6
    squareness: float = 5.0
    grow: float = 0.25  # how much heavier the ends are than the back
    inside: float = INSIDE

    @classmethod
    def sample(cls, random: Generator) -> Self:
        cut = pick(random, {"round": 4.0, "princess": 2.0, "cushion": 1.0, "asscher": 0.7})
        return cls(
            faceted(random, 4.6, 6.8, cuts=(cut,)),
            between(random, 3.4, 5.6),
            between(random, 2.2, 3.2),
            pick(random, (2.4, 3.4, 6.0)),
            between(random, 0.0, 0.35),
            some_inside(random),
        )

    def facts(self) -> Facts:
        return Facts("solitaire_ring", self.stone, "tension")

    def build(self) -> list[Part]:
        end = float(np.degrees(np.arcsin(0.46 * self.stone.size / (self.inside + 0.8 * self.height))))
        degrees = np.linspace(end, 360 - end, 200)
        out = round_the_finger(degrees)
        scale = 1 + self.grow * np.clip(np.cos(np.radians(degrees)), 0, 1) ** 2
        profile = band_profile(self.width, self.height, self.squareness)
        band = metal("band", sweep(out * self.inside, profile, ups=out, scale=scale))
        top = self.inside + self.height * (1 + self.grow) * 0.8
        return [band, *place([self.stone.part()], offset=(0, 0, top))]


FAMILIES: tuple[type, ...] = (SolitaireRing, HaloRing, BezelRing, TensionRing)
