"""Both engines, and the embedded one with its graph built, against the contract of a vector index."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import pytest

from parure.index import VectorIndex
from parure.index.memory import MemoryIndex
from parure.index.qdrant_edge import QdrantEdgeIndex
from tests.conformance.vector_index import DIMENSION, SCHEMA, VectorIndexConformance


class TestMemory(VectorIndexConformance):
    lowest_recall: ClassVar[float] = 1.0

    @classmethod
    def open(cls, folder: Path) -> VectorIndex:
        return MemoryIndex(DIMENSION, SCHEMA)


class TestMemoryOnThreads(VectorIndexConformance):
    lowest_recall: ClassVar[float] = 1.0

    @classmethod
    def open(cls, folder: Path) -> VectorIndex:
        return MemoryIndex(DIMENSION, SCHEMA, threads=2)


class TestQdrantEdge(VectorIndexConformance):
    @classmethod
    def open(cls, folder: Path) -> VectorIndex:
        return QdrantEdgeIndex(folder, DIMENSION, SCHEMA)


@pytest.mark.slow
class TestQdrantEdgeWithGraph(VectorIndexConformance):
    points: ClassVar[int] = 6000

    @classmethod
    def open(cls, folder: Path) -> VectorIndex:
        return QdrantEdgeIndex(folder, DIMENSION, SCHEMA, graph_threshold=2000)
