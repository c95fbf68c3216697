"""Which beads and links follow one another, and the line that each strand takes on a body.

The line of a whole necklace is too coarse to place beads by: where it bends they would crowd on its inner side and part
on its outer one, and strands side by side would mix. So each strand gets a line of its own: its beads' middles on the
table, and beside the necklace's line on the body one that is as long, from the front to where it ends behind the neck.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parure.render.bodies.lines import Line, Surface, along_and_beside, measured, smoothed, taut
from parure.render.mesh import Floats, Ints, Mesh, Part

__all__ = ["CARRIED", "STRUNG", "Pieces", "Way", "chosen_ways", "pieces_of"]

STRUNG = ("bead", "chain")
_FEWEST = 6  # fewer than this are no strand
_HOLLOW = 4.0  # mm that a strand beside the necklace's line comes down to the skin
CARRIED = 0.8  # of a plate's length, how far from its middle what moves with it may be
_APART = 0.75  # of two neighbours' lengths together, the furthest that their middles lie apart


@dataclass(frozen=True, eq=False)
class Pieces:
    """Connected pieces of a mesh: `of` (n,) which one each vertex belongs to; their middles (k, 3), lengths (k,)."""

    of: Ints
    middles: Floats
    lengths: Floats

    def too_long(self, way: Way) -> NDArray[np.bool_]:
        """Which of them cannot lie straight; by their extent, for a link at the clasp is at both ends at once."""
        return np.asarray(self.lengths > 0.1 * (way.body.along[-1] - way.body.along[0]))


@dataclass(frozen=True, eq=False)
class Way:
    """A line on the table and the one on the body that it becomes.

    `whole` tells for each point of `body` how far along the necklace's own line it is. `scale` is below 1 where the
    line is longer than the body's; a strand has 1, and what does not fit on it any more is left out.
    """

    table: Line
    body: Line
    whole: Floats
    scale: float = 1.0
    height: float = 0.0  # of both lines above what they lie on: a strand's runs through its beads

    def holds(self, along: Floats) -> NDArray[np.bool_]:
        return np.asarray((along >= self.body.along[0]) & (along <= self.body.along[-1]))


def pieces_of(mesh: Mesh) -> Pieces:
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    ends = mesh.faces[:, [0, 1]].ravel(), mesh.faces[:, [1, 2]].ravel()
    size = len(mesh.vertices)
    graph = coo_matrix((np.ones(len(ends[0])), ends), (size, size))
    count, found = connected_components(graph, directed=False)
    piece = np.asarray(found, np.int64)
    share = np.bincount(piece, minlength=count)
    middles = np.column_stack([np.bincount(piece, mesh.vertices[:, k], count) / share for k in range(3)])
    low, high = np.full((count, 3), np.inf), np.full((count, 3), -np.inf)
    np.minimum.at(low, piece, mesh.vertices)
    np.maximum.at(high, piece, mesh.vertices)
    return Pieces(piece, middles, np.asarray((high - low).max(axis=1)))


def chosen_ways(
    parts: Sequence[Part], pieces: Sequence[Pieces], whole: Way, surface: Surface
) -> tuple[list[Way], list[Ints], Ints]:
    """The whole necklace's way and that of each strand; for each part, by number, the way each of its pieces takes;
    and of all pieces, one part after another, which one each is carried by: itself, or the frame it is set on.

    What is no bead or link goes with the nearest of them; what is too long to lie straight bends with the whole."""
    span = float(whole.body.along[-1] - whole.body.along[0])
    short = [~each.too_long(whole) for each in pieces]
    everything = np.vstack([each.middles for each in pieces])
    lengths, near = np.concatenate([each.lengths for each in pieces]), np.concatenate(short)
    strung = [
        np.full(len(each.lengths), part.label in STRUNG) & fits
        for part, each, fits in zip(parts, pieces, short, strict=True)
    ]
    spots = along_and_beside(everything, whole.table) * [whole.scale, 1.0, 1.0]
    runs = list(_runs(np.flatnonzero(np.concatenate(strung)), everything, lengths, spots[:, 0] / span))
    ways = [whole, *(_strand(everything[run], spots[run], whole, surface) for run in runs)]
    plates = [np.full(len(each.lengths), part.label == "frame") for part, each in zip(parts, pieces, strict=True)]
    free = near.copy()
    free[np.concatenate([np.zeros(0, np.int64), *runs])] = False
    carried = _carried(everything, lengths, np.flatnonzero(np.concatenate(plates) & near), free)
    taken = np.where(near, _nearest_run(everything, runs), 0)[carried]
    return ways, np.split(taken, np.cumsum([len(each.lengths) for each in pieces])[:-1]), carried


def _carried(middles: Floats, lengths: Floats, plates: Ints, free: NDArray[np.bool_]) -> Ints:
    """For each piece its own number, or that of the plate it is set on or hangs from: a flower of stones in walls of
    gold stays one flower, however the line bends below it."""
    from scipy.spatial import cKDTree

    carried = np.arange(len(middles))
    if len(plates):
        away, nearest = cKDTree(middles[plates, :2]).query(middles[:, :2])
        rides = free & (away < CARRIED * lengths[plates[nearest]])
        carried[rides] = plates[nearest[rides]]
    return carried


def _runs(strung: Ints, middles: Floats, lengths: Floats, share: Floats) -> Iterator[Ints]:
    """Beads as they were threaded: neighbours in the list that lie side by side, from the left to the right.

    Two strands that end at one clasp are told apart by how far round the neck the next one starts (`share`)."""
    apart = np.linalg.norm(np.diff(middles[strung], axis=0), axis=1)
    reach = _APART * (lengths[strung][1:] + lengths[strung][:-1])
    broken = (apart > reach) | (np.abs(np.diff(share[strung])) > 0.3)
    for run in np.split(strung, np.flatnonzero(broken) + 1):
        if len(run) >= _FEWEST:
            yield run if share[run[-1]] >= share[run[0]] else run[::-1]


def _nearest_run(middles: Floats, runs: Sequence[Ints]) -> Ints:
    """The number of the way of the nearest bead, 0 where there is none."""
    from scipy.spatial import cKDTree

    if not runs:
        return np.zeros(len(middles), np.int64)
    _, nearest = cKDTree(middles[np.concatenate(runs), :2]).query(middles[:, :2])
    ways = np.repeat(np.arange(1, len(runs) + 1), [len(run) for run in runs])
    return np.asarray(ways[nearest], np.int64)


def _strand(middles: Floats, spots: Floats, whole: Way, surface: Surface) -> Way:
    """`middles` of its beads on the table (n, 3); `spots`, where the necklace's own line has them on the body."""
    front = int(np.argmin(np.abs(spots[:, 0])))
    table = whole.table.points
    at = whole.table.along * whole.scale
    before, after = table[at < spots[:, 0].min() - 1], table[at > spots[:, 0].max() + 1]
    points = np.vstack([before, middles * [1, 1, 0], after])
    grid = np.linspace(whole.body.along[0], whole.body.along[-1], 721)
    height = float(middles[:, 2].mean())
    _, _, normals = whole.body.axes(grid)
    guide = _guide(grid, spots, whole.body, surface) + height * normals
    start = int(np.argmin(np.abs(grid - spots[front, 0])))
    body = Line(guide, measured(guide, start), normals)
    along = _threaded(measured(points, len(before) + front), slice(len(before), len(before) + len(middles)), body)
    return Way(Line(points, along, np.tile([0.0, 0, 1], (len(points), 1))), body, grid, height=height)


def _threaded(own: Floats, run: slice, body: Line) -> Floats:
    """How far along the body's line each point of the table's line comes to be.

    Beads of the `run` keep their distance as the crow flies; along a bend it is a little more."""
    wanted, at = np.diff(own[run]), own[run]
    for _ in range(4):
        apart = np.linalg.norm(np.diff(body.at(at, body.points), axis=0), axis=1)
        steps = np.diff(at) * np.clip(wanted / np.maximum(apart, 1e-6), 0.5, 2.0)
        at = np.concatenate([[0.0], np.cumsum(steps)])
        at = at - np.interp(0.0, own[run], at)
    return np.concatenate([own[: run.start] + at[0] - own[run.start], at, own[run.stop :] + at[-1] - own[run.stop - 1]])


def _guide(grid: Floats, spots: Floats, body: Line, surface: Surface) -> Floats:
    """As far beside the necklace's line as the strand lies on the table, smoothly, and on the skin."""
    order = np.argsort(spots[:, 0], kind="stable")
    wide = max(5, len(spots) // 6) | 1
    beside = np.interp(grid, spots[order, 0], smoothed(smoothed(spots[order, 1:2], wide), wide)[:, 0])
    _, out, normals = body.axes(grid)
    points = body.at(grid, body.points) + beside[:, None] * out
    for _ in range(3):
        points = points - np.minimum(surface(points), _HOLLOW)[:, None] * normals
    return taut(points, normals, surface, wide=25)
