"""Layouts: the same for one piece wherever it lies on the picture, and not for another."""

from __future__ import annotations

import numpy as np
import pytest

from parure.regions import PartClass
from parure.search.traits import LAYOUT_SIDE, layout_agreement, layout_of


def mask(height: int = 60, width: int = 80, *, top: int = 5, left: int = 9, scale: int = 1) -> np.ndarray:
    """A ring's head over its band, lopsided."""
    parts = np.zeros((height, width), np.uint8)
    parts[top : top + 30 * scale, left : left + 20 * scale] = PartClass.METAL
    parts[top : top + 10 * scale, left : left + 8 * scale] = PartClass.CENTRE_STONE
    return parts


def test_where_and_how_large_a_piece_lies_on_the_picture_is_no_matter() -> None:
    here = layout_of(mask())
    there = layout_of(mask(200, 200, top=50, left=100, scale=3))
    assert here is not None
    assert there is not None
    assert here.shape == (LAYOUT_SIDE, LAYOUT_SIDE)
    assert layout_agreement(here, there) == 1.0


def test_a_mirrored_picture_agrees_and_one_upside_down_does_not() -> None:
    here, mirrored, turned = layout_of(mask()), layout_of(mask()[:, ::-1]), layout_of(mask()[::-1])
    assert here is not None
    assert mirrored is not None
    assert turned is not None
    assert layout_agreement(here, mirrored) == 1.0
    assert layout_agreement(here, turned) < 0.9


def test_proportions_count() -> None:
    tall, square = layout_of(mask()), layout_of(np.full((40, 40), PartClass.METAL, np.uint8))
    assert tall is not None
    assert square is not None
    assert (tall > 0).mean() == pytest.approx(2 / 3, abs=0.03)
    assert (square > 0).all()


def test_an_empty_mask_has_no_layout() -> None:
    assert layout_of(np.zeros((30, 30), np.uint8)) is None
