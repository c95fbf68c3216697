"""Gem cuts as intersections of half-spaces, so every facet is exactly flat and every stone is closed.

Unit stones: half-length 1 in the girdle plane, table towards +z, girdle about z = 0. Angles and shares follow the usual
modern round brilliant: table 57 %, crown 34.5 degrees, pavilion 40.8 degrees, star 50 %, lower halves 80 %.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from parure.render.mesh import Floats, Mesh, Part, frame
from parure.render.outlines import ASPECT, outline
from parure.render.solids import ball, lathe

__all__ = ["OPAQUE_CUTS", "Stone", "cut_mesh", "polyhedron"]

OPAQUE_CUTS = ("cabochon", "bead")
_GIRDLE = 0.03


@dataclass(frozen=True)
class Stone:
    """A stone by gem, cut and length in mm."""

    gem: str
    cut: str = "round"
    size: float = 6.5

    def part(self, label: str = "centre_stone") -> Part:
        smooth = self.cut in OPAQUE_CUTS
        return Part(label, self.gem, cut_mesh(self.cut).scaled(self.size / 2), smooth)

    @property
    def outline(self) -> Floats:
        """The girdle in mm (n, 2)."""
        return outline("oval" if self.cut == "cabochon" else self.cut) * self.size / 2


@lru_cache(maxsize=32)
def cut_mesh(cut: str) -> Mesh:
    """The unit mesh of a cut by its taxonomy name; `single` is the 17-facet cut used for melee."""
    if cut == "cabochon":
        return _cabochon(ASPECT["oval"])
    if cut == "bead":
        return ball(1.0, detail=24)
    if cut == "oval":
        return cut_mesh("round").scaled((1.0, ASPECT["oval"], 0.9))
    if cut == "princess":
        return polyhedron(_princess_planes())
    if cut in ("emerald", "asscher", "baguette"):
        corner = {"emerald": 0.3, "asscher": 0.5, "baguette": 0.0}[cut]
        return polyhedron(_step_planes(ASPECT[cut], corner))
    if cut == "single":
        return polyhedron(_brilliant_planes(outline("round"), halves=False))
    return polyhedron(_brilliant_planes(outline(cut)))


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


def _plane(a: Floats, b: Floats, c: Floats) -> Floats:
    """The plane through three points, facing away from the origin."""
    normal = np.cross(b - a, c - a)
    normal = normal / np.linalg.norm(normal)
    depth = normal @ a
    return np.append(normal, -depth) if depth > 0 else np.append(-normal, depth)


def _height(plane: Floats, xy: Floats) -> float:
    return float(-(plane[:2] @ xy + plane[3]) / plane[2])


def _brilliant_planes(curve: Floats, *, halves: bool = True, table: float = 0.57) -> Floats:
    """Table, eight kites, eight stars, sixteen upper halves, girdle, sixteen lower halves, eight pavilion mains."""
    mains, total = 8, len(curve)
    depth = float(np.abs(curve[:, 1]).max()) ** 0.5  # long shapes are cut shallower along their length
    rise, drop = np.tan(np.radians(34.5)) * depth, np.tan(np.radians(40.8)) * depth
    top, culet = _GIRDLE + (1 - table) * rise, np.array([0.0, 0.0, -_GIRDLE - drop])
    at = [curve[round(k * total / (2 * mains)) % total] for k in range(2 * mains)]
    up, down, planes = [], [], [np.array([0.0, 0.0, 1.0, -top])]
    for k in range(mains):
        girdle = at[2 * k]
        along = at[(2 * k + 1) % 16] - at[2 * k - 1]
        upper, lower = np.append(girdle, _GIRDLE), np.append(girdle, -_GIRDLE)
        step = np.append(along, 0.0)
        up.append(_plane(upper, np.append(table * girdle, top), upper + step))
        down.append(_plane(lower, culet, lower + step))
    planes += up + down
    if halves:
        planes += _half_facets(at, up, down, table=table, top=top)
    return np.vstack([*planes, _girdle_planes(curve)])


def _half_facets(at: list[Floats], up: list[Floats], down: list[Floats], *, table: float, top: float) -> list[Floats]:
    planes = []
    for k in range(8):
        left, middle, right = at[2 * k], at[2 * k + 1], at[(2 * k + 2) % 16]
        star_xy, low_xy = middle * (table + 0.5 * (1 - table)), middle * 0.2
        star = np.append(star_xy, min(_height(up[k], star_xy), _height(up[(k + 1) % 8], star_xy)))
        low = np.append(low_xy, max(_height(down[k], low_xy), _height(down[(k + 1) % 8], low_xy)))
        planes.append(_plane(np.append(table * left, top), np.append(table * right, top), star))
        for side in (left, right):
            planes.append(_plane(star, np.append(side, _GIRDLE), np.append(middle, _GIRDLE)))
            planes.append(_plane(low, np.append(side, -_GIRDLE), np.append(middle, -_GIRDLE)))
    return planes


def _girdle_planes(curve: Floats, count: int = 64) -> Floats:
    index = (np.arange(count) * len(curve)) // count
    ahead = np.roll(curve, -1, 0)[index] - np.roll(curve, 1, 0)[index]
    normals = np.column_stack([ahead[:, 1], -ahead[:, 0]]) / np.linalg.norm(ahead, axis=1, keepdims=True)
    reach = np.max(normals @ curve.T, axis=1)
    return np.column_stack([normals, np.zeros(count), -reach])


def _tilted(normal: Floats, slope: float, point: Floats) -> Floats:
    """The plane through `point` that leans `slope` degrees from the vertical axis towards `normal` (2,)."""
    angle = np.radians(slope)
    lean = np.append(normal * np.sin(abs(angle)), np.cos(angle) * (1 if slope > 0 else -1))
    return np.append(lean, -lean @ point)


def _step_planes(aspect: float, corner: float) -> Floats:
    """Three rows of steps above and three below the girdle of a rectangle with cut corners."""
    sides = [
        (np.array([1.0, 0]), 1.0),
        (np.array([-1.0, 0]), 1.0),
        (np.array([0, 1.0]), aspect),
        (np.array([0, -1.0]), aspect),
    ]
    if corner:
        reach = (1 + aspect - corner * aspect) / np.sqrt(2)
        sides += [(np.array([x, y]) / np.sqrt(2), reach) for x in (1.0, -1.0) for y in (1.0, -1.0)]
    crown, pavilion = ((46, 0.08), (38, 0.075), (28, 0.06)), ((52, 0.2), (43, 0.17), (35, 0.9))
    top = _GIRDLE + sum(rise for _, rise in crown)
    planes = [np.array([0.0, 0.0, 1.0, -top])]
    for normal, reach in sides:
        planes.append(np.append(normal, [0.0, -reach]))
        for rows, sign in ((crown, 1), (pavilion, -1)):
            radius, z = reach, _GIRDLE * sign
            for slope, height in rows:
                planes.append(_tilted(normal, sign * slope if sign > 0 else -slope, np.append(normal * radius, z)))
                radius -= height / np.tan(np.radians(slope))
                z += sign * height
    return np.vstack(planes)


def _princess_planes() -> Floats:
    """A square with chevrons below: each side's pavilion is three pairs of facets fanning from its corners."""
    top = _GIRDLE + 0.13
    planes = [np.array([0.0, 0.0, 1.0, -top])]
    for quarter in range(4):
        angle = quarter * np.pi / 2
        normal = np.array([np.cos(angle), np.sin(angle)])
        along = np.array([-normal[1], normal[0]])
        planes += [np.append(normal, [0.0, -1.0]), _tilted(normal, 32, np.append(normal, _GIRDLE))]
        for sign in (1.0, -1.0):
            corner = np.append(normal + sign * along, 0.0)
            star = (normal + 0.5 * sign * along) / np.hypot(1, 0.5)
            planes.append(_tilted(star, 27, corner * 0.985 + np.array([0, 0, _GIRDLE])))
            for lean, slope in ((0.14, -55), (0.4, -47), (0.75, -41)):
                facing = (normal + lean * sign * along) / np.hypot(1, lean)
                planes.append(_tilted(facing, slope, corner - np.array([0, 0, _GIRDLE])))
    return np.vstack(planes)


def _cabochon(aspect: float) -> Mesh:
    angles = np.linspace(0, np.pi / 2, 20)
    dome = np.column_stack([np.cos(angles), 0.55 * np.sin(angles)])
    profile = np.vstack([[[0.0, -0.15], [0.92, -0.15], [0.99, -0.06]], dome])
    return lathe(profile, count=72).scaled((1.0, aspect, 1.0))
