"""Blur of what is nearer or farther than the sharp distance, added to a traced picture.

Distances come from points of the surfaces, dropped into a coarse grid of the picture; the gaps between them are filled
from their neighbours. Good for the few pixels of blur that product photographs have, not for large ones.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from parure.render.camera import Camera
from parure.render.mesh import Floats, Mesh, Part, join
from parure.render.shadow import surface_points

__all__ = ["depths_of", "distance_map", "softened"]

_CELL = 4  # px
_POINTS = 150_000


def depths_of(points: Floats, camera: Camera) -> Floats:
    """Distance along the view of points (n, 3), mm."""
    return np.asarray((points - camera.position) @ camera.forward)


def distance_map(parts: Sequence[Part], camera: Camera, size: int, *, body: bool = False) -> Floats:
    """How far away each pixel is (size, size), mm; gaps have the distance of what is next to them.

    With a `body`, most of which the camera does not see, points go to what it may see only.
    """
    from scipy.ndimage import distance_transform_edt, gaussian_filter, zoom

    cells = -(-size // _CELL)
    mesh = join([part.mesh for part in parts])
    points = surface_points(_seen(mesh, camera) if body else mesh, _POINTS)
    across, upward, depth = _projected(points, camera)
    inside = (np.abs(across) < 1) & (np.abs(upward) < 1)
    column = ((across[inside] + 1) / 2 * cells).astype(int)
    row = ((1 - upward[inside]) / 2 * cells).astype(int)
    nearest = np.full((cells, cells), np.inf)
    np.minimum.at(nearest, (row, column), depth[inside])
    gaps = np.isinf(nearest)
    filled = nearest[tuple(distance_transform_edt(gaps, return_distances=False, return_indices=True))]
    return np.asarray(zoom(gaussian_filter(filled, 1.2), size / cells, order=1)[:size, :size])


def _projected(points: Floats, camera: Camera) -> tuple[Floats, Floats, Floats]:
    """Where points (n, 3) are in the picture, -1 to 1 across and upward, and how far away, mm."""
    local, depth = points - camera.position, depths_of(points, camera)
    shrunk = np.where(depth > 0, depth, np.nan) * camera.half_tangent
    return local @ camera.right / shrunk, local @ camera.up / shrunk, depth


def _seen(mesh: Mesh, camera: Camera) -> Mesh:
    """The triangles that face the camera and touch the picture: else points of a whole head are too few for the ear,
    and its far side shows between them."""
    corners = mesh.vertices[mesh.faces]
    outward = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    facing = ((corners[:, 0] - camera.position) * outward).sum(axis=1) < 0
    across, upward, _ = (each[mesh.faces] for each in _projected(mesh.vertices, camera))
    touching = [(axis.min(axis=1) < 1) & (axis.max(axis=1) > -1) for axis in (across, upward)]
    return Mesh(mesh.vertices, mesh.faces[facing & touching[0] & touching[1]])


def softened(
    light: Floats, parts: Sequence[Part], camera: Camera, *, focus: float, reach: float, blur: float, body: bool = False
) -> Floats:
    """The premultiplied picture (size, size, 4), blurred by up to `blur` of its side at `reach` mm from `focus`."""
    from scipy.ndimage import gaussian_filter

    size = light.shape[0]
    amount = np.clip(np.abs(distance_map(parts, camera, size, body=body) - focus) / reach, 0, 1)[..., None]
    # Two steps of blur, mixed: half of the amount leads from sharp to the first, the rest to the second.
    first, second = (gaussian_filter(light, (sigma, sigma, 0)) for sigma in (blur * size / 2, blur * size))
    lower = light + (first - light) * np.minimum(2 * amount, 1)
    return np.asarray(lower + (second - lower) * np.maximum(2 * amount - 1, 0))
