"""How skin looks from place to place: tints that multiply the colour of the tone at each vertex."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.random import Generator

from parure.render.mesh import Floats

__all__ = ["TONES", "VELVETS", "blush", "mottled", "near_line"]

TONES = ("skin_1", "skin_2", "skin_3", "skin_4", "skin_5", "skin_6")
VELVETS = ("velvet_black", "velvet_grey", "velvet_cream", "velvet_blue", "velvet_green", "velvet_red")


def mottled(points: Floats, random: Generator, *, scale: float = 9.0, strength: float = 0.035) -> Floats:
    """Tints (n, 3) near 1: soft blotches about `scale` mm across, a little redder where darker."""
    total = np.zeros(len(points))
    for octave in range(14):
        direction = random.normal(size=3)
        wave = 2 * np.pi / (scale * random.uniform(0.35, 2.2))
        total += np.sin(points @ (direction / np.linalg.norm(direction)) * wave + random.uniform(0, 7)) / (
            1 + octave / 6
        )
    total = strength * total / 2.0
    return np.asarray(1.0 + total[:, None] * np.array([0.7, 1.1, 1.15]))


def blush(points: Floats, centres: Floats, *, radius: float, strength: float) -> Floats:
    """Redness around centres (k, 3), as over knuckles and fingertips; negative strength pales."""
    distance = np.linalg.norm(points[:, None] - centres[None], axis=2)
    amount = strength * np.exp(-((distance / radius) ** 2)).max(axis=1)
    return np.asarray(1.0 - amount[:, None] * np.array([0.12, 1.0, 0.85]))


def near_line(points: Floats, line: Floats, *, width: float, strength: float) -> Floats:
    """A darker crease along a polyline (k, 3)."""
    dense = np.concatenate([np.linspace(a, b, 12) for a, b in pairwise(line)])
    distance = np.linalg.norm(points[:, None] - dense[None], axis=2).min(axis=1)
    amount = strength * np.exp(-((distance / width) ** 2))
    return np.asarray(1.0 - amount[:, None] * np.array([0.75, 1.0, 1.0]))
