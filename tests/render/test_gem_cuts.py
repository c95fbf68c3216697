from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("scipy", reason='gem cuts need the extra "render" (scipy)')

from parure.render.cuts import Stone, cut_mesh, polyhedron
from parure.render.mesh import Mesh, signed_volume

FACETED = ("round", "oval", "marquise", "pear", "cushion", "princess", "emerald", "asscher", "baguette", "single")


def directed_edges(mesh: Mesh) -> list[tuple[int, int]]:
    rolled = np.roll(mesh.faces, -1, axis=1)
    return list(zip(mesh.faces.ravel().tolist(), rolled.ravel().tolist(), strict=True))


@pytest.mark.parametrize("cut", [*FACETED, "cabochon", "bead"])
def test_every_cut_is_a_closed_surface_wound_the_same_way(cut: str) -> None:
    edges = directed_edges(cut_mesh(cut))
    assert len(edges) == len(set(edges))
    assert {(b, a) for a, b in edges} == set(edges)


@pytest.mark.parametrize("cut", FACETED)
def test_every_facet_looks_away_from_the_middle(cut: str) -> None:
    mesh = cut_mesh(cut)
    a, b, c = (mesh.vertices[mesh.faces[:, k]] for k in range(3))
    assert np.all(np.einsum("ij,ij->i", np.cross(b - a, c - a), a) > -1e-12)


@pytest.mark.parametrize("cut", FACETED)
def test_every_faceted_cut_is_convex(cut: str) -> None:
    mesh = cut_mesh(cut)
    a, b, c = (mesh.vertices[mesh.faces[:, k]] for k in range(3))
    normals = np.cross(b - a, c - a)
    lengths = np.linalg.norm(normals, axis=1, keepdims=True)
    large = lengths[:, 0] > 1e-5
    heights = (normals / np.maximum(lengths, 1e-12))[large] @ mesh.vertices.T
    own = np.einsum("ij,ij->i", (normals / np.maximum(lengths, 1e-12))[large], a[large])
    assert np.all(heights <= own[:, None] + 1e-4)


@pytest.mark.parametrize(
    ("cut", "aspect"),
    [
        ("round", 1.0),
        ("oval", 0.76),
        ("marquise", 0.5),
        ("pear", 0.66),
        ("cushion", 1.0),
        ("emerald", 0.72),
        ("princess", 1.0),
    ],
)
def test_the_outline_has_its_length_to_width_ratio(cut: str, aspect: float) -> None:
    spread = np.ptp(cut_mesh(cut).vertices, axis=0)
    assert spread[0] == pytest.approx(2.0, abs=0.02)
    assert spread[1] / spread[0] == pytest.approx(aspect, abs=0.02)


def test_the_round_brilliant_has_the_proportions_of_the_trade() -> None:
    # 57 % table, 34.5 degree crown, 40.8 degree pavilion, 3 % girdle on either side: a total depth of about 61 %.
    mesh = cut_mesh("round")
    z = mesh.vertices[:, 2]
    table = mesh.vertices[z > z.max() - 1e-6]
    assert np.linalg.norm(table[:, :2], axis=1).max() == pytest.approx(0.57, abs=0.005)
    assert np.ptp(z) / 2 == pytest.approx(0.61, abs=0.01)
    assert z.max() == pytest.approx(0.03 + 0.43 * np.tan(np.radians(34.5)), abs=0.003)


def test_the_full_round_cut_has_the_57_facets_and_a_girdle() -> None:
    mesh = cut_mesh("round")
    a, b, c = (mesh.vertices[mesh.faces[:, k]] for k in range(3))
    normals = np.cross(b - a, c - a)
    normals = normals / np.linalg.norm(normals, axis=1, keepdims=True)
    facets = {tuple(row) for row in np.round(normals, 4).tolist() if abs(row[2]) > 0.02}
    assert len(facets) == 57


def test_a_pointed_cut_ends_in_its_point() -> None:
    mesh = cut_mesh("pear")
    tip = mesh.vertices[np.argmax(mesh.vertices[:, 0])]
    assert abs(tip[1]) < 0.03
    assert signed_volume(mesh) > 0


def test_a_stone_is_as_long_as_it_says() -> None:
    part = Stone("ruby", "oval", 8.0).part()
    assert np.ptp(part.mesh.vertices[:, 0]) == pytest.approx(8.0, abs=0.05)
    assert (part.material, part.smooth) == ("ruby", False)


def test_planes_of_a_cube_make_a_cube() -> None:
    planes = np.array([[*(sign * np.eye(3)[axis]), -1.0] for axis in range(3) for sign in (1, -1)])
    cube = polyhedron(planes)
    assert len(cube.vertices) == 8
    assert signed_volume(cube) == pytest.approx(8.0)
