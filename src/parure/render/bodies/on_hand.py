"""Rings on fingers and bracelets on wrists. The hand is scaled to the piece and held in one of a few ways."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.random import Generator

from parure.render.bodies.fit import Hole, Seat, around_z, finger_seat, hole, perimeter, pressed, wrapped, wrist_seat
from parure.render.bodies.hand import Hand, HandShape, hand_parts, posed
from parure.render.bodies.scene import WornScene, near
from parure.render.mesh import Floats, Part, all_vertices, place, rotation

__all__ = ["POSES", "bracelet_worn", "ring_worn"]

_SOFT = frozenset({"chain", "cord", "strap", "bead", "dial"})

POSES: dict[str, tuple[Floats, tuple[float, float], tuple[float, float]]] = {
    "on a table, seen by the wearer": (np.eye(3), (-35.0, 35.0), (42.0, 85.0)),
    "on a table, seen by another": (np.eye(3), (105.0, 255.0), (28.0, 75.0)),
    "raised": (rotation((1, 0, 0), 90), (-40.0, 40.0), (-5.0, 40.0)),
    "hanging": (rotation((0, 0, 1), 180) @ rotation((1, 0, 0), -90), (-40.0, 40.0), (-10.0, 35.0)),
    "sideways": (rotation((0, 1, 0), 75) @ rotation((1, 0, 0), 90), (-35.0, 35.0), (-5.0, 40.0)),
}


def ring_worn(parts: list[Part], random: Generator) -> WornScene:
    opening = hole(parts, 0, 2)
    index = int(random.choice(4, p=[0.2, 0.18, 0.52, 0.1]))
    share = float(random.uniform(0.44, 0.56))
    hand, fitted = _roomy_hand(parts, opening, index, share, random)
    bodies = hand_parts(hand, random)
    seat = finger_seat(hand, index, share, opening.half_width)
    bodies[0] = pressed(bodies[0], seat, opening, plane=(0, 2), limit=1.6)
    turn, azimuth, elevation = POSES[str(random.choice(list(POSES)))]
    turn = rotation((0, 1, 0), random.normal(0, 9)) @ rotation((1, 0, 0), random.normal(0, 7)) @ turn
    scene = place([*fitted, *bodies], turn)
    whole = float(random.choice([28.0, 45.0, 70.0, 115.0], p=[0.25, 0.35, 0.25, 0.15])) * hand.scale
    return WornScene(scene, len(parts), near(scene, scene[: len(parts)], whole), azimuth, elevation)


def _roomy_hand(
    parts: list[Part], opening: Hole, index: int, share: float, random: Generator
) -> tuple[Hand, list[Part]]:
    """A hand of the ring's size, its fingers parted until the ring touches no other; and the ring on it."""
    shape = HandShape.sample(random, parted=index)
    offset = -np.array([opening.centre[0], 0.0, opening.centre[1]])
    centred = place(parts, offset=offset)
    for wider in (0.0, 2.5, 5.0, 8.0):
        spreads = tuple(s + wider * np.sign(k - index) for k, s in enumerate(shape.spreads))
        hand = posed(replace(shape, spreads=spreads))
        for _ in range(2):
            seat = finger_seat(hand, index, share, opening.half_width)
            hand = hand.scaled(float(np.mean(opening.wall)) / float(np.mean(seat.radii)))
        seat = finger_seat(hand, index, share, opening.half_width)
        fitted = place(centred, seat.turn, seat.centre)
        points = all_vertices(fitted)[::7]
        others = [limb.distance(points).min() for k, limb in enumerate(hand.flesh.limbs) if k != index]
        if min(others) > 0.1:
            break
    return hand, fitted


def bracelet_worn(parts: list[Part], random: Generator) -> WornScene:
    parts = around_z(parts)
    opening = hole(parts, 0, 1)
    points = all_vertices(parts)
    middle = (points[:, 2].min() + points[:, 2].max()) / 2
    parts = place(parts, offset=(0, 0, -middle))
    y = float(random.uniform(-42, -29))
    soft = any(part.label in _SOFT for part in parts)
    hand = posed(HandShape.sample(random))
    seat, hand, piece = (_soft if soft else _stiff)(parts, opening, hand, y, random)
    bodies = hand_parts(hand, random)
    fitted = place(piece, seat.turn, seat.centre)
    turn, azimuth, elevation = POSES[str(random.choice(list(POSES)))]
    scene = place([*fitted, *bodies], rotation((0, 1, 0), random.normal(0, 12)) @ turn)
    reach = float(random.choice([42.0, 62.0, 95.0])) * hand.scale
    return WornScene(scene, len(parts), near(scene, scene[: len(parts)], reach), azimuth, elevation)


def _soft(parts: list[Part], opening: Hole, hand: Hand, y: float, random: Generator) -> tuple[Seat, Hand, list[Part]]:
    """Chains, beads and straps follow the wrist all round."""
    opening = opening.smoothed()
    half = opening.half_width
    for _ in range(2):
        hand = hand.scaled(perimeter(opening.wall) / perimeter(wrist_seat(hand, y, half).radii))
    seat = wrist_seat(hand, y, half)
    return seat, hand, wrapped(parts, opening, seat)


def _stiff(parts: list[Part], opening: Hole, hand: Hand, y: float, random: Generator) -> tuple[Seat, Hand, list[Part]]:
    """A bangle or cuff keeps its shape, is a little wide, and hangs on the back of the wrist."""
    slack = float(random.uniform(0.88, 0.96))
    for share in (1.0, slack):
        seat = wrist_seat(hand, y, opening.half_width)
        hand = hand.scaled(share * float((opening.wall / seat.radii).min()))
    seat = wrist_seat(hand, y, opening.half_width)
    drop = float((opening.wall - seat.radii)[48:61].min())  # of the bins about -y, the back of the wrist
    centred = place(parts, offset=(-opening.centre[0], -opening.centre[1], 0))
    return replace(seat, centre=seat.centre - np.array([0.0, 0.0, drop])), hand, centred
