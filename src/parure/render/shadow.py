"""A contact shadow without tracing a floor, which would cost three times the render.

Surface points are sorted into slabs by height and dropped to the floor along the light; each slab's cover is blurred in
proportion to its height: what touches the floor darkens it sharply, what hovers hardly at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from parure.render.camera import Camera, rays_to_floor
from parure.render.mesh import Floats, Mesh, Part, join

__all__ = ["contact_shadow", "surface_points"]

_SLABS = (-1.0, 0.5, 1.2, 2.5, 5.0, 10.0, 20.0, 45.0)
_SLANT = np.array([0.22, 0.16])  # mm sideways for each mm of height


def surface_points(mesh: Mesh, count: int, seed: int = 0) -> Floats:
    """Points spread evenly over the surface (count, 3)."""
    random = np.random.default_rng(seed)
    corners = mesh.vertices[mesh.faces]
    areas = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1)
    chosen = corners[random.choice(len(corners), count, p=areas / areas.sum())]
    weights = random.dirichlet((1.0, 1.0, 1.0), count)
    return np.asarray(np.einsum("nk,nkd->nd", weights, chosen))


def contact_shadow(
    parts: Sequence[Part], camera: Camera, size: int, *, strength: float = 0.5, points: int = 160_000
) -> Floats:
    """The share of light left on the floor at each pixel (size, size), 1 where nothing shades it."""
    from scipy.ndimage import gaussian_filter, map_coordinates

    surface = surface_points(join([part.mesh for part in parts]), points)
    span = float(np.ptp(surface, axis=0)[:2].max())
    cell = max(0.18, span / 320)
    low = surface.min(axis=0)[:2] - 30
    shape = tuple(((surface.max(axis=0)[:2] + 30 - low) / cell).astype(int) + 1)
    light = np.ones(shape)
    for bottom, top in pairwise(_SLABS):
        slab = surface[(surface[:, 2] >= bottom) & (surface[:, 2] < top)]
        if not len(slab):
            continue
        height = max(0.2, (max(bottom, 0) + top) / 2)
        at = ((slab[:, :2] + _SLANT * slab[:, 2:] - low) / cell).astype(int)
        cover = np.zeros(shape)
        cover[np.clip(at[:, 0], 0, shape[0] - 1), np.clip(at[:, 1], 0, shape[1] - 1)] = 1.0
        cover = np.clip(gaussian_filter(cover, 0.18 / cell + 0.6) * 1.7, 0, 1)
        spread = gaussian_filter(cover, (0.22 + 0.42 * height) / cell, truncate=2.5)
        light *= 1 - np.clip(strength * spread * np.exp(-height / 22), 0, 1)
    floor = (rays_to_floor(camera, size) - low) / cell
    return np.asarray(map_coordinates(light, [floor[..., 0], floor[..., 1]], order=1, mode="constant", cval=1.0))
