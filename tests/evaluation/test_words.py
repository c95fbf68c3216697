"""Figures of words against pictures, on scores whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from parure.evaluation.words import binding_accuracy, chance_of_any, measure_text_retrieval


def test_perfect_scores_find_everything() -> None:
    count = 40
    found = measure_text_retrieval("x", np.eye(count), np.arange(count), np.eye(count, dtype=bool))
    assert found.own_at_10.value == 1.0
    assert found.median_own_rank == 1.0
    assert found.chance_own == pytest.approx(0.25)
    assert found.chance_any == pytest.approx(0.25)


def test_scores_that_say_nothing_reach_chance_and_not_more() -> None:
    count, asked = 200, 4000
    random = np.random.default_rng(0)
    own = random.integers(count, size=asked)
    right = np.zeros((asked, count), bool)
    right[np.arange(asked), own] = True
    found = measure_text_retrieval("x", random.random((asked, count)), own, right)
    assert found.own_at_10.value == pytest.approx(found.chance_own, abs=0.02)


def test_a_caption_that_fits_another_design_too_is_found_there_but_not_as_its_own() -> None:
    scores = np.zeros((1, 30))
    scores[0, :12] = np.arange(12, 0, -1)
    right = np.zeros((1, 30), bool)
    right[0, [0, 20]] = True
    found = measure_text_retrieval("x", scores, np.array([20]), right)
    assert found.own_at_10.value == 0.0
    assert found.any_at_10.value == 1.0
    assert found.chance_any > found.chance_own


def test_pictures_that_are_not_asked_for_crowd_the_others_out_unless_the_caption_fits_them() -> None:
    scores = np.zeros((1, 30))
    scores[0, :12] = np.arange(1, 13)
    scores[0, 12:] = 100
    right = np.zeros((1, 30), bool)
    right[0, 0] = True
    own = np.array([0])
    assert measure_text_retrieval("x", scores, own, right, asked=12).any_at_10.value == 0.0
    right[0, 12:] = True
    fitting = measure_text_retrieval("x", scores, own, right, asked=12)
    assert fitting.any_at_10.value == 0.0
    assert fitting.chance_any == pytest.approx(10 / 12)
    scores[0, 0] = 50
    assert measure_text_retrieval("x", scores, own, right, asked=12).any_at_10.value == 1.0
    assert measure_text_retrieval("x", scores, own, right, asked=12).own_at_10.value == 0.0


def test_a_caption_that_is_false_of_its_own_design_is_an_error() -> None:
    with pytest.raises(ValueError, match="not true of its own design"):
        measure_text_retrieval("x", np.eye(3), np.arange(3), np.zeros((3, 3), bool))


@pytest.mark.parametrize(("right", "count", "k", "expected"), [(1, 1000, 10, 0.01), (2, 4, 2, 5 / 6), (5, 8, 10, 1.0)])
def test_chance_of_finding_one_of_many_is_that_of_drawing(right: int, count: int, k: int, expected: float) -> None:
    assert chance_of_any(right, count, k) == pytest.approx(expected)


def test_chance_agrees_with_shuffling() -> None:
    random = np.random.default_rng(1)
    drawn = np.mean([random.permutation(50)[:10].min() < 4 for _ in range(4000)])
    assert chance_of_any(4, 50, 10) == pytest.approx(float(drawn), abs=0.03)


def test_a_tie_between_a_caption_and_its_twin_counts_half() -> None:
    found = binding_accuracy(np.array([1.0, 0.0, 0.5, 2.0]), np.array([0.0, 1.0, 0.5, 1.0]), np.arange(4))
    assert found.value == pytest.approx(0.625)


def test_scores_that_are_not_finite_are_an_error_and_not_a_win() -> None:
    with pytest.raises(ValueError, match="finite"):
        binding_accuracy(np.array([1.0, 2.0]), np.array([np.nan, 1.0]), np.arange(2))
