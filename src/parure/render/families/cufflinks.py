"""Cufflinks, a pair: a face, a post behind it and a toggle across the post's end."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator

from parure.render.chance import between, cabochon, faceted, maybe, pick
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.bracelet_heads import small_bezel
from parure.render.families.bracelet_parts import rounded_box
from parure.render.mesh import Floats, Part, on_floor, place, rotation
from parure.render.mounts import metal
from parure.render.outlines import evenly
from parure.render.solids import ball, circle, plate, sweep, torus, tube

__all__ = ["FAMILIES", "Cufflinks"]

_ENAMELS = ("enamel_red", "enamel_blue", "enamel_green", "enamel_black", "enamel_white")


@dataclass(frozen=True)
class Cufflinks:
    """`shape`: round, square, oval, octagon, bar, knot or ball. `inlay` is an enamel, `stone` sits in the middle.

    `tilts` lean the two links back from lying face up; `apart` is between their middles.
    """

    shape: str = "round"
    size: float = 16.0
    dome: float = 0.5
    rim: bool = True
    inlay: str = ""
    stone: Stone | None = None
    toggle: str = "torpedo"
    tilts: tuple[float, float] = (0.0, 0.0)
    turns: tuple[float, float] = (0.0, 15.0)
    apart: float = 26.0

    def build(self) -> list[Part]:
        link = self._face() + self._back()
        parts: list[Part] = []
        for k, (tilt, turn) in enumerate(zip(self.tilts, self.turns, strict=True)):
            posed = on_floor(place(link, rotation((0, 0, 1), turn) @ rotation((1, 0, 0), tilt)))
            parts += [replace(part, instance=k) for part in place(posed, offset=((k - 0.5) * self.apart, 0, 0))]
        return parts

    def _outline(self) -> Floats:
        edge = circle(1.0, 120)
        power, aspect = {"square": (0.3, 0.88), "oval": (1.0, 0.75), "bar": (0.3, 0.42)}.get(self.shape, (1.0, 1.0))
        if self.shape == "octagon":
            corner = circle(1.0, 8) @ np.array([[0.9239, 0.3827], [-0.3827, 0.9239]])
            return evenly(corner, 120) * self.size / 2
        return evenly(np.sign(edge) * np.abs(edge) ** power * [1, aspect], 120) * self.size / 2

    def _face(self) -> list[Part]:
        """The front, its back at z = 0."""
        if self.shape == "knot":
            return self._knot()
        if self.shape == "ball":
            return [metal("face", ball(0.45 * self.size).moved(offset=(0, 0, 0.4 * self.size)))]
        outline, thick = self._outline(), 2.2
        parts = [metal("face", plate(outline, thick, dome=0.0 if self.inlay else self.dome))]
        top = thick + (0.0 if self.inlay else self.dome)
        if self.rim:
            path = np.column_stack([outline * 0.95, np.full(120, thick)])
            parts.append(metal("face", sweep(path, circle(0.55, 10), closed=True, ups=(0, 0, 1))))
        if self.inlay:
            parts.append(
                Part("enamel", self.inlay, plate(outline * 0.88, 0.6, dome=0.25).moved(offset=(0, 0, thick - 0.3)))
            )
            top += 0.55
        if self.stone is not None:
            rise = top + (0.1 if self.stone.cut == "cabochon" else 0.2) * self.stone.size
            parts += place(small_bezel(self.stone, "centre_stone"), offset=(0, 0, rise))
        return parts

    def _knot(self) -> list[Part]:
        """Three bundles of wire wound over one another."""
        radius, wire = 0.36 * self.size, 0.045 * self.size + 0.25
        parts = []
        for degrees, axis in ((90, (1, 0, 0)), (90, (0, 1, 0)), (0, (1, 0, 0))):
            for shift in (-1.9 * wire, 0.0, 1.9 * wire):
                reach = float(np.sqrt(radius**2 - shift**2))
                ring = torus(reach, wire, count=48, sides=10).moved(offset=(0, 0, shift))
                parts.append(metal("face", ring.moved(rotation(axis, degrees), (0, 0, radius + wire))))
        core = ball(0.95 * radius).moved(offset=(0, 0, radius + wire))
        return [*parts, metal("face", core)]

    def _back(self) -> list[Part]:
        reach = 12.0 + 0.15 * self.size
        post = metal("post", tube([[0, 0, 0.3], [0, 0, -reach]], 1.1, sides=12))
        if self.toggle == "torpedo":
            bar = tube([[-7.5, 0, -reach], [7.5, 0, -reach]], 1.9, sides=16)
        elif self.toggle == "disc":
            bar = plate(circle(5.5, 60), 1.4).moved(offset=(0, 0, -reach))
        else:
            bar = rounded_box(16, 4, 2).moved(offset=(0, 0, -reach))
        return [post, metal("closure", bar)]

    @classmethod
    def sample(cls, random: Generator) -> Cufflinks:
        shape = pick(
            random, {"round": 3.0, "square": 2.0, "oval": 1.2, "octagon": 0.8, "bar": 0.6, "knot": 1.0, "ball": 0.4}
        )
        size = between(random, 11, 20)
        plain = shape in ("knot", "ball")
        stone = None
        if not plain and maybe(random, 0.45):
            room = (0.36 if shape == "bar" else 0.62) * size
            opaque = maybe(random, 0.5)
            stone = cabochon(random, 0.6 * room, room) if opaque else faceted(random, 0.35 * room, room)
        lean = pick(random, (0.0, 0.0, between(random, 20, 75)))
        return cls(
            shape,
            size,
            dome=between(random, 0.0, 0.12) * size / 2,
            rim=maybe(random, 0.6),
            inlay=pick(random, _ENAMELS) if not plain and maybe(random, 0.4) else "",
            stone=stone,
            toggle=pick(random, {"torpedo": 3.0, "disc": 1.0, "whale": 1.5}),
            tilts=(lean, pick(random, (lean, between(random, 50, 90)))),
            turns=(between(random, -25, 25), between(random, -60, 60)),
            apart=round(size + between(random, 8, 16), 2),
        )

    def facts(self) -> Facts:
        motif = {"knot": "knot", "round": "circle", "bar": "bar", "square": "geometric", "octagon": "geometric"}
        return Facts("cufflink", self.stone, "bezel" if self.stone else "", motif.get(self.shape, ""), "", "")


FAMILIES: tuple[type, ...] = (Cufflinks,)
