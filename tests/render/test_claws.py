"""Claws stand where a stone can be held: at its points, and on all sides of it."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("scipy", reason="claws need scipy: pip install 'parure[render]'")

from parure.render.cuts import CUTS, Stone
from parure.render.families.ring_heads import Claws
from parure.render.mesh import Floats, all_vertices
from parure.render.mounts import claws
from parure.render.outlines import evenly
from parure.render.palette import FACETED_CUTS

_HELD = [cut for cut in CUTS if cut not in ("bead", "carved", "rough", "cabochon")]


def tips(stone: Stone, head: str) -> Floats:
    """Where each claw bends over the girdle (n, 2)."""
    parts = Claws().hold(stone, 3.0) if head == "ring" else claws(stone)
    prongs = [part.mesh.vertices for part in parts if part.label == "prong"]
    return np.array([points[points[:, 2] > -0.03 * stone.size].mean(axis=0)[:2] for points in prongs])


def sharp_points(stone: Stone) -> Floats:
    """Corners of the girdle (n, 2) with an angle of less than 100 degrees between their sides."""
    curve = evenly(stone.outline, 360)
    ahead, back = np.roll(curve, -9, 0) - curve, np.roll(curve, 9, 0) - curve
    cos = (ahead * back).sum(axis=1) / np.linalg.norm(ahead, axis=1) / np.linalg.norm(back, axis=1)
    inward = (curve * (ahead + back)).sum(axis=1) < 0  # the cleft of a heart is no point
    sharp = (cos > np.cos(np.radians(100))) & inward
    sharp &= (cos >= np.roll(cos, 1)) & (cos >= np.roll(cos, -1))
    return np.asarray(curve[sharp])


@pytest.mark.parametrize("head", ["ring", "other"])
@pytest.mark.parametrize("cut", _HELD)
def test_every_point_of_a_stone_has_a_claw(cut: str, head: str) -> None:
    stone = Stone("ruby", cut, 8.0)
    found = tips(stone, head)
    for point in sharp_points(stone):
        assert np.linalg.norm(found - point, axis=1).min() < 0.17 * stone.size, point


@pytest.mark.parametrize("head", ["ring", "other"])
@pytest.mark.parametrize("cut", sorted({*_HELD, *FACETED_CUTS}))
def test_claws_leave_a_stone_no_side_to_slip_out_of(cut: str, head: str) -> None:
    stone = Stone("ruby", cut, 8.0)
    found = tips(stone, head) - stone.outline.mean(axis=0)
    angles = np.sort(np.arctan2(found[:, 1], found[:, 0]))
    gaps = np.diff(np.append(angles, angles[0] + 2 * np.pi))
    assert np.degrees(gaps.max()) < 165


@pytest.mark.parametrize(("form", "count"), [("", 4), ("round", 6), ("pear", 5), ("heart", 5)])
def test_a_cabochon_is_held_by_its_form(form: str, count: int) -> None:
    stone = Stone("jade", "cabochon", 8.0, form)
    prongs = [part for part in Claws(count=6).hold(stone, 2.0) if part.label == "prong"]
    assert len(prongs) == count
    assert np.isfinite(all_vertices(prongs)).all()
