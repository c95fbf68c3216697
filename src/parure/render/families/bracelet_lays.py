"""How a supple bracelet lies: closed, squeezed, opened flat, curved, coiled, standing on its edge.

Sellers photograph bracelets opened as often as closed, so every supple family draws its lay. A `Line` is the middle of
the bracelet and the way its front looks. It starts and ends at the clasp, whether that is shut or not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from parure.render.chance import pick
from parure.render.mesh import Floats, Part, on_floor, place, rotation

__all__ = ["LAYS", "Line", "Spots", "laid", "sample_lay"]

# How often each lay is drawn. `loop` and `open_loop` stand on their edge or lean; the others but `standing` look up.
LAYS = {
    "loop": 4.5,
    "hairpin": 1.4,
    "straight": 0.9,
    "wave": 1.0,
    "horseshoe": 0.9,
    "open_loop": 1.6,
    "spiral": 0.7,
    "standing": 1.6,
}


@dataclass(frozen=True)
class Spots:
    """Places on a line (k, 3), the unit directions along it there and the ways the front looks."""

    places: Floats
    directions: Floats
    faces: Floats


@dataclass(frozen=True)
class Line:
    """`path` (n, 3), `faces` (n, 3); a closed line repeats its first point. `turn` is applied to the finished piece."""

    path: Floats
    faces: Floats
    closed: bool
    turn: Floats

    @property
    def along(self) -> Floats:
        return np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(self.path, axis=0), axis=1))])

    @property
    def length(self) -> float:
        return float(self.along[-1])

    def at(self, distance: Floats | Sequence[float]) -> Spots:
        """Places at these distances (k,) from the start, mm; beyond an open end the line goes straight on."""
        wanted, along = np.asarray(distance, float), self.along
        step = 0.002 * along[-1]
        near = wanted if self.closed else np.clip(wanted, step, along[-1] - step)
        ahead = self._between(near + step, along) - self._between(near - step, along)
        directions = ahead / np.linalg.norm(ahead, axis=1, keepdims=True)
        over = wanted - np.clip(wanted, 0, along[-1])
        places = self._between(wanted, along) + (0.0 if self.closed else over[:, None] * directions)
        faces = np.column_stack([np.interp(self._wrapped(wanted, along), along, self.faces[:, k]) for k in range(3)])
        faces = faces - np.sum(faces * directions, axis=1, keepdims=True) * directions
        return Spots(places, directions, faces / np.linalg.norm(faces, axis=1, keepdims=True))

    def evenly(self, count: int, gap: float = 0.0) -> Spots:
        """`count` places half a step from each end, leaving `gap` mm free at both."""
        return self.at(gap + (np.arange(count) + 0.5) * (self.length - 2 * gap) / count)

    def inner(self, start: float, end: float | None = None, count: int = 1500) -> Floats:
        """The path (count, 3) between two distances; by default the same is left off at both ends."""
        return self.at(np.linspace(start, self.length - start if end is None else end, count)).places

    def beside(self, across: float) -> Line:
        """The line moved `across` mm in its own plane, for strands side by side."""
        spots = self.at(np.linspace(0, self.length, 1500))
        shifted = spots.places + across * np.cross(spots.faces, spots.directions)
        return Line(shifted, spots.faces, self.closed, self.turn)

    def finish(self, parts: Sequence[Part]) -> list[Part]:
        return on_floor(place(parts, self.turn))

    def _wrapped(self, distance: Floats, along: Floats) -> Floats:
        return np.asarray(distance % along[-1] if self.closed else np.clip(distance, 0, along[-1]))

    def _between(self, distance: Floats, along: Floats) -> Floats:
        wrapped = self._wrapped(distance, along)
        return np.column_stack([np.interp(wrapped, along, self.path[:, k]) for k in range(3)])


def sample_lay(random: Generator, *, without: Sequence[str] = ()) -> tuple[str, float]:
    """A lay and its `sway`, 0 to 1: how far a loop leans, a curve bends, an oval is squeezed."""
    lay = pick(random, {name: weight for name, weight in LAYS.items() if name not in without})
    return lay, round(float(random.uniform(0, 1)), 2)


def laid(lay: str, length: float, sway: float = 0.5) -> Line:
    """The line of a bracelet `length` mm long."""
    if lay in ("loop", "open_loop", "standing"):
        return _upright(lay, length, sway)
    if lay == "hairpin":
        curve = _oval(np.linspace(0, 2 * np.pi, 2400), 0.32 + 0.5 * sway)
        egg = 1 + 0.25 * (sway - 0.5) * curve[:, 1] / np.abs(curve[:, 1]).max()
        return _flat(curve * np.column_stack([egg, np.ones_like(egg)]), length, closed=True)
    t = np.linspace(-1, 1, 2400)
    if lay == "straight":
        curve = np.column_stack([t, 0.06 * (sway - 0.5) * t**2])
    elif lay == "wave":
        curve = np.column_stack([t, (0.1 + 0.22 * sway) * np.sin(np.pi * t * (1.0 if sway < 0.6 else 1.45))])
    elif lay == "horseshoe":
        bend = np.radians(60 + 85 * sway)
        curve = np.column_stack([np.sin(bend * t), -np.cos(bend * t) * (1.25 - 0.25 * sway)])
    else:
        turns = 1.35 + 0.5 * sway
        angle = np.pi * turns * (t + 1)
        curve = (0.55 + 0.45 * (t[:, None] + 1)) * np.column_stack([np.cos(angle), 0.9 * np.sin(angle)])
    return _flat(curve, length, closed=False)


def _oval(angles: Floats, aspect: float) -> Floats:
    return np.column_stack([np.sin(angles), aspect * np.cos(angles)])


def _flat(curve: Floats, length: float, *, closed: bool) -> Line:
    """The curve (n, 2) scaled to the length, looking up."""
    total = float(np.linalg.norm(np.diff(curve, axis=0), axis=1).sum())
    path = np.column_stack([curve * length / total, np.zeros(len(curve))])
    return Line(path, np.tile([0.0, 0.0, 1.0], (len(path), 1)), closed, np.eye(3))


def _upright(lay: str, length: float, sway: float) -> Line:
    """Around the wrist: the clasp at the back (+y), the front looking outward and, lying, a little up."""
    missing = 0.25 + 0.5 * sway if lay == "open_loop" else 0.0
    curve = _oval(np.linspace(missing, 2 * np.pi - missing, 2400), 0.85)
    flat = _flat(curve, length, closed=lay != "open_loop")
    out = flat.path / np.linalg.norm(flat.path, axis=1, keepdims=True)
    if lay == "standing":
        return Line(flat.path, out, True, rotation((1, 0, 0), -(62 + 28 * sway)))
    lean = np.radians(86 * sway)
    return Line(flat.path, out * np.cos(lean) + np.array([0, 0, np.sin(lean)]), flat.closed, np.eye(3))
