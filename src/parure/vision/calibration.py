"""From what a network says to probabilities that hold: of all answers of .8, eight in ten are right.

Two steps, both fitted on pictures that no training saw: a temperature evens out logits that are too sure of themselves,
and a table, straight lines between the points of an isotonic regression, mends what a temperature cannot.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["AS_IT_IS", "Calibration", "softmax"]


@dataclass(frozen=True)
class Calibration:
    """Straight lines through the points (said, true), all numbers 0 to 1, neither ever falling.

    Two points with the same `said` are a step. Outside the points the nearest end holds.
    """

    said: tuple[float, ...]
    true: tuple[float, ...]

    def __post_init__(self) -> None:
        if not self.said or len(self.said) != len(self.true):
            raise ValueError("said and true must be lists of one length, and not empty")
        if not all(0 <= number <= 1 for number in (*self.said, *self.true)):
            raise ValueError("said and true must be from 0 to 1")
        if any(after < before for row in (self.said, self.true) for before, after in pairwise(row)):
            raise ValueError("said and true must not fall")

    def __call__(self, raw: NDArray[Any]) -> NDArray[np.float64]:
        """Probabilities for raw scores, in the same shape."""
        return np.asarray(np.interp(raw, self.said, self.true), np.float64)


AS_IT_IS = Calibration((0.0, 1.0), (0.0, 1.0))


def softmax(logits: NDArray[Any], temperature: float = 1.0) -> NDArray[np.float64]:
    """(..., k) logits to probabilities that add up to 1 along the last axis."""
    scaled = np.asarray(logits, np.float64) / temperature
    powers = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), np.float64)
