"""Tie clips: a bar in front, a spring behind it, joined at one end."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from parure.render.chance import between, cabochon, faceted, maybe, pick, whole
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.bracelet_heads import small_bezel
from parure.render.families.bracelet_parts import rounded_box
from parure.render.mesh import METAL, SECOND_METAL, Part, on_floor, place, rotation
from parure.render.mounts import metal
from parure.render.solids import circle, sweep, tube

__all__ = ["FAMILIES", "TieClip"]


@dataclass(frozen=True)
class TieClip:
    """`pattern`: plain, lines across, ridge (two, along), two_tone or an enamel's name; `stones` sit in a row."""

    length: float = 52.0
    width: float = 5.5
    pattern: str = "plain"
    stone: Stone | None = None
    stones: int = 0
    at: float = 0.0
    tilt: float = 0.0

    def build(self) -> list[Part]:
        half = self.length / 2
        parts = [metal("face", rounded_box(self.length, self.width, 1.5, corner=0.2)), self._spring(half)]
        parts += self._pattern(half)
        if self.stone is not None:
            head = small_bezel(self.stone)
            pitch = 1.25 * self.stone.size + 0.4
            for k in range(self.stones):
                x = self.at * (half - 8) + (k - (self.stones - 1) / 2) * pitch
                parts += place(head, offset=(x, 0, 0.75 + 0.14 * self.stone.size))
        return on_floor(place(parts, rotation((1, 0, 0), self.tilt)))

    def _spring(self, half: float) -> Part:
        """The back: round the end, then along, lightly waved, to teeth near the other."""
        t = np.linspace(-np.pi / 2, np.pi / 2, 14)
        bend = np.column_stack([-half - 1.6 * np.cos(t) + 0.4, 0 * t, -2.0 - 2.0 * np.sin(-t)])[::-1]
        x = np.linspace(-half + 1, 0.72 * half, 40)
        back = np.column_stack([x, 0 * x, -4.0 + 1.9 * np.sin(np.linspace(0, np.pi * 0.9, 40)) ** 2])
        corner = np.sign(circle(1.0, 16)) * np.abs(circle(1.0, 16)) ** 0.4
        path = np.vstack([bend, back])
        return metal("closure", sweep(path, corner * [0.45, 0.4 * self.width], ups=(0, 1, 0)))

    def _pattern(self, half: float) -> list[Part]:
        if self.pattern.startswith("enamel"):
            box = rounded_box(self.length - 4, 0.55 * self.width, 0.5).moved(offset=(0, 0, 0.72))
            return [Part("enamel", self.pattern, box)]
        if self.pattern == "lines":
            spots = np.arange(-half + 4, half - 3, 2.4)
            rows = [tube([[x, -0.42 * self.width, 0.72], [x, 0.42 * self.width, 0.72]], 0.3, sides=8) for x in spots]
            return [metal("face", row) for row in rows]
        if self.pattern in ("ridge", "two_tone"):
            material = SECOND_METAL if self.pattern == "two_tone" else METAL
            wires = [tube([[-half + 2, y, 0.75], [half - 2, y, 0.75]], 0.45, sides=8) for y in self._rows()]
            return [Part("face", material, wire) for wire in wires]
        return []

    def _rows(self) -> tuple[float, ...]:
        return (-0.28 * self.width, 0.28 * self.width)

    @classmethod
    def sample(cls, random: Generator) -> TieClip:
        width = between(random, 4, 8)
        stone = None
        if maybe(random, 0.4):
            size = between(random, 1.8, 0.85 * width)
            stone = (
                cabochon(random, size, size + 0.1)
                if maybe(random, 0.25)
                else faceted(random, size, size + 0.1, cuts=("round", "princess", "emerald"))
            )
        patterns = {"plain": 2.0, "lines": 1.0, "ridge": 1.0, "two_tone": 0.8, "enamel_black": 0.7, "enamel_blue": 0.5}
        return cls(
            between(random, 38, 62),
            width,
            pick(random, patterns) if stone is None else pick(random, ("plain", "ridge")),
            stone,
            stones=0 if stone is None else whole(random, 1, 3),
            at=pick(random, (0.0, 0.0, 0.8)),
            tilt=pick(random, (0.0, 0.0, between(random, 20, 90))),
        )

    def facts(self) -> Facts:
        return Facts("tie_clip", self.stone, "bezel" if self.stone else "", "bar", "", "clip")


FAMILIES: tuple[type, ...] = (TieClip,)
