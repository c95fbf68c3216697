"""Rings: the shank stands in the xz plane around the y axis, the stone on top (+z)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from parure.render.chains import twisted_wire
from parure.render.cuts import Stone
from parure.render.mesh import Floats, Part, frame, place, rotation
from parure.render.mounts import bezel, bezel_depth, claws, halo, metal, pave_row, peg_pearl
from parure.render.outlines import outline
from parure.render.solids import ball, band_profile, circle, ellipsoid, plate, sweep, tube

__all__ = [
    "BandRing",
    "BezelRing",
    "ClusterRing",
    "DomeRing",
    "EternityRing",
    "SignetRing",
    "SolitaireRing",
    "ThreeStoneRing",
    "ToiEtMoiRing",
    "TwistRing",
]

_INSIDE = 8.4  # inner radius in mm: about size 54


def _round_the_finger(degrees: Floats) -> Floats:
    """Unit vectors away from the finger; 0 is the top."""
    angles = np.radians(degrees)
    return np.column_stack([np.sin(angles), np.zeros_like(angles), np.cos(angles)])


def _shank(width: float, height: float, *, squareness: float = 2.6, taper: float = 0.0, swell: float = 0.0) -> Part:
    degrees = np.linspace(0, 360, 220, endpoint=False)
    out = _round_the_finger(degrees)
    top = np.clip(np.cos(np.radians(degrees)), 0, 1) ** 2
    profile = band_profile(width, height, squareness)
    mesh = sweep(out * _INSIDE, profile, closed=True, ups=out, scale=1 - taper * top + swell * top**3)
    return metal("band", mesh)


def _shoulders(width: float, size: float, gem: str, *, start: float, end: float, rise: float) -> list[Part]:
    """Melee down both shoulders, from `start` to `end` degrees from the top."""
    step = np.degrees(1.12 * size / (_INSIDE + rise))
    degrees = np.arange(start, end, step)
    degrees = np.concatenate([-degrees[::-1], degrees])
    out = _round_the_finger(degrees)
    along = np.column_stack([out[:, 2], np.zeros(len(out)), -out[:, 0]])
    return pave_row(out * (_INSIDE + rise), out, size, gem=gem, along=along)


@dataclass(frozen=True)
class SolitaireRing:
    """One stone in claws; optionally a halo of melee and pave shoulders."""

    stone: Stone
    prongs: int = 4
    width: float = 2.0
    halo: bool = False
    pave: bool = False
    turn: float = 0.0  # of the stone about its own axis; 90 sets a long stone along the finger

    def build(self) -> list[Part]:
        depth = 0.42 * self.stone.size + 0.9
        head = claws(self.stone, count=self.prongs, depth=depth)
        if self.halo:
            head += halo(self.stone)
        parts = [_shank(self.width, 1.7, taper=0.18)]
        parts += place(head, rotation((0, 0, 1), self.turn), (0, 0, _INSIDE + 1.2 + depth))
        if self.pave:
            parts += _shoulders(self.width, 1.3, "diamond", start=16, end=72, rise=1.95)
        return parts


@dataclass(frozen=True)
class ThreeStoneRing:
    centre: Stone
    side: Stone
    width: float = 2.0

    def build(self) -> list[Part]:
        depth = 0.42 * self.centre.size + 0.8
        across = 90.0 if self.centre.cut in ("oval", "emerald", "pear") else 0.0
        top = _INSIDE + 1.1 + depth
        parts = [_shank(self.width, 1.7, taper=0.15)]
        parts += place(claws(self.centre, depth=depth), rotation((0, 0, 1), across), (0, 0, top))
        half = np.abs(self.centre.outline[:, 1 if across else 0]).max()
        for sign in (-1, 1):
            points_out = 0.0 if sign > 0 else 180.0
            reach = half + self.side.size / 2 + 0.15
            turn = rotation((0, 1, 0), 17 * sign) @ rotation((0, 0, 1), points_out)
            side = claws(self.side, depth=0.42 * self.side.size + 1.0, label="side_stone")
            parts += place(side, turn, (sign * reach, 0, top - 0.07 * self.centre.size - 0.3))
        return parts


@dataclass(frozen=True)
class EternityRing:
    """Stones around the band: all the way, or over `arc` degrees."""

    stone: Stone
    arc: float = 360.0
    rail: bool = False  # channel walls instead of beads

    def build(self) -> list[Part]:
        size = self.stone.size
        rise = 1.45 if self.rail else 0.75 + 0.4 * size
        spacing = 1.08 * size * (0.48 if self.stone.cut == "baguette" else 1.0)
        count = int(np.radians(self.arc) * (_INSIDE + rise) / spacing)
        degrees = (np.arange(count) - (count - 1) / 2) * self.arc / count
        out = _round_the_finger(degrees)
        along = np.column_stack([out[:, 2], np.zeros(count), -out[:, 0]])
        if not self.rail:
            row = pave_row(out * (_INSIDE + rise), out, size, gem=self.stone.gem, along=along)
            return [_shank(0.8 * size + 0.3, 0.95, squareness=3.5), *row]
        cross = np.cross(out, along)
        stone = self.stone.part("side_stone")
        hint = cross if self.stone.cut == "baguette" else along
        row = [p for o, h in zip(out, hint, strict=True) for p in place([stone], frame(o, h), o * (_INSIDE + rise))]
        walls = _shank(size + 1.3, 0.55, squareness=6.0)
        rims = [place([self._rim()], offset=(0, side * (size / 2 + 0.3), 0))[0] for side in (1, -1)]
        return [walls, *rims, *row]

    def _rim(self) -> Part:
        degrees = np.linspace(0, 360, 220, endpoint=False)
        out = _round_the_finger(degrees)
        return metal("band", sweep(out * (_INSIDE + 0.3), band_profile(0.7, 1.35, 4.0, 0.6), closed=True, ups=out))


@dataclass(frozen=True)
class BandRing:
    """A plain band; `squareness` 2.4 is court-shaped, 8 is flat; milgrain adds beaded edges, grooves cut lines."""

    width: float = 4.0
    height: float = 1.7
    squareness: float = 3.0
    milgrain: bool = False
    ridges: int = 0

    def build(self) -> list[Part]:
        parts = [_shank(self.width, self.height, squareness=self.squareness)]
        if self.milgrain:
            out = _round_the_finger(np.linspace(0, 360, 116, endpoint=False))
            bead = metal("band", ball(0.27, detail=7))
            for side in (0.4, -0.4):
                parts += [
                    p
                    for o in out
                    for p in place([bead], offset=o * (_INSIDE + self.height - 0.3) + [0, side * self.width, 0])
                ]
        for ridge in range(self.ridges):
            y = (ridge - (self.ridges - 1) / 2) * self.width * 0.3
            out = _round_the_finger(np.linspace(0, 360, 220, endpoint=False))
            path = out * (_INSIDE + self.height - 0.05) + np.array([0, y, 0])
            parts.append(metal("band", sweep(path, circle(0.28, 12), closed=True, ups=out)))
        return parts


@dataclass(frozen=True)
class SignetRing:
    """A flat face on a shank that widens towards it; the face may carry a stone instead."""

    face: str = "oval"
    length: float = 13.0
    stone: Stone | None = None

    def build(self) -> list[Part]:
        degrees = np.linspace(0, 360, 260, endpoint=False)
        out = _round_the_finger(degrees)
        near = np.clip(np.cos(np.radians(degrees)), 0, 1)
        profile = band_profile(4.0, 1.6, 2.6)
        widen = 1 + (0.78 * self.length / 4.0 - 1) * near**2.2
        mesh = sweep(out * _INSIDE, profile * np.array([1.0, 1.0]), closed=True, ups=out, scale=1.0)
        offset = mesh.vertices * np.array([1, 0, 1])
        spread = np.repeat(widen, len(profile))
        lift = 1 + 0.09 * np.repeat(near**3, len(profile)) * (np.linalg.norm(offset, axis=1) > _INSIDE + 0.5)
        shank = type(mesh)(offset * lift[:, None] + mesh.vertices * np.array([0, 1, 0]) * spread[:, None], mesh.faces)
        top = _INSIDE + 1.75
        parts = [metal("band", shank)]
        if self.stone is not None:
            return parts + place(bezel(self.stone, wall=0.9, depth=1.9), rotation((0, 0, 1), 90), (0, 0, top + 1.1))
        table = plate(np.array(outline(self.face, 160)) * self.length / 2, 2.0)
        return parts + place([metal("face", table)], rotation((0, 0, 1), 90), (0, 0, top - 0.9))


@dataclass(frozen=True)
class DomeRing:
    """A bombe ring: wide and high on top, slim below."""

    width: float = 11.0
    fluted: bool = False

    def build(self) -> list[Part]:
        degrees = np.linspace(0, 360, 360, endpoint=False)
        out = _round_the_finger(degrees)
        top = np.clip((1 + np.cos(np.radians(degrees))) / 2, 0, 1) ** 2.2
        scale = 0.42 + 0.58 * top
        if self.fluted:
            scale = scale * (1 + 0.09 * top * np.abs(np.sin(np.radians(degrees) * 11)))
        mesh = sweep(out * _INSIDE, band_profile(self.width, 3.6, 2.1), closed=True, ups=out, scale=scale)
        return [metal("band", mesh)]


@dataclass(frozen=True)
class BezelRing:
    """One stone in a collar, on a band or a split shank."""

    stone: Stone
    width: float = 2.4
    side: Stone | None = None

    def build(self) -> list[Part]:
        depth = max(1.9, bezel_depth(self.stone))
        parts = [_shank(self.width, 1.8, taper=0.1)]
        turn = rotation((0, 0, 1), 90 if self.stone.cut in ("oval", "cabochon", "emerald") else 0)
        parts += place(bezel(self.stone, wall=0.7, depth=depth), turn, (0, 0, _INSIDE + 1.0 + depth))
        if self.side is None:
            return parts
        for sign in (-1, 1):
            side = bezel(self.side, wall=0.5, depth=1.5, label="side_stone")
            tilt = rotation((0, 1, 0), sign * 34)
            parts += place(side, tilt, tilt @ np.array([0, 0, _INSIDE + 2.6]))
        return parts


@dataclass(frozen=True)
class ClusterRing:
    """A flower: petals of one gem around a centre."""

    centre: Stone
    petal: Stone
    petals: int = 8
    width: float = 2.2

    def build(self) -> list[Part]:
        radius = self.centre.size / 2 + self.petal.size / 2 + 0.12
        head = claws(self.centre, count=4, depth=2.6)
        for k in range(self.petals):
            turn = rotation((0, 0, 1), 360 * k / self.petals)
            tilt = turn @ rotation((0, 1, 0), 8)
            head += place(claws(self.petal, depth=2.0, label="side_stone"), tilt, turn @ np.array([radius, 0, -0.35]))
        head.append(metal("setting", ellipsoid(radius * 0.55, radius * 0.55, 0.5).moved(offset=(0, 0, -2.6))))
        return [_shank(self.width, 1.8, taper=0.1), *place(head, offset=(0, 0, _INSIDE + 4.2))]


@dataclass(frozen=True)
class TwistRing:
    wire: float = 0.85
    turns: float = 17.0
    strands: int = 2

    def build(self) -> list[Part]:
        path = _round_the_finger(np.linspace(0, 360, 900, endpoint=False)) * (_INSIDE + 1.6)
        return twisted_wire(path, wire=self.wire, strands=self.strands, turns=self.turns, closed=True)


@dataclass(frozen=True)
class ToiEtMoiRing:
    """An open ring whose two ends carry a pearl and a stone."""

    pearl: str
    stone: Stone
    pearl_size: float = 6.0

    def build(self) -> list[Part]:
        out = _round_the_finger(np.linspace(17, 343, 200))
        y = np.linspace(-1.6, 1.6, 200)[:, None] * np.array([0.0, 1.0, 0.0])
        parts = [metal("band", tube(out * (_INSIDE + 0.9) + y, 0.95))]
        ends = ((19.0, -1.6), (-19.0, 1.6))
        heads = (peg_pearl(self.pearl_size, self.pearl), claws(self.stone, count=4, depth=2.4))
        for (degrees, side), head, rise in zip(ends, heads, (self.pearl_size / 2 + 1.2, 4.0), strict=True):
            tilt = rotation((0, 1, 0), degrees)
            parts += place(head, tilt, tilt @ np.array([0, 0, _INSIDE + rise]) + [0, side, 0])
        return parts
