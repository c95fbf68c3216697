"""The mapped columns of one source, found in its sheet, and the frame in which the steps work: row, c0, c1, ...

Plain names keep clear of whatever a person called a column. Formulas that no program has calculated are taken out here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from parure.curate.sheets_codes import plain_cell
from parure.curate.sheets_map import Source
from parure.curate.sheets_polars import pl
from parure.curate.sheets_sources import ROW, Opened
from parure.curate.sheets_target import Kind, Target
from parure.curate.sheets_values import SheetFault
from parure.errors import SheetError

__all__ = ["Ledger", "MappedColumn", "mapped_columns", "plain_frame"]


@dataclass(frozen=True)
class MappedColumn:
    """`id` is the column of the frame, `name` that of the sheet."""

    id: str
    name: str
    target: Target


@dataclass
class Ledger:
    """Faults of one source, each with file, row and column."""

    source: str
    place: str
    faults: list[SheetFault] = field(default_factory=list)

    def tell(self, row: int, column: str, reason: str, why: str) -> None:
        stop = "" if why.endswith(".") else "."
        detail = f"{self.place}, row {row}, column {column!r}: {why}{stop}"
        self.faults.append(SheetFault(self.source, reason, detail, row, column))

    def take(self) -> tuple[SheetFault, ...]:
        taken, self.faults = tuple(self.faults), []
        return taken


def mapped_columns(source: Source, opened: Opened) -> tuple[MappedColumn, ...]:
    """Raises `SheetError` if the sheet lacks one."""
    names = {name.strip().casefold(): name for name in opened.columns}
    missing = [column for column, _ in source.columns if column.strip().casefold() not in names]
    if missing:
        keys = [c for c, target in source.columns if c in missing and target.kind in {Kind.CODE, Kind.SKU}]
        key = f" {keys[0]!r} holds the style codes, so no row can be joined." if keys else ""
        raise SheetError(
            f"{opened.place} has no column {', '.join(map(repr, missing[:5]))} ({source.where}).{key} "
            f"It has: {', '.join(opened.columns[:12])}. Mend the map, or the sheet."
        )
    return tuple(
        MappedColumn(f"c{index}", names[column.strip().casefold()], target)
        for index, (column, target) in enumerate(source.columns)
    )


def plain_frame(frame: pl.DataFrame, columns: Sequence[MappedColumn], ledger: Ledger) -> pl.DataFrame:
    """[row, c0, c1, ...] as text without guards; formulas count as empty and are told."""
    found = frame.select(pl.col(ROW).alias("row"), *(pl.col(column.name).alias(column.id) for column in columns))
    for column in columns:
        cell = pl.col(column.id)
        marked = found.filter(cell.str.starts_with("=") | cell.str.starts_with("'"))
        if marked.height:
            found = found.with_columns(cell.replace(_unmarked(marked, column, ledger)))
    return found


def _unmarked(marked: pl.DataFrame, column: MappedColumn, ledger: Ledger) -> dict[str, str]:
    """Text -> what it means. A code that is a formula is left to the reader of codes, which loses the whole row."""
    texts = {text: plain_cell(text) for text in marked[column.id].unique().to_list()}
    if column.target.kind is Kind.CODE:
        return texts
    formulas = {text for text, plain in texts.items() if text.startswith("=") and plain.startswith("=")}
    for row, text in marked.filter(pl.col(column.id).is_in(list(formulas))).select("row", column.id).iter_rows():
        why = f"{text[:40]!r} is a formula nobody calculated. It counts as empty; save the sheet with its results"
        ledger.tell(row, column.name, "formula", why)
    return texts | dict.fromkeys(formulas, "")
