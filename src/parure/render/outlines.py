"""The outlines stones and mounts share: closed curves (n, 2), equally spaced by arc length, starting on the +x axis.

Half the length is 1. A pear or marquise has its point at +x, a heart its cleft. Equal spacing is what keeps facets,
halo stones and beads even around a pointed shape.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from parure.render.mesh import Floats

__all__ = ["ASPECT", "CORNERED", "at_azimuth", "evenly", "heart", "offset", "outline", "polygon", "star"]

ASPECT = {
    "round": 1.0,
    "single": 1.0,
    "old_european": 1.0,
    "old_mine": 1.0,
    "rose_cut": 1.0,
    "oval": 0.76,
    "cushion": 1.0,
    "marquise": 0.5,
    "pear": 0.66,
    "briolette": 0.6,
    "heart": 1.1,
    "trillion": 1.06,
    "princess": 1.0,
    "asscher": 1.0,
    "radiant": 0.8,
    "emerald": 0.72,
    "baguette": 0.45,
    "trapezoid": 0.62,
    "half_moon": 0.52,
    "hexagon": 0.866,
    "kite": 0.64,
}
CORNERED = ("princess", "asscher", "radiant", "emerald", "baguette")
_POLYGONS = {
    "trapezoid": [[1.0, 0.42], [-1.0, 0.62], [-1.0, -0.62], [1.0, -0.42]],
    "hexagon": [[np.cos(k * np.pi / 3), np.sin(k * np.pi / 3)] for k in range(6)],
    "kite": [[1.0, 0.0], [-0.35, 0.64], [-1.0, 0.0], [-0.35, -0.64]],
}
_CUT_CORNER = {"princess": 0.02, "asscher": 0.5, "radiant": 0.28, "emerald": 0.3, "baguette": 0.0}


@lru_cache(maxsize=64)
def outline(cut: str, count: int = 720) -> Floats:
    """The girdle outline of a cut, as seen from above; round for a name without one of its own."""
    aspect = ASPECT.get(cut, 1.0)
    if cut == "marquise":
        curve = _two_arcs(aspect)
    elif cut in ("pear", "briolette"):
        curve = _teardrop(aspect)
    elif cut in ("cushion", "old_mine"):
        curve = _superellipse(3.4 if cut == "cushion" else 2.7)
    elif cut == "heart":
        curve = _lying_heart()
    elif cut == "trillion":
        curve = _bowed_triangle()
    elif cut in CORNERED and cut != "baguette":
        curve = _cut_rectangle(aspect, _CUT_CORNER[cut])
    elif cut in _POLYGONS or cut in ("baguette", "half_moon"):
        curve = _from_x_axis(polygon(cut))
    else:
        angles = np.linspace(0, 2 * np.pi, 2000, endpoint=False)
        curve = np.column_stack([np.cos(angles), aspect * np.sin(angles)])
    result = evenly(curve, count)
    result.setflags(write=False)
    return result


def polygon(cut: str) -> Floats:
    """The corners (n, 2) of a cut with straight sides, counter-clockwise."""
    if cut in _POLYGONS:
        return np.array(_POLYGONS[cut])
    if cut == "half_moon":
        angles = np.linspace(0, np.pi, 10)
        height = 2 * ASPECT[cut]
        return np.column_stack([np.cos(angles), height * np.sin(angles) - 0.42 * height])
    aspect, chop = ASPECT[cut], _CUT_CORNER[cut] * ASPECT[cut]
    if not chop:
        return np.array([[1.0, aspect], [-1.0, aspect], [-1.0, -aspect], [1.0, -aspect]])
    quarter = np.array([[1.0, aspect - chop], [1 - chop, aspect]])
    half = np.vstack([quarter, quarter[::-1] * np.array([-1.0, 1.0])])
    return np.vstack([half, -half])


def _from_x_axis(corners: Floats) -> Floats:
    """The same polygon with a first corner where it crosses the +x axis."""
    after = np.roll(corners, -1, 0)
    for index, (a, b) in enumerate(zip(corners, after, strict=True)):
        if a[1] <= 0 < b[1]:
            cross = a + (b - a) * (-a[1] / (b[1] - a[1]))
            turned = np.roll(corners, -index - 1, 0)
            return np.vstack([cross[None], turned])
    return corners


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


def _lying_heart() -> Floats:
    """A heart with its cleft at +x and its point at -x."""
    upright = heart(1440)
    lying = np.column_stack([upright[:, 1], -upright[:, 0]])
    middle, half = (lying[:, 0].max() + lying[:, 0].min()) / 2, np.ptp(lying[:, 0]) / 2
    lying = (lying - np.array([middle, 0.0])) / half
    return np.asarray(np.roll(lying, -int(np.argmin(np.where(lying[:, 0] > 0, np.abs(lying[:, 1]), np.inf))), 0))


def _bowed_triangle() -> Floats:
    """Three arcs between corners that the cutter has blunted, one corner at +x, the centroid at the origin."""
    angles = np.linspace(0, 2 * np.pi, 2400, endpoint=False)
    turn = (angles + np.pi / 3) % (2 * np.pi / 3) - np.pi / 3
    # An arc of radius 2.4 whose middle lies behind the far side, and a blunt corner cut off at 0.95.
    side, behind = np.abs(turn) - np.pi / 3, 1.9
    radius = -behind * np.cos(side) + np.sqrt(2.4**2 - (behind * np.sin(side)) ** 2)
    full = -behind * 0.5 + np.sqrt(2.4**2 - behind**2 * 0.75)
    radius = np.minimum(radius, 0.94 * full / np.cos(turn))
    curve = np.column_stack([radius * np.cos(angles), radius * np.sin(angles)])
    return np.asarray(curve * 2 / np.ptp(curve[:, 0]))


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
