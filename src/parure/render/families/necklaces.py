"""Necklaces laid out in a drop shape: strands, stations along a chain, heavy chain. Face up, the middle front at -y."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from parure.render.chains import cable_chain, curb_chain, walk
from parure.render.cuts import Stone
from parure.render.mesh import Floats, Part, frame, on_floor, place
from parure.render.mounts import bezel, claws, metal
from parure.render.outlines import evenly
from parure.render.solids import ball, ellipsoid

__all__ = ["BeadNecklace", "ChainNecklace", "RivieraNecklace", "StationNecklace", "laid_out"]


def laid_out(width: float, height: float, count: int = 4000) -> Floats:
    """An egg-shaped loop (count, 3), wide end towards -y; starts and ends at the back (+y)."""
    angles = np.linspace(0, 2 * np.pi, 3000, endpoint=False)
    x = -width / 2 * np.sin(angles) * (1 - 0.16 * np.cos(angles))
    y = height / 2 * np.cos(angles)
    curve = evenly(np.column_stack([x, y]), count - 1)
    return np.column_stack([np.vstack([curve, curve[:1]]), np.zeros(count)])


def _clasp(path: Floats, size: float) -> Part:
    return metal("closure", ellipsoid(1.7 * size, size, 0.8 * size).moved(offset=path[0]))


@dataclass(frozen=True)
class BeadNecklace:
    """A strand. `graduation`: how much smaller the beads at the back are; `accents`: a metal bead every so many."""

    gem: str
    size: float = 7.0
    graduation: float = 0.0
    accents: int = 0
    width: float = 92.0
    height: float = 112.0

    def build(self) -> list[Part]:
        path = laid_out(self.width, self.height)
        parts: list[Part] = [_clasp(path, 0.42 * self.size)]
        along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
        at, index = 0.75 * self.size, 0
        while at < along[-1] - 0.75 * self.size:
            front = 1 - abs(2 * at / along[-1] - 1)
            size = self.size * (1 - self.graduation * (1 - front))
            spot = np.array([np.interp(at + size / 2, along, path[:, k]) for k in range(3)])
            accent = self.accents and index % self.accents == self.accents - 1
            bead = metal("bead", ball(0.3 * size)) if accent else Stone(self.gem, "bead", size).part("bead")
            parts += place([bead], offset=spot)
            at += size * (0.62 if accent else 1.0) * 1.015
            index += 1
        return on_floor(parts)


@dataclass(frozen=True)
class StationNecklace:
    """A fine chain with stones at even stations along the front."""

    stone: Stone
    stations: int = 7
    width: float = 84.0
    height: float = 104.0

    def build(self) -> list[Part]:
        path = laid_out(self.width, self.height)
        parts = [cable_chain(path, length=2.6, width=1.8, wire=0.3), _clasp(path, 1.3)]
        spots, directions = walk(path, 2 * self.stations + 4)
        for spot, direction in list(zip(spots, directions, strict=True))[2:-2:2]:
            if self.stone.cut == "bead":
                head = [self.stone.part("side_stone")]
            else:
                head = bezel(self.stone, wall=0.5, depth=1.0, label="side_stone")
            parts += place(head, frame((0, 0, 1), direction), spot + np.array([0, 0, 0.4]))
        return on_floor(parts)


@dataclass(frozen=True)
class ChainNecklace:
    """Chain alone: curb links or heavy cable."""

    curb: bool = True
    length: float = 7.0
    wire: float = 0.85
    width: float = 82.0
    height: float = 100.0

    def build(self) -> list[Part]:
        path = laid_out(self.width, self.height)
        if self.curb:
            chain = curb_chain(path, length=self.length, width=0.76 * self.length, wire=self.wire)
        else:
            chain = cable_chain(path, length=self.length, width=0.6 * self.length, wire=self.wire)
        return on_floor([chain, _clasp(path, 1.6 * self.wire)])


@dataclass(frozen=True)
class RivieraNecklace:
    """Claw-set stones all the way round, largest in front."""

    stone: Stone
    graduation: float = 0.45
    width: float = 74.0
    height: float = 92.0

    def build(self) -> list[Part]:
        path = laid_out(self.width, self.height)
        along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
        parts, at = [_clasp(path, 1.5)], self.stone.size
        while at < along[-1] - self.stone.size:
            front = 1 - abs(2 * at / along[-1] - 1)
            size = self.stone.size * (1 - self.graduation * (1 - front))
            here, ahead = (np.array([np.interp(at + d, along, path[:, k]) for k in range(3)]) for d in (size / 2, size))
            head = claws(Stone(self.stone.gem, self.stone.cut, size), depth=0.4 * size, label="side_stone")
            parts += place(head, frame((0, 0, 1), ahead - here), here)
            at += size * 1.1
        return on_floor(parts)
