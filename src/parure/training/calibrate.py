"""Making probabilities mean what they say: a temperature for all classes, a monotone curve for the chosen one.

Fitting only; applying is `vision.calibration`. The curve has few points, so that a model's JSON can hold it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parure.vision.calibration import Calibration, softmax

__all__ = ["Fitted", "calibrate", "calibration_error", "fit_curve", "fit_temperature"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

BINS = 15
_GOLDEN = (5**0.5 - 1) / 2
_SPAN = (-2.5, 2.5)  # of the logarithm of the temperature: .08 to 12
_LEAST = 25  # answers behind a knot of the curve: fewer would follow chance


@dataclass(frozen=True)
class Fitted:
    """`error_*`: expected calibration error on answers that neither the temperature nor the curve was fitted on."""

    temperature: float
    curve: Calibration
    error_raw: float
    error_temperature: float
    error_curve: float


def calibrate(logits: Floats, targets: NDArray[np.int64], half: Bools) -> Fitted:
    """Errors come from fitting where `half` (n,) and looking at the rest; what is kept is fitted on everything."""
    first, rest = logits[half], logits[~half]
    temperature = fit_temperature(first, targets[half])
    curve = fit_curve(*_said(first / temperature, targets[half]))
    said, right = _said(rest / temperature, targets[~half])
    final = fit_temperature(logits, targets)
    return Fitted(
        temperature=final,
        curve=fit_curve(*_said(logits / final, targets)),
        error_raw=calibration_error(*_said(rest, targets[~half])),
        error_temperature=calibration_error(said, right),
        error_curve=calibration_error(curve(said), right),
    )


def fit_temperature(logits: Floats, targets: NDArray[np.int64]) -> float:
    """What (n, classes) logits must be divided by so that the likelihood of targets (n,) is largest.

    The loss has a single minimum over the temperature's inverse, so golden section search finds it.
    """
    low, high = _SPAN
    while high - low > 1e-4:
        a, b = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
        if _loss(logits, targets, a) < _loss(logits, targets, b):
            high = b
        else:
            low = a
    return float(np.exp((low + high) / 2))


def _loss(logits: Floats, targets: NDArray[np.int64], log_temperature: float) -> float:
    scaled = logits / np.exp(log_temperature)
    scaled = scaled - scaled.max(axis=1, keepdims=True)
    right = scaled[np.arange(len(targets)), targets]
    return float((np.log(np.exp(scaled).sum(axis=1)) - right).mean())


def _said(logits: Floats, targets: NDArray[np.int64]) -> tuple[Floats, Bools]:
    """(n,) probability of the chosen class, and whether it is right."""
    shares = softmax(logits)
    return np.asarray(shares.max(axis=1)), np.asarray(shares.argmax(axis=1) == targets)


def fit_curve(said: Floats, right: Bools) -> Calibration:
    """Isotonic regression of `right` (n,) on `said` (n,), by pooling neighbours that would fall."""
    order = np.argsort(said, kind="stable")
    blocks: list[tuple[float, float, int]] = []  # sum of said, sum of right, how many
    for chunk in np.array_split(order, max(1, len(order) // _LEAST)):
        blocks.append((float(said[chunk].sum()), float(right[chunk].sum()), len(chunk)))
        while len(blocks) > 1 and blocks[-2][1] / blocks[-2][2] >= blocks[-1][1] / blocks[-1][2]:
            last, before = blocks.pop(), blocks.pop()
            blocks.append((last[0] + before[0], last[1] + before[1], last[2] + before[2]))
    return Calibration(
        tuple(round(total / count, 4) for total, _, count in blocks),
        tuple(round(hits / count, 4) for _, hits, count in blocks),
    )


def calibration_error(said: Floats, right: Bools, *, bins: int = BINS) -> float:
    """Expected calibration error: mean gap between said and true in bins of equal width, weighed by their answers."""
    number = np.minimum((said * bins).astype(np.int64), bins - 1)
    gaps = np.bincount(number, said - right, minlength=bins)
    return float(np.abs(gaps).sum() / len(said))
