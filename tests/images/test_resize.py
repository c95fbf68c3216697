import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from parure.images import letterbox, read_header, thumbnail
from parure.images.resize import fit_size
from tests.images.pictures import COLOURS, assert_colours, centres, photo, quadrants

sides = st.integers(1, 400)


@given(sides, sides, st.integers(1, 400))
def test_a_fitted_size_has_exactly_that_longest_side_and_keeps_the_aspect(width: int, height: int, side: int) -> None:
    fitted = fit_size(width, height, side)
    assert max(fitted) == side
    assert min(fitted) >= 1
    assert abs(fitted[0] * height - fitted[1] * width) <= max(width, height)


def test_a_thumbnail_is_a_webp_of_that_longest_side_with_the_same_colours() -> None:
    data = thumbnail(np.asarray(quadrants(640, 480)), 320)
    header = read_header(data)
    assert (header.format, header.width, header.height) == ("webp", 320, 240)
    with Image.open(io.BytesIO(data)) as image:
        assert_colours(centres(np.asarray(image)), COLOURS, 8)


def test_a_thumbnail_is_never_larger_than_the_picture() -> None:
    assert read_header(thumbnail(np.asarray(quadrants(64, 48)), 320)).width == 64


def test_more_quality_costs_more_bytes() -> None:
    pixels = np.asarray(photo(400, 300))
    assert len(thumbnail(pixels, 320, quality=30)) < len(thumbnail(pixels, 320, quality=95))


@pytest.mark.parametrize("size", [(640, 480), (48, 64), (100, 100), (1000, 3), (1, 1)])
@pytest.mark.parametrize("fill", [255, 114])
def test_a_letterbox_holds_the_whole_picture_in_the_middle(size: tuple[int, int], fill: int) -> None:
    dark = np.full((size[1], size[0], 3), 10, np.uint8)
    square = letterbox(dark, 96, fill=fill)
    assert square.shape == (96, 96, 3)
    assert square.dtype == np.uint8
    columns, rows = (int((square == 10).all(-1).any(axis).sum()) for axis in (0, 1))
    assert (columns, rows) == fit_size(*size, 96)
    outside = ~(square == 10).all(-1)
    assert (square[outside] == fill).all()
    before, after = (int(edge) for edge in (outside.all(0)[:48].sum(), outside.all(0)[48:].sum()))
    assert abs(before - after) <= 1


def test_a_letterbox_is_smooth_when_it_shrinks() -> None:
    stripes = np.zeros((960, 960, 3), np.uint8)
    stripes[:, ::2] = 255  # finer than the result can show: must become grey, not a pattern
    assert np.ptp(letterbox(stripes, 96).astype(int)[8:-8, 8:-8]) <= 4


def test_a_letterbox_of_its_own_size_changes_no_pixel() -> None:
    pixels = np.asarray(photo(96, 96))
    assert_colours(letterbox(pixels, 96), pixels)
