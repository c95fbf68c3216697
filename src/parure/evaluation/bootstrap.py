"""Intervals by drawing again: whole groups with replacement, since photos of one product rise and fall together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from parure.evaluation.figures import Interval

__all__ = ["numbered", "share", "spread"]

Rows = NDArray[np.intp]
_ENDS = (2.5, 97.5)  # percentiles: 95 % of the draws lie between


def share(values: ArrayLike, groups: ArrayLike | None = None, *, rounds: int = 1000, seed: int = 0) -> Interval:
    """The mean of (n,) values with its interval; `groups` (n,) are numbers, by default each value is its own."""
    numbers = np.asarray(values, np.float64)
    if not numbers.size:
        return Interval(float("nan"), float("nan"), float("nan"), 0)
    _, member = np.unique(np.arange(len(numbers)) if groups is None else np.asarray(groups), return_inverse=True)
    sums, sizes = np.bincount(member, numbers), np.bincount(member)
    draws = np.random.default_rng(seed).multinomial(len(sizes), np.full(len(sizes), 1 / len(sizes)), size=rounds)
    low, high = np.percentile(draws @ sums / (draws @ sizes), _ENDS)
    return Interval(float(numbers.mean()), float(low), float(high), len(numbers))


def spread(statistic: Callable[[Rows], float], groups: ArrayLike, *, rounds: int = 200, seed: int = 0) -> Interval:
    """A figure that is not a mean: `statistic` gives it for rows (m,), which may repeat; `groups` is (n,)."""
    _, member = np.unique(np.asarray(groups), return_inverse=True)
    if not member.size:
        return Interval(float("nan"), float("nan"), float("nan"), 0)
    order = np.argsort(member, kind="stable")
    rows = np.split(order, np.flatnonzero(np.diff(member[order])) + 1)
    random = np.random.default_rng(seed)
    drawn = [
        statistic(np.concatenate([rows[pick] for pick in random.integers(len(rows), size=len(rows))]))
        for _ in range(rounds)
    ]
    finite = [value for value in drawn if np.isfinite(value)]
    low, high = np.percentile(finite, _ENDS) if finite else (np.nan, np.nan)
    return Interval(float(statistic(np.arange(len(member)))), float(low), float(high), len(member))


def numbered(names: Sequence[str | None]) -> Rows:
    """(n,) a number for each name; None is a group of its own."""
    own = [f"\0{place}" if name is None else name for place, name in enumerate(names)]
    return np.unique(own, return_inverse=True)[1].astype(np.intp)
