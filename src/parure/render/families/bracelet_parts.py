"""What bracelets share: clasps, jump rings, small pendants, and rows of heads along a line.

A clasp is drawn shut on a closed line and in its two halves on an open one. Local axes: x along the bracelet, z the
way its front looks.
"""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from parure.render.chance import bead, between, faceted, maybe, pick
from parure.render.cuts import Stone
from parure.render.families.bracelet_heads import small_bezel
from parure.render.families.bracelet_lays import Line, Spots
from parure.render.mesh import Floats, Mesh, Part, frame, place, rotation
from parure.render.mounts import metal
from parure.render.outlines import evenly, heart, star
from parure.render.solids import ball, circle, ellipsoid, plate, sweep, torus, tube

__all__ = [
    "CLASPS",
    "SOFT_CLASPS",
    "clasp",
    "hang",
    "jump_ring",
    "lowered",
    "pendant",
    "rounded_box",
    "sample_pendant",
    "set_along",
    "tassel",
]

CLASPS = ("lobster", "spring_ring", "toggle", "box_clasp", "barrel", "magnetic", "fold_over", "slide")
SOFT_CLASPS = {"lobster": 4.0, "spring_ring": 2.0, "toggle": 1.5, "barrel": 0.5, "magnetic": 0.6, "box_clasp": 0.5}


def rounded_box(length: float, width: float, height: float, *, corner: float = 0.3, count: int = 12) -> Mesh:
    """A block about the origin with its four long edges rounded; x is its length."""
    angles = np.linspace(0, 2 * np.pi, 4 * count, endpoint=False) + np.pi / 4
    power = 2 / (2 + 4 * (1 - corner))
    x, y = (np.sign(f) * np.abs(f) ** power for f in (np.cos(angles), np.sin(angles)))
    section = np.column_stack([x * width / 2, y * height / 2])
    path = np.linspace([-length / 2, 0, 0], [length / 2, 0, 0], 6)
    path[1], path[4] = path[0] * 0.97, path[5] * 0.97
    return sweep(path, section, ups=(0, 0, 1), scale=[0.92, 1, 1, 1, 1, 0.92])


def jump_ring(radius: float, wire: float) -> Mesh:
    return torus(radius, wire, count=24, sides=8)


def clasp(line: Line, kind: str, size: float) -> list[Part]:
    """The clasp at the line's ends; `size` is about half its width, and it reaches some 2 sizes from each end."""
    if line.closed:
        seam = line.at([0.0])
        return place(_shut(kind, size), frame(seam.faces[0], seam.directions[0]), seam.places[0])
    ends = line.at([0.0, line.length])
    first, last = _halves(kind, size)
    parts = place(first, frame(ends.faces[0], -ends.directions[0]), ends.places[0])
    return parts + place(last, frame(ends.faces[1], ends.directions[1]), ends.places[1])


def _shut(kind: str, size: float) -> list[Part]:
    if kind in ("lobster", "spring_ring"):
        first, last = _halves(kind, size)
        turn = rotation((0, 0, 1), 180)
        return place(first, offset=(-0.9 * size, 0, 0)) + place(last, turn, (2.2 * size, 0, 0))
    if kind == "toggle":
        ring = torus(1.5 * size, 0.28 * size, count=40, sides=10)
        bar = tube([[0, -2.1 * size, 0.35 * size], [0, 2.1 * size, 0.35 * size]], 0.3 * size)
        return [metal("closure", ring), metal("closure", bar)]
    return [metal("closure", mesh) for mesh in _block(kind, size)]


def _block(kind: str, size: float) -> list[Mesh]:
    """Closed clasps that are one small body."""
    if kind == "barrel":
        path = [[-1.8 * size, 0, 0], [1.8 * size, 0, 0]]
        rims = [torus(0.85 * size, 0.16 * size, count=28, sides=8) for _ in range(2)]
        turned = [rim.moved(rotation((0, 1, 0), 90), (x * size, 0, 0)) for rim, x in zip(rims, (-1, 1), strict=True)]
        return [tube(path, 0.8 * size), *turned]
    if kind == "magnetic":
        return [ball(size).moved(offset=(x * size, 0, 0)) for x in (-0.8, 0.8)]
    if kind == "fold_over":
        return [rounded_box(5 * size, 1.8 * size, 0.7 * size), rounded_box(4.4 * size, 1.5 * size, 1.1 * size)]
    if kind == "slide":
        return [rounded_box(2.6 * size, 2.2 * size, 1.1 * size, corner=0.15)]
    return [ellipsoid(1.8 * size, 1.05 * size, 0.9 * size)]


def _halves(kind: str, size: float) -> tuple[list[Part], list[Part]]:
    """The two ends of an undone clasp; each points its +x away from the bracelet and starts at 0."""
    eye = [metal("closure", jump_ring(0.7 * size, 0.17 * size).moved(offset=(0.6 * size, 0, 0)))]
    if kind == "lobster":
        return eye + place(_lobster(size), offset=(1.1 * size, 0, 0)), eye
    if kind == "spring_ring":
        ring = torus(0.95 * size, 0.22 * size, count=32, sides=10).moved(offset=(2.2 * size, 0, 0))
        knob = ball(0.3 * size, detail=8).moved(offset=(2.9 * size, 0.7 * size, 0.2 * size))
        return [*eye, metal("closure", ring), metal("closure", knob)], eye
    if kind == "toggle":
        ring = torus(1.5 * size, 0.28 * size, count=40, sides=10).moved(offset=(2.6 * size, 0, 0))
        bar = tube([[1.3 * size, -2.1 * size, 0], [1.3 * size, 2.1 * size, 0]], 0.3 * size)
        return [*eye, metal("closure", ring)], [*eye, metal("closure", bar)]
    body = [metal("closure", mesh.moved(offset=(0.9 * size, 0, 0))) for mesh in _block(kind, 0.8 * size)]
    tongue = rounded_box(2.4 * size, 0.9 * size, 0.35 * size).moved(offset=(size, 0, 0))
    return body, [metal("closure", tongue)]


def _lobster(size: float) -> list[Part]:
    t = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    x = 1.3 * size * (1 - np.cos(t))
    y = 0.72 * size * np.sin(t) * (0.55 + 0.45 * (1 - np.cos(t)) / 2)
    hook = sweep(np.column_stack([x, y, 0 * t]), circle(0.26 * size, 10), closed=True, ups=(0, 0, 1))
    lever = ball(0.24 * size, detail=8).moved(offset=(0.9 * size, -0.95 * size, 0))
    return [metal("closure", hook), metal("closure", lever)]


def set_along(spots: Spots, heads: list[list[Part]], *, rise: float = 0.0, turn: float = 0.0) -> list[Part]:
    """Heads one after another, their z along the front; `turn` degrees about that, `rise` mm out along it."""
    own = rotation((0, 0, 1), turn)
    parts: list[Part] = []
    for index, (spot, direction, face) in enumerate(zip(spots.places, spots.directions, spots.faces, strict=True)):
        parts += place(heads[index % len(heads)], frame(face, direction) @ own, spot + rise * face)
    return parts


_DISCS = ("disc", "heart", "star", "square", "flower", "clover", "drop")


def _charm_outline(form: str) -> Floats:
    t = np.linspace(0, 2 * np.pi, 120, endpoint=False)
    if form == "heart":
        return heart(120)
    if form == "star":
        return star(5, 0.5, 120)
    if form in ("flower", "clover"):
        lobes = 5 if form == "flower" else 4
        reach = 0.76 + 0.24 * np.abs(np.cos(lobes * t / 2)) if form == "clover" else 0.84 + 0.16 * np.cos(lobes * t)
        return evenly(reach[:, None] * np.column_stack([np.sin(t), np.cos(t)])[::-1], 120)
    if form == "square":
        power = np.column_stack([np.cos(t), np.sin(t)])
        return evenly(np.sign(power) * np.abs(power) ** 0.3, 120) * 0.85
    if form == "drop":
        return evenly(np.column_stack([0.72 * np.cos(t) * (1 - 0.45 * np.sin(t)), np.sin(t)]), 120)
    return circle(1.0, 120)


def pendant(form: str, size: float, stone: Stone | None = None) -> list[Part]:
    """A charm `size` mm tall that hangs from the origin down -y, face to +z, its jump ring included."""
    wire = 0.06 * size + 0.18
    ring = metal("bail", jump_ring(3.2 * wire, wire).moved(rotation((0, 1, 0), 90), (0, -2.4 * wire, 0)))
    drop = np.array([0, -5.0 * wire - size / 2, 0])
    if form == "stone" and stone is not None:
        if stone.cut == "bead":
            return [ring, *place([stone.part("bead")], offset=(0, -4.4 * wire - stone.size / 2, 0))]
        drop = np.array([0, -4.6 * wire - stone.size / 2 - 0.3, 0])
        return [ring, *place(small_bezel(stone), rotation((0, 0, 1), 90), drop)]
    if form == "ball":
        return [ring, metal("charm", ball(0.42 * size).moved(offset=drop + np.array([0, 0.08 * size, 0])))]
    if form == "cross":
        beams = (rounded_box(size, 0.26 * size, 0.16 * size), rounded_box(0.68 * size, 0.26 * size, 0.16 * size))
        upright = beams[0].moved(rotation((0, 0, 1), 90), drop)
        return [
            ring,
            metal("charm", upright),
            metal("charm", beams[1].moved(offset=drop + np.array([0, 0.16 * size, 0]))),
        ]
    face = plate(_charm_outline(form) * size / 2, 0.9, dome=0.05 * size).moved(offset=drop - np.array([0, 0, 0.45]))
    parts = [ring, metal("charm", face)]
    if stone is not None:
        parts += place(small_bezel(stone), offset=drop + np.array([0, 0, 0.9 + 0.05 * size]))
    return parts


def sample_pendant(random: Generator) -> tuple[str, float, Stone | None]:
    """Form, size and stone of one charm."""
    form = pick(random, [*_DISCS, "stone", "stone", "ball", "cross"])
    size = between(random, 6, 13)
    if form == "stone":
        return form, size, bead(random, 4, 8) if maybe(random, 0.5) else faceted(random, 4, 7.5)
    with_stone = form in ("disc", "heart", "square", "flower", "clover") and maybe(random, 0.3)
    return form, size, faceted(random, 1.8, 0.3 * size + 0.2, cuts=("round",)) if with_stone else None


def _outside(line: Line) -> float:
    """1 or -1: the side of its direction on which a line that curves round has more room."""
    spots = line.evenly(60)
    left = np.cross(spots.directions, [0.0, 0.0, 1.0])
    return 1.0 if np.sum(left * (spots.places - spots.places.mean(axis=0))) >= 0 else -1.0


def hang(charm: list[Part], line: Line, distance: float, *, swing: float = 0.0) -> list[Part]:
    """The charm at this distance, lying outside a flat line or dropping from an upright one; `swing` in degrees."""
    spot = line.at([distance])
    place_, direction, face = spot.places[0], spot.directions[0], spot.faces[0]
    if np.abs(face[2]) < 0.75:  # the bracelet stands: let the charm lie on the table outside it
        face = np.array([0.0, 0.0, 1.0])
    away = _outside(line) * np.cross(direction, face)
    turn = np.stack([np.cross(-away, face), -away, face], axis=1) @ rotation((0, 0, 1), swing)
    return place(charm, turn, place_)


def lowered(parts: list[Part], by: float) -> list[Part]:
    return place(parts, offset=(0, -by, 0))


def tassel(length: float, radius: float, material: str) -> list[Part]:
    """Threads under a metal cap, from the origin down -y, a little spread at the ends."""
    cap = [metal("charm", tube([[0, -0.1, 0], [0, -0.22 * length, 0]], 1.5 * radius + 0.6))]
    eye = metal("bail", torus(radius + 0.5, 0.3, count=20, sides=8).moved(rotation((0, 1, 0), 90), (0, 0.8, 0)))
    label = "chain" if material == "metal" else "cord"
    threads = []
    for k in range(22):
        angle, reach = 2.4 * k, np.sqrt(k / 22)
        spread = np.array([np.cos(angle) * 2.6, 0, np.sin(angle) * 1.1]) * reach * (radius + 0.5)
        t = np.linspace(0, 1, 7)[:, None]
        ends: Floats = np.array([0, -0.2 * length, 0]) + t * [0, -0.8 * length, 0] + (0.4 + 0.6 * t) * spread
        threads.append(Part(label, material, tube(ends, 0.32, sides=6)))
    return [*cap, eye, *threads]
