"""Convex stones as intersections of half-spaces: every facet is exactly flat and every stone is closed."""

from __future__ import annotations

import numpy as np

from parure.render.mesh import Floats, Mesh, frame

__all__ = ["GIRDLE", "girdle_planes", "height_on", "plane_through", "polyhedron", "tilted"]

GIRDLE = 0.03  # half the girdle's thickness in half-lengths: 3 % of the diameter, the trade's "medium"


def polyhedron(planes: Floats) -> Mesh:
    """The closed convex solid {x: n.x + d <= 0 for every row (n, d)}; the origin must lie inside.

    Facet membership comes from the dual, not from a distance test, so slivers keep the right corners.
    """
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components
    from scipy.spatial import HalfspaceIntersection, cKDTree

    planes = planes / np.linalg.norm(planes[:, :3], axis=1, keepdims=True)
    solid = HalfspaceIntersection(planes, np.zeros(3))
    corners = solid.intersections
    pairs = cKDTree(corners).query_pairs(2e-5, output_type="ndarray")
    links = coo_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(len(corners),) * 2)
    count, group = connected_components(links, directed=False)
    vertices = np.stack([corners[group == k].mean(axis=0) for k in range(count)])
    members: list[set[int]] = [set() for _ in planes]
    for corner, facet in enumerate(solid.dual_facets):
        for plane in facet:
            members[plane].add(int(group[corner]))
    faces = [
        _fan(vertices, sorted(ring), plane[:3]) for ring, plane in zip(members, planes, strict=True) if len(ring) > 2
    ]
    return Mesh(vertices, np.vstack(faces)).outward()


def _fan(vertices: Floats, ring: list[int], normal: Floats) -> Floats:
    points = vertices[ring]
    local = (points - points.mean(axis=0)) @ frame(normal)
    order = np.asarray(ring)[np.argsort(np.arctan2(local[:, 1], local[:, 0]))]
    return np.stack([np.full(len(order) - 2, order[0]), order[1:-1], order[2:]], axis=1)


def plane_through(a: Floats, b: Floats, c: Floats) -> Floats:
    """The plane (4,) through three points, facing away from the origin."""
    normal = np.cross(b - a, c - a)
    normal = normal / np.linalg.norm(normal)
    depth = normal @ a
    return np.append(normal, -depth) if depth > 0 else np.append(-normal, depth)


def height_on(plane: Floats, xy: Floats) -> float:
    return float(-(plane[:2] @ xy + plane[3]) / plane[2])


def girdle_planes(curve: Floats, count: int = 64) -> Floats:
    """Upright planes around an outline (n, 2)."""
    index = (np.arange(count) * len(curve)) // count
    ahead = np.roll(curve, -1, 0)[index] - np.roll(curve, 1, 0)[index]
    normals = np.column_stack([ahead[:, 1], -ahead[:, 0]]) / np.linalg.norm(ahead, axis=1, keepdims=True)
    reach = np.max(normals @ curve.T, axis=1)
    return np.column_stack([normals, np.zeros(count), -reach])


def tilted(normal: Floats, slope: float, point: Floats) -> Floats:
    """The plane through `point` that leans `slope` degrees from the vertical axis towards `normal` (2,)."""
    angle = np.radians(slope)
    lean = np.append(normal * np.sin(abs(angle)), np.cos(angle) * (1 if slope > 0 else -1))
    return np.append(lean, -lean @ point)
