"""Triangle meshes, the labelled parts a piece is made of, and moving them about.

A piece is a list of `Part`. Every part keeps its own label and material, so that a picture can be labelled stone by
stone. `settle` lets a piece roll over its convex hull until it lies still, as it would on a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = [
    "METAL",
    "SECOND_METAL",
    "Floats",
    "Ints",
    "Mesh",
    "Part",
    "all_vertices",
    "frame",
    "join",
    "merge_by_label",
    "on_floor",
    "place",
    "rotation",
    "settle",
    "signed_volume",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

METAL = "metal"  # the material name that a design fills with its own metal; other names are in `materials`
SECOND_METAL = "second_metal"  # of a two-tone piece; the same as METAL where the casting has only one


@dataclass(frozen=True)
class Mesh:
    """`vertices` (n, 3) in mm; `faces` (m, 3), counter-clockwise seen from outside."""

    vertices: Floats
    faces: Ints

    def scaled(self, factors: ArrayLike) -> Mesh:
        return Mesh(self.vertices * np.asarray(factors, float), self.faces)

    def moved(self, turn: Floats | None = None, offset: ArrayLike = (0, 0, 0)) -> Mesh:
        vertices = self.vertices if turn is None else self.vertices @ turn.T
        return Mesh(vertices + np.asarray(offset, float), self.faces)

    def outward(self) -> Mesh:
        """The same closed surface with its faces turned outward."""
        return self if signed_volume(self) >= 0 else Mesh(self.vertices, self.faces[:, ::-1])


@dataclass(frozen=True)
class Part:
    """One labelled piece of surface. `smooth` asks for averaged normals; stones keep flat facets.

    `instance` tells the pieces of one scene apart: a pair of earrings is two. `tint` (n, 3), linear, multiplies the
    material's colour at each vertex: bands in agate, mottled skin, tarnish.
    """

    label: str
    material: str
    mesh: Mesh
    smooth: bool = True
    instance: int = 0
    tint: Floats | None = None


def signed_volume(mesh: Mesh) -> float:
    a, b, c = (mesh.vertices[mesh.faces[:, k]] for k in range(3))
    return float(np.einsum("ij,ij->", a, np.cross(b, c)) / 6)


def rotation(axis: ArrayLike, degrees: float) -> Floats:
    """Rodrigues' formula: the (3, 3) turn about `axis`, right-handed."""
    x, y, z = np.asarray(axis, float) / np.linalg.norm(axis)
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    angle = np.radians(degrees)
    return np.asarray(np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * cross @ cross)


def frame(z_axis: ArrayLike, x_hint: ArrayLike = (1, 0, 0)) -> Floats:
    """The turn that takes z to `z_axis` and x as near as possible to `x_hint` (columns x, y, z)."""
    z = np.asarray(z_axis, float) / np.linalg.norm(z_axis)
    x = np.asarray(x_hint, float) / np.linalg.norm(x_hint)
    if abs(x @ z) > 0.99:
        x = np.array([0.0, 1.0, 0.0]) if abs(z[1]) < 0.9 else np.array([0.0, 0.0, 1.0])
    x = x - (x @ z) * z
    x = x / np.linalg.norm(x)
    return np.stack([x, np.cross(z, x), z], axis=1)


def place(parts: Iterable[Part], turn: Floats | None = None, offset: ArrayLike = (0, 0, 0)) -> list[Part]:
    return [replace(part, mesh=part.mesh.moved(turn, offset)) for part in parts]


def all_vertices(parts: Sequence[Part]) -> Floats:
    return np.vstack([part.mesh.vertices for part in parts])


def on_floor(parts: Sequence[Part]) -> list[Part]:
    """The same pose, lowered or raised until its lowest point touches z = 0."""
    lowest = min(float(part.mesh.vertices[:, 2].min()) for part in parts)
    return place(parts, offset=(0, 0, -lowest))


def settle(parts: Sequence[Part]) -> list[Part]:
    """Roll the piece to a stable rest: the hull face below the centroid becomes the floor, again until it stays."""
    from scipy.spatial import ConvexHull

    points = all_vertices(parts)
    hull = ConvexHull(points)
    centre, normals, depths = points.mean(axis=0), hull.equations[:, :3], hull.equations[:, 3]
    turn = np.eye(3)
    for _ in range(20):
        towards_floor = normals @ turn.T[:, 2] * -1
        distance = np.where(
            towards_floor > 1e-9, -(normals @ centre + depths) / np.maximum(towards_floor, 1e-9), np.inf
        )
        face = int(np.argmin(distance))
        down = turn @ normals[face]
        if down[2] < -0.999999:
            break
        turn = _shortest_turn(down, np.array([0.0, 0.0, -1.0])) @ turn
    return on_floor(place(parts, turn))


def _shortest_turn(start: Floats, end: Floats) -> Floats:
    axis = np.cross(start, end)
    angle = np.degrees(np.arctan2(np.linalg.norm(axis), start @ end))
    return np.eye(3) if np.linalg.norm(axis) < 1e-12 else rotation(axis, float(angle))


def join(meshes: Sequence[Mesh]) -> Mesh:
    starts = np.cumsum([0] + [len(mesh.vertices) for mesh in meshes[:-1]])
    faces = [mesh.faces + start for mesh, start in zip(meshes, starts, strict=True)]
    return Mesh(np.vstack([mesh.vertices for mesh in meshes]), np.vstack(faces))


def merge_by_label(parts: Sequence[Part]) -> list[Part]:
    """Fewer, larger meshes: parts that share instance, label, material and shading become one."""
    groups: dict[tuple[int, str, str, bool, bool], list[Part]] = {}
    for part in parts:
        key = (part.instance, part.label, part.material, part.smooth, part.tint is None)
        groups.setdefault(key, []).append(part)
    return [
        replace(members[0], mesh=join([part.mesh for part in members]), tint=_joined_tint(members))
        for members in groups.values()
    ]


def _joined_tint(parts: Sequence[Part]) -> Floats | None:
    tints = [part.tint for part in parts if part.tint is not None]
    return np.vstack(tints) if tints else None
