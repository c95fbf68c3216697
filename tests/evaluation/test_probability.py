from __future__ import annotations

import numpy as np
import pytest

from parure.evaluation.probability import calibration_error, precision_at_recall, precision_recall, reliability


def test_probabilities_that_hold_have_almost_no_error() -> None:
    random = np.random.default_rng(0)
    said = random.random(20_000)
    right = random.random(20_000) < said
    assert calibration_error(said, right) < 0.015
    assert calibration_error(np.sqrt(said), right) > 0.1


def test_the_error_is_the_distance_of_said_and_held() -> None:
    assert calibration_error([0.9] * 10, [True] * 6 + [False] * 4) == pytest.approx(0.3)


def test_bins_tell_what_was_said_and_what_held() -> None:
    low, high = reliability([0.1, 0.1, 1.0], [False, True, True])
    assert (low.said, low.held, low.count) == (pytest.approx(0.1), 0.5, 2)
    assert (high.said, high.held, high.count) == (1.0, 1.0, 1)


def test_precision_falls_as_wrong_claims_come_in() -> None:
    recall, precision = precision_recall([0.9, 0.8, 0.7, 0.6], [True, False, True, True], 4)
    assert recall.tolist() == [0.25, 0.25, 0.5, 0.75]
    assert precision.tolist() == pytest.approx([1, 1 / 2, 2 / 3, 3 / 4])


def test_claims_that_tie_are_made_together() -> None:
    recall, precision = precision_recall([0.5, 0.5, 0.5], [False, True, True], 2)
    assert (recall.tolist(), precision.tolist()) == ([1.0], [pytest.approx(2 / 3)])


def test_precision_is_read_where_the_recall_is_first_reached() -> None:
    scores, right = [0.9, 0.8, 0.7, 0.6], [True, False, True, False]
    assert precision_at_recall(scores, right, 2, 0.5) == 1.0
    assert precision_at_recall(scores, right, 2, 1.0) == pytest.approx(2 / 3)


def test_a_recall_that_is_never_reached_has_no_precision() -> None:
    assert precision_at_recall([0.9], [True], 10, 0.5) == 0.0
