"""Pendants on a chain: face up in the xy plane, the chain running up both sides (+y) out of the close views."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from parure.render.chains import cable_chain
from parure.render.cuts import Stone
from parure.render.families.earrings import hang
from parure.render.mesh import Floats, Part, all_vertices, place, rotation
from parure.render.mounts import bezel, claws, halo, metal, peg_pearl
from parure.render.outlines import evenly, heart, outline, star
from parure.render.solids import ball, band_profile, circle, plate, sweep, torus, tube

__all__ = ["FormPendant", "StonePendant"]


def _neck(span: float, drop: float) -> Floats:
    """Both sides of a chain as it hangs from a neck: a soft V through the origin, upward."""
    across = np.linspace(-1, 1, 1500)
    y = drop * (0.45 * np.abs(across) + 0.55 * across**2)
    return np.column_stack([across * span / 2, y, np.full(len(across), 0.6)])


def _on_chain(pendant: list[Part]) -> list[Part]:
    """Hang the pendant by its middle from a bail on its chain."""
    points = all_vertices(pendant)
    top = float(points[np.abs(points[:, 0]) < 0.6, 1].max())  # a heart hangs by its cleft, not by its lobes
    bail = torus(1.5, 0.38).moved(rotation((0, 1, 0), 90)).scaled((1.0, 1.25, 0.8))
    chain = cable_chain(_neck(40, 46), length=2.0, width=1.35, wire=0.22)
    return [
        *place(pendant, offset=(0, -1.3 - top, 0)),
        metal("bail", bail.moved(offset=(0, -0.2, 0.5))),
        *place([chain], offset=(0, 0.9, 0)),
    ]


@dataclass(frozen=True)
class StonePendant:
    """A stone, point up where it has one, in claws or a bezel; optional halo and a small stone above."""

    stone: Stone
    halo: bool = False
    collar: bool = False
    above: Stone | None = None

    def build(self) -> list[Part]:
        depth = 0.3 * self.stone.size
        if self.stone.cut == "bead":
            head = place(peg_pearl(self.stone.size, self.stone.gem), rotation((1, 0, 0), 90))
        elif self.collar or self.stone.cut == "cabochon":
            head = bezel(self.stone, wall=0.7)
        else:
            head = claws(self.stone, depth=depth)
        if self.halo:
            head = head + halo(self.stone)
        turn = rotation((0, 0, 1), 0 if self.stone.cut == "bead" else 90)
        parts = place(head, turn)
        if self.above is not None:
            top = hang(claws(self.above, depth=depth, label="side_stone"), 0.0)
            parts = top + hang(parts, -self.above.size - 0.1)
        return _on_chain(parts)


@dataclass(frozen=True)
class FormPendant:
    """A metal form: heart, disc, star, cross, bar or crescent; solid or an open line, with stones on top."""

    form: str = "heart"
    size: float = 14.0
    open_line: bool = False
    stones: tuple[tuple[float, float, Stone], ...] = field(default_factory=tuple)  # x, y in half-sizes

    def build(self) -> list[Part]:
        parts = self._form()
        rise = {"disc": 1.8, "star": 2.7}.get(self.form, 1.7)  # mm above the back, over the form's own dome
        for x, y, stone in self.stones:
            head = bezel(stone, wall=0.4, depth=0.5) if stone.cut != "bead" else [stone.part()]
            parts += place(head, offset=(x * self.size / 2, y * self.size / 2, rise))
        return _on_chain(parts)

    def _form(self) -> list[Part]:
        half = self.size / 2
        if self.form == "cross":
            arm = band_profile(2.4, 1.5, 5.0, 0.9)
            tall = np.array([[0, -half * 1.15, 0], [0, half * 0.85, 0]])
            wide = np.array([[-half * 0.62, half * 0.22, 0], [half * 0.62, half * 0.22, 0]])
            return [metal("face", sweep(line, arm, ups=(0, 0, 1))) for line in (tall, wide)]
        if self.form == "bar":
            line = np.array([[0, -half, 0.8], [0, half, 0.8]])
            return [metal("face", tube(line, 1.15, sides=24))]
        if self.form == "crescent":
            angles = np.radians(np.linspace(38, 322, 120))
            path = 0.8 * half * np.column_stack([np.cos(angles), np.sin(angles), 0 * angles])
            swell = 0.12 + np.sin(np.linspace(0, np.pi, 120))
            return [metal("face", sweep(path, circle(1.5, 20), scale=swell, ups=(0, 0, 1)))]
        curve = {"heart": heart(), "star": star(8, 0.42), "disc": np.array(outline("round", 160))}[self.form] * half
        if self.open_line:
            path = np.column_stack([evenly(curve, 260), np.zeros(260)])
            return [metal("face", sweep(path, circle(0.85, 18), closed=True, ups=(0, 0, 1)))]
        return [metal("face", plate(curve, 1.2, dome=0.7 if self.form == "disc" else 1.4)), *self._rim(half)]

    def _rim(self, half: float) -> list[Part]:
        if self.form != "disc":
            return []
        count = round(2 * np.pi * half / 0.75)
        bead = metal("face", ball(0.34, detail=7))
        ring = circle(half * 0.93, count)
        return [part for x, y in ring for part in place([bead], offset=(x, y, 1.25))]
