from __future__ import annotations

import numpy as np
import pytest

from parure.errors import ModelError
from parure.training.projection import fit_projection


def test_axes_are_orthonormal_and_the_widest_comes_first() -> None:
    rows = np.random.default_rng(0).normal(size=(500, 6)) * [1, 9, 2, 5, 0.1, 3] + 4
    found = fit_projection(rows.astype(np.float32), 3)
    np.testing.assert_allclose(found.axes.T @ found.axes, np.eye(3), atol=1e-5)
    np.testing.assert_allclose(np.abs(found.axes[[1, 3, 5], [0, 1, 2]]), 1, atol=0.01)
    assert found.kept == pytest.approx((81 + 25 + 9) / (81 + 25 + 9 + 4 + 1 + 0.01), rel=0.01)


def test_points_on_a_plane_keep_their_distances() -> None:
    rng = np.random.default_rng(1)
    rows = (rng.normal(size=(80, 2)) @ rng.normal(size=(2, 7)) + rng.normal(size=7)).astype(np.float32)
    found = fit_projection(rows, 2)
    flat = (rows - found.mean) @ found.axes
    np.testing.assert_allclose(
        np.linalg.norm(flat[:40] - flat[40:], axis=1), np.linalg.norm(rows[:40] - rows[40:], axis=1), rtol=1e-3
    )


def test_flattening_evens_the_variances_out() -> None:
    rows = (np.random.default_rng(3).normal(size=(900, 3)) * [16, 4, 1]).astype(np.float32)
    for flatten, expected in ((0.0, [256, 16, 1]), (0.25, [16, 4, 1]), (0.5, [1, 1, 1])):
        found = fit_projection(rows, 3, flatten=flatten)
        np.testing.assert_allclose(np.var((rows - found.mean) @ found.axes, axis=0), expected, rtol=0.2)


def test_an_axis_without_variance_is_not_blown_up() -> None:
    rows = np.random.default_rng(4).normal(size=(60, 4)).astype(np.float32) * np.array([1, 1, 1, 0], np.float32)
    assert np.abs(fit_projection(rows, 4, flatten=0.5).axes).max() < 1e5


def test_the_sign_of_an_axis_is_not_left_to_chance() -> None:
    rows = np.random.default_rng(2).normal(size=(50, 5)).astype(np.float32)
    axes = fit_projection(rows, 4).axes
    assert (axes[np.abs(axes).argmax(axis=0), range(4)] > 0).all()


def test_too_few_rows_or_too_many_axes_are_refused() -> None:
    with pytest.raises(ModelError, match="Render more"):
        fit_projection(np.zeros((5, 9), np.float32), 5)
    with pytest.raises(ModelError, match="Render more"):
        fit_projection(np.zeros((50, 4), np.float32), 5)
