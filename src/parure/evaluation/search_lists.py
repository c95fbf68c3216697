"""The first products of a search with what a verdict needs to know of each: the same for fitting and for measuring.

A list is collapsed by product as the search engine does: a product is as near as its best photo.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parure.search.traits import Traits
from parure.search.verdict import Evidence, margins

__all__ = ["Listed", "list_results"]


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
    most: int = 10,
) -> list[Listed]:
    """The nearest `most` products for (n,) scores of all photos; a photo of score -inf is not in the catalogue.

    `traits` are those of the asking photo and those of each photo.
    """
    order = np.argsort(-scores, kind="stable")
    order = order[np.isfinite(scores[order])]
    _, first = np.unique(product[order], return_index=True)
    best = order[np.sort(first)[: most + 1]]  # one more: the margin of the last one needs the next
    ahead = margins([float(scores[place]) for place in best])
    asked, held = traits
    return [
        Listed(query, int(photo), place, Evidence(float(scores[photo]), float(margin), asked, held[photo]))
        for place, (photo, margin) in enumerate(zip(best[:most], ahead, strict=False), 1)
    ]
