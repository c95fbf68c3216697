"""What holds a stone: claws, bezels, halos, rows of melee. The girdle's centre is the origin, the table looks to +z."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from parure.render.cuts import Stone
from parure.render.mesh import METAL, Floats, Mesh, Part, frame, place
from parure.render.outlines import ASPECT, CORNERED, at_azimuth, evenly, offset
from parure.render.solids import ball, circle, sweep, tube
from parure.render.stone_forms import CABOCHON_FORMS

__all__ = ["bezel", "bezel_depth", "claw_azimuths", "claws", "halo", "metal", "pave_row", "peg_pearl"]

_CLAW_AZIMUTHS = {
    "marquise": (0, 180, 52, 128, -52, -128),
    "pear": (0, 62, -62, 145, -145),
    "oval": (38, 142, -38, -142),
    "cushion": (45, 135, -45, -135),
    "old_mine": (45, 135, -45, -135),
    "briolette": (0, 62, -62, 145, -145),
    "heart": (180, 128, -128, 42, -42),
    "trillion": (0, 120, -120),
    "trapezoid": (23, -23, 148, -148),
    "half_moon": (-23, -157, 50, 130),
    "hexagon": (0, 60, 120, 180, -120, -60),
    "kite": (0, 180, 119, -119),
}


def metal(label: str, mesh: Mesh) -> Part:
    """A part in the piece's own metal; the design decides which."""
    return Part(label, METAL, mesh)


def claw_azimuths(stone: Stone, count: int) -> Sequence[float]:
    """Where the claws of a stone stand, in degrees: at its points and corners; `count` of them about a round one."""
    shape = CABOCHON_FORMS[stone.form] if stone.cut == "cabochon" else stone.cut
    if shape in _CLAW_AZIMUTHS:
        return _CLAW_AZIMUTHS[shape]
    if shape in CORNERED:
        corner = float(np.degrees(np.arctan2(ASPECT[shape], 1.0)))
        return (corner, 180 - corner, corner - 180, -corner)
    return [45 + 360 * k / count for k in range(count)]


def claws(stone: Stone, *, count: int = 4, depth: float = 3.0, label: str = "centre_stone") -> list[Part]:
    """The stone in slim claws that rise from a point `depth` below, with one gallery rail under the girdle."""
    wire = 0.1 + 0.032 * stone.size
    rise = min(stone.crown, 0.2 * stone.size)
    parts = [stone.part(label)]
    for azimuth in claw_azimuths(stone, count):
        reach = at_azimuth(stone.outline, azimuth)
        radius = float(np.linalg.norm(reach))
        towards = np.append(reach / radius, 0.0)
        knots = np.array(
            [
                [0.28 * radius, -depth],
                [0.66 * radius, -0.5 * depth],
                [radius + 0.25 * wire, -0.03 * stone.size],
                [radius + 0.3 * wire, 0.3 * rise],
                [radius - 0.25 * wire, 0.62 * rise],
                [radius - 0.06 * stone.size - 0.5 * wire, 0.86 * rise],
            ]
        )
        line = _smooth(knots, 26)
        path = line[:, :1] * towards + line[:, 1:] * np.array([0.0, 0.0, 1.0])
        parts.append(metal("prong", tube(path, wire, taper=0.86)))
    rail = evenly(stone.outline * 0.64, 72)
    parts.append(metal("setting", _rail(rail, z=-0.5 * depth, wire=0.8 * wire)))
    return parts


def _smooth(knots: Floats, count: int) -> Floats:
    """A monotone curve through (radius, z) knots."""
    from scipy.interpolate import PchipInterpolator

    t = np.linspace(0, 1, len(knots))
    return np.asarray(PchipInterpolator(t, knots)(np.linspace(0, 1, count)))


def _rail(curve: Floats, *, z: float, wire: float) -> Mesh:
    path = np.column_stack([curve, np.full(len(curve), z)])
    return sweep(path, circle(wire, 12), closed=True, ups=(0, 0, 1))


def bezel_depth(stone: Stone) -> float:
    """How deep a collar is unless told otherwise: a flat back is shallow, a pavilion needs room."""
    return (0.16 if stone.flat_backed else 0.32) * stone.size


def bezel(stone: Stone, *, wall: float = 0.55, depth: float | None = None, label: str = "centre_stone") -> list[Part]:
    """The stone in a rubbed-over collar; opaque stones get a closed back."""
    low = -(depth if depth is not None else bezel_depth(stone))
    high = 0.07 * stone.size if not stone.flat_backed else 0.1 * stone.size
    curve = offset(evenly(stone.outline, 160), wall * 0.35)
    path = np.column_stack([curve, np.zeros(len(curve))])
    section = _collar(wall, low, high)
    parts = [stone.part(label), metal("setting", sweep(path, section, closed=True, ups=(0, 0, 1)))]
    if stone.flat_backed:
        flat = np.column_stack([evenly(stone.outline, 96), np.full(96, low)])
        parts.append(metal("setting", sweep(np.array([[0, 0, low], [0, 0, low + 0.4]]), flat[:, :2], ups=(0, 1, 0))))
    return parts


def _collar(wall: float, low: float, high: float) -> Floats:
    """A rounded upright rectangle (m, 2): x out from the stone, y up."""
    angles = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    cos, sin = np.cos(angles), np.sin(angles)
    x = np.sign(cos) * np.abs(cos) ** 0.5 * wall / 2
    y = np.sign(sin) * np.abs(sin) ** 0.35 * (high - low) / 2 + (high + low) / 2
    return np.column_stack([x, y])


def pave_row(
    points: Floats, normals: Floats, size: float, *, along: Floats, gem: str = "diamond", depth: float = 0.34
) -> list[Part]:
    """Melee at each point, tables along the normals, with a pair of pins between neighbours; `along` (n, 3) is the row.

    The pins reach `depth` stone widths below the girdle. Stones sit proud of the metal, because a pavilion sunk into
    solid metal shows nothing but that metal and goes grey.
    """
    melee = Stone(gem, "single", size).part("side_stone")
    reach = [np.array([0.52 * size, side * 0.34 * size, 0.0]) for side in (1, -1)]
    ends = np.array([0, 0, 0.07 * size]), np.array([0, 0, -depth * size])
    pins = [metal("prong", tube([at + ends[0], at + ends[1]], 0.11 * size, sides=8)) for at in reach]
    parts: list[Part] = []
    for point, normal, direction in zip(points, normals, along, strict=True):
        parts += place([melee, *pins], frame(normal, direction), point)
    return parts


def halo(stone: Stone, *, melee: float = 1.25, gem: str = "diamond", drop: float = 0.1) -> list[Part]:
    """One row of melee around the girdle, even along the outline, on two thin rails that leave the back open."""
    middle = offset(evenly(stone.outline, 720), 0.62 * melee)
    length = float(np.linalg.norm(middle - np.roll(middle, 1, 0), axis=1).sum())
    count = max(10, int(length / (1.1 * melee)))
    seats = evenly(middle, count)
    z = -drop * stone.size
    ahead = np.roll(seats, -1, 0) - np.roll(seats, 1, 0)
    points = np.column_stack([seats, np.full(count, z)])
    ups = np.tile([0.0, 0.0, 1.0], (count, 1))
    parts = pave_row(points, ups, melee, gem=gem, along=np.column_stack([ahead, np.zeros(count)]), depth=0.16)
    for shift, wire in ((-0.48, 0.14), (0.5, 0.17)):
        curve = evenly(offset(middle, shift * melee), 180)
        parts.append(metal("setting", _rail(curve, z=z - 0.16 * melee, wire=wire * melee)))
    return parts


def peg_pearl(size: float, gem: str = "white_pearl", label: str = "centre_stone") -> list[Part]:
    """A pearl on a small cup, the cup below."""
    cup = metal("setting", ball(0.5 * size, detail=14).scaled((0.55, 0.55, 0.16)).moved(offset=(0, 0, -0.47 * size)))
    return [Stone(gem, "bead", size).part(label), cup]
