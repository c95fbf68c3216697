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

from parure.curate.values import Fingerprints
from parure.index import Point, Schema, VectorIndex, open_index

__all__ = ["LEAST_SIMILARITY", "Candidate", "candidates", "near_hashes"]

Candidate = tuple[int, int, float]  # positions, the lower first; how promising, 1 the most
_MOST_BITS = 7
_NEAREST = 12  # of each file, by embedding
LEAST_SIMILARITY = 0.22
_KEPT = 16  # of each file, by hash
_QUARTERS = tuple(range(0, 64, 16))
_PROBES = (0, *(1 << bit for bit in range(16)))
_BLOCK = 2_000_000  # pairs counted at a time
_SMALL = 4_000  # files up to which a plain scan is as fast as building a graph
Numbers = NDArray[Any]


def candidates(
    prints: Sequence[Fingerprints], *, progress: Callable[[int, int], None] = lambda done, total: None
) -> list[list[tuple[int, float]]]:
    """For each file the others worth comparing with and how promising they are, best first. Both directions stand."""
    found: list[dict[int, float]] = [{} for _ in prints]
    for first, second, promise in (*_by_hash(prints), *_by_embedding(prints, progress)):
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


def _by_embedding(prints: Sequence[Fingerprints], progress: Callable[[int, int], None]) -> Iterator[Candidate]:
    vectors = {at: _unit(each.embedding) for at, each in enumerate(prints) if each.embedding is not None}
    if len(vectors) < 2:
        return
    with _filled(vectors) as index:
        for done, (position, vector) in enumerate(vectors.items(), start=1):
            for hit in index.search(vector, limit=_NEAREST + 1):
                if hit.id != position and hit.score >= LEAST_SIMILARITY:
                    yield min(position, hit.id), max(position, hit.id), min(1.0, hit.score)
            progress(done, len(vectors))


@contextmanager
def _filled(vectors: dict[int, NDArray[np.float32]]) -> Iterator[VectorIndex]:
    """An index for this one task, in memory or in a folder that is gone afterwards."""
    dimension = len(next(iter(vectors.values())))
    engine = "memory" if len(vectors) <= _SMALL else "qdrant-edge"
    with TemporaryDirectory(prefix="parure-duplicates-") as folder:
        place = Path(folder) / "index"
        index = open_index(engine, place, dimension=dimension, schema=Schema(), graph_threshold=_SMALL)
        try:
            index.upsert([Point(position, position, vector) for position, vector in vectors.items()])
            index.build()
            yield index
        finally:
            index.close()


def _unit(vector: NDArray[np.float16]) -> NDArray[np.float32]:
    plain = vector.astype(np.float32)  # half precision has moved its length by a few thousandths
    return np.asarray(plain / np.linalg.norm(plain), np.float32)
