"""Laying the pieces of a necklace along its ways, and lifting what dips into the skin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from parure.render.bodies.lines import Line, Surface, along_and_beside
from parure.render.bodies.strands import Pieces, Way, chosen_ways, pieces_of
from parure.render.mesh import Floats, Ints, Mesh, Part

__all__ = ["laid_along"]

Bools = NDArray[np.bool_]

_STIFF = 1.5  # of its length, how far either way a plate follows the line: over collarbones it stands flat, as on wires


@dataclass(frozen=True, eq=False)
class _Laid:
    """Vertices on the body, how far along the necklace each one's piece starts, and which are left out of sight."""

    points: Floats
    along: Floats
    kept: Bools


def laid_along(parts: Sequence[Part], way: Way, surface: Surface) -> list[Part]:
    """The parts, z = 0 the table below them, on the body; what finds no room on its strand is left out."""
    pieces = [pieces_of(part.mesh) for part in parts]
    ways, taken, carried = chosen_ways(parts, pieces, way, surface)
    ends = np.cumsum([len(each.lengths) for each in pieces])
    units = np.split(carried, ends[:-1])
    middles, lengths = (np.concatenate([getattr(each, name) for each in pieces]) for name in ("middles", "lengths"))
    reach = np.where(np.bincount(carried, minlength=len(carried)) > 1, _STIFF * lengths, 0.0)
    placed = [replace(each, middles=middles[unit]) for each, unit in zip(pieces, units, strict=True)]
    laid = [
        _laid(part, each, own, ways, reach[unit])
        for part, each, own, unit in zip(parts, placed, taken, units, strict=True)
    ]
    unit_of = np.concatenate([unit[each.of] for each, unit in zip(pieces, units, strict=True)])
    lifted = _off_the_skin(laid, unit_of, surface, way.body)
    found = [_cut(part, points, each.kept) for part, points, each in zip(parts, lifted, laid, strict=True)]
    return [part for part in found if len(part.mesh.faces)]


def _cut(part: Part, points: Floats, kept: Bools) -> Part:
    """The part at these points, without the pieces that are not kept."""
    if kept.all():
        return replace(part, mesh=Mesh(points, part.mesh.faces))
    faces = part.mesh.faces[kept[part.mesh.faces[:, 0]]]
    tint = None if part.tint is None else part.tint[kept]
    return replace(part, mesh=Mesh(points[kept], (np.cumsum(kept) - 1)[faces]), tint=tint)


def _laid(part: Part, pieces: Pieces, taken: Ints, ways: Sequence[Way], reach: Floats) -> _Laid:
    """Links, beads and stones keep their shape; what is too long to lie straight bends with the line.

    `reach` is how far either way each piece is stiff, as `Line.axes` has it."""
    points = part.mesh.vertices
    result, along, kept = points.copy(), np.zeros(len(points)), np.ones(len(points), bool)
    bent = pieces.too_long(ways[0])[pieces.of]
    if bent.any():
        result[bent], along[bent] = _bent(points[bent], ways[0])
    for number in np.unique(taken):
        way, stiff = ways[number], (taken == number)[pieces.of] & ~bent
        if stiff.any():
            result[stiff], middle = _stiff(points[stiff], pieces, pieces.of[stiff], way, reach)
            kept[stiff] = way.holds(middle) if number else True
            along[stiff] = np.interp(middle, way.body.along, way.whole)
    return _Laid(result, _first(along, pieces.of, bent), kept)


def _bent(points: Floats, way: Way) -> tuple[Floats, Floats]:
    place = along_and_beside(points, way.table)
    along = place[:, 0] * way.scale
    _, out, normals = way.body.axes(along)
    laid = way.body.at(along, way.body.points) + place[:, 1:2] * out + place[:, 2:] * normals
    return np.asarray(laid), along


def _stiff(points: Floats, pieces: Pieces, of: Ints, way: Way, reach: Floats) -> tuple[Floats, Floats]:
    """The points, and how far along the middle of each one's piece lies."""
    middles = pieces.middles
    spots = along_and_beside(middles, way.table)
    tangents = way.table.tangents
    facing = np.column_stack([np.interp(spots[:, 0], way.table.along, tangents[:, k]) for k in range(2)])
    facing = (facing / np.maximum(np.linalg.norm(facing, axis=1, keepdims=True), 1e-9))[of]
    offset = (points - middles[of])[:, :2]
    ahead = np.einsum("ij,ij->i", offset, facing)[:, None]
    across = (spots[of, 1] + offset[:, 0] * facing[:, 1] - offset[:, 1] * facing[:, 0])[:, None]
    along = (spots[:, 0] * way.scale)[of]
    forward, out, normals = way.body.axes(along, reach[of])
    laid = way.body.at(along, way.body.points) + ahead * forward + across * out
    laid += (points[:, 2:] - way.height) * normals
    return laid, along


def _first(along: Floats, piece: Ints, bent: Bools) -> Floats:
    """How far along one end of each vertex's piece lies; a bent piece has none."""
    low = np.full(int(piece.max()) + 1, np.inf)
    np.minimum.at(low, piece, along)
    return np.where(bent, along, low[piece])


def _off_the_skin(laid: Sequence[_Laid], unit_of: Ints, surface: Surface, body: Line) -> list[Floats]:
    """Shift stretches of the line along the normal until each just touches; `unit_of` each vertex lifts together."""
    edges = np.linspace(body.along[0], body.along[-1], 121)
    everything, where = np.vstack([each.points for each in laid]), np.concatenate([each.along for each in laid])
    bins = np.clip(np.searchsorted(edges, where), 0, 120)
    normals = body.at(where, body.normals)
    some = slice(None, None, max(1, len(everything) // 15000))
    for _ in range(2):
        least = np.full(121, np.inf)
        np.minimum.at(least, bins[some], surface(everything[some]))
        spread = np.min([np.roll(least, k) for k in range(-5, 6)], axis=0)
        spread = np.where(np.isfinite(spread), spread, 0.0)
        spread = np.mean([np.roll(spread, k) for k in range(-5, 6)], axis=0)  # a chain bridges a hollow
        everything = everything + (0.03 - np.interp(where, edges, spread))[:, None] * normals
    sunk = np.maximum(0.02 - surface(everything), 0)
    everything = everything + _whole(sunk, unit_of)[:, None] * normals
    return np.split(everything, np.cumsum([len(each.points) for each in laid])[:-1])


def _whole(sunk: Floats, piece: Ints) -> Floats:
    """How far to lift each vertex so that a piece comes up as a whole."""
    most = np.zeros(int(piece.max()) + 1)
    np.maximum.at(most, piece, sunk)
    return np.asarray(np.where(np.bincount(piece)[piece] > 4000, sunk, most[piece]))
