"""The shapes of single links, about the origin, long in x. Few vertices each: a necklace holds hundreds.

Linked wires pass through one another where they meet, as castings do; nobody sees it, and nothing has a gap.
"""

from __future__ import annotations

import numpy as np

from parure.render.chains_paths import Link
from parure.render.mesh import Floats, Mesh, join, rotation
from parure.render.solids import ball, circle, sweep, tube

__all__ = ["bar", "bead", "chevron", "grain", "mariner", "rolled", "square", "stadium", "twisted"]


def _oval(length: float, width: float, wire: float, count: int) -> Floats:
    """Centre line of a wire bent to a stadium of these outer measures."""
    angles = np.linspace(0, 2 * np.pi, count, endpoint=False) + np.pi / count
    straight = max(length - width, 0.0) / 2
    reach = width / 2 - wire
    x = reach * np.cos(angles) + np.sign(np.cos(angles)) * straight
    return np.column_stack([x, reach * np.sin(angles), np.zeros(count)])


def stadium(length: float, width: float, wire: float, *, flat: float = 1.0, count: int = 16) -> Link:
    """A plain link: round wire of radius `wire`, pressed to `flat` of its height."""
    section = circle(wire, 7) * np.array([1.0, flat])
    mesh = sweep(_oval(length, width, wire, count), section, closed=True, ups=(0, 0, 1))
    return Link(mesh, length - 2.1 * wire)


def rolled(link: Link, degrees: float) -> Link:
    """Turned about the chain's own line."""
    return Link(link.mesh.moved(rotation((1, 0, 0), degrees)), link.pitch)


def twisted(link: Link, degrees: float, *, flat: float = 1.0) -> Link:
    """Wrung so that its ends stand at `degrees` to either side and a row of them lies flat: a curb link."""
    points = link.mesh.vertices
    angle = np.radians(degrees) * points[:, 0] / np.abs(points[:, 0]).max()
    cos, sin = np.cos(angle), np.sin(angle)
    y, z = points[:, 1] * cos - points[:, 2] * sin, points[:, 1] * sin + points[:, 2] * cos
    return Link(Mesh(np.column_stack([points[:, 0], y, flat * z]), link.mesh.faces), link.pitch)


def mariner(length: float, width: float, wire: float) -> Link:
    """A stadium with a bar across its middle."""
    link = stadium(length, width, wire)
    across = np.array([[0, wire - width / 2, 0], [0, width / 2 - wire, 0]])
    return Link(join([link.mesh, tube(across, 0.85 * wire, sides=7)]), link.pitch)


def square(width: float) -> Link:
    """A strip bent to a square, seen edge on: one link of a box chain."""
    half = width / 2
    corners = np.array([[1, -0.72], [1, 0.72], [0.72, 1], [-0.72, 1], [-1, 0.72], [-1, -0.72], [-0.72, -1], [0.72, -1]])
    wall = 0.17 * width
    path = np.column_stack([corners * (half - wall / 2), np.zeros(len(corners))])
    strip = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * np.array([wall / 2, 0.36 * width])
    return Link(sweep(path, strip, closed=True, ups=(0, 0, 1)), 0.66 * width)


def grain(length: float, width: float, *, lean: float, aside: float, pitch: float) -> Link:
    """A plump loop leaning across the chain: the ears of wheat, foxtail and mesh chains."""
    body = ball(1.0, detail=4).scaled((length / 2, width / 2, width / 2))
    return Link(body.moved(rotation((0, 0, 1), lean), (0, aside, 0)), pitch)


def chevron(width: float, pitch: float, thick: float) -> Link:
    """One V-shaped slat of a herringbone chain, its middle ridge a little raised."""
    half, depth = width / 2, 0.3 * width
    ridge = np.array([[-depth / 2, -half], [depth / 2, 0], [-depth / 2, half]])
    rise = np.array([0.72, 1.0, 0.72]) * thick
    rows = []
    for shift, share in ((-0.6, 0.82), (0.0, 1.0), (0.6, 0.82)):
        x = ridge[:, 0] + shift * pitch
        rows.append(np.column_stack([x, ridge[:, 1], share * rise]))
    top = np.stack(rows, axis=1)  # (3 across, 3 along, xyz)
    low = top * np.array([1.0, 1.0, 0.0])
    # Across the slat: one closed section of six points, carried over the three places of the V.
    section = np.concatenate([top, low[:, ::-1]], axis=1)
    return Link(_skin(section), pitch)


def _skin(sections: Floats) -> Mesh:
    """A closed surface through sections (n, m, 3), capped by fans at both ends."""
    count, size = sections.shape[:2]
    column, right = np.arange(size), (np.arange(size) + 1) % size
    faces = []
    for row in range(count - 1):
        here, below = row * size, (row + 1) * size
        faces.append(np.stack([here + column, below + right, here + right], axis=1))
        faces.append(np.stack([here + column, below + column, below + right], axis=1))
    fan = np.arange(1, size - 1)
    faces.append(np.stack([np.zeros_like(fan), fan, fan + 1], axis=1))
    last = (count - 1) * size
    faces.append(np.stack([last + np.zeros_like(fan), last + fan + 1, last + fan], axis=1))
    return Mesh(sections.reshape(-1, 3), np.vstack(faces)).outward()


def bead(size: float, pitch: float, *, neck: float) -> Link:
    """A ball and the short wire that leads to the next."""
    wire = np.array([[-pitch / 2, 0, 0], [pitch / 2, 0, 0]])
    return Link(join([ball(size / 2, detail=8), sweep(wire, circle(neck, 6), ups=(0, 0, 1))]), pitch)


def bar(length: float, thick: float) -> Link:
    """A straight rod with an eye at each end."""
    rod = tube(np.array([[-length / 2, 0, 0], [length / 2, 0, 0]]), thick / 2, sides=9)
    eye = stadium(1.5 * thick, 1.3 * thick, 0.2 * thick, count=10).mesh
    reach = length / 2 + 0.9 * thick
    return Link(join([rod, eye.moved(offset=(reach, 0, 0)), eye.moved(offset=(-reach, 0, 0))]), length + 2.9 * thick)
