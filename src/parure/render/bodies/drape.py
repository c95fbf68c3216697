"""Laying a necklace on a neck: its line on the table becomes a line that hangs on the skin.

A necklace is built flat, its front at -y. Each of its points is known by how far along that line it lies, how far
beside it and how high above the table; the same three numbers place it on the body, where the skin is the table. What
is longer than the way round the neck or shorter ends behind it, out of sight.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from parure.errors import ParureError
from parure.render.bodies.flesh import Flesh, gradient, reach_from
from parure.render.mesh import Floats, Ints, Mesh, Part, all_vertices, rotation

__all__ = ["Line", "Surface", "draped", "hung", "is_open", "neck_line", "table_line"]

Surface = Callable[[Floats], Floats]  # signed distance (n,) of points (n, 3) from what the necklace lies on
_LOOP = ("chain", "cord", "bead")


@dataclass(frozen=True)
class Line:
    """Points (n, 3), their distance along from the middle of the front, and the outward normals there."""

    points: Floats
    along: Floats
    normals: Floats

    def at(self, along: Floats, rows: Floats) -> Floats:
        return np.column_stack([np.interp(along, self.along, rows[:, k]) for k in range(3)])

    @property
    def tangents(self) -> Floats:
        steps = np.gradient(self.points, axis=0)
        return np.asarray(steps / np.maximum(np.linalg.norm(steps, axis=1, keepdims=True), 1e-9))


def _measured(points: Floats, front: int) -> Floats:
    steps = np.linalg.norm(np.diff(points, axis=0), axis=1)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    return np.asarray(along - along[front])


def is_open(table: Line) -> bool:
    """Whether the two ends of the necklace lie apart, to be thought out of sight."""
    return bool(np.linalg.norm(table.points[0] - table.points[-1]) > 0.12 * (table.along[-1] - table.along[0]))


def table_line(parts: Sequence[Part]) -> Line:
    """The line of a necklace as it lies on the table, from the back round the left (-x) to the right."""
    loop = [part for part in parts if part.label in _LOOP]
    points = all_vertices(loop or parts)
    middle = (points[:, 1].min() + points[:, 1].max()) / 2
    centre = np.array([(points[:, 0].min() + points[:, 0].max()) / 2, middle])
    offset = points[:, :2] - centre
    angle = np.arctan2(offset[:, 0], -offset[:, 1])
    bins = np.clip(((angle + np.pi) / (2 * np.pi) * 240).astype(int), 0, 239)
    order = np.argsort(bins, kind="stable")
    groups = np.split(points[order, :2], np.cumsum(np.bincount(bins, minlength=240))[:-1])
    if min(np.ptp(points[:, :2], axis=0)) < 0.35 * max(np.ptp(points[:, :2], axis=0)) or _tangled(groups):
        raise ParureError("The necklace does not lie in a loop: build it with an egg, circle, loose, vee or you lay.")
    rows = [(k, (group.min(axis=0) + group.max(axis=0)) / 2) for k, group in enumerate(groups) if len(group)]
    path = np.array([row for _, row in rows])
    padded = np.vstack([path[:1]] * 4 + [path] + [path[-1:]] * 4)
    path = np.column_stack([np.convolve(padded[:, k], np.ones(9) / 9, "valid") for k in range(2)])
    path = np.column_stack([path, np.zeros(len(path))])
    front = int(np.argmin(np.abs([k - 119.5 for k, _ in rows])))
    return Line(path, _measured(path, front), np.tile([0.0, 0, 1], (len(path), 1)))


def _tangled(groups: Sequence[Floats]) -> bool:
    """Whether the line passes the same side of its middle more than once, as in a zigzag."""
    spans = [float(np.linalg.norm(np.ptp(group, axis=0))) for group in groups if len(group)]
    size = max(float(np.abs(group).max()) for group in groups if len(group))
    return float(np.mean(np.array(spans) > 0.5 * size)) > 0.15


def neck_line(flesh: Flesh, surface: Surface, length: float, *, side: float = 48.0) -> Line:
    """The line of this length about the neck; the lowest that the body allows where that is too long."""
    low, high = -150.0, 6.0
    for _ in range(6):
        bottom = (low + high) / 2
        line = _hanging(flesh, surface, bottom, side=side, count=41)
        low, high = (bottom, high) if line.along[-1] - line.along[0] > length else (low, bottom)
    return _hanging(flesh, surface, (low + high) / 2, side=side, count=181)


def _hanging(flesh: Flesh, surface: Surface, bottom: float, *, side: float, count: int) -> Line:
    top = 58.0
    share = np.linspace(-1, 1, count)
    steep = 1.2 + 0.008 * (top - bottom)
    height = (np.cosh(steep * share) - 1) / (np.cosh(steep) - 1)
    inside = np.column_stack([side * share, np.full(count, 16.0), bottom + (top - bottom) * height])
    front = inside + reach_from(flesh, inside, np.tile([0.0, -1.0, 0.0], (count, 1)), furthest=150.0, last=True)[
        :, None
    ] * [
        0,
        -1,
        0,
    ]
    turn = np.radians(np.linspace(80, 180, 24))
    axis = np.column_stack([0 * turn, np.full(24, 14.0), top + 10 * np.linspace(0.08, 1, 24)])
    out = np.column_stack([np.sin(turn), -np.cos(turn), 0 * turn])
    right = axis + reach_from(flesh, axis, out, furthest=110.0)[:, None] * out
    left = right[::-1] * [-1, 1, 1]
    points = _resampled(np.vstack([left, front, right]), 2 * count - 1)
    for _ in range(3):
        points = _settled(flesh, surface, points)
    return Line(points, _measured(points, count - 1), gradient(flesh, points))


def _settled(flesh: Flesh, surface: Surface, points: Floats) -> Floats:
    kernel = np.ones(5) / 5
    padded = np.vstack([points[:1]] * 2 + [points] + [points[-1:]] * 2)
    smooth = np.column_stack([np.convolve(padded[:, k], kernel, "valid") for k in range(3)])
    return np.asarray(smooth - surface(smooth)[:, None] * gradient(flesh, smooth))


def _resampled(points: Floats, count: int) -> Floats:
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    wanted = np.linspace(0, along[-1], count)
    return np.column_stack([np.interp(wanted, along, points[:, k]) for k in range(3)])


def draped(parts: Sequence[Part], body: Line, surface: Surface) -> list[Part]:
    """The necklace on the body; pendants hang straight down from it."""
    table = table_line(parts)
    floor = min(float(part.mesh.vertices[:, 2].min()) for part in parts)
    places = [_along_and_beside(part.mesh.vertices - [0, 0, floor], table) for part in parts]
    hanging = [
        part.label not in (*_LOOP, "closure") and abs(place[:, 0].mean()) < 9 and place[:, 1].mean() > 2.6
        for part, place in zip(parts, places, strict=True)
    ]
    places = [place * [_tightness(table, body), 1.0, 1.0] for place in places]
    laid = [_laid(part, place, table, body) for part, place in zip(parts, places, strict=True)]
    kept = [k for k, h in enumerate(hanging) if not h]
    lifted = _off_the_skin(
        [laid[k] for k in kept], [places[k][:, 0] for k in kept], [parts[k].mesh for k in kept], surface, body
    )
    moved = iter(lifted)
    result = [part if h else _with(part, next(moved)) for part, h in zip(parts, hanging, strict=True)]
    pendant = [part for part, h in zip(parts, hanging, strict=True) if h]
    front = table.points[int(np.argmin(np.abs(table.along)))]
    hung_parts = iter(hung([_with(p, p.mesh.vertices - front - [0, 0, floor]) for p in pendant], body, surface))
    return [next(hung_parts) if h else part for part, h in zip(result, hanging, strict=True)]


def _with(part: Part, vertices: Floats) -> Part:
    return replace(part, mesh=Mesh(vertices, part.mesh.faces))


def _along_and_beside(points: Floats, table: Line) -> Floats:
    """(n, 3): along the line from the front, outward beside it, above the table."""
    from scipy.spatial import cKDTree

    _, nearest = cKDTree(table.points[:, :2]).query(points[:, :2])
    tangent = table.tangents[nearest]
    offset = points - table.points[nearest]
    along = table.along[nearest] + np.einsum("ij,ij->i", offset[:, :2], tangent[:, :2])
    beside = offset[:, 0] * tangent[:, 1] - offset[:, 1] * tangent[:, 0]
    return np.column_stack([along, beside, points[:, 2]])


def _laid(part: Part, place: Floats, table: Line, body: Line) -> Floats:
    """Links, beads and stones keep their shape; what is longer than a tenth of the line bends with it."""
    piece, count = _pieces(part.mesh)
    long = _long(part.mesh, piece, body)[piece]
    share = np.bincount(piece, minlength=count)
    middles = np.column_stack([np.bincount(piece, part.mesh.vertices[:, k], count) / share for k in range(3)])
    spots = _along_and_beside(middles, table)
    ways = np.column_stack([np.interp(spots[:, 0], table.along, table.tangents[:, k]) for k in range(2)])
    ways = (ways / np.linalg.norm(ways, axis=1, keepdims=True))[piece]
    offset = (part.mesh.vertices - middles[piece])[:, :2]
    ahead = np.where(long, 0.0, np.einsum("ij,ij->i", offset, ways))
    across = spots[piece, 1] + offset[:, 0] * ways[:, 1] - offset[:, 1] * ways[:, 0]
    along = np.where(long, place[:, 0], (spots[:, 0] * _tightness(table, body))[piece])
    tangents, out, normals = _axes_at(body, along)
    points = body.at(along, body.points) + ahead[:, None] * tangents
    return np.asarray(points + np.where(long, place[:, 1], across)[:, None] * out + place[:, 2:] * normals)


def _pieces(mesh: Mesh) -> tuple[Ints, int]:
    """Which connected piece each vertex belongs to, and how many there are."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    ends = mesh.faces[:, [0, 1]].ravel(), mesh.faces[:, [1, 2]].ravel()
    size = len(mesh.vertices)
    count, piece = connected_components(coo_matrix((np.ones(len(ends[0])), ends), (size, size)), directed=False)
    return np.asarray(piece, np.int64), int(count)


def _tightness(table: Line, body: Line) -> float:
    """Below 1 for a necklace longer than the longest way round the body."""
    return float(min(1.0, body.along[0] / table.along[0], body.along[-1] / table.along[-1]))


def _axes_at(body: Line, along: Floats) -> tuple[Floats, Floats, Floats]:
    normals = body.at(along, body.normals)
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    tangents = body.at(along, body.tangents)
    out = np.cross(tangents, normals)
    out /= np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9)
    return np.cross(normals, out), out, normals


def _off_the_skin(
    laid: list[Floats], along: list[Floats], meshes: list[Mesh], surface: Surface, body: Line
) -> list[Floats]:
    """Shift stretches of the line along the normal until each just touches."""
    pieces, longs, total = [], [], 0
    for mesh in meshes:
        piece, count = _pieces(mesh)
        pieces.append(piece + total)
        longs.append(_long(mesh, piece, body))
        total += count
    edges = np.linspace(body.along[0], body.along[-1], 121)
    everything, where = np.vstack(laid), _middles(np.concatenate(along), np.concatenate(pieces), np.concatenate(longs))
    bins = np.clip(np.searchsorted(edges, where), 0, 120)
    normals = body.at(where, body.normals)
    some = slice(None, None, max(1, len(everything) // 15000))
    for _ in range(2):
        least = np.full(121, np.inf)
        np.minimum.at(least, bins[some], surface(everything[some]))
        least = np.where(np.isfinite(least), least, np.inf)
        spread = np.min([np.roll(least, k) for k in range(-2, 3)], axis=0)
        spread = np.where(np.isfinite(spread), spread, 0.0)
        spread = np.mean([np.roll(spread, k) for k in range(-2, 3)], axis=0)  # a chain bridges a hollow
        everything = everything + (0.03 - np.interp(where, edges, spread))[:, None] * normals
    sunk = np.maximum(0.02 - surface(everything), 0)
    everything = everything + _whole(sunk, np.concatenate(pieces))[:, None] * normals
    return np.split(everything, np.cumsum([len(part) for part in laid])[:-1])


def _long(mesh: Mesh, piece: Ints, body: Line) -> NDArray[np.bool_]:
    """Which pieces are too long to lie straight; by their extent, for a link at the clasp is at both ends at once."""
    count = int(piece.max()) + 1
    low, high = np.full((count, 3), np.inf), np.full((count, 3), -np.inf)
    np.minimum.at(low, piece, mesh.vertices)
    np.maximum.at(high, piece, mesh.vertices)
    return np.asarray((high - low).max(axis=1) > 0.1 * (body.along[-1] - body.along[0]))


def _middles(along: Floats, piece: Ints, long: NDArray[np.bool_]) -> Floats:
    """How far along one end of each vertex's piece lies; a long piece has none."""
    low = np.full(len(long), np.inf)
    np.minimum.at(low, piece, along)
    return np.where(long[piece], along, low[piece])


def _whole(sunk: Floats, piece: Ints) -> Floats:
    """How far to lift each vertex so that a piece comes up as a whole."""
    most = np.zeros(int(piece.max()) + 1)
    np.maximum.at(most, piece, sunk)
    return np.asarray(np.where(np.bincount(piece)[piece] > 4000, sunk, most[piece]))


def hung(parts: Sequence[Part], body: Line, surface: Surface) -> list[Part]:
    """A pendant, its hanging point at the origin and its top towards +y, from the front of the line, on the skin."""
    if not parts:
        return []
    front = body.at(np.zeros(1), body.points)[0]
    low = float(all_vertices(parts)[:, 1].min())
    lean = _lean(front, low, surface)
    upright = rotation((1, 0, 0), 90 - lean)
    vertices = all_vertices(parts) @ upright.T + front
    for _ in range(6):
        vertices = vertices + np.array([0.0, -1.0, 0.0]) * (0.03 - float(surface(vertices).min()))
    pieces = np.split(vertices, np.cumsum([len(part.mesh.vertices) for part in parts])[:-1])
    return [_with(part, piece) for part, piece in zip(parts, pieces, strict=True)]


def _lean(front: Floats, low: float, surface: Surface) -> float:
    """Degrees that the skin below the hanging point leans from upright."""
    below = front + np.array([0.0, 0.0, min(low, -6.0)])
    for _ in range(8):
        below = below - np.array([0.0, -1.0, 0.0]) * surface(below[None])[0]
    return float(np.degrees(np.arctan2(front[1] - below[1], front[2] - below[2])))
