"""Other views of a piece: offered for grouping, never for removal.

What decides is a verdict on two pictures' vectors from the encoder of the catalogue (`parure.search.verdict`); it is
handed in, since clean-up and search do not know each other. Vectors come from the catalogue too: the small embedding
of the fingerprints is for finding copies and tells nothing of other views.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parure.index import Point, VectorIndex

__all__ = ["Offer", "SamePiece", "offer_views"]

SamePiece = Callable[[Sequence[float]], Sequence[float]]
"""Cosines of one picture's neighbours, best first, to the probabilities that each shows the same piece."""

_NEAREST = 8


@dataclass(frozen=True)
class Offer:
    """Two files that seem to show one piece; by name, as neither is better."""

    first: str
    second: str
    probability: float


def offer_views(
    vectors: Mapping[str, NDArray[np.float32]],
    judge: SamePiece,
    *,
    index: VectorIndex,
    least: float = 0.5,
    copies: Mapping[str, str] | None = None,
) -> tuple[Offer, ...]:
    """Pairs from `least` on, most probable first. `vectors` are of length 1, by path; `index` is empty and stays open.

    `copies` leads from a file to the representative it repeats: such files take no part, they are told already.
    """
    repeated = copies or {}
    paths = sorted(path for path in vectors if path not in repeated)
    index.upsert([Point(number, number, vectors[path]) for number, path in enumerate(paths)])
    found: dict[tuple[str, str], float] = {}
    for number, path in enumerate(paths):
        hits = [hit for hit in index.search(vectors[path], limit=_NEAREST + 1) if hit.id != number][:_NEAREST]
        for hit, probability in zip(hits, judge([hit.score for hit in hits]), strict=True):
            pair = (min(path, paths[hit.id]), max(path, paths[hit.id]))
            found[pair] = max(probability, found.get(pair, 0.0))
    offers = [Offer(first, second, told) for (first, second), told in found.items() if told >= least]
    return tuple(sorted(offers, key=lambda offer: (-offer.probability, offer.first, offer.second)))
