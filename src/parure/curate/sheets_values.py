"""What a merge of sheets found: what sources say, where they disagree, what could not be read, what has no partner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

__all__ = ["FieldConflict", "MergeSummary", "Orphan", "SheetFault", "SourceSummary", "Statement"]


@dataclass(frozen=True)
class Statement:
    """What one row says of one field: `written` as in the cell, `value` as Parure understood it."""

    source: str
    row: int
    value: str
    written: str


@dataclass(frozen=True)
class FieldConflict:
    """`wider`: the losing value is a wider word for the winning one. `spelling`: one style code, written otherwise.

    `incomplete` tells nothing else than the winner, but less: a price without its currency.
    """

    style_code: str
    field: str
    kind: Literal["contradiction", "wider", "incomplete", "spelling"]
    won: Statement
    lost: tuple[Statement, ...]
    why: str


@dataclass(frozen=True)
class SheetFault:
    """A cell, a row or a source that needs a look. `reason` is a stable code; `detail` names file, row and column."""

    source: str
    reason: str
    detail: str
    row: int | None = None
    column: str | None = None


@dataclass(frozen=True)
class Orphan:
    kind: Literal["style_without_photos", "photo_without_style", "photo_in_review"]
    item: str  # a style code, or the path of a photo
    detail: str


@dataclass(frozen=True)
class SourceSummary:
    """`only_here`: styles that no other source knows."""

    name: str
    place: str
    rows: int
    styles: int
    only_here: int
    unused_columns: tuple[str, ...]


@dataclass(frozen=True)
class MergeSummary:
    """`conflicts` by field, then kind; `faults` and `orphans` by reason and kind. Samples are the first of each."""

    styles: int
    columns: tuple[str, ...]
    sources: tuple[SourceSummary, ...]
    conflicts: Mapping[str, Mapping[str, int]]
    faults: Mapping[str, int]
    orphans: Mapping[str, int]
    sample_conflicts: tuple[FieldConflict, ...]
    sample_faults: tuple[SheetFault, ...]
    sample_orphans: tuple[Orphan, ...]
