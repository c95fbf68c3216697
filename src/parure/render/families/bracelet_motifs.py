"""Fine chains that run into a motif or a stone in front: what most shops sell as a bracelet today."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from parure.render.chance import bead, between, cabochon, faceted, maybe, pick
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.bracelet_chains import FINE, strand
from parure.render.families.bracelet_heads import small_bezel
from parure.render.families.bracelet_lays import laid, sample_lay
from parure.render.families.bracelet_parts import SOFT_CLASPS, clasp, rounded_box
from parure.render.mesh import Floats, Part, frame, place
from parure.render.mounts import metal
from parure.render.outlines import heart, star
from parure.render.solids import circle, plate, sweep, torus

__all__ = ["FAMILIES", "MotifBracelet"]

_MOTIFS = ("heart", "star", "bar", "circle", "infinity", "flower", "stone", "stones", "pearl", "evil_eye", "clover")


@dataclass(frozen=True)
class MotifBracelet:
    """A fine chain that runs into a motif in front, or into `repeats` of it spread along its length."""

    motif: str
    kind: str = "cable"
    width: float = 1.8
    size: float = 9.0
    stone: Stone | None = None
    repeats: int = 1
    closure: str = "lobster"
    length: float = 176.0
    lay: str = "wave"
    sway: float = 0.5

    def build(self) -> list[Part]:
        line = laid(self.lay, self.length, self.sway)
        grip = 0.9 + 0.14 * self.width
        parts = clasp(line, self.closure, grip)
        head, half = self._head()
        spread = 0.72 * self.length if self.repeats > 1 else 0.0
        middles = line.length / 2 + np.linspace(-0.5, 0.5, self.repeats) * spread if spread else [line.length / 2]
        starts = [1.9 * grip, *(at + half - 0.3 for at in middles)]
        ends = [*(at - half + 0.3 for at in middles), line.length - 1.9 * grip]
        parts += [strand(self.kind, line, self.width, a, b) for a, b in zip(starts, ends, strict=True)]
        spots = line.at(list(middles))
        for spot, direction, face in zip(spots.places, spots.directions, spots.faces, strict=True):
            parts += place(head, frame(face, direction), spot)
        return line.finish(parts)

    def _head(self) -> tuple[list[Part], float]:
        """The motif, long in x, and half its length."""
        half, stone = self.size / 2, self.stone
        if self.motif in ("stone", "pearl") and stone is not None:
            parts = [stone.part("bead")] if stone.cut == "bead" else small_bezel(stone, "centre_stone")
            return parts, stone.size / 2 + 0.3
        if self.motif == "stones" and stone is not None:
            row = [place(small_bezel(stone), offset=(x * (stone.size * 1.2 + 0.5), 0, 0)) for x in (-1, 0, 1)]
            return [part for head in row for part in head], 1.7 * stone.size + 0.9
        if self.motif == "infinity":
            t = np.linspace(0, 2 * np.pi, 90, endpoint=False)
            curve = np.column_stack([half * np.cos(t), 0.42 * half * np.sin(2 * t), 0.09 * half * np.sin(t)])
            return [metal("face", sweep(curve, circle(0.09 * half + 0.3, 10), closed=True))], half
        if self.motif == "bar":
            return [metal("face", rounded_box(2 * self.size, 0.2 * self.size + 1, 1.1))], self.size
        if self.motif == "circle":
            return [metal("face", torus(half, 0.09 * half + 0.3, count=60))], half
        face = metal("face", plate(self._outline() * half, 1.0, dome=0.06 * half).moved(offset=(0, 0, -0.5)))
        eye = place(small_bezel(stone), offset=(0, 0, 0.8)) if stone is not None else []
        return [face, *eye], 0.86 * half

    def _outline(self) -> Floats:
        t = np.linspace(0, 2 * np.pi, 120, endpoint=False)
        if self.motif == "heart":
            return heart(120)
        if self.motif == "star":
            return star(5, 0.5, 120)
        lobes, depth = {"flower": (5, 0.16), "clover": (4, 0.2)}.get(self.motif, (1, 0.0))
        return (1 - depth + depth * np.cos(lobes * t))[:, None] * circle(1.0, 120)

    @classmethod
    def sample(cls, random: Generator) -> MotifBracelet:
        motif = pick(random, _MOTIFS)
        stone: Stone | None = None
        size = between(random, 6, 15)
        if motif == "stone":
            stone = cabochon(random, 5, 11) if maybe(random, 0.3) else faceted(random, 3.5, 8)
        elif motif == "stones":
            stone = faceted(random, 2.5, 5, cuts=("round", "oval", "princess"))
        elif motif == "pearl":
            stone = bead(random, 4, 9, pearl=True)
        elif motif == "evil_eye":
            stone = Stone(pick(random, ("sapphire", "turquoise", "lapis_lazuli")), "round", round(0.5 * size, 2))
        elif motif in ("heart", "flower", "clover") and maybe(random, 0.35):
            stone = faceted(random, 1.7, 0.3 * size, cuts=("round",))
        kind = pick(random, FINE)
        lay, sway = sample_lay(random)
        return cls(
            motif,
            kind,
            between(random, 1.3, 2.8),
            size,
            stone,
            repeats=pick(random, {1: 3.0, 3: 0.6, 5: 0.8, 7: 0.6}) if size < 10 and motif != "stones" else 1,
            closure=pick(random, SOFT_CLASPS),
            length=between(random, 160, 195),
            lay=lay,
            sway=sway,
        )

    def facts(self) -> Facts:
        motif = "" if self.motif in ("stone", "stones", "pearl") else self.motif
        setting = "" if self.stone is None else "drilled" if self.stone.cut == "bead" else "bezel"
        return Facts("chain_bracelet", self.stone, setting, motif, self.kind, self.closure)


FAMILIES: tuple[type, ...] = (MotifBracelet,)
