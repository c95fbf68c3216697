"""Average precision against cases worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from parure.evaluation.detection import Boxes, Truth, average_precision, class_precisions, hits, mean_precision

SQUARE = (0.0, 0.0, 10.0, 10.0)
AWAY = (100.0, 100.0, 110.0, 110.0)


def boxes(*rows: tuple[tuple[float, float, float, float], float, int]) -> Boxes:
    corners, scores, classes = zip(*rows, strict=True) if rows else ((), (), ())
    return Boxes(np.array(corners, float).reshape(-1, 4), np.array(scores, float), np.array(classes, int))


def truth(*rows: tuple[tuple[float, float, float, float], int]) -> Truth:
    corners, classes = zip(*rows, strict=True) if rows else ((), ())
    return Truth(np.array(corners, float).reshape(-1, 4), np.array(classes, int))


def test_a_piece_is_taken_once_by_the_surest_box_wherever_it_stands_in_the_list() -> None:
    found = boxes((SQUARE, 0.4, 0), (SQUARE, 0.9, 0), (AWAY, 0.8, 0))
    assert hits(found, truth((SQUARE, 0))).tolist() == [False, True, False]


def test_an_overlap_of_half_is_enough_and_less_is_not() -> None:
    half = (0.0, 0.0, 10.0, 5.0)  # 50 of 100 shared: IoU .5
    less = (0.0, 0.0, 10.0, 4.9)
    assert hits(boxes((half, 0.9, 0)), truth((SQUARE, 0))).tolist() == [True]
    assert hits(boxes((less, 0.9, 0)), truth((SQUARE, 0))).tolist() == [False]


def test_the_right_box_with_the_wrong_class_counts_only_where_classes_do_not() -> None:
    found, there = boxes((SQUARE, 0.9, 1)), truth((SQUARE, 0))
    assert hits(found, there).tolist() == [False]
    assert hits(found, there, by_class=False).tolist() == [True]


def test_a_box_that_fits_two_pieces_takes_the_one_it_fits_better() -> None:
    near = (0.0, 0.0, 10.0, 8.0)
    found = boxes((SQUARE, 0.9, 0), (near, 0.8, 0))
    assert hits(found, truth((near, 0), (SQUARE, 0))).tolist() == [True, True]


def test_nothing_to_find_makes_every_box_wrong() -> None:
    assert hits(boxes((SQUARE, 0.9, 0)), truth()).tolist() == [False]
    assert hits(boxes(), truth((SQUARE, 0))).tolist() == []


def test_average_precision_is_the_area_under_the_falling_curve() -> None:
    # In order: right, wrong, right, wrong, right; 4 to find. Precision at the right ones: 1, 2/3, 3/5.
    scores = np.array([0.9, 0.8, 0.7, 0.6, 0.5])
    right = np.array([True, False, True, False, True])
    assert average_precision(scores, right, 4) == pytest.approx((1 + 2 / 3 + 3 / 5) / 4)


def test_a_dip_in_precision_is_filled_by_a_later_better_point() -> None:
    # Wrong, right, right: 1/2 then 2/3; the envelope gives both the 2/3.
    right = np.array([False, True, True])
    assert average_precision(np.array([0.9, 0.8, 0.7]), right, 2) == pytest.approx(2 / 3)


def test_the_order_of_the_list_does_not_matter_only_the_scores_do() -> None:
    right = np.array([True, False, True])
    assert average_precision(np.array([0.1, 0.9, 0.5]), right, 2) == pytest.approx((2 / 3 + 2 / 3) / 2)


def test_nothing_found_is_zero_and_nothing_to_find_is_an_error() -> None:
    assert average_precision(np.zeros(0), np.zeros(0, bool), 3) == 0.0
    with pytest.raises(ValueError, match="at least one piece"):
        average_precision(np.array([0.5]), np.array([False]), 0)


def test_each_class_has_its_figure_and_the_mean_counts_classes_alike() -> None:
    truths = [truth((SQUARE, 0), (AWAY, 2)), truth((SQUARE, 0))]
    found = [boxes((SQUARE, 0.9, 0), (AWAY, 0.8, 1)), boxes((AWAY, 0.95, 0))]
    precisions = class_precisions(found, truths)
    # Class 0: the surest box, of the second picture, is wrong; then one right of two: 1/2 x 1/2. Class 2: never found.
    assert [(each.number, each.pieces) for each in precisions] == [(0, 2), (2, 1)]
    assert [each.precision for each in precisions] == pytest.approx([0.25, 0.0])
    assert mean_precision(precisions) == pytest.approx(0.125)
    assert mean_precision(precisions, least_pieces=2) == pytest.approx(0.25)


def test_a_score_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        boxes((SQUARE, float("nan"), 0))
