"""Beads on a thread: round, oval, rondelle or baroque, graduated or even, in few vertices each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from parure.render.chains_paths import distances, point_at
from parure.render.mesh import METAL, Floats, Mesh, Part, frame
from parure.render.solids import ball

__all__ = ["bead_mesh", "strung"]

_LENGTHS = {"round": 1.0, "oval": 1.35, "rondelle": 0.62, "baroque": 1.0, "drop": 1.5}
_KINDS_OF_BAROQUE = 12


@lru_cache(maxsize=64)
def bead_mesh(shape: str, seed: int = 0) -> Mesh:
    """A bead of diameter 1 across its thread, which runs along x; a drop's thick end is at -x."""
    sphere = ball(0.5, detail=13)
    if shape == "baroque":
        return _lumpy(sphere, seed)
    points = sphere.vertices
    if shape == "drop":
        x = points[:, :1]
        points = np.hstack([x * 1.5, points[:, 1:] * (1 - 0.62 * np.clip(x + 0.5, 0, 1) ** 1.4)])
        return Mesh(points, sphere.faces)
    return sphere.scaled((_LENGTHS[shape], 1.0, 1.0))


def _lumpy(sphere: Mesh, seed: int) -> Mesh:
    """Swollen and dented by three soft waves, as baroque pearls are."""
    random = np.random.default_rng(seed)
    points = sphere.vertices
    swell = np.ones(len(points))
    for _ in range(3):
        swell += random.uniform(0.03, 0.1) * np.sin(points @ random.normal(0, 4.5, 3) + random.uniform(0, 6))
    long = np.array([random.uniform(0.95, 1.3), random.uniform(0.85, 1.02), random.uniform(0.85, 1.02)])
    return Mesh(points * swell[:, None] * long, sphere.faces)


def strung(
    path: Floats,
    gems: Sequence[str],
    size: float,
    *,
    shape: str = "round",
    graduation: float = 0.0,
    accents: int = 0,
    seed: int = 0,
) -> list[Part]:
    """Beads touching along the path, largest in its middle, the gems in turn; every so many an accent of metal."""
    total = float(distances(path)[-1])
    parts: list[Part] = []
    at, index = 0.0, 0
    while True:
        accent = bool(accents) and index % accents == accents - 1
        front = 1 - abs(2 * at / total - 1)
        across = size * (1 - graduation * (1 - front)) * (0.62 if accent else 1.0)
        kind = "round" if accent else shape
        mesh = bead_mesh(kind, (seed + index) % _KINDS_OF_BAROQUE)
        long = across * float(np.ptp(mesh.vertices[:, 0]))
        if at + long > total and parts:
            return parts
        before, here, after = point_at(path, [at, at + long / 2, at + long])
        placed = mesh.scaled(across).moved(frame(after - before, (0, 0, 1)) @ _ALONG, here)
        parts.append(Part("bead", METAL if accent else gems[index % len(gems)], placed))
        at += 1.01 * long
        index += 1


_ALONG = np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]])  # the mesh's x goes along the frame's z
