import doctest

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parure.regions import Box, boxes, clip, from_pixels, iou, to_pixels, xywh, xyxy

fractions = st.floats(-2, 3)
sizes = st.floats(0, 3)
any_box = st.builds(Box, fractions, fractions, sizes, sizes)
corners = st.tuples(st.floats(-50, 50), st.floats(-50, 50), st.floats(0.5, 40), st.floats(0.5, 40)).map(
    lambda b: xyxy([b])[0]
)


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(boxes).failed == 0
    assert doctest.testmod(boxes).attempted >= 3


@pytest.mark.parametrize("numbers", [(0, 0, -0.1, 1), (0, 0, 1, -1), (float("nan"), 0, 1, 1), (0, float("inf"), 1, 1)])
def test_a_box_that_is_no_box_is_refused(numbers: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="finite"):
        Box(*numbers)


@given(any_box)
def test_a_clipped_box_lies_inside_the_picture_and_clipping_again_changes_nothing(box: Box) -> None:
    inside = clip(box)
    assert 0 <= inside.x <= inside.x + inside.w <= 1 + 1e-12
    assert 0 <= inside.y <= inside.y + inside.h <= 1 + 1e-12
    assert inside.area <= box.area + 1e-9
    again = clip(inside)
    assert (again.x, again.y, again.w, again.h) == pytest.approx((inside.x, inside.y, inside.w, inside.h))


@given(any_box, st.integers(1, 5000), st.integers(1, 5000))
def test_pixels_of_a_box_are_never_empty_and_never_outside(box: Box, width: int, height: int) -> None:
    x0, y0, x1, y1 = to_pixels(box, width, height)
    assert 0 <= x0 < x1 <= width
    assert 0 <= y0 < y1 <= height


@given(st.integers(0, 99), st.integers(0, 99), st.integers(1, 100), st.integers(1, 100))
def test_whole_pixels_survive_the_way_there_and_back(x: int, y: int, w: int, h: int) -> None:
    corner_box = (x, y, min(x + w, 100), min(y + h, 100))
    assert to_pixels(from_pixels(corner_box, 100, 100), 100, 100) == corner_box


@given(st.floats(0, 0.5), st.floats(0, 0.5), st.floats(0, 0.4), st.floats(0, 0.1))
def test_a_larger_box_never_covers_fewer_pixels(x: float, y: float, size: float, more: float) -> None:
    small = to_pixels(Box(x, y, size, size), 640, 480)
    large = to_pixels(Box(x, y, size + more, size + more), 640, 480)
    assert (large[2] - large[0]) * (large[3] - large[1]) >= (small[2] - small[0]) * (small[3] - small[1])


@given(st.lists(corners, max_size=5), st.lists(corners, max_size=5))
def test_iou_is_between_0_and_1_and_symmetric(first: list[np.ndarray], second: list[np.ndarray]) -> None:
    table = iou(np.array(first), np.array(second))
    assert table.shape == (len(first), len(second))
    assert ((table >= 0) & (table <= 1 + 1e-9)).all()
    np.testing.assert_allclose(table, iou(np.array(second), np.array(first)).T)


@given(corners)
def test_iou_of_a_box_with_itself_is_1(box: np.ndarray) -> None:
    assert iou(box, box)[0, 0] == pytest.approx(1)


@given(corners, st.floats(0, 30), st.floats(0, 30))
def test_iou_does_not_grow_as_a_box_moves_away(box: np.ndarray, near: float, further: float) -> None:
    shift = np.array([1.0, 0.0, 1.0, 0.0])
    assert iou(box, box + shift * (near + further))[0, 0] <= iou(box, box + shift * near)[0, 0] + 1e-9


def test_iou_of_empty_boxes_is_0_and_no_warning() -> None:
    assert iou([[1, 1, 1, 1]], [[1, 1, 1, 1]])[0, 0] == 0


@given(st.lists(st.tuples(*[st.floats(-1e3, 1e3)] * 2, *[st.floats(0, 1e3)] * 2), min_size=1))
def test_corner_and_size_forms_are_inverse(rows: list[tuple[float, float, float, float]]) -> None:
    np.testing.assert_allclose(xywh(xyxy(rows)), np.array(rows), atol=1e-9)
