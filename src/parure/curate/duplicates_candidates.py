"""Which pairs are worth a closer look, without looking at all pairs.

Hashes: two of 64 bits that differ in at most seven share one of their four quarters, but for one bit. So the quarters
are sorted, each is looked up as it is and with each of its bits turned over, and only what is found there is counted.
Embeddings: the nearest of each file, by a vector index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parure.curate.duplicates_memory import SearchMemory, picture_id
from parure.curate.duplicates_neighbours import NEAREST, Neighbours, brought_up_to_date, scored
from parure.curate.values import Fingerprints
from parure.index import Point, Schema, VectorIndex, open_index

__all__ = ["PATIENCE", "Candidate", "candidates", "near_hashes"]

PATIENCE = 3  # comparisons in vain after which a file's less promising candidates are left alone; variants do not count
Candidate = tuple[int, int, float]  # positions, the lower first; how promising, 1 the most
_MOST_BITS = 7
_KEPT = 16  # of each file, by hash
_QUARTERS = tuple(range(0, 64, 16))
_PROBES = (0, *(1 << bit for bit in range(16)))
_BLOCK = 2_000_000  # pairs counted at a time
_SMALL = 4_000  # files up to which a plain scan is as fast as building a graph
Numbers = NDArray[Any]


def candidates(
    prints: Sequence[Fingerprints],
    *,
    memory: SearchMemory | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[list[tuple[int, float]]]:
    """For each file the others worth comparing with and how promising they are, best first. Both directions stand.

    With a `memory` the nearest by embedding are those of the last search, brought up to date, and kept in it again.
    """
    found: list[dict[int, float]] = [{} for _ in prints]
    for first, second, promise in (*_by_hash(prints), *_by_embedding(prints, memory or SearchMemory(), progress)):
        for one, other in ((first, second), (second, first)):
            found[one][other] = max(promise, found[one].get(other, 0.0))
    return [sorted(others.items(), key=lambda each: (-each[1], each[0])) for others in found]


def near_hashes(answers: Numbers, asked: Numbers, most: int = _MOST_BITS) -> Iterator[Numbers]:
    """Rows (position in `asked`, position in `answers`, bits that differ) of uint64 (n,) and (m,), in blocks.

    Finds all pairs that differ in at most 7 bits; some rows come more than once.
    """
    for quarter in _QUARTERS:
        keys = (answers >> np.uint64(quarter)).astype(np.uint16)
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        wanted = (asked >> np.uint64(quarter)).astype(np.uint16)
        for turned in _PROBES:
            probe = wanted ^ np.uint16(turned)
            start, stop = np.searchsorted(keys, probe, "left"), np.searchsorted(keys, probe, "right")
            yield from _counted(answers[order], asked, order, start, stop, most=most)


def _counted(
    answers: Numbers, asked: Numbers, order: Numbers, start: Numbers, stop: Numbers, *, most: int
) -> Iterator[Numbers]:
    """The pairs of each asked one with answers `start` to `stop`, as far as they are near."""
    ends = np.cumsum(stop - start)
    first = 0
    while first < len(asked):
        before = int(ends[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(ends, before + _BLOCK, "right")))
        counts = (stop - start)[first:last]
        who = np.repeat(np.arange(first, last), counts)
        which = np.arange(len(who)) - np.repeat(np.cumsum(counts) - counts, counts) + start[who]
        bits = np.bitwise_count(asked[who] ^ answers[which])
        near = bits <= most
        if near.any():
            yield np.stack([who[near], order[which[near]], bits[near]], axis=1).astype(np.int64)
        first = last


def _by_hash(prints: Sequence[Fingerprints]) -> Iterator[Candidate]:
    """Distinct hashes are compared; of files that share one hash each stands beside the first and the one before."""
    holders: dict[int, list[int]] = {}
    for position, each in enumerate(prints):
        if each.turned and int(each.turned[0], 16):  # 0: one flat colour
            holders.setdefault(int(each.turned[0], 16), []).append(position)
    for same in holders.values():
        for place, position in enumerate(same[1:], start=1):
            yield same[0], position, 1.0
            if place > 1:
                yield same[place - 1], position, 1.0
    firsts = [same[0] for same in holders.values()]
    for one, other, bits in _nearest_hashes(prints, firsts):
        yield min(one, other), max(one, other), 1.0 - bits / 64


def _nearest_hashes(prints: Sequence[Fingerprints], firsts: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    if len(firsts) < 2:
        return
    views = np.array([[int(view, 16) for view in prints[position].turned] for position in firsts], np.uint64)
    width = views.shape[1]
    rows = list(near_hashes(views[:, 0], views.ravel()))
    pairs = np.concatenate(rows) if rows else np.zeros((0, 3), np.int64)
    pairs[:, 0] //= width
    pairs = np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)
    pairs = pairs[np.lexsort((pairs[:, 2], pairs[:, 0]))]
    starts = np.flatnonzero(np.diff(pairs[:, 0], prepend=-1))
    place = np.arange(len(pairs)) - np.repeat(starts, np.diff(np.append(starts, len(pairs))))
    for one, other, bits in pairs[place < _KEPT].tolist():
        yield firsts[one], firsts[other], bits


def _by_embedding(
    prints: Sequence[Fingerprints], memory: SearchMemory, progress: Callable[[int, int], None]
) -> Iterator[Candidate]:
    places = [at for at, each in enumerate(prints) if each.embedding is not None]
    if len(places) < 2:
        return
    ids = [picture_id(prints[at]) for at in places]
    vectors = np.stack([_unit(prints[at].embedding) for at in places])
    near = brought_up_to_date(memory.neighbours, ids, vectors) if memory.neighbours is not None else None
    memory.neighbours = near or Neighbours.of(ids, _searched(vectors, progress))
    for row, place in enumerate(places):
        for other, score in memory.neighbours.row(row):
            yield min(place, places[other]), max(place, places[other]), score


def _searched(vectors: NDArray[np.float32], progress: Callable[[int, int], None]) -> list[list[tuple[int, float]]]:
    """From scratch, by a vector index."""
    found = []
    with _filled(vectors) as index:
        for row, vector in enumerate(vectors):
            hits = [hit.id for hit in index.search(vector, limit=NEAREST + 1) if hit.id != row]
            found.append(scored(vectors, row, hits))
            progress(row + 1, len(vectors))
    return found


@contextmanager
def _filled(vectors: NDArray[np.float32]) -> Iterator[VectorIndex]:
    """An index for this one task, in memory or in a folder that is gone afterwards."""
    dimension = vectors.shape[1]
    engine = "memory" if len(vectors) <= _SMALL else "qdrant-edge"
    with TemporaryDirectory(prefix="parure-duplicates-") as folder:
        place = Path(folder) / "index"
        index = open_index(engine, place, dimension=dimension, schema=Schema(), graph_threshold=_SMALL)
        try:
            index.upsert([Point(row, row, vector) for row, vector in enumerate(vectors)])
            index.build()
            yield index
        finally:
            index.close()


def _unit(vector: NDArray[np.float16] | None) -> NDArray[np.float32]:
    assert vector is not None
    plain = vector.astype(np.float32)  # half precision has moved its length by a few thousandths
    return np.asarray(plain / np.linalg.norm(plain), np.float32)
