"""Finding the nearest vectors inside a filter: the contract, its filters, and the engines."""

from parure.index.base import Hit, Point, Schema, VectorIndex
from parure.index.filters import AnyOf, Condition, Filter, NoneOf, Range

__all__ = ["AnyOf", "Condition", "Filter", "Hit", "NoneOf", "Point", "Range", "Schema", "VectorIndex"]
