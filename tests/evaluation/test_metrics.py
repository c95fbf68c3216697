from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from parure.errors import ModelError
from parure.evaluation.metrics import best_ranks, bootstrap_error, mean_reciprocal_rank, recall_at_k

RANKS = hnp.arrays(np.float64, st.integers(1, 30), elements=st.integers(1, 50).map(float))


def one(scores: list[float], right: list[int], ignored: tuple[int, ...] = ()) -> float:
    mask = np.zeros((2, 1, len(scores)), np.bool_)
    mask[0, 0, right] = True
    mask[1, 0, list(ignored)] = True
    return float(best_ranks(np.array([scores]), mask[0], mask[1])[0])


def test_the_rank_counts_wrong_items_before_the_best_right_one() -> None:
    assert one([0.9, 0.5, 0.7, 0.1], right=[1, 3]) == 3
    assert one([0.9, 0.5, 0.7, 0.1], right=[0, 3]) == 1


def test_an_ignored_item_is_neither_found_nor_counted() -> None:
    assert one([1.0, 0.9, 0.5], right=[0, 2], ignored=(0,)) == 2
    assert one([1.0, 0.9, 0.5], right=[2], ignored=(0, 1)) == 1


def test_a_tie_counts_half() -> None:
    assert one([0.5, 0.5, 0.5, 0.9], right=[0]) == 3


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_score_that_is_not_finite_is_an_error_and_never_a_hit(bad: float) -> None:
    with pytest.raises(ModelError, match="not finite"):
        one([0.5, bad, 0.1], right=[0])


def test_a_query_without_a_right_item_is_an_error() -> None:
    with pytest.raises(ValueError, match="no right item"):
        one([0.5, 0.2], right=[1], ignored=(1,))


@given(hnp.arrays(np.float64, st.tuples(st.integers(1, 5), st.integers(2, 12)), elements=st.integers(0, 4).map(float)))
def test_ranks_agree_with_sorting(scores: np.ndarray) -> None:
    right = np.zeros(scores.shape, np.bool_)
    right[:, 0] = right[:, -1] = True
    ranks = best_ranks(scores, right, np.zeros_like(right))
    for row, rank in zip(scores, ranks, strict=True):
        best, wrong = max(row[0], row[-1]), sorted(row[1:-1])
        assert rank == 1 + sum(v > best for v in wrong) + sum(v == best for v in wrong) / 2


@given(RANKS)
def test_recall_grows_with_k_and_bounds_the_reciprocal_rank(ranks: np.ndarray) -> None:
    recalls = [recall_at_k(ranks, k) for k in range(1, 51)]
    assert recalls == sorted(recalls)
    assert recalls[-1] == 1
    assert recalls[0] <= mean_reciprocal_rank(ranks) <= 1
    assert mean_reciprocal_rank(ranks) <= recalls[0] + (1 - recalls[0]) / 2 + 1e-12


@given(RANKS, st.integers(0, 9))
def test_the_order_of_queries_does_not_matter(ranks: np.ndarray, seed: int) -> None:
    mixed = np.random.default_rng(seed).permutation(ranks)
    assert recall_at_k(mixed, 5) == recall_at_k(ranks, 5)
    assert mean_reciprocal_rank(mixed) == pytest.approx(mean_reciprocal_rank(ranks))


@pytest.mark.parametrize("ranks", [[], [0.0], [np.nan], [np.inf]])
def test_ranks_that_cannot_be_are_refused(ranks: list[float]) -> None:
    with pytest.raises(ValueError, match="at least one"):
        mean_reciprocal_rank(np.array(ranks))


def test_known_values() -> None:
    ranks = np.array([1.0, 2.0, 4.0, 11.0])
    assert recall_at_k(ranks, 1) == 0.25
    assert recall_at_k(ranks, 10) == 0.75
    assert mean_reciprocal_rank(ranks) == pytest.approx((1 + 1 / 2 + 1 / 4 + 1 / 11) / 4)


def test_the_bootstrap_error_of_single_photos_is_that_of_a_share() -> None:
    values = np.repeat([0.0, 1.0], 200)
    error = bootstrap_error(values, np.arange(400), rounds=4000)
    assert error == pytest.approx((0.25 / 400) ** 0.5, rel=0.1)


def test_photos_that_rise_and_fall_together_make_the_error_larger() -> None:
    values = np.repeat([0.0, 1.0], 200)
    assert bootstrap_error(values, np.arange(400) // 10) > 2.5 * bootstrap_error(values, np.arange(400))


def test_the_bootstrap_error_of_one_constant_is_nothing() -> None:
    assert bootstrap_error(np.full(9, 0.4), np.arange(9) // 2) == pytest.approx(0, abs=1e-12)
