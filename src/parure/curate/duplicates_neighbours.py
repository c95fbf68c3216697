"""The nearest of each picture by embedding, kept up to date: where little has changed, only what is new is compared.

The lists are those that a search from scratch gives. One that lost a neighbour is made again if it was full, since then
something behind its end may have moved up; one beside which something new lies takes that in. Of equals the one with
the lower number counts, which its content gives it, so that the order of the pictures plays no part.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["LEAST_SIMILARITY", "NEAREST", "Neighbours", "brought_up_to_date", "scored"]

NEAREST = 12  # of each file, by embedding
LEAST_SIMILARITY = 0.22
_FEW, _SHARE = 64, 0.05  # changes up to which lists are mended, in number or as a share of all
_SLACK = 1e-3  # by which a quick product may differ from the careful one
_BLOCK = 256  # rows compared with all at a time
Vectors = NDArray[np.float32]
Numbers = NDArray[Any]
Scored = tuple[int, float]  # row, similarity


@dataclass(frozen=True, eq=False)
class Neighbours:
    """`ids` (n,) uint64 stand for pictures with their embeddings; `others` (n, `NEAREST`) are rows, -1 behind the last;
    `scores` (n, `NEAREST`) fall."""

    ids: NDArray[np.uint64]
    others: NDArray[np.int32]
    scores: NDArray[np.float64]

    @classmethod
    def none_yet(cls, ids: Sequence[int]) -> Neighbours:
        shape = (len(ids), NEAREST)
        return cls(np.array(ids, np.uint64), np.full(shape, -1, np.int32), np.zeros(shape, np.float64))

    @classmethod
    def of(cls, ids: Sequence[int], lists: Iterable[Sequence[Scored]]) -> Neighbours:
        made = cls.none_yet(ids)
        for row, listed in enumerate(lists):
            made.put(row, listed)
        return made

    def row(self, at: int) -> list[Scored]:
        """The most alike first."""
        pairs = zip(self.others[at].tolist(), self.scores[at].tolist(), strict=True)
        return [(other, score) for other, score in pairs if other >= 0]

    def put(self, at: int, listed: Sequence[Scored]) -> None:
        """The best of them."""
        best = sorted(listed, key=lambda each: (-each[1], int(self.ids[each[0]])))[:NEAREST]
        self.others[at], self.scores[at] = -1, 0.0
        for place, (other, score) in enumerate(best):
            self.others[at, place], self.scores[at, place] = other, score


def scored(vectors: Vectors, row: int, others: Iterable[int] | Numbers) -> list[Scored]:
    """Those of `others` that are alike enough. Summed in one way only, and rounded: by the last digits, in which
    engines differ, nothing is decided."""
    there = np.asarray(others, np.int64)
    alike = (vectors[there].astype(np.float64) * vectors[row].astype(np.float64)).sum(axis=1)
    pairs = zip(there.tolist(), np.minimum(1.0, np.round(alike, 6)).tolist(), strict=True)
    return [pair for pair in pairs if pair[1] >= LEAST_SIMILARITY]


def brought_up_to_date(before: Neighbours, ids: Sequence[int], vectors: Vectors) -> Neighbours | None:
    """Lists of `ids`, whose `vectors` (n, d) have length 1. None: so much has changed that a new search costs less."""
    row_of = {each: row for row, each in enumerate(ids)}
    moved = [row_of.get(each, -1) for each in before.ids.tolist()]
    new = set(range(len(ids))) - set(moved)
    if len(new) + moved.count(-1) > max(_FEW, int(_SHARE * len(ids))):
        return None
    after = Neighbours.none_yet(ids)
    again = sorted(new | _carry_over(before, moved, after))
    mended = set(again)
    for start in range(0, len(again), _BLOCK):
        rows = again[start : start + _BLOCK]
        for row, line in zip(rows, vectors[rows] @ vectors.T, strict=True):
            line[row] = -1.0
            near = scored(vectors, row, np.flatnonzero(line >= LEAST_SIMILARITY - _SLACK))
            after.put(row, near)
            for at, score in near if row in new else ():
                if at not in mended:
                    after.put(at, [*after.row(at), (row, score)])
    return after


def _carry_over(before: Neighbours, moved: Sequence[int], after: Neighbours) -> set[int]:
    """Puts what is still there at its new rows; returns the rows whose full lists lost somebody."""
    hurt: set[int] = set()
    for old, row in enumerate(moved):
        if row >= 0:
            listed = before.row(old)
            left = [(moved[other], score) for other, score in listed if moved[other] >= 0]
            after.put(row, left)
            if len(left) < len(listed) == NEAREST:
                hurt.add(row)
    return hurt
