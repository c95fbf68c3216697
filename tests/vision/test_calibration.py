from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from parure.vision.calibration import AS_IT_IS, Calibration, softmax


def test_between_two_points_a_straight_line_holds() -> None:
    table = Calibration((0.2, 0.6, 0.8), (0.1, 0.5, 0.5))
    np.testing.assert_allclose(table(np.array([0, 0.2, 0.4, 0.7, 1])), [0.1, 0.1, 0.3, 0.5, 0.5])


def test_as_it_is_changes_nothing() -> None:
    np.testing.assert_allclose(AS_IT_IS(np.linspace(0, 1, 7)), np.linspace(0, 1, 7))


def test_one_point_is_one_probability_for_all() -> None:
    np.testing.assert_allclose(Calibration((0.4,), (0.7,))(np.array([0, 0.4, 1])), 0.7)


@pytest.mark.parametrize(
    ("said", "true", "named"),
    [
        ((), (), "not empty"),
        ((0.0, 1.0), (0.5,), "one length"),
        ((0.5, 0.4), (0.0, 1.0), "not fall"),
        ((0.0, 1.0), (0.5, 0.4), "not fall"),
        ((0.0, 1.0), (0.0, 1.2), "from 0 to 1"),
        ((0.0, float("nan")), (0.0, 1.0), "from 0 to 1"),
    ],
)
def test_a_table_that_is_no_calibration_is_refused(
    said: tuple[float, ...], true: tuple[float, ...], named: str
) -> None:
    with pytest.raises(ValueError, match=named):
        Calibration(said, true)


logits = hnp.arrays(
    np.float32, st.tuples(st.integers(1, 4), st.integers(1, 6)), elements=st.floats(-1e4, 1e4, width=32)
)


@given(logits, st.floats(0.05, 20))
def test_a_softmax_adds_up_to_one_and_keeps_the_order(rows: NDArray[np.float32], temperature: float) -> None:
    shares = softmax(rows, temperature)
    np.testing.assert_allclose(shares.sum(axis=1), 1)
    assert (shares[np.arange(len(rows)), rows.argmax(axis=1)] == shares.max(axis=1)).all()


def test_a_higher_temperature_is_less_sure() -> None:
    row = np.array([2.0, 0.0])
    assert softmax(row, 1.0)[0] == pytest.approx(1 / (1 + np.exp(-2)))
    assert softmax(row, 4.0)[0] == pytest.approx(1 / (1 + np.exp(-0.5)))
