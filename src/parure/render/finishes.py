"""What a jeweller does to a metal surface: roughness, dents in the normals, shades in the colour.

Dents and shades follow the place of a vertex in the scene, so a surface needs vertices closer than a dent; findings,
claws and chains stay plain, as they do at the bench. Milgrain, filigree and granulation are shapes, not finishes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from parure.errors import ParureError
from parure.render.materials import Casting
from parure.render.mesh import Floats, Mesh, Part
from parure.render.noise import cells, waves

__all__ = ["FINISHES", "Finish", "finish_named", "shaped_normals", "surface_shade"]

_PLAIN = frozenset({"chain", "prong", "closure", "post", "bail", "hook", "pin"})


@dataclass(frozen=True)
class Finish:
    """GGX roughness along and across the strokes of the brush (alike where there are none)."""

    along: float
    across: float


FINISHES = {
    "polished": Finish(0.0, 0.0),
    "satin": Finish(0.2, 0.2),
    "brushed": Finish(0.08, 0.3),
    "matte": Finish(0.32, 0.32),
    "sandblasted": Finish(0.4, 0.4),
    "hammered": Finish(0.06, 0.06),
    "textured": Finish(0.16, 0.16),
    "engraved": Finish(0.06, 0.06),
    "oxidised": Finish(0.13, 0.13),
    "damascus": Finish(0.16, 0.16),
}


def finish_named(name: str) -> Finish:
    if name not in FINISHES:
        raise ParureError(f"No finish is called {name!r}. Known: {', '.join(FINISHES)}.")
    return FINISHES[name]


def shaped_normals(part: Part, normals: Floats, finish: str) -> Floats:
    """The normals (n, 3) with the dents of the hammer or the grain of the texture in them."""
    if part.label in _PLAIN or finish not in ("hammered", "textured"):
        return normals
    size, depth = (1.5, 0.42) if finish == "hammered" else (0.5, 0.3)
    way, _, _ = cells(part.mesh.vertices, size)
    # In a hollow the surface rises away from the middle, so its normals lean towards it.
    leaning = normals - depth * (way - np.sum(way * normals, axis=1, keepdims=True) * normals)
    return np.asarray(leaning / np.linalg.norm(leaning, axis=1, keepdims=True))


def surface_shade(part: Part, normals: Floats, casting: Casting) -> Floats | None:
    """What the finish and the years multiply the metal's colour by, (n, 3), or None for nothing."""
    points = part.mesh.vertices
    shade = np.ones((len(points), 3))
    if casting.finish == "oxidised":
        shade *= _oxide(part.mesh, normals)[:, None]
    elif casting.finish == "damascus" and part.label not in _PLAIN:
        shade *= _damascus(points)[:, None]
    elif casting.finish == "engraved" and part.label not in _PLAIN:
        shade *= _scrolls(points)[:, None]
    elif not casting.tarnish:
        return None
    film = casting.tarnish * (0.35 + 0.65 * np.clip(waves(points, 3.5, seed=5) + 0.4, 0, 1))
    return np.asarray(shade * (1 - film[:, None] * np.array([0.28, 0.42, 0.62])))


def _oxide(mesh: Mesh, normals: Floats) -> Floats:
    """Black in the hollows, where nothing rubs it off, and cloudy elsewhere."""
    start, end = mesh.faces.ravel(), np.roll(mesh.faces, -1, axis=1).ravel()
    step = mesh.vertices[end] - mesh.vertices[start]
    length = np.maximum(np.linalg.norm(step, axis=1), 1e-9)
    rise = np.einsum("ij,ij->i", step, normals[start]) / length
    count = len(mesh.vertices)
    hollow = np.bincount(start, rise, count) / np.maximum(np.bincount(start, minlength=count), 1)
    cloud = waves(mesh.vertices, 2.2, seed=3)
    return np.clip(0.52 - 2.2 * hollow + 0.3 * cloud, 0.07, 0.95)


def _damascus(points: Floats) -> Floats:
    bent = points[:, 2] + 0.9 * waves(points, 3.0, seed=11) + 0.4 * waves(points, 1.2, seed=12)
    return np.where(np.sin(bent * 7.0) > 0, 0.9, 0.42)


def _scrolls(points: Floats) -> Floats:
    field = waves(points, 1.6, seed=21) + 0.35 * waves(points, 0.8, seed=22)
    return np.asarray(1 - 0.82 * np.exp(-((np.sin(7.0 * field) / 0.3) ** 2)))
