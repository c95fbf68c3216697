"""Pendants of a stone or of a plain metal form: face up in the xy plane, the chain running up both sides (+y)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self

import numpy as np
from numpy.random import Generator

from parure.render.chance import between, maybe, melee, pick, some_stone
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.pendant_hangers import Hanger, hung_by_chance
from parure.render.mesh import Part, all_vertices, place, rotation
from parure.render.mounts import bezel, claws, halo, metal, peg_pearl
from parure.render.outlines import evenly, heart, outline, star
from parure.render.solids import ball, band_profile, circle, plate, sweep, tube

__all__ = ["FAMILIES", "FormPendant", "StonePendant", "hung_type"]


def hung_type(chain: str) -> str:
    """A pendant that shows its chain is sold as a necklace."""
    return "pendant_necklace" if chain else "pendant"


@dataclass(frozen=True)
class StonePendant(Hanger):
    """A stone, point up where it has one, in claws or a bezel; optional halo and a small stone above."""

    stone: Stone
    halo: bool = False
    collar: bool = False
    above: Stone | None = None
    halo_gem: str = "diamond"
    sideways: bool = False
    claws: int = 4

    def body(self) -> list[Part]:
        depth = 0.3 * self.stone.size
        if self.stone.cut == "bead":
            head = place(peg_pearl(self.stone.size, self.stone.gem), rotation((1, 0, 0), 90))
        elif self._collared():
            head = bezel(self.stone, wall=0.7)
        else:
            head = claws(self.stone, count=self.claws, depth=depth)
        if self.halo:
            head = head + halo(self.stone, gem=self.halo_gem)
        turn = rotation((0, 0, 1), 0 if self.stone.cut == "bead" or self.sideways else 90)
        parts = place(head, turn)
        if self.above is not None:
            top = claws(self.above, depth=depth, label="side_stone")
            low = float(all_vertices(top)[:, 1].min())
            high = float(all_vertices(parts)[:, 1].max())
            parts = place(top, offset=(0, high - low - 0.15, 0)) + parts
        return parts

    def _collared(self) -> bool:
        return self.collar or self.stone.cut == "cabochon"

    @classmethod
    def sample(cls, random: Generator) -> Self:
        stone = some_stone(random, 3.5, 14.0)
        plain = stone.cut in ("bead", "cabochon")
        haloed = not plain and maybe(random, 0.35)
        piece = cls(
            stone,
            halo=haloed,
            collar=not plain and not haloed and maybe(random, 0.3),
            above=Stone(melee(random, stone.gem), "round", between(random, 1.8, 3.6)) if maybe(random, 0.25) else None,
            halo_gem=melee(random, stone.gem),
            sideways=maybe(random, 0.12),
            claws=pick(random, (4, 4, 6)),
        )
        return hung_by_chance(random, piece)

    def facts(self) -> Facts:
        if self.stone.cut == "bead":
            setting = "halo" if self.halo else "drilled"
        else:
            setting = "halo" if self.halo else "bezel" if self._collared() else "prong"
        motif = {"pear": "drop", "heart": "heart"}.get(self.stone.cut, "")
        return Facts(hung_type(self.chain), self.stone, setting, motif, chain_type=self.chain)


_MOTIFS = {"heart": "heart", "disc": "circle", "star": "star", "cross": "cross", "bar": "bar", "crescent": "moon"}
_SPOTS = {
    "heart": ((0.0, 0.0), (0.42, 0.42), (-0.42, 0.42)),
    "disc": ((0.0, 0.0), (0.5, 0.0), (0.0, 0.5), (-0.35, -0.35)),
    "star": ((0.0, 0.0),),
    "cross": ((0.0, 0.22),),
    "bar": ((0.0, 0.6), (0.0, -0.6), (0.0, 0.0)),
    "crescent": ((-0.78, 0.0),),
}


@dataclass(frozen=True)
class FormPendant(Hanger):
    """A metal form: heart, disc, star, cross, bar or crescent; solid or an open line, with stones on top."""

    form: str = "heart"
    size: float = 14.0
    open_line: bool = False
    stones: tuple[tuple[float, float, Stone], ...] = field(default_factory=tuple)  # x, y in half-sizes
    points: int = 8  # of a star

    def body(self) -> list[Part]:
        parts = self._form()
        rise = {"disc": 1.8, "star": 2.7}.get(self.form, 1.7)  # mm above the back, over the form's own dome
        for x, y, stone in self.stones:
            head = bezel(stone, wall=0.4, depth=0.5) if stone.cut != "bead" else [stone.part()]
            parts += place(head, offset=(x * self.size / 2, y * self.size / 2, rise))
        return parts

    @classmethod
    def sample(cls, random: Generator) -> Self:
        form = pick(random, ("heart", "disc", "star", "cross", "bar", "crescent"))
        size = between(random, 11, 26)
        open_line = form in ("heart", "star", "disc") and maybe(random, 0.35)
        stones: tuple[tuple[float, float, Stone], ...] = ()
        if not open_line and maybe(random, 0.45):
            gem = melee(random)
            share = between(random, 0.13, 0.2) * (0.72 if form in ("bar", "cross", "crescent") else 1.0)
            spots = _SPOTS[form][: int(random.integers(1, len(_SPOTS[form]) + 1))]
            stones = tuple((x, y, Stone(gem, "round", round(share * size, 2))) for x, y in spots)
        points = pick(random, (5, 6, 8))
        return hung_by_chance(random, cls(form, size, open_line, stones, points))

    def facts(self) -> Facts:
        kind = "cross_pendant" if self.form == "cross" else hung_type(self.chain)
        stone = self.stones[0][2] if self.stones else None
        setting = "" if stone is None else "glue_set" if stone.cut == "bead" else "bezel"
        return Facts(kind, stone, setting, _MOTIFS[self.form], chain_type=self.chain)

    def _form(self) -> list[Part]:
        half = self.size / 2
        if self.form == "cross":
            arm = band_profile(2.4, 1.5, 5.0, 0.9)
            tall = np.array([[0, -half * 1.15, 0], [0, half * 0.85, 0]])
            wide = np.array([[-half * 0.62, half * 0.22, 0], [half * 0.62, half * 0.22, 0]])
            return [metal("face", sweep(line, arm, ups=(0, 0, 1))) for line in (tall, wide)]
        if self.form == "bar":
            line = np.array([[0, -half, 0.8], [0, half, 0.8]])
            return [metal("face", tube(line, 1.15, sides=24))]
        if self.form == "crescent":
            angles = np.radians(np.linspace(38, 322, 120))
            path = 0.8 * half * np.column_stack([np.cos(angles), np.sin(angles), 0 * angles])
            swell = 0.12 + np.sin(np.linspace(0, np.pi, 120))
            return [metal("face", sweep(path, circle(1.5, 20), scale=swell, ups=(0, 0, 1)))]
        return self._outlined(half)

    def _outlined(self, half: float) -> list[Part]:
        inner = {5: 0.45, 6: 0.5}.get(self.points, 0.42)
        forms = {"heart": heart(), "star": star(self.points, inner), "disc": np.array(outline("round", 160))}
        curve = forms[self.form] * half
        if self.open_line:
            path = np.column_stack([evenly(curve, 260), np.zeros(260)])
            return [metal("face", sweep(path, circle(0.85, 18), closed=True, ups=(0, 0, 1)))]
        return [metal("face", plate(curve, 1.2, dome=0.7 if self.form == "disc" else 1.4)), *self._rim(half)]

    def _rim(self, half: float) -> list[Part]:
        if self.form != "disc":
            return []
        count = round(2 * np.pi * half / 0.75)
        bead = metal("face", ball(0.34, detail=7))
        ring = circle(half * 0.93, count)
        return [part for x, y in ring for part in place([bead], offset=(x, y, 1.25))]


FAMILIES: tuple[type, ...] = (StonePendant, FormPendant)
