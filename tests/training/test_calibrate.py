"""Probabilities that mean what they say."""

from __future__ import annotations

import numpy as np
import pytest

from parure.training.calibrate import calibrate, calibration_error, fit_curve, fit_temperature
from parure.vision.calibration import softmax


def _answers(temperature: float, count: int = 6000) -> tuple[np.ndarray, np.ndarray]:
    """Logits of a model that is too sure by `temperature`, and truths drawn from the probabilities it should give."""
    random = np.random.default_rng(0)
    honest = random.normal(0, 2, (count, 5))
    targets = (softmax(honest).cumsum(axis=1) < random.random((count, 1))).sum(axis=1)
    return honest * temperature, targets


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.5])
def test_a_known_temperature_is_found(temperature: float) -> None:
    assert fit_temperature(*_answers(temperature)) == pytest.approx(temperature, rel=0.05)


def test_calibrating_lowers_the_error_of_a_model_too_sure() -> None:
    logits, targets = _answers(3.0)
    found = calibrate(logits, targets, np.arange(len(targets)) % 2 == 0)
    assert found.error_raw > 0.1
    assert found.error_temperature < 0.03
    assert found.error_curve < 0.03


def test_the_curve_rises_and_follows_the_truth() -> None:
    random = np.random.default_rng(1)
    said = random.uniform(0.2, 1.0, 5000)
    right = random.random(5000) < said**2
    curve = fit_curve(said, right)
    assert list(curve.true) == sorted(curve.true)
    assert np.abs(curve(np.array([0.4, 0.6, 0.9])) - [0.16, 0.36, 0.81]).max() < 0.07


def test_the_error_is_the_gap_between_said_and_true() -> None:
    said = np.full(100, 0.9)
    assert calibration_error(said, np.arange(100) < 60) == pytest.approx(0.3)
    assert calibration_error(said, np.arange(100) < 90) == pytest.approx(0.0)
    assert calibration_error(np.array([1.0, 0.5]), np.array([True, False])) == pytest.approx(0.25)
