"""Which attributes a reader learns, with which values: those that enough designs of the data show.

Unusual: each attribute has one class more than it has values, the last: "cannot tell". It stands for what the crop
does not show and for what the piece does not have; neither is to be claimed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parure.errors import ModelError
from parure.render.dataset.store import Record
from parure.render.truth.shown import ATTRIBUTES, shown_values

__all__ = ["AttributeValues", "Vocabulary", "build_vocabulary"]


@dataclass(frozen=True)
class AttributeValues:
    """`counts` is how many designs show each of the values."""

    attribute: str
    values: tuple[str, ...]
    counts: tuple[int, ...]

    @property
    def cannot_tell(self) -> int:
        return len(self.values)

    @property
    def classes(self) -> int:
        return len(self.values) + 1


@dataclass(frozen=True)
class Vocabulary:
    attributes: tuple[AttributeValues, ...]

    @property
    def classes(self) -> tuple[int, ...]:
        return tuple(entry.classes for entry in self.attributes)

    def targets(self, shown: Mapping[str, str]) -> NDArray[np.int64]:
        """(attributes,) class numbers of `shown_values`; -1 for a value that is not learned, which teaches nothing."""
        return np.array([_number(entry, shown.get(entry.attribute, "")) for entry in self.attributes], np.int64)

    @classmethod
    def from_json(cls, raw: Sequence[Mapping[str, Sequence[str]]]) -> Vocabulary:
        entries = (AttributeValues(str(e["attribute"]), tuple(e["values"]), tuple(map(int, e["counts"]))) for e in raw)
        return cls(tuple(entries))


def build_vocabulary(records: Sequence[Record], *, least: int) -> Vocabulary:
    """Values that at least `least` designs show; an attribute needs two. Raises `ModelError` if none is left."""
    counts = {attribute: Counter[str]() for attribute in ATTRIBUTES}
    for record in records:
        for attribute, value in shown_values(record).items():
            counts[attribute][value] += 1
    entries = []
    for attribute, found in counts.items():
        kept = sorted(value for value, count in found.items() if count >= least)
        if len(kept) > 1:
            entries.append(AttributeValues(attribute, tuple(kept), tuple(found[value] for value in kept)))
    if not entries:
        raise ModelError(f"No value is shown by {least} of the {len(records)} designs. Render more of them.")
    return Vocabulary(tuple(entries))


def _number(entry: AttributeValues, value: str) -> int:
    if not value:
        return entry.cannot_tell
    return entry.values.index(value) if value in entry.values else -1
