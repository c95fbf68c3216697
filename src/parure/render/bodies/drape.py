"""Laying a necklace on a neck: its line on the table becomes a line that hangs on the skin.

A necklace is built flat, its front at -y. Each of its points is known by how far along that line it lies, how far
beside it and how high above the table; the same three numbers place it on the body, where the skin is the table. What
is longer than the way round the neck or shorter ends behind it, out of sight.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from parure.render.bodies.flesh import Flesh, gradient, reach_from
from parure.render.bodies.laying import laid_along
from parure.render.bodies.lines import LOOP, Line, Surface, along_and_beside, measured, smoothed, table_line, taut
from parure.render.bodies.strands import CARRIED, Way
from parure.render.mesh import Floats, Mesh, Part, all_vertices, place, rotation

__all__ = ["draped", "hung", "neck_line"]

_BRIDGED = 0.15  # of half the line, some 30 mm: what is narrower than this is no bend of its own


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
    wide = round(_BRIDGED * count) | 1
    normals = smoothed(smoothed(gradient(flesh, points), wide), wide)  # a collarbone would turn them up and down
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    points = taut(points, normals, surface, wide=(wide // 2) | 1)
    return Line(points, measured(points, count - 1), normals)


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
    set_on = _plates(parts, table)
    hanging = [_hangs(part, table) and not set_on(part) for part in parts]
    lying = [part for part, hangs in zip(parts, hanging, strict=True) if not hangs]
    way = Way(table, body, body.along, _tightness(table, body))
    laid = laid_along(place(lying, offset=(0, 0, -floor)), way, surface) if lying else []
    pendant = [part for part, hangs in zip(parts, hanging, strict=True) if hangs]
    front = table.points[int(np.argmin(np.abs(table.along)))]
    return [*laid, *hung(place(pendant, offset=-front - [0, 0, floor]), body, surface)]


def _hangs(part: Part, table: Line) -> bool:
    """Whether it is of a pendant at the front, below the line."""
    spots = along_and_beside(part.mesh.vertices, table)
    return bool(part.label not in (*LOOP, "closure") and abs(spots[:, 0].mean()) < 9 and spots[:, 1].mean() > 2.6)


def _plates(parts: Sequence[Part], table: Line) -> Callable[[Part], bool]:
    """Tells whether a part belongs to one of the plates that a necklace is made of along its line."""
    frames = [part.mesh.vertices[:, :2] for part in parts if part.label == "frame" and not _hangs(part, table)]
    middles, reach = (
        [points.mean(axis=0) for points in frames],
        [float(np.ptp(points, axis=0).max()) for points in frames],
    )

    def belongs(part: Part) -> bool:
        middle = part.mesh.vertices[:, :2].mean(axis=0)
        return any(np.linalg.norm(middle - other) < CARRIED * wide for other, wide in zip(middles, reach, strict=True))

    return belongs


def _with(part: Part, vertices: Floats) -> Part:
    return replace(part, mesh=Mesh(vertices, part.mesh.faces))


def _tightness(table: Line, body: Line) -> float:
    """Below 1 for a necklace longer than the longest way round the body."""
    return float(min(1.0, body.along[0] / table.along[0], body.along[-1] / table.along[-1]))


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
