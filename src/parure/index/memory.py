"""The exact engine, in memory: the reference that other engines are compared with, and what fast tests use.

A scan in float32 finds candidates; those near the cut are scored again in float64, row by row. BLAS rounds the same
vector differently at different rows, so only the second score makes ties real ties, which are then ordered by id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from parure.index.base import Hit, Point, Schema, VectorIndex
from parure.index.checking import check_field, check_filter, check_point, check_schema, check_vector
from parure.index.columns import Columns
from parure.index.filters import Filter
from parure.index.read_write import ReadWriteLock

__all__ = ["MemoryIndex"]

_ROUNDING = 1e-5  # more than float32 can err over a dot product of unit vectors of a few thousand dimensions
_GATHER_BELOW = 0.15  # share of rows under which copying them out is cheaper than scoring all (measured, 512-d)


class MemoryIndex(VectorIndex):
    """`threads` split one scan over the rows; 1 leaves the choice to BLAS."""

    def __init__(self, dimension: int, schema: Schema, *, threads: int = 1) -> None:
        check_schema(dimension, schema)
        self.dimension = dimension
        self.schema = schema
        self._columns = Columns(schema)
        self._vectors = np.empty((0, dimension), np.float32)
        self._ids = np.empty(0, np.int64)
        self._groups = np.empty(0, np.int64)
        self._row_of: dict[int, int] = {}
        self._lock = ReadWriteLock()
        self._threads = threads
        self._pool = ThreadPoolExecutor(threads, "memory-index") if threads > 1 else None

    def upsert(self, points: Sequence[Point]) -> None:
        for point in points:
            check_point(point, self.dimension, self.schema)
        with self._lock.write():
            self._reserve(len(self._row_of) + len(points))
            for point in points:
                row = self._row_of.setdefault(point.id, len(self._row_of))
                self._vectors[row], self._ids[row], self._groups[row] = point.vector, point.id, point.group
                self._columns.write(row, point.payload)

    def delete(self, ids: Sequence[int]) -> None:
        with self._lock.write():
            for id in ids:
                row = self._row_of.pop(id, None)
                if row is not None:
                    self._remove(row)

    def search(self, vector: NDArray[np.float32], *, limit: int, where: Filter | None = None) -> list[Hit]:
        check_vector(vector, self.dimension, "The query")
        check_filter(where, self.schema)
        with self._lock.read():
            rows, scores = self._scan(np.asarray(vector, np.float32), where)
            rows = rows[_near_the_top(scores, limit)]
            exact = (self._vectors[rows].astype(np.float64) * vector).sum(axis=1)
            ids, groups = self._ids[rows], self._groups[rows]
        order = np.lexsort((ids, -exact))[: max(limit, 0)]
        return [Hit(int(ids[i]), int(groups[i]), float(exact[i])) for i in order]

    def facets(self, field: str, where: Filter | None = None) -> Mapping[str, int]:
        check_field(field, self.schema.keywords, self.schema)
        check_filter(where, self.schema)
        with self._lock.read():
            return self._columns.facets(field, where)

    def count(self, where: Filter | None = None) -> int:
        check_filter(where, self.schema)
        with self._lock.read():
            return int(np.count_nonzero(self._columns.mask(where))) if where else len(self._row_of)

    def ids(self) -> Iterator[int]:
        with self._lock.read():
            held = self._ids[: len(self._row_of)].tolist()
        return iter(held)

    def build(self) -> None:
        """Nothing to do: a scan is always ready."""

    def close(self) -> None:
        if self._pool:
            self._pool.shutdown()

    def _scan(self, vector: NDArray[np.float32], where: Filter | None) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Rows that pass (n,) and their float32 scores (n,)."""
        count = len(self._row_of)
        vectors = self._vectors[:count]
        if not where:
            return np.arange(count), self._dot(vectors, vector)
        rows = np.flatnonzero(self._columns.mask(where))
        if rows.size < _GATHER_BELOW * count:
            return rows, vectors[rows] @ vector
        return rows, self._dot(vectors, vector)[rows]

    def _dot(self, vectors: NDArray[np.float32], vector: NDArray[np.float32]) -> NDArray[np.float32]:
        if self._pool is None:
            return vectors @ vector
        return np.concatenate(list(self._pool.map(lambda part: part @ vector, np.array_split(vectors, self._threads))))

    def _reserve(self, wanted: int) -> None:
        if wanted <= len(self._ids):
            return
        capacity = max(wanted, len(self._ids) * 3 // 2, 1024)
        grow = capacity - len(self._ids)
        self._vectors = np.concatenate([self._vectors, np.zeros((grow, self.dimension), np.float32)])
        self._ids = np.concatenate([self._ids, np.zeros(grow, np.int64)])
        self._groups = np.concatenate([self._groups, np.zeros(grow, np.int64)])
        self._columns.reserve(capacity)

    def _remove(self, row: int) -> None:
        """The last row moves into the hole; the caller has taken the id out of `_row_of`."""
        last = len(self._row_of)
        if row != last:
            for array in (self._vectors, self._ids, self._groups):
                array[row] = array[last]
            self._row_of[int(self._ids[row])] = row
        self._columns.remove(row)


def _near_the_top(scores: NDArray[np.float32], limit: int) -> NDArray[np.intp]:
    """Positions whose true score may be among the `limit` highest."""
    if limit >= scores.size:
        return np.arange(scores.size)
    if limit <= 0:
        return np.empty(0, np.intp)
    cut = np.partition(scores, scores.size - limit)[scores.size - limit]
    return np.flatnonzero(scores >= cut - _ROUNDING)
