"""Lines that a necklace follows, on the table and on a body, and where a point is beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from parure.errors import ParureError
from parure.render.mesh import Floats, Part, all_vertices

__all__ = ["LOOP", "Line", "Surface", "along_and_beside", "is_open", "measured", "smoothed", "table_line", "taut"]

Surface = Callable[[Floats], Floats]  # signed distance (n,) of points (n, 3) from what the necklace lies on
LOOP = ("chain", "cord", "bead")  # labels of what goes round the neck


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

    def axes(self, along: Floats, reach: Floats | float = 0.0) -> tuple[Floats, Floats, Floats]:
        """Ahead, outward beside the line, and away from the body: unit vectors (n, 3).

        What is stiff over some `reach` (mm either way) follows the line at its ends rather than at its middle."""
        ends = self.at(along + reach, self.points) - self.at(along - reach, self.points)
        ahead = np.where(np.reshape(reach, (-1, 1)) > 0, ends, self.at(along, self.tangents))
        ahead /= np.maximum(np.linalg.norm(ahead, axis=1, keepdims=True), 1e-9)
        out = np.cross(ahead, self.at(along, self.normals))
        out /= np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9)
        return ahead, out, np.cross(out, ahead)


def measured(points: Floats, front: int) -> Floats:
    steps = np.linalg.norm(np.diff(points, axis=0), axis=1)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    return np.asarray(along - along[front])


def smoothed(rows: Floats, wide: int) -> Floats:
    """Each row the mean of `wide` of them (odd) about it."""
    half = wide // 2
    padded = np.vstack([rows[:1]] * half + [rows] + [rows[-1:]] * half)
    return np.column_stack([np.convolve(column, np.ones(wide) / wide, "valid") for column in padded.T])


def taut(points: Floats, normals: Floats, surface: Surface, *, wide: int) -> Floats:
    """A line pulled tight over what it lies on: it bridges hollows, as a strand over the collarbones does."""
    for _ in range(6):
        points = smoothed(points, wide)
        for _ in range(3):
            points = points + np.maximum(-surface(points), 0.0)[:, None] * normals
    return points


def along_and_beside(points: Floats, table: Line) -> Floats:
    """(n, 3): along the line from the front, outward beside it, above the table."""
    from scipy.spatial import cKDTree

    _, nearest = cKDTree(table.points[:, :2]).query(points[:, :2])
    tangent = table.tangents[nearest]
    offset = points - table.points[nearest]
    along = table.along[nearest] + np.einsum("ij,ij->i", offset[:, :2], tangent[:, :2])
    beside = offset[:, 0] * tangent[:, 1] - offset[:, 1] * tangent[:, 0]
    return np.column_stack([along, beside, points[:, 2]])


def is_open(table: Line) -> bool:
    """Whether the two ends of the necklace lie apart, to be thought out of sight."""
    return bool(np.linalg.norm(table.points[0] - table.points[-1]) > 0.12 * (table.along[-1] - table.along[0]))


def table_line(parts: Sequence[Part]) -> Line:
    """The line of a necklace as it lies on the table, from the back round the left (-x) to the right."""
    loop = [part for part in parts if part.label in LOOP]
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
    return Line(path, measured(path, front), np.tile([0.0, 0, 1], (len(path), 1)))


def _tangled(groups: Sequence[Floats]) -> bool:
    """Whether the line passes the same side of its middle more than once, as in a zigzag."""
    spans = [float(np.linalg.norm(np.ptp(group, axis=0))) for group in groups if len(group)]
    size = max(float(np.abs(group).max()) for group in groups if len(group))
    return float(np.mean(np.array(spans) > 0.5 * size)) > 0.15
