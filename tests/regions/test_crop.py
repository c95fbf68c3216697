import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parure.regions import Box, crop


@pytest.fixture
def numbered() -> np.ndarray:
    """(60, 100, 3): channel 0 holds the row, channel 1 the column."""
    rows, columns = np.mgrid[0:60, 0:100].astype(np.uint8)
    return np.stack([rows, columns, np.zeros_like(rows)], -1)


def test_a_crop_holds_the_pixels_of_its_box(numbered: np.ndarray) -> None:
    piece = crop(numbered, Box(0.2, 0.5, 0.3, 0.25))
    assert piece.shape == (15, 30, 3)
    assert (piece[0, 0, 0], piece[0, 0, 1]) == (30, 20)


def test_the_margin_is_a_share_of_the_longer_side_and_equal_on_all_sides(numbered: np.ndarray) -> None:
    piece = crop(numbered, Box(0.4, 0.5, 0.2, 1 / 6), margin=0.1)  # 20 x 10 pixels: 2 more on each side
    assert piece.shape == (14, 24, 3)
    assert (piece[0, 0, 0], piece[0, 0, 1]) == (28, 38)


def test_the_margin_stops_at_the_border(numbered: np.ndarray) -> None:
    assert crop(numbered, Box(0, 0, 1, 1), margin=0.5).shape == numbered.shape


@given(st.builds(Box, st.floats(-1, 2), st.floats(-1, 2), st.floats(0, 2), st.floats(0, 2)), st.floats(0, 1))
def test_a_crop_is_never_empty_and_a_margin_never_makes_it_smaller(box: Box, margin: float) -> None:
    pixels = np.zeros((48, 64, 3), np.uint8)
    tight, wide = crop(pixels, box), crop(pixels, box, margin)
    assert min(tight.shape[:2]) >= 1
    assert wide.size >= tight.size
