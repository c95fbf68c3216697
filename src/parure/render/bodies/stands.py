"""Shop furniture: a ring box with a slot, a cone, a padded bar, an earring card, a draped cloth.

Every function gives its parts with the place of the piece at the origin, so that the piece need not move.
"""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from parure.render.bodies.skin import VELVETS
from parure.render.mesh import Floats, Mesh, Part, join, rotation
from parure.render.solids import circle, lathe, sweep

__all__ = ["bar", "block", "cloth", "cloth_height", "cone", "earring_card", "ring_box"]


def block(width: float, depth: float, height: float, *, edge: float = 0.8) -> Mesh:
    """A box with rounded edges, its middle at the origin."""
    half = np.array([width, depth]) / 2
    corners = [(1, 1), (-1, 1), (-1, -1), (1, -1)]
    angles = np.radians(np.linspace(0, 90, 5))
    turns = [
        np.array(corner) * (half - edge)
        + edge * np.column_stack([np.cos(angles + k * np.pi / 2), np.sin(angles + k * np.pi / 2)])
        for k, corner in enumerate(corners)
    ]
    outline = np.concatenate(turns)
    inset = np.concatenate([np.sin(angles)[:-1], [1.0, 1.0], np.sin(angles)[::-1][1:]])
    levels = np.concatenate([-height / 2 + edge * (1 - np.cos(angles[:-1])), [-height / 2 + edge, height / 2 - edge]])
    levels = np.concatenate([levels, height / 2 - edge * (1 - np.cos(angles[::-1][1:]))])
    path = np.column_stack([np.zeros((len(levels), 2)), levels])
    shrink = 1 - (1 - inset) * edge / half.min()
    return sweep(path, outline[::-1], ups=(0, 1, 0), scale=shrink)


def _velvet(random: Generator) -> str:
    return str(random.choice(VELVETS))


def ring_box(inner: float, half_width: float, random: Generator) -> list[Part]:
    """An open box; the ring (finger along y) stands in the slot, two fifths of it below the cushion."""
    top = -0.2 * inner
    wide, thick = 3.4 * inner + 4, 1.25 * inner
    velvet = _velvet(random)
    gap = half_width * 0.98
    roll = np.array([[np.cos(a), np.sin(a)] for a in np.linspace(0, 2 * np.pi, 40, endpoint=False)])
    roll = np.sign(roll) * np.abs(roll) ** (2 / 3.2) * [thick / 2, 1.15 * inner]
    line = np.column_stack([np.linspace(-wide / 2, wide / 2, 12), np.zeros((12, 2))])
    cushions = [
        sweep(line, roll, ups=(0, 0, 1)).moved(offset=(0, side * (gap + thick / 2), top - 1.15 * inner))
        for side in (1, -1)
    ]
    deep, tall, wall = 2 * (gap + thick), 2.1 * inner, 2.2
    middle = top - tall / 2 - 0.12 * inner
    shell = [block(wide + 2 * wall, deep + 2 * wall, wall).moved(offset=(0, 0, middle - tall / 2))]
    shell += [block(wide + 2 * wall, wall, tall).moved(offset=(0, s * (deep + wall) / 2, middle)) for s in (1, -1)]
    shell += [block(wall, deep + 2 * wall, tall).moved(offset=(s * (wide + wall) / 2, 0, middle)) for s in (1, -1)]
    lid = block(wide + 2 * wall, deep + 2 * wall, 0.7 * inner, edge=1.4)
    open_by = float(random.uniform(72, 100))
    hinge = np.array([0, (deep + wall) / 2 + 0.4 * inner, middle + tall / 2])
    lid = lid.moved(offset=(0, -deep / 2 - wall, 0.35 * inner)).moved(rotation((1, 0, 0), -open_by), hinge)
    lining = block(wide - 2, deep - 2, 0.6, edge=0.25)
    lining = lining.moved(offset=(0, -deep / 2 - wall, -0.05)).moved(rotation((1, 0, 0), -open_by), hinge)
    leather = str(
        random.choice(["leather_black", "leather_brown", "leather_tan", "paper", "velvet_blue", "velvet_red"])
    )
    return [
        Part("prop", velvet, join(cushions)),
        Part("prop", leather, join([*shell, lid])),
        Part("prop", velvet, lining),
    ]


def cone(inner: float, half_width: float, random: Generator) -> list[Part]:
    """A cone whose girth under the ring is the ring's; the ring (finger along y) lies level on it, so y is up."""
    slope = float(random.uniform(0.10, 0.2))
    at = inner - slope * half_width  # the ring rests by its lower rim
    tip, foot = 0.45 * inner, at + slope * 3.4 * inner
    rise, fall = (at - tip) / slope, 3.4 * inner
    profile = [(0.0, -fall), (0.92 * foot, -fall), (foot, -fall + 0.6)]
    profile += [(float(r), float(at - r) / slope) for r in np.linspace(foot, tip, 14)[1:]]
    round_end = [
        (tip * float(np.cos(a)), rise + 0.8 * tip * float(np.sin(a))) for a in np.linspace(0, np.pi / 2, 8)[1:-1]
    ]
    mesh = lathe([*profile, *round_end, (0.0, rise + 0.8 * tip)], count=96)
    material = str(random.choice(["ceramic_white", "wood", "velvet_grey", "velvet_black", "paper"]))
    return [Part("prop", material, mesh.moved(rotation((1, 0, 0), -90)))]


def bar(half_x: float, half_y: float, random: Generator) -> list[Part]:
    """A padded bar along z, 120 mm long, with domed ends; a bracelet (around z) lies on it."""
    reach = np.linspace(-60.0, 60.0, 24)
    swell = np.sqrt(np.clip(1 - (np.abs(reach) / 60.5) ** 6, 0.02, 1))
    path = np.column_stack([np.zeros((24, 2)), reach])
    mesh = sweep(path, circle(1.0, 96) * [half_x, half_y], ups=(0, 1, 0), scale=swell)
    return [Part("prop", _velvet(random), mesh)]


def earring_card(width: float, height: float, random: Generator) -> list[Part]:
    """A card that stands upright in the xz plane, its front at y = 0.4, two holes' room above the middle."""
    card = block(width, 0.8, height, edge=0.35).moved(offset=(0, 0.8, -0.28 * height))
    material = str(random.choice(["card_white", "paper", "velvet_black", "velvet_grey"]))
    return [Part("prop", material, card)]


def cloth_height(points: Floats, phases: Floats) -> Floats:
    """The height of the cloth over points (n, 2): a few broad folds, flat near the origin."""
    away = 1 - np.exp(-((np.linalg.norm(points, axis=1) / 42.0) ** 2))
    folds = [
        np.sin(points @ np.array([np.cos(a), np.sin(a)]) * 2 * np.pi / wave + shift) * wave / 26
        for a, wave, shift in phases
    ]
    return np.asarray(away * np.sum(folds, axis=0))


def cloth(random: Generator, *, reach: float = 150.0, count: int = 150) -> list[Part]:
    """A woven cloth with folds, level with z = 0 at the origin."""
    phases = np.column_stack([random.uniform(-0.7, 0.7, 4), random.uniform(34, 100, 4), random.uniform(0, 6, 4)])
    line = np.linspace(-reach, reach, count)
    x, y = np.meshgrid(line, line, indexing="ij")
    flat = np.column_stack([x.ravel(), y.ravel()])
    top = np.column_stack([flat, cloth_height(flat, phases)])
    bottom = np.column_stack([flat, np.full(len(flat), -25.0)])
    index = np.arange(count * count).reshape(count, count)
    a, b, c, d = (part.ravel() for part in (index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]))
    up = np.concatenate([np.stack([a, b, c], axis=1), np.stack([a, c, d], axis=1)])
    rim = np.concatenate([index[:, 0], index[-1, 1:], index[-2::-1, -1], index[0, -2:0:-1]])
    after, below = np.roll(rim, -1), count * count
    side = np.concatenate(
        [np.stack([rim, rim + below, after + below], axis=1), np.stack([rim, after + below, after], axis=1)]
    )
    mesh = Mesh(np.vstack([top, bottom]), np.concatenate([up, up[:, ::-1] + below, side]))
    weave = 1 + 0.05 * random.normal(size=(len(mesh.vertices), 1))
    hues = [(0.9, 0.88, 0.84), (0.10, 0.13, 0.22), (0.06, 0.06, 0.065), (0.42, 0.10, 0.12), (0.55, 0.45, 0.33)]
    tint = np.clip(weave * hues[int(random.integers(len(hues)))], 0.0, 1.2)
    return [Part("prop", "paper", mesh.outward(), tint=tint)]
