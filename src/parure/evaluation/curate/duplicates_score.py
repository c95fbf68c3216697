"""Pairs that were called one picture against pairs that are: precision, recall and F1, per change and over all.

As in imagededup's benchmark a pair counts, not a group. For one change the archive is cut down to originals, files
changed that way, and the files that are like neither, so a wrong pair counts against every change it takes part in.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from parure.evaluation.bootstrap import Rows, spread
from parure.evaluation.curate.duplicates_archive import COPY, ORIGINAL, OTHERS, MadeFile
from parure.evaluation.figures import Interval

__all__ = ["Counts", "count_pairs", "f1", "pairs_of", "precision", "recall", "wrongly_called"]

Pairs = Collection[frozenset[str]]
Figure = Callable[[float, float, float], float]


@dataclass(frozen=True, eq=False)
class Counts:
    """(d, 3) by design: pairs found that are right, found that are wrong, right and not found.

    A wrong pair of two designs is half of each one's.
    """

    rows: NDArray[np.float64]


def count_pairs(files: Sequence[MadeFile], found: Pairs, *, change: str = "") -> Counts:
    """Of one change, or of all files without one. Copies to the byte are another tier and take no part."""
    kept = {file.path: file for file in files if file.kind != COPY and (not change or _takes_part(file, change))}
    designs = {design: row for row, design in enumerate(sorted({file.design for file in kept.values()}))}
    rows = np.zeros((len(designs), 3))
    for pair in found:
        if pair <= kept.keys():
            one, other = (kept[path] for path in pair)
            column = 0 if _one_picture(one, other) else 1
            for file in (one, other):
                rows[designs[file.design], column] += 0.5
    rows[:, 2] = _true_pairs(kept.values(), designs) - rows[:, 0]
    return Counts(rows)


def _true_pairs(files: Collection[MadeFile], designs: dict[str, int]) -> NDArray[np.float64]:
    copies = np.bincount([designs[file.design] for file in files if file.kind not in OTHERS], minlength=len(designs))
    return np.asarray(copies * (copies - 1) / 2)


def _takes_part(file: MadeFile, change: str) -> bool:
    return file.kind in {ORIGINAL, change, *OTHERS}


def _one_picture(one: MadeFile, other: MadeFile) -> bool:
    return one.design == other.design and not {one.kind, other.kind} & set(OTHERS)


def precision(counts: Counts) -> Interval:
    return _figure(counts, lambda right, wrong, missed: right / (right + wrong) if right + wrong else 1.0)


def recall(counts: Counts) -> Interval:
    return _figure(counts, lambda right, wrong, missed: right / (right + missed) if right + missed else 1.0)


def f1(counts: Counts) -> Interval:
    return _figure(counts, lambda right, wrong, missed: 2 * right / (2 * right + wrong + missed) if right else 0.0)


def _figure(counts: Counts, figure: Figure) -> Interval:
    def of(rows: Rows) -> float:
        right, wrong, missed = counts.rows[rows].sum(axis=0)
        return figure(float(right), float(wrong), float(missed))

    return spread(of, np.arange(len(counts.rows)))


def wrongly_called(files: Sequence[MadeFile], found: Pairs, kinds: Collection[str]) -> Interval:
    """The share of files of these kinds that were called one picture with a copy of their design's original."""
    kind_of = {file.path: file for file in files}
    asked = {file.path: 0.0 for file in files if file.kind in kinds}
    for pair in found:
        one, other = (kind_of[path] for path in pair)
        for file, against in ((one, other), (other, one)):
            if file.path in asked and file.design == against.design and against.kind not in OTHERS:
                asked[file.path] = 1.0
    return spread(lambda rows: float(np.array(list(asked.values()))[rows].mean()), list(asked))


def pairs_of(groups: Sequence[Sequence[str]]) -> set[frozenset[str]]:
    """Every two of each group."""
    return {frozenset(pair) for group in groups for pair in combinations(group, 2)}
