"""Necklaces with something fixed in front: a bar or a name between two chains, a lariat's drop."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from parure.render.chains import chain
from parure.render.chance import between, maybe, melee, pick, some_stone
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.necklace_lays import CLASPED, clasp, lay, some_lay, trimmed
from parure.render.families.pendant_hangers import Line, some_chain
from parure.render.families.pendant_letters import lettering, some_name
from parure.render.mesh import Floats, Part, all_vertices, on_floor, place, rotation
from parure.render.mounts import bezel, claws, metal, pave_row
from parure.render.solids import band_profile, circle, sweep, torus, tube

__all__ = ["FAMILIES", "BarNecklace", "LariatNecklace", "NameNecklace"]


def _chains_to(path: Floats, half: float, *, kind: str, width: float, closure: str) -> list[Part]:
    """Chain to both ends of something `half` long each way, that lies across the front of the line at y = 0."""
    path = path - path[len(path) // 2]
    front = np.abs(np.arange(len(path)) - len(path) // 2) < 0.3 * len(path)
    inside = np.flatnonzero(front & (np.abs(path[:, 0]) < half))
    left, right = path[: inside[0]], path[inside[-1] + 1 :]
    drop = np.array([0, float(left[-1, 1]), 0])
    size = 0.75 + 0.4 * width
    parts = place(clasp(closure, path, size), offset=-drop) if closure else []
    gap = 2 * size if closure else 0.0
    first, second = trimmed(left - drop, gap, 0.0), trimmed(right - drop, 0.0, gap)
    return [*parts, chain(kind, first, width), chain(kind, second, width)]


def _ring_at(x: float, size: float) -> Part:
    return metal("bail", torus(size, 0.22 * size, count=24, sides=8).moved(offset=(x, 0, 0)))


@dataclass(frozen=True)
class BarNecklace:
    """A bar across the front: plain, set with a row of small stones, or written upon; `curve` (mm) bows it."""

    length: float = 30.0
    thick: float = 2.0
    flat: bool = True
    stone: Stone | None = None
    text: str = ""
    curve: float = 0.0
    chain: str = "cable"
    chain_width: float = 1.3
    width: float = 70.0
    lay: str = "egg"

    def build(self) -> list[Part]:
        x = np.linspace(-self.length / 2, self.length / 2, 30)
        share = 2 * x / self.length
        line = np.column_stack([x, self.curve * (share**2 - 1), 0 * x])
        if self.flat:
            section = band_profile(2.0 * self.thick, 0.6 * self.thick, 5.0, 0.9)
            body = sweep(line, section, ups=(0, 0, 1))
        else:
            body = tube(line, self.thick / 2, sides=16)
        high = (0.6 if self.flat else 0.5) * self.thick
        closure = "lobster" if self.lay in CLASPED else ""
        ring = 0.9 + 0.3 * self.chain_width
        half = self.length / 2 + ring
        path = lay(self.lay, max(self.width, 2.4 * half), 1.2 * max(self.width, 2.4 * half))
        chains = _chains_to(path, half + 0.5 * ring, kind=self.chain, width=self.chain_width, closure=closure)
        rings = [_ring_at(side * half, ring) for side in (1, -1)]
        return on_floor([metal("face", body), *self._on_top(line, high), *chains, *rings])

    def _on_top(self, line: Floats, high: float) -> list[Part]:
        if self.text:
            letters = lettering(self.text, 1.1 * self.thick, 0.12 * self.thick, flat=0.6)
            across = float(np.ptp(all_vertices(letters)[:, 0]))
            return place(letters, offset=(-across / 2, -0.55 * self.thick, high))
        if self.stone is None:
            return []
        count = max(1, int(0.86 * self.length / (1.12 * self.stone.size)))
        at = np.linspace(0.07, 0.93, count) * (len(line) - 1)
        spots = np.column_stack([np.interp(at, np.arange(len(line)), line[:, k]) for k in range(3)])
        spots[:, 2] += high + 0.2 * self.stone.size
        ups, along = np.tile([0.0, 0, 1], (count, 1)), np.tile([1.0, 0, 0], (count, 1))
        return pave_row(spots, ups, self.stone.size, along=along, gem=self.stone.gem)

    @classmethod
    def sample(cls, random: Generator) -> BarNecklace:
        thick = between(random, 1.4, 3.2)
        flat, length = maybe(random, 0.7), between(random, 16, 42)
        stone = Stone(melee(random), "round", round((1.1 if flat else 0.8) * thick, 2)) if maybe(random, 0.45) else None
        text = some_name(random) if flat and thick > 2 and stone is None and maybe(random, 0.6) else ""
        return cls(
            max(length, 1.35 * thick * len(text)),
            thick,
            flat,
            stone=stone,
            text=text,
            curve=0.0 if text or maybe(random, 0.6) else between(random, 0.5, 4.0),
            chain=some_chain(random),
            chain_width=between(random, 0.9, 1.8),
            width=between(random, 45, 95),
            lay=some_lay(random, ("egg", "circle", "vee", "you")),
        )

    def facts(self) -> Facts:
        closure = "lobster" if self.lay in CLASPED else ""
        setting = "pave" if self.stone else ""
        return Facts("bar_necklace", self.stone, setting, "word" if self.text else "bar", self.chain, closure)


@dataclass(frozen=True)
class NameNecklace:
    """Letters in a row, joined by a line below them, between two chains; a stone after the last, or none."""

    text: str = "ANNA"
    size: float = 9.0
    wire: float = 0.6
    first: float = 1.4
    underline: bool = True
    stone: Stone | None = None
    chain: str = "cable"
    chain_width: float = 1.3
    width: float = 70.0
    lay: str = "egg"

    def build(self) -> list[Part]:
        letters = lettering(self.text, self.size, self.wire, first=self.first, flat=0.65)
        if self.stone is not None:
            right = float(all_vertices(letters)[:, 0].max())
            seat = bezel(self.stone, wall=0.35, depth=0.4)
            letters += place(seat, offset=(right + self.stone.size / 2 + 0.1, self.stone.size / 2, 0))
        low, high = (float(all_vertices(letters)[:, 0].min()), float(all_vertices(letters)[:, 0].max()))
        half = (high - low) / 2
        letters = place(letters, offset=(-(low + high) / 2, 0, 0))
        ring = 0.7 + 0.35 * self.chain_width
        base = [tube(np.array([[-half, 0, 0], [half, 0, 0]]), self.wire, sides=10)] if self.underline else []
        closure = "lobster" if self.lay in CLASPED else ""
        reach = half + 0.7 * ring
        path = lay(self.lay, max(self.width, 2.3 * half), 1.2 * max(self.width, 2.3 * half))
        chains = _chains_to(path, reach + 0.6 * ring, kind=self.chain, width=self.chain_width, closure=closure)
        rise = 0.0 if self.underline else 0.5 * self.size
        held = place([*chains, _ring_at(reach, ring), _ring_at(-reach, ring)], offset=(0, rise, 0))
        return on_floor([*letters, *(metal("face", mesh) for mesh in base), *held])

    @classmethod
    def sample(cls, random: Generator) -> NameNecklace:
        size = between(random, 6, 13)
        return cls(
            some_name(random),
            size,
            wire=round(between(random, 0.05, 0.085) * size, 2),
            first=pick(random, (1.0, 1.3, 1.5)),
            underline=True,
            stone=Stone(melee(random), "round", between(random, 1.8, 3.0)) if maybe(random, 0.2) else None,
            chain=some_chain(random),
            chain_width=between(random, 0.9, 1.8),
            width=between(random, 45, 95),
            lay=some_lay(random, ("egg", "circle", "vee", "you")),
        )

    def facts(self) -> Facts:
        closure = "lobster" if self.lay in CLASPED else ""
        return Facts("name_necklace", self.stone, "bezel" if self.stone else "", "word", self.chain, closure)


@dataclass(frozen=True)
class LariatNecklace:
    """A chain whose two sides meet in a ring or stone in front and go on as one, down to a drop: a Y."""

    stone: Stone
    chain: str = "cable"
    chain_width: float = 1.4
    tail: float = 30.0
    joint: str = "ring"  # or stone
    width: float = 60.0
    height: float = 80.0
    lay: str = "vee"

    def build(self) -> list[Part]:
        path = lay(self.lay, self.width, self.height)
        path = path - path[len(path) // 2] + np.array([0, 2.2, 0])
        closure = "lobster" if self.lay in CLASPED else ""
        parts = Line(path, self.chain, self.chain_width, closure).parts()
        if self.joint == "ring":
            parts.append(metal("frame", torus(2.6, 0.5, count=40, sides=10)))
        else:
            parts += bezel(Stone(self.stone.gem, "round", 4.4), wall=0.5, label="side_stone")
        tail = np.column_stack([np.zeros(40), np.linspace(-2.2, -2.2 - self.tail, 40), np.zeros(40)])
        parts.append(chain(self.chain, tail, self.chain_width))
        return on_floor(parts + place(self._drop(), offset=(0, -2.2 - self.tail, 0)))

    def _drop(self) -> list[Part]:
        if self.stone.cut == "bead":
            cap = sweep(np.array([[0, 0.6, 0], [0, -1.0, 0]]), circle(0.22 * self.stone.size, 14))
            return [metal("setting", cap), *place([self.stone.part()], offset=(0, -0.6 - self.stone.size / 2, 0))]
        head = claws(self.stone, depth=0.3 * self.stone.size) if self.stone.cut != "cabochon" else bezel(self.stone)
        head = place(head, rotation((0, 0, 1), 90))
        top = float(all_vertices(head)[:, 1].max())
        ring = torus(0.8, 0.2, count=20, sides=8).moved(offset=(0, -0.4, 0))
        return [metal("bail", ring), *place(head, offset=(0, -1.1 - top, 0))]

    @classmethod
    def sample(cls, random: Generator) -> LariatNecklace:
        width = between(random, 22, 80)
        return cls(
            some_stone(random, 4.5, 11),
            some_chain(random),
            between(random, 0.9, 2.2),
            tail=between(random, 14, 55),
            joint="stone" if maybe(random, 0.3) else "ring",
            width=width,
            height=round(width * between(random, 1.0, 1.6), 1),
            lay=some_lay(random, ("vee", "you", "egg")),
        )

    def facts(self) -> Facts:
        setting = {"bead": "drilled", "cabochon": "bezel"}.get(self.stone.cut, "prong")
        closure = "lobster" if self.lay in CLASPED else ""
        return Facts("lariat", self.stone, setting, chain_type=self.chain, closure=closure)


FAMILIES: tuple[type, ...] = (BarNecklace, NameNecklace, LariatNecklace)
