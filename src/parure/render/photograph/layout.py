"""Where pieces go: an affine map for each, from the scene back to its cut-out.

Fitting uses points of the piece itself, not its box, so that a ring turned by 45 degrees still fills the frame. What
runs out of its cut-out, an arm or a chain, is never shown smaller than the frame, else it would end in the air.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from parure.render.photograph.noise import Shape
from parure.render.photograph.style import Style
from parure.render.photograph.values import Cutout

__all__ = ["Outline", "Placement", "arrange", "frame", "outline"]

Points = NDArray[np.float64]  # (n, 2) x, y
Corners = tuple[float, float, float, float]

_TRIES = 24
_OVERLAP = 0.06  # of the smaller box
_THERE = 64  # of alpha: a chain of one pixel


@dataclass(frozen=True, eq=False)
class Outline:
    """What fitting needs to know of a cut-out: points on the piece, its size, whether what it shows goes on outside."""

    points: Points
    width: int
    height: int
    cut_off: bool


@dataclass(frozen=True, eq=False)
class Placement:
    """`turn` (2, 2) and `at`, `of`: the cut-out's point `of` comes to the scene's point `at`, turned and scaled."""

    turn: Points
    at: tuple[float, float]
    of: tuple[float, float]

    @property
    def scale(self) -> float:
        return float(abs(np.linalg.det(self.turn)) ** 0.5)

    def to_scene(self, points: Points) -> Points:
        return np.asarray((points - self.of) @ self.turn.T + self.at)

    def coefficients(self, left: float = 0.0, top: float = 0.0) -> tuple[float, float, float, float, float, float]:
        """As an image transform wants them: from a scene pixel, counted from (left, top), to the cut-out."""
        back = np.linalg.inv(self.turn)
        c, f = np.asarray(self.of) - back @ (np.asarray(self.at) - (left, top))
        (a, b), (d, e) = back
        return float(a), float(b), float(c), float(d), float(e), float(f)


def outline(cutout: Cutout) -> Outline:
    height, width = cutout.labels.shape
    step = max(1, min(height, width) // 64)
    shown = (cutout.labels[::step, ::step] & 15) > 0
    if not shown.any():
        shown = cutout.pixels[::step, ::step, 3] > 0
    rows, columns = np.nonzero(shown)
    points = (np.stack([columns, rows], 1) + 0.5) * step if len(rows) else np.array([[0.0, 0.0], [width, height]])
    return Outline(points, width, height, _runs_out(cutout))


def _runs_out(cutout: Cutout) -> bool:
    alpha = cutout.pixels[..., 3]
    return any(bool((side > _THERE).any()) for side in (alpha[0], alpha[-1], alpha[:, 0], alpha[:, -1]))


def frame(piece: Outline, random: Generator, shape: Shape, style: Style) -> Placement:
    """One piece alone in the frame."""
    turn = _turn(random, style, upright=piece.cut_off)
    if piece.cut_off:
        return _cover(piece, random, shape, turn)
    spread = piece.points @ turn.T
    low, high = spread.min(0), spread.max(0)
    fit = float(min(shape[1] / max(1.0, high[0] - low[0]), shape[0] / max(1.0, high[1] - low[1])))
    kind = random.random()
    if kind < style.close_up:
        turn = turn * fit * random.uniform(1.2, 2.3)
        focus = piece.points[random.integers(len(piece.points))] * 0.6 + piece.points.mean(0) * 0.4
        return Placement(turn, _near_centre(random, shape, 0.1), (float(focus[0]), float(focus[1])))
    small = kind < style.close_up + style.small
    turn = turn * fit * (random.uniform(0.2, 0.5) if small else random.uniform(0.55, 1.0))
    cut = not small and kind < style.close_up + style.small + style.cut_by_edge
    return _settle(piece, random, shape, turn, cut=cut)


def _turn(random: Generator, style: Style, *, upright: bool) -> Points:
    draws = random.random(4)
    angle = 0.0
    if draws[0] < style.turn:
        angle = float(np.clip(random.normal(0, 9), -22, 22)) * (0.4 if upright else 1.0)
    if draws[1] < style.turn_far and not upright:
        angle = random.uniform(-180, 180)
    cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    aspect = float(np.exp(random.normal(0, 0.04))) if draws[2] < style.stretch else 1.0
    mirror = -1.0 if draws[3] < style.flip else 1.0
    return np.array([[cos, -sin], [sin, cos]]) @ np.diag([mirror * aspect, 1 / aspect])


def _near_centre(random: Generator, shape: Shape, reach: float) -> tuple[float, float]:
    x, y = random.uniform(-reach, reach, 2)
    return float((0.5 + x) * shape[1]), float((0.5 + y) * shape[0])


def _settle(piece: Outline, random: Generator, shape: Shape, turn: Points, *, cut: bool) -> Placement:
    """Inside the frame, nearer to the middle than not; `cut` pushes 10 to 40 % of it over one edge."""
    spread = piece.points @ turn.T
    low, high = spread.min(0), spread.max(0)
    size, room = high - low, np.array([shape[1], shape[0]])
    corner = (room - size) * (0.5 + 0.5 * random.uniform(-1, 1, 2) * random.uniform(0.2, 1, 2))
    if cut:
        axis, share = int(random.integers(2)), random.uniform(0.1, 0.4)
        corner[axis] = -share * size[axis] if random.random() < 0.5 else room[axis] - (1 - share) * size[axis]
    at = corner - low
    return Placement(turn, (float(at[0]), float(at[1])), (0.0, 0.0))


def _cover(piece: Outline, random: Generator, shape: Shape, turn: Points) -> Placement:
    """The frame lies within the cut-out, the piece as near to the middle as that allows."""
    half = np.array([shape[1], shape[0]]) / 2
    reach = np.abs(np.linalg.inv(turn)) @ half  # half of the frame's extent in the cut-out, at scale 1
    scale = float(max(2 * reach[0] / piece.width, 2 * reach[1] / piece.height)) * random.uniform(1.0, 1.5)
    reach = reach / scale
    middle = piece.points.mean(0) + random.normal(0, 0.06, 2) * (piece.width, piece.height)
    middle = np.clip(middle, reach, np.maximum(reach, np.array([piece.width, piece.height]) - reach))
    return Placement(turn * scale, (float(half[0]), float(half[1])), (float(middle[0]), float(middle[1])))


def arrange(pieces: Sequence[Outline], random: Generator, shape: Shape, style: Style) -> tuple[Placement | None, ...]:
    """Several pieces beside each other, overlapping hardly at all; None for one that found no room or is cut off."""
    taken: list[Corners] = []
    placements: list[Placement | None] = []
    share = random.uniform(0.75, 1.1) / len(pieces) ** 0.5
    for piece in pieces:
        placement = (
            None
            if piece.cut_off
            else _find_room(piece, random, shape, taken, turn=_turn(random, style, upright=False) * share)
        )
        placements.append(placement)
        if placement is not None:
            taken.append(_corners(placement, piece))
    return tuple(placements)


def _find_room(
    piece: Outline, random: Generator, shape: Shape, taken: Sequence[Corners], *, turn: Points
) -> Placement | None:
    size = np.ptp(piece.points @ turn.T, axis=0)
    share = float(abs(np.linalg.det(turn)) ** 0.5)
    fit = share * float(min(shape[1] / max(1.0, size[0]), shape[0] / max(1.0, size[1]))) * random.uniform(0.75, 1.0)
    for attempt in range(_TRIES):
        placement = _settle(piece, random, shape, turn * fit * 0.95**attempt, cut=False)
        corners = _corners(placement, piece)
        if all(_overlap(corners, other) < _OVERLAP for other in taken):
            return placement
    return None


def _corners(placement: Placement, piece: Outline) -> Corners:
    points = placement.to_scene(piece.points)
    (x0, y0), (x1, y1) = points.min(0), points.max(0)
    return float(x0), float(y0), float(x1), float(y1)


def _overlap(first: Corners, second: Corners) -> float:
    width = min(first[2], second[2]) - max(first[0], second[0])
    height = min(first[3], second[3]) - max(first[1], second[1])
    smaller = min((box[2] - box[0]) * (box[3] - box[1]) for box in (first, second))
    return max(0.0, width) * max(0.0, height) / max(1.0, smaller)
