from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("scipy", reason='gem cuts need the extra "render" (scipy)')

from parure.errors import ParureError
from parure.render.cut_brilliant import BRILLIANTS
from parure.render.cuts import CUTS, OPAQUE_CUTS, Stone, cut_mesh, polyhedron
from parure.render.mesh import Mesh, signed_volume
from parure.render.mounts import bezel, claws
from parure.render.outlines import ASPECT, outline
from parure.render.stone_forms import BEAD_FORMS, CABOCHON_FORMS, ROUGH_FORMS
from parure.taxonomy import load

FACETED = [cut for cut in CUTS if cut not in (*OPAQUE_CUTS, "rough")]
CONVEX = [cut for cut in FACETED if cut != "heart"]
FORMS = [
    *((cut, "") for cut in CUTS),
    *(("cabochon", form) for form in CABOCHON_FORMS if form),
    *(("bead", form) for form in BEAD_FORMS if form),
    *(("rough", form) for form in ROUGH_FORMS if form),
]


def directed_edges(mesh: Mesh) -> list[tuple[int, int]]:
    rolled = np.roll(mesh.faces, -1, axis=1)
    return list(zip(mesh.faces.ravel().tolist(), rolled.ravel().tolist(), strict=True))


@pytest.mark.parametrize(("cut", "form"), FORMS)
def test_every_cut_and_form_is_a_closed_surface_wound_the_same_way(cut: str, form: str) -> None:
    mesh = cut_mesh(cut, form)
    edges = directed_edges(mesh)
    assert len(edges) == len(set(edges))
    assert {(b, a) for a, b in edges} == set(edges)
    assert np.isfinite(mesh.vertices).all()
    assert signed_volume(mesh) > 0.2
    assert np.abs(mesh.vertices[:, 0]).max() <= 1.35


@pytest.mark.parametrize("cut", FACETED)
def test_every_facet_looks_away_from_the_middle(cut: str) -> None:
    mesh = cut_mesh(cut)
    a, b, c = (mesh.vertices[mesh.faces[:, k]] for k in range(3))
    assert np.all(np.einsum("ij,ij->i", np.cross(b - a, c - a), a) > -1e-12)


@pytest.mark.parametrize("cut", CONVEX)
def test_every_faceted_cut_but_the_heart_is_convex(cut: str) -> None:
    mesh = cut_mesh(cut)
    a, b, c = (mesh.vertices[mesh.faces[:, k]] for k in range(3))
    normals = np.cross(b - a, c - a)
    lengths = np.linalg.norm(normals, axis=1, keepdims=True)
    large = lengths[:, 0] > 1e-5
    heights = (normals / np.maximum(lengths, 1e-12))[large] @ mesh.vertices.T
    own = np.einsum("ij,ij->i", (normals / np.maximum(lengths, 1e-12))[large], a[large])
    assert np.all(heights <= own[:, None] + 1e-4)


@pytest.mark.parametrize("cut", FACETED)
def test_the_stone_fills_its_outline_and_has_its_length_to_width_ratio(cut: str) -> None:
    spread = np.ptp(cut_mesh(cut).vertices, axis=0)
    assert spread[0] == pytest.approx(2.0, abs=0.02)
    assert spread[1] / spread[0] == pytest.approx(ASPECT[cut], abs=0.03)
    assert np.ptp(outline(cut), axis=0) == pytest.approx(spread[:2], abs=0.04)


@pytest.mark.parametrize(
    ("cut", "low", "high"),
    [
        # Total depth as a share of the width: the trade's usual ranges for well-cut stones.
        ("round", 0.58, 0.63),
        ("oval", 0.58, 0.66),
        ("cushion", 0.60, 0.68),
        ("princess", 0.64, 0.75),
        ("emerald", 0.60, 0.68),
        ("asscher", 0.60, 0.68),
        ("radiant", 0.60, 0.70),
        ("marquise", 0.57, 0.66),
        ("pear", 0.57, 0.66),
        ("old_mine", 0.60, 0.72),
        ("old_european", 0.58, 0.68),
        ("rose_cut", 0.25, 0.50),
    ],
)
def test_the_depth_is_what_the_trade_cuts(cut: str, low: float, high: float) -> None:
    spread = np.ptp(cut_mesh(cut).vertices, axis=0)
    assert low <= spread[2] / spread[1] <= high


@pytest.mark.parametrize("cut", [cut for cut in BRILLIANTS if cut not in ("marquise", "pear", "radiant", "trillion")])
def test_the_main_facets_of_a_brilliant_have_the_angles_of_its_table(cut: str) -> None:
    slopes = _slopes(cut_mesh(cut))
    figures = BRILLIANTS[cut]
    assert np.abs(slopes - figures.crown).min() < 0.3
    assert np.abs(slopes + figures.pavilion).min() < 0.3


def _slopes(mesh: Mesh) -> np.ndarray:
    """Degrees from the horizontal of every facet, negative below the girdle."""
    a, b, c = (mesh.vertices[mesh.faces[:, k]] for k in range(3))
    normals = np.cross(b - a, c - a)
    normals = normals / np.linalg.norm(normals, axis=1, keepdims=True)
    return np.degrees(np.arccos(np.abs(normals[:, 2]))) * np.sign(normals[:, 2])


def test_an_old_cut_shows_its_culet() -> None:
    for cut, culet in (("old_mine", True), ("old_european", True), ("round", False)):
        z = cut_mesh(cut).vertices[:, 2]
        assert bool(np.sum(z < z.min() + 1e-6) > 3) is culet


def test_a_rose_cut_has_twenty_four_facets_above() -> None:
    assert int(np.sum((_slopes(cut_mesh("rose_cut")) > 1) & (_slopes(cut_mesh("rose_cut")) < 89))) == 24


def test_a_heart_has_its_cleft_at_the_end_that_hangs_and_is_mirrored() -> None:
    curve = outline("heart")
    right = curve[np.abs(curve[:, 1]) < 0.01]
    assert right[:, 0].min() == pytest.approx(-1.0, abs=0.01)
    assert right[:, 0].max() < 0.8
    assert curve[:, 1].max() == pytest.approx(-curve[:, 1].min(), abs=0.01)


@pytest.mark.parametrize("cut", [*CUTS])
def test_claws_and_bezels_hold_every_cut(cut: str) -> None:
    stone = Stone("ruby", cut, 7.0)
    for parts in (claws(stone), bezel(stone)):
        assert parts[0].material == "ruby"
        reach = max(float(np.abs(part.mesh.vertices[:, :2]).max()) for part in parts)
        assert reach < 7.0


@pytest.mark.parametrize("cut", CUTS)
def test_every_cut_has_a_name_in_the_taxonomy(cut: str) -> None:
    ids = load().attribute("main_stone_cut").values
    assert Stone("ruby", cut).taxonomy_cut in ids
    assert Stone("white_pearl", "bead").taxonomy_cut == ""


def test_an_unknown_cut_or_form_is_told() -> None:
    with pytest.raises(ParureError, match="starfish"):
        cut_mesh("starfish")
    with pytest.raises(ParureError, match="keshi"):
        cut_mesh("round", "keshi")


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
