"""Organic solids: tapered bones united smoothly, and a closed mesh laid over them by surface nets.

Unusual: the distance field of each bone is worked out only in its own box of the grid, and the grid may be finer in
one place than in another (an ear on a head), so a whole hand takes a fraction of a second in numpy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from parure.render.mesh import Floats, Ints, Mesh

__all__ = ["Bone", "Flesh", "Limb", "bones", "gradient", "mesh_of", "net", "reach_from"]

_FAR = 12.0  # blend widths after which a bone no longer counts
_EDGES = [(a, b) for a, b in product(range(8), repeat=2) if b - a in (1, 2, 4) and a & (b - a) == 0]


@dataclass(frozen=True)
class Bone:
    """A line from `start` to `end` with a radius at each; `squash` > 1 flattens it along `normal`."""

    start: tuple[float, float, float]
    end: tuple[float, float, float]
    radius: float
    end_radius: float
    squash: float = 1.0
    normal: tuple[float, float, float] = (0.0, 0.0, 1.0)

    def scaled(self, factor: float) -> Bone:
        start, end = (tuple(factor * v for v in point) for point in (self.start, self.end))
        return replace(
            self,
            start=(start[0], start[1], start[2]),
            end=(end[0], end[1], end[2]),
            radius=self.radius * factor,
            end_radius=self.end_radius * factor,
        )

    def distance(self, points: Floats) -> Floats:
        """About how far points (..., 3) are outside; negative within."""
        start, along = np.asarray(self.start), np.subtract(self.end, self.start)
        offset = points - start.astype(points.dtype)
        share = np.clip(offset @ (along / max(float(along @ along), 1e-9)).astype(points.dtype), 0, 1)
        offset = offset - share[..., None] * along.astype(points.dtype)
        if self.squash != 1.0:
            normal = np.asarray(self.normal, points.dtype) / np.linalg.norm(self.normal)
            lift = (offset @ normal.astype(points.dtype)) * (self.squash - 1)
            offset = offset + lift[..., None] * normal.astype(points.dtype)
        length = np.sqrt(np.einsum("...i,...i->...", offset, offset))
        return np.asarray(length - (self.radius + share * (self.end_radius - self.radius)))

    def box(self, margin: float) -> tuple[Floats, Floats]:
        ends, radii = np.array([self.start, self.end]), np.array([[self.radius], [self.end_radius]])
        return (ends - radii).min(axis=0) - margin, (ends + radii).max(axis=0) + margin


@dataclass(frozen=True)
class Limb:
    """Bones that melt into each other over about `blend` mm."""

    bones: tuple[Bone, ...]
    blend: float = 1.2

    def distance(self, points: Floats) -> Floats:
        total = sum(np.exp(np.clip(-bone.distance(points) / self.blend, -60, 60)) for bone in self.bones)
        return np.asarray(-self.blend * np.log(np.maximum(total, 1e-26)))


@dataclass(frozen=True)
class Flesh:
    """A trunk and the limbs that grow out of it over `blend` mm; limbs touch each other without melting.

    `hollow` is carved out of the whole, `cut` are planes (point, outward normal) that end it.
    """

    trunk: Limb
    limbs: tuple[Limb, ...] = ()
    blend: float = 3.0
    hollow: Limb | None = None
    cuts: tuple[tuple[tuple[float, float, float], tuple[float, float, float]], ...] = field(default_factory=tuple)

    def scaled(self, factor: float) -> Flesh:
        def grown(limb: Limb) -> Limb:
            return Limb(tuple(bone.scaled(factor) for bone in limb.bones), limb.blend * factor)

        return Flesh(
            grown(self.trunk),
            tuple(grown(limb) for limb in self.limbs),
            self.blend * factor,
            None if self.hollow is None else grown(self.hollow),
            tuple(((factor * x, factor * y, factor * z), normal) for (x, y, z), normal in self.cuts),
        )

    def distance(self, points: Floats) -> Floats:
        """About how far points (n, 3) are outside; negative within."""
        limbs = [limb.distance(points) for limb in self.limbs]
        hollow = None if self.hollow is None else self.hollow.distance(points)
        return self._united(points, self.trunk.distance(points), limbs, hollow)

    def on_grid(self, axes: Sequence[Floats]) -> Floats:
        """The same on a grid of x, y, z coordinates, in single precision."""
        points = _single(np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1))
        limbs = [_in_boxes(limb, points, axes) for limb in self.limbs]
        hollow = None if self.hollow is None else _in_boxes(self.hollow, points, axes)
        return self._united(points, _in_boxes(self.trunk, points, axes), limbs, hollow)

    def _united(self, points: Floats, trunk: Floats, limbs: list[Floats], hollow: Floats | None) -> Floats:
        total = trunk
        if limbs:
            nearest = limbs[0]
            for limb in limbs[1:]:
                nearest = np.minimum(nearest, limb)
            total = _smooth_minimum(trunk, nearest, self.blend)
        if hollow is not None:
            total = -_smooth_minimum(-total, hollow, 0.5 * self.blend)
        for point, normal in self.cuts:
            plane = (points - np.asarray(point, points.dtype)) @ np.asarray(normal, points.dtype)
            total = np.maximum(total, plane)
        return total


def _single(values: Floats) -> Floats:
    """The same in single precision, which halves the time; the type keeps its name."""
    single: Any = values.astype(np.float32)
    return single  # type: ignore[no-any-return]


def bones(points: ArrayLike, radii: Sequence[float], *, squash: float = 1.0) -> list[Bone]:
    """A chain of bones through points (n, 3) with a radius at each."""
    spots = [(float(x), float(y), float(z)) for x, y, z in np.asarray(points, float)]
    pairs = zip(spots[:-1], spots[1:], radii[:-1], radii[1:], strict=True)
    return [Bone(start, end, first, last, squash) for start, end, first, last in pairs]


def _smooth_minimum(first: Floats, second: Floats, width: float) -> Floats:
    """The lesser of two, rounded over `width`, and exactly the lesser where they differ by more."""
    near = np.maximum(width - np.abs(first - second), 0.0) / width
    return np.asarray(np.minimum(first, second) - near * near * (width / 4))


def _in_boxes(limb: Limb, points: Floats, axes: Sequence[Floats]) -> Floats:
    total = np.full(points.shape[:3], np.float32(1e-6))
    for bone in limb.bones:
        low, high = bone.box(_FAR * limb.blend * (0.6 if limb.blend > 2 else 1.0))
        region = tuple(
            slice(int(np.searchsorted(axis, low[k])), int(np.searchsorted(axis, high[k])))
            for k, axis in enumerate(axes)
        )
        total[region] += np.exp(np.clip(-bone.distance(points[region]) / limb.blend, -60, 60))
    return np.asarray(-limb.blend * np.log(total))


def gradient(flesh: Flesh, points: Floats) -> Floats:
    """Unit vectors straight out of the surface, (n, 3)."""
    slopes = [flesh.distance(points + step) - flesh.distance(points - step) for step in 0.3 * np.eye(3)]
    out = np.stack(slopes, axis=-1)
    return np.asarray(out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9))


def reach_from(
    flesh: Flesh, origins: Floats, directions: Floats, *, furthest: float = 60.0, last: bool = False
) -> Floats:
    """How far each ray (n, 3) runs from inside the flesh until it comes out, first or for the `last` time."""
    steps = np.linspace(0.0, furthest, 40)
    points = origins[:, None] + steps[:, None] * directions[:, None]
    outside = flesh.distance(points.reshape(-1, 3)).reshape(points.shape[:2]) > 0
    first = np.where(outside.any(axis=1), outside.argmax(axis=1), len(steps) - 1)
    if last:
        first = np.minimum(len(steps) - np.argmax(~outside[:, ::-1], axis=1), len(steps) - 1)
    high, low = steps[first], steps[np.maximum(first - 1, 0)]
    for _ in range(12):
        middle = (low + high) / 2
        out = flesh.distance(origins + middle[:, None] * directions) > 0
        low, high = np.where(out, low, middle), np.where(out, middle, high)
    return np.asarray((low + high) / 2)


def mesh_of(flesh: Flesh, axes: Sequence[Floats]) -> Mesh:
    """A closed mesh over the flesh; where it runs out of the grid, it ends in a flat cut."""
    return net(flesh.on_grid(axes), axes)


def net(distances: Floats, axes: Sequence[Floats]) -> Mesh:
    """A closed mesh where distances (nx, ny, nz) on a grid change sign."""
    values = distances.astype(np.float64)
    for axis in range(3):
        edge = np.moveaxis(values, axis, 0)
        edge[[0, -1]] = np.maximum(edge[[0, -1]], 0.05)
    values[values == 0] = 1e-9
    return _surface_net(_unambiguous(values), axes)


def _unambiguous(values: Floats) -> Floats:
    """Fill cell faces that are inside at two opposite corners only: a net over them would not be a clean surface."""
    for _ in range(8):
        changed = False
        for axis in range(3):
            view = np.moveaxis(values, axis, 0)
            a, b, c, d = view[:, :-1, :-1], view[:, 1:, :-1], view[:, :-1, 1:], view[:, 1:, 1:]
            for first, second, third, fourth in ((a, d, b, c), (b, c, a, d)):
                mixed = (first < 0) & (fourth > 0) & (second < 0) & (third > 0)
                if mixed.any():
                    third[mixed] = -1e-3
                    changed = True
        if not changed:
            break
    return values


def _surface_net(values: Floats, axes: Sequence[Floats]) -> Mesh:
    inside = values < 0
    shape = np.array(values.shape)
    corner_sum = sum(inside[_corner_slice(k)].astype(np.int8) for k in range(8))
    cells = np.argwhere((corner_sum > 0) & (corner_sum < 8))
    number = np.full(shape - 1, -1, np.int64)
    number[tuple(cells.T)] = np.arange(len(cells))
    faces = [_quads(inside, number, axis) for axis in range(3)]
    return Mesh(_net_vertices(values, cells, axes), np.concatenate(faces)).outward()


def _corner_slice(corner: int) -> tuple[slice, slice, slice]:
    first, rest = slice(None, -1), slice(1, None)
    return (rest if corner & 1 else first, rest if corner & 2 else first, rest if corner & 4 else first)


def _net_vertices(values: Floats, cells: Ints, axes: Sequence[Floats]) -> Floats:
    """The mean of the places where the surface crosses the edges of each cell."""
    offsets = np.array([[k & 1, k >> 1 & 1, k >> 2 & 1] for k in range(8)])
    corners = cells[:, None] + offsets
    places = np.stack([np.asarray(axes[k])[corners[..., k]] for k in range(3)], axis=-1)
    at = values[corners[..., 0], corners[..., 1], corners[..., 2]]
    total, count = np.zeros((len(cells), 3)), np.zeros(len(cells))
    for a, b in _EDGES:
        crossed = (at[:, a] < 0) != (at[:, b] < 0)
        share = at[:, a] / np.where(crossed, at[:, a] - at[:, b], 1.0)
        spot = places[:, a] + share[:, None] * (places[:, b] - places[:, a])
        total += np.where(crossed[:, None], spot, 0.0)
        count += crossed
    return total / count[:, None]


def _quads(inside: NDArray[np.bool_], number: Ints, axis: int) -> Ints:
    """Two triangles across every grid line along `axis` that goes in or out."""
    grid, cell = np.moveaxis(inside, axis, 0), np.moveaxis(number, axis, 0)
    if axis == 1:  # keeps the three axes in cyclic order, so that one winding serves all
        grid, cell = grid.swapaxes(1, 2), cell.swapaxes(1, 2)
    crossing = np.argwhere(grid[:-1, 1:-1, 1:-1] != grid[1:, 1:-1, 1:-1])
    along, u, v = crossing[:, 0], crossing[:, 1] + 1, crossing[:, 2] + 1
    ring = [cell[along, u - 1, v - 1], cell[along, u, v - 1], cell[along, u, v], cell[along, u - 1, v]]
    leaving = grid[along, u, v][:, None]
    first = np.where(leaving, np.stack(ring[:3], axis=1), np.stack([ring[2], ring[1], ring[0]], axis=1))
    second = np.where(
        leaving,
        np.stack([ring[0], ring[2], ring[3]], axis=1),
        np.stack([ring[3], ring[2], ring[0]], axis=1),
    )
    return np.concatenate([first, second])
