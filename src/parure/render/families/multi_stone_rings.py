"""Rings for several stones of rank: three or more in a row, a flower of them, one large one in an ornate gallery."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self

import numpy as np
from numpy.random import Generator

from parure.render.chance import bead, between, cabochon, faceted, maybe, melee, pick, whole
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.ring_heads import Claws, depth_for, held, is_long, reach_of, resized, some_claws
from parure.render.families.ring_shanks import Shank, on_some_shank, toned
from parure.render.mesh import Part, place, rotation
from parure.render.mounts import metal
from parure.render.outlines import ASPECT
from parure.render.solids import ellipsoid

__all__ = ["FAMILIES", "ClusterRing", "LineRing", "ThreeStoneRing"]

_Y, _Z = (0, 1, 0), (0, 0, 1)


@dataclass(frozen=True)
class ThreeStoneRing(Shank):
    """A centre and two sides, each in its own claws; pear-shaped sides point away from the centre."""

    centre: Stone
    side: Stone
    width: float = 2.0
    taper: float = field(default=0.15, kw_only=True)
    tip: str = field(default="round", kw_only=True)
    gallery: str = field(default="peg", kw_only=True)
    upright: bool = field(default=False, kw_only=True)  # long sides stand along the finger

    @classmethod
    def sample(cls, random: Generator) -> Self:
        centre = resized(random, faceted(random, 5, 7), 4.8, 7.4)
        gem = centre.gem if maybe(random, 0.35) else melee(random, centre.gem)
        cut = pick(random, {centre.cut: 3.0, "round": 3.0, "pear": 2.0, "baguette": 1.0, "princess": 1.0, "oval": 0.7})
        share = between(random, 0.5, 0.85)
        side = Stone(gem, cut, round(share * reach_of(centre) * 2 * (1 if cut == "baguette" else 0.85), 2))
        claws = some_claws(random)
        upright = cut != "pear" and maybe(random, 0.6)
        ring = cls(centre, side, between(random, 1.7, 2.9), tip=claws.tip, gallery=claws.gallery, upright=upright)
        return on_some_shank(random, ring, styles=("split", "twist"))

    def facts(self) -> Facts:
        return Facts("three_stone_ring", self.centre, "three_stone")

    def build(self) -> list[Part]:
        depth = depth_for(self.centre) - 0.1
        across = is_long(self.centre)
        top = self.seat + depth
        claws = Claws(4, self.tip, self.gallery)
        head = place(claws.hold(self.centre, depth), rotation(_Z, 90.0 * across), (0, 0, top))
        reach = reach_of(self.centre, turned=across) + reach_of(self.side, turned=self.upright) + 0.15
        height = top - 0.07 * self.centre.size - 0.3
        lean = 0.7 * np.degrees(np.arctan2(reach, height))
        root = float(np.hypot(reach, height)) - self.inside - 0.5 * self.height
        for sign in (-1, 1):
            points_out = (0.0 if sign > 0 else 180.0) + 90.0 * self.upright
            turn = rotation(_Y, float(lean) * sign) @ rotation(_Z, points_out)
            side = claws.hold(self.side, max(root, 0.5), "side_stone")
            head += place(side, turn, (sign * reach, 0, height))
        return self.band(self.width) + toned(head, self.tone)


@dataclass(frozen=True)
class LineRing(Shank):
    """Five or seven stones over the finger; each pair outward is `fade` the size of the last."""

    stone: Stone
    pairs: int = 2
    fade: float = 0.86
    other: str = ""  # gem of every second stone; blank for one gem
    width: float = 2.2
    tip: str = "round"
    collars: bool = False

    @classmethod
    def sample(cls, random: Generator) -> Self:
        stone = resized(random, faceted(random, 3, 5), 3.0, 4.6)
        ring = cls(
            stone,
            pick(random, {2: 3.0, 3: 1.0}),
            between(random, 0.78, 1.0),
            pick(random, ("diamond", melee(random))) if maybe(random, 0.3) else "",
            between(random, 1.8, 2.8),
            pick(random, ("round", "talon")),
            maybe(random, 0.25),
        )
        return on_some_shank(random, ring, styles=())

    def facts(self) -> Facts:
        return Facts("ring", self.stone, "bezel" if self.collars else "side_stone")

    def build(self) -> list[Part]:
        turned = is_long(self.stone)
        claws = None if self.collars else Claws(4, self.tip, "basket", 0.9)
        degrees, parts = 0.0, self.band(self.width)
        wall = 0.3 + 0.05 * self.stone.size if self.collars else 0.12
        for rank in range(self.pairs + 1):
            gem = self.other if self.other and rank % 2 else self.stone.gem
            stone = Stone(gem, self.stone.cut, self.stone.size * self.fade**rank)
            depth = 0.45 * stone.size + 0.35
            radius = self.seat + depth
            half = np.degrees((reach_of(stone, turned=turned) + wall / 2) / (radius - 0.2))
            degrees += half if rank else 0.0
            head = held(stone, claws, depth=depth, label="side_stone" if rank else "centre_stone")
            for sign in (1, -1)[: 2 if rank else 1]:
                lean = rotation(_Y, float(sign * degrees))
                turn = lean @ rotation(_Z, 90.0 * turned)
                parts += toned(place(head, turn, lean @ np.array([0, 0, radius])), self.tone)
            degrees += half
        return parts


@dataclass(frozen=True)
class ClusterRing(Shank):
    """A flower: petals of one gem around a centre."""

    centre: Stone
    petal: Stone
    petals: int = 8
    width: float = 2.2
    height: float = field(default=1.8, kw_only=True)
    taper: float = field(default=0.1, kw_only=True)
    droop: float = field(default=8.0, kw_only=True)  # lean of the petals outward

    @classmethod
    def sample(cls, random: Generator) -> Self:
        kind = pick(random, {"faceted": 5.0, "pearl": 1.0, "cabochon": 0.7})
        centre = faceted(random, 3.2, 6.0, cuts=("round", "round", "cushion"))
        if kind == "pearl":
            centre = bead(random, 4.5, 7.0, pearl=True)
        elif kind == "cabochon":
            centre = Stone(cabochon(random, 5, 6).gem, "bead", between(random, 4.0, 6.0))
        cut = pick(random, {"round": 5.0, "pear": 1.2, "marquise": 1.0, "oval": 0.8})
        count = {"round": whole(random, 6, 12), "oval": whole(random, 7, 10), "pear": 8}.get(cut, 10)
        gem = melee(random) if maybe(random, 0.6) else faceted(random, 3, 4).gem
        ring = cls(
            centre,
            Stone(gem, cut, _petal_length(centre.size, cut, count)),
            count,
            between(random, 1.8, 3.2),
            droop=between(random, 0, 16),
        )
        return on_some_shank(random, ring, styles=("split", "cathedral"))

    def facts(self) -> Facts:
        """A seller names the coloured gem of a flower, wherever it sits."""
        coloured = self.centre.gem != "diamond" or self.petal.gem == "diamond"
        return Facts("cluster_ring", self.centre if coloured else self.petal, "cluster", "flower")

    def build(self) -> list[Part]:
        radius = self.centre.size / 2 + self.petal.size / 2 + 0.12
        depth = max(2.6, depth_for(self.petal))
        head = held(self.centre, Claws(4), depth=depth)
        petal = place(held(self.petal, Claws(4), depth=depth - 0.6, label="side_stone"), rotation(_Z, 180))
        for k in range(self.petals):
            turn = rotation(_Z, 360 * k / self.petals)
            lean = turn @ rotation(_Y, self.droop)
            head += place(petal, lean, turn @ np.array([radius, 0, -0.35]))
        head.append(metal("setting", ellipsoid(radius * 0.55, radius * 0.55, 0.5).moved(offset=(0, 0, -depth))))
        top = self.seat + depth + 0.2
        return self.band(self.width, top=top - 0.8 * depth) + toned(place(head, offset=(0, 0, top)), self.tone)


def _petal_length(centre: float, cut: str, count: int) -> float:
    """So long that neighbours all but touch where they are widest."""
    share = 0.96 * np.sin(np.pi / count)
    return round(float(np.clip((centre + 0.24) * share / (ASPECT[cut] - share), 1.6, 5.2)), 2)


FAMILIES: tuple[type, ...] = (ThreeStoneRing, LineRing, ClusterRing)
