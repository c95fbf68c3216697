"""Putting a ring on a finger and a bracelet on a wrist so that metal and skin touch.

The body is scaled to the piece, never the other way round: a picture has no scale, and the piece keeps its measures.
Under a snug piece the skin takes the shape of the inner wall exactly; away from it the change fades out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from parure.errors import ParureError
from parure.render.bodies.flesh import Flesh, reach_from
from parure.render.bodies.hand import Hand
from parure.render.mesh import Floats, Mesh, Part, all_vertices, frame, place

__all__ = ["Hole", "Seat", "around_z", "finger_seat", "hole", "perimeter", "pressed", "wrapped", "wrist_seat"]

_BINS = 72


@dataclass(frozen=True)
class Hole:
    """The opening of a piece about an axis: its centre, and the wall's distance at 72 angles from the first axis."""

    centre: tuple[float, float]
    wall: Floats
    half_width: float  # of the part that lies on the skin, along the axis

    def at(self, angles: Floats) -> Floats:
        turns = np.arange(_BINS + 1) * 2 * np.pi / _BINS
        return np.asarray(np.interp(np.mod(angles, 2 * np.pi), turns, np.append(self.wall, self.wall[0])))

    def smoothed(self) -> Hole:
        """The wall that touches only where the piece comes nearest: the hollows between beads filled."""
        lowest = np.min([np.roll(self.wall, k) for k in range(-2, 3)], axis=0)
        return replace(self, wall=np.mean([np.roll(lowest, k) for k in range(-2, 3)], axis=0))


@dataclass(frozen=True)
class Seat:
    """Where a piece goes: `turn` (columns x, y, z of the piece) and `centre`; the radii of the body there."""

    centre: Floats
    turn: Floats
    radii: Floats  # at the 72 angles of a `Hole`


def hole(parts: Sequence[Part], first: int, second: int) -> Hole:
    """The opening seen along the remaining axis; centred where the largest circle fits."""
    points = all_vertices(parts)
    flat, along = points[:, [first, second]], points[:, 3 - first - second]
    centre = _widest(flat)
    offset = flat - centre
    radius, angle = np.hypot(offset[:, 0], offset[:, 1]), np.mod(np.arctan2(offset[:, 1], offset[:, 0]), 2 * np.pi)
    wall = np.full(_BINS, np.inf)
    np.minimum.at(wall, np.round(angle / (2 * np.pi) * _BINS).astype(int) % _BINS, radius)
    known = np.isfinite(wall)
    turns = np.arange(_BINS)
    wall = np.interp(turns, turns[known], wall[known], period=_BINS)
    if wall.min() < 0.45 * np.median(wall):
        raise ParureError(
            "The piece does not close around anything: build it as a loop (not laid in a line) to wear it."
        )
    limit = np.minimum(wall, 1.35 * np.median(wall))
    near = radius < np.interp(angle / (2 * np.pi) * _BINS, turns, limit, period=_BINS) + 0.5
    middle = float(np.median(along[near]))
    half = float(np.percentile(np.abs(along[near] - middle), 97))
    return Hole((float(centre[0]), float(centre[1])), limit, half)


def _widest(flat: Floats) -> Floats:
    """The middle of the largest empty circle near the middle of the points."""
    flat = flat[:: max(1, len(flat) // 2500)]
    low, high = flat.min(axis=0), flat.max(axis=0)
    best, reach = (low + high) / 2, 0.3 * (high - low)
    for _ in range(6):
        steps = np.linspace(-1, 1, 7)
        tries = best + np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2) * reach
        room = np.array([((flat - spot) ** 2).sum(axis=1).min() for spot in tries])
        best, reach = tries[int(room.argmax())], reach * 0.4
    return np.asarray(best)


def around_z(parts: Sequence[Part]) -> list[Part]:
    """The bracelet turned so that its axis is z; pieces that lie that way already stay as they are."""
    points = all_vertices(parts)
    _, turns = np.linalg.eigh(np.cov((points - points.mean(axis=0)).T))
    axis = turns[:, 0] * (1.0 if turns[2, 0] >= 0 else -1.0)
    if axis[2] > 0.985:
        return list(parts)
    return place(parts, frame(axis).T)


def wrapped(parts: Sequence[Part], opening: Hole, seat: Seat) -> list[Part]:
    """A soft bracelet bent from its own loop to that of the wrist; the arc between its links stays as long."""
    turns = np.arange(_BINS + 1) * 2 * np.pi / _BINS
    table, body = (_arc(np.append(wall, wall[0]), turns) for wall in (opening.wall, seat.radii))
    body = body * table[-1] / body[-1]
    result = []
    for part in parts:
        x, y = part.mesh.vertices[:, 0] - opening.centre[0], part.mesh.vertices[:, 1] - opening.centre[1]
        angle = np.mod(np.arctan2(y, x), 2 * np.pi)
        bent = np.interp(np.interp(angle, turns, table), body, turns)
        radius = np.interp(bent, turns, np.append(seat.radii, seat.radii[0])) + np.hypot(x, y) - opening.at(angle)
        vertices = np.column_stack([radius * np.cos(bent), radius * np.sin(bent), part.mesh.vertices[:, 2]])
        result.append(replace(part, mesh=Mesh(vertices, part.mesh.faces)))
    return result


def perimeter(wall: Floats) -> float:
    return float(_arc(np.append(wall, wall[0]), np.arange(_BINS + 1) * 2 * np.pi / _BINS)[-1])


def _arc(wall: Floats, turns: Floats) -> Floats:
    """How far along the closed curve each angle lies."""
    curve = np.column_stack([wall * np.cos(turns), wall * np.sin(turns)])
    return np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(curve, axis=0), axis=1))])


def _girth(flesh: Flesh, centre: Floats, turn: Floats, plane: tuple[int, int], half: float) -> Floats:
    """The body's radii around the piece's axis, the mean over the width of the piece."""
    angles = np.arange(_BINS) * 2 * np.pi / _BINS
    out = np.cos(angles)[:, None] * turn[:, plane[0]] + np.sin(angles)[:, None] * turn[:, plane[1]]
    axis = turn[:, 3 - sum(plane)]
    reach = [
        reach_from(flesh, np.tile(centre + share * half * axis, (_BINS, 1)), out, furthest=60.0)
        for share in (-0.7, 0.0, 0.7)
    ]
    return np.asarray(np.mean(reach, axis=0))


def finger_seat(hand: Hand, index: int, share: float, half: float) -> Seat:
    """On the bone nearest the palm, `share` of the way to the middle joint; the ring's top on the finger's back."""
    finger = hand.fingers[index]
    along = finger.joints[1] - finger.joints[0]
    centre = finger.joints[0] + share * along
    y, z = along / np.linalg.norm(along), finger.backs[0]
    turn = np.stack([np.cross(y, z), y, z], axis=1)
    own = Flesh(hand.flesh.limbs[index])
    for _ in range(2):
        radii = _girth(own, centre, turn, (0, 2), half)
        angles = np.arange(_BINS) * 2 * np.pi / _BINS
        centre = centre + turn[:, 0] * 2 * np.mean(radii * np.cos(angles))
        centre = centre + turn[:, 2] * 2 * np.mean(radii * np.sin(angles))
    return Seat(centre, turn, _girth(own, centre, turn, (0, 2), half))


def wrist_seat(hand: Hand, y: float, half: float) -> Seat:
    """Around the forearm at `y`; the front of the bracelet (-y) on the back of the wrist."""
    turn = np.array([[1.0, 0, 0], [0, 0, 1], [0, -1, 0]])
    centre = np.array([0.0, y * hand.scale, 0.0])
    return Seat(centre, turn, _girth(hand.flesh, centre, turn, (0, 1), half))


def pressed(skin: Part, seat: Seat, opening: Hole, *, plane: tuple[int, int], limit: float) -> Part:
    """The skin under the piece takes the shape of its wall; nothing moves more than `limit` mm."""
    local = (skin.mesh.vertices - seat.centre) @ seat.turn
    first, second, axis = local[:, plane[0]], local[:, plane[1]], local[:, 3 - sum(plane)]
    radius, angle = np.hypot(first, second), np.arctan2(second, first)
    wall = opening.at(angle)
    beyond = np.clip((np.abs(axis) - opening.half_width - 0.6) / (2.2 * limit), 0, 1)
    weight = np.where(radius < wall + 1.5 * limit, 1 - beyond**2 * (3 - 2 * beyond), 0.0)
    change = np.clip(wall - radius, -limit, limit) * weight
    factor = 1 + change / np.maximum(radius, 1e-6)
    local[:, plane[0]] *= factor
    local[:, plane[1]] *= factor
    return replace(skin, mesh=Mesh(local @ seat.turn.T + seat.centre, skin.mesh.faces))
