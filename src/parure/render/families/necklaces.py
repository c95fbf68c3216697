"""Necklaces that are their own decoration: strands, stations along a chain, chain, lines of stones.

Face up, the middle front at -y.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from parure.render.chains import LINKS, cable_chain, chain, curb_chain, walk
from parure.render.chains_paths import distances, point_at
from parure.render.chance import bead, between, faceted, maybe, pick, some_stone, whole
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.necklace_lays import (
    CLASPED,
    CLOSURES,
    LAYS,
    clasp,
    laid_out,
    lay,
    some_lay,
    trimmed,
    upward,
)
from parure.render.families.necklace_settings import slim_collar
from parure.render.families.pendant_hangers import some_chain
from parure.render.families.strands import strung
from parure.render.mesh import Floats, Part, frame, on_floor, place
from parure.render.mounts import bezel, claws

__all__ = ["FAMILIES", "BeadNecklace", "ChainNecklace", "RivieraNecklace", "StationNecklace", "laid_out"]


@dataclass(frozen=True)
class BeadNecklace:
    """A strand. `graduation`: how much smaller the beads at the back are; `accents`: a metal bead every so many.

    `shape` is round, oval, rondelle or baroque; baroque beads differ from one another, as drawn by `seed`.
    """

    gem: str
    size: float = 7.0
    graduation: float = 0.0
    accents: int = 0
    width: float = 92.0
    height: float = 112.0
    shape: str = "round"
    second_gem: str = ""  # of every other bead
    lay: str = "egg"
    closure: str = "box_clasp"
    seed: int = 0

    def build(self) -> list[Part]:
        path = lay(self.lay, self.width, self.height)
        parts: list[Part] = []
        if self.lay in CLASPED:
            parts += clasp(self.closure, path, 1.0 + 0.06 * self.size)
            path = trimmed(path, 2.2 + 0.1 * self.size, 2.2 + 0.1 * self.size)
        gems = (self.gem, self.second_gem) if self.second_gem else (self.gem,)
        parts += strung(
            path, gems, self.size, shape=self.shape, graduation=self.graduation, accents=self.accents, seed=self.seed
        )
        return on_floor(parts)

    @classmethod
    def sample(cls, random: Generator) -> BeadNecklace:
        first = bead(random, 3.5, 12.0)
        pearl = first.gem.endswith("pearl")
        shapes = {"round": 4.0, "baroque": 1.5, "oval": 0.8} if pearl else {"round": 3.0, "oval": 1.0, "rondelle": 1.0}
        size = first.size
        reach = max(40.0, 13 * size) * between(random, 0.55, 1.35)
        return cls(
            first.gem,
            size,
            graduation=between(random, 0.2, 0.6) if maybe(random, 0.35) else 0.0,
            accents=whole(random, 3, 9) if maybe(random, 0.2) else 0,
            width=round(min(reach, 130), 1),
            height=round(min(reach, 130) * between(random, 0.95, 1.4), 1),
            shape=pick(random, shapes),
            second_gem=bead(random, 3, 4).gem if maybe(random, 0.12) else "",
            lay=some_lay(random, ("egg", "circle", "loose", "vee", "you", "zigzag", "line", "runs")),
            closure=pick(random, CLOSURES),
            seed=whole(random, 0, 9999),
        )

    def facts(self) -> Facts:
        closure = self.closure if self.lay in CLASPED else ""
        return Facts("beaded_necklace", Stone(self.gem, "bead", self.size), "drilled", closure=closure)


@dataclass(frozen=True)
class StationNecklace:
    """A fine chain with stones at even stations along the front."""

    stone: Stone
    stations: int = 7
    width: float = 84.0
    height: float = 104.0
    chain: str = ""  # blank: cable of 1.8 mm
    chain_width: float = 1.6
    lay: str = "egg"
    closure: str = "lobster"

    def build(self) -> list[Part]:
        path = lay(self.lay, self.width, self.height)
        parts: list[Part] = []
        if self.lay in CLASPED:
            parts += clasp(self.closure, path, 1.3)
            path = trimmed(path, 2.8, 2.8)
        kind = cable_chain(path, length=2.6, width=1.8, wire=0.3)
        parts.append(chain(self.chain, path, self.chain_width) if self.chain else kind)
        spots, directions = walk(path, 2 * self.stations + 4)
        for spot, direction in list(zip(spots, directions, strict=True))[2:-2:2]:
            if self.stone.cut == "bead":
                head = [self.stone.part("side_stone")]
            else:
                head = bezel(self.stone, wall=0.5, depth=1.0, label="side_stone")
            parts += place(head, frame((0, 0, 1), direction), spot + np.array([0, 0, 0.4]))
        return on_floor(parts)

    @classmethod
    def sample(cls, random: Generator) -> StationNecklace:
        width = between(random, 30, 105)
        return cls(
            some_stone(random, 2.6, 6.5),
            stations=whole(random, 3, 11) if width > 60 else whole(random, 2, 5),
            width=width,
            height=round(width * between(random, 0.95, 1.4), 1),
            chain=some_chain(random),
            chain_width=between(random, 0.9, 2.0),
            lay=some_lay(random, ("egg", "circle", "loose", "vee", "you", "runs", "plumb")),
            closure=pick(random, ("lobster", "spring_ring")),
        )

    def facts(self) -> Facts:
        setting = "drilled" if self.stone.cut == "bead" else "bezel"
        closure = self.closure if self.lay in CLASPED else ""
        return Facts("station_necklace", self.stone, setting, chain_type=self.chain or "cable", closure=closure)


@dataclass(frozen=True)
class ChainNecklace:
    """Chain alone: curb links or heavy cable, or whatever `kind` names, `link_width` wide."""

    curb: bool = True
    length: float = 7.0
    wire: float = 0.85
    width: float = 82.0
    height: float = 100.0
    kind: str = ""
    link_width: float = 3.0
    lay: str = "egg"
    closure: str = "lobster"

    def build(self) -> list[Part]:
        path = lay(self.lay, self.width, self.height)
        thick = self.link_width if self.kind else 3.6 * self.wire
        parts: list[Part] = []
        if self.lay in CLASPED:
            size = max(1.1, 0.42 * thick)
            parts += clasp(self.closure, path, size)
            path = trimmed(path, 2.0 * size, 2.0 * size)
        return on_floor([*parts, self._chain(path)])

    def _chain(self, path: Floats) -> Part:
        if self.kind:
            return chain(self.kind, path, self.link_width, ups=upward(path))
        if self.curb:
            return curb_chain(path, length=self.length, width=0.76 * self.length, wire=self.wire)
        return cable_chain(path, length=self.length, width=0.6 * self.length, wire=self.wire)

    @classmethod
    def sample(cls, random: Generator) -> ChainNecklace:
        kind = pick(random, sorted(LINKS))
        broad = kind in ("herringbone", "omega", "mesh", "cuban", "chunky_link")
        link_width = between(random, 3.0, 9.0) if broad else between(random, 1.3, 6.0)
        width = between(random, 26, 60) * (1 + 0.16 * link_width)
        return cls(
            kind=kind,
            link_width=link_width,
            width=round(min(width, 115), 1),
            height=round(min(width, 115) * between(random, 0.9, 1.4), 1),
            lay=some_lay(random, tuple(LAYS)),
            closure=pick(random, CLOSURES),
        )

    def facts(self) -> Facts:
        kind = self.kind or ("curb" if self.curb else "cable")
        return Facts("chain_necklace", chain_type=kind, closure=self.closure if self.lay in CLASPED else "")


@dataclass(frozen=True)
class RivieraNecklace:
    """Stones in claws or collars all the way round, largest in front: a rivière; ungraduated, a tennis line."""

    stone: Stone
    graduation: float = 0.45
    width: float = 74.0
    height: float = 92.0
    collar: bool = False
    lay: str = "egg"
    closure: str = "box_clasp"

    def build(self) -> list[Part]:
        path = lay(self.lay, self.width, self.height)
        parts: list[Part] = []
        if self.lay in CLASPED:
            parts += clasp(self.closure, path, 1.2)
            path = trimmed(path, 2.2, 2.2)
        total = float(distances(path)[-1])
        at = 0.2
        while at < total - 0.6 * self.stone.size:
            front = 1 - abs(2 * at / total - 1)
            size = self.stone.size * (1 - self.graduation * (1 - front))
            here, ahead = point_at(path, [at + size / 2, at + size])
            parts += place(self._head(size), frame((0, 0, 1), ahead - here), here)
            at += size * (1.22 if self.collar else 1.1)
        return on_floor(parts)

    def _head(self, size: float) -> list[Part]:
        stone = Stone(self.stone.gem, self.stone.cut, size)
        if self.collar:
            return slim_collar(stone, wall=0.11 * size, depth=0.4 * size)
        return claws(stone, depth=0.4 * size, label="side_stone")

    @classmethod
    def sample(cls, random: Generator) -> RivieraNecklace:
        cuts = ("round", "round", "round", "princess", "oval", "emerald", "pear", "marquise", "cushion")
        stone = faceted(random, 3.2, 7.0, cuts=cuts)
        width = min(between(random, 8, 17) * stone.size, 95)
        return cls(
            stone,
            graduation=between(random, 0.2, 0.55) if maybe(random, 0.5) else 0.0,
            width=round(width, 1),
            height=round(width * between(random, 0.95, 1.35), 1),
            collar=maybe(random, 0.2),
            lay=some_lay(random, ("egg", "circle", "vee", "you", "line")),
            closure=pick(random, ("box_clasp", "lobster", "hook_and_eye")),
        )

    def facts(self) -> Facts:
        setting = "bezel" if self.collar else "prong"
        return Facts("tennis_necklace", self.stone, setting, closure=self.closure if self.lay in CLASPED else "")


FAMILIES: tuple[type, ...] = (BeadNecklace, StationNecklace, ChainNecklace, RivieraNecklace)
