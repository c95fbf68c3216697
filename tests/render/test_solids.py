from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from parure.render.mesh import Mesh, Part, frame, join, merge_by_label, on_floor, rotation, settle, signed_volume
from parure.render.outlines import evenly, offset, outline
from parure.render.solids import ball, band_profile, circle, lathe, loop, plate, sweep, torus, tube


def is_closed(mesh: Mesh) -> bool:
    """Closed as a surface in space: caps keep their own copy of the rim, so points are matched by place."""
    _, place = np.unique(np.round(mesh.vertices, 6), axis=0, return_inverse=True)
    faces = place.ravel()[mesh.faces]
    edges = list(zip(faces.ravel().tolist(), np.roll(faces, -1, axis=1).ravel().tolist(), strict=True))
    return sorted(edges) == sorted((b, a) for a, b in edges)


@pytest.mark.parametrize(
    "mesh",
    [
        ball(2.0),
        torus(5.0, 1.0),
        tube([[0, 0, 0], [0, 0, 5]], 0.5),
        sweep(np.array([[0.0, 0, 0], [3, 0, 0]]), band_profile(2, 1)),
        plate(np.array(outline("round", 64)) * 4, 1.0),
        lathe([[0, 0], [1, 0], [1, 2], [0, 2]]),
    ],
    ids=["ball", "torus", "tube", "sweep", "plate", "lathe"],
)
def test_every_solid_is_closed_and_turned_outward(mesh: Mesh) -> None:
    assert is_closed(mesh)
    assert signed_volume(mesh) > 0


def test_a_ball_and_a_torus_have_the_volumes_of_the_textbook() -> None:
    assert signed_volume(ball(2.0, detail=40)) == pytest.approx(4 / 3 * np.pi * 8, rel=0.01)
    assert signed_volume(torus(5.0, 1.0, count=200, sides=60)) == pytest.approx(2 * np.pi**2 * 5, rel=0.01)


def test_a_sweep_keeps_its_section_upright_around_a_loop() -> None:
    mesh = sweep(loop(10.0), circle(1.0), closed=True, ups=(0, 0, 1))
    assert np.abs(mesh.vertices[:, 2]).max() == pytest.approx(1.0, abs=1e-9)


def test_outlines_are_evenly_spaced_even_at_a_point() -> None:
    for cut in ("round", "pear", "marquise", "cushion", "emerald"):
        steps = np.linalg.norm(np.diff(np.array(outline(cut)), axis=0), axis=1)
        assert steps.max() / np.median(steps) < 1.05


def test_offset_moves_a_circle_outward_by_the_distance() -> None:
    grown = offset(circle(3.0, 200), 0.5)
    assert np.linalg.norm(grown, axis=1) == pytest.approx(np.full(200, 3.5), abs=0.01)


def test_evenly_closes_the_curve() -> None:
    square = np.array([[0.0, 0], [1, 0], [1, 1], [0, 1]])
    assert evenly(square, 8).tolist() == [[0, 0], [0.5, 0], [1, 0], [1, 0.5], [1, 1], [0.5, 1], [0, 1], [0, 0.5]]


def test_frames_and_rotations_are_right_handed() -> None:
    for turn in (frame((1, 2, 3)), frame((0, 0, -1), (0, 1, 0)), frame((1, 0, 0)), rotation((1, 1, 0), 33)):
        assert np.linalg.det(turn) == pytest.approx(1.0)
        assert turn @ turn.T == pytest.approx(np.eye(3))


def test_a_piece_on_the_floor_touches_it() -> None:
    part = Part("ball", "metal", ball(1.0).moved(offset=(0, 0, 7)))
    assert on_floor([part])[0].mesh.vertices[:, 2].min() == pytest.approx(0.0)


def test_a_leaning_plate_settles_flat() -> None:
    pytest.importorskip("scipy", reason='settling needs the extra "render" (scipy)')
    disc = plate(np.array(outline("round", 64)) * 5, 1.0).moved(rotation((1, 0, 0), 25))
    rested = settle([Part("face", "metal", disc)])[0].mesh.vertices
    assert np.ptp(rested[:, 2]) == pytest.approx(1.0, abs=1e-3)
    assert rested[:, 2].min() == pytest.approx(0.0, abs=1e-9)


def test_merging_keeps_labels_apart_and_surfaces_whole() -> None:
    parts = [
        Part("prong", "metal", ball(1.0)),
        Part("prong", "metal", ball(1.0)),
        Part("stone", "ruby", ball(1.0), False),
    ]
    merged = merge_by_label(parts)
    assert [part.label for part in merged] == ["prong", "stone"]
    assert signed_volume(merged[0].mesh) == pytest.approx(2 * signed_volume(ball(1.0)))
    assert len(join([ball(1.0)]).faces) == len(ball(1.0).faces)


def test_the_renderer_is_loaded_by_one_module_only() -> None:
    package = Path(__file__).parents[2] / "src" / "parure" / "render"
    loaders = [path.name for path in package.rglob("*.py") if "import mitsuba" in path.read_text(encoding="utf-8")]
    assert loaders == ["tracer.py"]
