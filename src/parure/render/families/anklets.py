"""Anklets: a fine chain, longer than a bracelet, with small charms, beads or bells hanging from it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from parure.render.chance import bead, between, faceted, maybe, pick, whole
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.bracelet_chains import FINE, strand
from parure.render.families.bracelet_heads import small_bezel
from parure.render.families.bracelet_lays import laid, sample_lay
from parure.render.families.bracelet_parts import SOFT_CLASPS, clasp, hang, pendant, set_along
from parure.render.mesh import Part, place
from parure.render.mounts import metal
from parure.render.solids import ball

__all__ = ["FAMILIES", "Anklet"]

_MOTIFS = {"heart": "heart", "star": "star", "flower": "flower", "clover": "clover", "cross": "cross", "disc": "circle"}


@dataclass(frozen=True)
class Anklet:
    """`hanging`: a form of `bracelet_parts.pendant`, bell, bead, stone or blank; `inline` stones sit in the chain."""

    kind: str = "cable"
    width: float = 1.8
    hanging: str = "bell"
    count: int = 9
    size: float = 5.0
    stone: Stone | None = None
    strands: int = 1
    closure: str = "lobster"
    length: float = 245.0
    lay: str = "hairpin"
    sway: float = 0.5

    def build(self) -> list[Part]:
        line = laid(self.lay, self.length, self.sway)
        grip = 0.9 + 0.15 * self.width
        parts = clasp(line, self.closure, grip)
        for k in range(self.strands):
            side = line.beside((k - (self.strands - 1) / 2) * 3.0)
            parts.append(strand(self.kind, side, self.width, 1.9 * grip, side.length - 1.9 * grip))
        spots = line.length * (0.1 + 0.8 * (np.arange(self.count) + 0.5) / max(self.count, 1))
        if self.hanging == "inline" and self.stone is not None:
            head = [self.stone.part("bead")] if self.stone.cut == "bead" else small_bezel(self.stone)
            return line.finish(parts + set_along(line.at(spots), [head]))
        for index, at in enumerate(spots if self.hanging else ()):
            parts += hang(self._drop(), line, float(at), swing=9.0 * np.sin(2.3 * index))
        return line.finish(parts)

    def _drop(self) -> list[Part]:
        if self.hanging == "bell":
            shell = pendant("ball", self.size)
            slot = metal("charm", ball(0.12 * self.size, detail=8).moved(offset=(0, -1.15 * self.size - 1.0, 0)))
            return [*shell, slot]
        return place(pendant(self.hanging, self.size, self.stone), offset=(0, -0.3 * self.width, 0))

    @classmethod
    def sample(cls, random: Generator) -> Anklet:
        hanging = pick(
            random,
            {"bell": 1.2, "heart": 1.0, "star": 1.0, "flower": 0.7, "disc": 1.0, "stone": 1.2}
            | {"inline": 1.6, "": 0.6, "drop": 0.5, "cross": 0.3, "clover": 0.4},
        )
        stone = None
        if hanging in ("stone", "inline"):
            stone = (
                bead(random, 2.5, 5)
                if maybe(random, 0.5)
                else faceted(random, 2.2, 4.5, cuts=("round", "oval", "pear"))
            )
        lay, sway = sample_lay(random, without=("spiral",))
        fine = maybe(random, 0.8)
        return cls(
            pick(random, FINE) if fine else pick(random, ("curb", "figaro", "rope", "mariner")),
            between(random, 1.2, 2.4) if fine else between(random, 2.4, 4.5),
            hanging,
            count=pick(random, (1, 1, 3, 5, 7, 9, 13)) if hanging else 0,
            size=between(random, 4, 8),
            stone=stone,
            strands=2 if fine and maybe(random, 0.15) else 1,
            closure=pick(random, SOFT_CLASPS),
            length=between(random, 225, 275) + whole(random, 0, 5),
            lay=lay,
            sway=sway,
        )

    def facts(self) -> Facts:
        setting = "" if self.stone is None else "drilled" if self.stone.cut == "bead" else "bezel"
        return Facts("anklet", self.stone, setting, _MOTIFS.get(self.hanging, ""), self.kind, self.closure)


FAMILIES: tuple[type, ...] = (Anklet,)
