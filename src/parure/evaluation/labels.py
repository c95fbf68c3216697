"""Figures of told labels against true ones: pure sequences in, numbers out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from parure.evaluation.figures import Confusion

__all__ = ["class_recalls", "confusion", "macro_f1", "mean_iou"]

Words = Sequence[str] | NDArray[np.str_]
NOTHING = "(nothing)"
_MOST = 12  # classes in a confusion table; the rest is put together
_REST = "(others)"


def class_recalls(truth: Words, told: Words) -> dict[str, float]:
    """Share of each true class that was told right, by class name."""
    true, said = np.asarray(truth), np.asarray(told)
    return {str(name): float(np.mean(said[true == name] == name)) for name in np.unique(true)}


def macro_f1(truth: Words, told: Words) -> float:
    """Mean F1 of the classes that occur in the truth, each counting alike; "" told is a miss and no class.

    >>> macro_f1(["a", "a", "b"], ["a", "b", "b"])
    0.6666666666666666
    """
    true, said = np.asarray(truth), np.asarray(told)
    scores = []
    for name in np.unique(true):
        hit = np.sum((true == name) & (said == name))
        scores.append(2 * hit / (np.sum(true == name) + np.sum(said == name)))
    return float(np.mean(scores)) if scores else float("nan")


def mean_iou(overlap: NDArray[np.int64], union: NDArray[np.int64]) -> float:
    """Mean over classes of summed overlap / summed union; (n, classes) pixels each. Classes never seen are left out."""
    shared, either = overlap.sum(axis=0), union.sum(axis=0)
    seen = either > 0
    return float(np.mean(shared[seen] / either[seen])) if seen.any() else float("nan")


def confusion(title: str, truth: Sequence[str], told: Sequence[str]) -> Confusion:
    """Counts with the most frequent classes first; rare ones are put together."""
    names, counts = np.unique(np.asarray(truth), return_counts=True)
    kept = [str(name) for name in names[np.argsort(-counts, kind="stable")][:_MOST]]
    true = [_shown(name, kept) for name in truth]
    said = [_shown(name, kept) for name in told]
    rows = [name for name in (*kept, _REST) if name in true]
    columns = [name for name in (*kept, _REST, NOTHING) if name in said or name in kept]
    table = {(row, column): 0 for row in rows for column in columns}
    for row, column in zip(true, said, strict=True):
        table[row, column] += 1
    return Confusion(title, tuple(rows), tuple(columns), tuple(tuple(table[r, c] for c in columns) for r in rows))


def _shown(name: str, kept: Sequence[str]) -> str:
    return name if name in kept else _REST if name else NOTHING
