"""Strands on a neck: beads one after the other, at the distance they were threaded."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from parure.render.mesh import Floats, Part, all_vertices, on_floor

pytest.importorskip("scipy")

from parure.render.bodies.drape import draped, neck_line
from parure.render.bodies.lines import table_line, taut
from parure.render.bodies.neck import NeckShape, neck_flesh, neck_surface
from parure.render.chains import ring_path
from parure.render.families.necklace_lays import lay
from parure.render.families.strands import strung

_SHAPE = NeckShape("skin_2", 1.0, 5.0, 5.0, "")


def strand(size: float, *, wide: float = 100.0, lay_: str = "vee", shape: str = "round") -> list[Part]:
    """Every bead its own instance, so that it is known again on the neck."""
    beads = strung(lay(lay_, wide, 1.2 * wide), ("white_pearl",), size, shape=shape)
    return [replace(bead, instance=k) for k, bead in enumerate(on_floor(beads))]


def middles(parts: list[Part]) -> Floats:
    return np.array([part.mesh.vertices.mean(axis=0) for part in parts])


def on_neck(parts: list[Part]) -> list[Part]:
    surface = neck_surface(_SHAPE)
    table = table_line(parts)
    line = neck_line(neck_flesh(_SHAPE), surface, float(table.along[-1] - table.along[0]) / 0.85)
    return draped(parts, line, surface)


@pytest.mark.parametrize(("size", "lay_", "shape"), [(6.0, "vee", "round"), (8.0, "egg", "rondelle")])
def test_beads_on_a_neck_keep_the_distance_they_were_threaded_at(size: float, lay_: str, shape: str) -> None:
    parts = strand(size, lay_=lay_, shape=shape)
    laid = on_neck(parts)
    numbers = np.array([part.instance for part in laid])
    assert (np.diff(numbers) == 1).all()
    own = np.linalg.norm(np.diff(middles(parts), axis=0), axis=1)[numbers[:-1]]
    ratio = np.linalg.norm(np.diff(middles(laid), axis=0), axis=1) / own
    assert ratio.min() > 0.93
    assert ratio.max() < 1.1


def test_two_strands_keep_to_themselves() -> None:
    inner, outer = strand(5.0, wide=84.0, lay_="circle"), strand(5.0, wide=104.0, lay_="circle")
    parts = [*inner, *(replace(part, instance=1000 + part.instance) for part in outer)]
    laid = on_neck(parts)
    for first in (0, 1000):
        mine = [part for part in laid if first <= part.instance < first + 1000]
        gaps = np.linalg.norm(np.diff(middles(mine), axis=0), axis=1)
        assert len(mine) > 30
        assert gaps.min() > 0.9 * 5.05
        assert gaps.max() < 1.15 * 5.05
    upper, lower = (middles([p for p in laid if (p.instance >= 1000) is far])[:, 2].min() for far in (False, True))
    assert lower < upper - 6.0


def test_a_taut_line_bridges_a_hollow_and_stays_on_a_ridge() -> None:
    def ground(points: Floats) -> Floats:
        return np.asarray(points[:, 2] - np.where(np.abs(points[:, 0]) < 6, -5.0, 0.0))

    x = np.linspace(-40, 40, 161)
    line = np.column_stack([x, 0 * x, np.where(np.abs(x) < 6, -5.0, 0.0)])
    pulled = taut(line, np.tile([0.0, 0, 1], (161, 1)), ground, wide=25)
    assert pulled[:, 2].min() > -2.5
    assert ground(pulled).min() > -1e-6


def test_the_line_about_a_neck_has_no_kinks() -> None:
    line = neck_line(neck_flesh(_SHAPE), neck_surface(_SHAPE), 450.0)
    front = line.points[:, 1] < 0
    turn = np.degrees(np.arccos(np.clip((line.tangents[1:] * line.tangents[:-1]).sum(axis=1), -1, 1)))
    assert turn[front[1:]].max() < 20.0
    assert (line.normals[front][:, 1] < -0.15).all()  # away from the body all along, also over the collarbones


def test_a_strand_too_long_for_the_neck_ends_behind_it() -> None:
    parts = strand(6.0, wide=130.0, lay_="egg")
    surface = neck_surface(_SHAPE)
    laid = draped(parts, neck_line(neck_flesh(_SHAPE), surface, 400.0), surface)
    assert len(laid) < len(parts)
    gaps = np.linalg.norm(np.diff(middles(laid), axis=0), axis=1)
    assert gaps.min() > 0.93 * 6.06
    ends = middles([laid[0], laid[-1]])
    assert (ends[:, 1] > 20).all()
    assert np.isfinite(all_vertices(laid)).all()


def test_a_ring_of_links_in_one_mesh_is_thinned_at_its_ends_only() -> None:
    from parure.render.chains import cable_chain

    chain = [cable_chain(ring_path(70.0, 80.0), length=4.0, width=3.0, wire=0.5)]
    surface = neck_surface(_SHAPE)
    laid = draped(chain, neck_line(neck_flesh(_SHAPE), surface, 420.0), surface)
    assert len(laid) == 1
    assert laid[0].mesh.faces.max() == len(laid[0].mesh.vertices) - 1
    assert 0.7 < len(laid[0].mesh.faces) / len(chain[0].mesh.faces) <= 1.0
