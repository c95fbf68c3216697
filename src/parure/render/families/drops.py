"""Earrings that hang: linked dangles, pearls below a column of stones, threaders, rings that face the viewer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.random import Generator

from parure.render.chains import cable_chain, path_length, walk
from parure.render.chance import bead, between, cabochon, faceted, maybe, melee, pick, some_stone, whole
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.ear_findings import TOPS, cap, chosen_top, collet, ring
from parure.render.families.ear_outlines import FORMS, MOTIFS, flat_form
from parure.render.families.ear_poses import Earring, posed
from parure.render.families.earrings import hang, held
from parure.render.mesh import Floats, Mesh, Part, all_vertices, place, rotation
from parure.render.mounts import metal, pave_row
from parure.render.solids import band_profile, circle, sweep, tube

__all__ = ["FAMILIES", "DangleEarrings", "FrontHoops", "PearlDrops", "ThreaderEarrings"]

_UPRIGHT = rotation((0, 0, 1), 90)
_FASTEN: Mapping[str, float] = {"hook": 0.55, "lever": 0.2, "post": 0.25}


def set_drop(stone: Stone) -> list[Part]:
    """A stone ready to hang: a bead under its cap, anything else in a thin collar, point up."""
    if stone.cut != "bead":
        return place(collet(stone, "centre_stone"), _UPRIGHT)
    return [stone.part(), *place([cap(0.3 * stone.size, 0.14 * stone.size)], offset=(0, 0.56 * stone.size, 0))]


def linked(elements: list[list[Part]]) -> list[Part]:
    """Elements one below the other on jump rings, the first ring hanging from the origin."""
    parts, y = [], 0.0
    for element in elements:
        middle = float(np.mean(all_vertices(element)[:, 2]))
        parts.append(ring(np.array([0.0, y, 0.0]), radius=0.85))
        hung = place(hang(element, y - 1.15), offset=(0, 0, -middle))
        parts += hung
        y = float(all_vertices(hung)[:, 1].min()) + 0.3
    return parts


@dataclass(frozen=True)
class DangleEarrings(Earring):
    """Forms and stones linked one below the other. `elements` are names of flat forms, "loop" for an open ring, or
    "stone"; `sizes` in mm repeat over them."""

    elements: tuple[str, ...] = ("disc", "stone")
    sizes: tuple[float, ...] = (7.0,)
    stone: Stone = Stone("turquoise", "cabochon", 8.0)
    fasten: str = "hook"

    @classmethod
    def sample(cls, random: Generator) -> Self:
        form = pick(random, FORMS)
        small = pick(random, ("disc", "loop", "bar", form))
        elements = pick(
            random,
            {
                (form, "stone"): 0.2,
                (form,): 0.2,
                ("stone", form): 0.2,
                ("loop", "loop", "loop"): 0.07,
                (form, form, form): 0.1,
                ("stone", "stone"): 0.1,
                (small, "stone", form): 0.13,
            },
        )
        sizes = tuple(between(random, 5.0, 14.0) for _ in range(pick(random, (1, len(elements)))))
        stone = some_stone(random, 4.5, 10.0)
        return posed(random, cls(elements, sizes, stone, pick(random, _FASTEN)))

    def facts(self) -> Facts:
        named = [name for name in self.elements if name != "stone"]
        motif = ({"loop": "circle"} | MOTIFS)[named[0]] if named else ""
        stone = self.stone if "stone" in self.elements else None
        setting = held(stone, collar=True) if stone else ""
        return Facts("dangle_earring", stone, setting, motif, closure=TOPS[self.fasten])

    def one(self, *, worn: bool = False) -> list[Part]:
        top = chosen_top(self.fasten, None, worn=worn)
        sizes = [self.sizes[k % len(self.sizes)] for k in range(len(self.elements))]
        bodies = [self._element(name, size) for name, size in zip(self.elements, sizes, strict=True)]
        return [*top.parts, *place(linked(bodies), offset=top.hang)]

    def _element(self, name: str, size: float) -> list[Part]:
        if name == "stone":
            return set_drop(self.stone)
        if name == "loop":
            return [ring(np.zeros(3), radius=size / 2, wire=0.55, label="ring")]
        return flat_form(name, 1.6 * size if name == "bar" else size, 0.8)


@dataclass(frozen=True)
class PearlDrops(Earring):
    """A pearl, round or long, below a column of small stones and perhaps a stone at the ear."""

    pearl: Stone
    length: float = 1.0  # of the pearl, relative to its width
    column: int = 0
    gem: str = "diamond"
    top: Stone | None = None
    fasten: str = "hook"

    @classmethod
    def sample(cls, random: Generator) -> Self:
        pearl = bead(random, 6.0, 13.0, pearl=True)
        top = faceted(random, 2.4, 5.0, cuts=("round", "pear", "marquise", "oval")) if maybe(random, 0.45) else None
        length = between(random, 1.15, 1.6) if maybe(random, 0.4) else 1.0
        column = whole(random, 1, 7) if maybe(random, 0.5) else 0
        return posed(random, cls(pearl, length, column, melee(random), top, pick(random, _FASTEN)))

    def facts(self) -> Facts:
        closure = TOPS["post" if self.top is not None else self.fasten]
        return Facts("drop_earring", self.pearl, "drilled", "drop" if self.length > 1.1 else "", closure=closure)

    def one(self, *, worn: bool = False) -> list[Part]:
        top = chosen_top(self.fasten, self.top, worn=worn)
        bead_part, cover = self.pearl.part(), cap(0.32 * self.pearl.size, 0.15 * self.pearl.size)
        high = 0.5 * self.length * self.pearl.size
        long = Part(bead_part.label, bead_part.material, self._drawn_out(bead_part.mesh.vertices, bead_part))
        body = [long, *place([cover], offset=(0, high + 0.06 * self.pearl.size, 0))]
        elements = [self._column(), body] if self.column else [body]
        return [*top.parts, *place(linked(elements), offset=top.hang)]

    def _drawn_out(self, vertices: Floats, part: Part) -> Mesh:
        """Longer, and narrower towards the top: a drop-shaped pearl keeps its belly low."""
        share = vertices[:, 1] / (self.pearl.size / 2)
        narrow = 1 - min(0.45, 0.7 * (self.length - 1)) * np.clip(share, 0, 1) ** 1.5
        return Mesh(vertices * np.column_stack([narrow, np.full(len(share), self.length), narrow]), part.mesh.faces)

    def _column(self) -> list[Part]:
        parts: list[Part] = []
        y = 0.0
        for index in range(self.column):
            size = 1.7 + 0.12 * index
            y -= size / 2 + 0.25
            parts += place(collet(Stone(self.gem, "single", size), wall=0.25), offset=(0, y, 0))
            y -= size / 2 + 0.05
        return parts


@dataclass(frozen=True)
class ThreaderEarrings(Earring):
    """A fine chain through the ear: a needle behind, an ornament in front; lengths in mm from the lobe."""

    front: float = 30.0
    back: float = 35.0
    form: str = ""  # a flat form, or empty for the stone, or for a bar where there is none
    stone: Stone | None = None
    wire: float = 0.16

    @classmethod
    def sample(cls, random: Generator) -> Self:
        kind = pick(random, {"stone": 0.45, "form": 0.3, "bar": 0.25})
        stone = pick(random, (bead(random, 3.0, 7.0), faceted(random, 3.0, 6.0), cabochon(random, 4.0, 7.0)))
        form = pick(random, FORMS) if kind == "form" else ""
        ends = between(random, 15, 60), between(random, 20, 55)
        return posed(random, cls(*ends, form, stone if kind == "stone" else None, between(random, 0.13, 0.22)))

    def facts(self) -> Facts:
        setting = held(self.stone, collar=True) if self.stone else ""
        motif = MOTIFS[self.form] if self.form else "" if self.stone else "bar"
        return Facts("threader_earring", self.stone, setting, motif, "cable", "no_closure")

    def one(self, *, worn: bool = False) -> list[Part]:
        angles = np.linspace(0, np.pi, 24)
        lobe = np.array([0.0, 0.0, -1.0]) if worn else np.array([1.0, 0.0, 0.0])
        half = 2.0 if worn else 4.0
        over = half * (1 - np.cos(angles))[:, None] * lobe + np.outer(0.8 * half * np.sin(angles), (0, 1, 0))
        over = over - np.array([0.0, 0.8 * half, 0.0])
        front = np.column_stack([np.zeros(60), np.linspace(-self.front, over[0, 1], 60), np.zeros(60)])[:-1]
        behind = over[-1] + np.column_stack([np.zeros(60), np.linspace(0, -self.back, 60), np.zeros(60)])[1:]
        chain = cable_chain(np.vstack([front, over, behind]), length=9 * self.wire, width=6 * self.wire, wire=self.wire)
        needle = metal("post", tube([behind[-1], behind[-1] - np.array([0, 14.0, 0])], 0.4, sides=10))
        return [chain, needle, *place(linked([self._ornament()]), offset=(0, -self.front + 0.5, 0))]

    def _ornament(self) -> list[Part]:
        if self.stone is not None:
            return set_drop(self.stone)
        return (
            flat_form(self.form, 7.0, 0.8)
            if self.form
            else [metal("charm", tube(np.array([[0, 0, 0], [0, -16.0, 0]]), 0.7))]
        )


@dataclass(frozen=True)
class FrontHoops(Earring):
    """Open rings that hang facing the viewer: round, oval or squarish, plain or set, a stone swinging inside or not."""

    radius: float = 12.0
    stretch: float = 1.0
    power: float = 2.0
    wire: float = 1.0
    flat: float = 0.0  # the face's width in mm; 0 is round wire
    pave: bool = False
    gem: str = "diamond"
    inner: Stone | None = None
    top: Stone | None = None
    fasten: str = "post"

    @classmethod
    def sample(cls, random: Generator) -> Self:
        pave = maybe(random, 0.35)
        piece = cls(
            between(random, 6.0, 22.0),
            pick(random, {1.0: 0.6, between(random, 1.15, 1.6): 0.4}),
            pick(random, {2.0: 0.7, between(random, 2.6, 5.0): 0.15, between(random, 1.25, 1.6): 0.15}),
            between(random, 0.6, 1.3),
            between(random, 2.0, 4.5) if not pave and maybe(random, 0.4) else 0.0,
            pave,
            melee(random),
            some_stone(random, 4.0, 6.0) if maybe(random, 0.35) else None,
            faceted(random, 2.5, 5.0, cuts=("round", "princess", "oval")) if maybe(random, 0.3) else None,
            pick(random, _FASTEN),
        )
        return posed(random, piece)

    def facts(self) -> Facts:
        stone = self.inner or (Stone(self.gem, "round", 1.5) if self.pave else self.top)
        setting = "pave" if self.pave else "" if stone is None else held(stone, collar=stone is self.inner)
        closure = TOPS["post" if self.top is not None else self.fasten]
        return Facts("hoop_earring", stone, setting, "circle" if self.power == 2.0 else "geometric", closure=closure)

    def one(self, *, worn: bool = False) -> list[Part]:
        top = chosen_top(self.fasten, self.top, worn=worn)
        loop = place(self._ring(), offset=(0, -1.2 - self.radius * self.stretch, 0))
        parts = [ring(np.zeros(3), radius=0.8 + self._thick()), *loop]
        if self.inner is not None:
            inside = -1.0 - 2 * self._thick()
            parts += place(linked([set_drop(self.inner)]), offset=(0, inside + 0.3, 0))
        return [*top.parts, *place(parts, offset=top.hang)]

    def _thick(self) -> float:
        return self.flat / 2 if self.flat else self.wire

    def _path(self) -> Floats:
        angles = np.linspace(0, 2 * np.pi, 161)
        cos, sin = np.cos(angles), np.sin(angles)
        reach = self.radius * (np.abs(cos) ** self.power + np.abs(sin) ** self.power) ** (-1 / self.power)
        return np.column_stack([reach * cos, self.stretch * reach * sin, 0 * angles])

    def _ring(self) -> list[Part]:
        path = self._path()
        section = band_profile(self.flat, 1.1, 3.0, 0.6) if self.flat else circle(self.wire, 18)
        parts = [metal("hoop", sweep(path[:-1], section, closed=True, ups=(0, 0, 1)))]
        if self.pave:
            size = min(1.9, 1.45 * self.wire)
            seats, ahead = walk(path, int(path_length(path) / (1.1 * size)))
            up = np.tile([0.0, 0.0, 1.0], (len(seats), 1))
            parts += pave_row(seats + up * (0.95 * self.wire + 0.26 * size), up, size, gem=self.gem, along=ahead)
        return parts


FAMILIES: tuple[type, ...] = (DangleEarrings, PearlDrops, ThreaderEarrings, FrontHoops)
