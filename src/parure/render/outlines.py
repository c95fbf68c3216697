"""The outlines stones and mounts share: closed curves (n, 2), equally spaced by arc length, starting on the +x axis.

Half the length is 1. A pear or marquise has its point at +x. Equal spacing is what keeps facets, halo stones and beads
even around a pointed shape.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from parure.render.mesh import Floats

__all__ = ["ASPECT", "CORNERED", "at_azimuth", "evenly", "heart", "offset", "outline", "star"]

ASPECT = {
    "round": 1.0,
    "oval": 0.76,
    "cushion": 1.0,
    "marquise": 0.5,
    "pear": 0.66,
    "princess": 1.0,
    "asscher": 1.0,
    "emerald": 0.72,
    "baguette": 0.45,
}
CORNERED = ("princess", "asscher", "emerald", "baguette")
_CUT_CORNER = {"princess": 0.02, "asscher": 0.5, "emerald": 0.3, "baguette": 0.02}


@lru_cache(maxsize=64)
def outline(cut: str, count: int = 720) -> Floats:
    """The girdle outline of a cut, as seen from above."""
    aspect = ASPECT.get(cut, 1.0)
    if cut == "marquise":
        curve = _two_arcs(aspect)
    elif cut == "pear":
        curve = _teardrop(aspect)
    elif cut == "cushion":
        curve = _superellipse(3.4)
    elif cut in CORNERED:
        curve = _cut_rectangle(aspect, _CUT_CORNER[cut])
    else:
        angles = np.linspace(0, 2 * np.pi, 2000, endpoint=False)
        curve = np.column_stack([np.cos(angles), aspect * np.sin(angles)])
    result = evenly(curve, count)
    result.setflags(write=False)
    return result


def evenly(curve: Floats, count: int) -> Floats:
    """Resample a closed curve (n, 2 or 3) to `count` points equally far apart along it."""
    ring = np.vstack([curve, curve[:1]])
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(ring, axis=0), axis=1))])
    wanted = np.arange(count) * along[-1] / count
    return np.column_stack([np.interp(wanted, along, ring[:, k]) for k in range(ring.shape[1])])


def offset(curve: Floats, distance: float) -> Floats:
    """Push a counter-clockwise closed curve outward along its normals, keeping the even spacing."""
    steps = np.roll(curve, -1, 0) - np.roll(curve, 1, 0)
    steps = steps / np.linalg.norm(steps, axis=1, keepdims=True)
    return evenly(curve + distance * np.column_stack([steps[:, 1], -steps[:, 0]]), len(curve))


def at_azimuth(curve: Floats, degrees: float) -> Floats:
    """The point of the curve seen from the centre in this direction."""
    angles = np.arctan2(curve[:, 1], curve[:, 0]) - np.radians(degrees)
    return np.asarray(curve[int(np.argmin(np.abs((angles + np.pi) % (2 * np.pi) - np.pi)))])


def _superellipse(power: float) -> Floats:
    angles = np.linspace(0, 2 * np.pi, 2000, endpoint=False)
    cos, sin = np.cos(angles), np.sin(angles)
    radius = (np.abs(cos) ** power + np.abs(sin) ** power) ** (-1 / power)
    return np.column_stack([radius * cos, radius * sin])


def _two_arcs(aspect: float) -> Floats:
    """A marquise: two circular arcs that meet in points at (+-1, 0)."""
    radius = (1 + aspect**2) / (2 * aspect)
    half = np.arcsin(1 / radius)
    angles = np.linspace(half, -half, 1000, endpoint=False)
    upper = np.column_stack([radius * np.sin(angles), radius * np.cos(angles) - (radius - aspect)])
    return np.vstack([upper, -upper])


def _teardrop(aspect: float) -> Floats:
    """A pear: a round belly and two flanks that leave it on a tangent and meet at (1, 0)."""
    radius = aspect
    centre = radius - 1.0
    angles = np.linspace(0, np.pi, 400)
    # Quadratic flank from the point to the belly's widest place keeps a gentle outward curve.
    t = np.linspace(0, 1, 600, endpoint=False)[:, None]
    point, knee, belly = np.array([1.0, 0.0]), np.array([0.42, 0.98 * radius]), np.array([centre, radius])
    flank = (1 - t) ** 2 * point + 2 * t * (1 - t) * knee + t**2 * belly
    round_end = np.column_stack([centre - radius * np.sin(angles), radius * np.cos(angles)])
    lower = flank[:0:-1] * np.array([1.0, -1.0])
    return np.vstack([flank, round_end, lower])


def _cut_rectangle(aspect: float, corner: float) -> Floats:
    chop = corner * aspect
    quarter = np.array([[1.0, 0.0], [1.0, aspect - chop], [1 - chop, aspect], [0.0, aspect]])
    half = np.vstack([quarter, quarter[-2:0:-1] * np.array([-1.0, 1.0])])
    return np.vstack([half, [[-1.0, 0.0]], half[:0:-1] * np.array([1.0, -1.0])])


def heart(count: int = 240) -> Floats:
    """A heart, point down along -y, about 2 across."""
    t = np.linspace(0, 2 * np.pi, 2000, endpoint=False)
    x = 16 * np.sin(t) ** 3
    y = 13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)
    return evenly(np.column_stack([x, y + 2.5])[::-1] / 16, count)


def star(points: int, inner: float, count: int = 240) -> Floats:
    angles = np.arange(2 * points) * np.pi / points + np.pi / 2
    radius = np.where(np.arange(2 * points) % 2 == 0, 1.0, inner)
    return evenly(np.column_stack([radius * np.cos(angles), radius * np.sin(angles)]), count)
