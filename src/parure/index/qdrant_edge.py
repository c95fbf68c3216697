"""The embedded engine on disk: one Qdrant Edge shard per generation, a graph built beside it by another process.

Below `graph_threshold` points a scan over 4-bit codes answers. From there on `build` copies the generation and has a
child process build the graph in the copy, because building holds the interpreter lock for its whole time. Meanwhile
this process answers and writes as before, and remembers which ids were written. These are copied over before the new
generation takes its place. A write is durable against a killed process when it returns: it is in the write-ahead log.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from parure.errors import VectorIndexError
from parure.index.base import Hit, Point, Schema, VectorIndex
from parure.index.checking import check_field, check_filter, check_point, check_schema, check_vector
from parure.index.edge_shard import CHUNK, Shard
from parure.index.filters import Filter
from parure.index.folder import FolderLock, IndexFolder, Manifest, check_same, require_space
from parure.index.graph_builder import GraphBuilder

__all__ = ["QdrantEdgeIndex"]

_FLUSH_EVERY = 20_000  # points; bounds what a reopening has to replay from the write-ahead log (about 0.5 s at 512-d)
_SPARE_DISK = 128 * 2**20  # the engine grows its files in steps of 32 MiB
_WORTH_A_BUILD = 0.1  # share of the points written or deleted since, from which building again pays
_ANSWERS_KEPT = 1_000
_FEW = 1_000  # written ids that are copied while writers wait;
_PASSES = 3  # and passes without waiting before that, as each lets writers write on


_Answer = TypeVar("_Answer")


class QdrantEdgeIndex(VectorIndex):
    """Opens or creates the index in `path`; raises `IndexLocked` when another process has it open."""

    def __init__(self, path: Path, dimension: int, schema: Schema, *, graph_threshold: int = 50_000) -> None:
        check_schema(dimension, schema)
        self.dimension = dimension
        self.schema = schema
        self._folder = IndexFolder(path)
        self._graph_threshold = graph_threshold
        self._writing = threading.Lock()  # one writer; also held while a generation is copied or swapped
        self._using = threading.Lock()  # around each engine call; nested inside _writing
        self._building = threading.Lock()
        self._builder: GraphBuilder | None = None
        self._written: set[int] | None = None  # ids written since a build has copied the generation
        self._changed_before = 0  # by the time of that copy
        self._answers: dict[Hashable, Any] = {}  # to counts and facets
        self._unflushed = 0
        self._closed = False
        self._lock = FolderLock(path)
        self._shard: Shard | None
        try:
            self._manifest, self._shard = self._open()
        except BaseException:
            self._lock.release()
            raise

    def _open(self) -> tuple[Manifest, Shard]:
        held = self._folder.read()
        if held:
            check_same(self._folder.path, held, self.dimension, self.schema)
        self._folder.sweep(held)
        if held:
            return held, Shard.load(self._folder.generation(held.generation), self.dimension, self.schema)
        require_space(self._folder.path, _SPARE_DISK)
        fresh = Manifest(self.dimension, self.schema, 1)
        shard = Shard.create(self._folder.generation(1), self.dimension, self.schema)
        self._folder.point_to(fresh)
        return fresh, shard

    def upsert(self, points: Sequence[Point]) -> None:
        for point in points:
            check_point(point, self.dimension, self.schema)
        latest = list({point.id: point for point in points}.values())
        with self._writing:
            require_space(self._folder.path, _SPARE_DISK + len(latest) * self.dimension * 16)
            self._remember([point.id for point in latest])
            for start in range(0, len(latest), CHUNK):
                with self._using:
                    self._answers.clear()
                    self._live().upsert(latest[start : start + CHUNK])
            self._note_changes(len(latest))

    def delete(self, ids: Sequence[int]) -> None:
        known = sorted({id for id in ids if id >= 0})
        with self._writing:
            self._remember(known)
            with self._using:
                self._answers.clear()
                self._live().delete(known)
            self._note_changes(len(known))

    def search(self, vector: NDArray[np.float32], *, limit: int, where: Filter | None = None) -> list[Hit]:
        check_vector(vector, self.dimension, "The query")
        check_filter(where, self.schema)
        if limit <= 0:
            return []
        with self._using:
            return self._live().search(vector, limit=limit, where=where)

    def facets(self, field: str, where: Filter | None = None) -> Mapping[str, int]:
        check_field(field, self.schema.keywords, self.schema)
        check_filter(where, self.schema)
        return dict(self._answer(("facets", field, where), lambda shard: shard.facets(field, where)))

    def count(self, where: Filter | None = None) -> int:
        check_filter(where, self.schema)
        return self._answer(("count", where), lambda shard: shard.count(where))

    def ids(self) -> Iterator[int]:
        offset: int | None = 0
        while offset is not None:
            with self._using:
                page, offset = self._live().page(offset)
            yield from page

    def build(self) -> None:
        """Blocks until the graph is in use; returns at once when it would gain little or when `close` stops it."""
        with self._building:
            if not self._closed and self._worth_building():
                self._build()

    def close(self) -> None:
        self._closed = True
        if builder := self._builder:
            builder.stop()
        with self._building, self._writing, self._using:
            shard, self._shard = self._shard, None
            if shard:
                shard.close()
                self._folder.point_to(self._manifest)
                self._lock.release()

    @property
    def generation(self) -> int:
        """Rises by one with each graph that has been built."""
        return self._manifest.generation

    @property
    def builder_pid(self) -> int | None:
        """The process that builds a graph at this moment."""
        builder = self._builder
        return builder.pid if builder else None

    def _answer(self, question: Hashable, ask: Callable[[Shard], _Answer]) -> _Answer:
        """Counting takes up to 100 ms for 100,000 points, so answers are kept until the next write."""
        with self._using:
            shard = self._live()
            if question not in self._answers:
                if len(self._answers) >= _ANSWERS_KEPT:
                    self._answers.clear()
                self._answers[question] = ask(shard)
            found: _Answer = self._answers[question]
            return found

    def _live(self) -> Shard:
        """The generation that answers; the caller holds `_using`."""
        if self._shard is None:
            raise VectorIndexError(f"The index in {self._folder.path} has been closed.")
        return self._shard

    def _remember(self, ids: Sequence[int]) -> None:
        if self._written is not None:
            self._written.update(ids)

    def _note_changes(self, number: int) -> None:
        self._manifest = replace(self._manifest, changed=self._manifest.changed + number)
        self._unflushed += number
        if self._unflushed >= _FLUSH_EVERY:
            with self._using:
                self._live().flush()
            self._folder.point_to(self._manifest)
            self._unflushed = 0

    def _worth_building(self) -> bool:
        """The engine does not count points that were replaced since, and a killed process not its last changes."""
        with self._using:
            count, outside = self._live().count(), self._live().points_outside_graph()
        return count >= self._graph_threshold and max(outside, self._manifest.changed) > _WORTH_A_BUILD * count

    def _build(self) -> None:
        building = self._folder.new_building()
        try:
            self._copy_generation(building)
            self._builder = GraphBuilder(building, self.dimension)
            if self._closed:  # `close` may have looked for a builder just before there was one
                self._builder.stop()
            if self._builder.wait():
                self._replace_generation(building)
        finally:
            self._builder = None
            self._written = None
            shutil.rmtree(building, ignore_errors=True)

    def _copy_generation(self, building: Path) -> None:
        """Writers wait for the copy, searches do not."""
        with self._writing:
            with self._using:
                self._live().flush()
                source = self._live().path
            held = sum(file.stat().st_blocks * 512 for file in source.rglob("*"))
            require_space(self._folder.path, _SPARE_DISK + 3 * held)  # the copy, and what the builder makes of it
            shutil.copytree(source, building)
            self._written = set()
            self._changed_before = self._manifest.changed

    def _replace_generation(self, building: Path) -> None:
        number = self._manifest.generation + 1
        path = self._folder.generation(number)
        shutil.rmtree(path, ignore_errors=True)  # of an earlier try that failed
        building.rename(path)
        fresh = Shard.load(path, self.dimension, self.schema)
        for _ in range(_PASSES):
            if len(self._written or ()) <= _FEW:
                break
            with self._writing:
                written, self._written = self._written, set()
            self._bring_over(written, fresh)
        with self._writing:
            self._bring_over(self._written, fresh)
            fresh.flush()
            changed = self._manifest.changed - self._changed_before
            old = self._swap(fresh, replace(self._manifest, generation=number, changed=changed))
            self._written = None
        old.close()
        shutil.rmtree(old.path, ignore_errors=True)

    def _swap(self, fresh: Shard, manifest: Manifest) -> Shard:
        self._folder.point_to(manifest)
        with self._using:
            old, self._shard, self._manifest = self._live(), fresh, manifest
        return old

    def _bring_over(self, written: set[int] | None, fresh: Shard) -> None:
        rest = sorted(written or ())
        for start in range(0, len(rest), CHUNK):
            with self._using:
                self._live().copy_points(rest[start : start + CHUNK], fresh)
