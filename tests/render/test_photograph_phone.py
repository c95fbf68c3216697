from __future__ import annotations

import numpy as np
import pytest

from parure.regions import Box
from parure.render.photograph import Cutout, Scene, Style, photograph, screenshot

METAL = (200, 30, 30)
GROUND = {"white": 1.0}


def scene(seed: int, size: int | tuple[int, int] = 200) -> Scene:
    labels = np.zeros((96, 96), np.uint8)
    labels[10:86, 8:40], labels[10:86, 56:88] = 0x01, 0x11
    pixels = np.zeros((96, 96, 4), np.uint8)
    pixels[labels > 0] = (*METAL, 255)
    cutout = Cutout(pixels, labels, np.full((96, 96), 255, np.uint8))
    return photograph([cutout], np.random.default_rng(seed), size=size, style=Style.only("turn", grounds=GROUND))


def contains(outer: Box, inner: Box, slack: float = 1e-9) -> bool:
    return (
        inner.x >= outer.x - slack
        and inner.y >= outer.y - slack
        and inner.x + inner.w <= outer.x + outer.w + slack
        and inner.y + inner.h <= outer.y + outer.h + slack
    )


@pytest.mark.parametrize("seed", range(25))
def test_labels_and_boxes_are_where_the_main_photo_is(seed: int) -> None:
    shot = screenshot(scene(seed), [scene(90 + at, 96) for at in range(3)], np.random.default_rng(seed))
    height, width = shot.labels.shape
    assert shot.pixels.shape == (844, 390, 3)
    assert (height, width) == (844, 390)
    assert shot.main.photo.area > 0.1
    assert shot.main.pieces
    numbers = {int(byte) >> 4 for byte in np.unique(shot.labels) if byte & 15}
    assert {piece.instance for piece in shot.main.pieces} == numbers
    for piece in shot.main.pieces:
        rows, columns = np.nonzero((shot.labels >> 4 == piece.instance) & (shot.labels & 15 > 0))
        assert contains(shot.main.photo, piece.box)
        assert piece.box.x == pytest.approx(columns.min() / width)
        assert piece.box.y + piece.box.h == pytest.approx((rows.max() + 1) / height)
    labelled = shot.labels > 0
    red = (np.abs(shot.pixels.astype(int) - METAL) < 60).all(-1)
    assert red[labelled].mean() > 0.95


@pytest.mark.parametrize("seed", range(25))
def test_the_other_photos_are_told_with_their_pieces_and_are_not_labelled(seed: int) -> None:
    shot = screenshot(scene(seed), [scene(90 + at, 96) for at in range(3)], np.random.default_rng(seed))
    height, width = shot.labels.shape
    for other in shot.others:
        assert contains(Box(0, 0, 1, 1), other.photo)
        x0, y0 = round(other.photo.x * width), round(other.photo.y * height)
        x1, y1 = round((other.photo.x + other.photo.w) * width), round((other.photo.y + other.photo.h) * height)
        assert not shot.labels[y0:y1, x0:x1].any()
        for piece in other.pieces:
            assert contains(other.photo, piece.box, 2 / width)


def test_some_screens_show_other_photos_and_some_hide_a_part_of_the_main_one() -> None:
    shots = [screenshot(scene(seed), [scene(90, 96)], np.random.default_rng(seed)) for seed in range(40)]
    assert any(shot.others for shot in shots)
    assert any(not shot.others for shot in shots)
    assert any(piece.visible < 0.95 for shot in shots for piece in shot.main.pieces)


def test_a_tall_photo_ends_where_the_screen_or_its_foot_begins() -> None:
    for seed in range(12):
        shot = screenshot(scene(seed, (400, 160)), [], np.random.default_rng(seed))
        assert shot.main.photo.y + shot.main.photo.h <= 1 + 1e-9
        assert all(contains(shot.main.photo, piece.box) for piece in shot.main.pieces)


def test_the_same_seed_gives_the_same_screen() -> None:
    first, again = (screenshot(scene(1), [scene(2)], np.random.default_rng(4), width=320) for _ in range(2))
    assert np.array_equal(first.pixels, again.pixels)
    assert np.array_equal(first.labels, again.labels)
    assert (first.main, first.others) == (again.main, again.others)
    assert first.pixels.shape[1] == 320
