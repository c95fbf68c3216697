"""Capital letters as strokes of wire: a letter to wear, a name or a word between two chains.

The alphabet is drawn in a box one high; round ends make the joints, so strokes only need to meet.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.random import Generator

from parure.render.chance import between, maybe, melee, pick
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.pendant_hangers import Hanger, hung_by_chance
from parure.render.families.pendants import hung_type
from parure.render.mesh import Floats, Part, place
from parure.render.mounts import bezel, metal
from parure.render.solids import tube

__all__ = ["FAMILIES", "LETTERS", "LetterPendant", "lettering", "some_name"]


def _line(*points: tuple[float, float]) -> tuple[Floats, ...]:
    """Straight strokes from point to point."""
    return tuple(np.linspace(a, b, 6) for a, b in pairwise(points))


def _bow(x: float, y: float, wide: float, tall: float, *, turn: tuple[float, float]) -> tuple[Floats, ...]:
    """Part of an ellipse about (x, y), between two angles in degrees."""
    angles = np.radians(np.linspace(*turn, 26))
    return (np.column_stack([x + wide * np.cos(angles), y + tall * np.sin(angles)]),)


_STEM = _line((0, 0), (0, 1))
_RIGHT = (90.0, -90.0)
_UPPER = (*_line((0, 1), (0.3, 1)), *_bow(0.3, 0.75, 0.26, 0.25, turn=_RIGHT), *_line((0, 0.5), (0.3, 0.5)))
_LOWER = (*_bow(0.32, 0.25, 0.3, 0.25, turn=_RIGHT), *_line((0, 0), (0.32, 0)))

LETTERS: dict[str, tuple[Floats, ...]] = {
    "A": (*_line((0, 0), (0.38, 1), (0.76, 0)), *_line((0.14, 0.36), (0.62, 0.36))),
    "B": (*_STEM, *_UPPER, *_LOWER),
    "C": _bow(0.42, 0.5, 0.42, 0.5, turn=(48, 312)),
    "D": (
        *_STEM,
        *_line((0, 1), (0.24, 1)),
        *_bow(0.24, 0.5, 0.44, 0.5, turn=_RIGHT),
        *_line((0, 0), (0.24, 0)),
    ),
    "E": (*_STEM, *_line((0, 1), (0.56, 1)), *_line((0, 0.52), (0.46, 0.52)), *_line((0, 0), (0.56, 0))),
    "F": (*_STEM, *_line((0, 1), (0.56, 1)), *_line((0, 0.52), (0.46, 0.52))),
    "G": (*_bow(0.42, 0.5, 0.42, 0.5, turn=(48, 360)), *_line((0.84, 0.5), (0.5, 0.5))),
    "H": (*_STEM, *_line((0.66, 0), (0.66, 1)), *_line((0, 0.5), (0.66, 0.5))),
    "I": _line((0.1, 0), (0.1, 1)),
    "J": (*_line((0.46, 1), (0.46, 0.26)), *_bow(0.23, 0.26, 0.23, 0.26, turn=(0, -180))),
    "K": (*_STEM, *_line((0, 0.4), (0.6, 1)), *_line((0.18, 0.58), (0.64, 0))),
    "L": (*_STEM, *_line((0, 0), (0.54, 0))),
    "M": _line((0, 0), (0.08, 1), (0.44, 0.2), (0.8, 1), (0.88, 0)),
    "N": _line((0, 0), (0, 1), (0.66, 0), (0.66, 1)),
    "O": _bow(0.45, 0.5, 0.45, 0.5, turn=(0, 360)),
    "P": (*_STEM, *_UPPER),
    "Q": (*_bow(0.45, 0.5, 0.45, 0.5, turn=(0, 360)), *_line((0.55, 0.25), (0.9, -0.06))),
    "R": (*_STEM, *_UPPER, *_line((0.26, 0.5), (0.6, 0))),
    "S": (*_bow(0.29, 0.74, 0.27, 0.26, turn=(35, 270)), *_bow(0.29, 0.24, 0.29, 0.24, turn=(90, -148))),
    "T": (*_line((0.35, 0), (0.35, 1)), *_line((0, 1), (0.7, 1))),
    "U": (
        *_line((0, 1), (0, 0.34)),
        *_bow(0.33, 0.34, 0.33, 0.34, turn=(180, 360)),
        *_line((0.66, 0.34), (0.66, 1)),
    ),
    "V": _line((0, 1), (0.36, 0), (0.72, 1)),
    "W": _line((0, 1), (0.24, 0), (0.5, 0.82), (0.76, 0), (1.0, 1)),
    "X": (*_line((0, 0), (0.66, 1)), *_line((0, 1), (0.66, 0))),
    "Y": (*_line((0, 1), (0.34, 0.48), (0.68, 1)), *_line((0.34, 0.48), (0.34, 0))),
    "Z": _line((0, 1), (0.64, 1), (0, 0), (0.64, 0)),
}

_NAMES = (
    "A",
    "BE",
    "CA",
    "DO",
    "E",
    "FI",
    "GI",
    "HA",
    "I",
    "JU",
    "KI",
    "LE",
    "MA",
    "NO",
    "O",
    "RO",
    "SA",
    "TI",
    "VE",
    "ZO",
)
_ENDS = ("NA", "LIA", "RA", "MI", "NE", "LLA", "SHA", "DIE", "VA", "RIN", "LEY", "TTE", "YA", "NIA", "O", "N")
_WORDS = ("LOVE", "HOPE", "FAITH", "DREAM", "BRAVE", "LUCKY", "MAMA", "JOY", "AMOR", "FREE", "PEACE", "SISTER")


def some_name(random: Generator) -> str:
    """A word now and then, else something that sounds like a first name."""
    if maybe(random, 0.25):
        return pick(random, _WORDS)
    return pick(random, _NAMES) + pick(random, _ENDS)


def lettering(text: str, height: float, wire: float, *, first: float = 1.0, flat: float = 0.7) -> list[Part]:
    """The text from x = 0, on the line y = 0; wire is a radius, `first` enlarges the first letter."""
    parts: list[Part] = []
    x = 0.0
    for index, letter in enumerate(text):
        size = height * (first if index == 0 else 1.0)
        strokes = LETTERS[letter]
        for stroke in strokes:
            line = np.column_stack([stroke * size + (x, 0.0), np.zeros(len(stroke))])
            parts.append(metal("face", tube(line, wire, sides=10).scaled((1, 1, flat))))
        x += size * float(max(stroke[:, 0].max() for stroke in strokes)) + 2.1 * wire
    return parts


@dataclass(frozen=True)
class LetterPendant(Hanger):
    """One capital letter; a small stone on its first stroke."""

    letter: str = "A"
    size: float = 12.0
    wire: float = 0.8
    flat: float = 0.7
    stone: Stone | None = None

    def body(self) -> list[Part]:
        strokes = LETTERS[self.letter]
        parts = lettering(self.letter, self.size, self.wire, flat=self.flat)
        top = max(strokes, key=lambda stroke: float(stroke[:, 1].max()))
        peak = top[int(np.argmax(top[:, 1]))]
        parts = place(parts, offset=(-peak[0] * self.size, 0, 0))
        if self.stone is not None:
            foot = strokes[0][len(strokes[0]) // 2] - (peak[0], 0.0)
            seat = bezel(self.stone, wall=0.35, depth=0.4)
            parts += place(seat, offset=(*(foot * self.size), self.wire * self.flat + 0.3))
        return parts

    @classmethod
    def sample(cls, random: Generator) -> Self:
        size = between(random, 7, 22)
        stone = Stone(melee(random), "round", round(between(random, 0.13, 0.2) * size, 2))
        piece = cls(
            pick(random, sorted(LETTERS)),
            size,
            wire=round(size * between(random, 0.045, 0.095), 2),
            flat=between(random, 0.5, 1.0),
            stone=stone if maybe(random, 0.35) else None,
        )
        return hung_by_chance(random, piece)

    def facts(self) -> Facts:
        setting = "bezel" if self.stone else ""
        return Facts(hung_type(self.chain), self.stone, setting, "initial", chain_type=self.chain)


FAMILIES: tuple[type, ...] = (LetterPendant,)
