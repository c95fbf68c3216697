"""Finding the nearest vectors inside a filter: the contract, its filters, and the engines."""

from pathlib import Path

from parure.index.base import Hit, Point, Schema, VectorIndex
from parure.index.filters import AnyOf, Condition, Filter, NoneOf, Range
from parure.registry import resolve

__all__ = [
    "AnyOf",
    "Condition",
    "Filter",
    "Hit",
    "NoneOf",
    "Point",
    "Range",
    "Schema",
    "VectorIndex",
    "open_index",
]


def open_index(engine: str, path: Path, *, dimension: int, schema: Schema, graph_threshold: int) -> VectorIndex:
    """The index in `path`, made when it is not there. The memory engine keeps nothing and starts empty."""
    make = resolve("index", engine)
    if engine == "memory":
        index: VectorIndex = make(dimension, schema)
    else:
        index = make(path, dimension, schema, graph_threshold=graph_threshold)
    return index
