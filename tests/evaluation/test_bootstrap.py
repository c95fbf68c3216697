from __future__ import annotations

import numpy as np
import pytest

from parure.evaluation.bootstrap import numbered, share, spread


def test_the_interval_of_a_share_holds_what_chance_would_give() -> None:
    values = np.random.default_rng(3).random(400) < 0.3
    found = share(values)
    assert found.value == pytest.approx(values.mean())
    # The normal approximation: 1.96 * sqrt(.3 * .7 / 400) = .045.
    assert found.high - found.value == pytest.approx(0.045, abs=0.01)
    assert found.value - found.low == pytest.approx(0.045, abs=0.01)
    assert found.count == 400


def test_values_that_rise_and_fall_together_are_less_certain() -> None:
    values = np.repeat([0, 1, 1, 0, 1, 0, 1, 1], 20)
    alone, together = share(values), share(values, np.repeat(np.arange(8), 20))
    assert together.high - together.low > 3 * (alone.high - alone.low)


def test_a_statistic_is_drawn_by_whole_groups() -> None:
    values, groups = np.array([0.0, 0.0, 1.0, 1.0]), np.array([5, 5, 9, 9])
    drawn: set[float] = set()

    def mean(rows: np.ndarray) -> float:
        drawn.add(float(values[rows].mean()))
        return float(values[rows].mean())

    found = spread(mean, groups)
    assert drawn == {0.0, 0.5, 1.0}
    assert (found.value, found.low, found.high) == (0.5, 0.0, 1.0)


def test_nothing_to_measure_is_no_number() -> None:
    assert np.isnan(share([]).value)
    assert np.isnan(spread(lambda rows: 1.0, []).value)


def test_names_become_numbers_and_nameless_ones_stay_alone() -> None:
    numbers = numbered(["b", None, "b", None, "a"])
    assert numbers[0] == numbers[2]
    assert len(set(numbers.tolist())) == 4
