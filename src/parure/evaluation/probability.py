"""Do shown probabilities hold, and what does a claim cost: calibration error, precision against recall."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Bin", "calibration_error", "precision_at_recall", "precision_recall", "reliability"]

Floats = NDArray[np.float64]
BINS = 15


@dataclass(frozen=True)
class Bin:
    """Claims of about one probability: `said` on average, `held` in truth, `count` of them."""

    said: float
    held: float
    count: int


def reliability(probabilities: ArrayLike, right: ArrayLike, bins: int = BINS) -> tuple[Bin, ...]:
    """Bins of equal width over 0..1 that are not empty, from (n,) probabilities and (n,) whether they came true."""
    said, held = np.asarray(probabilities, np.float64), np.asarray(right, np.float64)
    place = np.minimum((said * bins).astype(int), bins - 1)
    members = [place == number for number in range(bins)]
    return tuple(Bin(float(said[own].mean()), float(held[own].mean()), int(own.sum())) for own in members if own.any())


def calibration_error(probabilities: ArrayLike, right: ArrayLike, bins: int = BINS) -> float:
    """Expected calibration error: mean distance of said and held, weighed by the claims in each bin."""
    found = reliability(probabilities, right, bins)
    total = sum(each.count for each in found)
    return sum(abs(each.said - each.held) * each.count for each in found) / total if total else float("nan")


def precision_recall(scores: ArrayLike, right: ArrayLike, positives: int) -> tuple[Floats, Floats]:
    """(k,) recall and (k,) precision at each score as a threshold, from the highest score on.

    `positives` is how many there are to find, which may be more than are among the (n,) scored. Claims that tie are
    made together: an order among them would be luck.
    """
    numbers, hits = np.asarray(scores, np.float64), np.asarray(right, np.bool_)
    order = np.argsort(-numbers, kind="stable")
    last = np.append(np.diff(numbers[order]) != 0, True)[: len(order)]
    found = np.cumsum(hits[order])[last]
    return found / max(1, positives), found / (np.flatnonzero(last) + 1)


def precision_at_recall(scores: ArrayLike, right: ArrayLike, positives: int, recall: float) -> float:
    """The precision at the first threshold that reaches the recall; 0 where none does."""
    recalls, precisions = precision_recall(scores, right, positives)
    enough = np.flatnonzero(recalls >= recall)
    return float(precisions[enough[0]]) if enough.size else 0.0
