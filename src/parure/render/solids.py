"""The few solids all metalwork is made of: swept profiles, round wires, lathed forms and bevelled plates."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from parure.render.mesh import Floats, Ints, Mesh

__all__ = ["ball", "band_profile", "circle", "ellipsoid", "lathe", "loop", "plate", "sweep", "torus", "tube"]


def circle(radius: float, count: int = 16) -> Floats:
    angles = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return radius * np.stack([np.cos(angles), np.sin(angles)], axis=1)


def loop(radius: float, count: int = 160, z: float = 0.0) -> Floats:
    """A horizontal circle as a path (count, 3)."""
    return np.column_stack([circle(radius, count), np.full(count, z)])


def band_profile(width: float, height: float, squareness: float = 2.6, inner: float = 0.35) -> Floats:
    """Section of a ring shank: x across, y outward from 0; the inside (y = 0) is flatter, for comfort."""
    angles = np.linspace(0, 2 * np.pi, 56, endpoint=False)
    cos, sin = np.cos(angles), np.sin(angles)
    x = np.sign(cos) * np.abs(cos) ** (2 / squareness) * width / 2
    y = np.sign(sin) * np.abs(sin) ** (2 / squareness)
    y = np.where(y < 0, y * inner, y)
    return np.column_stack([x, (y + inner) / (1 + inner) * height])


def sweep(
    path: Floats, profile: Floats, *, closed: bool = False, ups: ArrayLike | None = None, scale: ArrayLike = 1.0
) -> Mesh:
    """Carry a closed section (m, 2) along a path (n, 3); open ends get flat caps with a hard edge.

    `ups` (n, 3) or (3,) points along the section's y; without it the section is carried with the least twist.
    """
    count, size = len(path), len(profile)
    tangents = _tangents(path, closed)
    up = _least_twist(tangents) if ups is None else np.broadcast_to(np.asarray(ups, float), path.shape)
    up = up - np.sum(up * tangents, axis=1, keepdims=True) * tangents
    up = up / np.linalg.norm(up, axis=1, keepdims=True)
    side = np.cross(tangents, up)
    factor = np.broadcast_to(np.asarray(scale, float), (count,))[:, None, None]
    section = profile[None, :, :1] * side[:, None] + profile[None, :, 1:] * up[:, None]
    vertices = (path[:, None] + factor * section).reshape(-1, 3)
    mesh = Mesh(vertices, _grid_faces(count, size, closed))
    return (mesh if closed else _capped(mesh, path, size)).outward()


def _tangents(path: Floats, closed: bool) -> Floats:
    steps = np.roll(path, -1, 0) - np.roll(path, 1, 0) if closed else np.gradient(path, axis=0)
    return np.asarray(steps / np.linalg.norm(steps, axis=1, keepdims=True))


def _least_twist(tangents: Floats) -> Floats:
    ups = np.empty_like(tangents)
    up = np.eye(3)[int(np.argmin(np.abs(tangents[0])))]
    for index, tangent in enumerate(tangents):
        up = up - (up @ tangent) * tangent
        up = up / np.linalg.norm(up)
        ups[index] = up
    return ups


def _grid_faces(rows: int, columns: int, closed: bool) -> Ints:
    row = np.arange(rows if closed else rows - 1)[:, None]
    column = np.arange(columns)[None, :]
    here, below = row * columns, (row + 1) % rows * columns
    right = (column + 1) % columns
    first = np.stack([here + column, below + right, here + right], axis=-1)
    second = np.stack([here + column, below + column, below + right], axis=-1)
    return np.concatenate([first.reshape(-1, 3), second.reshape(-1, 3)])


def _capped(mesh: Mesh, path: Floats, size: int) -> Mesh:
    # The cap has its own copy of the rim, so averaged normals stay flat on it.
    start, total = mesh.vertices[:size], len(mesh.vertices)
    ring = np.arange(size)
    following = (ring + 1) % size
    first = np.stack([np.full(size, total + size), total + ring, total + following], axis=1)
    base = total + size + 1
    last = np.stack([np.full(size, base + size), base + following, base + ring], axis=1)
    vertices = np.vstack([mesh.vertices, start, path[:1], mesh.vertices[-size:], path[-1:]])
    return Mesh(vertices, np.vstack([mesh.faces, first, last]))


def tube(path: ArrayLike, radius: float, *, taper: float = 1.0, sides: int = 14) -> Mesh:
    """A round wire with hemispherical ends; `taper` is the thickness at the far end relative to the start."""
    line = np.asarray(path, float)
    if len(line) == 2:
        line = np.linspace(line[0], line[1], 6)
    thickness = np.linspace(1.0, taper, len(line))
    angles = np.linspace(0, np.pi / 2, 6)[1:]
    back, ahead = line[0] - line[1], line[-1] - line[-2]
    reach = radius * np.sin(angles)[:, None]
    head = line[0] + reach[::-1] * back / np.linalg.norm(back) * thickness[0]
    tail = line[-1] + reach * ahead / np.linalg.norm(ahead) * thickness[-1]
    shrink = np.maximum(np.cos(angles), 0.02)
    scale = np.concatenate([thickness[0] * shrink[::-1], thickness, thickness[-1] * shrink])
    return sweep(np.vstack([head, line, tail]), circle(radius, sides), scale=scale)


def torus(ring_radius: float, wire_radius: float, *, count: int = 64, sides: int = 14) -> Mesh:
    return sweep(loop(ring_radius, count), circle(wire_radius, sides), closed=True, ups=(0, 0, 1))


def lathe(profile: ArrayLike, count: int = 64) -> Mesh:
    """Turn (radius, z) points, from bottom to top, about the z axis; the ends must lie on the axis."""
    points = np.asarray(profile, float)
    middle = points[1:-1]
    ring = circle(1.0, count)
    body = np.concatenate([np.column_stack([ring * r, np.full(count, z)]) for r, z in middle])
    bottom, top = len(body), len(body) + 1
    column, right = np.arange(count), (np.arange(count) + 1) % count
    last = (len(middle) - 1) * count
    caps = [
        np.stack([np.full(count, bottom), column, right], axis=1),
        np.stack([np.full(count, top), last + right, last + column], axis=1),
    ]
    poles = np.array([[0, 0, points[0, 1]], [0, 0, points[-1, 1]]])
    return Mesh(np.vstack([body, poles]), np.vstack([_grid_faces(len(middle), count, False), *caps])).outward()


def ball(radius: float, *, detail: int = 16) -> Mesh:
    angles = np.linspace(-np.pi / 2, np.pi / 2, detail)
    profile = radius * np.column_stack([np.cos(angles), np.sin(angles)])
    return lathe(profile, count=2 * detail)


def ellipsoid(half_x: float, half_y: float, half_z: float, *, detail: int = 16) -> Mesh:
    return ball(1.0, detail=detail).scaled((half_x, half_y, half_z))


def plate(
    outline: Floats, thickness: float, *, dome: float = 0.0, height: Callable[[Floats], Floats] | None = None
) -> Mesh:
    """A flat form with rounded edges over an outline (n, 2) that its own centre can see entirely.

    The upper face is at z = thickness. `dome` raises its middle; `height` gives the rise at points (k, 2) instead.
    """
    edge = min(0.35 * thickness, 0.3)
    reach = float(np.abs(outline).max())
    bevel = [
        (1 - edge / reach, 0.0),
        (1.0, edge),
        (1.0, thickness - edge),
        (1 - 0.3 * edge / reach, thickness - 0.3 * edge),
    ]
    inner = [(share, thickness) for share in np.linspace(1 - edge / reach, 0.04, 24)]
    rings = []
    for share, z in bevel + inner:
        points = outline * share
        lift = (
            dome * (1 - share**2) * (z >= thickness) if height is None else (height(points) if z >= thickness else 0.0)
        )
        rings.append(np.column_stack([points, np.broadcast_to(z + lift, (len(points),))]))
    size = len(outline)
    vertices = np.vstack([*rings, [[0, 0, 0]], [rings[-1].mean(axis=0)]])
    column, right, last = np.arange(size), (np.arange(size) + 1) % size, (len(rings) - 1) * size
    bottom = np.stack([np.full(size, len(vertices) - 2), column, right], axis=1)
    top = np.stack([np.full(size, len(vertices) - 1), last + right, last + column], axis=1)
    return Mesh(vertices, np.vstack([_grid_faces(len(rings), size, False), bottom, top])).outward()
