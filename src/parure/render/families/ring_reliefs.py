"""Height fields for engraved and carved faces: signed distances to strokes and silhouettes, and a plate fine enough.

Coordinates are those of the face from above, half its length being 1, the top towards +y.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from parure.render.mesh import Floats, Mesh
from parure.render.outlines import evenly, heart, star

__all__ = ["ENGRAVINGS", "LETTERS", "bust", "engraving", "inside_distance", "relief", "stroke_distance"]

Height = Callable[[Floats], Floats]
Line = Sequence[tuple[float, float]]

# Letters as broken lines in a box 2 high: round ones are left to those who engrave curves.
LETTERS: dict[str, tuple[Line, ...]] = {
    "A": (((-0.7, -1), (0, 1), (0.7, -1)), ((-0.42, -0.25), (0.42, -0.25))),
    "E": (((0.6, 1), (-0.6, 1), (-0.6, -1), (0.6, -1)), ((-0.6, 0), (0.4, 0))),
    "F": (((0.6, 1), (-0.6, 1), (-0.6, -1)), ((-0.6, 0), (0.4, 0))),
    "H": (((-0.65, 1), (-0.65, -1)), ((0.65, 1), (0.65, -1)), ((-0.65, 0), (0.65, 0))),
    "K": (((-0.6, 1), (-0.6, -1)), ((0.65, 1), (-0.6, -0.1)), ((-0.2, 0.25), (0.65, -1))),
    "L": (((-0.55, 1), (-0.55, -1), (0.6, -1)),),
    "M": (((-0.8, -1), (-0.7, 1), (0, -0.5), (0.7, 1), (0.8, -1)),),
    "N": (((-0.65, -1), (-0.65, 1), (0.65, -1), (0.65, 1)),),
    "T": (((-0.7, 1), (0.7, 1)), ((0, 1), (0, -1))),
    "V": (((-0.7, 1), (0, -1), (0.7, 1)),),
    "X": (((-0.65, 1), (0.65, -1)), ((0.65, 1), (-0.65, -1))),
    "Z": (((-0.6, 1), (0.6, 1), (-0.6, -1), (0.6, -1)),),
}

# What is cut into a face, and the motif a seller would call it.
ENGRAVINGS = {
    "": "",
    "border": "",
    "stripes": "",
    "rays": "sun",
    "cross": "cross",
    "heart": "heart",
    "star": "star",
    **{f"letter {letter}": "initial" for letter in LETTERS},
}

# A woman's head in profile, looking to +x: brow, nose, lips, chin, neck, bust, nape, knot of hair.
_PROFILE = np.array(
    [
        (0.20, 0.70), (0.31, 0.56), (0.33, 0.44), (0.31, 0.36), (0.38, 0.25), (0.44, 0.16), (0.42, 0.12), (0.35, 0.10),
        (0.38, 0.04), (0.36, 0.00), (0.38, -0.05), (0.33, -0.11), (0.33, -0.18), (0.27, -0.24), (0.12, -0.24),
        (0.09, -0.36), (0.16, -0.50), (0.34, -0.60), (0.40, -0.72), (0.10, -0.82), (-0.25, -0.80), (-0.44, -0.68),
        (-0.36, -0.52), (-0.24, -0.36), (-0.25, -0.14), (-0.36, -0.06), (-0.50, 0.00), (-0.58, 0.14), (-0.52, 0.28),
        (-0.42, 0.36), (-0.38, 0.52), (-0.24, 0.68), (0.00, 0.76),
    ]
)  # fmt: skip


def relief(outline: Floats, thickness: float, height: Height, *, rings: int = 64) -> Mesh:
    """A plate over an outline (n, 2) that its centre sees entirely; the upper face rises by `height` (k, 2) -> (k,)."""
    edge = min(0.25, 0.3 * thickness)
    reach = float(np.abs(outline).max())
    shares = np.concatenate([[1 - edge / reach, 1.0, 1.0], np.linspace(1 - 0.4 * edge / reach, 0.012, rings)])
    levels = np.concatenate([[0.0, edge, thickness - edge], np.full(rings, thickness)])
    layers = []
    for index, (share, level) in enumerate(zip(shares, levels, strict=True)):
        points = outline * share
        lift = height(points) if index > 3 else np.zeros(len(points))
        layers.append(np.column_stack([points, level + lift]))
    size = len(outline)
    vertices = np.vstack([*layers, [[0, 0, 0]], [layers[-1].mean(axis=0)]])
    column, right, last = np.arange(size), (np.arange(size) + 1) % size, (len(layers) - 1) * size
    row = np.arange(len(layers) - 1)[:, None] * size
    first = np.stack([row + column, row + right, row + size + right], axis=-1).reshape(-1, 3)
    second = np.stack([row + column, row + size + right, row + size + column], axis=-1).reshape(-1, 3)
    bottom = np.stack([np.full(size, len(vertices) - 2), right, column], axis=1)
    top = np.stack([np.full(size, len(vertices) - 1), last + column, last + right], axis=1)
    return Mesh(vertices, np.vstack([first, second, bottom, top])).outward()


def stroke_distance(points: Floats, line: Line) -> Floats:
    """From each point (k, 2) to a broken line."""
    knots = np.asarray(line, float)
    best = np.full(len(points), np.inf)
    for a, b in pairwise(knots):
        share = np.clip((points - a) @ (b - a) / ((b - a) @ (b - a)), 0, 1)
        best = np.minimum(best, np.linalg.norm(points - a - share[:, None] * (b - a), axis=1))
    return best


def inside_distance(points: Floats, curve: Floats) -> Floats:
    """How deep each point (k, 2) lies inside a closed curve (n, 2); 0 outside."""
    ring = np.vstack([curve, curve[:1]])
    a, b = ring[:-1], ring[1:]
    level = (a[:, 1] > points[:, 1:]) != (b[:, 1] > points[:, 1:])
    rise = np.where(np.abs(b[:, 1] - a[:, 1]) < 1e-12, 1e-12, b[:, 1] - a[:, 1])
    crossing = a[:, 0] + (points[:, 1:] - a[:, 1]) * (b[:, 0] - a[:, 0]) / rise
    inside = np.sum(level & (points[:, :1] < crossing), axis=1) % 2 == 1
    return np.where(inside, stroke_distance(points, [(float(x), float(y)) for x, y in ring]), 0.0)


def engraving(name: str, points: Floats, aspect: float) -> Floats:
    """How deeply (0 to 1) the face is cut at each point; `aspect` is the face's width by its length."""
    if name == "stripes":
        return np.asarray(np.clip(np.cos(points[:, 0] * 26) * 2 - 1, 0, 1))
    if name == "rays":
        angle, radius = np.arctan2(points[:, 1], points[:, 0]), np.linalg.norm(points, axis=1)
        return np.asarray(np.clip(np.cos(16 * angle) * 2 - 0.8, 0, 1) * (radius > 0.12) * (radius < 0.9 * aspect))
    if name in ("heart", "star"):
        curve = (heart(60) if name == "heart" else star(5, 0.42, 60)) * 0.5 * aspect
        return np.clip(inside_distance(points, curve) / 0.06, 0, 1)
    lines: tuple[Line, ...] = ()
    if name == "cross":
        lines = (((0, -0.55), (0, 0.55)), ((-0.35, 0.18), (0.35, 0.18)))
    elif name.startswith("letter "):
        lines = LETTERS[name[-1]]
    scale = 0.5 * aspect if name != "cross" else 1.0
    cut = np.zeros(len(points))
    for line in lines:
        cut = np.maximum(cut, np.clip(1.6 - stroke_distance(points / scale, line) * scale / 0.045, 0, 1))
    return cut


def bust(points: Floats) -> Floats:
    """The height (0 to 1) of a lady's head in profile; her hair is combed in waves."""
    depth = inside_distance(points, evenly(_PROFILE[::-1], 110))
    body = np.sqrt(np.clip(depth / 0.2, 0, 1))
    x, y = points[:, 0], points[:, 1]
    hair = 1 / (1 + np.exp(np.clip((x + 0.02 - 0.35 * (y - 0.2)) / 0.03, -40, 40)))
    hair = hair * (y > -0.14)
    waves = np.cos(34 * np.hypot(x - 0.12, y - 0.2) + 2.0 * np.sin(5 * y))
    cheek = 0.16 * np.exp(-((x - 0.16) ** 2 + (y - 0.05) ** 2) / 0.02)
    eye = -0.14 * np.exp(-((x - 0.27) ** 2 + (y - 0.3) ** 2) / 0.0016)
    return np.asarray(body * (0.62 + cheek * (1 - hair) + eye + hair * (0.26 + 0.1 * waves)))
