"""Randomness spread over space: the same points always get the same values, whatever mesh they belong to."""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

from parure.render.mesh import Floats

__all__ = ["cells", "waves"]

_WAVES = 14


def waves(points: Floats, size: float, seed: int = 0) -> Floats:
    """A smooth random field (n,) at points (n, 3): about -1 to 1, with blobs about `size` mm across."""
    random = np.random.default_rng(seed)
    directions = random.normal(size=(_WAVES, 3))
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    rates = np.pi / size * random.uniform(0.6, 1.5, _WAVES)
    phases = random.uniform(0, 2 * np.pi, _WAVES)
    total = np.cos(points @ (directions * rates[:, None]).T + phases).sum(axis=1)
    return np.asarray(np.clip(total / np.sqrt(2 * _WAVES), -1.0, 1.0))


def cells(points: Floats, size: float, seed: int = 0) -> tuple[Floats, Floats, Floats]:
    """Cells about `size` mm across (Worley's noise).

    For points (n, 3): the way from the nearest cell's middle (n, 3) in sizes, how much farther the second nearest is
    (n,), 0 on a border, and a random share of the nearest (n,), 0 to 1.
    """
    scaled = points / size
    home = np.floor(scaled).astype(np.int64)
    lattice = home[:, None, :] + np.array(list(product((-1, 0, 1), repeat=3)))[None]
    middles = lattice + np.stack([_hashed(lattice, seed + axis) for axis in range(3)], axis=-1)
    way = scaled[:, None, :] - middles
    distance = np.linalg.norm(way, axis=2)
    order = np.argpartition(distance, 1, axis=1)[:, :2]
    rows = np.arange(len(points))
    first, second = distance[rows, order[:, 0]], distance[rows, order[:, 1]]
    nearest = order[:, 0]
    return way[rows, nearest], second - first, _hashed(lattice[rows, nearest], seed + 7)


def _hashed(lattice: NDArray[np.int64], seed: int) -> Floats:
    """A share 0 to 1 for each lattice point (..., 3)."""
    mixed = (lattice.astype(np.uint64) * np.array([73856093, 19349663, 83492791], np.uint64)).sum(axis=-1)
    mixed = (mixed + np.uint64(seed * 2654435761)) * np.uint64(6364136223846793005)
    mixed = (mixed ^ (mixed >> np.uint64(29))) * np.uint64(3935559000370003845)
    return np.asarray((mixed >> np.uint64(40)).astype(np.float64) / 2.0**24)
