"""What a merge tells: every finding is a line of the report file; counts and the first of each kind are kept."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, TextIO

from parure.curate.sheets_values import FieldConflict, MergeSummary, Orphan, SheetFault, SourceSummary

__all__ = ["Report"]

_JSON = json.JSONEncoder(ensure_ascii=False)
_SAMPLES = 5  # of each reason


class Report:
    """`file` takes the lines; None: they are only counted."""

    def __init__(self, file: TextIO | None) -> None:
        self._file = file
        self._conflicts: dict[str, Counter[str]] = defaultdict(Counter)
        self._counts: dict[str, Counter[str]] = {"fault": Counter(), "orphan": Counter()}
        self._samples: dict[str, list[Any]] = defaultdict(list)
        self._seen: set[SheetFault] = set()

    def faults(self, found: Iterable[SheetFault]) -> None:
        for fault in found:
            if fault.row is None and fault in self._seen:  # a note that several parts of a file repeat
                continue
            if fault.row is None:
                self._seen.add(fault)
            self._counts["fault"][fault.reason] += 1
            self._take("fault", fault, self._counts["fault"][fault.reason])

    def conflicts(self, found: Iterable[FieldConflict]) -> None:
        for conflict in found:
            counts = self._conflicts[conflict.field]
            counts[conflict.kind] += 1
            self._take("conflict", conflict, counts[conflict.kind])

    def orphans(self, found: Iterable[Orphan]) -> None:
        for orphan in found:
            self._counts["orphan"][orphan.kind] += 1
            self._take("orphan", orphan, self._counts["orphan"][orphan.kind])

    def source(self, source: SourceSummary) -> None:
        self._write("source", asdict(source))

    def _take(self, kind: str, found: FieldConflict | SheetFault | Orphan, count: int) -> None:
        if count <= _SAMPLES:
            self._samples[kind].append(found)
        if self._file is not None:
            self._write(kind, _plain(found))

    def _write(self, kind: str, content: dict[str, Any]) -> None:
        if self._file is not None:
            content = {"of": kind, **content}
            self._file.write(_JSON.encode(content) + "\n")

    def summary(self, *, styles: int, columns: tuple[str, ...], sources: tuple[SourceSummary, ...]) -> MergeSummary:
        return MergeSummary(
            styles,
            columns,
            sources,
            conflicts={field: dict(counts) for field, counts in self._conflicts.items()},
            faults=dict(self._counts["fault"].most_common()),
            orphans=dict(self._counts["orphan"]),
            sample_conflicts=tuple(self._samples["conflict"]),
            sample_faults=tuple(self._samples["fault"]),
            sample_orphans=tuple(self._samples["orphan"]),
        )


def _plain(found: FieldConflict | SheetFault | Orphan) -> dict[str, Any]:
    """As a dictionary, without what is not known. There are many, and `asdict` takes five times as long."""
    content = {name: value for name, value in vars(found).items() if value is not None}
    if isinstance(found, FieldConflict):
        content |= {"won": vars(found.won), "lost": [vars(each) for each in found.lost]}
    return content
