"""The quick ways with bytes give what the plain ways give."""

from __future__ import annotations

import numpy as np
import pytest

from parure.images import Header, Picture
from parure.images.quality import MEASURES, measure
from parure.images.quality.view import mean_where, rimmed, slid, spread_of, windowed

RANDOM = np.random.default_rng(3)
PLANE = RANDOM.integers(0, 256, (23, 17), dtype=np.uint8)


@pytest.mark.parametrize(("before", "after"), [(0, 1), (2, 2), (3, 0)])
def test_a_rim_is_repeated_as_numpy_pads(before: int, after: int) -> None:
    wanted = np.pad(PLANE, ((before, after), (before, after)), mode="edge")
    assert np.array_equal(rimmed(PLANE, before, after), wanted)


def test_each_of_several_planes_has_a_rim_of_its_own() -> None:
    planes = RANDOM.random((3, 5, 6)).astype(np.float32)
    wanted = np.pad(planes, ((0, 0), (2, 2), (2, 2)), mode="edge")
    assert np.array_equal(rimmed(planes, 2, 2), wanted)


@pytest.mark.parametrize("side", [2, 3, 5, 7, 9])
@pytest.mark.parametrize("axes", [(0,), (1,), (0, 1)])
def test_windows_hold_what_lies_within_them(side: int, axes: tuple[int, ...]) -> None:
    shape = (side if 0 in axes else 1, side if 1 in axes else 1)
    wanted = np.lib.stride_tricks.sliding_window_view(PLANE, shape).max((2, 3))
    assert np.array_equal(slid(PLANE, side, np.maximum, axes), wanted)


@pytest.mark.parametrize("side", [2, 5])
def test_a_window_at_the_edge_is_cut_off(side: int) -> None:
    before = side // 2 if side > 2 else 0
    wide = np.pad(PLANE, (before, side - 1 - before), mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(wide, (side, side))
    assert np.array_equal(windowed(PLANE, side, np.minimum), windows.min((2, 3)))
    assert np.array_equal(spread_of(PLANE, side), windows.max((2, 3)) - windows.min((2, 3)))


def test_the_mean_of_marked_pixels_is_exact_and_of_none_is_zero() -> None:
    mask = PLANE > 100
    assert mean_where(PLANE, mask) == PLANE[mask].mean()
    assert mean_where(PLANE, np.zeros_like(mask)) == 0


@pytest.mark.parametrize("size", [(1, 384), (384, 1), (1, 1), (16, 384), (40, 41), (383, 251)])
def test_pictures_of_any_shape_are_measured(size: tuple[int, int]) -> None:
    pixels = RANDOM.integers(0, 256, (*size, 3), dtype=np.uint8)
    scores = measure(Picture(pixels, Header("jpeg", size[1], size[0]))).scores
    assert set(scores) == {each.name for each in MEASURES}
    assert all(0 <= score <= 1 for score in scores.values())
