"""The contract of a vector index: nearest unit vectors by dot product, inside a filter.

One index object is one generation: vectors of one encoder version, in one folder. Writes are visible to the next
search. Ids are the catalogue's photo ids; `group` is the product id, so that a caller can collapse photos of one
product without a database look-up. All methods may be called from several threads of one process.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from parure.index.filters import Filter, Payload

__all__ = ["Hit", "Point", "Schema", "VectorIndex"]


@dataclass(frozen=True)
class Schema:
    """Payload fields that can be filtered on: `keywords` hold values, `numbers` hold one float."""

    keywords: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Point:
    """One photo: `vector` (dimension,) float32 of length 1, `group` the product it belongs to."""

    id: int
    group: int
    vector: NDArray[np.float32]
    payload: Payload = field(default_factory=dict)


@dataclass(frozen=True)
class Hit:
    """A point found; `score` is the dot product, 1.0 for the same vector."""

    id: int
    group: int
    score: float


class VectorIndex(ABC):
    """Nearest neighbours inside a filter. Opened by its constructor, given back by `close`."""

    dimension: int
    schema: Schema

    @abstractmethod
    def upsert(self, points: Sequence[Point]) -> None:
        """Add or replace points by id; durable against a killed process when it returns."""

    @abstractmethod
    def delete(self, ids: Sequence[int]) -> None:
        """Remove points; ids that are not there are ignored."""

    @abstractmethod
    def search(self, vector: NDArray[np.float32], *, limit: int, where: Filter | None = None) -> list[Hit]:
        """The `limit` points with the highest dot product among those that pass `where`, best first, ties by id."""

    @abstractmethod
    def facets(self, field: str, where: Filter | None = None) -> Mapping[str, int]:
        """Points per value of a keyword field among those that pass `where`; exact."""

    @abstractmethod
    def count(self, where: Filter | None = None) -> int:
        """Points that pass `where`; exact."""

    @abstractmethod
    def ids(self) -> Iterator[int]:
        """Every stored id, in no particular order: for comparing the index with the catalogue."""

    @abstractmethod
    def build(self) -> None:
        """Make the index as fast as it can be for what it now holds; searches keep working meanwhile."""

    @abstractmethod
    def close(self) -> None:
        """Flush and give back files and locks; safe to call twice."""
