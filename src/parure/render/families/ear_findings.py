"""What goes through or around the ear, and small settings for earrings of many stones.

Drawn like the earrings: face +z, top +y, the front of the piercing at the origin. `Top` says where the ornament hangs.
Small settings have few sides, because a chandelier has dozens.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from parure.render.cuts import Stone
from parure.render.mesh import Floats, Part, join, place, rotation
from parure.render.mounts import claws, metal, peg_pearl
from parure.render.outlines import evenly, offset
from parure.render.solids import ball, lathe, sweep, torus, tube

__all__ = [
    "TOPS",
    "Top",
    "cap",
    "chosen_top",
    "collet",
    "fish_hook",
    "lever_back",
    "post",
    "ring",
    "small_bead",
    "stone_top",
]

TOPS = {"hook": "hook_wire", "lever": "lever_back", "post": "butterfly_back"}  # how it is fastened, by name


@dataclass(frozen=True)
class Top:
    """Parts at the ear and the point below them that the ornament's own ring hangs from."""

    parts: list[Part]
    hang: Floats


def post(back: float = 0.0, length: float = 9.0, *, nut: bool = True) -> list[Part]:
    """A straight post with a butterfly back, along -z from z = -back."""
    pin = metal("post", tube([[0, 0, -back], [0, 0, -back - length]], 0.4, sides=10))
    scrolls = [torus(1.5, 0.45, count=32, sides=10).moved(offset=(s * 1.5, 0, -back - 6.0)) for s in (1, -1)]
    disc = torus(0.55, 0.3, count=20, sides=8).moved(offset=(0, 0, -back - 6.0))
    return [pin, *([metal("closure", join([*scrolls, disc]))] if nut else [])]


def _through(path: Floats, pierced: int, *, worn: bool, radius: float) -> Top:
    """A wire drawn in the xy plane from where the ornament hangs, the ear's side towards -x, through the ear at
    point `pierced`. Worn, that side turns back to -z."""
    turn = rotation((0, 1, 0), -90) if worn else np.eye(3)
    line = (path - path[pierced]) @ turn.T
    if not worn:
        line = line - np.array([line[0, 0], 0.0, 0.0])
    bead = ball(2.0 * radius, detail=8).moved(offset=line[0])
    return Top([metal("closure", tube(line, radius, sides=10)), metal("closure", bead)], line[0])


def fish_hook(*, worn: bool = False, width: float = 4.0, tail: float = 9.0) -> Top:
    angles = np.radians(np.linspace(-25, 215, 48))
    arc = np.column_stack([width * np.cos(angles), 1.15 * width * np.sin(angles), 0 * angles])
    end = arc[-1] + np.column_stack([np.linspace(0, -0.6, 16), np.linspace(0, -tail, 16), np.zeros(16)])[1:]
    return _through(np.vstack([arc, end]), 16, worn=worn, radius=0.38)


def lever_back(*, worn: bool = False, width: float = 2.2, height: float = 9.0) -> Top:
    """A wire that closes on a hinged lever behind the ear: one narrow closed loop."""
    angles = np.radians(np.linspace(-90, 262, 64))
    lean = np.where(np.sin(angles) < 0, 1.0, 0.62)
    path = np.column_stack([width * np.cos(angles), height / 2 * np.sin(angles) * lean, 0 * angles])
    return _through(path, 28, worn=worn, radius=0.45)


def _short_post(worn: bool) -> list[Part]:
    """A drop laid on a table hides its post; in the ear it has all of it."""
    return post() if worn else post(length=2.0, nut=False)


def stone_top(stone: Stone, *, worn: bool = False, label: str = "side_stone") -> Top:
    """A stone on a post at the ear, a drop below it."""
    depth = 0.42 * stone.size
    head = peg_pearl(stone.size, stone.gem, label) if stone.cut == "bead" else claws(stone, depth=depth, label=label)
    upright = rotation((0, 0, 1), 90)
    low = -float(stone.outline[:, 0].max())
    return Top([*place(head, upright, (0, 0, depth)), *_short_post(worn)], np.array([0.0, low - 0.1, 0.7 * depth]))


def _ball_top(radius: float, *, worn: bool) -> Top:
    bead = metal("setting", ball(radius, detail=14).moved(offset=(0, 0, 0.9 * radius)))
    return Top([bead, *_short_post(worn)], np.array([0.0, -radius, 0.9 * radius]))


def chosen_top(name: str, stone: Stone | None, *, worn: bool = False) -> Top:
    """A stone at the ear if there is one, else the fastening of that name (a key of TOPS)."""
    if stone is not None:
        return stone_top(stone, worn=worn)
    if name == "post":
        return _ball_top(1.9, worn=worn)
    return lever_back(worn=worn) if name == "lever" else fish_hook(worn=worn)


def ring(top: Floats, *, radius: float = 0.9, wire: float = 0.22, label: str = "bail") -> Part:
    """A jump ring facing the viewer whose upper inside hangs from `top`."""
    place_at = np.asarray(top, float) - np.array([0.0, radius - wire, 0.0])
    return metal(label, torus(radius, wire, count=26, sides=8).moved(offset=place_at))


def small_bead(gem: str, size: float, at: Floats | tuple[float, float, float], label: str = "bead") -> Part:
    mesh = ball(size / 2, detail=max(7, min(16, round(3 + 2.2 * size))))
    return Part(label, gem, mesh.moved(offset=at))


def collet(stone: Stone, label: str = "side_stone", *, wall: float = 0.32) -> list[Part]:
    """The stone in a thin collar on a flat back, light enough to be repeated; the back is at z = -0.3 sizes."""
    low, high = -0.3 * stone.size, 0.09 * stone.size
    if stone.cut == "bead":
        return peg_pearl(stone.size, stone.gem, label)
    curve = offset(evenly(stone.outline, 720), 0.45 * wall)[::15]
    angles = np.linspace(0, 2 * np.pi, 10, endpoint=False)
    cos, sin = np.cos(angles), np.sin(angles)
    section = np.column_stack(
        [np.sign(cos) * np.abs(cos) ** 0.6 * wall / 2, np.sign(sin) * np.abs(sin) ** 0.5 * (high - low) / 2]
    )
    path = np.column_stack([curve, np.full(len(curve), (high + low) / 2)])
    back = sweep(np.array([[0, 0, low], [0, 0, low + 0.2]]), np.asarray(curve), ups=(0, 1, 0))
    return [
        stone.part(label),
        metal("setting", sweep(path, section, closed=True, ups=(0, 0, 1))),
        metal("setting", back),
    ]


def cap(radius: float, height: float) -> Part:
    """A shallow bead cap, open side down, its top at y = 0: lathed about y."""
    angles = np.linspace(0, np.pi / 2, 7)
    profile = np.column_stack([radius * np.cos(angles), height * np.sin(angles) - height])
    upright = rotation((1, 0, 0), -90)
    return metal("setting", lathe(np.vstack([[0.0, -height], profile[:-1], [0.0, 0.0]]), count=20).moved(upright))
