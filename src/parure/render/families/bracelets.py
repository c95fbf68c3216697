"""Bracelets and bangles, lying on the floor around the z axis."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from parure.render.chains import bead_strand, cable_chain, curb_chain, ring_path, twisted_wire, walk
from parure.render.cuts import Stone
from parure.render.mesh import Floats, Part, frame, on_floor, place, rotation
from parure.render.mounts import bezel, claws, metal, pave_row
from parure.render.outlines import evenly, heart
from parure.render.solids import ball, band_profile, circle, ellipsoid, plate, sweep, torus, tube

__all__ = ["Bangle", "BeadBracelet", "ChainBracelet", "CuffBracelet", "TennisBracelet"]

_HALF_WIDTH, _HALF_DEPTH = 30.0, 25.5  # of a wrist, mm


def _clasp(path: Floats, half_length: float, half_width: float) -> Part:
    """A box clasp at the back of the loop (the path starts at the front, so at half its length)."""
    back = path[len(path) // 2]
    return metal("closure", ellipsoid(half_length, half_width, half_width).moved(offset=back))


@dataclass(frozen=True)
class TennisBracelet:
    stone: Stone

    def build(self) -> list[Part]:
        path = ring_path(_HALF_WIDTH, _HALF_DEPTH)
        size = self.stone.size
        long = 1.0 if self.stone.cut != "emerald" else 0.74
        count = int(2 * np.pi * (_HALF_WIDTH + _HALF_DEPTH) / 2 / (1.1 * size * long))
        spots, directions = walk(path, count)
        parts: list[Part] = []
        for index, (spot, direction) in enumerate(zip(spots, directions, strict=True)):
            if abs(index - count // 2) < 1:
                continue
            outward = np.cross(direction, [0, 0, 1]) * np.cos(0.75) + np.array([0, 0, np.sin(0.75)])
            turn = frame(outward, direction)
            if self.stone.cut == "emerald":
                turn = turn @ rotation((0, 0, 1), 90)
            parts += place(claws(self.stone, depth=0.42 * size, label="side_stone"), turn, spot)
        return on_floor([*parts, _clasp(path, 0.8 * size, 0.5 * size)])


@dataclass(frozen=True)
class Bangle:
    """A rigid round. `section` is round, flat or twist; `stones` across the front if given."""

    section: str = "round"
    width: float = 4.0
    height: float = 2.2
    stone: Stone | None = None
    stones: int = 0

    def build(self) -> list[Part]:
        path = ring_path(_HALF_WIDTH, _HALF_DEPTH, count=700)[:-1]
        out = path / np.linalg.norm(path, axis=1, keepdims=True)
        if self.section == "twist":
            return on_floor(self._twist())
        profile = (
            circle(self.height / 2, 28) if self.section == "round" else band_profile(self.width, self.height, 4.0, 0.5)
        )
        parts = [metal("band", sweep(path, profile, closed=True, ups=out))]
        if self.stone is None:
            return on_floor(parts)
        return on_floor(parts + self._front(self.stone))

    def _twist(self) -> list[Part]:
        angles = np.linspace(0, 2 * np.pi, 1600, endpoint=False)
        upright = np.column_stack([_HALF_WIDTH * np.sin(angles), 0 * angles, _HALF_DEPTH * np.cos(angles)])
        coils = twisted_wire(upright, wire=self.height / 3.4, strands=3, turns=24, closed=True)
        return place(coils, rotation((1, 0, 0), 90))

    def _front(self, stone: Stone) -> list[Part]:
        rise = self.height * (0.5 if self.section == "round" else 1.0)
        angles = (np.arange(self.stones) - (self.stones - 1) / 2) * 1.12 * stone.size / _HALF_DEPTH
        out = np.column_stack([np.sin(angles), -np.cos(angles), 0 * angles])
        spots = out * np.array([_HALF_WIDTH, _HALF_DEPTH, 1.0])
        along = np.column_stack([np.cos(angles), np.sin(angles), 0 * angles])
        normals = np.column_stack([spots[:, 0] / _HALF_WIDTH**2, spots[:, 1] / _HALF_DEPTH**2, 0 * angles])
        normals = normals / np.linalg.norm(normals, axis=1, keepdims=True)
        if stone.size < 2.6:
            return pave_row(
                spots + normals * (rise + 0.24 * stone.size), normals, stone.size, gem=stone.gem, along=along
            )
        parts: list[Part] = []
        for spot, normal, direction in zip(spots, normals, along, strict=True):
            head = bezel(stone, wall=0.6, depth=1.4, label="side_stone")
            parts += place(head, frame(normal, direction), spot + normal * (rise + 0.8))
        return parts


@dataclass(frozen=True)
class CuffBracelet:
    """An open cuff; balls or square ends."""

    width: float = 9.0
    height: float = 1.7
    balls: bool = False

    def build(self) -> list[Part]:
        angles = np.radians(np.linspace(-154, 154, 320))
        path = np.column_stack([_HALF_WIDTH * np.sin(angles), -_HALF_DEPTH * np.cos(angles), 0 * angles])
        path = path @ rotation((0, 0, 1), 180).T
        out = path / np.linalg.norm(path, axis=1, keepdims=True)
        if self.balls:
            ends = [metal("closure", ball(0.62 * self.width).moved(offset=path[k])) for k in (0, -1)]
            return on_floor([metal("band", tube(path, self.width / 4, sides=28)), *ends])
        fade = 1 - 0.3 * np.abs(np.linspace(-1, 1, 320)) ** 3
        cuff = sweep(path, band_profile(self.width, self.height, 5.0, 0.7), ups=out, scale=fade)
        return on_floor([metal("band", cuff)])


@dataclass(frozen=True)
class ChainBracelet:
    """Curb or cable links, with an optional heart charm."""

    curb: bool = True
    length: float = 7.0
    wire: float = 0.9
    charm: bool = False

    def build(self) -> list[Part]:
        path = ring_path(_HALF_WIDTH, _HALF_DEPTH)
        if self.curb:
            chain = curb_chain(path, length=self.length, width=0.76 * self.length, wire=self.wire)
        else:
            chain = cable_chain(path, length=self.length, width=0.64 * self.length, wire=self.wire)
        parts = [chain, _clasp(path, 2.4 * self.wire, 1.5 * self.wire)]
        if self.charm:
            face = plate(heart() * 6.0, 1.3, dome=1.3)
            front = path[0]
            parts.append(metal("charm", face.moved(offset=front + np.array([0, -8.9, -1.6]))))
            parts.append(
                metal("bail", torus(1.9, 0.4).moved(rotation((0, 1, 0), 90), front + np.array([0, -4.2, -0.4])))
            )
        return on_floor(parts)


@dataclass(frozen=True)
class BeadBracelet:
    """Beads on elastic; every `accents`-th bead is metal."""

    gem: str
    size: float = 7.0
    accents: int = 0

    def build(self) -> list[Part]:
        path = ring_path(_HALF_WIDTH, _HALF_DEPTH)
        gems = (self.gem,) * max(1, self.accents - 1) + (("metal",) if self.accents else ())
        strand = bead_strand(path, (self.size,), gems)
        cord = metal("chain", sweep(np.asarray(evenly(path[:-1], 300)), circle(0.5, 8), closed=True))
        return on_floor([*strand, cord])
