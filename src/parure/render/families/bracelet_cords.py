"""Cord and leather: twisted, braided or flat straps with a clasp, slider knots or a metal piece in front."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator

from parure.render.chance import bead, between, faceted, maybe, pick
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.bracelet_heads import small_bezel
from parure.render.families.bracelet_lays import Line, Spots, laid, sample_lay
from parure.render.families.bracelet_parts import clasp, hang, pendant, rounded_box, sample_pendant, set_along
from parure.render.mesh import Floats, Part, place, rotation
from parure.render.mounts import metal
from parure.render.solids import ball, circle, sweep, torus, tube

__all__ = ["CORDS", "FAMILIES", "LEATHERS", "CordBracelet"]

CORDS = ("cord_black", "cord_brown", "cord_red", "cord_blue", "cord_beige")
LEATHERS = ("leather_black", "leather_brown", "leather_tan")
_FRONTS = {"": 1.5, "charm": 3.0, "stone": 1.2, "bead": 1.5, "tube": 1.2, "ring": 0.8, "beads": 1.0}


@dataclass(frozen=True)
class CordBracelet:
    """`make`: plain, twist, braid or strap, `strands` side by side; `front` is the metal or the stone it carries."""

    material: str
    make: str = "plain"
    width: float = 2.5
    strands: int = 1
    front: str = ""
    form: str = "heart"
    size: float = 9.0
    stone: Stone | None = None
    closure: str = "lobster"
    length: float = 182.0
    lay: str = "loop"
    sway: float = 0.0

    def build(self) -> list[Part]:
        line = laid(self.lay, self.length, self.sway)
        slider = self.closure == "adjustable"
        gap = 0.0 if slider else 1.5 + 0.5 * self.width
        parts: list[Part] = []
        for k in range(self.strands):
            side = line.beside((k - (self.strands - 1) / 2) * 1.15 * self.width)
            parts += self._strand(side.at(np.linspace(gap, side.length - gap, 500)))
        parts += self._knots(line) if slider else self._ends(line, gap)
        return line.finish(parts + self._front(line))

    def _cord(self, path: Floats, radius: float, sides: int = 10) -> Part:
        return Part("cord", self.material, tube(path, radius, sides=sides))

    def _strand(self, spots: Spots) -> list[Part]:
        half = self.width / 2
        if self.make == "plain":
            return [self._cord(spots.places, half, 14)]
        if self.make == "strap":
            edge = circle(1.0, 20)
            section = np.sign(edge) * np.abs(edge) ** 0.4 * [half, 0.22 * self.width**0.5 + 0.3]
            return [Part("cord", self.material, sweep(spots.places, section, ups=spots.faces))]
        count = 2 if self.make == "twist" else 3
        radius = half * (0.5 if count == 2 else 0.36)
        step = np.linalg.norm(np.diff(spots.places, axis=0), axis=1).sum() / len(spots.places)
        phase = np.arange(len(spots.places)) * step * 2 * np.pi / (3.4 * self.width)
        sideways = np.cross(spots.faces, spots.directions)
        parts = []
        for k in range(count):
            angle = phase + 2 * np.pi * k / count
            x, z = (half - radius) * np.sin(angle), radius * np.cos(angle if count == 2 else 2 * angle)
            parts.append(self._cord(spots.places + x[:, None] * sideways + z[:, None] * spots.faces, radius, 8))
        return parts

    def _total(self) -> float:
        return self.width * (1 + 1.15 * (self.strands - 1))

    def _ends(self, line: Line, gap: float) -> list[Part]:
        """Metal caps over the ends of the cord, and the clasp between them."""
        long, wide = 3.0 + 0.6 * self.width, self._total() + 1.0
        tall = (1.1 if self.make == "strap" else 1.15) * min(self.width, 4.0) + 0.6
        cap = metal("closure", rounded_box(long, wide, tall, corner=0.8))
        spots = line.at([gap + 0.3 * long, line.length - gap - 0.3 * long])
        return set_along(spots, [[cap]]) + clasp(line, self.closure, 0.8 + 0.3 * min(self.width, 4.0))

    def _knots(self, line: Line) -> list[Part]:
        """Both ends cross and are tied around each other: a wound knot at each side of the seam, two loose tails."""
        coil = [self._cord(loop, 0.3 * self.width, 8) for loop in _windings(0.75 * self._total(), self.width)]
        parts = set_along(line.at([0.0]) if line.closed else line.at([6.0, line.length - 6.0]), [coil])
        if line.closed:
            seam = line.at([0.0])
            t = np.linspace(0, 1, 24)[:, None]
            for sign in (-1, 1):
                away = seam.places[0] / np.linalg.norm(seam.places[0])
                run = sign * seam.directions[0] * 14 * t + away * (self.width * 0.9 + 7 * t**2) + seam.faces[0] * 0.2
                parts += [self._cord(seam.places[0] + run, 0.42 * self.width, 8)]
                end = seam.places[0] + run[-1]
                parts.append(metal("closure", ball(0.75 * self.width + 0.4, detail=10).moved(offset=end)))
        return parts

    def _front(self, line: Line) -> list[Part]:
        middle = line.length / 2
        around = self._total()
        if self.front == "charm":
            ring = torus(0.5 * around + 0.5, 0.4, count=28, sides=8).moved(rotation((0, 1, 0), 90))
            charm = place(pendant(self.form, self.size, self.stone), offset=(0, -0.5 * around - 0.2, 0))
            return hang([metal("bail", ring), *charm], line, middle, swing=5.0)
        spot = line.at([middle])
        if self.front == "stone" and self.stone is not None:
            lift = 0.5 * min(self.width, 4.0) + 0.3 * self.stone.size
            return set_along(spot, [small_bezel(self.stone, "centre_stone")], rise=lift)
        if self.front in ("bead", "beads") and self.stone is not None:
            count = 1 if self.front == "bead" else 5
            steps = np.arange(count) - (count - 1) / 2
            spots = line.at(np.asarray(middle + 1.03 * self.stone.size * steps, float))
            return set_along(spots, [[self.stone.part("bead")]])
        if self.front == "ring":
            return set_along(spot, [[metal("face", torus(0.5 * self.size + 0.5 * around, 0.9, count=60))]])
        if self.front == "tube":
            wide = around + 1.2
            return set_along(spot, [[metal("face", rounded_box(2.2 * self.size, wide, 0.6 * wide + 1, corner=0.9))]])
        return []

    @classmethod
    def sample(cls, random: Generator) -> CordBracelet:
        leather = maybe(random, 0.5)
        make = pick(random, {"plain": 1.5, "braid": 2.0, "twist": 1.0, "strap": 2.0 if leather else 0.0})
        thin = make == "plain" and not leather
        width = between(random, 1.2, 2.4) if thin else between(random, 2.5, 12 if make == "strap" else 7)
        front = pick(random, _FRONTS)
        piece = cls(pick(random, LEATHERS if leather else CORDS), make, width, front=front)
        form, size, stone = sample_pendant(random)
        if front == "stone":
            stone = faceted(random, 4, 8)
        elif front in ("bead", "beads"):
            stone = bead(random, max(5.0, 1.3 * width), max(9.0, 1.7 * width))
        elif front != "charm":
            stone = None
        lay, sway = sample_lay(random)
        slider = lay in ("loop", "hairpin") and width < 4 and maybe(random, 0.5)
        soft = {"lobster": 3.0, "magnetic": 1.5, "toggle": 1.0, "barrel": 0.6, "slide": 0.6}
        return replace(
            piece,
            strands=pick(random, {1: 4.0, 2: 1.0, 3: 0.8, 5: 0.4}) if width < 4 and make != "strap" else 1,
            form=form,
            size=size,
            stone=stone,
            closure="adjustable" if slider else pick(random, soft),
            length=between(random, 165, 200),
            lay=lay,
            sway=sway,
        )

    def facts(self) -> Facts:
        motif = {"disc": "circle", "square": "geometric", "ball": "", "stone": ""}.get(self.form, self.form)
        setting = "" if self.stone is None else "drilled" if self.stone.cut == "bead" else "bezel"
        return Facts("cord_bracelet", self.stone, setting, motif if self.front == "charm" else "", "", self.closure)


def _windings(radius: float, width: float) -> list[Floats]:
    """Rings of cord side by side, around the x axis."""
    angles = np.linspace(0, 2 * np.pi, 30)
    rings = []
    for k in range(5):
        x = np.full(30, (k - 2) * 0.58 * width) + 0.25 * width * angles / (2 * np.pi)
        rings.append(np.column_stack([x, radius * np.cos(angles), 0.8 * radius * np.sin(angles)]))
    return rings


FAMILIES: tuple[type, ...] = (CordBracelet,)
