"""Stones without facets, and those that nobody has cut: cabochons, beads, pearls, carved blooms, rough crystals."""

from __future__ import annotations

import numpy as np

from parure.render.cut_planes import polyhedron
from parure.render.mesh import Floats, Mesh
from parure.render.noise import waves
from parure.render.outlines import evenly, outline
from parure.render.solids import ball, lathe

__all__ = ["BEAD_FORMS", "CABOCHON_FORMS", "ROUGH_FORMS", "bead", "cabochon", "carved", "rough_crystal"]

CABOCHON_FORMS = {"": "oval", "round": "round", "pear": "pear", "cushion": "cushion", "heart": "heart"}
BEAD_FORMS = ("", "button", "drop", "baroque", "oval", "keshi")
ROUGH_FORMS = ("", "prism", "octahedron", "shard", "cluster")


def cabochon(form: str = "") -> Mesh:
    """A dome over a flat back; the girdle, where a bezel grips, is at z = 0."""
    curve = evenly(outline(CABOCHON_FORMS[form]), 96)
    return _domed(curve, 0.55 * float(np.abs(curve[:, 1]).max()) ** 0.5)


def _domed(curve: Floats, height: float, *, rows: int = 26) -> Mesh:
    angles = np.linspace(0, np.pi / 2, rows)[:-1]
    profile = [(0.92, -0.15), (0.99, -0.06), *zip(np.cos(angles), height * np.sin(angles), strict=True)]
    mesh = lathe(np.array([[0.0, -0.15], *profile, [0.0, height]]), count=len(curve))
    ring = np.vstack([curve * radius for radius, _ in profile])
    vertices = mesh.vertices.copy()
    vertices[: len(ring), :2] = ring
    return Mesh(vertices, mesh.faces)


def bead(form: str = "") -> Mesh:
    """A ball of radius 1, or what pearls are called when they are none; a drop points to +z."""
    mesh = ball(1.0, detail=30)
    points, z = mesh.vertices, mesh.vertices[:, 2]
    if form == "button":
        return mesh.scaled((1.0, 1.0, 0.74))
    if form == "oval":
        return mesh.scaled((0.78, 0.78, 1.0))
    if form == "drop":
        slim = 0.8 * np.sqrt(1 - 0.42 * (z + 1) / 2)
        return Mesh(points * np.column_stack([slim, slim, np.full(len(z), 1.0)]), mesh.faces)
    if form in ("baroque", "keshi"):
        strength, flat = (0.16, 0.9) if form == "baroque" else (0.22, 0.5)
        swell = 1 + strength * waves(points, 1.1, seed=31) + 0.3 * strength * waves(points, 0.5, seed=32)
        lumpy = points * swell[:, None] * np.array([1.0, 0.84, flat])
        return Mesh(lumpy / np.abs(lumpy[:, 0]).max(), mesh.faces)
    return mesh


def carved(petals: int = 6) -> Mesh:
    """A round cabochon carved into a bloom: two rows of petals around a button."""
    mesh = _domed(evenly(outline("round"), 168), 0.5, rows=40)
    x, y, z = mesh.vertices.T
    radius, turn = np.hypot(x, y), np.arctan2(y, x)
    outer = np.abs(np.sin(petals * turn / 2)) ** 0.6
    inner = np.abs(np.cos(petals * turn / 2)) ** 0.6
    depth = np.where(radius > 0.58, 0.13 * outer, np.where(radius > 0.24, 0.10 * inner + 0.05, 0.17))
    step = 0.04 * np.tanh((radius - 0.58) / 0.03)
    carving = np.where(z > 0.02, depth - 0.14 - step, 0.0) * np.clip((1 - radius) / 0.08, 0, 1)
    return Mesh(np.column_stack([x, y, np.maximum(z + carving, -0.05)]), mesh.faces)


def rough_crystal(form: str = "") -> Mesh:
    """As it grew or broke: a six-sided prism, a bipyramid, a shard, or a lump; the longest half is 1, along x."""
    random = np.random.default_rng(list(form.encode()) or [0])
    normals, reach = _crystal_faces(form, random)
    chips = random.normal(size=(9, 3))
    chips /= np.linalg.norm(chips, axis=1, keepdims=True)
    support = np.max(chips @ polyhedron(np.column_stack([normals, -reach])).vertices.T, axis=1)
    planes = np.column_stack([np.vstack([normals, chips]), -np.append(reach, support * random.uniform(0.86, 0.97, 9))])
    solid = polyhedron(planes)
    middle, spread = (solid.vertices.max(axis=0) + solid.vertices.min(axis=0)) / 2, np.ptp(solid.vertices[:, 0])
    return Mesh((solid.vertices - middle) * 2 / spread, solid.faces)


def _crystal_faces(form: str, random: np.random.Generator) -> tuple[Floats, Floats]:
    """Outward normals (n, 3) and how far out each face is (n,), before chipping."""
    turns = np.arange(6) * np.pi / 3 + random.uniform(-0.05, 0.05, 6)
    if form in ("prism", "cluster"):
        sides = np.column_stack([np.zeros(6), np.cos(turns), np.sin(turns)])
        tips = np.vstack([np.column_stack([np.full(6, s * 0.75), 0.66 * sides[:, 1:]]) for s in (1.0, -1.0)])
        width = 0.36 if form == "prism" else 0.55
        far = np.append(np.full(6, 0.72), np.full(6, 0.85)) * random.uniform(0.9, 1.0, 12)
        return np.vstack([sides, tips]), np.append(width * random.uniform(0.85, 1.1, 6), far)
    if form == "octahedron":
        corners = np.array([[x, y, z] for x in (1, -1) for y in (1, -1) for z in (1, -1)]) / 3**0.5
        return corners, random.uniform(0.52, 0.6, 8)
    count = 16 if form == "shard" else 26
    normals = random.normal(size=(count, 3))
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    normals = np.vstack([normals, np.eye(3), -np.eye(3)])
    shape = np.array([1.0, 0.5, 0.36]) if form == "shard" else np.array([1.0, 0.8, 0.68])
    return normals, np.linalg.norm(normals * shape, axis=1) * random.uniform(0.85, 1.0, len(normals))
