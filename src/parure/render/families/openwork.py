"""Pierced forms: a rim, and wires or leaves of metal that fill it, as a laser or a filigree worker leaves them.

A form lies about z = 0, faces +z, its top towards +y, `size` mm in its larger direction. What fills the rim is drawn as
lines over the whole plane and kept where the rim encloses it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from parure.render.chains import path_length, walk
from parure.render.chance import between, maybe, melee, pick, whole
from parure.render.families.ear_outlines import MOTIFS
from parure.render.mesh import Floats, Mesh, Part
from parure.render.mounts import metal, pave_row
from parure.render.outlines import evenly, heart, outline
from parure.render.solids import band_profile, circle, sweep, tube

__all__ = ["RIMS", "Openwork", "motif_of", "some_openwork"]

RIMS = ("drop", "leaf", "disc", "oval", "heart", "fan", "petal")
_FILLED = ("veins", "fan", "lattice", "nested", "scrolls", "petals", "empty")
_UP = np.array([[0.0, 1.0], [-1.0, 0.0]])  # row vectors: +x becomes +y
_ROUND = 220


@dataclass(frozen=True)
class Openwork:
    """`rim` is one of RIMS, `filling` how it is filled, `count` how richly; `wide` mm is the width of the rim.

    `pave` sets stones of `gem` along the rim; `flat` cuts everything from sheet instead of bending it from wire.
    """

    rim: str = "drop"
    filling: str = "veins"
    size: float = 24.0
    wide: float = 1.2
    count: int = 6
    flat: bool = True
    pave: bool = False
    gem: str = "diamond"

    def parts(self) -> list[Part]:
        curve = _rim(self.rim) * self.size / 2
        fine = max(0.3, 0.45 * self.wide)
        loops = [curve, *(_shrunk(curve, share) for share in self._nested())]
        parts = [metal("face", self._carried(loop, self.wide)) for loop in loops]
        lines = _LINES.get(self.filling, _no_lines)(self.count)
        parts += [
            metal("face", tube(run, fine, sides=8)) for line in lines for run in _inside(line * self.size / 2, curve)
        ]
        return parts + ([part for loop in loops for part in self._set(loop)] if self.pave else [])

    def _nested(self) -> tuple[float, ...]:
        return tuple(np.linspace(0.78, 0.4, min(3, max(1, self.count // 3)))) if self.filling == "nested" else ()

    def _carried(self, curve: Floats, wide: float) -> Mesh:
        path = np.column_stack([curve, np.zeros(len(curve))])
        section = band_profile(wide, 0.8, 4.0, 0.9) if self.flat else circle(wide / 2, 12)
        return sweep(path, section, closed=True, ups=(0, 0, 1))

    def _set(self, curve: Floats) -> list[Part]:
        size = float(np.clip(1.1 * self.wide, 1.0, 1.9))
        path = np.column_stack([curve, np.full(len(curve), (0.8 if self.flat else 0.5 * self.wide) + 0.2 * size)])
        seats, ahead = walk(np.vstack([path, path[:1]]), int(path_length(path) / (1.12 * size)))
        return pave_row(seats, np.tile([0.0, 0.0, 1.0], (len(seats), 1)), size, gem=self.gem, along=ahead)


def some_openwork(random: Generator, low: float, high: float) -> Openwork:
    pave = maybe(random, 0.3)
    filling = pick(random, _FILLED)
    return Openwork(
        pick(random, RIMS),
        filling,
        between(random, low, high),
        between(random, 0.8, 2.2) if filling != "empty" else between(random, 1.4, 4.0),
        whole(random, 3, 9),
        not pave and maybe(random, 0.6),
        pave,
        melee(random),
    )


def motif_of(openwork: Openwork) -> str:
    return {"oval": "circle", "fan": "", "petal": "flower"}.get(openwork.rim, MOTIFS.get(openwork.rim, ""))


def _rim(name: str) -> Floats:
    """Counter-clockwise, half the larger direction 1."""
    if name in ("drop", "leaf", "oval"):
        return evenly(outline({"drop": "pear", "leaf": "marquise", "oval": "oval"}[name]) @ _UP, _ROUND)
    if name == "heart":
        return heart(_ROUND)
    angles = np.linspace(0, 2 * np.pi, 1600, endpoint=False)
    if name == "petal":
        radius = 0.82 + 0.18 * np.abs(np.cos(2.5 * (angles - np.pi / 2))) ** 0.7
        return evenly(np.column_stack([radius * np.cos(angles), radius * np.sin(angles)]), _ROUND)
    if name == "fan":  # a narrow top and a wide round foot
        x, y = np.sin(angles), -np.cos(angles)
        return evenly(np.column_stack([x * (0.62 - 0.34 * y), y]), _ROUND)
    return evenly(np.column_stack([np.cos(angles), np.sin(angles)]), _ROUND)


def _shrunk(curve: Floats, share: float) -> Floats:
    """Smaller, and resting on the lowest point of the curve."""
    foot = curve[int(np.argmin(curve[:, 1]))] * np.array([0.0, 1.0])
    return np.asarray(foot + share * (curve - foot))


def _inside(line: Floats, curve: Floats) -> list[Floats]:
    """The runs (k, 3) of a line (n, 2) that lie within the closed curve, long enough to be a wire."""
    within = _enclosed(line, curve)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], within.astype(int), [0]])))
    runs = [line[begin:end] for begin, end in zip(edges[::2], edges[1::2], strict=True) if end - begin > 5]
    thinned = [run[:: max(1, len(run) // 24)] for run in runs]
    return [np.column_stack([run, np.zeros(len(run))]) for run in thinned]


def _enclosed(points: Floats, curve: Floats) -> Floats:
    """(n,) whether a ray to the right of each point crosses the curve an odd number of times."""
    ends = np.roll(curve, -1, 0)
    x, y = points[:, :1], points[:, 1:]
    spans = (curve[:, 1] > y) != (ends[:, 1] > y)
    rise = np.where(ends[:, 1] == curve[:, 1], 1.0, ends[:, 1] - curve[:, 1])
    crossing = curve[:, 0] + (y - curve[:, 1]) / rise * (ends[:, 0] - curve[:, 0])
    return np.asarray((spans & (x < crossing)).sum(axis=1) % 2 == 1)


def _straight(start: Floats, end: Floats) -> Floats:
    return np.linspace(start, end, 120)


def _veins(count: int) -> list[Floats]:
    lines = [_straight(np.array([0.0, -1.2]), np.array([0.0, 1.2]))]
    t = np.linspace(0, 1, 120)[:, None]
    for foot in np.linspace(-0.85, 0.7, count):
        for side in (-1.0, 1.0):
            lines.append(np.array([0.0, foot]) + t * np.array([side * 1.1, 0.9]) - t**2 * np.array([0.0, 0.25]))
    return lines


def _fan(count: int) -> list[Floats]:
    angles = np.radians(np.linspace(-62, 62, 2 * (count // 2) + 1))
    foot = np.array([0.0, 0.95])
    return [_straight(foot, foot - 2.4 * np.array([np.sin(angle), np.cos(angle)])) for angle in angles]


def _lattice(count: int) -> list[Floats]:
    lines, step = [], 2.2 / (count + 1)
    for slope in (-1.0, 1.0):
        for shift in np.arange(-2.2, 2.2, step):
            lines.append(_straight(np.array([-1.2, shift - 1.2 * slope]), np.array([1.2, shift + 1.2 * slope])))
    return lines


def _scrolls(count: int) -> list[Floats]:
    """Spirals in pairs on a stem, growing smaller upward."""
    t, pairs = np.linspace(0.06, 1, 120), max(2, count // 2)
    lines = [_straight(np.array([0.0, -1.2]), np.array([0.0, 1.2]))]
    for foot, reach in zip(np.linspace(-0.62, 0.62, pairs), np.linspace(0.36, 0.16, pairs), strict=True):
        for side in (-1.0, 1.0):
            angle = 3.6 * np.pi * t
            spiral = (reach * t)[:, None] * np.column_stack([side * np.cos(angle), np.sin(angle)])
            lines.append(np.array([side * 0.96 * reach, foot]) + spiral)
    return lines


def _petals(count: int) -> list[Floats]:
    """A rosette of rings from the middle to the rim."""
    around, t = max(6, count), np.linspace(0, 2 * np.pi, 120)
    ring = np.column_stack([np.cos(t), np.sin(t)])
    spots = 2 * np.pi * np.arange(around) / around
    return [0.36 * ring + 0.62 * np.array([np.cos(spot), np.sin(spot)]) for spot in spots]


def _no_lines(count: int) -> list[Floats]:
    return []


_LINES: Mapping[str, Callable[[int], list[Floats]]] = {
    "veins": _veins,
    "fan": _fan,
    "lattice": _lattice,
    "scrolls": _scrolls,
    "petals": _petals,
}
