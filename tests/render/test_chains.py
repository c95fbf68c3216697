from __future__ import annotations

import numpy as np
import pytest

from parure.errors import NotFound
from parure.render.chains import LINKS, cable_chain, chain, curb_chain, path_length, ring_path, walk
from parure.render.mesh import Floats, Mesh, signed_volume
from parure.taxonomy import load


def _wave(length: float = 40.0) -> Floats:
    x = np.linspace(0, length, 600)
    return np.column_stack([x, 4 * np.sin(x / 6), np.zeros_like(x)])


def edges_pair_up(mesh: Mesh) -> bool:
    """Every directed edge once, its reverse once; caps keep their own rim, so points are matched by place."""
    _, place = np.unique(np.round(mesh.vertices, 6), axis=0, return_inverse=True)
    faces = place.ravel()[mesh.faces].astype(np.int64)
    base = int(faces.max()) + 1
    start, end = faces.ravel(), np.roll(faces, -1, axis=1).ravel()
    return bool(np.array_equal(np.sort(start * base + end), np.sort(end * base + start)))


def test_every_kind_of_chain_is_a_word_of_the_taxonomy() -> None:
    words = load()
    assert {kind: words.value("chain_type", kind).id for kind in LINKS} == {kind: kind for kind in LINKS}
    assert len(LINKS) >= 16


@pytest.mark.parametrize("kind", sorted(LINKS))
def test_every_chain_is_closed_finite_and_fills_its_path(kind: str) -> None:
    path = _wave()
    part = chain(kind, path, 2.0)
    points = part.mesh.vertices
    assert part.label == "chain"
    assert np.isfinite(points).all()
    assert edges_pair_up(part.mesh)
    assert signed_volume(part.mesh) > 0
    assert abs(points[:, 0].min() - path[0, 0]) < 2.5
    assert abs(points[:, 0].max() - path[-1, 0]) < 2.5


@pytest.mark.parametrize("kind", sorted(LINKS))
def test_a_chain_is_about_as_wide_as_asked_and_light_enough(kind: str) -> None:
    straight = np.column_stack([np.linspace(0, 250, 800), np.zeros(800), np.zeros(800)])
    points = chain(kind, straight, 2.0).mesh.vertices
    across = float(np.ptp(points[:, 1]))
    assert 1.2 < across < 2.7
    assert float(np.ptp(points[:, 2])) < 2.7
    assert len(points) < 80_000


@pytest.mark.parametrize("kind", ["cable", "herringbone", "rope", "ball"])
def test_a_chain_may_hang_straight_up_or_stand_around_an_arm(kind: str) -> None:
    upright = np.column_stack([np.zeros(50), np.zeros(50), np.linspace(0, 9, 50)])
    around = ring_path(27, 24)
    outward = around / np.linalg.norm(around, axis=1, keepdims=True)
    for part in (chain(kind, upright, 1.5), chain(kind, around, 3.0, ups=outward)):
        assert np.isfinite(part.mesh.vertices).all()
        assert signed_volume(part.mesh) > 0


def test_a_very_short_path_gets_one_whole_link() -> None:
    path = np.array([[0.0, 0, 0], [0.5, 0, 0]])
    assert np.ptp(chain("cable", path, 2.0).mesh.vertices[:, 0]) < 2.9


def test_a_chain_nobody_makes_is_refused_by_name() -> None:
    with pytest.raises(NotFound, match="spaghetti"):
        chain("spaghetti", _wave(), 2.0)


def test_links_of_given_wire_are_as_wide_as_asked() -> None:
    straight = np.column_stack([np.linspace(0, 60, 300), np.zeros(300), np.zeros(300)])
    assert np.ptp(curb_chain(straight, width=4.6).mesh.vertices[:, 1]) == pytest.approx(4.6, abs=0.3)
    assert np.ptp(cable_chain(straight, width=1.5).mesh.vertices[:, 1]) == pytest.approx(1.2, abs=0.3)


def test_walking_a_path_spaces_points_evenly_half_a_step_from_each_end() -> None:
    path = np.array([[0.0, 0, 0], [10, 0, 0]])
    points, directions = walk(path, 5)
    assert points[:, 0].tolist() == pytest.approx([1, 3, 5, 7, 9])
    assert directions == pytest.approx(np.tile([1.0, 0, 0], (5, 1)))
    assert path_length(path) == 10
