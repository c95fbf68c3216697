"""Surfaces worked into a finished bangle: hammered, engraved, fluted, notched like bamboo.

Points are moved by a function of where they are, never of their index, so the doubled rims of caps stay together and
the solid stays closed.
"""

from __future__ import annotations

import numpy as np

from parure.render.mesh import Floats, Mesh

__all__ = ["TEXTURES", "textured"]

TEXTURES = {"hammered": 1.5, "engraved": 1.0, "fluted": 0.8, "bamboo": 0.6, "scrolled": 0.8}


def textured(mesh: Mesh, texture: str, depth: float) -> Mesh:
    """Cut the texture up to `depth` mm into the outer side; a blank one leaves the mesh as it is."""
    if not texture:
        return mesh
    points = mesh.vertices
    radius = np.hypot(points[:, 0], points[:, 1])
    out = np.column_stack([points[:, :2] / radius[:, None], np.zeros(len(points))])
    angle, height = np.arctan2(points[:, 1], points[:, 0]), points[:, 2]
    cut = _hammered(points) if texture == "hammered" else _pattern(texture, angle, height)
    moved = points - depth * (cut * _outside(points, angle))[:, None] * out
    return Mesh(moved, mesh.faces)


def _outside(points: Floats, angle: Floats) -> Floats:
    """1 on the outer side, 0 on the inner: by where a point lies between the least and greatest radius nearby."""
    radius = np.hypot(points[:, 0], points[:, 1])
    sector = np.floor((angle + np.pi) / (2 * np.pi) * 90).astype(int) % 90
    low, high = np.full(90, np.inf), np.zeros(90)
    np.minimum.at(low, sector, radius)
    np.maximum.at(high, sector, radius)
    share = (radius - low[sector]) / np.maximum(high[sector] - low[sector], 1e-9)
    return np.asarray(np.clip((share - 0.35) / 0.3, 0, 1))


def _hammered(points: Floats) -> Floats:
    """Round dents at random places that meet in soft ridges."""
    from scipy.spatial import cKDTree

    random = np.random.default_rng(7)
    tall = np.ptp(points[:, 2])
    angles = random.uniform(-np.pi, np.pi, max(60, int(9 * tall)))
    heights = random.uniform(points[:, 2].min(), points[:, 2].max(), len(angles))
    reach = np.hypot(points[:, 0], points[:, 1]).mean()
    centres = np.column_stack([reach * np.cos(angles), reach * np.sin(angles), heights])
    distance, _ = cKDTree(centres).query(points)
    return np.asarray(np.clip(1 - (distance / 4.0) ** 2, 0, 1))


def _pattern(texture: str, angle: Floats, height: Floats) -> Floats:
    if texture == "fluted":
        return 0.5 + 0.5 * np.cos(64 * angle)
    if texture == "bamboo":
        return np.exp(-((np.abs(np.sin(5 * angle)) / 0.09) ** 2)) * 1.2
    if texture == "engraved":
        lines = np.maximum(np.cos(40 * angle + 1.4 * height), np.cos(40 * angle - 1.4 * height))
        return np.asarray(np.clip((lines - 0.86) / 0.14, 0, 1))
    wave = np.abs(height - 1.3 * np.sin(18 * angle)) / 0.5
    return np.asarray(np.clip(1 - np.minimum(wave, np.abs(height + 1.3 * np.sin(18 * angle)) / 0.5), 0, 1))
