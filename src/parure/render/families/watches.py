"""Wrist watches: case, dial, hands, crown, and a strap that lies open and flat or closed around the wrist.

The strap is drawn along a bracelet's `Line` whose middle carries the case; twelve o'clock points along the line.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from parure.render.chance import between, maybe, pick
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.bracelet_cords import LEATHERS
from parure.render.families.bracelet_lays import Line, laid
from parure.render.families.bracelet_parts import rounded_box, set_along
from parure.render.families.watch_dials import case_outline, dial_parts
from parure.render.mesh import METAL, SECOND_METAL, Floats, Part, frame, join, place, rotation
from parure.render.mounts import metal, pave_row
from parure.render.outlines import evenly
from parure.render.solids import circle, plate, sweep, torus, tube

__all__ = ["FAMILIES", "Watch"]

_LAYS = {"straight": 2.5, "standing": 2.0, "loop": 1.0}  # a strap bends one way only


@dataclass(frozen=True)
class Watch:
    """`strap`: links, mesh or a leather's name. `gems` set the bezel; blank leaves it plain."""

    shape: str = "round"
    size: float = 36.0
    dial: str = "dial_white"
    markers: str = "bars"
    time: tuple[float, float] = (10.0, 9.0)
    strap: str = "leather_brown"
    strap_width: float = 18.0
    columns: int = 3
    two_tone: bool = False
    subdials: int = 0
    bezel_stone: Stone | None = None
    length: float = 205.0
    lay: str = "straight"
    sway: float = 0.5

    def build(self) -> list[Part]:
        line = laid(self.lay, self.length, self.sway)
        middle = line.length / 2
        spot = line.at([middle])
        # x of the head is three o'clock, y twelve.
        turn = frame(spot.faces[0], spot.directions[0]) @ rotation((0, 0, 1), -90)
        parts = place(self._head(), turn, spot.places[0])
        return line.finish(parts + self._strap(line, middle))

    @property
    def _thick(self) -> float:
        return 0.17 * self.size + 1.5

    def _head(self) -> list[Part]:
        outline = case_outline(self.shape) * self.size / 2
        half = float(outline[:, 1].max())
        case = metal("face", plate(outline, self._thick).moved(offset=(0, 0, -0.6 * self._thick)))
        top = 0.4 * self._thick
        parts = [case, self._bezel(outline, top), *self._lugs(half), self._crown()]
        parts += place(
            dial_parts(outline * 0.86, self.dial, self.markers, self.time, self.subdials), offset=(0, 0, top)
        )
        if self.bezel_stone is not None:
            parts += self._stones(outline, top + 0.8)
        return parts

    def _bezel(self, outline: Floats, top: float) -> Part:
        curve = evenly(outline * 0.93, 120)
        section = circle(1.0, 14) * [0.055 * self.size, 0.028 * self.size + 0.3]
        path = np.column_stack([curve, np.full(120, top + 0.1)])
        material = SECOND_METAL if self.two_tone else METAL
        return Part("face", material, sweep(path, section, closed=True, ups=(0, 0, 1)))

    def _stones(self, outline: Floats, top: float) -> list[Part]:
        stone = self.bezel_stone
        if stone is None:
            return []
        ring = outline * 0.93
        around = float(np.linalg.norm(ring - np.roll(ring, 1, 0), axis=1).sum())
        seats = evenly(ring, int(around / (1.12 * stone.size)))
        ahead = np.roll(seats, -1, 0) - np.roll(seats, 1, 0)
        count = len(seats)
        points = np.column_stack([seats, np.full(count, top + 0.012 * self.size)])
        ups = np.tile([0.0, 0.0, 1.0], (count, 1))
        along = np.column_stack([ahead, np.zeros(count)])
        return pave_row(points, ups, stone.size, gem=stone.gem, along=along)

    def _lugs(self, half: float) -> list[Part]:
        """Four horns that hold the bars of the strap."""
        parts = []
        for x in (-1, 1):
            for y in (-1, 1):
                reach = self.strap_width / 2 + 0.9
                start, end = [x * reach, y * 0.72 * half, -0.1], [x * reach, y * (half + 2.6), -0.35 * self._thick]
                parts.append(metal("face", tube([start, end], 1.3, taper=0.8, sides=10)))
        for y in (-1, 1):
            bar = [[-self.strap_width / 2, y * (half + 2.0), -0.3 * self._thick]]
            bar.append([self.strap_width / 2, y * (half + 2.0), -0.3 * self._thick])
            parts.append(metal("face", tube(bar, 0.8, sides=8)))
        return parts

    def _crown(self) -> Part:
        reach = float(case_outline(self.shape)[:, 0].max()) * self.size / 2
        crown = tube([[reach, 0, -0.1 * self._thick], [reach + 2.0, 0, -0.1 * self._thick]], 0.045 * self.size + 0.5)
        return metal("face", crown)

    def _strap(self, line: Line, middle: float) -> list[Part]:
        reach = float(case_outline(self.shape)[:, 1].max()) * self.size / 2 + 1.6
        spans = ((middle + reach, line.length - 1.5), (middle - reach, 1.5))
        if self.strap.startswith("leather"):
            parts = [self._leather(line, span) for span in spans]
            parts += [] if line.closed else [self._hole(line, 6.0 + 7 * k) for k in range(5)]
            return parts + self._buckle(line, spans)
        if self.strap == "mesh":
            return [self._mesh(line, span) for span in spans] + self._clasp(line)
        return [part for span in spans for part in self._links(line, span)] + self._clasp(line)

    def _ribbon(self, line: Line, span: tuple[float, float], thick: float, ripple: float = 0.0) -> Part:
        count = 500 if ripple else 160
        spots = line.at(np.linspace(*span, count))
        share = np.linspace(0, 1, count)
        section = np.sign(circle(1.0, 20)) * np.abs(circle(1.0, 20)) ** 0.45 * [self.strap_width / 2, thick / 2]
        drop = 0.3 * self._thick * np.exp(-share * 12)[:, None] * spots.faces
        scale = (1 - 0.16 * share) * (1 - ripple * (np.arange(count) % 4 == 0))
        mesh = sweep(spots.places - drop, section, ups=spots.faces, scale=scale)
        return Part("strap", self.strap if self.strap.startswith("leather") else METAL, mesh)

    def _leather(self, line: Line, span: tuple[float, float]) -> Part:
        return self._ribbon(line, span, 2.6)

    def _mesh(self, line: Line, span: tuple[float, float]) -> Part:
        return self._ribbon(line, span, 1.8, ripple=0.035)

    def _hole(self, line: Line, at: float) -> Part:
        spot = line.at([at + 6.0])
        rim = Part("strap", "cord_black", torus(0.55, 0.45, count=16, sides=6).moved(offset=(0, 0, 1.0)))
        return place([rim], frame(spot.faces[0], spot.directions[0]), spot.places[0])[0]

    def _buckle(self, line: Line, spans: tuple[tuple[float, float], ...]) -> list[Part]:
        """A frame and its tongue at the end of the upper strap; on a closed strap where the two overlap."""
        half = 0.42 * self.strap_width + 1.4
        edge = circle(1.0, 48)
        curve = np.sign(edge) * np.abs(edge) ** 0.5 * [0.62 * half, half]
        loop = sweep(np.column_stack([curve, np.zeros(48)]), circle(0.9, 10), closed=True, ups=(0, 0, 1))
        tongue = tube([[-0.6 * half, 0, 0.4], [0.7 * half, 0, 0.9]], 0.55, sides=8)
        at = 0.0 if line.closed else spans[0][1] + 0.3 * half
        lift = 1.6 if line.closed else 0.0
        return set_along(line.at([at]), [[metal("closure", loop), metal("closure", tongue)]], rise=lift)

    def _clasp(self, line: Line) -> list[Part]:
        wide = 0.86 * self.strap_width
        if line.closed:
            return set_along(line.at([0.0]), [[metal("closure", rounded_box(16, wide, 2.6))]])
        box = [metal("closure", rounded_box(9, wide, 2.4))]
        tongue = [metal("closure", rounded_box(7, 0.8 * wide, 1.2))]
        return set_along(line.at([3.0]), [box]) + set_along(line.at([line.length - 3.0]), [tongue])

    def _links(self, line: Line, span: tuple[float, float]) -> list[Part]:
        pitch = 0.3 * self.strap_width if self.columns < 5 else 0.22 * self.strap_width
        count = int(abs(span[1] - span[0]) / pitch)
        spots = line.at(span[0] + (np.arange(count) + 0.5) * (span[1] - span[0]) / count)
        blocks: dict[str, list[Part]] = {METAL: [], SECOND_METAL: []}
        wide = self.strap_width / self.columns
        for k, (spot, direction, face) in enumerate(zip(spots.places, spots.directions, spots.faces, strict=True)):
            fade = 1 - 0.16 * k / count
            dip = 0.3 * self._thick * np.exp(-12 * k / count)
            for column in range(self.columns):
                middle = column % 2 == 1
                y = (column - (self.columns - 1) / 2) * wide * fade
                x = 0.5 * pitch if middle else 0.0
                box = rounded_box(0.96 * pitch, 0.95 * wide * fade, 2.4 if middle else 2.8, corner=0.5, count=4)
                block = metal("strap", box.moved(offset=(x, y, 0)))
                kind = SECOND_METAL if self.two_tone and middle else METAL
                blocks[kind] += place([block], frame(face, direction), spot - dip * face)
        return [Part("strap", kind, join([part.mesh for part in found])) for kind, found in blocks.items() if found]

    @classmethod
    def sample(cls, random: Generator) -> Watch:
        size = between(random, 22, 44)
        strap = pick(random, {"links": 4.0, "mesh": 1.2} | dict.fromkeys(LEATHERS, 1.3))
        set_with = maybe(random, 0.25)
        return cls(
            pick(random, {"round": 5.0, "square": 1.0, "cushion": 0.8, "tonneau": 0.7, "rectangle": 1.0, "oval": 0.5}),
            size,
            dial=pick(random, ("dial_white", "dial_black", "dial_blue", "dial_champagne")),
            markers=pick(random, {"bars": 3.0, "dots": 1.5, "quarters": 1.0, "roman": 0.8, "none": 0.3}),
            time=(float(pick(random, (10.0, 10.0, 1.0, 7.5))), between(random, 0, 59)),
            strap=strap,
            strap_width=round(size * between(random, 0.42, 0.56), 2),
            columns=pick(random, (3, 3, 5)),
            two_tone=maybe(random, 0.25),
            subdials=pick(random, {0: 4.0, 1: 0.6, 3: 1.0}) if size > 34 else 0,
            bezel_stone=Stone("diamond", "single", between(random, 1.1, 1.8)) if set_with else None,
            length=between(random, 190, 225),
            lay=pick(random, _LAYS),
            sway=between(random, 0, 0.2),
        )

    def facts(self) -> Facts:
        kind = "watch" if self.strap.startswith("leather") else "bracelet_watch"
        closure = "buckle" if self.strap.startswith("leather") else "fold_over"
        return Facts(kind, self.bezel_stone, "pave" if self.bezel_stone else "", "", "", closure)


FAMILIES: tuple[type, ...] = (Watch,)
