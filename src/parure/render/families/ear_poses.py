"""What all earrings share: one flat way of drawing, the poses a pair is photographed in, and the way one is worn.

A family draws one earring face up: it faces +z, its top towards +y, the front of the piercing at the origin. A pose
lays two of them out; `worn` raises one to where an ear has it. The convention is told in `earrings`.

Nothing hovers: what lies on its back is tipped until it rests, a stud on its rim and its butterfly, a drop on its stone
and its hook; only what is stuck through a card lies level.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import ClassVar, TypeVar

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from parure.render.chance import between, maybe, pick
from parure.render.mesh import METAL, SECOND_METAL, Floats, Mesh, Part, all_vertices, on_floor, place, rotation

__all__ = ["FACING_OUT", "LYING", "POSES", "STANDING", "STUD_POSES", "UPRIGHT", "Earring", "mirrored", "posed", "rest"]

UPRIGHT = rotation((1, 0, 0), 90)  # from drawn to worn: the face turns from +z to -y, the top from +y to +z
_FACE_ON = rotation((0, 0, 1), 90) @ UPRIGHT  # a hoop, which is drawn in the yz plane, seen as a circle

LYING = MappingProxyType({"lying": 0.45, "hanging": 0.25, "paired": 0.3})
STANDING = MappingProxyType({"standing": 0.2, "on_side": 0.4, "leaning": 0.25, "front": 0.15})
STUD_POSES = MappingProxyType({"aside": 0.2, "facing": 0.35, "card": 0.45})

FACING_OUT = (
    "aside",
    "facing",
    "hanging",
    "paired",
)  # poses that are looked at from low down: they show their faces to whoever sits there
_CELL, _GAP = 0.5, 0.25  # mm of the grid that tells what lies below, and of air between two metals
_HEAVY = 4.0  # how much more metal weighs than stones and pearls do

Two = tuple[list[Part], list[Part]]
E = TypeVar("E", bound="Earring")


@dataclass(frozen=True, kw_only=True)
class Earring(ABC):
    """`pair` False leaves one; `pose` is a key of POSES; `turn` in degrees is how far two look away from each other."""

    pair: bool = True
    pose: str = "lying"
    turn: float = 4.0

    poses: ClassVar[Mapping[str, float]] = LYING
    handed: ClassVar[bool] = False  # the other ear's is the mirror image

    @abstractmethod
    def one(self, *, worn: bool = False) -> list[Part]:
        """One earring as drawn; `worn` turns its wire to go through the ear rather than lie beside it."""

    @property
    def shown(self) -> str:
        """The pose it is pictured in; a piece that cannot lie may have another than it was drawn with."""
        return self.pose

    def build(self) -> list[Part]:
        one = self.one()
        left, right = POSES[self.shown](one, mirrored(one) if self.handed else one, self.turn)
        return left + [replace(part, instance=1) for part in right] if self.pair else left

    def worn(self) -> list[Part]:
        """One earring in the ear: piercing at the origin, facing -y, z up."""
        return place(self.one(worn=True), UPRIGHT)


def posed(random: Generator, piece: E) -> E:
    """The same earring in a pose of its kind, mostly as a pair."""
    pose, turn = pick(random, type(piece).poses), between(random, -3.0, 12.0)
    return replace(piece, pair=maybe(random, 0.88), pose=pose, turn=turn)


def mirrored(parts: Sequence[Part]) -> list[Part]:
    flip = np.array([-1.0, 1.0, 1.0])
    return [replace(part, mesh=Mesh(part.mesh.vertices * flip, part.mesh.faces[:, ::-1])) for part in parts]


def _side_by_side(left: Sequence[Part], right: Sequence[Part]) -> Two:
    """On the floor with a gap of about a third of a width between them."""
    first, second = all_vertices(left), all_vertices(right)
    gap = float(np.clip(0.3 * np.ptp(first[:, 0]), 1.6, 5.0))
    level = (first[:, 1].min() + first[:, 1].max() - second[:, 1].min() - second[:, 1].max()) / 2
    return (
        on_floor(place(left, offset=(-gap / 2 - first[:, 0].max(), 0, 0))),
        on_floor(place(right, offset=(gap / 2 - second[:, 0].min(), level, 0))),
    )


def _turned(one: Sequence[Part], other: Sequence[Part], turns: tuple[Floats, Floats]) -> Two:
    return _side_by_side(place(one, turns[0]), place(other, turns[1]))


def rest(parts: Sequence[Part], start: float, *, hinged: bool = False) -> Floats:
    """The turn about x, from `start` degrees and downhill, in which the piece lies on the floor and stays so.

    What is `hinged` lets its lighter end down too: it rests on both sides of its middle, wherever its weight is."""
    from scipy.spatial import ConvexHull

    points = all_vertices(parts)[:, 1:]
    outside = points[ConvexHull(points).vertices]
    centre = (outside.min(axis=0) + outside.max(axis=0)) / 2 if hinged else _centre(parts)[1:]
    degrees = np.arange(-20.0, 125.0, 0.5)
    height = _heights(outside, centre, degrees)
    at = int(np.argmin(np.abs(degrees - start)))
    while 0 < at < len(degrees) - 1:
        lower = at + (1 if height[at + 1] < height[at - 1] else -1)
        if height[lower] >= height[at]:
            break
        at = lower
    close = degrees[at] + np.arange(-0.5, 0.5, 0.005)  # of 60 mm the hundredth part of one
    return rotation((1, 0, 0), float(close[np.argmin(_heights(outside, centre, close))]))


def _heights(outside: Floats, centre: Floats, degrees: Floats) -> Floats:
    """Of the centre above the floor, at each turn; points are (y, z)."""
    up = np.column_stack([np.sin(np.radians(degrees)), np.cos(np.radians(degrees))])
    return np.asarray(up @ centre - (up @ outside.T).min(axis=1))


def _centre(parts: Sequence[Part]) -> Floats:
    """Of gravity (3,)."""
    total, weight = np.zeros(3), 0.0
    for part in parts:
        a, b, c = (part.mesh.vertices[part.mesh.faces[:, k]] for k in range(3))
        volumes = np.einsum("ij,ij->i", a, np.cross(b, c)) * (_HEAVY if part.material in (METAL, SECOND_METAL) else 1)
        total, weight = total + volumes @ (a + b + c) / 4, weight + float(volumes.sum())
    return np.asarray(total / weight)


def _lying(one: Sequence[Part], other: Sequence[Part], turn: float) -> Two:
    """Face up; a post goes into what it lies on."""
    seen, other_seen = _without(one, "post"), _without(other, "post")
    down, other_down = rest(seen, 0.0, hinged=True), rest(other_seen, 0.0, hinged=True)
    return _turned(seen, other_seen, (rotation((0, 0, 1), turn) @ down, rotation((0, 0, 1), -turn) @ other_down))


def _without(parts: Sequence[Part], *labels: str) -> list[Part]:
    return [part for part in parts if part.label not in labels]


def _aside(one: Sequence[Part], other: Sequence[Part], turn: float) -> Two:
    """Studs as shops show them: one facing the viewer, one turned to show its post."""
    front = rotation((0, 0, 1), 4 + turn) @ rest(one, 80.0)
    return _turned(one, other, (front, rotation((0, 0, 1), -38 - turn) @ rest(other, 80.0)))


def _facing(one: Sequence[Part], other: Sequence[Part], turn: float) -> Two:
    """Both lean back on their butterflies."""
    turns = rotation((0, 0, 1), turn) @ rest(one, 80.0), rotation((0, 0, 1), -turn) @ rest(other, 80.0)
    return _turned(one, other, turns)


def _card(one: Sequence[Part], other: Sequence[Part], turn: float) -> Two:
    """Face up, the posts pushed through a card and out of sight."""
    seen, other_seen = (_without(parts, "post", "closure") for parts in (one, other))
    return _turned(seen, other_seen, (rotation((0, 0, 1), turn), rotation((0, 0, 1), -turn)))


def _hanging(one: Sequence[Part], other: Sequence[Part], turn: float) -> Two:
    """As from a thread, just down to the ground."""
    return _turned(one, other, (rotation((0, 0, 1), turn) @ UPRIGHT, rotation((0, 0, 1), -turn) @ UPRIGHT))


def _paired(one: Sequence[Part], other: Sequence[Part], turn: float) -> Two:
    """Upright as catalogues show them: one to the viewer, the other half behind it and turned aside."""
    front, aside = (
        place(one, rotation((0, 0, 1), turn) @ UPRIGHT),
        place(other, rotation((0, 0, 1), -28 - turn) @ UPRIGHT),
    )
    wide = float(np.ptp(all_vertices(front)[:, 0]))
    behind = float(np.ptp(all_vertices(front)[:, 1]) + np.ptp(all_vertices(aside)[:, 1])) / 2 + 1.0
    return on_floor(front), on_floor(place(aside, offset=(0.86 * wide + 0.5, behind, 0)))


def _standing(one: Sequence[Part], other: Sequence[Part], turn: float) -> Two:
    """Hoops on edge, one a little behind the other."""
    half, width = float(np.ptp(all_vertices(one)[:, 1])) / 2, float(np.ptp(all_vertices(one)[:, 0]))
    behind = max(0.4 * half, 0.7 * width)  # broad cuffs need more room
    left = on_floor(place(one, rotation((0, 0, 1), 20 + turn) @ _FACE_ON))
    right = on_floor(place(other, rotation((0, 0, 1), -12 - turn) @ _FACE_ON))
    return place(left, offset=(-0.62 * half, behind, 0)), place(right, offset=(0.76 * half, -behind, 0))


def _on_side(one: Sequence[Part], other: Sequence[Part], turn: float) -> Two:
    """Hoops laid down, openings pointing their own ways."""
    down = rotation((0, 1, 0), 90)
    return _turned(one, other, (rotation((0, 0, 1), 3 * turn) @ down, rotation((0, 0, 1), -5 * turn) @ down))


def _leaning(one: Sequence[Part], other: Sequence[Part], turn: float) -> Two:
    """Hoops laid down, the other half upon the one."""
    down = rotation((0, 1, 0), 90)
    first = on_floor(place(one, rotation((0, 0, 1), 90 + 4 * turn) @ down))
    second = on_floor(place(other, rotation((0, 0, 1), 100 - 5 * turn) @ down))
    wide, deep = np.ptp(all_vertices(first)[:, :2], axis=0)
    second = _beside(second, first, across=0.5 * float(wide), ahead=-0.28 * float(deep))
    return first, _propped(second, first)


def _beside(parts: Sequence[Part], others: Sequence[Part], *, across: float, ahead: float) -> list[Part]:
    """Moved on the floor until its middle is so far from theirs."""
    mine, theirs = all_vertices(parts)[:, :2], all_vertices(others)[:, :2]
    middle = (theirs.min(axis=0) + theirs.max(axis=0) - mine.min(axis=0) - mine.max(axis=0)) / 2
    return place(parts, offset=(middle[0] + across, middle[1] + ahead, 0))


def _propped(upper: Sequence[Part], lower: Sequence[Part]) -> list[Part]:
    """Tipped about its edge at the far right, until nothing of it is inside what lies below."""
    points, below = all_vertices(upper), all_vertices(lower)
    edge = np.array([float(points[:, 0].max()), 0.0, 0.0])
    corner = below[:, :2].min(axis=0) - _CELL
    tops = np.full(_cells(below, corner).max(axis=0) + 2, -np.inf)
    for across, ahead in np.ndindex(3, 3):
        np.maximum.at(tops, tuple((_cells(below, corner) + np.array([across - 1, ahead - 1])).T), below[:, 2] + _GAP)
    low, high = 0.0, 60.0
    for _ in range(12):
        tip = (low + high) / 2
        tipped = (points - edge) @ rotation((0, 1, 0), tip).T + edge
        tipped[:, 2] -= tipped[:, 2].min()
        at = _cells(tipped, corner)
        over = np.all((at >= 0) & (at < tops.shape), axis=1)
        low, high = (tip, high) if np.any(tipped[over, 2] < tops[tuple(at[over].T)]) else (low, tip)
    return on_floor(place(place(upper, offset=-edge), rotation((0, 1, 0), high), edge))


def _cells(points: Floats, corner: Floats) -> NDArray[np.int64]:
    """(n, 2) places on a grid on the floor."""
    return np.asarray(np.floor((points[:, :2] - corner) / _CELL), np.int64)


def _front(one: Sequence[Part], other: Sequence[Part], turn: float) -> Two:
    """Hoops on edge, their fronts half towards the viewer."""
    return _turned(one, other, (rotation((0, 0, 1), 38 - turn) @ UPRIGHT, rotation((0, 0, 1), 52 - turn) @ UPRIGHT))


POSES: Mapping[str, Callable[[Sequence[Part], Sequence[Part], float], Two]] = MappingProxyType(
    {
        "lying": _lying,
        "aside": _aside,
        "facing": _facing,
        "card": _card,
        "hanging": _hanging,
        "paired": _paired,
        "standing": _standing,
        "on_side": _on_side,
        "front": _front,
        "leaning": _leaning,
    }
)
