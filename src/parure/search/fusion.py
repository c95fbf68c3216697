"""Merging ranked lists, and collapsing photos to products. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from parure.index import Hit

__all__ = ["collapse", "reciprocal_rank_fusion"]

# Cormack, Clarke and Buettcher, SIGIR 2009: k = 60 was best over their collections and is insensitive.
RRF_K = 60


def collapse(hits: Iterable[Hit]) -> list[Hit]:
    """The best hit of each group, in order of score: several photos of a product are one result."""
    best: dict[int, Hit] = {}
    for hit in hits:
        held = best.get(hit.group)
        if held is None or hit.score > held.score:
            best[hit.group] = hit
    return sorted(best.values(), key=lambda hit: (-hit.score, hit.group))


def reciprocal_rank_fusion(lists: Sequence[Sequence[int]], weights: Sequence[float] | None = None) -> list[int]:
    """Ids ordered by the sum of weight / (60 + rank) over the lists that hold them; ties by the earlier list.

    An id that a list does not hold gets nothing from it: a missing modality is no evidence against a product.
    """
    weights = weights or [1.0] * len(lists)
    scores: dict[int, float] = {}
    for ranked, weight in zip(lists, weights, strict=True):
        for rank, number in enumerate(dict.fromkeys(ranked), start=1):
            scores[number] = scores.get(number, 0.0) + weight / (RRF_K + rank)
    return sorted(scores, key=lambda number: -scores[number])
