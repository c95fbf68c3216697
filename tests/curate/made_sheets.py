"""Small shops of sheets, and their merge."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from parure import taxonomy
from parure.curate.sheets import MergeOrder, merge_sheets
from parure.curate.sheets_map import read_map
from parure.curate.sheets_values import MergeSummary
from parure.taxonomy import Taxonomy

__all__ = ["Shop", "words"]


@cache
def words() -> Taxonomy:
    return taxonomy.load()


@dataclass(frozen=True)
class Shop:
    """A folder with sheets. `head` is written above the sources of the map."""

    folder: Path
    head: str = ""
    sources: tuple[str, ...] = ()

    def with_file(self, name: str, content: str | bytes, columns: Mapping[str, str], **says: str) -> Shop:
        """A sheet `name`, called by its stem in the map."""
        data = content.encode() if isinstance(content, str) else content
        (self.folder / name).write_bytes(data)
        return self.with_source(Path(name).stem, columns, file=name, **says)

    def with_source(self, name: str, columns: Mapping[str, str], **says: str) -> Shop:
        lines = [f"  {name}:", *(f"    {key}: {json.dumps(value)}" for key, value in says.items()), "    columns:"]
        lines += [f"      {json.dumps(column)}: {target}" for column, target in columns.items()]
        return replace(self, sources=(*self.sources, "\n".join(lines)))

    def map(self) -> Path:
        path = self.folder / "map.yaml"
        path.write_text("\n".join([self.head, "sources:", *self.sources]) + "\n", encoding="utf-8")
        return path

    def merge(
        self, out: str = "out.csv", *, photos: Sequence[str] | None = None, without_broken: bool = False
    ) -> Merge:
        order = MergeOrder(
            read_map(self.map(), words()),
            out=self.folder / out,
            report=self.folder / "report.jsonl",
            photos=photos,
            without_broken=without_broken,
        )
        return Merge(self.folder, out, merge_sheets(order, words()))

    def report(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (self.folder / "report.jsonl").read_text("utf-8").splitlines()]

    def faults(self) -> list[tuple[str, str]]:
        return [(line["reason"], line["detail"]) for line in self.report() if line["of"] == "fault"]


@dataclass(frozen=True)
class Merge:
    folder: Path
    out: str
    summary: MergeSummary

    def rows(self) -> list[dict[str, str]]:
        with (self.folder / self.out).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def row(self, code: str) -> dict[str, str]:
        return next(row for row in self.rows() if row["style_code"] == code)
