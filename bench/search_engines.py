"""The engines that `bench/search.py` compares, each behind the same three calls.

Every point carries the keyword values "ten" and "one" with a chance of 10 % and 1 %, drawn independently of its vector:
the hard case for a graph, because its neighbourhoods do not follow the filter.
"""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from parure.index import AnyOf, Filter, Point, Schema, VectorIndex
from parure.index.memory import MemoryIndex
from parure.index.qdrant_edge import QdrantEdgeIndex

__all__ = ["ENGINES", "FILTERS", "Corpus", "Engine", "NotHere"]

FILTERS = ("all", "ten", "one")  # no filter, 10 %, 1 %
SCHEMA = Schema(keywords=("share",))
_BATCH = 1000
_TOP = 10

Vectors = NDArray[np.float32]


class NotHere(Exception):
    """The engine is not installed or not configured; the message says what is missing."""


@dataclass(frozen=True, eq=False)
class Corpus:
    """`vectors` (n, d) and `queries` (q, d) of length 1; `masks[name]` (n,) of the points that carry a value."""

    vectors: Vectors
    queries: Vectors
    masks: dict[str, NDArray[np.bool_]]

    @classmethod
    def clustered(cls, count: int, *, dimension: int, queries: int, seed: int = 0) -> Corpus:
        """Like embeddings of product photos: clusters of about 40 in a 64-d subspace, noise in all dimensions."""
        random = np.random.default_rng(seed)
        basis = random.normal(size=(64, dimension)).astype(np.float32)
        centres = random.normal(size=(max(8, count // 40), 64)).astype(np.float32)
        parts = []
        for start in range(0, count + queries, 50_000):
            rows = min(50_000, count + queries - start)
            inner = centres[random.integers(0, len(centres), rows)]
            inner = inner + 0.6 * random.normal(size=(rows, 64)).astype(np.float32)
            found = inner @ basis + 2.0 * random.normal(size=(rows, dimension)).astype(np.float32)
            parts.append(found / np.linalg.norm(found, axis=1, keepdims=True))
        vectors = np.concatenate(parts).astype(np.float32)
        masks = {"ten": random.random(count) < 0.10, "one": random.random(count) < 0.01}
        return cls(vectors[:count], vectors[count:], masks)

    def points(self) -> Iterator[list[Point]]:
        """In batches, as the worker writes them."""
        for start in range(0, len(self.vectors), _BATCH):
            ids = range(start, min(start + _BATCH, len(self.vectors)))
            yield [Point(id, id // 3, self.vectors[id], {"share": self.values(id)}) for id in ids]

    def values(self, id: int) -> list[str]:
        return [name for name, mask in self.masks.items() if mask[id]]


class Engine(ABC):
    name: ClassVar[str]

    @abstractmethod
    def __init__(self, corpus: Corpus, folder: Path, graph_threshold: int) -> None:
        """Filled and as fast as it gets; raises `NotHere`."""

    @abstractmethod
    def search(self, query: Vectors, which: str) -> list[int]:
        """Ids of the ten nearest, best first; `which` is one of FILTERS."""

    def close(self) -> None:  # noqa: B027  most have nothing to give back
        pass


class NumpyScan(Engine):
    """The named peer: what a careful engineer writes in four lines."""

    name = "numpy scan"

    def __init__(self, corpus: Corpus, folder: Path, graph_threshold: int) -> None:
        self._vectors = corpus.vectors
        self._masks = corpus.masks

    def search(self, query: Vectors, which: str) -> list[int]:
        scores = self._vectors @ query
        if which != "all":
            scores[~self._masks[which]] = -np.inf
        top = np.argpartition(-scores, _TOP)[:_TOP]
        return list(map(int, top[np.argsort(-scores[top])]))


class _Parure(Engine):
    """Through the contract, with everything a caller of the product pays for."""

    _index: VectorIndex

    def _fill(self, corpus: Corpus) -> None:
        for batch in corpus.points():
            self._index.upsert(batch)
        self._index.build()

    def search(self, query: Vectors, which: str) -> list[int]:
        where = None if which == "all" else Filter((AnyOf("share", (which,)),))
        return [hit.id for hit in self._index.search(query, limit=_TOP, where=where)]

    def close(self) -> None:
        self._index.close()


class ParureEdge(_Parure):
    name = "parure qdrant-edge"

    def __init__(self, corpus: Corpus, folder: Path, graph_threshold: int) -> None:
        dimension = corpus.vectors.shape[1]
        self._index = QdrantEdgeIndex(folder / "edge", dimension, SCHEMA, graph_threshold=graph_threshold)
        self._fill(corpus)


class ParureMemory(_Parure):
    name = "parure memory"

    def __init__(self, corpus: Corpus, folder: Path, graph_threshold: int) -> None:
        self._index = MemoryIndex(corpus.vectors.shape[1], SCHEMA)
        self._fill(corpus)


class FaissFlat(Engine):
    name = "faiss flat"

    def __init__(self, corpus: Corpus, folder: Path, graph_threshold: int) -> None:
        try:
            import faiss
        except ModuleNotFoundError:
            raise NotHere("faiss-cpu is not installed") from None
        faiss.omp_set_num_threads(1)
        self._index = faiss.IndexFlatIP(corpus.vectors.shape[1])
        self._index.add(corpus.vectors)
        selectors = {name: faiss.IDSelectorBatch(np.flatnonzero(mask)) for name, mask in corpus.masks.items()}
        self._params: dict[str, Any] = {name: faiss.SearchParameters(sel=sel) for name, sel in selectors.items()}
        self._selectors = selectors  # faiss keeps only a bare pointer to them

    def search(self, query: Vectors, which: str) -> list[int]:
        _, ids = self._index.search(query[None], _TOP, params=self._params.get(which))
        return list(map(int, ids[0]))


class LanceDb(Engine):
    """Without a vector index up to 20k, as its documentation advises; above, IVF-PQ with refinement."""

    name = "lancedb"

    def __init__(self, corpus: Corpus, folder: Path, graph_threshold: int) -> None:
        try:
            import lancedb
            import pyarrow as arrow
        except ModuleNotFoundError as error:
            raise NotHere(f"{error.name} is not installed") from None
        count, dimension = corpus.vectors.shape
        flat = arrow.array(corpus.vectors.reshape(-1))
        columns = {"id": np.arange(count), "vector": arrow.FixedSizeListArray.from_arrays(flat, dimension)}
        columns |= {name: arrow.array(mask) for name, mask in corpus.masks.items()}
        self._table = lancedb.connect(folder / "lance").create_table("photos", arrow.table(columns))
        self._indexed = count > 20_000
        if self._indexed:
            self._table.create_index(metric="dot", num_partitions=int(count**0.5), num_sub_vectors=dimension // 8)

    def search(self, query: Vectors, which: str) -> list[int]:
        asked = self._table.search(query).distance_type("dot").limit(_TOP).select(["id", "_distance"])
        if self._indexed:
            asked = asked.nprobes(30).refine_factor(10)
        if which != "all":
            asked = asked.where(which, prefilter=True)
        return list(asked.to_arrow()["id"].to_pylist())


class PgVector(Engine):
    """HNSW with iterative scans, in the database that PARURE_BENCH_PGVECTOR names; its table is dropped again."""

    name = "pgvector"

    def __init__(self, corpus: Corpus, folder: Path, graph_threshold: int) -> None:
        url = os.environ.get("PARURE_BENCH_PGVECTOR")
        if not url:
            raise NotHere("PARURE_BENCH_PGVECTOR names no database")
        try:
            import psycopg
            from pgvector.psycopg import register_vector
        except ModuleNotFoundError as error:
            raise NotHere(f"{error.name} is not installed") from None
        self._connection = psycopg.connect(url, autocommit=True)
        self._connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
        register_vector(self._connection)
        self._fill(corpus)

    def _fill(self, corpus: Corpus) -> None:
        run = self._connection.execute
        run("DROP TABLE IF EXISTS parure_bench")
        run(f"CREATE TABLE parure_bench (id int, vector vector({corpus.vectors.shape[1]}), share text[])")
        with self._connection.cursor().copy("COPY parure_bench FROM STDIN WITH (FORMAT BINARY)") as rows:
            rows.set_types(["int4", "vector", "text[]"])
            for id, vector in enumerate(corpus.vectors):
                rows.write_row([id, vector, corpus.values(id)])
        run("CREATE INDEX ON parure_bench USING hnsw (vector vector_ip_ops)")
        run("CREATE INDEX ON parure_bench USING gin (share)")
        run("ANALYZE parure_bench")
        run("SET hnsw.ef_search = 100")
        run("SET hnsw.iterative_scan = strict_order")

    def search(self, query: Vectors, which: str) -> list[int]:
        where = "" if which == "all" else f"WHERE share @> ARRAY['{which}']"
        sql = f"SELECT id FROM parure_bench {where} ORDER BY vector <#> %s LIMIT {_TOP}"
        return [row[0] for row in self._connection.execute(sql, [query], prepare=True)]

    def close(self) -> None:
        self._connection.execute("DROP TABLE parure_bench")
        self._connection.close()


ENGINES: tuple[type[Engine], ...] = (NumpyScan, ParureEdge, ParureMemory, FaissFlat, LanceDb, PgVector)
