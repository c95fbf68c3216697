from __future__ import annotations

import numpy as np
import pytest

from parure.vision import Pixels
from parure.vision.colour import COLOUR_BINS, backdrop, colour_histogram
from parure.vision.histogram import CELLS, DIRECTIONS, EDGE_BINS, HistogramEncoder, edge_histogram

GOLD, SILVER, SKY = (212, 175, 55), (190, 190, 195), (90, 160, 230)


def piece(colour: tuple[int, int, int], ground: tuple[int, int, int], side: int = 120) -> Pixels:
    picture = np.full((side, side, 3), ground, np.uint8)
    picture[side // 3 : 2 * side // 3, side // 3 : 2 * side // 3] = colour
    return picture


def stripes(*, upright: bool) -> Pixels:
    line = np.where(np.arange(64) // 8 % 2, 255, 0).astype(np.uint8)
    grey = np.broadcast_to(line if upright else line[:, None], (64, 64))
    return np.repeat(grey[..., None], 3, axis=2)


def test_the_backdrop_is_what_looks_like_the_rim() -> None:
    found = backdrop(piece(GOLD, SKY))
    assert found[0, 0]
    assert not found[60, 60]
    assert found.mean() == pytest.approx(8 / 9)


def test_the_same_piece_on_another_backdrop_has_the_same_colours() -> None:
    on_white, on_sky = colour_histogram(piece(GOLD, (255, 255, 255))), colour_histogram(piece(GOLD, SKY))
    assert on_white @ on_sky > 0.99
    assert on_white @ colour_histogram(piece(SILVER, (255, 255, 255))) < 0.01


def test_a_picture_of_one_colour_counts_all_of_it() -> None:
    histogram = colour_histogram(np.full((40, 40, 3), GOLD, np.uint8))
    assert histogram.shape == (COLOUR_BINS,)
    assert histogram.max() == 1
    assert (histogram > 0).sum() == 1


def test_edges_that_run_across_differ_from_edges_that_run_up() -> None:
    upright = edge_histogram(stripes(upright=True)).reshape(CELLS * CELLS, DIRECTIONS)
    lying = edge_histogram(stripes(upright=False)).reshape(CELLS * CELLS, DIRECTIONS)
    assert (upright**2).sum(axis=0).argmax() == 0  # brightness changes along x
    assert (lying**2).sum(axis=0).argmax() == DIRECTIONS // 2  # along y
    assert (upright * lying).sum() < 0.1


def test_a_flat_white_picture_has_no_edges() -> None:
    assert not edge_histogram(np.full((30, 30, 3), 255, np.uint8)).any()


def test_its_size_is_the_sum_of_its_parts_and_small() -> None:
    assert HistogramEncoder.dimension == COLOUR_BINS + EDGE_BINS <= 512
