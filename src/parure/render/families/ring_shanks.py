"""Shanks: what goes round the finger, and how a head stands on it.

The shank lies in the xz plane around the y axis; angles are degrees from the top (+z), positive towards +x. Unusual:
`Shank` is a base of keyword-only fields, so that a family keeps its own first fields and stays a flat record.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.random import Generator

from parure.render.chains import twisted_wire
from parure.render.chance import between, maybe, pick
from parure.render.mesh import METAL, SECOND_METAL, Floats, Mesh, Part
from parure.render.mounts import metal, pave_row
from parure.render.solids import ball, band_profile, ellipsoid, sweep, tube

__all__ = [
    "INSIDE",
    "Shank",
    "along_the_band",
    "bead_rows",
    "on_some_shank",
    "round_the_finger",
    "some_inside",
    "toned",
]

INSIDE = 8.4  # inner radius in mm: about size 54


def round_the_finger(degrees: Floats) -> Floats:
    """Unit vectors away from the finger; 0 is the top."""
    angles = np.radians(degrees)
    return np.column_stack([np.sin(angles), np.zeros_like(angles), np.cos(angles)])


def along_the_band(out: Floats) -> Floats:
    return np.column_stack([out[:, 2], np.zeros(len(out)), -out[:, 0]])


def bead_rows(radius: float, sides: tuple[float, ...], size: float) -> list[Part]:
    """Milgrain: rows of half-sunk beads round the band, one at each y of `sides`."""
    out = round_the_finger(np.linspace(0, 360, int(2 * np.pi * radius / (2.02 * size)), endpoint=False))
    grain = ball(size, detail=7)
    return [
        metal("band", grain.moved(offset=direction * radius + np.array([0, side, 0])))
        for side in sides
        for direction in out
    ]


def toned(parts: list[Part], tone: str) -> list[Part]:
    """The settings and claws among the parts, in the piece's other metal where `tone` says so."""
    if tone != SECOND_METAL:
        return parts
    return [
        replace(part, material=SECOND_METAL) if part.material == METAL and part.label in ("setting", "prong") else part
        for part in parts
    ]


@dataclass(frozen=True, kw_only=True)
class Shank:
    """`style` is plain, split, twist or cathedral; `shoulder` names the melee down both shoulders, if any."""

    inside: float = INSIDE
    height: float = 1.7  # thickness of the wall
    squareness: float = 2.6  # 1.5 is a knife edge, 2.4 court-shaped, 8 flat
    taper: float = 0.18  # how much slimmer at the top than below
    style: str = "plain"
    shoulder: str = ""
    tone: str = METAL  # of the setting

    @property
    def seat(self) -> float:
        """Height above the finger's axis where a head is rooted: just inside the metal."""
        return self.inside + self.height * (1 - self.taper) - 0.2

    def band(self, width: float, *, top: float = 0.0) -> list[Part]:
        """The whole shank; `top` is the height of the gallery that cathedral arches rise to."""
        if self.style == "twist":
            return self._twisted(width)
        branches = (0.0,) if self.style != "split" else (-1.0, 1.0)
        parts = [metal("band", self._branch(width, side)) for side in branches]
        if self.style == "split":
            reach = self._apart(width, np.zeros(1))[0]
            bridge = ellipsoid(1.1, reach, 0.55).moved(offset=(0, 0, self.seat))
            parts.append(metal("setting", bridge))
        if self.style == "cathedral":
            parts += self._arches(width, max(top, self.seat + 1.5))
        if self.shoulder:
            parts += self.shoulder_stones(width, self.shoulder)
        return parts

    def shoulder_stones(self, width: float, gem: str) -> list[Part]:
        branches = (0.0,) if self.style != "split" else (-1.0, 1.0)
        return [part for side in branches for part in self._melee(width, side, gem)]

    def _apart(self, width: float, degrees: Floats) -> Floats:
        """How far a branch of a split shank is from the middle: touching below, open at the top."""
        top = np.clip(np.cos(np.radians(degrees)), 0, 1) ** 2
        return 0.2 * width + top * (0.55 + 0.25 * width)

    def _branch(self, width: float, side: float) -> Mesh:
        degrees = np.linspace(0, 360, 220, endpoint=False)
        out = round_the_finger(degrees)
        shrink = 1 - self.taper * np.clip(np.cos(np.radians(degrees)), 0, 1) ** 2
        path = out * self.inside
        path[:, 1] = side * self._apart(width, degrees)
        profile = band_profile(width if side == 0 else 0.6 * width, self.height, self.squareness)
        return sweep(path, profile, closed=True, ups=out, scale=shrink)

    def _twisted(self, width: float) -> list[Part]:
        wire = max(0.5, 0.27 * width)
        path = round_the_finger(np.linspace(0, 360, 700, endpoint=False)) * (self.inside + 1.9 * wire)
        return twisted_wire(path, wire=wire, turns=float(round(28 / width)), closed=True)

    def _arches(self, width: float, top: float) -> list[Part]:
        t = np.linspace(0, 1, 16)[:, None]
        parts = []
        for sign in (-1.0, 1.0):
            foot = round_the_finger(np.array([sign * 46.0]))[0] * (self.inside + 0.55 * self.height)
            knee = round_the_finger(np.array([sign * 24.0]))[0] * (self.inside + 1.25 * self.height)
            end = np.array([sign * 0.9, 0.0, top])
            line = (1 - t) ** 2 * foot + 2 * t * (1 - t) * knee + t**2 * end
            parts.append(metal("band", tube(line, 0.36 * width, taper=0.72)))
        return parts

    def _melee(self, width: float, side: float, gem: str) -> list[Part]:
        """Down both shoulders, clear of the head."""
        size = min(1.7, (0.62 if side == 0 else 0.42) * width)
        step = np.degrees(1.08 * size / (self.inside + self.height))
        half = np.arange(17.0 if self.style != "cathedral" else 48.0, 78.0, step)
        degrees = np.concatenate([-half[::-1], half])
        out = round_the_finger(degrees)
        surface = self.height * (1 - self.taper * np.cos(np.radians(degrees)) ** 2)
        points = out * (self.inside + surface + 0.36 * size)[:, None]
        points[:, 1] = side * self._apart(width, degrees)
        return pave_row(points, out, size, gem=gem, along=along_the_band(out), depth=0.5)


S = TypeVar("S", bound=Shank)


def some_inside(random: Generator) -> float:
    """An inner radius between sizes 48 and 62."""
    return between(random, 7.6, 9.6)


def on_some_shank(random: Generator, ring: S, *, styles: tuple[str, ...] = ("split", "twist", "cathedral")) -> S:
    """The same ring on another shank: size, wall, section, taper, style and tone at random."""
    style = "plain" if maybe(random, 0.5) or not styles else pick(random, styles)
    return replace(
        ring,
        inside=some_inside(random),
        height=between(random, 1.4, 2.1),
        squareness=pick(random, {1.6: 0.6, 2.1: 1.5, 2.6: 2.0, 3.4: 1.0, 6.0: 0.7}),
        taper=between(random, 0.0, 0.32),
        style=style,
        tone=SECOND_METAL if maybe(random, 0.3) else METAL,
    )
