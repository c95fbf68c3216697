"""Retrieval figures from scores: pure arrays in, numbers out.

Unusual: a score that is not finite raises (NaN compares as false, so its item would rank as never wrong), and an
item that ties with the right one counts half before it, so that an encoder that cannot tell pictures apart gets the
figures of chance, not of luck.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from parure.errors import ModelError

__all__ = ["best_ranks", "bootstrap_error", "mean_reciprocal_rank", "recall_at_k"]

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


def best_ranks(scores: NDArray[np.floating], right: Mask, ignored: Mask) -> Floats:
    """(q,) rank, from 1, of the best-scored right item of each query; higher scores come first.

    `scores`, `right` and `ignored` are (q, n). Each query must have a right item that is not ignored.
    """
    if not np.isfinite(scores).all():
        raise ModelError("The scores hold values that are not finite; they cannot be ranked.")
    right = right & ~ignored
    if not right.any(axis=1).all():
        raise ValueError("A query has no right item to find.")
    best = np.where(right, scores, -np.inf).max(axis=1, keepdims=True)
    wrong = ~right & ~ignored
    before = (wrong & (scores > best)).sum(axis=1)
    tied = (wrong & (scores == best)).sum(axis=1)
    return np.asarray(1 + before + tied / 2, np.float64)


def recall_at_k(ranks: Floats, k: int) -> float:
    """Share of queries whose right item is among the first `k`."""
    return float(np.mean(_checked(ranks) <= k))


def mean_reciprocal_rank(ranks: Floats) -> float:
    return float(np.mean(1 / _checked(ranks)))


def bootstrap_error(values: Floats, groups: NDArray[np.integer], *, rounds: int = 1000, seed: int = 0) -> float:
    """Standard error of the mean of (q,) values, drawing whole groups (q,) again with replacement.

    Photos of one product rise and fall together; drawing single photos would claim too much certainty.
    """
    _, member = np.unique(groups, return_inverse=True)
    sums, sizes = np.bincount(member, values), np.bincount(member)
    count = len(sizes)
    draws = np.random.default_rng(seed).multinomial(count, np.full(count, 1 / count), size=rounds)
    return float(np.std(draws @ sums / (draws @ sizes)))


def _checked(ranks: Floats) -> Floats:
    if ranks.size == 0 or not np.isfinite(ranks).all() or (ranks < 1).any():
        raise ValueError("Ranks must be finite numbers from 1, at least one of them.")
    return ranks
