"""Where the links of a chain go: points at distances along a dense polyline (n, 3), and copies of links set there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from parure.render.mesh import Floats, Mesh

__all__ = ["Link", "distances", "path_length", "point_at", "repeat", "resampled", "ring_path", "walk"]


@dataclass(frozen=True)
class Link:
    """A link about the origin, long in x, flat in xy; `pitch` is how much chain it makes (mm)."""

    mesh: Mesh
    pitch: float


def distances(path: Floats) -> Floats:
    """How far along the path each of its points lies (n,)."""
    return np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])


def path_length(path: Floats) -> float:
    return float(np.linalg.norm(np.diff(path, axis=0), axis=1).sum())


def point_at(path: Floats, along: ArrayLike) -> Floats:
    """The points (k, 3) at these distances (k,); beyond an end the path goes on straight."""
    reach = distances(path)
    wanted = np.atleast_1d(np.asarray(along, float))
    points = np.column_stack([np.interp(wanted, reach, path[:, k]) for k in range(3)])
    first, last = _unit(path[1:2] - path[:1]), _unit(path[-1:] - path[-2:-1])
    before, after = np.minimum(wanted, 0.0), np.maximum(wanted - reach[-1], 0.0)
    return np.asarray(points + before[:, None] * first + after[:, None] * last)


def resampled(path: Floats, step: float) -> Floats:
    """The path as even points about `step` apart, both ends kept."""
    total = path_length(path)
    return point_at(path, np.linspace(0.0, total, max(4, round(total / step) + 1)))


def walk(path: Floats, count: int) -> tuple[Floats, Floats]:
    """`count` evenly spaced points along the path, half a step from each end, and the unit directions there."""
    step = path_length(path) / count
    middle = (np.arange(count) + 0.5) * step
    ahead = point_at(path, middle + 0.25 * step) - point_at(path, middle - 0.25 * step)
    return point_at(path, middle), _unit(ahead)


def ring_path(radius_x: float, radius_y: float, *, z: float = 0.0, count: int = 3000) -> Floats:
    """A closed horizontal ellipse whose last point repeats the first."""
    angles = np.linspace(0, 2 * np.pi, count)
    return np.column_stack([radius_x * np.sin(angles), -radius_y * np.cos(angles), np.full(count, z)])


def repeat(path: Floats, pattern: Sequence[Link], *, ups: ArrayLike = (0, 0, 1)) -> Mesh:
    """The pattern of links over and over from end to end, stretched a little so that whole links fill the path.

    `ups`, (3,) or one for each point of the path, is the side the links' z looks to.
    """
    total = path_length(path)
    rounds = int(total / sum(link.pitch for link in pattern)) + 1
    pitches = np.tile([link.pitch for link in pattern], rounds + 1)
    ends = np.cumsum(pitches)
    count = int(np.argmin(np.abs(ends - total))) + 1
    stretch = total / ends[count - 1]
    ends, pitches = ends[:count] * stretch, pitches[:count] * stretch
    middles = ends - pitches / 2
    heads, tails = point_at(path, ends), point_at(path, ends - pitches)
    turns = _turns(_unit(heads - tails), _ups_at(path, ups, middles))
    period = len(pattern)
    return _joined(
        [
            _copies(link.mesh.scaled((stretch, 1, 1)), turns[k::period], (heads + tails)[k::period] / 2)
            for k, link in enumerate(pattern)
            if k < count
        ]
    )


def _ups_at(path: Floats, ups: ArrayLike, along: Floats) -> Floats:
    every = np.broadcast_to(np.asarray(ups, float), path.shape)
    reach = distances(path)
    return np.column_stack([np.interp(along, reach, every[:, k]) for k in range(3)])


def _turns(directions: Floats, ups: Floats) -> Floats:
    """Frames (n, 3, 3) with columns along, across, up; where `ups` lies along the chain another side is taken."""
    across = np.cross(ups, directions)
    lost = np.linalg.norm(across, axis=1) < 0.05
    aslant = np.array([0.1, 0.2, 0.3])  # so that no direction is its own neighbour
    across[lost] = np.cross(np.roll(directions[lost], 1, axis=1) + aslant, directions[lost])
    across = _unit(across)
    return np.stack([directions, across, np.cross(directions, across)], axis=2)


def _copies(mesh: Mesh, turns: Floats, offsets: Floats) -> Mesh:
    vertices = np.einsum("nij,vj->nvi", turns, mesh.vertices) + offsets[:, None]
    starts = np.arange(len(turns))[:, None, None] * len(mesh.vertices)
    return Mesh(vertices.reshape(-1, 3), (mesh.faces[None] + starts).reshape(-1, 3))


def _joined(meshes: Sequence[Mesh]) -> Mesh:
    starts = np.cumsum([0] + [len(mesh.vertices) for mesh in meshes[:-1]])
    faces = [mesh.faces + start for mesh, start in zip(meshes, starts, strict=True)]
    return Mesh(np.vstack([mesh.vertices for mesh in meshes]), np.vstack(faces))


def _unit(vectors: Floats) -> Floats:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12))
