"""The face of a watch: case outlines, dial, hour marks, hands, small dials. Twelve o'clock is +y, the dial z = 0."""

from __future__ import annotations

import numpy as np

from parure.render.mesh import Floats, Mesh, Part, place, rotation
from parure.render.mounts import metal
from parure.render.outlines import evenly
from parure.render.solids import ball, circle, plate, torus, tube

__all__ = ["case_outline", "dial_parts"]


def case_outline(shape: str) -> Floats:
    """The outline (120, 2) about the origin, at most 1 from it along x or y."""
    edge = circle(1.0, 240)
    power, aspect = {
        "round": (1.0, 1.0),
        "oval": (1.0, 0.78),
        "square": (0.28, 0.92),
        "cushion": (0.55, 0.95),
        "rectangle": (0.25, 0.68),
        "tonneau": (0.5, 0.74),
    }[shape]
    curve = np.sign(edge) * np.abs(edge) ** power * [aspect, 1.0]
    if shape == "tonneau":
        curve = curve * np.column_stack([1 - 0.14 * curve[:, 1] ** 2, np.ones(240)])
    return evenly(curve, 120)


def dial_parts(outline: Floats, dial: str, markers: str, time: tuple[float, float], subdials: int) -> list[Part]:
    """`outline` (n, 2) is the edge of the dial in mm, `time` hours and minutes."""
    parts = [Part("dial", dial, plate(outline, 0.4).moved(offset=(0, 0, -0.2)))]
    parts += _marks(outline, markers)
    reach = float(np.linalg.norm(outline, axis=1).min())
    parts += _small_dials(reach, subdials)
    hours, minutes = time
    parts += _hand(0.52 * reach, 0.035 * reach + 0.12, 30 * hours + minutes / 2, 0.75)
    parts += _hand(0.8 * reach, 0.025 * reach + 0.1, 6 * minutes, 1.05)
    parts += _hand(0.86 * reach, 0.08, 200.0, 1.3)
    return [*parts, metal("dial", ball(0.05 * reach + 0.2, detail=8).moved(offset=(0, 0, 0.9)))]


def _hand(length: float, half_width: float, degrees: float, height: float) -> list[Part]:
    line = tube([[0, -0.16 * length, height], [0, length, height]], half_width, taper=0.7, sides=6)
    return place([metal("dial", line)], rotation((0, 0, 1), -degrees))


def _marks(outline: Floats, markers: str) -> list[Part]:
    if markers == "none":
        return []
    parts = []
    for hour in range(12):
        if markers == "quarters" and hour % 3:
            continue
        angle = np.radians(90 - 30 * hour)
        towards = np.array([np.cos(angle), np.sin(angle)])
        edge = 0.9 * _reach(outline, float(angle))
        long = (0.2 if hour % 3 == 0 else 0.13) * edge
        parts += [metal("dial", mesh) for mesh in _mark(markers, towards, edge, long)]
    return parts


def _reach(outline: Floats, angle: float) -> float:
    """How far the outline is from the centre in this direction."""
    turned = np.arctan2(outline[:, 1], outline[:, 0]) - angle
    nearest = int(np.argmin(np.abs((turned + np.pi) % (2 * np.pi) - np.pi)))
    return float(np.linalg.norm(outline[nearest]))


def _mark(markers: str, towards: Floats, edge: float, long: float) -> list[Mesh]:
    if markers == "dots":
        return [ball(0.28 * long + 0.1, detail=8).moved(offset=[*(edge - 0.4 * long) * towards, 0.3])]
    start, end = [*(edge - long) * towards, 0.3], [*edge * towards, 0.3]
    if markers == "roman":  # pairs and threes of thin strokes read as numerals at the size of a photo
        across = np.array([-towards[1], towards[0], 0.0]) * 0.28 * long
        return [tube(np.array([start, end]) + k * across, 0.05 * long + 0.05, sides=6) for k in (-1, 0, 1)]
    return [tube([start, end], 0.1 * long + 0.06, sides=6)]


def _small_dials(reach: float, count: int) -> list[Part]:
    places = {0: (), 1: (180.0,), 3: (90.0, 180.0, 270.0)}[count]
    parts = []
    for degrees in places:
        spot = rotation((0, 0, 1), -degrees) @ np.array([0, 0.48 * reach, 0.22])
        ring = metal("dial", torus(0.2 * reach, 0.018 * reach + 0.06, count=40, sides=6))
        hand = metal("dial", tube([[0, -0.02 * reach, 0.15], [0.1 * reach, 0.12 * reach, 0.15]], 0.1, sides=6))
        parts += place([ring, hand], offset=spot)
    return parts
