"""Brooches in the shape of animals: domed plates, round bodies, wire feelers, and stones for eyes, wings or bodies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from parure.render.chance import between, cabochon, faceted, maybe, pick
from parure.render.cuts import Stone
from parure.render.families import Facts
from parure.render.families.bracelet_heads import small_bezel
from parure.render.families.brooches import pin
from parure.render.mesh import METAL, Floats, Mesh, Part, on_floor, place, rotation
from parure.render.mounts import metal
from parure.render.outlines import evenly
from parure.render.solids import circle, ellipsoid, plate, tube

__all__ = ["FAMILIES", "FIGURES", "FigureBrooch"]

_ENAMELS = ("enamel_red", "enamel_blue", "enamel_green", "enamel_black", "enamel_pink")


@dataclass(frozen=True)
class _Plate:
    """An oval `long` by `wide` at (x, y), turned `degrees`; `taper` narrows its far end (+) or its near one (-)."""

    x: float
    y: float
    long: float
    wide: float
    degrees: float = 0.0
    taper: float = 0.0
    high: float = 0.0
    round: bool = False  # a full body rather than a plate
    coloured: bool = False  # takes the enamel
    mirrored: bool = False  # drawn again at -x


@dataclass(frozen=True)
class _Figure:
    """Plates, wires as (x, y) lines, and where stones sit: the first is the main one. Units: half the size."""

    plates: tuple[_Plate, ...]
    wires: tuple[tuple[tuple[float, float], ...], ...] = ()
    stones: tuple[tuple[float, float, float], ...] = ()
    mirrored_wires: bool = False


FIGURES = {
    "butterfly": _Figure(
        (
            _Plate(0.45, 0.34, 0.56, 0.36, 40, 0.25, coloured=True, mirrored=True),
            _Plate(0.34, -0.36, 0.40, 0.28, -50, 0.15, coloured=True, mirrored=True),
            _Plate(0, 0, 0.56, 0.1, 90, high=0.12, round=True),
        ),
        (((0.03, 0.5), (0.12, 0.72), (0.28, 0.86)),),
        ((0, 0.12, 0.2), (0.5, 0.4, 0.14), (-0.5, 0.4, 0.14), (0.36, -0.4, 0.1), (-0.36, -0.4, 0.1)),
        mirrored_wires=True,
    ),
    "bird": _Figure(
        (
            _Plate(0, -0.05, 0.5, 0.27, 15, 0.2, high=0.16, round=True),
            _Plate(0.46, 0.3, 0.21, 0.19, 0, high=0.17, round=True),
            _Plate(0.7, 0.31, 0.14, 0.06, -8, 0.5, high=0.05),
            _Plate(-0.12, 0.12, 0.48, 0.2, 152, 0.45, high=0.24, coloured=True),
            _Plate(-0.66, -0.3, 0.36, 0.13, 205, -0.3, high=0.05, coloured=True),
            _Plate(-0.6, -0.42, 0.34, 0.11, 222, -0.3),
        ),
        (((0.05, -0.28), (0.08, -0.55), (0.2, -0.58)), ((-0.06, -0.28), (-0.05, -0.56), (0.06, -0.6))),
        ((0.5, 0.35, 0.09), (-0.1, 0.08, 0.16), (-0.34, 0.22, 0.1)),
    ),
    "cat": _Figure(
        (
            _Plate(0, -0.34, 0.5, 0.36, 90, 0.35, high=0.14, round=True),
            _Plate(0, 0.4, 0.32, 0.28, 0, high=0.2, round=True),
            _Plate(0.2, 0.68, 0.17, 0.11, 70, 0.6, high=0.1, mirrored=True),
            _Plate(0.14, -0.76, 0.16, 0.1, 0, high=0.12, round=True, mirrored=True),
        ),
        (((0.28, -0.7), (0.62, -0.66), (0.74, -0.36), (0.6, -0.12), (0.72, 0.06)),),
        ((0, 0.1, 0.16), (0.12, 0.45, 0.08), (-0.12, 0.45, 0.08)),
    ),
    "fish": _Figure(
        (
            _Plate(0.1, 0, 0.62, 0.34, 0, -0.15, high=0.14, round=True),
            _Plate(-0.66, 0.2, 0.32, 0.15, 140, -0.35, coloured=True),
            _Plate(-0.66, -0.2, 0.32, 0.15, 220, -0.35, coloured=True),
            _Plate(0.05, 0.36, 0.34, 0.14, 160, 0.1, coloured=True),
            _Plate(0.05, -0.34, 0.2, 0.1, 220, 0.1, coloured=True),
        ),
        (),
        ((0.46, 0.1, 0.13), (0.12, 0.02, 0.2), (-0.14, 0, 0.15)),
    ),
    "bee": _Figure(
        (
            _Plate(0, -0.3, 0.44, 0.26, 90, -0.2, high=0.2, round=True, coloured=True),
            _Plate(0, 0.2, 0.24, 0.24, 0, high=0.22, round=True),
            _Plate(0, 0.5, 0.17, 0.15, 0, high=0.16, round=True),
            _Plate(0.48, 0.16, 0.46, 0.17, 14, -0.25, high=0.16, mirrored=True),
            _Plate(0.38, -0.12, 0.34, 0.13, -26, -0.25, high=0.1, mirrored=True),
        ),
        (((0.06, 0.6), (0.14, 0.78), (0.26, 0.84)),),
        ((0, 0.22, 0.22), (0.07, 0.55, 0.07), (-0.07, 0.55, 0.07), (0, -0.22, 0.14)),
        mirrored_wires=True,
    ),
    "dragonfly": _Figure(
        (
            _Plate(0, -0.32, 0.6, 0.055, 90, high=0.1, round=True),
            _Plate(0, 0.36, 0.2, 0.12, 90, high=0.14, round=True),
            _Plate(0, 0.62, 0.12, 0.12, 0, high=0.12, round=True),
            _Plate(0.5, 0.46, 0.5, 0.11, 10, coloured=True, mirrored=True),
            _Plate(0.46, 0.22, 0.46, 0.12, -12, coloured=True, mirrored=True),
        ),
        (),
        ((0, 0.38, 0.16), (0.07, 0.66, 0.08), (-0.07, 0.66, 0.08), (0, -0.1, 0.09), (0, -0.32, 0.08)),
    ),
    "owl": _Figure(
        (
            _Plate(0, -0.1, 0.7, 0.42, 90, high=0.12, round=True),
            _Plate(0.3, -0.16, 0.5, 0.18, 82, 0.2, high=0.16, coloured=True, mirrored=True),
            _Plate(0.24, 0.56, 0.2, 0.09, 62, 0.5, high=0.2, mirrored=True),
            _Plate(0, 0.16, 0.12, 0.06, -90, 0.5, high=0.3),
            _Plate(0.14, -0.8, 0.1, 0.07, -90, high=0.1, round=True, mirrored=True),
        ),
        (((-0.6, -0.84), (0.0, -0.88), (0.62, -0.82)),),
        ((0.16, 0.3, 0.22), (-0.16, 0.3, 0.22), (0, -0.2, 0.12)),
    ),
}


@dataclass(frozen=True)
class FigureBrooch:
    """`figure` is a key of FIGURES; stones at its first `stones` places; `enamel` colours wings and fins."""

    figure: str
    size: float = 36.0
    stone: Stone | None = None
    stones: int = 3
    enamel: str = ""
    turn: float = 0.0

    def build(self) -> list[Part]:
        form, unit = FIGURES[self.figure], self.size / 2
        parts: list[Part] = []
        for item in form.plates:
            for side in (1.0, -1.0) if item.mirrored else (1.0,):
                parts.append(self._plate(item, unit, side))
        for wire in form.wires:
            for side in (1.0, -1.0) if form.mirrored_wires else (1.0,):
                line = self._smooth(wire) * [side * unit, unit, 1]
                parts.append(metal("stem", tube(line, 0.028 * unit + 0.25, sides=10)))
        if self.stone is not None:
            for x, y, share in form.stones[: self.stones]:
                parts += self._seat(parts, self.stone, (x * unit, y * unit), share * self.size)
        return on_floor(place(parts + pin(0.5 * self.size), rotation((0, 0, 1), self.turn)))

    def _plate(self, item: _Plate, unit: float, side: float) -> Part:
        turn = rotation((0, 0, 1), item.degrees if side > 0 else 180 - item.degrees)
        spot = (side * item.x * unit, item.y * unit, 0.35 * item.high * unit)
        material = self.enamel if self.enamel and item.coloured else METAL
        label = "enamel" if material != METAL else "face"
        return Part(label, material, self._form(item, unit).moved(turn, spot))

    def _form(self, item: _Plate, unit: float) -> Mesh:
        if item.round:
            return ellipsoid(item.long * unit, item.wide * unit, min(item.wide, 0.26) * 0.75 * unit)
        edge = circle(1.0, 160)
        curve = np.column_stack([edge[:, 0], edge[:, 1] * (1 - item.taper * edge[:, 0])])
        outline = evenly(curve, 90) * [item.long * unit, item.wide * unit]
        return plate(outline, 1.1, dome=0.14 * item.wide * unit)

    def _smooth(self, points: tuple[tuple[float, float], ...]) -> Floats:
        from scipy.interpolate import PchipInterpolator

        knots = np.asarray(points)
        curve = PchipInterpolator(np.arange(len(knots)), knots)(np.linspace(0, len(knots) - 1, 40))
        return np.column_stack([curve, np.full(40, 0.5)])

    def _seat(self, parts: list[Part], stone: Stone, at: tuple[float, float], size: float) -> list[Part]:
        """A stone where the figure is highest near this place."""
        below = [part.mesh.vertices for part in parts if part.label in ("face", "enamel")]
        points = np.vstack(below)
        near = np.hypot(points[:, 0] - at[0], points[:, 1] - at[1]) < max(0.3 * size, 1.0)
        top = float(points[near, 2].max()) if near.any() else 1.0
        seated = Stone(stone.gem, stone.cut, round(max(size, 1.3), 3))
        return place(small_bezel(seated), offset=(at[0], at[1], top + 0.06 * size))

    @classmethod
    def sample(cls, random: Generator) -> FigureBrooch:
        stone = cabochon(random, 5, 6) if maybe(random, 0.2) else faceted(random, 5, 6, cuts=("round",))
        size = between(random, 26, 52)
        figure = pick(random, tuple(FIGURES))
        main = FIGURES[figure].stones[0][2]
        return cls(
            figure,
            size,
            Stone(stone.gem, stone.cut, round(main * size, 2)) if maybe(random, 0.85) else None,
            stones=pick(random, (1, 3, 5)) if figure != "owl" else pick(random, (2, 3)),
            enamel=pick(random, _ENAMELS) if maybe(random, 0.4) else "",
            turn=between(random, -30, 30),
        )

    def facts(self) -> Facts:
        return Facts("brooch", self.stone, "bezel" if self.stone else "", self.figure, "", "pin_catch")


FAMILIES: tuple[type, ...] = (FigureBrooch,)
