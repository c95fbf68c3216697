"""Drawings on opaque gems: veins, bands, flecks, stars and the play of colour, as one colour for each vertex.

A drawing sees the stone in its own frame with the half-length as 1, so it turns with the stone and every picture of
one stone shows the same drawing. Stones drawn this way need a fine mesh.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from parure.render.gems import OPAQUE_GEMS
from parure.render.mesh import Floats
from parure.render.noise import cells, waves

__all__ = ["PATTERNS", "gem_tint"]


def gem_tint(gem: str, points: Floats) -> Floats | None:
    """What multiplies the gem's colour at unit points (n, 3), or None where the gem is one colour."""
    look = OPAQUE_GEMS.get(gem)
    if look is None or not look.pattern:
        return None
    body = np.asarray(look.colour, float)
    return np.asarray(np.clip(PATTERNS[look.pattern](points, body), 0.004, 0.9) / body)


def _mixed(body: Floats, other: Floats | tuple[float, float, float], share: Floats) -> Floats:
    amount = np.clip(share, 0, 1)[:, None]
    return np.asarray(body * (1 - amount) + np.asarray(other, float) * amount)


def _hues(turn: Floats) -> Floats:
    """Rainbow colours (n, 3) at turns of the colour circle; 0 is red."""
    return np.asarray(0.5 + 0.5 * np.cos(2 * np.pi * (turn[:, None] - np.array([0.0, 1 / 3, 2 / 3]))))


def _line(field: Floats, width: float) -> Floats:
    """1 where the field is near 0, falling off within `width`."""
    return np.asarray(np.exp(-((field / width) ** 2)))


def _warped(points: Floats, amount: float, size: float = 0.6) -> Floats:
    return points + amount * np.column_stack([waves(points, size, seed=40 + axis) for axis in range(3)])


def _matrix(points: Floats, body: Floats) -> Floats:
    _, border, _ = cells(_warped(points, 0.16), 0.62, seed=3)
    return _mixed(body, body * 0.22 + np.array([0.03, 0.015, 0.0]), _line(border, 0.11) * (waves(points, 0.9) > -0.25))


def _flecks(points: Floats, body: Floats) -> Floats:
    way, _, share = cells(points, 0.15, seed=5)
    pyrite = (share > 0.86) & (np.linalg.norm(way, axis=1) < 0.42)
    veined = _mixed(body, (0.45, 0.47, 0.55), 0.5 * _line(waves(_warped(points, 0.2), 0.7, seed=6), 0.06))
    return np.where(pyrite[:, None], np.array([0.72, 0.54, 0.22]), veined * (1 + 0.3 * waves(points, 0.4)[:, None]))


def _streaks(points: Floats, body: Floats) -> Floats:
    field = waves(_warped(points * np.array([1.0, 2.2, 1.0]), 0.25), 0.6, seed=8)
    return _mixed(body, 0.35 * body + 0.45, 0.7 * _line(field, 0.14))


def _mottle(points: Floats, body: Floats) -> Floats:
    return body * (1 + 0.3 * waves(points, 0.55, seed=9)[:, None])


def _glow(points: Floats, body: Floats) -> Floats:
    sheen = np.exp(-(points[:, 0] ** 2 / 0.35 + points[:, 1] ** 2 / 0.12))
    return _mixed(body, (0.42, 0.64, 0.9), 0.9 * sheen)


def _play(points: Floats, body: Floats) -> Floats:
    _, border, share = cells(_warped(points, 0.1), 0.3, seed=13)
    return _mixed(body, _hues(0.08 + 0.6 * share), np.where(share > 0.3, 0.55, 0.1) * np.clip(border * 6, 0, 1))


def _dark_play(points: Floats, body: Floats) -> Floats:
    _, border, share = cells(_warped(points, 0.1), 0.26, seed=14)
    return _mixed(body * 0.3, 0.8 * _hues(share), np.where(share > 0.2, 0.9, 0.2) * np.clip(border * 5, 0, 1))


def _flash(points: Floats, body: Floats) -> Floats:
    field = waves(_warped(points, 0.15), 1.0, seed=15)
    colour = 0.7 * _hues(0.62 - 0.3 * np.clip(field, 0, 1)) + np.array([0.0, 0.06, 0.1])
    return _mixed(body, colour, np.clip(3 * field + 0.3, 0, 0.95))


def _agate(points: Floats, body: Floats) -> Floats:
    depth = 5.5 * (0.8 * points[:, 0] + 0.6 * points[:, 1] + 0.45 * waves(points, 0.9, seed=16))
    pale = _mixed(body, (0.76, 0.72, 0.68), 0.5 + 0.5 * np.sin(2.2 * depth))
    return pale * (0.72 + 0.28 * np.sin(5.1 * depth))[:, None]


def _glitter(points: Floats, body: Floats) -> Floats:
    _, _, share = cells(points, 0.07, seed=17)
    return np.asarray(body * np.where(share > 0.86, 2.6, 0.85 + 0.2 * share)[:, None])


def _rings(points: Floats, body: Floats) -> Floats:
    eyes = np.array([[0.5, 0.2, 0.4], [-0.7, -0.25, 0.3], [-0.1, 0.9, 0.1]])
    distance = np.min(np.linalg.norm(points[:, None] - eyes, axis=2), axis=1) + 0.06 * waves(points, 0.5, seed=18)
    wave = np.sin(24 * distance) * (0.7 + 0.3 * np.sin(7 * distance))
    return np.asarray(body * (0.85 + 0.65 * wave)[:, None])


def _silk(points: Floats, body: Floats) -> Floats:
    bands = 0.5 + 0.5 * np.sin(10 * (points[:, 1] + 0.16 * waves(points, 0.8, seed=19)))
    eye = _line(points[:, 0] + 0.1 * waves(points, 0.5, seed=20), 0.3)
    return _mixed(body * 0.25, body * 1.2, 0.15 + 0.75 * bands) * (0.75 + 0.9 * eye)[:, None]


def _star(points: Floats, body: Floats) -> Floats:
    """Asterism: six rays that meet on the dome's top."""
    radius = np.hypot(points[:, 0], points[:, 1])
    turn = np.arctan2(points[:, 1], points[:, 0])
    off = np.abs((turn + np.pi / 6) % (np.pi / 3) - np.pi / 6)
    rays = _line(radius * np.sin(off), 0.05) * np.clip(1.1 - radius, 0, 1) * (points[:, 2] > 0)
    return _mixed(body, 0.3 * body + 0.6, rays)


def _nacre(points: Floats, body: Floats) -> Floats:
    colour = _hues(0.5 + 0.5 * waves(_warped(points, 0.3), 0.8, seed=23))
    return body * (0.84 + 0.2 * colour)


def _orient(points: Floats, body: Floats) -> Floats:
    return body * (0.75 + 0.5 * _hues(0.3 + 0.35 * np.abs(points[:, 2])))


def _abalone(points: Floats, body: Floats) -> Floats:
    field = waves(_warped(points, 0.3), 0.8, seed=24)
    colour = _hues(0.55 + 0.4 * field)
    return _mixed(0.7 * colour * np.array([0.8, 1.0, 1.0]), body * 0.25, _line(np.sin(7 * field), 0.25))


PATTERNS: dict[str, Callable[[Floats, Floats], Floats]] = {
    "matrix": _matrix,
    "flecks": _flecks,
    "streaks": _streaks,
    "mottle": _mottle,
    "glow": _glow,
    "play": _play,
    "dark_play": _dark_play,
    "flash": _flash,
    "agate": _agate,
    "glitter": _glitter,
    "rings": _rings,
    "silk": _silk,
    "star": _star,
    "nacre": _nacre,
    "orient": _orient,
    "abalone": _abalone,
}
