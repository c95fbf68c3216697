"""Beads on elastic or cord: one gem or two in turn, metal between, a tassel or a charm in front."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from parure.render.chance import bead, between, maybe, pick, whole
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.bracelet_lays import Line, laid, sample_lay
from parure.render.families.bracelet_parts import clasp, hang, lowered, pendant, set_along, tassel
from parure.render.mesh import Part, rotation
from parure.render.mounts import metal
from parure.render.solids import ball, circle, lathe, sweep

__all__ = ["FAMILIES", "BeadBracelet"]


@dataclass(frozen=True)
class BeadBracelet:
    """Beads on elastic; every `accents`-th bead is metal. `other` is a second gem in turn with the first.

    `spacers` are thin metal discs beside each accent, `tassel` threads hang from the front, mm long (0: none).
    """

    gem: str
    size: float = 7.0
    accents: int = 0
    other: str = ""
    spacers: bool = False
    tassel: float = 0.0
    charm: str = ""
    cord: str = ""
    length: float = 174.0
    lay: str = "loop"
    sway: float = 0.0

    def build(self) -> list[Part]:
        line = laid(self.lay, self.length, self.sway)
        gap = 0.0 if line.closed else 1.4 * self.size
        beads, at, index = [], gap, 0
        while at < line.length - gap - 0.55 * self.size:
            kind, width = self._next(index)
            beads.append((at + width / 2, kind))
            at, index = at + 1.015 * width, index + 1
        stretch = (line.length - 2 * gap) / (at - gap)
        spots = line.at([gap + (mid - gap) * stretch for mid, _ in beads])
        made = {kind: self._bead(kind) for kind in {kind for _, kind in beads}}
        parts = set_along(spots, [made[kind] for _, kind in beads])
        parts.append(self._thread(line))
        if not line.closed:
            parts += clasp(line, "lobster", 0.28 * self.size)
        return line.finish(parts + self._hanging(line))

    def _next(self, index: int) -> tuple[str, float]:
        """What comes at this place, and how much of the cord it takes."""
        if self.accents:
            period = self.accents + (2 if self.spacers else 0)
            step = index % period
            if step >= period - (3 if self.spacers else 1):
                middle = not self.spacers or step == period - 2
                return ("metal", 0.8 * self.size) if middle else ("spacer", 0.22 * self.size)
        return (self.other if self.other and index % 2 else self.gem), self.size

    def _bead(self, kind: str) -> list[Part]:
        if kind == "metal":
            return [metal("bead", ball(0.4 * self.size, detail=12))]
        if kind == "spacer":
            rim = [[0, -0.09], [0.3, -0.09], [0.38, 0], [0.3, 0.09], [0, 0.09]]
            disc = lathe(np.array(rim) * self.size, count=24)
            return [metal("bead", disc.moved(rotation((0, 1, 0), 90)))]
        return [Stone(kind, "bead", self.size).part("bead")]

    def _thread(self, line: Line) -> Part:
        material = self.cord or "metal"
        label = "cord" if self.cord else "chain"
        path = line.path[:-1:8] if line.closed else line.inner(-0.3 * self.size, count=300)
        return Part(label, material, sweep(path, circle(0.07 * self.size, 8), closed=line.closed))

    def _hanging(self, line: Line) -> list[Part]:
        middle = line.length / 2
        if self.tassel:
            return hang(tassel(self.tassel, 0.16 * self.size, self.cord or "metal"), line, middle, swing=4.0)
        if self.charm:
            return hang(lowered(pendant(self.charm, 1.5 * self.size), 0.3 * self.size), line, middle)
        return []

    @classmethod
    def sample(cls, random: Generator) -> BeadBracelet:
        first = bead(random, 4, 12)
        accents = pick(random, {0: 3.0, 3: 0.6, 4: 0.8, 6: 0.8, 8: 0.6})
        hanging = pick(random, {"": 4.0, "tassel": 1.0, "charm": 1.2})
        lay, sway = sample_lay(random)
        other = bead(random, 4, 12).gem if maybe(random, 0.3) else ""
        return cls(
            first.gem,
            first.size,
            accents,
            other=other if other != first.gem else "",
            spacers=accents > 0 and maybe(random, 0.5),
            tassel=between(random, 16, 32) if hanging == "tassel" else 0.0,
            charm=pick(random, ("heart", "star", "disc", "cross", "ball", "drop")) if hanging == "charm" else "",
            cord=pick(random, ("cord_black", "cord_brown", "cord_red", "cord_beige")) if maybe(random, 0.5) else "",
            length=between(random, 160, 195) + 4 * whole(random, 0, 1),
            lay=lay,
            sway=sway,
        )

    def facts(self) -> Facts:
        closed = laid(self.lay, 10.0, self.sway).closed
        motif = "tassel" if self.tassel else {"disc": "circle", "ball": ""}.get(self.charm, self.charm)
        closure = "elastic" if closed else "lobster"
        return Facts("beaded_bracelet", Stone(self.gem, "bead", self.size), "drilled", motif, "", closure)


FAMILIES: tuple[type, ...] = (BeadBracelet,)
