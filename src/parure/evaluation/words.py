"""How good words are at finding pictures: ranks, chance, binding. Pure arrays in, numbers out.

A caption is asked among one picture of each of N designs. It is counted twice: it found its own design; or it found any
design of which all that it states is true, since "gold ring" is true of many and none of them is a mistake.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import lgamma

import numpy as np
from numpy.typing import NDArray

from parure.evaluation.metrics import best_ranks, bootstrap_error, recall_at_k
from parure.evaluation.retrieval import Figure

__all__ = ["TextRetrieval", "binding_accuracy", "chance_of_any", "measure_text_retrieval"]

Mask = NDArray[np.bool_]
Scores = NDArray[np.floating]


@dataclass(frozen=True)
class TextRetrieval:
    """What one method reached among `designs` pictures; `chance_own` and `chance_any` is what a shuffle reaches."""

    method: str
    designs: int
    captions: int
    own_at_10: Figure
    any_at_10: Figure
    chance_own: float
    chance_any: float
    median_own_rank: float


def measure_text_retrieval(
    method: str, scores: Scores, own: NDArray[np.integer], right: Mask, *, asked: int | None = None
) -> TextRetrieval:
    """`scores` (q, n) of captions with pictures, `own` (q,) the position of each caption's design, `right` (q, n) the
    designs of which all it states is true. The own design must be among them.

    Only the first `asked` pictures can be found; the others make the task harder, and one of them that a caption is
    true of counts neither way, unless the own design is looked for.
    """
    rows = np.arange(len(own))
    if not right[rows, own].all():
        raise ValueError("A caption states something that is not true of its own design.")
    itself = np.zeros(right.shape, np.bool_)
    itself[rows, own] = True
    nothing = np.zeros_like(itself)
    count = scores.shape[1]
    beside = right & (np.arange(count) >= (count if asked is None else asked))
    own_ranks, any_ranks = best_ranks(scores, itself, nothing), best_ranks(scores, right, beside)
    fitting, others = (right & ~beside).sum(axis=1), count - beside.sum(axis=1)

    def recall(ranks: NDArray[np.float64]) -> Figure:
        return Figure(recall_at_k(ranks, 10), bootstrap_error((ranks <= 10).astype(float), own))

    return TextRetrieval(
        method=method,
        designs=count,
        captions=len(own),
        own_at_10=recall(own_ranks),
        any_at_10=recall(any_ranks),
        chance_own=min(1.0, 10 / count),
        chance_any=float(
            np.mean([chance_of_any(int(many), int(of), 10) for many, of in zip(fitting, others, strict=True)])
        ),
        median_own_rank=float(np.median(own_ranks)),
    )


def chance_of_any(right: int, count: int, k: int) -> float:
    """That one of `right` things is among the first `k` of `count` shuffled: 1 - C(count - right, k) / C(count, k)."""
    if count - right < k:
        return 1.0
    wrong = count - right
    none = lgamma(wrong + 1) - lgamma(wrong - k + 1) - lgamma(count + 1) + lgamma(count - k + 1)
    return float(1 - np.exp(none))


def binding_accuracy(right: Scores, wrong: Scores, groups: NDArray[np.integer]) -> Figure:
    """Share of (n,) pictures that score higher with their caption than with its swapped twin; a tie counts half.

    `groups` (n,) numbers the design of each, for the error.
    """
    if not (np.isfinite(right).all() and np.isfinite(wrong).all()):
        raise ValueError("Scores must be finite.")
    won = (right > wrong) + 0.5 * (right == wrong)
    return Figure(float(np.mean(won)), bootstrap_error(np.asarray(won, np.float64), groups))
