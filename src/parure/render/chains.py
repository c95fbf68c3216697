"""Chains and strands along a path: cable and curb links, beads, twisted wire. Paths are dense polylines (n, 3)."""

from __future__ import annotations

import numpy as np

from parure.render.cuts import Stone
from parure.render.mesh import Floats, Mesh, Part, frame, join, place, rotation
from parure.render.mounts import metal
from parure.render.solids import circle, sweep, tube

__all__ = ["bead_strand", "cable_chain", "curb_chain", "path_length", "ring_path", "twisted_wire", "walk"]


def path_length(path: Floats) -> float:
    return float(np.linalg.norm(np.diff(path, axis=0), axis=1).sum())


def walk(path: Floats, count: int) -> tuple[Floats, Floats]:
    """`count` evenly spaced points along the path, half a step from each end, and the unit directions there."""
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    step = along[-1] / count
    middle = (np.arange(count) + 0.5) * step

    def at(distance: Floats) -> Floats:
        clipped = np.clip(distance, 0, along[-1])
        return np.column_stack([np.interp(clipped, along, path[:, k]) for k in range(3)])

    ahead = at(middle + 0.25 * step) - at(middle - 0.25 * step)
    return at(middle), ahead / np.linalg.norm(ahead, axis=1, keepdims=True)


def ring_path(radius_x: float, radius_y: float, *, z: float = 0.0, count: int = 3000) -> Floats:
    """A closed horizontal ellipse whose last point repeats the first."""
    angles = np.linspace(0, 2 * np.pi, count)
    return np.column_stack([radius_x * np.sin(angles), -radius_y * np.cos(angles), np.full(count, z)])


def _link(length: float, width: float, wire: float) -> Mesh:
    """One stadium-shaped link in the xy plane, long in x."""
    angles = np.linspace(0, 2 * np.pi, 26, endpoint=False)
    straight = (length - width) / 2
    x = (width / 2 - wire) * np.cos(angles) + np.sign(np.round(np.cos(angles), 9)) * straight
    path = np.column_stack([x, (width / 2 - wire) * np.sin(angles), np.zeros_like(x)])
    return sweep(path, circle(wire, 9), closed=True, ups=(0, 0, 1))


def _linked(path: Floats, link: Mesh, *, pitch: float, rolls: tuple[float, ...]) -> Part:
    centres, directions = walk(path, max(1, round(path_length(path) / pitch)))
    links = []
    for index, (centre, direction) in enumerate(zip(centres, directions, strict=True)):
        z_free = frame(direction, (0, 0, 1))
        turn = np.column_stack([direction, z_free[:, 1], z_free[:, 0]])  # link's x along the chain, its z near world z
        turn[:, 1] = np.cross(turn[:, 2], turn[:, 0])
        links.append(link.moved(turn @ rotation((1, 0, 0), rolls[index % len(rolls)]), centre))
    return metal("chain", join(links))


def cable_chain(path: Floats, *, length: float = 2.2, width: float = 1.5, wire: float = 0.2) -> Part:
    """Plain links, each turned a quarter from the last."""
    return _linked(path, _link(length, width, wire), pitch=length - 2.15 * wire, rolls=(45.0, 135.0))


def curb_chain(path: Floats, *, length: float = 6.0, width: float = 4.6, wire: float = 0.75) -> Part:
    """Heavy links twisted to lie flat."""
    return _linked(path, _link(length, width, wire), pitch=length - 2.4 * wire, rolls=(33.0, -33.0))


def bead_strand(path: Floats, sizes: tuple[float, ...], gems: tuple[str, ...]) -> list[Part]:
    """Beads touching along a path; `sizes` and `gems` repeat as a pattern ('metal' makes a metal bead)."""
    parts: list[Part] = []
    period = 1.02 * float(np.mean([sizes[k % len(sizes)] for k in range(len(sizes) * len(gems))]))
    centres, _ = walk(path, int(path_length(path) / period))
    for index, centre in enumerate(centres):
        bead = Stone(gems[index % len(gems)], "bead", sizes[index % len(sizes)]).part("bead")
        parts += place([bead], offset=centre)
    return parts


def twisted_wire(
    path: Floats, *, wire: float, strands: int = 2, turns: float = 12.0, closed: bool = False
) -> list[Part]:
    """Round wires wound about each other along a path given with its outward direction in the xz plane."""
    centre = path.mean(axis=0)
    out = path - centre
    out = out / np.linalg.norm(out, axis=1, keepdims=True)
    across = np.array([0.0, 1.0, 0.0])
    phase = np.linspace(0, 2 * np.pi * turns, len(path), endpoint=not closed)
    parts = []
    for strand in range(strands):
        angle = (phase + 2 * np.pi * strand / strands)[:, None]
        coil = path + wire * 1.02 / np.sin(np.pi / max(strands, 2)) * (np.cos(angle) * out + np.sin(angle) * across)
        mesh = sweep(coil, circle(wire, 14), closed=True) if closed else tube(coil, wire)
        parts.append(metal("band", mesh))
    return parts
