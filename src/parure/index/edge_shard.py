"""Qdrant Edge in our own words: our points and filters in, our hits out, its errors mapped.

Vectors are kept in float32 and beside them in 4 bits per component (TurboQuant). A search scores the 4-bit codes, in a
plain scan or along the graph, takes several times as many candidates as asked for and scores those in float32. Small
sets are scored in float32 at once. `bench/search.py` measures what the constants buy. Where hundreds of vectors lie
within 1e-4 of each other in score, one may stand in for another.

Each call holds the interpreter lock from start to end, so the caller's own lock around it costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import qdrant_edge as edge
from numpy.typing import NDArray

from parure.errors import IndexDamaged, StorageFull, VectorIndexError
from parure.index.base import Hit, Point, Schema
from parure.index.filters import AnyOf, Condition, Filter, NoneOf
from parure.index.folder import REBUILD

__all__ = ["CHUNK", "Shard"]

CHUNK = 256  # points per call: about 7 ms at 512-d during which no other thread runs
_PAGE = 10_000  # ids per scroll
_EXACT_BELOW = 2_000  # points that pass the filter: scoring them in float32 costs under 0.3 ms at 512-d
_CANDIDATES, _OVERSAMPLING = 200, 4  # scored again in float32: at least so many, at least so many times the limit
_EF, _EF_FILTERED = 256, 512  # graph search width; filters that leave many points need more
_SCAN_SHARE = 0.4  # filters that leave a smaller share than this are scanned, not searched in the graph
_NEVER = 2**40  # KiB of vectors before an optimiser of its own would start


class Shard:
    """One generation on disk, open."""

    def __init__(self, path: Path, inner: edge.EdgeShard, schema: Schema) -> None:
        self.path = path
        self._inner = inner
        self._schema = schema

    @classmethod
    def create(cls, path: Path, dimension: int, schema: Schema) -> Shard:
        path.mkdir(parents=True)
        with _errors(path):
            inner = edge.EdgeShard.create(str(path), _config(dimension))
            for field in schema.keywords:
                inner.update(edge.UpdateOperation.create_field_index(_keyword(field), edge.PayloadSchemaType.Keyword))
            for field in schema.numbers:
                inner.update(edge.UpdateOperation.create_field_index(_number(field), edge.PayloadSchemaType.Float))
            inner.flush()
        return cls(path, inner, schema)

    @classmethod
    def load(cls, path: Path, dimension: int, schema: Schema) -> Shard:
        """Raises `IndexDamaged` when files are missing or do not fit together."""
        if not path.is_dir():
            raise IndexDamaged(f"The index folder {path} is gone. {REBUILD}")
        try:
            shard = cls(path, edge.EdgeShard.load(str(path)), schema)
            shard._check_answers(dimension)
        except BaseException as error:
            if not _is_foreign(error):
                raise
            raise IndexDamaged(f"The index in {path} cannot be opened: {error}. {REBUILD}") from error
        return shard

    def _check_answers(self, dimension: int) -> None:
        """Some lost files are noticed only by a search."""
        probe = np.full(dimension, dimension**-0.5, np.float32)
        if self.count() and not self._query(probe, 1, None, edge.SearchParams(exact=True)):
            raise IndexDamaged(f"The index in {self.path} has lost its vectors. {REBUILD}")

    @classmethod
    def optimise(cls, path: Path, *, dimension: int, threads: int) -> None:
        """Build the graph over everything in a closed shard. Takes minutes; nothing else runs in this process."""
        with _errors(path):
            inner = edge.EdgeShard.load(str(path))
            scan_kib = int(_SCAN_SHARE * inner.count(edge.CountRequest()) * dimension * 4 / 1024)
            inner.close()
            inner = edge.EdgeShard.load(str(path), _config(dimension, index_from=1, scan_kib=scan_kib, threads=threads))
            inner.optimize()
            inner.flush()
            inner.close()

    def upsert(self, points: Sequence[Point]) -> None:
        """At most `CHUNK` points."""
        with _errors(self.path):
            self._inner.update(edge.UpdateOperation.upsert_points([_to_edge(point) for point in points]))

    def delete(self, ids: Sequence[int]) -> None:
        if ids:
            with _errors(self.path):
                self._inner.update(edge.UpdateOperation.delete_points(list(ids)))

    def search(self, vector: NDArray[np.float32], *, limit: int, where: Filter | None) -> list[Hit]:
        found = self._query(vector, limit, _translate(where), self._params(limit, where))
        return sorted(found, key=lambda hit: (-hit.score, hit.id))

    def count(self, where: Filter | None = None, *, exact: bool = True) -> int:
        with _errors(self.path):
            return self._inner.count(edge.CountRequest(exact=exact, filter=_translate(where)))

    def facets(self, field: str, where: Filter | None) -> dict[str, int]:
        with _errors(self.path):
            request = edge.FacetRequest(_keyword(field), limit=2**31, exact=True, filter=_translate(where))
            return {str(hit.value): hit.count for hit in self._inner.facet(request).hits if hit.count}

    def page(self, offset: int) -> tuple[list[int], int | None]:
        """Ids from `offset` on in rising order, and where the next page starts."""
        request = edge.ScrollRequest(offset=offset, limit=_PAGE, with_payload=False, with_vector=False)
        with _errors(self.path):
            records, following = self._inner.scroll(request)
        return [_id(record.id) for record in records], None if following is None else _id(following)

    def copy_points(self, ids: Sequence[int], into: Shard) -> None:
        """Make `into` hold for these ids what this shard holds, also when that is nothing. At most `CHUNK` ids."""
        with _errors(self.path):
            found = self._inner.retrieve(list(ids), with_payload=True, with_vector=True)
            points = [edge.Point(record.id, record.vector or [], record.payload) for record in found]
            if points:
                into._inner.update(edge.UpdateOperation.upsert_points(points))
        into.delete(sorted(set(ids) - {_id(record.id) for record in found}))

    def points_outside_graph(self) -> int:
        with _errors(self.path):
            info = self._inner.info()
        return max(0, info.points_count - info.indexed_vectors_count)

    def flush(self) -> None:
        with _errors(self.path):
            self._inner.flush()

    def close(self) -> None:
        with _errors(self.path):
            self._inner.close()

    def _query(
        self, vector: NDArray[np.float32], limit: int, where: edge.Filter | None, params: edge.SearchParams
    ) -> list[Hit]:
        with _errors(self.path):
            found = self._inner.query(
                edge.QueryRequest(
                    query=edge.Query.Nearest(vector.tolist()),
                    filter=where,
                    limit=limit,
                    params=params,
                    with_payload=["group"],
                )
            )
        return [Hit(_id(point.id), int((point.payload or {})["group"]), point.score) for point in found]

    def _params(self, limit: int, where: Filter | None) -> edge.SearchParams:
        if self.count(where, exact=False) <= max(_EXACT_BELOW, limit):
            return edge.SearchParams(exact=True)
        oversampling = max(_OVERSAMPLING, _CANDIDATES / limit)
        return edge.SearchParams(
            hnsw_ef=_EF_FILTERED if where else _EF,
            quantization=edge.QuantizationSearchParams(rescore=True, oversampling=float(oversampling)),
        )


def _config(dimension: int, *, index_from: int = _NEVER, scan_kib: int = 10_000, threads: int = 1) -> edge.EdgeConfig:
    """`index_from` and `scan_kib` are KiB of float32 vectors: where a graph starts, up to where a filter is scanned."""
    codes = edge.TurboQuantQuantizationConfig(bits=edge.TurboQuantBitSize.Bits4, memory=edge.Memory.Pinned)
    return edge.EdgeConfig(
        vectors=edge.EdgeVectorParams(dimension, edge.Distance.Dot, quantization_config=codes),
        hnsw_config=edge.HnswIndexConfig(16, 100, scan_kib, max_indexing_threads=threads),
        optimizers=edge.EdgeOptimizersConfig(
            indexing_threshold=index_from, default_segment_number=1, max_segment_size=_NEVER
        ),
        max_search_threads=1,
        payload_memory=edge.Memory.Cached,
    )


def _to_edge(point: Point) -> edge.Point:
    payload: dict[str, object] = {"group": point.group}
    for field, held in point.payload.items():
        if isinstance(held, Sequence):
            payload[_keyword(field)] = sorted(set(held))
        else:
            payload[_number(field)] = float(held)
    return edge.Point(point.id, point.vector.tolist(), payload)


def _translate(where: Filter | None) -> edge.Filter | None:
    if not where:
        return None
    return edge.Filter(
        must=[_condition(condition) for condition in where.conditions if not isinstance(condition, NoneOf)],
        must_not=[_condition(condition) for condition in where.conditions if isinstance(condition, NoneOf)],
    )


def _condition(condition: Condition) -> edge.FieldCondition:
    if isinstance(condition, AnyOf | NoneOf):
        return edge.FieldCondition(_keyword(condition.field), match=edge.MatchAny(list(condition.values)))
    return edge.FieldCondition(_number(condition.field), range=edge.RangeFloat(gte=condition.low, lte=condition.high))


def _keyword(field: str) -> str:
    """Prefixed, so that no field of ours meets "group"."""
    return f"k_{field}"


def _number(field: str) -> str:
    return f"n_{field}"


def _id(id: object) -> int:
    assert isinstance(id, int)  # we only ever store numbers; the engine also knows UUIDs
    return id


def _is_foreign(error: BaseException) -> bool:
    """Qdrant Edge raises bare `Exception`s, and Rust panics derive from BaseException."""
    return type(error) is Exception or type(error).__name__ == "PanicException"


@contextmanager
def _errors(path: Path) -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        if not _is_foreign(error):
            raise
        if "No space left" in str(error):
            raise StorageFull(f"The disk is full; the index in {path} could not be written.") from error
        if type(error).__name__ == "PanicException":
            raise IndexDamaged(f"The index in {path} has stopped working: {error}. {REBUILD}") from error
        raise VectorIndexError(f"The index in {path} refused: {error}") from error
