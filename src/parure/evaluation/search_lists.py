"""The first products of a search with what a verdict needs to know of each: the same for fitting and for measuring.

A list is put in order as the search engine does: a product is as near as its best photo, less a share of how crowded it
is about that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parure.search.crowding import SAMPLED, Sample, crowding, put_in_order
from parure.search.traits import Traits
from parure.search.verdict import Evidence, margins

__all__ = ["Listed", "gallery_crowding", "list_results"]


@dataclass(frozen=True)
class Listed:
    """One result: positions of the asking photo and of the photo found, its place from 1, its evidence."""

    query: int
    photo: int
    place: int
    evidence: Evidence


def list_results(
    query: int,
    scores: NDArray[np.floating],
    product: NDArray[np.intp],
    *,
    traits: tuple[Traits, Sequence[Traits]],
    crowded: tuple[float, NDArray[np.floating]] | None = None,
    most: int = 10,
) -> list[Listed]:
    """The first `most` products for (n,) scores of all photos; a photo of score -inf is not in the catalogue.

    `traits` are those of the asking photo and those of each photo, `crowded` likewise how crowded it is about them;
    without it the order is that of the scores.
    """
    asked, about = crowded or (np.nan, np.full(len(scores), np.nan))
    order = np.argsort(-scores, kind="stable")
    order = order[np.isfinite(scores[order])]
    _, first = np.unique(product[order], return_index=True)
    each = order[np.sort(first)]  # the nearest photo of each product
    worth = put_in_order(scores[each], about[each])
    best = each[np.argsort(-worth, kind="stable")][: most + 1]  # one more: the margin of the last one needs the next
    nearest = best[np.argsort(-scores[best], kind="stable")]
    ahead = dict(zip(nearest, margins([float(scores[place]) for place in nearest]), strict=True))
    own, held = traits
    return [
        Listed(
            query, int(photo), place,
            Evidence(float(scores[photo]), float(ahead[photo]), own, held[photo], float(asked + about[photo]) / 2),
        )
        for place, photo in enumerate(best[:most], 1)
    ]  # fmt: skip


def gallery_crowding(vectors: NDArray[np.float32], products: NDArray[np.integer] | None = None) -> NDArray[np.float64]:
    """(n,) how crowded it is about each photo of a gallery.

    Without `products` every photo is one of its own, as is right where the asking photo is in the gallery: to leave
    out the photos of its product would make just the right answers look lonely.
    """
    groups = np.arange(len(vectors)) if products is None else products
    some = np.sort(np.random.default_rng(0).permutation(len(vectors))[:SAMPLED])
    return crowding(vectors, groups, Sample(vectors[some], np.asarray(groups[some], np.int64)))
