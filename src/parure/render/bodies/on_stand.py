"""Rings in a box or on a cone, bracelets on a bar, earrings on a card, brooches on a cloth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.random import Generator

from parure.render.bodies.fit import around_z, hole
from parure.render.bodies.scene import WornScene, near
from parure.render.bodies.stands import bar, cloth, cone, earring_card, ring_box
from parure.render.mesh import Floats, Part, all_vertices, place, rotation

__all__ = ["bracelet_displayed", "brooch_displayed", "earring_displayed", "ring_displayed"]


def brooch_displayed(parts: list[Part], random: Generator) -> WornScene:
    seen = [part for part in parts if part.label not in ("pin", "closure")]
    low = float(all_vertices(seen or parts)[:, 2].min())
    piece = place(parts, rotation((0, 0, 1), random.normal(0, 25)), (0, 0, -low))
    scene = [*piece, *cloth(random)]
    turn = rotation((1, 0, 0), float(random.choice([0.0, 60.0, 80.0])))
    scene = place(scene, turn)
    raised = turn[2, 1] > 0.5
    focus = near(scene, scene[: len(parts)], float(random.choice([25.0, 35.0, 45.0])))
    elevation = (-5.0, 30.0) if raised else (48.0, 85.0)
    return WornScene(scene, len(parts), focus, (-30.0, 30.0), elevation)


def ring_displayed(parts: list[Part], random: Generator) -> WornScene:
    opening = hole(parts, 0, 2)
    inner = float(np.mean(opening.wall))
    centred = place(parts, offset=(-opening.centre[0], 0.0, -opening.centre[1]))
    if random.random() < 0.6:
        scene = [*centred, *ring_box(inner, opening.half_width, random)]
        focus = np.vstack([all_vertices(centred), [[s * 1.9 * inner, -2.2 * inner, -inner] for s in (-1, 1)]])
        return WornScene(scene, len(parts), focus, (-40.0, 40.0), (18.0, 50.0))
    scene = [*centred, *cone(inner, opening.half_width, random)]
    scene = place(scene, rotation((1, 0, 0), 90))  # y up; the stone, on +z, comes to face the camera
    focus = np.vstack([all_vertices(scene[: len(parts)]), [[0, 0, 1.9 * inner], [0, 0, -2.1 * inner]]])
    return WornScene(scene, len(parts), focus, (-45.0, 45.0), (4.0, 35.0))


def bracelet_displayed(parts: list[Part], random: Generator) -> WornScene:
    parts = around_z(parts)
    opening = hole(parts, 0, 1)
    points = all_vertices(parts)
    middle = (points[:, 2].min() + points[:, 2].max()) / 2
    quarter = opening.wall.reshape(4, -1)
    half_x, half_y = float(quarter[[0, 2], 0].min()), float(quarter[[1, 3], 0].min())
    centred = place(parts, offset=(-opening.centre[0], -opening.centre[1], -middle))
    tight = min(1.0, float((opening.wall / _ellipse(half_x, half_y)).min()))
    scene = [*centred, *bar(tight * half_x * 0.99, tight * half_y * 0.99, random)]
    lean = rotation((1, 0, 0), float(random.uniform(-40, -10)))
    scene = place(scene, lean @ rotation((0, 1, 0), 90))
    focus = near(scene, scene[: len(parts)], float(random.choice([40.0, 58.0])))
    return WornScene(scene, len(parts), focus, (-30.0, 30.0), (5.0, 40.0))


def _ellipse(half_x: float, half_y: float) -> Floats:
    angles = np.arange(72) * 2 * np.pi / 72
    return np.asarray(half_x * half_y / np.hypot(half_y * np.cos(angles), half_x * np.sin(angles)))


def earring_displayed(parts: list[Part], random: Generator) -> WornScene:
    points = all_vertices(parts)
    apart = max(14.0, 1.25 * float(np.ptp(points[:, 0])))
    pair = [*place(parts, offset=(-apart / 2, 0, 0))]
    pair += [replace(part, instance=1) for part in place(parts, offset=(apart / 2, 0, 0))]
    size = max(2.2 * apart, 1.5 * float(np.ptp(points[:, 2])) + 12)
    card = earring_card(size, 1.25 * size, random)
    scene = [*pair, *card]
    focus = all_vertices(card) if random.random() < 0.5 else all_vertices(pair)
    return WornScene(scene, len(pair), focus, (-30.0, 30.0), (-5.0, 25.0))
