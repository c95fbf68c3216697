"""Bracelets of chain: any link alone or in strands, a plate, many charms."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from parure.render.chains import chain
from parure.render.chance import between, faceted, maybe, pick, whole
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.bracelet_heads import small_bezel
from parure.render.families.bracelet_lays import Line, laid, sample_lay
from parure.render.families.bracelet_parts import SOFT_CLASPS, clasp, hang, pendant, sample_pendant
from parure.render.mesh import Part, frame, place, rotation
from parure.render.mounts import metal
from parure.render.solids import circle, sweep, torus, tube

__all__ = ["FAMILIES", "FINE", "CharmBracelet", "IdBracelet", "LinkedBracelet", "strand"]

# Narrowest and widest of each kind as bracelets are sold, mm.
_WIDTHS = {
    "cable": (1.5, 6.5),
    "rolo": (2.0, 8.0),
    "curb": (2.5, 12.0),
    "cuban": (4.0, 14.0),
    "gourmette": (3.0, 12.0),
    "figaro": (2.5, 9.0),
    "rope": (2.0, 6.0),
    "box": (1.5, 5.0),
    "snake": (1.5, 5.0),
    "cocoon": (2.5, 6.0),
    "singapore": (1.5, 4.0),
    "wheat": (2.0, 6.0),
    "foxtail": (2.5, 6.0),
    "mesh": (5.0, 16.0),
    "herringbone": (3.0, 9.0),
    "omega": (3.0, 8.0),
    "paperclip": (2.5, 7.0),
    "oval_link": (4.0, 13.0),
    "round_link": (5.0, 16.0),
    "chunky_link": (7.0, 16.0),
    "double_link": (4.0, 10.0),
    "byzantine": (3.5, 8.0),
    "mariner": (3.0, 10.0),
    "ball": (1.5, 5.0),
    "satellite": (1.5, 3.5),
    "bar_link": (1.5, 4.0),
}
FINE = ("cable", "rolo", "curb", "figaro", "box", "snake", "singapore", "satellite", "ball", "paperclip")


def strand(kind: str, line: Line, width: float, start: float, end: float) -> Part:
    """A chain between two distances along the line, its broad side towards the front."""
    spots = line.at(np.linspace(start, end, 900))
    return chain(kind, spots.places, width, ups=spots.faces)


@dataclass(frozen=True)
class LinkedBracelet:
    """One to three strands of one kind of chain."""

    kind: str
    width: float
    strands: int = 1
    closure: str = "lobster"
    length: float = 180.0
    lay: str = "loop"
    sway: float = 0.0

    def build(self) -> list[Part]:
        line = laid(self.lay, self.length, self.sway)
        size = 1.1 + 0.17 * self.width
        parts = clasp(line, self.closure, size)
        for k in range(self.strands):
            side = line.beside((k - (self.strands - 1) / 2) * 1.35 * self.width)
            parts.append(strand(self.kind, side, self.width, 1.9 * size, side.length - 1.9 * size))
        return line.finish(parts + self._end_bars(line, size))

    def _end_bars(self, line: Line, size: float) -> list[Part]:
        """What joins the strands to one clasp."""
        if self.strands == 1:
            return []
        reach = 1.35 * self.width * (self.strands - 1) / 2 + 0.4 * self.width
        bar = metal("closure", tube([[0, -reach, 0], [0, reach, 0]], 0.5 + 0.1 * self.width, sides=10))
        ends = line.at([1.7 * size, line.length - 1.7 * size])
        return [
            part
            for spot, direction, face in zip(ends.places, ends.directions, ends.faces, strict=True)
            for part in place([bar], frame(face, direction), spot)
        ]

    @classmethod
    def sample(cls, random: Generator) -> LinkedBracelet:
        kind = pick(random, tuple(_WIDTHS))
        low, high = _WIDTHS[kind]
        strands = pick(random, {1: 5.0, 2: 0.7, 3: 0.4}) if low < 3.5 else 1
        lay, sway = sample_lay(random)
        width = low + (high - low) * float(random.random()) ** 1.5 / strands
        closures = SOFT_CLASPS | ({"fold_over": 2.0, "box_clasp": 2.0} if kind in ("mesh", "cuban", "omega") else {})
        return cls(kind, round(width, 2), strands, pick(random, closures), between(random, 160, 205), lay, sway)

    def facts(self) -> Facts:
        return Facts("chain_bracelet", None, "", "", self.kind, self.closure)


@dataclass(frozen=True)
class CharmBracelet:
    """Charms at even places of a chain; each is (form, size, stone or None), as `bracelet_parts.pendant` takes them."""

    charms: tuple[tuple[str, float, Stone | None], ...]
    kind: str = "cable"
    width: float = 4.5
    closure: str = "lobster"
    length: float = 180.0
    lay: str = "loop"
    sway: float = 0.0

    def build(self) -> list[Part]:
        line = laid(self.lay, self.length, self.sway)
        size = 1.1 + 0.17 * self.width
        parts = [strand(self.kind, line, self.width, 1.9 * size, line.length - 1.9 * size)]
        parts += clasp(line, self.closure, size)
        count = len(self.charms)
        for k, (form, tall, stone) in enumerate(self.charms):
            at = line.length * (0.5 if count == 1 else 0.12 + 0.76 * k / (count - 1))
            parts += hang(self._linked(form, tall, stone), line, at, swing=16.0 * np.sin(2.7 * k))
        return line.finish(parts)

    def _linked(self, form: str, tall: float, stone: Stone | None) -> list[Part]:
        """The charm and the ring around the chain that holds it."""
        reach = 0.5 * self.width + 0.5
        ring = metal(
            "bail", torus(reach, 0.35, count=24, sides=8).moved(rotation((0, 1, 0), 90), (0, -0.25 * reach, 0))
        )
        return [ring, *place(pendant(form, tall, stone), offset=(0, -1.1 * reach + 0.3, 0))]

    @classmethod
    def sample(cls, random: Generator) -> CharmBracelet:
        lay, sway = sample_lay(random, without=("spiral", "standing"))
        kind = pick(random, ("cable", "rolo", "curb", "oval_link", "figaro", "double_link", "paperclip", "box"))
        return cls(
            tuple(sample_pendant(random) for _ in range(whole(random, 1, 9))),
            kind,
            between(random, 2.0, 7.0),
            pick(random, SOFT_CLASPS),
            between(random, 165, 200),
            lay,
            sway,
        )

    def facts(self) -> Facts:
        stones = [stone for _, _, stone in self.charms if stone is not None]
        forms = {"disc": "circle", "square": "geometric", "ball": "", "stone": ""}
        motif = forms.get(self.charms[0][0], self.charms[0][0]) if len(self.charms) == 1 else ""
        setting = ("drilled" if stones[0].cut == "bead" else "bezel") if stones else ""
        return Facts("charm_bracelet", stones[0] if stones else None, setting, motif, self.kind, self.closure)


@dataclass(frozen=True)
class IdBracelet:
    """A plate, curved to the wrist, on a chain; a stone may sit at its middle."""

    kind: str = "curb"
    width: float = 6.0
    plate: float = 36.0
    tall: float = 8.0
    stone: Stone | None = None
    closure: str = "lobster"
    length: float = 190.0
    lay: str = "loop"
    sway: float = 0.0

    def build(self) -> list[Part]:
        line = laid(self.lay, self.length, self.sway)
        size = 1.1 + 0.17 * self.width
        middle, half = line.length / 2, self.plate / 2
        parts = [
            strand(self.kind, line, self.width, 1.9 * size, middle - half + 0.8),
            strand(self.kind, line, self.width, middle + half - 0.8, line.length - 1.9 * size),
            self._plate(line, middle),
            *clasp(line, self.closure, size),
        ]
        if self.stone is not None:
            spot = line.at([middle])
            head = place(small_bezel(self.stone, "centre_stone"), offset=(0, 0, 0.9 + 0.1 * self.stone.size))
            parts += place(head, frame(spot.faces[0], spot.directions[0]), spot.places[0])
        return line.finish(parts)

    def _plate(self, line: Line, middle: float) -> Part:
        t = np.linspace(-1, 1, 60)
        spots = line.at(middle + t * self.plate / 2)
        section = np.sign(circle(1.0, 24)) * np.abs(circle(1.0, 24)) ** 0.4 * [self.tall / 2, 0.8]
        return metal("face", sweep(spots.places, section, ups=spots.faces, scale=1 - 0.35 * np.abs(t) ** 14))

    @classmethod
    def sample(cls, random: Generator) -> IdBracelet:
        lay, sway = sample_lay(random)
        width = between(random, 2.0, 9.0)
        return cls(
            pick(random, ("curb", "figaro", "cuban", "gourmette", "mariner", "cable", "box", "rolo")),
            width,
            plate=between(random, 22, 46),
            tall=round(width * between(random, 1.1, 2.0), 2),
            stone=faceted(random, 1.8, 3.0, cuts=("round",)) if maybe(random, 0.2) else None,
            closure=pick(random, SOFT_CLASPS),
            length=between(random, 165, 210),
            lay=lay,
            sway=sway,
        )

    def facts(self) -> Facts:
        setting = "bezel" if self.stone is not None else ""
        return Facts("id_bracelet", self.stone, setting, "bar", self.kind, self.closure)


FAMILIES: tuple[type, ...] = (LinkedBracelet, CharmBracelet, IdBracelet)
