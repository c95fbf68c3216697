from __future__ import annotations

import numpy as np
import pytest

from parure.render.camera import Camera
from parure.render.cuts import Stone
from parure.render.families.ear_poses import FACING_OUT, STUD_POSES
from parure.render.families.earrings import PlateStuds, StudEarrings
from parure.render.families.necklaces import ChainNecklace
from parure.render.families.pendant_nature import TreePendant
from parure.render.families.table import FAMILIES, TYPE_SHARES
from parure.render.mesh import METAL, Floats, Part, all_vertices
from parure.render.solids import ball
from parure.render.views import View, camera_of, draw_view, pale, posed, staged, suited
from parure.render.worn import DISPLAYED, WORN

pytest.importorskip("scipy", reason='rolling a piece over needs the extra "render" (scipy)')


def long_piece() -> list[Part]:
    """Balls in a row along y, as a chain with a pendant at the near end."""
    balls = [Part("chain", METAL, ball(1.0, detail=8).moved(offset=(0, 4.0 * k, 5))) for k in range(20)]
    return [*balls, Part("charm", METAL, ball(3.0, detail=8).moved(offset=(0, -6, 5)))]


@pytest.mark.parametrize("kind", TYPE_SHARES)
def test_views_of_every_type_keep_to_what_can_be_posed_for_it(kind: str) -> None:
    for seed in range(60):
        view = draw_view(np.random.default_rng(seed), kind, pale_metal=False)
        assert 0 < view.elevation < 90
        assert view.pose != "worn" or kind in WORN
        assert view.pose != "displayed" or kind in DISPLAYED


def test_a_view_is_drawn_from_its_generator_alone() -> None:
    views = [draw_view(np.random.default_rng(3), "ring", pale_metal=True) for _ in range(2)]
    assert views[0] == views[1]


def test_white_metal_gets_a_darker_table() -> None:
    light, dark = (draw_view(np.random.default_rng(3), "ring", pale_metal=p).studio.table for p in (False, True))
    assert dark < light
    assert pale("white")
    assert not pale("yellow")


@pytest.mark.parametrize("pose", ["as_built", "lying"])
def test_a_posed_piece_touches_the_floor(pose: str) -> None:
    parts = posed(long_piece(), View(0, 40, pose=pose))
    assert all_vertices(parts)[:, 2].min() == pytest.approx(0, abs=1e-9)


def test_a_nearer_focus_brings_the_camera_nearer() -> None:
    parts = posed(long_piece(), View(0, 40))
    far, front, jewel = (camera_of(parts, View(0, 40, focus=focus)).position for focus in ("all", "front", "jewel"))
    middle = np.array([0.0, -6.0, 3.0])
    assert np.linalg.norm(front - middle) < np.linalg.norm(far - middle)
    assert np.linalg.norm(jewel - middle) < np.linalg.norm(far - middle)


def test_a_jewel_too_slight_to_be_a_piece_is_shown_with_the_chain_about_it() -> None:
    ring = Part("bail", METAL, ball(0.4, detail=8).moved(offset=(0, -3, 5)))
    parts = posed([*long_piece()[:-1], ring], View(0, 40))
    front, jewel = (camera_of(parts, View(0, 40, focus=focus)).position for focus in ("front", "jewel"))
    assert jewel == pytest.approx(front)


def test_a_hung_chain_is_seen_from_low_down_and_only_below() -> None:
    piece = ChainNecklace(kind="rope", link_width=2.0, width=60, height=70, lay="hung")
    view = suited(View(10, 80), piece)
    assert view.focus == "within"
    assert view.elevation < 44
    parts = posed(piece.build(), view)
    camera = camera_of(parts, view)
    offset = all_vertices(parts) - camera.position
    heights = (offset @ camera.up) / (offset @ camera.forward) / camera.half_tangent
    assert heights.max() > 1.5  # the other end is far above the picture
    assert -1 < heights.min() < -0.5
    assert staged(piece, parts, View(10, 80, pose="worn"), "necklace") is None


def test_close_up_a_pendant_is_shown_whole() -> None:
    for seed in range(80):
        assert draw_view(np.random.default_rng(seed), "pendant", pale_metal=False).focus in ("all", "jewel")
    piece = TreePendant.sample(np.random.default_rng(1))
    assert suited(View(0, 60, focus="front"), piece).focus == "jewel"


def shares_of(points: Floats, camera: Camera) -> Floats:
    """How far from the middle of the frame each point appears (n, 2); 1 is at its edge."""
    away = points - camera.position
    seen = np.column_stack([away @ camera.right, away @ camera.up])
    return np.abs(seen / (away @ camera.forward)[:, None] / camera.half_tangent)


@pytest.mark.parametrize("family", ["SolitaireRing", "ThreeStoneRing", "CocktailRing", "SignetRing", "CladdaghRing"])
def test_the_head_of_a_ring_is_in_the_frame_whatever_fills_it(family: str) -> None:
    ring = posed(FAMILIES[family].sample(np.random.default_rng(2)).build(), View(0, 40))
    head = all_vertices([part for part in ring if part.label in ("centre_stone", "face")])
    drawn = [draw_view(np.random.default_rng(seed), "ring", pale_metal=False) for seed in range(200)]
    close = [view for view in drawn if view.focus != "all"]
    assert 4 < len(close) < 25
    for view in close:
        assert shares_of(head, camera_of(ring, view)).max() <= 1.0


def test_a_close_view_of_the_head_is_nearer_than_one_of_the_whole() -> None:
    ring = posed(FAMILIES["SolitaireRing"].sample(np.random.default_rng(2)).build(), View(0, 40))
    head = all_vertices([part for part in ring if part.label == "centre_stone"]).mean(axis=0)
    far, near = (camera_of(ring, View(30, 40, focus=focus)).position for focus in ("all", "head"))
    assert np.linalg.norm(near - head) < 0.9 * np.linalg.norm(far - head)
    band = posed(FAMILIES["BandRing"].sample(np.random.default_rng(2)).build(), View(0, 40))
    whole, all_of_it = (camera_of(band, View(30, 40, focus=focus)).position for focus in ("all", "head"))
    assert np.array_equal(whole, all_of_it)


@pytest.mark.parametrize("pose", [pose for pose in FACING_OUT if pose in STUD_POSES])
def test_studs_that_face_the_viewer_are_seen_from_low_down(pose: str) -> None:
    stud = StudEarrings(Stone("ruby", "round", 6.0), pose=pose)
    assert suited(View(10, 88), stud).elevation < 45
    assert suited(View(10, 22), stud).elevation < suited(View(10, 60), stud).elevation
    assert suited(View(10, 88, pose="displayed"), stud).elevation == 88
    assert suited(View(10, 88), PlateStuds(pose="card")).elevation == 88


def test_a_piece_stays_off_the_body_where_its_view_or_its_kind_says_so() -> None:
    piece = Row()
    assert staged(piece, piece.build(), View(0, 40), "ring") is None
    assert staged(piece, piece.build(), View(0, 40, pose="worn"), "brooch") is None


class Row:
    def build(self) -> list[Part]:
        return long_piece()
