"""Supple bracelets of stones, links and beads; rigid ones are in `bangles`, other supple ones in `bracelet_*`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from parure.render.chains import cable_chain, curb_chain
from parure.render.chance import between, faceted, maybe, melee, pick
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.bangles import Bangle, CuffBracelet
from parure.render.families.bracelet_beads import BeadBracelet
from parure.render.families.bracelet_heads import small_bezel, small_claws
from parure.render.families.bracelet_lays import Line, laid, sample_lay
from parure.render.families.bracelet_parts import SOFT_CLASPS, clasp, hang, jump_ring, lowered, pendant, set_along
from parure.render.mesh import Part, rotation
from parure.render.mounts import claws, metal
from parure.render.outlines import ASPECT
from parure.render.solids import circle, sweep, tube

__all__ = ["FAMILIES", "Bangle", "BeadBracelet", "ChainBracelet", "CuffBracelet", "TennisBracelet"]

_WRIST = 174.0  # length of a bracelet, mm
_LONG_CUTS = ("oval", "emerald", "marquise", "pear", "baguette")


@dataclass(frozen=True)
class TennisBracelet:
    """Stone after stone. `across` turns long stones; `accent` is a second gem in turn with the first.

    `spacing` is the pitch in stone widths. `setting`: prong, bezel or channel (two rails hold the stones).
    """

    stone: Stone
    setting: str = "prong"
    across: bool = True
    accent: str = ""
    spacing: float = 1.1
    closure: str = "box_clasp"
    length: float = _WRIST
    lay: str = "loop"
    sway: float = 0.5

    def build(self) -> list[Part]:
        line = laid(self.lay, self.length, self.sway)
        size = self.stone.size
        turned = self.across and self.stone.cut in _LONG_CUTS
        pitch = self.spacing * size * (ASPECT[self.stone.cut] if turned else 1.0)
        pitch += 0.9 if self.setting == "bezel" else 0.0
        gap = 1.1 * size
        count = int((line.length - 2 * gap) / pitch)
        gems = [self.stone.gem, self.accent] if self.accent else [self.stone.gem]
        heads = [self._head(Stone(gem, self.stone.cut, size), count) for gem in gems]
        parts = set_along(line.evenly(count, gap), heads, turn=90.0 if turned else 0.0)
        parts += self._rails(line, gap) if self.setting == "channel" else self._hinges(line, count, gap)
        return line.finish(parts + clasp(line, self.closure, 0.5 * size))

    def _head(self, stone: Stone, count: int) -> list[Part]:
        if self.setting == "bezel":
            return small_bezel(stone)
        if self.setting == "channel":
            return [stone.part("side_stone")]
        if count <= 46 and self.stone.cut not in ("pear", "marquise"):
            return claws(stone, depth=0.42 * stone.size, label="side_stone")
        return small_claws(stone)

    def _rails(self, line: Line, gap: float) -> list[Part]:
        width = self.stone.size * (1.0 if self.across else ASPECT[self.stone.cut])
        spots = line.at(np.linspace(gap, line.length - gap, 400))
        sideways = np.cross(spots.faces, spots.directions)
        tall, wall = 0.5 * self.stone.size, 0.16 * self.stone.size + 0.2
        section = np.sign(circle(1.0, 16)) * np.abs(circle(1.0, 16)) ** 0.5 * [wall / 2, tall / 2]
        rails = []
        for side in (-1, 1):
            path = spots.places + side * (width / 2 + 0.35 * wall) * sideways - 0.12 * self.stone.size * spots.faces
            rails.append(metal("setting", sweep(path, section, ups=spots.faces)))
        return rails

    def _hinges(self, line: Line, count: int, gap: float) -> list[Part]:
        """The small links under the stones that hold neighbour to neighbour."""
        spots = line.at(gap + np.arange(count + 1) * (line.length - 2 * gap) / count)
        size = self.stone.size
        link = metal(
            "chain", tube([[-0.34 * size, 0, -0.27 * size], [0.34 * size, 0, -0.27 * size]], 0.11 * size, sides=8)
        )
        return set_along(spots, [[link]])

    @classmethod
    def sample(cls, random: Generator) -> TennisBracelet:
        setting = pick(random, {"prong": 5.0, "bezel": 1.5, "channel": 1.5})
        cuts = {
            "round": 6.0,
            "princess": 1.6,
            "oval": 1.5,
            "emerald": 1.4,
            "cushion": 1.0,
            "marquise": 0.8,
            "pear": 0.6,
        }
        if setting == "channel":
            cuts = {"princess": 3.0, "baguette": 1.5, "round": 1.0, "emerald": 0.7}
        cut = pick(random, cuts)
        low, high = (2.2, 4.4) if cut == "round" else (3.0, 6.0)
        stone = faceted(random, low, high, cuts=(cut,))
        lay, sway = sample_lay(random)
        accent = melee(random) if maybe(random, 0.25) and setting != "channel" else ""
        return cls(
            stone,
            setting,
            across=maybe(random, 0.7) or cut == "baguette",
            accent=accent if accent != stone.gem else "",
            spacing=between(random, 1.03, 1.3),
            closure=pick(random, {"box_clasp": 4.0, "fold_over": 1.5, "lobster": 1.5, "slide": 0.5}),
            length=between(random, 160, 190),
            lay=lay,
            sway=sway,
        )

    def facts(self) -> Facts:
        return Facts("tennis_bracelet", self.stone, self.setting, closure=self.closure)


@dataclass(frozen=True)
class ChainBracelet:
    """Curb or cable links, with an optional heart charm."""

    curb: bool = True
    length: float = 7.0
    wire: float = 0.9
    charm: bool = False
    closure: str = "lobster"
    around: float = _WRIST
    lay: str = "loop"
    sway: float = 0.0

    def build(self) -> list[Part]:
        line = laid(self.lay, self.around, self.sway)
        size = 1.5 * self.wire
        path = line.inner(2.2 * size)
        draw, width = (curb_chain, 0.76) if self.curb else (cable_chain, 0.64)
        parts = [draw(path, length=self.length, width=width * self.length, wire=self.wire)]
        parts += clasp(line, self.closure, size)
        if self.charm:
            middle = line.length / 2
            ring = metal(
                "bail", jump_ring(0.5 * self.length, 0.4).moved(rotation((0, 1, 0), 90), (0, -0.2 * self.length, 0))
            )
            parts += hang([ring, *lowered(pendant("heart", 11.0), 0.6 * self.length)], line, middle)
        return line.finish(parts)

    @classmethod
    def sample(cls, random: Generator) -> ChainBracelet:
        length = between(random, 3.5, 13)
        lay, sway = sample_lay(random)
        return cls(
            curb=maybe(random, 0.5),
            length=length,
            wire=round(length * between(random, 0.09, 0.14), 2),
            charm=maybe(random, 0.35),
            closure=pick(random, SOFT_CLASPS),
            around=between(random, 160, 200),
            lay=lay,
            sway=sway,
        )

    def facts(self) -> Facts:
        kind = "curb" if self.curb else "cable"
        motif = "heart" if self.charm else ""
        return Facts("charm_bracelet" if self.charm else "chain_bracelet", None, "", motif, kind, self.closure)


FAMILIES: tuple[type, ...] = (TennisBracelet, ChainBracelet)
