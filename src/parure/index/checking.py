"""What every engine refuses before it touches its data, so that all of them refuse the same with the same words."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from parure.errors import VectorIndexError
from parure.index.base import Point, Schema
from parure.index.filters import Filter, Range

__all__ = ["check_field", "check_filter", "check_point", "check_schema", "check_vector"]

_FIELD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LENGTH_TOLERANCE = 0.01  # float16 rounding moves the length of a unit vector by less than 0.001


def check_schema(dimension: int, schema: Schema) -> None:
    """Field names are plain words, each of one kind only: engines use them inside paths."""
    if dimension < 1:
        raise VectorIndexError(
            f"A vector index of dimension {dimension} cannot exist; the encoder names its dimension."
        )
    names = [*schema.keywords, *schema.numbers]
    for name in names:
        if not _FIELD.fullmatch(name):
            raise VectorIndexError(f"Index field {name!r} must be letters, digits and underscores.")
        if names.count(name) > 1:
            raise VectorIndexError(f"Index field {name!r} is declared twice; give it one kind.")


def check_point(point: Point, dimension: int, schema: Schema) -> None:
    if point.id < 0 or point.group < 0:
        raise VectorIndexError(f"Point {point.id} of group {point.group}: ids must not be negative.")
    check_vector(point.vector, dimension, f"Point {point.id}")
    for field, held in point.payload.items():
        if field in schema.keywords:
            if isinstance(held, str) or not isinstance(held, Sequence):
                raise VectorIndexError(f"Point {point.id}: field {field!r} holds keywords and needs a list of them.")
        elif field in schema.numbers:
            if not isinstance(held, int | float) or not math.isfinite(held):
                raise VectorIndexError(f"Point {point.id}: field {field!r} needs one finite number, not {held!r}.")
        else:
            raise VectorIndexError(f"Point {point.id}: field {field!r} is not in the index. It has {_fields(schema)}.")


def check_vector(vector: NDArray[np.float32], dimension: int, whose: str) -> None:
    if vector.shape != (dimension,):
        raise VectorIndexError(
            f"{whose} has a vector of shape {vector.shape}; this index holds ({dimension},). "
            "Vectors of another encoder belong into another index."
        )
    length = float(np.linalg.norm(vector))
    if not abs(length - 1.0) <= _LENGTH_TOLERANCE:  # written so that NaN is refused as well
        raise VectorIndexError(f"{whose} has a vector of length {length:.4g}; it must be finite and of length 1.")


def check_filter(where: Filter | None, schema: Schema) -> None:
    for condition in where.conditions if where else ():
        check_field(condition.field, schema.numbers if isinstance(condition, Range) else schema.keywords, schema)


def check_field(field: str, allowed: tuple[str, ...], schema: Schema) -> None:
    if field not in allowed:
        kind = "numbers" if allowed is schema.numbers else "keywords"
        raise VectorIndexError(f"The index has no field {field!r} of {kind}. It has {_fields(schema)}.")


def _fields(schema: Schema) -> str:
    keywords, numbers = ", ".join(schema.keywords) or "none", ", ".join(schema.numbers) or "none"
    return f"keywords: {keywords}; numbers: {numbers}"
