"""Cut-outs made up of flat colours, one for each label byte, so that every pixel of a scene tells its own label."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from parure.regions import PartClass, from_pixels
from parure.render.photograph import EFFECTS, MOVING, Cutout, Scene, Style, photograph
from parure.render.photograph.grounds import ground

COLOURS = {
    0x01: (200, 30, 30),
    0x03: (30, 160, 30),
    0x11: (30, 30, 200),
    0x13: (150, 30, 190),
    0x21: (20, 140, 150),
}
SKIN = (120, 80, 40)


def made_up(drawn: NDArray[np.uint8], *, skin: bool = False) -> Cutout:
    """Drawn on 96 x 96, used at 288 x 288, so that a close-up does not blur an edge over many pixels."""
    labels = np.kron(drawn, np.ones((3, 3), np.uint8))
    pixels = np.zeros((*labels.shape, 4), np.uint8)
    if skin:
        pixels[...] = (*SKIN, 255)
    for byte, colour in COLOURS.items():
        pixels[labels == byte] = (*colour, 255)
    shadow = np.full(labels.shape, 255, np.uint8)
    shadow[210:240, 60:230] = 140
    return Cutout(pixels, labels, shadow)


def pair() -> Cutout:
    """Two pieces, each a plate with a stone that is not in its middle."""
    labels = np.zeros((96, 96), np.uint8)
    labels[14:70, 10:42], labels[20:38, 16:30] = 0x01, 0x03
    labels[30:84, 52:86], labels[58:76, 60:78] = 0x11, 0x13
    return made_up(labels)


def single() -> Cutout:
    """Instance 2 only, as if two others had been taken off."""
    labels = np.zeros((96, 96), np.uint8)
    labels[20:80, 30:66] = 0x21
    return made_up(labels)


def inside(mask: NDArray[np.bool_], reach: int = 3) -> NDArray[np.bool_]:
    """Where the mask holds for all neighbours: edges are mixed colours."""
    kept = mask.copy()
    for axis in (0, 1):
        for step in range(-reach, reach + 1):
            kept &= np.roll(mask, step, axis)
    kept[:reach], kept[-reach:], kept[:, :reach], kept[:, -reach:] = False, False, False, False
    return kept


def near(pixels: NDArray[np.uint8], colour: tuple[int, int, int]) -> NDArray[np.bool_]:
    return np.asarray((np.abs(pixels.astype(int) - colour) < 40).all(-1))


def assert_labels_follow_pixels(scene: Scene) -> None:
    for piece in scene.pieces:
        for byte, colour in COLOURS.items():
            if byte >> 4 != piece.source_instance or (piece.source == 0) == (byte == 0x21):
                continue
            labelled = scene.labels == piece.instance * 16 + (byte & 15)
            painted = inside(near(scene.pixels, colour))
            assert near(scene.pixels, colour)[inside(labelled)].all()
            # Other instances of the same colour may be in the scene; those are theirs.
            assert (scene.labels[painted] & 15 == byte & 15).all()


MOVING_TOGETHER = [(effect,) for effect in sorted(MOVING)] + [
    ("turn", "flip", "stretch", "several"),
    ("turn_far", "flip", "stretch", "close_up", "border"),
    ("collage", "turn", "cut_by_edge"),
]


@pytest.mark.parametrize("effects", MOVING_TOGETHER, ids="-".join)
@pytest.mark.parametrize("seed", range(4))
def test_labels_follow_pixels_under_every_effect_that_moves_them(effects: tuple[str, ...], seed: int) -> None:
    cutouts = [pair(), single()]
    scene = photograph(cutouts, np.random.default_rng(seed), size=160, style=Style.only(*effects))
    assert scene.pixels.shape == (160, 160, 3)
    assert scene.labels.shape == (160, 160)
    assert scene.pieces
    assert_labels_follow_pixels(scene)


@pytest.mark.parametrize("seed", range(20))
def test_boxes_are_those_of_the_masks_and_no_instance_is_forgotten(seed: int) -> None:
    scene = photograph([pair(), single()], np.random.default_rng(seed), size=(120, 150))
    numbers = {int(byte) >> 4 for byte in np.unique(scene.labels) if byte & 15}
    assert {piece.instance for piece in scene.pieces} == numbers
    for piece in scene.pieces:
        rows, columns = np.nonzero((scene.labels >> 4 == piece.instance) & (scene.labels & 15 > 0))
        corners = (float(columns.min()), float(rows.min()), float(columns.max()) + 1, float(rows.max()) + 1)
        assert piece.box == from_pixels(corners, 150, 120)


def test_the_same_seed_gives_the_same_bytes_whatever_was_made_before() -> None:
    first = photograph([pair(), single()], np.random.default_rng(5))
    ground.cache_clear()
    photograph([single()], np.random.default_rng(6))
    again = photograph([pair(), single()], np.random.default_rng(5))
    assert np.array_equal(first.pixels, again.pixels)
    assert np.array_equal(first.labels, again.labels)
    assert first.pieces == again.pieces
    assert not np.array_equal(first.pixels, photograph([pair(), single()], np.random.default_rng(7)).pixels)


@pytest.mark.parametrize("effect", sorted(set(EFFECTS) - MOVING))
def test_an_effect_of_light_changes_pixels_and_leaves_labels_alone(effect: str) -> None:
    base = ("turn", "several", "border")
    kinds = {"marble": 1.0}
    changed = False
    for seed in range(4):
        plain = photograph(
            [pair(), single()], np.random.default_rng(seed), size=128, style=Style.only(*base, grounds=kinds)
        )
        lit = photograph(
            [pair(), single()], np.random.default_rng(seed), size=128, style=Style.only(*base, effect, grounds=kinds)
        )
        assert np.array_equal(plain.labels, lit.labels)
        assert plain.pieces == lit.pieces
        changed |= not np.array_equal(plain.pixels, lit.pixels)
    assert changed


@pytest.mark.parametrize(
    "effect", ["close_up", "small", "cut_by_edge", "turn", "turn_far", "flip", "several", "collage"]
)
def test_an_effect_of_framing_changes_the_labels(effect: str) -> None:
    plain, moved = (
        photograph([pair(), single()], np.random.default_rng(3), size=128, style=style)
        for style in (Style.only(), Style.only(effect))
    )
    assert not np.array_equal(plain.labels, moved.labels)


@pytest.mark.parametrize("seed", range(12))
def test_a_worn_piece_fills_the_frame_with_skin_however_it_is_framed(seed: int) -> None:
    labels = np.zeros((96, 96), np.uint8)
    labels[30:60, 40:70] = 0x01
    worn = made_up(labels, skin=True)
    style = Style.only("turn", "turn_far", "flip", "stretch", "small", "several")
    scene = photograph([worn, single()], np.random.default_rng(seed), size=128, style=style)
    assert (scene.pixels.astype(int).sum(-1) < 600).all()  # the ground is white
    assert [piece.source for piece in scene.pieces] == [0]
    assert scene.pieces[0].box.area > 0.02


@pytest.mark.parametrize("width", [1, 6])
@pytest.mark.parametrize("seed", range(12))
def test_a_chain_that_runs_out_of_its_cutout_never_ends_in_the_air(seed: int, width: int) -> None:
    labels = np.zeros((96, 96), np.uint8)
    labels[44 : 44 + width, :60] = 0x01
    style = Style.only("turn", "turn_far", "flip", "stretch", "small", "several")
    scene = photograph([made_up(labels), single()], np.random.default_rng(seed), size=128, style=style)
    shown = scene.labels > 0
    assert np.concatenate([shown[0], shown[-1], shown[:, 0], shown[:, -1]]).any()
    assert [piece.source for piece in scene.pieces] == [0]


def test_skin_hides_what_lies_below_it() -> None:
    drawn = np.zeros((96, 96), np.uint8)
    drawn[40:56, 40:56] = 0x01
    held = made_up(drawn)
    held.pixels[60:230, 60:230][held.labels[60:230, 60:230] == 0] = (*SKIN, 255)
    scene = photograph([held], np.random.default_rng(2), size=160, style=Style.only())
    skin = inside(near(scene.pixels, SKIN))
    assert skin.any()
    assert not scene.labels[skin].any()


@pytest.mark.parametrize("size", [90, 160, 300])  # shrunk, about as it is, enlarged
def test_labels_and_pixels_lie_within_a_fifth_of_a_pixel(size: int) -> None:
    style = Style.only("turn_far", "flip", "stretch")
    for seed in range(8):
        scene = photograph([single()], np.random.default_rng(seed), size=size, style=style)
        cover = scene.pixels[..., 0] < (255 + COLOURS[0x21][0]) / 2
        rows, columns = np.mgrid[0:size, 0:size] + 0.5
        for at in (rows, columns):
            by_pixels, by_labels = (float((at * share).sum() / share.sum()) for share in (cover, scene.labels > 0))
            assert abs(by_pixels - by_labels) < 0.2


def test_what_is_visible_is_told() -> None:
    whole = photograph([single()], np.random.default_rng(1), style=Style.only("turn"))
    cut = photograph([single()], np.random.default_rng(1), style=Style.only("turn", "cut_by_edge"))
    assert whole.pieces[0].visible > 0.97
    assert 0.4 < cut.pieces[0].visible < 0.95


def test_the_piece_fills_half_to_all_of_the_frame_unless_told_otherwise() -> None:
    for seed in range(30):
        (piece,) = photograph([single()], np.random.default_rng(seed), style=Style.only("turn_far")).pieces
        assert 0.5 < max(piece.box.w, piece.box.h) <= 1.0
        (piece,) = photograph([single()], np.random.default_rng(seed), style=Style.only("small")).pieces
        assert 0.15 < max(piece.box.w, piece.box.h) < 0.55


def test_several_pieces_hardly_overlap() -> None:
    for seed in range(10):
        pieces = [single(), pair(), single(), pair()]
        scene = photograph(pieces, np.random.default_rng(seed), style=Style.only("turn", "several"))
        assert len({piece.source for piece in scene.pieces}) >= 3
        assert all(piece.visible > 0.8 for piece in scene.pieces)


def test_a_cut_out_that_would_need_a_seventeenth_number_is_left_out_whole() -> None:
    labels = np.zeros((96, 96), np.uint8)
    for number in range(15):
        row, column = divmod(number, 4)
        labels[row * 22 + 4 : row * 22 + 18, column * 22 + 4 : column * 22 + 18] = number * 16 + PartClass.METAL
    pixels = np.dstack([np.full((96, 96, 3), 90, np.uint8), np.where(labels > 0, 255, 0).astype(np.uint8)])
    crowd = Cutout(pixels, labels, np.full((96, 96), 255, np.uint8))
    scene = photograph([crowd, pair()], np.random.default_rng(0), style=Style.only("several"))
    assert {piece.source for piece in scene.pieces} == {0}
    assert len(scene.pieces) == 15


def test_a_cut_out_without_labels_is_still_a_picture() -> None:
    blank = Cutout(np.full((64, 64, 4), 200, np.uint8), np.zeros((64, 64), np.uint8), np.full((64, 64), 255, np.uint8))
    scene = photograph([blank], np.random.default_rng(0))
    assert scene.pieces == ()
    assert not scene.labels.any()


def test_a_cut_out_whose_planes_differ_in_size_is_refused() -> None:
    with pytest.raises(ValueError, match="needs pixels"):
        Cutout(np.zeros((8, 8, 4), np.uint8), np.zeros((8, 9), np.uint8), np.zeros((8, 9), np.uint8))


def test_no_cut_out_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        photograph([], np.random.default_rng(0))
