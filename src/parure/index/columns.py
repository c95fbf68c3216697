"""Payloads as columns: one bit mask per keyword value, one float column per number field, row by row.

A filter becomes a few whole-array operations, whatever the number of points. Rows are dense: removing a row moves the
last one into its place.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from parure.index.base import Schema
from parure.index.filters import AnyOf, Condition, Filter, NoneOf, Payload, Range

__all__ = ["Columns"]

Mask = NDArray[np.bool_]


class Columns:
    """`count` rows are in use of `capacity`. Masks given out are of length `count`."""

    def __init__(self, schema: Schema) -> None:
        self.count = 0
        self.capacity = 0
        self._keywords: dict[str, dict[str, Mask]] = {field: {} for field in schema.keywords}
        self._numbers = {field: np.empty(0, np.float64) for field in schema.numbers}

    def reserve(self, capacity: int) -> None:
        """Make room for `capacity` rows; never shrinks."""
        grow = capacity - self.capacity
        if grow <= 0:
            return
        for masks in self._keywords.values():
            for value, mask in masks.items():
                masks[value] = np.concatenate([mask, np.zeros(grow, np.bool_)])
        for field, column in self._numbers.items():
            self._numbers[field] = np.concatenate([column, np.full(grow, np.nan)])
        self.capacity = capacity

    def write(self, row: int, payload: Payload) -> None:
        """Replace the payload of a row; `row == count` appends (call `reserve` before)."""
        self.count = max(self.count, row + 1)
        for field, masks in self._keywords.items():
            for mask in masks.values():
                mask[row] = False
            held = payload.get(field, ())
            for value in held if not isinstance(held, int | float) else ():
                if value not in masks:
                    masks[value] = np.zeros(self.capacity, np.bool_)
                masks[value][row] = True
        for field, column in self._numbers.items():
            number = payload.get(field)
            column[row] = number if isinstance(number, int | float) else np.nan

    def remove(self, row: int) -> None:
        """Forget a row; the last row takes its place."""
        last = self.count - 1
        for masks in self._keywords.values():
            for value in [value for value, mask in masks.items() if _move(mask, row, last)]:
                del masks[value]
        for column in self._numbers.values():
            column[row] = column[last]
            column[last] = np.nan
        self.count = last

    def mask(self, where: Filter | None) -> Mask:
        """(count,) True where the payload meets every condition."""
        passed = np.ones(self.count, np.bool_)
        for condition in where.conditions if where else ():
            passed &= self._meets(condition)
        return passed

    def facets(self, field: str, where: Filter | None) -> dict[str, int]:
        """Rows per value among those that pass; values without any are left out."""
        passed = self.mask(where)
        masks = self._keywords[field].items()
        counts = {value: int(np.count_nonzero(mask[: self.count] & passed)) for value, mask in masks}
        return {value: n for value, n in counts.items() if n}

    def _meets(self, condition: Condition) -> Mask:
        match condition:
            case AnyOf(field, values):
                return self._holds(field, values)
            case NoneOf(field, values):
                return ~self._holds(field, values)
            case Range(field, low, high):
                column = self._numbers[field][: self.count]
                passed = ~np.isnan(column)
                if low is not None:
                    passed &= column >= low
                if high is not None:
                    passed &= column <= high
                return passed

    def _holds(self, field: str, values: tuple[str, ...]) -> Mask:
        found = np.zeros(self.count, np.bool_)
        masks = self._keywords[field]
        for value in values:
            if value in masks:
                found |= masks[value][: self.count]
        return found


def _move(mask: Mask, row: int, last: int) -> bool:
    """Move the last row's bit to `row`; True when the value lost its last holder and can be dropped."""
    lost = bool(mask[row] if row != last else mask[last])
    mask[row] = mask[last]
    mask[last] = False
    return lost and not mask.any()
