"""Flat metal forms by name: plates over an outline, and the crescent and butterfly that one outline cannot give.

A form lies on z = 0, faces +z, its top towards +y, `size` mm in its larger direction.
"""

from __future__ import annotations

import numpy as np

from parure.render.mesh import Floats, Mesh, Part, place, rotation
from parure.render.mounts import metal
from parure.render.outlines import evenly, heart, outline, star
from parure.render.solids import circle, ellipsoid, plate, sweep, tube

__all__ = ["FORMS", "MOTIFS", "flat_form"]

MOTIFS = {
    "heart": "heart",
    "star": "star",
    "disc": "circle",
    "triangle": "geometric",
    "square": "geometric",
    "hexagon": "geometric",
    "bar": "bar",
    "leaf": "leaf",
    "drop": "drop",
    "moon": "moon",
    "butterfly": "butterfly",
    "flower": "flower",
    "clover": "clover",
}
FORMS = tuple(MOTIFS)

_UP = np.array([[0.0, 1.0], [-1.0, 0.0]])  # row vectors: +x becomes +y


def _polygon(corners: int) -> Floats:
    angles = 2 * np.pi * np.arange(corners) / corners + np.pi / 2 + (np.pi / 4 if corners == 4 else 0.0)
    return evenly(np.column_stack([np.cos(angles), np.sin(angles)]), 180)


def _petalled(petals: int, depth: float) -> Floats:
    angles = np.linspace(0, 2 * np.pi, 1500, endpoint=False)
    radius = 1 - depth + depth * np.abs(np.cos(petals * (angles - np.pi / 2) / 2)) ** 0.7
    return evenly(np.column_stack([radius * np.cos(angles), radius * np.sin(angles)]), 240)


def _curve(form: str) -> Floats:
    """Half the larger direction is about 1."""
    if form in ("triangle", "square", "hexagon"):
        return _polygon({"triangle": 3, "square": 4, "hexagon": 6}[form])
    if form in ("flower", "clover"):
        return _petalled(5 if form == "flower" else 4, 0.3)
    if form in ("leaf", "drop"):
        return evenly(outline("marquise" if form == "leaf" else "pear") @ _UP, 200)
    if form == "bar":
        angles = np.linspace(0, 2 * np.pi, 1200, endpoint=False)
        cos, sin = np.cos(angles), np.sin(angles)
        return evenly(np.column_stack([np.sign(cos) * np.abs(cos) ** 0.3 * 0.13, np.sign(sin) * abs(sin) ** 0.3]), 160)
    return {"heart": heart(), "star": star(5, 0.45)}.get(form, np.array(outline("round", 160)))


def flat_form(form: str, size: float, thickness: float = 1.1, *, label: str = "face", coarse: int = 1) -> list[Part]:
    """`coarse` keeps one point in so many of the outline, for forms that are small or many."""
    if form == "moon":
        return [metal(label, _crescent(size, thickness))]
    if form == "butterfly":
        return _butterfly(size, thickness, label)
    curve = _curve(form)[::coarse] * size / 2
    if form == "leaf":
        return [metal(label, plate(curve, thickness, height=lambda xy: 0.7 - 1.6 * np.abs(xy[:, 0]) / size))]
    dome = 0.0 if form == "bar" else 0.08 * size
    return [metal(label, plate(curve, thickness, dome=dome))]


def _crescent(size: float, thickness: float) -> Mesh:
    """Open to the right: a rounded section carried round, thick in the middle, running out at the horns."""
    angles = np.radians(np.linspace(48, 312, 72))
    radius = 0.4 * size
    path = np.column_stack([radius * np.cos(angles), radius * np.sin(angles), np.full(72, thickness / 2)])
    swell = 0.06 + 0.94 * np.sin(np.linspace(0, np.pi, 72)) ** 0.9
    section = circle(1.0, 24) * np.array([0.13 * size, 0.5 * thickness])
    return sweep(path, section, ups=(0, 0, 1), scale=swell)


def _butterfly(size: float, thickness: float, label: str) -> list[Part]:
    parts: list[Part] = []
    wing = np.array(outline("pear"))[::5] * np.array([-1.0, 1.25])
    for side in (1, -1):
        for angle, length in ((38.0, 0.34), (-42.0, 0.25)):
            body = plate(wing * length * size, thickness, dome=0.03 * size).moved(offset=(length * size * 0.95, 0, 0))
            turn = rotation((0, 0, 1), angle if side > 0 else 180 - angle)
            parts += place([metal(label, body)], turn, (0, 0, 0))
    trunk = ellipsoid(0.05 * size, 0.3 * size, 0.5 * thickness + 0.03 * size, detail=10)
    parts.append(metal(label, trunk.moved(offset=(0, 0, 0.6 * thickness))))
    for side in (1, -1):
        feeler = np.array([[0, 0.22, 0], [0.05 * side, 0.36, 0], [0.13 * side, 0.46, 0]]) * size
        parts.append(metal(label, tube(feeler + np.array([0, 0, 0.6 * thickness]), 0.25, sides=8)))
    return parts
