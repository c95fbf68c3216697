"""Rings of metal alone: bands of every section, twists, braids, domes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.random import Generator

from parure.render.chains import twisted_wire
from parure.render.chance import between, maybe, pick, whole
from parure.render.families import Facts
from parure.render.families.ring_shanks import INSIDE, bead_rows, round_the_finger, some_inside
from parure.render.mesh import SECOND_METAL, Floats, Mesh, Part
from parure.render.mounts import metal
from parure.render.solids import band_profile, circle, sweep

__all__ = ["FAMILIES", "BandRing", "BraidRing", "DomeRing", "TwistRing"]


@dataclass(frozen=True)
class BandRing:
    """A plain band; `squareness` 2.4 is court-shaped, 8 is flat; milgrain adds beaded edges, ridges raised lines.

    `bevel` is the share of the width cut away to each side, with crisp edges; `inlay` that of a stripe in the second
    metal. An `inside` face of `comfort` 0 is flat, 0.6 well rounded.
    """

    width: float = 4.0
    height: float = 1.7
    squareness: float = 3.0
    milgrain: bool = False
    ridges: int = 0
    bevel: float = 0.0
    inlay: float = 0.0
    comfort: float = 0.35
    inside: float = INSIDE

    @classmethod
    def sample(cls, random: Generator) -> Self:
        width = between(random, 1.6, 8.5)
        wide = width > 3.2
        trim = pick(random, {"": 5.0, "milgrain": 1.3, "ridges": 0.8, "bevel": 1.5, "inlay": 1.3}) if wide else ""
        return cls(
            width,
            between(random, 1.2, 2.2),
            pick(random, {1.5: 0.5, 2.1: 2.0, 2.5: 2.0, 3.4: 1.0, 8.0: 2.0}),
            trim == "milgrain" or (not wide and maybe(random, 0.2)),
            whole(random, 1, 3) if trim == "ridges" else 0,
            between(random, 0.1, 0.3) if trim == "bevel" else 0.0,
            between(random, 0.15, 0.6) if trim == "inlay" else 0.0,
            pick(random, (0.12, 0.35, 0.6)),
            some_inside(random),
        )

    def facts(self) -> Facts:
        return Facts("band_ring" if self.width > 2.2 else "stacking_ring")

    def build(self) -> list[Part]:
        profile = band_profile(self.width, self.height, self.squareness, self.comfort)
        if self.bevel:
            profile = _bevelled(self.width, self.height, self.bevel * self.width)
        parts = [metal("band", _around(profile, self.inside))]
        if self.milgrain:
            grain = min(0.27, 0.09 * self.width)
            edge = 0.4 * self.width
            parts += bead_rows(self.inside + self._surface(edge) - 0.1 * grain, (edge, -edge), grain)
        for ridge in range(self.ridges):
            y = (ridge - (self.ridges - 1) / 2) * self.width * 0.3
            wire = circle(0.28, 12) + np.array([y, self._surface(y) - 0.05])
            parts.append(metal("band", _around(wire, self.inside)))
        if self.inlay:
            stripe = band_profile(self.inlay * self.width, 0.5, 6.0, 1.0)
            lift = self._surface(self.inlay * self.width / 2) - 0.36
            parts.append(Part("band", SECOND_METAL, _around(stripe + np.array([0, lift]), self.inside)))
        return parts

    def _surface(self, y: float) -> float:
        """Thickness of the wall at `y` from the middle."""
        if self.bevel:
            return self.height
        bulge = max(0.0, 1 - abs(2 * y / self.width) ** self.squareness) ** (1 / self.squareness)
        return float(self.height * (self.comfort + bulge) / (1 + self.comfort))


def _around(profile: Floats, inside: float) -> Mesh:
    out = round_the_finger(np.linspace(0, 360, 220, endpoint=False))
    return sweep(out * inside, profile, closed=True, ups=out)


def _bevelled(width: float, height: float, cut: float) -> Floats:
    """A flat section with both outer corners cut; corners are doubled, so that smooth shading keeps the edges."""
    half, fall = width / 2, min(0.55 * height, 0.8 * cut)
    corners = np.array([[half, 0.15], [half, height - fall], [half - cut, height]])
    ring = np.vstack([corners, corners[::-1] * [-1, 1], [[0.15 - half, 0.0], [half - 0.15, 0.0]]])
    points = []
    for k, corner in enumerate(ring):
        for other in (ring[k - 1], ring[(k + 1) % len(ring)]):
            step = other - corner
            points.append(corner + step / np.linalg.norm(step) * 0.03)
    return np.array(points)


@dataclass(frozen=True)
class TwistRing:
    wire: float = 0.85
    turns: float = 17.0
    strands: int = 2
    inside: float = INSIDE
    two_tone: bool = False

    @classmethod
    def sample(cls, random: Generator) -> Self:
        strands = pick(random, {2: 3.0, 3: 1.0})
        wire = between(random, 0.5, 1.05)
        turns = float(round(between(random, 9, 15) / wire))
        return cls(wire, turns, strands, some_inside(random), maybe(random, 0.25))

    def facts(self) -> Facts:
        return Facts("stacking_ring" if self.wire < 0.9 else "band_ring", motif="twist")

    def build(self) -> list[Part]:
        path = round_the_finger(np.linspace(0, 360, 900, endpoint=False))
        rope = twisted_wire(
            path * (self.inside + 1.6), wire=self.wire, strands=self.strands, turns=self.turns, closed=True
        )
        return [_second(part) if self.two_tone and k else part for k, part in enumerate(rope)]


def _second(part: Part) -> Part:
    return Part(part.label, SECOND_METAL, part.mesh, part.smooth)


@dataclass(frozen=True)
class BraidRing:
    """Three wires plaited flat; each may be a pair of thinner ones."""

    wire: float = 0.7
    width: float = 4.0
    plaits: int = 9  # whole waves round the finger
    pairs: bool = False
    inside: float = INSIDE
    two_tone: bool = False

    @classmethod
    def sample(cls, random: Generator) -> Self:
        width = between(random, 3.0, 6.0)
        return cls(
            round(width * between(random, 0.15, 0.2), 2),
            width,
            round(between(random, 28, 40) / width),
            maybe(random, 0.4),
            some_inside(random),
            maybe(random, 0.3),
        )

    def facts(self) -> Facts:
        return Facts("band_ring", motif="twist")

    def build(self) -> list[Part]:
        turn = np.linspace(0, 2 * np.pi, 720, endpoint=False)
        out = round_the_finger(np.degrees(turn))
        reach = self.width / 2 - self.wire
        wires = ((-0.5, 0.52), (0.5, 0.52)) if self.pairs else ((0.0, 1.0),)
        parts = []
        for strand in range(3):
            phase = self.plaits * turn + 2 * np.pi * strand / 3
            over = 0.85 * self.wire * np.sin(2 * phase)
            for beside, share in wires:
                path = out * (self.inside + 1.9 * self.wire + over)[:, None]
                path[:, 1] = reach * np.sin(phase) + 2 * beside * share * self.wire
                mesh = sweep(path, circle(self.wire * share, 12), closed=True, ups=out)
                parts.append(metal("band", mesh))
        second = len(wires)
        return [_second(part) if self.two_tone and k < second else part for k, part in enumerate(parts)]


@dataclass(frozen=True)
class DomeRing:
    """A bombe ring: wide and high on top, slim below; `slant` turns the flutes into a croissant's."""

    width: float = 11.0
    fluted: bool = False
    height: float = 3.6
    back: float = 0.42  # share of the width left below
    flutes: int = 11
    slant: float = 0.0
    inside: float = INSIDE

    @classmethod
    def sample(cls, random: Generator) -> Self:
        fluted = maybe(random, 0.5)
        return cls(
            between(random, 6.5, 14.0),
            fluted,
            between(random, 2.4, 4.2),
            between(random, 0.28, 0.55),
            whole(random, 7, 15),
            between(random, -0.5, 0.5) if fluted and maybe(random, 0.7) else 0.0,
            some_inside(random),
        )

    def facts(self) -> Facts:
        return Facts("band_ring")

    def build(self) -> list[Part]:
        degrees = np.linspace(0, 360, 360, endpoint=False)
        out = round_the_finger(degrees)
        top = np.clip((1 + np.cos(np.radians(degrees))) / 2, 0, 1) ** 2.2
        scale = self.back + (1 - self.back) * top
        profile = band_profile(self.width, self.height, 2.1)
        mesh = sweep(out * self.inside, profile, closed=True, ups=out, scale=scale)
        return [metal("band", self._flute(mesh) if self.fluted else mesh)]

    def _flute(self, mesh: Mesh) -> Mesh:
        """Press grooves into the outer face, deepest on top; the slant shifts them with y."""
        points = mesh.vertices
        radius = np.hypot(points[:, 0], points[:, 2])
        angle = np.arctan2(points[:, 0], points[:, 2])
        top = np.clip((1 + np.cos(angle)) / 2, 0, 1) ** 2.2
        wave = np.abs(np.sin(self.flutes * (angle + self.slant * points[:, 1] / self.inside)))
        wall = np.maximum(radius - self.inside - 0.3, 0)
        press = 1 - wall * (0.02 + 0.16 * top) * (1 - wave) / np.maximum(radius, 1e-9)
        return Mesh(points * np.column_stack([press, np.ones_like(press), press]), mesh.faces)


FAMILIES: tuple[type, ...] = (BandRing, TwistRing, BraidRing, DomeRing)
