"""Earrings in an ear."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from parure.render.bodies.ear import EarShape, ear_flesh, ear_parts
from parure.render.bodies.flesh import Flesh
from parure.render.bodies.scene import WornScene, near
from parure.render.mesh import Part, all_vertices, place, rotation

__all__ = ["earring_worn"]


def earring_worn(parts: list[Part], random: Generator) -> WornScene:
    shape = EarShape.sample(random)
    flesh = ear_flesh(shape)
    piece = _swung_clear(parts, flesh, -1.0 if shape.faces_right else 1.0)
    scene = [*piece, *ear_parts(shape, random)]
    reach = float(random.choice([24.0, 40.0, 58.0]))
    focus = np.vstack([near(scene, piece, reach), [[0, 0, min(62.0, reach)], [0, 0, -0.4 * reach]]])
    front = (-15.0, 55.0) if shape.faces_right else (-55.0, 15.0)
    return WornScene(scene, len(piece), focus, front, (-8.0, 25.0))


def _swung_clear(parts: list[Part], flesh: Flesh, side: float) -> list[Part]:
    """The ornament swings outward until what hangs below the lobe is clear of jaw and neck."""
    points = all_vertices(parts)
    below = points[points[:, 2] < -13.0][::5]
    if not len(below):
        return parts
    for degrees in range(0, 40, 4):
        turn = rotation((1, 0, 0), -degrees)
        if flesh.distance(below @ turn.T * [side, 1, 1]).min() > 0.2:
            break
    return place(parts, turn)
