from __future__ import annotations

import numpy as np
import pytest

from parure.errors import NotFound, ParureError
from parure.render.chains import cable_chain, curb_chain, ring_path
from parure.render.cuts import Stone
from parure.render.families.necklace_fringes import KundanNecklace
from parure.render.mesh import METAL, Floats, Mesh, Part, all_vertices, signed_volume
from parure.render.solids import band_profile, circle, sweep

pytest.importorskip("scipy")

from parure.render.bodies.ear import EarShape, ear_flesh, ear_parts
from parure.render.bodies.flesh import Bone, Flesh, Limb, mesh_of
from parure.render.bodies.hand import HandShape, hand_parts, posed
from parure.render.bodies.neck import NeckShape, bust_parts, neck_flesh, neck_parts
from parure.render.bodies.stands import bar, block, cloth, cone, earring_card, ring_box
from parure.render.worn import DISPLAYED, WORN, WornScene, displayed, worn

_INSIDE = 8.4


def plain_ring(width: float = 3.0) -> list[Part]:
    angles = np.linspace(0, 2 * np.pi, 160, endpoint=False)
    out = np.column_stack([np.sin(angles), 0 * angles, np.cos(angles)])
    return [Part("band", METAL, sweep(out * _INSIDE, band_profile(width, 1.6), closed=True, ups=out))]


def necklace() -> list[Part]:
    return [curb_chain(ring_path(48.0, 56.0), length=4.0, width=3.0, wire=0.5)]


def bangle() -> list[Part]:
    path = ring_path(30.0, 25.5, count=300)[:-1]
    return [Part("band", METAL, sweep(path, circle(1.5, 12), closed=True, ups=(0, 0, 1)))]


def is_closed(mesh: Mesh) -> bool:
    """Every directed edge once and its reverse once; points are matched by place, for caps have their own rim."""
    _, place = np.unique(np.round(mesh.vertices, 6), axis=0, return_inverse=True)
    faces = place.ravel()[mesh.faces].astype(np.int64)
    faces = faces[(faces != np.roll(faces, 1, axis=1)).all(axis=1)]
    start, end = faces.ravel(), np.roll(faces, -1, axis=1).ravel()
    there, back = np.sort(start * 10**7 + end), np.sort(end * 10**7 + start)
    return bool((np.diff(there) > 0).all() and (there == back).all())


def skin_of(scene: WornScene) -> Floats:
    return max((part.mesh.vertices for part in scene.parts[scene.piece :]), key=len)


def test_flesh_around_one_bone_has_the_volume_of_a_ball() -> None:
    grid = np.arange(-8.0, 8.1, 0.5)
    ball = mesh_of(Flesh(Limb((Bone((0.0, 0, 0), (0.001, 0, 0), 6.0, 6.0),))), (grid, grid, grid))
    assert is_closed(ball)
    assert signed_volume(ball) == pytest.approx(4 / 3 * np.pi * 216, rel=0.02)


def test_flesh_that_leaves_the_grid_is_closed_by_a_flat_cut() -> None:
    grid = np.arange(-8.0, 8.1, 0.5)
    rod = mesh_of(Flesh(Limb((Bone((0.0, 0, -40), (0.0, 0, 40), 4.0, 4.0),))), (grid, grid, grid))
    assert is_closed(rod)
    assert np.ptp(rod.vertices[:, 2]) == pytest.approx(16.0, abs=1.1)


@pytest.mark.parametrize("seed", range(3))
def test_bodies_are_closed_and_turned_outward(seed: int) -> None:
    random = np.random.default_rng(seed)
    parts = [
        *hand_parts(posed(HandShape.sample(random)), random, step=2.0),
        *ear_parts(EarShape.sample(random), random)[:1],
        *neck_parts(NeckShape.sample(random), random, step=4.0),
        *bust_parts(NeckShape.sample_bust(random), step=4.0),
    ]
    for part in parts:
        assert is_closed(part.mesh), part.material
        assert signed_volume(part.mesh) > 0
        assert np.isfinite(part.mesh.vertices).all()
        assert part.tint is None or part.tint.shape == part.mesh.vertices.shape


def test_stands_are_closed_and_turned_outward() -> None:
    random = np.random.default_rng(1)
    stands = [*cone(8.4, 1.5, random), *bar(30, 25, random), *cloth(random, count=40), *earring_card(30, 40, random)]
    meshes = [part.mesh for part in stands] + [block(20, 12, 6)]
    assert all(is_closed(mesh) and signed_volume(mesh) > 0 for mesh in meshes)
    assert all(signed_volume(part.mesh) > 0 for part in ring_box(8.4, 1.5, random))


def test_a_hand_has_four_long_fingers_a_thumb_and_five_nails() -> None:
    random = np.random.default_rng(4)
    hand = posed(HandShape.sample(random))
    lengths = [float(np.linalg.norm(np.diff(f.joints, axis=0), axis=1).sum()) for f in hand.fingers]
    assert len(lengths) == 5
    assert lengths[1] == max(lengths)
    assert lengths[4] == min(lengths)
    assert sum(part.material.startswith("nail") for part in hand_parts(hand, random, step=3.0)) == 5


@pytest.mark.parametrize("seed", range(4))
def test_a_rings_inner_wall_touches_the_finger_all_round(seed: int) -> None:
    from scipy.spatial import cKDTree

    scene = worn(plain_ring(), "ring", np.random.default_rng(seed))
    ring = scene.parts[0].mesh.vertices
    # The comfort fit touches in the middle of its width: the 10 of 56 profile points nearest the axis.
    middle = ring.reshape(160, 56, 3).mean(axis=1)
    centre = middle.mean(axis=0)
    inner = np.linalg.norm(ring - centre, axis=1) < _INSIDE + 0.12
    gaps, _ = cKDTree(skin_of(scene)).query(ring[inner])
    assert inner.sum() > 160
    assert np.median(gaps) < 1.0  # the skin's points are up to 1.5 mm apart
    flat = skin_of(scene) - centre
    axis = np.linalg.svd(ring - centre, full_matrices=False)[2][2]
    under = np.abs(flat @ axis) < 1.0
    radius = np.linalg.norm(flat - np.outer(flat @ axis, axis), axis=1)
    near = under & (radius < _INSIDE + 1.6)
    assert near.sum() > 40
    assert np.percentile(np.abs(radius[near] - _INSIDE), 90) < 0.15


@pytest.mark.parametrize("neckline", ["", "vee"])
def test_a_necklace_lies_on_the_skin_and_never_below(neckline: str) -> None:
    from parure.render.bodies.drape import draped, neck_line
    from parure.render.bodies.neck import neck_surface

    shape = NeckShape("skin_2", 1.0, 5.0, 5.0, neckline)
    surface = neck_surface(shape)
    line = neck_line(neck_flesh(shape), surface, 420.0)
    laid = draped(necklace(), line, surface)
    depth = surface(all_vertices(laid))
    assert depth.min() > -0.15
    along_front = depth[all_vertices(laid)[:, 1] < 0]
    assert np.percentile(along_front, 10) < 0.8


def test_the_piece_keeps_its_measures_on_the_neck() -> None:
    before = necklace()[0].mesh
    after = worn(necklace(), "necklace", np.random.default_rng(3)).parts[0].mesh
    assert signed_volume(after) == pytest.approx(signed_volume(before), rel=0.12)


def test_a_bangle_goes_round_the_wrist_without_cutting_it() -> None:
    scene = worn(bangle(), "bracelet", np.random.default_rng(2))
    points = scene.parts[0].mesh.vertices
    centre = points.mean(axis=0)
    axis = np.linalg.svd(points - centre, full_matrices=False)[2][2]
    skin = skin_of(scene) - centre
    under = skin[np.abs(skin @ axis) < 1.0]
    under = under[np.linalg.norm(under, axis=1) < 60]
    assert len(under) > 50
    assert np.linalg.norm(under, axis=1).max() < 30.0 + 1.0
    assert np.linalg.norm(under.mean(axis=0)) < 6.0


def test_the_piercing_is_on_the_front_of_the_lobe() -> None:
    for seed in range(4):
        flesh = ear_flesh(EarShape.sample(np.random.default_rng(seed)))
        front = flesh.distance(np.array([[0.0, 0.0, 0.0], [0.0, -1.0, 0.0], [0.0, 1.0, 0.0]]))
        assert front[0] == pytest.approx(0.0, abs=0.05)
        assert front[1] > 0 > front[2]


_PIECES = {
    "ring": plain_ring,
    "bracelet": bangle,
    "watch": bangle,
    "necklace": necklace,
    "pendant": lambda: [Part("charm", METAL, Mesh(m.vertices * 0.2, m.faces)) for m in (bangle()[0].mesh,)],
    "earring": lambda: [
        Part("hoop", METAL, Mesh(m.vertices[:, [2, 0, 1]] * 0.2, m.faces)) for m in (bangle()[0].mesh,)
    ],
    "brooch": lambda: [Part("frame", METAL, bangle()[0].mesh)],
}


@pytest.mark.parametrize(("place", "kind"), [(worn, k) for k in WORN] + [(displayed, k) for k in DISPLAYED])
def test_every_scene_is_the_same_for_the_same_seed(place: object, kind: str) -> None:
    assert callable(place)
    first, second = (place(_PIECES[kind](), kind, np.random.default_rng(9)) for _ in range(2))
    assert np.array_equal(all_vertices(first.parts), all_vertices(second.parts))
    assert np.array_equal(first.focus, second.focus)
    assert sum(len(part.mesh.vertices) for part in first.parts[first.piece :]) < 120_000
    assert {part.label for part in first.parts[first.piece :]} <= {"skin", "prop"}
    assert first.azimuth[0] < first.azimuth[1]
    assert first.elevation[0] < first.elevation[1]


def test_what_cannot_be_worn_is_refused_by_name() -> None:
    with pytest.raises(NotFound, match="cufflink"):
        worn(plain_ring(), "cufflink", np.random.default_rng(0))
    line = np.column_stack([np.linspace(-90, 90, 900), np.zeros((900, 2))])
    with pytest.raises(ParureError, match="loop"):
        worn([cable_chain(line)], "necklace", np.random.default_rng(0))


@pytest.mark.parametrize("pose", [worn, displayed])
def test_a_flower_of_stones_stays_one_flower_on_the_neck(pose):
    """On a plate, so far from its middle: the body bends the row of plates, never what is set on one."""
    piece = KundanNecklace(Stone("ruby", "oval", 9.0), units=7)
    table = piece.build()
    laid = pose(table, "necklace", np.random.default_rng(4)).parts[: len(table)]
    plates = [k for k, part in enumerate(table) if part.label == "frame"]
    assert len(plates) == piece.units
    for before, after in zip(table, laid, strict=True):
        if before.label in ("chain", "bead"):
            continue
        start, end = (part.mesh.vertices.mean(axis=0) for part in (before, after))
        on = min(plates, key=lambda k: float(np.linalg.norm(table[k].mesh.vertices.mean(axis=0) - start)))
        were, are = table[on].mesh.vertices[::9], laid[on].mesh.vertices[::9]
        np.testing.assert_allclose(np.linalg.norm(are - end, axis=1), np.linalg.norm(were - start, axis=1), atol=0.1)
