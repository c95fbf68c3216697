"""How crowded it is about a photo, and how that is taken off its likeness. Pure, but for what `Crowd` remembers.

A few photos (a plain band on white, a blurred one) lie near to everything: they come up in search after search, while
others are never found. It is known as hubness. What is nearest is therefore told by cosine less a share of the mean
cosine of the photo with its own nearest neighbours: one half of cross-domain similarity local scaling (Conneau et al.
2018, arXiv:1710.04087); the other half, of the query, orders nothing, but tells a verdict how much a likeness is worth.

Unusual: neighbours are looked for in a sample of the catalogue. They tell how dense a neighbourhood is, not who lives
there, and a few thousand photos tell that of a million.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from parure.index import Hit

__all__ = ["LEAST", "SAMPLED", "SHARE", "Crowd", "Sample", "crowding", "put_in_order"]

NEAREST = 10  # photos; 5 to 30 lie within .02 of recall at 1 on real photos
SHARE = 0.4  # of the crowding; .3 to .5 lie within .01, .75 and more bring up what merely stands alone
SAMPLED = 4096  # photos in a sample: with 2,000 of 4,585, recall at 1 on real photos is .01 lower
LEAST = 100  # photos in a sample: of fewer, the nearest ten are no neighbourhood
_GROWN = 0.05  # share by which a catalogue changes before it is sampled again

Floats = NDArray[np.float64]
Rows = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Sample:
    """Some photos of a catalogue: `vectors` (n, d) of length 1 and `groups` (n,), the product of each."""

    vectors: Rows
    groups: NDArray[np.int64]


def crowding(vectors: Rows, groups: Sequence[int] | NDArray[np.integer], sample: Sample) -> Floats:
    """(m,) mean cosine of each of (m, d) vectors with the ten nearest photos of the sample that are of other products.

    Photos of one product are alike and would make each other look crowded. `groups` (m,) are their products, -1 for a
    picture that is of none. NaN where the sample is too small to tell.
    """
    if len(sample.vectors) < LEAST:
        return np.full(len(vectors), np.nan)
    cosines = vectors @ sample.vectors.T
    cosines[np.asarray(groups)[:, None] == sample.groups[None, :]] = -1.0
    nearest = np.partition(cosines, -NEAREST, axis=1)[:, -NEAREST:]
    return np.asarray(nearest.mean(axis=1), np.float64)


def put_in_order(cosines: ArrayLike, crowded: ArrayLike) -> Floats:
    """What results are put in order by, the highest first: (..., n) cosines with n photos less a share of their (n,)
    crowding; where it is not known, nothing is taken off."""
    return np.asarray(np.asarray(cosines, np.float64) - SHARE * np.nan_to_num(np.asarray(crowded, np.float64)))


class Crowd:
    """The crowding of a catalogue's photos, each worked out when it is first found. Safe to use from several threads.

    `sample` reads the sample, `vectors` the vectors of photos by number; `count` is asked whether it is time for
    another sample.
    """

    def __init__(
        self,
        *,
        sample: Callable[[], Sample],
        vectors: Callable[[Sequence[int]], Mapping[int, Rows]],
        count: Callable[[], int],
    ) -> None:
        self._read_sample, self._read_vectors, self._count = sample, vectors, count
        self._lock = threading.Lock()
        self._sampled: Sample | None = None
        self._counted = 0
        self._known: dict[int, float] = {}

    def of(self, hits: Sequence[Hit]) -> dict[int, float]:
        """By photo; one whose vector is gone is left out."""
        sample, known = self._current()
        wanted = {hit.id: hit.group for hit in hits if hit.id not in known}
        if wanted:
            rows = self._read_vectors(list(wanted))
            photos = [photo for photo in wanted if photo in rows]
            if photos:
                told = crowding(np.stack([rows[photo] for photo in photos]), [wanted[p] for p in photos], sample)
                known.update(zip(photos, map(float, told), strict=True))
        return {hit.id: known[hit.id] for hit in hits if hit.id in known}

    def about(self, vector: Rows) -> float:
        """Of a picture that is not in the catalogue."""
        return float(crowding(vector[None], [-1], self._current()[0])[0])

    def _current(self) -> tuple[Sample, dict[int, float]]:
        with self._lock:
            now = self._count()
            if self._sampled is None or abs(now - self._counted) > _GROWN * self._counted:
                self._sampled, self._counted, self._known = self._read_sample(), now, {}
            return self._sampled, self._known
